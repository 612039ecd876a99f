"""What agencies count: the cases of a period, in running text."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.drafting.goods import find_goods
from geo.drafting.lexicon import pattern, says
from geo.drafting.numerals import find_numbers

if TYPE_CHECKING:
    from geo.drafting.article import Sentence
    from geo.drafting.days import DayMark
    from geo.drafting.lexicon import Mark

__all__ = ["CountMark", "Period", "find_counts", "months_of", "read_period"]

_SPAN = re.compile(
    r"(?:за|в течение|in the|during the|over the|for the)?\s*(?:первы[ех]|first|алғашқы|the first)?\s*([\w]+)\s+(?:месяц\w*|months?\b|айда\b|ай\b|айдың)"
)
_HALF = re.compile(
    r"(?:перво[ем]\s+полугоди|первого\s+полугодия|half of|first half|бірінші жартыжылды|алғашқы жартыжылды|жарты жылда)"
)
_QUARTER = re.compile(
    r"(?:(перв|втор|трет|четв)\w+\s+квартал|(i{1,3}|iv|[1-4])(?:-?\w+)?\s+(?:квартал|quarter|тоқсан)|(first|second|third|fourth)\s+quarter|(бірінші|екінші|үшінші|төртінші)\s+тоқсан)"
)
_QUARTERS = {
    "перв": 1,
    "втор": 2,
    "трет": 3,
    "четв": 4,
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "бірінші": 1,
    "екінші": 2,
    "үшінші": 3,
    "төртінші": 4,
}
_SINCE = re.compile(
    r"(?:с начала|с января|since the (?:beginning|start)|since january|from the beginning|so far this year|жыл басынан|басынан бері|басынан бастап|қаңтардан бері|с начала года)"
)
_BARE = re.compile(r"^\s*(?:[–—-]|:|,|$|\.|\s(?:раз|some of|из них|of them))")
_OTHER_UNIT = re.compile(
    r"^\s*(?:%|процент|пайыз|per ?cent|км|km|метр|лет|жыл|year|час|hours?|минут|дн[яей]|days?|күн|мест|статьи?|человек|адам|people)"
)
_BETWEEN = re.compile(
    r"(январ|феврал|март|апрел|ма[йея]|июн|июл|август|сентябр|октябр|ноябр|декабр)\w*\s*[–—-]\s*(январ|феврал|март|апрел|ма[йея]|июн|июл|август|сентябр|октябр|ноябр|декабр)\w*"
)
_STEMS = ("январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр")


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day that a count is of; ISO, "" for an end that is not given."""

    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class CountMark:
    """A figure that an agency gives.

    Attributes
    ----------
    start, end
        Offsets of the figure.
    value
        Cases, or an amount of goods.
    goods
        The category that it is of, "" for all.
    agency, period
        As far as the sentence says them.
    agency_at, period_at
        Where they stand, None where the sentence doesn't say.
    clause
        Offsets of the words that tell what is counted.
    """

    start: int
    end: int
    value: float
    goods: str
    agency: str
    period: Period
    agency_at: tuple[int, int] | None
    period_at: tuple[int, int] | None
    clause: tuple[int, int]


def find_counts(
    low: str, sentence: Sentence, days: tuple[DayMark, ...], agencies: tuple[Mark, ...], *, follows: bool
) -> list[CountMark]:
    """Find what a sentence counts.

    Parameters
    ----------
    low
        The article in small letters.
    sentence, days, agencies
        The sentence and what is read in it.
    follows
        Whether a sentence just before it counts too, so that agency and period may stand there.

    Returns
    -------
    list of CountMark
    """
    start, end, text = sentence.start, sentence.end, sentence.text
    period, period_at = read_period(low, start, end, days)
    speaks = bool(agencies) or follows
    aggregate = bool(period.start) or follows or says(text, "triggers", "statement", "whole")
    exact = any(day.role == "event" and len(day.date) == len("2024-07-03") for day in days)
    if (
        not aggregate
        or exact
        or not (speaks or period.start)
        or not (follows or says(text, "triggers", "statement", "about"))
    ):
        return []
    found = []
    agency = str(agencies[0].value) if agencies else ""
    agency_at = (agencies[0].start, agencies[0].end) if agencies else None
    counted = False
    nones = list(pattern("triggers", "statement", "none").finditer(text))
    none = nones[0] if nones else None
    for number in find_numbers(low, start, end):
        after = low[number.end : min(end, number.end + 45)]
        words = re.match(r"[\s\u00a0]*((?:[\w-]+[\s\u00a0]+){0,3}?)", after)
        is_count = words is not None and _counts(after)
        if any(start + one.start() <= number.start < start + one.end() for one in nones):
            continue
        goes_on = bool(_BARE.match(after)) or pattern("triggers", "statement", "done").match(after.lstrip()) is not None
        bare = (counted or follows) and goes_on and not _OTHER_UNIT.match(after)
        if _inside(number.start, number.end, days, period_at) or not (is_count or bare) or _OTHER_UNIT.match(after):
            continue
        counted = True
        clause = _clause(low, number.start, number.end, start, end)
        goods = _goods_of(low, clause, number.start)
        found.append(
            CountMark(number.start, number.end, number.value, goods, agency, period, agency_at, period_at, clause)
        )
    if none and not found and says(text, "triggers", "statement", "count") and period.start:
        at = (start + none.start(), start + none.end())
        found.append(CountMark(*at, 0.0, "", agency, period, agency_at, period_at, (start, end)))
    return found


