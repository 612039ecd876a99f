"""Streamlit servers for the browser tests, and the map inside an app."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Frame, Page

ROOT = Path(__file__).parents[2]
WAIT_S = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(script: Path, log: Path) -> Iterator[str]:
    """A Streamlit server of one script; its address."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true"]
    command += [f"--server.port={port}", "--server.address=127.0.0.1", "--browser.gatherUsageStats=false"]
    with log.open("w") as told:
        server = subprocess.Popen(
            command, stdout=told, stderr=subprocess.STDOUT, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
        try:
            for _ in range(WAIT_S * 5):
                if server.poll() is not None:
                    pytest.fail(f"the server ended: {log.read_text()}")
                # Its own word, lest another server answer on the port.
                if f"127.0.0.1:{port}" in log.read_text():
                    break
                time.sleep(0.2)
            else:
                pytest.fail(f"the server did not answer: {log.read_text()}")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(10)


def wait_for_map(frame: Page | Frame) -> None:
    """Wait until a map is drawn; asked again and again, for the page's policy forbids evaluating a string."""
    for _ in range(300):
        if frame.evaluate("Boolean(window.shekara)"):
            return
        frame.wait_for_timeout(100)
    pytest.fail("the map was not drawn within 30 s")


def open_map(visit: Any, address: str) -> Frame:
    """Open an app and give the frame that its map is drawn in."""
    if address:
        visit.page.goto(address)
    for _ in range(WAIT_S * 5):
        frame = next((one for one in visit.page.frames if "streamlit_folium" in one.url), None)
        if frame is not None:
            wait_for_map(frame)
            return frame
        visit.page.wait_for_timeout(200)
    pytest.fail("no map came up")


def wait_for_ids(frame: Frame, wanted: set[str]) -> None:
    """Wait until the map shows exactly these records."""
    shown: set[str] = set()
    for _ in range(WAIT_S * 10):
        shown = set(frame.evaluate("shekara.visibleIds()"))
        if shown == wanted:
            return
        frame.wait_for_timeout(100)
    assert shown == wanted
