"""Sentences before they are said: a key of the catalogue with what its placeholders stand for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING, Any

from geo.language import figures
from geo.language.catalogue import LANGUAGES, read_words, say
from geo.language.numbers import write_exact, write_percent, write_percents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

__all__ = [
    "Figure", "Number", "Phrase", "Phrases", "in_a_row", "inside", "join_all", "pack_phrase", "phrase",
    "write_figure", "write_packed", "write_phrase", "write_phrases",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it was stated.

    Attributes
    ----------
    value, unit
        ``case``, a unit of goods or one that only statements have; cases are a bare number.
    """

    value: float
    unit: str = "case"

    def __str__(self) -> str:
        return write_figure("en", self)


@dataclass(frozen=True, slots=True)
class Number:
    """A number that each language writes by a rule of :mod:`geo.language.figures`.

    Attributes
    ----------
    how
        ``figure``, ``bound``, ``ends``, ``ratio``, ``ratios``, ``rank``, ``ordinal``, or in per cent ``share`` and
        ``shares``.
    values
        What the rule takes.
    """

    how: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence, or a part of one, that any language can say.

    Attributes
    ----------
    key
        Of the catalogue.
    values
        Pairs of a placeholder and its value; phrases in a row stand behind commas.
    within
        Whether it stands within another sentence, and begins small.
    """

    key: str
    values: tuple[tuple[str, Value], ...] = ()
    within: bool = False

    def __str__(self) -> str:
        return write_phrase("en", self)


Phrases = tuple[Phrase, ...]
Names = dict[str, str]
Value = str | float | Figure | Number | Names | Phrase | Phrases


def phrase(key: str, **values: Value) -> Phrase:
    """Make a phrase.

    Examples
    --------
    >>> str(phrase("statement.cover", n=7, total=Figure(17541)))
    'coverage at most 7/17,541'
    """
    return Phrase(key, tuple(values.items()))


def join_all(values: Sequence[Value]) -> Value:
    """Join values by "and".

    Examples
    --------
    >>> str(join_all(["Art. 234", "Art. 286"]))
    'Art. 234 and Art. 286'
    """
    first, *rest = values
    return reduce(lambda one, other: phrase("and", a=one, b=other), rest, first)


def in_a_row(values: Iterable[Value], sign: str = ", ") -> Names:
    """Values one after the other, in every language.

    Examples
    --------
    >>> in_a_row([{"en": "Russia", "ru": "Россия", "kk": "Ресей"}, "2024"], "; ")["ru"]
    'Россия; 2024'
    """
    values = list(values)
    return {lang: sign.join(str(_write(lang, value)) for value in values) for lang in LANGUAGES}


def inside(whole: Phrase) -> Phrase:
    """Make the same phrase to stand within another sentence."""
    return replace(whole, within=True)


def write_phrases(lang: str, phrases: Iterable[Phrase]) -> str:
    """Say sentences one after the other."""
    return " ".join(write_phrase(lang, one) for one in phrases)


def write_phrase(lang: str, one: Phrase) -> str:
    """Say a phrase in ``en``, ``ru`` or ``kk``."""
    text = say(lang, one.key, **{name: _write(lang, value) for name, value in one.values})
    return text[0].lower() + text[1:] if one.within else text


def write_figure(lang: str, figure: Figure) -> str:
    r"""Write a figure with its unit.

    Examples
    --------
    >>> [write_figure("en", figure) for figure in (Figure(17541), Figure(2.5, "kg"), Figure(9, "country"))]
    ['17,541', '2.5 kg', '9 countries']
    """
    number = write_exact(lang, figure.value)
    if figure.unit == "case":
        return number
    own = f"statement.unit.{figure.unit}"
    key = own if own in read_words(lang) else f"unit.{figure.unit}"
    return f"{number} {say(lang, key, n=figure.value)}"


def pack_phrase(one: Phrase) -> dict[str, Any]:
    """A phrase as JSON has it: its key, and its values as they are, as names by language, as lists or as numbers.

    Examples
    --------
    >>> pack_phrase(phrase("at-most", b=Number("bound", (0.021,))))
    {'key': 'at-most', 'values': {'b': {'how': 'bound', 'of': [0.021]}}}
    """
    return {"key": one.key, "values": {name: _pack(value) for name, value in one.values}}


def _pack(value: Value) -> Any:
    if isinstance(value, Phrase):
        return pack_phrase(value)
    if isinstance(value, Number):
        return {"how": value.how, "of": list(value.values)}
    if isinstance(value, tuple):
        return [pack_phrase(part) for part in value]
    return {"names": value} if isinstance(value, dict) else value


def write_packed(lang: str, packed: Mapping[str, Any]) -> str:
    """Say a phrase as :func:`pack_phrase` has packed it.

    Examples
    --------
    >>> write_packed("en", pack_phrase(phrase("at-most", b=Number("bound", (0.021,)))))
    'at most 0.03'
    """
    return say(lang, packed["key"], **{name: _unpack(lang, value) for name, value in packed["values"].items()})


def _unpack(lang: str, value: Any) -> Any:
    if isinstance(value, list):
        return ", ".join(write_packed(lang, part) for part in value)
    if not isinstance(value, dict):
        return value
    if "key" in value:
        return write_packed(lang, value)
    return value["names"][lang] if "names" in value else _NUMBERS[value["how"]](*value["of"], lang=lang)


_NUMBERS: dict[str, Callable[..., str]] = {
    "figure": figures.write_figure,
    "bound": figures.write_bound,
    "ends": figures.write_ends,
    "ratio": figures.write_ratio,
    "ratios": figures.write_ratios,
    "rank": figures.write_rank,
    "ordinal": figures.write_ordinal,
    "share": lambda share, lang: write_percent(lang, share),
    "shares": lambda low, high, lang: write_percents(lang, low, high),
}


def _write(lang: str, value: Value) -> str | float:
    if isinstance(value, Number):
        return _NUMBERS[value.how](*value.values, lang=lang)
    if isinstance(value, dict):
        return value[lang]
    if isinstance(value, Phrase):
        return write_phrase(lang, value)
    if isinstance(value, Figure):
        return write_figure(lang, value)
    if isinstance(value, tuple):
        return ", ".join(write_phrase(lang, part) for part in value)
    return value
