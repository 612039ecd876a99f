"""How long the page's answer takes from a filter on: twenty changes of the filters at 5,000 made-up records.

Wall time is the page's own, by ``performance.now()``, from the call to the finished layout of the box and the map
("answered") and to the frame after ("painted"). Other work on a machine adds to it, so each change is measured a few
times and its least is given, beside the CPU time of the page's thread to the painted frame, as Linux counts it, which
other work hardly adds to. Called with a path, it measures that page.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

import geo
from geo.estimate.estimating import learn_hyper
from geo.view import write_page
from geo.view.atlas.views import estimate_views
from tests.synthetic import synthetic_incidents

RECORDS, RUNS = 5_000, 3
MOST_MS = 100
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
CHANGES: list[dict[str, Any]] = [
    {"goods": ["tobacco"]},
    {"goods": ["fuel"]},
    {"goods": ["tobacco", "fuel", "medicines"]},
    {"goods": [], "neighbour": ["RU"]},
    {"neighbour": ["KG"]},
    {"neighbour": ["UZ", "KG"]},
    {"neighbour": []},
    {"since": "2024"},
    {"since": "2015", "until": "2020"},
    {"since": "2016-03", "until": "2016-05"},
    {"since": None, "until": None},
    {"mode": ["rail"]},
    {"mode": ["road", "rail"]},
    {"mode": []},
    {"recorded_by": ["home"]},
    {"recorded_by": []},
    {"words": "incident 12"},
    {"words": ""},
    {"goods": ["medicines"], "neighbour": ["CN"]},
    {"goods": [], "neighbour": []},
]
CHANGE = """
(change) => new Promise((done) => {
  requestAnimationFrame(() => {
    const start = performance.now();
    shekara.setFilter(change);
    document.body.getBoundingClientRect();
    const answered = performance.now() - start;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done([answered, performance.now() - start]);
      channel.port2.postMessage(0);
    });
  });
})
"""


def main(given: list[str]) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(given[0]).resolve() if given else write_made_up(Path(folder) / "map.html")
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("SHEKARA_CHROMIUM") or shutil.which("chromium"), args=FLAGS
        )
        for viewport in ({"width": 1440, "height": 900}, {"width": 390, "height": 844}):
            context = browser.new_context(viewport=viewport, reduced_motion="reduce")  # type: ignore[arg-type]
            page = context.new_page()
            page.goto(path.as_uri())
            page.wait_for_selector(".place")
            runs = measure(page, renderer_of(browser.new_browser_cdp_session()))
            print(f"{viewport['width']} px: ms, least and median of {RUNS} runs; CPU of the page's thread to the frame")
            least = [[min(run[at][part] for run in runs) for part in range(3)] for at in range(len(CHANGES))]
            usual = [
                [statistics.median(run[at][part] for run in runs) for part in range(3)] for at in range(len(CHANGES))
            ]
            for change, *both in zip(CHANGES, least, usual, strict=True):
                print(row_of(*both), f"  {change}")
            worst = [max(column) for column in zip(*least, strict=True)]
            print(
                row_of(worst, [statistics.median(column) for column in zip(*usual, strict=True)]), "  most, and median"
            )
            print(f"      answered       painted           CPU; at most {MOST_MS}", flush=True)
            context.close()
        browser.close()


def row_of(least: list[float], usual: list[float]) -> str:
    """Pairs of least and median."""
    return "".join(f"{low:8.0f}{middle:6.0f}" for low, middle in zip(least, usual, strict=True))


def write_made_up(path: Path) -> Path:
    """Write the page of the made-up records with its estimates and answers, as an exported one has them."""
    frontier = geo.read_frontier()
    located = geo.locate(synthetic_incidents(RECORDS, frontier, seed=1), frontier)
    return write_page(path, located, frontier, estimate_views(located, geo.Selection(), learn_hyper(located)))


def measure(page: Page, renderer: int) -> list[list[tuple[float, float, float]]]:
    """Milliseconds of each change in each run: answered, painted, and the CPU time of the page's thread till then."""
    used = Path(f"/proc/{renderer}/task/{renderer}/schedstat")  # Linux: nanoseconds on a processor come first
    runs = []
    for _ in range(RUNS):
        run = []
        for change in CHANGES:
            page.wait_for_timeout(300)  # the address follows a filter after a while
            before = int(used.read_text().split()[0])
            answered, painted = page.evaluate(CHANGE, change)
            run.append((answered, painted, (int(used.read_text().split()[0]) - before) / 1e6))
        runs.append(run)
    return runs


def renderer_of(session: CDPSession) -> int:
    """The process that draws the page: the one that has worked most."""
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    return int(max((one for one in processes if one["type"] == "renderer"), key=lambda one: one["cpuTime"])["id"])


if __name__ == "__main__":
    main(sys.argv[1:])
