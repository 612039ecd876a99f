"""Regions by look-up, against the polygons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from geo.geometry.geodesy import GEOD
from geo.geometry.region_index import OUTSIDE_KM, RegionIndex

if TYPE_CHECKING:
    import geo


def test_the_look_up_says_what_the_polygons_say(frontier: geo.Frontier) -> None:
    rng = np.random.default_rng(6)
    lon, lat = rng.uniform(44, 90, 40_000), rng.uniform(38, 58, 40_000)
    index = frontier.region_index
    found = index.look_up(lon, lat)
    assert (found == index.number(lon, lat)).all()
    assert set(index.codes[found]) == {*frontier.regions.index, ""}


def test_near_the_outlines_too(frontier: geo.Frontier) -> None:
    rng = np.random.default_rng(8)
    outline = shapely.get_coordinates(frontier.regions.geometry)
    lon, lat = (outline[rng.integers(0, len(outline), 10_000)] + rng.normal(0, 0.06, (10_000, 2))).T
    index = frontier.region_index
    assert (index.look_up(lon, lat) == index.number(lon, lat)).all()


def test_a_point_a_little_outside_belongs_to_the_nearest() -> None:
    regions = gpd.GeoDataFrame(
        {"region_code": ["A", "B"]}, geometry=[shapely.box(60, 50, 62, 52), shapely.box(62, 50, 64, 52)], crs=4326
    ).set_index("region_code")
    index = RegionIndex(regions)
    within, beyond = (GEOD.fwd(61.0, 52.0, 0, km * 1000)[1] for km in (OUTSIDE_KM - 0.01, OUTSIDE_KM + 0.2))
    lon, lat = np.array([61.0, 61.0, 62.0, 63.5, 10.0]), np.array([within, beyond, 51.0, 51.0, -80.0])
    expected = ["A", "", "A", "B", ""]  # the edge between two belongs to the first
    assert index.at(lon, lat).tolist() == expected
    assert index.codes[index.look_up(lon, lat)].tolist() == expected
