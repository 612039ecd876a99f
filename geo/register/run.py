"""Place a whole register: part by part, so that a run that was stopped goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.csv

from geo.errors import ShekaraError, UnknownValueError
from geo.files.tables import follow_link, hold, whole_file
from geo.register.addresses import is_remote, put_tree, read_address, remove_tree, stamp, whole_anywhere
from geo.register.locator import ADDED, Locator
from geo.register.parts import Job, Tally, Wanted, locate_batch, output_schema, part_path, read_tally, write_part
from geo.register.source import PART_ROWS, Register, open_register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from geo.border.frontier import Frontier
    from geo.register.source import Addresses

    Advance = Callable[[int], Any]

__all__ = ["ENGINES", "Outcome", "locate_register"]

ENGINES = ("local", "dask")
_METHOD = 1  # raise it when the same register would get other values
_PLAN = "_shekara.json"
_AS_NEEDED = pyarrow.csv.WriteOptions(quoting_style="needed")
_CSV_ROW = 60  # bytes, about: only to decide how finely to prepare


@dataclass(frozen=True)
class Outcome:
    """Outcome of a register.

    Attributes
    ----------
    output
        The file or folder written.
    tally
        Rows, and why some could not be placed.
    parts
        Number of files written.
    kept
        How many of them a run that had been stopped had left.
    odd
        Rows of a CSV that don't have as many fields as its header; they are not in the output.
    """

    output: Path
    tally: Tally
    parts: int
    kept: int
    odd: tuple[str, ...] = ()


def locate_register(
    path: Addresses,
    output: str | Path,
    frontier: Frontier,
    *,
    add: Sequence[str] = ADDED,
    prefix: str = "",
    axes: tuple[str, str] = ("", ""),
    sort: bool | None = None,
    engine: str = "local",
    scheduler: str | None = None,
    workers: int | None = None,
    advance: Advance = int,
) -> Outcome:
    """Add to each row of a register where on the border it belongs, in bounded memory.

    Parameters
    ----------
    path
        See :func:`geo.register.source.open_register`.
    output
        A ``.parquet`` file; a folder of that name with a file per part when there is more than one part (a million
        rows or more each); or, from the local engine, a ``.csv`` file. It appears when it is whole. Until then the
        parts lie in a folder beside it whose name ends in ``.partial``; a run with the same register, border and
        options goes on from there. It may lie in a store, as ``s3://bucket/placed.parquet``.
    frontier
        The border.
    add
        Columns to add, of ``geo.register.ADDED``.
    prefix
        Text before their names.
    axes
        See :func:`geo.register.source.open_register`.
    sort
        Whether to put each file's rows in the order of the border, in row groups of 65,536 with the bounding boxes of
        GeoParquet 1.1, so that who asks for a stretch reads little; None: in a store yes, on a disk no.
    engine
        ``local``, or ``dask`` for Parquet: the same function on the workers of a cluster, the same values.
    scheduler
        Address of a running Dask scheduler, whose workers see the same files; else a cluster on this machine.
    workers
        Worker processes of that cluster; by default one a core.
    advance
        Called with a number of rows whenever so many are done.

    Returns
    -------
    Outcome

    Raises
    ------
    InputError
        When the register can't be used.
    ShekaraError
        When the output can't be written so, or Dask isn't installed.
    """
    place: Any = read_address(output)
    place = place if is_remote(place) else follow_link(place)
    if engine not in ENGINES:
        raise UnknownValueError("engine", engine, ENGINES)
    register = open_register(path, axes)
    sort = is_remote(place) if sort is None else sort
    key = _key(register, frontier, add, prefix, sort=sort)
    wanted = Wanted(_checked(add), prefix, key, sort)
    output_schema(register, wanted)
    _check_output(place, register, engine)
    rows = register.rows or register.path.stat().st_size // _CSV_ROW
    locator = Locator(frontier, rows=rows, beside=None if is_remote(place) else place.parent)
    if place.suffix.lower() == ".csv":
        with _saying(register):
            return _write_csv(place, Job(register, locator, wanted, place.parent), advance)
    with _working_folder(place, key) as folder:
        job = Job(register, locator, wanted, folder)
        if engine == "dask":
            from geo.register.cluster import run_on_dask  # noqa: PLC0415  (needs the extra)

            tallies, resumed = run_on_dask(job, scheduler=scheduler, workers=workers, advance=advance)
            odd: list[str] = []
        else:
            with _saying(register):
                tallies, resumed, odd = _run_here(job, advance)
        if not tallies:
            raise ShekaraError(f"{path}: no rows")
        _finish(folder, place, len(tallies))
    return Outcome(place, sum(tallies, Tally()), len(tallies), resumed, tuple(odd))


@contextmanager
def _saying(register: Register) -> Iterator[None]:
    """Say of what Arrow can't read or write, as text that is no UTF-8 or a list in a CSV, which register it is in."""
    try:
        yield
    except pa.ArrowException as error:
        raise ShekaraError(f"{register.path}: {str(error).splitlines()[0][:200]}; leave that column out") from error


