"""Breaks of the border's colours, made for a selection, and what they say of a value.

The page's scripts do the same; ``tests/vectors/breaks.json`` holds the cases of both.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["SPAN", "breaks_for", "is_hollow", "step_of"]

SPAN = 3
"""Steps that an interval spans where the value is unsure."""

_NUMBER = 4


def breaks_for(medians: Iterable[float]) -> tuple[float, ...]:
    """Four rungs of the ladder … 0.1, 0.2, 0.5, 1, 2, 5 …, the last the largest that half the highest value reaches.

    ``medians`` are those of all stretches under a selection, per 100 km and year; empty where none lies above 0.
    """
    highest = Decimal(repr(float(max(medians, default=0.0))))
    if highest <= 0:
        return ()
    half = highest / 2
    ladder = [Decimal(rung).scaleb(half.adjusted() + power) for power in (-2, -1, 0) for rung in (1, 2, 5)]
    return tuple(float(rung) for rung in ladder if rung <= half)[-_NUMBER:]


def step_of(value: float, breaks: Sequence[float]) -> int:
    """Colour step of a value: the number of breaks that it reaches."""
    return sum(limit <= value for limit in breaks)


def is_hollow(median: float, low90: float, high90: float, breaks: Sequence[float]) -> bool:
    """Whether a stretch is drawn hollow: coloured, but its interval spans three steps or more."""
    return step_of(median, breaks) > 0 and step_of(high90, breaks) - step_of(low90, breaks) >= SPAN
