"""How long a command takes to start: ``shekara summary`` beside the bare import of GeoPandas."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile

RUNS = 5
_CHILD = (
    "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
    "used = resource.getrusage(resource.RUSAGE_CHILDREN); print(used.ru_utime + used.ru_stime)"
)


def main() -> None:
    """Print the table."""
    summary = [sys.executable, "-m", "geo", "summary"]
    with tempfile.TemporaryDirectory() as folder:
        bare = _seconds([sys.executable, "-c", "import geopandas"], "off")
        worked_out = _seconds(summary, "off")
        _seconds(summary, folder, runs=1)
        recalled = _seconds(summary, folder)
    print(f"shekara summary on the built-in data, a process each, CPU seconds, median of {RUNS}")
    for name, seconds in (
        ("import geopandas", bare),
        ("summary, asked before", recalled),
        ("summary, never asked before", worked_out),
    ):
        print(f"{name:34}{seconds:9.2f}{seconds / bare:8.1f}")


def _seconds(command: list[str], cache: str, runs: int = RUNS) -> float:
    environment = {**os.environ, "SHEKARA_CACHE": cache}
    words = [sys.executable, "-c", _CHILD, *command]
    return statistics.median(
        float(subprocess.run(words, check=True, capture_output=True, text=True, env=environment).stdout)
        for _ in range(runs)
    )


if __name__ == "__main__":
    main()
