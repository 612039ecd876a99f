"""Regions fitted into an outline as one clean coverage; lengths and areas on the WGS84 ellipsoid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from pyproj import Geod

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["DECIMALS", "GRID", "area_km2", "length_km", "snap_coverage"]

GEOD = Geod(ellps="WGS84")
DECIMALS = 5
GRID = 10.0**-DECIMALS


def length_km(geometry: shapely.Geometry) -> float:
    """Return the geodesic length of a line in degrees, in km."""
    return GEOD.geometry_length(geometry) / 1000


def area_km2(geometry: shapely.Geometry) -> float:
    """Return the geodesic area of a polygon in degrees, in square km."""
    return abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(geometry))[0]) / 1e6


def snap_coverage(
    regions: Sequence[shapely.Geometry], outline: shapely.Geometry, *, least: float
) -> list[shapely.Geometry]:
    """Fit regions into an outline as one coverage on the coordinate grid: no gap, no overlap, shared points.

    All is in degrees. All edges are noded together on the grid; every face goes to the region that holds it, else to
    the nearest. A part of a region of less than ``least`` square km that touches another region goes to that one.
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
