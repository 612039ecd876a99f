"""Days in running text: in figures and words, and relative to the article's date."""

from __future__ import annotations

import datetime as dt
import functools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.drafting.lexicon import DAY, Mark, marks, pattern, shape, word_list
from geo.drafting.numerals import find_numbers
from geo.intake.words.dates import read_date
from geo.intake.words.days import day_read

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DayMark", "find_days", "is_month"]

_SHORTEST, _LIKE_VERBS = 3, ("may", "march", "мая", "май", "мае")
_NEAR, _FAR = 25, 250


@dataclass(frozen=True, slots=True)
class DayMark(Mark):
    """A day, month or year that a text names.

    Attributes
    ----------
    value
        ISO date to the day, month or year.
    role
        ``event``; ``since`` for the end of a span; ``told`` for when something was said; ``dateline``; ``future``;
        ``earlier`` for what went before: when something was bought, built, born.
    own_year
        Whether the text itself gives the year.
    """

    value: str
    role: str = "event"
    own_year: bool = False


@functools.lru_cache(maxsize=8192)
def _month(word: str) -> int:
    """A month's number, 0 for another word."""
    if word in ("қара", "мар", "may"):
        return 5 if word == "may" else 0
    for at, stem in enumerate(word_list("days", "words", "adjectives"), start=1):
        if word.startswith(stem):
            return at
    for one in (word, word[:-2] if word.endswith(("ға", "ге", "қа", "ке")) else ""):
        date = read_date(f"1 {one} 2000").date
        if one and len(date) == DAY:
            return int(date[5:7])
    return 0


def is_month(word: str) -> bool:
    """Whether a word in small letters names a month in full."""
    return len(word) >= _SHORTEST and _month(word) > 0


def find_days(low: str, published: dt.date | None, start: int = 0, end: int | None = None) -> list[DayMark]:
    """Find the dates of a text in small letters.

    Parameters
    ----------
    low
        The text (:func:`~geo.drafting.lexicon.lower`).
    published
        The article's date: a day without a year is the latest that is not after it, a weekday likewise.
    start, end
        Where to look.

    Returns
    -------
    list of DayMark
        In their order, none within another.

    Examples
    --------
    >>> day = dt.date(2024, 10, 24)
    >>> [mark.value for mark in find_days("вчера; 12 июня; on tuesday; өткен сенбіде; in march", day)]
    ['2024-10-23', '2024-06-12', '2024-10-22', '2024-10-19', '2024-03']
    """
    stop = len(low) if end is None else end
    days: list[DayMark] = []
    readers = (_in_figures(low, published, start, stop), _relative(low, published, start, stop))
    for mark in (*readers[0], *readers[1], *_wide(low, published, start, stop)):
        exact = replace(mark, end=mark.end - low[mark.start : mark.end].endswith("."))
        if exact.value and not any(map(exact.meets, days)):
            days.append(replace(exact, role=_role(low, *exact.span)))
    return sorted(_counted_on(low, days, start, stop), key=lambda mark: mark.start)


def _in_figures(low: str, published: dt.date | None, start: int, stop: int) -> Iterator[DayMark]:
    """Days of the calendar."""
    for hit in shape("day", "figures").finditer(low, start, stop):
        yield DayMark(*hit.span(), read_date(hit[0]).date, own_year=True)
    for hit in shape("day", "year_first").finditer(low, start, stop):
        if month := _month(hit[3]):
            date = day_read(int(hit[1]), month, int(hit[2])).date if hit[2] else f"{hit[1]}-{month:02d}"
            yield DayMark(*hit.span(), date, own_year=True)
    for name, day_at, word_at in (("day_month", 1, 2), ("month_day", 2, 1), ("month_s_day", 2, 1)):
        for hit in shape("day", name).finditer(low, start, stop):
            if month := _month(hit[word_at]):
                year = int(hit[3]) if hit[3] else None
                yield DayMark(
                    *hit.span(), _with_year(month, int(hit[day_at]), year, published), own_year=year is not None
                )


def _wide(low: str, published: dt.date | None, start: int, stop: int) -> Iterator[DayMark]:
    """Months and years."""
    for hit in shape("day", "month").finditer(low, start, stop):
        word = hit[1]
        doubtful = word in _LIKE_VERBS and not shape("day", "in").search(low[: hit.start()])
        if doubtful or (len(word) == _SHORTEST and word not in _LIKE_VERBS) or not (month := _month(word)):
            continue
        year = int(hit[2]) if hit[2] else published and published.year - (month > published.month)
        if year:
            yield DayMark(*hit.span(), f"{year}-{month:02d}", own_year=bool(hit[2]))
    for hit in shape("day", "year").finditer(low, start, stop):
        yield DayMark(*hit.span(), hit[1], own_year=True)


def _with_year(month: int, day: int, year: int | None, published: dt.date | None) -> str:
    if year is None and published is None:
        return ""
    if year is not None or published is None:
        return day_read(year or 0, month, day).date
    date = day_read(published.year, month, day).date
    return date if date and date <= published.isoformat() else day_read(published.year - 1, month, day).date


