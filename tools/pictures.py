"""The pictures of the README, of today's page and app, and what other tools make of the same records without a network.

``python tools/pictures.py`` writes them to ``docs/images``; ``python tools/pictures.py app`` those of the app alone.
pydeck stands in the benchmarks' list of packages: where it is missing, the old picture of the four tools stays.
"""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
_WAIT_MS = 120_000
_APP = {"width": 1280, "height": 900}
_WIDE, _PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
_PANEL, _LINE = (577, 360), 36
_DRAWN = "[data-testid=stButtonGroup]"  # the app's pages


def main() -> None:
    """Draw those that are asked for."""
    asked = set(sys.argv[1:]) or {"page", "app", "tools"}
    program = os.environ.get("SHEKARA_CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        page = Path(folder) / "map.html"
        if asked & {"page", "tools"}:
            _shekara("export", str(page), "--statements")
        if "page" in asked:
            (IMAGES / "page-wide.png").write_bytes(_shot(browser, page.as_uri(), _WIDE))
            phone = _shot(browser, f"{page.as_uri()}#lang=kk", _PHONE, color_scheme="dark", device_scale_factor=2)
            (IMAGES / "page-phone.png").write_bytes(phone)
        if "app" in asked:
            with _app() as address:
                (IMAGES / "app-map.png").write_bytes(_shot(browser, f"{address}/?at=crossing:kayrak", _APP, _DRAWN))
                dark = _shot(browser, f"{address}/?page=borders&lang=ru", _APP, _DRAWN, color_scheme="dark")
                (IMAGES / "app-borders-dark.png").write_bytes(dark)
        if "tools" in asked and find_spec("pydeck"):
            _compare(browser, page, Path(folder)).save(IMAGES / "without-network.png", optimize=True)


def _shekara(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "geo", *words], cwd=ROOT, check=True)  # noqa: S603  (our own)


@contextmanager
def _app() -> Iterator[str]:
    """The app, for as long as the block lasts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "geo", "app", "--port", str(port)], cwd=ROOT)  # noqa: S603
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if not probe.connect_ex(("127.0.0.1", port)):
                    break
            time.sleep(0.1)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait()


def _shot(browser: Browser, address: str, size: dict[str, int], ready: str = "h1", **how: Any) -> bytes:
    """A page as it stands when nothing in it changes any more; no network but this machine's."""
    context = browser.new_context(viewport=size, **how)
    context.route(lambda url: not url.startswith(("file:", "http://localhost", "data:", "blob:")), _refuse)
    page = context.new_page()
    page.goto(address, timeout=_WAIT_MS, wait_until="load")
    page.wait_for_selector(ready, timeout=_WAIT_MS)
    before, now = b"", page.screenshot(timeout=_WAIT_MS)
    while before != now or page.locator("[data-testid=stStatusWidget]").count():
        page.wait_for_timeout(4000)
        before, now = now, page.screenshot(timeout=_WAIT_MS)
    context.close()
    small = io.BytesIO()
    Image.open(io.BytesIO(now)).convert("RGB").save(small, "PNG", optimize=True)
    return small.getvalue()


def _refuse(route: Any) -> None:
    route.abort()


def _compare(browser: Browser, page: Path, folder: Path) -> Image.Image:
    """Four tools' pages of the same records, each by its defaults, side by side."""
    import folium  # noqa: PLC0415
    import matplotlib.pyplot as plt  # noqa: PLC0415
    import pydeck  # noqa: PLC0415

    import geo  # noqa: PLC0415

    records = geo.select(geo.read_incidents(), geo.Selection())
    points = records[records.geometry.notna()].reset_index()
    chart = folium.Map(location=[48, 67], zoom_start=5)
    for at in points.geometry:
        folium.Marker([at.y, at.x]).add_to(chart)
    chart.save(folder / "folium.html")
    data = [{"lon": at.x, "lat": at.y} for at in points.geometry]
    layer = pydeck.Layer("ScatterplotLayer", data, get_position="[lon, lat]", get_radius=9000)
    deck = pydeck.Deck(layers=[layer], initial_view_state=pydeck.ViewState(latitude=48, longitude=67, zoom=4))
    deck.to_html(str(folder / "pydeck.html"), open_browser=False, notebook_display=False)
    axes = points.plot(markersize=12)
    axes.figure.set_size_inches(5.77, 3.6)
    plotted = io.BytesIO()
    axes.figure.savefig(plotted, dpi=100, bbox_inches="tight")
    plt.close(axes.figure)
    panels = {
        f"folium {version('folium')}: its scripts come from a network": _shot(
            browser, _uri(folder, "folium"), _WIDE, "body"
        ),
        f"pydeck {version('pydeck')}: its scripts come from a network": _shot(
            browser, _uri(folder, "pydeck"), _WIDE, "body"
        ),
        f"GeoPandas {version('geopandas')}, .plot(): points": plotted.getvalue(),
        "Shekara: the exported page": _shot(browser, page.as_uri(), _WIDE),
    }
    whole = Image.new("RGB", (1200, 2 * (_PANEL[1] + _LINE) + 28), "white")
    draw = ImageDraw.Draw(whole)
    for number, (title, content) in enumerate(panels.items()):
        left, top = 15 + 593 * (number % 2), _LINE + (_PANEL[1] + _LINE) * (number // 2)
        picture = Image.open(io.BytesIO(content)).convert("RGB").resize(_PANEL, Image.Resampling.LANCZOS)
        draw.text((left, top - 25), title, "black", ImageFont.truetype("DejaVuSans.ttf", 16))
        whole.paste(picture, (left, top))
        draw.rectangle((left - 1, top - 1, left + _PANEL[0], top + _PANEL[1]), outline="black")
    return whole


def _uri(folder: Path, name: str) -> str:
    return (folder / f"{name}.html").as_uri()


if __name__ == "__main__":
    main()