def _run_here(job: Job, advance: Advance) -> tuple[list[Tally], int, list[str]]:
    odd: list[str] = []
    tallies: list[Tally] = []
    resumed = rows = 0
    for number, batches in enumerate(_parts(job.register, odd)):
        tally = read_tally(part_path(job.folder, number), job.wanted.key)
        if tally is None:
            tally = write_part(job, number, batches, first_row=rows, advance=advance)
        else:
            resumed += 1
            advance(tally.rows)
        rows += tally.rows
        tallies.append(tally)
    return tallies, resumed, odd


def _parts(register: Register, odd: list[str]) -> Iterator[Iterator[pa.RecordBatch]]:
    """The rows, part by part; those of a CSV begin with the first block after each million rows."""
    if not register.is_csv:
        yield from (register.batches(part) for part in register.parts)
        return
    before: int = 0

    def part_of(batch: pa.RecordBatch) -> int:
        nonlocal before
        at = before // PART_ROWS
        before += batch.num_rows
        return at

    for _, batches in groupby(register.csv_batches(odd), part_of):
        yield batches


def _write_csv(output: Path, job: Job, advance: Advance) -> Outcome:
    """One CSV file, whole or not at all; points of a geometry column become lon and lat."""
    register, tally = job.register, Tally()
    odd: list[str] = []
    with whole_file(output) as draft, ExitStack() as stack:
        writer: pyarrow.csv.CSVWriter | None = None
        for batch in chain.from_iterable(_parts(register, odd)):
            located, met = locate_batch(batch, job, tally.rows)
            table = _as_text(located, register)
            if writer is None:
                writer = stack.enter_context(pyarrow.csv.CSVWriter(draft, table.schema, write_options=_AS_NEEDED))
            writer.write(table)
            tally += met
            advance(met.rows)
    if not tally.rows:
        raise ShekaraError(f"{register.path}: no rows")
    return Outcome(output, tally, 1, 0, tuple(odd))


def _as_text(located: pa.RecordBatch, register: Register) -> pa.RecordBatch:
    names = [name for name in located.schema.names if name != (register.geometry or "geometry")]
    columns = [located.column(name) for name in names]
    columns = [column.dictionary_decode() if pa.types.is_dictionary(column.type) else column for column in columns]
    if register.geometry is not None:
        points = register.points(located)
        bad = points.fault != 0
        names += ["lon", "lat"]
        columns += [pa.array(axis, mask=bad) for axis in (points.lon, points.lat)]
    return pa.RecordBatch.from_arrays(columns, names)


def _checked(add: Sequence[str]) -> tuple[str, ...]:
    for name in add or [""]:
        if name not in ADDED:
            raise UnknownValueError("add", name, ADDED)
    return tuple(dict.fromkeys(add))


