"""Rows of one sheet of an Excel file, with its merged ranges, links and formulas."""

from __future__ import annotations

import re
import warnings
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from geo.files.limits import DAMAGED, MAX_CELLS, MAX_COLUMNS, limited, refuse, require
from geo.files.tables import unescape_formula
from geo.intake.sheets.headers import find_header, names_fields
from geo.intake.sheets.packages import ANEW, NO_BOOK, Range, Scanned, guard, has_units, scan
from geo.intake.sheets.unread import Unread
from geo.language.plurals import many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.files.limits import Line

__all__ = ["Book", "read_workbook"]

_HYPERLINK = re.compile(r'=HYPERLINK\(\s*"((?:[^"]|"")*)"\s*(?:[,;]\s*"((?:[^"]|"")*)"\s*)?\)', re.IGNORECASE)
_LINK = "link"
_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#GETTING_DATA", "#SPILL!", "#CALC!")


@dataclass(eq=False)
class Book:
    """One sheet of a workbook."""

    lines: list[Line]
    notes: list[str]
    shared: set[tuple[int, int]]  # row and place (from 0) of the cells of ranges that are merged over several rows
    hidden: set[int]  # rows
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    epoch_1904: bool = False


def read_workbook(stream: BinaryIO, label: str, sheet: str | None = None) -> Book:
    """Read one sheet of an Excel file."""
    require("openpyxl", "Excel")
    from openpyxl import load_workbook  # noqa: PLC0415
    from openpyxl.utils.datetime import CALENDAR_MAC_1904  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    guard(stream, label)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            scanned = scan(stream, label)
            book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            names = [one.title for one in book.worksheets]
            if sheet is not None and sheet not in names:
                refuse(label, f"sheet {sheet!r}", f"one of {', '.join(names)}", "sheet")
            read, others = _choose(stream, book.worksheets, label, sheet, scanned)
            if read is None:
                refuse(label, "no cell with anything in it", "a table with a row of column names")
            notes = read.notes
            if len(names) > 1 and sheet is None:
                out = [part.title for part in book.worksheets if part.sheet_state != "visible"]
                notes.insert(0, f"sheet {read.sheet!r} of {len(names)}: {', '.join(names)}")
                notes += [f"hidden sheets: {', '.join(out)}"] if out else []
                notes += [f"tables of the same form stand in {', '.join(others)}: --sheet reads them"] if others else []
            if read.hidden:
                notes.append(f"hidden rows, read like the others: {', '.join(map(str, sorted(read.hidden)[:10]))}")
            read.sheets, read.epoch_1904 = tuple(names), book.epoch == CALENDAR_MAC_1904
            return read
    except (*DAMAGED, InvalidFileException):
        refuse(label, NO_BOOK, ANEW)


def _choose(
    stream: BinaryIO, sheets: list[Any], label: str, wanted: str | None, scanned: dict[str, Scanned]
) -> tuple[Book | None, list[str]]:
    """The sheet that is asked for; else the first visible one with column names, and others of the same names."""
    first: Book | None = None
    best: Book | None = None
    others: list[str] = []
    order = sorted(sheets, key=lambda one: one.sheet_state != "visible") if wanted is None else sheets
    for one in order:
        if wanted not in (None, one.title):
            continue
        if best is not None and one.sheet_state != "visible":
            break
        read = _read_sheet(stream, one, label, scanned[one._worksheet_path.lstrip("/")])  # noqa: SLF001
        if not read.lines:
            continue
        first = first or read
        if best is None and (wanted or names_fields(read.lines)):
            best = read
        elif best is not None and _heads(read.lines) == _heads(best.lines):
            others.append(one.title)
    return best or first, others


def _heads(lines: list[Line]) -> tuple[Any, ...]:
    """The column names, of whichever row holds them."""
    return tuple(find_header(lines, "", lines[0][0] if not names_fields(lines) else None).names)


def _read_sheet(stream: BinaryIO, one: Any, label: str, scanned: Scanned) -> Book:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    one.reset_dimensions()
    cells = _with_units(one) if has_units(stream) else _numbered(one)
    lines = list(limited(((number, tuple(map(_cell, line))) for number, line in cells), label))
    notes = []
    links = dict(scanned.links)
    if scanned.formulas:
        lines, more = _mark_formulas(stream, one.title, lines, label)
        links |= more
        notes.append("cells with formulas hold what Excel last calculated")
    shared: set[tuple[int, int]] = set()
    if scanned.merged:
        lines, shared = _fill(lines, scanned.merged, label)
        notes.append(f"{many(len(scanned.merged), 'merged range')}: every cell of one holds its value")
    if links:
        lines = _add_links(lines, links)
    if scanned.hidden_columns:
        letters = ", ".join(get_column_letter(column) for column in sorted(scanned.hidden_columns)[:10])
        notes.append(f"hidden columns, read like the others: {letters}")
    return Book(lines, notes, shared, scanned.hidden & {number for number, _ in lines}, one.title)


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


def _with_units(one: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Rows whose numbers hold the words that their format shows."""
    for number, line in enumerate(one.iter_rows(), start=1):
        yield number, tuple(map(_as_shown, line[:MAX_COLUMNS]))


def _as_shown(cell: Any) -> Any:
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        shown = re.sub(r"((?:\\[^\W\d_])+)", lambda one: '"' + one[1].replace("\\", "") + '"', cell.number_format)
        if "%" in shown:
            factor = 100 if "%" in re.sub(r'"[^"]*"', "", shown) else 1
            return f"{value * factor:.12g} %"
        words = re.findall(r'"([^"]*[^\W\d_][^"]*)"', shown.partition(";")[0])
        if words:
            # '0,"thousand"' shows 22,000 as "22 thousand".
            scaled = re.search(r"[0#?](,+)(?![0#?,])", shown.partition(";")[0])
            value /= 1000 ** len(scaled[1]) if scaled else 1
            return f"{value:.15g} {' '.join(word.strip() for word in words)}"
    return value


def _numbered(one: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    for number, line in enumerate(one.iter_rows(values_only=True), start=1):
        yield number, line[:MAX_COLUMNS]


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        if not value.strip():
            return None
        if value in _ERRORS:
            return Unread(value, "an error in the spreadsheet's formula")
        return unescape_formula(value)
    return value


def _fill(lines: list[Line], merged: list[Range], label: str) -> tuple[list[Line], set[tuple[int, int]]]:
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
    rows = ((number, tuple(map(_formula, line))) for number, line in _numbered(one))
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
    return f"={str(text).lstrip('=')}" if text is not None else value
