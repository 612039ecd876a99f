"""A table as its author keeps it: read from a file or from memory, every cell as it stands."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import pandas as pd

from geo.errors import InputError, no_such_file
from geo.files.delimited import read_delimited
from geo.files.kinds import ENDINGS, format_of
from geo.files.limits import MAX_BYTES, MAX_COLUMNS, limited, refuse
from geo.intake.sheets.layers import LAYERS, read_layer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.files.limits import Line

__all__ = ["ENDINGS", "Sheet", "read_sheet"]


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table as it stands.

    Attributes
    ----------
    name
        Name of the file.
    cells
        One row a record, dtype object; None where there is nothing. Index ``row``: the row's number in the file,
        from 1 (for GeoJSON and Parquet, the record's). Column names are unique.
    sheets, sheet
        The sheets of a workbook, and the one that was read; empty for other files.
    header_row
        Row of the column names; 0 where the format names them itself.
    shared
        Row and column of the cells that hold the value of a range merged over several rows.
    notes
        What a reader should know: the encoding, the delimiter, rows above the header.
    epoch_1904
        Whether bare day numbers count from 1904.
    hidden
        Rows that the workbook hides.
    apart
        Row → why it belongs to another table.
    """

    name: str
    cells: pd.DataFrame
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    header_row: int = 0
    notes: tuple[str, ...] = ()
    epoch_1904: bool = False
    shared: frozenset[tuple[int, str]] = frozenset()
    hidden: frozenset[int] = frozenset()
    apart: dict[int, str] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """The column names."""
        return [str(name) for name in self.cells.columns]

    @cached_property
    def full_rows(self) -> pd.DataFrame:
        """Rows with more than one cell: no headings, no footnotes; all where none has more."""
        full = self.cells.notna().sum(axis=1) > 1
        return self.cells[full] if full.any() else self.cells


def read_sheet(
    source: str | Path | BinaryIO | bytes,
    *,
    name: str | None = None,
    sheet: str | None = None,
    header_row: int | None = None,
) -> Sheet:
    """Read a table as it stands: CSV, Excel, JSON, Parquet, or a layer of a map (GeoPackage, KML, Shapefile).

    CSV may be in UTF-8, UTF-16 or Windows-1251 with Russian and Kazakh letters, with commas, semicolons, tabs or
    bars between the fields. In Excel, merged cells hold their value in every cell, and a header may take two rows.

    Parameters
    ----------
    source
        A path, or the file's bytes in memory.
    name
        Name of the file, whose ending tells the format; by default that of the path or of the buffer.
    sheet
        Which sheet of a workbook; by default the first that holds a table.
    header_row
        Row of the column names, from 1; by default it is looked for among the first rows.

    Returns
    -------
    Sheet

    Raises
    ------
    InputError
        When the file can't be read as a table, or holds more than the limits in :mod:`geo.files.limits`.
        Nothing beyond a limit is read into memory.
    """
    path = Path(source) if isinstance(source, str | Path) else None
    label = name or (path.name if path is not None else str(getattr(source, "name", "") or "")) or "table"
    label = Path(label).name
    if path is not None:
        if str(source).startswith(("http:", "https:")):
            refuse(str(source), "an address", "a file: download the table as .xlsx or .csv first")
        if not path.is_file():
            raise InputError([no_such_file(path)])
        with path.open("rb") as stream:
            return _read(stream, label, sheet, header_row, path)
    stream = io.BytesIO(source) if isinstance(source, bytes) else source  # type: ignore[assignment]
    return _read(stream, label, sheet, header_row)


