"""Reading and checking incidents: the real file, broken files, hostile files."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from products import examples
from synthetic import synthetic_incidents

from geo.border.codes import read_border_codes
from geo.errors import Fault, InputError
from geo.incidents.former import renew_cells
from geo.incidents.reading import (
    agency_sides,
    border_of,
    check_incidents,
    read_incidents,
    recording_sides,
    write_incidents,
)
from geo.paths import data_path
from geo.vocabulary import FIELDS, GOODS, NUMBER_FIELDS

ROOT = Path(__file__).parents[2]
RESEARCH = Path(os.environ.get("SHEKARA_RESEARCH", ROOT.parent / "shared" / "data"))
needs_research = pytest.mark.skipif(not RESEARCH.is_dir(), reason="the researched tables are not here")

Record = dict[str, Any]


@pytest.fixture(scope="module")
def collection() -> Record:
    whole: Record = json.loads(data_path("incidents.geojson").read_text(encoding="utf-8"))
    return whole


def save(folder: Path, *features: Any, **members: Any) -> Path:
    path = folder / "given.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features), **members}), encoding="utf-8")
    return path


# -- The built-in incidents -----------------------------------------------------------------------


def test_the_frame_is_as_documented(incidents: gpd.GeoDataFrame) -> None:
    assert len(incidents) == 486
    assert incidents.index.name == "id"
    assert incidents.index.is_unique
    assert list(incidents.columns) == [*FIELDS[1:], "date_start", "date_end", "geometry"]
    assert incidents.crs == "EPSG:4326"
    for name in incidents.columns.difference(["geometry", "date_start", "date_end"]):
        if name in NUMBER_FIELDS:
            assert incidents[name].dtype == np.float64
        else:
            assert incidents[name].map(type).eq(str).all()
    assert incidents["date_start"].notna().equals(incidents["date"] != "")
    assert (incidents["date_start"].dropna() <= incidents["date_end"].dropna()).all()


def test_the_schema_has_every_field() -> None:
    from geo.incidents.schema import IncidentSchema  # noqa: PLC0415  (slow to import)

    columns = IncidentSchema.to_schema().columns
    assert [*columns] == [*FIELDS, "lon", "lat"]
    assert all(column.description for column in columns.values())


def test_the_built_in_file_has_no_fault() -> None:
    assert check_incidents() == []


def test_places_are_there_or_none(incidents: gpd.GeoDataFrame) -> None:
    placeless = incidents["location_precision"].isin(["border", "country"])
    assert incidents.geometry.isna().equals(placeless)
    assert incidents.geometry.dropna().geom_type.eq("Point").all()
    ilek = incidents.loc["2005-01-28-ilek-uranium-container"].geometry
    assert (ilek.x, ilek.y) == (53.3384, 51.477)


def test_every_incident_belongs_somewhere(incidents: gpd.GeoDataFrame) -> None:
    border = border_of(incidents)
    assert border.index.equals(incidents.index)
    assert set(border) <= set(read_border_codes().borders)
    assert border["seed-usa-diamonds-toys-parcel"] == "POST"
    assert border["2014-07-26-saryagash-caesium-137"] == "UZ"
    assert border["2024-03-afm-45-trucks"] == "UNKNOWN"


def test_spans_of_dates(incidents: gpd.GeoDataFrame) -> None:
    def span(key: str) -> list[str]:
        return [str(incidents.loc[key, end].date()) for end in ("date_start", "date_end")]

    assert span("2005-01-28-ilek-uranium-container") == ["2005-01-28", "2005-01-28"]
    assert span("2022-08-pavlodar-petrol-280t-uz") == ["2022-08-01", "2022-08-31"]
    assert span("2022-pavlodar-petrol-ten-wagons") == ["2022-01-01", "2022-12-31"]
    # A month whose record also gives the latest possible day ends there.
    assert span("2016-12-zhaisan-fir-trees-1500") == ["2016-12-01", "2016-12-06"]


def test_recording_sides_follow_from_the_table(incidents: gpd.GeoDataFrame) -> None:
    sides = agency_sides()
    assert set(sides.values()) == {"home", "neighbour", "other"}
    named = {name for names in incidents["agency"] for name in names.split("; ") if name}
    assert named == set(sides)
    assert incidents["recording_side"].equals(recording_sides(incidents["agency"], sides))
    assert incidents["recording_side"].value_counts().to_dict() == {
        "neighbour": 240,
        "home": 231,
        "unknown": 8,
        "both": 5,
        "other": 2,
    }


@pytest.mark.parametrize(
    ("agency", "side"),
    [
        ("KNB", "home"),
        ("Russian FSB; Russian customs", "neighbour"),
        ("KNB Border Service; Kyrgyz border service", "both"),
        ("other: Azerbaijan customs", "other"),
        ("KNB; other: German authorities", "home"),
        ("Russian FSB; other: German authorities", "neighbour"),
        ("", "unknown"),
        ("An agency of the moon", "unknown"),
        ("KNB; An agency of the moon", "unknown"),
    ],
)
def test_recording_side(agency: str, side: str) -> None:
    assert recording_sides(pd.Series([agency]), agency_sides()).tolist() == [side]


def test_possible_doubles_point_at_each_other(incidents: gpd.GeoDataFrame) -> None:
    pairs = {
        (key, other) for key, others in incidents["possible_same_as"].items() for other in others.split("; ") if other
    }
    assert len(pairs) == 4
    assert pairs == {(other, key) for key, other in pairs}
    assert {key for pair in pairs for key in pair} <= set(incidents.index)
    assert ("seed-kg-falcons-car-upholstery", "2022-10-20-besagash-falcons-9") in pairs


@pytest.fixture(scope="module")
def tool() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "tools" / "build_incidents.py"))


@needs_research
def test_row_for_row_as_researched_and_mended(incidents: gpd.GeoDataFrame, tool: dict[str, Any]) -> None:
    header, *cells = tool["read_corrected"](RESEARCH / "incidents.csv")
    rows = renew_cells(pd.DataFrame(cells, columns=header, dtype=object)).to_dict("records")
    assert [row["id"] for row in rows] == list(incidents.index)
    for name in [field for field in FIELDS[1:] if field in rows[0]]:
        if name in NUMBER_FIELDS:
            expected = [float(row[name]) if row[name] else np.nan for row in rows]
            np.testing.assert_array_equal(incidents[name].to_numpy(), expected)
        else:
            assert incidents[name].tolist() == [row[name] for row in rows]
    points = [(float(row["lon"]), float(row["lat"])) if row["lon"] else None for row in rows]
    assert [point and (point.x, point.y) for point in incidents.geometry] == points


@needs_research
def test_claims_are_a_faithful_copy_but_for_what_is_mended(tool: dict[str, Any]) -> None:
    assert tool["read_rows"](data_path("claims.csv")) == tool["read_corrected"](RESEARCH / "claims.csv")
    assert b"\r" not in data_path("claims.csv").read_bytes()


@needs_research
def test_building_again_changes_no_byte(tool: dict[str, Any], tmp_path: Path) -> None:
    tool["build_incidents"](RESEARCH / "incidents.csv", tmp_path)
    tool["build_claims"](RESEARCH / "claims.csv", tmp_path)
    for name in ("incidents.geojson", "claims.csv"):
        assert (tmp_path / name).read_bytes() == data_path(name).read_bytes()


def test_every_correction_stands_in_the_built_tables(collection: Record, tool: dict[str, Any]) -> None:
    header, *claims = tool["read_rows"](data_path("claims.csv"))
    published = {
        "incidents": {one["properties"]["id"]: one["properties"] for one in collection["features"]},
        "claims": {row[0]: dict(zip(header, row, strict=True)) for row in claims},
    }
    corrections = tool["read_rows"](tool["CORRECTIONS"])[1:]
    assert len({tuple(row[:3]) for row in corrections}) == len(corrections)
    for table, key, column, researched, mended in corrections:
        assert researched != mended
        assert published[table][key][column] == mended, (key, column)


def test_a_correction_of_what_is_no_longer_there_stops_the_build(tool: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "incidents.csv").write_text("id,title\nx,X\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="no longer has this title"):
        tool["read_corrected"](tmp_path / "incidents.csv")


def test_one_feature_per_line() -> None:
    lines = data_path("incidents.geojson").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 488
    assert all(json.loads(line.removesuffix(","))["type"] == "Feature" for line in lines[1:-1])


# -- Writing and reading again --------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["geojson", "csv", "parquet", "GEOJSON"])
def test_written_incidents_read_the_same(incidents: gpd.GeoDataFrame, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"again.{ending}"
    write_incidents(incidents, path)
    once = path.read_bytes()
    again = read_incidents(path)
    pd.testing.assert_frame_equal(again.drop(columns="geometry"), incidents.drop(columns="geometry"))
    assert again.geometry.geom_equals(incidents.geometry).eq(incidents.geometry.notna()).all()
    write_incidents(again, path)
    assert path.read_bytes() == once


def test_the_built_in_file_is_what_writing_gives(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    write_incidents(incidents, tmp_path / "again.geojson")
    assert (tmp_path / "again.geojson").read_bytes() == data_path("incidents.geojson").read_bytes()


def test_further_columns_are_written_and_left_out_on_reading(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / "more.geojson"
    write_incidents(incidents.head(2).assign(segment=["KG-07", ""], weight=[0.5, np.nan], flag=True), path)
    first, second = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert (first["properties"]["segment"], first["properties"]["weight"]) == ("KG-07", 0.5)
    assert second["properties"]["weight"] is None
    assert second["properties"]["flag"] is True
    assert list(read_incidents(path).columns) == list(incidents.columns)


def test_writing_refuses_what_it_cannot_write(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.geojson, \.parquet or \.csv"):
        write_incidents(incidents, tmp_path / "incidents.shp")
    with pytest.raises(InputError, match="EPSG:4326"):
        write_incidents(incidents.to_crs(3857), tmp_path / "incidents.geojson")
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_optional_fields_gets_them(collection: Record, tmp_path: Path) -> None:
    feature = deepcopy(collection["features"][0])
    for name in ("recording_side", "possible_same_as", "legal_scope", "coord_basis", "value_home"):
        del feature["properties"][name]
    row = read_incidents(save(tmp_path, feature)).iloc[0]
    assert row["recording_side"] == "neighbour"
    assert row["possible_same_as"] == row["legal_scope"] == row["coord_basis"] == ""
    assert np.isnan(row["value_home"])


def test_the_id_of_the_feature_serves_too(collection: Record, tmp_path: Path) -> None:
    feature = deepcopy(collection["features"][0])
    feature["id"] = feature["properties"].pop("id")
    assert list(read_incidents(save(tmp_path, feature)).index) == [feature["id"]]


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"])
def test_names_of_wgs84(collection: Record, tmp_path: Path, name: str) -> None:
    crs = {"type": "name", "properties": {"name": name}}
    assert check_incidents(save(tmp_path, collection["features"][0], crs=crs)) == []


def test_made_up_incidents_are_valid(tmp_path: Path, incidents: gpd.GeoDataFrame) -> None:
    made = synthetic_incidents(500, None, 7)
    assert made.equals(synthetic_incidents(500, None, 7))
    assert made.index.str.startswith("sim-").all()
    assert list(made.columns) == list(incidents.columns)
    write_incidents(made, tmp_path / "made.geojson")
    pd.testing.assert_frame_equal(
        read_incidents(tmp_path / "made.geojson").drop(columns="geometry"), made.drop(columns="geometry")
    )


# -- One fault at a time --------------------------------------------------------------------------

CROSSING, BORDER = 0, 3  # features with a crossing, and with a border alone


WRONG_FIELDS: list[tuple[int, Record, str, str]] = [
    (CROSSING, {"id": ""}, "id", "an id of its own"),
    (CROSSING, {"id": "two words"}, "id", "an id of its own"),
    (CROSSING, {"id": "line\n"}, "id", "control characters"),
    (CROSSING, {"id": 7}, "id", "text"),
    (CROSSING, {"title": " "}, "title", "sentence"),
    (CROSSING, {"title": "a\x07bell"}, "title", "control characters"),
    (CROSSING, {"title": "half \ud83d of a pair"}, "title", "control characters"),
    (CROSSING, {"date": "2024-13-40"}, "date", "a day, month or year that exists"),
    (CROSSING, {"date": "2023-02-29"}, "date", "that exists"),
    (CROSSING, {"date": "28.01.2005"}, "date", "2024-03-07"),
    (CROSSING, {"date": "2005-1-28"}, "date", "2024-03-07"),
    (CROSSING, {"date": "1812"}, "date", "1900"),
    (CROSSING, {"date": 2005}, "date", "text"),
    (CROSSING, {"date": "2005-01"}, "date_precision", "'month'"),
    (CROSSING, {"date": "2005"}, "date_precision", "'year'"),
    (CROSSING, {"date": ""}, "date_precision", "'unknown'"),
    (CROSSING, {"date_precision": "week"}, "date_precision", "day, month, year, unknown"),
    (CROSSING, {"date_precision": "month"}, "date_precision", "'day'"),
    (CROSSING, {"date_basis": "rumour"}, "date_basis", "event, publication, inferred, none"),
    (CROSSING, {"date_not_after": "2004"}, "date", "date_not_after"),
    (CROSSING, {"date_not_after": "soon"}, "date_not_after", "that exists"),
    (CROSSING, {"source_date": "2005-00"}, "source_date", "that exists"),
    (CROSSING, {"goods": "sigarettes"}, "goods", ", ".join(GOODS)),
    (CROSSING, {"goods": ""}, "goods", "tobacco"),
    (CROSSING, {"goods": ["drugs"]}, "goods", "text"),
    (CROSSING, {"quantity": "about ten"}, "quantity", "a number"),
    (CROSSING, {"quantity": -1}, "quantity", "0 or more"),
    (CROSSING, {"quantity": True}, "quantity", "a number"),
    (CROSSING, {"quantity": None}, "quantity", "a unit is given"),
    (CROSSING, {"quantity": 10**400}, "quantity", "a number"),
    (CROSSING, {"unit": ""}, "unit", "the unit of the quantity"),
    (CROSSING, {"unit": "stone"}, "unit", "kg, t, litre"),
    (CROSSING, {"value_home": -5, "currency": "KZT"}, "value_home", "0 or more"),
    (CROSSING, {"direction": "north"}, "direction", "inbound, outbound, transit, unknown"),
    (CROSSING, {"neighbour": "FR"}, "neighbour", "RU, CN, KG, UZ, TM, CASPIAN"),
    (CROSSING, {"mode": ""}, "mode", "road, rail"),
    (CROSSING, {"region_code": "KZ-99"}, "region_code", "KZ-10"),
    (CROSSING, {"crossing_id": "nowhere"}, "crossing_id", "crossings.geojson"),
    (CROSSING, {"crossing_id": ""}, "crossing_id", "crossings.geojson"),
    (CROSSING, {"location_precision": "exact"}, "location_precision", "crossing, locality"),
    (CROSSING, {"location_precision": "border"}, "geometry", "no point"),
    (CROSSING, {"location_radius_km": None}, "location_radius_km", "more than 0 km"),
    (CROSSING, {"location_radius_km": 0}, "location_radius_km", "more than 0 km"),
    (CROSSING, {"location_radius_km": -3}, "location_radius_km", "0 or more"),
    (CROSSING, {"outcome_class": "acquitted"}, "outcome_class", "seized, case_opened"),
    (CROSSING, {"legal_scope": "article 234"}, "legal_scope", "'Art. 234; Art. 286'"),
    (CROSSING, {"legal_scope": "Art. 234, Art. 286"}, "legal_scope", "'Art. 234; Art. 286'"),
    (CROSSING, {"legal_scope": "unknown; Art. 286"}, "legal_scope", "'Art. 234; Art. 286'"),
    (CROSSING, {"legal_scope": "Art. 234\n"}, "legal_scope", "control characters"),
    (CROSSING, {"legal_scope": 234}, "legal_scope", "text"),
    (CROSSING, {"source_url": ""}, "source_url", "without one a record is refused"),
    (CROSSING, {"source_url": None}, "source_url", "without one a record is refused"),
    (CROSSING, {"source_url": "javascript:alert(1)"}, "source_url", "https://"),
    (CROSSING, {"source_url": "https://a b"}, "source_url", "https://"),
    (CROSSING, {"other_urls": "https://a.org, https://b.org"}, "other_urls", "' | '"),
    (CROSSING, {"agency": "KNB;FSB"}, "agency", "separated by '; '"),
    (CROSSING, {"possible_same_as": "a,b c"}, "possible_same_as", "separated by '; '"),
    (CROSSING, {"possible_same_as": "a\n"}, "possible_same_as", "control characters"),
    (CROSSING, {"confidence": "certain"}, "confidence", "high, medium, low"),
    (CROSSING, {"verified": "maybe"}, "verified", "yes, no"),
    (CROSSING, {"recording_side": "ours"}, "recording_side", "home, neighbour"),
    (BORDER, {"location_precision": "locality", "location_radius_km": 5}, "geometry", "a point"),
]


@pytest.fixture(scope="module")
def wrong_fields(collection: Record, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file with a record for each case, and a sound one before and behind them."""
    before, behind = deepcopy(collection["features"][1:3])
    cases = [deepcopy(collection["features"][at]) for at, *_ in WRONG_FIELDS]
    for number, (case, (_, change, _, _)) in enumerate(zip(cases, WRONG_FIELDS, strict=True)):
        case["properties"] |= {"id": f"case-{number}"} | change
    return save(tmp_path_factory.mktemp("wrong"), before, *cases, behind)


