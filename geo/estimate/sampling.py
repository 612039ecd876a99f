"""Draws of the log rates: a Gaussian approximation, put right by Metropolis passes.

Where cells are empty the posterior is skewed, and sums over many cells feel it. So the Gaussian draws are only where
short chains begin. A pass redraws, in turn,

- where each uncertain record was made, given the rates (Tanner & Wong 1987), among the site that it has and a few
  that the fit proposes (Andrieu, Lee & Vihola 2018);
- the field in blocks, and each crossing's effect, from the approximation given all the rest;
- the effects β of the kinds of sites, likewise, and once more given the rates,

and takes each proposal with Metropolis' probability, the ratio of the likelihood to the Gaussian that stands for it.
Blocks don't feel each other, for the cells at their ends are held: all are redrawn at once, in all chains at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.linalg.lapack import dpttrf, stbtrs

from geo.estimate.model import Information

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.estimate.model import Fit

    Floats = NDArray[np.float64]
    Singles = NDArray[np.float32]
    Ints = NDArray[np.intp]

__all__ = ["PASSES", "sample"]

PASSES = 6
"""Passes of each chain: docs/method.md gives what more would change."""

_KEPT_PASSES = 4  # the last ones, each of which gives a draw
_BLOCKS = ((20, 0), (20, 10), (40, 5), (40, 25))  # cells in a block, and the first that is held
_KEPT = 0.8  # of β's deviation, in a proposal
_TOP = np.float32(80.0)  # log means are cut here, far above any number of incidents
_MANY = 40  # records of a placement, from which on their sites are drawn together
_PROPOSED = 3  # sites that a record is offered beside its own


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
        How many each chain makes; more come nearer to the posterior. None: draws of the approximation.

    Returns
    -------
    ndarray
        Shape (draws, sites).
    """
    kept = min(_KEPT_PASSES, passes) or 1
    chains = -(-draws // kept)
    here, cells = Information(fit, weight), len(fit.line.road)
    root = np.linalg.cholesky(np.linalg.inv(here.schur))
    rest = np.ascontiguousarray((here.rest @ root).T, np.float32)
    middle = fit.log_exposure + fit.log_rate
    centre = middle.astype(np.float32)
    # Log-likelihood less the Gaussian that stands for it, site by site: linear·x + half·x² − exp(x).
    linear, half = (fit.mean - weight * middle).astype(np.float32), (weight / 2).astype(np.float32)

    def remainder(log_mean: Singles) -> Singles:
        out = log_mean * half
        out += linear
        out *= log_mean
        out -= np.exp(np.minimum(log_mean, _TOP))
        return out

    def normal(columns: int) -> Singles:
        return rng.standard_normal((chains, columns), dtype=np.float32)

    given, of_rate, spread = _effects(fit, root)
    own = (1 / np.sqrt(here.diagonal[cells:])).astype(np.float32)
    noise = normal(len(centre))
    noise[:, :cells] = _Field.of(here).draw(noise[:, :cells])
    noise[:, cells:] *= own
    beta = normal(len(rest))
    level: Singles = centre + beta @ rest
    log_mean = level + noise
    beyond = remainder(log_mean)
    allocation = _Allocation(fit, chains, rng)
    drawn = [] if passes else [log_mean]
    fields = [_Field.of(here, np.arange(first, cells, block)) for block, first in _BLOCKS[:passes]]
    for number in range(passes):
        field = fields[number % len(fields)]
        lent = allocation.draw(log_mean)
        proposed = normal(len(centre))
        proposed[:, :cells] = field.draw(proposed[:, :cells], lent[:, :cells], noise[:, :cells])
        proposed[:, cells:] = own * proposed[:, cells:] + own**2 * lent[:, cells:]
        there = level + proposed
        ahead = remainder(there)
        starts = np.unique(np.concatenate([[0], field.held, np.arange(cells, len(centre))]))
        taken = _taken(ahead - beyond, starts, rng)
        np.copyto(log_mean, there, where=taken)
        np.copyto(beyond, ahead, where=taken)
        pull = lent @ rest.T
        new = pull + np.float32(_KEPT) * (beta - pull) + np.float32(np.sqrt(1 - _KEPT**2)) * normal(len(rest))
        there = log_mean + (new - beta) @ rest
        ahead = remainder(there)
        chosen = np.log1p(-rng.random(chains, dtype=np.float32)) < (ahead - beyond).sum(axis=1)
        log_mean[chosen], beyond[chosen] = there[chosen], ahead[chosen]
        beta = given + log_mean @ of_rate + normal(len(rest)) @ spread
        level = centre + beta @ rest
        noise = log_mean - level
        if number >= passes - kept:
            drawn.append(log_mean.copy())
    return np.asarray(np.concatenate(drawn)[:draws] - fit.log_exposure.astype(np.float32))


def _taken(gain: Singles, starts: Ints, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Sites whose proposals are taken, by blocks that begin at some sites: Metropolis' rule, shape of the gain."""
    of_block = np.add.reduceat(gain, starts, axis=1)
    taken = np.log1p(-rng.random(of_block.shape, dtype=np.float32)) < of_block
    return np.repeat(taken, np.diff(np.append(starts, gain.shape[1])), axis=1)


def _effects(fit: Fit, root: Floats) -> tuple[Singles, Singles, Singles]:
    """β given the log means, in units of the approximation's root: a constant, a matrix, a root of the covariance.

    Given the rates the records tell no more of β: it has a Gaussian posterior from its prior and the field's.
    """
    kinds, (centre, precision) = fit.line.kinds, fit.line.prior
    pull = np.stack([fit.times_precision(column) for column in kinds.T])
    covariance = np.linalg.inv(pull @ kinds + np.diag(precision))
    given = covariance @ (precision * centre - pull @ fit.log_exposure) - fit.beta
    scaled = (given[:, None], covariance @ pull, np.linalg.cholesky(covariance))
    constant, matrix, spread = (np.linalg.solve(root, part).astype(np.float32).T for part in scaled)
    return constant, np.ascontiguousarray(matrix), spread


class _Field(NamedTuple):
    """The field given some cells that are held: P = U' D U, its precision in the blocks between them.

    Attributes
    ----------
    held
        The cells, ascending.
    upper, scale
        U as a band, and D's inverse root.
    coupling
        Precision between consecutive cells.
    """

    held: Ints
    upper: Singles
    scale: Singles
    coupling: Singles

    @classmethod
    def of(cls, here: Information, held: Ints | None = None) -> _Field:
        """The field of an approximation."""
        held, cells = np.empty(0, np.intp) if held is None else held, here.cells
        off = here.fit.off_diagonal.copy()
        off[held[held > 0] - 1] = 0
        off[held[held < cells - 1]] = 0
        pivots, factor = dpttrf(here.diagonal[:cells], off)[:2]
        upper = np.ones((2, cells), np.float32)
        upper[0, 1:] = factor
        return cls(held, upper, (1 / np.sqrt(pivots)).astype(np.float32), here.fit.off_diagonal.astype(np.float32))

    def draw(self, fresh: Singles, lent: Singles | None = None, now: Singles | None = None) -> Singles:
        """White noise turned into the field, given what records lend and the held cells; shapes (chains, cells)."""
        if lent is not None and now is not None:
            right, held = lent.copy(), self.held
            before, after = held[held > 0], held[held < len(self.scale) - 1]
            right[:, before - 1] -= self.coupling[before - 1] * now[:, before]
            right[:, after + 1] -= self.coupling[after] * now[:, after]
            fresh = fresh + self.scale * stbtrs(self.upper, right.T, uplo="U", trans="T", diag="U")[0].T
        new = stbtrs(self.upper, (fresh * self.scale).T, uplo="U", diag="U")[0].T
        if now is not None:
            new[:, self.held] = now[:, self.held]
        return np.asarray(new)


class _Allocation:
    """Sites of the uncertain records in each chain.

    Parameters
    ----------
    fit
        Proposes a site with the probability that it gives it.
    chains, rng
        Their number, and the source of randomness.
    """

    def __init__(self, fit: Fit, chains: int, rng: np.random.Generator) -> None:
        weights, _, counts = fit.records.uncertain
        self.rng, self.log_mean, self.sites = rng, np.log(fit.mean).astype(np.float32), weights.indices
        self.base = np.tile((fit.records.certain - fit.expected).astype(np.float32), (chains, 1))
        self.start = (np.arange(chains) * len(fit.mean))[:, None]  # of each chain in an array of all
        placement = np.repeat(np.arange(len(counts)), np.diff(weights.indptr))
        share = weights.data * fit.mean[weights.indices]
        share /= np.bincount(placement, share)[placement]
        self.end = np.cumsum(share)  # a unit for each placement
        few = counts < _MANY
        self.many = [
            (weights.indices[part], weights.data[part].astype(np.float32), round(count))
            for part, count in (
                (slice(weights.indptr[row], weights.indptr[row + 1]), counts[row]) for row in np.flatnonzero(~few)
            )
        ]
        self.of = np.repeat(np.arange(len(counts)), np.where(few, np.rint(counts), 0).astype(int))
        self.last = weights.indptr[1:][self.of] - 1
        self.now = self._propose(1)[0]

    def _propose(self, number: int) -> Ints:
        """Sites from the fit, shape (number, chains, records)."""
        chance = self.of + self.rng.random((number, len(self.base), len(self.of)))
        return np.asarray(self.sites[np.minimum(np.searchsorted(self.end, chance, side="right"), self.last)], np.intp)

    def draw(self, log_mean: Singles) -> Singles:
        """Records at each site less those that the fit expects, with sites drawn anew, shape (chains, sites)."""
        lent, columns = self.base.copy(), np.arange(len(self.of))
        if len(self.of):
            offered = np.concatenate([self.now[None], self._propose(_PROPOSED)])
            share = np.exp(log_mean.ravel()[offered + self.start] - self.log_mean[offered]).cumsum(axis=0)
            picked = (share < share[-1] * self.rng.random(self.now.shape, dtype=np.float32)).sum(axis=0)
            self.now = offered[picked, np.arange(len(lent))[:, None], columns]
            np.add.at(lent.ravel(), (self.now + self.start).ravel(), np.float32(1))
        for sites, weight, count in self.many:
            share = (weight * np.exp(np.minimum(log_mean[:, sites], _TOP))).astype(float)
            lent[:, sites] += self.rng.multinomial(count, share / share.sum(axis=1, keepdims=True))
        return lent
