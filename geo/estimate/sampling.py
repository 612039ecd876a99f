"""Draws of the log rates: a Gaussian approximation, put right by Metropolis passes.

Where cells are empty the posterior is skewed, and sums over many cells feel it. So the Gaussian draws are only where
short chains begin. A pass redraws, in turn,

- where each uncertain record was made, given the rates (Tanner & Wong 1987), among the site that it has and a few
  that the fit proposes (Andrieu, Lee & Vihola 2018);
- the field in blocks, and each crossing's effect, from a wider form of the approximation given all the rest;
- the effects β of the kinds of sites, likewise, and once more given the rates,

and takes each proposal with Metropolis' probability, the ratio of the likelihood to the Gaussian that stands for it.
Blocks don't feel each other, for the cells at their ends are held: all are redrawn at once, in all chains at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.linalg.lapack import dpttrf, spttrs
from scipy.sparse import csr_array

from geo.estimate.emission import PRIOR, kind_of
from geo.estimate.model import Information

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geo.estimate.model import Fit
    from geo.estimate.scale import Emission

    Floats = NDArray[np.float64]
    Singles = NDArray[np.float32]
    Ints = NDArray[np.intp]

__all__ = ["PASSES", "Crowds", "learn_clues", "sample"]

PASSES = 32
"""Passes of each chain: docs/method.md gives what more would change."""

_KEPT_PASSES = 20  # the last ones, each of which gives a draw
# Cells in a block, and the first that is held.
_BLOCKS = ((60, 0), (60, 30), (150, 75), (150, 0))
_HEEDED = 0.4  # of the approximation's information, in a proposal of effects: wider than what it stands for
_KEPT = 0.8  # of β's deviation, in a proposal
_TOP = np.float32(80.0)  # log means are cut here, far above any number of incidents
_LEAST = 1e-30  # of a probability of a clue
_MANY = 40  # records of a placement, from which on their sites are drawn together
_CROWD = 5  # records for each of a placement's sites, from which on a Gaussian stands for the multinomial
_URN = 4096  # lots of a placement, about, and one at least for each of its sites
_PROPOSED = 3  # sites that a record is offered beside its own
_LEARNING = 40, 24  # chains and passes from which clues are learned


def sample(
    fit: Fit, weight: Floats, draws: int, rng: np.random.Generator, passes: int = PASSES, *, clues: Emission = ()
) -> Singles:
    """Draws of the log rates at one scale, shape (draws, sites).

    ``weight`` is the information of each site in the approximation. With no passes, the draws are those of the
    approximation. ``clues`` are Dirichlet parameters of what clues tell, from which each chain draws its own; by
    default they tell what the fit takes them to.
    """
    passes_kept = min(_KEPT_PASSES, passes) or 1
    allocation = _Allocation(fit, -(-draws // passes_kept), rng)
    if clues:
        allocation.believe(_dirichlet(rng, np.array(clues), len(allocation.base)), clues)
    walk = enumerate(_walk(fit, weight, allocation, passes, rng))
    drawn = [log_mean.copy() for number, log_mean in walk if number > passes - passes_kept or not passes]
    return np.asarray(np.concatenate(drawn)[:draws] - fit.log_exposure.astype(np.float32))


def learn_clues(fit: Fit, weight: Floats, clues: Emission, rng: np.random.Generator) -> Floats:
    """Draws of the probabilities of clues given all records, shape (draws, kinds, clues).

    ``clues`` are those that the fit takes them to have.
    """
    chains, passes = _LEARNING
    allocation, learned = _Allocation(fit, chains, rng), []
    for number, _ in enumerate(_walk(fit, weight, allocation, passes, rng)):
        drawn = _dirichlet(rng, PRIOR + allocation.told())
        allocation.believe(drawn, clues)
        if number >= passes // 3:
            learned.append(drawn)
    return np.concatenate(learned)


def _dirichlet(rng: np.random.Generator, parameters: Floats, number: int | None = None) -> Floats:
    """Draws of probabilities along the last axis."""
    shape = parameters.shape if number is None else (number, *parameters.shape)
    drawn = rng.standard_gamma(np.broadcast_to(parameters, shape))
    return np.asarray(drawn / drawn.sum(axis=-1, keepdims=True))


def _walk(
    fit: Fit, weight: Floats, allocation: _Allocation, passes: int, rng: np.random.Generator
) -> Iterator[Singles]:
    """Log mean numbers of incidents in each chain, shape (chains, sites): where they begin, and after each pass."""
    chains = len(allocation.base)
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
    noise = _Field.of(fit, weight, cells).draw(normal(len(centre)))
    beta = normal(len(rest))
    level: Singles = centre + beta @ rest
    log_mean = level + noise
    yield log_mean
    beyond = remainder(log_mean)
    fields = [_Field.of(fit, _HEEDED * weight, block, first) for block, first in _BLOCKS[:passes]]
    wider = np.float32(1 - _HEEDED) * half
    for number in range(passes):
        field = fields[number % len(fields)]
        lent = allocation.draw(log_mean)
        proposed = field.draw(normal(len(centre)), lent, noise)
        there = level + proposed
        ahead = remainder(there)
        taken = _taken(ahead - beyond - wider * (proposed**2 - noise**2), field, rng)
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
        yield log_mean


def _taken(gain: Singles, field: _Field, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Sites whose proposals are taken, by the blocks of a field: Metropolis' rule, shape of the gain."""
    of_block = np.add.reduceat(gain, field.starts, axis=1)
    taken = np.log1p(-rng.random(of_block.shape, dtype=np.float32)) < of_block
    return np.repeat(taken, field.sizes, axis=1)


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
    """The field given some cells that are held, and the crossings' effects: P = L D L', the precision in the blocks.

    ``starts`` are the first sites of all blocks, those held and those at crossings among them, ``sizes`` their numbers
    of sites; ``pivots`` are D, for crossings their precision, and ``factor`` is L below its diagonal; ``coupling``
    the precision between consecutive cells.
    """

    held: Ints
    starts: Ints
    sizes: Ints
    pivots: Singles
    factor: Singles
    coupling: Singles

    @classmethod
    def of(cls, fit: Fit, weight: Floats, block: int, first: int | None = None) -> _Field:
        """The field of an approximation, every so many cells held from one on."""
        cells, diagonal = len(fit.line.road), fit.diagonal + weight
        fixed = np.empty(0, np.intp) if first is None else np.arange(first, cells, block)
        off = fit.off_diagonal.copy()
        off[fixed[fixed > 0] - 1] = 0
        off[fixed[fixed < cells - 1]] = 0
        diagonal[:cells], factor = dpttrf(diagonal[:cells], off)[:2]
        starts = np.unique(np.concatenate([[0], fixed, np.arange(cells, len(diagonal))]))
        sizes = np.diff(np.append(starts, len(diagonal)))
        return cls(fixed, starts, sizes, *(part.astype(np.float32) for part in (diagonal, factor, fit.off_diagonal)))

    def draw(self, fresh: Singles, lent: Singles | None = None, now: Singles | None = None) -> Singles:
        """White noise z turned into effects P⁻¹ (L √D z + what records lend and held cells pull); (chains, sites)."""
        cells, fixed = len(self.factor) + 1, self.held
        fresh *= np.sqrt(self.pivots)
        fresh[:, 1:cells] += self.factor * fresh[:, : cells - 1]
        if lent is not None and now is not None:
            fresh += lent
            before, after = fixed[fixed > 0], fixed[fixed < cells - 1]
            fresh[:, before - 1] -= self.coupling[before - 1] * now[:, before]
            fresh[:, after + 1] -= self.coupling[after] * now[:, after]
        fresh[:, :cells] = spttrs(self.pivots[:cells], self.factor, fresh[:, :cells].T)[0].T
        fresh[:, cells:] /= self.pivots[cells:]
        if now is not None:
            fresh[:, fixed] = now[:, fixed]
        return fresh


