"""A log-Gaussian Cox process along a line, fitted to records whose places are uncertain.

The numeric core of the estimate, on plain arrays. Cell c of the line holds a Poisson number of incidents with mean

    μ_c = e_c · exp(x_c·β + f_c + u_c),        e_c = length / 100 km × years,

with x_c the kind of the cell (no crossing, a road crossing, a rail crossing only), f an Ornstein–Uhlenbeck process
along the line (exponential covariance, tridiagonal precision) and u_c an effect of its own for each cell that holds a
crossing. A record that lies in cell c is reported at placement p with a probability proportional to w_pc, so k_p
records at placement p have the log-likelihood

    Σ_p k_p log Σ_c w_pc μ_c − Σ_c μ_c.

Everything is linear in the number of cells but what uncertain places cost. docs/method.md derives what is computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg.lapack import dgttrf, dgttrs, dpttrf, dpttrs, dtbtrs

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from geo.estimate.scale import Scale

    Floats = NDArray[np.float64]

__all__ = ["CROSSING_SD", "Fit", "Information", "Line", "Records"]

CROSSING_SD = 0.7
"""Prior sd of a crossing's own effect: nine in ten lie within a factor of 3.2 of their kind's mean."""

# Priors of β, all wide: the log rate of a cell without a crossing (0.02 incidents per 100 km and year), the log ratio
# of a cell with one to it (20), and that of one with a railway only to one with a road (1).
BETA_MEAN = np.array([np.log(0.02), np.log(20), 0.0])
BETA_PRECISION = 1 / np.array([3.0, 3.0, 1.5]) ** 2

_CLOSE = 3e-3  # a fit ends when no log rate moves further than this
_ROUNDS, _HALVINGS, _STRIDE = 400, 30, 5.0
_FARTHEST = 32.0  # steps that a leap may stand for
_TOP = 50.0  # log means are cut here, far above any number of incidents


@dataclass(frozen=True, eq=False)
class Line:
    """The cells in order along the line.

    Attributes
    ----------
    length_km
        Shape (n,).
    road, rail
        Whether the cell holds such a crossing, shape (n,).
    """

    length_km: Floats
    road: NDArray[np.bool_]
    rail: NDArray[np.bool_]

    @cached_property
    def crossing(self) -> NDArray[np.bool_]:
        """Whether the cell holds any crossing, shape (n,)."""
        return np.asarray(self.road | self.rail)

    @cached_property
    def kinds(self) -> Floats:
        """Covariates x_c, shape (n, 3): one, any crossing, rail crossing without a road."""
        return np.column_stack([np.ones(len(self.road)), self.crossing, self.rail & ~self.road])

    @cached_property
    def step_km(self) -> Floats:
        """Distance between the middles of consecutive cells, shape (n − 1,)."""
        return (self.length_km[1:] + self.length_km[:-1]) / 2


@dataclass(frozen=True, eq=False)
class Records:
    """What was recorded, by placement: the cost of a fit doesn't depend on the number of records.

    Attributes
    ----------
    weights
        Sparse, shape (placements, n): w_pc.
    counts
        Records at each placement, shape (placements,).
    years
        Length of the period.
    """

    weights: csr_array
    counts: Floats
    years: float

    @cached_property
    def certain(self) -> Floats:
        """Records whose cell is certain, shape (n,)."""
        one = np.where(self._vague, 0.0, self.counts)
        return np.asarray(one @ self.weights.astype(bool))

    @cached_property
    def uncertain(self) -> tuple[csr_array, csr_array, Floats]:
        """Weights of the placements with several possible cells, the same transposed, and their counts."""
        weights = self.weights[self._vague]
        return weights, weights.T.tocsr(), self.counts[self._vague]

    @cached_property
    def _vague(self) -> NDArray[np.bool_]:
        return np.asarray((np.diff(self.weights.indptr) > 1) & (self.counts > 0))


class Fit:
    """The most probable log rates given the scale of the field, and Newton's way to them.

    Parameters
    ----------
    line, records, scale
        Cells, records by placement, and hyperparameters.
    start
        A fit to begin from; one rate everywhere by default.
    half_variance
        Half the posterior variance of each log rate. With it, the fit is the mean of the Gaussian that approximates
        the posterior best (Opper & Archambeau 2009); without it, the mode.

    Attributes
    ----------
    field, effect, beta
        f and u, shape (n,); β, shape (3,).
    mean
        E[μ_c], shape (n,): adds up to the number of records.
    expected
        Σ_p k_p r_pc with r_pc ∝ w_pc exp(log rate): the records that each cell probably holds, shape (n,).
    value
        Log-likelihood less the priors' penalties.
    """

    def __init__(
        self,
        line: Line,
        records: Records,
        scale: Scale,
        start: Fit | None = None,
        half_variance: Floats | float = 0.0,
    ) -> None:
        self.line, self.records, self.scale = line, records, scale
        self.half_variance = half_variance
        self.log_exposure = np.log(line.length_km / 100 * records.years)
        self.variance = CROSSING_SD**2 * line.crossing  # prior variance of the effects u
        self._set_precision()
        if start is None:
            rate = (records.counts.sum() + 0.5) / np.exp(self.log_exposure).sum()
            nothing = np.zeros_like(self.log_exposure)
            self._move(nothing, nothing, np.array([np.log(rate), 0.0, 0.0]))
        else:
            self._move(start.field, start.effect, start.beta)
        self._climb()

    @property
    def log_rate(self) -> Floats:
        """Log of incidents per 100 km and year, shape (n,)."""
        return np.asarray(self.line.kinds @ self.beta + self.field + self.effect)

    def _set_precision(self) -> None:
        """Ornstein–Uhlenbeck precision: f_{c+1} | f_c ~ N(a f_c, sd² (1 − a²)) with a = exp(−2 step / range)."""
        keep = np.exp(-2 * self.line.step_km / self.scale.range_km)
        innovation = -1 / (self.scale.sd**2 * np.expm1(-4 * self.line.step_km / self.scale.range_km))
        self.diagonal = np.zeros(len(self.line.length_km))
        self.diagonal[0] = self.scale.sd**-2
        self.diagonal[1:] += innovation
        self.diagonal[:-1] += keep**2 * innovation
        self.off_diagonal = -keep * innovation
        self.log_det_prior = float(np.log(innovation).sum()) - 2 * np.log(self.scale.sd)

    def _times_precision(self, field: Floats) -> Floats:
        product = self.diagonal * field
        product[:-1] += self.off_diagonal * field[1:]
        product[1:] += self.off_diagonal * field[:-1]
        return np.asarray(product)

    def _move(self, field: Floats, effect: Floats, beta: Floats) -> None:
        """Take a position and evaluate there what it implies."""
        self.field, self.effect, self.beta = field, effect, beta
        log_mean = self.log_exposure + self.log_rate
        self.mean = np.exp(np.minimum(log_mean + self.half_variance, _TOP))
        self.expected, log_likelihood = self._allocate(log_mean)
        held = self.line.crossing
        penalty = (
            field @ self._times_precision(field)
            + np.sum(effect[held] ** 2 / self.variance[held])
            + BETA_PRECISION @ (beta - BETA_MEAN) ** 2
        )
        self.value = float(log_likelihood - self.mean.sum() - penalty / 2)

    def _allocate(self, log_mean: Floats) -> tuple[Floats, float]:
        """E step: Σ_p k_p r_pc, and Σ_p k_p log Σ_c w_pc μ_c."""
        weights, transposed, counts = self.records.uncertain
        top = log_mean.max()
        scaled = np.exp(log_mean - top)
        total = weights @ scaled
        certain = self.records.certain
        expected = certain + scaled * (transposed @ (counts / total))
        return expected, float(certain @ log_mean + counts @ (np.log(total) + top))

    def _climb(self) -> None:
        """EM with one Newton step as each M step (Dempster, Laird & Rubin 1977; Lange 1995), never downhill.

        Where places are uncertain EM creeps, the more the more records there are: after every two steps it leaps as
        far as they suggest (SQUAREM; Varadhan & Roland 2008), if that is uphill.
        """
        for _ in range(_ROUNDS // 2):
            places = [self._place]
            for _ in range(2):
                if self._step() < _CLOSE:
                    return
                places.append(self._place)
            self._leap(*places)

    @property
    def _place(self) -> Floats:
        return np.concatenate([self.field, self.effect, self.beta])

    def _go(self, place: Floats) -> None:
        cells = len(self.field)
        self._move(place[:cells], place[cells : 2 * cells], place[2 * cells :])

    def _step(self) -> float:
        """One step, and how far it would have moved any log rate."""
        field, effect, beta, before = self.field, self.effect, self.beta, self.value
        step = self._newton()
        size = float(np.abs(step[0] + step[1] + self.line.kinds @ step[2]).max())
        share = min(1.0, _STRIDE / max(size, _CLOSE))
        for _ in range(_HALVINGS):
            self._move(field + share * step[0], effect + share * step[1], beta + share * step[2])
            if self.value >= before - 1e-9 * abs(before):
                break
            share /= 2
        return size

    def _leap(self, start: Floats, middle: Floats, end: Floats) -> None:
        first, bend = middle - start, end - 2 * middle + start
        reach = float(np.sqrt(first @ first / max(float(bend @ bend), 1e-300)))
        if reach <= 1:
            return
        value, reach = self.value, min(reach, _FARTHEST)
        self._go(start + 2 * reach * first + reach**2 * bend)
        if not self.value >= value:
            self._go(end)

    def _newton(self) -> tuple[Floats, Floats, Floats]:
        """One step: the effects u are eliminated cell by cell, β by its Schur complement."""
        at, kinds = Information(self, self.mean), self.line.kinds
        score = self.expected - self.mean
        pull = self.variance * score - self.effect
        rest = score - at.weight * pull
        inner = at.solve_field(rest - self._times_precision(self.field))
        beta = np.linalg.solve(
            at.schur, kinds.T @ rest - BETA_PRECISION * (self.beta - BETA_MEAN) - at.weighted.T @ inner
        )
        field = inner - at.shared @ beta
        effect = at.shrink * pull - self.variance * at.weight * (field + kinds @ beta)
        return field, effect, beta


class Information:
    """The inverse of Σ⁻¹ + diag(weights), with Σ the prior covariance of the log rates, in factored form.

    Parameters
    ----------
    fit
        Its prior counts.
    weights
        Information about each log rate alone, shape (n,); E[μ_c] when every record's cell is known. Some may be
        negative.
    """

    def __init__(self, fit: Fit, weights: Floats) -> None:
        self.fit = fit
        # Eliminating u_c leaves a crossing's cell with less weight.
        self.shrink = 1 / (1 + fit.variance * weights)
        self.weight = weights * self.shrink
        self.diagonal = fit.diagonal + self.weight
        self.positive = bool(np.all(weights >= 0))
        if self.positive:
            self._factors: tuple[Floats, ...] = dpttrf(self.diagonal, fit.off_diagonal)[:2]
        else:
            self._factors = dgttrf(fit.off_diagonal, self.diagonal, fit.off_diagonal)[:5]
        self.weighted = self.weight[:, None] * fit.line.kinds
        self.shared = self.solve_field(self.weighted)
        self.schur = fit.line.kinds.T @ self.weighted - self.weighted.T @ self.shared + np.diag(BETA_PRECISION)

    def solve_field(self, right: Floats) -> Floats:
        """Solve with the tridiagonal matrix."""
        if not right.size:
            return right
        return np.asarray((dpttrs if self.positive else dgttrs)(*self._factors, right)[0])

    def times(self, right: Floats) -> Floats:
        """The inverse times a matrix, shape (n, m) both."""
        inner = self.shrink[:, None] * right
        own = self.fit.variance[:, None] * inner
        kinds = self.fit.line.kinds
        inner, right = self.solve_field(inner), inner
        inner += (kinds - self.shared) @ np.linalg.solve(self.schur, kinds.T @ right - self.weighted.T @ inner)
        return np.asarray(self.shrink[:, None] * inner + own)

    def log_det_over_prior(self) -> float:
        """Log of the absolute determinant of Σ⁻¹ + diag(weights) over that of Σ⁻¹."""
        pivots = self._factors[0 if self.positive else 1]
        return float(
            np.log(np.abs(pivots)).sum()
            - self.fit.log_det_prior
            - np.log(np.abs(self.shrink)).sum()
            + np.linalg.slogdet(self.schur)[1]
            - np.log(BETA_PRECISION).sum()
        )

    def variance(self) -> Floats:
        """Diagonal of the inverse, shape (n,), for positive weights.

        The diagonal of a tridiagonal matrix's inverse follows from its pivots from either end.
        """
        ahead = self._factors[0]
        back = dpttrf(self.diagonal[::-1], self.fit.off_diagonal[::-1])[0][::-1]
        rest = self.fit.line.kinds - self.shared
        common = 1 / (ahead + back - self.diagonal) + np.sum(rest * np.linalg.solve(self.schur, rest.T).T, axis=1)
        return np.asarray(self.shrink**2 * common + self.fit.variance * self.shrink)

    def sample(self, draws: int, rng: np.random.Generator) -> Floats:
        """Zero-mean draws with the inverse as covariance, shape (n, draws), for positive weights."""
        pivots, factor = self._factors
        upper = np.ones((2, len(pivots)))
        upper[0, 1:] = factor
        noise = rng.standard_normal((len(pivots), draws)) / np.sqrt(pivots)[:, None]
        root = np.linalg.cholesky(np.linalg.inv(self.schur))
        beta = root @ rng.standard_normal((len(root), draws))
        both = dtbtrs(upper, noise, uplo="U", diag="U")[0] + (self.fit.line.kinds - self.shared) @ beta
        held = self.fit.line.crossing
        both *= self.shrink[:, None]
        own = np.sqrt(self.fit.variance * self.shrink)[held, None]
        both[held] += own * rng.standard_normal((held.sum(), draws))
        return np.asarray(both)
