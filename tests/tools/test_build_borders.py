"""The tool that makes the border files: its pure functions on small made-up geometry."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, box

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import border_geometry as geometry
import border_places as places
import border_regions as regions_of
import build_borders as tool

from geo.country import sources
from geo.country.outline import COAST, find_country
from geo.country.topology import decode_world


def square_world() -> dict[str, Any]:
    """Two countries side by side (A west of B), a sea on all other sides; one degree is ten units."""
    return {
        "transform": {"scale": [0.1, 0.1], "translate": [0, 0]},
        "arcs": [
            [[10, 0], [0, 10]],  # the common edge, northward
            [[10, 10], [-10, 0], [0, -10], [10, 0]],  # round A, anticlockwise
            [[10, 10], [10, 0], [0, -10], [-10, 0]],  # round B, clockwise
        ],
        "objects": {
            "countries": {
                "geometries": [
                    {"type": "Polygon", "id": "398", "properties": {"name": "A"}, "arcs": [[~1, ~0]]},
                    {"type": "MultiPolygon", "id": "643", "properties": {"name": "B"}, "arcs": [[[0, 2]]]},
                ]
            }
        },
    }


def test_arcs_are_decoded_and_chained() -> None:
    arcs = geometry.decode_arcs(square_world())
    assert arcs[0].tolist() == [[1, 0], [1, 1]]
    assert geometry.chain_arcs(arcs, [0, 2]).tolist() == [[1, 0], [1, 1], [2, 1], [2, 0], [1, 0]]
    assert geometry.chain_arcs(arcs, [~0]).tolist() == [[1, 1], [1, 0]]
    with pytest.raises(ValueError, match="do not join"):
        geometry.chain_arcs(arcs, [0, 0])


def test_border_lines_follow_the_regions_outer_edge() -> None:
    world = decode_world(square_world(), {"398": "KZ", "643": "RU"})
    found = find_country(world, "KZ")
    assert found.area.equals(box(0, 0, 1, 1))
    assert {side: [line.coords[0] for line in lines] for side, lines in found.lines.items()} == {
        "RU": [(1, 1)], COAST: [(1, 0)]
    }  # fmt: skip
    features = tool.border_features(found, [regions_of.Region({}, box(0, 0, 1.01, 1))])
    assert [properties["neighbour"] for properties, _ in features] == ["RU", "CASPIAN"]
    assert list(features[0][1].coords) == [(1.01, 1), (1.01, 0)]
    assert features[0][0]["name_kk"] == "Ресей"


def test_runs_start_after_the_longest_coast() -> None:
    sides = ["", "UZ", "UZ", "", "RU", "CN", ""]
    runs = geometry.border_runs(range(7), sides)
    assert runs == [("UZ", [1, 2]), ("", [3]), ("RU", [4]), ("CN", [5]), ("", [6, 0])]
    assert geometry.border_runs([5], ["RU"]) == [("RU", [5])]
    assert [side for side, _ in geometry.border_runs(range(3), ["A", "B", "A"])] == ["B", "A"]


@given(
    lon=st.floats(46, 87),
    lat=st.floats(41, 55),
    area=st.floats(50, 5000),
    side=st.floats(0.05, 0.4),
)
def test_growth_reaches_the_area(lon: float, lat: float, area: float, side: float) -> None:
    for shape in (Point(lon, lat), box(lon, lat, lon + side, lat + side)):
        grown = geometry.grow_to_area(shape, area)
        assert grown.is_valid
        assert geometry.area_km2(grown) == pytest.approx(area, rel=0.01)


def test_area_and_length_are_geodesic() -> None:
    assert geometry.length_km(LineString([(0, 0), (1, 0)])) == pytest.approx(111.3195, abs=1e-3)
    assert geometry.area_km2(box(0, 0, 1, 1)) == pytest.approx(12308.8, abs=0.1)
    assert geometry.area_km2(box(0, 0, 1, 1).reverse()) == pytest.approx(12308.8, abs=0.1)


def test_contour_of_a_cone_is_a_circle() -> None:
    lines = geometry.contour_lines(lambda points: np.hypot(*points.T), (-10, -10, 10, 10), 0.25, 7.3)
    assert lines.geom_type == "LineString"
    assert lines.is_closed
    assert lines.length == pytest.approx(2 * np.pi * 7.3, rel=0.001)


def test_area_quantile_halves_a_square() -> None:
    level = geometry.area_quantile(lambda points: points[:, 0], box(0, 0, 10, 10), 0.5, 0.1)
    assert level == pytest.approx(5, abs=0.1)


def test_kriging_tells_the_sides_apart_and_doubts_a_lone_place() -> None:
    ours = np.array([[0.0, 0], [0, 10], [0, 20], [100, 10]])
    theirs = np.array([[99.0, 0], [99, 20], [101, 0], [101, 20], [98, 10]])
    field = geometry.krige_sides(ours, theirs, 80, 0.5)
    west, east = field(np.array([[5.0, 10], [100, 10]]))
    assert west < 0 < east
    exact = geometry.krige_sides(ours, theirs, 80, 0.0)
    np.testing.assert_allclose(exact(ours), -1, atol=1e-6)


def test_parts_are_extended_to_the_nearest() -> None:
    one, two = geometry.extend_parts([box(0, 0, 4, 10), box(6, 0, 10, 10)], reach=5, step=0.5)
    assert one.union(two).area == pytest.approx(20 * 20, rel=0.01)
    assert one.intersection(two).area == pytest.approx(0, abs=1e-6)
    assert one.area == pytest.approx(two.area, rel=0.01)
    assert one.covers(Point(4.7, 5))


def test_a_split_shares_the_area_and_keeps_both_sides_whole() -> None:
    oblast = box(-200_000, -100_000, 200_000, 100_000)
    west = np.array([[-150_000.0, 0], [-100_000, 50_000]])
    east = np.array([[150_000.0, 0], [100_000, -50_000]])
    ours, theirs = regions_of.split(oblast, oblast, west, east, 0.3)
    assert ours.area / oblast.area == pytest.approx(0.3, abs=0.01)
    assert (ours.geom_type, theirs.geom_type) == ("Polygon", "Polygon")
    assert ours.union(theirs).equals(oblast)


def test_snapping_closes_gaps_overlaps_and_scraps() -> None:
    outline = box(60, 45, 62, 46)
    left = box(59, 44, 61.02, 47).union(box(61.5, 45.4, 61.52, 45.42))  # with a scrap in the other
    right = box(61, 44, 61.9, 47).difference(box(61.5, 45.4, 61.52, 45.42))  # overlaps, and leaves a gap
    tiles = geometry.snap_coverage([left, right], outline, least=60)
    assert shapely.coverage_is_valid(np.array(tiles))
    assert shapely.union_all(tiles).equals(outline)
    assert [tile.geom_type for tile in tiles] == ["Polygon", "Polygon"]
    assert np.array_equal(tiles[1].bounds, np.round(tiles[1].bounds, 5))


def test_a_ring_is_cut_in_the_order_of_the_places() -> None:
    ring = np.array([[0.0, 0], [0, 1], [1, 1], [1, 0], [0, 0]])
    pieces = geometry.cut_ring(ring, [np.array([1, 0.9]), np.array([0.1, 0])])
    assert [list(piece.coords) for piece in pieces] == [[(1, 1), (1, 0), (0, 0)], [(0, 0), (0, 1), (1, 1)]]
    with pytest.raises(ValueError, match="follow each other"):
        geometry.cut_ring(ring, [np.array([1, 1]), np.array([0, 1]), np.array([1, 0])])


def test_names_are_chosen_by_their_letters_and_their_sound() -> None:
    chosen = places.place_names("Ūst’-Qarasū", ["Усть-Карасу", "Өскен-Қарасу", "Степногорськ", "Aral"])
    assert chosen == {"name_en": "Ust-Karasu", "name_ru": "Усть-Карасу", "name_kk": "Өскен-Қарасу"}
    assert places.place_names("Gülshat", ["Gyulshat"])["name_ru"] == "Gulshat"


def test_crossings_are_read_from_the_table_and_read_back(tmp_path: Path) -> None:
    table = tmp_path / "crossings.csv"
    table.write_text("id,name_en,lon,lat,notes\nx,Mост,71.1234567,50.5,\n", encoding="utf-8")
    [(properties, point)] = places.crossing_features(table)
    assert properties == {"id": "x", "name_en": "Mост", "notes": ""}
    assert (point.x, point.y) == (71.12346, 50.5)
    tool.write_features(tmp_path / "back.geojson", [(properties, point)])
    assert places.crossing_features(tmp_path / "back.geojson") == [(properties, point)]


def test_crossings_are_measured_from_their_neighbours_line() -> None:
    line = ({"neighbour": "RU"}, shapely.LineString([(70, 50), (72, 50)]))
    crossing = {"neighbour": "RU", "mode": "rail", "notes": "precision: station; x"}
    airport = {"neighbour": "", "mode": "air", "notes": "precision: airport"}
    derived = crossing | {"notes": "precision: derived (+/-5-10 km)"}
    here = shapely.Point(71, 50.1)
    measured = [
        one for one, _ in places.measure_crossings([(crossing, here), (airport, here), (derived, here)], [line])
    ]
    assert [one["position"] for one in measured] == ["station", "airport", ""]
    assert [one["off_line_km"] for one in measured] == [11.1, None, 11.1]


def test_notes_lose_numbers_that_nobody_can_look_up() -> None:
    plain = places.without_file_numbers
    assert plain("a public source (some-index file id 123); x") == "a public source; x"
    assert plain("quoted in some-index file id 123; x") == "quoted in a public GitHub file; x"


def test_changed_inputs_are_refused() -> None:
    with pytest.raises(ValueError, match="not the pinned"):
        sources.check_hash(b"changed", sources.WORLD.sha256, "world")
