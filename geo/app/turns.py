"""Turns of the processor: the address that has used least goes first, so that nobody slows the rest.

Of the turns that go on at once, those who used much more than the others have one at a time between them: two runs in
Python share one processor, and a reader would else find both taken by whoever asks without end.
"""

from __future__ import annotations

import math
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
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
_MUCH_S = 1.0  # of late, below which nobody used much
_TIMES = 3.0  # what the others used


@dataclass(eq=False)
class _Ticket:
    """Somebody's place among those who wait, then a turn."""

    who: str
    called: threading.Event = field(default_factory=threading.Event)
    is_heavy: bool = False


class Turns:
    """Turns to run, at most so many at once; nobody waits while one is free. ``clock`` tells what one uses."""

    def __init__(self, most: int, clock: Callable[[], float] = time.thread_time) -> None:
        self._free, self._last, self._clock = most, time.monotonic(), clock
        self._waiting: list[_Ticket] = []
        self._heavy = 0
        self._used: dict[str, float] = {}
        self._lock = threading.Lock()

    @contextmanager
    def take(self, who: str, is_wanted: Callable[[], object] = bool) -> Iterator[_Ticket]:
        """Run the block in a turn; of those who wait, the one who used least lately has the next.

        ``is_wanted`` is asked now and then as long as one waits: it raises where nobody wants the run any more.
        """
        ticket = _Ticket(who)
        with self._lock:
            self._waiting.append(ticket)
            self._call()
        try:
            while not ticket.called.wait(_PATIENCE_S):
                is_wanted()
            began = self._clock()
            try:
                yield ticket
            finally:
                self.charge(who, self._clock() - began)
        finally:
            with self._lock:
                if ticket in self._waiting:
                    self._waiting.remove(ticket)
                else:
                    self._count(ticket, 1)
                    self._call()

    @contextmanager
    def pause(self, ticket: _Ticket) -> Iterator[None]:
        """Let another run in the place of a turn that only waits for a process."""
        with self._lock:
            self._count(ticket, 1)
            self._call()
        try:
            yield
        finally:
            with self._lock:
                self._count(ticket, -1)  # for a moment there may be one more

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
            first = min(self._waiting, key=lambda ticket: self._used.get(ticket.who, 0.0))
            others = [used for name, used in self._used.items() if name != first.who]
            most = max(_MUCH_S, _TIMES * median(others)) if others else math.inf
            first.is_heavy = self._used.get(first.who, 0.0) > most
            if first.is_heavy and self._heavy:
                return  # whoever waits besides used as much or more
            self._waiting.remove(first)
            self._count(first, -1)
            first.called.set()

    def _count(self, ticket: _Ticket, change: int) -> None:
        """Count a turn as free again (1) or taken (-1)."""
        self._free += change
        self._heavy -= change * ticket.is_heavy


# The server answers everybody from one thread, which waits so long for each run that computes.
sys.setswitchinterval(_SWITCH_S)
_TURNS = Turns(_AT_ONCE)
_PROCESS_TURNS = Turns(_PROCESSES, time.monotonic)
_OWN = threading.local()


@contextmanager
def turn() -> Iterator[None]:
    """The turn of a run of the app, by the address that the proxy gives (``X-Forwarded-For``), or its own."""
    with _TURNS.take(_who(), _is_wanted) as ticket:
        _OWN.ticket = ticket
        try:
            yield
        finally:
            _OWN.ticket = None


@contextmanager
def rest() -> Iterator[None]:
    """Wait for a process without keeping others from their turn, and for its turn among processes; else nothing."""
    ticket = getattr(_OWN, "ticket", None)
    if ticket is None:
        yield
        return
    with _TURNS.pause(ticket), _PROCESS_TURNS.take(_who(), _is_wanted):
        yield


def _who() -> str:
    return st.context.headers.get("X-Forwarded-For") or st.context.ip_address or ""


def _is_wanted() -> object:
    """Look into the session, which ends the run of a page that was closed, or where something else is asked for."""
    return st.session_state.get("turn")
