"""Indexed lines against brute force and against known answers."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from products import examples
from sample_lines import LINES

import geo
from geo.geometry.geodesy import GEOD, densify, distance_km
from geo.geometry.lines import LineIndex


def brute_force(lon: float, lat: float, line: shapely.LineString) -> float:
    """Least geodesic distance to points every 20 m along the line, kilometres."""
    fine = densify(shapely.get_coordinates(line), 0.02)
    return float(distance_km(np.full(len(fine), lon), np.full(len(fine), lat), fine[:, 0], fine[:, 1]).min())


@settings(max_examples=examples(20))
@given(lon=st.floats(46, 87), lat=st.floats(40, 55))
def test_nearest_agrees_with_brute_force(lon: float, lat: float) -> None:
    found = LineIndex(LINES).nearest(lon, lat)
    best = min(brute_force(lon, lat, line) for line in LINES)
    assert found.distance_km[0] == pytest.approx(best, abs=0.01)
    assert brute_force(lon, lat, LINES[found.line[0]]) == pytest.approx(best, abs=0.01)
    assert found.distance_km[0] == pytest.approx(GEOD.inv(lon, lat, found.lon[0], found.lat[0])[2] / 1000, abs=1e-6)


@settings(max_examples=examples(20))
@given(lon=st.floats(46, 87), lat=st.floats(40, 55))
def test_distances_agree_with_brute_force(lon: float, lat: float) -> None:
    found = LineIndex(LINES).distances(lon, lat)[0]
    # Far away a chord may pick a foot whose geodesic is a few metres longer.
    assert found == pytest.approx([brute_force(lon, lat, line) for line in LINES], abs=0.02)


def test_along_is_measured_from_the_start_of_the_line() -> None:
    line = shapely.LineString([(50, 45), (50, 46), (50, 47)])
    found = LineIndex([line]).nearest([51, 50.5], [46, 45])
    assert found.along_km[0] == pytest.approx(GEOD.line_length([50, 50], [45, 46]) / 1000, abs=1.0)
    assert found.along_km[1] == pytest.approx(0, abs=0.2)


def test_many_points_at_once_equal_one_by_one() -> None:
    seed = np.random.default_rng(7)
    lon, lat = seed.uniform(46, 87, 50), seed.uniform(40, 55, 50)
    index = LineIndex(LINES)
    together = index.distances(lon, lat)
    assert together == pytest.approx(np.vstack([index.distances(x, y) for x, y in zip(lon, lat, strict=True)]))
    assert index.nearest(lon, lat).distance_km == pytest.approx(together.min(axis=1), abs=0.005)


@pytest.mark.parametrize("block", [1, 50, 1_000_000])
def test_lines_that_still_matter_are_told_to_the_last_bit(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.geometry.lines._BLOCK", block)
    seed = np.random.default_rng(8)
    cells = geo.read_frontier().cells.geometry
    lon, lat = seed.uniform(40, 95, 40), seed.uniform(35, 60, 40)
    index = LineIndex(list(cells))
    whole = index.distances(lon, lat, slice(100, 300))
    reach = 1.5 * whole.min(axis=1) + 10
    some = index.distances(lon, lat, slice(100, 300), within_km=reach)
    near = whole <= reach[:, None]
    assert (some[near] == whole[near]).all()
    assert ((some == whole) | np.isinf(some)).all()
    assert np.isinf(some).any()


def test_far_side_of_the_earth_has_its_distance_too() -> None:
    index = LineIndex(LINES)
    far = [-110.0, 70.0], [-45.0, -80.0]
    least = index.nearest(*far).distance_km
    assert index.distances(*far, within_km=least).min(axis=1) == pytest.approx(least)
