"""Dates as people write them, in English, Russian and Kazakh: read, read in part, or refused with the reason."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import Any

from geo.intake.words.days import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTHS,
    MOST_DAYS,
    SHORT_YEAR,
    DateRead,
    between,
    day_read,
    full_year,
    month_read,
    vaguely,
    year_read,
)
from geo.intake.words.spoken_dates import from_words
from geo.intake.words.vocabularies import table

__all__ = ["EITHER", "read_date", "read_parts"]

_SERIALS = (20_000, 73_050)  # 1954 to 2099, as Excel counts days
_STAMPS = (631_152_000, 2_082_758_400)  # 1990 to 2035 in seconds since 1970
_EPOCH, _EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)

_TIME = re.compile(
    r"(?:^|[\s,]+|t)(?:в\s+|сағат\s+|at\s+)?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
    r"\s*(?:ч\b\.?|час\w*|am|pm|z|[+-][0-9]{2}:?[0-9]{2})?\s*$"
)
_STAMP = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[t ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)\s*(z|utc|gmt|[+-][0-9]{2}(?::?[0-9]{2})?)"  # noqa: E501
)
_MAIL = re.compile(r"(?:[a-z]{3}, )?[0-9]{1,2} [a-z]{3} [0-9]{4} [0-9:]{5,8} (?:[+-][0-9]{4}|gmt|utc|z)")
_HOME_ZONE = re.compile(r"\s*\(?(?:gmt|utc)\s?\+0?[56](?::?00)?\)?$")
_ASIDE = re.compile(r"\s*\((?:пн|вт|ср|чт|пт|сб|вс|mon|tue|wed|thu|fri|sat|sun|дс|сс|бс|жм|сн|жс)\w*\.?\)$")
_CHINESE = re.compile(r"([0-9]{4})年([0-9]{1,2})月(?:([0-9]{1,2})日)?")
_ROMAN_DOTS = re.compile(r"([0-9]{1,2})[./\s]+(x?i{1,3}|i?[vx]|vi{1,3}|xi{0,2})[./\s]+([0-9]{4})")
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_WEEK = re.compile(r"([0-9]{4})-?w([0-9]{2})")
_MARK = r"(?:\s*(?:гг|года|год|г|жылы|жыл|ж)\.?)?"
_ISO = re.compile(r"([0-9]{4})([-./:])([0-9]{1,2})\2([0-9]{1,2})")
_ISO_MONTH = re.compile(r"([0-9]{4})(?:[-./]|-?m)([0-9]{1,2})")
_MONTH_YEAR = re.compile(rf"([0-9]{{1,2}})[-./]([0-9]{{4}}){_MARK}")
_DOTS = re.compile(rf"([0-9]{{1,2}})\s*\.\s*([0-9]{{1,2}})\s*\.\s*([0-9]{{4}}|[0-9]{{2}}){_MARK}")
EITHER = re.compile(rf"([0-9]{{1,2}})\s*([/-])\s*([0-9]{{1,2}})\s*\2\s*([0-9]{{4}}|[0-9]{{2}}){_MARK}")
_YEAR = re.compile(rf"([0-9]{{4}}){_MARK}")
_QUARTER = re.compile(
    r"(?:(?<![^\W\d_])q\s*([1-4])\b|\b([1-4]|iv|i{1,3})\s*-?\s*(?:й|ый|ой|ші)?\s*(?:кв\b|квартал|тоқсан|quarter))"
)
_HALF = re.compile(
    r"(?:(?<![^\W\d_])h\s*([12])\b|\b([12]|ii?)\s*-?\s*(?:е|ое|ші)?\s*(?:полугоди|жартыжылды|half)|(перв|first|втор|second)\w*\s+(?:половин|полугоди|half))"
)
_MONTHS_FROM_JANUARY = re.compile(r"\b([0-9]{1,2})\s*(?:мес\b|месяц|ай\b|айда|months)")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_SPAN = re.compile(r"(?:с\s+|from\s+)?(.+?)\s*(?:[–—-]|\bдо\b|\bпо\b|\bto\b)\s*(.+)")
_DAYS = re.compile(rf"([0-9]{{1,2}})\s*[–—-]\s*([0-9]{{1,2}})(\.[0-9]{{1,2}}\.(?:[0-9]{{4}}|[0-9]{{2}})){_MARK}")


def read_date(value: Any, *, order: str = "", epoch_1904: bool = False) -> DateRead:  # noqa: PLR0911
    """Read one cell as a date.

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
        return day_read(value.year, value.month, value.day)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return DateRead(problem="no date")
    if isinstance(value, int | float):
        return _from_number(value, epoch_1904=epoch_1904)
    text = " ".join(value.casefold().split()).strip(" .,;'")
    if stamp := _STAMP.fullmatch(text):
        return _from_stamp(f"{stamp[1]}t{stamp[2]}", stamp[3])
    if _MAIL.fullmatch(text):
        return _from_mail(text)
    # A day of the week in brackets, a time of day, a footnote.
    text = _TIME.sub("", _ASIDE.sub("", _HOME_ZONE.sub("", text))).strip(" .,;")
    if re.fullmatch(r"[0-9]{5}(?:[.,][0-9]+)?|[0-9]{8}|[0-9]{10}|[0-9]{13}", text):
        return _from_number(float(text.replace(",", ".")), epoch_1904=epoch_1904)
    if re.fullmatch(r"(?:19|20)[0-9]{12}", text):
        text = text[:8]
        return day_read(int(text[:4]), int(text[4:6]), int(text[6:]))
    if re.fullmatch(r"[0-9]{6}", text):
        return _of_six(text)
    about = text.startswith(("~", "≈"))
    text = text.lstrip("~≈ ")
    reading = _from_figures(text, order) or _from_quarter(text) or _from_span(text, order) or from_words(text)
    return vaguely(reading) if about else reading


