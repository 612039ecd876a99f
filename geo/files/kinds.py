"""Kind of a file: its format by its first bytes, and what its rows tell by the names of its columns."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from geo.errors import InputError
from geo.files.limits import refuse

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

_SAVE = "save it as .xlsx or .csv"
_OPEN = "open it in Excel and save it as .xlsx"
_PICTURE = "a picture: type its table into Excel and save it as .xlsx"
_MAGIC = (
    (b"PAR1", "parquet", ""),
    (b"SQLite format 3\0", "gpkg", ""),
    (b"\x00\x00\x27\x0a", "shp", ""),
    (b"fgb\x03fgb", "fgb", ""),
    (b"\x1f\x8b", "gz", ""),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file", _OPEN),
    (b"%PDF", "a PDF", "copy its table into Excel and save it as .xlsx"),
    (b"\x89PNG", "a picture", _PICTURE),
    (b"\xff\xd8\xff", "a picture", _PICTURE),
    (b"GIF8", "a picture", _PICTURE),
    (b"Rar!", "an archive", "unpack it, and bring the table in it"),
    (b"7z\xbc\xaf", "an archive", "unpack it, and bring the table in it"),
    (b"ID;P", "a SYLK file", _OPEN),
    (b"TABLE\r\n0,1\r\n", "a DIF file", _OPEN),
    (b"{\\rtf", "a text document", "copy its table into Excel and save it as .xlsx"),
)
_BY_ENDING = {
    ".xls": _OPEN, ".xlsb": _OPEN, ".ods": _SAVE, ".numbers": "export it as .xlsx or .csv",
    ".doc": "copy its table into Excel and save it as .xlsx", ".docx": "copy its table into Excel and save it as .xlsx",
    ".dbf": "bring the .shp beside it, or all its files in one .zip", ".tab": _SAVE, ".mdb": _SAVE, ".accdb": _SAVE,
    ".png": _PICTURE, ".jpg": _PICTURE, ".jpeg": _PICTURE, ".gsheet": "in Google Sheets: File, Download, .xlsx or .csv",
    ".sql": f"export the table: {_SAVE}", ".gpx": "save its points as .geojson", ".html": _OPEN, ".htm": _OPEN,
    ".gdb": "save it as .gpkg or .geojson",
}  # fmt: skip
_INSIDE = (
    ("xl/", "xlsx", ""),
    ("word/", "a Word document", "copy its table into Excel and save it as .xlsx"),
    ("ppt/", "a presentation", "copy its table into Excel and save it as .xlsx"),
    ("content.xml", "an OpenDocument file", _SAVE),
    ("Index/", "a Numbers file", "export it as .xlsx or .csv"),
)
_MOST_UNPACKED = 200_000_000


def format_of(stream: BinaryIO, label: str) -> tuple[str, BinaryIO, str]:  # noqa: C901, PLR0911, RET503
    """Find a file's format: by its first bytes, and by the ending of its name where they say nothing.

    Parameters
    ----------
    stream
        The file's bytes.
    label
        Its name.

    Returns
    -------
    tuple
        ``csv``, ``xlsx``, ``json``, ``parquet``, ``gpkg``, ``kml``, ``shp``, ``shp.zip`` or ``fgb``; the bytes to read,
        which are others where a packed file holds one table; and the name of that file.

    Raises
    ------
    InputError
        For every other kind, with what to save instead.
    """
    ending = Path(label.removesuffix(".gz")).suffix.lower()
    stream.seek(0)
    head = stream.read(4096)
    stream.seek(0)
    for magic, kind, advice in _MAGIC:
        if head.startswith(magic):
            if advice or ending == ".shx":
                refuse(label, kind, advice or _BY_ENDING[".dbf"])
            if kind == "gz":
                return format_of(_unpacked(stream, label), label.removesuffix(".gz").removesuffix(".GZ"))
            return kind, stream, label
    if head.startswith(b"PK"):
        return _from_zip(stream, label)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1000].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta")):
        refuse(label, "a web page", _OPEN)
    if start.startswith((b"<?xml", b"<kml", b"<gpx", b"<osm")):
        if b"<kml" in head.lower():
            return "kml", stream, label
        what = "a GPS track" if b"<gpx" in head.lower() else "an XML file"
        refuse(label, what, _BY_ENDING[".gpx"] if b"<gpx" in head.lower() else "save it as .xlsx, .csv or .geojson")
    if ending in _TEXT or (ending in (".xls", *_BOOK) and b"\0" not in head and b"\n" in head):
        return "csv", stream, label
    if ending in _JSON:
        return "json", stream, label
    if ending in (*_BOOK, ".zip", ".kmz"):
        # The reader of workbooks says what is wrong with one.
        return "xlsx", stream, label
    if ending in (".parquet", ".geoparquet"):
        return "parquet", stream, label
    refuse(label, ending or label, _BY_ENDING.get(ending, f"a file ending in {', '.join(ENDINGS)}"))


def _unpacked(stream: BinaryIO, label: str) -> BinaryIO:
    import gzip  # noqa: PLC0415

    try:
        data = gzip.GzipFile(fileobj=stream).read(_MOST_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as error:
        refuse(label, str(error), "a whole .gz file")
    if len(data) > _MOST_UNPACKED:
        refuse(label, f"more than {_MOST_UNPACKED / 1e6:.0f} MB when unpacked", "a smaller table")
    return io.BytesIO(data)


def _from_zip(stream: BinaryIO, label: str) -> tuple[str, BinaryIO, str]:  # noqa: RET503
    try:
        with zipfile.ZipFile(stream) as package:
            parts = package.infolist()
            names = [part.filename for part in parts if not part.is_dir() and not part.filename.startswith("__MACOSX")]
            for inside, kind, advice in _INSIDE:
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
                if part.file_size > _MOST_UNPACKED or part.flag_bits & 1:
                    refuse(
                        label,
                        f"{only[0]}, packed or locked",
                        f"at most {_MOST_UNPACKED / 1e6:.0f} MB without a password",
                    )
                return format_of(io.BytesIO(package.read(part)), Path(only[0]).name)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError):
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
    """Say what the rows of a file are, by the names of its columns.

    Parameters
    ----------
    path
        Any file.
    incident_fields
        Columns that make a table one of incidents in the project's own form.

    Returns
    -------
    str
        ``statements`` (a column ``claim``), ``incidents`` in the project's form, ``register`` (points without the
        fields of an incident), ``table`` for any other table, "" for what is none or isn't there.
    """
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
