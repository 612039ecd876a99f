"""Records of JSON and Parquet: their members as cells, their shapes as points, and what is no point."""

from __future__ import annotations

import io
import json
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString, Point

import geo
from geo import intake
from geo.intake.sheets import spatial
from geo.intake.sheets.apart import _plain
from geo.intake.sheets.unread import Unread

POINT = {"type": "Point", "coordinates": [74.5, 43.5]}
SQUARE = {"type": "Polygon", "coordinates": [[[74, 43], [75, 43], [75, 44], [74, 44], [74, 43]]]}
METRES = {"type": "Polygon", "coordinates": [[[8.30e6, 5.3e6], [8.31e6, 5.3e6], [8.31e6, 5.31e6], [8.30e6, 5.3e6]]]}
WHAT = "a Point, or nothing where there is no place"
LIST = "a single value, not a list or an object"


def rows_of(content: Any) -> list[dict[str, Any]]:
    sheet = intake.read_sheet(json.dumps(content).encode(), name="a.geojson")
    return [{k: v for k, v in row.items() if v is not None} for row in sheet.cells.to_dict("records")]


def collection(geometry: Any, system: str = "", **properties: Any) -> dict[str, Any]:
    feature = {"type": "Feature", "properties": properties or {"a": 1}, "geometry": geometry}
    crs = {"crs": {"properties": {"name": system}}} if system else {}
    return {"type": "FeatureCollection", "features": [feature]} | crs


@pytest.mark.parametrize(
    ("geometry", "lon", "more"),
    [
        (POINT, 74.5, {"lat": 43.5}),
        (SQUARE, Unread("Polygon", "no point: its centre is taken, 68.8 km from its farthest corner", 74.5),
         {"lat": 43.5, "location_radius_km": 69}),
        ({"type": "MultiPoint", "coordinates": [[74.5, 43.5]]}, 74.5, {"lat": 43.5}),
        ({"type": "MultiPoint", "coordinates": [[74.5, 43.5], [74.501, 43.5]]},
         Unread("MultiPoint", "no point: its centre is taken, 0.0 km from its farthest corner", 74.5005),
         {"lat": 43.5, "location_radius_km": 2}),
        ({"type": "MultiPoint", "coordinates": []}, Unread("MultiPoint", WHAT), {}),
        ({"type": "LineString", "coordinates": [[74, 43], [75, 44]]}, Unread("LineString", WHAT), {}),
        ({"type": "GeometryCollection", "geometries": [POINT]}, 74.5, {"lat": 43.5}),
        ({"type": "GeometryCollection", "geometries": [POINT, POINT]}, Unread("GeometryCollection", WHAT), {}),
        ({"type": "GeometryCollection", "geometries": []}, Unread("GeometryCollection", WHAT), {}),
        ({"x": 74.5, "y": 43.5}, 74.5, {"lat": 43.5}),
        ({"x": 74.5}, Unread("Point", WHAT), {}),
        ({"type": "Point", "coordinates": [74.5]}, Unread("Point", WHAT), {}),
        (None, None, {}),
    ],
)  # fmt: skip
def test_a_shape_is_a_point_or_says_why_it_is_none(geometry: Any, lon: Any, more: dict[str, Any]) -> None:
    (row,) = rows_of(collection(geometry))
    read = row.pop("lon", None)
    if isinstance(lon, Unread):
        assert (read.shown, read.reason) == (lon.shown, lon.reason)
        assert read.value == (None if lon.value is None else pytest.approx(lon.value))
    else:
        assert read == lon
    assert row == {"a": 1} | {name: pytest.approx(value) for name, value in more.items()}


def test_points_in_metres_are_brought_to_degrees_and_areas_are_not() -> None:
    (row,) = rows_of(collection({"type": "Point", "coordinates": [8_317_000, 5_311_000]}, "EPSG:3857"))
    assert (row["lon"], row["lat"]) == (pytest.approx(74.712882), pytest.approx(42.993615))
    (row,) = rows_of(collection(METRES, "EPSG:3857"))
    assert (row["lon"].shown, row["lon"].value) == ("Polygon", None)
    (row,) = rows_of(collection(POINT, "urn:ogc:def:crs:OGC:1.3:CRS84"))
    assert (row["lon"], row["lat"]) == (74.5, 43.5)
    esri = {
        "spatialReference": {"wkid": 102100},
        "features": [{"attributes": {}, "geometry": {"x": 8_317_000, "y": 0}}],
    }
    assert rows_of(esri)[0]["lon"] == pytest.approx(74.712882)


