"""Shares beside a border's estimate: the share recorded outside checkpoints, and rates by who recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.estimate.risk import interval, rank_interval
from geo.incidents.selection import in_period, years_of
from geo.vocabulary import CLUES

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from geo.estimate.risk import Risk
    from geo.incidents.placing import Located

    Floats = NDArray[np.float64]

__all__ = ["SIDES", "by_side", "outside_share"]

SIDES = ("home", "neighbour")
"""Recording sides whose records alone give a border a rate and a rank."""

_DRAWS = 4000
_OUTSIDE = "outside"


def outside_share(risk: Risk, located: Located) -> pd.DataFrame:
    """Share of the records that were made outside checkpoints, per land border and in all ("").

    ``located`` are the incidents behind the estimate. ``outside_share`` is the posterior median of the incidents
    between crossings over all, with ``outside_low90`` and ``outside_high90``; ``outside_if_silent_share`` the same if
    every record without a clue were, by posterior means.
    """
    if _OUTSIDE not in risk.tables:
        risk.tables[_OUTSIDE] = _outside(risk, located)
    return risk.tables[_OUTSIDE].copy()


def _outside(risk: Risk, located: Located) -> pd.DataFrame:
    from geo.estimate.emission import Told  # noqa: PLC0415  (what is fitted needs more of SciPy)
    from geo.estimate.estimating import line_of, told_of  # noqa: PLC0415

    line = line_of(risk.frontier)
    land = risk.frontier.land_cells
    number = risk.sites * line.exposure(years_of(risk.period))
    recorded = told_of(located, risk.frontier, risk.period)
    silent = recorded.counts * (np.arange(len(CLUES)) == CLUES.index("silent"))
    records = Told(recorded.weights, silent, recorded.years).records(line, risk.hyper.emission)
    lent = np.where(line.at, records.shared(number.mean(axis=0)), 0.0)
    code, names = pd.factorize(land["neighbour"])
    rows = {}
    for key in (*range(len(names)), -1):
        own = np.ones(len(line.cell), bool) if key < 0 else code[line.cell] == key
        between, total = number[:, own & ~line.at].sum(axis=1), number[:, own].sum(axis=1)
        share = np.divide(between, total, out=np.full(len(total), np.nan), where=total > 0)
        ends = interval(share[:, None])
        rows["" if key < 0 else names[key]] = {
            "outside_share": ends["estimate"][0],
            "outside_low90": ends["low90"][0],
            "outside_high90": ends["high90"][0],
            "outside_if_silent_share": min(1.0, (between.mean() + lent[own].sum()) / (total.mean() or np.nan)),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("neighbour")


def by_side(located: Located, period: tuple[date, date], *, seed: int = 0) -> pd.DataFrame:
    """Rates and ranks of the land borders by the records of one side alone.

    A record's border is never in doubt, so each rate has the gamma posterior of a Poisson count (Jeffreys' prior).
    No correction for what a side does not see is made: hardly any record has both sides.

    Parameters
    ----------
    located
        Incidents on the border, already filtered.
    period
        First and last day.
    seed
        Where the draws of the ranks begin.

    Returns
    -------
    DataFrame
        Index: neighbour. For each side of :data:`SIDES`: ``{side}_records``, ``{side}_per_100km_year``,
        ``{side}_low90``, ``{side}_high90``, ``{side}_rank`` with ``_rank_low90`` and ``_rank_high90``; and
        ``sides_disagree``, whether the two rank intervals share no rank.
    """
    land = located.frontier.land_cells
    length = land.groupby("neighbour", sort=False)["length_km"].sum()
    exposure = length.to_numpy() / 100 * years_of(period)
    incidents = located.incidents
    dated = in_period(incidents, period)
    rng = np.random.default_rng(seed)
    table = pd.DataFrame(index=length.index)
    for side in SIDES:
        chosen = dated & incidents["recording_side"].eq(side)
        records = pd.Series(located.counts, incidents.index)[chosen].groupby(incidents["border"]).sum()
        count = records.reindex(length.index, fill_value=0).to_numpy(float)
        draws = rng.gamma(count + 0.5, 1 / exposure, (_DRAWS, len(count)))
        ends = interval(draws)
        rates = {"records": count, "per_100km_year": count / exposure, "low90": ends["low90"], "high90": ends["high90"]}
        rates |= rank_interval(draws)
        table = table.assign(**{f"{side}_{name}": values for name, values in rates.items()})
    apart = (table["home_rank_high90"] < table["neighbour_rank_low90"]) | (
        table["neighbour_rank_high90"] < table["home_rank_low90"]
    )
    return table.assign(sides_disagree=apart)
