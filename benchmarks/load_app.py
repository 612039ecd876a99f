"""Twenty sessions at once on the app, each changing filters for a minute: every answer right, memory bounded.

Each session speaks Streamlit's own protocol over a websocket, as a browser does: it chooses filters at random, waits
for the script to end, and compares the ids of the table that came back with :func:`geo.select`. The server runs on
two cores; its memory is read once a second.

On the page *Map* each answer has an estimate of its own, made anew where nobody asked for it of late.

Run it as ``python -m benchmarks.load_app [--sessions 20] [--seconds 60] [--page incidents]``.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import os
import random
import statistics
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

import geo
from benchmarks.bench_app import ROOT, serve
from geo.incidents.selection import Selection, choices

Seen = dict[str, tuple[str, list[str]]]
"""Field → the id of its filter and the labels on it; ``MORE`` → the id of what folds the rarer ones away."""
MORE = "more"

FIELDS = ("goods", "neighbour", "direction", "mode", "recording_side", "confidence")
WAIT_S = 120


@dataclass
class Told:
    """What the sessions saw."""

    right: int = 0
    wrong: int = 0
    errors: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    cpu_s: float = 0.0


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--page", choices=["incidents", "map"], default="incidents")
    asked = parser.parse_args()
    with serve(ROOT / "app.py") as address:
        told, memory = asyncio.run(run(address, asked.sessions, asked.seconds, asked.page))
    times = sorted(told.seconds)
    print(f"{asked.sessions} sessions at once for {asked.seconds:.0f} s, each changing filters, one server")
    print(f"answers {told.right + told.wrong}, wrong {told.wrong}, errors {len(told.errors)}")
    print(
        f"filter to answer: median {statistics.median(times):.2f} s, 95 % below {times[int(len(times) * 0.95)]:.2f} s"
    )
    print(f"processor time of the server: {told.cpu_s / len(times):.3f} s an answer")
    first, most, last = memory[0], max(memory), memory[-1]
    print(f"memory of the server: {first:.0f} MB with one session, at most {most:.0f}, {last:.0f} at the end")
    for error in told.errors[:5]:
        print("error:", error)


async def run(address: str, sessions: int, seconds: float, page: str) -> tuple[Told, list[float]]:
    """All sessions, and the server's memory in MB once a second."""
    incidents = geo.read_incidents()
    told, memory = Told(), []
    await session(address, incidents, 0, time.monotonic(), Told(), page=page)  # the first one reads the data
    memory.append(spent(address)[0])
    end = time.monotonic() + seconds
    before = spent(address)[1]

    async def watch() -> None:
        while time.monotonic() < end:
            memory.append(spent(address)[0])
            await asyncio.sleep(1)

    readers = (session(address, incidents, seed, end, told, page=page) for seed in range(1, sessions + 1))
    await asyncio.gather(watch(), *readers)
    memory.append(spent(address)[0])
    told.cpu_s = spent(address)[1] - before
    return told, memory


async def session(
    address: str,
    incidents: Any,
    seed: int,
    end: float,
    told: Told,
    *,
    local: str = "127.0.0.1",
    page: str = "incidents",
) -> None:
    """One reader at an address of this machine, who changes filters until the end."""
    rng = random.Random(seed)  # noqa: S311  (chooses filters)
    url = address.replace("http", "ws") + "/_stcore/stream"
    try:
        async with connect(url, max_size=None, subprotocols=[Subprotocol("streamlit")], local_addr=(local, 0)) as wire:
            seen: Seen = {}
            await answer(wire, {}, seen, page)
            await answer(wire, {}, seen, page)  # unfolded, the rarer filters are there
            while True:
                chosen = pick(rng)
                start = time.monotonic()
                shown, failed = await answer(wire, chosen, seen, page)
                told.seconds.append(time.monotonic() - start)
                told.errors += failed
                right = shown == set(geo.select(incidents, Selection(**chosen)).index)
                told.right, told.wrong = told.right + right, told.wrong + (not right)
                if time.monotonic() >= end:
                    return
                await asyncio.sleep(rng.uniform(0.5, 2))
    except (OSError, TimeoutError, WebSocketException) as error:
        told.errors.append(f"{type(error).__name__}: {error}")


def pick(rng: random.Random) -> dict[str, tuple[str, ...]]:
    """A few values of one or two fields."""
    return {
        name: tuple(rng.sample(_codes(name), rng.choice([1, 2]))) for name in rng.sample(FIELDS, rng.choice([1, 1, 2]))
    }


@cache
def _codes(name: str) -> tuple[str, ...]:
    """What a field may be, in the order of its filter."""
    return tuple(choices(geo.read_incidents(), Selection(), name).index)


def ask(chosen: dict[str, tuple[str, ...]], seen: Seen, page: str) -> bytes:
    """What a browser sends for a run with these filters."""
    asked = BackMsg()
    asked.rerun_script.query_string = f"lang=en&page={page}"
    for name, (widget, labels) in seen.items():
        state = asked.rerun_script.widget_states.widgets.add()
        state.id = widget
        if name == MORE:
            state.bool_value = True
            continue
        # A browser says a choice by its label, counts and all, as it stands on the button.
        state.string_array_value.data.extend(labels[_codes(name).index(code)] for code in chosen.get(name, ()))
    return asked.SerializeToString()


async def answer(wire: Any, chosen: dict[str, tuple[str, ...]], seen: Seen, page: str) -> tuple[set[str], list[str]]:
    """Ask for a run with these filters; the ids in its table, and the errors in it."""
    await wire.send(ask(chosen, seen, page))
    shown: set[str] = set()
    failed: list[str] = []
    while True:
        message = ForwardMsg()
        message.ParseFromString(await asyncio.wait_for(wire.recv(), WAIT_S))
        kind = message.WhichOneof("type")
        if kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return shown, failed
        if kind == "delta" and message.delta.add_block.expandable.id:
            seen[MORE] = (message.delta.add_block.expandable.id, [])
        if kind != "delta" or message.delta.WhichOneof("type") != "new_element":
            continue
        element = message.delta.new_element
        what = element.WhichOneof("type")
        if what == "exception":
            failed.append(element.exception.message)
        elif what == "button_group":
            name = element.button_group.id.rsplit("-", 1)[-1]
            if name in FIELDS:
                seen[name] = (element.button_group.id, [option.content for option in element.button_group.options])
        elif what == "dataframe":
            shown = read_ids(element.dataframe.arrow_data.data)


def read_ids(data: bytes) -> set[str]:
    """Ids of the rows of a table as it was sent."""
    table = pa.ipc.open_stream(io.BytesIO(data)).read_pandas()
    return set(table.index.astype(str))


def spent(address: str) -> tuple[float, float]:
    """Resident memory in MB and processor time in seconds of the server that listens at an address."""
    port = int(address.rsplit(":", 1)[1])
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                words = (process / "cmdline").read_bytes().split(b"\0")
                if f"--server.port={port}".encode() in words:
                    status, stat = ((process / name).read_text() for name in ("status", "stat"))
                    ticks = sum(map(int, stat.rsplit(")", 1)[1].split()[11:13]))
                    return int(status.split("VmRSS:")[1].split()[0]) / 1024, ticks / os.sysconf("SC_CLK_TCK")
            except OSError:
                continue
    raise RuntimeError("the server is gone")


if __name__ == "__main__":
    main()
