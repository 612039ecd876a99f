"""What agencies count: the cases of a period, in running text."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from geo.drafting.days import day_ranges, month_of
from geo.drafting.goods import find_goods
from geo.drafting.lexicon import DAY, MONTH, YEAR, Mark, Shapes, marks, pattern, says
from geo.drafting.numerals import find_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geo.drafting.article import Sentence
    from geo.drafting.days import DayMark

__all__ = ["CountMark", "Period", "find_counts", "read_period", "spans_told"]

_SHAPES = Shapes("count")

_MONTHS, _ADJECTIVES, _KINDS, _APART, _BESIDE = 12, 3, 2, 12, 24


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
    before: CountMark | None,
    then: Period | None,
) -> list[CountMark]:
    """Find what a sentence counts; of the ``heading``'s period where none is told; ``before`` is the last count."""
    start, end, text = sentence.start, sentence.end, sentence.text
    last = before.period if before else None
    same = last if follows and _SHAPES.same_span.search(text) else None
    period = read_period(low, start, end, days, published, then) or same or heading
    agency = agencies[0] if agencies else None
    aggregate = period is not None or follows or (agency is not None and says(text, "triggers", "statement", "whole"))
    of_days = [day for day in days if len(day.value) == DAY or _SHAPES.days.match(low, *day.span)]
    ranged = any(len(day.value) == MONTH for day in of_days)
    exact = any(day.role == "event" and not (period and period.meets(day)) for day in of_days)
    of_goods = {mark.value for mark in find_goods(low, start, end)}
    told = follows or of_goods or says(text, "triggers", "statement", "about")
    if not aggregate or exact or not told or _SHAPES.newspaper.search(text):
        return []
    counts: list[CountMark] = []
    nones = list(pattern("triggers", "statement", "none").finditer(low, start, end))
    taken = [*days, *filter(None, [period]), *(Mark(*hit.span(), "") for hit in nones)]
    part = follows and _SHAPES.part.search(text) is not None
    times = [Mark(*mark.span, float(mark.value)) for mark in marks(low, "triggers", "times", start=start, end=end)]
    numbers = sorted([*find_numbers(low, start, end), *times], key=lambda mark: mark.start)
    numbers = [one for one in numbers if not any(map(one.meets, taken))]
    about = part or any(says(text, "triggers", "statement", name) for name in ("count", "about"))
    long = period is not None and period.is_long
    priced = _SHAPES.priced.search(text) is not None
    often = says(text, "triggers", "statement", "about") and not priced
    compares = _SHAPES.year_before.search(text) or _SHAPES.same.search(text)
    for number in numbers:
        ahead, after = low[start : number.start], low[number.end : min(end, number.end + 45)]
        kinds = {
            "count": True,
            "often": often or follows,
            "items": not ranged or says(ahead, "triggers", "statement", "whole"),
            "packs": long,
        }
        names = [name for name, fits in kinds.items() if fits]
        clause = _clause(low, number, numbers, start, end)
        years = [day for day in days if len(day.value) == YEAR and clause[0] <= day.start < clause[1]]
        year = next((day for day in years if _SHAPES.of_year.fullmatch(low, number.end, day.start)), None)
        follows_on = _goes_on(after, named=part or len(counts) > 0) or _SHAPES.year_before.match(after.lstrip())
        follows_on = follows_on or _SHAPES.same.search(after[:_BESIDE])
        refers = follows and _SHAPES.refers.search(text) and not _SHAPES.by.search(ahead)
        # "Twenty-seven have gone to court."
        heads = follows and not ahead.strip() and pattern("triggers", "statement", "done").match(after.lstrip())
        # "In 2023 it was 71.", "A year earlier there were 290."
        alone = follows and len(numbers) == 1 and (years or compares) and (year or _SHAPES.bare.match(after))
        goes_on = (about and (counts or follows) and (year or follows_on)) or refers or heads or alone
        goes_on = goes_on and (counts or number is numbers[0])  # "57 scanners, nine of them broken"
        listed = sentence.item and ahead.rstrip().endswith((":", "—", "–"))
        listed = listed and (follows or says(ahead, "triggers", "statement", "count"))
        listed = listed or _is_told_last(low[clause[0] : number.start], after, follows=follows)
        bare = (goes_on or listed) and not priced
        if (
            _SHAPES.other_unit.match(after)
            or _SHAPES.among.search(ahead)
            or _SHAPES.label.search(ahead)
            or (number.value == 1 and not low[number.start].isdigit())  # "one of them", "тағы бір"
            or not (bare or (number in times and often) or _is_count(after, names))
        ):
            continue
        named = [mark.value for mark in find_goods(low, *clause)]
        goods = named[0] if named and len(set(named)) <= _KINDS else ""
        year = year or next((day for day in years if (counts or alone) and day.end <= number.start), None)
        year = None if year and not counts and period and period.value[:YEAR] == year.value else year
        own = _months(year.span, int(year.value), 1, _MONTHS) if year else period
        year_mark = year or next(iter(years), None)
        base = period if period and not (year_mark and period.meets(year_mark)) else last
        if base and year_mark and _SHAPES.same.search(low, *clause):
            own = base.of_year(int(year_mark.value))
        elif base and _SHAPES.year_before.search(low, *clause):
            own = base.of_year(int(base.value[:YEAR]) - 1)
        if own and last and _SHAPES.compared.search(text):
            own = replace(own, compared=True)
        beside = counts[0] if counts else before
        if beside and not named and (alone or refers or (own and own.compared)):
            goods = beside.goods
        counts.append(CountMark(*number.span, number.value, goods, agency, own))
    if nones and not counts and period and (follows or says(text, "triggers", "statement", "count")):
        goods = of_goods.pop() if len(of_goods) == 1 else before.goods if before and not of_goods else ""
        counts.append(CountMark(*nones[0].span(), 0.0, goods, agency, period))
    return counts


