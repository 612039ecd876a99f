"""Dates as people write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.intake.words.date_columns import find_order
from geo.intake.words.dates import read_date
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
