"""Days in running text: in figures and words, and relative to the article's date."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from geo.drafting.lexicon import DAY, MONTH, YEAR, Mark, Shapes, compile_words, marks, pattern, word_list
from geo.drafting.numerals import find_numbers
from geo.intake.words.dates import read_date
from geo.intake.words.days import day_read, month_read
from geo.paths import of_country

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["DayMark", "day_ranges", "find_days", "has_day", "is_month", "month_of"]

_SHAPES = Shapes("day")

_SHORTEST, _LIKE_VERBS = 3, ("may", "march", "мая", "май", "мае")
_NEAR, _FAR, _NEXT, _MOST = 25, 600, 3, 1000


@dataclass(frozen=True, slots=True)
class DayMark(Mark):
    """A day, month or year that a text names; whether with its year, whether by its place before another day."""

    value: str
    role: str = "event"
    own_year: bool = False
    relative: bool = False


@of_country(maxsize=8192)
def month_of(word: str) -> int:
    """A month's number, 0 for another word."""
    if word in ("қара", "мар", "may"):
        return 5 if word == "may" else 0
    for at, stem in enumerate(word_list("days", "words", "adjectives"), start=1):
        if word.startswith(stem):
            return at
    bare = re.sub("(?:[дтн][ае]н|[ғгқк][ае]|[ео]м)$", "", word)
    for one in (word, bare, f"{bare}ь" if word.endswith("ем") else ""):
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
    within = published or (dt.date(int(years.pop()), 12, 31) if len(years) == 1 else None)
    named = _apart(low, chain(_of_month(low, within), _in_figures(low, within), _in_words(low, within)))
    counted = (
        chain(_ago(low, published), _on_weekdays(low, named, published), _named(low, published)) if published else ()
    )
    days = _joined(low, _apart(low, chain(named, counted, _wide(low, within))), published)
    if published:
        days = _in_year_of(low, days, published)
        days = _apart(low, chain(_numbered(low, days, published), days))
        days.sort(key=lambda mark: mark.start)
        days = _apart(low, chain(days, _counted_on(low, days)))
        days.sort(key=lambda mark: mark.start)
    return [replace(day, role=_role(low, *day.span)) for day in days]


def _apart(low: str, found: Iterable[DayMark]) -> list[DayMark]:
    """Those that share no letter with one before them."""
    days: list[DayMark] = []
    taken = bytearray(len(low))
    for mark in found:
        exact = replace(mark, end=mark.end - low[mark.start : mark.end].endswith("."))
        if exact.value and not any(taken[slice(*exact.span)]):
            days.append(exact)
            taken[slice(*exact.span)] = b"\1" * (exact.end - exact.start)
    return days


def _joined(low: str, days: Iterable[DayMark], published: dt.date | None) -> list[DayMark]:
    """Dates that stand beside one another as one: "8 ноября прошлого года", "on Tuesday, 12 June"."""
    joined: list[DayMark] = []
    for day in sorted(days, key=lambda mark: mark.start):
        both = [*joined[-1:], day]
        value = ""
        if len(both) > 1 and _SHAPES.beside.fullmatch(low, both[0].end, day.start):
            value = _value_of_both(*sorted(both, key=lambda mark: (mark.relative, -len(mark.value))))
        if value and (not published or value <= published.isoformat()):
            exact = any(not one.relative for one in both)
            dated = any(one.own_year or len(one.value) == YEAR for one in both)
            joined[-1] = DayMark(both[0].start, day.end, value, own_year=dated, relative=not exact)
        else:
            joined.append(day)
    return joined


def _value_of_both(one: DayMark, other: DayMark) -> str:
    """The date that two tell together, the second being the vaguer; "" where they tell two."""
    if len(one.value) == len(other.value) == DAY:
        return one.value if other.relative and not one.relative else ""
    year, dated = (one, other) if len(one.value) == YEAR else (other, one)
    if len(year.value) != YEAR or len(dated.value) == YEAR or dated.own_year or dated.relative:
        return ""
    month, _, day = dated.value[YEAR + 1 :].partition("-")
    return day_read(int(year.value), int(month), int(day or 1)).date[: len(dated.value)]