@pytest.mark.parametrize(
    ("properties", "row"),
    [
        ({"a": {"b": 2, "c": "x"}}, {"a/b": 2, "a/c": "x"}),
        ({"a": {"b": {"c": 1}}}, {"a": Unread('{"b": {"c": 1}}', LIST)}),
        ({"a": {"b": [1]}}, {"a": Unread('{"b": [1]}', LIST)}),
        ({"a": {}}, {"a": Unread("{}", LIST)}),
        ({"a": ["p", "q"]}, {"a": "p | q"}),
        ({"a": ["p", 1]}, {"a": Unread('["p", 1]', LIST)}),
        ({"a": []}, {"a": Unread("[]", LIST)}),
        ({"a": " ", "b": 1}, {"b": 1}),
        ({"a": 1, "_umap_options": {"b": 2}}, {"a": 1}),
    ],
)
def test_objects_and_lists_within_a_record(properties: dict[str, Any], row: dict[str, Any]) -> None:
    (read,) = rows_of(collection(None, **properties))
    assert {name: repr(value) for name, value in read.items()} == {name: repr(value) for name, value in row.items()}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (5, "int"),
        ({"a": [{"x": 1}], "b": [{"y": 1}]}, "an object with a, b"),
        ({"a": []}, "an object with a"),
        ({"type": "Topology"}, "TopoJSON"),
        ({"url": "https://docs.google.com/x"}, "a link to a shared sheet"),
        (collection(POINT, "EPSG:99999"), "a coordinate system that is known"),
        ({"type": "FeatureCollection", "features": [], "crs": {}}, "a coordinate system with a name"),
    ],
)
def test_json_of_another_kind_is_refused_by_its_name(content: Any, said: str) -> None:
    with pytest.raises(geo.InputError, match=said):
        rows_of(content)


def test_as_many_cells_as_the_limit_are_read_and_one_more_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spatial, "MAX_CELLS", 4)
    assert len(rows_of([{"a": 1, "b": 2}, {"a": 3}])) == 2
    with pytest.raises(geo.InputError, match="3 fields"):
        rows_of([{"a": 1, "b": 2, "c": 3}, {"a": 3}])


def parquet(frame: pd.DataFrame) -> pd.DataFrame:
    stream = io.BytesIO()
    frame.to_parquet(stream)
    return intake.read_sheet(stream.getvalue(), name="a.parquet").cells


def test_a_parquet_file_has_its_columns_its_points_and_nothing_of_its_index() -> None:
    rows = gpd.GeoDataFrame(
        {"date": ["2024-07-03", " ", None], "list": [[1], [2], [3]]},
        geometry=[Point(74.5, 43.5), LineString([(74, 43), (75, 44)]), None], crs="EPSG:4326", index=[3, 5, 9],
    )  # fmt: skip
    cells = parquet(rows)
    assert cells.columns.tolist() == ["date", "list", "lon", "lat"]
    assert cells["date"].tolist() == ["2024-07-03", None, None]
    assert {value.reason for value in cells["list"]} == {"a single value"}
    assert cells["lon"].iloc[0] == 74.5
    assert (cells["lon"].iloc[1].shown, cells["lat"].iloc[1], cells["lon"].iloc[2]) == ("LineString", None, None)
    assert parquet(rows.to_crs(3857))["lon"].iloc[0] == pytest.approx(74.5)


@pytest.mark.parametrize(("length", "read"), [(10, True), (11, False)])
def test_a_long_text_of_a_parquet_file_is_refused(length: int, read: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spatial, "MAX_TEXT", 10)
    frame = pd.DataFrame({"date": ["x" * length], "goods": ["чай"]})
    if read:
        assert parquet(frame)["date"].tolist() == ["x" * length]
    else:
        with pytest.raises(geo.InputError, match="a cell of more than 10 characters"):
            parquet(frame)


def test_a_cell_from_another_process_is_a_value_of_python_s_own() -> None:
    assert _plain(None) is None
    assert _plain(True) is True
    assert type(_plain(pd.Series([5]).iloc[0])) is int
    assert _plain(pd.Timestamp("2024-07-03")).isoformat() == "2024-07-03T00:00:00"
    assert type(_plain(Unread("5", "x", pd.Series([5]).iloc[0])).value) is int
    assert _plain(complex(1, 2)) == "(1+2j)"
