"""Dates with the month in words, in English, Russian and Kazakh."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.intake.words.days import (
    MONTHS,
    SHORT_YEAR,
    DateRead,
    between,
    day_read,
    full_year,
    month_read,
    vaguely,
    year_read,
)
from geo.intake.words.folding import fold
from geo.intake.words.vocabularies import table
from geo.paths import of_country

__all__ = ["from_words"]

_SHORTEST_MONTH, _WHOLE_YEAR = 3, 4
_NIGHT = re.compile(r"\bночь на\b|\bnight (?:to|before)\b")
_BOUND = re.compile(r"^(?:до|по|с|со|from|since|before|by|until|till|to)\s|\s(?:дейін|бастап)$")
_NOTHING = "no date that is understood"


class _NoDateError(Exception):
    """Reason why words are no date."""


@dataclass(slots=True)
class _Said:
    """Meanings of the words of a date, in their order."""

    months: list[int]
    days: list[int]
    years: list[int]
    seasons: list[int]
    vague: bool = False
    short_year_last: bool = False


def from_words(text: str) -> DateRead:
    """Dates with the month in words."""
    if "?" in text:
        return DateRead(problem="marked as uncertain")
    try:
        heard = _listen(text)
        reading = _put_together(heard)
    except _NoDateError as reason:
        return DateRead(problem=str(reason))
    if _BOUND.search(text) and len(heard.days) < 2 and len(heard.months) < 2 and not heard.seasons:  # noqa: PLR2004
        return DateRead(problem=f"only a first or a last day, and nothing between: {reading.date}")
    if _NIGHT.search(text) and len(reading.date) == len("2024-07-03"):
        return DateRead(reading.date, reading.not_after, "the night to that day: it may have been the evening before")
    return reading


def _listen(text: str) -> _Said:
    words = table("dates")
    tokens = re.findall(r"[0-9]+|[^\W\d_]+|\d", text)
    seasons = {word: int(last) for last, forms in words["seasons"].items() for word in forms}
    heard = _Said([], [], [], [])
    known = {fold(word) for part in ("fillers", "year") for word in words[part]}
    for token, after in zip(tokens, [*tokens[1:], ""], strict=False):
        if token.isascii() and token.isdecimal():
            if len(token) == _WHOLE_YEAR or (len(token) == SHORT_YEAR and after in words["year"]):
                heard.years.append(full_year(token))
            elif len(token) <= SHORT_YEAR:
                heard.days.append(int(token))
                heard.short_year_last = bool(heard.months) and len(token) == SHORT_YEAR
            else:
                raise _NoDateError(_NOTHING)
        elif month := _month_of(token):
            heard.months.append(month)
        elif token in seasons:
            heard.seasons.append(seasons[token])
        elif token in words["vague"]:
            heard.vague = True
        elif token not in words["fillers"] and not (len(token) > _SHORTEST_MONTH and fold(token) in known):
            raise _NoDateError(_NOTHING)
    heard.months = list(dict.fromkeys(heard.months))
    return heard


def _put_together(heard: _Said) -> DateRead:
    if not heard.years and len(heard.months) == 1 and len(heard.days) == 2 and heard.short_year_last:  # noqa: PLR2004
        # "3 июл 24"
        heard.years, heard.days = [full_year(f"{heard.days[1]:02d}")], heard.days[:1]
    if not heard.years or (heard.days and not heard.months):
        raise _NoDateError("no year" if heard.months else _NOTHING)
    if len(set(heard.years)) > 1:
        raise _NoDateError("more than one year")
    year = heard.years[0]
    if len(heard.months) > 1:
        last = "" if heard.days or heard.months != sorted(heard.months) else f"{year}-{heard.months[-1]:02d}"
        return DateRead(str(year), last, "more than one month: kept as the year")
    if not heard.months and heard.seasons:
        ends = max(heard.seasons)
        if ends == MONTHS:
            raise _NoDateError("a winter, which reaches over two years")
        return DateRead(year_read(year).date, f"{year}-{ends:02d}", "a season: kept as the year")
    if not heard.months:
        return year_read(year)
    month = heard.months[0]
    if not heard.days:
        return month_read(year, month)
    reading = _days(year, month, heard.days)
    return vaguely(reading) if heard.vague else reading


def _days(year: int, month: int, days: list[int]) -> DateRead:
    if len(days) > 2:  # noqa: PLR2004  (first and last)
        return DateRead(month_read(year, month).date, problem="more than one day: kept as the month")
    first, last = day_read(year, month, days[0]), day_read(year, month, days[-1])
    return between(first, last) or (first if first.problem else last)


@of_country()
def _month_of(word: str) -> int | None:
    english, russian, kazakh = table("dates")["months"]
    forms = {"sept": 9}
    for number, names in enumerate(zip(english, russian, kazakh, strict=True), start=1):
        for name in names:
            forms |= {name[:length]: number for length in range(_SHORTEST_MONTH, len(name) + 1)}
        stem = names[1].rstrip("ьй")
        forms |= {f"{stem}{ending}": number for ending in "яеаую"}
        if re.fullmatch(rf"{names[2]}(?:[ыі]|с[ыі])?(?:н?[дт][аеә]|[нтд][ыі]ң|н?[дт][аеә]ғы|н?[дт][аеә]гі)?", word):
            forms[word] = number
    if word not in forms and len(word) > _SHORTEST_MONTH:
        # "shilde", "tamyz": a Kazakh month in Latin letters.
        alike = {fold(form): number for number, form in enumerate(kazakh, start=1)}
        return alike.get(fold(word))
    return forms.get(word)
