"""Days in running text: in figures and words, and relative to the article's date."""

from __future__ import annotations

import datetime as dt
import functools
import re
from dataclasses import dataclass

from geo.drafting.lexicon import marks, pattern, word_list
from geo.drafting.numerals import find_numbers
from geo.intake.words.dates import read_date

__all__ = ["DayMark", "find_days", "is_month"]

_WORD = r"([^\W\d_]{3,})"
_YEAR = r"((?:19|20)[0-9]{2})"
_GODA = r"(?:\s*(?:года|году|год|г\.|жылғы|жылдың|жылы|ж\.))?"
_DAY_MONTH = re.compile(
    rf"(?<![\w.,])([0-9]{{1,2}})(?:-?(?:го|е|го|шы|ші|st|nd|rd|th))?\s+(?:of\s+)?{_WORD}\.?(?:,?\s+{_YEAR}\b{_GODA})?"
)
_MONTH_DAY = re.compile(rf"\b{_WORD}\.?\s+([0-9]{{1,2}})(?:st|nd|rd|th)?(?![\d.:]*\d)(?:,?\s+{_YEAR}\b)?")
_YEAR_FIRST = re.compile(rf"(?<!\d){_YEAR}\s*(?:жылғы|жылдың|жылы|ж\.)\s+(?:([0-9]{{1,2}})\s+)?{_WORD}")
_MONTH_S_DAY = re.compile(rf"\b{_WORD}\s+([0-9]{{1,2}})\s*-?(?:і|ы|сі|сы|інде|ында|нде|нда|сінде|сында)\b")
_MONTH_ALONE = re.compile(rf"\b{_WORD}(?:\s+(?:айы\w*|month\b))?(?:,?\s+(?:of\s+)?{_YEAR}\b{_GODA})?")
_FIGURES = re.compile(
    r"(?<![\d.])(?:[0-9]{1,2}\.[0-9]{1,2}\.(?:20|19)[0-9]{2}|(?:20|19)[0-9]{2}-[0-9]{2}-[0-9]{2})(?![\d])"
)
_YEAR_ALONE = re.compile(rf"(?<![\d.,-]){_YEAR}(?![\d-])(?!\s*(?:тенге|теңге|рубл|долл|шт|кг|пачек|box|kg))")
_MAY_BE_VERB = ("may", "march", "мая", "май", "мае")


@dataclass(frozen=True, slots=True)
class DayMark:
    """A day, month or year that a text names.

    Attributes
    ----------
    start, end
        Offsets.
    date
        ISO date to the day, month or year; "" where the article's own date would be needed and is missing.
    role
        ``event``; ``since`` for the end of a span; ``told`` for when something was said; ``dateline``; ``future``; ``earlier`` for what
        went before: when something was bought, built, born.
    own_year
        Whether the text itself gives the year.
    """

    start: int
    end: int
    date: str
    role: str = "event"
    own_year: bool = False


@functools.lru_cache(maxsize=8192)
def _month(word: str) -> int:
    """A month's number, 0 for another word."""
    if word in ("қара", "мар", "may"):
        return 5 if word == "may" else 0
    for at, stem in enumerate(word_list("days")["words"]["adjectives"], start=1):
        if word.startswith(stem):
            return at
    found = read_date(f"1 {word} 2000").date
    return int(found[5:7]) if len(found) == len("2000-01-01") else 0


