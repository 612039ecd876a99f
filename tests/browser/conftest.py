"""A real Chromium with its network cut off."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from apps import ROOT, WAIT_S, Runs, serve, wait_for_map
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route, sync_playwright

import geo
from geo.claims import beside_records
from geo.view import PageOptions, write_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
WIDE = {"width": 1440, "height": 1000}
PHONE = {"width": 390, "height": 844}
_LEFT = "net::ERR_ABORTED"
# What Chromium itself remarks on Streamlit's frames, and Streamlit on the last word of a frame that it has just taken
# away; no page of ours is at fault.
_REMARKS = (
    "Unrecognized feature",
    "allow-scripts and allow-same-origin",
    "missing our iframeRef",
    "unregistered ComponentInstance",
)


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


@dataclass
class Visit:
    """A page being looked at, and what it asked for and complained of."""

    page: Page
    outside: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    runs: Runs = field(default_factory=Runs)

    def open(self, address: str) -> Visit:
        """Open a page of ours and wait until its map is drawn."""
        self.page.goto(address)
        wait_for_map(self.page)
        return self

    def menu(self, name: str) -> None:
        """Open one of the filters' menus."""
        self.page.locator(f"[data-menu='{name}'] > summary").click()

    def ids(self) -> set[str]:
        """Ids that the page says it shows."""
        ids: list[str] = self.page.evaluate("shekara.visibleIds()")
        assert len(ids) == len(set(ids))
        return set(ids)

    def marks(self) -> list[dict[str, Any]]:
        """The marks drawn, with a point where a click meets each."""
        marks: list[dict[str, Any]] = self.page.evaluate("shekara.marks()")
        return marks

    def mark_of(self, record: str) -> dict[str, Any]:
        """The mark that a record is drawn in."""
        return next(mark for mark in self.marks() if record in mark["ids"])

    def click_mark(self, mark: dict[str, Any]) -> None:
        """Click a mark on the map, as a hand would."""
        assert mark["x"] is not None, f"{mark['key']} is out of sight or covered"
        box = self.page.locator(".map").bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + mark["x"], box["y"] + mark["y"])

    def clean(self) -> bool:
        """Nothing was asked of another host, nothing failed, nothing complained."""
        assert (self.outside, self.failed, self.complaints) == ([], [], [])
        return True


def watch(page: Page, visit: Visit) -> None:
    """Cut the network off and write down what happens."""

    def decide(route: Route, request: Request) -> None:
        if request.url.startswith(("file://", "http://127.0.0.1", "data:", "blob:")):
            route.continue_()
        else:
            visit.outside.append(request.url)
            route.abort()

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(text in message.text for text in _REMARKS):
            visit.complaints.append(message.text)

    page.route("**/*", decide)
    # What a frame still loads when it is left is cancelled by the browser itself: nothing failed.
    page.on("requestfailed", lambda request: request.failure != _LEFT and visit.failed.append(request.url))
    page.on("response", lambda response: visit.failed.append(response.url) if response.status >= 400 else None)
    page.on("console", note)
    page.on("websocket", visit.runs.watch)
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Any]:
    """Makes visits: ``visitor(viewport=PHONE, color_scheme="dark")``."""
    contexts = []

    def visit(**options: Any) -> Visit:
        context = chromium.new_context(**{"viewport": WIDE, "reduced_motion": "reduce"} | options)
        context.set_default_timeout(WAIT_S * 1000)
        contexts.append(context)
        page = context.new_page()
        made = Visit(page)
        watch(page, made)
        return made

    yield visit
    for context in contexts:
        context.close()


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
def app_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app itself, one server for all tests."""
    yield from serve(ROOT / "app.py", tmp_path_factory.mktemp("app") / "log.txt")
