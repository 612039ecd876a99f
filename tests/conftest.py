"""Shared by all tests."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import is_hypothesis_test, settings
from products import THOROUGH

import geo

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd

# As geo.__main__ does: the matrices are small. NumPy reads it when it loads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# The machine's speed is no property of the code.
settings.register_profile("quick", deadline=None, derandomize=True, max_examples=25)
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=100)
settings.load_profile("thorough" if THOROUGH else "quick")


HERE = Path(__file__).parent
WHOLE = tuple(
    HERE / name
    for name in (
        "app", "browser", "cli", "country/test_building.py", "country/test_checking.py", "country/test_country_app.py",
        "deploy", "drafting/test_articles.py", "files/test_kills.py", "fuzz", "intake/test_cases.py", "publishing",
        "register/test_cluster.py", "register/test_stores.py", "test_package.py", "test_readme.py",
        "view/test_figure.py",
    )
)  # fmt: skip
"""Folders and files whose tests run a command or the app, publish, read whole tables or articles, or draw figures."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by what they run; properties are thorough where that is asked for: they have more examples there."""
    for item in items:
        if any(item.path.is_relative_to(one) for one in WHOLE):
            item.add_marker(pytest.mark.whole)
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


@pytest.fixture(scope="session")
def components_found_once() -> Iterator[None]:
    """Let Streamlit's test runner look through the installed packages once, and not anew for each app that it runs."""
    from streamlit.components.v2 import manifest_scanner  # noqa: PLC0415  (dear, and for the tests of the app alone)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of a register of 1,000 rows, not a million."""
    monkeypatch.setattr("geo.register.source.PART_ROWS", 1000)
    monkeypatch.setattr("geo.register.run.PART_ROWS", 1000)
    monkeypatch.setattr("geo.register.source._CSV_BLOCK", 1 << 14)
