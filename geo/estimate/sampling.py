"""Draws of the log rates: a Gaussian approximation, put right by Metropolis passes.

Where cells are empty the posterior is skewed, and sums over many cells feel it. So the Gaussian draws are only where
many short chains begin, one for each draw. A pass redraws, in turn,

- where each uncertain record was made, given the rates (Tanner & Wong 1987);
- the field in blocks, and each crossing's effect, from the approximation given all the rest;
- the effects β of the kinds of sites, likewise, and once more given the rates,

and takes each proposal with Metropolis' probability, the ratio of the likelihood to the Gaussian that stands for it.
Blocks don't feel each other, for the cells at their ends are held: all are redrawn at once, in all chains at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg.lapack import dpttrf, dpttrs, stbtrs

from geo.estimate.model import Information

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.estimate.model import Fit, Records

    Floats = NDArray[np.float64]
    Singles = NDArray[np.float32]

__all__ = ["PASSES", "sample"]

PASSES = 4
"""Passes that bring the draws near the posterior: docs/method.md gives what more would change."""

_BLOCKS = ((20, 0), (20, 10), (40, 5), (40, 25))  # cells in a block, and the first that is held
_KEPT = 0.8  # of β's deviation, in a proposal
_TOP = 80.0  # log means are cut here, far above any number of incidents
_MANY = 40  # records of a placement, from which on their sites are drawn together


def sample(fit: Fit, weight: Floats, draws: int, rng: np.random.Generator, passes: int = PASSES) -> Singles:
    """Draws of the log rates at one scale.

    Parameters
    ----------
    fit
        Mean of the approximation.
    weight
        Information of each site in the approximation, shape (sites,).
    draws, rng
        Their number, and the source of randomness.
    passes
        How many; more come nearer to the posterior.

    Returns
    -------
    ndarray
        Shape (sites, draws).
    """
    here, cells = Information(fit, weight), len(fit.line.road)
    root = np.linalg.cholesky(np.linalg.inv(here.schur))
    rest = (here.rest @ root).astype(np.float32)
    centre = (fit.log_exposure + fit.log_rate).astype(np.float32)[:, None]
    # Log-likelihood less the Gaussian that stands for it, site by site: linear·x + half·x² − exp(x).
    score = fit.expected - fit.mean
    linear = (fit.expected - weight * (fit.log_exposure + fit.log_rate) - score).astype(np.float32)[:, None]
    half = (weight / 2).astype(np.float32)[:, None]

    def remainder(log_mean: Singles) -> Singles:
        out = log_mean * half
        out += linear
        out *= log_mean
        out -= np.exp(np.minimum(log_mean, np.float32(_TOP)))
        return out

    def normal(*shape: int) -> Singles:
        return rng.standard_normal(shape, dtype=np.float32)

    given, of_rate, spread = _effects(fit, root)
    own = (1 / np.sqrt(here.diagonal[cells:])).astype(np.float32)[:, None]
    noise = normal(len(centre), draws)
    noise[:cells] = _field(noise[:cells], *here.pivots)
    noise[cells:] *= own
    beta = normal(rest.shape[1], draws)
    level: Singles = centre + rest @ beta
    log_mean = level + noise
    beyond = remainder(log_mean)
    for number in range(passes):
        block, first = _BLOCKS[number % len(_BLOCKS)]
        held = np.arange(first % block, cells, block)
        lent = _allocate(fit.records, log_mean, rng)
        lent -= fit.expected.astype(np.float32)[:, None]
        proposed = np.empty_like(noise)
        proposed[:cells] = _between(here, noise[:cells], lent[:cells], held, normal(cells, draws))
        proposed[cells:] = own * normal(len(own), draws) + own**2 * lent[cells:]
        there = level + proposed
        ahead = remainder(there)
        taken = _taken(ahead - beyond, np.unique(np.concatenate([[0], held, np.arange(cells, len(centre))])), rng)
        np.copyto(noise, proposed, where=taken)
        np.copyto(log_mean, there, where=taken)
        np.copyto(beyond, ahead, where=taken)
        pull = rest.T @ lent
        new = pull + np.float32(_KEPT) * (beta - pull) + np.float32(np.sqrt(1 - _KEPT**2)) * normal(*beta.shape)
        shift = rest @ (new - beta)
        there = np.asarray(log_mean + shift, np.float32)
        ahead = remainder(there)
        chosen = np.log1p(-rng.random(draws, dtype=np.float32)) < (ahead - beyond).sum(axis=0)
        beta[:, chosen] = new[:, chosen]
        level[:, chosen] += shift[:, chosen]
        log_mean[:, chosen] = there[:, chosen]
        beyond[:, chosen] = ahead[:, chosen]
        beta = given + of_rate @ log_mean + spread @ normal(*beta.shape)
        level = centre + rest @ beta
        noise = log_mean - level
    return np.asarray(log_mean - fit.log_exposure.astype(np.float32)[:, None])


def _taken(gain: Singles, starts: NDArray[np.intp], rng: np.random.Generator) -> NDArray[np.bool_]:
    """Sites whose proposals are taken, by blocks that begin at some sites: Metropolis' rule, shape of the gain."""
    of_block = np.add.reduceat(gain, starts, axis=0)
    taken = np.log1p(-rng.random(of_block.shape, dtype=np.float32)) < of_block
    return np.repeat(taken, np.diff(np.append(starts, len(gain))), axis=0)


