"""Figures and bounds are written by one rule."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from vector_cases import read_cases

from geo.language.figures import (
    is_bound,
    write_bound,
    write_estimate,
    write_figure,
    write_rank,
    write_ratio,
    write_ratios,
)

WRITERS = {
    "figure": write_figure,
    "bound": write_bound,
    "estimate": write_estimate,
    "ratio": write_ratio,
    "rank": write_rank,
}


@pytest.mark.parametrize("case", read_cases("figures"))
def test_figures_are_written_as_the_scripts_write_them(case: dict[str, Any]) -> None:
    how, text = case.pop("how"), case.pop("text")
    assert WRITERS[how](**case) == text


RATES = st.floats(1e-9, 1e4)


@given(RATES, st.floats(1, 1e6), st.floats(0, 1))
def test_nothing_is_ever_written_as_nought_to_nought(low: float, width: float, place: float) -> None:
    high = low * width
    text = write_estimate(low + place * (high - low), low, high)
    if is_bound(low, high):
        assert text == f"at most {write_bound(high)}"
        assert number(text.removeprefix("at most ")) >= 0.01
    else:
        ends = text.split("(")[1].rstrip(")").split("–")
        assert number(ends[0]) > 0
        assert low * 1.2 >= high or ends[0] != ends[1]


@given(RATES)
@example(0.03125)
def test_a_bound_is_rounded_up(high: float) -> None:
    written = number(write_bound(high))
    assert written >= high * (1 - 1e-12)
    assert written <= max(0.01, high + 1)
    # The last decimal that is written, and no more: 0.03125 is at most 0.04.
    step = 0.01 if high < 0.99 else 0.1 if high < 9.9 else 1
    assert written <= max(0.01, high + step * (1 + 1e-9))


@given(RATES, RATES)
def test_a_larger_figure_is_not_written_smaller(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert number(write_figure(low)) <= number(write_figure(high))


@given(RATES)
def test_a_figure_is_rounded_once_by_its_own_size(value: float) -> None:
    written = number(write_figure(value))
    assert written == 0.01 or abs(written - value) <= 0.0501 * value
    assert written >= 0.01


def number(text: str) -> float:
    return float(text.removeprefix("< ").replace(",", ""))


def test_what_rounds_up_to_the_next_size_is_written_in_that_size() -> None:
    assert [write_figure(value) for value in (9.96, 0.996, 0.0996, 10, 1, 0.1)] == [
        "10",
        "1.0",
        "0.10",
        "10",
        "1.0",
        "0.10",
    ]


def test_ends_that_print_alike_get_a_digit_more() -> None:
    assert write_estimate(12.3, 12.1, 12.4) == "12 (12.1–12.4)"


@given(st.floats(0.9, 1.1))
def test_a_ratio_is_written_as_one_only_where_it_is(ratio: float) -> None:
    assert (write_ratio(ratio) == "1.0") == (ratio == 1)
    assert (number(write_ratio(ratio)) < 1) == (ratio < 1)


def test_an_interval_that_holds_one_is_seen_to() -> None:
    assert write_ratios(0.97, 1.004) == "0.97–1.01"
    assert (write_ratio(0.996), write_ratio(1.004)) == ("0.99", "1.01")
