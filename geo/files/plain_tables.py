"""Files to plain tables: GeoJSON, GeoParquet, CSV. What the cells mean is checked elsewhere."""

from __future__ import annotations

import io
import json
import reprlib
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NoReturn

import geopandas as gpd
import pandas as pd
from shapely.errors import ShapelyError

from geo.errors import Fault, InputError, no_such_file
from geo.files.delimited import split_rows
from geo.files.limits import DAMAGED, refuse
from geo.vocabulary import DRAFT, FIELDS, FORMER_FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

__all__ = [
    "PRIVATE", "Faults", "foreign", "list_faults", "load_geojson", "name_row", "parse_csv", "parse_table",
    "refuse_drafts", "show",
]  # fmt: skip

Faults = dict[tuple[int, str], Fault]
"""Faults by row (from 0) and field; the field "" stands for the whole record."""

PRIVATE = "private"
"""A column beside the fields, there only where it marks some row with ``yes``: one that is kept and analysed, needs no
public source, and is left out of whatever is published."""

_INCIDENT = "incident"
_DRAFT_MARKS = ("status", "evidence")
_FIELDS = (*FIELDS, *FORMER_FIELDS, PRIVATE)
_COLLECTION = "a GeoJSON FeatureCollection with a list of features"
_CRS = "longitude and latitude in WGS84 (EPSG:4326); reproject the file"
_CRS_NAMES = ("CRS84", "EPSG::4326", "EPSG:4326")
_CRS_AUTHORITIES = (("EPSG", "4326"), ("OGC", "CRS84"))
_POINT_DIMENSIONS = (2, 3)


def parse_table(path: Path) -> tuple[pd.DataFrame, Faults]:
    """Read a file of incidents as it stands, by its extension: raw cells, and the faults of rows of no form.

    The cells have dtype object, an index from 0, known fields alone, and the place in ``lon`` and ``lat``.
    """
    readers: dict[str, Callable[[Path], tuple[pd.DataFrame, Faults]]] = {
        ".geojson": _parse_geojson,
        ".json": _parse_geojson,
        ".parquet": _parse_parquet,
        ".csv": lambda file: parse_csv(file, (*_FIELDS, "lon", "lat"), _INCIDENT),
    }
    reader = readers.get(path.suffix.lower())
    if reader is None:
        if not path.exists():
            _require_file(path)
        if path.suffix.lower() in (".xlsx", ".xlsm"):
            refuse(path.name, "an Excel workbook", foreign(path))
        refuse(path.name, path.suffix or path.name, f"a file ending in {', '.join(readers)}")
    table, faults = reader(path)
    if table.index.empty:
        refuse(path.name, "no records", "at least one incident")
    return table, faults


def parse_csv(
    path: Path, fields: Collection[str], noun: str, *, may_be_empty: bool = False
) -> tuple[pd.DataFrame, Faults]:
    """Read the known columns of a UTF-8 file with commas as text, and the faults of rows that are too long or short."""
    rows = split_rows(io.StringIO(_read_text(path, noun), newline=""), ",", path.name)
    header, *records = [[cell or "" for cell in row] for _, row in rows if row] or [[]]
    if not records and not may_be_empty:
        refuse(path.name, "no records", f"at least one {noun}")
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        refuse(path.name, ", ".join(twice), "column names that are given once", "header")
    width = f"{len(header)} fields, as in the header"
    faults = {
        (row, ""): Fault(path.name, row + 1, "", f"{len(record)} fields", width)
        for row, record in enumerate(records)
        if len(record) != len(header)
    }
    marks = [(place, name) for place, name in enumerate(header) if _folded(name) in _DRAFT_MARKS]
    refuse_drafts(({name: record[at] for at, name in marks if at < len(record)} for record in records), path.name)
    columns = {
        name: [record[place] if place < len(record) else "" for record in records]
        for place, name in enumerate(header)
        if name in fields
    }
    return pd.DataFrame(columns, index=range(len(records)), dtype=object), faults


