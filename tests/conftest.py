"""Shared by all tests."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

import geo

if TYPE_CHECKING:
    import geopandas as gpd

# As geo.__main__ does: the matrices are small. NumPy reads it when it loads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# The machine's speed is no property of the code.
settings.register_profile("shekara", deadline=None, derandomize=True)
settings.load_profile("shekara")


@pytest.fixture(scope="session")
def frontier() -> geo.Frontier:
    """The built-in border."""
    return geo.read_frontier()


@pytest.fixture(scope="session")
def incidents() -> gpd.GeoDataFrame:
    """The built-in incidents, all of them."""
    return geo.read_incidents()


@pytest.fixture(scope="session")
def located(incidents: gpd.GeoDataFrame, frontier: geo.Frontier) -> geo.Located:
    """The built-in incidents on the border, all of them."""
    return geo.locate(incidents, frontier)


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of a register of 1,000 rows, not a million."""
    monkeypatch.setattr("geo.register.source.PART_ROWS", 1000)
    monkeypatch.setattr("geo.register.run.PART_ROWS", 1000)
    monkeypatch.setattr("geo.register.source._CSV_BLOCK", 1 << 14)
