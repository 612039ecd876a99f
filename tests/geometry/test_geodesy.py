"""Distances against brute force and against known answers."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.geometry.geodesy import densify, length_km, require_wgs84, to_ecef


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


def test_planar_coordinates_are_refused() -> None:
    with pytest.raises(ValueError, match="longitude and latitude"):
        require_wgs84(gpd.GeoSeries(gpd.points_from_xy([0], [0], crs="EPSG:3857")))
    with pytest.raises(ValueError, match="longitude and latitude"):
        require_wgs84(gpd.GeoSeries(gpd.points_from_xy([0], [0])))
