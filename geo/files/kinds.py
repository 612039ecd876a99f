"""Kind of a file: its format by its first bytes, and what its rows tell by the names of its columns."""

from __future__ import annotations

import functools
import io
import tomllib
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from geo.errors import InputError
from geo.files.limits import DAMAGED, MAX_UNZIPPED, refuse
from geo.paths import data_path

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["ENDINGS", "find_axes", "format_of", "kind_of"]

_TEXT = (".csv", ".tsv", ".txt", ".tab")
_JSON = (".geojson", ".json", ".jsonl", ".ndjson", ".geojsonl", ".geojsons", ".umap", ".topojson")
_BOOK = (".xlsx", ".xlsm")
_LAYER = (".gpkg", ".kml", ".kmz", ".shp", ".zip", ".fgb")
ENDINGS = (*_TEXT[:3], *_BOOK, *_JSON[:-1], ".parquet", ".geoparquet", *_LAYER, ".gz")
"""What the name of a file that is read may end in."""

_LON = ("lon", "longitude", "long", "lng", "долгота", "бойлық", "lon_wgs84", "longitude_wgs84", "decimallongitude")
_LAT = ("lat", "latitude", "широта", "ендік", "lat_wgs84", "latitude_wgs84", "decimallatitude")


@functools.cache
def _kinds() -> dict[str, Any]:
    return tomllib.loads(data_path("intake", "kinds.toml").read_text(encoding="utf-8"))


def format_of(stream: BinaryIO, label: str) -> tuple[str, BinaryIO, str]:  # noqa: C901, PLR0911, RET503
    """Find a file's format by its first bytes, else by its name; the bytes to read, unpacked, and the name within.

    Every other kind is refused with what to save instead.
    """
    ending = Path(label.removesuffix(".gz")).suffix.lower()
    stream.seek(0)
    head = stream.read(4096)
    stream.seek(0)
    for magic, kind, advice in _kinds()["magic"]:
        if head.startswith(magic.encode("latin-1")):
            if advice or ending == ".shx":
                refuse(label, kind, advice or _kinds()["endings"][".dbf"])
            if kind == "gz":
                return format_of(_unpacked(stream, label), label.removesuffix(".gz").removesuffix(".GZ"))
            return kind, stream, label
    if head.startswith(b"PK"):
        return _from_zip(stream, label)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1000].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta")):
        refuse(label, "a web page", _kinds()["endings"][".html"])
    if start.startswith((b"<?xml", b"<kml", b"<gpx", b"<osm")):
        if b"<kml" in head.lower():
            return "kml", stream, label
        track = b"<gpx" in head.lower()
        advice = _kinds()["endings"][".gpx"] if track else "save it as .xlsx, .csv or .geojson"
        refuse(label, "a GPS track" if track else "an XML file", advice)
    if ending in _TEXT or (ending in (".xls", *_BOOK) and b"\0" not in head and b"\n" in head):
        return "csv", stream, label
    if ending in _JSON:
        return "json", stream, label
    if ending in (*_BOOK, ".zip", ".kmz"):
        # The reader of workbooks says what is wrong with one.
        return "xlsx", stream, label
    if ending in (".parquet", ".geoparquet"):
        return "parquet", stream, label
    refuse(label, ending or label, _kinds()["endings"].get(ending, f"a file ending in {', '.join(ENDINGS)}"))


def _unpacked(stream: BinaryIO, label: str) -> BinaryIO:
    import gzip  # noqa: PLC0415

    try:
        data = gzip.GzipFile(fileobj=stream).read(MAX_UNZIPPED + 1)
    except DAMAGED as error:
        refuse(label, str(error), "a whole .gz file")
    if len(data) > MAX_UNZIPPED:
        refuse(label, f"more than {MAX_UNZIPPED / 1e6:.0f} MB when unpacked", "a smaller table")
    return io.BytesIO(data)


def _from_zip(stream: BinaryIO, label: str) -> tuple[str, BinaryIO, str]:  # noqa: RET503
    try:
        with zipfile.ZipFile(stream) as package:
            parts = package.infolist()
            names = [part.filename for part in parts if not part.is_dir() and not part.filename.startswith("__MACOSX")]
            for inside, kind, advice in _kinds()["inside"]:
                if any(name.startswith(inside) for name in names):
                    if advice:
                        refuse(label, kind, advice)
                    stream.seek(0)
                    return kind, stream, label
            if any(name.lower().endswith(".shp") for name in names):
                stream.seek(0)
                return "shp.zip", stream, label
            inner = [name for name in names if Path(name).suffix.lower() in (".kml", *_TEXT, *_JSON, *_BOOK)]
            only = [name for name in inner if Path(name).name == "doc.kml"] or inner
            if len(only) == 1:
                part = package.getinfo(only[0])
                if part.file_size > MAX_UNZIPPED or part.flag_bits & 1:
                    most = f"at most {MAX_UNZIPPED / 1e6:.0f} MB without a password"
                    refuse(label, f"{only[0]}, packed or locked", most)
                return format_of(io.BytesIO(package.read(part)), Path(only[0]).name)
    except DAMAGED:
        # The reader of workbooks says what is wrong with one.
        stream.seek(0)
        return "xlsx", stream, label
    if Path(label).suffix.lower() in _BOOK:
        stream.seek(0)
        return "xlsx", stream, label
    refuse(label, "an archive", "unpack it, and bring the table in it")


def find_axes(names: Collection[str]) -> tuple[str, str]:
    """The columns of longitude and latitude among names, in capitals or not; "" for one that isn't there."""
    low = {name.strip().casefold(): name for name in reversed(list(names))}
    lon, lat = (next((low[name] for name in known if name in low), "") for known in (_LON, _LAT))
    return lon, lat


def kind_of(path: str | Path, incident_fields: Collection[str] = ("date", "goods", "source_url")) -> str:
    """Say by its columns what a file's rows are: ``statements``, ``incidents``, ``register``, ``table``, else ""."""
    from geo.files.delimited import read_delimited  # noqa: PLC0415

    file = Path(path)
    if file.suffix.lower() in (".geojson", ".json"):
        return "incidents" if file.is_file() else ""
    if not file.is_file():
        return ""
    names: set[str] = set()
    try:
        if file.suffix.lower() in (".parquet", ".geoparquet"):
            import pyarrow.parquet as pq  # noqa: PLC0415

            names = set(pq.read_schema(file).names)
        elif file.suffix.lower() in (*_TEXT, ".csv"):
            with file.open("rb") as stream:
                lines, _ = read_delimited(stream, file.name, most_rows=1)
            names = {str(cell).strip() for cell in (lines[0][1] if lines else ()) if cell is not None}
    except (InputError, OSError, ValueError):
        return ""
    if "claim" in names:
        return "statements"
    if set(incident_fields) <= names:
        return "incidents"
    return "register" if all(find_axes(names)) or "geometry" in names else "table" if names else ""
