"""The colour steps of the border: where a rate takes the next one, and when an interval spans too many."""

from __future__ import annotations

import numpy as np
import pytest

import geo
from geo.builtin.dataset import learned
from geo.estimate.estimating import estimate_selection
from geo.estimate.risk import aggregate
from geo.summaries.answers import answer
from geo.summaries.breaks import is_hollow, step_of
from geo.view.drawing import NEAR as NEARNESS
from geo.view.drawing import NONE, pack_drawing
from geo.view.figure.content import Rates, make_content

NEAR = np.ones(1, bool)
BREAKS = (0.05, 0.1, 0.25, 0.5)


@pytest.mark.parametrize(
    ("rate", "step"),
    [(0.0, 0), (0.049, 0), (0.05, 1), (0.099, 1), (0.1, 2), (0.249, 2), (0.25, 3), (0.499, 3), (0.5, 4), (9.0, 4)],
)
def test_a_rate_takes_the_next_colour_at_each_break(rate: float, step: int) -> None:
    assert Rates(np.array([rate]), NEAR, BREAKS).step.tolist() == [step]


def test_where_no_record_is_near_there_is_no_step() -> None:
    assert Rates(np.array([9.0]), ~NEAR, BREAKS).step.tolist() == [NONE]


@pytest.mark.parametrize(
    ("low", "high", "unsure"), [(0.04, 0.24, False), (0.04, 0.25, True), (0.06, 0.49, False), (0.06, 0.5, True)]
)
def test_an_interval_over_three_steps_is_unsure(low: float, high: float, *, unsure: bool) -> None:
    rates = Rates(np.array([0.2]), NEAR, BREAKS, np.array([[low, high, 0.15, 0.22]]))
    assert rates.unsure.tolist() == [unsure]


def test_without_breaks_nothing_is_coloured_nor_hollow() -> None:
    rates = Rates(np.array([9.0]), NEAR, (), np.array([[0.01, 20.0, 5.0, 12.0]]))
    assert (rates.step.tolist(), rates.unsure.tolist()) == ([0], [False])


@pytest.mark.parametrize("chosen", [geo.Selection(), geo.Selection(goods=("tobacco",)), geo.Selection(neighbour="KG")])
def test_a_figure_takes_the_breaks_that_the_page_takes(located: geo.Located, chosen: geo.Selection) -> None:
    risk = estimate_selection(located, chosen, learned(located))
    drawn = make_content(located.select(chosen), located.frontier, risk, risk.period).rates
    assert list(drawn.breaks) == answer(located, chosen, risk)["breaks"] != []
    segment = aggregate(risk, by="segment")
    figures = segment[["estimate", "low90", "high90"]].astype(float)
    for cell, key in enumerate(located.frontier.cells["segment"]):
        if key in figures.index:
            assert drawn.step[cell] == step_of(figures.at[key, "estimate"], drawn.breaks)
            assert drawn.unsure[cell] == is_hollow(*figures.loc[key], drawn.breaks)


def test_too_few_records_have_no_colours_with_or_without_an_estimate(located: geo.Located) -> None:
    chosen = geo.Selection(goods=("weapons",), neighbour=("RU",))
    assert answer(located, chosen)["state"] == "too-few"
    risk = estimate_selection(located, chosen, learned(located))
    for one in (risk, None):
        assert make_content(located.select(chosen), located.frontier, one, risk.period).rates.breaks == ()


def test_a_stretch_has_records_from_a_twentieth_of_one_on() -> None:
    assert NEARNESS == 0.05


def test_the_browser_draws_by_its_own_widths_and_a_hollow_line_never_too_thin_to_see() -> None:
    drawing = pack_drawing()
    assert (drawing["near"], drawing["whole"], drawing["some"]) == (0.05, 0.99, 0.005)
    assert (drawing["widths"], drawing["least_hollow"]) == ([2.8, 4, 5.5, 7.5, 10], 5.5)
    assert drawing["outlines"]["F"] == []
    assert drawing["outlines"]["T"] == [[-0.92, -0.92], [0.92, -0.92], [0.92, 0.92], [-0.92, 0.92]]
