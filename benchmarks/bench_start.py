"""How long a command takes to start: ``shekara summary`` beside the bare import of GeoPandas."""

from __future__ import annotations

import statistics
import subprocess
import sys

RUNS = 5
_CHILD = (
    "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
    "used = resource.getrusage(resource.RUSAGE_CHILDREN); print(used.ru_utime + used.ru_stime)"
)
_STARTS = {
    "import geopandas": ["-c", "import geopandas"],
    "shekara summary --by goods": ["-m", "geo", "summary", "--by", "goods"],
    "shekara summary": ["-m", "geo", "summary"],
}


def main() -> None:
    """Print the table."""
    print(f"A start on the built-in data, a process each, CPU seconds, median of {RUNS}")
    bare = 0.0
    for name, words in _STARTS.items():
        seconds = statistics.median(_seconds([sys.executable, *words]) for _ in range(RUNS))
        bare = bare or seconds
        print(f"{name:34}{seconds:9.2f}{seconds / bare:8.1f}")


def _seconds(command: list[str]) -> float:
    done = subprocess.run([sys.executable, "-c", _CHILD, *command], check=True, capture_output=True, text=True)
    return float(done.stdout)


if __name__ == "__main__":
    main()