def refuse_drafts(records: pd.DataFrame | Iterable[Mapping[Any, Any]], file: str) -> None:
    """Refuse a file that holds drafts: what a tool proposed becomes a record when a person has confirmed it."""
    if isinstance(records, pd.DataFrame):
        records = records[[name for name in records if _folded(str(name)) in _DRAFT_MARKS]].to_dict("records")
    count = sum(map(_is_draft, records))
    if count:
        expected = (
            "records that a person has confirmed; these are proposals from an article: paste its text on the app's "
            "page From an article, where each is checked and the confirmed ones are taken away"
        )
        refuse(file, f"{DRAFT} ({count} of them)", expected, "status")


def _is_draft(record: Mapping[Any, Any]) -> bool:
    """Whether a record says that it is one, or still has the words of the article that it came from, with offsets."""
    named = ((_folded(str(name)), value) for name, value in record.items())
    marks = {mark: _folded(str(value)) for mark, value in named if mark in _DRAFT_MARKS}
    return marks.get("status") == DRAFT or all(word in marks.get("evidence", "") for word in ("start", "words"))


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """A text's letters alone, small, in their plain form."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalpha())


def foreign(path: Path) -> str:
    """Advice on a table that isn't in the schema: what is expected, and what reads it."""
    return f"incidents in Shekara's schema; `shekara import {path} -o incidents.geojson` reads other tables"


def list_faults(parsed: Faults, ruled: Faults, fields: Sequence[str]) -> list[Fault]:
    """List faults in the order of the records and fields; of a record whose form is at fault that fault alone."""
    unreadable = {row for row, field in parsed if not field}
    faults = {cell: fault for cell, fault in ruled.items() if cell[0] not in unreadable} | parsed
    order = {field: place for place, field in enumerate(("", *fields))}
    return [faults[cell] for cell in sorted(faults, key=lambda cell: (cell[0], order[cell[1]]))]


def name_row(number: int, identifier: Any) -> int | str:
    """Name a record for a reader: its number, from 1, and its id where it has one."""
    return f"{number} ({show(identifier)})" if isinstance(identifier, str) and identifier else number


def show(value: Any) -> str:
    """Show a cell to a reader: short, whatever its depth and size, and printable."""
    text = value[:200] if isinstance(value, str) else reprlib.repr(value)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _require_file(path: Path) -> None:
    if not path.is_file():
        raise InputError([no_such_file(path)])


