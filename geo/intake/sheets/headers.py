"""Where a table's column names stand, and which field a name stands for."""

from __future__ import annotations

import datetime as dt
import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.intake.sheets.limits import refuse
from geo.intake.words.vocabularies import plain, table

if TYPE_CHECKING:
    from geo.intake.sheets.limits import Line

__all__ = ["Header", "field_of", "find_header", "split_unit"]

_LOOKED_AT = 30
_WHOLE, _LOWER, _UPPER, _PART = 1.0, 0.9, 0.8, 0.7
_IN_BRACKETS = re.compile(r"\s*[(\[]([^)\]]*)[)\]]\s*$")
_LONG_NAME = 60


@dataclass(frozen=True, slots=True)
class Header:
    """The column names of a table.

    Attributes
    ----------
    names
        One a column, "" where there is none.
    row
        Row of the names in the file.
    first_record
        Place, among the rows, of the first record.
    above
        How many rows above the names hold something.
    """

    names: list[str]
    row: int
    first_record: int
    above: int


def find_header(lines: list[Line], label: str, row: int | None = None) -> Header:
    """Find the row of column names: the one of the first rows that holds most names of fields.

    Parameters
    ----------
    lines
        Rows with something in them.
    label
        Name of the file, for the refusal.
    row
        Where the caller knows it.

    Returns
    -------
    Header
        Names that stand in two rows ("Place" above "Region" and "Town") are joined with " / ".

    Raises
    ------
    InputError
        When ``row`` is not there, or there is nothing.
    """
    if not lines:
        refuse(label, "nothing but blank cells", "a table with a row of column names")
    if row is not None:
        at = next((place for place, (number, _) in enumerate(lines) if number == row), None)
        if at is None:
            refuse(label, f"row {row}", "a row with column names", "header row")
    else:
        scores = [_score(cells) for _, cells in lines[:_LOOKED_AT]]
        at = scores.index(max(scores))
        if max(scores) == 0:
            widest = max(len(cells) for _, cells in lines[:_LOOKED_AT])
            at = next(place for place, (_, cells) in enumerate(lines) if 2 * len(cells) > widest)
    number, cells = lines[at]
    names = [_name(cell) for cell in cells]
    first = at + 1
    below = lines[first][1] if first < len(lines) and lines[first][0] == number + 1 else ()
    above = lines[at - 1][1] if at and lines[at - 1][0] == number - 1 else ()
    if _is_second_row(cells, below):
        names, first = _join(cells, below), first + 1
    elif _is_second_row(above, cells) and _score(above):
        names = _join(above, cells)
        at -= 1
    return Header(names, number, first, at)


def field_of(name: str) -> tuple[str, float]:
    """Which field a column's name stands for.

    Parameters
    ----------
    name
        As it stands in the table.

    Returns
    -------
    tuple
        The field, "" for none, and how sure that is: 1 for a name in the list, less for a part of the name.

    Examples
    --------
    >>> field_of("Дата задержания"), field_of("Вес, кг"), field_of("Colour")
    (('date', 1.0), ('quantity', 1.0), ('', 0.0))
    """
    known = _names()
    whole = plain(name)
    if whole in known:
        return known[whole], _WHOLE
    stem = plain(split_unit(name)[0])
    if stem in known:
        return known[stem], _WHOLE
    upper, over, lower = name.rpartition(" / ")
    if over and (found := field_of(lower))[0]:
        # Of a name over two rows the lower part is the nearer one.
        return found[0], _LOWER * found[1]
    if over and (found := field_of(upper))[0]:
        return found[0], _UPPER * found[1]
    words = f" {whole} "
    parts = [(len(phrase), field) for phrase, field in known.items() if len(phrase) > 2 and f" {phrase} " in words]  # noqa: PLR2004
    if parts and len(whole) <= _LONG_NAME:
        return max(parts)[1], _PART
    return "", 0.0


def split_unit(name: str) -> tuple[str, str]:
    """A column's name without the unit that it states, and the unit's text.

    Examples
    --------
    >>> split_unit("Вес, кг"), split_unit("Количество (тыс. пачек)"), split_unit("Дата")
    (('Вес', 'кг'), ('Количество', 'тыс. пачек'), ('Дата', ''))
    """
    found = _IN_BRACKETS.search(name)
    if found:
        return name[: found.start()].strip(), found[1].strip()
    head, comma, tail = name.rpartition(",")
    if comma:
        return head.strip(), tail.strip()
    return name.strip(), ""


@functools.cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for field, words in table("headers").items():
        for word in (field, *words):
            key = plain(word) or word
            names.setdefault(key, field)
    return names


def _name(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime | dt.date):
        return cell.isoformat()[:10]
    return " ".join(str(cell).split())


def _score(cells: tuple[Any, ...]) -> float:
    """How many different fields the cells of a row name."""
    texts = dict.fromkeys(cell for cell in cells if isinstance(cell, str) and len(cell) <= _LONG_NAME)
    found: dict[str, float] = {}
    for text in texts:
        field, sure = field_of(text)
        if field:
            found[field] = max(found.get(field, 0), sure)
    return sum(found.values())


def _is_second_row(upper: tuple[Any, ...], lower: tuple[Any, ...]) -> bool:
    """Whether two rows make one header: where the upper one is blank or spread out, the lower names columns."""
    if not upper or not lower or not all(cell is None or isinstance(cell, str) for cell in lower):
        return False
    parents = _spread(upper, len(lower))
    spread = [
        place
        for place in range(len(lower))
        if lower[place] is not None
        and (place >= len(upper) or upper[place] is None or parents.count(parents[place]) > 1)
        and lower[place] != (upper[place] if place < len(upper) else None)
    ]
    named = [place for place in spread if field_of(_name(lower[place]))[0]]
    return len(named) >= 1 and 2 * len(named) >= len(spread) and _score(lower) >= 1


def _spread(cells: tuple[Any, ...], width: int) -> list[str]:
    """Names that reach over the blank cells to their right."""
    names, last = [], ""
    for place in range(width):
        text = _name(cells[place]) if place < len(cells) else ""
        last = text or last
        names.append(last)
    return names


def _join(upper: tuple[Any, ...], lower: tuple[Any, ...]) -> list[str]:
    width = max(len(upper), len(lower))
    parents = _spread(upper, width)
    names = []
    for place in range(width):
        own = _name(upper[place]) if place < len(upper) else ""
        child = _name(lower[place]) if place < len(lower) else ""
        parent = parents[place]
        names.append(own if not child or child == own else f"{parent} / {child}" if parent else child)
    return names
