"""The points of a batch of rows, and what is wrong with those that have none."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["FAULTS", "Points", "from_columns", "from_geometry", "to_wkb"]

FAULTS = ("without a point", "with text that is no number", "out of ±180 and ±90 degrees", "with another geometry")
"""Why a row can't be placed; the numbers 1, 2, … in :class:`Points`."""
_NONE, _TEXT, _RANGE, _SHAPE = range(1, len(FAULTS) + 1)

_NUMBER = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?$"
_POINT = np.frombuffer(b"\x01\x01\x00\x00\x00", np.uint8)  # little-endian, type 1
_WKB_BYTES = 21


class Points(NamedTuple):
    """Points of rows.

    Attributes
    ----------
    lon, lat
        Degrees, shape (rows,); of no meaning where ``fault`` isn't 0.
    fault
        0, or which of ``FAULTS`` the row has, shape (rows,).
    """

    lon: Floats
    lat: Floats
    fault: NDArray[np.uint8]


def from_columns(lon: pa.Array, lat: pa.Array) -> Points:
    """Points from two columns of numbers, or of text that holds numbers, with a point or a comma for decimals."""
    (x, bad_x), (y, bad_y) = _numbers(lon), _numbers(lat)
    return _checked(x, y, np.where(bad_x | bad_y, _TEXT, 0).astype(np.uint8))


def from_geometry(column: pa.Array) -> Points:
    """Points from a column of GeoParquet: WKB, or GeoArrow's separated or interleaved coordinates."""
    if isinstance(column, pa.ExtensionArray):
        column = column.storage
    kind = column.type
    if pa.types.is_struct(kind):
        x, y = (_floats(pc.struct_field(column, name)) for name in ("x", "y"))
        return _checked(x, y, np.zeros(len(column), np.uint8))
    if pa.types.is_fixed_size_list(kind):
        x, y = (_floats(pc.list_element(column, axis)) for axis in (0, 1))
        return _checked(x, y, np.zeros(len(column), np.uint8))
    return _from_wkb(column.cast(pa.large_binary()))


def to_wkb(points: Points) -> pa.Array:
    """A column of WKB points, null where there is none."""
    there = points.fault == 0
    raw = np.empty((int(there.sum()), _WKB_BYTES), np.uint8)
    raw[:, :5] = _POINT
    raw[:, 5:] = np.column_stack([points.lon[there], points.lat[there]]).astype("<f8").view(np.uint8)
    offsets = np.concatenate([[0], np.cumsum(there)]).astype(np.int32) * _WKB_BYTES
    mask = np.packbits(there, bitorder="little")
    buffers = [pa.py_buffer(mask.tobytes()), pa.py_buffer(offsets.tobytes()), pa.py_buffer(raw.tobytes())]
    return pa.Array.from_buffers(pa.binary(), len(there), buffers)


def _from_wkb(column: pa.LargeBinaryArray) -> Points:
    offsets = np.frombuffer(column.buffers()[1], np.int64)[column.offset : column.offset + len(column) + 1]
    length = np.diff(offsets)
    valid = column.is_valid().to_numpy(zero_copy_only=False)
    x, y = np.full(len(column), np.nan), np.full(len(column), np.nan)
    fault = np.zeros(len(column), np.uint8)
    plain = valid & (length == _WKB_BYTES)
    if plain.any():
        data = np.frombuffer(column.buffers()[2], np.uint8)
        if plain.all():
            raw = data[offsets[0] : offsets[-1]].reshape(-1, _WKB_BYTES)
        else:
            raw = data[offsets[:-1][plain, None] + np.arange(_WKB_BYTES)]
        is_point = (raw[:, :5] == _POINT).all(axis=1)
        plain[plain] = is_point
        x[plain], y[plain] = np.ascontiguousarray(raw[is_point, 5:]).view("<f8").T
    rest = np.flatnonzero(valid & ~plain)
    if len(rest):
        shapes = shapely.from_wkb(column.take(pa.array(rest)).to_numpy(zero_copy_only=False), on_invalid="ignore")
        point = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
        x[rest], y[rest] = shapely.get_x(shapes), shapely.get_y(shapes)
        fault[rest[~point]] = _SHAPE
    return _checked(x, y, fault)


def _numbers(column: pa.Array) -> tuple[Floats, NDArray[np.bool_]]:
    """Numbers of a column, NaN where blank, and which cells hold text that is none."""
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return _floats(column), np.zeros(len(column), bool)
    # A degree has no thousands, so a comma can only be the decimal mark.
    text = pc.replace_substring(pc.utf8_trim_whitespace(column), ",", ".")
    number = pc.match_substring_regex(text, _NUMBER)
    blank = pc.fill_null(pc.equal(text, ""), fill_value=True)
    bad = pc.and_not(pc.invert(pc.fill_null(number, fill_value=False)), blank)
    text = pc.if_else(number, text, pa.scalar(None, text.type))
    return _floats(text), bad.to_numpy(zero_copy_only=False)


def _floats(column: pa.Array) -> Floats:
    return np.asarray(pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False))


def _checked(lon: Floats, lat: Floats, fault: NDArray[np.uint8]) -> Points:
    blank = np.isnan(lon) | np.isnan(lat)
    beyond = ~blank & ~((np.abs(lon) <= 180) & (np.abs(lat) <= 90))  # noqa: PLR2004  (degrees)
    fault[(fault == 0) & blank] = _NONE
    fault[(fault == 0) & beyond] = _RANGE
    return Points(lon, lat, fault)
