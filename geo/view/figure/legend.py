"""The legend of a figure: how often, how sure, where and how exactly, and the families of goods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.language.catalogue import say
from geo.language.dates import write_date
from geo.language.numbers import write_exact
from geo.view.drawing import PRINT_WIDTHS
from geo.view.figure.content import REFUSED
from geo.view.figure.pen import Box
from geo.view.figure.symbols import draw_bead, draw_disc, draw_goods, draw_tag, draw_town_ring, hatch_lines
from geo.view.figure.typeface import Run
from geo.vocabulary import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.view.figure.content import Content
    from geo.view.figure.pen import Pen

    Sign = Callable[[Pen, float, float, str], None]

__all__ = ["draw_legend", "draw_ramp"]

_SIZE, _HEAD = 6.3, 7.0
_GAP = 16.0
_SIGN = 24.0  # room of a sign before its text
_RAMP = 150.0
_SHARES = (0.38, 0.34, 0.28)  # of the width, by column
_NARROW = 420.0  # below it, two columns and one beneath them


class _Column:
    """A column that grows downward: ``y`` is where the next thing begins."""

    def __init__(self, pen: Pen, lang: str, x: float, y: float, width: float) -> None:
        self.pen, self.lang, self.x, self.y, self.width = pen, lang, x, y, width

    def head(self, key: str) -> None:
        self.pen.text(self.x, self.y + _HEAD, say(self.lang, key), _HEAD, bold=True)
        self.y += _HEAD + 4

    def note(self, text: str) -> None:
        self.y = self.pen.paragraph(self.x, self.y, self.width, [Run(text)], _SIZE)

    def item(self, key: str, sign: Sign, least: float = 10.5) -> None:
        """A sign of a least height and its text beside it; the taller one decides."""
        runs, width = [Run(say(self.lang, key))], self.width - _SIGN
        text = self.pen.high(runs, width, _SIZE)
        high = max(least, text)
        self.pen.paragraph(self.x + _SIGN, self.y + (high - text) / 2, width, runs, _SIZE)
        sign(self.pen, self.x + 9, self.y + high / 2 + 0.5, self.lang)
        self.y += high + 1.6


def draw_legend(pen: Pen, content: Content, y: float, lang: str) -> float:
    """Draw the legend over the page's width."""
    if pen.width < _NARROW:
        half = (pen.width - _GAP) / 2
        rates, goods = _Column(pen, lang, 0, y, half), _Column(pen, lang, half + _GAP, y, half)
        _draw_rates(rates, content)
        _draw_goods(goods)
        places = _Column(pen, lang, 0, max(rates.y, goods.y) + 4, pen.width)
        _draw_places(places, content)
        return places.y
    widths = [share * (pen.width - 2 * _GAP) for share in _SHARES]
    starts = (0.0, widths[0] + _GAP, widths[0] + widths[1] + 2 * _GAP)
    columns = [_Column(pen, lang, x, y, width) for x, width in zip(starts, widths, strict=True)]
    _draw_rates(columns[0], content)
    _draw_places(columns[1], content)
    _draw_goods(columns[2])
    return max(column.y for column in columns)


def _draw_rates(column: _Column, content: Content) -> None:
    """The ramp with its breaks, and how sure it is."""
    column.head("how-often")
    column.y += draw_ramp(column.pen, Box(column.x, column.y, column.width, 16.5), content.rates.breaks, column.lang)
    estimate = content.rates.interval is not None
    since, until = (write_date(column.lang, day.isoformat()) for day in content.period)
    notes = f"{say(column.lang, 'answers.scale-own')}. {say(column.lang, 'darker')}"
    if not estimate:
        # A date may end in a stop of its own.
        notes += " " + say(column.lang, "rate-note", **{"from": since, "to": until}).replace("..", ".")
    column.note(notes)
    column.y += 5
    column.head("how-sure")
    if estimate:
        column.item("sure", _sure)
        column.item("unsure", _unsure)
    else:
        column.y -= 1
        column.note(say(column.lang, "no-interval"))
        column.y += 2
    if not content.frontier.cells["land"].all():
        column.item("coast", _coast)