def _is_count(after: str, names: Sequence[str]) -> bool:
    """Whether a number counts cases or what else its period allows: the word follows within a few adjectives."""
    hits = (pattern("triggers", "statement", name).search(after) for name in names)
    hit = min(filter(None, hits), key=lambda one: one.start(), default=None)
    between = after[: hit.start()] if hit else ""
    few = len(re.findall(r"[\w-]+", between)) <= _ADJECTIVES
    return hit is not None and few and not _SHAPES.apart.search(between)


def _is_told_last(ahead: str, after: str, *, follows: bool) -> bool:
    """Whether a number stands behind what it counts: "таких попыток пресечено пять"; in a list behind goods alone."""
    if not _SHAPES.bare.match(after):
        return False
    goods = find_goods(ahead)
    counted = _SHAPES.counted.search(ahead) if says(ahead, "triggers", "statement", "count") else None
    of_class = follows and any(not ahead[mark.end :].strip(" (–—:-") for mark in goods)
    return of_class or counted is not None or (bool(goods) and _SHAPES.number_of.search(ahead) is not None)


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


def read_period(
    low: str, start: int, end: int, days: Sequence[DayMark], published: dt.date | None, then: Period | None = None
) -> Period | None:
    """Read the period of a sentence; without a year in it, of the article's year or the one before.

    ``then`` is the span told before that "since then" and "in those days" stand for.
    """
    for span, begin, until in day_ranges(low[start:end], published):
        return Period(start + span[0], start + span[1], begin, until)
    # "Against 290 in the same months of 2024": the year of another count.
    dated = [day for day in days if day.role in ("event", "since", "after")]
    dated = [day for day in dated if not _SHAPES.same.search(low, max(start, day.start - _BESIDE), day.start)]
    for one, other in pairwise(day for day in dated if len(day.value) >= MONTH):
        begins = one.role == "since" or _SHAPES.amid.match(low, other.end)
        if begins and one.value < other.value and _SHAPES.until.fullmatch(low, one.end, other.start):
            today = other.relative and published is not None and other.value == published.isoformat()
            return Period(one.start, other.end, _whole(one)[0], "" if today else _whole(other)[1])
    if hit := _SHAPES.then.search(low, start, end):
        beside = next((day for day in dated if len(day.value) == DAY and 0 <= day.start - hit.end() < _BESIDE), None)
        until = beside if beside and _SHAPES.till.search(low, hit.end(), beside.start) else None
        begun = beside if beside and not until else then
        if begun:
            last = until.value if until else getattr(begun, "last", "")
            return Period(hit.start(), max(hit.end(), beside.end if beside else 0), begun.value, last)
    year = int(dated[0].value[:YEAR]) if dated else 0
    for hit, first, last in _months_named(low, start, end):
        whole = year or (published.year - (last > published.month) if published else 0)
        return _months(hit.span(), whole, first, last) if whole else None
    if begun := next((day for day in dated if len(day.value) == DAY and _begins(low, day)), None):
        return Period(*begun.span, begun.value)
    if opened := _SHAPES.since.search(low, start, end):
        since = published.year if published and dated and dated[0].start > opened.end() + _APART else year
        return _since(low, opened, since or (published.year if published else 0), end)
    if published and (season := _of_season(low, start, end, dated, published)):
        return season
    if published and (hit := _SHAPES.week.search(low, start, end)):
        return _week(*hit.span(), published)
    for length in (MONTH, YEAR):
        for day in dated:
            if len(day.value) == length:
                return Period(*day.span, *_whole(day))
    return None


