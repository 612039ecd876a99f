"""The zipped parts of an Excel file: guarded before they are parsed, and what they say beside the cells."""

from __future__ import annotations

import functools
import re
import zipfile
from dataclasses import dataclass, field
from typing import IO, BinaryIO
from xml.parsers import expat

from geo.files.limits import DAMAGED, MAX_CELLS, MAX_COLUMNS, MAX_UNZIPPED, refuse

__all__ = ["ANEW", "NO_BOOK", "Range", "Scanned", "guard", "has_units", "scan"]

NO_BOOK, ANEW = "not an Excel workbook, or damaged", "a workbook that opens in Excel: save it anew as .xlsx or .csv"
_CHUNK = 1 << 20
_OVERLAP = 256
_MAX_MERGED = 20_000
_MAX_PARTS = 5_000
_MAX_STRINGS = 1_000_000
_MAX_LINKS = 100_000
_MAX_BLANK = 600_000  # rows and cells with nothing in them, beside twice those that have something
_MAX_REACH = 30_000_000  # cells up to the last one of each row: what its reader makes of them
_LONGEST = len("XFD1048576")
_EXCEL_ROWS, _EXCEL_COLUMNS = 1_048_576, 16_384
Range = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 1."""

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_STRING = re.compile(rb"<(?:\w+:)?si[\s/>]")
_ENTITY = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)
_PERCENTAGES = ("9", "10")  # formats that every workbook has
_WORDS = re.compile(r'"[^"]*[^\W\d_][^"]*"|\\[^\W\d_]')


def guard(stream: BinaryIO, label: str) -> None:
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
    except DAMAGED:
        refuse(label, NO_BOOK, ANEW)
    stream.seek(0)


def _guard_part(text: IO[bytes], part: str, label: str) -> None:
    """Look through a part's text for what would grow when it is parsed."""
    before, strings = b"", 0
    while chunk := text.read(_CHUNK):
        if not before and b"\0" in chunk[:4]:
            refuse(label, f"UTF-16 in {part}", "a file as Excel writes it")
        if _ENTITY.search(before + chunk):
            refuse(label, f"an entity declaration in {part}", "a file as Excel writes it")
        strings += len(_STRING.findall(chunk))
        if strings > _MAX_STRINGS:
            refuse(label, f"more than {_MAX_STRINGS:,} different texts", f"at most {_MAX_STRINGS:,}: split the sheet")
        before = chunk[-_OVERLAP:]


def has_units(stream: BinaryIO) -> bool:
    """Whether a number format of the workbook shows words or percentages, as ``0.0" кг"``."""
    stream.seek(0)
    with zipfile.ZipFile(stream) as package:
        elements = _elements(package, "xl/styles.xml")
    return any(
        _WORDS.search(attributes.get("formatCode", "")) or attributes.get("numFmtId") in _PERCENTAGES
        for name, attributes in elements
        if name in ("numFmt", "xf")
    )


@dataclass(slots=True)
class Scanned:
    """Facts that a sheet tells beside its cells: merged ranges, formulas, hidden rows and columns, links."""

    merged: list[Range]
    formulas: bool = False
    hidden: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    links: dict[tuple[int, int], str] = field(default_factory=dict)


def scan(stream: BinaryIO, label: str) -> dict[str, Scanned]:
    """Count every sheet's rows and cells as they are parsed, blank ones too, and collect what it tells beside them.

    Whoever reads row by row would count up to a row's number, and fill it up to its last cell.
    """
    stream.seek(0)
    scanned = {}
    with zipfile.ZipFile(stream) as package:
        for part in package.namelist():
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                counted = _Counted(label)
                with package.open(part) as text:
                    _parse(text, counted.start)
                targets = _targets(package, part) if counted.keys else {}
                scanned[part] = counted.found
                scanned[part].links = {cell: targets[key] for cell, key in counted.keys.items() if key in targets}
    return scanned


