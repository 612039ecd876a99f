"""Content of a figure: the colour of each stretch of the border, and the records gathered by place.

The same rules as the page's: how exactly a place is known decides its mark, and every record has exactly one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.estimate.risk import aggregate
from geo.incidents.reading import border_of
from geo.incidents.selection import Selection, rate_period
from geo.summaries.answers import ENOUGH, dated_on_line
from geo.summaries.breaks import SPAN, breaks_for
from geo.summaries.summary import in_period
from geo.view.drawing import NEAR, NONE
from geo.view.sites import cells_of, families_of, feet_of, sites_of
from geo.vocabulary import FAMILIES

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from geo.border.frontier import Frontier
    from geo.estimate.risk import Risk
    from geo.incidents.placing import Located

__all__ = ["LETTERS", "REFUSED", "Content", "Place", "Rates", "gather", "make_content", "rate_cells"]

_PLACED = ("crossing", "town", "district", "air")
REFUSED = "refused"
"""In place of a family's letter: goods merely turned back, no smuggling alleged."""
LETTERS = (*(family.letter for family in FAMILIES), REFUSED)
"""The order in which a mark's records are told."""


@dataclass(frozen=True, eq=False)
class Rates:
    """Rates of recorded incidents per 100 km and year, by cell of the border."""

    value: NDArray[np.float64]  # shape (cells,)
    near: NDArray[np.bool_]  # the whole line, and a coast where any record lies near
    breaks: tuple[float, ...]  # where the next colour begins; none: too few to tell
    interval: NDArray[np.float64] | None = None  # low90, high90, low50, high50, shape (cells, 4); NaN: coast

    @property
    def step(self) -> NDArray[np.intp]:
        """Step of the ramp, ``NONE`` along a coast where there is no record; shape (cells,)."""
        return np.where(self.near, np.searchsorted(self.breaks, self.value, side="right"), NONE)

    @property
    def unsure(self) -> NDArray[np.bool_]:
        """Whether the 90 % interval spans three steps or more; shape (cells,)."""
        if self.interval is None or not self.breaks:
            return np.zeros(len(self.value), bool)
        low, high = (np.searchsorted(self.breaks, self.interval[:, k], side="right") for k in (0, 1))
        return (high - low >= SPAN) & ~np.isnan(self.interval[:, 0]) & (self.step > 0)


@dataclass(frozen=True, eq=False)
class Place:
    """Records that a figure shows as one mark."""

    kind: str  # ``crossing``, ``town``, ``district``, ``region``, ``air``
    key: str  # tells it from every other one, and orders equal ones
    goods: tuple[tuple[str, int], ...]  # letter of a family, records; in the families' order
    border: str  # code, or AIR, POST, UNKNOWN
    lonlat: tuple[float, float] | None  # of a crossing its foot on the line; None for a region
    radius: float  # km within which a town or district lies
    crossing: str  # its id; blank elsewhere
    cells: NDArray[np.intp]  # positions: the likeliest one, or a region's stretch

    @property
    def n(self) -> int:
        """Number of records."""
        return sum(count for _, count in self.goods)


@dataclass(frozen=True, eq=False)
class Content:
    """Everything a figure shows."""

    frontier: Frontier
    located: Located
    period: tuple[date, date]  # days that the rates are for
    rates: Rates
    places: list[Place]  # by key
    counts: dict[str, tuple[int, int]]  # border → records, and those known to no place on it
    parts: dict[str, int]  # place, region, border, none, air, post, undated → records
    feet: dict[str, tuple[float, float]]  # id → where a crossing meets its line, degrees

    @property
    def n(self) -> int:
        """Number of records."""
        return len(self.located.incidents)

    @property
    def newest(self) -> str:
        """Date of the newest record as its source states it; blank where none has one."""
        dated = self.located.incidents.dropna(subset="date_end")
        return str(dated.loc[dated["date_end"].idxmax(), "date"]) if len(dated) else ""


