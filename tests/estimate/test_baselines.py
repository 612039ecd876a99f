"""Known answers of the simple methods."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from geo.estimate.baselines import BASELINES, Ground, clamped_empirical_bayes, gamma_poisson


def ground(counts: list[int], **changes: object) -> Ground:
    """Ten cells of 10 km over ten years, road crossings in the second and sixth, each record in one cell."""
    cells = np.repeat(np.arange(len(counts)), counts)
    number = len(cells)
    weights = csr_array((np.ones(number), (np.arange(number), cells)), shape=(number, len(counts)))
    road = np.zeros(len(counts), bool)
    road[[1, 5]] = True
    given = {
        "length_km": np.full(len(counts), 10.0),
        "start_km": np.arange(len(counts)) * 10.0,
        "neighbour": np.repeat([0, 1], len(counts) // 2),
        "road": road,
        "rail": np.zeros(len(counts), bool),
        "weights": weights,
        "years_ago": np.linspace(0, 9, number),
        "years": 10.0,
    }
    return Ground(**(given | changes))


def test_clamped_empirical_bayes_gives_equal_rates_where_the_spread_is_less_than_chance() -> None:
    rates = clamped_empirical_bayes(np.array([2.0, 3, 2, 3, 2]), np.ones(5))
    assert rates == pytest.approx(2.4)


def test_empirical_bayes_shrinks_and_survives_no_exposure() -> None:
    counts, exposure = np.array([0.0, 40, 3, 5, 0]), np.array([5.0, 5, 5, 5, 0])
    for rates in (clamped_empirical_bayes(counts, exposure), gamma_poisson(counts[:4], exposure[:4])):
        assert np.isfinite(rates).all()
        assert (rates > 0).all()
        assert rates[1] < counts[1] / exposure[1]
        assert rates[0] > 0
    assert clamped_empirical_bayes(counts, exposure)[4] == pytest.approx(48 / 20)


@pytest.mark.parametrize("name", BASELINES)
def test_every_baseline_gives_positive_rates(name: str) -> None:
    for counts in ([0] * 10, [0, 8, 0, 1, 0, 5, 0, 0, 0, 1], [50] + [0] * 9):
        rate = BASELINES[name](ground(counts))
        assert rate.shape == (10,)
        assert np.isfinite(rate).all()
        assert (rate > 0).all()


def test_each_baseline_sees_what_it_is_named_for() -> None:
    past = ground([0, 8, 0, 1, 0, 5, 0, 0, 0, 1])
    rates = {name: model(past) for name, model in BASELINES.items()}
    assert np.ptp(rates["uniform"]) == 0
    assert len(set(rates["rate per neighbour"])) == 2
    assert rates["rate per kind of crossing"][1] == rates["rate per kind of crossing"][5]
    shrunk = rates["crossings shrunk, one rate elsewhere"]
    assert shrunk[1] > shrunk[5] > shrunk[0]
    assert len(set(np.delete(shrunk, [1, 5]))) == 1
    assert rates["kernel along the border"].argmax() == 1


def test_uncertain_records_are_drawn_to_where_others_are() -> None:
    weights = np.zeros((11, 10))
    weights[:10, 1] = 1
    weights[10, [1, 3]] = 0.5
    rate = BASELINES["crossings shrunk, one rate elsewhere"](
        ground([0] * 10, weights=csr_array(weights), years_ago=np.zeros(11))
    )
    assert rate[1] * 0.1 * 10 == pytest.approx(11, rel=0.15)