def _in_year_of(low: str, days: Sequence[DayMark], published: dt.date) -> list[DayMark]:
    """Days without a year as the first ones that are not before the day of the paragraph told with its year."""
    told: list[DayMark] = []
    for mark in days:
        day = mark
        anchor = next((one for one in told[::-1] if one.own_year and len(one.value) >= MONTH), None)
        if anchor and not (day.own_year or day.relative) and "\n" not in low[anchor.end : day.start]:
            shortest = min(len(anchor.value), len(day.value))
            years = (int(anchor.value[:YEAR]), int(anchor.value[:YEAR]) + 1)
            values = (f"{year}{day.value[YEAR:]}" for year in years)
            value = next((one for one in values if one[:shortest] >= anchor.value[:shortest]), "")
            if value and value <= published.isoformat() and _role(low, *anchor.span) == "event":
                day = replace(day, value=value, own_year=True)
        told.append(day)
    return told


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
    """Days by their place in a month, and some days of one month: "the last Sunday of May", "6–28 октября"."""
    for hit in _SHAPES.of_month.finditer(low):
        which, weekday, name = (one for one in hit.groups()[:6] if one)
        which, weekday, name = (weekday, name, which) if hit[4] else (which, weekday, name)
        month, year = month_of(name), _year_of(month_of(name), hit[7], published)
        on, nth = marks(weekday, "days", "weekdays"), marks(which, "days", "quarters")
        if month and year and (on or _word("day").fullmatch(weekday)):
            weeks = calendar.monthcalendar(year, month)
            days = [day for week in weeks for at, day in enumerate(week) if day and (not on or at == int(on[0].value))]
            day = days[int(nth[0].value) - 1 if nth else -1]
            yield DayMark(*hit.span(), f"{year}-{month:02d}-{day:02d}", own_year=bool(hit[7]))
    for span, first, last in day_ranges(low, published):
        night = int(last[-2:]) - int(first[-2:]) == 1 and _SHAPES.night.search(low[max(0, span[0] - _NEAR) : span[0]])
        same = next(size for size in (MONTH, YEAR, 0) if first[:size] == last[:size])
        yield DayMark(*span, last if night else last[:same])


def day_ranges(low: str, published: dt.date | None) -> Iterator[tuple[tuple[int, int], str, str]]:
    """Spans of days as a text in small letters tells them: offsets, first and last day."""
    for shape in (_SHAPES.range, _SHAPES.month_range):
        for hit in shape.finditer(low):
            first_month, last_month = (
                month_of(hit[one] or hit[other]) for one, other in (("from", "month"), ("month", "from"))
            )
            if first_month and last_month:
                over = first_month > last_month
                told = int(hit["year"]) - over if hit["year"] else 0
                first = _with_year(first_month, int(hit["first"]), told, published)
                last = day_read(int(first[:YEAR] or 0) + over, last_month, int(hit["last"])).date
                if "" < first < last:
                    yield hit.span(), first, last


def _in_words(low: str, published: dt.date | None) -> Iterator[DayMark]:
    """Days of a month by an ordinal: "двадцать третьего июня"."""
    for hit in chain(_SHAPES.ordinal.finditer(low), _SHAPES.cardinal.finditer(low)):
        month, numbers = month_of(hit["month"]), marks(hit["day"], "numbers", "ordinals")
        numbers = find_numbers(hit["day"]) if hit.re is _SHAPES.cardinal else numbers
        if month and numbers and hit["day"][numbers[-1].end :].strip() in ("", "day"):
            day = sum(int(one.value) for one in numbers)
            date = _with_year(month, day, int(hit["year"] or 0), published)
            end = max(hit.end("month"), hit.end("year"))
            yield DayMark(hit.start("day") + numbers[0].start, end, date, own_year=bool(hit["year"]))


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
        "since": _SHAPES.week_to.search(before)
        or (near and _word("since").fullmatch(near[1]))
        or _word("since_after").match(after.lstrip()),
        "told": telling,
        "earlier": _word("earlier").search(around),
        "after": _is_aftermath(low, first, last),
        "future": _word("future").search(clause) or _SHAPES.to_come.match(low, first),
    }
    return next((role for role, has_role in roles.items() if has_role), "event")


