"""A desk of 500 and of 50,000 records: list, filter, save, look for doubles; and 200 kills of a writer.

``python -m benchmarks.bench_desk``
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import geo
from geo.desk import create_desk, find_doubles, start_desk
from geo.desk.store import count_states, find_entry, list_entries, save
from tests.synthetic import synthetic_incidents

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.desk import Desk, Entry

SIZES = (500, 50_000)
KILLS = 200
RUNS = 40


def main() -> None:
    """Print both tables."""
    frontier = geo.read_frontier()
    print("| what | " + " | ".join(f"{size:,} records, ms" for size in SIZES) + " | ratio |\n|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        desks = [
            start_desk(Path(folder) / f"{size}.desk", synthetic_incidents(size, frontier, seed=1), by="bench")
            for size in SIZES
        ]
        acts = [_acts(desk) for desk in desks]
        for name in acts[0]:
            small, large = (_milliseconds(act[name]) for act in acts)
            print(f"| {name} | {small:.2f} | {large:.2f} | {large / small:.1f} |")
        _kill(Path(folder))


def _acts(desk: Desk) -> dict[str, Callable[[], object]]:
    entry = _found(desk, list_entries(desk, most=1, start=250)[0].id)
    count = iter(range(10**9))

    def change() -> None:
        revision = _found(desk, entry.id).revision
        save(desk, entry.id, {"title": f"title {next(count)}"}, by="bench", revision=revision)

    return {
        "list": lambda: (count_states(desk), list_entries(desk)),
        "filter by state": lambda: list_entries(desk, states=["published"]),
        "filter by words": lambda: list_entries(desk, words=str(entry.cells["title"])),
        "save": change,
        "doubles": lambda: find_doubles(desk, "another", entry.cells),
    }


def _found(desk: Desk, identifier: str) -> Entry:
    entry = find_entry(desk, identifier)
    if entry is None:
        raise LookupError(identifier)
    return entry


def _milliseconds(act: Callable[[], object]) -> float:
    act()
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return 1000 * statistics.median(taken)


def _kill(folder: Path) -> None:
    sys.path.insert(0, "tests")  # the writer is started anew and looks for itself there
    from killed_writer import kill_while_writing  # noqa: PLC0415

    create_desk(folder / "killed.desk").close()
    confirmed, lost = kill_while_writing(folder / "killed.desk", kills=KILLS, seed=11)
    print(f"\n{KILLS} kills: {confirmed} confirmed writings, {len(lost)} lost")


if __name__ == "__main__":
    main()
