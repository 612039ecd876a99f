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
    from collections.abc import Iterator, Sequence

    from geo.drafting.article import Sentence
    from geo.drafting.days import DayMark

__all__ = ["CountMark", "Period", "find_counts", "read_period", "spans_told"]

_SHAPES = Shapes("count")

_MONTHS, _QUARTERS, _ADJECTIVES, _KINDS, _APART, _BESIDE, _NEAR = 12, 4, 3, 2, 12, 24, 45
_COUNTED = ("event", "since", "after")
"""Roles of the days that a period may be of."""


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
    spans: Sequence[Period],
    heading: Period | None,
    before: CountMark | None,
) -> list[CountMark]:
    """Find what a sentence counts; of the ``heading``'s period where none is told; ``before`` is the last count."""
    start, end, text = sentence.start, sentence.end, sentence.text
    same = before.period if before and follows and _SHAPES.same_span.search(text) else None
    period = read_period(low, sentence, days, published, spans) or same or heading
    agency = agencies[0] if agencies else None
    aggregate = period is not None or follows or (agency is not None and _says(text, "whole"))
    of_days = [day for day in days if len(day.value) == DAY or _SHAPES.days.match(low, *day.span)]
    exact = any(day.role == "event" and not (period and period.meets(day)) for day in of_days)
    kinds, about = {mark.value for mark in find_goods(low, start, end)}, _says(text, "about")
    if not aggregate or exact or not (follows or about or kinds) or _SHAPES.newspaper.search(text):
        return []
    items = _SHAPES.sums.match(text) or not any(len(day.value) == MONTH for day in of_days)
    fits = {"count": True, "often": about or follows, "items": items, "packs": period and period.is_long}
    names = [name for name, does in fits.items() if does]
    nones = [Mark(*hit.span(), 0.0) for hit in pattern("triggers", "statement", "none").finditer(low, start, end)]
    taken = [*days, *filter(None, [period]), *nones]
    often = marks(low, "triggers", "times", start=start, end=end) if about else []
    numbers = [one for one in _numbers(low, start, end, often) if not any(map(one.meets, taken))]
    part = follows and _SHAPES.part.search(text) is not None
    refers = follows and _SHAPES.refers.search(text) is not None
    compares = _SHAPES.year_before.search(text) or _SHAPES.same.search(text)
    counts: list[CountMark] = []
    long = period and (period.is_long or _says(text, "source"))
    for number in numbers:
        ahead, after = low[start : number.start], _after(low, number, end, period)
        clause = _clause(low, number, numbers, start, end)
        years = [day for day in days if len(day.value) == YEAR and clause[0] <= day.start < clause[1]]
        year = next((day for day in years if _SHAPES.of_year.fullmatch(low, number.end, day.start)), None)
        # "In 2023 it was 71.", "A year earlier there were 290."
        alone = follows and len(numbers) == 1 and (years or compares) and (year or _SHAPES.bare.match(after))
        # "Twenty-seven have gone to court."
        heads = follows and not ahead.strip() and pattern("triggers", "statement", "done").match(after.lstrip())
        follows_on = (counts or follows) and (year or _goes_on(after, named=part or len(counts) > 0))
        linked = bool((follows_on and (part or about or _says(text, "count"))) or heads or alone or refers)
        linked = linked and (len(counts) > 0 or number is numbers[0])  # "57 scanners, nine of them broken"
        linked = linked or number in often or _is_told_last(low[clause[0] : number.start], after, follows=follows)
        one = number.value == 1 and not low[number.start].isdigit()  # "one of them", "тағы бір"
        amiss = ["vehicles"] if long and _says(low[slice(*clause)], "amiss") else []
        other = one or _SHAPES.other_unit.match(after) or _SHAPES.other_count.search(ahead)
        if other or not (_is_count(after, [*names, *amiss]) or (linked and not _SHAPES.priced.search(text))):
            continue
        earlier = (one for one in years if one.end <= number.start and (counts or (alone and not _is_of(period, one))))
        own = _period_of(low, clause, period, before, year or next(earlier, None), next(iter(years), None))
        if own and before and before.period and _SHAPES.compared.search(text):
            own = replace(own, compared=True)
        named = {mark.value: None for mark in find_goods(low, *clause)}
        told = counts[0] if counts else before
        if told and not named and (alone or refers or (own and own.compared)):
            named = {told.goods: None}
        goods = next(iter(named)) if 0 < len(named) <= _KINDS else ""
        counts.append(CountMark(*number.span, float(number.value), goods, agency, own))
    if nones and not counts and period and (follows or _says(text, "count")):
        goods = kinds.pop() if len(kinds) == 1 else before.goods if before and not kinds else ""
        counts.append(CountMark(*nones[0].span, 0.0, goods, agency, period))
    return counts


