"""Geometry for the browser: simplified, and packed as whole thousandths of a degree.

A packed line is a flat list ``[x0, y0, dx, dy, …]``: the first point, then the step to each next one. A thousandth
of a degree is about a pixel at the deepest zoom; the lines themselves are a kilometre or more off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.language.names import names_of
from geo.paths import of_country

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from geo.border.frontier import Frontier

__all__ = ["pack_basemap", "pack_line", "pack_polygon"]

SCALE = 1000
_REGION_TOLERANCE = 0.005
_FOREIGN_TOLERANCE = 0.01
_NAME_TOLERANCE = 0.1  # only to test where a country's name may stand
_LEAST_SEA = 0.05
_SEA_LAP = 0.05


def pack_line(points: NDArray[np.float64]) -> list[int]:
    """Pack the points of a line, dropping those that fall on the one before.

    Examples
    --------
    >>> pack_line(np.array([[50.0, 40.0], [50.0101, 40.0], [50.02, 39.9]]))
    [50000, 40000, 10, 0, 10, -100]
    """
    whole = np.rint(points * SCALE).astype(int)
    keep = np.ones(len(whole), bool)
    keep[1:] = np.any(np.diff(whole, axis=0) != 0, axis=1)
    whole = whole[keep]
    steps = np.diff(whole, axis=0, prepend=np.zeros((1, 2), int))
    flat: list[int] = steps.ravel().tolist()
    return flat


def pack_polygon(geometry: shapely.Geometry) -> list[list[int]]:
    """Pack the rings of a polygon or several; rings that shrink to nothing are dropped."""
    rings = shapely.get_rings(shapely.get_parts(geometry))
    packed = [pack_line(shapely.get_coordinates(ring)) for ring in rings]
    return [ring for ring in packed if len(ring) >= 8]  # noqa: PLR2004 (a triangle, closed)


@of_country(maxsize=2)  # every picture of a folder is drawn on the same one
def pack_basemap(frontier: Frontier) -> dict[str, Any]:
    """Pack what lies under the data: sea, regions, lakes, foreign edges, cities and names; not to be changed."""
    regions = frontier.regions
    simple = shapely.coverage_simplify(regions.geometry.to_numpy(), _REGION_TOLERANCE)
    return {
        "box": [round(float(value), 3) for value in regions.total_bounds],
        "sea": _sea(frontier),
        "edges": _edges(frontier),
        "regions": [
            {"code": code, "name": names_of(row), "rings": pack_polygon(shape)}
            for (code, row), shape in zip(regions.iterrows(), simple, strict=True)
        ],
        "lakes": [ring for lake in frontier.lakes.geometry for ring in pack_polygon(lake.simplify(_FOREIGN_TOLERANCE))],
        "rivers": [pack_line(shapely.get_coordinates(line)) for line in frontier.rivers.geometry.explode()],
        "cities": _cities(frontier.cities),
        "neighbours": [
            {"code": code, "name": names_of(row), "rings": pack_polygon(row.geometry.simplify(_NAME_TOLERANCE))}
            for code, row in frontier.neighbours.set_index("code").iterrows()
            if code in frontier.borders.index
        ],
    }


def _sea(frontier: Frontier) -> list[list[int]]:
    """Sea inside the box of the neighbours, reaching a little under the country's coast."""
    country = shapely.union_all(frontier.regions.geometry.to_numpy())
    abroad = shapely.union_all(frontier.neighbours.geometry.to_numpy())
    water = shapely.box(*frontier.neighbours.total_bounds).difference(shapely.union(country, abroad))
    parts = [part for part in shapely.get_parts(water) if part.area > _LEAST_SEA]
    if not parts:
        return []
    sea = shapely.union_all(parts)
    # The country is drawn over it, so no seam of foreign land shows along the coast.
    lapped = shapely.union(sea, shapely.intersection(sea.buffer(_SEA_LAP), country))
    return pack_polygon(lapped.simplify(_FOREIGN_TOLERANCE / 2))


def _edges(frontier: Frontier) -> list[list[int]]:
    """Coasts and borders abroad, without the country's own border and the box they are clipped to."""
    frame = shapely.box(*frontier.neighbours.total_bounds).boundary.buffer(1e-3)
    own = shapely.union_all(frontier.borders.geometry.to_numpy()).buffer(2e-3)
    lines = shapely.union_all(shapely.boundary(frontier.neighbours.geometry.to_numpy()))
    lines = shapely.line_merge(lines.difference(frame).difference(own))
    simple = shapely.simplify(shapely.get_parts(lines), _FOREIGN_TOLERANCE)
    return [pack_line(shapely.get_coordinates(line)) for line in simple if line.length > _SEA_LAP]


def _cities(cities: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """The places that the base map may name, larger ones first."""
    shown = cities.sort_values(["rank", "population"], ascending=[True, False], kind="stable")
    return [
        {
            "name": names_of(row),
            "at": [round(row.geometry.x, 3), round(row.geometry.y, 3)],
            "rank": int(row["rank"]),
            "country": row["country"],
        }
        for _, row in shown.iterrows()
    ]
