"""Parts of the output: each written whole or not at all, each with a note of what it holds."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from geo.errors import Fault, InputError
from geo.register.addresses import open_parquet, whole_anywhere
from geo.register.locator import added_type
from geo.register.points import FAULTS, to_wkb

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    from geo.register.locator import Locator
    from geo.register.source import Register

__all__ = ["Job", "Tally", "Wanted", "locate_batch", "output_schema", "part_path", "read_tally", "write_part"]

FAR_KM = 1000.0
_NOTE = b"shekara"
_EXAMPLES = 5
_BOX = "bbox"
_BOX_TYPE = pa.struct([(side, pa.float32()) for side in ("xmin", "ymin", "xmax", "ymax")])
_GROUP_ROWS = 1 << 16  # of a sorted part: some hundred kilometres of border


@dataclass(frozen=True)
class Wanted:
    """Columns to be added to a register.

    Attributes
    ----------
    add
        The columns, of ``geo.register.ADDED``.
    prefix
        Text before their names.
    key
        Digest of all that the output depends on: a part with another key belongs to another run.
    sort
        Whether to put each part's rows in the order of the border, with a bounding box each.
    """

    add: tuple[str, ...]
    prefix: str = ""
    key: str = ""
    sort: bool = False


@dataclass(frozen=True)
class Job:
    """All that a part's rows need, whichever process places them; ``folder`` is where the parts are written."""

    register: Register
    locator: Locator
    wanted: Wanted
    folder: Path


@dataclass
class Tally:
    """Tally of some rows.

    Attributes
    ----------
    rows
        Their number.
    faults
        How many rows can't be placed, by reason.
    examples
        Numbers of the first such rows, from 1.
    far
        Rows placed more than 1,000 km from the border.
    """

    rows: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    examples: list[int] = field(default_factory=list)
    far: int = 0

    def __add__(self, other: Tally) -> Tally:
        reasons = {name: self.faults.get(name, 0) + other.faults.get(name, 0) for name in FAULTS}
        return Tally(
            self.rows + other.rows,
            {name: count for name, count in reasons.items() if count},
            sorted(self.examples + other.examples)[:_EXAMPLES],
            self.far + other.far,
        )


def locate_batch(batch: pa.RecordBatch, job: Job, first_row: int = 0) -> tuple[pa.RecordBatch, Tally]:
    """Place the rows of a batch: a pure function, whatever engine runs it."""
    register, wanted = job.register, job.wanted
    points = register.points(batch)
    good = points.fault == 0
    columns = job.locator.columns(points.lon, points.lat, good, add=wanted.add)
    arrays = [*batch.columns, *columns.values()]
    schema = output_schema(register, wanted)
    if register.geometry is None:
        arrays.append(to_wkb(points))
    if wanted.sort:
        sides = [_outward(axis, side) for side in (-np.inf, np.inf) for axis in (points.lon, points.lat)]
        boxes = [pa.array(side, mask=~good) for side in sides]
        arrays.append(pa.StructArray.from_arrays(boxes, fields=list(_BOX_TYPE), mask=pa.array(~good)))
    bad = np.flatnonzero(~good)
    counts = np.bincount(points.fault[bad], minlength=len(FAULTS) + 1)[1:]
    far = 0
    if "distance_km" in columns:
        far = int(np.count_nonzero(np.asarray(columns["distance_km"].fill_null(0.0)) > FAR_KM))
    tally = Tally(
        len(good),
        {name: int(count) for name, count in zip(FAULTS, counts, strict=True) if count},
        (first_row + 1 + bad[:_EXAMPLES]).tolist(),
        far,
    )
    return pa.RecordBatch.from_arrays(arrays, schema=schema), tally


def output_schema(register: Register, wanted: Wanted) -> pa.Schema:
    """Columns of the output: the register's own, those added, and a geometry where it has none; no name twice."""
    names = {name: wanted.prefix + name for name in wanted.add}
    new = [*names.values(), *([] if register.geometry else ["geometry"]), *([_BOX] if wanted.sort else [])]
    taken = [name for name in new if name in register.schema.names]
    if taken:
        expected = "a register without columns of the names to be added: rename them, or choose --prefix or --add"
        raise InputError([Fault(str(register.path), None, "", f"column {name}", expected) for name in taken])
    fields = [*register.schema, *(pa.field(text, added_type(name)) for name, text in names.items())]
    if register.geometry is None:
        fields.append(pa.field("geometry", pa.binary()))
    if wanted.sort:
        fields.append(pa.field(_BOX, _BOX_TYPE))
    return pa.schema(fields, metadata={**(register.schema.metadata or {}), **_geo(register, sort=wanted.sort)})


