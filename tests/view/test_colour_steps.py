"""The colour steps of the border: where a rate takes the next one, and when an interval spans too many."""

from __future__ import annotations

import numpy as np
import pytest

from geo.view.drawing import NEAR as NEARNESS
from geo.view.drawing import NONE, pack_drawing
from geo.view.figure.content import Rates

NEAR = np.ones(1, bool)


@pytest.mark.parametrize(
    ("rate", "step"),
    [(0.0, 0), (0.049, 0), (0.05, 1), (0.099, 1), (0.1, 2), (0.249, 2), (0.25, 3), (0.499, 3), (0.5, 4), (9.0, 4)],
)
def test_a_rate_takes_the_next_colour_at_005_01_025_and_05(rate: float, step: int) -> None:
    assert Rates(np.array([rate]), NEAR).step.tolist() == [step]


def test_where_no_record_is_near_there_is_no_step() -> None:
    assert Rates(np.array([9.0]), ~NEAR).step.tolist() == [NONE]


@pytest.mark.parametrize(
    ("low", "high", "unsure"), [(0.04, 0.24, False), (0.04, 0.25, True), (0.06, 0.49, False), (0.06, 0.5, True)]
)
def test_an_interval_over_three_steps_is_unsure(low: float, high: float, *, unsure: bool) -> None:
    rates = Rates(np.array([0.2]), NEAR, np.array([[low, high, 0.15, 0.22]]))
    assert rates.unsure.tolist() == [unsure]


def test_a_stretch_has_records_from_a_twentieth_of_one_on() -> None:
    assert NEARNESS == 0.05


def test_the_browser_draws_by_its_own_widths_and_a_hollow_line_never_too_thin_to_see() -> None:
    drawing = pack_drawing()
    assert drawing["near"] == 0.05
    assert (drawing["widths"], drawing["least_hollow"]) == ([2.8, 4, 5.5, 7.5, 10], 5.5)
    assert drawing["outlines"]["F"] == []
    assert drawing["outlines"]["T"] == [[-0.92, -0.92], [0.92, -0.92], [0.92, 0.92], [-0.92, 0.92]]
