"""The picture that stands for the page elsewhere: title, map with its first places numbered, their figures."""

from __future__ import annotations

from itertools import chain, starmap
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from geo.language.catalogue import say
from geo.view.brand import Brand
from geo.view.figure.legend import draw_ramp
from geo.view.figure.map import draw_ground, draw_ribbon
from geo.view.figure.names import name_of
from geo.view.figure.pen import Box, Pen, corners, settings
from geo.view.figure.projection import fill_view, stretches_of
from geo.view.figure.symbols import draw_brand
from geo.view.figure.typeface import Run, measure, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.view.figure.content import Content
    from geo.view.figure.projection import View

    Points = NDArray[np.float64]

__all__ = ["PREVIEWS", "FirstPlace", "draw_preview"]

PREVIEWS: dict[str, tuple[int, int]] = {"wide": (1200, 675), "preview": (1200, 630), "square": (1080, 1080)}
"""Width and height in pixels: for an article, for a link (``og:image``), for a feed of pictures."""

_PX = 0.425  # points: 1,200 pixels are 180 mm, where the pen's unit is a point
_MM = _PX * 25.4 / 72
_SAFE = 44 * _PX - 5  # the pen leaves five points by itself
_MAP_SHARE = 0.68
_RIBBON = 0.6  # of the width in print, whose map is larger
_DISC = 12 * _PX
_NAME = 16 * _PX
_LEADERS = (30, 42, 56, 72, 90)  # pixels
_TURNS = (0, 0.4, -0.4, 0.8, -0.8, 1.2, -1.2)


class FirstPlace(NamedTuple):
    """A place in the list beside the map.

    Its key as in links, its name, its figure as it is written, a note on it; whether it is told by a bound.
    """

    key: str
    name: str
    figure: str
    note: str = ""
    bound: bool = False


def draw_preview(
    size: tuple[int, int],
    content: Content,
    places: Sequence[FirstPlace],
    *,
    title: str,
    lang: str = "en",
    border: str = "",
    brand: Brand | None = None,
    dated: str = "",
) -> bytes:
    """Draw the map and its first places (five at most) as a PNG for links, feeds and articles, always light.

    ``size`` is in pixels, one of :data:`PREVIEWS`; ``title`` says what is selected; ``border``: the map shows its line
    alone; ``dated``: date of the data, as it is written.
    """
    cells = content.frontier.cells
    with settings():
        pen = Pen(size[0] * _MM, dpi=72 / _PX)
        left, right, foot = _SAFE, pen.width - _SAFE, size[1] * _PX - 10 - _SAFE
        top = pen.paragraph(left, _SAFE - 6, right - left, [Run(title, bold=True, colour="ink")], 34 * _PX) + 12 * _PX
        credit = say(lang, "page.credit", date=dated) if dated else "Shekara"
        pen.text(left, foot, f"{say(lang, 'caveat')} {credit}", 16 * _PX, colour="ink-2")
        end = _draw_scale(pen, content, left, foot - 58 * _PX, lang)
        draw_brand(pen, brand or Brand(), right, foot, 16 * _PX)
        square = size[0] == size[1]
        wide = (right - left) if square else _MAP_SHARE * (right - left)
        frame = Box(left, top, wide, wide * 0.57 if square else end - top - 12 * _PX)
        view = fill_view(content, frame, cells[cells["neighbour"].eq(border)].total_bounds if border else None)
        with pen.inside(frame):
            draw_ground(pen, content, view)
            draw_ribbon(pen, content, view, stretches_of(content), share=_RIBBON)
            _draw_neighbours(pen, content, view, lang)
            _draw_numbers(pen, content, view, places)
        pen.box(frame, line="rule-2", width=0.5)
        x, y = (left, top + frame.h + 14 * _PX) if square else (left + wide + 24 * _PX, top)
        _draw_list(pen, places, Box(x, y, right - x, end - y), lang)
        about = {"title": title, "note": say(lang, "caveat"), "lang": lang}
        return pen.print("png", size[1] * _PX - 10, about)


def _draw_scale(pen: Pen, content: Content, x: float, top: float, lang: str) -> float:
    """The colours and whose scale they are; gives the upper edge."""
    breaks, size = content.rates.breaks, 14 * _PX
    draw_ramp(pen, Box(x, top, pen.width - 2 * x, 0), breaks, lang, size)
    note = f"{say(lang, 'unit')}. {say(lang, 'answers.scale-own')}"
    if breaks:
        pen.text(x + 168, top + 4 + size / 3, note, size, colour="ink-2")
    return top - 8 * _PX


