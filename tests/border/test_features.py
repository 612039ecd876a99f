"""Border files are parsed here: whatever else they are is refused, and a fault names the feature."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest

from geo.border.features import read_features
from geo.border.frontier import read_frontier
from geo.errors import InputError
from geo.paths import data_path

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("borders", "regions", "crossings", "neighbours", "lakes", "rivers", "cities")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in NAMES:
        shutil.copy(data_path("borders", f"{name}.geojson"), tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", NAMES)
def test_the_frames_are_those_of_gdal(name: str) -> None:
    path = data_path("borders", f"{name}.geojson")
    kinds = ("Point", "LineString", "Polygon", "MultiPolygon")
    ours, theirs = read_features(path, (), kinds), gpd.read_file(path)
    assert list(ours.columns) == list(theirs.columns)
    assert ours.geometry.geom_equals_exact(theirs.geometry, 0).all()
    texts = [column for column in ours if column != "geometry"]
    assert ours[texts].astype(object).equals(theirs[texts].astype(object).where(theirs[texts].notna(), ours[texts]))


@pytest.mark.parametrize(
    "text", ["<OGRVRTDataSource/>", "SQLite format 3\0", "", "[]", '{"type": "FeatureCollection"}']
)
def test_a_file_of_another_kind_is_refused(text: str, folder: Path) -> None:
    (folder / "regions.geojson").write_text(text)
    with pytest.raises(InputError, match=r"regions\.geojson"):
        read_frontier(folder)


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        (None, "none"),
        ({"type": "Point", "coordinates": [60, 50]}, "Point"),
        ({"type": "Polygon", "coordinates": [[[600, 50], [61, 50], [61, 51], [600, 50]]]}, "beyond 180"),
        ({"type": "Polygon", "coordinates": [[[60, 50], [61, 51], [60, 51], [61, 50], [60, 50]]]}, "Self-intersection"),
        ({"type": "Polygon", "coordinates": "x"}, ""),
    ],
)
def test_an_odd_geometry_names_its_feature(geometry: Any, reason: str, folder: Path) -> None:
    path = folder / "regions.geojson"
    whole = json.loads(path.read_text(encoding="utf-8"))
    whole["features"][3]["geometry"] = geometry
    path.write_text(json.dumps(whole), encoding="utf-8")
    with pytest.raises(InputError, match="record 4, geometry") as told:
        read_frontier(folder)
    assert reason in str(told.value)


def test_a_code_that_is_given_twice_is_named(folder: Path) -> None:
    path = folder / "crossings.geojson"
    whole = json.loads(path.read_text(encoding="utf-8"))
    whole["features"][1]["properties"]["id"] = whole["features"][0]["properties"]["id"]
    path.write_text(json.dumps(whole), encoding="utf-8")
    with pytest.raises(InputError, match="record 2, id"):
        read_frontier(folder)
