"""Kill a command at random moments of its write, on files that are written slowly on purpose; what is left then.

``python tests/kills.py COUNT [NAME]`` kills every writing command so many times and prints what it found.

The work is done once: at the first file that a command begins to write, its process forks, again and again, and each
copy goes on from there, slowed, until it is killed. A desk is written by SQLite, so there the whole command is killed.
"""

# ruff: noqa: E501, T201
from __future__ import annotations

import contextlib
import io
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.files.tables import write_text
from geo.paths import data_path

if TYPE_CHECKING:
    from collections.abc import Callable

TESTS = Path(__file__).parent
OLD = b"old"
PIECES, PAUSE = 12, 0.0015
_FEW = 12
IN_MEMORY = "/dev/shm"  # noqa: S108  (a folder that is no disk, where there is one)


@dataclass(frozen=True)
class Writing:
    """A command that writes: its words, what it writes, and what is there before it.

    ``whole`` says that the command is killed as a whole, and not only from its first file on; ``fresh`` that what it
    writes must not be there before; ``resumes`` that it goes on where it was stopped; ``changes`` a file that it changes.
    """

    words: str
    outputs: tuple[str, ...]
    whole: bool = False
    fresh: bool = False
    resumes: bool = False
    changes: bool = False


_ARTICLE = TESTS / "drafting" / "articles" / "01-ru-kairak-wheat.txt"
WRITINGS: dict[str, Writing] = {
    "import geojson": Writing("import table.csv --set source_url=https://example.org/ -o out.geojson", ("out.geojson", "out.problems.csv", "out.places.csv")),
    "import parquet": Writing("import table.csv --set source_url=https://example.org/ -o out.parquet", ("out.parquet", "out.problems.csv", "out.places.csv")),
    "import mapping": Writing("import table.csv --set source_url=https://example.org/ --keep kept.toml", ("kept.toml",)),
    "merge": Writing("merge few.geojson other.geojson -o out.csv", ("out.csv", "out.pairs.csv"), fresh=True),
    "draft": Writing(f"draft {_ARTICLE} -o out.geojson", ("out.geojson", "out.statements.csv")),
    "summary": Writing("summary --incidents few.geojson --by goods -o out.csv", ("out.csv",)),
    "compare": Writing("compare -o out.csv", ("out.csv",)),
    "risk geojson": Writing("risk --format geojson -o out.geojson", ("out.geojson",)),
    "risk parquet": Writing("risk -o out.parquet", ("out.parquet",)),
    "claims": Writing("claims -o out.json", ("out.json",)),
    "locate": Writing("locate few.geojson -o out.parquet", ("out.parquet",)),
    "export": Writing("export out.html --incidents few.geojson", ("out.html",)),
    "figure png": Writing("figure out.png --incidents few.geojson", ("out.png",)),
    "figure svg": Writing("figure out.svg --incidents few.geojson", ("out.svg",)),
    "publish": Writing("publish out --incidents few.geojson", ("out",), fresh=True),
    "register locate parquet": Writing("register locate register.csv -o out.parquet", ("out.parquet",), resumes=True),
    "register locate csv": Writing("register locate register.csv -o out.csv", ("out.csv",)),
    "register count": Writing("register count located.parquet -o out.csv", ("out.csv",)),
    "desk log": Writing("desk log a.desk -o out.csv", ("out.csv",)),
    "desk export": Writing("desk export a.desk -o out.geojson", ("out.geojson",)),
    "desk backup": Writing("desk backup a.desk -o out.desk", ("out.desk",)),
    "desk restore": Writing("desk restore a.desk new.desk", ("new.desk",), fresh=True),
    "desk new": Writing("desk new new.desk --from few.geojson", ("new.desk",), whole=True, fresh=True),
    "desk import": Writing("desk import a.desk more.geojson", ("a.desk",), whole=True, changes=True),
    "desk update": Writing("desk update a.desk", ("a.desk",), whole=True, changes=True),
}  # fmt: skip


@dataclass
class Outcome:
    """What so many kills left."""

    kills: int = 0
    old: int = 0
    new: int = 0
    faults: list[str] = field(default_factory=list)


