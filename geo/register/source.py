"""A register as a file or folder: what its columns are, and its rows, batch by batch and part by part."""

from __future__ import annotations

import csv
import gzip
import io
import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from geo.errors import Fault, InputError, ShekaraError, no_such_file
from geo.files.delimited import encoding_of
from geo.files.kinds import find_axes
from geo.files.limits import refuse
from geo.register.addresses import find_files, is_remote, open_parquet, read_address
from geo.register.points import Points, from_columns, from_geometry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Addresses = str | Path | Sequence[str | Path]

__all__ = ["BATCH_ROWS", "PART_ROWS", "Part", "Register", "column_names", "open_register"]

BATCH_ROWS = 1 << 17
"""Rows worked at a time: what bounds the memory."""
PART_ROWS = 1_000_000
"""Rows of a part of the output, at least; a part never splits a row group of the input."""

# Whoever stops a run is answered in one place (geo.__main__), between two blocks.
pa.enable_signal_handlers(False)

_CSV_BLOCK = 1 << 23  # bytes
_HEAD = 1 << 16  # bytes that tell the encoding
_SHOWN = 3
_MOST_LINES = 50  # of one cell; more are rows that a quote has swallowed


class Part(NamedTuple):
    """A run of rows that is placed and written on its own: row groups of one file.

    Attributes
    ----------
    number
        From 0, in the order of the rows.
    file, groups
        A Parquet file and which of its row groups.
    rows
        How many rows they hold.
    first_row
        How many rows of the register come before.
    """

    number: int
    file: Path
    groups: tuple[int, ...]
    rows: int
    first_row: int