class _Allocation:
    """Sites of the uncertain records in each chain; urns propose them, nearly as the fit shares the records out."""

    def __init__(self, fit: Fit, chains: int, rng: np.random.Generator) -> None:
        records = fit.records
        weights, _, counts = records.uncertain
        own = np.diff(weights.indptr)
        self.rng, self.sites = rng, np.asarray(weights.indices, np.intp)
        self.base = np.tile((records.certain - fit.expected).astype(np.float32), (chains, 1))
        few, crowd = counts < _MANY, counts >= np.maximum(_MANY, _CROWD * own)
        parts = [(row, slice(*weights.indptr[row : row + 2])) for row in np.flatnonzero(~few & ~crowd)]
        self.many = [(row, weights.indices[part], weights.data[part], round(counts[row])) for row, part in parts]
        share = weights.data * fit.mean[weights.indices]
        share *= np.repeat(_URN * few / (weights @ fit.mean), own)
        lots = np.maximum(np.rint(share), np.repeat(few, own)).astype(np.intp)
        self.urn, ends = np.repeat(np.arange(len(lots)), lots), np.append(0, lots.cumsum())[weights.indptr]
        self.worth = np.log(weights.data / np.maximum(lots, 1)).astype(np.float32)  # of an entry, whatever its rate
        of = np.repeat(np.arange(len(counts)), np.where(few, np.rint(counts), 0).astype(int))
        self.first, self.lots = ends[of], np.diff(ends)[of]
        clue = np.zeros(len(records.counts), np.intp) if records.clue is None else records.clue
        self.kind, self.clue = kind_of(fit.line), clue[records.vague]
        self.own_clue, self.chain, self.record = self.clue[of], np.arange(chains)[:, None], np.arange(len(of))
        # Where a chain begins in an array of all.
        self.of_site, self.of_clue = self.chain * len(fit.mean), self.chain * PRIOR.size + self.own_clue
        self.now = self._propose(1)[0]
        self.crowds = Crowds.of(weights[crowd], counts[crowd], self.clue[crowd], self.kind)
        self.numbers: list[Ints] = []  # records at the sites of each of many, as last drawn
        self.crowded = np.zeros((chains, len(self.crowds.sites)), np.float32)
        self.believed = np.zeros((chains, *PRIOR.shape), np.float32)
        sure = np.flatnonzero(~records.vague & (records.counts > 0))
        self.sure = np.zeros(PRIOR.shape)
        kind = self.kind[records.weights.indices[records.weights.indptr[sure]]]
        np.add.at(self.sure, (kind, clue[sure]), records.counts[sure])

    def believe(self, drawn: Floats, clues: Emission) -> None:
        """Take probabilities of clues, shape (chains, kinds, clues), in place of those that the weights hold."""
        taken = np.array(clues) / np.sum(clues, axis=1, keepdims=True)
        ratio = np.log(np.maximum(drawn, _LEAST) / np.maximum(taken, _LEAST))
        self.believed = np.where(taken > 0, ratio, 0.0).astype(np.float32)

    def _propose(self, number: int) -> Ints:
        """Entries drawn from the urns, shape (number, chains, records)."""
        lot = self.rng.random((number, len(self.base), len(self.first))) * self.lots
        return np.asarray(self.urn[self.first + lot.astype(np.intp)])

    def draw(self, log_mean: Singles) -> Singles:
        """Records at each site less those that the fit expects, with sites drawn anew, shape (chains, sites)."""
        lent = self.base.copy()
        if len(self.first):
            offered = np.concatenate([self.now[None], self._propose(_PROPOSED)])
            site = self.sites[offered]
            share = log_mean.ravel()[site + self.of_site] + self.worth[offered]
            share += self.believed.ravel()[self.kind[site] * PRIOR.shape[1] + self.of_clue]
            share = np.exp(share - share.max(axis=0)).cumsum(axis=0)
            picked = (share < share[-1] * self.rng.random(self.now.shape, dtype=np.float32)).sum(axis=0)
            self.now = offered[picked, self.chain, self.record]
            np.add.at(lent.ravel(), (self.sites[self.now] + self.of_site).ravel(), np.float32(1))
        self.numbers = []
        for row, sites, weight, count in self.many:
            rate = log_mean[:, sites] + self.believed[:, self.kind[sites], self.clue[row]]
            share = weight * np.exp(np.minimum(rate, _TOP)).astype(float)
            self.numbers.append(self.rng.multinomial(count, share / share.sum(axis=1, keepdims=True)))
            lent[:, sites] += self.numbers[-1]
        if self.crowded.size:
            self.crowded = self.crowds.draw(log_mean, self.believed, self.rng)
            lent += self.crowded @ self.crowds.of_site
        return lent

    def told(self) -> Floats:
        """Records as last drawn by chain, kind of site and clue."""
        told = np.tile(self.sure, (len(self.base), 1, 1))
        np.add.at(told, (self.chain, self.kind[self.sites[self.now]], self.own_clue), 1)
        for (row, sites, _, _), number in zip(self.many, self.numbers, strict=False):
            told[:, :, self.clue[row]] += number @ np.eye(len(PRIOR))[self.kind[sites]]
        told += np.maximum(self.crowded @ self.crowds.of_told, 0).reshape(told.shape)
        return told


