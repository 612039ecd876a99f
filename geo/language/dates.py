"""Dates as exact as they are stated: a day, a month or a year."""

from __future__ import annotations

from geo.language.catalogue import read_words, say

__all__ = ["write_date"]


def write_date(lang: str, text: str) -> str:
    """Write an ISO date of a day, a month or a year as the language does.

    Examples
    --------
    >>> write_date("en", "2024-07-03"), write_date("ru", "2024-07"), write_date("kk", "2024")
    ('3 Jul 2024', 'июль 2024', '2024')
    """
    parts = text.split("-")
    words = read_words(lang)
    if len(parts) == 1:
        return parts[0] or words["date.none"]
    month = int(parts[1])
    if len(parts) == 2:  # noqa: PLR2004 (a year and a month)
        return say(lang, "date.month", long=words[f"month.long.{month}"], y=parts[0])
    return say(lang, "date.day", d=str(int(parts[2])), month=words[f"month.{month}"], y=parts[0])
