"""How long a command takes to start: ``shekara summary`` beside the bare import of GeoPandas."""

from __future__ import annotations

import statistics
import subprocess
import sys

RUNS = 9
_CHILD = (
    "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
    "used = resource.getrusage(resource.RUSAGE_CHILDREN); print(used.ru_utime + used.ru_stime)"
)
_STARTS = {
    "import geopandas": ["-c", "import geopandas"],
    "shekara summary": ["-m", "geo", "summary"],
    "shekara summary --by segment": ["-m", "geo", "summary", "--by", "segment"],
    "shekara summary --goods tobacco": ["-m", "geo", "summary", "--goods", "tobacco"],
}


def main() -> None:
    """Print the table."""
    print(f"A start on the built-in data, a process each, in turn, CPU seconds, median of {RUNS}")
    taken: dict[str, list[float]] = {name: [] for name in _STARTS}
    for _ in range(RUNS):
        for name, words in _STARTS.items():
            taken[name].append(_seconds([sys.executable, *words]))
    bare = statistics.median(next(iter(taken.values())))
    for name, seconds in taken.items():
        middle = statistics.median(seconds)
        print(f"{name:34}{middle:9.2f}{middle / bare:8.2f}")


def _seconds(command: list[str]) -> float:
    done = subprocess.run([sys.executable, "-c", _CHILD, *command], check=True, capture_output=True, text=True)
    return float(done.stdout)


if __name__ == "__main__":
    main()
