"""How many small faults the tests see: mutants of the code, drawn with a fixed seed, each run against its tests.

``python tools/mutants.py --number 600`` measures which tests reach which line, then puts each fault into a copy of the
project and runs, quickest first, the tests that reach its line. ``killed``: a test fails. ``timeout``: the tests take
many times as long as they should. ``survived``: no test notices; the list says where. ``unreached``: no test comes by.
``lost``: the tests could not be run, which tells nothing and counts as not killed.
"""

from __future__ import annotations

import argparse
import importlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import coverage
import pytest
from mutations import Mutant, mutants_of

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("estimate", "incidents", "claims", "intake")
_COPIED = ("geo", "tests", "data", "docs", "tools", "pyproject.toml", "README.md", "mkdocs.yml", "app.py", ".streamlit")
_HEAVY = (
    "geopandas",
    "scipy.optimize",
    "scipy.sparse",
    "scipy.stats",
    "pandera.pandas",
    "pyarrow.parquet",
    "hypothesis",
)
_CONTROLS = 100  # tests run once without a mutant, as the mutants' are
_BUDGET_S = 90.0  # of tests for one mutant, as they take without it
_ENDS = {0: "survived", 1: "killed", 2: "killed"}  # by pytest's exit code: 2 where the code can't be imported
_LOADED = "ignore::pytest.PytestAssertRewriteWarning"  # pytest's plugins are there before it


@dataclass(frozen=True)
class Reach:
    """Which tests come by each line, and how long each takes in seconds."""

    tests_of: dict[Path, dict[int, set[str]]]
    seconds: dict[str, float]

    def tests_for(self, mutant: Mutant) -> list[str]:
        """The quickest first, as many as fit the budget; at import, those that come by any line of the module."""
        lines = self.tests_of.get(mutant.path, {})
        tests = lines.get(mutant.line) or set().union(*lines.values())
        chosen, spent = [], 0.0
        for test in sorted(tests, key=lambda name: (self.seconds.get(name, 0.0), name)):
            spent += self.seconds.get(test, 0.0)
            if chosen and spent > _BUDGET_S:
                break
            chosen.append(test)
        return chosen


def main() -> int:
    """Draw, run and report."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--number", type=int, default=60, help="how many mutants")
    options.add_argument("--seed", type=int, default=14)
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--rooms", nargs="+", default=list(ROOMS))
    options.add_argument("--beside", nargs="*", default=[], help="tests besides those of the rooms themselves")
    options.add_argument("--least", type=float, default=0.0, help="share to be killed, else it ends with 1")
    asked = options.parse_args()
    modules = [path for room in asked.rooms for path in sorted((ROOT / "geo" / room).rglob("*.py"))]
    every = [mutant for path in modules for mutant in mutants_of(path)]
    drawn = random.Random(asked.seed).sample(every, min(asked.number, len(every)))  # noqa: S311  (no secret)
    print(f"{len(drawn)} of {len(every)} mutants, seed {asked.seed}", flush=True)
    for name in _HEAVY:  # loaded once, before each mutant's process is forked off
        importlib.import_module(name)
    with tempfile.TemporaryDirectory() as folder:
        tests = [f"{top}/{room}" for room in asked.rooms for top in ("tests", "geo")]
        reach = _measure(_copy(Path(folder) / "measured"), [*tests, *asked.beside], asked.jobs)
        quickest = sorted(reach.seconds, key=lambda name: reach.seconds[name])[:_CONTROLS]
        copies = [_copy(Path(folder) / str(number)) for number in range(asked.jobs)]
        if _control(copies[0], quickest) != "survived":
            sys.exit("A test fails in a process of its own without any mutant: nothing can be said.")
        ends = _try_all(drawn, reach, copies)
    return _report(ends, asked.least)


def _copy(folder: Path) -> Path:
    folder.mkdir()
    for name in _COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".hypothesis"))
        else:
            shutil.copy(source, folder / name)
    return folder


def _environment(copy: Path) -> dict[str, str]:
    # Bytecode is known by a file's time and size, which a mutant may leave as they were.
    here = {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"}
    return {**os.environ, **here}


def _measure(copy: Path, tests: list[str], jobs: int) -> Reach:
    """Run the tests once without a mutant."""
    words = [
        sys.executable, "-m", "pytest", "-q", "-n", str(jobs), "--cov=geo", "--cov-context=test", "--cov-report=",
        "--durations=0", "--durations-min=0", "-vv", "-m", "not thorough", *tests,
    ]  # fmt: skip
    done = subprocess.run(  # noqa: S603  (our own tests)
        words, cwd=copy, env=_environment(copy), check=False, capture_output=True, text=True
    )
    if done.returncode:
        print(done.stdout[-3000:])
        sys.exit("The tests fail without any mutant: nothing can be said.")
    seconds: dict[str, float] = defaultdict(float)
    for time_s, test in re.findall(r"^([0-9.]+)s (?:call|setup)\s+(.+?)\s*$", done.stdout, re.MULTILINE):
        seconds[test] += float(time_s)
    data = coverage.CoverageData(str(copy / ".coverage"))
    data.read()
    tests_of: dict[Path, dict[int, set[str]]] = {}
    for name in data.measured_files():
        lines = {
            line: {context.rpartition("|")[0] for context in contexts if context}
            for line, contexts in data.contexts_by_lineno(name).items()
        }
        tests_of[ROOT / Path(name).relative_to(copy)] = {line: tests for line, tests in lines.items() if tests}
    print(f"{len(seconds)} tests in {sum(seconds.values()):.0f} s", flush=True)
    return Reach(tests_of, dict(seconds))


class _Running(NamedTuple):
    """A mutant whose tests run, in a copy, until a moment."""

    mutant: Mutant
    copy: Path
    stop: float


def _try_all(drawn: list[Mutant], reach: Reach, copies: list[Path]) -> list[tuple[Mutant, str]]:
    """Run each mutant's tests in a process of its own, one in each copy at a time, and say how it ends."""
    ends, waiting, running = [], drawn[::-1], dict[int, _Running]()
    while waiting or running:
        while waiting and copies:
            mutant = waiting.pop()
            tests = reach.tests_for(mutant)
            if tests:
                child, started = _start(mutant, tests, copies.pop(), reach)
                running[child] = started
            else:
                ends.append((mutant, _say(mutant, "unreached")))
        for child, (mutant, copy, stop) in list(running.items()):
            end = _end_of(child, stop)
            if end:
                _path_in(copy, mutant).write_bytes(mutant.path.read_bytes())
                copies.append(copy)
                del running[child]
                ends.append((mutant, _say(mutant, end)))
        time.sleep(0.02)
    return ends


