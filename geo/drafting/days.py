"""Days in running text: in figures and words, and relative to the article's date."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from geo.drafting.lexicon import DAY, MONTH, YEAR, Mark, Shapes, marks, pattern, word_list
from geo.drafting.numerals import find_numbers
from geo.intake.words.dates import read_date
from geo.intake.words.days import day_read, month_read
from geo.paths import of_country

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["DayMark", "find_days", "has_day", "is_month", "month_of"]

_SHAPES = Shapes("day")

_SHORTEST, _LIKE_VERBS = 3, ("may", "march", "мая", "май", "мае")
_NEAR, _FAR, _SHORTEST_MONTH = 25, 250, 28


@dataclass(frozen=True, slots=True)
class DayMark(Mark):
    """A day, month or year that a text names."""

    value: str
    role: str = "event"
    own_year: bool = False


@of_country(maxsize=8192)
def month_of(word: str) -> int:
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
    return len(word) >= _SHORTEST and month_of(word) > 0


def has_day(days: Iterable[DayMark]) -> bool:
    """Whether one of these is the very day of an event."""
    return any(len(day.value) == DAY and day.role == "event" for day in days)


def find_days(low: str, published: dt.date | None) -> list[DayMark]:
    """Find the dates of a text in small letters; without a day to count from, of the only year that it names."""
    years = {hit[2] for hit in _SHAPES.month.finditer(low) if hit[2] and month_of(hit[1])}
    days: list[DayMark] = []
    taken = bytearray(len(low))
    relative = [reader(low, published) for reader in (_counted, _named)] if published else []
    within = published or (dt.date(int(years.pop()), 12, 31) if len(years) == 1 else None)
    for mark in chain(
        _of_month(low, within), _in_figures(low, within), _in_words(low, within), *relative, _wide(low, within)
    ):
        exact = replace(mark, end=mark.end - low[mark.start : mark.end].endswith("."))
        if exact.value and not any(taken[slice(*exact.span)]):
            days.append(replace(exact, role=_role(low, *exact.span)))
            taken[slice(*exact.span)] = b"\1" * (exact.end - exact.start)
    return sorted([*days, *_counted_on(low, days)], key=lambda mark: mark.start)


def _in_figures(low: str, published: dt.date | None) -> Iterator[DayMark]:
    """Days of the calendar."""
    for hit in _SHAPES.figures.finditer(low):
        yield DayMark(*hit.span(), read_date(hit[0]).date, own_year=True)
    for hit in _SHAPES.year_first.finditer(low):
        if month := month_of(hit[3]):
            day = hit[2] or hit[4]
            read = day_read(int(hit[1]), month, int(day)) if day else month_read(int(hit[1]), month)
            yield DayMark(*hit.span(), read.date, own_year=True)
    for shape in (_SHAPES.day_month, _SHAPES.month_day, _SHAPES.month_s_day):
        for hit in shape.finditer(low):
            if month := month_of(hit["month"]):
                date = _with_year(month, int(hit["day"]), int(hit["year"] or 0), published)
                yield DayMark(*hit.span(), date, own_year=bool(hit["year"]))


def _of_month(low: str, published: dt.date | None) -> Iterator[DayMark]:
    """Weekdays by their place in a month, and some days of one month: "the last Sunday of May", "6–28 октября"."""
    for hit in _SHAPES.of_month.finditer(low):
        which, weekday, name = (one for one in hit.groups()[:6] if one)
        which, weekday, name = (weekday, name, which) if hit[4] else (which, weekday, name)
        month, year = month_of(name), _year_of(month_of(name), hit[7], published)
        on, nth = marks(weekday, "days", "weekdays"), marks(which, "days", "quarters")
        if month and year and on:
            days = [week[int(on[0].value)] for week in calendar.monthcalendar(year, month)]
            day = list(filter(None, days))[int(nth[0].value) - 1 if nth else -1]
            yield DayMark(*hit.span(), f"{year}-{month:02d}-{day:02d}", own_year=bool(hit[7]))
    for hit in _SHAPES.range.finditer(low):
        if (month := month_of(hit[1])) and (year := _year_of(month, hit[2], published)):
            yield DayMark(*hit.span(), f"{year}-{month:02d}", own_year=bool(hit[2]))


def _in_words(low: str, published: dt.date | None) -> Iterator[DayMark]:
    """Days by their number alone, or by an ordinal: "14 числа", "двадцать третьего июня"."""
    for hit in _SHAPES.ordinal.finditer(low):
        month, numbers = month_of(hit["month"]), marks(hit["day"], "numbers", "ordinals")
        if month and numbers:
            day = sum(int(one.value) for one in numbers)
            date = _with_year(month, day, int(hit["year"] or 0), published)
            end = max(hit.end("month"), hit.end("year"))
            yield DayMark(hit.start("day") + numbers[0].start, end, date, own_year=bool(hit["year"]))
    for hit in _SHAPES.numbered.finditer(low):
        day = int(next(filter(None, hit.groups())))
        if published and 0 < day <= _SHORTEST_MONTH:
            month_day = published if day <= published.day else published.replace(day=1) - dt.timedelta(days=1)
            yield DayMark(*hit.span(), month_day.replace(day=day).isoformat())


def _wide(low: str, published: dt.date | None) -> Iterator[DayMark]:
    """Months and years."""
    for hit in _SHAPES.month.finditer(low):
        word = hit[1]
        within = _SHAPES.within.search(low[max(0, hit.start() - 12) : hit.start()])
        doubtful = not within if word in _LIKE_VERBS else len(word) == _SHORTEST
        month = 0 if doubtful else month_of(word)
        year = _year_of(month, hit[2], published)
        if month and year:
            yield DayMark(*hit.span(), f"{year}-{month:02d}", own_year=bool(hit[2]))
    for hit in _SHAPES.year.finditer(low):
        yield DayMark(*hit.span(), hit[1], own_year=True)


def _year_of(month: int, year: str | None, published: dt.date | None) -> int:
    """The year of a month; where none is told, the latest that is not after the article's; 0 for none."""
    if year:
        return int(year)
    return published.year - (month > published.month) if published else 0


