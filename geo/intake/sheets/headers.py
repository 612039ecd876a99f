"""Header of a table: the row of its column names, and the field that a name stands for."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from geo.files.limits import refuse
from geo.intake.words.amounts import names_home_money, read_unit
from geo.intake.words.cells import tidy
from geo.intake.words.folding import fold
from geo.intake.words.vocabularies import plain, table
from geo.paths import of_country

if TYPE_CHECKING:
    from geo.files.limits import Line

__all__ = ["Header", "field_of", "find_header", "names_fields", "says_otherwise", "second_header", "split_unit"]

_LOOKED_AT = 30
_SEARCHED = 20_000
_LEAST_NAMES = 3
_WHOLE, _LOWER, _UPPER, _PART, _CUT = 1.0, 0.9, 0.8, 0.7, 0.65
_CUT_FROM, _CUT_TO = 8, 10
# "incident/goods", "place-Latitude", "group:date": a form's groups stand before the question.
_PATH = re.compile(r"(?<=\w)[/:](?=\w)|(?<=\w)-(?=[A-Z])")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SHORTEST = 4
_SUFFIX = re.compile(r"[\s_]*(?:txt|\d)$", re.IGNORECASE)
_COUNTED = re.compile(r"(?:number|count|no|amount|кол во|количество|число)\s+(?:of\s+)?(.+)")
_GOODS_WORD = re.compile(
    r"goods|items|seized|commodit|product|товар|груз|изъят|единиц|продукц|предмет|вещ|drug|narcot|наркот"
)
_IN_BRACKETS = re.compile(r"\s*[(\[]([^)\]]*)[)\]][\s?:]*$")
_LONG_NAME = 60
_A_VALUE = re.compile(r"https?://|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Header:
    """The column names of a table."""

    names: list[str]  # "" where there is none
    row: int  # in the file
    first_record: int  # its place among the rows
    above: int  # rows above the names that hold something


def find_header(lines: list[Line], label: str, row: int | None = None) -> Header:
    """Find the row of column names: the one of the first rows that holds most names of fields."""
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
            values = sum(isinstance(cell, str) and _A_VALUE.search(cell) is not None for cell in lines[at][1])
            if values or sum(isinstance(cell, int | float | dt.date) for cell in lines[at][1]) > 1:
                refuse(
                    label, f"no row of column names: row {lines[at][0]} is a record",
                    "a row of column names above the records, as Дата, Товар, Место, Источник",
                )  # fmt: skip
    number, cells = lines[at]
    names = [_name(cell) for cell in cells]
    first = at + 1
    below = lines[first][1] if first < len(lines) and lines[first][0] == number + 1 else ()
    above = lines[at - 1][1] if at and lines[at - 1][0] == number - 1 else ()
    if _is_second_row(cells, below):
        names, first = _join(cells, below), first + 1
    elif _holds_units(names, below):
        units = [_name(cell) for cell in below]
        names = [
            f"{name}, {unit}" if _is_amount(name, unit) else name
            for name, unit in zip_longest(names, units, fillvalue="")
        ]
        first += 1
    elif _is_second_row(above, cells) and _score(above):
        names = _join(above, cells)
        at -= 1
    return Header(names, number, first, at)


def names_fields(lines: list[Line]) -> bool:
    """Whether one of the first rows names fields of a table of incidents."""
    return max((_score(cells) for _, cells in lines[:_LOOKED_AT]), default=0) >= _LEAST_NAMES - 1


def second_header(records: list[Line], names: list[str]) -> int | None:
    """Row among the records at which another table begins: one that names other fields of a table."""
    own = {name.casefold() for name in names}
    for place, (_, cells) in enumerate(records[:_SEARCHED]):
        texts = [cell for cell in cells if cell is not None]
        if len(texts) < _LEAST_NAMES or not all(isinstance(text, str) and len(text) <= _LONG_NAME for text in texts):
            continue
        if {_name(text).casefold() for text in texts} <= own:
            continue
        exact = [
            field
            for text in texts
            if not _A_VALUE.search(text) and (field := _named_in_full(text)) != "stamp" and field
        ]
        if len(set(exact)) >= _LEAST_NAMES and 2 * len(exact) > len(texts):
            return place
    return None


def field_of(name: str) -> tuple[str, float]:
    """Field that a column's name stands for.

    Examples
    --------
    >>> field_of("Дата задержания"), field_of("Вес, кг"), field_of("Colour")
    (('date', 1.0), ('quantity', 1.0), ('', 0.0))
    """
    if field := _named_in_full(name):
        return _unless_stamp(field, _WHOLE)
    upper, over, lower = name.rpartition(" / ")
    whole = plain(_PATH.split(name)[-1])
    if over and (field_score := field_of(lower))[0]:
        # Of a name over two rows the lower part is the nearer one.
        return field_score[0], _LOWER * field_score[1]
    if over and (field_score := field_of(upper))[0]:
        return field_score[0], _UPPER * field_score[1]
    if len(whole) > _LONG_NAME:
        return "", 0.0
    return _by_head(whole) or _by_beginning(name) or _in_latin(whole) or ("", 0.0)


def _named_in_full(name: str) -> str:
    """The field that all of a name stands for, but for its groups, its unit and a number at its end."""
    known = _names()
    if plain(name) in known:
        return known[plain(name)]
    path, two = _PATH.split(name)[-1], " ".join(_PATH.split(name)[-2:])
    stem, unit = split_unit(name)
    if known.get(plain(stem)) == "goods" and read_unit(unit):
        # "Seized, kg" tells how much.
        return "quantity"
    texts = (plain(two), plain(path), plain(stem), plain(_SUFFIX.sub("", path)), plain(_CAMEL.sub(" ", path)))
    return next((known[text] for text in texts if text in known), "")


def _by_head(whole: str) -> tuple[str, float] | None:
    """The field of a name's head word: in English and Kazakh the last one before "of", in Russian the first."""
    words = whole.split()
    if _says(whole, "words"):
        return ("personal", _PART) if _says(whole, "persons") else None
    if words and (axis := _names().get(words[0], "")) in ("lat", "lon"):
        # Epicollect's "lat_4_Location".
        return axis, _PART
    if counted := _COUNTED.fullmatch(whole):
        # The number of what? Of goods or of their units, else of something that is no quantity.
        return ("quantity", _PART) if _GOODS_WORD.match(counted[1]) or read_unit(counted[1]) else None
    known = _names()
    english = re.sub(r"\s+(?:of|in|at|by|where|for|from|to|on|during)\s.*$", "", whole).split()
    kazakh = any(letter in whole for letter in "әғқңөұүһі")
    for length in range(min(4, len(words)), 0, -1):
        last, first = " ".join(english[-length:]), " ".join(words[:length])
        for phrase in (last, first):
            latin = phrase.isascii()
            if phrase not in known or len(phrase) <= 2 or (phrase is first is not last and (latin or kazakh)):  # noqa: PLR2004
                continue
            if phrase is last and not latin and not kazakh and phrase != first:
                continue
            return _unless_stamp(known[phrase], _PART)
    return None