def _counts(after: str) -> bool:
    """Whether a number counts cases: a word for them follows within two adjectives."""
    hit = pattern("triggers", "statement", "count").search(after)
    if hit is None:
        return False
    between = after[: hit.start()]
    return len(re.findall(r"[\w-]+", between)) <= 3 and not re.search(r"[.,;:()\n–—]", between)  # noqa: PLR2004


def _inside(first: int, last: int, days: tuple[DayMark, ...], period_at: tuple[int, int] | None) -> bool:
    spans = [(day.start, day.end) for day in days] + ([period_at] if period_at else [])
    return any(first < stop and last > begin for begin, stop in spans)


def _clause(low: str, first: int, last: int, start: int, end: int) -> tuple[int, int]:
    stops = [
        start,
        *(
            hit.end()
            for hit in re.finditer(r";|:(?!\s*\d)|\.\s|,\s(?=[^\d]{0,60}\d)|,\s(?:and|и|ал)\s", low[:end])
            if start < hit.end() < end
        ),
        end,
    ]
    begin = max(stop for stop in stops if stop <= first)
    finish = min((stop for stop in stops if stop >= last), default=end)
    return begin, finish


def _goods_of(low: str, clause: tuple[int, int], at: int) -> str:
    found = {mark.value: mark for mark in find_goods(low, *clause)}
    return next(iter(found), "") if len(found) <= 2 else ""  # noqa: PLR2004


def read_period(low: str, start: int, end: int, days: tuple[DayMark, ...]) -> tuple[Period, tuple[int, int] | None]:
    """Read the period of a sentence, and where it stands."""
    text = low[start:end]
    dated = [day for day in days if day.role in ("event", "since")]
    year = next((day.date[:4] for day in dated if len(day.date) >= len("2024") and day.date), "")
    if hit := _SINCE.search(text):
        if year:
            return Period(f"{year}-01-01"), (start + hit.start(), start + hit.end())
        return Period("this"), (start + hit.start(), start + hit.end())
    if hit := _BETWEEN.search(text):
        first, last = (next(at for at, stem in enumerate(_STEMS, 1) if hit[group].startswith(stem)) for group in (1, 2))
        return months_of(year, first, last), (start + hit.start(), start + hit.end())
    if hit := _HALF.search(text):
        return months_of(year, 1, 6), (start + hit.start(), start + hit.end())
    if hit := _QUARTER.search(text):
        number = _QUARTERS.get(next(filter(None, hit.groups()))) or int(next(filter(None, hit.groups())))
        return months_of(year, 3 * number - 2, 3 * number), (start + hit.start(), start + hit.end())
    if (hit := _SPAN.search(text)) and (numbers := find_numbers(hit[1])):
        count = int(numbers[0].value)
        if 1 < count <= 12 and numbers[0].value == count:  # noqa: PLR2004
            return months_of(year, 1, count), (start + hit.start(1), start + hit.end())
    months = [day for day in dated if len(day.date) == len("2024-07")]
    if months:
        day = months[0]
        return months_of(day.date[:4], int(day.date[5:7]), int(day.date[5:7])), (day.start, day.end)
    years = [day for day in dated if len(day.date) == len("2024")]
    if years:
        return Period(f"{years[0].date}-01-01", f"{years[0].date}-12-31"), (years[0].start, years[0].end)
    return Period(), None


def months_of(year: str, first: int, last: int) -> Period:
    """A span of months; without a year it waits for the article's (``this``)."""
    if not year:
        return Period(f"this-{first:02d}", f"this-{last:02d}")
    return Period(f"{year}-{first:02d}-01", f"{year}-{last:02d}-{calendar.monthrange(int(year), last)[1]}")
