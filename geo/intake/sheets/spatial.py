"""Rows of a JSON or Parquet file: its fields as columns, its points as ``lon`` and ``lat``."""

from __future__ import annotations

import io
import json
import math
from typing import TYPE_CHECKING, Any, BinaryIO

from geo.files.limits import DAMAGED, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT, MAX_UNZIPPED, refuse
from geo.geometry.geodesy import distance_km
from geo.intake.sheets.unread import Unread
from geo.intake.words.coordinates import to_degrees

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geo.files.limits import Line

__all__ = ["place_in", "place_of", "read_json", "read_parquet"]

_MAX_JSON = 50_000_000
_POINT = "a Point, or nothing where there is no place"
_JSON_FORMS = "a GeoJSON FeatureCollection with a list of features, a list of records, a record a line, Esri JSON, or a backup of uMap"  # noqa: E501
_CRS84 = ("CRS84", "EPSG::4326", "EPSG:4326")


def read_json(stream: BinaryIO, label: str) -> tuple[list[str], list[Line]]:
    """Read columns and rows of JSON: GeoJSON, records, JSON lines, Esri JSON, a backup of uMap, Telegram's export."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if size > _MAX_JSON:
        refuse(label, f"{size / 1e6:,.0f} MB", f"at most {_MAX_JSON / 1e6:.0f} MB of JSON; Parquet may be larger")
    try:
        text = stream.read().decode("utf-8-sig")
        try:
            content = json.loads(text)
        except ValueError:
            content = [json.loads(line.lstrip("\x1e")) for line in text.splitlines() if line.strip()]
            if len(content) < 1 or not all(isinstance(one, dict) for one in content):
                raise
    except (ValueError, RecursionError) as error:
        refuse(label, str(error)[:200], "a GeoJSON file in UTF-8, or a record of JSON in every line")
    features, crs = _features(content, label)
    if len(features) > MAX_ROWS:
        refuse(label, f"{len(features):,} records", f"at most {MAX_ROWS:,}")
    records = [_record(feature) for feature in features]
    if crs:
        _reproject(records, crs, label)
    columns = list(dict.fromkeys(name for record in records for name in record))
    columns = [name for name in columns if name not in ("lon", "lat")] + [
        name for name in ("lon", "lat") if name in columns
    ]
    if len(columns) > MAX_COLUMNS or len(columns) * len(records) > MAX_CELLS:
        refuse(label, f"{len(columns)} fields", f"at most {MAX_COLUMNS} fields and {MAX_CELLS:,} cells")
    if broken := [name for name in columns if name != name.encode("utf-8", "replace").decode()]:
        refuse(label, broken[0].encode("utf-8", "replace").decode(), "names of fields in whole letters")
    return columns, [
        (number, tuple(record.get(name) for name in columns)) for number, record in enumerate(records, start=1)
    ]


def _features(content: Any, label: str) -> tuple[list[Any], str]:  # noqa: C901, RET503
    """The records of a JSON file, and their coordinate system, "" for WGS84."""
    if isinstance(content, list):
        if not all(isinstance(one, dict) for one in content):
            refuse(label, "a list of something else than records", _JSON_FORMS)
        return content, ""
    if not isinstance(content, dict):
        refuse(label, type(content).__name__, _JSON_FORMS)
    if content.get("type") == "Feature":
        return [content], ""
    if content.get("type") == "Topology":
        refuse(label, "TopoJSON", "the same layer saved as .geojson")
    if isinstance(layers := content.get("layers"), list):
        return [feature for one in layers for feature in _of_layer(one, label)], ""
    if isinstance(messages := content.get("messages"), list):
        return [_message(one, label) for one in messages], ""
    if isinstance(features := content.get("features"), list):
        return features, _system(content, label)
    lists = [value for value in content.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
    if len(lists) == 1:
        return lists[0], ""
    address = content.get("url")
    if isinstance(address, str) and "docs.google" in address:
        refuse(label, "a link to a shared sheet", "the sheet itself: File, Download, .xlsx or .csv")
    refuse(label, f"an object with {', '.join(map(str, list(content)[:5]))}", _JSON_FORMS)


def _system(content: dict[str, Any], label: str) -> str:
    """The coordinate system that a collection states; "" for degrees on WGS84."""
    crs = content.get("crs")
    if crs is not None:
        properties = crs.get("properties") if isinstance(crs, dict) else None
        named = properties.get("name") if isinstance(properties, dict) else None
        if not isinstance(named, str):
            refuse(label, str(crs)[:80], "a coordinate system with a name, as urn:ogc:def:crs:EPSG::32642", "crs")
        return "" if named.endswith(_CRS84) else named
    reference = content.get("spatialReference")
    code = reference.get("latestWkid") or reference.get("wkid") if isinstance(reference, dict) else None
    return "" if code in (None, 4326) else f"EPSG:{3857 if code == 102100 else code}"  # noqa: PLR2004  (Esri's Web Mercator)


def _of_layer(layer: Any, label: str) -> list[Any]:
    features = layer.get("features") if isinstance(layer, dict) else None
    if not isinstance(features, list):
        refuse(label, "a layer without a list of features", _JSON_FORMS)
    return features


def _message(message: Any, label: str) -> dict[str, Any]:
    """A message of Telegram's export, its text in one piece with the addresses of its links."""
    if not isinstance(message, dict):
        refuse(label, "a list of something else than messages", _JSON_FORMS)
    text = message.get("text")
    if isinstance(text, list):
        pieces = [str(piece.get("text", "") if isinstance(piece, dict) else piece) for piece in text]
        links = [str(piece["href"]) for piece in text if isinstance(piece, dict) and piece.get("href")]
        text = " ".join(["".join(pieces), *links])
    return {name: value for name, value in message.items() if name in ("id", "date")} | {"text": text}


