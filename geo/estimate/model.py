"""A log-Gaussian Cox process on a line with crossings on it, fitted to records whose places are uncertain.

The numeric core of the estimate, on plain arrays. There are two kinds of site: *between*, one for each cell of the
line, and *at*, one for each cell that holds a crossing. A site holds a Poisson number of incidents with mean

    between:  log μ = log(length / 100 km × years) + γ + δ_neighbour + f_cell
    at:       log μ = log(years) + α + ρ·[rail only] + u

with f an Ornstein–Uhlenbeck process along the line (exponential covariance, tridiagonal precision) and u an effect of
its own for each crossing. A record made at site s is told as placement p with a probability proportional to w_ps, so
k_p records at placement p have the log-likelihood

    Σ_p k_p log Σ_s w_ps μ_s − Σ_s μ_s.

Everything is linear in the number of cells but what uncertain places cost. docs/method.md derives what is computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg.lapack import dgttrf, dgttrs, dpttrf, dpttrs

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from geo.estimate.scale import Scale

    Floats = NDArray[np.float64]

__all__ = ["Fit", "Information", "Line", "Records"]

# Priors (mean, sd), all wide: the log rate between crossings (0.02 incidents per 100 km and year), what a neighbour
# adds, the log rate at a crossing (0.04 a year), and what one with a railway only adds to it.
_BETWEEN, _NEIGHBOUR = (np.log(0.02), 3.0), (0.0, 1.0)
_AT, _RAIL_ONLY = (np.log(0.04), 3.0), (0.0, 1.5)

_CLOSE = 3e-3  # a fit ends when no log rate moves further than this
_PAIRS, _HALVINGS, _STRIDE = 200, 30, 5.0
_FARTHEST = 32.0  # steps that a leap may stand for
_TOP = 50.0  # log means are cut here, far above any number of incidents


@dataclass(frozen=True, eq=False)
class Line:
    """The cells in order along the line, and the sites on it: n between crossings, m at them.

    All have the shape (n,): whether a cell holds crossings by road, by rail; the number of its neighbour; whether it
    begins where the one before it ends (by default all do).
    """

    length_km: Floats
    road: NDArray[np.bool_]
    rail: NDArray[np.bool_]
    neighbour: NDArray[np.intp]
    goes_on: NDArray[np.bool_] | None = None

    @cached_property
    def crossing(self) -> NDArray[np.bool_]:
        """Whether the cell holds any crossing, shape (n,)."""
        return np.asarray(self.road | self.rail)

    @cached_property
    def cell(self) -> NDArray[np.intp]:
        """Cell of each site, shape (n + m,): all cells, then those that hold a crossing."""
        return np.concatenate([np.arange(len(self.road)), np.flatnonzero(self.crossing)])

    @cached_property
    def at(self) -> NDArray[np.bool_]:
        """Whether a site is at a crossing, shape (n + m,)."""
        return np.arange(len(self.cell)) >= len(self.road)

    @cached_property
    def rail_only(self) -> NDArray[np.bool_]:
        """Whether a site is at a crossing with a railway and no road, shape (n + m,)."""
        return np.asarray(self.at & (self.rail & ~self.road)[self.cell])

    @cached_property
    def kinds(self) -> Floats:
        """Covariates, shape (n + m, 3 + neighbours): between, each neighbour, at, railway only."""
        neighbours = np.arange(self.neighbour.max(initial=-1) + 1)
        near = (self.neighbour[self.cell][:, None] == neighbours) & ~self.at[:, None]
        return np.asfortranarray(np.column_stack([~self.at, near, self.at, self.rail_only]).astype(float))

    @cached_property
    def prior(self) -> Floats:
        """Mean and precision of the covariates' effects β, shape (2, 3 + neighbours)."""
        each = [_BETWEEN, *[_NEIGHBOUR] * (self.kinds.shape[1] - 3), _AT, _RAIL_ONLY]
        mean, sd = np.array(each).T
        return np.stack([mean, sd**-2])

    @cached_property
    def step_km(self) -> Floats:
        """Distance between the middles of consecutive cells, shape (n − 1,); endless over a gap: nothing is shared."""
        step = (self.length_km[1:] + self.length_km[:-1]) / 2
        return step if self.goes_on is None else np.where(self.goes_on[1:], step, np.inf)

    def exposure(self, years: float) -> Floats:
        """Of each site in a period, shape (n + m,): 100 km × years between crossings, years at them."""
        return np.asarray(np.where(self.at, 1.0, self.length_km[self.cell] / 100) * years)


