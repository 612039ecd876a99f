"""Rates of recorded incidents along the border, and how sure they are.

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

from geo.border.sketch import sketch_html
from geo.errors import UnknownValueError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from numpy.typing import NDArray

    from geo.border.frontier import Frontier
    from geo.estimate.scale import Hyper

    Floats = NDArray[np.float64]

__all__ = [
    "A_YEAR", "LEVELS", "PER_100KM_YEAR", "TOP", "Risk", "aggregate", "among_highest", "interval", "rank_interval",
    "rank_sites", "stretches",
]  # fmt: skip

TOP = 5
LEVELS = ("border", "segment", "region", "crossing", "place")
A_YEAR, PER_100KM_YEAR = "a year", "per 100 km and year"
"""Units of figures: at a crossing, and of a stretch."""

_ENDS = {"low90": 0.05, "low50": 0.25, "estimate": 0.5, "high50": 0.75, "high90": 0.95}
_KEYS = {"border": "neighbour", "segment": "segment", "region": "region_code"}


@dataclass(frozen=True, eq=False, repr=False)
class Risk:
    """The estimate along the land border.

    Attributes
    ----------
    cells
        Indexed like ``frontier.land_cells``. ``incidents``: expected number in the period. ``exposure``: 100 km ×
        years. ``per_100km_year``: posterior median of the rate, crossings and between them; ``low90`` … ``high50``:
        ends of its credible intervals; ``mean_per_100km_year``: its mean. ``at_crossing``: whether the cell holds a
        crossing. ``p_top``: probability of being among the five highest cells. ``near_record``: whether at least half
        an incident, of any date, is expected within 25 km along the border; elsewhere the estimate rests on the rest
        of the border alone.
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

    def __repr__(self) -> str:
        since, until = self.period
        return f"Risk({len(self.cells):,} cells, {self.cells['incidents'].sum():.0f} incidents, {since} to {until})"

    def _repr_html_(self) -> str:
        table = aggregate(self)[["estimate", "low90", "high90", "figure_unit", "rank_low90", "rank_high90"]].round(3)
        rates = aggregate(self, by="segment")["estimate"]
        lines = self.frontier.segments.geometry[rates.index]
        return sketch_html(lines, table, f"{self!r}: recorded interceptions, not flows", weights=rates)

    @cached_property
    def sites(self) -> Floats:
        """Posterior draws of the rates, shape (draws, cells + crossings).

        Between crossings, per 100 km and year, for each cell; then at crossings, a year, for each cell that holds one.
        """
        return self.sample()

    @property
    def between(self) -> Floats:
        """Draws of the rate between crossings, per 100 km and year, shape (draws, cells)."""
        return self.sites[:, : len(self.cells)]

    @property
    def at(self) -> Floats:
        """Draws of the rate at the crossings of each cell that holds some, a year, shape (draws, crossings)."""
        return self.sites[:, len(self.cells) :]

    @cached_property
    def draws(self) -> Floats:
        """Draws of the whole rate of each cell, per 100 km and year, shape (draws, cells)."""
        land = self.frontier.land_cells
        whole = self.between.copy()
        holders = np.flatnonzero(self.cells["at_crossing"])
        whole[:, holders] += self.at / (land["length_km"].to_numpy()[holders] / 100)
        return whole


def aggregate(risk: Risk, *, by: str = "border") -> pd.DataFrame:
    """The estimate for whole borders, segments, regions, crossings or places, ranked with its uncertainty.

    Parameters
    ----------
    risk
        An estimate.
    by
        One of ``LEVELS``. Crossings in one cell are one site and share its figure; a region has that of its stretch
        of the land border; a place is a site of crossings, under the key of the first of them, or the line between
        crossings in a segment, under the segment's. Places stand by their figure and are ranked among their kind.

    Returns
    -------
    DataFrame
        Index: the key, in the border's order; what has no land border is absent. ``estimate`` (posterior median),
        ``low90``, ``high90``, ``low50``, ``high50``, ``mean`` and ``figure_unit``; of stretches also
        ``per_100km_year`` (the same as ``estimate``), ``at_per_year`` and ``between_per_100km_year`` with their
        intervals (``at_low90`` …), NaN where there is no crossing. ``p_highest`` and ``p_top5``, the probabilities of
        the highest figure and of one among the five highest; ``rank`` (posterior median, 1 = highest) with
        ``rank_low90`` and ``rank_high90``; of places ``p_above_next``, the probability of more than the next has.

    Raises
    ------
    UnknownValueError
        When ``by`` is none of the levels.
    """
    if by not in LEVELS:
        raise UnknownValueError("by", by, LEVELS)
    if by not in risk.tables:
        make = {"crossing": _crossings, "place": rank_sites}.get(by)
        risk.tables[by] = make(risk) if make else _stretches(risk, _KEYS[by])
    return risk.tables[by].copy()


def stretches(risk: Risk, by: str) -> tuple[pd.Index, Floats, Floats, Floats]:
    """Draws of stretches, by a column of the cells: names, whole rate, rate at their crossings, rate between.

    Draws have the shape (draws, stretches): per 100 km and year, a year, per 100 km and year.
    """
    land = risk.frontier.land_cells
    code, names = pd.factorize(land[by])
    length = land["length_km"].to_numpy()
    total = np.bincount(code, length)
    share = csr_array((length / total[code], (np.arange(len(code)), code)), shape=(len(code), len(names)))
    holders = np.flatnonzero(risk.cells["at_crossing"])
    member = csr_array(
        (np.ones(len(holders)), (np.arange(len(holders)), code[holders])), shape=(len(holders), len(names))
    )
    between, at = risk.between @ share, risk.at @ member
    return pd.Index(names, name=by), between + at / (total / 100), at, between


