"""Points in metres of UTM."""

from __future__ import annotations

import pytest

from geo.intake.words.coordinates import read_utm

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
