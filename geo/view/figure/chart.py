"""The border of a figure, unrolled: the rate above the axis, the records below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.language.catalogue import say
from geo.language.numbers import round_half_up, write_number
from geo.view.figure.axis import LEFT, LINES, PEAK_SIZE, RIGHT, find_peaks, lay_peaks, unroll
from geo.view.figure.content import LETTERS, REFUSED
from geo.view.figure.names import name_of
from geo.view.figure.pen import Box, corners
from geo.view.figure.symbols import hatch_lines
from geo.view.figure.typeface import Run, measure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.view.figure.axis import Axis, Peak, Top
    from geo.view.figure.content import Content
    from geo.view.figure.pen import Pen

    Floats = NDArray[np.float64]

__all__ = ["draw_chart"]

_ABOVE = 40.0
_HEAD, _LANE = 9.5, 8.0
_TICKS = (0.0, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
_TICK_GAP = 6.5
_SLOT = 3.6  # width in which records below the axis share a stack
_MARK = 2.9
_STEP, _STACK = 1.9, 32.0  # height of a record, and of the highest stack; above it records get thinner
_SIZE = 6.0


@dataclass(frozen=True, eq=False)
class _Rug:
    """Content below the axis: records by slot, districts and regions as spans of kilometres."""

    slots: dict[int, list[str]]
    bars: list[tuple[float, float, str]]
    spans: list[tuple[float, float, int]]

    @property
    def step(self) -> float:
        """Height of a record."""
        return min(_STEP, _STACK / max([1, *map(len, self.slots.values())]))


@dataclass(frozen=True, eq=False)
class _Row:
    """One line of the chart: its kilometres, its height, the names of its peaks, its part of the rug's height."""

    pen: Pen
    axis: Axis
    first: float
    last: float
    y: float
    zero: float
    marks: float
    peaks: list[Peak]

    @property
    def foot(self) -> float:
        """Lower end of the lines between neighbours."""
        return self.zero + self.marks + 13

    def x(self, km: float) -> float:
        """Position of a kilometre, kept inside the line."""
        return LEFT + (min(max(km, self.first), self.last) - self.first) * self.axis.scale

    def height(self, rate: Floats | float) -> Floats:
        """Above the axis: a square root, which shows small rates and has a zero."""
        return np.asarray(_ABOVE * np.sqrt(np.minimum(rate, self.axis.top) / self.axis.top))

    def holds(self, km: float) -> bool:
        """Whether a kilometre lies in the line."""
        return self.first <= km < self.last

    def meets(self, begin: float, end: float) -> bool:
        """Whether a span reaches into the line."""
        return end > self.first and begin < self.last


def draw_chart(pen: Pen, content: Content, y: float, lang: str) -> float:
    """Draw head, note and both lines."""
    estimate = content.rates.interval is not None
    pen.text(0, y + 9, say(lang, "unrolled"), 9.5, bold=True)
    note = say(lang, "unrolled.lead" if estimate else "unrolled.lead-rate")
    y = pen.paragraph(0, y + 12, pen.width, [Run(note)], 6.3) + 5
    axis = unroll(content, pen.width)
    rug = _gather(content, axis)
    tops = find_peaks(content, axis, lang)
    for line in range(LINES):
        row = _lay_row(pen, axis, rug, tops, y=y, first=line * axis.span)
        _draw_scale(row, lang)
        _draw_rates(row, content)
        _draw_crossings(row)
        _draw_rug(row, rug, lang)
        _draw_neighbours(row, content, lang)
        _draw_peaks(row)
        y = row.foot + 11
    return y