@pytest.fixture(scope="module")
def faults_by_record(wrong_fields: Path) -> dict[int, list[Fault]]:
    found: dict[int, list[Fault]] = {}
    for fault in check_incidents(wrong_fields):
        found.setdefault(int(str(fault.row).split()[0]), []).append(fault)
    return found


@pytest.mark.parametrize("number", range(len(WRONG_FIELDS)), ids=lambda number: str(WRONG_FIELDS[number][1]))
def test_a_wrong_field_is_named(faults_by_record: dict[int, list[Fault]], number: int) -> None:
    _, _, field, expected = WRONG_FIELDS[number]
    (fault,) = faults_by_record[number + 2]
    assert fault.field == field
    assert expected in fault.expected
    assert fault.file == "given.geojson"
    if field != "id":
        assert fault.row == f"{number + 2} (case-{number})"


def test_reading_raises_what_checking_finds(wrong_fields: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_incidents(wrong_fields)
    assert caught.value.faults == check_incidents(wrong_fields)
    assert len(caught.value.faults) == len(WRONG_FIELDS)


def test_articles_of_law(collection: Record, tmp_path: Path) -> None:
    articles = ["", None, "unknown", "Art. 234", "Art. 234; Art. 286", "Art. 339-1; Art. 214.2"]
    features = deepcopy(collection["features"][: len(articles)])
    for feature, stated in zip(features, articles, strict=True):
        feature["properties"]["legal_scope"] = stated
    read = read_incidents(save(tmp_path, *features))["legal_scope"].tolist()
    assert read == [stated or "" for stated in articles]


@pytest.mark.parametrize(
    ("geometry", "field", "expected"),
    [
        ([51.477, 153.3384], "lat", "swapped"),
        ([200, 50], "lon", "-180 to 180"),
        ([43.2, 76.9], "geometry", "may be swapped"),
        ([42.3, 69.6], "geometry", "may be swapped"),
        ([0, 0], "geometry", "within 40 degrees"),
        ([-76.9, 43.2], "geometry", "sign"),
        (["east", 43.2], "lon", "a number"),
        ([76.9], "geometry", "[longitude, latitude]"),
        ([76.9, None], "geometry", "[longitude, latitude]"),
        ([[76.9, 43.2], [77, 43]], "lon", "a number"),
    ],
)
def test_a_wrong_place_is_named(
    collection: Record, tmp_path: Path, geometry: list[Any], field: str, expected: str
) -> None:
    feature = deepcopy(collection["features"][0])
    feature["geometry"]["coordinates"] = geometry
    fault = check_incidents(save(tmp_path, feature))[0]
    assert fault.field == field
    assert expected in fault.expected


def test_swapped_coordinates_are_noticed(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    placed = incidents[incidents.geometry.notna()]
    swapped = placed.set_geometry(gpd.points_from_xy(placed.geometry.y, placed.geometry.x, crs=4326))
    write_incidents(swapped, tmp_path / "swapped.csv")
    faults = check_incidents(tmp_path / "swapped.csv")
    assert {fault.field for fault in faults} == {"geometry"}
    assert all("may be swapped" in fault.expected for fault in faults)
    # The others lie abroad, or so near the diagonal that the swap moves them less than their region is wide.
    assert len(faults) / len(placed) > 0.85


@pytest.mark.parametrize("geometry", [{"type": "LineString", "coordinates": []}, "here", 7, {}])
def test_a_wrong_geometry_is_named(collection: Record, tmp_path: Path, geometry: Any) -> None:
    feature = {**collection["features"][0], "geometry": geometry}
    faults = check_incidents(save(tmp_path, feature))
    assert [fault.field for fault in faults] == ["geometry"]
    assert "a Point" in faults[0].expected


def test_every_fault_is_found_at_once(collection: Record, tmp_path: Path) -> None:
    first, second, third = deepcopy(collection["features"][:3])
    first["properties"] |= {"goods": "gold dust", "date": "2024-13-40"}
    second["properties"]["source_url"] = ""
    third["properties"]["id"] = first["properties"]["id"]
    path = save(tmp_path, first, "not a feature", second, third)
    found = [(str(fault.row).split()[0], fault.field) for fault in check_incidents(path)]
    assert found == [("1", "id"), ("1", "date"), ("1", "goods"), ("2", ""), ("3", "source_url"), ("4", "id")]


def test_absent_fields_are_listed(collection: Record, tmp_path: Path) -> None:
    feature = deepcopy(collection["features"][0])
    del feature["properties"]["goods"], feature["properties"]["source_url"]
    assert [fault.field for fault in check_incidents(save(tmp_path, feature))] == ["goods", "source_url"]


def test_another_border_has_its_own_codes(collection: Record, tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": [[50, 50], [60, 50]]}
    lines = {"type": "Feature", "properties": {"neighbour": "XX"}, "geometry": line}
    (tmp_path / "borders.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": [lines]}), encoding="utf-8"
    )
    feature = deepcopy(collection["features"][0])
    path = save(tmp_path, feature)
    assert [fault.field for fault in check_incidents(path, borders=tmp_path)] == ["neighbour"]
    feature["properties"]["neighbour"] = "XX"
    save(tmp_path, feature)
    assert check_incidents(path, borders=tmp_path) == []
    assert [fault.field for fault in check_incidents(path)] == ["neighbour"]


# -- Files that are none --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.geojson", b"", "an empty file"),
        ("a.geojson", b" \n", "an empty file"),
        ("a.geojson", b"\xef\xbb\xbf", "an empty file"),
        ("a.csv", b"\xef\xbb\xbf", "an empty file"),
        ("a.geojson", b"id,title\n1,2\n", "line 1, column 1"),
        ("a.geojson", b"[]", "FeatureCollection"),
        ("a.geojson", b"null", "FeatureCollection"),
        ("a.geojson", b'{"type":"Feature"}', "FeatureCollection"),
        ("a.geojson", b'{"type":"FeatureCollection"}', "FeatureCollection"),
        ("a.geojson", b'{"type":"FeatureCollection","features":{}}', "FeatureCollection"),
        ("a.geojson", b'{"type":"FeatureCollection","features":[]}', "no records"),
        ("a.geojson", b'{"type":"FeatureCollection","features":[null]}', "NoneType"),
        ("a.geojson", b'{"type":"FeatureCollection","features":[{"properties":null}]}', "properties None"),
        ("a.geojson", b'{"type":"FeatureCollection","features":[{"properties":{"x":NaN}}]}', "NaN"),
        ("a.geojson", b'{"type":"FeatureCollection","features":[{"x":-Infinity}]}', "Infinity"),
        ("a.geojson", b'{"type":"FeatureCollection","features":[' + b"9" * 5000 + b"]}", "thousands of digits"),
        ("a.geojson", b"[" * 200_000, "too deeply"),
        ("a.geojson", b'{"type":"FeatureCollection","features":[' + b"[" * 300 + b"]" * 300 + b"]}", "list"),
        ("a.geojson", b'{"a":"\x00"}', "NUL"),
        ("a.geojson", "{}".encode("utf-16"), "UTF-8"),
        ("a.geojson", "граница".encode("cp1251"), "UTF-8"),
        (
            "a.geojson",
            b'{"type":"FeatureCollection","features":[],"crs":{"properties":{"name":"EPSG:3857"}}}',
            "WGS84",
        ),
        ("a.geojson", b'{"type":"FeatureCollection","features":[],"crs":[1]}', "WGS84"),
        ("a.csv", b"id,goods\n", "no records"),
        ("a.csv", b"id,goods,id\n1,2,3\n", "once"),
        ("a.csv", b'id,goods\n1,"2\n', "quotes"),
        ("a.csv", b"id\n" + b"9" * 200_000, "field larger than"),
        ("a.csv", b"\n\nid\n1", "incidents in Shekara's schema"),
        ("a.csv", b"name\n1\n", "incidents in Shekara's schema"),
        ("a.csv", b"id\n1\n", "incidents in Shekara's schema"),
        ("a.parquet", b"", "an empty file"),
        ("a.parquet", b"PAR1 is not all", "a GeoParquet file"),
        ("a.xlsx", b"PK", ".geojson"),
        ("a", b"", ".geojson"),
    ],
)
def test_hostile_files_are_refused(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=said):
        read_incidents(path)
    assert check_incidents(path)