def _outward(values: NDArray[np.float64], side: float) -> NDArray[np.float32]:
    """Values in four bytes each, never on the inner side of what they were."""
    short = values.astype(np.float32)
    inside = short > values if side < 0 else short < values
    return np.where(inside, np.nextafter(short, np.float32(side)), short)


def _along_the_border(batches: list[pa.RecordBatch], job: Job) -> pa.Table:
    """Rows in the order of the cells where they belong, as they came within one; those without a place last.

    The list is emptied, and the rows are turned column by column, so that no more than one column is there twice.
    """
    name, codes = job.wanted.prefix + "cell", []
    for batch in batches:
        if "cell" in job.wanted.add:
            cells = batch.column(name)
        else:
            points = job.register.points(batch)
            cells = job.locator.columns(points.lon, points.lat, points.fault == 0, add=["cell"])["cell"]
        codes.append(cells.indices.fill_null(np.iinfo(np.int16).max).to_numpy())
    order = pa.array(np.argsort(np.concatenate(codes), kind="stable"))
    table = pa.Table.from_batches(batches)
    batches.clear()
    schema, columns = table.schema, []
    while table.num_columns:
        columns.append(table.column(0).take(order))
        table = table.remove_column(0)
    return pa.Table.from_arrays(columns, schema=schema)


def part_path(folder: Path, number: int) -> Path:
    """Path of a part."""
    return folder / f"part-{number:05d}.parquet"


def write_part(
    job: Job, number: int, batches: Iterable[pa.RecordBatch], *, first_row: int, advance: Callable[[int], Any] = int
) -> Tally:
    """Place the rows of a part and write them to its file, which appears when it is whole and carries their tally.

    ``first_row`` rows of the register come before; ``advance`` is called with the number of rows after each batch.
    """
    tally, schema = Tally(), output_schema(job.register, job.wanted)
    located_batches: list[pa.RecordBatch] = []
    # Points, their boxes and distances hardly repeat: a dictionary of them costs time and room.
    single = (job.register.geometry or "geometry", _BOX, job.wanted.prefix + "distance_km")
    options = {"use_dictionary": [name for name in schema.names if name not in single]}
    with whole_anywhere(part_path(job.folder, number)) as draft, pq.ParquetWriter(draft, schema, **options) as writer:
        for batch in batches:
            located, met = locate_batch(batch, job, first_row + tally.rows)
            if job.wanted.sort:
                located_batches.append(located)
            else:
                writer.write_batch(located)
            tally += met
            advance(met.rows)
        if located_batches:
            writer.write_table(_along_the_border(located_batches, job), _GROUP_ROWS)
        writer.add_key_value_metadata({_NOTE: json.dumps({"key": job.wanted.key, "tally": asdict(tally)}).encode()})
    return tally


def read_tally(path: Path, key: str) -> Tally | None:
    """Tally of a part written before; None where there is no whole part of this run."""
    try:
        with open_parquet(path) as part:
            meta = part.metadata
        note = json.loads((meta.metadata or {})[_NOTE])
        tally = Tally(**note["tally"])
    except (pa.ArrowException, OSError, KeyError, ValueError, TypeError):
        return None
    return tally if note["key"] == key and tally.rows == meta.num_rows else None


def _geo(register: Register, *, sort: bool) -> dict[bytes, bytes]:
    """GeoParquet's metadata, without an extent: that of the register isn't that of a part."""
    metadata: dict[str, Any] | None = json.loads((register.schema.metadata or {}).get(b"geo", b"null"))
    if metadata is None or register.geometry is None:
        made = {"encoding": "WKB", "geometry_types": ["Point"]}
        metadata = {"version": "1.0.0", "primary_column": "geometry", "columns": {"geometry": made}}
    column = metadata["columns"][register.geometry or "geometry"]
    column.pop("bbox", None)
    column.pop("covering", None)
    if sort:
        metadata["version"] = "1.1.0"
        column["covering"] = {"bbox": {side.name: [_BOX, side.name] for side in _BOX_TYPE}}
    return {b"geo": json.dumps(metadata).encode()}
