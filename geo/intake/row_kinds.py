"""Rows of a table that are records, not totals, headings or repeated names; and the meaning of ditto marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from geo.intake.sheets.headers import field_of, split_unit
from geo.intake.sheets.unread import Unread
from geo.intake.words.amounts import read_unit
from geo.intake.words.cells import show_cell
from geo.intake.words.terms import read_goods
from geo.intake.words.vocabularies import plain, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from geo.intake.mapping import Mapping
    from geo.intake.sheets.sheet import Sheet

__all__ = ["fill_dittos", "heading", "no_record", "totals_reason"]

_TOTAL = re.compile(
    r"(?:итого|всего|total|grand\s+total|sub-?total|барлығы|жиыны|жиынтығы|подытог|сумма|合计)(?:\s+(?:по|за|в|for|of|in)\s.{1,60}|\s+\d{4}.{0,20})?[\s:.]*",
    re.IGNORECASE,
)
_DITTO = re.compile(
    r"[-–—_\s]*(?://|\|\||″|〃|\"(?:[-\s]*\")?|''|,,|[„”“«»])[-–—_\s]*|-/-|то же(?: самое)?|тогда же|там же|тот же|"
    r"та же|аналогично|см\. выше|ditto|do\.|idem|(?:same )?as above|same|сол жерде|дәл сол|同上",
    re.IGNORECASE,
)
_PART_OF = re.compile(r"(?:в\s+т\.?\s?ч\b|в том числе|из них|оның ішінде|of which|including|thereof)", re.IGNORECASE)
_YEAR_NAME = re.compile(r"(?:19|20)\d{2}(?:\s*(?:г|год|year|ж|жыл)\.?)?")
_MOST_HEADING = 80


def fill_dittos(values: list[Any]) -> list[Any]:
    """A column with what its ditto marks stand for: the cell above; a mark with nothing above it is unread."""
    if not any(isinstance(value, str) and _DITTO.fullmatch(value.strip()) for value in values):
        return values
    filled: list[Any] = []
    last: Any = None
    for value in values:
        mark = isinstance(value, str) and _DITTO.fullmatch(value.strip()) is not None
        own = value if not mark else last if last is not None else Unread(str(value), "a ditto mark with nothing above")
        filled.append(own)
        if value is not None and not (isinstance(value, str) and _TOTAL.fullmatch(value.strip())):
            last = own
    return filled


def no_record(cells: dict[str, Any], whole: tuple[Any, ...], headings: set[str]) -> str:
    """Reason why a row is no record: a total, or the column names once more."""
    texts = [value.strip() for value in whole if isinstance(value, str)]
    if texts and _TOTAL.fullmatch(texts[0]):
        return "a total, not a record"
    if len(texts) > 1 and all(text.casefold() in headings for text in texts):
        return "the column names once more"
    if texts and all(re.fullmatch(r":?-{2,}:?", text) for text in texts):
        return "a line, not a record"
    numbers = [show_cell(value).strip() for value in whole]
    if len(numbers) > 2 and numbers == [str(place) for place in range(1, len(numbers) + 1)]:  # noqa: PLR2004
        return "the columns' numbers, not a record"
    if any(isinstance(cells.get(field), str) and _PART_OF.match(cells[field].strip()) for field in ("goods", "title")):
        return "a part of the row above (of which), not a record"
    return _withdrawn(cells, whole[0], texts)


def _withdrawn(cells: dict[str, Any], first: Any, texts: list[str]) -> str:
    """Reason why a row is not meant to count: it is commented out, void, or an example."""
    words = table("choices")["withdrawn"]
    if isinstance(first, str) and re.match(r"#\s+\S|//(?:\s+\S|\d)", first):
        return "a row that is commented out"
    if void := next((text for text in texts if plain(text) in words["void"]), ""):
        return f"marked as {void!r}, not a record"
    read = [re.split("[:–—]", text)[0] for text in cells.values() if isinstance(text, str)]
    return "an example, not a record" if any(plain(text) in words["example"] for text in read) else ""


def heading(whole: tuple[Any, ...]) -> str:
    """The text of a row that holds nothing else; "" for a row with more, or with a figure."""
    given = [value for value in whole if value is not None]
    if len(given) == 1 and isinstance(given[0], str) and whole[0] is not None and len(given[0]) <= _MOST_HEADING:
        return given[0].strip()
    same = set(map(show_cell, given))
    merged = len(given) > 1 and len(same) == 1 and isinstance(given[0], str) and len(given) == len(whole)
    return given[0].strip() if merged else ""


def totals_reason(sheet: Sheet, mapping: Mapping) -> str:
    """Reason why a table is none of incidents: it counts them, or its records stand in columns; "" where it is one."""
    years = [name for name in sheet.columns if _YEAR_NAME.fullmatch(name.strip())]
    numbers = [name for name in years if _mostly(sheet.cells[name], _is_number)]
    if len(numbers) > 1 and "date" not in mapping.columns:
        return f"columns of years ({', '.join(numbers)}): a table of totals, not of incidents"
    counts = [re.sub(r"[\s,]", "", show_cell(value)) for value in sheet.cells[mapping.events]] if mapping.events else []
    if any(re.fullmatch(r"\d+(?:\.0+)?", text) and float(text) > 1 for text in counts):
        return f"column {mapping.events!r} counts events: a table of totals, not of incidents"
    wide = [name for name in sheet.columns if _is_goods(name) and _mostly(sheet.cells[name], _is_number)]
    if len(wide) > 1 and mapping.columns.get("goods") in (None, *wide):
        return f"columns of goods ({', '.join(wide)}): write a row for each, with the goods' name and its amount"
    first = [str(value) for value in sheet.cells.iloc[:, 0] if isinstance(value, str)] if len(sheet.columns) else []
    names = {field_of(text)[0] for text in first if field_of(text)[1] == 1} - {"", "personal", "events", "row_number"}
    known = {field_of(name)[0] for name in sheet.columns} - {"", "row_number"}
    if len(names) > 2 and len(names) > len(known):  # noqa: PLR2004
        return "fields in the first column: the records stand in columns; transpose the table (in Excel: paste, transposed)"  # noqa: E501
    return ""


def _is_goods(name: str) -> bool:
    """Whether a column is named after goods and their unit: "Гашиш, кг"."""
    stem, unit = split_unit(name)
    return read_unit(unit) is not None and read_goods(stem).category not in ("", "other")


def _mostly(values: Iterable[Any], test: Callable[[Any], bool]) -> bool:
    given = [value for value in values if value is not None]
    return bool(given) and 2 * sum(map(test, given)) > len(given)


def _is_number(value: Any) -> bool:
    return re.fullmatch(r"[\d\s.,]+", show_cell(value)) is not None
