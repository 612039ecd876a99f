"""A writer at a desk that is killed at random moments; what it confirmed before must be there."""

from __future__ import annotations

import multiprocessing
import random
from typing import TYPE_CHECKING

from geo.desk.file import open_desk
from geo.desk.store import find_entry, save

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

__all__ = ["kill_while_writing"]


def _write(path: str, number: int, told: Connection) -> None:
    """Write until killed: each record twice, and tell of each writing once it is confirmed."""
    desk = open_desk(path)
    for count in range(100_000):
        key = f"r{number}-{count}"
        for revision in (0, 1):
            cells = {"title": f"{key} written {revision + 1}", "sources": [{"address": f"https://example.org/{key}"}]}
            save(desk, key, cells, by="writer", revision=revision)
            told.send((key, revision + 1))


def kill_while_writing(path: Path, *, kills: int, seed: int) -> tuple[int, list[str]]:
    """Kill a writer so many times.

    Returns
    -------
    tuple
        Number of writings that were confirmed, and what of them is not as it was confirmed.
    """
    moments = random.Random(seed)  # noqa: S311
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["geo.desk.store"])
    confirmed: dict[str, int] = {}
    for number in range(kills):
        heard, told = context.Pipe(duplex=False)
        writer = context.Process(target=_write, args=(str(path), number, told))
        writer.start()
        told.close()
        if heard.poll(60):
            writer.join(moments.random() * 0.1)  # it never ends by itself
        writer.kill()
        writer.join()
        try:
            while True:
                key, revision = heard.recv()
                confirmed[key] = revision
        except EOFError:
            heard.close()
    desk = open_desk(path)
    lost = []
    with desk.reading() as connection:
        if (verdict := connection.exec_driver_sql("PRAGMA integrity_check").scalar()) != "ok":
            lost.append(str(verdict))
    for key, revision in confirmed.items():
        entry = find_entry(desk, key)
        # A writing that was kept just before the kill may not have been told.
        if entry is None or entry.revision < revision or not entry.cells["sources"]:
            lost.append(key)
        elif entry.cells["title"] != f"{key} written {entry.revision}":
            lost.append(f"{key}: {entry.cells['title']}")
    desk.close()
    return sum(confirmed.values()), lost
