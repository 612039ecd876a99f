"""Word lists and patterns of ``data/drafting`` over a text in small letters, and the marks that they leave in it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.errors import Fault, InputError
from geo.paths import country_folder, data_path, of_country

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["DAY", "MONTH", "YEAR", "Mark", "Shapes", "compile_words", "lower", "marks", "pattern", "says", "word_list"]

_GAP = r"(?:\W+[\w-]+){0,3}?\W+"
_OWN = ("agencies", "lands")
"""Lists with a country's own words, never taken from another."""
YEAR, MONTH, DAY = len("2024"), len("2024-07"), len("2024-07-03")
"""Lengths of ISO dates to the year, month and day."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that stands in a text: offsets, the end exclusive, and what was read there."""

    start: int
    end: int
    value: Any

    @property
    def span(self) -> tuple[int, int]:
        """First and last offset."""
        return self.start, self.end

    def meets(self, other: Mark) -> bool:
        """Whether two share a letter."""
        return self.start < other.end and other.start < self.end


@of_country()
def word_list(name: str, *keys: str) -> Any:
    """One of the word lists, or a table in it, as the file of that name in ``data/drafting`` holds it."""
    if keys:
        return word_list(name, *keys[:-1])[keys[-1]]
    path, country = data_path("drafting", f"{name}.toml"), country_folder()
    if country and name in _OWN and country not in path.parents:
        expected = "a country's own words for itself, its neighbours and its services, as data/drafting has them"
        raise InputError([Fault(str(country / "drafting" / f"{name}.toml"), None, "", "no such file", expected)])
    with path.open("rb") as file:
        return tomllib.load(file)


class Shapes:
    """The patterns of a table of ``shapes.toml`` by their names; ``{part}`` in one stands for one of its ``parts``."""

    def __init__(self, table: str) -> None:
        self._texts: dict[str, str] = word_list("shapes", table)

    def __getattr__(self, name: str) -> re.Pattern[str]:
        if name not in self._texts:
            raise AttributeError(name)
        text = self._texts[name]
        for part, words in word_list("shapes", "parts").items():
            text = text.replace(f"{{{part}}}", words)
        self.__dict__[name] = re.compile(text)  # asked for once
        return re.compile(text)


def lower(text: str) -> str:
    """A text in small letters, ё as е, with every letter at its old offset."""
    small = text.lower()
    if len(small) != len(text):
        small = "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
    return small.replace("ё", "е").replace("\u00a0", " ")


def compile_words(words: Iterable[str], *, each: bool = False) -> re.Pattern[str]:
    """A pattern for beginnings of words, of one letter the longest first, ``each`` in a group of its own.

    ``$`` ends a word, ``~`` stands for the endings of its cases and numbers, ``…`` for up to three other words.
    """
    parts = []
    for word in sorted(set(map(lower, words)), key=lambda one: (-len(one), one)):
        body = re.escape(word.removesuffix("$").removesuffix("…"))
        body = re.sub(r"[аеиоуыьюяй]?\\?~", lambda _: Shapes("word").endings.pattern, body)
        body = body.replace(r"\$…", rf"(?!\w){_GAP}").replace("…\\ ", rf"\w*{_GAP}").replace("…", rf"\w*{_GAP}")
        body = body.replace(r"\$", r"(?!\w)").replace(r"\ ", r"\s+")
        parts.append(body + ("" if word.endswith("~") else r"(?!\w)" if word.endswith("$") else r"[\w’']*"))
    opening: dict[str, list[str]] = {}  # by the first letter, which is quicker
    for part in parts:
        first = part[: 1 + part.startswith("\\")]
        opening.setdefault(first, []).append(f"({part[len(first) :]})" if each else part[len(first) :])
    return re.compile(rf"(?<![\w-])(?:{'|'.join(f'{one}(?:{chr(124).join(opening[one])})' for one in opening)})")


@of_country()
def pattern(*path: str) -> re.Pattern[str]:
    """The pattern of one list: file, then table names."""
    return compile_words(word_list(*path))


@of_country()
def _values(*path: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((value, compile_words(words)) for value, words in word_list(*path).items() if isinstance(words, list))


def says(text: str, *path: str) -> bool:
    """Whether a text in small letters has a word of a list."""
    return pattern(*path).search(text) is not None


def marks(text: str, *path: str, start: int = 0, end: int | None = None) -> list[Mark]:
    """Where which value's words stand in a part of a text in small letters; of two that overlap, the longer."""
    stop = len(text) if end is None else end
    hits = [Mark(*hit.span(), value) for value, words in _values(*path) for hit in words.finditer(text, start, stop)]
    hits.sort(key=lambda mark: (mark.start - mark.end, mark.start))
    longest: list[Mark] = []
    for mark in hits:
        if not any(map(mark.meets, longest)):
            longest.append(mark)
    return sorted(longest, key=lambda mark: mark.start)
