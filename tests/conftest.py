"""Shared by all tests."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import is_hypothesis_test, settings

import geo

if TYPE_CHECKING:
    import geopandas as gpd

# As geo.__main__ does: the matrices are small. NumPy reads it when it loads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# The machine's speed is no property of the code.
settings.register_profile("quick", deadline=None, derandomize=True, max_examples=25)
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=100)
THOROUGH = os.environ.get("SHEKARA_THOROUGH") == "1"
settings.load_profile("thorough" if THOROUGH else "quick")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count properties among the thorough tests where these are asked for: they have more examples there."""
    for item in items:
        if THOROUGH and is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker(pytest.mark.thorough)


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