def _is_aftermath(low: str, first: int, last: int) -> bool:
    """Whether the words nearest to a date in its clause tell what became of goods or people long found."""
    stops = [0, *(hit.end() for hit in _SHAPES.stop.finditer(low, max(0, first - _FAR), first))]
    end = _SHAPES.stop.search(low, last)
    start, stop = stops[-1], end.start() if end else len(low)

    def distance(words: re.Pattern[str]) -> int:
        hits = words.finditer(low, start, stop)
        return min((max(first - hit.end(), hit.start() - last) for hit in hits), default=_FAR)

    return distance(_word("aftermath")) < min(_FAR, distance(pattern("triggers", "find")) + 1)


def _word(name: str) -> re.Pattern[str]:
    return pattern("days", "words", name)


def _before(day: dt.date, number: int, unit: str = "1") -> str:
    """The date so many days, months or years before a day, as exact as the unit is."""
    if unit == "year":
        return str(day.year - number)
    if unit == "month":
        months = day.year * 12 + day.month - 1 - number
        return f"{months // 12}-{months % 12 + 1:02d}"
    return (day - dt.timedelta(days=number * int(unit))).isoformat()


def _ago(low: str, published: dt.date) -> Iterator[DayMark]:
    """Days counted from the article's: "yesterday", "three days ago"."""
    for mark in marks(low, "days", "ago"):
        yield DayMark(*mark.span, _before(published, int(mark.value)), relative=True)
    for first, last, number, unit, words in _spans(low):
        if _word("back").fullmatch(words[1]) and not _word("from_then").fullmatch(words[0]):
            yield DayMark(first, last, _before(published, number, unit), relative=True)


def _on_weekdays(low: str, days: Sequence[DayMark], published: dt.date) -> Iterator[DayMark]:
    """Days of the week: of the one that the text tells, else the last that was."""
    weeks = [(span[0], len(low), first) for span, first, last in day_ranges(low, published) if last > first]
    monday = _before(published, published.weekday() + 7)
    words = _word("week").finditer(low)
    weeks += [(hit.start() - 24, low.find("\n", hit.end()) % (len(low) + 1), monday) for hit in words]
    for day in days:
        if len(day.value) == DAY and _SHAPES.week_to.search(low[max(0, day.start - 32) : day.start]):
            weeks.append((day.end, len(low), _before(dt.date.fromisoformat(day.value), 6)))
    for mark in marks(low, "days", "weekdays"):
        before = low[max(0, mark.start - 32) : mark.start]
        past = re.search(rf"{_word('last').pattern}\s+$", before)
        heads = _SHAPES.heading.search(before) and low[mark.end : mark.end + 1] in (".", ",", ":", " ")
        back = (published.weekday() - int(mark.value)) % 7 or (7 if past or heads else 0)
        date = _before(published, back)
        if ends := _SHAPES.week_to.search(before):
            last = next((one.value for one in days if 0 <= one.start - mark.end <= _NEXT), date)
            weeks.append((mark.end, len(low), _before(dt.date.fromisoformat(last), 6)))
        told = [first for at, reach, first in weeks if at <= mark.start and (heads or mark.start <= reach)]
        if told and not ends and not past:
            week = dt.date.fromisoformat(told[-1])
            date = _before(week, -((int(mark.value) - week.weekday()) % 7))
        start = past.start() + mark.start - len(before) if past else mark.start
        yield DayMark(start, mark.end, date, relative=True)