def _draw_neighbours(pen: Pen, content: Content, view: View, lang: str) -> None:
    """Names on the other side, at the middle of each line that is in the frame."""
    for code, row in zip(content.frontier.borders.index, content.frontier.borders.itertuples(), strict=True):
        own = np.flatnonzero(view.border == code)
        inside = [at for at in own if view.frame.grown(-20).holds(Box(view.middle[at][0], view.middle[at][1], 0, 0))]
        if not inside:
            continue
        middle = inside[len(inside) // 2]
        text = name_of(row, lang).upper()
        half = measure(text, 13 * _PX) / 2
        x, y = view.middle[middle] - view.inward[middle] * (18 + half * abs(view.inward[middle][0]))
        x = float(np.clip(x, view.frame.x + half + 3, view.frame.x + view.frame.w - half - 3))
        y = float(np.clip(y, view.frame.y + 9, view.frame.y + view.frame.h - 5))
        pen.text(x, y, text, 13 * _PX, colour="ink-2", align="center", halo=True)


def _draw_numbers(pen: Pen, content: Content, view: View, places: Sequence[FirstPlace]) -> None:
    """A numbered disc for each place, inside the country, on a line from its foot, and its name where there is room."""
    ribbon = shapely.MultiLineString(view.cells)
    shapely.prepare(ribbon)
    frame = shapely.box(*shapely.LineString(corners(view.frame.grown(-4))).bounds)
    taken: Any = shapely.Point()
    for number, place in enumerate(places, start=1):
        cell = _cell_of(content, place.key)
        foot, inward = view.middle[cell], view.inward[cell]
        if not view.frame.holds(Box(foot[0], foot[1], 0, 0)):
            continue
        spots = [
            foot + length * _PX * np.array([np.cos(turn) * inward[0] - np.sin(turn) * inward[1],
                                            np.sin(turn) * inward[0] + np.cos(turn) * inward[1]])
            for length in _LEADERS for turn in _TURNS
        ]  # fmt: skip
        tried = [(spot, place.name, side) for side in (1, -1) for spot in spots]
        tried.sort(key=lambda one: np.hypot(*(one[0] - foot)))
        tried += [(spot, "", 1) for spot in spots]

        # Disc, name, and the line to the foot; the name to the right, to the left, or nowhere.
        def room_at(spot: Points, name: str, side: int) -> tuple[Points, list[Any]]:
            return spot, _room(spot, foot, name, side)  # noqa: B023 (used at once)

        def is_free(room: list[Any]) -> bool:
            signs = shapely.union_all(room[:2])
            return bool(
                frame.contains(signs)
                and not ribbon.intersects(signs.buffer(2))
                and not shapely.union_all(room).buffer(1).intersects(taken)  # noqa: B023 (used at once)
            )

        inside = (one for one in starmap(room_at, tried) if view.country.contains(one[1][0]))
        fitting = (one for one in chain(inside, starmap(room_at, tried)) if is_free(one[1]))
        spot, room = next(fitting, None) or room_at(spots[0], "", 1)
        taken = shapely.union_all([taken, *room])
        away = (spot - foot) / np.hypot(*(spot - foot))
        pen.line([np.array([foot + 3 * away, spot])], "casing", 2.0)
        pen.line([np.array([foot + 3 * away, spot])], "ink", 0.7)
        _draw_disc(pen, spot[0], spot[1], number, place)
        if not room[1].is_empty:
            pen.text(room[1].bounds[0], spot[1] + 5 * _PX, place.name, _NAME, bold=not place.bound, halo=True)


def _room(spot: Points, foot: Points, name: str, side: int) -> list[Any]:
    """What a number takes: its disc, its name to the right (1) or left (−1), the line from the foot."""
    wide = measure(name, _NAME, bold=True)
    x = spot[0] + (1.4 * _DISC if side > 0 else -1.4 * _DISC - wide)
    named = shapely.box(x, spot[1] - 10 * _PX, x + wide, spot[1] + 10 * _PX) if name else shapely.Polygon()
    leader = shapely.LineString([foot + 0.3 * (spot - foot), spot])
    return [shapely.Point(spot).buffer(1.2 * _DISC), named, leader]


def _draw_disc(pen: Pen, x: float, y: float, number: int, place: FirstPlace) -> None:
    """A number; hollow where the place is told by a bound."""
    if place.bound:
        pen.circle(x, y, _DISC, fill="page", line="ink-3", width=0.8, dash=(2.0, 1.6))
    else:
        pen.circle(x, y, _DISC, fill="ink", line="casing", width=1.0)
    pen.centred(x, y, str(number), 14 * _PX, bold=not place.bound, colour="ink-2" if place.bound else "page")


def _cell_of(content: Content, key: str) -> int:
    """Position of a crossing's cell, or of the cell in the middle of a segment."""
    cells, (kind, _, place) = content.frontier.cells, key.partition(":")
    if kind == "crossing":
        return int(cells.index.get_loc(content.frontier.crossings.loc[place, "cell"]))
    own = np.flatnonzero(cells["segment"].eq(place))
    return int(own[len(own) // 2])


def _draw_list(pen: Pen, places: Sequence[FirstPlace], box: Box, lang: str) -> None:
    """The places by number, each with its figure and interval."""
    if not places:
        return
    y = pen.paragraph(box.x, box.y - 4, box.w, [Run(say(lang, "answers.box"), bold=True, colour="ink")], 19 * _PX)
    y = pen.paragraph(box.x, y, box.w, [Run(say(lang, "answers.box-unit-s"))], 14.5 * _PX) + 8 * _PX
    beneath = box.w > box.h  # under the map: in two columns
    rows = (len(places) + beneath) // (1 + beneath)
    room, indent = min((box.y + box.h - y) / rows, 92 * _PX), 2 * _DISC + 10 * _PX
    wide = box.w / (1 + beneath)
    for number, place in enumerate(places, start=1):
        x, at = box.x + (number - 1) // rows * wide, y + (number - 1) % rows * room
        _draw_disc(pen, x + _DISC, at + 14 * _PX, number, place)
        for line in wrap([Run(place.name, bold=not place.bound, colour="ink")], wide - indent, 19 * _PX)[:2]:
            at = pen.paragraph(x + indent, at, box.w, line, 19 * _PX)
        at = pen.paragraph(x + indent, at, wide - indent, [Run(place.figure)], 17 * _PX)
        pen.paragraph(x + indent, at, wide - indent, [Run(place.note, colour="ink-3")], 13 * _PX)
