from __future__ import annotations

import numpy as np
import pytest
from lines import CELLS, SCALE, SITES, dense_prior, make_line
from scipy.sparse import csr_array

from geo.estimate.model import Fit, Information, Records


def test_the_sites_are_all_cells_and_then_those_that_hold_a_crossing() -> None:
    line = make_line()
    assert line.cell.tolist() == [*range(CELLS), 5, 20, 30, 41]
    assert line.at.tolist() == [False] * CELLS + [True] * 4
    assert line.rail_only.nonzero()[0].tolist() == [CELLS + 2]
    assert line.exposure(10.0)[[0, CELLS]] == pytest.approx([0.9, 10.0])


def test_the_kinds_tell_between_and_its_neighbour_from_at_and_rail_only() -> None:
    kinds = make_line().kinds
    assert kinds[0].tolist() == [1, 1, 0, 0, 0]
    assert kinds[40].tolist() == [1, 0, 1, 0, 0]
    assert kinds[CELLS].tolist() == [0, 0, 0, 1, 0]
    assert kinds[CELLS + 2].tolist() == [0, 0, 0, 1, 1]


def test_certain_records_are_told_from_uncertain_ones(fit: Fit) -> None:
    records = fit.records
    assert records.certain[[CELLS, CELLS + 1, 33]].tolist() == records.counts[:3].tolist()
    assert records.certain.sum() == records.counts[:3].sum()
    weights, transposed, counts = records.uncertain
    assert weights.shape == (2, SITES)
    assert transposed.shape == (SITES, 2)
    assert counts.tolist() == records.counts[3:].tolist()


def test_expected_records_add_up_to_the_records(fit: Fit) -> None:
    assert fit.expected.sum() == pytest.approx(fit.records.counts.sum(), abs=1e-9)
    assert fit.records.shared(np.exp(fit.log_rate)).sum() == pytest.approx(fit.records.counts.sum(), abs=1e-9)


def test_the_mode_is_where_the_gradient_vanishes(fit: Fit) -> None:
    # In terms of the log rates: expected − mean = Σ⁻¹ (log rate − prior mean).
    away = fit.log_rate - fit.line.kinds @ fit.line.prior[0]
    assert dense_prior(fit) @ (fit.expected - fit.mean) == pytest.approx(away, abs=0.03)


def test_the_fit_never_ends_lower_than_it_began(fit: Fit) -> None:
    again = Fit(fit.line, fit.records, SCALE, fit)
    assert again.value >= fit.value - 1e-9


def test_the_information_inverts_the_matrix_it_stands_for(fit: Fit) -> None:
    prior = dense_prior(fit)
    whole = np.linalg.inv(np.linalg.inv(prior) + np.diag(fit.mean))
    given = Information(fit, fit.mean)
    assert given.times(np.eye(SITES)) == pytest.approx(whole, abs=1e-7)
    assert given.variance() == pytest.approx(np.diag(whole), rel=1e-7)
    log_det = np.linalg.slogdet(np.eye(SITES) + prior @ np.diag(fit.mean))[1]
    assert given.log_det_over_prior() == pytest.approx(log_det, abs=1e-7)


def test_negative_weights_are_inverted_too(fit: Fit) -> None:
    weights = fit.mean.copy()
    weights[7:12] = -0.3
    prior = dense_prior(fit)
    whole = np.linalg.inv(np.linalg.inv(prior) + np.diag(weights))
    given = Information(fit, weights)
    assert not given.positive
    assert given.times(np.eye(SITES)) == pytest.approx(whole, rel=1e-5, abs=1e-5)
    log_det = np.linalg.slogdet(np.eye(SITES) + prior @ np.diag(weights))[1]
    assert given.log_det_over_prior() == pytest.approx(log_det, abs=1e-6)


def test_no_right_hand_side_gives_none_back(fit: Fit) -> None:
    assert Information(fit, fit.mean).times(np.zeros((SITES, 0))).shape == (SITES, 0)


def test_no_record_leaves_the_prior_and_a_low_rate() -> None:
    fit = Fit(make_line(), Records(csr_array((0, SITES)), np.zeros(0), 10.0), SCALE)
    assert np.isfinite(fit.log_rate).all()
    assert fit.expected.sum() == 0
    assert fit.mean.sum() < 3
