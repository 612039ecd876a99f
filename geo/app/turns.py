"""Turns of the processor: the address that has used least goes first, so that nobody slows the rest."""

from __future__ import annotations

import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Turns", "rest", "turn"]

_AT_ONCE = 2
_PROCESSES = 2
_SWITCH_S = 0.0005
_PATIENCE_S = 10.0
_HALF_S = 30.0
_LEAST = 0.01


class Turns:
    """Turns to run, at most so many at once; nobody waits while one is free. ``clock`` tells what one uses."""

    def __init__(self, most: int, clock: Callable[[], float] = time.thread_time) -> None:
        self._free, self._last, self._clock = most, time.monotonic(), clock
        self._waiting: list[tuple[str, threading.Event]] = []
        self._used: dict[str, float] = {}
        self._lock = threading.Lock()

    @contextmanager
    def take(self, who: str, is_wanted: Callable[[], object] = bool) -> Iterator[None]:
        """Run the block in a turn; of those who wait, the one who used least lately has the next.

        ``is_wanted`` is asked now and then as long as one waits: it raises where nobody wants the run any more.
        """
        ticket = (who, threading.Event())
        with self._lock:
            self._waiting.append(ticket)
            self._call()
        try:
            while not ticket[1].wait(_PATIENCE_S):
                is_wanted()
            began = self._clock()
            try:
                yield
            finally:
                self.charge(who, self._clock() - began)
        finally:
            with self._lock:
                if ticket in self._waiting:
                    self._waiting.remove(ticket)
                else:
                    self._free += 1
                    self._call()

    @contextmanager
    def pause(self) -> Iterator[None]:
        """Let another run in the place of a turn that only waits for a process."""
        with self._lock:
            self._free += 1
            self._call()
        try:
            yield
        finally:
            with self._lock:
                self._free -= 1  # for a moment there may be one more

    def charge(self, who: str, seconds: float) -> None:
        """Count seconds of the processor; half of them are forgotten after half a minute."""
        with self._lock:
            now = time.monotonic()
            remaining, self._last = 0.5 ** ((now - self._last) / _HALF_S), now
            self._used = {name: used * remaining for name, used in self._used.items() if used * remaining > _LEAST}
            self._used[who] = self._used.get(who, 0.0) + seconds

    def _call(self) -> None:
        """Call the next ones, and wake nobody else: of hundreds who wait each would ask for the processor."""
        while self._free > 0 and self._waiting:
            first = min(self._waiting, key=lambda ticket: self._used.get(ticket[0], 0.0))
            self._waiting.remove(first)
            self._free -= 1
            first[1].set()


# The server answers everybody from one thread, which waits so long for each run that computes.
sys.setswitchinterval(_SWITCH_S)
_TURNS = Turns(_AT_ONCE)
_PROCESS_TURNS = Turns(_PROCESSES, time.monotonic)
_OWN = threading.local()


@contextmanager
def turn() -> Iterator[None]:
    """The turn of a run of the app, by the address that the proxy gives (``X-Forwarded-For``), or its own."""
    with _TURNS.take(_who(), _is_wanted):
        _OWN.turn = True
        try:
            yield
        finally:
            _OWN.turn = False


@contextmanager
def rest() -> Iterator[None]:
    """Wait for a process without keeping others from their turn, and for its turn among processes; else nothing."""
    if not getattr(_OWN, "turn", False):
        yield
        return
    with _TURNS.pause(), _PROCESS_TURNS.take(_who(), _is_wanted):
        yield


def _who() -> str:
    return st.context.headers.get("X-Forwarded-For") or st.context.ip_address or ""


def _is_wanted() -> object:
    """Look into the session, which ends the run of a page that was closed, or where something else is asked for."""
    return st.session_state.get("turn")