def _stretches(risk: Risk, column: str) -> pd.DataFrame:
    names, whole, at, between = stretches(risk, column)
    table = _ranked(whole, names, PER_100KM_YEAR)
    table["per_100km_year"] = table["estimate"]
    for name, part, draws in (("at_per_year", "at", at), ("between_per_100km_year", "between", between)):
        ends = interval(draws)
        empty = ~draws.any(axis=0)
        table[name] = np.where(empty, np.nan, ends["estimate"])
        for end in ("low90", "high90"):
            table[f"{part}_{end}"] = np.where(empty, np.nan, ends[end])
    return table[table.index != ""]


def _crossings(risk: Risk) -> pd.DataFrame:
    land, crossings = risk.frontier.land_cells, risk.frontier.crossings
    sites = land.index[risk.cells["at_crossing"].to_numpy(bool)]
    table = _ranked(risk.at, sites, A_YEAR)
    table["at_per_year"] = table["estimate"]
    own = crossings["cell"].isin(sites).to_numpy()
    return table.reindex(crossings["cell"][own]).set_axis(crossings.index[own])


def rank_sites(risk: Risk, borders: Collection[str] = ()) -> pd.DataFrame:
    """Sites of crossings and the stretches between them, the highest figure first, whatever its unit.

    ``borders`` are codes of those whose places to rank; all by default. As :func:`aggregate` has it by place; ranks
    are among places of the same unit.
    """
    cells, crossings = risk.frontier.land_cells, risk.frontier.crossings
    first = pd.Series(crossings.index, crossings["cell"].to_numpy()).groupby(level=0, sort=False).first()
    holders = cells[risk.cells["at_crossing"].to_numpy(bool)]
    segments, _, _, between = stretches(risk, "segment")
    of_segment = cells.groupby("segment", sort=False)["neighbour"].first()[segments]
    parts, tables = [], []
    for draws, keys, neighbour, unit in (
        (risk.at, first[holders.index], holders["neighbour"], A_YEAR),
        (between, segments, of_segment, PER_100KM_YEAR),
    ):
        own = np.ones(len(keys), bool) if not borders else neighbour.isin(borders).to_numpy()
        parts.append(draws[:, own])
        tables.append(_ranked(draws[:, own], pd.Index(keys, name="key")[own], unit))
    draws, table = np.concatenate(parts, axis=1), pd.concat(tables)
    for name, number in (("p_highest", 1), (f"p_top{TOP}", TOP)):
        table[name] = among_highest(draws, number)
    order = np.argsort(-table["estimate"].to_numpy(), kind="stable")
    ordered, table = draws[:, order], table.iloc[order]
    table["p_above_next"] = [*(ordered[:, :-1] > ordered[:, 1:]).mean(axis=0), 1.0]
    return table


def among_highest(rates: Floats, number: int) -> Floats:
    """Share of the draws in which each column is among the highest."""
    draws, columns = rates.shape
    if columns <= number:
        return np.ones(columns)
    # What never reaches the least of as many columns is never among them.
    some = np.argpartition(-rates.mean(axis=0), number - 1)[:number]
    near = np.flatnonzero((rates >= rates[:, some].min(axis=1, keepdims=True)).any(axis=0))
    highest = near[np.argpartition(-rates[:, near], number - 1, axis=1)[:, :number]]
    return np.asarray(np.bincount(highest.ravel(), minlength=columns) / draws)


def interval(draws: Floats) -> dict[str, Floats]:
    """Median and ends of the 50 % and 90 % intervals of each column, shape (columns,) each, by name."""
    ordered = np.sort(np.ascontiguousarray(draws.T, np.float32), axis=1)
    ends = {}
    for name, share in _ENDS.items():
        place = share * (ordered.shape[1] - 1)
        below = int(place)
        above = min(below + 1, ordered.shape[1] - 1)
        low, high = ordered[:, below].astype(float), ordered[:, above].astype(float)
        ends[name] = low + (place - below) * (high - low)
    return ends


def rank_interval(draws: Floats) -> dict[str, NDArray[np.intp]]:
    """Median and ends of the 90 % interval of each column's rank by name, 1 the highest; of equal ones the first."""
    order = np.argsort(-draws, axis=1)
    falling = np.take_along_axis(draws, order, axis=1)
    if (falling[:, 1:] == falling[:, :-1]).any():  # which the quick way leaves in no order
        order = np.argsort(-draws, axis=1, kind="stable")
    ranks = np.empty(draws.shape, np.intp)
    np.put_along_axis(ranks, order, np.arange(1, draws.shape[1] + 1)[None], axis=1)
    ordered = np.sort(ranks.T, axis=1)
    ends = {"rank": 0.5, "rank_low90": 0.05, "rank_high90": 0.95}
    return {name: ordered[:, max(0, int(np.ceil(share * len(draws) - 1)))] for name, share in ends.items()}


def _ranked(rates: Floats, names: pd.Index, unit: str | NDArray[np.str_]) -> pd.DataFrame:
    """Medians, intervals and ranks from draws, shape (draws, names)."""
    ends = interval(rates)
    return pd.DataFrame(
        {
            **{name: ends[name] for name in ("estimate", "low90", "high90", "low50", "high50")},
            "mean": rates.mean(axis=0),
            "figure_unit": unit,
            "p_highest": among_highest(rates, 1),
            f"p_top{TOP}": among_highest(rates, TOP),
            **rank_interval(rates),
        },
        index=names,
    )