def make_content(located: Located, frontier: Frontier, risk: Risk | None, period: tuple[date, date] | None) -> Content:
    """Gather what a figure shows."""
    incidents = located.incidents
    days = period or rate_period(incidents, Selection())
    kind, feet = sites_of(located).kind, feet_of(frontier)
    border = border_of(incidents)
    vague = kind.isin(["region", "border"])
    part = kind.where(~kind.isin(_PLACED), "place").value_counts()
    return Content(
        frontier,
        located,
        days,
        rate_cells(located, frontier, kind, risk, days),
        gather(located),
        {
            str(code): (int(border.eq(code).sum()), int((border.eq(code) & vague).sum()))
            for code in frontier.borders.index
        },
        {name: int(part.get(name, 0)) for name in ("place", "region", "border", "none")}
        | {"air": int(border.eq("AIR").sum()), "post": int(border.eq("POST").sum())}
        | {"undated": int(incidents["date_start"].isna().sum())},
        {str(key): (float(lon), float(lat)) for key, (lon, lat) in zip(feet.index, feet.to_numpy(), strict=True)},
    )


def rate_cells(
    located: Located, frontier: Frontier, kind: pd.Series, risk: Risk | None, period: tuple[date, date]
) -> Rates:
    """The estimate, or the plain rate, of each cell's stretch of about 50 km; a coast has the latter alone."""
    cells = frontier.cells
    # A record known only to a border says nothing about a stretch of it.
    expected = pd.DataFrame(
        {
            "dated": located.per_cell(in_period(located, period).to_numpy(np.float64)),
            "any": located.per_cell(kind.ne("border").to_numpy().astype(np.float64)),
            "km": cells["length_km"],
        }
    )
    stretch = expected.groupby(cells["segment"], sort=False).transform("sum")
    years = ((period[1] - period[0]).days + 1) / 365.25
    rate = (stretch["dated"] / (stretch["km"] / 100 * years)).to_numpy(copy=True)
    near = stretch["any"].ge(NEAR).to_numpy(copy=True)
    land = cells["land"].to_numpy()
    enough = dated_on_line(located, period) >= ENOUGH
    near |= land  # a coast without records is drawn as one, the line always as often as it is
    if risk is None:
        return Rates(rate, near, breaks_for(rate[land]) if enough else ())
    segments = aggregate(risk, by="segment")
    estimate = segments.reindex(cells.loc[land, "segment"])
    interval = np.full((len(cells), 4), np.nan)
    interval[land] = estimate[["low90", "high90", "low50", "high50"]].to_numpy(float)
    rate[land] = estimate["per_100km_year"].to_numpy(float)
    return Rates(rate, near, breaks_for(segments["estimate"]) if enough else (), interval)


def gather(located: Located) -> list[Place]:
    """The records that a map shows, gathered by site."""
    sites, cells = sites_of(located), located.frontier.cells
    shown = pd.Series(sites.of, located.incidents.index)[sites.kind.isin([*_PLACED, "region"])]
    incidents = located.incidents.loc[shown.index]
    letter = pd.Series([LETTERS[at] for at in families_of(incidents["goods"])], shown.index, dtype=object)
    letter = letter.mask(incidents["outcome_class"].eq("refused_entry"), REFUSED)
    counts = pd.crosstab(shown, letter).reindex(columns=list(LETTERS), fill_value=0)
    cell = incidents["cell"].groupby(shown).first()
    rows: list[Any] = list(sites.table.iloc[counts.index].itertuples())
    return [
        Place(
            row.kind,
            str(row.Index),
            tuple((family, int(n)) for family, n in zip(LETTERS, numbers, strict=True) if n),
            row.border,
            None if row.kind == "region" else (float(row.lon), float(row.lat)),
            float(row.radius_km),
            row.crossing_id,
            _cells(row, cells, located.frontier.crossings["cell"].get(row.crossing_id, first)),
        )
        for row, numbers, first in zip(rows, counts.to_numpy(), cell.loc[counts.index], strict=True)
    ]


def _cells(row: Any, cells: pd.DataFrame, cell: str) -> NDArray[np.intp]:
    """The cells of a region's stretch, or the one where a site lies."""
    if row.kind == "region":
        return cells_of(cells, row.border, row.region_code)
    return np.flatnonzero(cells.index == cell)
