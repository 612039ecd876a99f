"""Names on the map, placed greedily: none touches another or a mark, a neighbour's never lies over the country.

No room, no name: what a name would say is in the data.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from geo.language.catalogue import say
from geo.view.figure.pen import Box
from geo.view.figure.typeface import measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geo.view.figure.content import Content
    from geo.view.figure.marks import Mark
    from geo.view.figure.occupied import Room
    from geo.view.figure.projection import View

    Points = NDArray[np.float64]

__all__ = ["Name", "NameLine", "name_of", "place_names"]

_LEAST_NAMED = 3  # records at a crossing that is named
_MOST_ABROAD = 9
_CITIES = 2  # rank up to which a city is named
_GAP = 2.2
_FAR = (0.0, 9.0, 17.0, 26.0)
_ROUND = ((1, 0), (-1, 0), (0, -1), (0, 1), (0.72, -0.72), (-0.72, -0.72), (0.72, 0.72), (-0.72, 0.72))
_GRID = 4.0  # on which a neighbour's name may stand
_HEAD, _NOTE = 7.0, 6.0
_BROKEN = 12.0  # what breaking a note costs
_CENTRAL = 0.6  # how much nearness to the middle of its border counts beside nearness to the line
_WIDE = 12.0


class NameLine(NamedTuple):
    """A line of a name: its left end, baseline and look."""

    text: str
    x: float
    y: float
    size: float
    bold: bool
    colour: str


@dataclass(frozen=True)
class Name:
    """A name on the map, or several lines of one."""

    key: str  # of the mark, border or city that it names
    lines: tuple[NameLine, ...]
    box: Box
    leader: Points | None = None  # to its mark, as two ends; None beside it
    dot: tuple[float, float] | None = None  # of a city


class _Spot(NamedTuple):
    """Owner of a name: a mark or a city's dot."""

    key: str
    x: float
    y: float
    r: float


def name_of(row: Any, lang: str) -> str:
    """The name of a thing of the border files, without what stands in brackets; English where one is missing."""
    return (str(getattr(row, f"name_{lang}", "") or row.name_en)).split(" (")[0]


def place_names(content: Content, view: View, room: Room, marks: list[Mark], lang: str) -> list[Name]:
    """Place names: neighbours, crossings of three records or more, then cities, larger ones first."""
    names = _Names(view, room, marks)
    for code, row in zip(content.frontier.borders.index, content.frontier.borders.itertuples(), strict=True):
        names.add(_neighbour(names, str(code), name_of(row, lang).upper(), _note(content.counts[code], lang)))
    for mark in sorted(marks, key=lambda one: (-one.n, one.key)):
        if mark.kind == "crossing" and mark.n >= _LEAST_NAMED:
            crossing = content.frontier.crossings.loc[mark.places[0].crossing]
            text = name_of(crossing, lang)
            if len(mark.places) > 1:
                text = say(lang, "map.more", name=text, n=str(len(mark.places) - 1))
            names.add(names.beside(_spot(mark), text, size=6.6, bold=True, far=True))
    for city in _cities(content):
        names.add(_city(names, city, lang))
    return names.found


def _spot(mark: Mark) -> _Spot:
    return _Spot(mark.key, mark.x, mark.y, mark.r)


def _note(counts: tuple[int, int], lang: str) -> str:
    n, vague = counts
    if not n:
        return say(lang, "map.no-records")
    return say(lang, "map.neighbour", n=n, m=vague) if vague else say(lang, "map.neighbour-all", n=n)


