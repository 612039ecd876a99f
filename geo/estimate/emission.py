"""Emission of clues: words of records on how the border was crossed, by the kind of their site.

A record has one clue. The probability of a clue at each kind of site is learned with Dirichlet priors, but two are
fixed by what the words mean: at a crossing no record says that it was outside a checkpoint, and between crossings none
is at a named one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array, vstack

from geo.estimate.model import Records
from geo.vocabulary import CLUES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.estimate.model import Fit, Line
    from geo.estimate.scale import Emission

    Floats = NDArray[np.float64]

__all__ = ["KINDS", "PRIOR", "Told", "emission_at", "emission_of", "kind_of", "prior_emission"]

KINDS = ("road", "rail", "both", "between")
"""Kinds of site: at a crossing by road alone, by rail alone, by both; between crossings."""

PRIOR = np.array([[3, 0, 0.05, 1, 2], [3, 0, 3, 0.5, 0.5], [3, 0, 1, 1, 2], [0, 6, 0.1, 0.5, 3]])
"""Dirichlet parameters by kind: named, outside, train, checkpoint, silent; zero: fixed by what the words mean."""

_LITTLE = 0.05


@dataclass(frozen=True, eq=False)
class Told:
    """Knowledge of the records: where each may lie, and its clue, in a period of some years.

    ``weights`` is sparse, shape (placements, cells), rows of positive weights; ``counts`` are the records by placement
    and clue, shape (placements, clues).
    """

    weights: csr_array
    counts: Floats
    years: float

    def records(self, line: Line, emission: Emission) -> Records:
        """The records by placement and clue, with their weights on the sites of a line."""
        kind, blocks, counts, clues = kind_of(line), [], [], []
        cells = self.weights[:, line.cell]
        for clue in range(self.counts.shape[1]):
            rows = np.flatnonzero(self.counts[:, clue] > 0)
            shares = np.array(emission)[kind, clue]
            block = csr_array(cells[rows].multiply(shares[None, :]))
            block.eliminate_zeros()
            blocks.append(block)
            counts.append(self.counts[rows, clue])
            clues.append(np.full(len(rows), clue))
        return Records(csr_array(vstack(blocks)), np.concatenate(counts), self.years, np.concatenate(clues))


def kind_of(line: Line) -> NDArray[np.intp]:
    """Kind of each site, shape (sites,)."""
    road, rail = line.road[line.cell], line.rail[line.cell]
    return np.asarray(np.select([~line.at, road & rail, road], [3, 2, 0], 1), np.intp)


def prior_emission() -> Emission:
    """Probability of each clue at each kind of site before any record is seen."""
    return _as_emission(PRIOR)


def emission_at(fit: Fit, recorded: Told, emission: Emission) -> Emission:
    """Posterior mean of the probabilities of the clues, given where a fit puts each record."""
    log_mean = fit.log_exposure + fit.log_rate
    seen = _seen(fit.line, recorded, np.exp(log_mean - log_mean.max()), np.array(emission))
    return _as_emission(np.where(PRIOR > 0, PRIOR + seen, 0.0))


def emission_of(line: Line, recorded: Told, mean: Floats) -> Emission:
    """The same for any model, from the sites' mean numbers alone: nothing is fixed, and clues don't allocate."""
    return _as_emission(np.maximum(PRIOR, _LITTLE) + _seen(line, recorded, mean, np.ones(PRIOR.shape)))


def _seen(line: Line, recorded: Told, mean: Floats, emission: Floats) -> Floats:
    """Expected records by kind of site and clue."""
    kind = kind_of(line)
    seen = np.zeros(PRIOR.shape)
    cells = recorded.weights[:, line.cell]
    for clue in range(len(CLUES)):
        share = emission[kind, clue] * mean
        counts = recorded.counts[:, clue]
        total = cells @ share
        by_site = share * (cells.T @ np.divide(counts, total, out=np.zeros_like(counts), where=total > 0))
        seen[:, clue] = np.bincount(kind, by_site, minlength=len(KINDS))
    return seen


def _as_emission(weights: Floats) -> Emission:
    share = weights / weights.sum(axis=1, keepdims=True)
    return tuple(tuple(float(value) for value in row) for row in share)
