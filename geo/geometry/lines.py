"""Lines indexed for the exact nearest line, foot and distance of many points.

Lines are straight in longitude and latitude between their vertices (RFC 7946, section 3.1.1). Cut into pieces of
at most one kilometre, a piece and its chord differ by 2 cm at most, so the nearest piece is found among straight
chords in earth-centred coordinates and only the final distance is a geodesic.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from geo.geometry.chords import LONGEST_KM, Chords, geodesic_square
from geo.geometry.geodesy import STEP_KM, densify_lines, distance_km, length_km, to_ecef

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray
    from scipy.spatial import cKDTree

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

__all__ = ["LineIndex", "Nearest"]

_BLOCK = 200_000  # point-piece pairs worked at a time: they stay near the processor
_ROUNDED = 1e-3  # km
_TIED = 1e-7  # km


class Nearest(NamedTuple):
    """Answers of :meth:`LineIndex.nearest`, one entry per point.

    Position of the nearest line among those indexed, geodesic distance to it, the nearest point on it (its foot, in
    degrees) and kilometres from that line's start to the foot.
    """

    line: Ints
    distance_km: Floats
    lon: Floats
    lat: Floats
    along_km: Floats


class LineIndex:
    """Exact nearest line, foot and distance, for many points.

    A k-d tree over the vertices of the densified lines gives candidates. A piece of length ``h`` or less whose
    ends are both at least ``d`` away is at least √(d² − h²/4) away: when that is beyond the best found among the
    k nearest vertices, the answer is exact; else k grows.

    Parameters
    ----------
    lines
        LineString geometries, EPSG:4326.
    """

    def __init__(self, lines: Sequence[shapely.LineString]) -> None:
        coordinates, line = shapely.get_coordinates(lines, return_index=True)
        self.vertices, owner = densify_lines(coordinates, line, STEP_KM)
        self.xyz = to_ecef(self.vertices[:, 0], self.vertices[:, 1])
        # A piece starts at every vertex but the last of its line.
        self.piece = np.flatnonzero(np.append(owner[:-1] == owner[1:], [False]))
        self.piece_line = owner[self.piece]
        self.first_piece = np.searchsorted(self.piece_line, np.arange(len(lines)))
        self._piece_of_vertex = np.searchsorted(self.piece, np.arange(len(self.vertices)))
        total = length_km(self.vertices)
        self.along = total - total[self.piece[self.first_piece]][owner]

    @property
    def ends(self) -> tuple[Floats, Floats]:
        """Both ends of every piece, earth-centred, kilometres, shape (pieces, 3) each."""
        return self.xyz[self.piece], self.xyz[self.piece + 1]

    @cached_property
    def _tree(self) -> cKDTree:
        from scipy.spatial import cKDTree  # noqa: PLC0415  (only the nearest of all lines needs it)

        return cKDTree(self.xyz)

    @cached_property
    def chords(self) -> Chords:
        """The pieces as straight lines through the earth."""
        return Chords(*self.ends)

    def _foot(self, piece: Ints, share: Floats) -> tuple[Floats, Floats]:
        start, end = self.vertices[self.piece[piece]], self.vertices[self.piece[piece] + 1]
        foot = start + share[..., None] * (end - start)
        return foot[..., 0], foot[..., 1]

    def nearest(self, lon: ArrayLike, lat: ArrayLike) -> Nearest:
        """Nearest line of each point.

        Parameters
        ----------
        lon, lat
            Degrees, shape (n,), finite.

        Returns
        -------
        Nearest
            Arrays of shape (n,).
        """
        lon, lat = np.atleast_1d(np.asarray(lon, float)), np.atleast_1d(np.asarray(lat, float))
        piece, share = self._search(lon, lat)
        foot_lon, foot_lat = self._foot(piece, share)
        start = self.piece[piece]
        along = self.along[start] + share * (self.along[start + 1] - self.along[start])
        gap = distance_km(lon, lat, foot_lon, foot_lat)
        return Nearest(self.piece_line[piece], gap, foot_lon, foot_lat, along)

    def nearest_piece(self, lon: Floats, lat: Floats) -> tuple[Ints, Floats]:
        """Nearest piece of each point, as a position in ``piece``, and the geodesic distance to it (km)."""
        piece, share = self._search(lon, lat)
        return piece, distance_km(lon, lat, *self._foot(piece, share))

    def _search(self, lon: Floats, lat: Floats) -> tuple[Ints, Floats]:
        """Nearest piece of each point and the share of it at which the foot lies."""
        xyz = to_ecef(lon, lat)
        best_piece, best_foot = np.zeros(len(lon), np.intp), np.zeros(len(lon))
        waiting, k = np.arange(len(lon)), 4
        while len(waiting):
            k = min(k, len(self.xyz))
            reach, vertex = self._tree.query(xyz[waiting], k=k)
            reach, vertex = np.reshape(reach, (-1, k)), np.reshape(vertex, (-1, k))
            after = np.minimum(self._piece_of_vertex[vertex], len(self.piece) - 1)
            pieces = np.concatenate([np.maximum(after - 1, 0), after], axis=1)
            square, _, foot = self.chords.square(np.repeat(xyz[waiting].T, 2 * k, axis=1), pieces.ravel())
            # Where two lines meet in a vertex, what is nearest to it lies on the first, whatever was rounded.
            near = np.sqrt(square).reshape(pieces.shape)
            tied = near <= near.min(axis=1, keepdims=True) + _TIED
            rows, pick = np.arange(len(waiting)), np.argmin(np.where(tied, pieces, len(self.piece)), axis=1)
            at = rows * 2 * k + pick
            best_piece[waiting], best_foot[waiting] = pieces[rows, pick], foot[at]
            certain = np.maximum(reach[:, -1] ** 2 - (STEP_KM / 2) ** 2, 0) >= square[at]
            waiting = waiting[~(certain | (k == len(self.xyz)))]
            k *= 4
        return best_piece, best_foot / self.chords.length[best_piece]

    def distances(
        self, lon: ArrayLike, lat: ArrayLike, lines: slice = slice(None), *, within_km: ArrayLike = np.inf
    ) -> Floats:
        """Geodesic distance from every point to every line, or to a run of the lines, good to half a metre.

        Parameters
        ----------
        lon, lat
            Degrees, shape (n,), finite.
        lines
            Which of the indexed lines, without steps.
        within_km
            How far from each point a line still matters, shape (n,) or one for all. Lines beyond may be told as
            infinitely far.

        Returns
        -------
        ndarray of float64, shape (n, lines)
            Kilometres.
        """
        lon, lat = np.atleast_1d(np.asarray(lon, float)), np.atleast_1d(np.asarray(lat, float))
        low, high, _ = lines.indices(len(self.first_piece))
        gap = np.full((len(lon), high - low), np.inf)
        xyz = to_ecef(lon, lat)
        middle, radius = (part[low:high] for part in self._balls)
        apart = np.sqrt(np.maximum(np.sum(xyz**2, 1)[:, None] + np.sum(middle**2, 1) - 2 * xyz @ middle.T, 0))
        reach = np.broadcast_to(np.asarray(within_km, float), len(lon))
        point, line = np.nonzero(apart - radius <= reach[:, None] + _ROUNDED)
        pieces = np.diff(np.append(self.first_piece, len(self.piece_line)))[low:high]
        ends = np.cumsum(pieces[line])
        start = 0
        while start < len(point):
            done = ends[start - 1] if start else 0
            end = max(start + 1, int(np.searchsorted(ends, done + _BLOCK, side="right")))
            pairs = slice(start, end)
            gap[point[pairs], line[pairs]] = self._distances(lon, lat, xyz.T, point[pairs], line[pairs] + low)
            start = end
        return gap

    @cached_property
    def _balls(self) -> tuple[Floats, Floats]:
        """A ball about each line: a vertex in the line's middle, shape (lines, 3), and the radius, shape (lines,)."""
        start = self.piece[self.first_piece]
        owner = np.repeat(np.arange(len(start)), np.diff(np.append(start, len(self.xyz))))
        middle = self.xyz[(start + np.append(start[1:], len(self.xyz))) // 2]
        reach = np.sqrt(np.sum((self.xyz - middle[owner]) ** 2, axis=1))
        return middle, np.maximum.reduceat(reach, start)

    def _distances(self, lon: Floats, lat: Floats, xyz: Floats, point: Ints, line: Ints) -> Floats:
        """Geodesic distance of pairs of a point and a line."""
        pieces = np.diff(np.append(self.first_piece, len(self.piece_line)))[line]
        begin = np.cumsum(pieces) - pieces
        piece = np.repeat(self.first_piece[line] - begin, pieces) + np.arange(pieces.sum())
        square, rise, foot = self.chords.square(xyz[:, np.repeat(point, pieces)], piece)
        at = np.flatnonzero(square <= np.repeat(np.minimum.reduceat(square, begin), pieces))
        # Two pieces that share a vertex can tie: the first stands for both.
        at = at[np.searchsorted(at, begin)]
        gap = np.sqrt(geodesic_square(square[at], rise[at], xyz[2, point]))
        far = np.flatnonzero(square[at] > LONGEST_KM**2)
        at, point = at[far], point[far]
        gap[far] = distance_km(lon[point], lat[point], *self._foot(piece[at], foot[at] / self.chords.length[piece[at]]))
        return gap
