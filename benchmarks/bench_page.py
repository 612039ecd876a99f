"""The one-file page beside stock folium and pydeck: size, time to the drawn map, time of a filter.

Every page opens in the same headless Chromium with its network cut off. What stock folium asks its hosts for is
answered from npm packages on the disk, so that it loads at all; that is kinder to it than any network. Load is from
the start of navigation to the first frame painted after the map is drawn. Filter is the page's own work from the
call to the finished layout, and to the painted frame; it is the worst of several changes, each the best of a few
runs, for other work on a machine only adds; the answer box is part of it. The peers have no filter. Written is the CPU
time from the records as they were read to the file: placing them, working the answers out, not the estimates.
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Browser, Page, Route, sync_playwright

import geo
from benchmarks.page_peers import file_of, folium_page, peer_files, pydeck_page
from geo.estimate.estimating import learn_hyper
from geo.view import write_page
from geo.view.atlas.views import estimate_views
from tests.synthetic import synthetic_incidents

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (500, 5_000, 50_000, 200_000)
MOST_ESTIMATED = 5_000  # up to here the page has its estimates and answers, as an exported one has
MOST_FOLIUM = 50_000  # at 200,000 its page takes minutes to write and 100 MB
LOADS, RUNS = 3, 5
FLAGS = ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--disable-background-networking"]
MOST_MB = {500: 0.7, 200_000: 4.0}
MOST_WRITTEN_S = {200_000: 8}
MOST_FILTER_MS = {5_000: 100, 200_000: 250}

_PAINTED = """
const painted = () => new Promise((done) => requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => done(performance.now());
  channel.port2.postMessage(0);
}));
"""
_LOAD = (
    f"async () => {{ {_PAINTED} while (!(READY)) await new Promise((next) => setTimeout(next, 4)); return painted(); }}"
)
_READY = {
    "shekara": "window.shekara",
    "folium": "document.readyState === 'complete' && document.querySelector('.leaflet-marker-icon')",
    "pydeck": "typeof deckInstance === 'object' && deckInstance.layerManager"
    " && deckInstance.layerManager.layers.length && deckInstance.layerManager.layers.every((layer) => layer.isLoaded)",
}
_CHANGES: list[dict[str, Any]] = [
    {"goods": ["tobacco"]},
    {"goods": [], "neighbour": ["RU"]},
    {"neighbour": []},
    {"since": "2015", "until": "2020"},
    {"since": None, "until": None},
]
_FILTER = f"""
async (changes) => {{
  {_PAINTED}
  const taken = [];
  for (const change of changes) {{
    await painted();
    const start = performance.now();
    shekara.setFilter(change);
    document.body.getBoundingClientRect();
    const laid = performance.now();
    taken.push([laid - start, (await painted()) - start]);
    await new Promise((next) => setTimeout(next, 100));
  }}
  return taken;
}}
"""


def main() -> None:
    """Print the table."""
    files = peer_files()
    frontier = geo.read_frontier()
    print("The one-file page in headless Chromium, network cut; CPU s, then ms; ratio to ours in the same run")
    print(
        f"{'incidents':>10} {'page':10}{'written':>8}{'at most':>9}{'MB':>8}{'at most':>9}{'load':>8}{'ratio':>8}"
        f"{'filter':>8}{'at most':>9}{'painted':>9}"
    )
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("SHEKARA_CHROMIUM") or shutil.which("chromium"), args=FLAGS
        )
        for n in SIZES:
            incidents = synthetic_incidents(n, frontier, seed=1)
            risks = None
            if n <= MOST_ESTIMATED:
                located = geo.locate(incidents, frontier)
                risks = estimate_views(located, geo.Selection(), learn_hyper(located))
            pages: dict[str, Callable[[Path], object]] = {
                "shekara": lambda path, made_up=incidents, risk=risks: write_page(path, made_up, frontier, risk)
            }
            if n <= MOST_FOLIUM and files is not None:
                pages["folium"] = lambda path, made_up=incidents: folium_page(made_up, path)
            pages["pydeck"] = lambda path, made_up=incidents: pydeck_page(made_up, path)
            ours = 0.0
            for name, write in pages.items():
                path = Path(folder) / f"{name}-{n}.html"
                start = time.process_time()
                write(path)
                written = time.process_time() - start
                load, filtered, painted = measure(browser, path, name, files or {})
                ours = ours or load
                limits = [
                    str(limits_by_number.get(n, "")) if name == "shekara" else ""
                    for limits_by_number in (MOST_WRITTEN_S, MOST_MB, MOST_FILTER_MS)
                ]
                times = [f"{value:.0f}" if value else "–" for value in (filtered, painted)]
                megabytes = path.stat().st_size / 1e6
                print(
                    f"{n:>10,} {name:10}{written:8.2f}{limits[0]:>9}{megabytes:8.2f}{limits[1]:>9}{load:8.0f}"
                    f"{load / ours:8.1f}{times[0]:>8}{limits[2]:>9}{times[1]:>9}",
                    flush=True,
                )
                path.unlink()
        browser.close()
    if files is None:
        print("Stock folium is left out: its files come through npm, which is missing or has no network.")
    print(f"Left out beyond {MOST_FOLIUM:,}: stock folium (100 MB, minutes to write). The peers have no filter.")


def measure(browser: Browser, path: Path, name: str, files: dict[str, str]) -> tuple[float, float, float]:
    """Median milliseconds of a load; of a filter, to its layout and to its painted frame (0: has none)."""
    loads, taken = [], []
    for _ in range(LOADS):
        context = browser.new_context(viewport={"width": 1440, "height": 1000}, reduced_motion="reduce")
        page = context.new_page()
        cut_off(page, files)
        page.goto(path.as_uri(), wait_until="commit", timeout=120_000)
        loads.append(page.evaluate(_LOAD.replace("READY", _READY[name])))
        if name == "shekara":
            taken += [page.evaluate(_FILTER, _CHANGES) for _ in range(RUNS)]
        context.close()
    if not taken:
        return statistics.median(loads), 0, 0
    best = [[min(run[change][part] for run in taken) for change in range(len(_CHANGES))] for part in (0, 1)]
    return statistics.median(loads), max(best[0]), max(best[1])


def cut_off(page: Page, files: dict[str, str]) -> None:
    """Answer what a page asks of a host from the files on the disk, or with nothing."""

    def decide(route: Route) -> None:
        url = route.request.url
        if url.startswith(("file:", "data:", "blob:")):
            route.continue_()
        elif url.endswith((".js", ".css")):
            route.fulfill(
                body=file_of(files, url), content_type="text/css" if url.endswith(".css") else "text/javascript"
            )
        else:
            route.abort()

    page.route("**/*", decide)


if __name__ == "__main__":
    main()
