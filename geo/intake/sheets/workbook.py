"""Rows of an Excel file, guarded against what unpacks to more than it should."""

from __future__ import annotations

import re
import warnings
import zipfile
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, BinaryIO
from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import unescape

from geo.files.limits import MAX_CELLS, MAX_COLUMNS, MAX_UNZIPPED, limited, refuse, require
from geo.intake.sheets.headers import find_header, names_fields
from geo.intake.sheets.unread import Unread
from geo.language.plurals import many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.files.limits import Line

__all__ = ["Book", "read_workbook"]

_DAMAGED, _ANEW = "not an Excel workbook, or damaged", "a workbook that opens in Excel: save it anew as .xlsx or .csv"
_CHUNK = 1 << 20
_OVERLAP = 256
_MAX_MERGED = 20_000
_MAX_PARTS = 5_000
_MAX_STRINGS = 1_000_000
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"')
_Range = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 1."""

_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]{0,200}?\br="(\d{1,18})"')
_EXCEL_ROWS = 1_048_576
_HIDDEN = re.compile(rb'<(?:\w+:)?row\b(?=[^>]{0,300}?\bhidden="(?:1|true)")[^>]{0,200}?\br="(\d{1,7})"')
_LINKED = re.compile(rb"<(?:\w+:)?hyperlink\b[^>]*>")
_REF = re.compile(rb'\bref="\$?([A-Z]{1,3})\$?(\d{1,7})')
_TARGET = re.compile(rb'\b\w+:id="([^"]{1,100})"')
_MAX_LINKS = 100_000
_HYPERLINK = re.compile(r'=HYPERLINK\(\s*"((?:[^"]|"")*)"\s*(?:[,;]\s*"((?:[^"]|"")*)"\s*)?\)', re.IGNORECASE)
_LINK = "link"
_FORMATS = re.compile(rb'formatCode="([^"]*)"')
_WORDS = re.compile(rb"&quot;[^&]*[A-Za-z\xd0-\xd3][^&]*&quot;")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#GETTING_DATA", "#SPILL!", "#CALC!")
_ENTITY = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Book:
    """One sheet of a workbook.

    Attributes
    ----------
    lines
        Rows with something in them.
    sheets, sheet
        All sheets, and this one.
    notes
        What a reader should know.
    epoch_1904
        Whether days count from 1904.
    shared
        Row and place (from 0) of the cells of ranges that are merged over several rows.
    hidden
        Rows that are hidden.
    """

    lines: list[Line]
    sheets: tuple[str, ...]
    sheet: str
    notes: list[str]
    epoch_1904: bool
    shared: set[tuple[int, int]]
    hidden: set[int]


def read_workbook(stream: BinaryIO, label: str, sheet: str | None = None) -> Book:
    """Read one sheet of an Excel file.

    Parameters
    ----------
    stream
        The file's bytes.
    label
        Name of the file, for refusals.
    sheet
        Which sheet; by default the first visible one with column names, else with something in it.

    Returns
    -------
    Book
        Cells as Excel last calculated them; a formula without a result and an error (#REF!) come out as
        :class:`geo.intake.sheets.unread.Unread`.

    Raises
    ------
    InputError
        When it is no Excel file, is damaged, or is beyond a limit.
    """
    require("openpyxl", "Excel")
    from openpyxl import load_workbook  # noqa: PLC0415
    from openpyxl.utils.datetime import CALENDAR_MAC_1904  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    unreadable = (
        zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError, IndexError,
        AttributeError, EOFError, OSError, NotImplementedError, OverflowError,
    )  # fmt: skip
    _guard(stream, label)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            names = [one.title for one in book.worksheets]
            if sheet is not None and sheet not in names:
                refuse(label, f"sheet {sheet!r}", f"one of {', '.join(names)}", "sheet")
            one, read, others = _choose(stream, book.worksheets, label, sheet)
            if one is None:
                refuse(label, "no cell with anything in it", "a table with a row of column names")
            notes = read.notes
            if len(names) > 1 and sheet is None:
                out = [part.title for part in book.worksheets if part.sheet_state != "visible"]
                notes.insert(0, f"sheet {one.title!r} of {len(names)}: {', '.join(names)}")
                notes += [f"hidden sheets: {', '.join(out)}"] if out else []
                notes += [f"tables of the same form stand in {', '.join(others)}: --sheet reads them"] if others else []
            if read.hidden:
                notes.append(f"hidden rows, read like the others: {', '.join(map(str, sorted(read.hidden)[:10]))}")
            epoch = book.epoch == CALENDAR_MAC_1904
            return Book(read.lines, tuple(names), one.title, notes, epoch, read.shared, read.hidden)
    except unreadable:
        refuse(label, _DAMAGED, _ANEW)


@dataclass(slots=True)
class _Read:
    """What a sheet holds."""

    lines: list[Line]
    notes: list[str]
    shared: set[tuple[int, int]]
    hidden: set[int]


def _choose(stream: BinaryIO, sheets: list[Any], label: str, wanted: str | None) -> tuple[Any, _Read, list[str]]:
    """The sheet that is asked for; else the first visible one with column names, and others of the same names."""
    first: tuple[Any, _Read] | None = None
    best: tuple[Any, _Read] | None = None
    others: list[str] = []
    order = sorted(sheets, key=lambda one: one.sheet_state != "visible") if wanted is None else sheets
    for one in order:
        if wanted not in (None, one.title):
            continue
        if best is not None and one.sheet_state != "visible":
            break
        read = _read_sheet(stream, one, label)
        if not read.lines:
            continue
        first = first or (one, read)
        if best is None and (wanted or names_fields(read.lines)):
            best = (one, read)
        elif best is not None and _heads(read.lines) == _heads(best[1].lines):
            others.append(one.title)
    chosen = best or first
    return (*chosen, others) if chosen else (None, _Read([], [], set(), set()), [])


def _heads(lines: list[Line]) -> tuple[Any, ...]:
    """The column names, of whichever row holds them."""
    return tuple(find_header(lines, "", lines[0][0] if not names_fields(lines) else None).names)


def _guard(stream: BinaryIO, label: str) -> None:
    """Refuse what unpacks to too much, before anything is unpacked."""
    try:
        with zipfile.ZipFile(stream) as package:
            parts = package.infolist()
            if any(part.flag_bits & 1 for part in parts):
                refuse(label, "an encrypted file", "an Excel file without a password")
            size = sum(part.file_size for part in parts)
            if size > MAX_UNZIPPED or len(parts) > _MAX_PARTS:
                refuse(
                    label, f"{size / 1e6:,.0f} MB in {len(parts):,} parts when unpacked",
                    f"at most {MAX_UNZIPPED / 1e6:.0f} MB in {_MAX_PARTS:,} parts",
                )  # fmt: skip
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with package.open(part) as text:
                        _guard_part(text, part.filename, label)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError):
        refuse(label, _DAMAGED, "save an old .xls as .xlsx" if _is_old(stream) else _ANEW)
    stream.seek(0)


def _guard_part(text: IO[bytes], part: str, label: str) -> None:
    """Look through a part's text for what would grow when it is parsed."""
    before, strings = b"", 0
    while chunk := text.read(_CHUNK):
        if not before and b"\0" in chunk[:4]:
            refuse(label, f"UTF-16 in {part}", "a file as Excel writes it")
        if _ENTITY.search(before + chunk):
            refuse(label, f"an entity declaration in {part}", "a file as Excel writes it")
        strings += chunk.count(b"<si>")
        if strings > _MAX_STRINGS:
            refuse(label, f"more than {_MAX_STRINGS:,} different texts", f"at most {_MAX_STRINGS:,}: split the sheet")
        before = chunk[-_OVERLAP:]


def _is_old(stream: BinaryIO) -> bool:
    stream.seek(0)
    return stream.read(4) == b"\xd0\xcf\x11\xe0"


def _read_sheet(stream: BinaryIO, one: Any, label: str) -> _Read:
    found = _scan(stream, one._worksheet_path, label)  # noqa: SLF001
    one.reset_dimensions()
    cells = _with_units(one, label) if _has_units(stream) else _numbered(one, label)
    lines = list(limited(((number, tuple(map(_cell, line))) for number, line in cells), label))
    notes = []
    links = dict(found.links)
    if found.formulas:
        lines, more = _mark_formulas(stream, one.title, lines, label)
        links |= more
        notes.append("cells with formulas hold what Excel last calculated")
    shared: set[tuple[int, int]] = set()
    if found.merged:
        lines, shared = _fill(lines, found.merged, label)
        notes.append(f"{many(len(found.merged), 'merged range')}: every cell of one holds its value")
    if links:
        lines = _add_links(lines, links)
    return _Read(lines, notes, shared, found.hidden & {number for number, _ in lines})


def _add_links(lines: list[Line], links: dict[tuple[int, int], str]) -> list[Line]:
    """Columns of the addresses that cells link to, beside the text that they show."""
    links = {(row, place): link for (row, place), link in links.items() if re.match(r"https?://", link, re.IGNORECASE)}
    cells_of = dict(lines)
    # An address that is shown as it is needs no column.
    new = {
        (row, place): link
        for (row, place), link in links.items()
        if row in cells_of and place < len(cells_of[row]) and str(cells_of[row][place] or "").strip() != link
    }
    if not new:
        return lines
    width = max(len(cells) for _, cells in lines)
    head = find_header(lines, "", None if names_fields(lines) else lines[0][0])
    added = sorted({place for _, place in new})
    named = [head.names[place] if place < len(head.names) else "" for place in added]
    changed: list[Line] = []
    for number, cells in lines:
        own = [new.get((number, place)) for place in added]
        if number == head.row:
            own = [f"{name or 'column'} ({_LINK})" for name in named]
        else:
            # A cell that is an address itself counts where its neighbours' links do.
            own = [
                link or _as_address(cells[place] if place < len(cells) else None)
                for link, place in zip(own, added, strict=True)
            ]
        changed.append((number, (*cells, *[None] * (width - len(cells)), *own)) if any(own) else (number, cells))
    return changed


def _as_address(value: Any) -> str | None:
    return (
        value.strip() if isinstance(value, str) and re.match(r"https?://\S+$", value.strip(), re.IGNORECASE) else None
    )


def _has_units(stream: BinaryIO) -> bool:
    """Whether a number format of the workbook shows words, as ``0.0" кг"``."""
    stream.seek(0)
    with zipfile.ZipFile(stream) as package:
        styles = package.read("xl/styles.xml") if "xl/styles.xml" in package.namelist() else b""
    return any(_WORDS.search(code) for code in _FORMATS.findall(styles))


def _with_units(one: Any, label: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Rows whose numbers hold the words that their format shows."""
    for number, line in enumerate(one.iter_rows(), start=1):
        if len(line) > MAX_COLUMNS and any(cell.value is not None for cell in line[MAX_COLUMNS:]):
            refuse(label, f"more than {MAX_COLUMNS} columns in row {number}", f"at most {MAX_COLUMNS}")
        yield number, tuple(map(_as_shown, line[:MAX_COLUMNS]))


def _as_shown(cell: Any) -> Any:
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        words = re.findall(r'"([^"]*[^\W\d_][^"]*)"', cell.number_format.partition(";")[0])
        if words:
            return f"{value:.15g} {' '.join(word.strip() for word in words)}"
    return value


def _numbered(one: Any, label: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
    for number, line in enumerate(one.iter_rows(values_only=True), start=1):
        if len(line) > MAX_COLUMNS and any(value is not None for value in line[MAX_COLUMNS:]):
            refuse(label, f"more than {MAX_COLUMNS} columns in row {number}", f"at most {MAX_COLUMNS}")
        yield number, line[:MAX_COLUMNS]


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        if not value.strip():
            return None
        if value in _ERRORS:
            return Unread(value, "an error in the spreadsheet's formula")
    return value


@dataclass(slots=True)
class _Scanned:
    """What the text of a sheet says beside its cells."""

    merged: list[_Range]
    formulas: bool
    hidden: set[int]
    links: dict[tuple[int, int], str]


def _scan(stream: BinaryIO, part: str, label: str) -> _Scanned:
    """Merged ranges, formulas, hidden rows and links: found in the text of the sheet, a megabyte at a time.

    A row's number beyond Excel's last one is refused here: whoever reads row by row would count up to it.
    """
    from openpyxl.utils import column_index_from_string as column  # noqa: PLC0415

    merged: dict[_Range, None] = {}
    hidden: set[int] = set()
    linked: dict[tuple[int, int], str] = {}
    formulas, filled = False, 0
    with zipfile.ZipFile(stream) as package, package.open(part.lstrip("/")) as text:
        before = b""
        while chunk := text.read(_CHUNK):
            window = before + chunk
            formulas = formulas or _FORMULA.search(window) is not None
            for left, top, right, bottom in _MERGED.findall(window):
                merged[int(top), column(left.decode()), int(bottom), column(right.decode())] = None
            for tag in _LINKED.findall(window) if len(linked) < _MAX_LINKS else ():
                at, target = _REF.search(tag), _TARGET.search(tag)
                if at and target:
                    linked[int(at[2]), column(at[1].decode()) - 1] = target[1].decode()
            hidden |= {int(row) for row in _HIDDEN.findall(window)}
            filled += chunk.count(b"<v>") + chunk.count(b"<is>")
            if filled > MAX_CELLS:
                refuse(label, f"more than {MAX_CELLS:,} filled cells", f"at most {MAX_CELLS:,}: split the sheet")
            last = max(map(int, _ROW.findall(window)), default=0)
            if last > _EXCEL_ROWS:
                refuse(label, f"row {last:,}", f"at most row {_EXCEL_ROWS:,}, the last that Excel has")
            if len(merged) > _MAX_MERGED:
                refuse(label, f"more than {_MAX_MERGED:,} merged ranges", "fewer; unmerge the cells")
            before = window[-_OVERLAP:]
        targets = _targets(package, part.lstrip("/")) if linked else {}
    links = {cell: targets[key] for cell, key in linked.items() if key in targets}
    return _Scanned(list(merged), formulas, hidden, links)


def _targets(package: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Addresses of a sheet's links, by their key."""
    folder, _, name = part.rpartition("/")
    beside = f"{folder}/_rels/{name}.rels"
    if beside not in package.namelist():
        return {}
    found = {}
    for tag in re.findall(r"<Relationship\b[^>]*>", package.read(beside).decode("utf-8", "replace")):
        key, target = re.search(r'\bId="([^"]*)"', tag), re.search(r'\bTarget="([^"]*)"', tag)
        if key and target:
            found[key[1]] = unescape(target[1])
    return found


def _fill(lines: list[Line], merged: list[_Range], label: str) -> tuple[list[Line], set[tuple[int, int]]]:
    """Put a merged range's value into each of its cells that lies in a row with something in it."""
    numbers = [number for number, _ in lines]
    filled = [list(cells) for _, cells in lines]
    budget = MAX_CELLS
    shared: set[tuple[int, int]] = set()
    for top, left, bottom, right in merged:
        first, last = bisect_left(numbers, top), bisect_right(numbers, bottom)
        if right > MAX_COLUMNS or first == len(numbers) or numbers[first] != top or left > len(filled[first]):
            continue
        value = filled[first][left - 1]
        budget -= (last - first) * (right - left + 1)
        if budget < 0:
            refuse(label, f"merged ranges over more than {MAX_CELLS:,} cells", "fewer; unmerge the cells")
        if last - first > 1 and value is not None:
            shared |= {(number, place) for number in numbers[first:last] for place in range(left - 1, right)}
        for cells in filled[first:last] if value is not None else ():
            cells.extend([None] * (right - len(cells)))
            cells[left - 1 : right] = [value] * (right - left + 1)
    return [(number, tuple(cells)) for number, cells in zip(numbers, filled, strict=True)], shared


def _mark_formulas(
    stream: BinaryIO, title: str, lines: list[Line], label: str
) -> tuple[list[Line], dict[tuple[int, int], str]]:
    """A formula that was never calculated holds nothing: say so, rather than pass it for a blank; and its links."""
    from openpyxl import load_workbook  # noqa: PLC0415

    stream.seek(0)
    one = load_workbook(stream, read_only=True, data_only=False, keep_links=False)[title]
    one.reset_dimensions()
    known = dict(lines)
    marked: list[Line] = []
    links: dict[tuple[int, int], str] = {}
    rows = ((number, tuple(map(_formula, line))) for number, line in _numbered(one, label))
    for number, formulas in limited(rows, label):
        cells = list(known.get(number, ()))
        cells += [None] * (len(formulas) - len(cells))
        for place, formula in enumerate(formulas):
            if not isinstance(formula, str) or not formula.startswith("="):
                continue
            if link := _HYPERLINK.match(formula):
                links[number, place] = link[1].replace('""', '"')
                cells[place] = cells[place] if cells[place] is not None else (link[2] or link[1])
            elif cells[place] is None:
                cells[place] = Unread(
                    formula, "a formula that was never calculated: open the file in Excel and save it"
                )
        if any(value is not None for value in cells):
            marked.append((number, tuple(cells)))
    return marked, links


def _formula(value: Any) -> Any:
    # Array formulas come as objects that hold their text.
    text = getattr(value, "text", None)
    return f"={str(text).lstrip('=')}" if text is not None else _cell(value)
