"""Numbers with their nouns."""

from __future__ import annotations

__all__ = ["many", "plural_form"]


def many(count: int, what: str) -> str:
    """A number with its noun, in English.

    Examples
    --------
    >>> many(1, "row"), many(1309, "record")
    ('1 row', '1,309 records')
    """
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def plural_form(lang: str, number: float) -> int:
    """Choose the form of a word that a number takes (CLDR): English 0–1, Russian 0–2, Kazakh always 0.

    Examples
    --------
    >>> [plural_form("ru", number) for number in (1, 3, 5, 11, 21, 1.5)]
    [0, 1, 2, 2, 0, 1]
    """
    if lang == "kk":
        return 0
    if lang == "en":
        return int(number != 1)
    if number % 1:
        return 1
    last, last_two = int(number) % 10, int(number) % 100
    if last == 1 and last_two != 11:  # noqa: PLR2004
        return 0
    return 1 if 2 <= last <= 4 and not 12 <= last_two <= 14 else 2  # noqa: PLR2004