def draw_ramp(pen: Pen, box: Box, breaks: tuple[float, ...], lang: str, size: float = 6) -> float:
    """Draw the colours with their breaks, or that there are none; gives the height."""
    if not breaks:
        return pen.paragraph(box.x, box.y, box.w, [Run(say(lang, "page.no-colour"))], size) - box.y
    patch = min(box.w, _RAMP) / (len(breaks) + 1)
    for step in range(len(breaks) + 1):
        high = PRINT_WIDTHS[step]
        pen.box(Box(box.x + step * patch, box.y + 4 - high / 2, patch, high), fill=f"ramp-{step}")
    for step, limit in enumerate(breaks, start=1):
        text = write_exact(lang, limit)
        pen.text(box.x + step * patch, box.y + 8.5 + size, text, size, align="center", colour="ink-2")
    return 10.5 + size


def _draw_places(column: _Column, content: Content) -> None:
    """The marks, from the exact to the vague."""
    column.head("where")
    for key, sign, least in (
        ("m-crossing", _crossing, 23.5),
        ("m-town", _town, 13.5),
        ("m-district", _district, 15.5),
        ("m-region", _region, 12.0),
        ("m-air", _air, 11.0),
    ):
        column.item(key, sign, least)
    if any(letter == REFUSED for place in content.places for letter, _ in place.goods):
        column.item("m-refused", _refused, 11.0)


def _draw_goods(column: _Column) -> None:
    """The families with shape, letter and name."""
    column.head("goods")
    for family in FAMILIES:

        def mark(pen: Pen, x: float, y: float, lang: str, letter: str = family.letter) -> None:
            draw_goods(pen, x - 3, y, 5.0, letter=letter, lang=lang)

        column.item(f"family.{family.letter}", mark, 10.9)


def _ribbon(pen: Pen, x: float, y: float, step: int) -> None:
    high = PRINT_WIDTHS[step]
    pen.box(Box(x - 9, y - high / 2, 18, high), fill=f"ramp-{step}")


def _sure(pen: Pen, x: float, y: float, lang: str) -> None:  # noqa: ARG001
    _ribbon(pen, x, y, 3)


def _unsure(pen: Pen, x: float, y: float, lang: str) -> None:  # noqa: ARG001
    _ribbon(pen, x, y, 3)
    pen.box(Box(x - 9, y - 0.23 * PRINT_WIDTHS[3], 18, 0.46 * PRINT_WIDTHS[3]), fill="casing")


def _coast(pen: Pen, x: float, y: float, lang: str) -> None:  # noqa: ARG001
    pen.line([np.array([[x - 9, y], [x + 9, y]])], "quiet", 0.9, dash=(1.0, 2.0))


def _crossing(pen: Pen, x: float, y: float, lang: str) -> None:
    pen.box(Box(x - 9, y + 6.5, 18, PRINT_WIDTHS[3]), fill="ramp-3")
    pen.line([np.array([[x, y], [x, y + 7.5]])], "ink", 0.7)
    draw_bead(pen, x, y - 3.8, 7.4, goods=(("D", 3), ("T", 3), ("F", 3)), lang=lang)
    pen.circle(x, y + 8.1, 1.45, fill="panel", line="ink", width=0.7)


def _town(pen: Pen, x: float, y: float, lang: str) -> None:
    draw_town_ring(pen, x, y, 6.1)
    draw_bead(pen, x, y, 3.9, goods=(("W", 1),), lang=lang)


def _district(pen: Pen, x: float, y: float, lang: str) -> None:  # noqa: ARG001
    draw_disc(pen, x, y, 7.5, goods=(("M", 1),))


def _refused(pen: Pen, x: float, y: float, lang: str) -> None:
    draw_goods(pen, x, y, 4.0, letter=REFUSED, lang=lang)


def _region(pen: Pen, x: float, y: float, lang: str) -> None:  # noqa: ARG001
    pen.line(hatch_lines(shapely.box(x - 12, y - 4.5, x + 12, y + 4.5)), "hatch", 0.45, alpha=0.6)
    draw_tag(pen, x, y, "3", width=14, height=11, dashed=True)


def _air(pen: Pen, x: float, y: float, lang: str) -> None:  # noqa: ARG001
    draw_tag(pen, x, y, "8", width=10, height=10)
