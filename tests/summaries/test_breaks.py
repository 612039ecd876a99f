"""Colour breaks serve the selection: the cases that the scripts answer too, and what holds for any figures."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vector_cases import read_cases

from geo.summaries.breaks import breaks_for, is_hollow, step_of

FIGURES = st.lists(st.floats(1e-9, 1e6), min_size=1, max_size=30)


@pytest.mark.parametrize("case", read_cases("breaks"))
def test_breaks_steps_and_hollow_stretches_are_those_of_the_scripts(case: dict[str, Any]) -> None:
    breaks = breaks_for(case["medians"])
    assert list(breaks) == case["breaks"]
    assert [step_of(value, breaks) for value, _ in case["steps"]] == [step for _, step in case["steps"]]
    assert [is_hollow(*figures, breaks) for *figures, _ in case["hollow"]] == [hollow for *_, hollow in case["hollow"]]


@given(FIGURES)
def test_the_highest_stretch_has_the_top_colour_and_what_is_a_tenth_of_it_has_not(figures: list[float]) -> None:
    breaks, highest = breaks_for(figures), max(figures)
    assert len(breaks) == 4
    assert list(breaks) == sorted(set(breaks))
    assert step_of(highest, breaks) == 4
    assert highest / 5 * (1 - 1e-9) <= breaks[-1] <= highest / 2
    assert step_of(highest / 10, breaks) < 4


def test_a_stretch_without_colour_is_never_hollow() -> None:
    breaks = breaks_for([4.9])
    assert not is_hollow(0.19, 0.0, 9.0, breaks)
    assert is_hollow(0.2, 0.0, 9.0, breaks)
