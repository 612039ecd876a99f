"""Pure geometry for ``build_borders.py``: arcs, runs of a border, splits, growth, one clean coverage.

Longitude and latitude in degrees (EPSG:4326) go in and out. Areas and distances are measured on the WGS84
ellipsoid, or on a local equal-area plane where a shape is made (a buffer, a contour).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from pyproj import Transformer
from scipy.spatial.distance import cdist

from geo.country.coverage import DECIMALS, GRID, area_km2, length_km, snap_coverage
from geo.country.topology import (
    arc_owners,
    border_runs,
    chain_arcs,
    decode_arcs,
    decode_polygon,
    drop_repeated,
    polygon_arcs,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = [
    "DECIMALS", "GRID", "Plane", "arc_owners", "area_km2", "area_quantile", "border_runs", "chain_arcs",
    "contour_lines", "cut_ring", "decode_arcs", "decode_polygon", "drop_repeated", "extend_parts", "grow_to_area",
    "krige_sides", "length_km", "polygon_arcs", "snap_coverage",
]  # fmt: skip


class Plane:
    """An equal-area plane round a place: to plane metres and back to degrees.

    Parameters
    ----------
    lon, lat
        Centre of the plane, degrees.
    """

    def __init__(self, lon: float, lat: float) -> None:
        local = f"+proj=laea +lat_0={lat} +lon_0={lon} +datum=WGS84 +units=m"
        self._there = Transformer.from_crs("EPSG:4326", local, always_xy=True)
        self._back = Transformer.from_crs(local, "EPSG:4326", always_xy=True)

    def metres(self, geometry: Any) -> Any:
        """Return a geometry (or an array of them) in metres of the plane."""
        return shapely.transform(geometry, self._there.transform, interleaved=False)

    def degrees(self, geometry: Any) -> Any:
        """Return a geometry (or an array of them) in degrees."""
        return shapely.transform(geometry, self._back.transform, interleaved=False)


# ---------------------------------------------------------------- shapes


def grow_to_area(polygon: shapely.Geometry, area: float) -> shapely.Geometry:
    """Return a polygon widened (or narrowed) evenly on all sides until it has a given area.

    Parameters
    ----------
    polygon
        In degrees; a point gives a disc.
    area
        Square km.
    """
    centre = polygon.centroid
    plane = Plane(centre.x, centre.y)
    flat = plane.metres(polygon)
    low, high = -np.sqrt(flat.area), np.sqrt(area * 1e6)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if flat.buffer(middle).area < area * 1e6 else (low, middle)
    return plane.degrees(flat.buffer(high).simplify(20))


def extend_parts(parts: Sequence[shapely.Geometry], reach: float, step: float) -> list[shapely.Geometry]:
    """Extend parts over all that lies round and between them, each place going to the nearest part.

    The nearest is found with Voronoi cells of points along the parts' common outer edge.

    Parameters
    ----------
    parts
        Polygons in one plane that do not overlap.
    reach
        How far beyond the parts' bounding box to go, in units of the plane.
    step
        Spacing of the points along the edge, in units of the plane; results lie on a grid of a thousandth.
    """
    grid = step / 1_000
    together = shapely.union_all(parts, grid_size=grid)
    ground = shapely.box(*together.bounds).buffer(reach, join_style="mitre")
    gaps = shapely.difference(ground, together)
    points = np.unique(shapely.get_coordinates(shapely.segmentize(together.boundary, step)), axis=0)
    owner = np.argmin([shapely.distance(part, shapely.points(points)) for part in parts], axis=0)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=ground, ordered=True))
    return [
        shapely.union_all([part, *shapely.intersection(cells[owner == number], gaps, grid_size=grid)], grid_size=grid)
        for number, part in enumerate(parts)
    ]


def krige_sides(ours: Floats, theirs: Floats, scale: float, nugget: float) -> Callable[[Floats], Floats]:
    """Return a smooth field that is low near our places and high near theirs.

    Simple kriging of the indicator -1 (ours) and +1 (theirs) with a Matérn covariance of smoothness 3/2
    (Rasmussen and Williams 2006, eqs. 2.25 and 4.17): the nearest places decide, a lone one less than many.

    Parameters
    ----------
    ours, theirs
        (n, 2) and (m, 2) points in metres.
    scale
        Length of the covariance, metres.
    nugget
        Variance of a single place's indicator; 0 makes the field pass through every place.

    Returns
    -------
    callable
        (k, 2) points in metres → (k,) values, about -1 to 1.
    """
    places = np.vstack([ours, theirs])
    sides = np.concatenate([-np.ones(len(ours)), np.ones(len(theirs))])

    def covariance(one: Floats, two: Floats) -> Floats:
        lag = np.sqrt(3) * cdist(one, two) / scale
        return (1 + lag) * np.exp(-lag)

    weights = np.linalg.solve(covariance(places, places) + nugget * np.eye(len(places)), sides)
    return lambda points: covariance(points, places) @ weights


def area_quantile(field: Callable[[Floats], Floats], polygon: shapely.Geometry, share: float, step: float) -> float:
    """Return the level that a field stays below on a share of a polygon's area (points on a square grid)."""
    x0, y0, x1, y1 = polygon.bounds
    x, y = (axis.ravel() for axis in np.meshgrid(np.arange(x0, x1, step), np.arange(y0, y1, step)))
    shapely.prepare(polygon)
    inside = shapely.contains_xy(polygon, x, y)
    return float(np.quantile(field(np.column_stack([x, y])[inside]), share))


