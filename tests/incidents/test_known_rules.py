"""Each rule of the schema at its edge: what just passes, and what just does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

from geo.border.codes import BorderCodes
from geo.incidents.cells import type_cells
from geo.incidents.schema import _show, rule_faults
from geo.vocabulary import UNITS

if TYPE_CHECKING:
    from geo.errors import Fault

SOUND: dict[str, Any] = {
    "title": "Made up", "date": "2024-03-07", "date_precision": "day", "goods": "food", "quantity": 40, "unit": "kg",
    "direction": "inbound", "neighbour": "AA", "mode": "road", "region_code": "R-1", "crossing_id": "c01",
    "location_precision": "crossing", "location_radius_km": 5, "agency": "Customs", "outcome_class": "seized",
    "source_url": "https://example.org/1", "confidence": "high", "recording_side": "home", "lon": 10.5, "lat": 50.5,
}  # fmt: skip
CODES = BorderCodes(("AA", "BB"), ("R-1", "R-2"), tuple(f"c{number:02d}" for number in range(31)))
LINES = gpd.GeoSeries([shapely.LineString([(10, 50), (12, 51)])], crs=4326)
REGIONS = gpd.GeoSeries([shapely.box(10, 50, 12, 52), shapely.box(50, 10, 52, 12)], index=["R-1", "R-2"], crs=4326)


def check(changes: list[dict[str, Any]], codes: BorderCodes = CODES, **given: Any) -> list[dict[str, Fault]]:
    """Faults by field of records that are sound but for these changes, all in one table."""
    rows = [SOUND | {"id": f"r-{number}"} | change for number, change in enumerate(changes)]
    names = list(dict.fromkeys(name for row in rows for name in row))
    table = pd.DataFrame({name: pd.Series([row.get(name) for row in rows], dtype=object) for name in names})
    frame, wrong = type_cells(table, "given.csv")
    assert wrong == {}
    faults = rule_faults(frame, "given.csv", codes=codes, **given)
    return [{field: fault for (at, field), fault in faults.items() if at == row} for row in range(len(rows))]


CASES: list[tuple[dict[str, Any], str, str]] = [
    ({}, "", ""),
    ({"quantity": 0}, "", ""),
    ({"quantity": -0.01}, "quantity", "0 or more"),
    ({"quantity": None}, "quantity", "since a unit is given"),
    ({"unit": ""}, "unit", f"the unit of the quantity: one of {', '.join(UNITS)}"),
    ({"quantity": None, "unit": ""}, "", ""),
    ({"value_home": 0, "currency": "KZT"}, "", ""),
    ({"value_home": -1, "currency": "KZT"}, "value_home", "0 or more"),
    ({"value_home": 1}, "currency", "the currency of value_home"),
    ({"currency": "USD"}, "value_home", "since a currency is given"),
    ({"value_home": 1, "currency": "usd"}, "currency", "ISO 4217"),
    ({"date_not_after": "2024-03-07"}, "", ""),
    ({"date_not_after": "2024-03-06"}, "date", "not later than date_not_after"),
    ({"date_not_after": "2024-02"}, "date", "not later than date_not_after"),
    ({"date_not_after": "2024-03"}, "", ""),
    ({"date": "", "date_precision": "unknown", "date_not_after": "2020"}, "", ""),
    ({"date": "", "date_precision": "day"}, "date_precision", "'unknown'"),
    ({"date": "2024-03", "date_precision": "month"}, "", ""),
    ({"date": "2024", "date_precision": "month"}, "date_precision", "'year'"),
    ({"date": "2024-03", "date_precision": "day"}, "date_precision", "'month'"),
    ({"date": "2024-99", "date_precision": "day"}, "date", "that exists"),
    ({"source_date": "2024-02-30"}, "source_date", "blank or a day"),
    ({"source_date": "2024-02-28"}, "", ""),
    ({"location_radius_km": 0.001}, "", ""),
    ({"location_radius_km": 0}, "location_radius_km", "more than 0 km"),
    ({"location_radius_km": None}, "location_radius_km", "more than 0 km"),
    ({"location_precision": "region", "location_radius_km": None, "crossing_id": ""}, "", ""),
    ({"location_precision": "region", "lon": None, "lat": None}, "", ""),
    ({"location_precision": "border", "lon": None, "lat": None, "location_radius_km": None}, "", ""),
    ({"location_precision": "border"}, "geometry", "no point"),
    ({"location_precision": "country"}, "geometry", "no point, or a location_precision of one of crossing"),
    ({"location_precision": "district", "lon": None, "lat": None}, "geometry", "a point, or a location_precision of"),
    ({"location_precision": "district", "lat": None}, "geometry", "both longitude and latitude"),
    ({"location_precision": "border", "lon": None}, "geometry", "both longitude and latitude"),
    ({"location_precision": "locality", "crossing_id": ""}, "", ""),
    ({"crossing_id": ""}, "crossing_id", "or the location_precision locality"),
    ({"crossing_id": "c31"}, "crossing_id", "blank or an id in crossings.geojson"),  # a list of 31 would bury it
    ({"region_code": "R-3"}, "region_code", "blank or one of R-1, R-2"),
    ({"neighbour": "CC"}, "neighbour", "blank or one of AA, BB"),
    ({"neighbour": "", "region_code": ""}, "", ""),
    ({"lon": 180}, "", ""),
    ({"lon": -180, "lat": -90}, "", ""),
    ({"lon": 180.5}, "lon", "from -180 to 180"),
    ({"lon": -180.5}, "lon", "from -180 to 180"),
    ({"lat": 90}, "", ""),
    ({"lat": 90.5}, "lat", "from -90 to 90"),
    ({"lat": -90.5}, "lat", "from -90 to 90"),
    ({"id": "a;b"}, "id", "an id of its own"),
    ({"verified": "maybe"}, "verified", "yes, no or blank"),
]  # fmt: skip


def test_each_rule_holds_up_to_its_edge_and_no_further() -> None:
    for (change, field, expected), faults in zip(CASES, check([change for change, _, _ in CASES]), strict=True):
        assert set(faults) == ({field} if field else set()), change
        if field:
            assert expected in faults[field].expected, change
    twice = check([{}, {"id": "r-0"}])
    assert [set(faults) for faults in twice] == [{"id"}, {"id"}]


def test_a_private_record_may_lack_a_source_but_not_have_a_wrong_one() -> None:
    cases = [
        ("yes", ""),
        ("yes", "heard it"),
        ("", ""),
        ("no", ""),
        ("maybe", "https://example.org/2"),
        ("yes", "http://a.b"),
    ]
    found = check([{"private": mark, "source_url": source} for mark, source in cases])
    wanted: list[set[str]] = [set(), {"source_url"}, {"source_url"}, {"source_url"}, {"private"}, set()]
    assert [set(faults) for faults in found] == wanted
    assert found[4]["private"].expected == "yes, no or blank"
    assert found[4]["private"].value == "maybe"


def test_up_to_thirty_codes_are_listed() -> None:
    codes = BorderCodes(crossings=CODES.crossings[:30])
    ((_, fault),) = check([{"crossing_id": "c31"}], codes)[0].items()
    assert fault.expected == f"blank or one of {', '.join(codes.crossings)}"
    assert check([{"crossing_id": "c31", "neighbour": "any", "region_code": "any"}], BorderCodes()) == [{}]


def test_what_is_at_fault_is_shown_as_it_stands() -> None:
    faults = check([{}, {"quantity": None}, {"lat": None}, {"quantity": -1234567.125}, {"lon": 179.25, "lat": 91.5}])
    assert faults[0] == {}
    assert (faults[1]["quantity"].value, faults[1]["quantity"].row) == ("", "2 (r-1)")
    assert faults[2]["geometry"].value == "no point"
    assert faults[3]["quantity"].value == "-1234567.125"
    assert faults[4]["lat"].value == "91.5"
    assert _show((179.25, -91.5)) == "[179.25, -91.5]"
    assert _show((179.25, float("nan"))) == "no point"


FAR: list[tuple[float, float, str]] = [
    (10, 50, ""),
    (6, 50, ""),  # four degrees off: abroad, and the other way round is no nearer
    (50, 10, "they may be swapped: the border lies at longitude 10 to 12, latitude 50 to 51"),
    (55.9, 7.1, "they may be swapped: the border lies at"),
    (56.1, 7.1, "within 40 degrees"),
    (51.9, 50, ""),
    (52.1, 50, "a place within 40 degrees of the border (longitude 10 to 12, latitude 50 to 51)"),
    (-29.9, 50, ""),
    (-30.1, 50, "or a sign lost"),
    (10, 10.1, ""),
    (10, 9.9, "within 40 degrees"),
    (10, -50, "or a sign lost"),
]


def test_a_place_far_from_the_border_is_named_and_one_that_may_be_swapped_too() -> None:
    changes = [{"lon": lon, "lat": lat, "region_code": ""} for lon, lat, _ in FAR]
    for (lon, lat, expected), faults in zip(FAR, check(changes, lines=LINES), strict=True):
        assert set(faults) == ({"geometry"} if expected else set()), (lon, lat)
        if expected:
            assert expected in faults["geometry"].expected
            assert faults["geometry"].value == f"[{lon:g}, {lat:g}]"


def test_a_place_outside_its_region_whose_other_way_round_lies_inside_may_be_swapped() -> None:
    places = [(11, 51), (50.5, 11), (51, 11), (52.1, 11), (49, 11), (60, 60)]
    swapped = [False, True, True, False, False, False]
    for region in ("R-1", ""):
        found = check([{"lon": lon, "lat": lat, "region_code": region} for lon, lat in places], regions=REGIONS)
        assert ["geometry" in faults for faults in found] == [one and region == "R-1" for one in swapped]
    # What lies up to a quarter of a degree outside is where it should be, whatever its other way round.
    square = gpd.GeoSeries([shapely.box(10, 10.3, 12, 12)], index=["R-1"], crs=4326)
    near, far = check([{"lon": 11, "lat": 10.06}, {"lon": 11, "lat": 10.04}], regions=square)
    assert near == {}
    assert "may be swapped" in far["geometry"].expected