def _read_text(path: Path, noun: str) -> str:
    _require_file(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        refuse(path.name, error.strerror or "unreadable", "a file that can be read")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        trouble = f"byte {data[error.start]:#04x} at offset {error.start}"
        refuse(path.name, trouble, "text in UTF-8; save the file as UTF-8")
    if not text.strip():
        refuse(path.name, "an empty file", f"at least one {noun}")
    if "\0" in text:
        trouble = f"a NUL character at offset {text.index(chr(0))}"
        refuse(path.name, trouble, "text; the file may be damaged or binary")
    return text


# -- GeoJSON --------------------------------------------------------------------------------------


def _parse_geojson(path: Path) -> tuple[pd.DataFrame, Faults]:
    features = load_geojson(path, _INCIDENT)
    properties = [one.get("properties") for one in features if isinstance(one, dict)]
    refuse_drafts((one for one in properties if isinstance(one, dict)), path.name)
    rows: list[dict[str, Any]] = []
    faults: Faults = {}
    for position, feature in enumerate(features):
        row, fault = _read_feature(path, position, feature)
        rows.append(row)
        if fault is not None:
            faults[position, fault.field] = fault
    return pd.DataFrame(rows, dtype=object), faults


def load_geojson(path: Path, noun: str) -> list[Any]:
    """Load the features of a GeoJSON file, as they stand."""
    collection = _load_json(path, noun)
    if not isinstance(collection, dict):
        refuse(path.name, type(collection).__name__, _COLLECTION)
    features = collection.get("features")
    if collection.get("type") != "FeatureCollection" or not isinstance(features, list):
        refuse(path.name, f"type {show(collection.get('type'))}", _COLLECTION)
    _check_crs_member(path, collection.get("crs"))
    return features


def _load_json(path: Path, noun: str) -> Any:
    def no_constant(name: str) -> NoReturn:
        refuse(path.name, name, "GeoJSON; NaN and Infinity are not JSON, use null")

    try:
        return json.loads(_read_text(path, noun), parse_constant=no_constant)
    except json.JSONDecodeError as error:
        refuse(path.name, f"{error.msg} at line {error.lineno}, column {error.colno}", "GeoJSON")
    except RecursionError:
        refuse(path.name, "brackets nested too deeply", "a GeoJSON FeatureCollection of points")
    except ValueError:  # an integer of more digits than Python reads
        refuse(path.name, "a number of thousands of digits", "GeoJSON with numbers of ordinary size")


def _check_crs_member(path: Path, crs: Any) -> None:
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else crs
    if not isinstance(name, str) or not name.endswith(_CRS_NAMES):
        refuse(path.name, show(name), _CRS, "crs")


def _read_feature(path: Path, position: int, feature: Any) -> tuple[dict[str, Any], Fault | None]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        description = f"properties {show(properties)}" if isinstance(feature, dict) else type(feature).__name__
        expected = "a GeoJSON Feature with the record's fields as properties"
        return {}, Fault(path.name, position + 1, "", description, expected)
    # Only the known fields, so that a file with a thousand members per record can't fill the memory.
    row = {name: properties[name] for name in _FIELDS if name in properties}
    if "id" not in row and "id" in feature:
        row["id"] = feature["id"]
    row["lon"], row["lat"] = None, None
    geometry = feature.get("geometry")
    if geometry is None:
        return row, None
    where = name_row(position + 1, row.get("id"))
    kind = geometry.get("type") if isinstance(geometry, dict) else type(geometry).__name__
    if kind != "Point":
        expected = "a Point, or null without a place"
        return row, Fault(path.name, where, "geometry", show(kind), expected)
    coordinates = geometry.get("coordinates")
    if not isinstance(coordinates, list) or len(coordinates) not in _POINT_DIMENSIONS or None in coordinates:
        expected = "[longitude, latitude] in degrees"
        return row, Fault(path.name, where, "geometry", show(coordinates), expected)
    row["lon"], row["lat"] = coordinates[:2]
    return row, None


# -- GeoParquet -----------------------------------------------------------------------------------


def _parse_parquet(path: Path) -> tuple[pd.DataFrame, Faults]:
    from pyarrow import ArrowException  # noqa: PLC0415  (only where it is used)

    _require_file(path)
    if not path.stat().st_size:
        refuse(path.name, "an empty file", "at least one incident")
    try:
        frame = gpd.read_parquet(path)
        if isinstance(frame.index.name, str) and frame.index.name not in frame:
            frame = frame.reset_index()
        table = pd.DataFrame({name: frame[name].astype(object) for name in _FIELDS if name in frame})
    except (*DAMAGED, ArrowException, ShapelyError) as error:
        refuse(path.name, show(str(error).partition("\n")[0]), "a GeoParquet file")
    if frame.crs is None or frame.crs.to_authority() not in _CRS_AUTHORITIES:
        refuse(path.name, "none" if frame.crs is None else str(frame.crs.to_string()), _CRS, "crs")
    refuse_drafts(frame, path.name)
    table = table.reset_index(drop=True)
    shapes = frame.geometry.reset_index(drop=True)
    there = ~(shapes.isna() | shapes.is_empty)
    points = there & (shapes.geom_type == "Point")
    faults: Faults = {}
    for position in (there & ~points).to_numpy().nonzero()[0].tolist():
        where = name_row(position + 1, table["id"].iloc[position] if "id" in table else None)
        kind = str(shapes.geom_type.iloc[position])
        expected = "a Point, or none without a place"
        faults[position, "geometry"] = Fault(path.name, where, "geometry", kind, expected)
    shapes = shapes.where(points)
    table["lon"], table["lat"] = shapes.x.astype(object), shapes.y.astype(object)
    return table, faults
