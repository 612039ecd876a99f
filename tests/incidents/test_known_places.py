"""Known answers of placing, choosing and reading: on a few cells at distances that are given."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from scipy.sparse import csr_array

from geo.errors import InputError
from geo.geometry.lines import LineIndex
from geo.incidents import placing
from geo.incidents.cells import date_spans
from geo.incidents.placing import Located, locate
from geo.incidents.reading import agency_sides, border_of, fill_sides, recording_sides, records_of_rows, side_of
from geo.incidents.selection import (
    Selection,
    choices,
    has_dates,
    in_period,
    is_scaled,
    known_values,
    left_out,
    of_all_goods,
    rate_period,
    select,
)

if TYPE_CHECKING:
    from pathlib import Path

NEIGHBOUR = ["A", "A", "B", "B", "B", "B", "A"]


class Distances:
    """Distances from a place to some cells, which also say for which cells and how far they were asked."""

    def __init__(self, gaps: list[float]) -> None:
        """Keep what is answered, one distance for each cell of B."""
        self.gaps, self.asked = np.array(gaps), (slice(0), np.zeros(0))

    def distances(self, lon: Any, lat: Any, cells: slice, within_km: Any) -> np.ndarray:
        """The same for each place."""
        assert len(lon) == len(lat)
        self.asked = cells, np.asarray(within_km)
        return np.tile(self.gaps, (len(lon), 1))


def kernel(radius: float, gaps: list[float]) -> tuple[np.ndarray, Distances]:
    index = Distances(gaps)
    cells = pd.DataFrame({"neighbour": ["A", "A", "B", "B", "B", "B", "SEA"]})
    frontier: Any = SimpleNamespace(cells=cells, cell_index=index)
    rows = pd.DataFrame({"lon": [1.0], "lat": [2.0], "radius": [radius], "least": [min(gaps)]})
    return placing._kernel(rows, "B", frontier).toarray()[0], index


@pytest.mark.parametrize(
    ("radius", "gaps", "spread"),
    [
        (20.0, [5.0, 8.0, 30.0, 60.0], 20.0),
        (3.0, [12.0, 14.0, 30.0, 50.0], 12.0),  # no better known than it lies far off
        (0.0, [0.2, 0.4, 1.5, 2.5], 1.0),  # and no better than to a kilometre
    ],
)
def test_a_kernel_is_as_wide_as_its_radius_as_its_distance_or_as_a_kilometre(
    radius: float, gaps: list[float], spread: float
) -> None:
    weight, index = kernel(radius, gaps)
    wanted = np.exp(-0.5 * ((np.array(gaps) - min(gaps)) / spread) ** 2)
    assert weight[2:6] == pytest.approx(wanted / wanted.sum())
    assert weight[[0, 1, 6]].sum() == 0
    assert index.asked[0] == slice(2, 6)
    assert index.asked[1].item() > min(gaps) + 5 * spread


def test_a_weight_under_a_millionth_of_the_largest_is_none() -> None:
    far = np.sqrt(2 * np.log(1e6))  # spreads off, where the weight is a millionth
    weight, _ = kernel(10.0, [2.0, 2.0 + 10 * (far - 0.01), 2.0 + 10 * (far + 0.01), 90.0])
    assert (weight > 0).tolist() == [False, False, True, True, False, False, False]
    assert weight[3] / weight[2] == pytest.approx(1e-6, rel=0.1)


def test_places_beyond_some_thousand_are_weighed_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = pd.DataFrame({"neighbour": ["A", "A", "B", "B", "B", "B", "SEA"]})
    frontier: Any = SimpleNamespace(cells=cells, cell_index=Distances([5.0, 8.0, 30.0, 60.0]))
    rows = pd.DataFrame({"lon": 1.0, "lat": 2.0, "radius": np.linspace(5, 40, 5), "least": 5.0})
    whole = placing._by_distance(rows, "B", frontier).toarray()
    assert whole.shape == (5, 7)
    for number in (1, 2, 3, 4):
        monkeypatch.setattr(placing, "_AT_ONCE", number)
        assert (placing._by_distance(rows, "B", frontier).toarray() == whole).all()


# -- A border of seven cells ------------------------------------------------------------------------


def frontier() -> Any:
    """Six cells of a degree along 50° north, of A and B by turns as the list has it, and one of A further north."""
    lines = [shapely.LineString([(at, 50), (at + 1, 50)]) for at in range(6)] + [shapely.LineString([(0, 55), (1, 55)])]
    names = [f"c{number}" for number in range(7)]
    cells = gpd.GeoDataFrame(
        {
            "neighbour": ["A", "A", "B", "B", "B", "B", "A2"],
            "region_code": ["X", "Y", "Y", "Y", "Z", "Z", "X"],
            "segment": ["a", "a", "b", "b", "b", "b", "z"],
            "length_km": [10.0, 30, 10, 10, 20, 40, 10],
        },
        index=pd.Index(names, name="cell"), geometry=lines, crs=4326,
    )  # fmt: skip
    crossings = pd.DataFrame(
        {"neighbour": ["B", "A", "A"], "cell": ["c3", "c1", ""]}, index=["gate", "road", "airport"]
    )
    return SimpleNamespace(
        cells=cells, crossings=crossings, borders=pd.DataFrame(index=["A", "B", "A2"]), cell_index=LineIndex(lines),
        region_at=lambda _lon, lat: np.where(np.asarray(lat) > 49.9, "Y", ""),
    )  # fmt: skip


def record(**changes: Any) -> dict[str, Any]:
    sound = {
        "mode": "road", "neighbour": "B", "region_code": "", "crossing_id": "", "location_precision": "border",
        "location_radius_km": np.nan, "geometry": None,
    }  # fmt: skip
    return sound | changes


POINT = shapely.Point(3.5, 50.05)
RECORDS = [
    (record(location_precision="crossing", crossing_id="gate", location_radius_km=10.0, geometry=POINT), "crossing"),
    (record(location_precision="crossing", crossing_id="gate", location_radius_km=10.1, geometry=POINT), "kernel"),
    (record(location_precision="crossing", crossing_id="gate", neighbour="A", geometry=POINT), "kernel"),
    (record(location_precision="crossing", crossing_id="airport", neighbour="A", geometry=POINT), "kernel"),
    (record(location_precision="locality", crossing_id="gate", location_radius_km=5.0, geometry=POINT), "kernel"),
    (record(location_precision="crossing", crossing_id="gate"), "crossing"),
    (record(location_precision="region", region_code="Y"), "region"),
    (record(location_precision="region", region_code="X"), "border"),  # flagged: no stretch of B
    (record(region_code="Y"), "border"),
    (record(location_precision="region", region_code="Y", geometry=POINT), "region"),
    (record(mode="air", location_precision="locality", geometry=POINT), "none"),
    (record(neighbour="", location_precision="region", region_code="Y"), "none"),
    (record(location_precision="district", geometry=shapely.Point()), "border"),
]


@pytest.fixture
def placed() -> Located:
    table = gpd.GeoDataFrame([row for row, _ in RECORDS], geometry="geometry", crs=4326)
    return locate(table.set_axis([f"r{number}" for number in range(len(RECORDS))]), frontier())


def test_each_record_is_placed_by_what_is_known_of_its_place(placed: Located) -> None:
    table = placed.incidents
    assert table["spread"].tolist() == [spread for _, spread in RECORDS]
    assert table["region_flag"].tolist() == [number == 7 for number in range(len(RECORDS))]
    assert table["border"].tolist() == ["B", "B", "A", "A", *["B"] * 6, "AIR", "UNKNOWN", "B"]
    assert (table["placement"].ge(0) == table["spread"].ne("none")).all()
    assert set(table.loc[table["spread"].eq("none"), "placement"]) == {-1}
    near = table["distance_km"].notna()
    assert near.tolist() == [True] * 5 + [False] * 5 + [True, False, False]
    # A point's own region is told by its place; the stated one stays.
    assert table["region_code"].tolist() == ["Y"] * 5 + ["", "Y", "X", "Y", "Y", "Y", "Y", ""]


def test_weights_are_those_of_the_cell_the_stretch_or_the_border(placed: Located) -> None:
    weights = placed.weights.toarray()
    assert weights[[0, 5]].tolist() == [[0, 0, 0, 1, 0, 0, 0]] * 2
    assert weights[6] == pytest.approx([0, 0, 0.5, 0.5, 0, 0, 0])
    assert weights[9] == pytest.approx(weights[6])
    for row in (7, 8, 12):
        assert weights[row] == pytest.approx([0, 0, 1 / 8, 1 / 8, 2 / 8, 4 / 8, 0])
    assert (weights[[10, 11]] == 0).all()
    for row in (1, 2, 3, 4):
        assert weights[row].sum() == pytest.approx(1)
        assert weights[row, [0, 1] if row in (2, 3) else [2, 3, 4, 5]].sum() == pytest.approx(1)
    assert placed.placements.shape == (6, 7)  # alike ones are one: 0 and 5, 2 and 3, 6 and 9, 7 with 8 and 12


def test_the_likeliest_cell_is_named_where_there_is_one(placed: Located) -> None:
    table, weights = placed.incidents, placed.weights.toarray()
    one = table["spread"].isin(["crossing", "kernel"])
    assert table.loc[one, "cell"].tolist() == [f"c{at}" for at in weights[one].argmax(axis=1)]
    assert table.loc[one, "segment"].tolist() == [
        "a" if name in ("c0", "c1") else "b" for name in table.loc[one, "cell"]
    ]
    assert (table.loc[~one, ["cell", "segment"]] == "").all(axis=None)
    whole = table["spread"].ne("none")
    assert table.loc[whole, "weight"].to_numpy() == pytest.approx(weights[whole].max(axis=1))
    assert table.loc[~whole, "weight"].isna().all()


def test_numbers_of_records_are_added_up_by_cell(placed: Located) -> None:
    weights = placed.weights.toarray()
    assert placed.per_cell().to_numpy() == pytest.approx(weights.sum(axis=0))
    values = np.arange(1.0, len(RECORDS) + 1)
    assert placed.per_cell(values).to_numpy() == pytest.approx(values @ weights)
    some = placed.take(pd.Index(["r6", "r11", "r0"]))
    assert some.per_cell().to_numpy() == pytest.approx(weights[[6, 0]].sum(axis=0))
    rows = Located(placed.incidents.assign(rows=values), placed.placements, placed.frontier, "rows")
    assert rows.per_cell().to_numpy() == pytest.approx(values @ weights)
    assert rows.per_cell(values).to_numpy() == pytest.approx(values**2 @ weights)
    assert repr(rows) == "Located(13 rows, 3 borders)"
    assert records_of_rows(rows.incidents).tolist() == [1.0] * 13


def test_nothing_placed_has_no_placement() -> None:
    table = gpd.GeoDataFrame([record(mode="post"), record(neighbour="")], geometry="geometry", crs=4326)
    nothing = locate(table, frontier())
    assert nothing.placements.shape == (0, 7)
    assert nothing.incidents["placement"].tolist() == [-1, -1]
    assert nothing.weights.toarray().tolist() == [[0.0] * 7] * 2
    assert border_of(table).tolist() == ["POST", "UNKNOWN"]
    assert csr_array(nothing.weights).nnz == 0


# -- Choosing --------------------------------------------------------------------------------------


def chosen_from() -> Any:
    rows = [
        ("2020-05-05", "food", 40.0, "kg", "Customs; Police", "seized"),
        ("2020", "food", 2.0, "t", "Customs", "seized"),
        ("", "drugs", 3.0, "pack", "Police", "seized"),
        ("2020-12", "drugs", np.nan, "", "", "refused_entry"),
        ("2021-01-01", "drugs", 1999.0, "kg", "Border guard", "seized"),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["date", "goods", "quantity", "unit", "agency", "outcome_class"])
    table = table.assign(
        neighbour="A", mode="road", direction="inbound", clue="", recording_side="home", confidence="high"
    )
    table[["date_start", "date_end"]] = date_spans(table["date"])
    return table


def kept(**given: Any) -> list[int]:
    return select(chosen_from(), Selection(**given), neighbours=("A",)).index.tolist()


def test_a_selection_keeps_what_lies_within_its_limits_both_ends_included() -> None:
    assert kept() == [0, 1, 2, 4]
    assert kept(include_refused=True) == [0, 1, 2, 3, 4]
    assert kept(since=date(2020, 1, 1)) == [0, 1, 4]
    assert kept(since=date(2020, 1, 2), include_refused=True) == [0, 3, 4]
    assert kept(until=date(2020, 12, 31), include_refused=True) == [0, 1, 3]
    assert kept(until=date(2020, 12, 30), include_refused=True) == [0]
    assert kept(since=date(2021, 1, 1), until=date(2021, 1, 1)) == [4]
    assert kept(agency=("Police",)) == [0, 2]
    assert kept(agency=("Police", "Customs")) == [0, 1, 2]
    assert kept(min_quantity=(2, "t")) == [1]
    assert kept(min_quantity=(1999, "kg")) == [1, 4]
    assert kept(min_quantity=(3, "pack")) == [2]
    assert kept(min_quantity=(3.1, "pack")) == []
    assert kept(goods="drugs", min_quantity=(0, "kg")) == [4]


def test_what_is_left_out_is_counted_by_the_one_reason_that_leaves_it_out() -> None:
    table = chosen_from()

    def out(**given: Any) -> list[int]:
        return list(left_out(table, Selection(**given), neighbours=("A",)).values())

    assert list(left_out(table, Selection(), neighbours=("A",))) == [
        "refused", "undated", "partly_outside", "no_comparable_quantity",
    ]  # fmt: skip
    assert out() == [1, 0, 0, 0]
    assert out(since=date(2020, 2, 1)) == [1, 1, 1, 0]
    assert out(until=date(2020, 6, 1)) == [0, 1, 1, 0]
    assert out(since=date(2020, 12, 31), include_refused=True) == [0, 1, 2, 0]
    assert out(until=date(2019, 12, 31)) == [0, 1, 0, 0]
    assert out(until=date(2020, 1, 1)) == [0, 1, 1, 0]
    assert out(since=date(2020, 12, 31)) == [0, 1, 1, 0]
    assert out(since=date(2021, 1, 1)) == [0, 1, 0, 0]
    assert out(min_quantity=(0, "kg")) == [0, 0, 0, 1]
    assert out(min_quantity=(0, "kg"), include_refused=True) == [0, 0, 0, 2]
    rows = left_out(
        table.assign(rows=[5.0, 7, 11, 13, 17]), Selection(until=date(2020, 6, 1)), neighbours=("A",), kind="rows"
    )
    assert list(rows.values()) == [0, 11, 7, 0]


def test_choices_count_under_the_other_filters() -> None:
    table = chosen_from()
    goods = choices(table, Selection(goods=("food",), agency=("Police",)), "goods", neighbours=("A",))
    assert goods[goods.gt(0)].to_dict() == {"food": 1, "drugs": 1}
    agencies = choices(table, Selection(goods=("food",)), "agency", neighbours=("A",))
    assert agencies.to_dict() == {"Customs": 2, "Police": 1, "Border guard": 0}
    assert known_values(table, "agency") == ("Customs", "Police", "Border guard")
    assert known_values(table.assign(neighbour=["B", "", "C", "A", "B"]), "neighbour", ("A",)) == (
        "A", "B", "C", "AIR", "POST", "UNKNOWN",
    )  # fmt: skip


def test_a_period_of_rates_is_asked_for_or_that_of_the_records() -> None:
    table = chosen_from()
    assert rate_period(table, Selection()) == (date(2020, 1, 1), date(2021, 1, 1))
    old = table.assign(date_start=table["date_start"] - pd.Timedelta(days=3653), date_end=pd.Timestamp("2011-03-04"))
    assert rate_period(old, Selection()) == (date(2009, 1, 1), date(2011, 3, 4))
    assert rate_period(table, Selection(until=date(2018, 5, 5))) == (date(2018, 1, 1), date(2018, 5, 5))
    undated = table.iloc[[2]]
    assert rate_period(undated, Selection(until=date(2013, 5, 5))) == (date(2013, 1, 1), date(2013, 5, 5))
    assert rate_period(undated, Selection()) == (date(2015, 1, 1), date(2015, 12, 31))
    assert rate_period(undated, Selection(since=date(2019, 3, 1))) == (date(2019, 3, 1), date(2019, 12, 31))
    assert has_dates(table)
    assert not has_dates(undated)
    assert in_period(table, (date(2020, 1, 1), date(2020, 12, 31))).tolist() == [True, True, False, True, False]
    assert is_scaled(Selection(goods=("food",)))
    assert is_scaled(Selection(min_quantity=(1, "kg")))
    assert not is_scaled(Selection(agency=("Police",)))
    assert of_all_goods(Selection(goods=("food",), agency=("Police",))) == Selection(agency=("Police",))


# -- Agencies --------------------------------------------------------------------------------------


def test_sides_of_agencies_are_read_with_the_words_of_the_first_schema(tmp_path: Path) -> None:
    file = tmp_path / "agencies.csv"
    file.write_text("agency,country,side\nKNB,KZ,kazakhstan\nFSB,RU,neighbour\nInterpol,,other\n", encoding="utf-8")
    sides = agency_sides(file)
    assert sides == {"KNB": "home", "FSB": "neighbour", "Interpol": "other"}
    cases = {
        "KNB": "home",
        "KNB; FSB": "both",
        "FSB; Interpol": "neighbour",
        "Interpol": "other",
        "KNB; Nobody": "unknown",
    }
    assert {agency: side_of(agency, sides) for agency in cases} == cases
    assert recording_sides(pd.Series([*cases]), sides).tolist() == [*cases.values()]
    file.write_text("agency,country,side\n", encoding="utf-8")
    assert agency_sides(file) == {}


def test_every_fault_of_a_table_of_agencies_is_named(tmp_path: Path) -> None:
    file = tmp_path / "agencies.csv"
    file.write_text("agency,side\nKNB,home\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"country.*no such field"):
        agency_sides(file)
    file.write_text("agency,country,side\nKNB,KZ,ours\nFSB,RU,neighbour\nX,XX,theirs\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        agency_sides(file)
    assert [(fault.row, fault.field, fault.value) for fault in caught.value.faults] == [
        (1, "side", "ours"),
        (3, "side", "theirs"),
    ]
    assert "one of home, neighbour, both, other, unknown" in caught.value.faults[0].expected


def test_a_side_that_is_given_is_left_and_one_that_is_not_follows_from_the_agency() -> None:
    raw = pd.DataFrame({"agency": pd.Series(["KNB Border Service", 5, None], dtype=object)})
    assert fill_sides(raw)["recording_side"].tolist() == ["home", "unknown", "unknown"]
    assert fill_sides(raw.assign(recording_side="other"))["recording_side"].tolist() == ["other"] * 3