@dataclass(frozen=True, eq=False)
class Records:
    """Records by placement and clue: the cost of a fit doesn't depend on the number of records.

    ``weights`` w_ps, sparse, shape (placements, sites); ``counts`` and ``clue``, a number in
    :data:`geo.vocabulary.CLUES`, of each placement's records; ``years``, the length of the period.
    """

    weights: csr_array
    counts: Floats
    years: float
    clue: NDArray[np.intp] | None = None

    @cached_property
    def certain(self) -> Floats:
        """Records whose site is certain, shape (sites,)."""
        one = np.where(self.vague, 0.0, self.counts)
        return np.asarray(one @ self.weights.astype(bool))

    @cached_property
    def uncertain(self) -> tuple[csr_array, csr_array, Floats]:
        """Weights of the placements with several possible sites, the same transposed, and their counts."""
        weights = self.weights[self.vague]
        return weights, weights.T.tocsr(), self.counts[self.vague]

    def shared(self, mean: Floats) -> Floats:
        """Records that each site probably holds, given the sites' mean numbers, shape (sites,)."""
        weights, transposed, counts = self.uncertain
        return np.asarray(self.certain + mean * (transposed @ (counts / (weights @ mean))))

    @cached_property
    def vague(self) -> NDArray[np.bool_]:
        """Whether a placement has records and several possible sites, shape (placements,)."""
        return np.asarray((np.diff(self.weights.indptr) > 1) & (self.counts > 0))


class Fit:
    """The most probable log rates given the scale of the field, and Newton's way to them.

    Parameters
    ----------
    line, records, scale
        Cells, records by placement, and hyperparameters.
    start
        A fit to begin from; one rate everywhere by default.
    lift
        How far the log of each site's mean number lies above its mean log number, shape (sites,). With it, the fit
        is the mean of the posterior; without it, the mode.
    pairs
        Most pairs of steps.

    Attributes
    ----------
    effect, beta
        f, then u, shape (sites,); β, shape (3 + neighbours,).
    mean
        E[μ_s], shape (sites,): adds up to the number of records.
    expected
        Σ_p k_p r_ps with r_ps ∝ w_ps exp(log mean): the records that each site probably holds, shape (sites,).
    value
        Log-likelihood less the priors' penalties.
    """

    def __init__(
        self, line: Line, records: Records, scale: Scale, start: Fit | None = None, lift: Floats | float = 0.0,
        *, pairs: int = _PAIRS,
    ) -> None:  # fmt: skip
        self.line, self.records, self.scale, self.lift = line, records, scale, lift
        self.log_exposure = np.log(line.exposure(records.years))
        self._set_precision()
        if start is None:
            self._move(np.zeros(len(line.cell)), line.prior[0])
        else:
            self._move(start.effect, start.beta)
        self._climb(pairs)

    @property
    def log_rate(self) -> Floats:
        """Log of incidents per 100 km and year between crossings, a year at them, shape (sites,)."""
        return np.asarray(self.line.kinds @ self.beta + self.effect)

    def _set_precision(self) -> None:
        """Ornstein–Uhlenbeck precision: f_{c+1} | f_c ~ N(a f_c, sd² (1 − a²)) with a = exp(−2 step / range)."""
        keep = np.exp(-2 * self.line.step_km / self.scale.range_km)
        innovation = -1 / (self.scale.sd**2 * np.expm1(-4 * self.line.step_km / self.scale.range_km))
        self.diagonal = np.full(len(self.line.cell), self.scale.crossing_sd**-2)
        cells = self.diagonal[: len(self.line.road)]
        cells[:] = 0
        cells[0] = self.scale.sd**-2
        cells[1:] += innovation
        cells[:-1] += keep**2 * innovation
        self.off_diagonal = -keep * innovation
        crossings = len(self.line.cell) - len(self.line.road)
        self.log_det_prior = float(
            np.log(innovation).sum() - 2 * np.log(self.scale.sd) - 2 * crossings * np.log(self.scale.crossing_sd)
        )

    def times_precision(self, effect: Floats) -> Floats:
        """The prior precision of f and u times a vector, shape (sites,) both."""
        product = self.diagonal * effect
        field, cells = effect[: len(self.line.road)], product[: len(self.line.road)]
        cells[:-1] += self.off_diagonal * field[1:]
        cells[1:] += self.off_diagonal * field[:-1]
        return np.asarray(product)

    def _move(self, effect: Floats, beta: Floats) -> None:
        """Take a position and evaluate there what it implies."""
        self.effect, self.beta = effect, beta
        log_mean = self.log_exposure + self.log_rate
        self.mean = np.exp(np.minimum(log_mean + self.lift, _TOP))
        self.expected, log_likelihood = self._allocate(log_mean + self.lift)
        centre, precision = self.line.prior
        penalty = effect @ self.times_precision(effect) + precision @ (beta - centre) ** 2
        self.value = float(log_likelihood - self.mean.sum() - penalty / 2)

    def _allocate(self, log_mean: Floats) -> tuple[Floats, float]:
        """E step: Σ_p k_p r_ps, and Σ_p k_p log Σ_s w_ps μ_s."""
        weights, transposed, counts = self.records.uncertain
        top = log_mean.max()
        scaled = np.exp(log_mean - top)
        total = weights @ scaled
        certain = self.records.certain
        expected = certain + scaled * (transposed @ (counts / total))
        return expected, float(certain @ log_mean + counts @ (np.log(total) + top))

    def _climb(self, pairs: int) -> None:
        """EM with one Newton step as each M step (Dempster, Laird & Rubin 1977; Lange 1995), never downhill.

        Where places are uncertain EM creeps, the more the more records there are: after every two steps it leaps as
        far as they suggest (SQUAREM; Varadhan & Roland 2008), if that is uphill.
        """
        for _ in range(pairs):
            places = [self._place]
            for _ in range(2):
                if self._step() < _CLOSE:
                    return
                places.append(self._place)
            self._leap(*places)

    @property
    def _place(self) -> Floats:
        return np.concatenate([self.effect, self.beta])

    def _go(self, place: Floats) -> None:
        sites = len(self.effect)
        self._move(place[:sites], place[sites:])

    def _step(self) -> float:
        """One step, and how far it would have moved any log rate."""
        effect, beta, before = self.effect, self.beta, self.value
        step = self._newton()
        size = float(np.abs(step[0] + self.line.kinds @ step[1]).max())
        share = min(1.0, _STRIDE / max(size, _CLOSE))
        for _ in range(_HALVINGS):
            self._move(effect + share * step[0], beta + share * step[1])
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

    def _newton(self) -> tuple[Floats, Floats]:
        """One step: f and u are eliminated, β follows from the Schur complement."""
        here, kinds, (centre, precision) = Information(self, self.mean), self.line.kinds, self.line.prior
        score = self.expected - self.mean
        inner = here.solve(score - self.times_precision(self.effect))
        pull = kinds.T @ score - precision * (self.beta - centre) - here.weighted.T @ inner
        beta = np.linalg.solve(here.schur, pull)
        return inner - here.shared @ beta, beta