def _effects(fit: Fit, root: Floats) -> tuple[Singles, Singles, Singles]:
    """β given the log means, in units of the approximation's root: a constant, a matrix, a root of the covariance.

    Given the rates the records tell no more of β: it has a Gaussian posterior from its prior and the field's.
    """
    kinds, (centre, precision) = fit.line.kinds, fit.line.prior
    pull = np.stack([fit.times_precision(column) for column in kinds.T])
    covariance = np.linalg.inv(pull @ kinds + np.diag(precision))
    given = covariance @ (precision * centre - pull @ fit.log_exposure) - fit.beta
    scaled = (given[:, None], covariance @ pull, np.linalg.cholesky(covariance))
    constant, matrix, spread = (np.linalg.solve(root, part).astype(np.float32) for part in scaled)
    return constant, matrix, spread


def _field(noise: Singles, pivots: Floats, factor: Floats) -> Singles:
    """White noise turned to noise with the precision that the factors are of."""
    upper = np.ones((2, len(pivots)), np.float32)
    upper[0, 1:] = factor
    noise /= np.sqrt(pivots).astype(np.float32)[:, None]
    return np.asarray(stbtrs(upper, noise, uplo="U", diag="U")[0])


def _between(here: Information, noise: Singles, lent: Singles, held: NDArray[np.intp], fresh: Singles) -> Singles:
    """New noise of the field in the blocks between held cells, given what records lend."""
    off, right = here.fit.off_diagonal.copy(), lent.astype(float)  # single precision would not do
    before, after = held[held > 0] - 1, held[held < len(noise) - 1]
    right[before] -= off[before][:, None] * noise[before + 1]
    right[after + 1] -= off[after][:, None] * noise[after]
    off[before], off[after] = 0, 0
    pivots, factor = dpttrf(here.diagonal[: len(noise)], off)[:2]
    new = _field(fresh, pivots, factor)
    new += dpttrs(pivots, factor, right)[0]
    new[held] = noise[held]
    return np.asarray(new)


def _allocate(records: Records, log_mean: Singles, rng: np.random.Generator) -> Singles:
    """Records at each site, with sites of the uncertain ones drawn given the rates, shape (sites, draws)."""
    weights, _, counts = records.uncertain
    draws = log_mean.shape[1]
    lent = np.repeat(records.certain.astype(np.float32)[:, None], draws, axis=1)
    if not len(counts):
        return lent
    mean = np.exp(np.minimum(log_mean, np.float32(_TOP)))
    columns = np.arange(draws)
    for first, last, count in zip(weights.indptr[:-1], weights.indptr[1:], counts, strict=True):
        sites = weights.indices[first:last]
        share = weights.data[first:last].astype(np.float32)[:, None] * mean[sites]
        total = np.cumsum(share, axis=0)
        if count < _MANY:
            for _ in range(round(count)):
                picked = (total < total[-1] * rng.random(draws, dtype=np.float32)).sum(axis=0)
                np.add.at(lent, (sites[np.minimum(picked, len(sites) - 1)], columns), np.float32(1))
        else:
            share = share.T.astype(float)
            lent[sites] += rng.multinomial(round(count), share / share.sum(axis=1, keepdims=True)).T
    return lent
