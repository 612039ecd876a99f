"""Kill a command at random moments of its write, on files that are written slowly on purpose; what is left then.

``python tests/kills.py COUNT [NAME…]`` kills every writing command so many times and prints what it found; ``hindered``
in place of the number runs each on a disk that is full, in a folder that can't be written to, twice at once, and onto a
link or a pipe; ``COUNT,hindered`` does both.

The work is done once: at the first file that a command begins to write, its process forks, again and again, and each
copy goes on from there, slowed, until it is killed. A desk is written by SQLite, so there the whole command is killed.
"""

# ruff: noqa: E501, T201
from __future__ import annotations

import contextlib
import gzip
import io
import itertools
import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.files.tables import write_text
from geo.paths import data_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TESTS = Path(__file__).parent
OLD = b"old"
PIECES, PAUSE = 12, 0.0015
_FEW = 12
FULL, NOBODY = 100, 65534
HINDRANCES = ("full", "readonly", "twice", "link", "pipe")
IN_MEMORY = "/dev/shm"  # noqa: S108  (a folder that is no disk, where there is one)


@dataclass(frozen=True)
class Writing:
    """A command that writes: its words, what it writes, and what is there before it.

    ``whole`` says that the command is killed as a whole, and not only from its first file on; ``fresh`` that what it
    writes must not be there before; ``resumes`` that it goes on where it was stopped; ``changes`` a file that it changes;
    ``dear`` how many times fewer kills it gets, since it runs long and once more after each.
    """

    words: str
    outputs: tuple[str, ...]
    whole: bool = False
    fresh: bool = False
    resumes: bool = False
    changes: bool = False
    dear: int = 1

    @property
    def plain(self) -> bool:
        """Whether it puts a new file in the place of an old one."""
        return not self.fresh and not self.changes


_LAND = (
    *(f"land/borders/{name}.geojson" for name in ("borders", "regions", "neighbours", "lakes", "rivers", "cities", "crossings")),
    "land/intake/places.toml", "land/incidents.geojson", "land/claims.csv", "land/agencies.csv", "land/country.toml",
)  # fmt: skip
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
    "publish": Writing("publish out --incidents few.geojson", ("out",), fresh=True, dear=4),
    "backtest": Writing("backtest --cuts 2024 -o out.json", ("out.json",)),
    "country new": Writing("country new SWZ -o land", _LAND, fresh=True, resumes=True, dear=4),
    "sources check": Writing("sources check --incidents few.geojson -o out.csv", ("out.csv",)),
    "sources check desk": Writing("sources check --desk a.desk", ("a.desk",), whole=True, changes=True),
    "register locate parquet": Writing("register locate register.csv -o out.parquet", ("out.parquet",), whole=True, resumes=True),
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
    """Kill a command so many times."""
    return _apart(lambda folder: _Killer(WRITINGS[name], folder, random.Random(seed)).run(kills))  # noqa: S311


def _apart(work: Callable[[Path], Outcome]) -> Outcome:
    """What is done in a process and a folder of its own."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        outcome = Outcome()
        try:
            os.close(reading)
            with tempfile.TemporaryDirectory(dir=IN_MEMORY if Path(IN_MEMORY).is_dir() else None) as folder:
                os.chdir(folder)
                outcome = work(Path(folder))
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
        if self.writing.plain:
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
        for number in range(-2, max(kills // self.writing.dear, 1)):
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
        if (self.folder / "out").is_dir() or (self.writing.resumes and not (self.writing.fresh and all(fresh))):
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


def hinder(name: str) -> Outcome:
    """Run a command where it can't write as it should, in each way."""
    return _apart(lambda folder: _hindered(WRITINGS[name], folder))


def _hindered(writing: Writing, folder: Path) -> Outcome:
    prepare(folder)
    inputs = {one.name: one.read_bytes() for one in folder.iterdir()}
    shekara(writing.words)
    new = {name: digest(folder / name) for name in writing.outputs}
    outcome = Outcome()
    for how in HINDRANCES:
        # Where nothing is there before, there is no link and no pipe either.
        if how in ("full", "readonly", "twice") or writing.plain:
            _make_again(folder, inputs, writing)
            _hinder_once(writing, folder, how, new, outcome)
            folder.chmod(0o700)
    return outcome


def _make_again(folder: Path, inputs: dict[str, bytes], writing: Writing) -> None:
    """Leave the inputs alone in the folder, untouched where they are whole: a register's own time is in its output."""
    for one in folder.iterdir():
        if one.name not in inputs or writing.changes:
            shutil.rmtree(one) if one.is_dir() and not one.is_symlink() else one.unlink()
    for name, data in inputs.items():
        if not (folder / name).exists():
            (folder / name).write_bytes(data)


def _hinder_once(writing: Writing, folder: Path, how: str, new: dict[str, Any], outcome: Outcome) -> None:
    first, plain = folder / writing.outputs[0], writing.plain
    if plain:
        _put_old(first, how)
    before = _files(folder)
    started = [_run_in(writing.words, how, folder) for _ in range(2 if how == "twice" else 1)]
    ends = [_end_of(*one) for one in started]
    outcome.kills += len(ends)
    faults = [
        f"exit {code}: {text[-600:]}"
        for code, text in ends
        if code not in (0, 2) or (code and text.count("shekara:") != 1)
    ]
    if all(code == 2 for code, _ in ends):
        outcome.old += 1
        changed = {
            name
            for name, data in (*_files(folder).items(), *before.items())
            if before.get(name) != data or name not in _files(folder)
        }
        faults += [f"refused, and changed {name}: {ends[0][1][-200:]}" for name in changed]
    else:
        outcome.new += 1
        faults += [f"not the new one: {name}, {ends}" for name in new if digest(folder / name) != new[name]]
        if how in ("readonly", "pipe") and plain:
            faults.append("written, though it can't be")
    if plain and how == "link" and not first.is_symlink():
        faults.append("the link is gone")
    left = [
        one.relative_to(folder)
        for one in folder.rglob("*")
        if one.name.startswith(".shekara-") or one.suffix in (".partial", ".replaced")
    ]
    faults += [f"left {one}" for one in left]
    outcome.faults += [f"{how}: {one}" for one in faults]