class _Names:
    """The names placed so far, and what they must keep off."""

    def __init__(self, view: View, room: Room, marks: list[Mark]) -> None:
        self.view, self.room = view, room
        self.found: list[Name] = []
        self.marks = marks
        self.solid = [mark for mark in marks if mark.kind != "district"]
        self._at = np.array([(mark.x, mark.y, mark.r) for mark in self.solid]).reshape(-1, 3)
        self._keys = np.array([mark.key for mark in self.solid])
        stems = [(*mark.foot, mark.x, mark.y) for mark in self.solid if mark.foot is not None]
        ends = np.array(stems).reshape(-1, 4)
        steps = np.linspace(0, 1, 12)[:, None, None]
        self._stems = (ends[:, :2] + steps * (ends[:, 2:] - ends[:, :2])).reshape(-1, 2)

    def add(self, name: Name | None) -> None:
        if name is not None:
            self.found.append(name)

    def free(self, box: Box, own: str, *, strict: bool) -> bool:
        """Whether a name has room; not strict: it may lie on a quiet stretch of the border."""
        if not self.view.frame.grown(-3).holds(box) or any(box.meets(taken) for taken in self.room.kept):
            return False
        if any(box.grown(1).meets(name.box) for name in self.found):
            return False
        if any(name.dot and _gap(box, np.array([name.dot]))[0] < 3 for name in self.found):  # noqa: PLR2004
            return False
        others = self._keys != own
        if (_gap(box, self._at[others, :2]) < self._at[others, 2] + 1.2).any():
            return False
        if (_gap(box, self._stems) < 1.2).any():  # noqa: PLR2004
            return False
        near = _gap(box, self.room.ribbon) < self.room.half + 1.2
        return not bool(near.any() if strict else (near & self.room.hot).any())

    def nearest(self, box: Box, spot: _Spot) -> bool:
        """Whether no other mark is nearer to a name than its own."""
        mine = max(0.0, float(_gap(box, np.array([[spot.x, spot.y]]))[0]) - spot.r)
        others = self._keys != spot.key
        gaps = np.maximum(0, _gap(box, self._at[others, :2]) - self._at[others, 2])
        return bool((gaps >= mine - 0.3).all())

    def open(self, leader: Points, own: str) -> bool:
        """Whether a leader crosses no name, no other mark and not the border."""
        points = np.linspace(leader[0], leader[1], 2 + int(np.hypot(*(leader[1] - leader[0]))))
        boxes = [Box(float(x), float(y), 0, 0) for x, y in points]
        others = self._keys != own
        return not any(
            any(box.meets(name.box) for name in self.found)
            or (_gap(box, self._at[others, :2]) < self._at[others, 2] + 0.8).any()
            or (_gap(box, self.room.ribbon) < self.room.half + 0.8).any()
            for box in boxes
        )

    def beside(self, spot: _Spot, text: str, *, size: float, bold: bool, far: bool) -> Name | None:
        """Round a spot: right, left, above, below, diagonals; then, if asked for, farther off with a leader."""
        w, h = measure(text, size, bold=bold), size * 1.12
        middle = np.array([spot.x, spot.y])
        for away, strict, way in product(_FAR if far else _FAR[:1], (True, False), _ROUND):
            box = _box_at(middle + np.multiply(way, spot.r + _GAP + away), way, w, h)
            if not self.free(box, spot.key, strict=strict) or not self.nearest(box, spot):
                continue
            leader = middle + np.outer([spot.r, spot.r + away + _GAP - 1], way)
            if away and not self.open(leader, spot.key):
                continue
            line = NameLine(text, box.x, box.y + h - 0.28 * size, size, bold, "ink" if bold else "ink-3")
            return Name(spot.key, (line,), box, leader if away else None)
        return None


def _neighbour(names: _Names, code: str, text: str, note: str) -> Name | None:
    """A neighbour's name stands on its own side, or not at all; first what stands beneath it is dropped."""
    wide = np.array(
        [
            (mark.x, mark.y, mark.r + (0 if mark.kind == "district" else _WIDE))
            for mark in names.marks
            if mark.kind == "district" or (mark.kind == "crossing" and mark.n >= _LEAST_NAMED)
        ]
    ).reshape(-1, 3)
    forms: list[tuple[tuple[str, ...], tuple[str, ...]]] = [((text,), (note,)), ((text,), _halves(note, ", "))]
    for whole in (forms, [((text,), ()), (_halves(text, " "), ())]):
        tries = []
        for place, (heads, notes) in enumerate(whole):
            width = max([measure(line, _HEAD, bold=True) for line in heads] + [measure(line, _NOTE) for line in notes])
            height = 1.2 * (_HEAD * len(heads) + _NOTE * len(notes))
            tries += [
                (cost + _BROKEN * place, box, heads, notes) for cost, box in _on_land(names.view, code, width, height)
            ]
        tries.sort(key=lambda one: one[:2])
        for avoid, (_, box, heads, notes) in product((True, False), tries):
            if avoid and (_gap(box, wide[:, :2]) < wide[:, 2]).any():
                continue
            if names.free(box, "", strict=True):
                return Name(f"border:{code}", tuple(_stack(box, heads, notes)), box)
    return None


