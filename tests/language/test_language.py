from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from vector_cases import read_cases

from geo.language.catalogue import LANGUAGES, read_words, say
from geo.language.dates import write_date, write_span, write_within
from geo.language.figures import write_bound, write_figure
from geo.language.names import name_in, names_of
from geo.language.numbers import (
    round_half_up,
    round_rates,
    shorten_rates,
    write_fixed,
    write_number,
    write_percent,
    write_rate,
)
from geo.language.plurals import plural_form
from geo.view.atlas.block import LEAST_RATE, RATE_STEP, Block


@pytest.mark.parametrize("case", read_cases("numbers"))
def test_numbers_are_written_as_the_scripts_write_them(case: dict[str, Any]) -> None:
    assert write_number(case["lang"], case["value"], case.get("digits")) == case["text"]


@pytest.mark.parametrize("case", read_cases("rates"))
def test_rates_are_written_as_the_scripts_write_them(case: dict[str, Any]) -> None:
    assert write_rate(case["lang"], case["value"]) == case["text"]


@pytest.mark.parametrize("case", read_cases("percentages"))
def test_percentages_are_written_as_the_scripts_write_them(case: dict[str, Any]) -> None:
    assert write_percent(case["lang"], case["share"], up=case.get("up", False)) == case["text"]


@pytest.mark.parametrize("case", read_cases("plurals"))
def test_a_number_takes_the_same_form_as_in_the_scripts(case: dict[str, Any]) -> None:
    assert plural_form(case["lang"], case["n"]) == case["form"]


@pytest.mark.parametrize("case", read_cases("dates"))
def test_dates_are_written_as_the_scripts_write_them(case: dict[str, Any]) -> None:
    assert write_date(case["lang"], case["date"]) == case["text"]


@pytest.mark.parametrize("case", read_cases("spans"))
def test_a_period_takes_the_case_that_its_sentence_asks_for(case: dict[str, Any]) -> None:
    ends = case["first"], case["last"]
    assert write_span(case["lang"], *ends) == case["span"]
    assert write_within(case["lang"], *ends) == case["within"]


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_a_number_is_rounded_once_from_the_value_that_is_read(value: float, digits: int) -> None:
    exact = Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    assert Decimal(write_fixed(value, digits).replace(",", "")) == exact
    assert round_half_up(value, digits) == float(exact)


@given(st.integers(-100_000, 100_000), st.integers(1, 3))
def test_halves_go_away_from_zero(half: int, digits: int) -> None:
    value = float(f"{half}5e-{digits + 1}")
    away = round_half_up(value, digits)
    assert abs(away) > abs(value) or value == 0
    assert abs(away) == pytest.approx(abs(value) + 0.5 * 10**-digits)


def written_of(value: float) -> tuple[str, str]:
    """A figure and a bound as they are written."""
    return write_figure(value), write_bound(value)


@given(st.floats(0.01, 1e6))
def test_a_column_of_rates_is_rounded_as_one_figure_and_one_bound_are_written(value: float) -> None:
    figure, bound = (float(text.replace(",", "")) for text in written_of(value))
    assert round_rates([value])[:, 0].tolist() == pytest.approx([figure, bound])


@given(st.lists(st.floats(0, 5000), min_size=1, max_size=20))
def test_shortening_changes_no_written_rate(values: list[float]) -> None:
    short = shorten_rates(values)
    assert [written_of(value) for value in short] == [written_of(value) for value in values]
    assert short == pytest.approx(values, rel=5e-3)


@given(st.lists(st.floats(0.002, 90), min_size=1, max_size=20))
def test_packing_changes_no_written_rate(values: list[float]) -> None:
    block = Block()
    start, count, width, how, _ = block.rates(values)["$"]
    planes = np.frombuffer(block.bytes(None)[8:], np.uint8)[start : start + count * width].reshape(width, count)
    steps = (planes.astype(np.int64) * 256 ** np.arange(width)[:, None]).sum(axis=0)
    if how & 2:
        steps = np.where(steps % 2, -(steps + 1) // 2, steps // 2)
    if how & 1:
        steps = np.cumsum(steps)
    read = LEAST_RATE * RATE_STEP**steps
    assert [written_of(value) for value in read] == [written_of(value) for value in values]
    assert read == pytest.approx(values, rel=4e-3)


def test_numbers_beyond_every_use_are_still_written() -> None:
    assert write_number("en", 1e30).startswith("1,000,000")
    assert write_number("en", 5e-324) == "0"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_every_key_with_the_same_values(lang: str) -> None:
    ours, english = read_words(lang), read_words("en")
    assert ours.keys() == english.keys()


def test_a_noun_follows_its_number() -> None:
    assert [say("ru", "card.records", n=n) for n in (1, 3, 5, 21)] == ["1 запись", "3 записи", "5 записей", "21 запись"]


def test_a_name_that_is_missing_is_the_english_one() -> None:
    row = {"name_en": "Russia", "name_kk": "Ресей", "name_ru": ""}
    assert names_of(row) == {"en": "Russia", "ru": "Russia", "kk": "Ресей"}
    assert name_in({"name_en": "China"}, "ru") == "China"
