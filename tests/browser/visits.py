"""Visits to pages in a real Chromium whose network is cut off."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from apps import WAIT_S, Runs, wait_for_map
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, WebSocket

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # no other host is found: the network is cut off
    "--process-per-site",  # for the sake of `Visits`
]
WIDE = {"width": 1440, "height": 1000}
PHONE = {"width": 390, "height": 844}
_OWN = ("file://", "http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")
_LEFT = "net::ERR_ABORTED"
# What Chromium itself remarks on Streamlit's frames, and Streamlit on the last word of a frame that it has just taken
# away; no page of ours is at fault.
_REMARKS = (
    "Unrecognized feature",
    "allow-scripts and allow-same-origin",
    "missing our iframeRef",
    "unregistered ComponentInstance",
)


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

    def speak(self, lang: str) -> None:
        """Turn the page that is open to another language, as a reader would."""
        self.page.locator(f"#tools [data-lang='{lang}']").click()
        expect(self.page.locator("html")).to_have_attribute("lang", lang)

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
    """Write down what happens."""

    def ask(address: str) -> None:
        if not address.startswith(_OWN):
            visit.outside.append(address)

    def fail(request: Request) -> None:
        # What a frame still loads when it is left is cancelled by the browser itself: nothing failed.
        if request.failure != _LEFT:
            visit.failed.append(request.url)

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(text in message.text for text in _REMARKS):
            visit.complaints.append(message.text)

    def connect(socket: WebSocket) -> None:
        ask(socket.url)
        visit.runs.watch(socket)

    page.on("request", lambda request: ask(request.url))
    page.on("requestfailed", fail)
    page.on("response", lambda response: visit.failed.append(response.url) if response.status >= 400 else None)
    page.on("console", note)
    page.on("websocket", connect)
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))


class Visits:
    """Visits with one browser, each with a context (cookies, storage, permissions) of its own.

    What a context has loaded and compiled is most of what a visit costs. So contexts are used again once what a visit
    left in them is gone, and in each of them an empty page stays at every site that was visited: with it stays the
    site's process.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[str, list[BrowserContext]] = {}
        self._used: list[tuple[str, BrowserContext]] = []
        self._keepers: dict[BrowserContext, dict[str, Page]] = {}

    def begin(self, *, viewport: Any = WIDE, color_scheme: Any = "light", **options: Any) -> Visit:
        """Open an empty page in a context that no other visit uses; options as of ``Browser.new_context``."""
        kind = repr(sorted(options.items()))
        free = self._free.setdefault(kind, [])
        context = free.pop() if free else self._browser.new_context(**options)
        context.set_default_timeout(WAIT_S * 1000)
        self._used.append((kind, context))
        page = context.new_page()
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=color_scheme, reduced_motion="reduce")
        visit = Visit(page)
        watch(page, visit)
        return visit

    def end(self) -> None:
        """End all visits: close their pages and forget what they stored."""
        while self._used:
            kind, context = self._used.pop()
            keepers = self._keepers.setdefault(context, {})
            for page in set(context.pages) - set(keepers.values()):
                self._leave(page, keepers)
            context.clear_cookies()
            self._free[kind].append(context)

    def _leave(self, page: Page, keepers: dict[str, Page]) -> None:
        address = urlsplit(page.url)
        if address.scheme not in {"file", "http"}:
            page.close()
            return
        site, origin = f"{address.scheme}://{address.hostname or ''}", f"{address.scheme}://{address.netloc}"
        if site not in keepers:
            keepers[site] = page.context.new_page()
            keepers[site].route("**/*", lambda route: route.fulfill(body="", content_type="text/html"))
            keepers[site].goto(f"{site}/")
        page.evaluate("() => { try { localStorage.clear(); } catch { /* a page without an origin has none */ } }")
        page.close()
        session = keepers[site].context.new_cdp_session(keepers[site])
        session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        session.detach()
