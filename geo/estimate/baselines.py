"""Simple ways to say how often incidents are recorded where, to measure the estimate against.

Each takes the ground and the records of the past and gives a rate per cell. Where a record's place is uncertain, the
rates and the shares of the record are found in turn (expectation–maximisation), as the estimate does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.special import gammaln

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from geo.estimate.model import Line, Records

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

__all__ = ["BASELINES", "CLUE_AWARE", "ClueAware", "Ground", "clamped_empirical_bayes", "gamma_poisson"]

_ROUNDS = 50
_BANDWIDTHS_KM = (5, 8, 12, 18, 25, 35, 50, 75, 100, 150, 250)
_RECENT_YEARS = 3


@dataclass(frozen=True, eq=False)
class Ground:
    """The cells of the land border, in order along it, and the records of the past on it.

    ``weights`` is sparse, shape (records, cells), rows sum to one; ``start_km`` is where each cell starts on its
    neighbour's line; ``years_ago`` how long before the end of the past each record is dated; ``years`` its length.
    """

    length_km: Floats
    start_km: Floats
    neighbour: Ints
    road: NDArray[np.bool_]
    rail: NDArray[np.bool_]
    weights: csr_array
    years_ago: Floats
    years: float

    @property
    def exposure(self) -> Floats:
        """100 km × years of each cell."""
        return self.length_km / 100 * self.years


def clamped_empirical_bayes(counts: Floats, exposure: Floats) -> Floats:
    """Rates shrunk to the global one; the variance between them is never taken as negative.

    Marshall, R. J. (1991). Mapping disease and mortality rates using empirical Bayes estimators. Applied Statistics
    40, 283-294. An area without exposure has the global rate.

    >>> clamped_empirical_bayes(np.array([2.0, 3, 2, 3, 2]), np.ones(5))
    array([2.4, 2.4, 2.4, 2.4, 2.4])
    """
    total = exposure.sum()
    mean = counts.sum() / total
    raw = np.divide(counts, exposure, out=np.full(len(counts), mean), where=exposure > 0)
    spread = (exposure * (raw - mean) ** 2).sum() / total - mean / exposure.mean()
    between = max(spread, 0.0)
    noise = np.divide(mean, exposure, out=np.full(len(counts), np.inf), where=exposure > 0)
    share = np.divide(between, between + noise, out=np.zeros(len(counts)), where=between + noise > 0)
    return np.asarray(mean + share * (raw - mean))


def gamma_poisson(counts: Floats, exposure: Floats) -> Floats:
    """Rates shrunk to a gamma distribution that is fitted to them by maximum likelihood; exposure above zero.

    Clayton, D. and Kaldor, J. (1987). Empirical Bayes estimates of age-standardized relative risks for use in disease
    mapping. Biometrics 43, 671-681.
    """

    def loss(at: Floats) -> float:
        shape, mean = np.exp(at)
        scale = shape / mean
        terms = gammaln(counts + shape) - gammaln(shape)
        terms = terms + shape * np.log(scale / (scale + exposure)) + counts * np.log(exposure / (scale + exposure))
        return -float(terms.sum())

    start = [0.0, float(np.log(max(counts.sum(), 0.5) / exposure.sum()))]
    bounds = [(-6.0, 12.0), (start[1] - 6, start[1] + 6)]
    shape, mean = np.exp(minimize(loss, start, method="L-BFGS-B", bounds=bounds).x)
    return np.asarray((counts + shape) / (exposure + shape / mean))


def _uniform(ground: Ground) -> Floats:
    return np.full(len(ground.length_km), (len(ground.years_ago) + 0.5) / ground.exposure.sum())


def _per_neighbour(ground: Ground) -> Floats:
    return _shared(ground, lambda counts: _group_rate(counts, ground.exposure, ground.neighbour))


def _per_kind(ground: Ground) -> Floats:
    kind = np.where(ground.road, 1, np.where(ground.rail, 2, 0))
    return _shared(ground, lambda counts: _group_rate(counts, ground.exposure, kind))


def _per_segment(ground: Ground, km: float) -> Floats:
    segment = _segments(ground, km)
    exposure = np.asarray(np.bincount(segment, ground.exposure), float)

    def rates(counts: Floats) -> Floats:
        return gamma_poisson(np.asarray(np.bincount(segment, counts), float), exposure)[segment]

    return _shared(ground, rates)


def _crossings_shrunk(ground: Ground) -> Floats:
    crossing = ground.road | ground.rail

    def rates(counts: Floats) -> Floats:
        rate = np.full(len(counts), (counts[~crossing].sum() + 0.5) / ground.exposure[~crossing].sum())
        rate[crossing] = gamma_poisson(counts[crossing], ground.exposure[crossing])
        return rate

    return _shared(ground, rates)


def _recent(ground: Ground) -> Floats:
    """Counts of the last years per 50 km, with one incident more spread over the border."""
    segment = _segments(ground, 50)
    recent = (ground.years_ago <= _RECENT_YEARS).astype(float) @ ground.weights
    share = ground.length_km / ground.length_km.sum()
    counts = np.bincount(segment, recent + share)
    exposure = np.bincount(segment, ground.length_km / 100 * min(_RECENT_YEARS, ground.years))
    return np.asarray((counts / exposure)[segment])


def _kernel(ground: Ground) -> Floats:
    """Gaussian kernel along the border; the bandwidth predicts each record best from the others."""
    middle = np.cumsum(ground.length_km) - ground.length_km / 2
    gap = middle[:, None] - middle[None, :]
    floor = 1 / ground.length_km.sum()
    best, density = -np.inf, np.full(len(middle), floor)
    number = ground.weights.shape[0]
    if number == 0:
        return _uniform(ground)
    for bandwidth in _BANDWIDTHS_KM:
        kernel = np.exp(-0.5 * (gap / bandwidth) ** 2)
        kernel /= kernel @ ground.length_km[:, None]
        each = ground.weights @ kernel
        total = each.sum(axis=0)
        others = (total[None, :] - each + floor) / number
        score = float(np.log((ground.weights.multiply(others)).sum(axis=1)).sum())
        if score > best:
            best, density = score, (total + floor) / (number + 1)
    return np.asarray(density * 100 * number / ground.years)


def _shared(ground: Ground, rates: Callable[[Floats], Floats]) -> Floats:
    """Rates and the shares of uncertain records, in turn."""
    rate = rates(np.asarray(ground.weights.sum(axis=0), float).ravel())
    for _ in range(_ROUNDS):
        mean = rate * ground.exposure
        counts = mean * (ground.weights.T @ (1 / (ground.weights @ mean)))
        rate, before = rates(counts), rate
        if np.abs(np.log(rate / before)).max() < 1e-4:  # noqa: PLR2004  (a hundredth of a per cent)
            break
    return rate


def _group_rate(counts: Floats, exposure: Floats, group: Ints) -> Floats:
    """One rate a group, with half an incident more in each so that none is impossible."""
    rate: Floats = (np.bincount(group, counts) + 0.5) / np.bincount(group, exposure)
    return rate[group]


def _segments(ground: Ground, km: float) -> Ints:
    key = ground.neighbour * 10_000 + (ground.start_km // km).astype(int)
    return np.asarray(np.unique(key, return_inverse=True)[1], np.intp)


BASELINES: dict[str, Callable[[Ground], Floats]] = {
    "uniform": _uniform,
    "rate per neighbour": _per_neighbour,
    "empirical Bayes, 100 km": lambda ground: _per_segment(ground, 100),
    "empirical Bayes, 50 km": lambda ground: _per_segment(ground, 50),
    "kernel along the border": _kernel,
    "last years' count": _recent,
    "rate per kind of crossing": _per_kind,
    "crossings shrunk, one rate elsewhere": _crossings_shrunk,
}
"""Name → the rate per cell, incidents per 100 km and year, shape (cells,)."""


class ClueAware(NamedTuple):
    """The table of shrunk crossings that heeds clues: one rate between crossings, each crossing's site shrunk."""

    name: str

    def heed(self, line: Line, records: Records) -> Floats:
        """Expected numbers a year at each site, shape (sites,), from records whose weights heed their clues."""
        exposure = line.exposure(records.years)

        def rates(counts: Floats) -> Floats:
            between = (counts[~line.at].sum() + 0.5) / exposure[~line.at].sum()
            rate = np.full(len(counts), between)
            rate[line.at] = gamma_poisson(counts[line.at], exposure[line.at])
            return rate

        rate = np.full(len(exposure), records.counts.sum() / exposure.sum())
        for _ in range(_ROUNDS):
            rate = rates(records.shared(rate * exposure))
        return np.asarray(rate * line.exposure(1.0))


CLUE_AWARE = ClueAware("crossings shrunk, heeding clues")
