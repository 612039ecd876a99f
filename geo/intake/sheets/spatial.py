"""Rows of a GeoJSON or Parquet file: its fields as columns, its points as ``lon`` and ``lat``."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any, BinaryIO

from geo.intake.sheets.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT, MAX_UNZIPPED, refuse
from geo.intake.sheets.unread import Unread

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.intake.sheets.limits import Line

__all__ = ["read_geojson", "read_parquet"]

_MAX_JSON = 50_000_000
_POINT = "a Point, or nothing where there is no place"
_CRS84 = ("CRS84", "EPSG::4326", "EPSG:4326")


def read_geojson(stream: BinaryIO, label: str) -> tuple[list[str], list[Line]]:
    """Read the features of a GeoJSON file.

    Returns
    -------
    tuple
        Names of the columns, ``lon`` and ``lat`` last where there are points; and the rows.

    Raises
    ------
    InputError
        When it is no GeoJSON in WGS84, or beyond a limit.
    """
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if size > _MAX_JSON:
        refuse(label, f"{size / 1e6:,.0f} MB", f"at most {_MAX_JSON / 1e6:.0f} MB of GeoJSON; Parquet may be larger")
    try:
        collection = json.loads(stream.read().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        refuse(label, str(error)[:200], "a GeoJSON file in UTF-8")
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list):
        refuse(label, type(collection).__name__, "a GeoJSON FeatureCollection with a list of features")
    crs = collection.get("crs")
    named = crs.get("properties", {}).get("name") if isinstance(crs, dict) else None
    if crs is not None and not (isinstance(named, str) and named.endswith(_CRS84)):
        refuse(label, str(named), "longitude and latitude in WGS84 (EPSG:4326); reproject the file", "crs")
    if len(features) > MAX_ROWS:
        refuse(label, f"{len(features):,} features", f"at most {MAX_ROWS:,}")
    records = [_record(feature) for feature in features]
    columns = list(dict.fromkeys(name for record in records for name in record))
    columns = [name for name in columns if name not in ("lon", "lat")] + [
        name for name in ("lon", "lat") if name in columns
    ]
    if len(columns) > MAX_COLUMNS or len(columns) * len(records) > MAX_CELLS:
        refuse(label, f"{len(columns)} fields", f"at most {MAX_COLUMNS} fields and {MAX_CELLS:,} cells")
    return columns, [
        (number, tuple(record.get(name) for name in columns)) for number, record in enumerate(records, start=1)
    ]


def _record(feature: Any) -> dict[str, Any]:
    if not isinstance(feature, dict):
        return {"column 1": Unread(str(feature)[:80], "a GeoJSON feature")}
    properties = feature.get("properties")
    record = {str(name): _plain(value) for name, value in (properties.items() if isinstance(properties, dict) else ())}
    if "id" not in record and isinstance(feature.get("id"), str | int):
        record["id"] = str(feature["id"])
    geometry = feature.get("geometry")
    if isinstance(geometry, dict):
        spot = geometry.get("coordinates")
        if geometry.get("type") == "Point" and isinstance(spot, list) and len(spot) in (2, 3):
            record["lon"], record["lat"] = _plain(spot[0]), _plain(spot[1])
        else:
            record["lon"] = Unread(str(geometry.get("type"))[:80], _POINT)
    return record


def _plain(value: Any) -> Any:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, str | int | float | bool):
        return value
    return Unread(json.dumps(value, ensure_ascii=False)[:80], "a single value, not a list or an object")


def read_parquet(stream: BinaryIO, label: str) -> tuple[list[str], Iterable[Line]]:
    """Read the rows of a Parquet or GeoParquet file.

    Returns
    -------
    tuple
        Names of the columns and the rows; the points of a GeoParquet file in WGS84, last.

    Raises
    ------
    InputError
        When it is no Parquet file, has no coordinate system for its points, or is beyond a limit.
    """
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        file = pq.ParquetFile(stream)
        meta = file.metadata
        size = sum(meta.row_group(group).total_byte_size for group in range(meta.num_row_groups))
        if meta.num_rows > MAX_ROWS:
            refuse(label, f"{meta.num_rows:,} rows", f"at most {MAX_ROWS:,}")
        if meta.num_columns > MAX_COLUMNS or meta.num_rows * meta.num_columns > MAX_CELLS:
            refuse(label, f"{meta.num_columns} columns", f"at most {MAX_COLUMNS} columns and {MAX_CELLS:,} cells")
        if size > MAX_UNZIPPED:
            refuse(label, f"{size / 1e6:,.0f} MB when unpacked", f"at most {MAX_UNZIPPED / 1e6:.0f} MB")
        schema = file.schema_arrow
        described = json.loads((schema.metadata or {}).get(b"geo", b"{}"))
        geometry = described.get("primary_column")
        texts = [
            field.name for field in schema if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)
        ]
        # Kept as dictionaries, so that one long text in every row is held once.
        stream.seek(0)
        table = pq.ParquetFile(stream, read_dictionary=texts).read()
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError) as error:
        refuse(label, str(error).partition("\n")[0][:200], "a Parquet file")
    names = [name for name in table.column_names if name != geometry and not name.startswith("__index_level")]
    columns = [_column(table.column(name), name, label) for name in names]
    if geometry in table.column_names:
        lon, lat = _points(table.column(geometry).to_pylist(), described["columns"][geometry], label)
        names, columns = [*names, "lon", "lat"], [*columns, lon, lat]
    return names, [(number, cells) for number, cells in enumerate(zip(*columns, strict=True), start=1)]


def _column(column: Any, name: str, label: str) -> list[Any]:
    import pyarrow as pa  # noqa: PLC0415

    values: list[Any] = []
    for chunk in column.chunks:
        if pa.types.is_dictionary(chunk.type):
            words = [_plain(word) for word in chunk.dictionary.to_pylist()]
            if any(isinstance(word, str) and len(word) > MAX_TEXT for word in words):
                refuse(label, f"a cell of more than {MAX_TEXT:,} characters", "shorter text", name)
            values += [None if at is None else words[at] for at in chunk.indices.to_pylist()]
        elif pa.types.is_nested(chunk.type) or pa.types.is_binary(chunk.type) or pa.types.is_large_binary(chunk.type):
            values += [Unread(str(chunk.type)[:80], "a single value")] * len(chunk)
        else:
            values += chunk.to_pylist()
    return values


def _points(shapes: list[Any], described: dict[str, Any], label: str) -> tuple[list[Any], list[Any]]:
    import numpy as np  # noqa: PLC0415
    import pyproj  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    try:
        points = shapely.from_wkb(shapes)
        crs = pyproj.CRS.from_user_input(described["crs"]) if described.get("crs") else pyproj.CRS("OGC:CRS84")
    except (shapely.errors.ShapelyError, pyproj.exceptions.CRSError, TypeError) as error:
        refuse(label, str(error)[:200], "points with a coordinate system", "geometry")
    if described.get("crs", "") is None:
        refuse(label, "no coordinate system", "longitude and latitude in WGS84 (EPSG:4326)", "crs")
    there = ~(shapely.is_missing(points) | shapely.is_empty(points))
    single = there & (shapely.get_type_id(points) == shapely.GeometryType.POINT)
    x, y = np.full(len(points), np.nan), np.full(len(points), np.nan)
    x[single], y[single] = shapely.get_x(points[single]), shapely.get_y(points[single])
    if not crs.is_geographic:
        transform = pyproj.Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
        x, y = transform.transform(x, y)
    lon: list[Any] = [None if np.isnan(value) else float(value) for value in x]
    lat: list[Any] = [None if np.isnan(value) else float(value) for value in y]
    for at in np.flatnonzero(there & ~single):
        lon[at] = Unread(points[at].geom_type, _POINT)
    return lon, lat