def test_a_missing_file_is_said_so(tmp_path: Path) -> None:
    for path in (tmp_path / "none.geojson", tmp_path):
        with pytest.raises(InputError):
            read_incidents(path)
    folder = tmp_path / "folder.geojson"
    folder.mkdir()
    with pytest.raises(InputError, match="a folder, not a file"):
        read_incidents(folder)


def test_deep_nesting_in_a_cell_is_a_fault(collection: Record, tmp_path: Path) -> None:
    feature = deepcopy(collection["features"][0])
    feature["properties"]["goods"] = "@"
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    path = tmp_path / "deep.geojson"
    path.write_text(text.replace('"@"', "[" * 400 + "]" * 400), encoding="utf-8")
    assert [fault.field for fault in check_incidents(path)] == ["goods"]


def test_short_and_long_rows_of_a_table_are_named(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    write_incidents(incidents.head(3), path)
    header, first, second, third = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([header, first + ",more", "", second, third.rpartition(",")[0]]), encoding="utf-8")
    assert [(fault.row, fault.field) for fault in check_incidents(path)] == [(1, ""), (3, "")]


def test_faults_of_a_parquet_file(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    path = tmp_path / "given.parquet"
    few = incidents.head(3)
    few.to_crs(3857).to_parquet(path)
    with pytest.raises(InputError, match="reproject"):
        read_incidents(path)
    few.drop(columns="geometry").to_parquet(path)
    with pytest.raises(InputError, match="a GeoParquet file"):
        read_incidents(path)
    shapes = list(few.geometry)
    shapes[0], shapes[1] = shapely.LineString([(0, 0), (1, 1)]), shapely.Point()
    few.set_geometry(gpd.GeoSeries(shapes, index=few.index, crs=4326)).to_parquet(path)
    faults = check_incidents(path)
    assert [(fault.field, fault.value) for fault in faults] == [
        ("geometry", "LineString"),
        ("geometry", "no point"),
    ]
    assert faults[0].row == f"1 ({few.index[0]})"


def test_a_light_import() -> None:
    code = (
        "import sys; from geo.incidents.reading import read_incidents; read_incidents();"
        "print([m for m in ('pandera', 'scipy', 'folium', 'streamlit', 'matplotlib') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.strip() == "[]"


# -- Whatever is broken ---------------------------------------------------------------------------

JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(), max_size=20),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=3),
)
NEVER_RIGHT = {
    "goods": "###",
    "date": "yesterday",
    "quantity": "many",
    "location_precision": "near",
    "source_url": "heard it",
    "confidence": "sure",
    "neighbour": "NARNIA",
    "mode": "carpet",
    "outcome_class": "?",
    "id": "a; b",
    "direction": "up",
    "legal_scope": "the law",
    "unit": "pinch",
    "value_home": "a lot",
    "location_radius_km": "far",
    "crossing_id": "#",
    "region_code": "#",
}
SETTINGS = settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("shift", range(0, len(NEVER_RIGHT), 5))
def test_a_corrupted_cell_is_always_named(collection: Record, tmp_path: Path, shift: int) -> None:
    features = deepcopy(collection["features"])
    fields = [sorted(NEVER_RIGHT)[(row + shift) % len(NEVER_RIGHT)] for row in range(len(features))]
    for feature, field in zip(features, fields, strict=True):
        feature["properties"][field] = NEVER_RIGHT[field]
    faults = check_incidents(save(tmp_path, *features))
    named = {(int(str(fault.row).split()[0]), fault.field) for fault in faults}
    assert set(enumerate(fields, start=1)) <= named