def _with_year(month: int, day: int, year: int, published: dt.date | None) -> str:
    """A day; without a year, the latest that is not after the article's."""
    if year or published is None:
        return day_read(year, month, day).date
    date = day_read(published.year, month, day).date
    return date if date and date <= published.isoformat() else day_read(published.year - 1, month, day).date


def _role(low: str, first: int, last: int) -> str:
    """What a date is the date of, by the words beside it."""
    before, after = low[max(0, first - 40) : first], low[last : last + 30]
    line = low[max(0, first - 80, low.rfind("\n", 0, first) + 1) : first]
    near = _SHAPES.word_before.search(before)
    around = re.split(r"[,;.\n]", before[-30:])[-1] + low[first:last] + re.split(r"[,;.\n]", after)[0]
    clause = re.split(r"[.;\n]", low[last : last + 60])[0]
    telling = (
        _SHAPES.said_of.search(before)
        or _SHAPES.made_known.search(before)
        or _SHAPES.said_after.match(low, last)
        or _word("verdict").search(around)
        or re.search(_word("told").pattern + _SHAPES.to_say.pattern, before)
    )
    roles = {
        "dateline": _SHAPES.place.fullmatch(line) and _SHAPES.dateline.match(after),
        "since": (near and _word("since").fullmatch(near[1])) or _word("since_after").match(after.lstrip()),
        "told": telling,
        "earlier": _word("earlier").search(around),
        "future": _word("future").search(clause),
    }
    return next((role for role, has_role in roles.items() if has_role), "event")


def _word(name: str) -> re.Pattern[str]:
    return pattern("days", "words", name)


def _before(day: dt.date, days: int) -> str:
    return (day - dt.timedelta(days=days)).isoformat()


def _counted(low: str, published: dt.date) -> Iterator[DayMark]:
    """Days counted from the article's: "yesterday", "three days ago", a day of the week."""
    for mark in marks(low, "days", "ago"):
        yield DayMark(*mark.span, _before(published, int(mark.value)))
    for first, last, days, words in _spans(low):
        if _word("back").fullmatch(words[1]):
            yield DayMark(first, last, _before(published, days))
    for mark in marks(low, "days", "weekdays"):
        before = low[max(0, mark.start - 32) : mark.start]
        past = re.search(rf"{_word('last').pattern}\s+$", before)
        heads = _SHAPES.heading.search(before) and low[mark.end : mark.end + 1] in (".", ",", ":")
        days = (published.weekday() - int(mark.value)) % 7 or (7 if past or heads else 0)
        if _word("week").search(f"{before}{low[mark.start : mark.end + 24]}"):
            days = published.weekday() - int(mark.value) + 7
        start = past.start() + mark.start - len(before) if past else mark.start
        yield DayMark(start, mark.end, _before(published, days))


def _named(low: str, published: dt.date) -> Iterator[DayMark]:
    """Weeks, months and years by their place before the article's: "last week", "this month", "last year"."""
    monday, sunday = (_before(published, published.weekday() + days) for days in (7, 1))
    month = published.year * 12 + published.month - 1
    of_months = (
        (_word(name).pattern + r"\s+" + _word("month").pattern, back) for name, back in (("this", 0), ("last", 1))
    )
    spans = [
        (_word("week"), monday[: MONTH if monday[:MONTH] == sunday[:MONTH] else YEAR]),
        *((re.compile(words), f"{(month - back) // 12}-{(month - back) % 12 + 1:02d}") for words, back in of_months),
        (_word("this_year"), str(published.year)),
        (_word("last_year"), str(published.year - 1)),
    ]
    for words, date in spans:
        for hit in words.finditer(low):
            yield DayMark(*hit.span(), date)


def _spans(low: str) -> Iterator[tuple[int, int, int, tuple[str, str]]]:
    """Spans of days and weeks: offsets, days, and the words before and behind them."""
    for unit in marks(low, "days", "units"):
        begin = max(0, unit.start - _NEAR)
        numbers = [one for one in find_numbers(low, begin, unit.start) if not low[one.end : unit.start].strip(" -")]
        first, count = (numbers[-1].start, numbers[-1].value) if numbers else (unit.start, 1)
        behind, ahead = _SHAPES.word_behind.match(low, unit.end), _SHAPES.word_before.search(low[begin:first])
        if count == int(count) and count * int(unit.value) < 36_600:  # noqa: PLR2004  (a hundred years)
            words = (ahead[1] if ahead else "", behind[1] if behind else "")
            yield first, behind.end() if behind else unit.end, int(count) * int(unit.value), words


def _counted_on(low: str, days: list[DayMark]) -> Iterator[DayMark]:
    """Days that are counted from another one of the text: "two days earlier", "a day later", "the next day"."""
    next_days = ((hit.start(), hit.end(), 1, ("", "later")) for hit in _word("next_day").finditer(low))
    for first, last, number, words in (*_spans(low), *next_days):
        near = [day for day in days if len(day.value) == DAY and first - _FAR <= day.start and day.end <= first]
        for name, sign in (("earlier_by", 1), ("later_by", -1)):
            if near and any(map(_word(name).fullmatch, words)):
                origin = dt.date.fromisoformat(max(near, key=lambda day: day.start).value)
                mark = DayMark(first, last, _before(origin, sign * number))
                if not any(map(mark.meets, days)):
                    yield mark
