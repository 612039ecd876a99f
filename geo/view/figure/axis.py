"""The land border of a figure on one axis, cut into lines of equal length, and the names of its peaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from geo.view.figure.names import name_of
from geo.view.figure.typeface import measure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.view.figure.content import Content

    Floats = NDArray[np.float64]

__all__ = ["LEFT", "LINES", "PEAK_SIZE", "RIGHT", "Axis", "Peak", "Top", "find_peaks", "lay_peaks", "unroll"]

LINES = 2
"""Into how many lines the border is cut."""

LEFT, RIGHT = 24.0, 4.0
_LANES = 2
PEAK_SIZE = 6.3

_TOPS = (2.4, 5.5, 11.0, 22.0, 55.0, 110.0)
_SHARES = (0.5, 0.3, 0.7, 0.15, 0.85, 0.0, 1.0)  # of a name, left of its leader
_APART = 2.5
_LEAST_PEAK, _PEAK_KM, _NAMED_KM = 0.2, 65.0, 25.0


@dataclass(frozen=True, eq=False)
class Axis:
    """Kilometres from the Caspian, clockwise."""

    begin: Floats  # km of each land cell, shape (land cells,)
    end: Floats
    start: dict[str, float]  # km where each neighbour's line begins
    span: float  # km of a line of the chart
    scale: float  # units a kilometre
    top: float  # rate at the upper edge
    crossings: pd.DataFrame  # of the land border, with their km in a column ``at``

    @property
    def middle(self) -> Floats:
        """Of each cell."""
        return (self.begin + self.end) / 2


class Top(NamedTuple):
    """A local maximum: its kilometre, the rate or the upper end of its interval there, its name."""

    km: float
    rate: float
    name: str


class Peak(NamedTuple):
    """The name of a maximum: where its leader stands, its left end and width, its lane, the rate it marks."""

    name: str
    at: float
    left: float
    width: float
    lane: int
    rate: float

    def over(self, x: float) -> bool:
        """Whether the name lies over a place of the axis."""
        return self.left - 1 < x < self.left + self.width + 1

    def fits(self, others: list[Peak], borders: list[float]) -> bool:
        """Whether it touches no name, no leader and no border's line; leaders run down from their lane."""
        if any(self.over(x) for x in borders):
            return False
        return not any(
            (other.lane < self.lane and self.over(other.at))
            or (other.lane > self.lane and other.over(self.at))
            or (
                other.lane == self.lane
                and other.left < self.left + self.width + _APART
                and self.left < other.left + other.width + _APART
            )
            for other in others
        )


def unroll(content: Content, width: float) -> Axis:
    """Lay the land border on an axis, cut into lines that fill a width."""
    cells = content.frontier.land_cells
    end = cells["length_km"].cumsum().to_numpy()
    begin = end - cells["length_km"].to_numpy()
    start = pd.Series(begin, cells["neighbour"].to_numpy()).groupby(level=0, sort=False).first()
    span = float(end[-1]) / LINES
    highest = float(content.rates.value[: len(end)].max()) * 1.05
    crossings = content.frontier.crossings
    crossings = crossings[crossings["cell"].ne("") & crossings["neighbour"].isin(start.index)]
    return Axis(
        begin,
        end,
        {str(code): float(km) for code, km in start.items()},
        span,
        (width - LEFT - RIGHT) / span,
        next((top for top in _TOPS if top >= highest), highest),
        pd.DataFrame(crossings).assign(at=crossings["neighbour"].map(start).astype(float) + crossings["km"]),
    )


def find_peaks(content: Content, axis: Axis, lang: str) -> list[Top]:
    """Local maxima above 0.2 near a crossing, the highest first."""
    rates = content.rates
    value = rates.value[: len(axis.end)]
    upper = value if rates.interval is None else rates.interval[: len(axis.end), 1]
    near = np.abs(axis.middle[:, None] - axis.middle) <= _PEAK_KM
    highest = np.where(near, value, -np.inf).max(axis=1)
    # A stretch of equal rates is one peak.
    first = np.r_[True, value[1:] != value[:-1]]
    peaks = []
    for c in sorted(np.flatnonzero((value >= _LEAST_PEAK) & (value == highest) & first), key=lambda k: (-value[k], k)):
        top = _middle_of_plateau(content, value, int(c))
        name = _name_near(content, axis, float(axis.middle[top]), lang)
        if name:
            peaks.append(Top(float(axis.middle[top]), float(upper[top]), name))
    return peaks


def lay_peaks(axis: Axis, tops: list[Top], first: float, width: float) -> list[Peak]:
    """Put the names of one line's maxima into lanes; a name that would touch another or a line is left out."""

    def x(km: float) -> float:
        return LEFT + (km - first) * axis.scale

    last = first + axis.span
    borders = [LEFT, *(x(km) for km in axis.start.values() if first <= km < last)]
    laid: list[Peak] = []
    for km, rate, name in tops:
        if not first <= km < last:
            continue
        at, w = x(km), measure(name, PEAK_SIZE, bold=True)
        tries = (Peak(name, at, at - share * w, w, lane, rate) for lane in range(_LANES) for share in _SHARES)
        laid += [one for one in tries if one.left + w <= width and one.fits(laid, borders)][:1]
    return laid


def _middle_of_plateau(content: Content, value: Floats, first: int) -> int:
    """The cell of the crossing with most records on a run of equal rates, or the run's middle."""
    after = np.flatnonzero(value[first:] != value[first])
    last = first + int(after[0]) - 1 if len(after) else len(value) - 1
    crossings = [place for place in content.places if place.kind == "crossing" and first <= int(place.cells[0]) <= last]
    return int(min(crossings, key=lambda one: (-one.n, one.key)).cells[0]) if crossings else (first + last) // 2


def _name_near(content: Content, axis: Axis, km: float, lang: str) -> str:
    """The crossing within 25 km: a road one first, then that of most records, then the nearest."""
    near = axis.crossings[(axis.crossings["at"] - km).abs() <= _NAMED_KM]
    if near.empty:
        return ""
    number = {place.crossing: place.n for place in content.places if place.kind == "crossing"}
    ranked = near.assign(
        rail=near["mode"].eq("rail"),
        fewer=[-number.get(str(key), 0) for key in near.index],
        off=(near["at"] - km).abs(),
    ).sort_values(["rail", "fewer", "off"], kind="stable")
    return name_of(ranked.iloc[0], lang)
