"""The scales of the rates, learned from all records, and the posterior that takes their uncertainty along.

The scale of the field isn't known well, so it is carried as five equally likely points around the mean of its
posterior; an estimate is the mixture of the five.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geo.estimate.emission import emission_at, prior_emission
from geo.estimate.missing_information import log_evidence
from geo.estimate.model import Fit, Information
from geo.estimate.sampling import PASSES, learn_clues, sample
from geo.estimate.scale import Hyper, Scale

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.estimate.emission import Told
    from geo.estimate.model import Line, Records
    from geo.estimate.scale import Emission

    Floats = NDArray[np.float64]

__all__ = ["Posterior", "choose_hyper", "fit_posterior"]

# Penalised-complexity priors (Simpson et al. 2017; Fuglstad et al. 2019): P(sd > 6) = 0.05; P(range < 10 km) = 0.05.
_SD_RATE = -np.log(0.05) / 6.0
_RANGE_RATE = -np.log(0.05) * np.sqrt(10.0)

_LOG_RANGES = np.log([20.0, 50.0, 125.0, 300.0, 800.0])  # km
_LOG_SDS = np.log([0.5, 0.8, 1.3, 2.1, 3.4])
_CROSSING_SDS = (0.8, 1.2, 1.7, 2.4)
_MIDDLE = Scale(150.0, 1.1, 1.5)
_SPREAD = 2.0  # of the scales: docs/method.md gives the coverage with less
_EMISSION_ROUNDS = 4

_ROUNDS, _SHARE = 3, 0.8  # of moment matching, and how far each goes
_NODES, _NODE_WEIGHTS = (part[:, None] for part in np.polynomial.hermite_e.hermegauss(20))
_TOP = 200.0  # log means are cut here, far above any number of incidents


class Posterior(NamedTuple):
    """Posterior of the rates: incidents per 100 km and year between crossings, a year at them.

    Draws, shape (draws, sites); ``expected``, the records that each site probably holds, adds up to the number of
    records; ``beta``, the posterior mean of the effects of the kinds of sites, shape (3 + neighbours,).
    """

    rates: Floats
    expected: Floats
    beta: Floats


def choose_hyper(line: Line, recorded: Told) -> Hyper:
    """Learn from all records what clues tell, and how much rates differ.

    The emission comes from four rounds of fit and update at a middle scale, and what is left open of it from draws;
    the crossings' sd from a grid at that scale; range and sd from the Laplace approximation to the marginal likelihood
    of the records times the priors, on a grid, summed up by its mean and mean ± 2 × (columns of the covariance's root).
    With √2.5 they would have the same covariance: five points stand for longer tails than a Gaussian's.
    """
    emission, fit = prior_emission(), None
    for _ in range(_EMISSION_ROUNDS):
        fit = Fit(line, recorded.records(line, emission), _MIDDLE, fit)
        emission = emission_at(fit, recorded, emission)
    records = recorded.records(line, emission)
    evidence = [log_evidence(Fit(line, records, _MIDDLE._replace(crossing_sd=sd), fit)) for sd in _CROSSING_SDS]
    crossing_sd = float(np.exp(_shares(np.array(evidence)) @ np.log(_CROSSING_SDS)))
    # To and fro over the grid, so that each fit begins near its end.
    sds = [_LOG_SDS, _LOG_SDS[::-1]]
    grid = np.array([(log_range, log_sd) for row, log_range in enumerate(_LOG_RANGES) for log_sd in sds[row % 2]])
    scores = np.empty(len(grid))
    for at, point in enumerate(grid):
        fit = Fit(line, records, _scale(point, crossing_sd), fit)
        scores[at] = log_evidence(fit) + _log_prior(point)
    weight = _shares(scores)
    mean = weight @ grid
    root = np.linalg.cholesky((grid - mean).T @ ((grid - mean) * weight[:, None]) + 1e-6 * np.eye(2))
    points = np.concatenate([mean + _SPREAD * root.T, mean - _SPREAD * root.T, [mean]])
    fit, weight = approximate(line, records, _scale(mean, crossing_sd), fit)
    drawn = learn_clues(fit, weight, emission, np.random.default_rng(0))
    return Hyper(tuple(_scale(point, crossing_sd) for point in points), _as_clues(drawn))


def _as_clues(drawn: Floats) -> Emission:
    """Dirichlet parameters with the means of draws, shape (draws, kinds, clues), and by kind their spread in all."""
    mean = drawn.mean(axis=0)
    size = (mean * (1 - mean)).sum(axis=1) / drawn.var(axis=0).sum(axis=1) - 1
    return tuple(tuple(row) for row in (mean * size[:, None]).tolist())


def _shares(log_weights: Floats) -> Floats:
    weight = np.exp(log_weights - log_weights.max())
    return np.asarray(weight / weight.sum())


def _scale(point: Floats, crossing_sd: float) -> Scale:
    """The scale at a point of log range and log sd."""
    range_km, sd = np.exp(point).tolist()
    return Scale(range_km, sd, crossing_sd)


def _log_prior(point: Floats) -> float:
    """Log prior density of (log range, log sd)."""
    scale = _scale(point, _MIDDLE.crossing_sd)
    return float(point[1] - _SD_RATE * scale.sd - point[0] / 2 - _RANGE_RATE / np.sqrt(scale.range_km))


def fit_posterior(
    line: Line, records: Records, hyper: Hyper, *, draws: int = 1000, seed: int = 0, passes: int = PASSES
) -> Posterior:
    """Posterior of the rates, the mixture over the scales; ``passes`` are those behind each draw."""
    rng = np.random.default_rng(seed)
    share = [len(some) for some in np.array_split(np.arange(draws), len(hyper.scales))]
    fit: Fit | None = None
    drawn, expected, beta = [], [], []
    for scale, number in zip(hyper.scales, share, strict=True):
        fit, weight = approximate(line, records, scale, fit)
        if number:
            drawn.append(sample(fit, weight, number, rng, passes, clues=hyper.clues))
        expected.append(fit.expected)
        beta.append(fit.beta)
    rates = np.exp(np.concatenate(drawn)).astype(float)
    return Posterior(rates, np.mean(expected, axis=0), np.mean(beta, axis=0))


def approximate(line: Line, records: Records, scale: Scale, start: Fit | None = None) -> tuple[Fit, Floats]:
    """Gaussian approximation to the posterior at one scale, by expectation propagation (Minka 2001).

    Each site's likelihood stands as a Gaussian that gives the site's rate the mean and variance that the likelihood
    itself gives it beside the Gaussians of all others. At that point the means E[μ_s] add up to the records. Gives the
    mean, and the information of each site's likelihood, shape (sites,).
    """
    fit = Fit(line, records, scale, start)
    lift = Information(fit, fit.mean).variance() / 2
    fit = Fit(line, records, scale, fit, lift, pairs=1)
    weight = fit.mean
    for _ in range(_ROUNDS):
        new_lift, new_weight = _match(fit, Information(fit, weight).variance(), weight)
        lift = lift + _SHARE * (new_lift - lift)
        weight = weight + _SHARE * (new_weight - weight)
        fit = Fit(line, records, scale, fit, lift, pairs=1)
    return fit, weight


def _match(fit: Fit, variance: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Log E[μ] less E[log μ], and the information, of each site under its own likelihood and the others' Gaussians."""
    centre = fit.log_exposure + fit.log_rate
    others = 1 / np.maximum(1 / variance - weight, 1e-3 / variance)
    gap = others * (fit.expected - fit.mean)  # of the centre above the mean of the others' Gaussians
    log_mean = centre + np.sqrt(variance) * _NODES
    mu = np.exp(np.minimum(log_mean, _TOP))
    log_density = _NODES**2 / 2 - (log_mean - centre + gap) ** 2 / (2 * others) + fit.expected * log_mean - mu
    density = np.exp(log_density - log_density.max(axis=0)) * _NODE_WEIGHTS
    density /= density.sum(axis=0)
    first = (density * log_mean).sum(axis=0)
    second = np.maximum((density * (log_mean - first) ** 2).sum(axis=0), 1e-6 * variance)
    return np.log((density * mu).sum(axis=0)) - first, np.maximum(1 / second - 1 / others, 0.0)
