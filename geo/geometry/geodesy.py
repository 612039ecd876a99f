"""Geodesic distances and lengths on the WGS84 ellipsoid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from pyproj import Geod

from geo.geometry.chords import geodesic_square

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

__all__ = ["GEOD", "STEP_KM", "densify", "densify_lines", "distance_km", "length_km", "require_wgs84", "to_ecef"]

GEOD = Geod(ellps="WGS84")
STEP_KM = 1.0
_AXIS_KM, _FLATTENING = 6378.137, 1 / 298.257223563
_SHORT_KM = 50.0


def require_wgs84(frame: gpd.GeoDataFrame | gpd.GeoSeries) -> None:
    """Raise ValueError unless the coordinates are longitude and latitude on WGS84."""
    if frame.crs is None or frame.crs.to_epsg() not in (4326, None) or not frame.crs.is_geographic:
        raise ValueError(
            f"coordinates must be longitude and latitude (EPSG:4326), found {frame.crs}: use .to_crs(4326)"
        )


def to_ecef(lon: ArrayLike, lat: ArrayLike) -> Floats:
    """Earth-centred, earth-fixed coordinates of points on the ellipsoid in kilometres, shape (n, 3), from degrees."""
    lam, phi = np.radians(np.asarray(lon, float)), np.radians(np.asarray(lat, float))
    squared = _FLATTENING * (2 - _FLATTENING)
    normal = _AXIS_KM / np.sqrt(1 - squared * np.sin(phi) ** 2)
    return np.stack(
        [normal * np.cos(phi) * np.cos(lam), normal * np.cos(phi) * np.sin(lam), normal * (1 - squared) * np.sin(phi)],
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
    steps = np.sqrt(geodesic_square(square, step[:, 2], xyz[:-1, 2]))
    far = np.flatnonzero(square > _SHORT_KM**2)
    steps[far] = distance_km(*coordinates[far].T, *coordinates[far + 1].T)
    return np.asarray(steps)


def densify(coordinates: Floats, step_km: float = STEP_KM) -> Floats:
    """Add vertices so that no piece is longer than ``step_km``; the line, (n, 2) in degrees, keeps its shape."""
    return densify_lines(coordinates, np.zeros(len(coordinates), np.intp), step_km)[0]


def densify_lines(coordinates: Floats, line: Ints, step_km: float) -> tuple[Floats, Ints]:
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
    return densify_lines(np.vstack([points, coordinates[-1:]]), np.append(line[start], line[-1]), step_km)
