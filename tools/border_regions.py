"""The regions: Kazakhstan's 20 units of June 2022 from older oblasts and places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import border_geometry as geometry
import border_names as names
import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PLANE = geometry.Plane(67, 48)
GAP_WIDTH = 5_000.0
"""Gaps between oblasts narrower than this are closed, metres."""
REACH = 50_000.0
"""How far the oblasts are extended beyond their bounding box, metres."""
EDGE_STEP = 1_000.0
"""Spacing of the points that stand for the oblasts' outer edge, metres."""
GRID_STEP = 5_000.0
"""Spacing of the grid that a split is drawn on, metres."""
SAMPLE_STEP = 2_000.0
"""Spacing of the points that measure the share of the area, metres."""
SCALE = 350_000.0
NUGGET = 0.1
"""Covariance of a split (see ``border_geometry.krige_sides``): smooth, and in one piece on either side."""
GROWN = ("KZ-71", "KZ-75")
DISCS = ("KZ-79",)
"""Cities whose older limits are widened, and those without older limits."""
SCRAP = 60.0
"""A separate part of a derived region smaller than this (square km) goes to the region around it."""


class Region(NamedTuple):
    """A region: its properties as they are written, and its shape in degrees."""

    properties: dict[str, Any]
    shape: shapely.Geometry


def derive_regions(
    outline: shapely.Geometry, oblasts: Mapping[str, shapely.Geometry], places: Mapping[str, Floats]
) -> list[Region]:
    """Derive the 20 units of Kazakhstan.

    Parameters
    ----------
    outline
        The country, degrees.
    oblasts
        The older units by their name, degrees; they need not fit the outline.
    places
        For each unit's code, its places as (n, 2) degrees.

    Returns
    -------
    list of Region
        In the order of ``border_names.UNITS``; a coverage of the outline.
    """
    official = {unit.code: unit.official_area_km2 for unit in names.UNITS}
    spots = {code: _flat_points(points) for code, points in places.items()}
    shapes = extend_oblasts(oblasts)
    units = {unit.code: shapes[unit.source] for unit in names.UNITS if unit.source}
    cities = {code: geometry.grow_to_area(PLANE.degrees(units[code]), official[code]) for code in GROWN}
    cities |= {code: geometry.grow_to_area(shapely.Point(places[code][0]), official[code]) for code in DISCS}
    for ours, theirs in names.SPLITS:
        share = official[ours] / (official[ours] + official[theirs])
        units[ours], units[theirs] = split(units[ours], PLANE.metres(outline), spots[ours], spots[theirs], share)
    cities = {code: PLANE.metres(city) for code, city in cities.items()}
    built_up = shapely.union_all(list(cities.values()))
    units = {code: shapely.difference(unit, built_up, grid_size=1) for code, unit in units.items()} | cities
    ordered = list(PLANE.degrees(np.array([units[unit.code] for unit in names.UNITS])))
    tiles = geometry.snap_coverage(ordered, outline, least=SCRAP)
    return [
        Region(
            {
                "region_code": unit.code,
                "name_en": unit.name_en,
                "name_ru": unit.name_ru,
                "name_kk": unit.name_kk,
                "kind": unit.kind,
                "area_km2": round(geometry.area_km2(tile), 1),
                "official_area_km2": float(unit.official_area_km2),
                "boundary": unit.boundary,
            },
            tile,
        )
        for unit, tile in zip(names.UNITS, tiles, strict=True)
    ]


def extend_oblasts(oblasts: Mapping[str, shapely.Geometry]) -> dict[str, shapely.Geometry]:
    """Return the oblasts as a clean coverage that reaches beyond the country, in metres of the plane.

    The older map's outer edge lies some km off the outline; what lies between goes to the nearest oblast.
    """
    flat = PLANE.metres(np.array(list(oblasts.values())))
    cleaned = shapely.coverage_clean(flat, gap_width=GAP_WIDTH, merge_strategy="min_area")
    return dict(zip(oblasts, geometry.extend_parts(list(cleaned), REACH, EDGE_STEP), strict=True))


def split(
    oblast: shapely.Geometry, outline: shapely.Geometry, ours: Floats, theirs: Floats, share: float
) -> tuple[shapely.Geometry, shapely.Geometry]:
    """Split an oblast in two by the places on either side, our side getting a share of its area.

    Parameters
    ----------
    oblast
        What to split, metres; it may reach beyond the outline.
    outline
        The country, metres: only the area inside counts.
    ours, theirs
        (n, 2) places in metres.
    share
        Our part of the area, between 0 and 1.

    Returns
    -------
    ours, theirs
        Each in one piece inside the oblast.
    """
    field = geometry.krige_sides(ours, theirs, SCALE, NUGGET)
    level = geometry.area_quantile(field, shapely.intersection(oblast, outline), share, SAMPLE_STEP)
    bounds = shapely.bounds(oblast.buffer(2 * GRID_STEP))
    lines = geometry.contour_lines(field, bounds, GRID_STEP, level)
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all([oblast.boundary, lines])]))
    inner = shapely.point_on_surface(faces)
    faces, inner = faces[shapely.covers(oblast, inner)], inner[shapely.covers(oblast, inner)]
    low = faces[field(shapely.get_coordinates(inner)) <= level]
    main = max(shapely.get_parts(shapely.union_all(low)), key=lambda part: part.area)
    rest = shapely.difference(oblast, main)
    other = max(shapely.get_parts(rest), key=lambda part: part.area)
    return shapely.difference(oblast, other), other


def _flat_points(points: Floats) -> Floats:
    return shapely.get_coordinates(PLANE.metres(shapely.points(points)))
