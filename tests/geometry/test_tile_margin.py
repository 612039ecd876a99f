"""The margin of a tile: a piece is ruled out only by a lead that the tile's bulge between its corners can't undo."""

from __future__ import annotations

import numpy as np
import pytest

from geo.geometry.geodesy import to_ecef
from geo.geometry.tiles import _margin

APART_KM = 500.0


@pytest.mark.parametrize(("lat", "size"), [(0.0, 0.5), (-0.25, 0.5), (0.0, 2.0), (44.0, 0.5), (50.0, 1.0)])
def test_a_lead_at_the_corners_can_be_lost_inside_by_nearly_the_margin_and_by_no_more(lat: float, size: float) -> None:
    grid = np.linspace(0, size, 41)
    inside = to_ecef(*(axis.ravel() for axis in np.meshgrid(60 + grid, lat + grid))).T
    corners = to_ecef(60 + np.array([0, size, 0, size]), lat + np.array([0, 0, size, size])).T
    middle = to_ecef(np.array([60 + size / 2]), np.array([lat + size / 2]))[0]
    east, north = np.radians([60 + size / 2, lat + size / 2])
    up = np.array([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])
    # A rival and a piece one above the other: nothing moves the difference of their squares more than the bulge does.
    rival, piece = middle - up * APART_KM / 2, middle + up * APART_KM / 2

    def lead(points: np.ndarray) -> np.ndarray:
        return np.sum((points - piece[:, None]) ** 2, axis=0) - np.sum((points - rival[:, None]) ** 2, axis=0)

    lost = lead(corners).min() - lead(inside).min()
    (margin,) = _margin(np.array([lat]), size, np.zeros(1), np.zeros(1, np.intp), np.array([APART_KM]))
    assert 0.5 * margin < lost <= margin