def _unless_stamp(field: str, score: float) -> tuple[str, float]:
    """A field and its score; a time stamp is a date where nothing better is one."""
    return ("date", _CUT) if field == "stamp" else (field, score)


def _in_latin(whole: str) -> tuple[str, float] | None:
    """The field of a Russian or Kazakh name that is written in Latin letters ("Mólsheri")."""
    key = fold(whole)
    return (_folded_names()[key], _PART) if len(key) > _SHORTEST and key in _folded_names() else None


@of_country()
def _folded_names() -> dict[str, str]:
    return {fold(word): field for word, field in _names().items() if not word.isascii() and field != "stamp"}


def _by_beginning(name: str) -> tuple[str, float] | None:
    """The field of a name that was cut off after ten characters, as Shapefiles cut names."""
    bare = re.sub(r"_\d{1,2}$", "", name.strip())
    cut = plain(bare)
    if not _CUT_FROM <= len(name.strip()) <= _CUT_TO or len(cut) < _CUT_FROM - 2:
        return None
    fields = {field for phrase, field in _names().items() if phrase.startswith(cut)} - {"events", "personal"}
    head, _, rest = cut.rpartition(" ")
    if not fields and len(rest) == 1 and head in _names():
        fields = {_names()[head]}
    return (fields.pop(), _CUT) if len(fields) == 1 else None