def _gather(content: Content, axis: Axis) -> _Rug:
    """The records below the axis."""
    width = _SLOT / axis.scale
    slots: dict[int, list[tuple[str, int]]] = {}
    bars, spans = [], []
    for place in content.places:
        if place.border not in axis.start or place.kind == "air" or not len(place.cells):
            continue
        if place.kind == "region":
            spans.append((float(axis.begin[place.cells[0]]), float(axis.end[place.cells[-1]]), place.n))
            continue
        if place.kind == "crossing":
            km = float(axis.crossings["at"][place.crossing])
        else:
            km = float(axis.middle[place.cells[0]])
        if place.kind == "district":
            hue = place.goods[0][0] if len(place.goods) == 1 else ""
            bars.append((km - place.radius, km + place.radius, hue))
        else:
            slots.setdefault(int(km // width), []).extend(place.goods)
    return _Rug({slot: _letters(goods) for slot, goods in sorted(slots.items())}, bars, sorted(spans))


def _letters(goods: list[tuple[str, int]]) -> list[str]:
    """One letter a record, in the families' order; those merely turned back come last."""
    return [letter for letter in LETTERS for name, n in goods for _ in range(n) if name == letter]


def _lay_row(pen: Pen, axis: Axis, rug: _Rug, tops: list[Top], *, y: float, first: float) -> _Row:
    """A line is as high as its names and its highest stack ask for."""
    last = first + axis.span
    slot = _SLOT / axis.scale
    stack = max([0, *(len(letters) for k, letters in rug.slots.items() if first <= (k + 0.5) * slot < last)])
    peaks = lay_peaks(axis, tops, first, pen.width)
    lanes = 1 + max([-1, *(peak.lane for peak in peaks)])
    return _Row(pen, axis, first, last, y, y + _HEAD + _LANE * lanes + _ABOVE, 6 + max(8.0, stack * rug.step), peaks)


def _draw_scale(row: _Row, lang: str) -> None:
    """Rates beside the axis, kilometres below it."""
    shown = -_TICK_GAP
    for tick in _TICKS:
        height = float(row.height(tick))
        if tick >= row.axis.top or height - shown < _TICK_GAP:
            continue
        shown = height
        y = row.zero - height
        line = np.array([[LEFT, y], [row.pen.width - RIGHT, y]])
        row.pen.line([line], "rule" if tick else "rule-2", 0.4 if tick else 0.6)
        row.pen.text(LEFT - 3.5, y + 2.1, write_number(lang, tick), _SIZE, align="right", colour="ink-2")
    step = 1000
    for km in range(int(np.ceil(row.first / step)) * step, int(row.last) + 1, step):
        text = say(lang, "map.km", n=0) if km == 0 else write_number(lang, km)
        row.pen.text(row.x(km), row.foot + 7, text, _SIZE, align="center" if km else "left", colour="ink-2")


def _draw_rates(row: _Row, content: Content) -> None:
    """Bands and median of the estimate, or the plain rate as an area."""
    rates, axis = content.rates, row.axis
    inside = np.flatnonzero((axis.end > row.first) & (axis.begin < row.last))
    edges = np.array([[row.x(axis.begin[c]), row.x(axis.end[c])] for c in inside]).ravel()

    def steps(rate: Floats) -> Floats:
        y = np.round(row.zero - np.repeat(row.height(rate[inside]), 2), 3)
        # Of points in a row, only the outer ones.
        turn = np.r_[True, (y[1:-1] != y[:-2]) | (y[1:-1] != y[2:]), True]
        return np.column_stack([edges, y])[turn]

    if rates.interval is not None:
        for low, high, band in ((0, 1, "band-90"), (2, 3, "band-50")):
            area = np.vstack([steps(rates.interval[:, high]), steps(rates.interval[:, low])[::-1]])
            row.pen.shape([area], fill=band)
    elif content.n:
        row.pen.shape([np.vstack([steps(rates.value), steps(0 * rates.value)[::-1]])], fill="band-90")
    if content.n or rates.interval is not None:
        row.pen.line([steps(rates.value)], "median", 0.9)


def _draw_crossings(row: _Row) -> None:
    """Ticks below the axis: long for a road, short for a railway."""
    rail = row.axis.crossings["mode"].eq("rail")
    for shown, length, alpha in ((rail, 2.2, 0.55), (~rail, 4.0, 1.0)):
        at = [row.x(km) for km in row.axis.crossings.loc[shown, "at"] if row.holds(km)]
        row.pen.line([np.array([[x, row.zero], [x, row.zero + length]]) for x in at], "ink", 0.5, alpha=alpha)


def _draw_rug(row: _Row, rug: _Rug, lang: str) -> None:
    """A mark a record, a bar per district, hatching for a region."""
    marks: dict[str, list[Floats]] = {}
    for slot, letters in rug.slots.items():
        middle = (slot + 0.5) * _SLOT / row.axis.scale
        if row.holds(middle):
            for k, letter in enumerate(letters):
                box = Box(row.x(middle) - _MARK / 2, row.zero + 6 + k * rug.step, _MARK, rug.step * 0.84)
                marks.setdefault(letter, []).append(corners(box))
    for letter, boxes in marks.items():
        if letter == REFUSED:
            row.pen.shape(boxes, fill="panel", line="ink-2", width=0.4)
        else:
            row.pen.shape(boxes, fill=f"goods-{letter}")
    y = row.zero + row.marks
    for begin, end, letter in rug.bars:
        if row.meets(begin, end):
            box = Box(row.x(begin), y + 1, max(2.0, row.x(end) - row.x(begin)), 1.7)
            row.pen.box(box, fill=f"goods-{letter}" if letter and letter != REFUSED else "hatch", alpha=0.8)
    for begin, end, n in rug.spans:
        if row.meets(begin, end):
            left, right = row.x(begin), row.x(end)
            row.pen.line(hatch_lines(shapely.box(left, y + 4, right, y + 7.6)), "hatch", 0.45)
            row.pen.text((left + right) / 2, y + 13.4, write_number(lang, n), _SIZE, align="center", colour="ink-2")


def _draw_neighbours(row: _Row, content: Content, lang: str) -> None:
    lands = content.frontier.borders.loc[list(row.axis.start)]
    for code, border in zip(lands.index, lands.itertuples(), strict=True):
        start = row.axis.start[code]
        end = start + border.length_km
        if not row.meets(start + 1, end - 1):
            continue
        left, right = row.x(start), row.x(end)
        row.pen.line([np.array([[left, row.y], [left, row.foot]])], "ink-2", 0.5)
        goes_on = start < row.first - 1
        name = name_of(border, lang) + (" …" if goes_on else "")
        shown = name if measure(name, 6.8, bold=True) <= right - left - 4 else str(code)
        row.pen.text(left + 3, row.y + 6.5, shown, 6.8, bold=True)
        at = left + 6 + measure(shown, 6.8, bold=True)
        length = say(lang, "map.km", n=round_half_up(border.length_km))
        if shown == name and not goes_on and at + measure(length, _SIZE) + 2 < right:
            row.pen.text(at, row.y + 6.5, length, _SIZE, colour="ink-2")


def _draw_peaks(row: _Row) -> None:
    for peak in row.peaks:
        baseline = row.y + _HEAD + peak.lane * _LANE + PEAK_SIZE
        foot = max(row.zero - float(row.height(peak.rate)) - 1.5, baseline + 2)
        row.pen.line([np.array([[peak.at, baseline + 1.4], [peak.at, foot]])], "ink-3", 0.4)
        row.pen.text(peak.left, baseline, peak.name, PEAK_SIZE, bold=True, halo=True)
