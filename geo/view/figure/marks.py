"""Positions of the marks on the map. Greedy and always the same: by kind, then number, then key.

Nothing sits on the border: what is at a crossing hangs beside it on a stem, a region's tag stands outside the
country. What is in a town stands where the town is, or hangs beside it where another town is in the way. Where
there is no room for all, neighbouring marks of one kind become one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.view.figure.content import LETTERS
from geo.view.figure.occupied import LOOSEST, Room
from geo.view.figure.pen import Box

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from geo.view.figure.content import Content, Place
    from geo.view.figure.projection import View

    Points = NDArray[np.float64]

__all__ = ["AIR_SIZE", "RING", "TAG_HEIGHT", "Mark", "bead_radius", "place_marks", "tag_width"]

AIR_SIZE, TAG_HEIGHT = 10.0, 11.0
RING = 2.2  # from a town's mark to its dashed ring

_FAN = (0.0, 0.3, -0.3, 0.6, -0.6, 0.9, -0.9, 1.2, -1.2)
_LENGTHS = (5.0, 9.0, 14.0, 20.0, 27.0, 36.0, 46.0)
_TURN_COST = 10.0
_TRIES = sorted(product(_FAN, _LENGTHS), key=lambda one: one[1] + _TURN_COST * abs(one[0]))
_STAGES = ((0, 0.0), (1, 0.0), (0, np.pi), (1, np.pi), (2, 0.0), (LOOSEST, 0.0), (LOOSEST, np.pi))
_TAG_LENGTHS = (9.0, 14.0, 21.0, 29.0, 38.0, 50.0)
_TAG_SHARES = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9)
_ASIDE = (11.0, 14.0, 18.0, 23.0, 29.0, 36.0)
_NEAR = {"crossing": 7.5, "town": 7.5, "air": 7.0}  # from which marks of a kind become one
_WIDER = (1.0, 1.5, 2.2, 3.3, 5.0)  # times that, one after the other, where there is no room
_MOST_MARKS = 130
_MOST = 100  # a bead grows up to this number of records
_ORDER = {letter: place for place, letter in enumerate(LETTERS)}


@dataclass(frozen=True, eq=False)
class Mark:
    """A mark on the page; kind and key are those of its largest place."""

    kind: str
    key: str
    x: float
    y: float
    r: float  # that nothing else may enter
    foot: tuple[float, float] | None  # where its stem or leader starts
    places: tuple[Place, ...]  # the largest first
    goods: tuple[tuple[str, int], ...]  # letter of a family, records; in order

    @property
    def n(self) -> int:
        """Number of records."""
        return sum(count for _, count in self.goods)


def bead_radius(n: int) -> float:
    """Radius of the mark of n records."""
    return 3.9 if n == 1 else 4.5 + 1.45 * min(n, _MOST) ** 0.5


def tag_width(n: int) -> float:
    """Width of a region's tag."""
    return 10.0 + 4.0 * len(str(n))


def place_marks(content: Content, view: View, room: Room) -> tuple[list[Mark], int]:
    """Place every mark."""
    points = view.at(np.array([place.lonlat or (0.0, 0.0) for place in content.places]).reshape(-1, 2))
    marks, outside = [], 0
    for place, (x, y) in zip(content.places, points, strict=True):
        mark = Mark(place.kind, place.key, float(x), float(y), 0.0, None, (place,), place.goods)
        if place.lonlat is not None and not view.frame.grown(-4).holds(Box(mark.x, mark.y, 0, 0)):
            outside += mark.n
        else:
            marks.append(mark)
    attempts = [_merge_kinds(marks, wider) for wider in _WIDER]
    few = [of for of in attempts if sum(len(of[kind]) for kind in _NEAR) <= _MOST_MARKS] or attempts[-1:]
    homeless = []
    for of in few:
        placed = _place(of, view, room)
        homeless.append(sum(mark.r == 0 for mark in placed))
        if not homeless[-1]:
            break
    else:
        placed = _place(few[homeless.index(min(homeless))], view, room)
    return [mark if mark.r else replace(mark, r=bead_radius(mark.n)) for mark in placed], outside


def _place(of: dict[str, list[Mark]], view: View, room: Room) -> list[Mark]:
    """Place marks anew, kind by kind; those without room stay where they are, with no radius."""
    room.clear()
    return [place(mark, view, room) or mark for kind, place in _PLACERS.items() for mark in of[kind]]


def _merge_kinds(marks: list[Mark], wider: float) -> dict[str, list[Mark]]:
    return {kind: _merge([m for m in marks if m.kind == kind], wider * _NEAR.get(kind, 0)) for kind in _PLACERS}


