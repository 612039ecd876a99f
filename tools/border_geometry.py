"""Pure geometry for ``build_borders.py``: arcs, runs of a border, splits, growth, one clean coverage.

Longitude and latitude in degrees (EPSG:4326) go in and out. Areas and distances are measured on the WGS84
ellipsoid, or on a local equal-area plane where a shape is made (a buffer, a contour).
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from pyproj import Geod, Transformer
from scipy.spatial.distance import cdist

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

GEOD = Geod(ellps="WGS84")
DECIMALS = 5
GRID = 10.0**-DECIMALS


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


def length_km(geometry: shapely.Geometry) -> float:
    """Return the geodesic length of a line in degrees, in km."""
    return GEOD.geometry_length(geometry) / 1000


def area_km2(geometry: shapely.Geometry) -> float:
    """Return the geodesic area of a polygon in degrees, in square km."""
    return abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(geometry))[0]) / 1e6


# ---------------------------------------------------------------- TopoJSON


def decode_arcs(topology: dict[str, Any]) -> list[Floats]:
    """Return the arcs of a quantized TopoJSON as (n, 2) degrees, rounded, without repeated points."""
    scale, origin = topology["transform"]["scale"], topology["transform"]["translate"]
    return [
        drop_repeated(np.round(np.cumsum(np.asarray(arc, float), axis=0) * scale + origin, DECIMALS))
        for arc in topology["arcs"]
    ]


def drop_repeated(points: Floats) -> Floats:
    """Return the points of a line without those equal to the one before."""
    keep = np.ones(len(points), bool)
    keep[1:] = (np.diff(points, axis=0) != 0).any(axis=1)
    return points[keep]


def chain_arcs(arcs: Sequence[Floats], indices: Sequence[int]) -> Floats:
    """Return the points along arcs set end to end; index ``~i`` means arc ``i`` backwards (TopoJSON)."""
    parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
    for one, two in pairwise(parts):
        if not np.array_equal(one[-1], two[0]):
            raise ValueError(f"arcs {list(indices)} do not join: {one[-1]} is not {two[0]}")
    return np.vstack([parts[0], *(part[1:] for part in parts[1:])])


def polygon_arcs(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """Return the arc indices of a TopoJSON geometry as polygons → rings → indices."""
    arcs = geometry.get("arcs", [])
    return arcs if geometry["type"] == "MultiPolygon" else [arcs]


def decode_polygon(arcs: Sequence[Floats], geometry: dict[str, Any]) -> shapely.Geometry:
    """Return a TopoJSON Polygon or MultiPolygon as a valid geometry in degrees."""
    polygons = []
    for rings in polygon_arcs(geometry):
        shell, *holes = [chain_arcs(arcs, ring) for ring in rings]
        if len(shell) > 3:  # noqa: PLR2004 (a ring has four points)
            polygons.append(shapely.Polygon(shell, [hole for hole in holes if len(hole) > 3]))  # noqa: PLR2004
    return shapely.make_valid(shapely.MultiPolygon(polygons))


def arc_owners(geometries: Sequence[dict[str, Any]]) -> dict[int, list[int]]:
    """Return, for every arc, the positions of the geometries that use it."""
    owners: dict[int, list[int]] = defaultdict(list)
    for position, geometry in enumerate(geometries):
        for rings in polygon_arcs(geometry):
            for index in (index for ring in rings for index in ring):
                owners[index if index >= 0 else ~index].append(position)
    return owners


def border_runs(ring: Sequence[int], sides: Sequence[str]) -> list[tuple[str, list[int]]]:
    """Group the arcs of a ring into runs that have the same other side, coast last.

    Parameters
    ----------
    ring
        Arc indices of the ring, in its order.
    sides
        The other side of each arc, the same length: a neighbour's code, or "" for the coast.

    Returns
    -------
    list of (side, arc indices)
        The runs in the ring's order. It starts after the longest coast run, if there is a coast.
    """
    if len(set(sides)) == 1:
        return [(sides[0], list(ring))]
    start = next(i for i in range(len(ring)) if sides[i] != sides[i - 1])
    runs: list[tuple[str, list[int]]] = []
    for i in (*range(start, len(ring)), *range(start)):
        if runs and runs[-1][0] == sides[i]:
            runs[-1][1].append(ring[i])
        else:
            runs.append((sides[i], [ring[i]]))
    coasts = [i for i, (side, _) in enumerate(runs) if not side]
    if coasts:
        first = max(coasts, key=lambda i: len(runs[i][1])) + 1
        runs = runs[first:] + runs[:first]
    return runs


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


# ---------------------------------------------------------------- one coverage


def snap_coverage(
    regions: Sequence[shapely.Geometry], outline: shapely.Geometry, *, least: float
) -> list[shapely.Geometry]:
    """Fit regions into an outline as one coverage on the coordinate grid: no gap, no overlap, shared points.

    All edges are noded together on the grid; every face goes to the region that holds it, else to the nearest.

    Parameters
    ----------
    regions
        Polygons in degrees that nearly tile the outline.
    outline
        The whole, in degrees.
    least
        A part of a region smaller than this (square km) that touches another region goes to that one.
    """
    edges = [shapely.boundary(outline), *shapely.boundary(np.asarray(regions))]
    noded = shapely.union_all(shapely.get_parts(shapely.set_precision(edges, GRID)), grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize([noded]))
    inner = shapely.point_on_surface(faces)
    faces, inner = faces[shapely.covers(outline, inner)], inner[shapely.covers(outline, inner)]
    owner = np.argmin([shapely.distance(region, inner) for region in regions], axis=0)
    owner = _absorb_scraps(faces, owner, least)
    return [shapely.normalize(shapely.coverage_union_all(faces[owner == number])) for number in range(len(regions))]


def _absorb_scraps(faces: Any, owner: NDArray[np.intp], least: float) -> NDArray[np.intp]:
    """Return the owners after small separate parts have gone to the region with most common edge."""
    owner = owner.copy()
    for number in np.unique(owner):
        for part in shapely.get_parts(shapely.coverage_union_all(faces[owner == number])):
            if area_km2(part) >= least:
                continue
            mine = (owner == number) & shapely.covers(part, shapely.point_on_surface(faces))
            common = shapely.intersection(part.boundary, shapely.boundary(faces))
            shared = np.where(mine, 0.0, [length_km(line) for line in common])
            if shared.max() > 0:  # an island has no other region to go to
                owner[mine] = owner[shared.argmax()]
    return owner


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
