"""Goods in running text."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from geo.drafting.lexicon import Mark, compile_words, lower, pattern, says, word_list
from geo.intake.words.vocabularies import table

if TYPE_CHECKING:
    import re

__all__ = ["find_goods", "is_branded"]


@functools.cache
def _known(part: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all words, and each word's category."""
    of_tables, never = table("goods"), set(word_list("goods", "not", "words"))
    lists = [of_tables["weak"]] if part == "weak" else [of_tables, word_list("goods")]
    words = {
        lower(word).replace("…", " "): category
        for one in lists
        for category, forms in one.items()
        if isinstance(forms, list)
        for word in forms
        if one is not of_tables or lower(word) not in never
    }
    return compile_words(words), words


@functools.lru_cache(maxsize=16384)
def _category(words: str, part: str) -> str:
    """The category of the longest word that a match begins with."""
    known = _known(part)[1]
    flat = " ".join(words.split())
    fits = [word for word in known if flat == word[:-1] or (not word.endswith("$") and flat.startswith(word))]
    return known[max(fits, key=len)] if fits else ""


def find_goods(low: str, start: int = 0, end: int | None = None, *, weak: bool = False) -> list[Mark]:
    """Find the words for goods in a text in small letters; value: the category.

    Examples
    --------
    >>> [mark.value for mark in find_goods("60 тонн пшеницы и сигареты")]
    ['food', 'tobacco']
    """
    part = "weak" if weak else "strong"
    hits = _known(part)[0].finditer(low, start, len(low) if end is None else end)
    marks = [Mark(*hit.span(), _category(hit[0], part)) for hit in hits]
    return [mark for mark in marks if mark.value]


def is_branded(text: str) -> bool:
    """Whether a text speaks of a mark that is counterfeit, and not of false papers."""
    hits = pattern("goods", "brand", "words").finditer(text)
    return any(not says(text[hit.end() : hit.end() + 25], "goods", "brand", "papers") for hit in hits)
