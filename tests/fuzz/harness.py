"""``shekara`` over hostile files, in forked workers: what ended in a traceback, took too long, died, or lost rows.

``python tests/fuzz/harness.py NAME COUNT [FIRST]`` tries one of the plans of ``plans.py``, or ``all``; ``ci`` tries as
many of each as its share; ``quick`` one of every third and those of ``kept.json`` that once failed. Each finding
names its number.
"""

# ruff: noqa: T201
from __future__ import annotations

import contextlib
import functools
import io
import json
import os
import resource
import shutil
import sys
import tempfile
import time
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import corpus
import folders
from plans import CI, PLANS, Plan
from rows import find_lost

MEMORY = 4_000_000_000
IN_MEMORY = "/dev/shm"  # noqa: S108  (a folder that is no disk, where there is one)


@dataclass(frozen=True)
class Found:
    """One input that did not end in a result or a message."""

    plan: str
    number: int
    what: str
    where: str


def run(name: str, tried: list[int], workers: int = 2) -> tuple[list[Found], float]:
    """Try a plan on files of these numbers; an input at which a worker dies is found, and its worker replaced.

    What is found, and the most memory of a worker and of what it started, in MB.
    """
    found: list[Found] = []
    most = 0.0
    running = {_start(name, numbers): numbers for at in range(workers) if (numbers := tried[at::workers])}
    while running:
        (pid, pipe), numbers = next(iter(running.items()))
        del running[pid, pipe]
        with os.fdopen(pipe) as lines:
            answers = [json.loads(line) for line in lines]
        most = max(most, os.wait4(pid, 0)[2].ru_maxrss / 1024)
        found += [Found(**one) for one in answers if "what" in one]
        done = {one["number"] for one in answers}
        left = [number for number in numbers if number not in done]
        if left:
            found.append(Found(name, left[0], "died", "beyond its memory or time"))
            if left[1:]:
                running[_start(name, left[1:])] = left[1:]
    return found, most


def _start(name: str, numbers: list[int]) -> tuple[int, int]:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    os.close(reading)
    try:
        with os.fdopen(writing, "w", buffering=1) as out, _folder() as folder:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            for number in numbers:
                used = int(_processor() + 2 * PLANS[name].seconds) + 1
                resource.setrlimit(resource.RLIMIT_CPU, (used, resource.RLIM_INFINITY))
                result = attempt(name, number, folder)
                out.write(json.dumps(asdict(result) if result else {"number": number}) + "\n")
    except BaseException:  # noqa: BLE001  (no one else will say it)
        traceback.print_exc()
    finally:
        os._exit(0)


@contextlib.contextmanager
def _folder():  # noqa: ANN202
    with tempfile.TemporaryDirectory(dir=IN_MEMORY if Path(IN_MEMORY).is_dir() else None) as folder:
        home = os.getcwd()  # noqa: PTH109
        os.chdir(folder)
        try:
            yield Path(folder)
        finally:
            os.chdir(home)


def _processor() -> float:
    """Seconds of the processor, of this process and of those that it started."""
    return sum(os.times()[:4])


def attempt(name: str, number: int, folder: Path) -> Found | None:
    """Run the plan's command on one file, as ``shekara`` does."""
    from geo.cli import commands  # noqa: PLC0415
    from geo.paths import use_country  # noqa: PLC0415

    plan: Plan = PLANS[name]
    for left in folder.iterdir():
        shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()
    for beside, data in plan.beside().items():
        (folder / beside).write_bytes(data)
    file = corpus.write(plan.kind, number, folder)
    before = {one.name for one in folder.iterdir()}
    sys.argv = ["shekara", *(word.replace("FILE", str(file)) for word in plan.words)]
    began = _processor()
    end = 0
    with contextlib.redirect_stdout(io.StringIO()) as said, contextlib.redirect_stderr(io.StringIO()) as errors:
        try:
            commands.run()
        except SystemExit as stop:
            end = int(stop.code or 0)
        except BaseException as error:  # noqa: BLE001  (what is looked for)
            last = traceback.extract_tb(error.__traceback__)[-5:]
            steps = " < ".join(f"{Path(one.filename).name}:{one.lineno}" for one in reversed(last))
            return Found(name, number, type(error).__name__, f"{str(error)[:150]} [{steps}]")
        finally:
            use_country(None)
    seconds = _processor() - began
    if seconds > plan.seconds:
        return Found(name, number, "slow", f"{seconds:.1f} s")
    fault = _judge(plan, end, said.getvalue() + errors.getvalue(), file, before)
    return Found(name, number, *fault) if fault else None


