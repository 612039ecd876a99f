"""How often incidents are recorded along the border, and how sure that is.

Recorded interceptions, never flows: the estimate says where somebody found something and reported it. The model is
in :mod:`geo.field`; docs/method.md says what its numbers mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from geo.errors import UnknownValueError
from geo.field import Line, Records
from geo.hyper import Hyper, choose_hyper, fit_posterior
from geo.selection import Selection, in_period, rate_period, years_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.frontier import Frontier
    from geo.placing import Located

    Floats = NDArray[np.float64]
    Period = tuple[date | str | None, date | str | None]

__all__ = ["DRAWS", "LEVELS", "TOP", "Risk", "aggregate", "estimate_risk", "line_of", "records_of", "years_of"]

DRAWS = 1000
TOP = 5
LEVELS = ("border", "segment", "region", "crossing")
NEAR_KM, NEAR_INCIDENTS = 25.0, 0.5
_FIGURES = ("per_100km_year", "low90", "high90", "low50", "high50")
_Z50, _Z90 = 0.6744897501960817, 1.6448536269514722  # normal quantiles


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
    draws
        Posterior draws of the rates, shape (draws, cells).
    period
        First and last day.
    hyper
        Hyperparameters; pass them on to estimate a part of the records on the same footing, and faster.
    frontier
        The border that the cells belong to.
    """

    cells: pd.DataFrame
    draws: Floats
    period: tuple[date, date]
    hyper: Hyper
    frontier: Frontier


def estimate_risk(
    located: Located,
    frontier: Frontier,
    *,
    period: Period | None = None,
    hyper: Hyper | None = None,
    draws: int = DRAWS,
    seed: int = 0,
) -> Risk:
    """Estimate the rate of recorded incidents along the land border, with its uncertainty.

    Parameters
    ----------
    located
        Incidents on the border, already filtered. Those count that are dated, with the whole span that the date may
        mean inside the period.
    frontier
        The border they were placed on.
    period
        First and last day; None for those of :func:`geo.selection.rate_period`.
    hyper
        ``hyper`` of an estimate from more records; learned from these by default.
    draws
        Posterior draws, at least one.
    seed
        Where the random draws begin: equal seeds give equal results.

    Returns
    -------
    Risk
        Rates in incidents per 100 km and year.

    Raises
    ------
    ShekaraError
        When the period begins after it ends.
    ValueError
        When no draw is asked for, or a bound of the period is no date.

    Examples
    --------
    >>> import geo
    >>> frontier = geo.read_frontier()
    >>> risk = estimate_risk(geo.locate(geo.read_incidents(), frontier), frontier, draws=100)
    >>> bool((risk.cells["low90"] < risk.cells["high90"]).all())
    True
    """
    if draws < 1:
        raise ValueError(f"draws must be at least 1, found {draws}")
    since, until = _period(located, period)
    line, records = line_of(frontier), records_of(located, frontier, (since, until))
    if hyper is None:
        hyper = choose_hyper(line, records)
    posterior = fit_posterior(line, records, hyper, draws=draws, seed=seed)
    rates = np.exp(posterior.draws)
    land = frontier.land_cells
    counted = in_period(located.incidents, (since, until))
    cells = pd.DataFrame(
        {
            "incidents": located.per_cell(np.asarray(counted, float))[land.index],
            "exposure": line.length_km / 100 * records.years,
            "per_100km_year": np.exp(posterior.mean),
            "low90": np.exp(posterior.mean - _Z90 * posterior.sd),
            "high90": np.exp(posterior.mean + _Z90 * posterior.sd),
            "low50": np.exp(posterior.mean - _Z50 * posterior.sd),
            "high50": np.exp(posterior.mean + _Z50 * posterior.sd),
            "p_top": _among_highest(rates, TOP),
            "near_record": _near_record(located, frontier),
        },
        index=land.index,
    )
    return Risk(cells, rates, (since, until), hyper, frontier)


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


def line_of(frontier: Frontier) -> Line:
    """The land border as the model sees it."""
    land = frontier.land_cells
    return Line(*(land[name].to_numpy() for name in ("length_km", "road", "rail")))


def records_of(located: Located, frontier: Frontier, period: tuple[date, date]) -> Records:
    """The dated incidents of a period on the land border, by placement."""
    placement = located.incidents["placement"].to_numpy()
    weights = csr_array(located.placements[:, np.flatnonzero(frontier.cells["land"])])
    chosen = in_period(located.incidents, period).to_numpy() & (placement >= 0)
    counts = np.bincount(placement[chosen], weights=located.counts[chosen], minlength=weights.shape[0])
    # What lies on a coast has a placement, but none on the land.
    held = (counts > 0) & (np.diff(weights.indptr) > 0)
    return Records(weights[held], np.asarray(counts[held], float), years_of(period))


def _period(located: Located, period: Period | None) -> tuple[date, date]:
    since, until = (date.fromisoformat(day) if isinstance(day, str) else day for day in period or (None, None))
    return rate_period(located.incidents, Selection(since=since, until=until))


def _near_record(located: Located, frontier: Frontier) -> NDArray[np.bool_]:
    """Whether a share of the incidents, dated or not, lies within reach along the border."""
    land = frontier.land_cells
    end = land["length_km"].to_numpy().cumsum()
    middle = end - land["length_km"].to_numpy() / 2
    total = np.concatenate([[0.0], located.per_cell()[land.index].to_numpy().cumsum()])
    first, last = (
        np.searchsorted(middle, middle - NEAR_KM),
        np.searchsorted(middle, middle + NEAR_KM, side="right"),
    )
    return np.asarray(total[last] - total[first] >= NEAR_INCIDENTS)


def _among_highest(rates: Floats, number: int) -> Floats:
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
            "p_highest": _among_highest(rates, 1),
            f"p_top{TOP}": _among_highest(rates, TOP),
            "rank": rank,
            "rank_low90": rank_low,
            "rank_high90": rank_high,
        },
        index=names,
    )
