"""A date as far as it could be read: a day, a month or a year of the calendar, and what two days have in common."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

__all__ = [
    "FIRST_YEAR", "LAST_YEAR", "MONTHS", "MOST_DAYS", "SHORT_YEAR", "DateRead", "between", "day_read", "full_year",
    "month_read", "span_of", "vaguely", "year_read",
]  # fmt: skip

FIRST_YEAR, LAST_YEAR = 1900, 2099
_PIVOT = 70  # two figures from 70 on are of the last century
MONTHS, MOST_DAYS = 12, 31
SHORT_YEAR = 2


@dataclass(frozen=True, slots=True)
class DateRead:
    """A date as far as it could be read."""

    date: str = ""  # ISO, to the day, month or year
    not_after: str = ""  # the latest day of a span
    problem: str = ""


def span_of(first: DateRead, last: DateRead) -> DateRead:
    """From the day of one cell to that of another: as exact as what both have in common, and no later than the second.

    Nothing is lost of the two, so no problem is told where they are of one year.
    """
    if not first.date or not last.date or last.date == first.date:
        return first
    reading = between(first, last)
    if reading is None:
        return first
    return DateRead(reading.date, reading.not_after) if reading.date else reading


def vaguely(reading: DateRead) -> DateRead:
    """A day that is only about right, as its month."""
    if len(reading.date) <= len("2024-07"):
        return reading
    return DateRead(reading.date[:7], problem="about a day: kept as the month")


def day_read(year: int, month: int, day: int) -> DateRead:
    """A day, or why there is no such one."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return DateRead(problem=f"the year {year} is not between {FIRST_YEAR} and {LAST_YEAR}")
    try:
        return DateRead(dt.date(year, month, day).isoformat())
    except ValueError:
        return DateRead(problem="no such day in the calendar")


def month_read(year: int, month: int) -> DateRead:
    """A month, or why there is no such one."""
    reading = day_read(year, month, 1)
    return DateRead(reading.date[:7], problem=reading.problem.replace("day", "month"))


def year_read(year: int) -> DateRead:
    """A year, or why it is none to be read."""
    reading = day_read(year, 1, 1)
    return DateRead(reading.date[:4], problem=reading.problem)


def full_year(text: str) -> int:
    """A year of which two figures or all four are written."""
    year = int(text)
    return year if len(text) > SHORT_YEAR else year + (1900 if year >= _PIVOT else 2000)


def between(first: DateRead | None, last: DateRead | None) -> DateRead | None:
    """As exact as what both days have in common, and no later than the second."""
    if first is None or last is None or first.problem or last.problem:
        return None
    if first.date > last.date:
        return DateRead(problem="a span that ends before it begins")
    if first.date == last.date:
        return first
    for length in (7, 4):
        if len(first.date) >= length and first.date[:length] == last.date[:length]:
            return DateRead(first.date[:length], last.date, f"a span of time: kept as {first.date[:length]}")
    return DateRead(problem="a span of time over more than one year")
