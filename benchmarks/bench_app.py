"""The app beside a plain ``st_folium`` app with one marker an incident: from a click on a filter to the painted map.

Both run on their own Streamlit server, on the same made-up incidents, in the same headless Chromium without a
network; what stock folium asks its hosts for is answered from npm packages on the disk. Ours learns its estimate anew
for every filter that it has not met, which the peer has nothing like. A time starts when the page gets the click and
ends when the map holds exactly the marks of the filter and the browser has painted a frame, by one clock in the page.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

import geo
from benchmarks.page_peers import file_of, peer_files
from tests.synthetic import synthetic_incidents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

SIZES = (300, 5_000)
LEAST = {300: 3, 5_000: 8}
GOODS = ("tobacco", "drugs", "wildlife", "metals")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
ROOT = Path(__file__).parents[1]

OURS = """
import streamlit as st
import geo
import geo.app.data
from tests.synthetic import synthetic_incidents

@st.cache_resource
def made_up():
    frontier = geo.read_frontier()
    return geo.app.data.Data(geo.locate(synthetic_incidents({n}, frontier, seed=1), frontier))

geo.app.data.built_in = made_up
from geo.app.main import main
main()
"""
PLAIN = """
import folium
import streamlit as st
from streamlit_folium import st_folium
import geo
from tests.synthetic import synthetic_incidents

@st.cache_resource
def read():
    incidents = synthetic_incidents({n}, geo.read_frontier(), seed=1)
    return incidents[(~incidents.geometry.isna()) & (incidents["outcome_class"] != "refused_entry")]

incidents = read()
goods = st.pills("Goods", sorted(incidents["goods"].unique()), selection_mode="multi")
shown = incidents[incidents["goods"].isin(goods)] if goods else incidents
drawn = folium.Map([48, 67], zoom_start=4, tiles=None)
for key, row in shown.iterrows():
    folium.Marker([row.geometry.y, row.geometry.x], popup=key).add_to(drawn)
st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st_folium(drawn, key="map", height=612, use_container_width=True{options})
"""
# A clock inside the page, the same for both: from the click, as the browser hands it to the page, to the first frame
# painted with so many marks. The frame of the map comes from the same server, so the page may look into it.
_CLOCK = """
window.clock = {
  holds: (ours, count) => [...document.querySelectorAll("iframe")].some((frame) => {
    const inner = frame.src.includes("streamlit_folium") && frame.contentWindow;
    if (!inner || !inner.document) return false;
    if (!ours) return inner.document.querySelectorAll(".leaflet-marker-icon").length === count;
    return Boolean(inner.shekara) && inner.shekara.controller.state.shown.length === count;
  }),
  watch(ours, count) {
    clock.taken = null;
    addEventListener("click", () => {
      const start = performance.now();
      // A frame's callback runs before its paint, and what it sets a timer for after it.
      const look = () => {
        if (!clock.holds(ours, count)) requestAnimationFrame(look);
        else setTimeout(() => { clock.taken = (performance.now() - start) / 1000; });
      };
      requestAnimationFrame(look);
    }, { capture: true, once: true });
  },
};
"""


def main() -> None:
    """Print the table."""
    files = peer_files()
    if files is None:
        print("The app beside stock st_folium is left out: folium's files come through npm, which is missing.")
        return
    print("From a click on a filter to the painted map, seconds: median (worst) of filters not met before")
    print(
        f"{'incidents':>10} {'app':22}{'filter':>8}{'worst':>8}{'ratio':>8}{'at least':>10}{'reruns on pan':>15}",
        flush=True,
    )
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        program = os.environ.get("SHEKARA_CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        for n in SIZES:
            counts = wanted(n)
            ours = 0.0
            apps = {
                "shekara": OURS.format(n=n),
                "st_folium": PLAIN.format(n=n, options=", returned_objects=[]"),
                "st_folium as it comes": PLAIN.format(n=n, options=""),
            }
            for name, script in apps.items():
                path = Path(folder) / f"{name.replace(' ', '_')}_{n}.py"
                path.write_text(script, encoding="utf-8")
                with serve(path) as address:
                    taken, reruns = measure(browser, address, name == "shekara", counts, files)
                middle = statistics.median(taken)
                ours = ours or middle
                ratio = "" if name == "shekara" else f"{middle / ours:.1f}"
                least = f"{LEAST[n]}" if name == "st_folium" else ""
                print(f"{n:>10,} {name:22}{middle:8.2f}{max(taken):8.2f}{ratio:>8}{least:>10}{reruns:>15}", flush=True)
        browser.close()


def wanted(n: int) -> dict[str, tuple[int, int]]:
    """Goods → marks of ours (records shown) and of the peer (records with a point)."""
    incidents = synthetic_incidents(n, geo.read_frontier(), seed=1)
    chosen = geo.select(incidents, geo.Selection())
    return {"": (len(chosen), int((~chosen.geometry.isna()).sum()))} | {
        goods: (int(mine.sum()), int((mine & ~chosen.geometry.isna()).sum()))
        for goods in GOODS
        if (mine := chosen["goods"].eq(goods)).any()
    }


@contextmanager
def serve(script: Path) -> Iterator[str]:
    """A Streamlit server of one script; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true", f"--server.port={port}",
        "--server.address=127.0.0.1", "--browser.gatherUsageStats=false", "--server.fileWatcherType=none",
        "--global.disableWidgetStateDuplicationWarning=true",
    ]  # fmt: skip
    server = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
    )
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(60)


