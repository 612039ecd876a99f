"""Forms in which the atlas hands its parts on."""

from __future__ import annotations

from typing import NotRequired, TypedDict

__all__ = ["PackedBorder", "PackedCrossing", "PackedEstimate", "PackedSegment"]


class PackedEstimate(TypedDict):
    """An estimate: columns ``value``, ``low`` and ``high`` of the 90 % interval, and more.

    Three figures each, or as many more as leave what is written of a number as it is.
    """

    borders: dict[str, list[float]]
    """Of the land borders, in their order."""
    segments: dict[str, list[float]]
    """Whole stretches, crossings too; with ``low50`` and ``high50``."""
    crossings: dict[str, list[float]]
    """A year at each crossing, 0 where there is none; with the ends of its rank among crossings."""
    between: dict[str, list[float]]
    """Between crossings of each stretch; with the ends of its rank among stretches."""


class PackedBorder(TypedDict):
    """A border line: its names, lengths in km, and the first of its cells and of those after it."""

    code: str
    name: dict[str, str]
    land: bool
    km: int
    published: float | None
    cells: tuple[int, int]


class PackedSegment(TypedDict):
    """A stretch of a border: its names, and where it starts and how long it is, in km."""

    id: str
    name: dict[str, str]
    border: str
    start: int
    km: float


class PackedCrossing(TypedDict):
    """A crossing: where it lies and, on a border line, the cell, km and point where it belongs."""

    id: str
    name: dict[str, str]
    pair: str
    border: str
    mode: str
    at: tuple[float, float]
    position: str
    cell: int
    km: NotRequired[float]
    off: NotRequired[float]
    foot: NotRequired[tuple[float, float]]
