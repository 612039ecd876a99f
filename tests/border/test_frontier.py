"""The border cut into cells and segments, and what lies along it."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from products import one_quick_in
from pyproj import Geod

from geo.border.frontier import Frontier, read_frontier
from geo.errors import InputError
from geo.geometry.geodesy import densify, length_km, to_ecef
from geo.geometry.lines import LineIndex
from geo.paths import data_path

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def test_the_land_border_is_one_open_curve(frontier: Frontier) -> None:
    ends = [shapely.get_coordinates(line)[[0, -1]] for line in frontier.borders.geometry]
    for before, after in zip(ends, [*ends[1:], ends[0]], strict=True):
        assert before[1] == pytest.approx(after[0])
    land = frontier.borders[frontier.borders["kind"].eq("land")]
    assert list(land.index) == ["RU", "CN", "KG", "UZ", "TM"]
    assert list(land["offset_km"].diff().iloc[1:]) == pytest.approx(list(land["length_km"].iloc[:-1]))


def test_cells_are_equal_and_tile_their_line(frontier: Frontier) -> None:
    for neighbour, cells in frontier.cells.groupby("neighbour"):
        assert cells["start_km"].iloc[0] == 0
        assert list(cells["start_km"].iloc[1:]) == pytest.approx(list(cells["end_km"].iloc[:-1]))
        assert cells["end_km"].iloc[-1] == pytest.approx(frontier.borders.loc[neighbour, "length_km"])
        assert np.ptp(cells["length_km"]) < 1e-6
        assert cells["length_km"].iloc[0] == pytest.approx(10, abs=0.2)
        for line, length in zip(cells.geometry, cells["length_km"], strict=True):
            assert length_km(densify(shapely.get_coordinates(line)))[-1] == pytest.approx(length, abs=0.01)


def test_land_comes_first_and_ids_tell_their_line(frontier: Frontier) -> None:
    land = frontier.cells["land"].to_numpy()
    assert not land[np.argmin(land) :].any()
    assert {"KG-037", "RU-001", "CASPIAN-001"} <= set(frontier.cells.index)
    assert {"KG-07", "RU-133"} <= set(frontier.segments.index)
    assert frontier.cells.index.is_unique


def test_segments_are_whole_runs_of_cells(frontier: Frontier) -> None:
    length = frontier.cells.groupby("segment", sort=False)["length_km"].sum()
    assert list(length.index) == list(frontier.segments.index)
    assert list(length) == pytest.approx(list(frontier.segments["length_km"]))
    assert frontier.segments["length_km"].between(35, 65).all()
    assert (frontier.segments.geometry.geom_type == "LineString").all()


def test_names_are_unique_and_tell_the_crossings(frontier: Frontier) -> None:
    for column in ("name", "name_ru", "name_kk"):
        assert frontier.segments[column].is_unique
        assert frontier.segments[column].ne("").all()
    for crossing in ("kayrak", "korday", "aisha-bibi"):
        row = frontier.crossings.loc[crossing]
        assert row["name_en"] in frontier.segments.loc[row["segment"], "name"]


def test_crossings_lie_where_their_line_is_nearest(frontier: Frontier) -> None:
    held = frontier.crossings[frontier.crossings["cell"].ne("")]
    assert set(frontier.crossings.index) - set(held.index) == set(
        frontier.crossings.index[frontier.crossings["mode"].eq("air")]
    )
    for neighbour, group in held.groupby("neighbour"):
        cells = frontier.cells[frontier.cells["neighbour"].eq(neighbour)]
        gaps = LineIndex(list(cells.geometry)).distances(group.geometry.x, group.geometry.y)
        own = gaps[np.arange(len(group)), cells.index.get_indexer(group["cell"])]
        assert own == pytest.approx(gaps.min(axis=1), abs=0.005)
    assert frontier.cells.loc[frontier.crossings.loc["kayrak", "cell"], "road"]
    assert frontier.cells.loc[frontier.crossings.loc["rail-altynkol", "cell"], "rail"]
    assert not frontier.cells.loc[~frontier.cells["land"], ["road", "rail"]].any(axis=None)


def test_every_cell_belongs_to_a_region_on_that_border(frontier: Frontier) -> None:
    touching = frontier.cells.groupby("neighbour")["region_code"].agg(set)
    assert touching["TM"] == {"KZ-47"}
    assert touching["CN"] == {"KZ-10", "KZ-63", "KZ-33", "KZ-19"}
    assert touching["CASPIAN"] == {"KZ-23", "KZ-47"}


def test_region_of_a_point_inside_just_outside_and_far_away(frontier: Frontier) -> None:
    lon, lat = [71.43, 80.42, 60.0], [51.13, 44.21, 60.0]
    assert list(frontier.region_at(lon, lat)[[0, 2]]) == ["KZ-71", ""]
    edge = frontier.borders.geometry["CN"].interpolate(0.5, normalized=True)
    assert frontier.region_at([edge.x + 0.02], [edge.y])[0] in {"KZ-10", "KZ-33", "KZ-63"}


@pytest.mark.parametrize("count", one_quick_in(2, [1000, 10_000]))
def test_nearest_cell_against_brute_force(frontier: Frontier, count: int) -> None:
    """Random points inside the country and within 200 km of it: none may get a cell more than 1 m too far."""
    seed = np.random.default_rng(20)
    lon, lat = seed.uniform(44, 90, 5 * count), seed.uniform(38, 57, 5 * count)
    index = LineIndex(list(frontier.cells.geometry))
    gap = index.nearest(lon, lat).distance_km
    inside = shapely.contains_xy(frontier.regions.union_all(), lon, lat)
    chosen = np.flatnonzero(inside | (gap <= 200))[:count]
    assert len(chosen) == count
    lon, lat, found = lon[chosen], lat[chosen], index.nearest(lon[chosen], lat[chosen])
    assert places_beaten(lon, lat, found.distance_km, frontier) == 0
    # The cell found is itself at the distance found: its foot lies on it.
    feet = LineIndex(list(frontier.cells.geometry)).nearest(found.lon, found.lat)
    assert feet.distance_km.max() < 0.001


def places_beaten(
    lon: NDArray[np.float64], lat: NDArray[np.float64], gap: NDArray[np.float64], frontier: Frontier
) -> int:
    """How many places have a point of the lines, on a 500 m grid, more than 1 m nearer than found."""
    geod = Geod(ellps="WGS84")
    fine = [densify(shapely.get_coordinates(line), 0.5) for line in frontier.cells.geometry]
    points = np.vstack(fine)
    xyz, places = to_ecef(points[:, 0], points[:, 1]), to_ecef(lon, lat)
    beaten = 0
    for place in range(len(lon)):
        # A chord is shorter than its geodesic: what is nearer along the ground is nearer through it.
        near = np.flatnonzero(((xyz - places[place]) ** 2).sum(axis=1) < gap[place] ** 2)
        along = geod.inv(
            np.full(len(near), lon[place]), np.full(len(near), lat[place]), points[near, 0], points[near, 1]
        )[2]
        beaten += bool((np.asarray(along) / 1000 < gap[place] - 0.001).any())
    return beaten


def test_other_cell_lengths(frontier: Frontier) -> None:
    coarse = read_frontier(data_path("borders"), cell_km=50, segment_km=200)
    assert len(coarse.cells) == pytest.approx(len(frontier.cells) / 5, rel=0.05)


def test_a_folder_without_rivers_is_whole(tmp_path: Path, frontier: Frontier) -> None:
    for name in ("borders", "regions", "crossings", "neighbours", "lakes", "cities"):
        shutil.copy(data_path("borders", f"{name}.geojson"), tmp_path)
    found = read_frontier(tmp_path)
    assert found.rivers.empty
    assert len(frontier.rivers)
    assert found.digest == frontier.digest


def test_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    for name in ("borders", "regions", "crossings", "neighbours", "lakes", "cities"):
        shutil.copy(data_path("borders", f"{name}.geojson"), tmp_path)
    (tmp_path / "lakes.geojson").unlink()
    (tmp_path / "regions.geojson").write_text("no json")
    cities = json.loads((tmp_path / "cities.geojson").read_text())
    for feature in cities["features"]:
        del feature["properties"]["rank"]
    (tmp_path / "cities.geojson").write_text(json.dumps(cities))
    with pytest.raises(InputError) as error:
        read_frontier(tmp_path)
    assert len(error.value.faults) == 3
    assert "columns rank" in str(error.value)
