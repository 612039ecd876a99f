"""How often incidents are recorded along the border, and how sure that is.

Recorded interceptions, never flows: the estimate says where somebody found something and reported it. The model is
in :mod:`geo.estimate.model`; docs/method.md says what its numbers mean.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from geo.errors import UnknownValueError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from numpy.typing import NDArray

    from geo.border.frontier import Frontier
    from geo.estimate.scale import Hyper

    Floats = NDArray[np.float64]

__all__ = ["LEVELS", "TOP", "Risk", "aggregate", "among_highest"]

TOP = 5
LEVELS = ("border", "segment", "region", "crossing")
_FIGURES = ("per_100km_year", "low90", "high90", "low50", "high50")


@dataclass(frozen=True, eq=False)
class Risk:
    """The estimate along the land border.

    Attributes
    ----------
    cells
        Indexed like ``frontier.land_cells``. ``incidents``: expected number in the period. ``exposure``: 100 km ×
        years. ``per_100km_year``: posterior median of the rate; ``low90`` … ``high50``: ends of its credible
        intervals. ``p_top``: probability of being among the five highest cells. ``near_record``: whether at least
        half an incident, of any date, is expected within 25 km along the border; elsewhere the estimate rests on
        the rest of the border alone.
    period
        First and last day.
    hyper
        Hyperparameters; pass them on to estimate a part of the records on the same footing, and faster.
    frontier
        The border that the cells belong to.
    sample
        Gives the draws when they are first asked for.
    tables
        What :func:`aggregate` has found so far, by level.
    """

    cells: pd.DataFrame
    period: tuple[date, date]
    hyper: Hyper
    frontier: Frontier
    sample: Callable[[], Floats] = field(repr=False)
    tables: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)

    @cached_property
    def draws(self) -> Floats:
        """Posterior draws of the rates, shape (draws, cells)."""
        return self.sample()


def aggregate(risk: Risk, *, by: str = "border") -> pd.DataFrame:
    """The estimate for whole borders, segments, regions or crossings, ranked with its uncertainty.

    Parameters
    ----------
    risk
        An estimate.
    by
        One of ``LEVELS``. A crossing takes the rate of the cell that holds it; a region that of its stretch of the
        land border.

    Returns
    -------
    DataFrame
        Index: the key, in the border's order; what has no land border is absent. ``per_100km_year`` (posterior
        median), ``low90``, ``high90``, ``low50``, ``high50``; ``p_highest`` and ``p_top5``, the probabilities of the
        highest rate and of one among the five highest; ``rank`` (posterior median, 1 = highest) with ``rank_low90``
        and ``rank_high90``.

    Raises
    ------
    UnknownValueError
        When ``by`` is none of the levels.
    """
    if by not in LEVELS:
        raise UnknownValueError("by", by, LEVELS)
    if by not in risk.tables:
        risk.tables[by] = _aggregate(risk, by)
    return risk.tables[by].copy()


def _aggregate(risk: Risk, by: str) -> pd.DataFrame:
    land = risk.frontier.land_cells
    if by == "crossing":
        crossings = risk.frontier.crossings
        place = land.index.get_indexer(crossings["cell"])
        held = np.unique(place[place >= 0])
        rates, names = risk.draws[:, held], pd.Index(land.index[held])
        # One cell, one figure: that of the cells, which the draws only come near.
        table = _ranked(rates, names).assign(**{name: risk.cells[name].reindex(names) for name in _FIGURES})
        found = table.reindex(land.index[place[place >= 0]])
        return found.set_axis(crossings.index[place >= 0])
    key = land[{"border": "neighbour", "segment": "segment", "region": "region_code"}[by]]
    code, names = pd.factorize(key)
    length = land["length_km"].to_numpy()
    share = csr_array((length, (np.arange(len(land)), code)), shape=(len(land), len(names)))
    rates = (risk.draws @ share) / np.bincount(code, length)
    table = _ranked(rates, pd.Index(names, name=key.name))
    return table[table.index != ""]


def among_highest(rates: Floats, number: int) -> Floats:
    """Share of the draws in which each column is among the highest."""
    draws, columns = rates.shape
    if columns <= number:
        return np.ones(columns)
    highest = np.argpartition(-rates, number - 1, axis=1)[:, :number]
    return np.asarray(np.bincount(highest.ravel(), minlength=columns) / draws)


def _ranked(rates: Floats, names: pd.Index) -> pd.DataFrame:
    """Medians, intervals and ranks from draws, shape (draws, names)."""
    ranks = (-rates).argsort(axis=1, kind="stable").argsort(axis=1) + 1
    low90, low50, middle, high50, high90 = np.quantile(rates, [0.05, 0.25, 0.5, 0.75, 0.95], axis=0)
    rank_low, rank, rank_high = np.quantile(ranks, [0.05, 0.5, 0.95], axis=0, method="inverted_cdf").astype(int)
    return pd.DataFrame(
        {
            "per_100km_year": middle,
            "low90": low90,
            "high90": high90,
            "low50": low50,
            "high50": high50,
            "p_highest": among_highest(rates, 1),
            f"p_top{TOP}": among_highest(rates, TOP),
            "rank": rank,
            "rank_low90": rank_low,
            "rank_high90": rank_high,
        },
        index=names,
    )
