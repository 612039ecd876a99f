"""Points as people write them: degrees in all forms, metres of UTM, cells and addresses of maps."""

from __future__ import annotations

import math

import pytest

from geo.intake.words.coordinates import Spot, read_angle, read_spot, read_utm

EAST, NORTH = 476_613.6752, 4_765_163.4740  # 74.7129 E 43.0388 N, by PROJ


@pytest.mark.parametrize("zone", ["43", "43N", "43 n", "43T", "UTM 43N", "Zone 43", "WGS 84 / UTM 43N"])
def test_a_zone_in_all_its_forms(zone: str) -> None:
    spot = read_utm(zone, EAST, NORTH)
    assert (spot.lat, spot.lon, spot.problem) == (
        pytest.approx(43.0388, abs=1e-5),
        pytest.approx(74.7129, abs=1e-5),
        "",
    )


@pytest.mark.parametrize("zone", ["", "0", "61", "T43", "43I", "north"])
def test_what_is_no_zone(zone: str) -> None:
    assert read_utm(zone, EAST, NORTH).problem == f"no UTM zone {zone}"


@pytest.mark.parametrize("zone", ["43U", "43S"])
def test_a_point_outside_its_band_is_none(zone: str) -> None:
    assert read_utm(zone, EAST, NORTH).problem == f"no point of the UTM band {zone}"


def test_what_is_no_number_of_metres_is_no_point() -> None:
    assert read_utm("43N", float("inf"), NORTH).problem


@pytest.mark.parametrize(
    ("zone", "north", "inside"),
    [
        ("43N", 9_328_000.0, True),  # 83.999 N
        ("43N", 9_330_000.0, False),
        ("43N", 10.0, True),
        ("43N", -60_000.0, False),
        ("43X", 9_330_000.0, True),  # the last band ends at 84.5 N
        ("43T", 4_427_757.0, True),  # 40.0 N, where the band begins
        ("43T", 4_370_000.0, False),  # 39.48 N, more than half a degree below
        ("60N", 5_000_000.0, True),
        ("1N", 5_000_000.0, True),
    ],
)
def test_a_band_ends_half_a_degree_beyond_its_line(zone: str, north: float, inside: bool) -> None:
    assert (read_utm(zone, 500_000.0, north).problem == "") == inside


OPEN = "no latitude and longitude that are understood whole"
WHOLE = "whole degrees only: 100 km wide"
FIRST = "no latitude and longitude: the longitude stands first?"
BEYOND = "no latitude and longitude: beyond 90 or 180 degrees"
SECONDS = (43.0375, 74.708333)  # 43°02'15" 74°42'30"


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("43°02'15\"N 74°42'30\"E", SECONDS),
        ("N43°02'15\" E74°42'30\"", SECONDS),
        ("N43 02 15 E74 42 30", SECONDS),
        ("74°42'30\"E 43°02'15\"N", SECONDS),
        ("43°02.25'N 74°42.5'E", SECONDS),
        ("43 02 15 N 74 42 30 E", SECONDS),
        ("43-02-15N 74-42-30E", SECONDS),
        ("4302.25N, 07442.5E", SECONDS),
        ("4302.25S 07442.5W", (-43.0375, -74.708333)),
        ("43°02'15\" с.ш. 74°42'30\" в.д.", SECONDS),
        ("lat: 43°02'15\" lon: 74°42'30\"", SECONDS),
        ("43 02 N 74 42 E", (43.033333, 74.7)),
        ("N 43 E 74.5", (43.0, 74.5)),
        ("lon 74.5 lat 43.5", (43.5, 74.5)),
        ("S43.5 W74.5", (-43.5, -74.5)),
        ("-43°30'N 74.5E", (-43.5, 74.5)),
        ("43.5°N, 74°E.", (43.5, 74.0)),
        ("60°00'00\"N 60°00'00\"E", (60.0, 60.0)),
        ("SRID=4326;POINT(74.7 43.0)", (43.0, 74.7)),
        ("SRID=3857;POINT(8317000 5311000)", (42.99361, 74.71288)),
        ('{"type":"Point","coordinates":[74.7,43.0]}', (43.0, 74.7)),
        ('{"lat":"43.5","lon":"74.5"}', (43.5, 74.5)),
        ("0101000020E6100000CDCCCCCCCCAC52400000000000804540", (43.0, 74.7)),
        ("0101000020110F00000000000012BA5F410000000086425441", (42.99361, 74.71288)),
        ("43T 476613.7 m E, 4765163.5 m N", (43.0388, 74.7129)),
        ("https://yandex.kz/maps/?pt=74.7,43.5&ll=1.5,2.5", (43.5, 74.7)),
        ("https://2gis.kz/geo/74.7%2C43.5", (43.5, 74.7)),
        ("https://maps.google.com/?q=loc:43.5,74.7", (43.5, 74.7)),
        ("https://www.google.com/maps/place/X/@1.5,2.5,15z/data=!3d43.5!4d74.7", (43.5, 74.7)),
        ("https://www.google.com/maps/@43.5,74.7,15z", (43.5, 74.7)),
        ("geo:43.5,74.7;u=30", (43.5, 74.7)),
        ("https://www.openstreetmap.org/?mlat=43.5&mlon=74.7#map=5/1.5/2.5", (43.5, 74.7)),
        ("https://www.openstreetmap.org/?mlat=43.5#map=5/1.5/2.5", (1.5, 2.5)),
        ("https://www.openstreetmap.org/#map=12/43.5/74.7", (43.5, 74.7)),
    ],
)
def test_a_point_that_says_which_is_the_latitude(text: str, point: tuple[float, float]) -> None:
    spot = read_spot(text)
    assert (spot.problem, spot.ordered) == ("", True)
    assert (spot.lat, spot.lon) == pytest.approx(point, abs=1e-5)


