"""Scores of two records that may tell of one event, by hand: date 0.3, place 0.3, quantity 0.3, goods 0.1."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

from geo.intake.likely_pairs import likely_pairs

RECORD: dict[str, Any] = {
    "date_start": "2024-07-15", "date_end": "2024-07-15", "goods": "food", "goods_description": "мёд липовый",
    "place_name": "Кордай", "source_url": "https://a.kz/1", "crossing_id": "kordai", "region_code": "",
    "neighbour": "KG", "location_radius_km": 5.0, "location_precision": "crossing", "unit": "kg", "quantity": 1000.0,
    "geometry": None,
}  # fmt: skip
OTHER = {"source_url": "https://b.kz/1"}
APART = OTHER | {"crossing_id": "", "geometry": Point(75.0, 43.0)}


def table(*records: dict[str, Any]) -> gpd.GeoDataFrame:
    rows = pd.DataFrame([RECORD | record for record in records], index=[f"r{at}" for at in range(len(records))])
    days = {name: pd.to_datetime(rows[name]) for name in ("date_start", "date_end")}
    return gpd.GeoDataFrame(rows.assign(**days), geometry="geometry", crs="EPSG:4326")


def span(first: str | None, last: str | None) -> dict[str, Any]:
    return OTHER | {"date_start": first, "date_end": last}


@pytest.mark.parametrize(
    ("change", "score", "why"),
    [
        ({}, 1.0, "same day, same crossing, same goods, same quantity"),
        # Dates: 0.9 a day off, 0.7 two or three, 0.4 up to a week; half of it where a date is no day.
        (span("2024-07-16", "2024-07-16"), 0.97, "1 day apart, same crossing, same goods, same quantity"),
        (span("2024-07-13", "2024-07-13"), 0.91, "2 days apart, same crossing, same goods, same quantity"),
        (span("2024-07-18", "2024-07-18"), 0.91, "3 days apart, same crossing, same goods, same quantity"),
        (span("2024-07-19", "2024-07-19"), 0.82, "4 days apart, same crossing, same goods, same quantity"),
        (span("2024-07-08", "2024-07-08"), 0.82, "7 days apart, same crossing, same goods, same quantity"),
        (span("2024-07-07", "2024-07-07"), None, ""),
        (span("2024-07-23", "2024-07-23"), None, ""),
        (span("2024-07-16", "2024-07-31"), 0.835, "1 day apart, same crossing, same goods, same quantity"),
        (span("2024-07-01", "2024-07-31"), 0.88, "dates that overlap, same crossing, same goods, same quantity"),
        (span("2024-07-01", "2024-08-01"), 0.88, "dates that overlap, same crossing, same goods, same quantity"),
        (span("2024-07-01", "2024-08-02"), 0.745, "dates that overlap, same crossing, same goods, same quantity"),
        (span(None, None), 0.745, "same crossing, same goods, same quantity"),
        # Places: nine tenths within the radii, six tenths up to 30 km beyond; a place that contradicts ends it.
        (OTHER | {"crossing_id": "", "neighbour": "RU"}, None, ""),
        (OTHER | {"crossing_id": ""}, 0.82, "same day, same border, same goods, same quantity"),
        (OTHER | {"crossing_id": "", "neighbour": ""}, 0.805, "same day, same goods, same quantity"),
        # Quantities: the same from 99 % on, 0.6 from 90, 0.3 from a half.
        (OTHER | {"quantity": 990.0}, 1.0, "same day, same crossing, same goods, same quantity"),
        (OTHER | {"quantity": 1.0, "unit": "t"}, 1.0, "same day, same crossing, same goods, same quantity"),
        (OTHER | {"quantity": 989.0}, 0.88, "same day, same crossing, same goods, quantities within 10 %"),
        (OTHER | {"quantity": 900.0}, 0.88, "same day, same crossing, same goods, quantities within 10 %"),
        (OTHER | {"quantity": 899.0}, 0.79, "same day, same crossing, same goods, quantities within a half"),
        (OTHER | {"quantity": 2000.0}, 0.79, "same day, same crossing, same goods, quantities within a half"),
        (OTHER | {"quantity": 499.0}, None, ""),
        (OTHER | {"quantity": float("nan")}, 0.85, "same day, same crossing, same goods"),
        (OTHER | {"unit": "pack"}, 0.775, "same day, same crossing, same goods"),
        # Goods: a word in common, or descriptions that can't be compared; else three quarters are left.
        (OTHER | {"goods_description": "мёд"}, 1.0, "same day, same crossing, same goods, same quantity"),
        (OTHER | {"goods_description": "honey"}, 0.95, "same day, same crossing, same kind of goods, same quantity"),
        (OTHER | {"goods_description": "сахар"}, 0.675, "same day, same crossing, same quantity"),
        (OTHER | {"goods_description": ""}, 0.95, "same day, same crossing, same kind of goods, same quantity"),
        (OTHER | {"goods": "alcohol"}, None, ""),
        # One source tells of several finds: nothing of theirs may differ.
        ({"source_url": "https://a.kz/1"}, 1.0, "one source, same day, same crossing, same goods, same quantity"),
        ({"source_url": "https://a.kz/1", "quantity": float("nan")}, 0.85,
         "one source, same day, same crossing, same goods"),
        ({"source_url": "https://a.kz/1", "quantity": 900.0}, None, ""),
        ({"source_url": "https://a.kz/1", "place_name": "Сортобе"}, None, ""),
        ({"source_url": "https://a.kz/1", "goods_description": "сахар"}, None, ""),
        ({"source_url": "https://a.kz/1", "goods": "alcohol"}, None, ""),
        (span("2024-09-01", "2024-09-01") | {"source_url": "https://a.kz/1"}, 0.7,
         "one source, same crossing, same goods, same quantity"),
        (span("2024-07-16", "2024-07-16") | {"source_url": "https://a.kz/1", "quantity": float("nan")}, None, ""),
    ],
)  # fmt: skip
def test_the_score_of_two_records_and_what_agrees(change: dict[str, Any], score: float | None, why: str) -> None:
    pairs = likely_pairs(table({}), table({"source_url": "https://b.kz/1"} | change))
    assert pairs == ([] if score is None else [("r0", "r0", score, why)])


@pytest.mark.parametrize(
    ("lon", "radius", "score", "why"),
    [
        (75.1, 5.0, 0.97, "places 8 km apart, within their radius"),
        (75.4, 5.0, 0.88, "places 33 km apart"),
        (75.6, 5.0, None, ""),
        (75.6, 20.0, 0.88, "places 49 km apart"),
    ],
)
def test_places_may_lie_their_radii_apart_and_thirty_kilometres_beside(
    lon: float, radius: float, score: float | None, why: str
) -> None:
    there = APART | {"geometry": Point(lon, 43.0), "location_radius_km": radius}
    pairs = likely_pairs(table(APART | {"source_url": "https://a.kz/1"}), table(there))
    said = f"same day, {why}, same goods, same quantity"
    assert pairs == ([] if score is None else [("r0", "r0", score, said)])


@pytest.mark.parametrize(("region", "score"), [("KZ-31", 0.88), ("KZ-33", None), ("", 0.82)])
def test_where_one_has_no_place_their_regions_are_compared(region: str, score: float | None) -> None:
    nowhere = {"crossing_id": "", "location_precision": "region", "region_code": "KZ-31"}
    pairs = likely_pairs(table(nowhere), table(OTHER | nowhere | {"region_code": region}))
    assert [pair[2] for pair in pairs] == ([] if score is None else [score])


def test_records_without_a_date_are_compared_with_all_and_two_of_them_agree_a_little() -> None:
    undated = {"date_start": None, "date_end": None}
    pairs = likely_pairs(table(undated), table(OTHER, OTHER | undated))
    assert [(pair[1], pair[2]) for pair in pairs] == [("r0", 0.745), ("r1", 0.82)]


def test_a_long_span_is_found_from_a_day_near_its_end() -> None:
    year = span("2024-01-01", "2024-12-31")
    pairs = likely_pairs(table({"date_start": "2024-12-30", "date_end": "2024-12-30"}), table(OTHER, year, OTHER))
    assert [(pair[1], pair[2]) for pair in pairs] == [("r1", 0.745)]


def test_two_records_of_the_same_long_span_overlap() -> None:
    year = {"date_start": "2024-01-01", "date_end": "2024-12-31"}
    assert likely_pairs(table(year), table(OTHER | year))[0][2] == 0.88
    assert likely_pairs(table(year), table(OTHER | year | {"date_end": "2024-12-30"}))[0][2] == 0.745
