"""What agencies count: the cases of a period, in running text."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from geo.drafting.days import day_ranges, month_of
from geo.drafting.goods import find_goods
from geo.drafting.lexicon import DAY, MONTH, YEAR, Mark, Shapes, marks, pattern, says
from geo.drafting.numerals import find_numbers

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from geo.drafting.article import Sentence
    from geo.drafting.days import DayMark

__all__ = ["CountMark", "Period", "find_counts", "read_period"]

_SHAPES = Shapes("count")

_MONTHS, _ADJECTIVES, _KINDS, _NEAR, _APART, _BESIDE = 12, 3, 2, 4, 12, 24


@dataclass(frozen=True, slots=True)
class Period(Mark):
    """First and last day that a count is of, as ISO dates; "" for an end that is not given."""

    value: str
    last: str = ""
    compared: bool = False

    @property
    def is_long(self) -> bool:
        """Whether it is longer than a month."""
        return self.value[:MONTH] != self.last[:MONTH]

    def of_year(self, year: int) -> Period:
        """The same part of another year, with which it is compared."""
        return replace(
            self, value=f"{year}{self.value[YEAR:]}", last=self.last and f"{year}{self.last[YEAR:]}", compared=True
        )


@dataclass(frozen=True, slots=True)
class CountMark(Mark):
    """A figure that an agency gives."""

    value: float
    goods: str = ""
    agency: Mark | None = None
    period: Period | None = None


def find_counts(
    low: str,
    sentence: Sentence,
    days: Sequence[DayMark],
    agencies: Sequence[Mark],
    *,
    published: dt.date | None,
    follows: bool,
    heading: Period | None,
    before: Period | None,
) -> list[CountMark]:
    """Find what a sentence counts; of the ``heading``'s period where none is told; ``before`` is the last one."""
    start, end, text = sentence.start, sentence.end, sentence.text
    same = before if follows and _SHAPES.same_span.search(text) else None
    period = read_period(low, start, end, days, published) or same or heading
    agency = agencies[0] if agencies else None
    aggregate = period is not None or follows or (agency is not None and says(text, "triggers", "statement", "whole"))
    of_days = [day for day in days if len(day.value) == DAY or _SHAPES.days.match(low, *day.span)]
    exact = any(
        day.role == "event" and (len(day.value) == MONTH or not (period and period.meets(day))) for day in of_days
    )
    if not aggregate or exact or not (follows or says(text, "triggers", "statement", "about")):
        return []
    counts: list[CountMark] = []
    nones = list(pattern("triggers", "statement", "none").finditer(low, start, end))
    taken = [*days, *filter(None, [period]), *(Mark(*hit.span(), "") for hit in nones)]
    part = follows and _SHAPES.part.search(text) is not None
    numbers = find_numbers(low, start, end)
    about = part or any(says(text, "triggers", "statement", name) for name in ("count", "about"))
    for number in numbers:
        ahead, after = low[start : number.start], low[number.end : min(end, number.end + 45)]
        clause = _clause(low, number, numbers, start, end)
        years = [day for day in days if len(day.value) == YEAR and clause[0] <= day.start < clause[1]]
        year = next((day for day in years if 0 <= day.start - number.end <= _NEAR), None)
        follows_on = _goes_on(after, named=part or len(counts) > 0) or _SHAPES.year_before.match(after.lstrip())
        follows_on = follows_on or _SHAPES.same.search(after[:_BESIDE])
        refers = follows and _SHAPES.refers.search(text) and not _SHAPES.by.search(ahead)
        # "Twenty-seven have gone to court."
        heads = follows and not ahead.strip() and pattern("triggers", "statement", "done").match(after.lstrip())
        goes_on = (about and (counts or follows) and (year or follows_on)) or refers or heads
        listed = sentence.item and ahead.rstrip().endswith((":", "—", "–"))
        listed = listed and (follows or says(ahead, "triggers", "statement", "count"))
        if (
            any(map(number.meets, taken))
            or _SHAPES.other_unit.match(after)
            or _SHAPES.among.search(ahead)
            or not (goes_on or listed or _is_count(after, long=period is not None and period.is_long))
        ):
            continue
        named = [mark.value for mark in find_goods(low, *clause)]
        goods = named[0] if named and len(set(named)) <= _KINDS else ""
        year = year or next((day for day in years if counts and day.end <= number.start), None)
        own = _months(year.span, int(year.value), 1, _MONTHS) if year else period
        year_mark = year or next(iter(years), None)
        base = period if period and not (year_mark and period.meets(year_mark)) else before
        if base and year_mark and _SHAPES.same.search(low, *clause):
            own = base.of_year(int(year_mark.value))
        elif base and _SHAPES.year_before.search(low, *clause):
            own = base.of_year(int(base.value[:YEAR]) - 1)
        if own and before and _SHAPES.compared.search(text):
            own = replace(own, compared=True)
        counts.append(CountMark(*number.span, number.value, goods, agency, own))
    if nones and not counts and period and (follows or says(text, "triggers", "statement", "count")):
        kinds = {mark.value for mark in find_goods(low, start, end)}
        counts.append(CountMark(*nones[0].span(), 0.0, kinds.pop() if len(kinds) == 1 else "", agency, period))
    return counts


