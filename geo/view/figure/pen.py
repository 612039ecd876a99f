"""A page to draw on: text, lines and shapes in points from its upper left corner, later ones over earlier ones."""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import matplotlib as mpl
import matplotlib.style
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from matplotlib.textpath import TextPath
from PIL import Image

from geo.view.assets import read_asset
from geo.view.figure.typeface import Run, face, measure, wrap, writable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Points = NDArray[np.float64]

__all__ = ["DPI", "Box", "Pen", "arc", "corners", "settings"]

DPI = 300
_PLAIN_MM = 180.0  # up to this width a unit is a point; a wider figure's text and marks grow with the root of it
_POINTS = 72 / 25.4
_MARGIN = 5.0
_CHORD = 0.015  # by which a drawn circle may be off
_LINE = 1.3  # of the type size
_MIDDLE = 0.3645  # of the type size: half the height of a figure
_HALO = 1.7
_SETTINGS: dict[str, Any] = {
    "svg.hashsalt": "shekara",  # else the ids in a file are drawn anew each time
    "svg.fonttype": "path",  # a reader without the font would see other widths
    "pdf.fonttype": 42,
    "text.hinting": "none",  # hinting would change the widths that the layout has measured
}


class Box(NamedTuple):
    """A rectangle; ``x``, ``y`` are its upper left corner."""

    x: float
    y: float
    w: float
    h: float

    def grown(self, by: float) -> Box:
        """The same, larger on every side."""
        return Box(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)

    def holds(self, other: Box) -> bool:
        """Whether the other lies inside."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.x + other.w <= self.x + self.w
            and other.y + other.h <= self.y + self.h
        )

    def meets(self, other: Box) -> bool:
        """Whether the two overlap."""
        return (
            self.x < other.x + other.w
            and other.x < self.x + self.w
            and self.y < other.y + other.h
            and other.y < self.y + self.h
        )


class Pen:
    """Draws on a page of a given width (points, or larger units beyond 180 mm), as long as it needs to be."""

    def __init__(self, width_mm: float, dpi: float = DPI) -> None:
        self._dpi = dpi
        self._unit = max(1.0, (width_mm / _PLAIN_MM) ** 0.5)
        pixels = round(width_mm / 25.4 * dpi)
        self.width = width_mm * _POINTS / self._unit - 2 * _MARGIN
        self.ink = read_ink()
        self._figure = Figure(figsize=(pixels / dpi, 1.0))
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set_xlim(-_MARGIN, self.width + _MARGIN)
        self._order = 0
        self._clip: PathPatch | None = None

    @contextmanager
    def inside(self, box: Box) -> Iterator[None]:
        """Keep the lines and shapes drawn meanwhile inside a rectangle."""
        self._clip = PathPatch(_closed(corners(box)), transform=self._axes.transData)
        try:
            yield
        finally:
            self._clip = None

    def shape(self, rings: Sequence[Points], **look: Any) -> None:
        """Fill, or outline, or both, one shape of several rings: ``fill`` and ``line`` are names of colours."""
        self._draw([_closed(ring) for ring in rings], **look)

    def line(self, lines: Sequence[Points], colour: str, width: float, **look: Any) -> None:
        """Draw lines of one look."""
        self._draw([Outline(line) for line in lines], line=colour, width=width, **look)

    def circle(self, x: float, y: float, r: float, **look: Any) -> None:
        """A disc or a circle, with the look of a shape."""
        self._draw([Outline.circle((x, y), r)], **look)

    def box(self, box: Box, *, radius: float = 0.0, **look: Any) -> None:
        """A rectangle, its corners rounded, with the look of a shape."""
        self.shape([corners(box, radius)], **look)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        colour: str = "ink",
        bold: bool = False,
        align: str = "left",
        halo: bool = False,
    ) -> None:
        """Write one line whose baseline is ``y``; ``align`` is left, center or right of ``x``."""
        shown = writable(text, bold=bold)
        if not shown:
            return
        x -= {"left": 0.0, "center": 0.5, "right": 1.0}[align] * measure(shown, size, bold=bold)
        if halo:
            letters = TextPath((0, 0), shown, size, prop=face(bold=bold))
            outline = Outline(letters.vertices * (1, -1) + (x, y), letters.codes)
            self._draw([outline], line="casing", width=_HALO, alpha=0.9, cap="round")
        self._order += 1
        self._axes.text(
            x, y, shown, color=self.ink[colour], fontsize=size * self._unit, zorder=self._order, va="baseline",
            ha="left", fontproperties=face(bold=bold), parse_math=False,
        )  # fmt: skip

    def centred(self, x: float, y: float, text: str, size: float, **look: Any) -> None:
        """Write figures or capitals with their middle at a point."""
        self.text(x, y + _MIDDLE * size, text, size, align="center", **look)

    def picture(self, right: float, y: float, height: float, content: bytes) -> None:
        """Draw a picture, PNG or JPEG, by its right upper corner and its height."""
        self._order += 1
        picture = Image.open(io.BytesIO(content))
        left = right - height * picture.width / picture.height
        self._axes.imshow(picture, extent=(left, right, y + height, y), aspect="auto", zorder=self._order)

    def paragraph(self, x: float, y: float, width: float, runs: Sequence[Run], size: float) -> float:
        """Write runs of text in lines no wider than a width, the first line's top at ``y``."""
        for line in wrap(runs, width, size):
            y += size * _LINE
            at = x
            for run in line:
                self.text(at, y - size * (_LINE - 1), run.text, size, bold=run.bold, colour=run.colour)
                at += measure(run.text, size, bold=run.bold)
        return y

    def fitted(self, x: float, y: float, width: float, runs: Sequence[Run], sizes: Sequence[float]) -> float:
        """A paragraph in the largest size in which it is one line; in the first where it is more in all."""
        size = next((size for size in sizes if len(wrap(runs, width, size)) == 1), sizes[0])
        return self.paragraph(x, y, width, runs, size)

    def high(self, runs: Sequence[Run], width: float, size: float) -> float:
        """Height of a paragraph."""
        return len(wrap(runs, width, size)) * size * _LINE

    def print(self, kind: str, height: float, about: dict[str, str]) -> bytes:
        """The page, cut at a height, as a ``png``, ``svg`` or ``pdf`` that ``about`` (title, note, lang) describes."""
        inches = (height + 2 * _MARGIN) * self._unit / 72
        self._figure.set_size_inches(self._figure.get_figwidth(), round(inches * self._dpi) / self._dpi)
        self._axes.set_ylim(height + _MARGIN, -_MARGIN)
        page = io.BytesIO()
        self._figure.savefig(page, format=kind, dpi=self._dpi, metadata=_describe(kind, about))
        return page.getvalue()

    def _draw(
        self,
        outlines: Sequence[Outline],
        *,
        fill: str = "",
        line: str = "",
        width: float = 0.0,
        dash: Sequence[float] = (),
        alpha: float = 1.0,
        cap: str = "butt",
    ) -> None:
        if not outlines:
            return
        self._order += 1
        patch = PathPatch(
            Outline.make_compound_path(*outlines),
            facecolor=self.ink[fill] if fill else "none",
            edgecolor=self.ink[line] if line else "none",
            linewidth=width * self._unit if line else 0,
            # matplotlib takes dashes in widths of the line.
            linestyle=(0, tuple(length / width for length in dash)) if dash else "solid",
            capstyle=cap,
            joinstyle="round",
            alpha=alpha,
            zorder=self._order,
        )
        self._axes.add_artist(patch)
        if self._clip is None:
            patch.set_clip_on(False)
        else:
            patch.set_clip_path(self._clip)


