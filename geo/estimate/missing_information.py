"""Evidence for a scale, with what uncertain places leave unknown: the observed information (Louis 1982).

What is observed tells less than the complete data would by the variance of the allocations,

    V = Σ_p k_p (diag r_p − r_p r_pᵀ) = diag(l) − S Sᵀ,

with r_ps the probability that a record at placement p was made at site s, l_s the records that uncertain places lend
site s, and column p of S being √k_p r_p. Between and at are sites of their own, so what a record leaves open between
the two is part of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array, dia_array

from geo.estimate.model import Information

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.estimate.model import Fit

    Floats = NDArray[np.float64]

__all__ = ["log_evidence"]


def log_evidence(fit: Fit) -> float:
    """Laplace approximation to the log marginal likelihood (Tierney & Kadane 1986) at a mode, up to a constant.

    The determinant of the observed information is exact:
    det(Σ⁻¹ + diag(μ − l) + S Sᵀ) = det(Σ⁻¹ + diag(μ − l)) · det(1 + Sᵀ (Σ⁻¹ + diag(μ − l))⁻¹ S).
    """
    lent, spread = _allocations(fit)
    alone = Information(fit, fit.mean - lent)
    sites, places = spread.shape
    if places <= sites:
        together = spread.T @ alone.times(spread.toarray())
    else:
        together = alone.times((spread @ spread.T).toarray())
    joint = np.linalg.slogdet(np.eye(len(together)) + together)[1]
    return float(fit.value - (alone.log_det_over_prior() + joint) / 2)


def _allocations(fit: Fit) -> tuple[Floats, csr_array]:
    """The records l that uncertain places lend each site, shape (sites,), and S, shape (sites, placements)."""
    _, transposed, counts = fit.records.uncertain
    log_mean = fit.log_exposure + fit.log_rate
    rate = np.exp(log_mean - log_mean.max())
    spread = csr_array(dia_array((rate[None, :], 0), shape=(len(rate), len(rate))) @ transposed)
    total = spread.sum(axis=0)
    lent = spread @ (counts / total)
    return lent, csr_array(spread @ dia_array((np.sqrt(counts)[None, :] / total, 0), shape=(len(counts),) * 2))
