"""What uncertain places leave unknown: the observed information (Louis 1982).

What is observed tells less than the complete data would by the variance of the allocations,

    V = Σ_p k_p (diag r_p − r_p r_pᵀ) = diag(l) − S Sᵀ,        covariance = (C⁻¹ − V)⁻¹,

with r_pc the probability that a record at placement p lies in cell c, C the covariance if every record's cell were
known, l_c the records that uncertain places lend cell c, and column p of S being √k_p r_p.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import LinAlgError, cholesky, solve_triangular
from scipy.sparse import csr_array, dia_array

from geo.estimate.model import Information

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.estimate.model import Fit

    Floats = NDArray[np.float64]

__all__ = ["Approximation", "log_evidence"]

_BLOCK_KM = 50.0  # the field hardly moves within
_LENT_MUCH = 0.05  # records


def log_evidence(fit: Fit) -> float:
    """Laplace approximation to the log marginal likelihood (Tierney & Kadane 1986), up to a constant.

    The determinant of the observed information is exact:
    det(Σ⁻¹ + diag(μ − l) + S Sᵀ) = det(Σ⁻¹ + diag(μ − l)) · det(1 + Sᵀ (Σ⁻¹ + diag(μ − l))⁻¹ S).

    Parameters
    ----------
    fit
        At its mode.

    Returns
    -------
    float
    """
    lent, spread = _allocations(fit)
    alone = Information(fit, fit.mean - lent)
    cells, places = spread.shape
    if places <= cells:
        together = spread.T @ alone.times(spread.toarray())
    else:
        together = alone.times((spread @ spread.T).toarray())
    joint = np.linalg.slogdet(np.eye(len(together)) + together)[1]
    return float(fit.value - (alone.log_det_over_prior() + joint) / 2)


class Approximation:
    """Gaussian approximation to the posterior of the log rates at a fit, with the observed information.

    The covariance is C + C V (1 − C V)⁻¹ C. V concerns only the cells that uncertain places touch; those to which
    they lend little are taken together in blocks of 50 km, across which the field hardly moves.

    Parameters
    ----------
    fit
        Mean of the approximation.
    bulk
        Share of each cell's information to count, shape (n,); all by default.
    """

    def __init__(self, fit: Fit, bulk: Floats | None = None) -> None:
        share = np.ones_like(fit.mean) if bulk is None else bulk
        basis, allocation = _grouped(fit)
        self.complete = Information(fit, fit.mean * share)
        self._extra = _inflate(self.complete, np.sqrt(share)[:, None] * basis, allocation)

    @cached_property
    def variance(self) -> Floats:
        """Variance of each log rate, shape (n,)."""
        return np.asarray(self.complete.variance() + np.sum(self._extra**2, axis=1))

    def sample(self, draws: int, rng: np.random.Generator) -> Floats:
        """Zero-mean draws, shape (draws, n)."""
        noise = self.complete.sample(draws, rng)
        noise += self._extra @ rng.standard_normal((self._extra.shape[1], draws))
        return np.asarray(noise.T)


def _allocations(fit: Fit) -> tuple[Floats, csr_array]:
    """The records l that uncertain places lend each cell, shape (n,), and S, shape (n, placements)."""
    _, transposed, counts = fit.records.uncertain
    rate = np.exp(fit.log_rate - fit.log_rate.max()) * fit.line.length_km
    spread = csr_array(dia_array((rate[None, :], 0), shape=(len(rate), len(rate))) @ transposed)
    total = spread.sum(axis=0)
    lent = spread @ (counts / total)
    return lent, csr_array(spread @ dia_array((np.sqrt(counts)[None, :] / total, 0), shape=(len(counts),) * 2))


def _grouped(fit: Fit) -> tuple[Floats, Floats]:
    """B and V_g with V = B V_g Bᵀ: B, shape (n, groups), takes the means of groups of cells, V_g is their V."""
    lent, spread = _allocations(fit)
    cells = np.flatnonzero(lent)
    if not len(cells):
        return np.zeros((len(lent), 0)), np.zeros((0, 0))
    block = np.floor(np.cumsum(fit.line.length_km)[cells] / _BLOCK_KM)
    alone = np.where(lent[cells] > _LENT_MUCH, cells + 1, 0)
    group = np.unique(np.column_stack([block, alone]), axis=0, return_inverse=True)[1].ravel()
    of_group = np.bincount(group, lent[cells])
    basis = np.zeros((len(lent), len(of_group)))
    basis[cells, group] = lent[cells] / of_group[group]
    belongs = csr_array((np.ones(len(cells)), (group, cells)), shape=basis.shape[::-1])
    together = csr_array(belongs @ spread)
    return basis, np.diag(of_group) - (together @ together.T).toarray()


def _inflate(complete: Information, basis: Floats, allocation: Floats) -> Floats:
    """A root of C V (1 − C V)⁻¹ C: with V = B L Lᵀ Bᵀ it is C B L (1 − Lᵀ Bᵀ C B L)^(−1/2), shape (n, groups).

    The matrix in brackets is what is known in each direction as a share of what the complete data would tell:
    positive at a maximum. Should rounding, or a saddle between equally good allocations, break that, less of V is
    counted.
    """
    groups = len(allocation)
    if not groups:
        return basis
    ridge = 1e-9 * np.trace(allocation) / groups
    lower = cholesky(allocation + ridge * np.eye(groups), lower=True, check_finite=False)
    columns = complete.times(basis) @ lower
    missing = lower.T @ (basis.T @ columns)
    counted = 1.0
    while True:
        try:
            known = cholesky(np.eye(groups) - counted * missing, lower=True, check_finite=False)
        except LinAlgError:
            counted *= 0.9
        else:
            return np.asarray(solve_triangular(known, np.sqrt(counted) * columns.T, lower=True, check_finite=False).T)
