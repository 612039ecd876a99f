"""TopoJSON: arcs, the countries that share them, and the runs of a ring with one other side."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.country.coverage import DECIMALS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = [
    "World", "arc_owners", "areas", "border_runs", "chain_arcs", "decode_arcs", "decode_polygon", "decode_world",
    "drop_repeated", "polygon_arcs",
]  # fmt: skip


@dataclass(frozen=True, eq=False)
class World:
    """The world map, decoded once.

    Attributes
    ----------
    shapes
        Its countries, TopoJSON geometries.
    codes
        Of each: ISO 3166-1 alpha-2, or its name in capitals where it has none.
    arcs
        (n, 2) degrees each.
    owners
        Of each arc: positions of the shapes that use it.
    """

    shapes: list[dict[str, Any]]
    codes: list[str]
    arcs: list[Floats]
    owners: list[list[int]]


def decode_world(topology: Mapping[str, Any], iso2: Mapping[str, str]) -> World:
    """Decode a world map with an object ``countries``; ``iso2`` has the codes by ISO number and by English name."""
    shapes = topology["objects"]["countries"]["geometries"]
    names = [item["properties"]["name"] for item in shapes]
    codes = [
        iso2.get(item.get("id", "")) or iso2.get(name) or "".join(filter(str.isalpha, name)).upper()
        for item, name in zip(shapes, names, strict=True)
    ]
    arcs, owners = decode_arcs(topology), arc_owners(shapes)
    return World(shapes, codes, arcs, [owners.get(number, []) for number in range(len(arcs))])


def decode_arcs(topology: Mapping[str, Any]) -> list[Floats]:
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


def decode_polygon(arcs: Sequence[Floats], geometry: dict[str, Any]) -> shapely.MultiPolygon:
    """Return a TopoJSON Polygon or MultiPolygon as a valid geometry in degrees."""
    polygons = []
    for rings in polygon_arcs(geometry):
        shell, *holes = [chain_arcs(arcs, ring) for ring in rings]
        if len(shell) > 3:  # noqa: PLR2004 (a ring has four points)
            polygons.append(shapely.Polygon(shell, [hole for hole in holes if len(hole) > 3]))  # noqa: PLR2004
    return areas(shapely.make_valid(shapely.MultiPolygon(polygons)))


def areas(shape: shapely.Geometry) -> shapely.MultiPolygon:
    """The polygons of a shape, without the points and lines that a mending or a clipping leaves."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.multipolygons(parts[shapely.get_dimensions(parts) == 2])  # noqa: PLR2004 (an area)


def arc_owners(geometries: Sequence[dict[str, Any]]) -> dict[int, list[int]]:
    """Return, for every arc, the positions of the geometries that use it."""
    owners: dict[int, list[int]] = defaultdict(list)
    for position, geometry in enumerate(geometries):
        for rings in polygon_arcs(geometry):
            for index in (index for ring in rings for index in ring):
                owners[index if index >= 0 else ~index].append(position)
    return owners


def border_runs(ring: Sequence[int], sides: Sequence[str], *, last: str = "") -> list[tuple[str, list[int]]]:
    """Group the arcs of a ring into runs that have the same other side, a neighbour's code or ``last`` for coast.

    Returns pairs of a side and its arcs in the ring's order, which starts after the longest coast run if there is one.
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
    coasts = [i for i, (side, _) in enumerate(runs) if side == last]
    if coasts:
        first = max(coasts, key=lambda i: len(runs[i][1])) + 1
        runs = runs[first:] + runs[:first]
    return runs
