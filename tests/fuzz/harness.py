"""``shekara`` over hostile files, in forked workers: what ended in a traceback, took too long, or died.

``python tests/fuzz/harness.py NAME COUNT [FIRST]`` tries one of the plans, or ``all``; ``kept`` tries those of
``kept.json`` that once failed. Each finding names its number.
"""

# ruff: noqa: E501, T201
from __future__ import annotations

import contextlib
import io
import json
import os
import resource
import sys
import tempfile
import time
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import corpus

SECONDS = 5
MEMORY = 4_000_000_000
# Plan → kind of file, words of the command; FILE and OUT stand for paths.
PLANS: dict[str, tuple[str, list[str]]] = {
    "check geojson": ("geojson", ["check", "FILE"]),
    "check csv": ("csv", ["check", "FILE"]),
    "check parquet": ("parquet", ["check", "FILE"]),
    "check claims": ("claims", ["check", "FILE"]),
    "claims": ("claims", ["claims", "--claims", "FILE"]),
    "summary geojson": ("geojson", ["summary", "--incidents", "FILE"]),
    "summary parquet": ("parquet", ["summary", "--incidents", "FILE"]),
    "summary totals": ("totals", ["summary", "--incidents", "FILE"]),
    "export": ("geojson", ["export", "OUT.html", "--incidents", "FILE"]),
    "locate geojson": ("geojson", ["locate", "FILE", "-o", "OUT.geojson"]),
    "locate parquet": ("parquet", ["locate", "FILE", "-o", "OUT.csv"]),
    "register locate": ("register", ["register", "locate", "FILE", "-o", "OUT.parquet"]),
    "register count": ("located", ["register", "count", "FILE", "-o", "OUT.csv", "--goods-column", "goods", "--date-column", "date"]),
    "import table": ("table", ["import", "FILE", "-o", "OUT.geojson"]),
    "import json": ("json", ["import", "FILE", "-o", "OUT.geojson"]),
    "import parquet": ("table-parquet", ["import", "FILE", "-o", "OUT.geojson"]),
    "import workbook": ("workbook", ["import", "FILE", "-o", "OUT.geojson"]),
    "import packed": ("packed", ["import", "FILE"]),
    "merge": ("geojson", ["merge", "FILE", "INCIDENTS", "-o", "OUT.geojson"]),
    "borders": ("borders", ["summary", "--borders", "FILE"]),
    "borders check": ("borders", ["check", "INCIDENTS", "--borders", "FILE"]),
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """One input that did not end in a result or a message."""

    plan: str
    number: int
    what: str
    where: str


def run(plan: str, tried: list[int], workers: int = 2) -> list[Found]:
    """Try a plan on files of these numbers; an input at which a worker dies is found, and its worker replaced."""
    pending = [tried[at::workers] for at in range(workers)]
    found: list[Found] = []
    running = {_start(plan, numbers): numbers for numbers in pending if numbers}
    while running:
        (pid, pipe), numbers = next(iter(running.items()))
        del running[pid, pipe]
        with os.fdopen(pipe) as lines:
            said = [json.loads(line) for line in lines]
        os.waitpid(pid, 0)
        found += [Found(**one) for one in said if "what" in one]
        done = {one["number"] for one in said}
        left = [number for number in numbers if number not in done]
        if left:
            found.append(Found(plan, left[0], "died", "beyond its memory or time"))
            if left[1:]:
                running[_start(plan, left[1:])] = left[1:]
    return found


def _start(plan: str, numbers: list[int]) -> tuple[int, int]:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    os.close(reading)
    try:
        with os.fdopen(writing, "w", buffering=1) as out, tempfile.TemporaryDirectory() as folder:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            os.chdir(folder)
            for number in numbers:
                used = int(time.process_time()) + 2 * SECONDS + 1
                resource.setrlimit(resource.RLIMIT_CPU, (used, resource.RLIM_INFINITY))
                result = _try(plan, number, Path(folder))
                out.write(json.dumps(asdict(result) if result else {"number": number}) + "\n")
    except BaseException:  # noqa: BLE001  (no one else will say it)
        traceback.print_exc()
    finally:
        os._exit(0)


def _try(plan: str, number: int, folder: Path) -> Found | None:
    """Run the command on one file, as ``shekara`` does."""
    from geo.cli import commands  # noqa: PLC0415
    from geo.paths import data_path  # noqa: PLC0415

    kind, words = PLANS[plan]
    file = corpus.write(kind, number, folder)
    names = {"FILE": str(file), "INCIDENTS": str(data_path("incidents.geojson"))}
    sys.argv = ["shekara", *(names.get(word, word.replace("OUT", str(folder / "out"))) for word in words)]
    began = time.process_time()
    told = ""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as errors:
        try:
            commands.run()
        except SystemExit as end:
            if end.code not in (0, None) and not errors.getvalue().strip():
                told = f"exit {end.code} without a message"
        except BaseException as error:  # noqa: BLE001  (what is looked for)
            last = traceback.extract_tb(error.__traceback__)[-4:]
            steps = " < ".join(f"{Path(one.filename).name}:{one.lineno}" for one in reversed(last))
            return Found(plan, number, type(error).__name__, f"{str(error)[:150]} [{steps}]")
    seconds = time.process_time() - began
    if seconds > SECONDS:
        return Found(plan, number, "slow", f"{seconds:.1f} s")
    return Found(plan, number, "silent", told) if told else None


def warm() -> None:
    """Load what every command needs, so that a worker's time is the input's."""
    import geo  # noqa: PLC0415
    from geo import intake  # noqa: PLC0415
    from geo.cli import commands  # noqa: F401, PLC0415
    from geo.incidents import schema  # noqa: F401, PLC0415

    intake.read_gazetteer(geo.read_frontier())


def _tried(words: list[str]) -> dict[str, list[int]]:
    """Plans and the numbers of their inputs, as the command line asks for."""
    if words[0] == "kept":
        return dict(json.loads(Path(__file__).with_name("kept.json").read_text()))
    first = int(words[2]) if len(words) > 2 else 0
    numbers = list(range(first, first + int(words[1])))
    return dict.fromkeys(PLANS if words[0] == "all" else [words[0]], numbers)


if __name__ == "__main__":
    warm()
    failed = 0
    for asked, inputs in _tried(sys.argv[1:]).items():
        started = time.monotonic()
        failures = run(asked, inputs)
        failed += len(failures)
        print(f"{asked}: {len(inputs)} inputs, {len(failures)} found, {time.monotonic() - started:.0f} s", flush=True)
        for one in failures:
            print(f"  {one.number}: {one.what}: {one.where}", flush=True)
    sys.exit(bool(failed))