@pytest.mark.parametrize(
    ("text", "spot"),
    [
        ("90.0, 180.0", Spot(90.0, 180.0, ordered=False)),
        ("-90.0; -180.0", Spot(-90.0, -180.0, ordered=False)),
        ("43,0388 74,7129", Spot(43.0388, 74.7129, ordered=False)),
        ("43°,74°30'", Spot(43.0, 74.5, ordered=False)),
        ("-43°30' 74°30'", Spot(-43.5, 74.5, ordered=False)),
        ("43.0388 74.7129 500.0 30.0", Spot(43.0388, 74.7129, radius_km=0.03)),
    ],
)
def test_a_bare_pair_has_its_latitude_first_and_says_that_it_was_taken_so(text: str, spot: Spot) -> None:
    assert read_spot(text) == spot


@pytest.mark.parametrize(("text", "radius_km"), [("43T DH 7 6", 10.0), ("43TDH766651", 0.1), ("43TDH76616516", 0.01)])
def test_a_square_of_the_military_grid_is_as_wide_as_its_figures_tell(text: str, radius_km: float) -> None:
    assert read_spot(text).radius_km == pytest.approx(radius_km)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("90.1, 10.5", FIRST),
        ("180.0, 45.5", FIRST),
        ("180.1, 45.5", BEYOND),
        ("45.5, 180.1", BEYOND),
        ("100.5, 100.5", BEYOND),
        ("43, 74", WHOLE),
        ("43° 74°", WHOLE),
        ("43°N 74°E.", WHOLE),
        ("lat 43 lon 74", WHOLE),
        ("43 74", OPEN),
        ("43.5°N", OPEN),
        ("43 02 15 74 42 30", OPEN),
        ("43°02'15\"N 74°42'30\"", OPEN),
        ("43°02'15\"N 74°42'30\"N", OPEN),
        ("43°02'60\"N 74°42'30\"E", OPEN),
        ("43°60'N 74°42'E", OPEN),
        ("43.5°02'N 74°42'E", OPEN),
        ("43 2 15 10 N 74 E", OPEN),
        ("43° 74° 12°", OPEN),
        ("43°2°N", OPEN),
        ("43''N 74E", OPEN),
        ("N, E", OPEN),
        ('{"lat":43}', OPEN),
        ('{"type":"Polygon","coordinates":[1,2]}', OPEN),
        ("POINT(200 43)", BEYOND),
        ("SRID=999999;POINT(1 2)", "no coordinate system EPSG:999999"),
        ("0101000000000000000000F87F000000000000F87F", "no point in WKB"),
        ("8JQ2+XX Алматы", "a plus code, which is not read"),
        ("61T 476613 4765163", "no UTM zone 61T"),
        ("https://www.openstreetmap.org/?mlon=74.7", "an address without coordinates"),
        ("https://yandex.kz/maps/", "an address without coordinates"),
        ("https://[x", "an address without coordinates"),
    ],
)
def test_what_is_no_point_says_why(text: str, problem: str) -> None:
    spot = read_spot(text)
    assert math.isnan(spot.lat)
    assert spot.problem == problem


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("43,5", 43.5), ("4.35e1", 43.5), ("-43.5°", -43.5), ("43°30'", 43.5), ("43°30'15\"", 43.504166667),
        ("43-30-15 S", -43.504166667), ("43 30", None), ("59°59'60\"", None), ("43°30' 74°30'", None), ("", None),
    ],
)  # fmt: skip
def test_one_angle(text: str, degrees: float | None) -> None:
    assert read_angle(text) == (None if degrees is None else pytest.approx(degrees))
