"""Exact intervals against known answers."""

from __future__ import annotations

import pytest

from geo.intervals import garwood


@pytest.mark.parametrize(("count", "low", "high"), [(0, 0, 3.69), (10, 4.80, 18.39)])
def test_garwood(count: int, low: float, high: float) -> None:
    assert garwood(count) == pytest.approx((low, high), abs=0.005)