def _named(low: str, published: dt.date) -> Iterator[DayMark]:
    """Weeks, months, seasons and years by their place before the article's: "last week", "this month", "last year"."""
    monday, sunday = (_before(published, published.weekday() + days) for days in (7, 1))
    this, last = (_word(name).pattern for name in ("this", "last"))
    month, year = _word("month").pattern, published.year
    seasons = [(words, int(end)) for end, words in word_list("days", "seasons").items()]
    spans = [
        (_word("week").pattern, monday[: MONTH if monday[:MONTH] == sunday[:MONTH] else YEAR]),
        (_word("this_month").pattern, _before(published, 0, "month")),
        *((rf"{words}\s+{month}", _before(published, back, "month")) for words, back in ((this, 0), (last, 1))),
        *(
            (rf"(?:{this}|{last})\s+{compile_words(words).pattern}", str(year - (published.month <= end)))
            for words, end in seasons
        ),
        (_word("this_year").pattern, str(year)),
        (_word("last_year").pattern, str(year - 1)),
    ]
    for words, date in spans:
        for hit in re.finditer(words, low):
            yield DayMark(*hit.span(), date, relative=True)


def _spans(low: str) -> Iterator[tuple[int, int, int, str, tuple[str, str]]]:
    """Spans of days, weeks, months and years: offsets, number, unit, and the words before and behind them."""
    for unit in marks(low, "days", "units"):
        begin = max(0, unit.start - _NEAR)
        numbers = [one for one in find_numbers(low, begin, unit.start) if not low[one.end : unit.start].strip(" -")]
        first, count = (numbers[-1].start, numbers[-1].value) if numbers else (unit.start, 1)
        behind, ahead = _SHAPES.word_behind.match(low, unit.end), _SHAPES.word_before.search(low[begin:first])
        many = not numbers and _SHAPES.many.search(low, begin, unit.end)  # "days before", "бірнеше күн бұрын"
        if count == int(count) and count < _MOST and not many:
            words = (ahead[1] if ahead else "", behind[1] if behind else "")
            yield first, behind.end() if behind else unit.end, int(count), unit.value, words


def _counted_on(low: str, days: Sequence[DayMark]) -> Iterator[DayMark]:
    """Days counted from another one of the text: "two days earlier", "a day later", "the next day"."""
    next_days = ((*hit.span(), 1, "1", ("", "later")) for hit in _word("next_day").finditer(low))
    for first, last, number, unit, words in (*_spans(low), *next_days):
        near = [day for day in days if len(day.value) == DAY and first - _FAR <= day.start and day.end <= first]
        told_next = any(_SHAPES.beside.fullmatch(low, last, day.start) for day in days if not day.relative)
        if near and not told_next:
            # "On 18 June, two days after it was found": before the day told, as "одан екі күн бұрын" is.
            beside = not low[near[-1].end : first].strip(" ,–—-") and _word("after").fullmatch(words[1])
            then = _word("from_then").fullmatch(words[0]) and _word("back").fullmatch(words[1])
            until = words == ("за", "до") and _SHAPES.until_then.match(low, last)
            earlier = beside or then or until or any(map(_word("earlier_by").fullmatch, words))
            if earlier or any(map(_word("later_by").fullmatch, words)):
                origin = dt.date.fromisoformat(near[-1].value)
                yield DayMark(first, last, _before(origin, number if earlier else -number, unit), relative=True)


def _numbered(low: str, days: Sequence[DayMark], published: dt.date) -> Iterator[DayMark]:
    """Days by their number alone, of the month told before them, else of the article's: "14 числа"."""
    for hit in _SHAPES.numbered.finditer(low):
        told = next(filter(None, hit.groups()))
        day = int(told) if told.isdigit() else sum(int(one.value) for one in marks(told, "numbers", "ordinals"))
        near = [one.value for one in days if len(one.value) >= MONTH and hit.start() - _FAR <= one.start < hit.start()]
        month = published.isoformat() if not near or _word("this").search(hit[0]) else near[-1]
        value = day_read(int(month[:YEAR]), int(month[YEAR + 1 : MONTH]), day).date
        if value > published.isoformat():
            month = _before(published, 1, "month")
            value = day_read(int(month[:YEAR]), int(month[YEAR + 1 :]), day).date
        yield DayMark(*hit.span(), value, own_year=True)