def kill_while_writing(name: str, kills: int, seed: int = 1) -> Outcome:
    """Kill a command so many times, in a process of its own."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        outcome = Outcome()
        try:
            os.close(reading)
            with tempfile.TemporaryDirectory(dir=IN_MEMORY if Path(IN_MEMORY).is_dir() else None) as folder:
                os.chdir(folder)
                outcome = _Killer(WRITINGS[name], Path(folder), random.Random(seed)).run(kills)  # noqa: S311
                os.chdir("/")
        except BaseException:  # noqa: BLE001  (told in the answer)
            outcome.faults.append(traceback.format_exc())
        with os.fdopen(writing, "w") as out:
            json.dump(vars(outcome), out)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        outcome = Outcome(**json.load(answer))
    os.waitpid(pid, 0)
    return outcome


class _Killer:
    def __init__(self, writing: Writing, folder: Path, rng: random.Random) -> None:
        self.writing, self.folder, self.rng = writing, folder, rng
        self.outcome = Outcome()
        prepare(folder)
        self.inputs = self._snapshot()
        self.new: dict[str, Any] = {}

    def run(self, kills: int) -> Outcome:
        shekara(self.writing.words)  # what comes out whole; and what the command loads is loaded
        self.new = {name: digest(self.folder / name) for name in self.writing.outputs}
        first = dict(self.inputs)
        if not self.writing.fresh and not self.writing.changes:
            first |= dict.fromkeys(self.writing.outputs, OLD)
        self._restore(first)
        self.before = {name: digest(self.folder / name) for name in self.writing.outputs if name in first}
        if self.writing.whole:
            self._kill(kills, lambda: shekara(self.writing.words))
        else:
            import geo.files.tables as tables  # noqa: PLC0415, PLR0402

            begin, killed = tables._begin_draft, []

            def hook(target: Path) -> tuple[int, Path]:
                if not killed:
                    killed.append(target)
                    self._kill(kills, None)
                return begin(target)

            tables._begin_draft = hook
            shekara(self.writing.words)
            tables._begin_draft = begin
        if not self._are(self.new):
            self.outcome.faults.append("at the end a run that is not killed does not give the new one")
        return self.outcome

    def _kill(self, kills: int, work: Callable[[], None] | None) -> None:
        """Fork so many times; a copy does the work, or returns from here and goes on, slowed."""
        whole, before = 0.0, self._snapshot()
        for number in range(-2, kills):
            began = time.monotonic()
            pid = os.fork()
            if not pid:
                slow_down()
                if work is None:
                    _end_with_the_command()
                    return
                with contextlib.suppress(BaseException):
                    work()
                os._exit(0)
            if number < 0:  # how long it takes when nobody kills it
                os.waitpid(pid, 0)
                whole = time.monotonic() - began
                if not self._are(self.new):
                    self.outcome.faults.append("not written, though not killed")
            else:
                time.sleep(self.rng.random() * whole)
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                self.outcome.kills += 1
                # The copies take more or less of the processor; as many kills as can be shall fall into the write.
                whole *= 0.93 if self._judge() else 1.08
            self._restore(before)
        if work:
            work()

    def _are(self, wanted: dict[str, Any]) -> bool:
        return all(self._is_new(name) for name in wanted)

    def _is_new(self, name: str) -> bool:
        path = self.folder / name
        return not (path.exists() or self.new[name] is None) or digest(path) == self.new[name]

    def _judge(self) -> bool:
        """Say whether all is new. Each file is the old one or the new one; the next command of any kind leaves no draft."""
        fresh = []
        for name in self.writing.outputs:
            path = self.folder / name
            if name == "out":  # a folder that is published: each of its files is whole
                there = {one.name for one in path.iterdir()} if path.is_dir() else set()
                whole = digest(path) if path.is_dir() else {}
                wrong = [one for one in there if not one.startswith(".shekara-") and whole[one] != self.new[name][one]]
                fresh.append(there >= set(self.new[name]))
                self.outcome.faults += [f"{one} is neither old nor new" for one in wrong]
                continue
            found = digest(path) if path.exists() else None
            old = self.before.get(name)
            fresh.append(found == self.new[name])
            if found not in (old, self.new[name]):
                self.outcome.faults.append(f"{name} is neither old nor new: {str(found)[:60]}, {str(old)[:60]}")
        self.outcome.new += all(fresh)
        self.outcome.old += not all(fresh)
        if (self.folder / "out").is_dir() or self.writing.resumes:
            shekara(self.writing.words)  # goes on, and sweeps
            if not self._are(self.new):
                self.outcome.faults.append("the next run does not end with the new one")
        else:
            write_text(self.folder / "next.txt", "next")  # as whatever is written there next
        left = [str(one.relative_to(self.folder)) for one in self.folder.rglob(".shekara-*")]
        left += [one.name for one in self.folder.iterdir() if one.name.endswith((".partial", ".replaced"))]
        self.outcome.faults += [f"left {one}" for one in left]
        return all(fresh)

    def _snapshot(self) -> dict[str, bytes | None]:
        """Names in the folder and what they hold; None for a folder."""
        return {
            str(one.relative_to(self.folder)): None if one.is_dir() else one.read_bytes()
            for one in sorted(self.folder.rglob("*"))
        }

    def _restore(self, wanted: dict[str, bytes | None]) -> None:
        """Make the folder what it was."""
        for one in self.folder.iterdir():
            if one.is_dir():
                shutil.rmtree(one)
            elif one.name not in wanted or one.read_bytes() != wanted[one.name]:
                one.unlink()
        for name, data in wanted.items():
            path = self.folder / name
            if data is None:
                path.mkdir()
            elif not path.exists():
                path.write_bytes(data)


def digest(path: Path) -> Any:
    """What a file holds: its bytes, a desk's records without its clock, a folder's files by name."""
    if path.is_dir():
        return {one.name: one.read_bytes().hex() for one in path.iterdir()}
    if path.suffix != ".desk":
        return path.read_bytes().hex()
    import sqlite3  # noqa: PLC0415

    if path.read_bytes() == OLD:
        return "old"
    with contextlib.closing(sqlite3.connect(path)) as desk:
        if desk.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            return "damaged"
        counts = ("records", "sources", "changes")
        rows = [desk.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in counts]  # noqa: S608
        return [*rows, desk.execute("SELECT group_concat(id || state) FROM records").fetchone()[0]]


def shekara(words: str) -> None:
    """Run the command line in this process, without a word."""
    from geo.cli import commands  # noqa: PLC0415

    sys.argv = ["shekara", *words.split()]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            commands.run()
        except SystemExit as end:
            if end.code and not _ENDS:
                raise RuntimeError(f"{words}: exit {end.code}, {sys.stderr.getvalue()[-300:]}") from None  # type: ignore[union-attr]
        finally:
            if _ENDS:
                os._exit(0)


_ENDS: list[bool] = []


def _end_with_the_command() -> None:
    _ENDS.append(True)


def slow_down() -> None:
    """Make this process write its files in small pieces, and rest before and after it puts one in its place."""
    replace, unlink = Path.replace, Path.unlink

    def write_bytes(self: Path, data: Any) -> int:
        view = bytes(data)
        step = max(len(view) // PIECES, 1)
        with self.open("wb", buffering=0) as file:
            for at in range(0, len(view), step):
                file.write(view[at : at + step])
                time.sleep(PAUSE)
        return len(view)

    def write_text(self: Path, text: str, encoding: str = "utf-8", errors: str = "strict", **_: Any) -> int:
        return write_bytes(self, text.encode(encoding, errors))

    def slow_replace(self: Path, target: Any) -> Path:
        time.sleep(3 * PAUSE)
        new = replace(self, target)
        time.sleep(3 * PAUSE)
        return new

    def slow_unlink(self: Path, missing_ok: bool = False) -> None:
        time.sleep(PAUSE)
        unlink(self, missing_ok=missing_ok)

    Path.write_bytes, Path.write_text = write_bytes, write_text  # type: ignore[method-assign, assignment]
    Path.replace, Path.unlink = slow_replace, slow_unlink  # type: ignore[method-assign, assignment]


def prepare(folder: Path) -> None:
    """Write what the commands read."""
    whole = json.loads(data_path("incidents.geojson").read_text(encoding="utf-8"))
    few = json.dumps(whole | {"features": whole["features"][:_FEW]})
    (folder / "few.geojson").write_text(few, encoding="utf-8")
    (folder / "other.geojson").write_text(json.dumps(whole | {"features": whole["features"][:1]}), encoding="utf-8")
    (folder / "more.geojson").write_text(
        json.dumps(whole | {"features": whole["features"][_FEW : 2 * _FEW]}), encoding="utf-8"
    )
    rows = "".join(f"{3 + at % 9:02}.07.2024;сигареты;{at} пачек;Кордай\n" for at in range(60))
    (folder / "table.csv").write_text(f"Дата;Товар;Количество;Место\n{rows}", encoding="utf-8")
    points = "".join(f"{60 + at % 20},{42 + at % 9}\n" for at in range(20_000))
    (folder / "register.csv").write_text(f"lon,lat\n{points}", encoding="utf-8")
    shekara("register locate register.csv -o located.parquet")
    shekara("desk new a.desk --from few.geojson --by me")


def main() -> None:
    """Print what the kills of each command left."""
    failed = False
    for name in sys.argv[2:] or WRITINGS:
        outcome = kill_while_writing(name, int(sys.argv[1]))
        failed |= bool(outcome.faults)
        print(
            f"{name}: {outcome.kills} kills, {outcome.old} the old, {outcome.new} the new, {len(outcome.faults)} faults",
            flush=True,
        )
        for one in list(dict.fromkeys(outcome.faults))[:6]:
            print(f"  {one}", flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