def _read(stream: BinaryIO, label: str, sheet: str | None, header_row: int | None, path: Path | None = None) -> Sheet:
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if not size:
        refuse(label, "an empty file", "a table with a row of column names and at least one record")
    if size > MAX_BYTES:
        refuse(label, f"{size / 1e6:,.0f} MB", f"at most {MAX_BYTES / 1e6:.0f} MB")
    kind, stream, within = format_of(stream, label)
    if sheet is not None and kind not in ("xlsx", *LAYERS):
        refuse(label, f"sheet {sheet!r}", "no sheet: only Excel files have sheets, and maps layers", "sheet")
    notes = [f"{within} in {label}"] if within != label and not label.lower().endswith(".gz") else []
    if kind == "csv":
        lines, encoding = read_delimited(stream, label)
        return _tabulate(lines, label, header_row, notes=[*notes, *encoding])
    if kind == "xlsx":
        from geo.intake.sheets.workbook import read_workbook  # noqa: PLC0415

        book = read_workbook(stream, label, sheet)
        return _tabulate(
            book.lines, label, header_row, sheets=book.sheets, sheet=book.sheet, notes=[*notes, *book.notes],
            epoch_1904=book.epoch_1904, shared=book.shared, hidden=frozenset(book.hidden),
        )  # fmt: skip
    more: dict[str, Any] = {}
    rows: Iterable[Line]
    if kind in LAYERS:
        columns, rows, layers, read = read_layer(stream, label, kind, path=path, layer=sheet)
        more = {"sheets": layers, "sheet": read[0]} if len(layers) > 1 == len(read) else {}
        if sheet is None and len(layers) > 1:
            one = f"layer {read[0]!r} of {len(layers)}: {', '.join(layers)}; --sheet reads another"
            notes.append(one if len(read) == 1 else f"layers read together: {', '.join(read)}")
    else:
        from geo.intake.sheets.spatial import read_json, read_parquet  # noqa: PLC0415

        columns, rows = (read_json if kind == "json" else read_parquet)(stream, label)
    if len(columns) > MAX_COLUMNS:
        refuse(label, f"{len(columns)} fields", f"at most {MAX_COLUMNS}: leave out those that aren't needed")
    return _frame(label, columns, list(limited(rows, label)), notes=tuple(notes), **more)


def _tabulate(lines: list[Line], label: str, header_row: int | None, **more: Any) -> Sheet:
    """Find the column names among the rows."""
    from geo.intake.sheets.headers import find_header, second_header  # noqa: PLC0415

    header = find_header(lines, label, header_row)
    notes = list(more.pop("notes", ()))
    if header.above:
        rows = "row" if header.above == 1 else "rows"
        notes.append(f"the column names stand in row {header.row}; {header.above} {rows} above them left out")
    records = lines[header.first_record :]
    width, apart = len(header.names), {}
    for number, cells in records if header_row is None else ():
        if len(cells) > width:
            apart[number] = f"{len(cells)} fields, where {width} columns have names: the cells may be shifted"
    if (start := second_header(records, header.names)) is not None:
        reason = f"of another table, whose column names stand in row {records[start][0]}"
        apart |= {number: reason for number, _ in records[start:]}
    return _frame(label, header.names, records, header_row=header.row, notes=tuple(notes), apart=apart, **more)


def _frame(label: str, names: list[str], lines: list[Line], **more: Any) -> Sheet:
    if not lines:
        refuse(label, "no records", "at least one record beneath the column names")
    width = max(len(names), *(len(cells) for _, cells in lines))
    names = _unique([*names, *[""] * (width - len(names))])
    columns = {
        name: [cells[place] if place < len(cells) else None for _, cells in lines] for place, name in enumerate(names)
    }
    index = pd.Index([number for number, _ in lines], name="row")
    frame = pd.DataFrame(columns, index=index, dtype=object)
    nameless = [name for name in names if name.startswith("column ")]
    # Nameless columns with nothing in them are only the sheet's margin.
    frame = frame.drop(columns=[name for name in nameless if not frame[name].notna().any()])
    numbers = set(frame.index)
    shared = frozenset((row, names[place]) for row, place in more.pop("shared", ()) if row in numbers)
    return Sheet(label, frame, shared=shared, **more)


def _unique(names: list[str]) -> list[str]:
    """Names for all columns, each given once."""
    seen: set[str] = set()
    unique = []
    for place, name in enumerate(names, start=1):
        stem = name or f"column {place}"
        wanted, count = stem, 1
        while wanted in seen:
            count += 1
            wanted = f"{stem} ({count})"
        seen.add(wanted)
        unique.append(wanted)
    return unique
