"""What a record says of its place beyond its point: the estimate and its test heed it.

Goods on rails cross where rails do, a lorry doesn't cross at a railway station, and what was driven, dug or piped
over outside a checkpoint passed none. Silence tells nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from geo.frontier import Frontier
    from geo.placing import Located

__all__ = ["ELSEWHERE_MODES", "OUTSIDE", "clues", "narrow"]

ELSEWHERE_MODES = ("foot", "pipeline", "tunnel")
OUTSIDE = "outside a checkpoint"
"""The words by which a record's ``concealment`` says that no crossing was used."""

NO_CLUE, ELSEWHERE, BY_RAIL, BY_ROAD = range(4)


def clues(incidents: pd.DataFrame) -> NDArray[np.intp]:
    """What each record says, shape (incidents,).

    Parameters
    ----------
    incidents
        With ``mode``, ``concealment`` and ``location_precision``.

    Returns
    -------
    ndarray
        ``ELSEWHERE``: not at a crossing. ``BY_RAIL``, ``BY_ROAD``: by such a crossing, or none. ``NO_CLUE``: nothing,
        or the crossing itself is named.
    """
    mode, named = incidents["mode"], incidents["location_precision"].eq("crossing")
    elsewhere = mode.isin(ELSEWHERE_MODES) | incidents["concealment"].str.contains(OUTSIDE, regex=False)
    says = [named, elsewhere, mode.eq("rail"), mode.eq("road")]
    return np.select([said.to_numpy(bool) for said in says], [NO_CLUE, ELSEWHERE, BY_RAIL, BY_ROAD], NO_CLUE)


def narrow(located: Located, frontier: Frontier) -> tuple[NDArray[np.intp], csr_array]:
    """Placements on the land border, narrowed by what the records say.

    Parameters
    ----------
    located
        Incidents on the border.
    frontier
        The border they were placed on.

    Returns
    -------
    ndarray of int, shape (incidents,)
        Row of each incident's placement, −1 where it lies on no land border.
    csr_array, shape (distinct placements, land cells)
        Weights, rows sum to one. A clue that would leave a placement no cell is ignored.
    """
    land = frontier.land_cells
    road, rail = land["road"].to_numpy(bool), land["rail"].to_numpy(bool)
    allowed = np.stack([np.ones(len(land), bool), ~(road | rail), rail, road | ~rail])
    weights = csr_array(located.placements[:, np.flatnonzero(frontier.cells["land"])])
    placement = located.incidents["placement"].to_numpy()
    on_land = (placement >= 0) & (np.diff(weights.indptr) > 0)[placement]
    number = np.full(len(placement), -1, np.intp)
    pairs = np.column_stack([placement, clues(located.incidents)])[on_land]
    if not len(pairs):
        return number, csr_array((0, len(land)))
    pairs, of_incident = np.unique(pairs, axis=0, return_inverse=True)
    number[on_land] = of_incident.ravel()
    narrowed = csr_array(weights[pairs[:, 0]])
    row = np.repeat(np.arange(len(pairs)), np.diff(narrowed.indptr))
    kept = narrowed.data * allowed[pairs[row, 1], narrowed.indices]
    left = np.bincount(row, kept, minlength=len(pairs))
    kept = np.where(left[row] > 0, kept, narrowed.data)
    narrowed.data = kept / np.bincount(row, kept, minlength=len(pairs))[row]
    narrowed.eliminate_zeros()
    return number, narrowed
