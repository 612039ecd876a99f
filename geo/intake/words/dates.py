"""Dates as people write them, in English, Russian and Kazakh: read, read in part, or refused with the reason."""

from __future__ import annotations

import datetime as dt
import functools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from geo.intake.words.vocabularies import table

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["DateRead", "find_order", "half_converted", "read_date", "read_parts", "span_of"]

_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_PIVOT = 70  # two figures from 70 on are of the last century
_SERIALS = (20_000, 73_050)  # 1954 to 2099, as Excel counts days
_STAMPS = (631_152_000, 2_082_758_400)  # 1990 to 2035 in seconds since 1970
_EPOCH, _EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)
_MONTHS, _MOST_DAYS = 12, 31
_SHORT_YEAR, _WHOLE_YEAR = 2, 4
_SHORTEST_MONTH = 3

_TIME = re.compile(
    r"(?:^|[\s,]+|t)(?:в\s+|сағат\s+|at\s+)?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
    r"\s*(?:ч\b\.?|час\w*|am|pm|z|[+-][0-9]{2}:?[0-9]{2})?\s*$",
)
_STAMP = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[t ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)\s*(z|utc|gmt|[+-][0-9]{2}(?::?[0-9]{2})?)"  # noqa: E501
)
_ASIDE = re.compile(r"\s*\((?:пн|вт|ср|чт|пт|сб|вс|mon|tue|wed|thu|fri|sat|sun|дс|сс|бс|жм|сн|жс)\w*\.?\)$")
_CHINESE = re.compile(r"([0-9]{4})年([0-9]{1,2})月(?:([0-9]{1,2})日)?")
_ROMAN_DOTS = re.compile(r"([0-9]{1,2})[./\s]+(x?i{1,3}|i?[vx]|vi{1,3}|xi{0,2})[./\s]+([0-9]{4})")
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_WEEK = re.compile(r"([0-9]{4})-?w([0-9]{2})")
_MARK = r"(?:\s*(?:гг|года|год|г|жылы|жыл|ж)\.?)?"
_ISO = re.compile(r"([0-9]{4})([-./])([0-9]{1,2})\2([0-9]{1,2})")
_ISO_MONTH = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})")
_MONTH_YEAR = re.compile(rf"([0-9]{{1,2}})[-./]([0-9]{{4}}){_MARK}")
_DOTS = re.compile(rf"([0-9]{{1,2}})\s*\.\s*([0-9]{{1,2}})\s*\.\s*([0-9]{{4}}|[0-9]{{2}}){_MARK}")
_EITHER = re.compile(rf"([0-9]{{1,2}})\s*([/-])\s*([0-9]{{1,2}})\s*\2\s*([0-9]{{4}}|[0-9]{{2}}){_MARK}")
_YEAR = re.compile(rf"([0-9]{{4}}){_MARK}")
_QUARTER = re.compile(
    r"(?:\bq\s*([1-4])\b|\b([1-4]|iv|i{1,3})\s*-?\s*(?:й|ый|ой|ші)?\s*(?:кв\b|квартал|тоқсан|quarter))"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_SPAN = re.compile(r"(?:с\s+|from\s+)?(.+?)\s*(?:[–—-]|\bдо\b|\bпо\b|\bto\b)\s*(.+)")
_DAYS = re.compile(rf"([0-9]{{1,2}})\s*[–—-]\s*([0-9]{{1,2}})(\.[0-9]{{1,2}}\.(?:[0-9]{{4}}|[0-9]{{2}})){_MARK}")
_NIGHT = re.compile(r"\bночь на\b|\bnight (?:to|before)\b")
_NOTHING = "no date that is understood"


@dataclass(frozen=True, slots=True)
class DateRead:
    """A date as far as it could be read.

    Attributes
    ----------
    date
        ISO date to the day, month or year; "" where nothing could be read.
    not_after
        Latest possible date where a span of days was given.
    problem
        Why nothing, or only a part, was read.
    """

    date: str = ""
    not_after: str = ""
    problem: str = ""


def read_date(value: Any, *, order: str = "", epoch_1904: bool = False) -> DateRead:  # noqa: PLR0911
    """Read one cell as a date.

    Parameters
    ----------
    value
        Text, a date, a year or a day number of Excel.
    order
        What a date with slashes or hyphens means: ``dmy``, ``mdy``, or "" where that isn't known. Dots are day
        first, as in Russian and Kazakh.
    epoch_1904
        Whether day numbers count from 1904.

    Returns
    -------
    DateRead

    Examples
    --------
    >>> [read_date(text).date for text in ("03.07.2024", "3 июля 2024 г.", "2024 жылғы 3 шілде", "July 2024")]
    ['2024-07-03', '2024-07-03', '2024-07-03', '2024-07']
    >>> read_date("07/03/2024")
    DateRead(date='2024', not_after='', problem='may be 7 March or 3 July')
    """
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return _at_home(value)
    if isinstance(value, dt.date):
        return _day(value.year, value.month, value.day)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return DateRead(problem="no date")
    if isinstance(value, int | float):
        return _from_number(value, epoch_1904=epoch_1904)
    text = " ".join(value.casefold().split()).strip(" .,;'")
    if stamp := _STAMP.fullmatch(text):
        return _from_stamp(f"{stamp[1]}t{stamp[2]}", stamp[3])
    # A day of the week in brackets, a time of day, a footnote.
    text = _TIME.sub("", _ASIDE.sub("", text)).strip(" .,;")
    if re.fullmatch(r"[0-9]{5}(?:\.[0-9]+)?|[0-9]{8}|[0-9]{10}|[0-9]{13}", text):
        return _from_number(float(text), epoch_1904=epoch_1904)
    about = text.startswith(("~", "≈"))
    text = text.lstrip("~≈ ")
    found = _from_figures(text, order) or _from_quarter(text) or _from_span(text, order) or _from_words(text)
    return _vaguely(found) if about else found


def _from_stamp(text: str, zone: str) -> DateRead:
    try:
        offset = "+00:00" if zone.isalpha() else zone if ":" in zone else f"{zone[:3]}:{zone[3:] or '00'}"
        return _at_home(dt.datetime.fromisoformat(f"{text.upper()}{offset}"))
    except ValueError:
        return DateRead(problem="no such day in the calendar")


def _at_home(moment: dt.datetime) -> DateRead:
    """The day at home of a moment that states its time zone."""
    zones = table("dates")["zones"]
    one_zone = moment.date() >= dt.date.fromisoformat(zones["since"])
    offset = moment.utcoffset() or dt.timedelta()
    hours = zones["now"] if one_zone else zones["before"]
    if offset in [dt.timedelta(hours=hour) for hour in zones["before"]]:
        return _day(moment.year, moment.month, moment.day)
    days = sorted({(moment - offset + dt.timedelta(hours=hour)).date() for hour in hours})
    first, last = (_day(day.year, day.month, day.day) for day in (days[0], days[-1]))
    if first != last:
        shared = _between(first, last)
        return DateRead(
            shared.date if shared else "", last.date, f"a time in another zone: {first.date} or {last.date}"
        )
    same = days[0] == moment.date()
    return first if same else DateRead(first.date, problem="a time in another zone: the day at home")


def half_converted(values: Iterable[Any]) -> bool:
    """Whether Excel may have exchanged day and month in the true dates of a column.

    It does where it reads ``07/03/2024`` as the 3rd of July and leaves ``23/07/2024`` as text: then no true date has a
    day above 12, and no text has both figures below 13.
    """
    kept = list(values)
    dates = [value for value in kept if isinstance(value, dt.date)]
    texts = [found for value in kept if isinstance(value, str) and (found := _EITHER.match(value.strip()))]
    above = [max(int(found[1]), int(found[3])) > _MONTHS for found in texts]
    return len(dates) > 0 < len(texts) and all(above) and all(date.day <= _MONTHS for date in dates)


def read_parts(year: Any, month: Any, day: Any) -> DateRead:
    """Read a date whose year, month and day stand in cells of their own; 0 and 99 stand for nothing.

    Examples
    --------
    >>> read_parts(2024, "OCT", None).date, read_parts(2024, 4, 0).date
    ('2024-10', '2024-04')
    """
    parts = [
        None if part is None or str(part).strip() in ("0", "00", "99", "-9", "") else part
        for part in (year, month, day)
    ]
    texts = ["" if part is None else f"{part:g}" if isinstance(part, float) else str(part).strip() for part in parts]
    if not re.fullmatch(r"[0-9]{4}", texts[0]):
        return DateRead(problem="no year" if not texts[0] else "no year alone")
    if not texts[1]:
        return _year(int(texts[0])) if not texts[2] else DateRead(texts[0], problem="a day without a month")
    if not texts[1].isdecimal():
        found = read_date(f"{texts[1]} {texts[0]}")
        if found.problem or len(found.date) != len("2024-07") or not texts[2]:
            return found
        texts[1] = found.date[5:]
    if not texts[2].isdecimal():
        return _month(int(texts[0]), int(texts[1]))
    return _day(int(texts[0]), int(texts[1]), int(texts[2]))


def span_of(first: DateRead, last: DateRead) -> DateRead:
    """From the day of one cell to that of another: as exact as what both have in common, and no later than the second.

    Nothing is lost of the two, so no problem is told where they are of one year.
    """
    if not first.date or not last.date or last.date == first.date:
        return first
    found = _between(first, last)
    if found is None:
        return first
    return DateRead(found.date, found.not_after) if found.date else found


def _vaguely(found: DateRead) -> DateRead:
    """A day that is only about right, as its month."""
    if len(found.date) <= len("2024-07"):
        return found
    return DateRead(found.date[:7], problem="about a day: kept as the month")


def find_order(values: Iterable[Any]) -> str:
    """Tell from a whole column which comes first in dates with slashes or hyphens, the day or the month.

    Parameters
    ----------
    values
        The column's cells.

    Returns
    -------
    str
        ``dmy`` or ``mdy`` where at least one date can only be meant so and none the other way round; else "".

    Examples
    --------
    >>> find_order(["07/23/2024", "03/07/2024"]), find_order(["03/07/2024"]), find_order(["23/07/24", "07/23/24"])
    ('mdy', '', '')
    """
    seen = set()
    for value in values:
        found = _EITHER.match(value.strip()) if isinstance(value, str) else None
        if found:
            first, second = int(found[1]), int(found[3])
            if first > _MONTHS >= second:
                seen.add("dmy")
            elif second > _MONTHS >= first:
                seen.add("mdy")
    return seen.pop() if len(seen) == 1 else ""


def _day(year: int, month: int, day: int) -> DateRead:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return DateRead(problem=f"the year {year} is not between {_FIRST_YEAR} and {_LAST_YEAR}")
    try:
        return DateRead(dt.date(year, month, day).isoformat())
    except ValueError:
        return DateRead(problem="no such day in the calendar")


def _month(year: int, month: int) -> DateRead:
    found = _day(year, month, 1)
    return DateRead(found.date[:7], problem=found.problem.replace("day", "month"))


def _year(year: int) -> DateRead:
    found = _day(year, 1, 1)
    return DateRead(found.date[:4], problem=found.problem)


def _full_year(text: str) -> int:
    year = int(text)
    return year if len(text) > _SHORT_YEAR else year + (1900 if year >= _PIVOT else 2000)


def _from_number(value: float, *, epoch_1904: bool) -> DateRead:
    for scale in (1, 1000):
        if _STAMPS[0] <= value / scale <= _STAMPS[1]:
            found = _at_home(dt.datetime.fromtimestamp(value / scale, dt.UTC))
            return replace(found, problem=f"{'thousandths of ' if scale > 1 else ''}seconds since 1970 in UTC")
    if not abs(value) < 1e9:  # noqa: PLR2004  (also NaN)
        return DateRead(problem="no date")
    whole = int(value)
    if whole == value and _FIRST_YEAR <= whole <= _LAST_YEAR:
        return _year(whole)
    if whole == value and _FIRST_YEAR * 10_000 <= whole < (_LAST_YEAR + 1) * 10_000:
        return _day(whole // 10_000, whole // 100 % 100, whole % 100)
    if _SERIALS[0] <= value <= _SERIALS[1]:
        day = (_EPOCH_1904 if epoch_1904 else _EPOCH) + dt.timedelta(days=whole)
        return _day(day.year, day.month, day.day)
    return DateRead(problem="a number, but no year and no date")


# -- In figures -------------------------------------------------------------------------------------


def _from_figures(text: str, order: str) -> DateRead | None:
    """Dates in figures only; None for anything else."""
    found: DateRead | None = None
    if parts := _ISO.fullmatch(text):
        found = _day(int(parts[1]), int(parts[3]), int(parts[4]))
    elif parts := _DOTS.fullmatch(text):
        found = _day(_full_year(parts[3]), int(parts[2]), int(parts[1]))
    elif parts := _EITHER.fullmatch(text):
        found = _either(int(parts[1]), int(parts[3]), parts[4], order, parts[2])
    elif parts := _ISO_MONTH.fullmatch(text):
        found = _month(int(parts[1]), int(parts[2]))
    elif parts := _MONTH_YEAR.fullmatch(text):
        found = _month(int(parts[2]), int(parts[1]))
    elif parts := _CHINESE.fullmatch(text):
        found = _day(int(parts[1]), int(parts[2]), int(parts[3])) if parts[3] else _month(int(parts[1]), int(parts[2]))
    elif (parts := _ROMAN_DOTS.fullmatch(re.sub(rf"{_MARK}$", "", text))) and parts[2] in _ROMANS:
        found = _day(int(parts[3]), _ROMANS.index(parts[2]) + 1, int(parts[1]))
    elif parts := _YEAR.fullmatch(text):
        found = _year(int(parts[1]))
    return found


def _either(first: int, second: int, year_text: str, order: str, sign: str) -> DateRead:
    """Day and month in an order that only the column can tell."""
    year = _full_year(year_text)
    dmy, mdy = _day(year, second, first), _day(year, first, second)
    if order:
        found, other = (dmy, mdy) if order == "dmy" else (mdy, dmy)
        if found.date or not other.date:
            return found
        return DateRead(str(year), problem=f"no date as {order}, which holds for this column; else {other.date}")
    if dmy.date and mdy.date and dmy.date != mdy.date:
        # Of three short figures with hyphens even the first may be the year.
        known = "" if sign == "-" and len(year_text) == _SHORT_YEAR and int(year_text) <= _MOST_DAYS else str(year)
        english = [name.capitalize() for name in table("dates")["months"][0]]
        return DateRead(known, problem=f"may be {first} {english[second - 1]} or {second} {english[first - 1]}")
    return dmy if dmy.date else mdy


# -- Spans of time ----------------------------------------------------------------------------------


def _from_quarter(text: str) -> DateRead | None:
    found, years = _QUARTER.search(text), re.findall(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", text)
    if not found or len(years) != 1:
        return None
    number = found[1] or found[2]
    quarter = _ROMAN.get(number) or int(number)
    return DateRead(years[0], f"{years[0]}-{3 * quarter:02d}", "a quarter of a year: kept as the year")


def _from_span(text: str, order: str) -> DateRead | None:
    """From one day to another; None where it is no span of two dates in figures."""
    if (found := _WEEK.fullmatch(text)) and 1 <= int(found[2]) <= 52:  # noqa: PLR2004
        monday, sunday = (dt.date.fromisocalendar(int(found[1]), int(found[2]), day).isoformat() for day in (1, 7))
        return _between(DateRead(monday), DateRead(sunday))
    if (ends := text.split("/")) and len(ends) == 2 and all(map(_ISO.fullmatch, ends)):  # noqa: PLR2004
        return _between(_from_figures(ends[0], order), _from_figures(ends[1], order))
    if found := _DAYS.fullmatch(text):
        first, last = f"{found[1]}{found[3]}", f"{found[2]}{found[3]}"
        return _between(_from_figures(first, order), _from_figures(last, order))
    if found := _SPAN.fullmatch(text):
        one, other = (_from_figures(part.strip(" ."), order) for part in found.groups())
        return _between(one, other)
    return None


def _between(first: DateRead | None, last: DateRead | None) -> DateRead | None:
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


# -- In words ---------------------------------------------------------------------------------------


class _NoDateError(Exception):
    """Why words are no date."""


@dataclass(slots=True)
class _Said:
    """What the words of a date say, in their order."""

    months: list[int]
    days: list[int]
    years: list[int]
    seasons: list[int]
    vague: bool = False
    short_year_last: bool = False


def _from_words(text: str) -> DateRead:
    """Dates with the month in words."""
    if "?" in text:
        return DateRead(problem="marked as uncertain")
    try:
        found = _put_together(_listen(text))
    except _NoDateError as reason:
        return DateRead(problem=str(reason))
    if _NIGHT.search(text) and len(found.date) == len("2024-07-03"):
        return DateRead(found.date, found.not_after, "the night to that day: it may have been the evening before")
    return found


def _listen(text: str) -> _Said:
    words = table("dates")
    tokens = re.findall(r"[0-9]+|[^\W\d_]+|\d", text)
    seasons = {word: int(last) for last, forms in words["seasons"].items() for word in forms}
    said = _Said([], [], [], [])
    for token, after in zip(tokens, [*tokens[1:], ""], strict=False):
        if token.isascii() and token.isdecimal():
            if len(token) == _WHOLE_YEAR or (len(token) == _SHORT_YEAR and after in words["year"]):
                said.years.append(_full_year(token))
            elif len(token) <= _SHORT_YEAR:
                said.days.append(int(token))
                said.short_year_last = bool(said.months) and len(token) == _SHORT_YEAR
            else:
                raise _NoDateError(_NOTHING)
        elif month := _month_of(token):
            said.months.append(month)
        elif token in seasons:
            said.seasons.append(seasons[token])
        elif token in words["vague"]:
            said.vague = True
        elif token not in words["fillers"]:
            raise _NoDateError(_NOTHING)
    said.months = list(dict.fromkeys(said.months))
    return said


def _put_together(said: _Said) -> DateRead:
    if not said.years and len(said.months) == 1 and len(said.days) == 2 and said.short_year_last:  # noqa: PLR2004
        # "3 июл 24"
        said.years, said.days = [_full_year(f"{said.days[1]:02d}")], said.days[:1]
    if not said.years or (said.days and not said.months):
        raise _NoDateError("no year" if said.months else _NOTHING)
    if len(set(said.years)) > 1:
        raise _NoDateError("more than one year")
    year = said.years[0]
    if len(said.months) > 1:
        last = "" if said.days or said.months != sorted(said.months) else f"{year}-{said.months[-1]:02d}"
        return DateRead(str(year), last, "more than one month: kept as the year")
    if not said.months and said.seasons:
        ends = max(said.seasons)
        if ends == _MONTHS:
            raise _NoDateError("a winter, which reaches over two years")
        return DateRead(_year(year).date, f"{year}-{ends:02d}", "a season: kept as the year")
    if not said.months:
        return _year(year)
    month = said.months[0]
    if not said.days:
        return _month(year, month)
    found = _days(year, month, said.days)
    return _vaguely(found) if said.vague else found


def _days(year: int, month: int, days: list[int]) -> DateRead:
    if len(days) > 2:  # noqa: PLR2004  (first and last)
        return DateRead(_month(year, month).date, problem="more than one day: kept as the month")
    first, last = _day(year, month, days[0]), _day(year, month, days[-1])
    return _between(first, last) or (first if first.problem else last)


@functools.cache
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
    return forms.get(word)