def _halves(text: str, gap: str) -> tuple[str, ...]:
    """A text in two lines, broken at its first gap."""
    first, separator, rest = text.partition(gap)
    return (first + gap.rstrip(), rest) if separator else (text,)


def _stack(box: Box, heads: tuple[str, ...], notes: tuple[str, ...]) -> Iterator[NameLine]:
    """Lines centred in a box."""
    y = box.y
    for size, bold, lines in ((_HEAD, True, heads), (_NOTE, False, notes)):
        for text in lines:
            y += 1.2 * size
            x = box.x + (box.w - measure(text, size, bold=bold)) / 2
            yield NameLine(text, x, y - 0.3 * size, size, bold, "ink-2")


def _on_land(view: View, code: str, width: float, height: float) -> list[tuple[float, Box]]:
    """Boxes on a neighbour's side and clear of the country; those near the middle of its border cost least."""
    frame, own = view.frame, view.middle[view.border == code]
    x, y = (
        grid.ravel()
        for grid in np.meshgrid(
            np.arange(frame.x + width / 2 + 4, frame.x + frame.w - width / 2 - 3, _GRID),
            np.arange(frame.y + height / 2 + 4, frame.y + frame.h - height / 2 - 3, _GRID),
        )
    )
    fits = np.ones(len(x), bool)
    for share in (-0.17, 0, 0.17):
        fits &= shapely.contains_xy(view.lands[code], x + share * width, y)
    x, y = x[fits], y[fits]
    whole = shapely.box(x - width / 2 - 1, y - height / 2 - 1, x + width / 2 + 1, y + height / 2 + 1)
    clear = ~shapely.intersects(view.country, whole)
    x, y = x[clear], y[clear]
    off_line = np.hypot(x[:, None] - own[:, 0], y[:, None] - own[:, 1]).min(axis=1) if len(x) else x
    off_middle = np.hypot(*(np.column_stack([x, y]) - own[len(own) // 2]).T)
    cost = np.round(off_line + _CENTRAL * off_middle, 6)
    return [
        (float(cost[k]), Box(float(x[k] - width / 2), float(y[k] - height / 2), width, height)) for k in range(len(x))
    ]


def _cities(content: Content) -> list[Any]:
    """The country's own cities, and the largest abroad."""
    cities = content.frontier.cities
    cities = cities[cities["rank"] <= _CITIES].sort_values(
        ["rank", "population"], ascending=[True, False], kind="stable"
    )
    home = set(cities.loc[cities["rank"].eq(1), "country"])
    own = cities["country"].isin(home)
    shown = own | cities.index.isin(cities.index[~own][:_MOST_ABROAD])
    return list(cities[shown].itertuples())


def _city(names: _Names, city: Any, lang: str) -> Name | None:
    """A city under a mark is named beside it, with no dot that would look like the place of a record."""
    (x, y), text = names.view.at(np.array([[city.geometry.x, city.geometry.y]]))[0], name_of(city, lang)
    x, y = float(x), float(y)
    if not names.view.frame.grown(-4).holds(Box(x, y, 0, 0)):
        return None
    under = [mark for mark in names.marks if np.hypot(mark.x - x, mark.y - y) < mark.r + 1.8]
    if under:
        large = city.rank == 1
        return names.beside(_spot(under[0]), text, size=6.2, bold=False, far=False) if large else None
    if not names.free(Box(x - 1.5, y - 1.5, 3, 3), "", strict=False):
        return None
    name = names.beside(_Spot("city", x, y, 1.2), text, size=6.2, bold=False, far=False)
    return None if name is None else Name(f"city:{text}", name.lines, name.box, dot=(x, y))


def _gap(box: Box, points: Points) -> Points:
    """Distance from a rectangle to each point."""
    dx = np.maximum(np.maximum(box.x - points[:, 0], points[:, 0] - box.x - box.w), 0)
    dy = np.maximum(np.maximum(box.y - points[:, 1], points[:, 1] - box.y - box.h), 0)
    return np.asarray(np.hypot(dx, dy))


def _box_at(point: Points, way: tuple[float, float], w: float, h: float) -> Box:
    """A box that touches a point from the side it lies on."""
    sideways, down = np.sign(way)
    left = (1 - sideways) / 2
    above = 0.5 - 0.2 * down if sideways else (1 - down) / 2
    return Box(float(point[0] - left * w), float(point[1] - above * h), w, h)
