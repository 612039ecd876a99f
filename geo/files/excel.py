"""A table as an Excel workbook: one sheet with the rows, one that says where they come from; never a formula."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from geo.errors import ShekaraError
from geo.files.tables import as_records, escape_formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

__all__ = ["write_workbook"]

_LONGEST_CELL = 32_767  # of Excel
_MOST_LINKS = 20_000  # Excel opens no workbook with more than 65,530
_WIDEST, _NARROWEST = 60, 8
_TIME = b"2000-01-01T00:00:00Z"  # equal tables are equal files
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_workbook(table: pd.DataFrame, about: Sequence[tuple[str, str]]) -> bytes:
    """Make a workbook of a table and a sheet about it; web addresses in columns ending in ``_url`` are links."""
    try:
        from openpyxl import Workbook  # noqa: PLC0415  (an extra)
    except ModuleNotFoundError as missing:
        if missing.name != "openpyxl":
            raise
        raise ShekaraError("Excel needs openpyxl: pip install 'shekara[intake]'") from None
    book = Workbook(write_only=True)
    names = [str(name) for name in (table.reset_index() if table.index.name is not None else table).columns]
    _write_rows(book.create_sheet("Table"), names, as_records(table))
    beside = book.create_sheet("About")
    beside.column_dimensions["A"].width, beside.column_dimensions["B"].width = 24, 110
    for name, text in about:
        beside.append([_cell(beside, name, bold=True), _cell(beside, text)])
    draft = io.BytesIO()
    book.save(draft)
    return _without_time(draft)


def _write_rows(sheet: Any, names: list[str], rows: list[dict[str, Any]]) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    sheet.freeze_panes = "B2"
    for number, name in enumerate(names, 1):
        longest = max((len(str(row[name])) for row in rows[:200]), default=0)
        width = min(max(longest, len(name), _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(number)].width = width
    if rows:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{len(rows) + 1}"
    sheet.append([_cell(sheet, name, bold=True) for name in names])
    linked = len(rows) <= _MOST_LINKS
    for row in rows:
        sheet.append([_cell(sheet, row[name], link=linked and name.endswith("_url")) for name in names])


def _cell(sheet: Any, value: Any, *, bold: bool = False, link: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415

    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value)
    text = escape_formula(_ILLEGAL.sub("\ufffd", value))
    made = WriteOnlyCell(sheet, text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…")
    made.data_type = "s"  # a text, whatever it begins with
    if bold:
        made.font = Font(bold=True)
    elif link and text.startswith(("http://", "https://")):
        made.hyperlink = text
        made.font = Font(color="00697A", underline="single")
    return made


def _without_time(draft: io.BytesIO) -> bytes:
    """The workbook without the moment at which it was made."""
    file = io.BytesIO()
    with zipfile.ZipFile(draft) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", _TIME, data)
            new.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()
