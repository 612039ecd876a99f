"""Word lists of ``data/drafting`` as patterns over a text in small letters, and the marks that they leave in it."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.paths import data_path

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Mark", "lower", "marks", "pattern", "says", "word_list"]

_GAP = r"(?:\W+[\w-]+){0,3}?\W+"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that stands in a text.

    Attributes
    ----------
    start, end
        Offsets into the text, the end exclusive.
    value
        What was read there.
    """

    start: int
    end: int
    value: Any


@functools.cache
def word_list(name: str) -> dict[str, Any]:
    """One of the word lists, as the file of that name in ``data/drafting`` holds it."""
    with data_path("drafting", f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def lower(text: str) -> str:
    """A text in small letters, ё as е, with every letter at its old offset.

    Examples
    --------
    >>> lower("Ещё ПЯТЬ"), len(lower("İzmir"))
    ('еще пять', 5)
    """
    small = text.lower()
    if len(small) != len(text):
        small = "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
    return small.replace("ё", "е").replace("\u00a0", " ")


def compile_words(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for beginnings of words; ``$`` ends a word, ``…`` stands for up to three others."""
    parts = []
    for word in sorted(set(map(lower, words)), key=lambda one: (-len(one), one)):
        body = re.escape(word.removesuffix("$").removesuffix("…"))
        body = body.replace(r"\$…", rf"(?!\w){_GAP}").replace("…\\ ", rf"\w*{_GAP}").replace("…", rf"\w*{_GAP}")
        body = body.replace(r"\$", r"(?!\w)").replace(r"\ ", r"\s+")
        parts.append(body + (r"(?!\w)" if word.endswith("$") else r"[\w’']*"))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})")


@functools.cache
def pattern(*path: str) -> re.Pattern[str]:
    """The pattern of one list: file, then table names.

    Examples
    --------
    >>> bool(pattern("triggers", "find").search("вчера изъяли")), bool(pattern("triggers", "single").search("хлеб"))
    (True, False)
    """
    found: Any = word_list(path[0])
    for key in path[1:]:
        found = found[key]
    return compile_words(found)


@functools.cache
def _values(*path: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    found: Any = word_list(path[0])
    for key in path[1:]:
        found = found[key]
    return tuple((value, compile_words(words)) for value, words in found.items() if isinstance(words, list))


def says(text: str, *path: str) -> bool:
    """Whether a text in small letters has a word of a list."""
    return pattern(*path).search(text) is not None


def marks(text: str, *path: str) -> list[Mark]:
    """Where which value's words stand in a text in small letters; of two that overlap, the longer."""
    hits = [Mark(hit.start(), hit.end(), value) for value, words in _values(*path) for hit in words.finditer(text)]
    hits.sort(key=lambda mark: (mark.start - mark.end, mark.start))
    kept: list[Mark] = []
    for mark in hits:
        if all(mark.end <= other.start or mark.start >= other.end for other in kept):
            kept.append(mark)
    return sorted(kept, key=lambda mark: mark.start)
