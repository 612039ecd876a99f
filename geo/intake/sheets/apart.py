"""A table that is read in a process of its own, for a server that others use too."""

from __future__ import annotations

import datetime as dt
import io
import pickle
import sys
from typing import Any

from geo.errors import Fault, InputError
from geo.files.apart import EndedError, run_apart
from geo.files.limits import refuse
from geo.intake.sheets.sheet import Sheet, read_sheet
from geo.intake.sheets.unread import Unread

__all__ = ["read_sheet_apart", "serve"]

_PROGRAM = "from geo.intake.sheets.apart import serve\nserve()"
_KNOWN = {(one.__module__, one.__qualname__): one for one in (Fault, Unread, frozenset, set)} | {
    ("datetime", one.__name__): one for one in (dt.date, dt.datetime, dt.time, dt.timedelta, dt.timezone)
}


class _Answers(pickle.Unpickler):
    """Reads answers that hold values of cells and nothing else, whatever became of the other process."""

    def find_class(self, module: str, name: str) -> Any:
        try:
            return _KNOWN[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name}") from None


def read_sheet_apart(data: bytes, name: str, sheet: str | None = None, *, most_rows: int) -> Sheet:
    """Read a table as :func:`geo.intake.read_sheet` does, in a process that is ended when it takes too long.

    One with too many rows is refused there: to take in what it holds would keep everybody waiting.
    """
    import pandas as pd  # noqa: PLC0415

    try:
        answer = _Answers(io.BytesIO(run_apart(_PROGRAM, [name, sheet or "", str(most_rows)], data))).load()
    except (EndedError, pickle.UnpicklingError, EOFError):
        refuse(
            name, "a file that takes too long to read, or too much memory", "a smaller table, saved as .xlsx or .csv"
        )
    if isinstance(answer, list):
        raise InputError(answer)
    columns, index, more = answer
    frame = pd.DataFrame(dict(columns), index=pd.Index(index, name="row"), dtype=object)
    return Sheet(cells=frame, **more)


def serve() -> None:
    """Read the table that comes in, and write it as plain values, or the faults why not."""
    name, sheet, most_rows = sys.argv[1:4]
    out = sys.stdout.buffer
    answer: Any
    try:
        sheet_read = read_sheet(sys.stdin.buffer.read(), name=name, sheet=sheet or None)
        if len(sheet_read.cells) > int(most_rows):
            most = f"at most {int(most_rows):,} here; `shekara import` on the command line reads more"
            refuse(sheet_read.name, f"{len(sheet_read.cells):,} rows", most)
    except InputError as error:
        answer = error.faults
    else:
        more = {one: value for one, value in vars(sheet_read).items() if one not in ("cells", "full_rows")}
        columns = [(column, list(map(_plain, sheet_read.cells[column].tolist()))) for column in sheet_read.columns]
        answer = (columns, sheet_read.cells.index.tolist(), more)
    out.write(pickle.dumps(answer))
    out.flush()


def _plain(value: Any) -> Any:
    """A cell as a value of Python's own."""
    if isinstance(value, Unread):
        return Unread(str(value.shown), value.reason, _plain(value.value))
    if hasattr(value, "to_pydatetime"):
        return value.to_pydatetime()
    if value is None or type(value) in (str, int, float, bool, dt.date, dt.datetime, dt.time, dt.timedelta):
        return value
    return value.item() if hasattr(value, "item") else str(value)
