from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from geo.estimate.model import BETA_PRECISION, CROSSING_SD, Fit, Information, Line, Records
from geo.estimate.scale import Scale

SCALE = Scale(120.0, 1.3)


def make_line(cells: int = 60) -> Line:
    road = np.zeros(cells, bool)
    rail = road.copy()
    road[[5, 20, 41]] = True
    rail[[5, 30]] = True
    return Line(np.linspace(9.0, 11.0, cells), road, rail)


def make_records(line: Line, seed: int = 1, years: float = 10.0) -> Records:
    """A few certain records, a kernel, and one that may lie anywhere."""
    cells = len(line.length_km)
    rng = np.random.default_rng(seed)
    certain = np.eye(cells)[[5, 20, 33]]
    kernel = np.exp(-0.5 * ((np.arange(cells) - 18) / 3) ** 2)
    kernel[kernel < 1e-6] = 0
    anywhere = np.ones(cells)
    weights = np.vstack([certain, kernel / kernel.sum(), anywhere / anywhere.sum()])
    return Records(csr_array(weights), rng.integers(1, 9, 5).astype(float), years)


def dense_prior(fit: Fit) -> np.ndarray:
    """Prior covariance of the log rates, from its definition."""
    line = fit.line
    middle = np.cumsum(line.length_km) - line.length_km / 2
    gap = np.abs(middle[:, None] - middle)
    field = fit.scale.sd**2 * np.exp(-2 * gap / fit.scale.range_km)
    own = np.diag(CROSSING_SD**2 * line.crossing.astype(float))
    return field + own + line.kinds @ np.diag(1 / BETA_PRECISION) @ line.kinds.T


@pytest.fixture
def fit() -> Fit:
    line = make_line()
    return Fit(line, make_records(line), SCALE)


def test_the_kinds_tell_no_crossing_any_crossing_and_rail_only() -> None:
    kinds = make_line().kinds
    assert kinds[0].tolist() == [1, 0, 0]
    assert kinds[5].tolist() == [1, 1, 0]
    assert kinds[30].tolist() == [1, 1, 1]


def test_certain_records_are_told_from_uncertain_ones(fit: Fit) -> None:
    records = fit.records
    assert records.certain[[5, 20, 33]].tolist() == records.counts[:3].tolist()
    assert records.certain.sum() == records.counts[:3].sum()
    weights, transposed, counts = records.uncertain
    assert weights.shape == (2, 60)
    assert transposed.shape == (60, 2)
    assert counts.tolist() == records.counts[3:].tolist()


def test_expected_records_add_up_to_the_records(fit: Fit) -> None:
    assert fit.expected.sum() == pytest.approx(fit.records.counts.sum(), abs=1e-9)


def test_the_mode_is_where_the_gradient_vanishes(fit: Fit) -> None:
    # In terms of the log rates: expected − mean = Σ⁻¹ (log rate − prior mean).
    beta_mean = np.array([np.log(0.02), np.log(20), 0.0])
    away = fit.log_rate - fit.line.kinds @ beta_mean
    score = fit.expected - fit.mean
    assert dense_prior(fit) @ score == pytest.approx(away, abs=0.02)


def test_the_fit_never_ends_lower_than_it_began(fit: Fit) -> None:
    again = Fit(fit.line, fit.records, SCALE, fit)
    assert again.value >= fit.value - 1e-9


def test_the_variational_mean_holds_as_many_incidents_as_were_recorded(fit: Fit) -> None:
    at = fit
    for _ in range(30):
        half = Information(at, at.mean).variance() / 2
        at = Fit(fit.line, fit.records, SCALE, at, half)
    # The wide prior of β pulls a little; the mode's mean rates add up to far more.
    total = at.records.counts.sum()
    assert at.mean.sum() == pytest.approx(total, rel=0.03)
    assert np.sum(fit.mean * np.exp(Information(fit, fit.mean).variance() / 2)) > 1.1 * total


def test_the_information_inverts_the_matrix_it_stands_for(fit: Fit) -> None:
    prior = dense_prior(fit)
    whole = np.linalg.inv(np.linalg.inv(prior) + np.diag(fit.mean))
    given = Information(fit, fit.mean)
    assert given.times(np.eye(60)) == pytest.approx(whole, abs=1e-8)
    assert given.variance() == pytest.approx(np.diag(whole), rel=1e-8)
    log_det = np.linalg.slogdet(np.eye(60) + prior @ np.diag(fit.mean))[1]
    assert given.log_det_over_prior() == pytest.approx(log_det, abs=1e-8)


def test_negative_weights_are_inverted_too(fit: Fit) -> None:
    weights = fit.mean.copy()
    weights[7:12] = -0.3
    prior = dense_prior(fit)
    whole = np.linalg.inv(np.linalg.inv(prior) + np.diag(weights))
    given = Information(fit, weights)
    assert not given.positive
    assert given.times(np.eye(60)) == pytest.approx(whole, rel=1e-6, abs=1e-6)
    log_det = np.linalg.slogdet(np.eye(60) + prior @ np.diag(weights))[1]
    assert given.log_det_over_prior() == pytest.approx(log_det, abs=1e-7)


def test_draws_have_the_covariance(fit: Fit) -> None:
    given = Information(fit, fit.mean)
    draws = given.sample(40_000, np.random.default_rng(3))
    assert np.cov(draws) == pytest.approx(given.times(np.eye(60)), abs=0.08)


def test_no_right_hand_side_gives_none_back(fit: Fit) -> None:
    assert Information(fit, fit.mean).times(np.zeros((60, 0))).shape == (60, 0)


def test_no_record_leaves_the_prior_and_a_low_rate() -> None:
    line = make_line()
    fit = Fit(line, Records(csr_array((0, 60)), np.zeros(0), 10.0), SCALE)
    assert np.isfinite(fit.log_rate).all()
    assert fit.expected.sum() == 0
    assert fit.mean.sum() < 3
