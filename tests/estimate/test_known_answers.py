"""Known answers of the estimate's small functions, worked out by hand."""

from __future__ import annotations

from math import log

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from geo.estimate import hyperparameters, risk
from geo.estimate.backtest import TOP_SHARE, _hits
from geo.estimate.baselines import BASELINES, Ground, clamped_empirical_bayes


def ground(length_km: list[float], cells: list[int]) -> Ground:
    """Records each in one cell, over ten years."""
    length, number = np.array(length_km), len(cells)
    weights = csr_array((np.ones(number), (np.arange(number), cells)), shape=(number, len(length)))
    none = np.zeros(len(length), bool)
    return Ground(
        length_km=length, start_km=np.cumsum(length) - length, neighbour=np.zeros(len(length), int), road=none,
        rail=none, weights=weights, years_ago=np.linspace(0, 9, number), years=10.0,
    )  # fmt: skip


def test_rates_are_shrunk_by_the_share_of_the_spread_that_is_no_noise() -> None:
    # Mean 5, spread 50/4 − 5 = 7.5, noise 5: three fifths of each distance from the mean stay.
    rates = clamped_empirical_bayes(np.array([10.0, 0, 5, 5]), np.ones(4))
    assert rates == pytest.approx([8, 2, 5, 5])


def test_the_kernel_spreads_as_many_records_as_there_are() -> None:
    past = ground([10.0] * 10, [2, 2, 3, 7])
    rate = BASELINES["kernel along the border"](past)
    assert (rate * past.length_km / 100).sum() * past.years == pytest.approx(4)


def test_the_kernel_lies_about_the_middle_of_a_cell() -> None:
    rate = BASELINES["kernel along the border"](ground([10.0, 30, 10], [1, 1]))
    assert rate[0] == pytest.approx(rate[2])


def test_a_rank_is_the_median_of_those_in_the_draws() -> None:
    first = np.r_[np.full(11, 3.0), np.full(9, 1.0)]
    table = risk._ranked(np.column_stack([first, np.full(20, 2.0), np.zeros(20)]), pd.Index(list("abc")), "x")
    assert table["rank"].tolist() == [1, 2, 3]
    assert table["rank_low90"].tolist() == [1, 1, 3]
    assert table["rank_high90"].tolist() == [2, 2, 3]
    assert table["p_highest"].tolist() == [0.55, 0.45, 0]


def test_the_prior_of_the_spread_falls_with_the_spread() -> None:
    # Simpson et al. 2017: exponential in the standard deviation, here of its logarithm.
    at = log(200.0)
    change = hyperparameters._log_prior(np.array([at, log(2.0)])) - hyperparameters._log_prior(np.array([at, 0.0]))
    assert change == pytest.approx(log(2.0) - hyperparameters._SD_RATE)


@pytest.mark.parametrize(("cell", "hit"), [(0, 1.0), (1, 0.0)])
def test_the_places_watched_are_those_with_the_highest_rate_for_their_length(cell: int, hit: float) -> None:
    """A long cell with more records in it is no better place to watch than a short one with nearly as many."""
    length = np.full(12, 10.0)
    length[0] = 5.0
    rate = np.zeros(12)
    rate[[0, 1]] = 8.0, 10.0
    line = type("Line", (), {"length_km": length})
    later = type("Later", (), {"weights": csr_array(([1.0], ([0], [cell])), shape=(1, 12))})
    forecast = type("Forecast", (), {"per_cell": lambda _self, _line: rate})
    scored = _hits(forecast(), line, later)  # type: ignore[arg-type]
    assert TOP_SHARE * length.sum() < 15
    assert scored["hit_rate"] == hit