def _put_old(path: Path, how: str) -> None:
    """Put what is there before the command runs: an old file, a link to one, or a pipe."""
    if how == "pipe":
        os.mkfifo(path)
    elif how == "link":
        (path.parent / "there").mkdir()
        (path.parent / "there" / path.name).write_bytes(OLD)
        path.symlink_to(path.parent / "there" / path.name)
    else:
        path.write_bytes(OLD)


def _files(folder: Path) -> dict[str, Any]:
    """What the files hold; what SQLite keeps beside a desk is its own."""
    return {
        one.name: digest(one) for one in folder.iterdir() if one.is_file() and not one.name.endswith(("-wal", "-shm"))
    }


def _run_in(words: str, how: str, folder: Path) -> tuple[int, int]:
    """Start the command line in a copy of this process, which is hindered."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    from geo.cli import commands  # noqa: PLC0415

    code = 0
    sys.argv = ["shekara", *words.split()]
    if how == "full":
        resource.setrlimit(resource.RLIMIT_FSIZE, (FULL, FULL))
    elif how == "readonly":
        folder.chmod(0o555)
        if os.getuid() == 0:
            os.setuid(NOBODY)
    elif how == "twice":
        slow_down()
    text = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(text):
        try:
            commands.run()
        except SystemExit as end:
            code = int(end.code or 0)
        except BaseException:  # noqa: BLE001  (what is looked for)
            code = 70
            traceback.print_exc()
    os.write(writing, json.dumps([code, text.getvalue()]).encode()[-60_000:])
    os._exit(0)


def _end_of(pid: int, reading: int) -> tuple[int, str]:
    with os.fdopen(reading) as answer:
        text = answer.read()
    os.waitpid(pid, 0)
    code, told = json.loads(text) if text else (70, "no answer")
    return code, told


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
        counts = ("records", "sources", "changes", "answers")
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
    for name, data in _inputs().items():
        (folder / name).write_bytes(data)


@cache
def _inputs() -> dict[str, bytes]:
    whole = json.loads(data_path("incidents.geojson").read_text(encoding="utf-8"))
    parts = {"few": slice(_FEW), "other": slice(1), "more": slice(_FEW, 2 * _FEW)}
    made = {
        f"{name}.geojson": json.dumps(whole | {"features": whole["features"][part]}) for name, part in parts.items()
    }
    rows = "".join(f"{3 + at % 9:02}.07.2024;сигареты;{at} пачек;Кордай\n" for at in range(60))
    made["table.csv"] = f"Дата;Товар;Количество;Место\n{rows}"
    made["register.csv"] = "lon,lat\n" + "".join(f"{60 + at % 20},{42 + at % 9}\n" for at in range(20_000))
    with tempfile.TemporaryDirectory() as folder:
        for name, text in made.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        shekara(f"register locate {folder}/register.csv -o {folder}/located.parquet")
        shekara(f"desk new {folder}/a.desk --from {folder}/few.geojson --by me")
        return {one.name: one.read_bytes() for one in Path(folder).iterdir()}


def _keep_off_the_net() -> None:
    """Give what the network would: the cut of the world's map that the tests of countries have, and answers of hosts."""
    from geo.country import sources  # noqa: PLC0415
    from geo.desk import addresses  # noqa: PLC0415

    world = json.loads(gzip.decompress((TESTS / "country" / "world.json.gz").read_bytes()))
    no_lakes = {"arcs": [], "transform": world["transform"], "objects": {"lakes": {"geometries": []}}}
    sources.read_member = lambda package, *_: world if package is sources.WORLD else no_lakes
    sources.read_units = lambda *_: []
    addresses.check_addresses = lambda asked, **_: dict.fromkeys(asked, "answers")


def _warm(names: Iterable[str]) -> None:
    """Load what commands of these names load, before the processes fork."""
    asked = {one.split()[0] for one in names}
    with tempfile.TemporaryDirectory() as name:
        folder, home = Path(name), Path.cwd()
        prepare(folder)
        os.chdir(folder)
        for one in ("import parquet", "draft", "figure png", "export"):
            if one.split()[0] in asked:
                shekara(WRITINGS[one].words)
        os.chdir(home)


def main() -> None:
    """Print what the kills of each command left."""
    failed, (ways, *names) = False, sys.argv[1:]
    names = names or list(WRITINGS)
    _keep_off_the_net()
    _inputs()  # once, before the processes fork
    _warm(names)
    for how, name in itertools.product(ways.split(","), names):
        outcome = kill_while_writing(name, int(how)) if how.isdigit() else hinder(name)
        failed |= bool(outcome.faults)
        print(
            f"{name}: {outcome.kills} {'kills' if how.isdigit() else 'runs'}, {outcome.old} the old, {outcome.new} the new, {len(outcome.faults)} faults",
            flush=True,
        )
        for one in list(dict.fromkeys(outcome.faults))[:6]:
            print(f"  {one}", flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