class Crowds(NamedTuple):
    """Placements with several records for each of their sites, one entry for each of those sites.

    ``of_site`` and ``of_told`` add the entries up by site, and by kind of site and clue.
    """

    weight: Singles
    sites: Ints
    records: Singles
    clue: Ints
    start: Ints
    kind: Ints
    of_site: csr_array
    of_told: csr_array

    @classmethod
    def of(cls, weights: csr_array, counts: Floats, clue: Ints, kind: Ints) -> Crowds:
        """The crowds among the uncertain placements; the clue of each, and the kind of every site."""
        own = np.diff(weights.indptr)
        sites, clues = np.asarray(weights.indices, np.intp), np.repeat(clue, own)

        def by(code: Ints, number: int) -> csr_array:
            return csr_array((np.ones(len(code), np.float32), (np.arange(len(code)), code)), shape=(len(code), number))

        told = by(kind[sites] * PRIOR.shape[1] + clues, PRIOR.size)
        records, start = np.repeat(counts, own).astype(np.float32), np.asarray(weights.indptr[:-1], np.intp)
        each = weights.data.astype(np.float32)
        return cls(each, sites, records, clues, start, kind[sites], by(sites, len(kind)), told)

    def draw(self, log_mean: Singles, believed: Singles, rng: np.random.Generator) -> Singles:
        """Records of each placement at each of its sites, shape (chains, entries): mean and covariance multinomial."""
        own = np.diff(np.append(self.start, len(self.sites)))
        share = self.weight * np.exp(np.minimum(log_mean[:, self.sites] + believed[:, self.kind, self.clue], _TOP))
        share /= np.repeat(np.add.reduceat(share, self.start, axis=1), own, axis=1)
        number = np.sqrt(share * self.records) * rng.standard_normal(share.shape, dtype=np.float32)
        number += share * (self.records - np.repeat(np.add.reduceat(number, self.start, axis=1), own, axis=1))
        return np.asarray(number)
