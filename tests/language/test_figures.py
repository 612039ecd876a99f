"""Figures and bounds are written by one rule."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from geo.language.figures import is_bound, write_bound, write_estimate, write_figure, write_ratio

RATES = st.floats(1e-9, 1e4)


@given(RATES, st.floats(1, 1e6), st.floats(0, 1))
def test_nothing_is_ever_written_as_nought_to_nought(low: float, width: float, place: float) -> None:
    high = low * width
    text = write_estimate(low + place * (high - low), low, high)
    if is_bound(low, high):
        assert text == f"at most {write_bound(high)}"
        assert float(text.removeprefix("at most ")) >= 0.01
    else:
        ends = text.split("(")[1].rstrip(")").split("–")
        assert float(ends[0]) > 0
        assert low * 1.2 >= high or ends[0] != ends[1]


@given(RATES)
def test_a_bound_is_rounded_up(high: float) -> None:
    assert float(write_bound(high)) >= high * (1 - 1e-5)
    assert float(write_bound(high)) <= max(0.01, high + 1)


@given(RATES, RATES)
def test_a_larger_figure_is_not_written_smaller(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert float(write_figure(low).removeprefix("< ")) <= float(write_figure(high).removeprefix("< "))


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


def test_an_interval_that_holds_one_is_seen_to() -> None:
    assert (write_ratio(0.996), write_ratio(1.004)) == ("0.99", "1.01")
