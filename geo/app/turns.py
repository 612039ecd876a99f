"""Turns of the processor: the address that has used least goes first, so that nobody slows the rest."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Turns", "rest", "turn"]

_AT_ONCE = 4
_HALF_S = 30.0
_LEAST = 0.01


class Turns:
    """Turns to run, at most so many at once; nobody waits while one is free."""

    def __init__(self, most: int) -> None:
        self._most, self._running, self._last = most, 0, time.monotonic()
        self._waiting: list[list[str]] = []
        self._used: dict[str, float] = {}
        self._free = threading.Condition()

    @contextmanager
    def take(self, who: str) -> Iterator[None]:
        """Run the block in a turn; of those who wait, the one who used least lately has the next."""
        ticket = [who]
        with self._free:
            self._waiting.append(ticket)
            self._free.wait_for(lambda: self._running < self._most and self._first() is ticket)
            self._waiting = [one for one in self._waiting if one is not ticket]
            self._running += 1
            self._free.notify_all()
        began = time.thread_time()
        try:
            yield
        finally:
            with self._free:
                self._running -= 1
                self.charge(who, time.thread_time() - began)
                self._free.notify_all()

    @contextmanager
    def pause(self) -> Iterator[None]:
        """Let another run in the place of a turn that only waits for a process."""
        with self._free:
            self._running -= 1
            self._free.notify_all()
        try:
            yield
        finally:
            with self._free:
                self._running += 1  # for a moment there may be one more

    def charge(self, who: str, seconds: float) -> None:
        """Count seconds of the processor; half of them are forgotten after half a minute."""
        now = time.monotonic()
        remaining, self._last = 0.5 ** ((now - self._last) / _HALF_S), now
        self._used = {name: used * remaining for name, used in self._used.items() if used * remaining > _LEAST}
        self._used[who] = self._used.get(who, 0.0) + seconds

    def _first(self) -> list[str]:
        return min(self._waiting, key=lambda ticket: self._used.get(ticket[0], 0.0))


_TURNS = Turns(_AT_ONCE)
_OWN = threading.local()


@contextmanager
def turn() -> Iterator[None]:
    """The turn of a run of the app, by the address that the proxy gives (``X-Forwarded-For``), or its own."""
    with _TURNS.take(st.context.headers.get("X-Forwarded-For") or st.context.ip_address or ""):
        _OWN.turn = True
        try:
            yield
        finally:
            _OWN.turn = False


@contextmanager
def rest() -> Iterator[None]:
    """Wait for a process without keeping others from their turn; outside of a turn it is nothing."""
    if not getattr(_OWN, "turn", False):
        yield
        return
    with _TURNS.pause():
        yield
