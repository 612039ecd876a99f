"""Straight lines through the earth, and the geodesics above them.

Nearness is told among chords (earth-centred, kilometres), which costs a few multiplications; the length of the geodesic
follows from that of its chord. On a sphere of radius R a chord c spans the arc s = 2 R arcsin(c / 2R), that is

    s² = c² (1 + k/12 + k²/90 + k³/560 + …),        k = c²/R².

On the ellipsoid R is the radius of curvature in the chord's direction (Euler): 1/R² ≈ (1 − e² sin²φ + 2 e² (n/c)²
cos²φ) / a² to the first order in e², with φ the middle latitude, n the chord's northward part and n cos φ its part
along the earth's axis. Beside Karney's geodesics the distance is wrong by at most 0.15 m up to 1,000 km and 0.4 m up to
1,500 km; tests/geometry/test_chords.py measures it. Farther apart, ask :func:`geo.geometry.geodesy.distance_km`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

__all__ = ["LONGEST_KM", "Chords", "axial_part", "geodesic_square", "rank_square"]

LONGEST_KM = 1500.0
"""As far as :func:`geodesic_square` is good for."""

_AXIS_KM, _FLATTENING = 6378.137, 1 / 298.257223563
_POLE_KM = _AXIS_KM * (1 - _FLATTENING)
_SQUARED = _FLATTENING * (2 - _FLATTENING)


class Chords:
    """Pieces of lines as straight chords from ``start`` to ``end``, earth-centred, kilometres, shape (pieces, 3)."""

    def __init__(self, start: Floats, end: Floats) -> None:
        self.length = np.maximum(np.sqrt(np.sum((end - start) ** 2, axis=1)), 1e-12)
        self.start = np.ascontiguousarray(start.T)
        self.unit = np.ascontiguousarray(((end - start) / self.length[:, None]).T)

    def __len__(self) -> int:
        return len(self.length)

    def square(self, point: Floats, piece: Ints) -> tuple[Floats, Floats, Floats]:
        """Distance from points (earth-centred, kilometres, shape (3, n)) to pieces, one piece per point.

        Gives the chord's square (km²), its part along the earth's axis (km), and how far along the piece its foot lies
        (km).
        """
        x, y, z = (here - start.take(piece) for here, start in zip(point, self.start, strict=True))
        ux, uy, uz = (unit.take(piece) for unit in self.unit)
        along = x * ux
        along += y * uy
        along += z * uz
        foot = np.minimum(along, self.length.take(piece))
        np.maximum(foot, 0.0, out=foot)
        # |gap|² = |offset|² − foot (2 along − foot): the offset is at most a piece longer than the gap.
        along *= 2
        along -= foot
        along *= foot
        x *= x
        y *= y
        x += y
        x += z * z
        x -= along
        uz *= foot
        z -= uz
        return np.maximum(x, 0.0, out=x), z, foot

    def at(self, piece: Ints, foot: Floats) -> Floats:
        """Points on pieces, shape (3, n)."""
        return np.asarray(self.start[:, piece] + foot * self.unit[:, piece])


def rank_square(square: Floats, rise: Floats, axial: Floats) -> Floats:
    """A number that puts the feet of one point in the order of their geodesic distances, km².

    It is c² (1 + k/12), the geodesic's square but for what is equal in all directions, from the square of the chord
    and its part along the earth's axis, and :func:`axial_part`.
    """
    k = square * axial
    k += (2 * _SQUARED / _AXIS_KM**2 / 12) * rise * rise
    k += 1
    k *= square
    return k


def axial_part(z: Floats) -> Floats:
    """(1 − e² sin²φ) / 12 a² of points at z km above the equator's plane."""
    return np.asarray((1 - _SQUARED * (z / _POLE_KM) ** 2) / (12 * _AXIS_KM**2))


def geodesic_square(square: Floats, rise: Floats, z: Floats) -> Floats:
    """Square of the geodesic distance of points from the ends of chords, km², good up to ``LONGEST_KM``.

    ``square`` and ``rise`` are the square of the chord (km²) and its part along the earth's axis, ``z`` the points'
    height above the plane of the equator (km).
    """
    middle = (z - rise / 2) / _POLE_KM
    k = (square * (1 - _SQUARED * middle**2) + 2 * _SQUARED * rise**2) / _AXIS_KM**2
    return np.asarray(square * (1 + k * (1 / 12 + k * (1 / 90 + k * (1 / 560 + k / 3150)))))
