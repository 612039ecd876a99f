"""Dates as people write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.intake.words.date_columns import find_order, half_converted
from geo.intake.words.dates import read_date, read_parts
from geo.intake.words.days import DateRead
from geo.intake.words.vocabularies import table

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))
GENITIVE = [
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
]  # fmt: skip
ENGLISH, _, KAZAKH = table("dates")["months"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("03.07.2024", "2024-07-03"),
        ("3.7.24 г.", "2024-07-03"),
        ("3 июля 2024", "2024-07-03"),
        ("3 июл 24", "2024-07-03"),
        ("среда, 3 июля 2024 года", "2024-07-03"),
        ("12 марта 2024 г. в 14:20", "2024-03-12"),
        ("2024 жылғы 3 шілде", "2024-07-03"),
        ("2024 ж. 3 шілде", "2024-07-03"),
        ("шілденің 3-і 2024", "2024-07-03"),
        ("July 3rd, 2024", "2024-07-03"),
        ("3 Jul 2024", "2024-07-03"),
        ("2024-07-03T14:30:00+05:00", "2024-07-03"),
        ("2024/07/03", "2024-07-03"),
        ("23/07/2024", "2024-07-23"),
        ("07/23/2024", "2024-07-23"),
        ("03/03/2024", "2024-03-03"),
        ("июль 2024", "2024-07"),
        ("в июле 2024 года", "2024-07"),
        ("2024 жылдың тамызы", "2024-08"),
        ("2023 ж. қыркүйекте", "2023-09"),
        ("Sept 2023", "2023-09"),
        ("07.2024", "2024-07"),
        ("2024 г.", "2024"),
        ("2024 жыл", "2024"),
        (dt.datetime(2024, 7, 3, 12, 0), "2024-07-03"),  # noqa: DTZ001  (as Excel gives it)
        (dt.date(2024, 7, 3), "2024-07-03"),
        (45476, "2024-07-03"),
        (45476.5, "2024-07-03"),
        ("45476", "2024-07-03"),
        (20240703, "2024-07-03"),
        (2024, "2024"),
        (2024.0, "2024"),
        ("30-11-31", "2031-11-30"),  # of short figures, those with one reading
        ("30-11-32", "2032-11-30"),
        ("12/12/24", "2024-12-12"),
    ],
)
def test_dates_in_three_languages(text: object, date: str) -> None:
    assert read_date(text) == DateRead(date)


@pytest.mark.parametrize(
    ("text", "date", "not_after", "reason"),
    [
        ("07/03/2024", "2024", "", "may be 7 March or 3 July"),
        ("03-07-2024", "2024", "", "may be 3 July or 7 March"),
        ("07/03/24", "2024", "", "may be"),
        ("07-03-24", "", "", "may be"),
        ("7/8/24", "2024", "", "may be 7 August or 8 July"),
        ("в ночь на 14 августа 2022", "2022-08-14", "", "the night to that day"),
        ("2021 жылдың жазы", "2021", "2021-08", "a season"),
        ("весна 2021", "2021", "2021-05", "a season"),
        ("зима 2021", "", "", "a winter"),
        ("3–5 июля 2024", "2024-07", "2024-07-05", "span"),
        ("с 3 по 5 июля 2024", "2024-07", "2024-07-05", "span"),
        ("03.07.2024 - 05.08.2024", "2024", "2024-08-05", "span"),
        ("II квартал 2024", "2024", "2024-06", "quarter"),
        ("июль-август 2024", "2024", "2024-08", "more than one month"),
        ("около 3 июля 2024", "2024-07", "", "about a day"),
        ("~ 03.07.2024", "2024-07", "", "about a day"),
        ("3 июля", "", "", "no year"),
        ("31.06.2024", "", "", "calendar"),
        ("12.13.2024", "", "", "calendar"),
        ("29.02.2023", "", "", "calendar"),
        ("3 июля 2024?", "", "", "uncertain"),
        ("лето 2023", "2023", "2023-08", "a season"),
        ("1812", "", "", "1900"),
        ("2023, 2024", "", "", "more than one year"),
        ("вчера", "", "", "no date"),
        (True, "", "", "no date"),
        (float("nan"), "", "", "no date"),
        (336_000, "", "", "no year"),
        (dt.time(12, 30), "", "", "no date"),
    ],
)
def test_what_is_read_in_part_or_not_at_all_says_why(text: object, date: str, not_after: str, reason: str) -> None:
    found = read_date(text)
    assert (found.date, found.not_after) == (date, not_after)
    assert reason in found.problem


@pytest.mark.parametrize(
    ("number", "date", "reason"),
    [
        (19_999, "", "no year and no date"),
        (20_000, "1954-10-03", ""),
        (73_050, "2099-12-31", ""),
        (73_051, "", "no year and no date"),
        (1899, "", "no year and no date"),
        (1900, "1900", ""),
        (2099, "2099", ""),
        (2100, "", "no year and no date"),
        (2024.5, "", "no year and no date"),
        (18_991_231, "", "no year and no date"),
        (19_000_101, "1900-01-01", ""),
        (20_240_230, "", "no such day in the calendar"),
        (20_240_703.5, "", "no year and no date"),
        (20_991_231, "2099-12-31", ""),
        (21_000_101, "", "no year and no date"),
        (631_151_999, "", "no year and no date"),
        (631_152_000, "1990-01-01", "seconds since 1970 in UTC"),
        (1_719_990_000_000, "2024-07-03", "thousandths of seconds since 1970 in UTC"),
        (float("inf"), "", "no date"),
        ("20240703142530", "2024-07-03", ""),
    ],
)
def test_what_a_number_may_be_ends_with_the_years_that_are_read(number: object, date: str, reason: str) -> None:
    read = read_date(number)
    assert read.date == date
    assert read.problem.endswith(reason)
    assert bool(read.problem) == bool(reason)


@pytest.mark.parametrize(
    ("text", "date", "not_after", "reason"),
    [
        # The country has one zone, UTC+5, since March 2024; before, UTC+5 or UTC+6.
        ("2024-07-03T18:59:00Z", "2024-07-03", "", ""),
        ("2024-07-03T19:00:00Z", "2024-07-04", "", "a time in another zone: the day at home"),
        ("2024-07-03T23:30:00+03:00", "2024-07-04", "", "a time in another zone: the day at home"),
        ("2024-07-03T01:30:00+08:00", "2024-07-02", "", "a time in another zone: the day at home"),
        ("2024-07-03T23:30:00+06", "2024-07-03", "", ""),
        ("2024-02-03T17:59:00Z", "2024-02-03", "", ""),
        ("2024-02-03T18:30:00Z", "2024-02", "2024-02-04", "a time in another zone: 2024-02-03 or 2024-02-04"),
        ("2024-02-03T19:30:00Z", "2024-02-04", "", "a time in another zone: the day at home"),
        ("2024-02-29T18:30:00Z", "2024", "2024-03-01", "a time in another zone: 2024-02-29 or 2024-03-01"),
        ("2024-03-01T18:30:00Z", "2024-03-01", "", ""),
        ("2023-12-31T18:30:00Z", "", "2024-01-01", "a time in another zone: 2023-12-31 or 2024-01-01"),
        ("2024-02-30T10:00:00Z", "", "", "no such day in the calendar"),
        ("Wed, 03 Jul 2024 23:00:00 +0500", "2024-07-03", "", ""),
        ("03 Jul 2024 20:00:00 GMT", "2024-07-04", "", "a time in another zone: the day at home"),
        ("31 Feb 2024 20:00:00 GMT", "", "", "no such day in the calendar"),
    ],
)
def test_a_moment_is_its_day_at_home(text: str, date: str, not_after: str, reason: str) -> None:
    assert read_date(text) == DateRead(date, not_after, reason)


@pytest.mark.parametrize(
    ("text", "date", "not_after", "reason"),
    [
        ("2024-W01", "2024-01", "2024-01-07", "a span of time: kept as 2024-01"),
        ("2024-W52", "2024-12", "2024-12-29", "a span of time: kept as 2024-12"),
        ("2024-W53", "", "", "no date that is understood"),
        ("2024-W00", "", "", "no date that is understood"),
        ("2024-07-03/2024-07-05", "2024-07", "2024-07-05", "a span of time: kept as 2024-07"),
        ("2024-07-03/2024-07-03", "2024-07-03", "", ""),
        ("2024-07-05/2024-07-03", "", "", "a span that ends before it begins"),
        ("2023-12-31/2024-01-01", "", "", "a span of time over more than one year"),
        ("2024-07-03/05", "", "", "no date that is understood"),
        ("3-5.07.2024", "2024-07", "2024-07-05", "a span of time: kept as 2024-07"),
        ("1 месяц 2024", "2024", "2024-01", "a part of a year: kept as the year"),
        ("12 месяцев 2024", "2024", "2024-12", "a part of a year: kept as the year"),
        ("13 месяцев 2024", "", "", "no date that is understood"),
        ("0 месяцев 2024", "", "", "no date that is understood"),
        ("3 квартал 2024", "2024", "2024-09", "a quarter of a year: kept as the year"),
        ("Q4 2023 2024", "", "", "no date that is understood"),
        ("1 полугодие 2024", "2024", "2024-06", "a half of a year: kept as the year"),
        ("second half of 2024", "2024", "2024-12", "a half of a year: kept as the year"),
        ("весна-лето 2024", "2024", "2024-08", "a season: kept as the year"),
        ("август-июль 2024", "2024", "", "more than one month: kept as the year"),
        ("июль 2023 - август 2024", "", "", "more than one year"),
        ("3, 4, 5 июля 2024", "2024-07", "", "more than one day: kept as the month"),
        ("31 июня 2024", "", "", "no such day in the calendar"),
        ("до 3 июля 2024", "", "", "only a first or a last day, and nothing between: 2024-07-03"),
        ("3 июля 24 г.", "2024-07-03", "", ""),
        ("июль 24", "", "", "no year"),
        ("123 июля 2024", "", "", "no date that is understood"),
        ("3 tamyz 2024", "2024-08-03", "", ""),
        ("ма 2024", "", "", "no date that is understood"),
        ("3 XII 2024", "2024-12-03", "", ""),
        ("3.IIX.2024", "", "", "no date that is understood"),
        ("2024年7月", "2024-07", "", ""),
        ("2024年7月3日", "2024-07-03", "", ""),
        ("~2024", "2024", "", ""),
        ("≈ 07.2024", "2024-07", "", ""),
        ("202413", "", "", "no date"),
    ],
)
def test_spans_and_parts_of_a_year_are_as_exact_as_both_their_ends(
    text: str, date: str, not_after: str, reason: str
) -> None:
    assert read_date(text) == DateRead(date, not_after, reason)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("29-01-24", "2024-01-29 or 2029-01-24"),
        ("05-06-07", "2007-06-05 or 2007-05-06 or 2005-06-07"),
        ("01-02-31", "2031-02-01 or 2031-01-02"),
        ("01-02-32", "1 February or 2 January"),
        ("070324", "2024-03-07 or 2007-03-24"),
        ("240703", "2003-07-24 or 2024-07-03"),
    ],
)
def test_short_figures_that_may_be_several_days_are_all_said(text: str, readings: str) -> None:
    assert read_date(text).problem == f"may be {readings}"


@pytest.mark.parametrize(
    ("order", "text", "date", "other"),
    [
        ("dmy", "13/03/2024", "2024-03-13", ""),
        ("dmy", "03/13/2024", "2024", "2024-03-13"),
        ("mdy", "03/13/2024", "2024-03-13", ""),
        ("mdy", "13/03/2024", "2024", "2024-03-13"),
    ],
)
def test_a_day_against_its_column_is_kept_as_the_year_with_the_other_reading(
    order: str, text: str, date: str, other: str
) -> None:
    said = f"no date as {order}, which holds for this column; else {other}" if other else ""
    assert read_date(text, order=order) == DateRead(date, problem=said)


@pytest.mark.parametrize(
    ("parts", "read"),
    [
        ((2024, 7, 3), DateRead("2024-07-03")),
        ((2024.0, 7.0, 3.0), DateRead("2024-07-03")),
        ((2024, 7, None), DateRead("2024-07")),
        ((2024, None, None), DateRead("2024")),
        ((2024, 99, 99), DateRead("2024")),
        ((2024, "OCT", 99), DateRead("2024-10")),
        (("2024", "OCT", 3), DateRead("2024-10-03")),
        ((2024, "Q", 3), DateRead(problem="no date that is understood")),
        (("2024", 10, "3-5"), DateRead("2024-10", "2024-10-05", "a span of time: kept as 2024-10")),
        (("2024", 10, "x"), DateRead("2024-10", problem="a day that is not understood: kept as the month")),
        ((2024, None, 3), DateRead("2024", problem="a day without a month")),
        ((None, 7, 3), DateRead(problem="no year")),
        (("24", 7, 3), DateRead(problem="no year alone")),
        ((2024, 2, 30), DateRead(problem="no such day in the calendar")),
    ],
)
def test_year_month_and_day_in_cells_of_their_own(parts: tuple[object, object, object], read: DateRead) -> None:
    assert read_parts(*parts) == read


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["07/12/2024", "07/13/2024"], "mdy"),
        (["12/07/2024", "13/07/2024"], "dmy"),
        (["12/07/2024", "07/12/2024"], ""),
        (["2024-07-13"], ""),
        (["12/13/2024"], "mdy"),
        (["13/12/24"], "dmy"),
        (["13-12-32"], "dmy"),
        (["13-12-24"], ""),  # may begin with its year
    ],
)
def test_the_thirteenth_is_the_first_day_that_is_no_month(column: list[str], order: str) -> None:
    assert find_order(column) == order


@pytest.mark.parametrize(
    ("column", "converted"),
    [
        ([dt.date(2024, 3, 12), "23/07/2024"], True),
        ([dt.date(2024, 3, 12), "13.07.2024", "7.13.24", 5, None], True),
        ([dt.date(2024, 3, 13), "23/07/2024"], False),
        ([dt.date(2024, 3, 12), "12/07/2024"], False),
        ([dt.date(2024, 3, 12)], False),
        (["23/07/2024"], False),
        ([], False),
    ],
)
def test_excel_may_have_exchanged_days_where_no_true_date_is_after_the_twelfth(
    column: list[object], converted: bool
) -> None:
    assert half_converted(column) is converted


def test_a_column_tells_which_comes_first() -> None:
    assert find_order(["07/23/2024", "03/07/2024", None, 5]) == "mdy"
    assert find_order(["23/07/2024", "03/07/2024"]) == "dmy"
    assert find_order(["03/07/2024"]) == ""
    assert find_order(["23/07/2024", "07/23/2024"]) == ""
    assert read_date("07/03/2024", order="mdy").date == "2024-07-03"
    assert read_date("07/03/2024", order="dmy").date == "2024-03-07"
    against = read_date("23/07/2024", order="mdy")
    assert against.date == "2024"
    assert "2024-07-23" in against.problem


def test_day_numbers_may_count_from_1904() -> None:
    assert read_date(44014, epoch_1904=True).date == "2024-07-03"


@given(DAYS)
def test_every_way_to_write_a_day_gives_that_day(day: dt.date) -> None:
    iso = day.isoformat()
    for text in (
        f"{day:%d.%m.%Y}",
        f"{day:%Y-%m-%d}",
        f"{day.day} {GENITIVE[day.month - 1]} {day.year} г.",
        f"{day.year} жылғы {day.day} {KAZAKH[day.month - 1]}",
        f"{ENGLISH[day.month - 1].capitalize()} {day.day}, {day.year}",
        f"{day.day} {ENGLISH[day.month - 1][:3]} {day.year}",
    ):
        assert read_date(text) == DateRead(iso), text


@given(DAYS, st.sampled_from("/-"))
def test_an_ambiguous_day_is_never_guessed(day: dt.date, sign: str) -> None:
    """Whatever comes back without a reason is the only reading there is."""
    text = f"{day.day}{sign}{day.month}{sign}{day.year}"
    found = read_date(text)
    if found.problem:
        assert found.date == str(day.year)
        assert day.day <= 12
    else:
        assert found.date == day.isoformat()


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = read_date(text)
    assert found.date or found.problem
