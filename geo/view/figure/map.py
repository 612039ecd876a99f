"""The map of a figure: quiet ground, the border as a ribbon, marks and names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.language.catalogue import say
from geo.language.numbers import write_number
from geo.view.atlas.basemap import pack_basemap
from geo.view.drawing import NONE, PRINT_WIDTHS
from geo.view.figure.marks import AIR_SIZE, RING, TAG_HEIGHT, place_marks, tag_width
from geo.view.figure.names import place_names
from geo.view.figure.occupied import Room
from geo.view.figure.pen import Box
from geo.view.figure.projection import TOLERANCE, Stretch, View, fit_view, runs, stretches_of
from geo.view.figure.symbols import draw_bead, draw_disc, draw_tag, draw_town_ring, hatch_lines
from geo.view.figure.typeface import measure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.view.figure.content import Content
    from geo.view.figure.marks import Mark
    from geo.view.figure.names import Name
    from geo.view.figure.pen import Pen

    Points = NDArray[np.float64]

__all__ = ["draw_ground", "draw_map", "draw_ribbon"]

_CASING = 1.3  # wider than the ribbon
_CORE = 0.46  # of the width of a hollow stretch
_BAND = 9.0  # width of a region's hatching
_PACKED = 1000
_MOST_FADES = 600  # steps of all soft discs together
_BAR_KM = (50, 100, 200, 300, 500, 1000)
_BAR_SHARE = 0.13  # of the map's width, at most


def draw_map(pen: Pen, content: Content, y: float, lang: str) -> tuple[float, int]:
    """Draw the map over the page's width."""
    view = fit_view(content, 0.0, y, pen.width)
    stretches = stretches_of(content)
    bar = _scale_bar(content, view, lang)
    room = Room(view, stretches, [bar])
    marks, outside = place_marks(content, view, room)
    names = place_names(content, view, room, marks, lang)
    with pen.inside(view.frame):
        draw_ground(pen, content, view)
        for mark in marks:
            if mark.kind == "region":
                _draw_hatching(pen, view, mark)
        districts = [mark for mark in marks if mark.kind == "district"]
        fade = min(10, max(2, _MOST_FADES // max(1, len(districts))))
        for mark in districts:
            draw_disc(pen, mark.x, mark.y, mark.r, goods=mark.goods, fade=fade)
        draw_ribbon(pen, content, view, stretches)
        _draw_feet(pen, content, view, marks)
        _draw_stems(pen, marks)
        _draw_names(pen, names)
        for mark in marks:
            _draw_mark(pen, mark, lang)
        _draw_bar(pen, view, bar, lang)
        if not content.n:
            pen.text(pen.width / 2, y + view.frame.h / 2, say(lang, "empty"), 8, bold=True, align="center", halo=True)
    pen.box(view.frame, line="rule-2", width=0.5)
    return y + view.frame.h, outside


def draw_ground(pen: Pen, content: Content, view: View) -> None:
    """Neighbours in one tone, sea, land, lakes, regions."""
    ground = pack_basemap(content.frontier)

    def unpack(lines: list[list[int]]) -> list[Points]:
        return _simple([view.at(np.array(line).reshape(-1, 2).cumsum(axis=0) / _PACKED) for line in lines])

    pen.box(view.frame, fill="abroad")
    pen.shape(unpack(ground["sea"]), fill="sea")
    pen.line(unpack(ground["edges"]), "rule-2", 0.4)
    rings = shapely.get_rings(shapely.get_parts(view.country))
    pen.shape(_simple([shapely.get_coordinates(ring) for ring in rings]), fill="land")
    pen.shape(unpack(ground["lakes"]), fill="lake")
    regions = [shapely.get_coordinates(line) for line in shapely.get_parts(view.regions)]
    pen.line(_simple(regions), "region-line", 0.45)


def _simple(lines: list[Points]) -> list[Points]:
    """Lines without the points that no page shows."""
    return [shapely.get_coordinates(shapely.LineString(line).simplify(TOLERANCE)) for line in lines]


def _draw_hatching(pen: Pen, view: View, mark: Mark) -> None:
    for first, end in runs(mark.places[0].cells):
        line = view.outline(Stretch(first, end, NONE, hollow=False, land=True))
        pen.line(hatch_lines(shapely.LineString(line).buffer(_BAND / 2, cap_style="flat")), "hatch", 0.45, alpha=0.6)


def draw_ribbon(pen: Pen, content: Content, view: View, stretches: list[Stretch], *, share: float = 1.0) -> None:
    """Casings first, then step by step, so that what is recorded often lies on top; coasts dotted.

    ``share`` is how wide the ribbon is of its width in print.
    """
    land = [(stretch, view.outline(stretch)) for stretch in stretches if stretch.land]
    for stretch, line in land:
        pen.line([line], "casing", share * PRINT_WIDTHS[stretch.step] + _CASING)
    for stretch, line in sorted(land, key=lambda one: one[0].step):
        width = share * PRINT_WIDTHS[stretch.step]
        pen.line([line], "quiet" if stretch.step == NONE else f"ramp-{stretch.step}", width)
        if stretch.hollow:
            pen.line([line], "casing", width * _CORE)
    for stretch in stretches:
        if not stretch.land:
            rated = content.rates.interval is None and stretch.step != NONE
            width = max(1.2, PRINT_WIDTHS[stretch.step] * 0.55) if rated else 0.9
            dash = (width * 1.1, width * 1.1) if rated else (1.0, 2.0)
            pen.line([view.outline(stretch)], f"ramp-{stretch.step}" if rated else "quiet", width, dash=dash)


def _draw_feet(pen: Pen, content: Content, view: View, marks: list[Mark]) -> None:
    """Draw the crossings' feet: a ring for a road, a square for a railway."""
    used = {place.crossing for mark in marks for place in mark.places}
    for key in sorted(content.feet, key=lambda one: (one in used, one)):
        (x, y), busy = view.at(np.array([content.feet[key]]))[0], key in used
        r = 1.45 if busy else 1.05
        look: dict[str, Any] = {"fill": "panel", "line": "ink" if busy else "ink-3", "width": 0.7 if busy else 0.5}
        if content.frontier.crossings.loc[key, "mode"] == "rail":
            pen.box(Box(x - 0.9 * r, y - 0.9 * r, 1.8 * r, 1.8 * r), **look)
        else:
            pen.circle(x, y, r, **look)


def _draw_stems(pen: Pen, marks: list[Mark]) -> None:
    stems = {
        kind: [np.array([mark.foot, (mark.x, mark.y)]) for mark in marks if mark.foot and mark.kind in kinds]
        for kind, kinds in (("bead", ("crossing", "town")), ("tag", ("region",)))
    }
    pen.line(stems["bead"], "casing", 1.9, cap="round")
    pen.line(stems["bead"], "ink", 0.7, cap="round")
    pen.line(stems["tag"], "ink-2", 0.6)


def _draw_names(pen: Pen, names: list[Name]) -> None:
    for name in names:
        if name.leader is not None:
            pen.line([name.leader], "ink-2", 0.5)
        if name.dot is not None:
            pen.circle(*name.dot, 1.1, fill="ink-3")
        for line in name.lines:
            pen.text(line.x, line.y, line.text, line.size, bold=line.bold, colour=line.colour, halo=True)


def _draw_mark(pen: Pen, mark: Mark, lang: str) -> None:
    if mark.kind == "crossing":
        draw_bead(pen, mark.x, mark.y, mark.r, goods=mark.goods, lang=lang)
    elif mark.kind == "town" and mark.foot is None:
        draw_town_ring(pen, mark.x, mark.y, mark.r)
        draw_bead(pen, mark.x, mark.y, mark.r - RING, goods=mark.goods, lang=lang)
    elif mark.kind == "town" and mark.foot is not None:
        draw_town_ring(pen, mark.foot[0], mark.foot[1], 2.4)
        draw_bead(pen, mark.x, mark.y, mark.r, goods=mark.goods, lang=lang)
    elif mark.kind == "air":
        width = max(AIR_SIZE, tag_width(mark.n) - 4)
        draw_tag(pen, mark.x, mark.y, write_number(lang, mark.n), width=width, height=AIR_SIZE)
    elif mark.kind == "region":
        text = write_number(lang, mark.n)
        draw_tag(pen, mark.x, mark.y, text, width=tag_width(mark.n), height=TAG_HEIGHT, dashed=True)


def _scale_bar(content: Content, view: View, lang: str) -> Box:
    """The room of the scale bar: the lower left corner, or the next one where no record lies."""
    km = _bar_km(view)
    width, frame = (km * view.units_per_km + measure(_bar_text(km, view, lang), 6) + 14, view.frame)
    left, right, top, foot = frame.x + 5, frame.x + frame.w - width - 5, frame.y + 5, frame.y + frame.h - 17
    corners = [Box(x, y, width, 12) for x, y in ((left, foot), (right, foot), (right, top), (left, top))]
    places = view.at(np.array([place.lonlat for place in content.places if place.lonlat is not None]).reshape(-1, 2))
    points = [Box(float(x), float(y), 0, 0) for x, y in places]
    free = [box for box in corners if not any(box.grown(8).meets(point) for point in points)]
    return (free or corners)[0]


def _bar_km(view: View) -> int:
    fitting = [km for km in _BAR_KM if km * view.units_per_km <= _BAR_SHARE * view.frame.w]
    return (fitting or list(_BAR_KM))[-1 if fitting else 0]


def _bar_text(km: int, view: View, lang: str) -> str:
    latitude = say(lang, "map.south" if view.lat < 0 else "map.north", lat=str(abs(view.lat)))
    return say(lang, "map.km-at", n=km, lat=latitude)


def _draw_bar(pen: Pen, view: View, box: Box, lang: str) -> None:
    km = _bar_km(view)
    left, right, y = box.x + 4, box.x + 4 + km * view.units_per_km, box.y + 7.5
    pen.box(box, radius=1.5, fill="panel", alpha=0.85)
    pen.line([np.array([[left, y - 2.5], [left, y], [right, y], [right, y - 2.5]])], "ink-2", 0.6)
    pen.text(right + 4, y + 1, _bar_text(km, view, lang), 6, colour="ink-2")
