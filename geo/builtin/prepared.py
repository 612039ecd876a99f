"""Results of the built-in data, worked out once and kept beside them in ``data/prepared.jsonl``.

It is used only while digests say that neither it nor the files it was made from have changed; else everything is worked
out anew, as for any other data. ``make prepare`` renews it: a test works the values out anew and compares them.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.paths import data_path

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["FORMAT", "digest", "pack_frame", "prepared_path", "recall", "to_text", "unpack_frame"]

FORMAT = 5
"""Number of the form in which it is kept; another form gets another number."""

_FILES = (
    "agencies.csv", "incidents.geojson", "borders/borders.geojson", "borders/cities.geojson",
    "borders/crossings.geojson", "borders/lakes.geojson", "borders/neighbours.geojson", "borders/regions.geojson",
    "borders/rivers.geojson",
)  # fmt: skip
_TEXT, _GEOMETRY = "text", "geometry"
_CRS = "EPSG:4326"


def prepared_path() -> Path:
    """Path of the file that keeps them."""
    return data_path("prepared.jsonl")


def digest() -> str:
    """Digest of the data that the values were made from, and of the form they are kept in.

    Never of the code: a test works the values out anew and compares.
    """
    digests = hashlib.sha256(f"format {FORMAT}\n".encode())
    for path in (data_path(*name.split("/")) for name in _FILES):
        content = path.read_bytes()
        digests.update(f"{path.name} {len(content)}\n".encode())
        digests.update(content)
    return digests.hexdigest()


def recall(part: str) -> dict[str, Any] | None:
    """A part of what is kept; None where it no longer holds, or nothing is kept."""
    return _kept(prepared_path()).get(part)


@cache
def _kept(path: Path) -> dict[str, Any]:
    try:
        head, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return {}
    # Absent, stale or damaged: the built-in data themselves are what counts.
    return json.loads(body) if head.decode("ascii", "replace") == _seal(body) else {}


def _seal(body: bytes) -> str:
    """The first line: digests of what it is made from and of what it holds."""
    return json.dumps({"of": digest(), "holds": hashlib.sha256(body).hexdigest()})


def to_text(parts: Mapping[str, Any]) -> str:
    """The text of the file: a line of digests and one of the parts; the same for the same parts."""
    body = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"
    return f"{_seal(body.encode())}\n{body}"


def pack_frame(frame: pd.DataFrame) -> dict[str, Any]:
    """A frame as plain lists: text, numbers and truth values, with NaN as None; geometries in hexadecimal WKB."""
    index = None if isinstance(frame.index, pd.RangeIndex) else [frame.index.name, frame.index.tolist()]
    return {"index": index, "columns": {str(name): _pack(column) for name, column in frame.items()}}


def unpack_frame(packed: Mapping[str, Any]) -> pd.DataFrame:
    """The frame again, bit for bit; a GeoDataFrame in EPSG:4326 where it has geometries."""
    columns = {name: _unpack(kind, values) for name, (kind, values) in packed["columns"].items()}
    index = None
    if packed["index"] is not None:
        name, values = packed["index"]
        index = pd.Index(values, name=name)
    geometry = next((name for name, (kind, _) in packed["columns"].items() if kind == _GEOMETRY), None)
    frame = pd.DataFrame(columns, index=index)
    return frame if geometry is None else gpd.GeoDataFrame(frame, geometry=geometry, crs=_CRS)


def _pack(column: pd.Series) -> tuple[str, list[Any]]:
    if isinstance(column, gpd.GeoSeries):
        return _GEOMETRY, column.to_wkb(hex=True).tolist()
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "bif":
        values = column.astype(object).where(column.notna(), None).tolist()
        return column.dtype.name, values
    return _TEXT, column.tolist()


def _unpack(kind: str, values: list[Any]) -> Any:
    if kind == _GEOMETRY:
        return shapely.from_wkb([bytes.fromhex(value) for value in values])
    return values if kind == _TEXT else np.array(values, kind)
