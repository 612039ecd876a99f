"""The length of a geodesic from its chord, beside Karney's."""

from __future__ import annotations

import numpy as np
import pytest
from sample_lines import LINES

from geo.geometry.chords import LONGEST_KM, Chords, axial_part, geodesic_square, rank_square
from geo.geometry.geodesy import GEOD, distance_km, to_ecef
from geo.geometry.lines import LineIndex


def ends(most_km: float, south: float, north: float) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Chords in every direction: square, rise, height of the beginning, and Karney's distance, km."""
    seed = np.random.default_rng(11)
    number = 200_000
    lat, azimuth = seed.uniform(south, north, number), seed.uniform(0, 360, number)
    gap = most_km * np.sqrt(seed.random(number))
    lon2, lat2, _ = GEOD.fwd(np.zeros(number), lat, azimuth, gap * 1000)
    begin = to_ecef(np.zeros(number), lat)
    step = begin - to_ecef(lon2, lat2)
    return np.sum(step**2, axis=1), step[:, 2], begin[:, 2], gap


@pytest.mark.parametrize(("most_km", "metres"), [(200, 0.002), (500, 0.02), (1000, 0.15), (LONGEST_KM, 0.4)])
@pytest.mark.parametrize(("south", "north"), [(36, 60), (-85, 85)])
def test_the_geodesic_follows_from_its_chord(most_km: float, metres: float, south: float, north: float) -> None:
    square, rise, z, gap = ends(most_km, south, north)
    assert np.abs(np.sqrt(geodesic_square(square, rise, z)) - gap).max() * 1000 < metres


def test_rank_puts_feet_in_the_order_of_their_geodesics() -> None:
    # Feet in all directions, 600 km off: by chord alone the order would be wrong by metres.
    azimuth = np.linspace(0, 359, 360)
    lon2, lat2, _ = GEOD.fwd(np.full(360, 67.0), np.full(360, 48.0), azimuth, 600_000 + np.arange(360.0) * 2 % 7)
    begin = to_ecef(67.0, 48.0)
    step = begin - to_ecef(lon2, lat2)
    square, rise = np.sum(step**2, axis=1), step[:, 2]
    rank = rank_square(square, rise, np.full(360, axial_part(begin[2:])[0]))
    gap = distance_km(67.0, 48.0, lon2, lat2)
    wrong = (np.sqrt(rank) - np.sqrt(rank.mean())) - (gap - gap.mean())
    assert np.ptp(wrong) * 1000 < 1.0
    assert np.ptp((np.sqrt(square) - np.sqrt(square.mean())) - (gap - gap.mean())) * 1000 > 1.0


def test_chords_agree_with_the_index() -> None:
    index = LineIndex(LINES)
    chords = Chords(*index.ends)
    seed = np.random.default_rng(3)
    piece = seed.integers(0, len(chords), 1000)
    point = to_ecef(seed.uniform(46, 87, 1000), seed.uniform(40, 55, 1000))
    square, rise, foot = chords.square(np.ascontiguousarray(point.T), piece)
    gap = point.T - chords.at(piece, foot)
    assert square == pytest.approx(np.sum(gap**2, axis=0), rel=1e-9)
    assert rise == pytest.approx(gap[2], abs=1e-6)
    start, end = index.xyz[index.piece[piece]], index.xyz[index.piece[piece] + 1]
    dense = start[:, None] + np.linspace(0, 1, 101)[:, None] * (end - start)[:, None]
    least = np.min(np.sum((point[:, None] - dense) ** 2, axis=2), axis=1)
    assert (square <= least + 1e-6).all()
    assert square == pytest.approx(least, rel=1e-4)