@dataclass(frozen=True)
class Register:
    """A table of rows with points.

    Attributes
    ----------
    path
        As the user gave it.
    files, schema
        The files that hold it, and its columns.
    geometry
        Name of the column of points; None where two columns of numbers hold them.
    axes
        Names of the columns of longitude and latitude.
    parts
        Of a Parquet register; empty for CSV, whose parts show only on reading.
    partition
        Names of the columns that the names of folders tell, as ``year=2024``.
    """

    path: Path
    files: tuple[Path, ...]
    schema: pa.Schema
    geometry: str | None
    parts: tuple[Part, ...]
    axes: tuple[str, str] = ("lon", "lat")
    encoding: str = "utf-8"
    partition: tuple[str, ...] = ()

    @property
    def is_csv(self) -> bool:
        """Whether it is CSV, of which every cell is text."""
        return not self.parts

    @property
    def rows(self) -> int | None:
        """Number of rows, where the file says it."""
        return None if self.is_csv else sum(part.rows for part in self.parts)

    def points(self, batch: pa.RecordBatch) -> Points:
        """The points of a batch."""
        if self.geometry is None:
            return from_columns(batch.column(self.axes[0]), batch.column(self.axes[1]))
        return from_geometry(batch.column(self.geometry))

    def batches(self, part: Part, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """The rows of a part, of all columns or of some."""
        own = None if columns is None else [name for name in columns if name not in self.partition]
        try:
            with open_parquet(part.file) as file:
                # What is asked of a store is fetched before it is read: a row group at a time bounds that.
                for groups in [[group] for group in part.groups] if is_remote(part.file) else [list(part.groups)]:
                    for batch in file.iter_batches(BATCH_ROWS, row_groups=groups, columns=own):
                        yield self._with_keys(batch, part.file, columns)
        except pa.ArrowException as reason:
            raise InputError([_fault(part.file, str(reason), "a whole Parquet file")]) from None

    def _with_keys(self, batch: pa.RecordBatch, file: Any, columns: Sequence[str] | None) -> pa.RecordBatch:
        """A batch with what the names of its file's folders tell."""
        for name in self.partition:
            if columns is None or name in columns:
                kind = self.schema.field(name).type
                value = pa.scalar(_keys_of(file)[name]).cast(kind)
                batch = batch.append_column(name, pa.repeat(value, batch.num_rows))
        return batch

    def csv_batches(self, odd: list[str]) -> Iterator[pa.RecordBatch]:
        """The rows of a CSV file, in blocks that are the same whenever it is read.

        Rows with more or fewer fields than the header can't be kept: they are named in ``odd``.
        """

        def note(row: pyarrow.csv.InvalidRow) -> str:
            odd.append(f"line {row.number}" if row.number is not None else "a line")
            return "skip"

        (path,) = self.files
        names, rows = self.schema.names, 0
        with pa.PythonFile(path.open("rb")) if is_remote(path) else pa.OSFile(str(path)) as file:
            stream = pa.CompressedInputStream(file, "gzip") if path.suffix.lower() == ".gz" else file
            try:
                with pyarrow.csv.open_csv(
                    stream,
                    read_options=pyarrow.csv.ReadOptions(
                        use_threads=False, block_size=_CSV_BLOCK, encoding=self.encoding
                    ),
                    parse_options=pyarrow.csv.ParseOptions(
                        delimiter=_delimiter(path), newlines_in_values=True, invalid_row_handler=note
                    ),
                    convert_options=pyarrow.csv.ConvertOptions(
                        column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
                    ),
                ) as reader:
                    for batch in reader:
                        # Names from this module's own reading of the header: both must be the same.
                        _refuse_swallowed(path, batch, names, rows)
                        rows += batch.num_rows
                        yield batch.rename_columns(names)
            except (pa.ArrowException, OSError) as reason:
                refuse(str(path), str(reason), "a table in UTF-8 with a header and as many fields in every row")


def _refuse_swallowed(path: Path, batch: pa.RecordBatch, names: list[str], before: int) -> None:
    """Refuse a cell of many lines: a quote that nothing closes makes rows the text of a cell."""
    for name, column in zip(names, batch.columns, strict=True):
        lines = pc.count_substring(column, "\n")
        if (pc.max(lines).as_py() or 0) > _MOST_LINES:
            row = pc.index(pc.greater(lines, _MOST_LINES), value=True).as_py()
            expected = f'quotes in pairs: look for a lone " at or before row {before + row + 1:,}'
            raise InputError(
                [Fault(str(path), before + row + 1, name, f"a cell of {lines[row].as_py() + 1:,} lines", expected)]
            )


def column_names(path: Addresses) -> list[str]:
    """Names of the columns of a CSV or Parquet file, or of a folder of Parquet files."""
    first = _given(path)[0]
    if _is_csv(first):
        return _header(first)
    return list(_read_schema(_files(first)[0]).names)


def open_register(path: Addresses, axes: tuple[str, str] | None = ("", "")) -> Register:
    """Look at a register without reading its rows.

    Parameters
    ----------
    path
        GeoParquet, or Parquet with columns of longitude and latitude under any usual name; a folder of such files with
        the same columns, parted by folders as ``year=2024`` if at all; a pattern as ``2024-*.parquet``; several of
        these; each on a disk or in a store as ``s3://bucket/folder``. Or CSV (``.csv``, ``.csv.gz``) with such
        columns. Longitude and latitude on WGS84.
    axes
        The columns of longitude and latitude, "" where they have a usual name; None: no point is needed.

    Raises
    ------
    InputError
        When it can't be used as a register.
    """
    given = _given(path)
    first = given[0]
    if _is_csv(first):
        if len(given) > 1:
            raise InputError([_fault(given[1], "a second file", "one CSV at a time, or Parquet files")])
        names = _header(first)
        schema = pa.schema([(name, pa.string()) for name in names])
        point_columns, encoding = _axes(first, names, axes), _encoding(first).removesuffix("-sig")
        return Register(first, (first,), schema, None, (), point_columns, encoding)
    files = [file for one in given for file in _files(one)]
    schema = _read_schema(files[0])
    geometry = _find_geometry(files[0], schema) if axes and not any(axes) else None
    point_columns = ("lon", "lat") if geometry else _axes(files[0], schema.names, axes)
    for name, axis in zip(("lon", "lat"), point_columns, strict=True):
        if not geometry and axis and not _holds_numbers(kind := schema.field(axis).type):
            refuse(str(files[0]), str(kind), "a column of numbers", name)
    parts: list[Part] = []
    for file in files:
        if not (own := _read_schema(file)).equals(schema):
            differing = ", ".join(sorted({str(field) for field in own} ^ {str(field) for field in schema})[:_SHOWN])
            raise InputError([_fault(file, differing or "other columns", f"the columns of {files[0].name}")])
        parts += _parts_of(file, len(parts), parts[-1].first_row + parts[-1].rows if parts else 0)
    if not parts:
        raise InputError([_fault(first, "no rows", "a table with rows")])
    partition = tuple(name for name in _keys_of(files[0]) if name not in schema.names)
    for name in partition:
        if odd := next((file for file in files if name not in _keys_of(file)), None):
            raise InputError([_fault(odd, f"no folder {name}=…", f"folders as those of {files[0]}")])
        whole = all(_keys_of(file)[name].isdecimal() for file in files)
        schema = schema.append(pa.field(name, pa.int32() if whole else pa.string()))
    return Register(first, tuple(files), schema, geometry, tuple(parts), point_columns, partition=partition)


def _axes(file: Path, names: list[str], wanted: tuple[str, str] | None) -> tuple[str, str]:
    """The columns of longitude and latitude: those that are wanted, else those of a usual name."""
    if wanted is None:
        return "", ""
    lon, lat = (own or usual for own, usual in zip(wanted, find_axes(names), strict=True))
    missing = [name for name, axis in (("lon", lon), ("lat", lat)) if axis not in names]
    if missing:
        expected = "a point in every row: a column geometry (GeoParquet), columns lon and lat, or --lon and --lat"
        raise InputError([_fault(file, ", ".join(names), expected, field=name) for name in missing])
    return lon, lat


def _given(path: Addresses) -> list[Any]:
    """The addresses as paths."""
    several: list[Any] = [path] if isinstance(path, str | Path) or is_remote(path) else list(path)
    if not several:
        raise ShekaraError("no register is given")
    return [read_address(one) for one in several]


def _keys_of(file: Any) -> dict[str, str]:
    """What the names of a file's folders tell, as ``year=2024``."""
    pairs = (part.partition("=") for part in str(file.parent).split("/") if "=" in part.strip("="))
    return {name: unquote(value) for name, _, value in pairs}


def _parts_of(file: Path, number: int, first_row: int) -> Iterator[Part]:
    with open_parquet(file) as opened:
        sizes = [opened.metadata.row_group(group).num_rows for group in range(opened.num_row_groups)]
    groups: list[int] = []
    rows = 0
    for group, size in enumerate(sizes):
        groups.append(group)
        rows += size
        if rows and (rows >= PART_ROWS or group == len(sizes) - 1):
            yield Part(number, file, tuple(groups), rows, first_row)
            number, first_row, rows, groups = number + 1, first_row + rows, 0, []


def _is_csv(path: Path) -> bool:
    return path.name.lower().endswith((".csv", ".csv.gz"))


def _files(path: Any) -> list[Any]:
    pattern = any(sign in str(path) for sign in "*?[")
    if pattern or path.is_dir():
        files = find_files(path)
        if not files:
            what = "no file of this pattern" if pattern else "a folder without .parquet files"
            raise InputError([_fault(path, what, "GeoParquet files")])
        beside = [] if pattern or is_remote(path) else sorted(file.name for file in path.rglob("*") if _is_csv(file))
        if beside:  # they would be left out without a word
            expected = "Parquet files alone; or name the ones that are meant, as 'folder/*.parquet'"
            raise InputError([_fault(path, ", ".join(beside)[:80], expected)])
        return files
    if path.suffix.lower() not in (".parquet", ".geoparquet"):
        refuse(str(path), path.suffix or path.name, "a register in .parquet, .csv, .csv.gz, .xlsx or .gpkg")
    if not path.is_file():
        raise InputError([no_such_file(path)])
    return [path]


def _read_schema(file: Path) -> pa.Schema:
    try:
        with open_parquet(file) as opened:
            return opened.schema_arrow
    except (pa.ArrowException, OSError) as reason:
        raise InputError([_fault(file, str(reason), "a whole Parquet file")]) from None


def _find_geometry(file: Path, schema: pa.Schema) -> str | None:
    """Name of the geometry column, None where there is none."""
    meta = (schema.metadata or {}).get(b"geo")
    if meta is not None:
        try:
            metadata: dict[str, Any] = json.loads(meta)
            name = str(metadata["primary_column"])
            column: dict[str, Any] = metadata["columns"][name]
            schema.field(name)
        except (ValueError, KeyError, TypeError) as reason:
            refuse(str(file), f"metadata 'geo' without {reason}", "GeoParquet as its specification says")
        _require_wgs84(file, column)
        return name
    return None


def _holds_numbers(kind: pa.DataType) -> bool:
    tests = (
        pa.types.is_floating,
        pa.types.is_integer,
        pa.types.is_decimal,
        pa.types.is_string,
        pa.types.is_large_string,
    )
    return any(test(kind) for test in tests)


def _require_wgs84(file: Path, column: dict[str, Any]) -> None:
    """GeoParquet says OGC:CRS84 by saying nothing, and an unknown one by null."""
    if "crs" not in column:
        return
    crs = column["crs"]
    if crs is not None:
        from pyproj import CRS  # noqa: PLC0415  (most files name it by its code)
        from pyproj.exceptions import CRSError  # noqa: PLC0415

        code = crs.get("id") if isinstance(crs, dict) else None
        code = code if isinstance(code, dict) else {}
        if (str(code.get("authority")), str(code.get("code"))) in {("EPSG", "4326"), ("OGC", "CRS84")}:
            return
        with suppress(CRSError):
            if CRS.from_user_input(crs).to_epsg() == 4326:  # noqa: PLR2004
                return
    name = "none" if crs is None else crs.get("name", "another") if isinstance(crs, dict) else str(crs)
    expected = "longitude and latitude (EPSG:4326): use .to_crs(4326)"
    raise InputError([_fault(file, f"coordinate reference system {name}", expected, field="geometry")])


def _header(path: Path) -> list[str]:
    if not path.is_file():
        raise InputError([no_such_file(path)])
    try:
        with _open_text(path) as lines:
            names = next(csv.reader(lines, delimiter=_delimiter(path)), [])
    except (UnicodeDecodeError, OSError, EOFError, csv.Error) as reason:
        raise InputError([_fault(path, str(reason), "a table in UTF-8 with a header")]) from None
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError([_fault(path, ", ".join(twice), "column names that are given once")])
    if not names:
        raise InputError([_fault(path, "an empty file", "a table with a header")])
    return names


def _delimiter(path: Path) -> str:
    """Comma, semicolon or tab: whichever the header has most of."""
    with _open_text(path) as lines:
        first = lines.readline()
    return max(",;\t", key=first.count)


def _open_text(path: Path) -> Any:
    encoding = _encoding(path)
    return io.TextIOWrapper(_raw(path), encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="")


def _raw(path: Path) -> Any:
    if path.suffix.lower() != ".gz":
        return path.open("rb")
    return gzip.open(path.open("rb") if is_remote(path) else path)


def _encoding(path: Path) -> str:
    with _raw(path) as stream:
        return encoding_of(stream.read(_HEAD), path.name)


def _fault(path: Path, value: str, expected: str, field: str = "") -> Fault:
    return Fault(str(path), None, field, value, expected)