def _key(register: Register, frontier: Frontier, add: Sequence[str], prefix: str, *, sort: bool) -> str:
    """Digest of all that the output depends on."""
    digest = hashlib.sha256()
    identity = {
        "method": _METHOD, "files": [stamp(file) for file in register.files], "add": list(add), "prefix": prefix,
        "part_rows": PART_ROWS, "sort": sort, "axes": register.axes,
    }  # fmt: skip
    digest.update(json.dumps(identity).encode())
    digest.update(frontier.digest.encode())
    return digest.hexdigest()


def _check_output(output: Path, register: Register, engine: str) -> None:
    ending = output.suffix.lower()
    if ending not in (".parquet", ".csv"):
        raise ShekaraError(f"{output}: a located register is .parquet or .csv, found {ending or 'no ending'!r}")
    if ending == ".csv" and is_remote(output):
        raise ShekaraError(f"{output}: a CSV is written to a disk, name a .parquet in the store")
    if not is_remote(output) and not output.parent.is_dir():
        raise ShekaraError(f"{output}: there is no folder {output.parent}, make it first")
    if output.resolve() in {register.path.resolve(), *(file.resolve() for file in register.files)}:
        raise ShekaraError(f"{output}: the output would take the register's own place, name another file")
    if output.is_dir() and not (ending == ".parquet" and (output / _PLAN).is_file()):
        raise ShekaraError(f"{output} is a folder that wasn't made here: name another file")
    if engine == "dask" and (register.is_csv or ending == ".csv"):
        raise ShekaraError(
            "--engine dask reads and writes Parquet, for a CSV can't be cut in parts: use --engine local"
        )


@contextmanager
def _working_folder(output: Path, key: str) -> Iterator[Path]:
    """The folder for the parts: that of the same run stopped before, else a new one; one run at a time is in it."""
    folder = output.with_name(output.name + ".partial")
    plan, running = folder / _PLAN, folder / "_running"
    others = [one.name for one in folder.iterdir()] if folder.exists() else []
    if not plan.is_file() and not all(name == running.name or name.startswith(".shekara-") for name in others):
        raise ShekaraError(f"{folder} is in the way and wasn't made here: move it away")
    with ExitStack() as stack:
        if not is_remote(folder):
            folder.mkdir(exist_ok=True)
            running.touch()
            try:
                stack.enter_context(hold(running, wait=False))
            except BlockingIOError:
                raise ShekaraError(f"{output}: another run is writing it") from None
        if plan.is_file() and _key_of(plan) != key:
            for old in set(folder.iterdir()) - {running}:  # of another register, border or set of options
                old.unlink()
        with whole_anywhere(plan) as draft:
            draft.write_text(json.dumps({"key": key}) + "\n", encoding="utf-8")
        try:
            yield folder
        finally:
            if folder.is_dir() and not any(file.name.startswith("part-") for file in folder.iterdir()):
                remove_tree(folder)  # nothing to go on from


def _key_of(plan: Path) -> str:
    try:
        return str(json.loads(plan.read_text(encoding="utf-8"))["key"])
    except (ValueError, KeyError, TypeError, OSError):
        return ""


def _finish(folder: Path, output: Path, parts: int) -> None:
    """Give the finished parts the output's name: one file as a file, several as a folder."""
    if is_remote(folder):
        names = [part_path(folder, number).name for number in range(parts)]
        put_tree(folder, names if parts == 1 else [*names, _PLAN], output)
        return
    for stray in set(folder.iterdir()) - {part_path(folder, number) for number in range(parts)} - {folder / _PLAN}:
        stray.unlink()  # drafts of a run that was killed
    old = output.with_name(output.name + ".replaced")
    if output.is_dir():
        output.rename(old)
    if parts == 1:
        part_path(folder, 0).replace(output)
        shutil.rmtree(folder)
    else:
        output.unlink(missing_ok=True)
        folder.rename(output)
    if (old / _PLAN).is_file():
        shutil.rmtree(old)