def measure(
    browser: Browser, address: str, ours: bool, counts: dict[str, tuple[int, int]], files: dict[str, str]
) -> tuple[list[float], int]:
    """Seconds of each filter, and how often a pan and a zoom ran the script."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.add_init_script(_CLOCK)
    cut_off(page, address, files)
    sent: list[float] = []
    page.on("websocket", lambda wire: wire.on("framesent", lambda _: sent.append(time.perf_counter())))
    page.goto(address)
    wait_for(page, ours, counts[""][0 if ours else 1])
    page.wait_for_timeout(2000)
    words = _words([goods for goods in counts if goods])
    taken = []
    for goods, (records, points) in [(goods, held) for goods, held in counts.items() if goods]:
        button = page.locator("[data-testid=stButtonGroup] button", has_text=words[goods] if ours else goods).first
        button.wait_for()
        page.evaluate("([ours, count]) => clock.watch(ours, count)", [ours, records if ours else points])
        button.click()
        taken.append(float(page.wait_for_function("clock.taken", polling=50).json_value()))
        page.wait_for_timeout(500)
        button.click()  # back to all
        wait_for(page, ours, counts[""][0 if ours else 1])
        page.wait_for_timeout(800)
    sent.clear()
    box = page.locator("iframe").first.bounding_box()
    if box is None:
        raise RuntimeError("the map is out of sight")
    x, y = box["x"] + box["width"] / 2, box["y"] + 200
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 150, y + 60, steps=8)
    page.mouse.up()
    page.wait_for_timeout(2000)
    reruns = len(sent)
    context.close()
    return taken, reruns


def wait_for(page: Page, ours: bool, count: int) -> None:
    """Wait until the map holds so many marks."""
    page.wait_for_function("([ours, count]) => clock.holds(ours, count)", arg=[ours, count], polling=50)


def _words(goods: list[str]) -> dict[str, str]:
    from geo.view import read_words  # noqa: PLC0415

    return {name: read_words("en")[f"goods.{name}"] for name in goods}


def cut_off(page: Page, address: str, files: dict[str, Any]) -> None:
    """Let the page reach its own server; answer all other hosts from the files on the disk, or with nothing."""

    def decide(route: Route) -> None:
        url = route.request.url
        if url.startswith((address, "data:", "blob:")):
            route.continue_()
        elif url.endswith((".js", ".css")):
            kind = "text/css" if url.endswith(".css") else "text/javascript"
            route.fulfill(body=file_of(files, url), content_type=kind)
        else:
            route.abort()

    page.route("**/*", decide)


if __name__ == "__main__":
    main()