def _is_count(after: str, *, long: bool) -> bool:
    """Whether a number counts cases, or packs over a ``long`` period: the word follows within a few adjectives."""
    names = ("count", "items", "packs") if long else ("count", "items")
    hits = (pattern("triggers", "statement", name).search(after) for name in names)
    hit = min(filter(None, hits), key=lambda one: one.start(), default=None)
    between = after[: hit.start()] if hit else ""
    few = len(re.findall(r"[\w-]+", between)) <= _ADJECTIVES
    return hit is not None and few and not _SHAPES.apart.search(between)


def _goes_on(after: str, *, named: bool) -> bool:
    """Whether a number counts what the one before it does: "…, 11 were completed", "of those, 61 drugs"."""
    behind = _SHAPES.suffix.sub("", after, count=1).lstrip()
    return (
        _SHAPES.bare.match(after) is not None
        or pattern("triggers", "statement", "done").match(behind) is not None
        or (named and any(mark.start == 0 for mark in find_goods(behind)))
    )


def _clause(low: str, number: Mark, numbers: Sequence[Mark], start: int, end: int) -> tuple[int, int]:
    """Offsets of the words that tell what a number counts."""
    commas = [low.rfind(",", start, one.start) + 1 for one in numbers]
    stops = [start, *(hit.end() for hit in _SHAPES.clause.finditer(low, start, end)), *commas, end]
    stops = sorted(stop for stop in stops if stop >= start)
    ends = [stop for stop in stops if stop > number.end + 1] or [end]  # "half of the cases, 27, were of timber"
    return max(stop for stop in stops if stop <= number.start), ends[0]


def read_period(low: str, start: int, end: int, days: Sequence[DayMark], published: dt.date | None) -> Period | None:
    """Read the period of a sentence; without a year in it, of the article's year or the one before."""
    for span, begin, until in day_ranges(low[start:end], published):
        return Period(start + span[0], start + span[1], begin, until)
    dated = [day for day in days if day.role in ("event", "since", "after")]
    for one, other in pairwise(day for day in dated if len(day.value) == DAY):
        begins = one.role == "since" or _SHAPES.amid.match(low, other.end)
        if begins and one.value < other.value and _SHAPES.until.fullmatch(low, one.end, other.start):
            today = other.relative and published is not None and other.value == published.isoformat()
            return Period(one.start, other.end, one.value, "" if today else other.value)
    year = int(dated[0].value[:YEAR]) if dated else 0
    for hit, first, last in _months_named(low, start, end):
        whole = year or (published.year - (last > published.month) if published else 0)
        return _months(hit.span(), whole, first, last) if whole else None
    if opened := _SHAPES.since.search(low, start, end):
        since = published.year if published and dated and dated[0].start > opened.end() + _APART else year
        return _since(low, opened, since or (published.year if published else 0), end)
    for length in (MONTH, YEAR):
        for day in dated:
            if len(day.value) == length:
                month = int(day.value[5:7] or 0)
                return _months(day.span, int(day.value[:YEAR]), month or 1, month or _MONTHS)
    return None


def _since(low: str, opened: re.Match[str], year: int, end: int) -> Period | None:
    """The period from the beginning of a year on, or of the month that is named: "с начала марта"."""
    named = _SHAPES.of_month.match(low, opened.end(), end)
    month = month_of(named[1]) if named else 0
    return Period(*opened.span(), f"{year}-{month or 1:02d}-01") if year else None


def _months_named(low: str, start: int, end: int) -> Iterator[tuple[re.Match[str], int, int]]:
    """Spans of months that a sentence names: where, the first, the last."""
    yield from _month_pairs(low, start, end)
    if hit := _SHAPES.first_month.search(low, start, end):
        yield hit, 1, 1
    if hit := _SHAPES.half.search(low, start, end):
        yield hit, 1, 6
    if hit := _SHAPES.quarter.search(low, start, end):
        for mark in marks(next(filter(None, hit.groups())), "days", "quarters"):
            yield hit, 3 * int(mark.value) - 2, 3 * int(mark.value)
    if hit := _SHAPES.span.search(low, start, end):
        for mark in find_numbers(low, *hit.span("count")):
            if 1 < mark.value <= _MONTHS and mark.value == int(mark.value):
                yield hit, 1, int(mark.value)


def _month_pairs(low: str, start: int, end: int) -> Iterator[tuple[re.Match[str], int, int]]:
    for shape in (_SHAPES.between, _SHAPES.between_and, _SHAPES.adjoining):
        for span in shape.finditer(low, start, end):
            first, last = map(month_of, span.groups())
            if 0 < first < last and (shape is not _SHAPES.adjoining or last == first + 1):
                yield span, first, last


def _months(span: tuple[int, int], year: int, first: int, last: int) -> Period:
    return Period(*span, f"{year}-{first:02d}-01", f"{year}-{last:02d}-{calendar.monthrange(year, last)[1]}")
