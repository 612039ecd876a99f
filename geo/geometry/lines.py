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

_BLOCK = 4_000_000  # point-piece pairs worked at a time, about 300 MB
_SLACK_KM = 0.01  # what rounding may take from a ball


class Nearest(NamedTuple):
    """Answers of :meth:`LineIndex.nearest`, one entry per point.

    Attributes
    ----------
    line
        Position of the nearest line among those indexed.
    distance_km
        Geodesic distance to it.
    lon, lat
        The nearest point on it (its foot), degrees.
    along_km
        Kilometres from that line's start to the foot.
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

    def _to_pieces(self, xyz: Floats, piece: Ints) -> tuple[Floats, Floats]:
        """Chord distance to each piece and the share of the piece at which its foot lies; shapes broadcast."""
        start = self.xyz[self.piece[piece]]
        step = self.xyz[self.piece[piece] + 1] - start
        offset = xyz - start
        square = np.maximum(np.einsum("...i,...i", step, step), 1e-18)
        share = np.clip(np.einsum("...i,...i", offset, step) / square, 0, 1)
        gap = offset - share[..., None] * step
        return np.sqrt(np.einsum("...i,...i", gap, gap)), share

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
        best_piece = np.zeros(len(lon), np.intp)
        best_share = np.zeros(len(lon))
        waiting, k = np.arange(len(lon)), 4
        while len(waiting):
            k = min(k, len(self.xyz))
            reach, vertex = self._tree.query(xyz[waiting], k=k)
            reach, vertex = np.reshape(reach, (-1, k)), np.reshape(vertex, (-1, k))
            after = np.minimum(self._piece_of_vertex[vertex], len(self.piece) - 1)
            pieces = np.concatenate([np.maximum(after - 1, 0), after], axis=1)
            chord, share = self._to_pieces(xyz[waiting][:, None, :], pieces)
            pick = np.argmin(chord, axis=1)
            rows = np.arange(len(waiting))
            best_piece[waiting], best_share[waiting] = pieces[rows, pick], share[rows, pick]
            certain = np.maximum(reach[:, -1] ** 2 - (STEP_KM / 2) ** 2, 0) >= chord[rows, pick] ** 2
            waiting = waiting[~(certain | (k == len(self.xyz)))]
            k *= 4
        return best_piece, best_share

    @cached_property
    def _balls(self) -> tuple[Chords, Floats, Floats]:
        """The pieces as chords, and a ball about each line: its middle, shape (lines, 3), and radius, km."""
        start, end = self.ends
        low = np.minimum.reduceat(np.minimum(start, end), self.first_piece)
        high = np.maximum.reduceat(np.maximum(start, end), self.first_piece)
        return Chords(start, end), (low + high) / 2, np.linalg.norm(high - low, axis=1) / 2

    def within(self, lon: ArrayLike, lat: ArrayLike, reach: ArrayLike, lines: slice) -> tuple[Ints, Ints, Floats]:
        """Geodesic distances from points to those lines of a run that lie within each point's reach.

        Parameters
        ----------
        lon, lat
            Degrees, shape (n,), finite.
        reach
            Kilometres, shape (n,).
        lines
            Run of the indexed lines, without steps.

        Returns
        -------
        tuple of ndarray, shape (pairs,)
            Position of the point, ascending; position of the line in the run, ascending; kilometres, wrong by 0.4 m at
            most (:mod:`geo.geometry.chords`). All lines within reach are there; some that lie beyond may be.
        """
        lon, lat, limit = (np.asarray(part, float) for part in (lon, lat, reach))
        xyz, (chords, middle, radius) = to_ecef(lon, lat), self._balls
        # A line is no nearer than its ball, and no chord is longer than the geodesic above it.
        centre = middle[lines].mean(axis=0)
        here, there = xyz - centre, middle[lines] - centre
        square = (here**2).sum(axis=1)[:, None] + (there**2).sum(axis=1) - 2 * here @ there.T
        row, line = np.nonzero(square <= (limit[:, None] + radius[lines] + _SLACK_KM) ** 2)
        count = np.diff(self.first_piece, append=len(self.piece))[lines][line]
        pair = np.repeat(np.arange(len(row)), count)
        start = np.cumsum(count) - count
        piece = np.arange(len(pair)) + (self.first_piece[lines][line] - start)[pair]
        chord, rise, foot = chords.square(np.ascontiguousarray(xyz.T)[:, row[pair]], piece)
        best = np.flatnonzero(chord <= np.minimum.reduceat(chord, start)[pair]) if len(pair) else pair
        best = best[np.searchsorted(pair[best], np.arange(len(row)))]
        gap = np.sqrt(geodesic_square(chord[best], rise[best], xyz[row, 2]))
        far = np.flatnonzero(gap > LONGEST_KM)
        if len(far):
            piece, share = piece[best[far]], foot[best[far]] / chords.length[piece[best[far]]]
            gap[far] = distance_km(lon[row[far]], lat[row[far]], *self._foot(piece, share))
        return row, line, gap

    def distances(self, lon: ArrayLike, lat: ArrayLike, lines: slice = slice(None)) -> Floats:
        """Geodesic distance from every point to every line, or to a run of the lines.

        Parameters
        ----------
        lon, lat
            Degrees, shape (n,), finite.
        lines
            Which of the indexed lines, without steps.

        Returns
        -------
        ndarray of float64, shape (n, lines)
            Kilometres.
        """
        lon, lat = np.atleast_1d(np.asarray(lon, float)), np.atleast_1d(np.asarray(lat, float))
        xyz = to_ecef(lon, lat)
        low, high, _ = lines.indices(len(self.first_piece))
        pieces = np.flatnonzero((self.piece_line >= low) & (self.piece_line < high))
        block = max(1, _BLOCK // max(1, len(pieces)))
        found = [
            self._distances(xyz[i : i + block], lon[i : i + block], lat[i : i + block], pieces)
            for i in range(0, len(lon), block)
        ]
        return np.vstack(found) if found else np.empty((0, high - low))

    def _distances(self, xyz: Floats, lon: Floats, lat: Floats, pieces: Ints) -> Floats:
        chord, share = self._to_pieces(xyz[:, None, :], pieces)
        line = self.piece_line[pieces] - self.piece_line[pieces[0]]
        least = np.minimum.reduceat(chord, np.searchsorted(line, np.arange(line[-1] + 1)), axis=1)
        row, at = np.nonzero(chord <= least[:, line])
        # Two pieces that share a vertex can tie: the first stands for both.
        keep = np.concatenate([[True], (row[1:] != row[:-1]) | (line[at[1:]] != line[at[:-1]])])
        row, at = row[keep], at[keep]
        foot_lon, foot_lat = self._foot(pieces[at], share[row, at])
        return distance_km(lon[row], lat[row], foot_lon, foot_lat).reshape(least.shape)