def _merge(marks: list[Mark], near: float) -> list[Mark]:
    """Marks closer than a distance become one, at the place of the largest."""
    merged: list[list[Mark]] = []
    middles = np.empty((0, 2))
    for mark in sorted(marks, key=lambda one: (-one.n, one.key)):
        close = np.flatnonzero(np.hypot(*(middles - (mark.x, mark.y)).T) < near)
        if len(close):
            merged[close[0]].append(mark)
        else:
            merged.append([mark])
            middles = np.vstack([middles, [mark.x, mark.y]])
    together = [
        replace(group[0], places=tuple(place for mark in group for place in mark.places), goods=_sum(group))
        for group in merged
    ]
    return sorted(together, key=lambda one: (-one.n, one.key))


def _sum(marks: list[Mark]) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for mark in marks:
        for letter, n in mark.goods:
            counts[letter] = counts.get(letter, 0) + n
    return tuple(sorted(counts.items(), key=lambda item: _ORDER[item[0]]))


def _district(mark: Mark, view: View, room: Room) -> Mark:  # noqa: ARG001  (a soft disc lies under everything)
    return replace(mark, r=max(8.0, mark.places[0].radius * view.units_per_km))


def _town(mark: Mark, view: View, room: Room) -> Mark | None:
    """Position of a town's mark: on the town, beside it where it would cover another town."""
    r = bead_radius(mark.n) + RING
    if room.touches(mark.x, mark.y, r):
        inland = view.country.centroid
        return _hang(mark, float(np.arctan2(inland.y - mark.y, inland.x - mark.x)), room)
    room.take(mark.x, mark.y, r)
    return replace(mark, r=r)


def _crossing(mark: Mark, view: View, room: Room) -> Mark | None:
    inward = view.inward[mark.places[0].cells[0]]
    return _hang(mark, float(np.arctan2(inward[1], inward[0])), room)


def _hang(mark: Mark, inland: float, room: Room) -> Mark | None:
    """The nearest free place along a fan of directions; the tests loosen one by one, outward comes last."""
    foot, r = (mark.x, mark.y), bead_radius(mark.n)
    for loose, side in _STAGES:
        ways = np.array([(np.cos(inland + turn + side), np.sin(inland + turn + side)) for turn, _ in _TRIES])
        ends = np.add(ways * np.array([[length] for _, length in _TRIES]), foot)
        middles = ends + ways * r
        for k in np.flatnonzero(room.free(middles, r, loose)):
            if loose > 1 or not room.blocked(foot, (ends[k, 0], ends[k, 1]), loose):
                x, y = float(middles[k, 0]), float(middles[k, 1])
                room.take(x, y, r, foot)
                return replace(mark, x=x, y=y, r=r, foot=foot)
    return None


def _air(mark: Mark, view: View, room: Room) -> Mark | None:
    """An airport stays where it is unless something stands there; then it steps aside, on its side of the border."""
    r = max(AIR_SIZE, tag_width(mark.n) - 4) / 2 + 0.6
    turns = np.pi * np.array([0.5, -0.5, 0.0, 1.0, 0.25, -0.25, 0.75, -0.75])
    around = [np.column_stack([np.cos(turns), np.sin(turns)]) * distance for distance in _ASIDE]
    middles = np.add(np.vstack([np.zeros((1, 2)), *around]), (mark.x, mark.y))
    home = shapely.contains_xy(view.country, mark.x, mark.y)
    same = shapely.contains_xy(view.country, middles[:, 0], middles[:, 1]) == home
    free = np.flatnonzero(room.free(middles, r, loose=1) & same)
    if not len(free):
        return None
    x, y = (float(value) for value in middles[free[0]])
    room.take(x, y, r)
    return replace(mark, x=x, y=y, r=r)


def _region(mark: Mark, view: View, room: Room) -> Mark | None:
    """Outside the country, as near to the middle of its stretch as there is room."""
    cells = mark.places[0].cells
    order = [int(cells[min(len(cells) - 1, int(share * len(cells)))]) for share in _TAG_SHARES]
    half = tag_width(mark.n) / 2
    for length, c in product(_TAG_LENGTHS, order):
        foot = view.middle[c]
        out = np.arctan2(-view.inward[c][1], -view.inward[c][0]) + np.array([0.0, 0.4, -0.4])
        middles = foot + np.column_stack([np.cos(out), np.sin(out)]) * (length + half)
        for k in np.flatnonzero(room.free(middles, half + 1)):
            x, y = float(middles[k, 0]), float(middles[k, 1])
            high = TAG_HEIGHT / 2 + 1
            if not view.country.intersects(shapely.box(x - half - 1, y - high, x + half + 1, y + high)):
                room.take(x, y, half)
                return replace(mark, x=x, y=y, r=half, foot=(float(foot[0]), float(foot[1])))
    return None


_PLACERS: dict[str, Callable[[Mark, View, Room], Mark | None]] = {
    "district": _district,
    "town": _town,
    "crossing": _crossing,
    "air": _air,
    "region": _region,
}
