from __future__ import annotations

import numpy as np
import pytest
from lines import SCALE, SITES, dense_prior, make_line, make_records
from scipy.sparse import csr_array

from geo.estimate.missing_information import log_evidence
from geo.estimate.model import Fit, Records


def missing(fit: Fit) -> np.ndarray:
    """The variance of the allocations, from its definition."""
    share = fit.records.weights.toarray() * np.exp(fit.log_rate + fit.log_exposure)
    share /= share.sum(axis=1, keepdims=True)
    blocks = (k * (np.diag(r) - np.outer(r, r)) for k, r in zip(fit.records.counts, share, strict=True))
    return np.asarray(sum(blocks))


@pytest.mark.parametrize("times", [1, 40])
def test_the_evidence_is_exact_in_its_determinant(times: int) -> None:
    # With forty copies there are more placements than sites, which takes the other way round.
    records = make_records()
    many = Records(
        csr_array(np.tile(records.weights.toarray(), (times, 1))), np.tile(records.counts, times) / times, records.years
    )
    at = Fit(make_line(), many, SCALE)
    whole = np.eye(SITES) + dense_prior(at) @ (np.diag(at.mean) - missing(at))
    expected = at.value - np.linalg.slogdet(whole)[1] / 2
    assert log_evidence(at) == pytest.approx(expected, abs=1e-6)
