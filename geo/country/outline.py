"""A country on the world map: its outline, and its lines with every neighbour, part by part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.country.coverage import DECIMALS
from geo.country.topology import border_runs, chain_arcs, decode_polygon, polygon_arcs
from geo.errors import Fault, InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from geo.country.topology import World

__all__ = ["COAST", "Outline", "find_country"]

FAR = 5.0
"""Islands farther than this from every line, degrees, stay off the map."""
HALF_TURN = 180.0
COAST = "SEA"
"""Code of the line along every sea."""


@dataclass(frozen=True, eq=False)
class Outline:
    """A country of the world map, EPSG:4326.

    Attributes
    ----------
    shapes
        Positions of its geometries in the world map.
    area
        Its land, without far islands.
    lines
        Code of the other side (``SEA``: a coast) → the parts of the line with it, in order round the country.
    names
        Code of the other side → its name on the world map.
    """

    shapes: list[int]
    area: shapely.Geometry
    lines: dict[str, list[shapely.LineString]]
    names: dict[str, str]


def find_country(world: World, code: str, *, inholdings: Sequence[str] = ()) -> Outline:
    """Find a country and its lines, cut where the other side changes.

    Every ring that touches another country counts: of the mainland, of exclaves, round enclaves. Islands belong
    to the area, not to the lines. The vertices of a line follow each other in a ring of the world map. Land beyond
    180° is an island of that map, far from every line. ``inholdings`` are areas that the map draws apart from the
    country that they belong to. Raises InputError when the map has no such country, or it has no land border or no
    area there.
    """
    names = [item["properties"]["name"] for item in world.shapes]
    ours = [i for i, other in enumerate(world.codes) if other == code]
    if not ours:
        raise InputError([Fault(code, None, "", code, "a country of the world map")])
    ours += [i for i, name in enumerate(names) if name in inholdings]
    sides = _sides(world, set(ours))
    rings = [ring for i in ours for polygon in polygon_arcs(world.shapes[i]) for ring in polygon]
    rings = [ring for ring in rings if {sides[max(arc, ~arc)] for arc in ring} - {COAST, ""}]
    rings.sort(key=lambda ring: -shapely.MultiPoint(chain_arcs(world.arcs, ring)).convex_hull.area)
    lines: dict[str, list[shapely.LineString]] = {}
    for ring in rings:
        for other, run in border_runs(ring, [sides[max(arc, ~arc)] for arc in ring], last=COAST):
            if other:
                lines.setdefault(other, []).extend(_pieces(chain_arcs(world.arcs, run)))
    if not lines:
        raise InputError([Fault(code, None, "", "a country without a land border", "one that has a border to map")])
    ordered = {other: lines[other] for other in sorted(lines, key=lambda other: other == COAST)}
    whole = shapely.get_parts(shapely.union_all([decode_polygon(world.arcs, world.shapes[i]) for i in ours]))
    if not len(whole):
        raise InputError(
            [Fault(code, None, "", "a country that is a line on the world map", "one that has an area there")]
        )
    border = shapely.union_all([part for parts in ordered.values() for part in parts])
    near = shapely.multipolygons(whole[shapely.distance(whole, border) < FAR])
    known = dict(zip(world.codes, names, strict=True))
    return Outline(
        ours, shapely.set_precision(near, 10.0**-DECIMALS), ordered, {key: known.get(key, "") for key in lines}
    )


def _sides(world: World, ours: Collection[int]) -> dict[int, str]:
    """The other side of each arc of a country; blank between two shapes of its own, which is no border of it."""
    sides = {}
    for arc, owners in enumerate(world.owners):
        if any(i in ours for i in owners):
            others = [world.codes[i] for i in owners if i not in ours]
            inside = len({i for i in owners if i in ours}) > 1
            sides[arc] = "" if inside else others[0] if others else COAST
    return sides


def _pieces(points: NDArray[np.float64]) -> list[shapely.LineString]:
    """A line without the edges at 180° that the map is cut along."""
    cut = np.flatnonzero((np.abs(points[1:, 0]) == HALF_TURN) & (np.abs(points[:-1, 0]) == HALF_TURN)) + 1
    return [shapely.LineString(piece) for piece in np.split(points, cut) if len(piece) > 1]