def contour_lines(field: Callable[[Floats], Floats], bounds: Sequence[float], step: float, level: float) -> Any:
    """Return the lines where a field equals a level, linear within the triangles of a square grid.

    Parameters
    ----------
    field
        (k, 2) points → (k,) values.
    bounds
        min x, min y, max x, max y.
    step
        Side of a grid square, in the units of the plane.
    level
        The value on the line.
    """
    x = np.arange(bounds[0], bounds[2] + step, step)
    y = np.arange(bounds[1], bounds[3] + step, step)
    points = np.stack(np.meshgrid(x, y, indexing="ij"), axis=-1)
    values = field(points.reshape(-1, 2)).reshape(len(x), len(y)) - level
    values[values == 0] = 1e-9  # a line through a grid point would end there
    corners = (slice(None, -1), slice(1, None))
    squares = {(i, j): (points[corners[i], corners[j]], values[corners[i], corners[j]]) for i in (0, 1) for j in (0, 1)}
    pieces = []
    for triangle in (((0, 0), (1, 0), (1, 1)), ((0, 0), (0, 1), (1, 1))):
        place = np.stack([squares[c][0].reshape(-1, 2) for c in triangle], axis=1)
        value = np.stack([squares[c][1].ravel() for c in triangle], axis=1)
        crossed = [value[:, a] * value[:, b] < 0 for a, b in ((0, 1), (1, 2), (0, 2))]
        ends = []
        for a, b in ((0, 1), (1, 2), (0, 2)):
            with np.errstate(divide="ignore", invalid="ignore"):
                t = (value[:, a] / (value[:, a] - value[:, b]))[:, None]
                ends.append(place[:, a] + t * (place[:, b] - place[:, a]))
        for one, two in ((0, 1), (1, 2), (0, 2)):
            both = crossed[one] & crossed[two]
            pieces.append(np.round(np.stack([ends[one][both], ends[two][both]], axis=1), 3))
    return shapely.line_merge(shapely.MultiLineString(list(np.concatenate(pieces))))


def cut_ring(ring: Floats, places: Sequence[Floats]) -> list[shapely.LineString]:
    """Cut a closed ring at its vertices nearest to the given places, in order along the ring.

    Parameters
    ----------
    ring
        (n, 2) points, first equal to last, running in the order of ``places``.
    places
        Points; piece ``i`` runs from place ``i`` to place ``i + 1``, the last one back to the first.
    """
    open_ring = ring[:-1]
    at = [int(np.hypot(*(open_ring - place).T).argmin()) for place in places]
    turned = np.roll(open_ring, -at[0], axis=0)
    cuts = [(position - at[0]) % len(open_ring) for position in at] + [len(open_ring)]
    if sorted(cuts) != cuts:
        raise ValueError("the places do not follow each other along the ring")
    closed = np.vstack([turned, turned[:1]])
    return [shapely.LineString(closed[one : two + 1]) for one, two in pairwise(cuts)]
