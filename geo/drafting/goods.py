"""Goods in running text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.drafting.lexicon import Mark, Shapes, compile_words, lower, pattern, says, word_list
from geo.intake.words.vocabularies import table
from geo.paths import of_country

if TYPE_CHECKING:
    import re

__all__ = ["find_goods", "is_branded", "is_live"]


_SHAPES = Shapes("find")

_DEARER = ("currency", "drugs", "jewelry", "branded_goods", "tobacco", "wildlife")


@of_country()
def _known() -> dict[str, str]:
    """Words for goods and their categories."""
    of_tables, never = table("goods"), set(word_list("goods", "not", "words"))
    return {
        lower(word).replace("…", " ") if one is of_tables else lower(word): category
        for one in (of_tables, word_list("goods"))
        for category, forms in one.items()
        if isinstance(forms, list)
        for word in forms
        if one is not of_tables or lower(word) not in never
    }


@of_country()
def _pattern(letter: str = "") -> tuple[re.Pattern[str], tuple[str, ...]]:
    """One pattern of all words, or with a group for each of a letter, and the categories of its groups."""
    longest = sorted((word for word in _known() if word.startswith(letter)), key=lambda word: (-len(word), word))
    return compile_words(longest, each=letter != ""), tuple(_known()[word] for word in longest)


@of_country(maxsize=16384)
def _category(words: str) -> str:
    each, categories = _pattern(words[0])
    hit = each.match(words)
    return categories[hit.lastindex - 1] if hit and hit.lastindex else ""


def find_goods(low: str, start: int = 0, end: int | None = None) -> list[Mark]:
    """Find the words for goods in a text in small letters; value: the category."""
    hits = _pattern()[0].finditer(low, start, len(low) if end is None else end)
    marks = [Mark(*hit.span(), _category(hit[0])) for hit in hits if not _SHAPES.no_goods.match(low, hit.start())]
    pairs = zip(marks, [*marks[1:], Mark(0, 0, "none")], strict=False)
    return [one for one, behind in pairs if one.value != "none" and not _is_of(low, one, behind)]


def _is_of(low: str, one: Mark, behind: Mark) -> bool:
    """Whether a word only says what the goods right behind it are made of or for: "aluminium pans", "ешкі түбіті"."""
    if behind.value in ("none", one.value) or one.value in _DEARER or low[one.end : behind.start] != " ":
        return False
    word = low[slice(*behind.span)]
    holds = any(says(word, "goods", name, "words") for name in ("container", "form"))
    carries = holds or says(word, "triggers", "unnamed") or says(word, "triggers", "mode", "road")
    return not carries and _SHAPES.made_of.fullmatch(f"{low[slice(*one.span)]}#{word}") is not None


def is_live(words: str, category: str) -> bool:
    """Whether goods are live animals, which are counted by the head."""
    if category in ("", "wildlife") and says(words, "goods", "parts", "words"):
        return False
    return category == "wildlife" or says(words, "triggers", "heads")


def is_branded(text: str) -> bool:
    """Whether a text speaks of a mark that is counterfeit, and not of false papers."""
    hits = pattern("goods", "brand", "words").finditer(text)
    return any(not says(text[max(0, hit.start() - 20) : hit.end() + 25], "goods", "brand", "papers") for hit in hits)
