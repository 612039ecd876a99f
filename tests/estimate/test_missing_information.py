from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array
from test_model import SCALE, dense_prior, make_line, make_records

from geo.estimate.missing_information import Approximation, log_evidence
from geo.estimate.model import Fit, Information, Records


def missing(fit: Fit) -> np.ndarray:
    """The variance of the allocations, from its definition."""
    rate = np.exp(fit.log_rate) * fit.line.length_km
    share = fit.records.weights.toarray() * rate
    share /= share.sum(axis=1, keepdims=True)
    blocks = (k * (np.diag(r) - np.outer(r, r)) for k, r in zip(fit.records.counts, share, strict=True))
    return np.asarray(sum(blocks))


@pytest.fixture
def fit() -> Fit:
    line = make_line()
    return Fit(line, make_records(line), SCALE)


def test_the_covariance_is_that_of_the_observed_information(fit: Fit) -> None:
    known = np.linalg.inv(dense_prior(fit)) + np.diag(fit.mean) - missing(fit)
    assert Approximation(fit).variance == pytest.approx(np.diag(np.linalg.inv(known)), rel=0.03)


def test_uncertain_places_widen_the_intervals(fit: Fit) -> None:
    complete = Information(fit, fit.mean).variance()
    observed = Approximation(fit).variance
    assert (observed >= complete - 1e-9).all()
    assert (observed / complete).max() > 1.03


def test_certain_places_leave_nothing_unknown() -> None:
    line = make_line()
    fit = Fit(line, Records(csr_array(np.eye(60)[:3]), np.array([2.0, 1, 4]), 10.0), SCALE)
    assert Approximation(fit).variance == pytest.approx(Information(fit, fit.mean).variance())


@pytest.mark.parametrize("times", [1, 40])
def test_the_evidence_is_exact_in_its_determinant(fit: Fit, times: int) -> None:
    # With forty copies there are more placements than cells, which takes the other way round.
    records = fit.records
    many = Records(
        csr_array(np.tile(records.weights.toarray(), (times, 1))),
        np.tile(records.counts, times) / times,
        records.years,
    )
    at = Fit(fit.line, many, SCALE, fit)
    whole = np.eye(60) + dense_prior(at) @ (np.diag(at.mean) - missing(at))
    expected = at.value - np.linalg.slogdet(whole)[1] / 2
    assert log_evidence(at) == pytest.approx(expected, abs=1e-6)


def test_draws_have_the_variance(fit: Fit) -> None:
    approximation = Approximation(fit)
    draws = approximation.sample(20_000, np.random.default_rng(5))
    assert draws.shape == (20_000, 60)
    assert draws.var(axis=0) == pytest.approx(approximation.variance, rel=0.06)


def test_a_broken_maximum_still_gives_an_answer(fit: Fit) -> None:
    # Far from a maximum the observed information needn't be positive; less of what is missing is counted then.
    records = Records(fit.records.weights, fit.records.counts * 300, 10.0)
    start = Fit(fit.line, records, SCALE)
    start.mean = start.mean / 50
    assert np.isfinite(Approximation(start).variance).all()