@settings(SETTINGS, max_examples=examples(8))
@given(
    records=st.lists(
        st.tuples(st.integers(0, 341), st.dictionaries(st.sampled_from(FIELDS), JUNK, max_size=4), JUNK),
        min_size=1,
        max_size=5,
        unique_by=lambda record: record[0],
    )
)
def test_junk_never_escapes_as_another_error(
    collection: Record, tmp_path: Path, records: list[tuple[int, Record, Any]]
) -> None:
    features = []
    for row, cells, place in records:
        feature = deepcopy(collection["features"][row])
        feature["properties"] |= cells
        if place is not None:
            feature["geometry"] = {"type": "Point", "coordinates": place}
        features.append(feature)
    faults: list[Fault] = []
    try:
        assert len(read_incidents(save(tmp_path, *features))) == len(records)
    except InputError as error:
        faults = error.faults
    assert {fault.field for fault in faults} <= {*FIELDS, "geometry", "lon", "lat", ""}
    for fault in faults:
        str(fault).encode("utf-8")


@SETTINGS
@given(content=st.binary(max_size=300), ending=st.sampled_from(["geojson", "csv", "parquet"]))
def test_bytes_never_escape_as_another_error(tmp_path: Path, content: bytes, ending: str) -> None:
    path = tmp_path / f"bytes.{ending}"
    path.write_bytes(content)
    with pytest.raises(InputError):
        read_incidents(path)


@SETTINGS
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    whole = data_path("incidents.geojson").read_bytes()[:40_000].rpartition(b",\n")[0] + b"]}"
    at = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:at] + data.draw(st.binary(max_size=3)) + whole[at + data.draw(st.integers(0, 3)) :]
    path = tmp_path / "damaged.geojson"
    path.write_bytes(damaged)
    with suppress(InputError):
        read_incidents(path)