def _says(whole: str, kind: str) -> bool:
    """Whether one of the words or phrases that set a column apart stands in a name."""
    return any(f" {phrase} " in f" {whole} " for phrase in table("headers")["apart"][kind])


def says_otherwise(name: str) -> bool:
    """Whether a name says that its column is none of an incident's: an origin, an accuracy, a photo."""
    return field_of(name)[0] == "" and _says(plain(name), "words")


def split_unit(name: str) -> tuple[str, str]:
    """A column's name without the unit that it states, and the unit's text.

    Examples
    --------
    >>> split_unit("Вес, кг"), split_unit("Количество (тыс. пачек)"), split_unit("Дата")
    (('Вес', 'кг'), ('Количество', 'тыс. пачек'), ('Дата', ''))
    >>> split_unit("qty_kg")
    ('qty', 'kg')
    """
    match = _IN_BRACKETS.search(name)
    if match:
        return name[: match.start()].strip(), match[1].strip()
    head, comma, tail = name.rpartition(",")
    if comma:
        return head.strip(), tail.strip()
    # "qty_kg", "Вес кг": an amount's name and a unit.
    stem, _, last = name.strip().replace("_", " ").rpartition(" ")
    stem = re.sub(r" (?:in|в|во)$", "", stem)
    amount = _names().get(plain(stem)) in ("quantity", "value_home") and plain(name) not in _names()
    return (stem, last) if amount and (read_unit(last) or names_home_money(last)) else (name.strip(), "")


@of_country()
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for field, words in table("headers").items():
        # A stamp may be on a letter.
        for word in words if field == "stamp" else (field, *words) if field != "apart" else ():
            key = plain(word) or word
            names.setdefault(key, field)
    return names


def _name(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime | dt.date):
        return cell.isoformat()[:10]
    return " ".join(tidy(str(cell)).split())


def _score(cells: tuple[Any, ...]) -> float:
    """Number of different fields that the cells of a row name."""
    texts = dict.fromkeys(cell for cell in cells if isinstance(cell, str) and len(cell) <= _LONG_NAME)
    scores: dict[str, float] = {}
    for text in texts:
        field, sure = field_of(text)
        if field and not _A_VALUE.search(text):
            scores[field] = max(scores.get(field, 0), sure)
    return sum(scores.values())


def _is_second_row(upper: tuple[Any, ...], lower: tuple[Any, ...]) -> bool:
    """Whether two rows make one header: where the upper one is blank or spread out, the lower names columns."""
    texts = all(cell is None or (isinstance(cell, str) and not _A_VALUE.search(cell)) for cell in lower)
    if not upper or not lower or not texts:
        return False
    parents = _spread(upper, len(lower))
    beneath = [parent for parent, cell in zip(parents, lower, strict=True) if cell is not None]
    spread = [
        place
        for place in range(len(lower))
        if lower[place] is not None
        and (place >= len(upper) or upper[place] is None or beneath.count(parents[place]) > 1)
        and lower[place] != (upper[place] if place < len(upper) else None)
    ]
    named = [place for place in spread if field_of(_name(lower[place]))[0]]
    return len(named) >= 1 and 2 * len(named) >= len(spread) and _score(lower) >= 1


def _holds_units(names: list[str], below: tuple[Any, ...]) -> bool:
    """Whether the row beneath the names holds units of amounts, and no values."""
    texts = [cell for cell in below if cell is not None]
    plain_words = all(isinstance(text, str) and not re.search(r"\d|://", text) for text in texts)
    return bool(texts) and plain_words and any(map(_is_amount, names, map(_name, below)))


def _is_amount(name: str, unit: str) -> bool:
    kind = field_of(name)[0] if not split_unit(name)[1] else ""
    money = any(map(names_home_money, unit.split()))
    return (kind == "quantity" and read_unit(unit) is not None) or (kind == "value_home" and money)


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
