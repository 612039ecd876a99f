"""Geodesic distances the slow way, to test the fast one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.geometry.geodesy import distance_km, to_ecef

if TYPE_CHECKING:
    from geo.geometry.lines import LineIndex

_SLACK_KM = 0.001
_ROUNDS, _SHARES = 4, 21


def brute_force(index: LineIndex, lon: np.ndarray, lat: np.ndarray, block: int = 200) -> np.ndarray:
    """Least geodesic distance from each point to each line, infinite for lines that are certainly not the nearest.

    All pieces of all lines are looked at. A chord is never longer than its geodesic, so what a chord leaves possible
    is measured by geodesics to points along the piece, finer and finer about the nearest of them.

    Returns
    -------
    ndarray, shape (points, lines)
        Kilometres.
    """
    start, end = index.vertices[index.piece], index.vertices[index.piece + 1]
    a, step = index.xyz[index.piece], index.xyz[index.piece + 1] - index.xyz[index.piece]
    found = np.full((len(lon), len(index.first_piece)), np.inf)
    for begin in range(0, len(lon), block):
        x, y = lon[begin : begin + block], lat[begin : begin + block]
        offset = to_ecef(x, y)[:, None, :] - a
        share = np.clip(np.sum(offset * step, axis=2) / np.maximum(np.sum(step**2, axis=1), 1e-18), 0, 1)
        chord = np.sqrt(np.sum((offset - share[..., None] * step) ** 2, axis=2))
        best = np.argmin(chord, axis=1)
        foot = start[best] + share[np.arange(len(x)), best][:, None] * (end - start)[best]
        bound = distance_km(x, y, foot[:, 0], foot[:, 1])
        row, piece = np.nonzero(chord <= (bound + _SLACK_KM)[:, None])
        gap = _to_pieces(x[row], y[row], start[piece], end[piece])
        np.minimum.at(found, (begin + row, index.piece_line[piece]), gap)
    return found


def _to_pieces(lon: np.ndarray, lat: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Geodesic distance from each point to its piece."""
    low, high = np.zeros(len(lon)), np.ones(len(lon))
    least = np.full(len(lon), np.inf)
    for _ in range(_ROUNDS):
        share = low[:, None] + (high - low)[:, None] * np.linspace(0, 1, _SHARES)
        foot = start[:, None] + share[..., None] * (end - start)[:, None]
        gap = distance_km(lon[:, None], lat[:, None], foot[..., 0], foot[..., 1])
        at = np.argmin(gap, axis=1)
        least = np.minimum(least, gap.min(axis=1))
        width = (high - low) / (_SHARES - 1)
        middle = share[np.arange(len(lon)), at]
        low, high = np.maximum(middle - width, 0), np.minimum(middle + width, 1)
    return least
