"""A country's lines with its neighbours, on a small cut of the world map."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
import shapely

from geo.country.outline import COAST, find_country
from geo.country.sources import country_codes
from geo.country.topology import World, decode_world
from geo.errors import InputError

PARTS = {
    "KG": {"CN": 1, "KZ": 1, "TJ": 2, "UZ": 3},
    "TH": {"KH": 1, "LA": 1, "MM": 1, "MY": 1, COAST: 2},
    "ZA": {"BW": 1, "LS": 1, "MZ": 2, "NA": 1, "SZ": 1, "ZW": 1, COAST: 1},
}


@pytest.mark.parametrize("code", PARTS)
def test_a_neighbour_is_one_line_of_as_many_parts_as_it_has(world: World, code: str) -> None:
    outline = find_country(world, code)
    assert {other: len(parts) for other, parts in sorted(outline.lines.items())} == PARTS[code]
    assert list(outline.lines)[-1] == COAST or COAST not in outline.lines


@pytest.mark.parametrize("code", PARTS)
def test_two_neighbouring_vertices_of_a_line_are_neighbours_on_the_world_map(world: World, code: str) -> None:
    edges = {frozenset(pair) for arc in world.arcs for pair in pairwise(map(tuple, arc))}
    for parts in find_country(world, code).lines.values():
        for part in parts:
            assert {frozenset(pair) for pair in pairwise(part.coords)} <= edges


@pytest.mark.parametrize("code", PARTS)
def test_the_lines_go_round_the_land_with_it_on_their_right(world: World, code: str) -> None:
    outline = find_country(world, code)
    whole = outline.area.buffer(1e-3)
    for parts in outline.lines.values():
        for part in parts:
            right = part.parallel_offset(0.01, "right") if part.length > 1 else part
            assert whole.contains(part)
            assert right.intersection(outline.area).length > 0.9 * right.length or part.length <= 1


def test_a_country_inside_another_is_a_closed_line_of_it(world: World) -> None:
    (round_it,) = find_country(world, "ZA").lines["LS"]
    assert round_it.is_closed
    assert shapely.Polygon(round_it).area == pytest.approx(2.9, abs=0.2)
    (lesotho,) = find_country(world, "LS").lines.values()
    assert lesotho[0].is_closed


def test_what_is_no_country_is_said_in_one_sentence(world: World) -> None:
    with pytest.raises(InputError, match="a country of the world map"):
        find_country(world, "XX")


def made_up(arcs: list[list[list[int]]], *shapes: dict[str, Any]) -> World:
    """A world map whose unit is a degree."""
    transform = {"scale": [1, 1], "translate": [0, 0]}
    topology = {"transform": transform, "arcs": arcs, "objects": {"countries": {"geometries": list(shapes)}}}
    return decode_world(topology, country_codes())


def test_a_country_without_a_land_border_is_said_in_one_sentence() -> None:
    alone = {"type": "Polygon", "id": "352", "properties": {"name": "Iceland"}, "arcs": [[0]]}
    with pytest.raises(InputError, match="without a land border"):
        find_country(made_up([[[0, 0], [9, 0], [0, 9], [-9, -9]]], alone), "IS")


def test_a_country_too_small_to_have_an_area_is_said_in_one_sentence() -> None:
    """The Vatican is a line there and back on a map of this scale."""
    inside = {"type": "Polygon", "id": "336", "properties": {"name": "Vatican"}, "arcs": [[0]]}
    round_it = {"type": "Polygon", "id": "380", "properties": {"name": "Italy"}, "arcs": [[1], [~0]]}
    arcs = [[[2, 2], [1, 0], [-1, 0]], [[0, 0], [0, 9], [9, 0], [-9, -9]]]
    with pytest.raises(InputError, match="a line on the world map"):
        find_country(made_up(arcs, inside, round_it), "VA")


def test_the_maps_own_edge_is_no_coast() -> None:
    """Land that 180° cuts in two: Russia's, of which the eastern end lies on the other side of the map."""
    russia = {"type": "MultiPolygon", "id": "643", "properties": {"name": "Russia"}, "arcs": [[[0, 1]], [[3]]]}
    china = {"type": "Polygon", "id": "156", "properties": {"name": "China"}, "arcs": [[~0, 2]]}
    arcs = [
        [[160, 60], [10, 0]],
        [[170, 60], [10, 2], [0, 3], [0, 3], [-5, 1], [-15, -9]],
        [[160, 60], [0, -9], [10, 0], [0, 9]],
        [[-180, 62], [4, 2], [-4, 4], [0, -3], [0, -3]],
    ]
    outline = find_country(made_up(arcs, russia, china), "RU")
    assert [list(part.coords) for part in outline.lines[COAST]] == [
        [(170, 60), (180, 62)], [(180, 68), (175, 69), (160, 60)]
    ]  # fmt: skip
    assert outline.area.bounds[2] == 180
    assert outline.area.bounds[0] == 160
