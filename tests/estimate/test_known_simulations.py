"""Known answers of the borders that are drawn from the model."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from lines import CELLS, SCALE, make_line

from geo.estimate.model import Line
from geo.estimate.scale import Scale
from geo.estimate.simulation import Habits, Stage, _place, habits_of, simulate, tell
from geo.vocabulary import CLUES

REGION = np.arange(CELLS) // 12
EMISSION = (
    (0.5, 0.0, 0.1, 0.1, 0.3), (0.4, 0.0, 0.4, 0.1, 0.1), (0.5, 0.0, 0.2, 0.1, 0.2), (0.0, 0.7, 0.05, 0.05, 0.2),
)  # fmt: skip
HABITS = Habits(EMISSION, np.array([0.5, 0.3, 0.2]), np.array([15.0]))
BETA = np.array([-1.0, 0.3, -0.4, 0.8, -0.6])


def stage() -> Stage:
    return Stage(make_line(), REGION)


def test_without_any_spread_the_rates_are_those_of_the_kinds() -> None:
    line = stage().line
    log_rate, told = simulate(
        stage(), HABITS, Scale(100.0, 1e-12, 1e-12), BETA, years=10.0, rng=np.random.default_rng(0)
    )
    assert log_rate == pytest.approx(line.kinds @ BETA)
    assert told.years == 10.0
    log_rate, _ = simulate(
        stage(), HABITS, Scale(100.0, 1e-12, 1e-12), BETA, years=10.0, rng=np.random.default_rng(0), share_between=0.2
    )
    number = np.exp(log_rate) * line.exposure(10.0)
    assert log_rate[line.at] == pytest.approx((line.kinds @ BETA)[line.at])
    assert number[~line.at].sum() / number.sum() == pytest.approx(0.2)


def test_the_field_has_the_spread_and_the_range_of_its_scale() -> None:
    length = np.linspace(5.0, 15.0, 40)
    none = np.zeros(40, bool)
    road = none.copy()
    road[[3, 9]] = True
    line = Line(length, road, none, np.zeros(40, np.intp))
    small = Stage(line, np.zeros(40, np.intp))
    beta = np.array([-30.0, 0, -30, 0])

    def away(noise: Any) -> Any:
        """Log rates less those of the kinds, from white noise that is given: they are linear in it."""
        left = iter([noise[:40], noise[40:]])
        rng: Any = SimpleNamespace(
            standard_normal=lambda _: next(left).copy(), poisson=lambda mean: np.zeros(len(mean), int),
            random=np.zeros,
        )  # fmt: skip
        return simulate(small, HABITS, SCALE, beta, years=1.0, rng=rng)[0] - line.kinds @ beta

    drawn = np.array([away(noise) for noise in np.eye(42)])
    middle = length.cumsum() - length / 2
    wanted = np.zeros((42, 42))
    wanted[:40, :40] = SCALE.sd**2 * np.exp(-2 * np.abs(middle[:, None] - middle) / SCALE.range_km)
    wanted[[40, 41], [40, 41]] = SCALE.crossing_sd**2
    assert drawn.T @ drawn == pytest.approx(wanted, abs=1e-9)


def test_records_are_told_as_often_as_their_sites_and_clues_have_it() -> None:
    line = stage().line
    rate = np.where(line.at, 5.0, 0.0)
    rate[:CELLS] = np.where(np.arange(CELLS) == 33, 40.0 / line.length_km[33] * 100 / 10.0, 0.0)
    told = tell(stage(), HABITS, rate, 10.0, np.random.default_rng(1))
    seen = told.counts.sum(axis=0)
    assert told.counts.sum(axis=1).tolist() == [1.0] * len(told.counts)
    assert 200 <= seen.sum() <= 280  # 240 are expected
    assert told.weights.sum(axis=1) == pytest.approx(1.0)
    named = told.counts[:, CLUES.index("named")] > 0
    exact = told.weights[named]
    assert (np.diff(exact.indptr) == 1).all()
    assert set(exact.indices) <= {5, 20, 30, 41}
    outside = told.weights[told.counts[:, CLUES.index("outside")] > 0].toarray()
    assert (outside[:, 33] > 0).all()
    # Shares by kind: 200 at crossings (both, road, rail, road) and 40 between.
    at, between = np.array(EMISSION)[[2, 0, 1, 0]].sum(axis=0) * 50, np.array(EMISSION)[3] * 40
    assert seen == pytest.approx(at + between, abs=4 * 8)


@pytest.mark.parametrize("kind", [0, 1, 2])
def test_a_place_is_a_point_a_region_or_a_border(kind: int) -> None:
    line = stage().line
    habits = HABITS._replace(vague=np.eye(3)[kind])
    places = [_place(stage(), habits, 30, np.random.default_rng(seed)) for seed in range(200)]
    middle = line.length_km.cumsum() - line.length_km / 2
    for weight in places:
        assert weight.sum() == pytest.approx(1.0)
        assert (weight[35:] == 0).all()  # the other neighbour's
    if kind == 0:
        # The logs of a Gaussian's weights lie on a parabola as wide as the spread.
        peaks = []
        for weight in places:
            there = np.flatnonzero(weight)
            bend, slope, _ = np.polyfit(middle[there], np.log(weight[there]), 2)
            assert bend == pytest.approx(-0.5 / 15.0**2, rel=1e-6)
            assert weight[there].min() >= 1e-6 * weight.max()
            peaks.append(-slope / (2 * bend))
        assert np.std(np.array(peaks) - middle[30]) == pytest.approx(15.0, rel=0.15)
        assert np.mean(peaks) == pytest.approx(middle[30], abs=4)
    else:
        own = (line.neighbour == 0) & ((REGION[30] == REGION) | (kind == 2))
        wanted = np.where(own, line.length_km, 0) / line.length_km[own].sum()
        assert places[0] == pytest.approx(wanted)


def test_habits_are_counted_from_the_dated_records_of_the_land() -> None:
    day = pd.Timestamp("2020-05-05")
    rows = [
        ("A", day, "kernel", 5.0, 2.0), ("A", day, "kernel", 5.0, 30.0), ("B", day, "kernel", np.nan, 0.2),
        ("A", day, "region", np.nan, np.nan), ("A", day, "crossing", 1.0, 0.1), ("SEA", day, "kernel", 7.0, 1.0),
        ("A", pd.NaT, "border", np.nan, np.nan), ("B", day, "border", np.nan, np.nan), ("AIR", day, "none", 1.0, 1.0),
    ]  # fmt: skip
    columns = ["border", "date_start", "spread", "location_radius_km", "distance_km"]
    located: Any = SimpleNamespace(incidents=pd.DataFrame(rows, columns=columns))
    frontier: Any = SimpleNamespace(borders=pd.DataFrame({"kind": ["land", "land", "coast"]}, index=["A", "B", "SEA"]))
    habits = habits_of(located, frontier, EMISSION)
    assert habits.emission == EMISSION
    assert habits.vague.tolist() == [0.6, 0.2, 0.2]
    assert habits.scale_km.tolist() == [5.0, 30.0, 1.0]
