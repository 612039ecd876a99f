"""Geodesic distances from places to lines on the WGS84 ellipsoid.

Lines are straight in longitude and latitude between their vertices (RFC 7946, section 3.1.1). Cut into pieces of
at most one kilometre, a piece and its chord differ by 2 cm at most, so the nearest piece is found among straight
chords in earth-centred coordinates and only the final distance is a geodesic.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from pyproj import Geod

from geo.geometry.chords import geodesic_square

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    from numpy.typing import ArrayLike, NDArray
    from scipy.spatial import cKDTree

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

__all__ = ["GEOD", "LineIndex", "Nearest", "densify", "distance_km", "length_km", "require_wgs84", "to_ecef"]

GEOD = Geod(ellps="WGS84")
STEP_KM = 1.0
_AXIS_KM, _FLATTENING = 6378.137, 1 / 298.257223563
_SHORT_KM = 50.0
_BLOCK = 4_000_000  # point-piece pairs worked at a time, about 300 MB


def require_wgs84(frame: gpd.GeoDataFrame | gpd.GeoSeries) -> None:
    """Raise unless the coordinates are longitude and latitude on WGS84.

    Raises
    ------
    ValueError
        When the frame has another coordinate reference system, or none.
    """
    if frame.crs is None or frame.crs.to_epsg() not in (4326, None) or not frame.crs.is_geographic:
        raise ValueError(
            f"coordinates must be longitude and latitude (EPSG:4326), found {frame.crs}: use .to_crs(4326)"
        )


def to_ecef(lon: ArrayLike, lat: ArrayLike) -> Floats:
    """Earth-centred, earth-fixed coordinates of points on the ellipsoid.

    Parameters
    ----------
    lon, lat
        Degrees, shape (n,).

    Returns
    -------
    ndarray of float64, shape (n, 3)
        Kilometres.
    """
    lam, phi = np.radians(np.asarray(lon, float)), np.radians(np.asarray(lat, float))
    squared = _FLATTENING * (2 - _FLATTENING)
    normal = _AXIS_KM / np.sqrt(1 - squared * np.sin(phi) ** 2)
    return np.stack(
        [
            normal * np.cos(phi) * np.cos(lam),
            normal * np.cos(phi) * np.sin(lam),
            normal * (1 - squared) * np.sin(phi),
        ],
        axis=-1,
    )


def distance_km(lon1: ArrayLike, lat1: ArrayLike, lon2: ArrayLike, lat2: ArrayLike) -> Floats:
    """Geodesic distance between points, degrees in and kilometres out; NaN stays NaN."""
    x1, y1, x2, y2 = np.broadcast_arrays(*(np.asarray(part, float) for part in (lon1, lat1, lon2, lat2)))
    metres = GEOD.inv(x1, y1, x2, y2)[2]
    kilometres: Floats = np.asarray(metres, float) / 1000
    return kilometres


def length_km(coordinates: Floats) -> Floats:
    """Kilometres from the first vertex to each vertex, shape (n, 2) in and (n,) out."""
    return np.concatenate([[0.0], np.cumsum(_steps_km(coordinates))])


def _steps_km(coordinates: Floats) -> Floats:
    """Geodesic distance from each vertex to the next: short ones by their chords, to a hundredth of a millimetre."""
    xyz = to_ecef(coordinates[:, 0], coordinates[:, 1])
    step = xyz[:-1] - xyz[1:]
    square = np.einsum("ij,ij->i", step, step)
    found = np.sqrt(geodesic_square(square, step[:, 2], xyz[:-1, 2]))
    far = np.flatnonzero(square > _SHORT_KM**2)
    (lon, lat), (lon2, lat2) = coordinates[far].T, coordinates[far + 1].T
    found[far] = distance_km(lon, lat, lon2, lat2)
    return found


def densify(coordinates: Floats, step_km: float = STEP_KM) -> Floats:
    """Add vertices so that no piece is longer than ``step_km``; the line keeps its shape.

    Parameters
    ----------
    coordinates
        Longitude and latitude, shape (n, 2).
    step_km
        Longest piece, kilometres.

    Returns
    -------
    ndarray of float64, shape (m, 2), m ≥ n
    """
    return _densify(coordinates, np.zeros(len(coordinates), np.intp), step_km)[0]


def _densify(coordinates: Floats, line: Ints, step_km: float) -> tuple[Floats, Ints]:
    """Add vertices to many lines at once; ``line`` says which line each vertex belongs to, in order."""
    within = line[:-1] == line[1:]
    steps = _steps_km(coordinates)
    pieces = np.where(within, np.maximum(np.ceil(steps / step_km), 1), 1).astype(int)
    if not (pieces > 1).any():
        return coordinates, line
    start = np.repeat(np.arange(len(pieces)), pieces)
    inside = np.arange(pieces.sum()) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    share = (inside / pieces[start])[:, None]
    points = coordinates[start] * (1 - share) + coordinates[start + 1] * share
    # Equal steps in degrees are unequal on the ground: a long piece may need another cut.
    return _densify(np.vstack([points, coordinates[-1:]]), np.append(line[start], line[-1]), step_km)


class Nearest(NamedTuple):
    """What :meth:`LineIndex.nearest` found, one entry a point.

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
        self.vertices, owner = _densify(coordinates, line, STEP_KM)
        self.xyz = to_ecef(self.vertices[:, 0], self.vertices[:, 1])
        # A piece starts at every vertex but the last of its line.
        self.piece = np.flatnonzero(np.append(owner[:-1] == owner[1:], [False]))
        self.piece_line = owner[self.piece]
        self.first_piece = np.searchsorted(self.piece_line, np.arange(len(lines)))
        self._piece_of_vertex = np.searchsorted(self.piece, np.arange(len(self.vertices)))
        total = length_km(self.vertices)
        self.along = total - total[self.piece[self.first_piece]][owner]

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