@contextmanager
def settings() -> Iterator[None]:
    """The drawing library as it is delivered, whatever a user has set, with what equal bytes ask for."""
    with mpl.style.context(["default", _SETTINGS]):
        yield


@cache
def read_ink() -> dict[str, str]:
    """The colours of the design in print: the light ones, with those that print changes."""
    text = read_asset("tokens.css")
    blocks = [text[text.index(start) :].partition("}")[0] for start in (".shekara {", "[data-print] .shekara")]
    ink = {name: colour for block in blocks for name, colour in re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block)}
    # A casing that is nearly white would be printed as a scatter of dots.
    return ink | {"casing": ink["land"]}


def arc(x: float, y: float, r: float, start: float, end: float) -> Points:
    """Points on a circle, from an angle to another one, clockwise from the right as y goes down; shape (n, 2)."""
    count = max(3, int(abs(end - start) / 2 * (r / (2 * _CHORD)) ** 0.5) + 2)
    angle = np.linspace(start, end, count)
    return np.column_stack([x + r * np.cos(angle), y + r * np.sin(angle)])


def corners(box: Box, radius: float = 0.0) -> Points:
    """The outline of a rectangle, its corners rounded; shape (n, 2)."""
    x, y, w, h = box
    if not radius:
        return np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]])
    left, right, top, foot = x + radius, x + w - radius, y + radius, y + h - radius
    quarter = np.pi / 2
    centres = ((right, foot), (left, foot), (left, top), (right, top))
    return np.vstack([arc(a, b, radius, k * quarter, (k + 1) * quarter) for k, (a, b) in enumerate(centres)])


def _closed(ring: Points) -> Outline:
    # matplotlib spends the last point of a closed outline on the way back.
    return Outline(np.vstack([ring, ring[:1]]), closed=True)


def _describe(kind: str, about: dict[str, str]) -> dict[str, str | None]:
    """Metadata of a file: no date, so that equal figures are equal files."""
    title, note = about["title"], about["note"]
    if kind == "svg":
        return {"Title": title, "Description": note, "Language": about["lang"], "Creator": "Shekara", "Date": None}
    if kind == "pdf":
        return {"Title": title, "Subject": note, "Creator": "Shekara", "CreationDate": None}
    return {"Title": title, "Description": note, "Software": None}