def _judge(plan: Plan, end: int, text: str, file: Path, before: set[str]) -> tuple[str, str] | None:
    """What is wrong with how a run ended, if anything is."""
    folder = file.parent
    if end and not text.strip():
        return "silent", f"exit {end} without a message"
    new = sorted({one.name for one in folder.iterdir()} - before)
    if drafts := [one for one in new if one.startswith(".shekara-")]:
        return "draft", f"left {drafts}"
    if end and plan.refused_writes_nothing and new:
        return "half", f"exit {end}, and wrote {new}: {text.strip()[-150:]}"
    lost = "" if end else find_lost(plan.rows, file, folder, text)
    return ("lost", lost) if lost else None


def warm(name: str) -> None:
    """Load what the plan's command needs, and work out what it shares, so that a worker's time is the input's."""
    import typer.main  # noqa: PLC0415

    if not hasattr(typer.main.get_command, "cache_clear"):  # a process runs one command as a rule, here thousands
        typer.main.get_command = functools.cache(typer.main.get_command)
        _share()
    if name.startswith(("import", "draft", "desk import")):
        from geo.builtin import dataset  # noqa: PLC0415
        from geo.intake.places import gazetteer  # noqa: PLC0415

        gazetteer.read_gazetteer(dataset.read_frontier())  # the world's places are read once: seconds
    with _folder() as folder:
        attempt(name, 1, folder)


def _share() -> None:
    """Keep what commands read of the built-in border alone, and a folder of the same request, for the next input.

    Every command of the plans would do it anew, with nothing hostile in it. A country of one's own is read each time.
    """
    from command_line import built_in_read_once  # noqa: PLC0415

    from geo.publishing import verifying  # noqa: PLC0415

    make, folders_made = verifying.make_folder, dict[str, dict[str, bytes]]()

    def make_folder(request, *given):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN202
        asked = repr((request, given))
        if asked not in folders_made:
            folders_made[asked] = make(request, *given)
        return folders_made[asked]

    verifying.make_folder = make_folder
    contextlib.ExitStack().enter_context(built_in_read_once())  # to the end of the process


def _tried(words: list[str]) -> dict[str, list[int]]:
    """Plans and the numbers of their inputs, as the command line asks for."""
    if words[0] == "quick":
        kept = json.loads(Path(__file__).with_name("kept.json").read_text())
        new = dict.fromkeys([*PLANS][::3], (int(words[1]),))
        tried = {name: [*new.get(name, ()), *kept.get(name, ())] for name in PLANS}
        return {name: inputs for name, inputs in tried.items() if inputs}
    first = int(words[2]) if len(words) > 2 else 0
    count = int(words[1])
    if words[0] == "ci":
        return {name: list(range(first, first + max(count // CI.get(name, 1), 1))) for name in PLANS}
    names = list(PLANS) if words[0] == "all" else words[0].split(",")
    return {name: list(range(first, first + count)) for name in names}


if __name__ == "__main__":
    assert folders
    failed = 0
    for asked, inputs in _tried(sys.argv[1:]).items():
        started, used = time.monotonic(), _processor()
        warm(asked)
        failures, megabytes = run(asked, inputs)
        failed += len(failures)
        each = (_processor() - used) / len(inputs)
        print(
            f"{asked}: {len(inputs)} inputs, {len(failures)} found, {time.monotonic() - started:.0f} s, "
            f"{each:.3f} s of the processor each, at most {megabytes:.0f} MB",
            flush=True,
        )
        for one in failures:
            print(f"  {one.number}: {one.what}: {one.where}", flush=True)
    sys.exit(bool(failed))
