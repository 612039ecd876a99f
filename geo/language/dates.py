"""Dates as exact as they are stated: a day, a month or a year."""

from __future__ import annotations

from geo.language.catalogue import read_words, say

__all__ = ["write_date", "write_span", "write_within"]

_EXACT = ("year", "month", "day")


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


def write_span(lang: str, first: str, last: str) -> str:
    """Write a span of two dates; one date where they are the same.

    Examples
    --------
    >>> write_span("en", "2020", "2024"), write_span("en", "2024-05", "2025"), write_span("en", "2024", "2024")
    ('2020–2024', 'May 2024 – 2025', '2024')
    """
    ends = list(dict.fromkeys(write_date(lang, end) if end else "…" for end in (first, last)))
    return (" – " if any(" " in end for end in ends) else "–").join(ends)


def write_within(lang: str, first: str, last: str) -> str:
    """Write when in a sentence: in a year, in years, in a month, on a day, or from one date to another.

    Examples
    --------
    >>> [write_within("ru", "2024", last) for last in ("2024", "2026", "2025-05")]
    ['в 2024 году', 'в 2024–2026 годах', 'с 2024 года по май 2025 года']
    """
    if first == last:
        return _say_end(lang, "in", first)
    if len(first) == len(last) == len("2024"):
        return say(lang, "date.in.years", a=first, b=last)
    return say(lang, "date.in.span", a=_say_end(lang, "from", first), b=_say_end(lang, "until", last))


def _say_end(lang: str, case: str, text: str) -> str:
    """A date in the case that the words around it ask for."""
    year, *rest = text.split("-")
    month, day = (str(int(part)) for part in [*rest, "0", "0"][:2])
    names = {name: read_words(lang).get(f"month.{name}.{month}", "") for name in ("long", "of")}
    return say(lang, f"date.{case}.{_EXACT[len(rest)]}", y=year, d=day, **names)