class _Counted:
    """Counts of a sheet that is parsed; a class because they hold from one element to the next."""

    def __init__(self, label: str) -> None:
        self.label, self.found = label, Scanned([])
        self.keys: dict[tuple[int, int], str] = {}
        self.row = self.column = self.raw = self.filled = self.reach = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: C901, PLR0912
        name = tag.rpartition(":")[2]
        if name == "c":
            self._cell(attributes.get("r", ""))
        elif name in ("v", "is"):
            self.filled += 1
            if self.filled > MAX_CELLS:
                refuse(self.label, f"more than {MAX_CELLS:,} filled cells", f"at most {MAX_CELLS:,}: split the sheet")
            if self.column > MAX_COLUMNS:
                refuse(self.label, f"more than {MAX_COLUMNS} columns in row {self.row}", f"at most {MAX_COLUMNS}")
        elif name == "row":
            self._row(attributes)
        elif name == "f":
            self.found.formulas = True
        elif name == "mergeCell":
            ends = [_place(one) for one in attributes.get("ref", "").split(":")]
            if len(ends) == 2 and all(ends):  # noqa: PLR2004
                self.found.merged.append((*ends[0], *ends[1]))  # type: ignore[misc]
            if len(self.found.merged) > _MAX_MERGED:
                refuse(self.label, f"more than {_MAX_MERGED:,} merged ranges", "fewer; unmerge the cells")
        elif name == "hyperlink" and len(self.keys) < _MAX_LINKS:
            at = _place(attributes.get("ref", "").partition(":")[0])
            key = next((value for one, value in attributes.items() if one.endswith(":id")), "")
            if at and key:
                self.keys[at[0], at[1] - 1] = key
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = (attributes.get(end, "0") for end in ("min", "max"))
            if first.isdecimal() and last.isdecimal():
                self.found.hidden_columns |= set(range(int(first), min(int(last), MAX_COLUMNS) + 1))

    def _row(self, attributes: dict[str, str]) -> None:
        before, number = self.row, attributes.get("r")
        try:
            self.row = before + 1 if number is None else int(float(number))
        except (ValueError, OverflowError):
            self.row = _EXCEL_ROWS + 1
        if self.row > _EXCEL_ROWS:
            written = f"{self.row:,}" if str(number).isdecimal() or number is None else str(number)[:20]
            refuse(self.label, f"row {written}", f"at most row {_EXCEL_ROWS:,}, the last that Excel has")
        if self.row <= before:
            refuse(self.label, f"row {self.row} after row {before}", ANEW)
        self.column = 0
        self._check()
        if attributes.get("hidden") in ("1", "true"):
            self.found.hidden.add(self.row)

    def _cell(self, reference: str) -> None:
        column = _column(reference.rstrip("0123456789")) if reference else self.column + 1
        if not 0 < column <= _EXCEL_COLUMNS or len(reference) > _LONGEST:
            refuse(self.label, f"a cell called {reference[:20]!r}", ANEW)
        self.reach += max(column - self.column, 0)
        self.column = column
        self._check()

    def _check(self) -> None:
        """Refuse what would be parsed for nothing."""
        self.raw += 1
        if self.raw - 3 * self.filled > _MAX_BLANK or self.reach > _MAX_REACH:
            refuse(
                self.label, f"more than {_MAX_BLANK:,} blank rows and cells", "the table alone: copy it to a new sheet"
            )


def _place(reference: str) -> tuple[int, int] | None:
    """Row and column, from 1, of a cell."""
    match = _CELL.fullmatch(reference)
    if match is None:
        return None
    return int(match[2]), _column(match[1])


@functools.cache
def _column(letters: str) -> int:
    """Number of a column, from 1; 0 for none."""
    if not re.fullmatch("[A-Za-z]{1,3}", letters):
        return 0
    return functools.reduce(lambda number, letter: 26 * number + ord(letter) - 64, letters.upper(), 0)


def _parse(text: IO[bytes], start: object) -> None:
    """Parse XML piece by piece."""

    def declared(*_: object) -> None:
        raise ValueError("a type of document")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.StartDoctypeDeclHandler = start, declared  # type: ignore[assignment]
    try:
        while chunk := text.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from None


def _elements(package: zipfile.ZipFile, part: str) -> list[tuple[str, dict[str, str]]]:
    """Every element of a small part: its name without a prefix, and its attributes."""
    elements: list[tuple[str, dict[str, str]]] = []
    if part in package.namelist():
        with package.open(part) as text:
            _parse(text, lambda tag, attributes: elements.append((tag.rpartition(":")[2], attributes)))
    return elements


def _targets(package: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Addresses of a sheet's links, by their key."""
    folder, _, name = part.rpartition("/")
    related = _elements(package, f"{folder}/_rels/{name}.rels")
    return {relation["Id"]: relation["Target"] for _, relation in related if {"Id", "Target"} <= set(relation)}
