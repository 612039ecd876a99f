"""Estimate how often incidents are recorded: of what is chosen, and of goods, all on one footing."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from geo.estimate.emission import Told
from geo.estimate.hyperparameters import choose_hyper, fit_posterior
from geo.estimate.joining import join_alike
from geo.estimate.model import Line
from geo.estimate.risk import TOP, Risk, among_highest, interval
from geo.incidents.selection import Selection, in_period, of_all_goods, rate_period, years_of
from geo.vocabulary import CLUES

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from geo.border.frontier import Frontier
    from geo.estimate.scale import Hyper
    from geo.incidents.placing import Located

    Period = tuple[date | str | None, date | str | None]
    Floats = NDArray[np.float64]

__all__ = [
    "DRAWS", "ENOUGH", "clues_of", "estimate_risk", "estimate_selection", "goods_share",
    "learn_hyper", "line_of", "share_draws", "told_of",
]  # fmt: skip

DRAWS = 1000
NEAR_KM, NEAR_INCIDENTS = 25.0, 0.5

ENOUGH = 10
"""Fewest dated incidents on the land border for which a goods category gets an estimate of its own on a page."""

_GOODS_PRIOR = 30.0  # records that the share of a goods at a site begins with
_APART = 7  # places in a sample that all sites share, from where one begins to where the next does
_SOME = 0.01  # records from which on a site's share of a goods has draws of its own


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
        Rates in incidents per 100 km and year, and at crossings a year.

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
    line, recorded = line_of(frontier), told_of(located, frontier, (since, until))
    if hyper is None:
        hyper = choose_hyper(line, recorded)
    rates = fit_posterior(line, recorded.records(line, hyper.emission), hyper, draws=draws, seed=seed).rates
    return _risk(located, frontier, (since, until), hyper, rates)


def learn_hyper(everything: Located) -> Hyper:
    """Hyperparameters from all records but those merely refused entry, in the default period.

    With them every selection is estimated on the same footing, so that two views compare, and faster.
    """
    period = rate_period(everything.incidents, Selection())
    frontier = everything.frontier
    return choose_hyper(line_of(frontier), told_of(everything.select(Selection()), frontier, period))


def estimate_selection(
    everything: Located, selection: Selection, hyper: Hyper, *, whole: Callable[[Selection], Risk] | None = None
) -> Risk:
    """The estimate of what a selection chooses, with goods and least quantities as shares of the estimate of all.

    ``hyper`` is that of :func:`learn_hyper`; ``whole`` gives the estimate of a selection that chooses no goods, where
    such are kept.
    """
    wider = of_all_goods(selection)
    located = everything.select(wider)
    if whole is None or wider == selection:
        period = rate_period(everything.incidents, selection)
        risk = estimate_risk(located, everything.frontier, period=period, hyper=hyper)
    else:
        risk = whole(wider)
    return risk if wider == selection else goods_share(risk, located, everything.select(selection))


def goods_share(risk: Risk, whole: Located, part: Located, *, seed: int = 0) -> Risk:
    """The estimate of some goods: that of all, scaled site by site to the goods' share.

    Few records of one goods tell less of where they are found than all records do. So each site's rate is taken times
    its share of the goods, (30 π + y_gs) / (30 + y_s), with π the goods' share of all records, y the records that the
    estimate of all puts at the site; in the draws the share is beta distributed. ``risk`` is the estimate of
    ``whole``, the incidents that the other filters leave; ``part`` are those of them that are chosen by goods or
    quantity.
    """
    frontier, line = risk.frontier, line_of(risk.frontier)
    mean = risk.sites.mean(axis=0) * line.exposure(years_of(risk.period))
    every, some = (
        told_of(located, frontier, risk.period).records(line, risk.hyper.emission).shared(mean)
        for located in (whole, part)
    )
    total = every.sum()
    share = float(some.sum() / total) if total else 0.0
    shares = share_draws(share, every, some, len(risk.sites), np.random.default_rng(seed))
    shares *= risk.sites
    return _risk(part, frontier, risk.period, risk.hyper, shares)


def share_draws(share: float, every: Floats, some: Floats, draws: int, rng: np.random.Generator) -> Floats:
    """Draws of a goods' share of the records at each site, Beta(30 π + y_g, 30 (1 − π) + y − y_g); (draws, sites).

    ``share`` is π, the goods' share of all records; ``every`` and ``some`` are y and y_g, the records at each site.
    """
    if not 0 < share < 1:
        return np.full((draws, len(every)), share)
    # Where no record lies all sites have the same distribution: one sample, begun elsewhere at each.
    ahead, behind = _GOODS_PRIOR * share, _GOODS_PRIOR * (1 - share)
    common = np.resize(rng.beta(ahead, behind, draws), draws + _APART * len(every))
    shares = np.lib.stride_tricks.sliding_window_view(common, _APART * len(every))[:draws, ::_APART].copy()
    own = np.flatnonzero(every > _SOME)
    rest = np.maximum(every - some, 0)[own]
    shares[:, own] = rng.beta(ahead + some[own], behind + rest, (draws, len(own)))
    return np.asarray(shares)


@lru_cache(maxsize=2)
def line_of(frontier: Frontier) -> Line:
    """The land border as the model sees it."""
    land = frontier.land_cells
    length_km, road, rail = (land[name].to_numpy() for name in ("length_km", "road", "rail"))
    return Line(length_km, road, rail, pd.factorize(land["neighbour"])[0], frontier.goes_on[: len(land)])


def told_of(located: Located, frontier: Frontier, period: tuple[date, date]) -> Told:
    """The dated incidents of a period on the land border, by placement (near-identical ones joined) and clue."""
    placement = located.incidents["placement"].to_numpy()
    weights = csr_array(located.placements[:, np.flatnonzero(frontier.cells["land"])])
    chosen = in_period(located.incidents, period).to_numpy() & (placement >= 0)
    clue = clues_of(located, frontier)
    counts = np.zeros((weights.shape[0], len(CLUES)))
    np.add.at(counts, (placement[chosen], clue[chosen]), located.counts[chosen])
    # What lies on a coast has a placement, but none on the land.
    counted = (counts.sum(axis=1) > 0) & (np.diff(weights.indptr) > 0)
    border = line_of(frontier).neighbour
    return Told(*join_alike(weights[counted], counts[counted], border), years_of(period))


def clues_of(located: Located, frontier: Frontier) -> NDArray[np.intp]:
    """Clue of each incident, as a number in :data:`geo.vocabulary.CLUES`, shape (incidents,).

    A record that says it was outside a checkpoint was so, wherever it lies. Else what lies in a crossing's cell for
    certain is named; and what is called named without such a cell is at a checkpoint.
    """
    incidents, cells = located.incidents, frontier.cells
    named, outside, checkpoint, silent = map(CLUES.index, ("named", "outside", "checkpoint", "silent"))
    clue = np.full(len(incidents), silent)
    if "clue" in incidents:
        clue = pd.Index(CLUES).get_indexer(pd.Index(incidents["clue"]))
        clue[clue < 0], clue[clue == named] = silent, checkpoint
    holders = cells.index[(cells["road"] | cells["rail"]).to_numpy()]
    at_one = incidents["spread"].eq("crossing").to_numpy() & incidents["cell"].isin(holders).to_numpy()
    clue[at_one & (clue != outside)] = named
    return np.asarray(clue, np.intp)


def _risk(located: Located, frontier: Frontier, period: tuple[date, date], hyper: Hyper, rates: Floats) -> Risk:
    land = frontier.land_cells
    counted = in_period(located.incidents, period)
    cells = pd.DataFrame(
        {
            "incidents": located.per_cell(np.asarray(counted, float))[land.index],
            "exposure": land["length_km"] / 100 * years_of(period),
            "at_crossing": land["road"] | land["rail"],
            "near_record": _near_record(located, frontier),
        },
        index=land.index,
    )
    whole = Risk(cells, period, hyper, frontier, lambda: rates).draws
    ends = interval(whole)
    columns = {"per_100km_year": ends["estimate"]} | {
        name: ends[name] for name in ("low90", "high90", "low50", "high50")
    }
    columns |= {"mean_per_100km_year": whole.mean(axis=0), "p_top": among_highest(whole, TOP)}
    return Risk(cells.assign(**columns), period, hyper, frontier, lambda: rates)


def _period(located: Located, period: Period | None) -> tuple[date, date]:
    since, until = (date.fromisoformat(day) if isinstance(day, str) else day for day in period or (None, None))
    return rate_period(located.incidents, Selection(since=since, until=until))


def _near_record(located: Located, frontier: Frontier) -> NDArray[np.bool_]:
    """Whether a share of the incidents, dated or not, lies within reach along the border."""
    land = frontier.land_cells
    end = land["length_km"].to_numpy().cumsum()
    middle = end - land["length_km"].to_numpy() / 2
    total = np.concatenate([[0.0], located.per_cell()[land.index].to_numpy().cumsum()])
    first, last = (np.searchsorted(middle, middle - NEAR_KM), np.searchsorted(middle, middle + NEAR_KM, side="right"))
    return np.asarray(total[last] - total[first] >= NEAR_INCIDENTS)
