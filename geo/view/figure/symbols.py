"""The signs of a figure, on its map and in its legend: marks of goods, beads, soft discs, tags, hatching."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.language.catalogue import say
from geo.language.numbers import write_number
from geo.view.drawing import CIRCLE, OUTLINES
from geo.view.figure.content import REFUSED
from geo.view.figure.pen import Box, arc
from geo.view.figure.typeface import measure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.view.brand import Brand
    from geo.view.figure.pen import Pen

    Points = NDArray[np.float64]
    Goods = tuple[tuple[str, int], ...]

__all__ = [
    "draw_bead", "draw_brand", "draw_disc", "draw_goods", "draw_tag", "draw_town_ring", "goods_shape", "hatch_lines",
]  # fmt: skip

_LETTER_SHIFT = {"W": 0.26, "O": -0.3, "V": 0.06}
_LETTER_FROM = 5.0  # radius from which a mark carries its letter
_DISC_ALPHA = 0.58
_HATCH_STEP = 3.4


def goods_shape(letter: str, r: float) -> Points:
    """Outline of a family's shape round 0, 0, made for an equal optical size; a circle for food."""
    if letter not in OUTLINES:
        return arc(0, 0, CIRCLE * r, 0, 2 * np.pi)[:-1]
    return np.array(OUTLINES[letter]) * r


def draw_goods(pen: Pen, x: float, y: float, r: float, *, letter: str, lang: str) -> None:
    """A family's mark, with its letter where it is large enough; goods merely turned back get an open dashed ring."""
    if letter == REFUSED:
        pen.circle(x, y, r, fill="panel", line="ink-2", width=0.8, dash=(1.2, 1.0))
        return
    pen.shape([goods_shape(letter, r) + np.array([x, y])], fill=f"goods-{letter}", line="outline", width=0.6)
    if r >= _LETTER_FROM:
        text = say(lang, f"letter.{letter}")
        pen.centred(x, y + r * _LETTER_SHIFT.get(letter, 0), text, 6, bold=True, colour=f"letter-{letter}")


def draw_bead(pen: Pen, x: float, y: float, r: float, *, goods: Goods, lang: str) -> None:
    """One record: its mark. More: their number in a ring cut by family from twelve o'clock."""
    n = sum(count for _, count in goods)
    if n == 1:
        draw_goods(pen, x, y, r, letter=goods[0][0], lang=lang)
        return
    pen.circle(x, y, r, fill="panel", line="ink", width=0.55)
    thick = max(2.4, 0.3 * r)
    middle = r - thick / 2 - 0.3
    gap = 1.1 / middle if len(goods) > 1 else 0.0
    angle = -np.pi / 2
    for letter, count in goods:
        end = angle + count / n * 2 * np.pi
        first = angle + gap / 2
        part = [arc(x, y, middle, first, max(end - gap / 2, first + 0.05))]
        if letter == REFUSED:
            pen.line(part, "ink-2", thick, dash=(0.8, 1.0))
        else:
            pen.line(part, f"goods-{letter}", thick)
        angle = end
    pen.centred(x, y, write_number(lang, n), 6.3 if n < 10 else 6.6, bold=True)  # noqa: PLR2004


def draw_town_ring(pen: Pen, x: float, y: float, r: float) -> None:
    """The dashed ring of a town."""
    pen.circle(x, y, r, line="ink-2", width=0.6, dash=(1.6, 1.2))


def draw_disc(pen: Pen, x: float, y: float, r: float, *, goods: Goods, fade: int = 10) -> None:
    """The soft disc of a district: a hue that fades from the middle in some steps, with nothing in it."""
    hue = f"goods-{goods[0][0]}" if len(goods) == 1 and goods[0][0] != REFUSED else "hatch"
    for k in range(fade):
        pen.circle(x, y, r * (1 - k / fade), fill=hue, alpha=_DISC_ALPHA / fade)
    pen.circle(x, y, r, line=hue, width=0.7, dash=(0.7, 1.4))


def draw_tag(pen: Pen, x: float, y: float, text: str, *, width: float, height: float, dashed: bool = False) -> None:
    """A number in a frame: dashed for a region, plain for an airport."""
    ink = "ink" if dashed else "ink-2"
    dash = (1.9, 1.3) if dashed else ()
    box = Box(x - width / 2, y - height / 2, width, height)
    pen.box(box, radius=1.8, fill="panel", line=ink, width=0.7, dash=dash)
    pen.centred(x, y, text, 6.3, bold=True, colour=ink)


def hatch_lines(area: shapely.Geometry) -> list[Points]:
    """Slanted lines at even distances over an area; they continue from one area to the next."""
    west, north, east, south = area.bounds
    first, last = int(np.floor((west + north) / _HATCH_STEP)), int(np.ceil((east + south) / _HATCH_STEP))
    lines = [
        shapely.LineString([(k * _HATCH_STEP - north, north), (k * _HATCH_STEP - south, south)])
        for k in range(first, last + 1)
    ]
    pieces = shapely.get_parts(shapely.intersection(lines, area))
    return [shapely.get_coordinates(piece) for piece in pieces if piece.geom_type == "LineString" and piece.length]


def draw_brand(pen: Pen, brand: Brand, right: float, base: float, size: float) -> None:
    """A publisher's logo and name, ending at a point; a logo in SVG, which no drawing takes, is left out."""
    pen.ink = pen.ink | ({"accent": brand.accent} if brand.accent else {})
    pen.text(right, base, brand.name, size, bold=True, align="right", colour="accent")
    kind, _, packed = brand.logo.partition(",")
    if packed and "svg" not in kind:
        right -= measure(brand.name, size, bold=True) + 0.4 * size
        pen.picture(right, base - 1.15 * size, 1.5 * size, base64.b64decode(packed))
