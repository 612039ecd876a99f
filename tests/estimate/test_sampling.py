"""The draws have the posterior that a long chain finds."""

from __future__ import annotations

import numpy as np
import pytest
from lines import CELLS, SCALE, SITES, dense_prior, make_line, make_records
from scipy.sparse import csr_array

from geo.estimate.hyperparameters import approximate, fit_posterior
from geo.estimate.model import Records
from geo.estimate.sampling import Crowds, sample
from geo.estimate.scale import Hyper
from geo.vocabulary import CLUES


def chain(records: Records, steps: int = 60_000, seed: int = 2) -> np.ndarray:
    """Draws of the log rates by elliptical slice sampling (Murray, Adams & MacKay 2010), without approximation."""
    line, rng = make_line(), np.random.default_rng(seed)
    fit, _ = approximate(line, records, SCALE)
    root = np.linalg.cholesky(dense_prior(fit) + 1e-10 * np.eye(SITES))
    centre = line.kinds @ line.prior[0]
    exposure, weights = np.log(line.exposure(records.years)), records.weights.toarray()

    def log_likelihood(away: np.ndarray) -> float:
        mean = np.exp(centre + away + exposure)
        return float(records.counts @ np.log(weights @ mean) - mean.sum())

    now = fit.log_rate - centre
    height, drawn = log_likelihood(now), []
    for step in range(steps):
        other, bar = root @ rng.standard_normal(SITES), height + np.log(rng.random())
        angle = rng.uniform(0, 2 * np.pi)
        low, high = angle - 2 * np.pi, angle
        while True:
            proposed = now * np.cos(angle) + other * np.sin(angle)
            reached = log_likelihood(proposed)
            if reached > bar:
                break
            low, high = (angle, high) if angle < 0 else (low, angle)
            angle = rng.uniform(low, high)
        now, height = proposed, reached
        if step % 10 == 0 and step > steps // 20:
            drawn.append(centre + now)
    return np.array(drawn)


@pytest.fixture(scope="module")
def truth() -> np.ndarray:
    return chain(make_records())


def test_medians_and_upper_ends_are_those_of_a_chain_without_approximation(truth: np.ndarray) -> None:
    fit, weight = approximate(make_line(), make_records(), SCALE)
    drawn = sample(fit, weight, 4000, np.random.default_rng(0))
    for share in (0.5, 0.95):
        gap = np.quantile(drawn, share, axis=0) - np.quantile(truth, share, axis=0)
        assert np.abs(gap).mean() < 0.12
        assert np.abs(gap).max() < 0.35
    number = np.exp(drawn[:, :CELLS]) @ make_line().length_km, np.exp(truth[:, :CELLS]) @ make_line().length_km
    assert np.quantile(number[0], [0.05, 0.5, 0.95]) == pytest.approx(
        np.quantile(number[1], [0.05, 0.5, 0.95]), rel=0.2
    )


def test_the_draws_hold_as_many_incidents_as_were_recorded() -> None:
    records = make_records()
    posterior = fit_posterior(make_line(), records, Hyper((SCALE,), ()), draws=4000)
    assert (posterior.rates @ make_line().exposure(10.0)).mean() == pytest.approx(records.counts.sum(), rel=0.05)
    assert posterior.expected.sum() == pytest.approx(records.counts.sum())


def test_passes_end_sums_that_a_gaussian_lets_run_away() -> None:
    # One record and a wide field: a few of the Gaussian's draws hold far more incidents than there can be.
    records = Records(csr_array(np.eye(SITES)[[33]]), np.ones(1), 30.0)
    fit, weight = approximate(make_line(), records, SCALE._replace(range_km=60.0, sd=3.5))
    rough, put_right = (
        np.quantile(
            np.exp(sample(fit, weight, 2000, np.random.default_rng(0), passes)) @ make_line().exposure(30.0), 0.99
        )
        for passes in (0, 8)
    )
    assert put_right < 8
    assert rough > 2 * put_right


def test_the_same_generator_gives_the_same_draws() -> None:
    fit, weight = approximate(make_line(), make_records(), SCALE)
    first, second = (sample(fit, weight, 10, np.random.default_rng(4)) for _ in range(2))
    assert (first == second).all()


def test_many_records_of_one_placement_are_shared_out_too() -> None:
    records = make_records()
    many = Records(records.weights, records.counts * 100, 10.0)
    posterior = fit_posterior(make_line(), many, Hyper((SCALE,), ()), draws=500)
    assert (posterior.rates @ make_line().exposure(10.0)).mean() == pytest.approx(many.counts.sum(), rel=0.02)


def test_a_crowd_is_shared_out_with_the_mean_and_covariance_of_its_multinomial() -> None:
    weights = csr_array(np.array([[0.0, 0.2, 0.3, 0.5], [0.6, 0.4, 0.0, 0.0]]))
    crowds = Crowds.of(weights, np.array([400.0, 90.0]), np.array([1, 4]), np.array([0, 0, 3, 3]))
    log_mean = np.tile(np.log(np.array([1, 2, 1, 3], np.float32)), (40_000, 1))
    believed = np.zeros((len(log_mean), 4, len(CLUES)), np.float32)
    number = crowds.draw(log_mean, believed, np.random.default_rng(3))
    share = np.array([0.4, 0.3, 1.5]) / 2.2, np.array([0.6, 0.8]) / 1.4
    mean = np.concatenate([400 * share[0], 90 * share[1]])
    assert number.mean(axis=0) == pytest.approx(mean, abs=0.25)
    for part, own, records in zip((number[:, :3], number[:, 3:]), share, (400, 90), strict=True):
        assert part.sum(axis=1) == pytest.approx(records, rel=1e-5)
        assert np.cov(part.T) == pytest.approx(records * (np.diag(own) - np.outer(own, own)), rel=0.06, abs=2)
    assert (number @ crowds.of_site).mean(axis=0) == pytest.approx(
        [mean[3], mean[0] + mean[4], mean[1], mean[2]], abs=0.3
    )
    told = (number @ crowds.of_told).mean(axis=0).reshape(4, len(CLUES))
    assert told[[0, 3, 0], [1, 1, 4]] == pytest.approx([mean[0], mean[1] + mean[2], 90], abs=0.3)