class Information:
    """The inverse of Σ⁻¹ + diag(weights), with Σ the prior covariance of the log rates, in factored form.

    Given β the field and the crossings' effects have the covariance G; with it the inverse is
    G + (X − G W X) S⁻¹ (X − G W X)ᵀ, S the Schur complement of β. The weights, the information about each log rate
    alone (E[μ_s] when every record's site is known), may be negative. The fit's prior counts.
    """

    def __init__(self, fit: Fit, weights: Floats) -> None:
        self.fit = fit
        self.cells = len(fit.line.road)
        self.diagonal = fit.diagonal + weights
        self.positive = bool(np.all(weights >= 0))
        field = self.diagonal[: self.cells]
        if self.positive:
            self._factors: tuple[Floats, ...] = dpttrf(field, fit.off_diagonal)[:2]
        else:
            self._factors = dgttrf(fit.off_diagonal, field, fit.off_diagonal)[:5]
        self.weighted = weights[:, None] * fit.line.kinds
        self.shared = self.solve(self.weighted)
        self.rest = fit.line.kinds - self.shared
        self.schur = self.weighted.T @ self.rest + np.diag(fit.line.prior[1])

    def solve(self, right: Floats) -> Floats:
        """G times a vector or matrix, shape (sites,) or (sites, k)."""
        if not right.size:
            return right
        own = self.diagonal[self.cells :]
        field = (dpttrs if self.positive else dgttrs)(*self._factors, right[: self.cells])[0]
        return np.concatenate([field, (right[self.cells :].T / own).T])

    def times(self, right: Floats) -> Floats:
        """The inverse times a matrix, shape (sites, k) both."""
        return np.asarray(self.solve(right) + self.rest @ np.linalg.solve(self.schur, self.rest.T @ right))

    def log_det_over_prior(self) -> float:
        """Log of the absolute determinant of Σ⁻¹ + diag(weights) over that of Σ⁻¹."""
        pivots = np.concatenate([self._factors[0 if self.positive else 1], self.diagonal[self.cells :]])
        return float(
            np.log(np.abs(pivots)).sum()
            - self.fit.log_det_prior
            + np.linalg.slogdet(self.schur)[1]
            - np.log(self.fit.line.prior[1]).sum()
        )

    def variance(self) -> Floats:
        """Diagonal of the inverse, shape (sites,), for positive weights.

        The diagonal of a tridiagonal matrix's inverse follows from its pivots from either end.
        """
        ahead, field = self._factors[0], self.diagonal[: self.cells]
        back = dpttrf(field[::-1], self.fit.off_diagonal[::-1])[0][::-1]
        own = np.concatenate([1 / (ahead + back - field), 1 / self.diagonal[self.cells :]])
        return np.asarray(own + np.sum(self.rest * np.linalg.solve(self.schur, self.rest.T).T, axis=1))
