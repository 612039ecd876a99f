"""Border files as frames: GeoJSON that is read as bytes and parsed here, so that none can lead to another file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.errors import Fault, InputError, no_such_file
from geo.files.plain_tables import load_geojson

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["AREA", "LINE", "read_features"]

AREA = ("Polygon", "MultiPolygon")
"""Types of geometry of an area."""
LINE = ("LineString", "MultiLineString")
"""Of a border line, which may have several parts."""

_CRS = "EPSG:4326"
_NAMES = ("name_en", "name_ru", "name_kk")
_EAST, _NORTH = 180.0, 90.0


def read_features(path: Path, columns: Sequence[str], kinds: Sequence[str], index: str = "") -> gpd.GeoDataFrame:
    """Read one border file.

    Parameters
    ----------
    path
        GeoJSON in longitude and latitude on WGS84.
    columns
        Columns that it must have.
    kinds
        Types of geometry that its features may be of.
    index
        The column that names a feature, which becomes the index.

    Returns
    -------
    geopandas.GeoDataFrame
        Texts that are missing are blank.

    Raises
    ------
    InputError
        With every fault of the file: the feature's number, from 1, and what is wrong with it.
    """
    if not path.is_file():
        raise InputError([no_such_file(path)])
    features = load_geojson(path, "feature")
    rows = [_properties(feature) for feature in features]
    faults = [
        Fault(str(path), row, "", "no properties", "a GeoJSON Feature with properties of single values")
        for row, properties in enumerate(rows, start=1)
        if properties is None
    ]
    # A file of no features has no columns: a country without lakes, or whose crossings nobody wrote down yet.
    blank = pd.DataFrame(columns=list(dict.fromkeys([*columns, *_NAMES])), dtype="object")
    table = pd.DataFrame([properties or {} for properties in rows]) if rows else blank
    if missing := [column for column in columns if column not in table]:
        faults.append(Fault(str(path), None, "", ", ".join(table.columns), f"columns {', '.join(missing)}"))
    shapes = []
    for row, feature in enumerate(features, start=1):
        shape, reason = _shape(feature, kinds)
        shapes.append(shape)
        if reason:
            faults.append(Fault(str(path), row, "geometry", reason, f"{' or '.join(kinds)} in longitude and latitude"))
    if index in table:
        names = table[index]
        wrong = names.map(lambda name: not isinstance(name, str) or not name.strip()) | names.duplicated()
        faults += [
            Fault(str(path), int(at) + 1, index, str(names[at]), "a text of its own for every feature")
            for at in np.flatnonzero(wrong)
        ]
    if faults:
        raise InputError(faults)
    for name in _NAMES:
        if "name_en" in table and name not in table:
            table[name] = ""
    texts = table.select_dtypes(["object", "string"]).columns
    table[texts] = table[texts].fillna("")
    frame = gpd.GeoDataFrame(table, geometry=shapes, crs=_CRS)
    return frame.set_index(index) if index else frame


def _properties(feature: Any) -> dict[str, Any] | None:
    """Members of a feature; None where it has none, or one that is no single value."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict) or any(isinstance(value, dict | list) for value in properties.values()):
        return None
    if any("\ud800" <= sign <= "\udfff" for one in (*properties, *properties.values()) for sign in str(one)):
        # Half of a surrogate pair: no file could carry it.
        return None
    # A geometry among them would take the shape's place; an integer of many digits fits no column.
    return {
        name: value
        for name, value in properties.items()
        if name != "geometry" and not (isinstance(value, int) and abs(value) > 2**53)
    }


def _shape(feature: Any, kinds: Sequence[str]) -> tuple[shapely.Geometry | None, str]:
    """The geometry of a feature, and what is wrong with it."""
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    try:
        shape = shapely.from_geojson(json.dumps(geometry)) if isinstance(geometry, dict) else None
    except (shapely.errors.ShapelyError, TypeError, ValueError) as error:
        return None, str(error)[:80]
    if shape is None or shape.geom_type not in kinds:
        return None, "none" if shape is None else str(shape.geom_type)
    points = shapely.get_coordinates(shape)
    if not len(points) or not np.isfinite(points).all() or (np.abs(points) > (_EAST, _NORTH)).any():
        return None, "coordinates beyond 180 or 90 degrees, or none"
    if "LineString" in shape.geom_type and not (np.diff(points, axis=0) != 0).any():
        return None, "a line without length"
    if not shapely.is_valid(shape):
        return None, str(shapely.is_valid_reason(shape))[:80]
    return shape, ""