def is_month(word: str) -> bool:
    """Whether a word in small letters names a month in full."""
    return len(word) >= 3 and _month(word) > 0  # noqa: PLR2004


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
    >>> [mark.date for mark in find_days("вчера; 12 июня; on tuesday; өткен сенбіде; in march", day)]
    ['2024-10-23', '2024-06-12', '2024-10-22', '2024-10-19', '2024-03']
    """
    stop = len(low) if end is None else end
    found: list[DayMark] = []

    def add(first: int, last: int, date: str, *, own: bool = False) -> None:
        last -= low[first:last].endswith(".")
        if date and all(last <= mark.start or first >= mark.end for mark in found):
            found.append(DayMark(first, last, date, _role(low, first, last), own))

    for hit in _FIGURES.finditer(low, start, stop):
        add(hit.start(), hit.end(), read_date(hit[0]).date, own=True)
    for hit in _YEAR_FIRST.finditer(low, start, stop):
        if month := _month(hit[3]):
            date = _iso(int(hit[1]), month, int(hit[2])) if hit[2] else f"{hit[1]}-{month:02d}"
            add(hit.start(), hit.end(), date, own=True)
    for shape, day_at, word_at, year_at in ((_DAY_MONTH, 1, 2, 3), (_MONTH_DAY, 2, 1, 3), (_MONTH_S_DAY, 2, 1, 0)):
        for hit in shape.finditer(low, start, stop):
            month, day = _month(hit[word_at]), int(hit[day_at])
            year = int(hit[year_at]) if year_at and hit[year_at] else None
            if month:
                add(hit.start(), hit.end(), _with_year(month, day, year, published), own=year is not None)
    for first, last, date in _relative(low, published, start, stop):
        add(first, last, date)
    for hit in _MONTH_ALONE.finditer(low, start, stop):
        word, year_text = hit[1], hit[2]
        if (len(word) < 4 and word not in _MAY_BE_VERB) or (
            word in _MAY_BE_VERB
            and not re.search(r"\b(?:in|of|в|last|this|early|late|since|за|с)\s+$", low[: hit.start()])
        ):
            continue
        if month := _month(word):
            add(
                hit.start(),
                hit.end(),
                _month_of(month, int(year_text) if year_text else None, published),
                own=bool(year_text),
            )
    for hit in _YEAR_ALONE.finditer(low, start, stop):
        add(hit.start(), hit.end(), hit[1], own=True)
    return sorted(found, key=lambda mark: mark.start)


def _iso(year: int, month: int, day: int) -> str:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _with_year(month: int, day: int, year: int | None, published: dt.date | None) -> str:
    if year is not None:
        return _iso(year, month, day)
    if published is None:
        return ""
    date = _iso(published.year, month, day)
    return date if date and date <= published.isoformat() else _iso(published.year - 1, month, day)


def _month_of(month: int, year: int | None, published: dt.date | None) -> str:
    if year is None and published is not None:
        year = published.year if month <= published.month else published.year - 1
    return f"{year}-{month:02d}" if year is not None else ""


def _role(low: str, first: int, last: int) -> str:
    """What a date is the date of, by the words beside it."""
    before, after = low[max(0, first - 40) : first], low[last : last + 30]
    line = low[low.rfind("\n", 0, first) + 1 : first]
    if re.fullmatch(r"[\w .,()«»’'-]{2,40}", line) and re.match(r"\s*(?:\([\w-]+\))?\s*[.:–—-]", after) and "," in line:
        return "dateline"
    near = re.search(r"([^\W\d_]+)\s*$", before)
    if near and pattern("days", "words", "since").fullmatch(near[1]):
        return "since"
    if pattern("days", "words", "since_after").match(after.lstrip()):
        return "since"
    if re.search(
        rf"{pattern('days', 'words', 'told').pattern}(?:\s+(?:that|reporters|journalists|на брифинге))?\s*(?:on|в|во)?\s*$",
        before,
    ):
        return "told"
    clause = re.split(r"[.;\n]", low[last : last + 60])[0]
    around = re.split(r"[,;.\n]", before[-30:])[-1] + low[first:last] + re.split(r"[,;.\n]", after)[0]
    if pattern("days", "words", "earlier").search(around):
        return "earlier"
    if pattern("days", "words", "future").search(clause):
        return "future"
    return "event"


def _relative(low: str, published: dt.date | None, start: int, stop: int) -> list[tuple[int, int, str]]:
    """Days counted from the article's date: first and last offset, and the date."""
    if published is None:
        return []
    text = low[start:stop]
    found = [
        (mark.start, mark.end, (published - dt.timedelta(days=int(mark.value))).isoformat())
        for mark in marks(text, "days", "ago")
    ]
    back = pattern("days", "words", "back")
    for unit in marks(text, "days", "units"):
        after = back.match(text[unit.end :].lstrip())
        before = text[max(0, unit.start - 25) : unit.start]
        if after:
            numbers = find_numbers(before)
            near = [one for one in numbers if not re.search(r"\w", before[one.end :])]
            count = near[-1].value if near else 1.0
            first = max(0, unit.start - 25) + near[-1].start if near else unit.start
            if count == int(count):
                date = published - dt.timedelta(days=int(count) * int(unit.value))
                found.append((first, unit.end + after.end() + 1, date.isoformat()))
    for mark in marks(text, "days", "weekdays"):
        before = text[max(0, mark.start - 32) : mark.start]
        around = text[max(0, mark.start - 32) : mark.end + 24]
        past = re.search(rf"{pattern('days', 'words', 'last').pattern}\s+$", before)
        back_days = (published.weekday() - int(mark.value)) % 7
        if back_days == 0 and past:
            back_days = 7
        if pattern("days", "words", "week").search(around):
            back_days = published.weekday() - int(mark.value) + 7
        first = mark.start - len(past[0]) if past else mark.start
        found.append((first, mark.end, (published - dt.timedelta(days=back_days)).isoformat()))
    for mark in pattern("days", "words", "week").finditer(text):
        monday = published - dt.timedelta(days=published.weekday() + 7)
        sunday = monday + dt.timedelta(days=6)
        same = monday.month == sunday.month
        found.append((mark.start(), mark.end(), monday.isoformat()[: 7 if same else 4]))
    for name, months in (("this", 0), ("last", 1)):
        for hit in re.finditer(
            rf"{pattern('days', 'words', name).pattern}\s+{pattern('days', 'words', 'month').pattern}", text
        ):
            number = published.year * 12 + published.month - 1 - months
            found.append((hit.start(), hit.end(), f"{number // 12}-{number % 12 + 1:02d}"))
    for name, years in (("this_year", 0), ("last_year", 1)):
        for hit in pattern("days", "words", name).finditer(text):
            found.append((hit.start(), hit.end(), str(published.year - years)))
    return [(start + first, start + last, date) for first, last, date in found]