def spans_told(low: str, days: Iterable[DayMark], published: dt.date | None) -> list[Period]:
    """Find the spans that a text tells: some days, or from a day on."""
    ranges = [Period(*span, first, last) for span, first, last in day_ranges(low, published)]
    weeks = [_week(*hit.span(), published) for hit in _SHAPES.week.finditer(low)] if published else []
    return (
        ranges + weeks + [Period(*day.span, day.value) for day in days if len(day.value) == DAY and _begins(low, day)]
    )


def _begins(low: str, day: DayMark) -> bool:
    """Whether words beside a day make it the first of a span: "с 22 марта", "since 22 March", "22 наурыздан бері"."""
    before = _SHAPES.from_day.search(low, max(0, day.start - _BESIDE), day.start)
    return day.role == "since" and (before or _SHAPES.day_on.match(low, day.end)) is not None


def _whole(day: DayMark) -> tuple[str, str]:
    """First and last day of a day, a month or a year."""
    if len(day.value) == DAY:
        return day.value, day.value
    month = int(day.value[YEAR + 1 : MONTH] or 0)
    span = _months(day.span, int(day.value[:YEAR]), month or 1, month or _MONTHS)
    return span.value, span.last


def _of_season(low: str, start: int, end: int, dated: Sequence[DayMark], published: dt.date) -> Period | None:
    """The season that a sentence names, of the year told or the last that has begun; a winter by its last month."""
    for mark in marks(low, "days", "counted_seasons", start=start, end=end):
        in_season = not low[mark.start].isascii() or _SHAPES.in_season.search(low, start, mark.start)
        if in_season and not _SHAPES.from_season.search(low, start, mark.start):
            first, last = int(mark.value) - 2, int(mark.value)
            told = [int(day.value) for day in dated if len(day.value) == YEAR]
            year = (
                told[-1]
                if told
                else published.year - (published.month < first) + (first < 1 and published.month == _MONTHS)
            )
            begins = f"{year}-{first:02d}-01" if first > 0 else f"{year - 1}-{_MONTHS + first}-01"
            return Period(*mark.span, begins, _months(mark.span, year, last, last).last)
    return None


def _week(start: int, end: int, published: dt.date) -> Period:
    """The last week from Monday to Sunday."""
    monday = published - dt.timedelta(days=published.weekday() + 7)
    return Period(start, end, monday.isoformat(), (monday + dt.timedelta(days=6)).isoformat())


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
