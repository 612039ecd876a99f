"""A real Chromium with its network cut off."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from apps import App, serve_app
from playwright.sync_api import Browser, sync_playwright
from visits import FLAGS, Visit, Visits

import geo
from geo.claims import beside_records
from geo.view import PageOptions, write_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser; without one the tests are left out, unless SHEKARA_REQUIRE_BROWSER=1 forbids it."""
    program = os.environ.get("SHEKARA_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    if not Path(program).is_file():
        if os.environ.get("SHEKARA_REQUIRE_BROWSER") == "1":
            pytest.fail(f"no Chromium at {program}, and SHEKARA_REQUIRE_BROWSER=1 forbids leaving browser tests out")
        pytest.skip(f"no Chromium at {program}; SHEKARA_CHROMIUM names another place")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def visits(chromium: Browser) -> Visits:
    """Visits with the browser of all tests."""
    return Visits(chromium)


@pytest.fixture
def visitor(visits: Visits) -> Iterator[Callable[..., Visit]]:
    """Makes visits: ``visitor(viewport=PHONE, color_scheme="dark")``."""
    yield visits.begin
    visits.end()


@pytest.fixture(scope="session")
def page_address(tmp_path_factory: pytest.TempPathFactory, located: geo.Located, frontier: geo.Frontier) -> str:
    """The exported page of all built-in records."""
    return write_page(tmp_path_factory.mktemp("page") / "map.html", located, frontier).as_uri()


@pytest.fixture(scope="session")
def risk(located: geo.Located, frontier: geo.Frontier) -> geo.Risk:
    """The estimate of what the page shows at first."""
    kept = geo.select(located.incidents, geo.Selection()).index
    return geo.estimate_risk(located.take(kept), frontier, draws=200)


@pytest.fixture(scope="session")
def statements(located: geo.Located) -> tuple[pd.DataFrame, ...]:
    """The built-in statements beside the records."""
    claims = geo.read_claims()
    return beside_records(claims, located)


@pytest.fixture(scope="session")
def full_address(
    tmp_path_factory: pytest.TempPathFactory,
    located: geo.Located,
    frontier: geo.Frontier,
    risk: geo.Risk,
    statements: tuple[pd.DataFrame, ...],
) -> str:
    """The exported page with everything that it can hold."""
    path = tmp_path_factory.mktemp("full") / "map.html"
    options = PageOptions(contact="corrections@example.org")
    return write_page(path, located, frontier, risk, statements=statements, options=options).as_uri()


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app itself, one server for all tests."""
    yield from serve_app(tmp_path_factory.mktemp("app"))


@pytest.fixture(scope="session")
def app_address(app: App) -> str:
    """Where the app is."""
    return app.address
