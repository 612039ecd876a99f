"""The zipped parts of an Excel file as text: guarded before they are parsed, and what they say beside the cells."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from typing import IO, BinaryIO
from xml.sax.saxutils import unescape

from geo.files.limits import MAX_CELLS, MAX_UNZIPPED, refuse

__all__ = ["ANEW", "DAMAGED", "Range", "Scanned", "guard", "has_units", "scan"]

DAMAGED, ANEW = "not an Excel workbook, or damaged", "a workbook that opens in Excel: save it anew as .xlsx or .csv"
_CHUNK = 1 << 20
_OVERLAP = 256
_MAX_MERGED = 20_000
_MAX_PARTS = 5_000
_MAX_STRINGS = 1_000_000
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"')
Range = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 1."""

_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]{0,200}?\br="(\d{1,18})"')
_EXCEL_ROWS = 1_048_576
_HIDDEN = re.compile(rb'<(?:\w+:)?row\b(?=[^>]{0,300}?\bhidden="(?:1|true)")[^>]{0,200}?\br="(\d{1,7})"')
_LINKED = re.compile(rb"<(?:\w+:)?hyperlink\b[^>]*>")
_REF = re.compile(rb'\bref="\$?([A-Z]{1,3})\$?(\d{1,7})')
_TARGET = re.compile(rb'\b\w+:id="([^"]{1,100})"')
_MAX_LINKS = 100_000
_FORMATS = re.compile(rb'formatCode="([^"]*)"')
_WORDS = re.compile(rb"&quot;[^&]*[A-Za-z\xd0-\xd3][^&]*&quot;")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_ENTITY = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)


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
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError):
        refuse(label, DAMAGED, "save an old .xls as .xlsx" if _is_old(stream) else ANEW)
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


def has_units(stream: BinaryIO) -> bool:
    """Whether a number format of the workbook shows words, as ``0.0" кг"``."""
    stream.seek(0)
    with zipfile.ZipFile(stream) as package:
        styles = package.read("xl/styles.xml") if "xl/styles.xml" in package.namelist() else b""
    return any(_WORDS.search(code) for code in _FORMATS.findall(styles))


@dataclass(slots=True)
class Scanned:
    """Facts that the text of a sheet tells beside its cells."""

    merged: list[Range]
    formulas: bool
    hidden: set[int]
    links: dict[tuple[int, int], str]


def scan(stream: BinaryIO, part: str, label: str) -> Scanned:
    """Merged ranges, formulas, hidden rows and links: found in the text of the sheet, a megabyte at a time.

    A row's number beyond Excel's last one is refused here: whoever reads row by row would count up to it.
    """
    from openpyxl.utils import column_index_from_string as column  # noqa: PLC0415

    merged: dict[Range, None] = {}
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
    return Scanned(list(merged), formulas, hidden, links)


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
