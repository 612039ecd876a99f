"""The base map of a country: neighbouring land, lakes and cities, as plain features."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from geo.country.features import Feature, tidy
from geo.country.topology import areas, chain_arcs, decode_arcs, decode_polygon

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geo.country.outline import Outline
    from geo.country.topology import World

__all__ = ["draw_cities", "draw_lakes", "draw_neighbours", "draw_rivers"]

TOLERANCE = 0.01
"""How far an edge that the country does not share may be moved, degrees."""
LEAST_LAND, LEAST_LAKE = 0.003, 0.02
"""Islands and lakes smaller than this are left out, square degrees."""
LARGE_AT_HOME, LARGE_ABROAD, LEAST_TOWN = 100_000, 300_000, 5_000
"""Population from which a city is of the second rank, at home and abroad, and of the third at home."""


def draw_neighbours(
    world: World, outline: Outline, window: Sequence[float], named: Callable[[str, str], dict[str, str]]
) -> list[Feature]:
    """Draw other countries' land in a window (west, south, east, north); shared edges keep every point."""
    mine = set(outline.shapes)
    frame = shapely.box(*window)
    seen = {
        owner
        for arc, owners in zip(world.arcs, world.owners, strict=True)
        if frame.intersects(shapely.box(*arc.min(axis=0), *arc.max(axis=0)))
        for owner in owners
    } - mine
    arcs = [
        arc if mine & set(owners) or not seen & set(owners) or len(arc) < 2  # noqa: PLR2004 (a line has two points)
        else shapely.get_coordinates(shapely.LineString(arc).simplify(TOLERANCE))
        for arc, owners in zip(world.arcs, world.owners, strict=True)
    ]  # fmt: skip
    features: list[Feature] = []
    for number in seen:
        code, item = world.codes[number], world.shapes[number]
        parts = areas(shapely.clip_by_rect(decode_polygon(arcs, item), *window)).geoms
        land = [part for part in parts if part.area > LEAST_LAND or part.touches(outline.area)]
        if land:
            features.append(({"code": code, **named(code, item["properties"]["name"])}, tidy(shapely.union_all(land))))
    return sorted(features, key=lambda feature: (feature[0]["code"], feature[0]["name_en"]))


def draw_lakes(topology: Mapping[str, Any], window: Sequence[float]) -> list[Feature]:
    """Draw the larger lakes in the window; the map that they come from names none."""
    arcs = decode_arcs(topology)
    blank = {"name_en": "", "name_ru": "", "name_kk": ""}
    shapes = (decode_polygon(arcs, item) for item in topology["objects"]["lakes"]["geometries"])
    clipped = (areas(shapely.clip_by_rect(shape, *window)) for shape in shapes)
    return [(blank, tidy(shape)) for shape in clipped if shape.area > LEAST_LAKE]


def draw_rivers(topology: Mapping[str, Any], window: Sequence[float]) -> list[Feature]:
    """Draw the rivers in the window from west to east; the map that they come from names none."""
    arcs = decode_arcs(topology)
    rivers = topology["objects"].get("rivers", {"geometries": []})["geometries"]
    parts = [part for item in rivers for part in (item["arcs"] if "Multi" in item["type"] else [item["arcs"]])]
    chains = [chain for chain in (chain_arcs(arcs, part) for part in parts) if len(chain) > 1]
    merged = shapely.line_merge(shapely.clip_by_rect(shapely.MultiLineString(chains), *window).simplify(TOLERANCE / 2))
    return [({}, tidy(line)) for line in sorted(shapely.get_parts(merged), key=lambda line: line.bounds)]


def draw_cities(
    cities: Mapping[str, Mapping[str, Any]], home: Mapping[str, Any],
    regions: Sequence[tuple[str, shapely.Geometry]], window: Sequence[float],
) -> list[Feature]:  # fmt: skip
    """Places at home and large cities abroad: the capital first, large cities second, towns third."""
    tree = shapely.STRtree([shape for _, shape in regions])
    features: list[Feature] = []
    for place in cities.values():
        at_home = place["countrycode"] == home["iso"]
        large = place["population"] >= (LARGE_AT_HOME if at_home else LARGE_ABROAD)
        capital = at_home and place["name"] == home["capital"]
        rank = 1 if capital else 2 if large else 3 * (at_home and place["population"] >= LEAST_TOWN)
        lon, lat = round(place["longitude"], 5), round(place["latitude"], 5)
        if rank and window[0] < lon < window[2] and window[1] < lat < window[3]:
            point = shapely.Point(lon, lat)
            properties = {
                "geonames_id": place["geonameid"], **{f"name_{lang}": place["name"] for lang in ("en", "ru", "kk")},
                "country": place["countrycode"], "population": place["population"], "capital": capital, "rank": rank,
                "region_code": regions[int(tree.nearest(point))][0] if at_home else "",
            }  # fmt: skip
            features.append((properties, point))
    return sorted(features, key=lambda item: (item[0]["rank"], -item[0]["population"], item[0]["geonames_id"]))
