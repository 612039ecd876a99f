"""Choosing incidents: known answers on the real file, and what must hold for any selection."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from products import examples
from synthetic import synthetic_incidents

from geo.border.codes import read_border_codes
from geo.errors import ShekaraError, UnknownValueError
from geo.facets import SELECTABLE
from geo.incidents.reading import border_of, read_incidents
from geo.incidents.selection import (
    Selection,
    choices,
    left_out,
    parse_min_quantity,
    rate_period,
    select,
)
from geo.vocabulary import CLUES, CONFIDENCES, DIRECTIONS, GOODS, MODES, RECORDING_SIDES, UNITS

REAL = read_incidents()
MADE = synthetic_incidents(150, None, 3)
AGENCIES = ("KNB Border Service", "Russian customs", "other: German authorities")
DAYS = st.dates(date(2009, 1, 1), date(2027, 12, 31))


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    """Any selection that fits the made-up incidents."""

    def some(values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(draw(st.lists(st.sampled_from(values), max_size=3, unique=True)))

    since, until = draw(st.none() | DAYS), draw(st.none() | DAYS)
    if since is not None and until is not None:
        since, until = min(since, until), max(since, until)
    return Selection(
        goods=some(GOODS),
        neighbour=some(read_border_codes().borders),
        direction=some(DIRECTIONS),
        mode=some(MODES),
        clue=some(CLUES),
        agency=some(AGENCIES),
        recording_side=some(RECORDING_SIDES),
        confidence=some(CONFIDENCES),
        since=since,
        until=until,
        min_quantity=draw(st.none() | st.tuples(st.floats(0, 1e5), st.sampled_from(UNITS))),
        include_refused=draw(st.booleans()),
    )


SELECTIONS = selections()


def keeps(row: pd.Series[Any], border: str, selection: Selection) -> bool:
    """Say by hand whether a selection keeps an incident."""
    values = {name: {row[name]} for name in SELECTABLE if name not in {"neighbour", "agency"}}
    values |= {"neighbour": {border}, "agency": set(row["agency"].split("; "))}
    kept = all(not getattr(selection, name) or values[name] & set(getattr(selection, name)) for name in SELECTABLE)
    kept &= selection.include_refused or row["outcome_class"] != "refused_entry"
    if selection.since or selection.until:
        if pd.isna(row["date_start"]):
            return False
        kept &= not selection.since or row["date_start"].date() >= selection.since
        kept &= not selection.until or row["date_end"].date() <= selection.until
    if selection.min_quantity:
        least, unit = selection.min_quantity
        weights = {"kg": 1.0, "t": 1000.0}
        if unit in weights:
            kept &= row["quantity"] * weights.get(row["unit"], float("nan")) >= least * weights[unit]
        else:
            kept &= row["unit"] == unit and row["quantity"] >= least
    return bool(kept)


# -- What must hold for any selection -------------------------------------------------------------


@settings(max_examples=examples(25))
@given(selection=SELECTIONS)
def test_a_selection_keeps_what_it_says_in_order(selection: Selection) -> None:
    kept = select(MADE, selection)
    borders = border_of(MADE)
    assert list(kept.index) == [key for key, row in MADE.iterrows() if keeps(row, borders[key], selection)]
    assert isinstance(kept, gpd.GeoDataFrame)
    assert select(kept, replace(selection, agency=())).index.equals(kept.index)


@settings(max_examples=examples(25))
@given(selection=SELECTIONS, field=st.sampled_from(SELECTABLE))
def test_counts_beside_choices_are_what_choosing_gives(selection: Selection, field: str) -> None:
    counts = choices(MADE, selection, field)
    assert counts.index.name == field
    assert counts.index.is_unique
    for value, count in counts.sample(min(3, len(counts)), random_state=0).items():
        assert len(select(MADE, replace(selection, **{field: (value,)}))) == count  # type: ignore[arg-type]
    if field != "agency":
        assert counts.sum() == len(select(MADE, replace(selection, **{field: ()})))  # type: ignore[arg-type]


@settings(max_examples=examples(25))
@given(selection=SELECTIONS)
def test_what_is_left_out_is_what_lifting_the_limit_brings(selection: Selection) -> None:
    out = left_out(MADE, selection)
    kept = len(select(MADE, selection))
    assert out["refused"] == len(select(MADE, replace(selection, include_refused=True))) - kept
    whole = select(MADE, replace(selection, since=None, until=None))
    since, until = selection.since or date.min, selection.until or date.max
    chosen = selection.since is not None or selection.until is not None
    assert out["undated"] == (whole["date"].eq("").sum() if chosen else 0)
    dated = whole[whole["date"] != ""]
    spans = zip(dated["date_start"].dt.date, dated["date_end"].dt.date, strict=True)
    assert out["partly_outside"] == sum(
        start <= until and end >= since and (start < since or end > until) for start, end in spans
    )
    unlimited = select(MADE, replace(selection, min_quantity=None))
    if selection.min_quantity is None:
        assert out["no_comparable_quantity"] == 0
    else:
        unit = selection.min_quantity[1]
        units = {"kg", "t"} if unit in {"kg", "t"} else {unit}
        incomparable = unlimited["quantity"].isna() | ~unlimited["unit"].isin(units)
        assert out["no_comparable_quantity"] == incomparable.sum()


# -- Known answers --------------------------------------------------------------------------------


def test_refused_entry_is_left_out_unless_asked_for() -> None:
    assert len(select(REAL, Selection())) == 486 - 61
    assert len(select(REAL, Selection(include_refused=True))) == 486
    assert left_out(REAL, Selection()) == {
        "refused": 61,
        "undated": 0,
        "partly_outside": 0,
        "no_comparable_quantity": 0,
    }


def test_values_are_alternatives_and_fields_add_up() -> None:
    drugs = select(REAL, Selection(goods=("drugs",)))
    weapons = select(REAL, Selection(goods=("weapons",)))
    assert len(select(REAL, Selection(goods=("drugs", "weapons")))) == len(drugs) + len(weapons)
    on_kyrgyz_line = select(REAL, Selection(goods=("drugs",), neighbour=("KG",)))
    assert set(on_kyrgyz_line.index) == set(drugs.index[border_of(drugs) == "KG"])


def test_agencies_match_whole_names() -> None:
    kept = select(REAL, Selection(agency=("KNB",), include_refused=True))
    assert all("KNB" in names.split("; ") for names in kept["agency"])
    assert len(kept) == 32


def test_air_and_post_are_borders_of_their_own() -> None:
    kept = select(REAL, Selection(neighbour=("POST",), include_refused=True))
    assert "seed-usa-diamonds-toys-parcel" in kept.index
    assert len(kept) == 19
    assert len(select(REAL, Selection(neighbour=("TM",)))) == 2


def test_a_span_must_lie_inside_the_period() -> None:
    year = REAL.loc[["2022-pavlodar-petrol-ten-wagons", "2022-08-pavlodar-petrol-280t-uz"]]

    def kept(since: date, until: date) -> int:
        return len(select(year, Selection(since=since, until=until)))

    assert kept(date(2022, 1, 1), date(2022, 12, 31)) == 2
    assert kept(date(2022, 1, 2), date(2022, 12, 31)) == 1
    assert kept(date(2022, 8, 1), date(2022, 8, 31)) == 1
    assert kept(date(2022, 8, 1), date(2022, 8, 30)) == 0
    assert left_out(year, Selection(since=date(2022, 8, 31)))["partly_outside"] == 2
    assert left_out(year, Selection(until=date(2021, 8, 31)))["partly_outside"] == 0


def test_a_period_counts_the_undated() -> None:
    out = left_out(REAL, Selection(since=date(1900, 1, 1), include_refused=True))
    assert out["undated"] == 145


def test_weights_convert_and_nothing_else_does() -> None:
    tonne = select(REAL, Selection(min_quantity=(1, "t"), include_refused=True))
    assert tonne.index.equals(select(REAL, Selection(min_quantity=(1000, "kg"), include_refused=True)).index)
    assert set(tonne["unit"]) == {"kg", "t"}
    packs = select(REAL, Selection(min_quantity=(0, "pack"), include_refused=True))
    assert set(packs["unit"]) == {"pack"}
    out = left_out(REAL, Selection(min_quantity=(0, "pack"), include_refused=True))
    assert out["no_comparable_quantity"] == len(REAL) - len(packs)


@pytest.mark.parametrize(
    ("text", "quantity"),
    [("100 kg", (100, "kg")), ("2.5t", (2.5, "t")), (" 3  HEAD ", (3, "head")), ("10 usd", (10, "USD"))],
)
def test_least_quantities_are_read(text: str, quantity: tuple[float, str]) -> None:
    assert parse_min_quantity(text) == quantity


@pytest.mark.parametrize("text", ["", "kg", "100", "-5 kg", "1,5 t", "1e3 kg", "nan kg", "5 kg more", "٣ kg"])
def test_other_quantities_are_refused(text: str) -> None:
    with pytest.raises(ShekaraError, match="'100 kg'"):
        parse_min_quantity(text)


def test_an_unknown_unit_lists_the_right_ones() -> None:
    with pytest.raises(UnknownValueError, match="kg, t, litre"):
        parse_min_quantity("5 stone")
    with pytest.raises(UnknownValueError, match="kg, t, litre"):
        Selection(min_quantity=(5, "stone"))


@pytest.mark.parametrize("least", [-1, float("nan"), float("inf")])
def test_a_least_quantity_is_a_number(least: float) -> None:
    with pytest.raises(ShekaraError, match="0 or more"):
        Selection(min_quantity=(least, "kg"))


@pytest.mark.parametrize("field", SELECTABLE)
def test_an_unknown_value_lists_the_right_ones(field: str) -> None:
    known = list(choices(REAL, Selection(), field).index)
    for ask in (select, left_out):
        with pytest.raises(UnknownValueError) as caught:
            ask(REAL, Selection(**{field: ("nonsense",)}))  # type: ignore[arg-type]
        assert caught.value.known == known
        assert all(value in str(caught.value) for value in known)


def test_choices_keep_their_order_and_their_zeros() -> None:
    goods = choices(REAL, Selection(neighbour=("TM",)), "goods")
    assert tuple(goods.index) == GOODS
    assert goods[goods.gt(0)].to_dict() == {"weapons": 1, "food": 1}
    borders = choices(REAL, Selection(include_refused=True), "neighbour")
    assert borders.to_dict() == {
        "RU": 261,
        "CN": 29,
        "KG": 78,
        "UZ": 46,
        "TM": 2,
        "CASPIAN": 10,
        "AIR": 15,
        "POST": 19,
        "UNKNOWN": 26,
    }
    agencies = choices(REAL, Selection(include_refused=True), "agency")
    assert agencies.index[0] == "KNB Border Service"
    assert agencies["KNB Border Service"] == 127
    assert agencies.is_monotonic_decreasing
    with pytest.raises(UnknownValueError, match="goods, neighbour"):
        choices(REAL, Selection(), "place_name")


def test_borders_of_another_country() -> None:
    other = REAL.head(3).assign(neighbour="XX", mode="road")
    assert len(select(other, Selection(neighbour=("XX",)), neighbours=("XX", "YY"))) == 3
    assert list(choices(other, Selection(), "neighbour", neighbours=("XX", "YY")).index) == [
        "XX",
        "YY",
        "AIR",
        "POST",
        "UNKNOWN",
    ]
    with pytest.raises(UnknownValueError, match="XX, YY"):
        select(other, Selection(neighbour=("RU",)), neighbours=("XX", "YY"))


def test_a_selection_takes_lists_one_value_and_moments() -> None:
    given_loosely: Any = {"goods": "drugs", "mode": ["road", "rail"], "since": datetime(2020, 1, 1, 12)}  # noqa: DTZ001
    selection = Selection(**given_loosely)
    assert selection.goods == ("drugs",)
    assert selection.mode == ("road", "rail")
    assert selection.since == date(2020, 1, 1)
    assert hash(selection) == hash(Selection(goods=("drugs",), mode=("road", "rail"), since=date(2020, 1, 1)))


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ShekaraError, match="begins after it ends"):
        Selection(since=date(2021, 1, 1), until=date(2020, 1, 1))


def test_nothing_left_is_no_error() -> None:
    nothing = REAL.iloc[:0]
    assert len(select(nothing, Selection(since=date(2020, 1, 1)))) == 0
    assert left_out(nothing, Selection())["refused"] == 0
    assert choices(nothing, Selection(), "goods").sum() == 0
    assert rate_period(nothing, Selection()) == (date(2015, 1, 1), date(2015, 12, 31))


@pytest.mark.parametrize(
    ("since", "until", "period"),
    [
        (None, None, (date(2015, 1, 1), date(2026, 3, 9))),
        (date(2020, 5, 1), None, (date(2020, 5, 1), date(2026, 3, 9))),
        (None, date(2019, 12, 31), (date(2015, 1, 1), date(2019, 12, 31))),
        (None, date(2010, 6, 30), (date(2001, 1, 1), date(2010, 6, 30))),
        (date(2030, 1, 1), None, (date(2030, 1, 1), date(2030, 12, 31))),
    ],
)
def test_period_of_rates(since: date | None, until: date | None, period: tuple[date, date]) -> None:
    assert rate_period(REAL, Selection(since=since, until=until)) == period


def test_old_records_have_a_period_too() -> None:
    old = REAL[REAL["date_end"] < "2010"]
    assert rate_period(old, Selection()) == (date(2001, 1, 1), date(2009, 11, 3))


def test_years_before_the_first_record_are_not_rated() -> None:
    late = REAL[REAL["date_start"] >= "2023-05-01"]
    assert rate_period(late, Selection()) == (date(2023, 1, 1), date(2026, 3, 9))
    assert rate_period(late, Selection(since=date(2020, 1, 1)))[0] == date(2020, 1, 1)
    assert rate_period(late, Selection(until=date(2019, 12, 31))) == (date(2019, 1, 1), date(2019, 12, 31))