def _says(text: str, name: str) -> bool:
    return says(text, "triggers", "statement", name)


def _numbers(low: str, start: int, end: int, often: Sequence[Mark]) -> list[Mark]:
    """Find the numbers of a sentence; also the one that a case bears: "the fifth since the beginning of the year"."""
    nth = marks(low, "triggers", "nth", start=start, end=end) if _SHAPES.since.search(low, start, end) else []
    return sorted([*find_numbers(low, start, end), *often, *nth], key=lambda one: one.start)


def _after(low: str, number: Mark, end: int, period: Period | None) -> str:
    """The words behind a number, without the period's."""
    if period and number.end <= period.start < number.end + _NEAR:
        return low[number.end : period.start] + low[period.end : min(end, period.end + _NEAR)]
    return low[number.end : min(end, number.end + _NEAR)]


def _is_count(after: str, names: Sequence[str]) -> bool:
    """Whether a number counts cases or what else its period allows: the word follows within a few adjectives."""
    hits = (pattern("triggers", "statement", name).search(after) for name in names)
    hit = min(filter(None, hits), key=lambda one: one.start(), default=None)
    between = after[: hit.start()] if hit else ""
    few = len(re.findall(r"[\w-]+", between)) <= _ADJECTIVES
    return hit is not None and few and not _SHAPES.apart.search(between)


def _is_told_last(ahead: str, after: str, *, follows: bool) -> bool:
    """Whether a number stands behind what it counts: "таких попыток пресечено пять"; in a list behind goods alone."""
    goods = find_goods(ahead)
    counted = _says(ahead, "count") and _SHAPES.counted.search(ahead)
    of_class = follows and goods and _SHAPES.of_class.search(ahead)
    of_goods = goods and _says(ahead, "about") and _SHAPES.number_of.search(ahead)
    return bool(_SHAPES.bare.match(after) and (of_class or counted or of_goods))


def _goes_on(after: str, *, named: bool) -> bool:
    """Whether a number counts what the one before it does: "…, 11 were completed", "of those, 61 drugs"."""
    behind = _SHAPES.suffix.sub("", after, count=1).lstrip()
    done = pattern("triggers", "statement", "done").match(behind) or _SHAPES.year_before.match(after.lstrip())
    same = _SHAPES.bare.match(after) or _SHAPES.same.search(after[:_BESIDE])
    return bool(done or same or (named and any(mark.start == 0 for mark in find_goods(behind))))


def _is_of(period: Period | None, year: Mark) -> bool:
    return period is not None and period.value.startswith(year.value)


def _period_of(
    low: str, clause: tuple[int, int], period: Period | None, before: CountMark | None, *years: Mark | None
) -> Period | None:
    """The period of one count: a year of its own, or the same part of one told beside it, or of the year before."""
    year = next(filter(None, years), None)
    base = period if period and not (year and period.meets(year)) else before and before.period
    if base and year and _SHAPES.same.search(low, *clause):
        return base.of_year(int(year.value))
    if base and _SHAPES.year_before.search(low, *clause):
        return base.of_year(int(base.value[:YEAR]) - 1)
    return _months(years[0].span, int(years[0].value), 1, _MONTHS) if years[0] else period


def _clause(low: str, number: Mark, numbers: Sequence[Mark], start: int, end: int) -> tuple[int, int]:
    """Offsets of the words that tell what a number counts."""
    commas = [low.rfind(",", start, one.start) + 1 for one in numbers]
    stops = [start, *(hit.end() for hit in _SHAPES.clause.finditer(low, start, end)), *commas, end]
    stops = sorted(stop for stop in stops if stop >= start)
    ends = [stop for stop in stops if stop > number.end + 1] or [end]  # "half of the cases, 27, were of timber"
    return max(stop for stop in stops if stop <= number.start), ends[0]


def spans_told(low: str, days: Sequence[DayMark], published: dt.date | None) -> list[Period]:
    """Find the spans that a text tells: some days, from a day on, seasons, the last week; the longer one first."""
    spans = [Period(*span, first, last) for span, first, last in day_ranges(low, published)]
    dated = [day for day in days if day.role in _COUNTED and len(day.value) >= MONTH]
    for one, other in pairwise(dated):
        begins = one.role == "since" or _SHAPES.amid.match(low, other.end)
        if begins and one.value < other.value and _SHAPES.until.fullmatch(low, one.end, other.start):
            today = other.relative and published is not None and other.value == published.isoformat()
            spans.append(Period(one.start, other.end, _whole(one).value, "" if today else _whole(other).last))
    for day in dated:
        ahead = low[max(0, day.start - _BESIDE) : day.start]
        begins = _SHAPES.from_day.search(ahead) or _SHAPES.day_on.match(low, day.end)
        if begins and (len(day.value) == DAY or _SHAPES.onward.match(low, day.end)):
            spans.append(Period(*day.span, _whole(day).value))
    if published:
        monday = published - dt.timedelta(days=published.weekday() + 7)
        sunday = monday + dt.timedelta(days=6)
        spans += [Period(*hit.span(), f"{monday}", f"{sunday}") for hit in _SHAPES.week.finditer(low)]
        spans += _seasons(low, days, published)
    return sorted(spans, key=lambda one: (one.start, -one.end))


