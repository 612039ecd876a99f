"""Drawing constants: what counts as near or as there, widths of the border, families' shapes.

Print and the browser draw by the same ones; the browser is sent them with the atlas.
"""

from __future__ import annotations

from math import cos, pi, sin
from typing import Any

from geo.summaries.cards import SOME, WHOLE
from geo.vocabulary import FAMILIES

__all__ = ["CIRCLE", "NEAR", "NONE", "OUTLINES", "PRINT_WIDTHS", "pack_drawing"]

NONE = -1
"""The step of a stretch without any record."""

NEAR = 0.05
"""Expected records in a stretch, below which it counts as having none."""

PRINT_WIDTHS = {NONE: 0.9, 0: 1.6, 1: 2.4, 2: 3.5, 3: 4.9, 4: 6.5}
"""Width of the border by step, points."""

_SCREEN_WIDTHS = (2.8, 4, 5.5, 7.5, 10)  # by step, pixels at the scale of a wide window
_LEAST_HOLLOW = 5.5  # thinner, a hollow line does not show that it is one
_SHADES = ((0, 0.0), (1, 0.05), (5, 0.11), (15, 0.18), (30, 0.27))  # records from which on a region is shaded, how deep

_CROSS = ((-0.42, -1.1), (0.42, -1.1), (0.42, -0.42), (1.1, -0.42), (1.1, 0.42), (0.42, 0.42))
OUTLINES: dict[str, tuple[tuple[float, float], ...]] = {
    "D": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    "M": (*_CROSS, *((-x, -y) for x, y in _CROSS)),
    "T": ((-0.92, -0.92), (0.92, -0.92), (0.92, 0.92), (-0.92, 0.92)),
    "W": ((0, -1.22), (1.18, 0.9), (-1.18, 0.9)),
    "R": tuple((1.15 * cos(k * pi / 3), 1.15 * sin(k * pi / 3)) for k in range(6)),
    "V": tuple(
        ((0.55 if k % 2 else 1.3) * cos(k * pi / 5 - pi / 2), (0.55 if k % 2 else 1.3) * sin(k * pi / 5 - pi / 2))
        for k in range(10)
    ),
    "O": ((0, 1.22), (1.18, -0.9), (-1.18, -0.9)),
}
"""Corners of the families' shapes round 0, 0, made for an equal optical size; the family without is a circle."""

CIRCLE = 1.04
"""Radius of the circle."""


def pack_drawing() -> dict[str, Any]:
    """Pack what the browser draws by."""
    return {
        "near": NEAR,
        "whole": WHOLE,
        "some": SOME,
        "widths": list(_SCREEN_WIDTHS),
        "least_hollow": _LEAST_HOLLOW,
        "shades": [list(shade) for shade in _SHADES],
        "outlines": {family.letter: [list(at) for at in OUTLINES.get(family.letter, ())] for family in FAMILIES},
        "circle": CIRCLE,
    }
