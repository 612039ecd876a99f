"""Estimate how often incidents are recorded: of what is chosen, and of each goods category, all on one footing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from geo.estimate.hyperparameters import choose_hyper, fit_posterior
from geo.estimate.model import Line, Records
from geo.estimate.risk import TOP, Risk, among_highest
from geo.incidents.selection import Selection, in_period, rate_period, years_of
from geo.vocabulary import GOODS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.border.frontier import Frontier
    from geo.estimate.scale import Hyper
    from geo.incidents.placing import Located

    Period = tuple[date | str | None, date | str | None]

__all__ = ["DRAWS", "ENOUGH", "estimate_goods", "estimate_risk", "learn_hyper", "line_of", "records_of"]

DRAWS = 1000
NEAR_KM, NEAR_INCIDENTS = 25.0, 0.5
_Z50, _Z90 = 0.6744897501960817, 1.6448536269514722  # normal quantiles

ENOUGH = 10
"""Fewest dated incidents on the land border for which a goods category gets an estimate of its own on a page."""


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
        First and last day; None for those of :func:`geo.incidents.selection.rate_period`.
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
            "p_top": among_highest(rates, TOP),
            "near_record": _near_record(located, frontier),
        },
        index=land.index,
    )
    return Risk(cells, (since, until), hyper, frontier, lambda: rates)


def learn_hyper(everything: Located) -> Hyper:
    """Hyperparameters from all records but those merely refused entry, in the default period.

    With them every selection is estimated on the same footing, so that two views compare, and faster.

    Parameters
    ----------
    everything
        All incidents on the border.
    """
    period = rate_period(everything.incidents, Selection())
    frontier = everything.frontier
    return choose_hyper(line_of(frontier), records_of(everything.select(Selection()), frontier, period))


def estimate_goods(located: Located, hyper: Hyper, *, period: tuple[date, date]) -> dict[str, Risk]:
    """Estimates of all goods, under the key ``""``, and of each category with enough incidents.

    Parameters
    ----------
    located
        Incidents on the border, already filtered.
    hyper
        From :func:`learn_hyper`.
    period
        First and last day.
    """
    goods = located.incidents["goods"]
    chosen = {"": located} | {name: located.take(goods.index[goods.eq(name)]) for name in GOODS}
    return {
        name: estimate_risk(some, some.frontier, period=period, hyper=hyper)
        for name, some in chosen.items()
        if not name or records_of(some, some.frontier, period).counts.sum() >= ENOUGH
    }


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