def _control(copy: Path, tests: list[str]) -> str:
    """How it ends where nothing is changed."""
    child = os.fork()
    if not child:
        _run_here(copy, tests)
    while not (end := _end_of(child, time.monotonic() + 1)):
        time.sleep(0.02)
    return end


def _path_in(copy: Path, mutant: Mutant) -> Path:
    return copy / mutant.path.relative_to(ROOT)


def _start(mutant: Mutant, tests: list[str], copy: Path, reach: Reach) -> tuple[int, _Running]:
    _path_in(copy, mutant).write_bytes(mutant.apply(mutant.path.read_bytes()))
    limit_s = 60 + 5 * sum(reach.seconds.get(test, 0.0) for test in tests)
    child = os.fork()  # so that the libraries are loaded already
    if not child:
        _run_here(copy, tests)
    return child, _Running(mutant, copy, time.monotonic() + limit_s)


def _end_of(child: int, stop: float) -> str:
    """How a mutant ended; blank while its tests run."""
    done, status = os.waitpid(child, os.WNOHANG)
    if done:
        return _ENDS.get(os.waitstatus_to_exitcode(status), "lost")
    if time.monotonic() < stop:
        return ""
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "timeout"


def _say(mutant: Mutant, end: str) -> str:
    if end != "killed":
        where = f"{mutant.path.relative_to(ROOT)}:{mutant.line}"
        print(f"{end:9} {where}: {mutant.old}  →  {mutant.new}", flush=True)
    return end


def _run_here(copy: Path, tests: list[str]) -> None:
    code = 3
    try:
        os.setsid()
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(quiet, stream)
        os.chdir(copy)
        os.environ.update(_environment(copy))
        sys.dont_write_bytecode = True
        sys.path[:0] = [str(copy)]
        code = int(pytest.main(["-x", "-q", "-p", "no:xdist", "-p", "no:cov", "-W", _LOADED, *tests]))
    finally:
        os._exit(code)


def _report(ends: list[tuple[Mutant, str]], least: float) -> int:
    rooms = defaultdict(Counter)
    for mutant, end in ends:
        rooms[mutant.path.relative_to(ROOT / "geo").parts[0]][end] += 1
    total = sum(rooms.values(), Counter())
    for name, counted in [*sorted(rooms.items()), ("all", total)]:
        killed = counted["killed"] + counted["timeout"]
        print(f"{name:10} {killed} of {counted.total()} killed ({killed / counted.total():.1%}): {dict(counted)}")
    return int((total["killed"] + total["timeout"]) / total.total() < least)


if __name__ == "__main__":
    sys.exit(main())
