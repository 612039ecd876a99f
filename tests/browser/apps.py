"""Streamlit servers for the browser tests, and the map inside an app."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Frame, Page, WebSocket

ROOT = Path(__file__).parents[2]
WAIT_S = 60
_LONGEST_SIGN = 20_000
# What follows an action is waited for, as long as the slowest machine may need.
expect.set_options(timeout=WAIT_S * 1000)


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
            server.kill()  # it has nothing to put away, and a busy machine may keep it from ending by itself
            server.wait()


def eventually(page: Page | Frame, read: Callable[[], Any], wanted: Any) -> None:
    """Wait until something read again and again is as wanted: for what Playwright's ``expect`` has no word for."""
    for _ in range(WAIT_S * 10):
        if read() == wanted:
            return
        page.wait_for_timeout(100)
    assert read() == wanted


def wait_for_map(frame: Page | Frame) -> None:
    """Wait until a map is drawn; asked again and again, for the page's policy forbids evaluating a string."""
    eventually(frame, lambda: frame.evaluate("Boolean(window.shekara)"), wanted=True)


@dataclass
class Runs:
    """Runs of an app's script: those asked for that no run has answered yet, and whether one goes on."""

    asked: bool = False
    going_on: bool = False

    def watch(self, socket: WebSocket) -> None:
        """Read what the window and the server say to each other."""
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def _sent(self, content: bytes | str) -> None:
        if isinstance(content, bytes) and BackMsg.FromString(content).WhichOneof("type") == "rerun_script":
            self.asked = True

    def _received(self, content: bytes | str) -> None:
        # A message of many kilobytes is a part of the page.
        if not isinstance(content, bytes) or len(content) > _LONGEST_SIGN:
            return
        message = ForwardMsg.FromString(content)
        if message.WhichOneof("type") == "new_session":
            self.asked, self.going_on = False, True
        elif message.WhichOneof("type") == "script_finished":
            self.going_on = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN


def settle(visit: Any) -> None:
    """Wait until every run that was asked for has ended, and what it sent is drawn."""
    visit.page.wait_for_timeout(200)  # a click of a frame, or a box that is left, asks a moment later
    state = "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState"

    def rest() -> bool:
        return not visit.runs.asked and not visit.runs.going_on and visit.page.evaluate(state) == "notRunning"

    eventually(visit.page, rest, wanted=True)
    visit.page.wait_for_timeout(150)


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
    eventually(frame, lambda: set(frame.evaluate("shekara.visibleIds()")), wanted)


def wait_for_mark(frame: Frame, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Wait until the map draws a mark that is wanted, and give it."""
    drawn: list[dict[str, Any]] = []

    def look() -> bool:
        drawn[:] = [mark for mark in frame.evaluate("shekara.marks()") if wanted(mark)]
        return bool(drawn)

    eventually(frame, look, wanted=True)
    return drawn[0]
