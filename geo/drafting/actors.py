"""Agencies in running text, and what became of a case."""

from __future__ import annotations

from dataclasses import replace

from geo.drafting.lexicon import Mark, marks, word_list

__all__ = ["SIDES", "find_agencies", "find_outcomes", "side_of_article"]

SIDES = {
    "Russian FSB": "RU", "Russian customs": "RU", "Rosselkhoznadzor": "RU", "other: Russian police": "RU",
    "Kyrgyz border service": "KG", "Kyrgyz SCNS": "KG", "Uzbek SSS": "UZ", "Uzbek customs": "UZ",
    "other: Turkmen border guards": "TM", "other: Azerbaijan customs": "AZ",
}  # fmt: skip
"""Agency of another country → that country."""

_ORDER = ("convicted", "case_opened", "seized", "refused_entry")


def side_of_article(low: str) -> str:
    """The country whose agencies an article is about: another one only where none of home is named.

    Examples
    --------
    >>> side_of_article("uzbek customs counted them"), side_of_article("кнб сообщил"), side_of_article("фтс и кнб")
    ('UZ', 'KZ', 'KZ')
    """
    named = [str(mark.value) for mark in marks(low, "agencies")]
    abroad = [SIDES[name] for name in named if name in SIDES]
    if any(name not in SIDES for name in named):
        return "KZ"
    if abroad:
        return max(set(abroad), key=abroad.count)
    lands = {"russian": "RU", "uzbek": "UZ", "kyrgyz": "KG", "turkmen": "TM"}
    return next((code for word, code in lands.items() if f"{word} officials" in low), "KZ")


def find_agencies(low: str, start: int, end: int, side: str) -> list[Mark]:
    """Find the agencies of a sentence.

    Parameters
    ----------
    low
        The article in small letters.
    start, end
        The sentence.
    side
        The country whose service a bare "customs officers" is of.

    Returns
    -------
    list of Mark
        Values as in ``agencies.csv``.
    """
    text = low[start:end]
    named = marks(text, "agencies")
    found = [mark for mark in named if not _is_part(text, mark)]
    names = word_list("agencies")["generic_names"].get(side, {})
    for mark in marks(text, "agencies", "generic"):
        adjective = next((code for word, code in _ADJECTIVES if text[: mark.start].rstrip().endswith(word)), "")
        own = word_list("agencies")["generic_names"].get(adjective, names)
        name = own.get(mark.value, "")
        if name and all(mark.end <= other.start or mark.start >= other.end for other in named):
            found.append(replace(mark, value=name))
    return sorted(
        (Mark(start + mark.start, start + mark.end, mark.value) for mark in found), key=lambda mark: mark.start
    )


_ADJECTIVES = (
    ("kazakh", "KZ"), ("казахстанские", "KZ"), ("казахстанскими", "KZ"), ("қазақстандық", "KZ"),
    ("russian", "RU"), ("российские", "RU"), ("российскими", "RU"), ("ресейлік", "RU"),
    ("uzbek", "UZ"), ("узбекские", "UZ"), ("өзбек", "UZ"), ("kyrgyz", "KG"), ("кыргызские", "KG"), ("қырғыз", "KG"),
    ("turkmen", "TM"), ("туркменские", "TM"),
)  # fmt: skip


def _is_part(text: str, mark: Mark) -> bool:
    """Whether a name only says whose service another is: "пограничная служба КНБ"."""
    return mark.value == "KNB" and any(
        text[: mark.start].rstrip().endswith(word)
        for word in (
            "службы",
            "служба",
            "службе",
            "службой",
            "погранслужба",
            "погранслужбы",
            "погранслужбе",
            "погранслужбой",
            "border service of the",
        )
    )


def find_outcomes(low: str, start: int, end: int) -> list[Mark]:
    """Find what became of a case, the furthest step first."""
    found = [
        Mark(start + mark.start, start + mark.end, mark.value) for mark in marks(low[start:end], "triggers", "outcome")
    ]
    return sorted(found, key=lambda mark: (_ORDER.index(mark.value), mark.start))