def _from_mail(text: str) -> DateRead:
    """The moment of a mail or a feed: "Wed, 03 Jul 2024 10:00:00 +0500"."""
    try:
        moment = parsedate_to_datetime(text)
        return _at_home(moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC))
    except (ValueError, TypeError, IndexError, OverflowError):
        return DateRead(problem="no such day in the calendar")


def _of_six(text: str) -> DateRead:
    """Six figures in a row: a year and a month, or a day with a year of two figures; where only one makes sense."""
    one, two, three = (int(text[at : at + 2]) for at in (0, 2, 4))
    whole = [
        month_read(int(text[:4]), three),
        day_read(full_year(f"{three:02d}"), two, one),
        day_read(full_year(f"{one:02d}"), two, three),
    ]
    dates = dict.fromkeys(reading.date for reading in whole if reading.date)
    if len(dates) == 1:
        return DateRead(*dates)
    return DateRead(problem=f"may be {' or '.join(dates)}" if dates else "no date")


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
        return day_read(moment.year, moment.month, moment.day)
    days = sorted({(moment - offset + dt.timedelta(hours=hour)).date() for hour in hours})
    first, last = (day_read(day.year, day.month, day.day) for day in (days[0], days[-1]))
    if first != last:
        shared = between(first, last)
        return DateRead(
            shared.date if shared else "", last.date, f"a time in another zone: {first.date} or {last.date}"
        )
    same = days[0] == moment.date()
    return first if same else DateRead(first.date, problem="a time in another zone: the day at home")


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
        return year_read(int(texts[0])) if not texts[2] else DateRead(texts[0], problem="a day without a month")
    if not texts[1].isdecimal():
        reading = read_date(f"{texts[1]} {texts[0]}")
        if reading.problem or len(reading.date) != len("2024-07") or not texts[2]:
            return reading
        texts[1] = reading.date[5:]
    if not texts[2]:
        return month_read(int(texts[0]), int(texts[1]))
    if not texts[2].isdecimal():
        span = read_date(f"{texts[2]}.{int(texts[1]):02d}.{texts[0]}")
        month_alone = month_read(int(texts[0]), int(texts[1])).date
        return span if span.date else DateRead(month_alone, problem="a day that is not understood: kept as the month")
    return day_read(int(texts[0]), int(texts[1]), int(texts[2]))


