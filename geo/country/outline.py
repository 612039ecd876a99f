"""A country on the world map: its outline, and its lines with every neighbour, part by part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.country.coverage import DECIMALS
from geo.country.topology import arc_owners, border_runs, chain_arcs, decode_arcs, decode_polygon, polygon_arcs
from geo.errors import Fault, InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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

    @staticmethod
    def code_of(item: Mapping[str, Any], iso2: Mapping[str, str]) -> str:
        """Code of a shape of the world map: ISO 3166-1 alpha-2, or its name in capitals where it has none."""
        name = item["properties"]["name"]
        return iso2.get(item.get("id", "")) or iso2.get(name) or "".join(filter(str.isalpha, name)).upper()


def find_country(
    world: Mapping[str, Any], iso2: Mapping[str, str], iso3: str, *, inholdings: Sequence[str] = ()
) -> Outline:
    """Find a country and its lines, cut where the other side changes.

    Every ring that touches another country counts: of the mainland, of exclaves, round enclaves. Islands belong
    to the area, not to the lines. The vertices of a line follow each other in a ring of the world map.

    Parameters
    ----------
    world
        The world map, TopoJSON with an object ``countries``.
    iso2
        ISO 3166-1 alpha-2 code by numeric code, by alpha-3 and by English name.
    iso3
        ISO 3166-1 alpha-3 code of the country.
    inholdings
        Names of areas that the map draws apart from the country that they belong to.

    Returns
    -------
    Outline

    Raises
    ------
    InputError
        When the map has no such country, or it has no land border.
    """
    shapes = world["objects"]["countries"]["geometries"]
    number = next((key for key, code in iso2.items() if code == iso2.get(iso3) and key.isdigit()), None)
    ours = [i for i, item in enumerate(shapes) if number and item.get("id") == number]
    if not ours:
        raise InputError([Fault(iso3, None, "", iso3, "an ISO 3166-1 alpha-3 code of a country of the world map")])
    ours += [i for i, item in enumerate(shapes) if item["properties"]["name"] in inholdings]
    arcs, owners = decode_arcs(world), arc_owners(shapes)
    names: dict[str, str] = {}

    def side(arc: int) -> str:
        others = [shapes[i] for i in owners[max(arc, ~arc)] if i not in ours]
        if not others:
            return COAST
        code = Outline.code_of(others[0], iso2)
        names[code] = others[0]["properties"]["name"]
        return code

    rings = [ring for i in ours for polygon in polygon_arcs(shapes[i]) for ring in polygon]
    size = {id(ring): shapely.Polygon(chain_arcs(arcs, ring)).area for ring in rings if len(chain_arcs(arcs, ring)) > 3}  # noqa: PLR2004
    lines: dict[str, list[shapely.LineString]] = {}
    for ring in sorted((ring for ring in rings if id(ring) in size), key=lambda ring: -size[id(ring)]):
        # An edge between two shapes of one country is no border of it.
        sides = [side(arc) if len(set(owners[max(arc, ~arc)]) & set(ours)) == 1 else "" for arc in ring]
        if set(sides) <= {COAST, ""}:
            continue
        for code, run in border_runs(ring, sides, last=COAST):
            if code:
                lines.setdefault(code, []).append(shapely.LineString(chain_arcs(arcs, run)))
    if not lines:
        raise InputError([Fault(iso3, None, "", "a country without a land border", "one that has a border to map")])
    ordered = {code: lines[code] for code in sorted(lines, key=lambda code: code == COAST)}
    whole = shapely.get_parts(shapely.union_all([decode_polygon(arcs, shapes[i]) for i in ours]))
    border = shapely.union_all([part for parts in ordered.values() for part in parts])
    near = whole[shapely.distance(whole, border) < FAR]
    if near.size and np.ptp(shapely.bounds(near)[:, [0, 2]]) > HALF_TURN:
        raise InputError([Fault(iso3, None, "", "land on both sides of 180°", "a country that no map's edge cuts")])
    return Outline(ours, shapely.set_precision(shapely.multipolygons(near), 10.0**-DECIMALS), ordered, names)
