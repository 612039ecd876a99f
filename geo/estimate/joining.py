"""Placements that are nearly alike, joined: the fit to a million distinct uncertain places is one to some hundred."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["join_alike"]

_MOST = 800  # distinct placements: docs/method.md gives what joining the rest changes
_STEP = 1 / 32  # that middles, in spreads, and logs of spreads and peaks may lie apart to begin with


def join_alike(
    weights: csr_array, counts: Floats, border: NDArray[np.intp], most: int = _MOST
) -> tuple[csr_array, Floats]:
    """Join placements on one border with nearly the same middle, spread and peak, until few are left.

    Weights, shape (placements, cells), have rows that sum to one; counts the shape (placements, clues); ``border`` is
    the number of each cell's border. Up to ``most`` placements stay as they are; of more, what is joined lies as
    little apart as brings them there, and has the mean weights of its records.
    """
    number: NDArray[np.intp] = np.arange(len(counts), dtype=np.intp)
    step = _STEP
    cell = np.arange(weights.shape[1], dtype=float)
    middle = weights @ cell
    spread = np.sqrt(np.maximum(weights @ cell**2 - middle**2, 1e-6))
    peak = np.log(np.maximum.reduceat(weights.data, weights.indptr[:-1])) if len(counts) else middle
    shape = pd.DataFrame({"middle": middle, "spread": np.log(spread), "peak": peak})
    shape["border"] = border[weights.indices[weights.indptr[:-1]]]
    while len(shape) > most:
        rough = (shape / step).assign(border=shape["border"])
        rough["middle"] /= np.exp(step * rough["spread"].round())
        group = shape.groupby([column.to_numpy() for _, column in rough.round().items()], sort=False)
        number = group.ngroup().to_numpy(np.intp)[number]
        shape, step = group.mean().reset_index(drop=True), 2 * step
    joined = np.zeros((len(shape), counts.shape[1]))
    np.add.at(joined, number, counts)
    each = counts.sum(axis=1) / joined.sum(axis=1)[number]
    mean = csr_array((each, (number, np.arange(len(number)))), shape=(len(shape), len(number)))
    return csr_array(mean @ weights), joined
