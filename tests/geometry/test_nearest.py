"""The nearest line by look-up, against brute force."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from brute_force import brute_force
from hypothesis import given, settings
from hypothesis import strategies as st
from products import examples, one_quick_in

from geo.geometry.geodesy import GEOD, distance_km
from geo.geometry.lines import LineIndex
from geo.geometry.nearest import NearestTable

if TYPE_CHECKING:
    import geo

SPIKY = [
    shapely.LineString([(60.0, 44.0), (61.0, 47.0), (62.0, 44.0), (62.1, 47.5), (63.0, 44.5)]),
    shapely.LineString([(63.0, 44.5), (63.0, 43.0), (60.0, 43.0)]),
    shapely.LineString([(60.0, 43.0), (60.0, 44.0)]),
]


@pytest.fixture(scope="module")
def table(frontier: geo.Frontier) -> NearestTable:
    return NearestTable(frontier.cell_index, rows=1000)


def points(number: int, seed: int, west: float = 44, east: float = 90) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return rng.uniform(west, east, number), rng.uniform(38, 58, number)


@pytest.mark.parametrize("number", one_quick_in(2, [200, 1500]))
def test_cell_and_distance_are_those_of_brute_force(frontier: geo.Frontier, table: NearestTable, number: int) -> None:
    lon, lat = points(number, 1)
    line, gap = table.nearest(lon, lat)
    true = brute_force(frontier.cell_index, lon, lat)
    least = true.min(axis=1)
    assert np.abs(gap - least).max() * 1000 <= 1.0
    # The cell is the nearest one, or as near to within the millimetres that brute force can tell.
    assert (true[np.arange(len(lon)), line] - least).max() * 1000 <= 0.1


def test_what_is_found_does_not_depend_on_how_fine_the_map_is(frontier: geo.Frontier, table: NearestTable) -> None:
    lon, lat = points(30_000, 2)
    finer = NearestTable(frontier.cell_index, rows=1_000_000)
    for one, other in zip(table.nearest(lon, lat), finer.nearest(lon, lat), strict=True):
        assert (one == other).all()


def test_near_the_border_nothing_is_missed(frontier: geo.Frontier, table: NearestTable) -> None:
    rng = np.random.default_rng(4)
    vertex = frontier.cell_index.vertices[rng.integers(0, len(frontier.cell_index.vertices), 20_000)]
    lon, lat = (vertex + rng.normal(0, 0.05, vertex.shape)).T
    line, gap = table.nearest(lon, lat)
    found = frontier.cell_index.nearest(lon, lat)
    assert np.abs(gap - found.distance_km).max() * 1000 < 0.1
    other = np.flatnonzero(line != found.line)
    assert np.abs(gap - found.distance_km)[other].max(initial=0) * 1000 < 0.01  # ties, as where two cells meet


def test_labels_are_those_of_the_nearest_lines(frontier: geo.Frontier, table: NearestTable) -> None:
    lon, lat = points(50_000, 5)
    segment = np.unique(frontier.cells["segment"], return_inverse=True)[1]
    line, _ = table.nearest(lon, lat)
    grouping = table.group(segment)
    assert (table.label(lon, lat, grouping) == segment[line]).all()
    assert (grouping.of_tile >= 0).mean() > 0.3  # or nothing would be a look-up


@settings(max_examples=examples(25))
@given(
    st.lists(st.tuples(st.floats(50, 75), st.floats(35, 55)), min_size=1, max_size=20),
    st.sampled_from([1000, 1_000_000]),
)
def test_spiky_lines_have_no_trap(places: list[tuple[float, float]], rows: int) -> None:
    index = LineIndex(SPIKY)
    lon, lat = np.array(places).T
    line, gap = NearestTable(index, rows=rows).nearest(lon, lat)
    true = brute_force(index, lon, lat)
    assert np.abs(gap - true.min(axis=1)).max() * 1000 <= 1.0
    assert (true[np.arange(len(lon)), line] - true.min(axis=1)).max() * 1000 <= 0.1


def test_points_off_the_map_are_as_exact(frontier: geo.Frontier, table: NearestTable) -> None:
    lon = np.array([37.6, -73.9, 151.2, 180.0, -180.0, 0.0, 67.0])
    lat = np.array([55.75, 40.7, -33.9, 0.0, 90.0, -90.0, 12.0])
    line, gap = table.nearest(lon, lat)
    found = frontier.cell_index.nearest(lon, lat)
    assert (line == found.line).all()
    assert gap == pytest.approx(found.distance_km, abs=1e-9)


def test_a_line_by_the_antimeridian_and_one_by_the_pole() -> None:
    index = LineIndex(
        [shapely.LineString([(170, 60), (180, 66)]), shapely.LineString([(-180, 66), (-170, 60)]),
         shapely.LineString([(-40, 87), (40, 87)])]
    )  # fmt: skip
    table = NearestTable(index, rows=1000)
    lon, lat = np.array([179.0, -179.0, 175.0, 0.0, 100.0, -179.9]), np.array([65.0, 65.0, 70.0, 89.9, 89.5, 66.5])
    line, gap = table.nearest(lon, lat)
    true = brute_force(index, lon, lat)
    assert gap == pytest.approx(true.min(axis=1), abs=1e-3)
    assert line[:2].tolist() == [0, 1]


def test_no_points_are_no_trouble(table: NearestTable) -> None:
    line, gap = table.nearest(np.empty(0), np.empty(0))
    assert (len(line), len(gap)) == (0, 0)
    assert len(table.label(np.empty(0), np.empty(0), table.group(np.zeros(2000, int)))) == 0


def test_known_distance() -> None:
    index = LineIndex([shapely.LineString([(70.0, 40.0), (70.0, 50.0)])])
    # A meridian: the foot of a point on the equatorial side of its parallel lies a little south of it.
    _, gap = NearestTable(index, rows=1000).nearest(np.array([70.0, 70.0]), np.array([52.0, 45.0]))
    assert gap[0] == pytest.approx(GEOD.inv(70, 50, 70, 52)[2] / 1000, abs=1e-6)
    assert gap[1] == pytest.approx(0, abs=1e-7)
    assert distance_km(70, 50, 70, 52) == pytest.approx(gap[0], abs=1e-6)
