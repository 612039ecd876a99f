"""Limits of a table, and the refusal of a file beyond them."""

from __future__ import annotations

import time
import zipfile
import zlib
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NoReturn

from geo.errors import Fault, InputError, ShekaraError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "DAMAGED", "MAX_BYTES", "MAX_CELLS", "MAX_COLUMNS", "MAX_ROWS", "MAX_SECONDS", "MAX_TEXT", "MAX_UNZIPPED", "Line",
    "limited", "refuse", "require",
]  # fmt: skip

MAX_BYTES = 100_000_000
"""Largest file."""

MAX_UNZIPPED = 200_000_000
"""Largest size of an Excel or Parquet file's contents, uncompressed."""

MAX_ROWS = 200_000
"""Most rows with something in them."""

MAX_COLUMNS = 500
"""Most columns."""

MAX_CELLS = 3_000_000
"""Most cells with something in them."""

MAX_TEXT = 100_000
"""Most characters in one cell."""

MAX_SECONDS = 120
"""Most seconds of the processor for the rows of one table."""

DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, SyntaxError, OSError, LookupError, ValueError, TypeError, AttributeError,
    RuntimeError, ArithmeticError,
)  # fmt: skip
"""Whatever the readers of a binary file raise where it is damaged."""

_LOOKED = 10_000

Line = tuple[int, tuple[Any, ...]]
"""A row: its number in the file, from 1, and its cells, None where there is nothing."""

_SPLIT = (
    "split it, or bring it into the form of docs/data.md, whose files of any length `shekara locate` and all other "
    "commands read as they are"
)


def refuse(file: str, value: str, expected: str, field: str = "") -> NoReturn:
    """Refuse a file as a whole."""
    raise InputError([Fault(file, None, field, value, expected)])


def require(package: str, what: str) -> None:
    """Raise with the command that mends it unless a package is installed."""
    if find_spec(package) is None:
        raise ShekaraError(f"{what} needs {package}: pip install 'shekara[intake]'")


def limited(lines: Iterable[Line], file: str) -> Iterator[Line]:
    """Pass on the rows with something in them, until there are too many."""
    rows = cells = 0
    began = time.process_time()
    for read, (number, line) in enumerate(lines):
        if read % _LOOKED == 0 and time.process_time() - began > MAX_SECONDS:
            refuse(file, f"more than {MAX_SECONDS} seconds of reading", f"a smaller table: {_SPLIT}")
        width = _width(line)
        if not width:
            continue
        rows += 1
        cells += sum(value is not None for value in line)
        if rows > MAX_ROWS:
            refuse(file, f"more than {MAX_ROWS:,} rows", f"at most {MAX_ROWS:,}: {_SPLIT}")
        if width > MAX_COLUMNS:
            refuse(
                file, f"{width:,} columns in row {number}", f"at most {MAX_COLUMNS}: leave out those that aren't needed"
            )
        if cells > MAX_CELLS:
            refuse(file, f"more than {MAX_CELLS:,} filled cells", f"at most {MAX_CELLS:,}: {_SPLIT}")
        for value in line:
            if isinstance(value, str) and len(value) > MAX_TEXT:
                refuse(
                    file, f"a cell of {len(value):,} characters in row {number}", f"at most {MAX_TEXT:,} in one cell"
                )
        yield number, line[:width]


def _width(line: tuple[Any, ...]) -> int:
    """Number of cells up to the last one with something in it."""
    for place in range(len(line), 0, -1):
        if line[place - 1] is not None:
            return place
    return 0
