"""Streamlit servers for the browser tests, and the map inside an app."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from geo.app.link import PAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Frame, Page, WebSocket

IN_SIGHT = tuple(page for page in PAGES if page != "desk")
"""Pages of the line above; a desk stands there only where a server has one."""
ROOT = Path(__file__).parents[2]
WAIT_S = 60
# The app with what tests do to it while it runs, as a file beside it says. Hostile records would not pass the check of
# a file. Slow estimates take long. Slow runs wait before their first and their last part, and the first of a session is
# overtaken once its pages are made.
_APP = """
import pickle, runpy, time
from pathlib import Path
import streamlit as st
import geo, geo.app.data as data

def told(name):
    file = Path({folder!r}, name)
    return str(file) if file.exists() else ""

@st.cache_resource
def hostile(path):
    return data.Data(geo.locate(pickle.loads(Path(path).read_bytes()), geo.read_frontier()))

def waiting(name, seconds, work):
    def wait(*args, **options):
        if told(name):
            time.sleep(seconds)
        return work(*args, **options)
    return wait

def overtaken(lay_out):
    def run(*args):
        lay_out(*args)
        if told("slow-runs") and not st.session_state.get("_overtaken"):
            st.session_state["_overtaken"] = True
            st.rerun()
    return run

if not hasattr(data, "as_it_is"):
    data.as_it_is = data.built_in
    data.built_in = lambda: hostile(told("hostile")) if told("hostile") else data.as_it_is()
    data.estimate_selection = waiting("slow-estimates", 8, data.estimate_selection)
    import geo.app.main as main, geo.app.pages.desk_form as form
    main.reserve = waiting("slow-runs", 0.7, main.reserve)
    form.ask_sources = waiting("slow-runs", 0.7, form.ask_sources)
    main.show_pages = overtaken(main.show_pages)
runpy.run_path({app!r}, run_name="__main__")
"""
_LONGEST_SIGN = 20_000
# What follows an action is waited for, as long as the slowest machine may need.
expect.set_options(timeout=WAIT_S * 1000)


@dataclass(frozen=True)
class App:
    """The app on a server: its address, and the folder of what is done to it."""

    address: str
    folder: Path

    @contextmanager
    def but(self, what: str, content: bytes = b"") -> Iterator[str]:
        """Have it ``hostile`` (with pickled records), ``slow-estimates`` or ``slow-runs`` for a while; its address."""
        (self.folder / what).write_bytes(content)
        try:
            yield self.address
        finally:
            (self.folder / what).unlink()


def serve_app(folder: Path) -> Iterator[App]:
    """The app on a server of its own."""
    script = folder / "app.py"
    script.write_text(_APP.format(folder=os.fspath(folder), app=os.fspath(ROOT / "app.py")), encoding="utf-8")
    for address in serve(script, folder / "log.txt"):
        yield App(address, folder)


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