def _role(low: str, first: int, last: int) -> str:
    """What a date is the date of, by the words beside it."""
    before, after = low[max(0, first - 40) : first], low[last : last + 30]
    line = low[low.rfind("\n", 0, first) + 1 : first]
    if shape("day", "place").fullmatch(line) and shape("day", "dateline").match(after) and "," in line:
        return "dateline"
    near = re.search(r"([^\W\d_]+)\s*$", before)
    if near and pattern("days", "words", "since").fullmatch(near[1]):
        return "since"
    if pattern("days", "words", "since_after").match(after.lstrip()):
        return "since"
    if re.search(pattern("days", "words", "told").pattern + word_list("shapes", "day", "to_say"), before):
        return "told"
    around = re.split(r"[,;.\n]", before[-30:])[-1] + low[first:last] + re.split(r"[,;.\n]", after)[0]
    if pattern("days", "words", "earlier").search(around):
        return "earlier"
    if pattern("days", "words", "future").search(re.split(r"[.;\n]", low[last : last + 60])[0]):
        return "future"
    return "event"


def _relative(low: str, published: dt.date | None, start: int, stop: int) -> Iterator[DayMark]:
    """Days counted from the article's date."""
    if published is None:
        return
    for mark in marks(low, "days", "ago", start=start, end=stop):
        yield DayMark(*mark.span, _before(published, int(mark.value)))
    for first, last, days, (_, behind) in _spans(low, start, stop):
        if pattern("days", "words", "back").fullmatch(behind):
            yield DayMark(first, last, _before(published, days))
    for mark in marks(low, "days", "weekdays", start=start, end=stop):
        before = low[max(start, mark.start - 32) : mark.start]
        past = re.search(rf"{pattern('days', 'words', 'last').pattern}\s+$", before)
        days = (published.weekday() - int(mark.value)) % 7 or (7 if past else 0)
        if pattern("days", "words", "week").search(f"{before}{low[mark.start : min(stop, mark.end + 24)]}"):
            days = published.weekday() - int(mark.value) + 7
        yield DayMark(mark.start - len(past[0] if past else ""), mark.end, _before(published, days))
    for hit in pattern("days", "words", "week").finditer(low, start, stop):
        monday, sunday = (_before(published, published.weekday() + days) for days in (7, 1))
        yield DayMark(*hit.span(), monday[: 7 if monday[:7] == sunday[:7] else 4])
    for name, months in (("this", 0), ("last", 1)):
        words = rf"{pattern('days', 'words', name).pattern}\s+{pattern('days', 'words', 'month').pattern}"
        for hit in re.compile(words).finditer(low, start, stop):
            number = published.year * 12 + published.month - 1 - months
            yield DayMark(*hit.span(), f"{number // 12}-{number % 12 + 1:02d}")
    for name, years in (("this_year", 0), ("last_year", 1)):
        for hit in pattern("days", "words", name).finditer(low, start, stop):
            yield DayMark(*hit.span(), str(published.year - years))


def _before(day: dt.date, days: int) -> str:
    return (day - dt.timedelta(days=days)).isoformat()


def _spans(low: str, start: int, stop: int) -> Iterator[tuple[int, int, int, tuple[str, str]]]:
    """Spans of days and weeks: offsets, days, and the words before and behind them."""
    for unit in marks(low, "days", "units", start=start, end=stop):
        begin = max(start, unit.start - _NEAR)
        numbers = [
            mark for mark in find_numbers(low, begin, unit.start) if not re.search(r"\w", low[mark.end : unit.start])
        ]
        count = numbers[-1].value if numbers else 1.0
        first = numbers[-1].start if numbers else unit.start
        behind = re.compile(r"\s*([^\W\d_]+)").match(low, unit.end, stop)
        ahead = re.search(r"([^\W\d_]+)\s*$", low[begin:first])
        if count == int(count) and count * int(unit.value) < 36_600:  # noqa: PLR2004  (a hundred years)
            words = (ahead[1] if ahead else "", behind[1] if behind else "")
            yield first, behind.end() if behind else unit.end, int(count) * int(unit.value), words


def _counted_on(low: str, days: list[DayMark], start: int, stop: int) -> list[DayMark]:
    """Days with those that are counted from another one of the text: "two days earlier", "a day later"."""
    counted = []
    for first, last, number, words in _spans(low, start, stop):
        near = [day for day in days if len(day.value) == DAY and first - _FAR <= day.start and day.end <= first]
        for name, sign in (("earlier_by", 1), ("later_by", -1)):
            if near and any(map(pattern("days", "words", name).fullmatch, words)):
                origin = dt.date.fromisoformat(max(near, key=lambda day: day.start).value)
                counted.append(DayMark(first, last, _before(origin, sign * number)))
    return [*days, *(day for day in counted if not any(map(day.meets, days)))]