def _record(feature: Any) -> dict[str, Any]:
    if not isinstance(feature, dict):
        return {"column 1": Unread(str(feature)[:80], "a record")}
    properties = feature.get("properties", feature.get("attributes"))
    if not isinstance(properties, dict):
        properties = {} if "geometry" in feature else {name: value for name, value in feature.items() if name != "type"}
    record = {name: _plain(value) for name, value in _flat(properties)}
    if "id" not in record and isinstance(feature.get("id"), str | int):
        record["id"] = str(feature["id"])
    geometry = feature.get("geometry")
    return record | (place_of(geometry) if isinstance(geometry, dict) else {})


def _flat(properties: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Members of a record; those of an object within it by "object/member"; a list of texts as one text."""
    for name, value in properties.items():
        if name == "_umap_options":
            continue
        if isinstance(value, dict) and value and not any(isinstance(one, dict | list) for one in value.values()):
            yield from ((f"{name}/{member}", one) for member, one in value.items())
        elif isinstance(value, list) and value and all(isinstance(one, str) for one in value):
            yield str(name), " | ".join(value)
        else:
            yield str(name), value


def place_of(geometry: dict[str, Any]) -> dict[str, Any]:
    """The point of a shape; of an area or several points its centre with a radius around all of it."""
    kind, spot = str(geometry.get("type", "Point" if "x" in geometry else "nothing"))[:80], geometry.get("coordinates")
    if "x" in geometry and "y" in geometry:
        spot = [geometry["x"], geometry["y"]]
    parts = geometry.get("geometries")
    if kind == "GeometryCollection" and isinstance(parts, list) and len(parts) == 1 and isinstance(parts[0], dict):
        return place_of(parts[0])
    if kind == "MultiPoint" and isinstance(spot, list) and len(spot) == 1:
        kind, spot = "Point", spot[0]
    if kind == "Point" and isinstance(spot, list) and len(spot) in (2, 3, 4):
        return {"lon": _plain(spot[0]), "lat": _plain(spot[1])}
    return (
        _centre(geometry, kind) if kind in ("MultiPoint", "Polygon", "MultiPolygon") else {"lon": Unread(kind, _POINT)}
    )


def _centre(geometry: dict[str, Any], kind: str) -> dict[str, Any]:
    import shapely  # noqa: PLC0415

    try:
        shape = shapely.geometry.shape(geometry)
        centre = shape.centroid
        lon, lat = float(centre.x), float(centre.y)
        far = max(float(distance_km(lon, lat, x, y)) for x, y, *_ in shapely.get_coordinates(shape).tolist())
        radius_km = max(math.ceil(far), 2)  # of metres that were taken for degrees there is none
    except (shapely.errors.ShapelyError, ValueError, TypeError, IndexError, AttributeError):
        return {"lon": Unread(kind, _POINT)}
    reason = f"no point: its centre is taken, {far:.1f} km from its farthest corner"
    return {"lon": Unread(kind, reason, lon), "lat": lat, "location_radius_km": radius_km}


def _reproject(records: list[dict[str, Any]], crs: str, label: str) -> None:
    """Bring points to degrees on WGS84."""
    from pyproj.exceptions import CRSError  # noqa: PLC0415

    try:
        transform = to_degrees(crs)
    except CRSError:
        refuse(label, crs, "a coordinate system that is known, or longitude and latitude in WGS84 (EPSG:4326)", "crs")
    for record in records:
        x, y = record.get("lon"), record.get("lat")
        if isinstance(x, int | float) and isinstance(y, int | float):
            lon, lat = transform.transform(x, y)
            record["lon"], record["lat"] = float(lon), float(lat)
            if not (math.isfinite(lon) and math.isfinite(lat)):
                record["lon"] = record["lat"] = Unread(f"{x} {y}", f"no point of {crs}")
        elif isinstance(x, Unread) and x.value is not None:
            record["lon"] = Unread(x.shown, f"an area in {crs}: no point")


def _plain(value: Any) -> Any:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, str | int | float | bool):
        return value
    return Unread(json.dumps(value, ensure_ascii=False)[:80], "a single value, not a list or an object")


def read_parquet(stream: BinaryIO, label: str) -> tuple[list[str], Iterable[Line]]:
    """Read the rows of a Parquet or GeoParquet file."""
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
        names = [name for name in table.column_names if name != geometry and not name.startswith("__index_level")]
        columns = [_column(table.column(name), name, label) for name in names]
        if geometry in table.column_names:
            lon, lat = _points(table.column(geometry).to_pylist(), described["columns"][geometry], label)
            names, columns = [*names, "lon", "lat"], [*columns, lon, lat]
    except (*DAMAGED, pa.ArrowException) as error:
        refuse(label, str(error).partition("\n")[0][:200], "a Parquet file")
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


def place_in(records: list[dict[str, Any]], shapes: list[dict[str, Any] | None], crs: str, label: str) -> None:
    """Give records the points of their shapes, in degrees on WGS84."""
    for record, shape in zip(records, shapes, strict=True):
        record |= {} if shape is None else place_of(shape)  # noqa: PLW2901
    if crs and not crs.endswith(_CRS84):
        _reproject(records, crs, label)
