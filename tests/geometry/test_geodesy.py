"""Distances against brute force and against known answers."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.geometry.geodesy import GEOD, LineIndex, densify, distance_km, length_km, require_wgs84, to_ecef

LINES = [
    shapely.LineString([(50.0, 45.0), (52.0, 46.5), (51.0, 48.0)]),
    shapely.LineString([(70.0, 41.0), (75.0, 43.0), (75.5, 43.2), (80.0, 42.2)]),
    shapely.LineString([(80.0, 42.2), (82.0, 45.0)]),
]


def brute_force(lon: float, lat: float, line: shapely.LineString) -> float:
    """Least geodesic distance to points every 20 m along the line, kilometres."""
    fine = densify(shapely.get_coordinates(line), 0.02)
    return float(distance_km(np.full(len(fine), lon), np.full(len(fine), lat), fine[:, 0], fine[:, 1]).min())


def test_ecef_knows_the_equator_and_the_pole() -> None:
    assert to_ecef(0, 0) == pytest.approx([6378.137, 0, 0])
    assert to_ecef(0, 90) == pytest.approx([0, 0, 6356.752314], abs=1e-6)


def test_length_is_geodesic() -> None:
    # A degree of the equator on WGS84.
    assert length_km(np.array([[0.0, 0.0], [1.0, 0.0]]))[-1] == pytest.approx(111.319491, abs=1e-5)


@given(
    points=st.lists(st.tuples(st.floats(46, 87), st.floats(40, 55)), min_size=2, max_size=6, unique=True),
    step=st.floats(0.5, 50),
)
def test_densify_keeps_the_shape_and_the_step(points: list[tuple[float, float]], step: float) -> None:
    line = np.array(points)
    fine = densify(line, step)
    assert np.diff(length_km(fine)).max() <= step * (1 + 1e-9)
    assert fine[0] == pytest.approx(line[0])
    assert fine[-1] == pytest.approx(line[-1])
    assert shapely.LineString(fine).length == pytest.approx(shapely.LineString(line).length)


@settings(max_examples=20)
@given(lon=st.floats(46, 87), lat=st.floats(40, 55))
def test_nearest_agrees_with_brute_force(lon: float, lat: float) -> None:
    found = LineIndex(LINES).nearest(lon, lat)
    best = min(brute_force(lon, lat, line) for line in LINES)
    assert found.distance_km[0] == pytest.approx(best, abs=0.01)
    assert brute_force(lon, lat, LINES[found.line[0]]) == pytest.approx(best, abs=0.01)
    assert found.distance_km[0] == pytest.approx(GEOD.inv(lon, lat, found.lon[0], found.lat[0])[2] / 1000, abs=1e-6)


@settings(max_examples=20)
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


def test_planar_coordinates_are_refused() -> None:
    with pytest.raises(ValueError, match="longitude and latitude"):
        require_wgs84(gpd.GeoSeries(gpd.points_from_xy([0], [0], crs="EPSG:3857")))
    with pytest.raises(ValueError, match="longitude and latitude"):
        require_wgs84(gpd.GeoSeries(gpd.points_from_xy([0], [0])))
