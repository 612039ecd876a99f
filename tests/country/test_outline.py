"""A country's lines with its neighbours, on a small cut of the world map."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
import shapely

from geo.country.outline import COAST, find_country
from geo.country.sources import country_codes
from geo.country.topology import decode_arcs
from geo.errors import InputError

PARTS = {
    "KGZ": {"CN": 1, "KZ": 1, "TJ": 2, "UZ": 3},
    "THA": {"KH": 1, "LA": 1, "MM": 1, "MY": 1, COAST: 2},
    "ZAF": {"BW": 1, "LS": 1, "MZ": 2, "NA": 1, "SZ": 1, "ZW": 1, COAST: 1},
}


@pytest.mark.parametrize("iso3", PARTS)
def test_a_neighbour_is_one_line_of_as_many_parts_as_it_has(world: dict[str, Any], iso3: str) -> None:
    outline = find_country(world, country_codes(), iso3)
    assert {code: len(parts) for code, parts in sorted(outline.lines.items())} == PARTS[iso3]
    assert list(outline.lines)[-1] == COAST or COAST not in outline.lines


@pytest.mark.parametrize("iso3", PARTS)
def test_two_neighbouring_vertices_of_a_line_are_neighbours_on_the_world_map(world: dict[str, Any], iso3: str) -> None:
    edges = {frozenset(pair) for arc in decode_arcs(world) for pair in pairwise(map(tuple, arc))}
    for parts in find_country(world, country_codes(), iso3).lines.values():
        for part in parts:
            assert {frozenset(pair) for pair in pairwise(part.coords)} <= edges


@pytest.mark.parametrize("iso3", PARTS)
def test_the_lines_go_round_the_land_with_it_on_their_right(world: dict[str, Any], iso3: str) -> None:
    outline = find_country(world, country_codes(), iso3)
    whole = outline.area.buffer(1e-3)
    for parts in outline.lines.values():
        for part in parts:
            right = part.parallel_offset(0.01, "right") if part.length > 1 else part
            assert whole.contains(part)
            assert right.intersection(outline.area).length > 0.9 * right.length or part.length <= 1


def test_a_country_inside_another_is_a_closed_line_of_it(world: dict[str, Any]) -> None:
    (round_it,) = find_country(world, country_codes(), "ZAF").lines["LS"]
    assert round_it.is_closed
    assert shapely.Polygon(round_it).area == pytest.approx(2.9, abs=0.2)
    (lesotho,) = find_country(world, country_codes(), "LSO").lines.values()
    assert lesotho[0].is_closed


def test_what_is_no_country_is_said_in_one_sentence(world: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="alpha-3"):
        find_country(world, country_codes(), "XXX")


def test_a_country_without_a_land_border_is_said_in_one_sentence(world: dict[str, Any]) -> None:
    alone = {"type": "Polygon", "id": "352", "properties": {"name": "Iceland"}, "arcs": [[0]]}
    island = {**world, "arcs": [[[0, 0], [9, 0], [0, 9], [-9, -9]]], "objects": {"countries": {"geometries": [alone]}}}
    with pytest.raises(InputError, match="without a land border"):
        find_country(island, country_codes(), "ISL")