def _seasons(low: str, days: Sequence[DayMark], published: dt.date) -> Iterator[Period]:
    """Find the seasons that a text names, each of the year told behind it, or the last that has begun."""
    for mark in marks(low, "days", "counted_seasons"):
        ahead = low[max(0, mark.start - _BESIDE) : mark.start]
        within = not low[mark.start].isascii() or _SHAPES.in_season.search(ahead)
        if within and not _SHAPES.from_season.search(ahead):
            first, last = int(mark.value) - 2, int(mark.value)
            told = [int(day.value) for day in days if len(day.value) == YEAR and 0 < day.start - mark.end < _BESIDE]
            begun = published.year - (first > published.month) + (first < 1 and published.month == _MONTHS)
            yield _months(mark.span, told[-1] if told else begun, first, last)


def _whole(day: DayMark) -> Period:
    """A day, a month or a year as a period."""
    if len(day.value) == DAY:
        return Period(*day.span, day.value, day.value)
    month = int(day.value[YEAR + 1 :] or 0)
    return _months(day.span, int(day.value[:YEAR]), month or 1, month or _MONTHS)


def read_period(
    low: str, sentence: Sentence, days: Sequence[DayMark], published: dt.date | None, spans: Sequence[Period]
) -> Period | None:
    """Read the period of a sentence: a span of the text's in it, or before it where it says "since then".

    Without a year in it, months are of the article's year or the one before.
    """
    start, end = sentence.start, sentence.end
    days = [day for day in days if not _SHAPES.told_that.match(low, day.end, end)]
    within = (one for one in spans if start <= one.start < end)
    own = next((one for one in within if not _SHAPES.told_that.match(low, one.end, end)), None)
    # "Against 290 in the same months of 2024": the year of another count.
    others = [day for day in days if _SHAPES.same.search(low, max(start, day.start - _BESIDE), day.start)]
    dated = [day for day in days if day.role in _COUNTED and day not in others]
    if own or ((hit := _SHAPES.then.search(low, start, end)) and (own := _since_then(low, hit, days, spans))):
        return own
    # "From January to September 2024": the year stands with the last.
    ends = [two for one, two in pairwise(dated) if _SHAPES.until.fullmatch(low, one.end, two.start) and two.own_year]
    year = int((ends or dated)[0].value[:YEAR]) if dated else 0
    for hit, first, last in _months_named(low, start, end):
        whole = year or (published.year - (last > published.month) if published else 0)
        return _months(hit.span(), whole, first, last) if whole else None
    if opened := _SHAPES.since.search(low, start, end):
        since = published.year if published and dated and dated[0].start > opened.end() + _APART else year
        until = next((day for day in dated if _SHAPES.till.search(low, opened.end(), day.start)), None)
        until = until or next((day for day in dated if _SHAPES.amid.match(low, day.end)), None)
        period = _since(low, opened, since or (published.year if published else 0), end)
        return replace(period, last=_whole(until).last) if period and until else period
    return next((_whole(day) for size in (MONTH, YEAR) for day in dated if len(day.value) == size), None)


def _since_then(low: str, hit: re.Match[str], days: Sequence[DayMark], spans: Sequence[Period]) -> Period | None:
    """The span that "since then", "in those days" stand for; "since the ban of 1 May" has a day of its own."""
    then = next((one for one in spans[::-1] if one.end <= hit.start()), None)
    day = next((one for one in days if len(one.value) == DAY and 0 <= one.start - hit.end() < _BESIDE), None)
    if day and not _SHAPES.till.search(low, hit.end(), day.start):
        return Period(hit.start(), day.end, day.value)
    if day and then:
        return Period(hit.start(), day.end, then.value, day.value)
    return then and Period(*hit.span(), then.value, then.last)


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
        yield (hit, 7, _MONTHS) if hit["second"] else (hit, 1, 6)
    if hit := _SHAPES.quarter.search(low, start, end):
        told = marks(next(filter(None, hit.groups())), "days", "quarters")
        quarter = int(told[0].value) if told else _QUARTERS  # else the last
        yield hit, 3 * quarter - 2, 3 * quarter
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
    """From a month of a year, or of the year before where it is less than 1, to another."""
    begins = f"{year - (first < 1)}-{(first - 1) % _MONTHS + 1:02d}-01"
    return Period(*span, begins, f"{year}-{last:02d}-{calendar.monthrange(year, last)[1]}")
