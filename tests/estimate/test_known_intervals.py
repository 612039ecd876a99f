"""Intervals of known draws: a 90 % interval is one of 90 %, and nearness reaches as far as it says."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

import geo
from geo.estimate.backtest import _DRAWS, _Forecast, _inside90, _Later
from geo.estimate.estimating import _near_record, estimate_risk, line_of
from geo.estimate.risk import Risk

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PERIOD = (date(2015, 1, 1), date(2025, 12, 31))


def risk_of(frontier: geo.Frontier, between: Callable[[], Floats]) -> Risk:
    """An estimate of which only the draws are known, and nothing at crossings."""
    land = frontier.land_cells
    cells = pd.DataFrame({"at_crossing": (land["road"] | land["rail"]).to_numpy()}, index=land.index)
    held = int(cells["at_crossing"].sum())
    hyper: Any = None

    def sites() -> Floats:
        draws = between()
        return np.concatenate([draws, np.zeros((len(draws), held))], axis=1)

    return Risk(cells, PERIOD, hyper, frontier, sites)


@pytest.mark.parametrize("by", ["border", "segment", "region"])
def test_a_hundred_and_one_equal_steps_have_their_quantiles_at_5_25_50_75_and_95(
    frontier: geo.Frontier, by: str
) -> None:
    steps = np.arange(101.0)[:, None] * np.ones(len(frontier.land_cells))
    table = geo.aggregate(risk_of(frontier, lambda: steps), by=by)
    for name, value in {"low90": 5, "low50": 25, "per_100km_year": 50, "high50": 75, "high90": 95}.items():
        assert table[name].to_numpy() == pytest.approx(value, rel=1e-9)


def test_a_rank_that_a_border_has_in_four_draws_of_a_hundred_lies_outside_its_90_percent(
    frontier: geo.Frontier,
) -> None:
    russian = frontier.land_cells["neighbour"].eq("RU").to_numpy()
    chinese = frontier.land_cells["neighbour"].eq("CN").to_numpy()
    others = ~(russian | chinese)
    draws = np.zeros((100, len(russian)))
    draws[:, russian], draws[:, chinese], draws[:, others] = 10.0, 5.0, 1.0
    draws[:4, russian] = 0.5  # the lowest of five
    draws[:4, chinese] = 20.0
    table = geo.aggregate(risk_of(frontier, lambda: draws))
    assert table.loc["RU", ["rank_low90", "rank", "rank_high90"]].tolist() == [1, 1, 1]
    assert table.loc["CN", ["rank_low90", "rank", "rank_high90"]].tolist() == [2, 2, 2]
    assert table.loc["CN", "p_highest"] == pytest.approx(0.04)
    draws[4:6, russian], draws[4:6, chinese] = 0.5, 20.0  # six of a hundred lie inside
    table = geo.aggregate(risk_of(frontier, lambda: draws))
    assert table.loc["RU", ["rank_low90", "rank", "rank_high90"]].tolist() == [1, 1, 5]
    assert table.loc["CN", ["rank_low90", "rank", "rank_high90"]].tolist() == [1, 2, 2]


def test_a_cells_interval_holds_the_middle_90_and_50_percent_of_its_draws(
    located: geo.Located, frontier: geo.Frontier
) -> None:
    risk = estimate_risk(located, frontier, period=PERIOD, draws=200)
    for name, share in {"low90": 0.05, "low50": 0.25, "per_100km_year": 0.5, "high50": 0.75, "high90": 0.95}.items():
        assert risk.cells[name].to_numpy() == pytest.approx(np.quantile(risk.draws, share, axis=0), rel=1e-4)


@pytest.mark.parametrize(("place", "inside"), [(90, 0.0), (110, 1.0), (1890, 1.0), (1910, 0.0)])
def test_a_later_count_is_inside_between_the_100th_and_the_1900th_of_2000_draws(
    frontier: geo.Frontier, place: int, inside: float
) -> None:
    land, line = frontier.land_cells, line_of(frontier)
    code, names = pd.factorize(land["segment"])
    first = np.unique(code, return_index=True)[1]
    # Steps of a million records in each segment: the Poisson's own spread is nothing beside them.
    count = (1000.0 + np.arange(_DRAWS)) * 1e6
    draws = np.zeros((_DRAWS, len(line.cell)))
    draws[:, first] = count[:, None]
    weights = csr_array(
        (np.full(len(names), count[place]), (np.arange(len(names)), first)), shape=(len(names), len(land))
    )
    emission: Any = None
    forecast = _Forecast(draws.mean(axis=0), emission, draws)
    assert _DRAWS == 2000
    assert _inside90(forecast, line, _Later(weights, np.zeros(len(names), int), 1.0), frontier) == inside


@pytest.mark.parametrize(("record", "reach"), [(0.5, 5), (0.49, 0)])
def test_half_a_record_is_near_as_far_as_25_km(record: float, reach: int) -> None:
    cells = pd.DataFrame({"length_km": np.full(41, 5.0)})
    expected = pd.Series(np.where(cells.index == 20, record, 0.0))
    border: Any = SimpleNamespace(land_cells=cells)
    located: Any = SimpleNamespace(per_cell=lambda: expected)
    near = np.flatnonzero(_near_record(located, border))
    assert near.tolist() == (list(range(20 - reach, 20 + reach + 1)) if reach else [])