def _from_number(value: float, *, epoch_1904: bool) -> DateRead:
    for scale in (1, 1000):
        if _STAMPS[0] <= value / scale <= _STAMPS[1]:
            moment = _at_home(dt.datetime.fromtimestamp(value / scale, dt.UTC))
            return replace(moment, problem=f"{'thousandths of ' if scale > 1 else ''}seconds since 1970 in UTC")
    if not abs(value) < 1e9:  # noqa: PLR2004  (also NaN)
        return DateRead(problem="no date")
    whole = int(value)
    if whole == value and FIRST_YEAR <= whole <= LAST_YEAR:
        return year_read(whole)
    if whole == value and FIRST_YEAR * 10_000 <= whole < (LAST_YEAR + 1) * 10_000:
        return day_read(whole // 10_000, whole // 100 % 100, whole % 100)
    if _SERIALS[0] <= value <= _SERIALS[1]:
        day = (_EPOCH_1904 if epoch_1904 else _EPOCH) + dt.timedelta(days=whole)
        return day_read(day.year, day.month, day.day)
    return DateRead(problem="a number, but no year and no date")


# -- In figures -------------------------------------------------------------------------------------


def _from_figures(text: str, order: str) -> DateRead | None:
    """Dates in figures only; None for anything else."""
    reading: DateRead | None = None
    if parts := _ISO.fullmatch(text):
        reading = day_read(int(parts[1]), int(parts[3]), int(parts[4]))
    elif parts := _DOTS.fullmatch(text):
        reading = day_read(full_year(parts[3]), int(parts[2]), int(parts[1]))
    elif parts := EITHER.fullmatch(text):
        reading = _either(int(parts[1]), int(parts[3]), parts[4], order, parts[2])
    elif parts := _ISO_MONTH.fullmatch(text):
        reading = month_read(int(parts[1]), int(parts[2]))
    elif parts := _MONTH_YEAR.fullmatch(text):
        reading = month_read(int(parts[2]), int(parts[1]))
    elif parts := _CHINESE.fullmatch(text):
        reading = (
            day_read(int(parts[1]), int(parts[2]), int(parts[3]))
            if parts[3]
            else month_read(int(parts[1]), int(parts[2]))
        )
    elif (parts := _ROMAN_DOTS.fullmatch(re.sub(rf"{_MARK}$", "", text))) and parts[2] in _ROMANS:
        reading = day_read(int(parts[3]), _ROMANS.index(parts[2]) + 1, int(parts[1]))
    elif parts := _YEAR.fullmatch(text):
        reading = year_read(int(parts[1]))
    return reading


def _either(first: int, second: int, year_text: str, order: str, sign: str) -> DateRead:
    """Day and month in an order that only the column can tell."""
    year = full_year(year_text)
    dmy, mdy = day_read(year, second, first), day_read(year, first, second)
    if not order and sign == "-" and len(year_text) == SHORT_YEAR and int(year_text) <= MOST_DAYS:
        # Of three short figures with hyphens even the first may be the year.
        ymd = day_read(full_year(f"{first:02d}"), second, int(year_text))
        readings = dict.fromkeys(reading.date for reading in (dmy, mdy, ymd) if reading.date)
        if len(readings) > 1:
            return DateRead(problem=f"may be {' or '.join(readings)}")
    if order:
        reading, other = (dmy, mdy) if order == "dmy" else (mdy, dmy)
        if reading.date or not other.date:
            return reading
        return DateRead(str(year), problem=f"no date as {order}, which holds for this column; else {other.date}")
    if dmy.date and mdy.date and dmy.date != mdy.date:
        english = [name.capitalize() for name in table("dates")["months"][0]]
        return DateRead(str(year), problem=f"may be {first} {english[second - 1]} or {second} {english[first - 1]}")
    return dmy if dmy.date else mdy


# -- Spans of time ----------------------------------------------------------------------------------


def _from_quarter(text: str) -> DateRead | None:
    """A quarter or a half of a year, or its first months."""
    years = re.findall(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", text)
    last, called = 0, "a part"
    if match := _QUARTER.search(text):
        number = match[1] or match[2]
        last, called = 3 * (_ROMAN.get(number) or int(number)), "a quarter"
    elif match := _HALF.search(text):
        number = match[1] or match[2] or match[3]
        last, called = 6 if number in ("1", "i", "перв", "first") else 12, "a half"
    elif match := _MONTHS_FROM_JANUARY.search(text):
        last = int(match[1])
    if not 0 < last <= MONTHS or len(years) != 1:
        return None
    return DateRead(years[0], f"{years[0]}-{last:02d}", f"{called} of a year: kept as the year")


def _from_span(text: str, order: str) -> DateRead | None:
    """From one day to another; None where it is no span of two dates in figures."""
    if (match := _WEEK.fullmatch(text)) and 1 <= int(match[2]) <= 52:  # noqa: PLR2004
        monday, sunday = (dt.date.fromisocalendar(int(match[1]), int(match[2]), day).isoformat() for day in (1, 7))
        return between(DateRead(monday), DateRead(sunday))
    if (ends := text.split("/")) and len(ends) == 2 and all(map(_ISO.fullmatch, ends)):  # noqa: PLR2004
        return between(_from_figures(ends[0], order), _from_figures(ends[1], order))
    if match := _DAYS.fullmatch(text):
        first, last = f"{match[1]}{match[3]}", f"{match[2]}{match[3]}"
        return between(_from_figures(first, order), _from_figures(last, order))
    if match := _SPAN.fullmatch(text):
        one, other = (_from_figures(part.strip(" ."), order) for part in match.groups())
        return between(one, other)
    return None
