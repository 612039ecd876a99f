"""Room on the map of a figure: what is taken, and whether a mark or a stem still fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.view.drawing import PRINT_WIDTHS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.view.figure.pen import Box
    from geo.view.figure.projection import Stretch, View

    Points = NDArray[np.float64]

__all__ = ["LOOSEST", "Room"]

LOOSEST = 3
"""A mark may then lie over the border and over stems, but never over another mark."""

_HOT = 2  # step from which a stretch must stay visible
_SAMPLE = 2.5
_STEP = 1.8  # between the points that stand for a stem
_START = 6.0  # of a stem, where it may still touch the border
_EDGE = 1.5


class Room:
    """Discs, stems and the border on the map, as points that others keep off."""

    def __init__(self, view: View, stretches: list[Stretch], reserved: list[Box]) -> None:
        self.view, self.kept = view, reserved
        lines = [shapely.LineString(view.outline(stretch)) for stretch in stretches]
        points = [shapely.get_coordinates(line) for line in shapely.segmentize(lines, _SAMPLE)]
        count = [len(line) for line in points]
        self.ribbon: Points = np.vstack(points)
        self.half: Points = np.repeat([PRINT_WIDTHS[stretch.step] / 2 for stretch in stretches], count)
        self.hot: NDArray[np.bool_] = np.repeat([stretch.step >= _HOT for stretch in stretches], count)
        self.clear()

    def clear(self) -> None:
        """Take all marks away."""
        self._discs: Points = np.empty((0, 3))
        self._stems: Points = np.empty((0, 2))

    def take(self, x: float, y: float, r: float, foot: tuple[float, float] | None = None) -> None:
        """Keep others off a disc, and off the stem that leads to it."""
        self._discs = np.vstack([self._discs, [x, y, r]])
        if foot is not None:
            count = int(np.hypot(x - foot[0], y - foot[1]) / _STEP) + 1
            self._stems = np.vstack([self._stems, np.linspace(foot, (x, y), count, endpoint=False)])

    def touches(self, x: float, y: float, r: float) -> bool:
        """Whether a disc overlaps another one."""
        return bool(_near(np.array([[x, y]]), self._discs[:, :2], self._discs[:, 2] + r)[0])

    def free(self, middles: Points, r: float, loose: int = 0) -> NDArray[np.bool_]:
        """Discs of a radius that have room, shape (discs,).

        ``loose`` 0: clear of marks, stems and the border; 1 and 2: nearer to marks, and on a quiet stretch; 3: clear of
        marks alone.
        """
        frame = self.view.frame.grown(-_EDGE - r)
        free = (middles >= (frame.x, frame.y)).all(axis=1)
        free &= (middles <= (frame.x + frame.w, frame.y + frame.h)).all(axis=1)
        for box in self.kept:
            wide = box.grown(r)
            inside = (middles > (wide.x, wide.y)) & (middles < (wide.x + wide.w, wide.y + wide.h))
            free &= ~inside.all(axis=1)
        free &= ~_near(middles, self._discs[:, :2], self._discs[:, 2] + r + (0.9 if loose else 1.8))
        if loose >= LOOSEST:
            return free
        free &= ~_near(middles, self._stems, np.full(len(self._stems), r + 1.2))
        return free & ~self._on_border(middles, r + 0.8, hot_only=loose > 0)

    def blocked(self, foot: tuple[float, float], end: tuple[float, float], loose: int) -> bool:
        """Whether a stem would cross a mark, another stem, or the border after its first steps."""
        length = float(np.hypot(end[0] - foot[0], end[1] - foot[1]))
        along = np.arange(2.5, max(length, 2.6), _STEP)
        points = np.array(foot) + np.outer(along / max(length, 1e-9), np.subtract(end, foot))
        late = along > _START
        return bool(
            self._on_border(points[late], 0.6, hot_only=loose > 0).any()
            or _near(points, self._discs[:, :2], self._discs[:, 2] + 0.9).any()
            or _near(points[along > 4], self._stems, np.full(len(self._stems), _STEP)).any()  # noqa: PLR2004
        )

    def _on_border(self, points: Points, reach: float, *, hot_only: bool) -> NDArray[np.bool_]:
        shown = self.hot if hot_only else np.ones(len(self.hot), bool)
        return _near(points, self.ribbon[shown], self.half[shown] + reach)


def _near(points: Points, others: Points, reach: Points) -> NDArray[np.bool_]:
    """Points that come nearer to any other one than that one's reach; what is far from all is not measured."""
    far = reach.max(initial=0.0) + 1
    low, high = points.min(axis=0, initial=np.inf) - far, points.max(axis=0, initial=-np.inf) + far
    close = ((others >= low) & (others <= high)).all(axis=1)
    gap = np.hypot(points[:, None, 0] - others[None, close, 0], points[:, None, 1] - others[None, close, 1])
    return np.asarray((gap < reach[close]).any(axis=1))
