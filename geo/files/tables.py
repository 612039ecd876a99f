"""Write a table as text, CSV, JSON or Markdown, and files whole or not at all."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.errors import ShekaraError
from geo.language.numbers import write_fixed

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "DRAFT", "FORMATS", "as_records", "csv_cell", "escape_formula", "follow_link", "format_table", "hold",
    "unescape_formula", "whole_file", "write_text",
]  # fmt: skip

FORMATS = ("table", "csv", "json", "markdown")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SHORT = 2
DRAFT = ".shekara-"  # what the name of a temporary file begins with


@contextmanager
def whole_file(path: str | Path) -> Iterator[Path]:
    """A temporary file beside ``path`` that takes its place when the block ends well; else nothing is left.

    A link stays a link: the file that it leads to is written. Where a process was killed in the middle of a write,
    its temporary file goes with the next write into that folder.

    Yields
    ------
    pathlib.Path
        Where to write. It has the same ending as ``path``, since writers go by it.

    Raises
    ------
    ShekaraError
        When the folder isn't there, or ``path`` is one, or a pipe or a device.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with whole_file(f"{folder}/a.txt") as draft:
    ...         _ = draft.write_text("done")
    ...     Path(f"{folder}/a.txt").read_text()
    'done'
    """
    target = follow_link(path)
    if target.name.startswith(DRAFT):  # within another such block: its file is the draft already
        yield target
        return
    if not target.parent.is_dir():
        raise ShekaraError(f"{target}: there is no folder {target.parent}, make it first")
    if target.is_dir():
        raise ShekaraError(f"{target} is a folder: name a file in it")
    try:
        handle, draft = _begin_draft(target)
    except PermissionError:
        raise ShekaraError(f"{target}: the folder {target.parent} can't be written to") from None
    try:
        yield draft
        mask = os.umask(0)
        os.umask(mask)
        draft.chmod(0o666 & ~mask)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
        os.close(handle)


def follow_link(path: str | Path) -> Path:
    """Where an output lies: what a link leads to.

    Raises
    ------
    ShekaraError
        When it is a pipe or a device.
    """
    target = Path(os.path.realpath(path)) if Path(path).is_symlink() else Path(path)
    if target.exists() and not target.is_file() and not target.is_dir():
        raise ShekaraError(f"{target} is a pipe or a device, which can't be written as a whole: name a file")
    return target


def _begin_draft(target: Path) -> tuple[int, Path]:
    """Make a temporary file, locked as long as it is open, and sweep those whose lock went with their process."""
    folder, prefix = target.parent, f"{DRAFT}{target.stem}-"
    if sys.platform == "win32":  # no such locks: nothing is swept
        handle, name = tempfile.mkstemp(dir=folder, prefix=prefix, suffix=target.suffix)
        return handle, Path(name)
    with hold(folder):
        for left in folder.glob(f"{DRAFT}*"):
            try:
                with left.open("rb") as file:
                    _lock(file.fileno())
                    left.unlink()
            except OSError:
                continue  # somebody writes it now, or it is gone
        handle, name = tempfile.mkstemp(dir=folder, prefix=prefix, suffix=target.suffix)
        _lock(handle)
    return handle, Path(name)


@contextmanager
def hold(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold a folder or a file against others; without waiting, BlockingIOError says that another holds it."""
    if sys.platform == "win32":  # a folder can't be opened there
        yield
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        _lock(handle, wait=wait)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, *, wait: bool = False) -> None:
    if sys.platform != "win32":
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


def write_text(path: str | Path, text: str) -> None:
    """Write a text file whole or not at all, in UTF-8."""
    with whole_file(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="")


def as_records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Flat records, the index first; NaN and missing dates become None, numbers plain Python ones."""
    frame = table.reset_index() if table.index.name is not None else table
    columns = {str(name): [_plain(value) for value in column] for name, column in frame.items()}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def format_table(table: pd.DataFrame, style: str = "table", *, columns: list[str] | None = None) -> str:
    """A table as text that ends with a line break: ``table``, ``markdown``, ``csv`` or ``json`` (flat records).

    A named index becomes the first column; ``columns`` are those that the first two styles show, all by default.
    """
    if style == "json":
        return json.dumps(as_records(table), ensure_ascii=False, indent=1) + "\n"
    if style == "csv":
        safe = pd.DataFrame(as_records(table), columns=_names(table)).map(csv_cell)
        return safe.to_csv(index=False, lineterminator="\n")
    shown = [name for name in _names(table) if columns is None or name in columns]
    rows = [[_in_words(record[name]) for name in shown] for record in as_records(table)]
    numeric = [pd.api.types.is_numeric_dtype(table[name]) if name in table else False for name in shown]
    return (_markdown if style == "markdown" else _aligned)(shown, rows, numeric)


def _names(table: pd.DataFrame) -> list[str]:
    return [str(name) for name in (table.reset_index() if table.index.name is not None else table).columns]


def _plain(value: Any) -> Any:
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value is pd.NaT or (isinstance(value, float) and not np.isfinite(value)):
        return None
    if isinstance(value, float):
        return round(value, 6)
    return value if isinstance(value, str | int | bool) else str(value)


def escape_formula(value: Any) -> Any:
    """Put ' before a text that a spreadsheet would take for a formula.

    Examples
    --------
    >>> escape_formula("=1+1"), escape_formula("text"), unescape_formula("'=1+1")
    ("'=1+1", 'text', '=1+1')
    """
    return f"'{value}" if isinstance(value, str) and value.lstrip("'").startswith(_FORMULA) else value


def unescape_formula(text: str) -> str:
    """Take away the ' that :func:`escape_formula` put before a text."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_FORMULA) else text


def csv_cell(value: Any) -> Any:
    """A safe cell; a lone carriage return, which the CSV writer leaves bare, would end the row for most readers."""
    safe = escape_formula(value)
    return safe.replace("\r\n", "\n").replace("\r", "\n") if isinstance(safe, str) else safe


def _in_words(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return write_fixed(value, 0 if value == round(value) else 1 if abs(value) >= _SHORT else 2)
    return str(value)


def _markdown(names: list[str], rows: list[list[str]], numeric: list[bool]) -> str:
    cells = [[cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    rule = ["---:" if number else "---" for number in numeric]
    return "".join(f"| {' | '.join(row)} |\n" for row in [names, rule, *cells])


def _aligned(names: list[str], rows: list[list[str]], numeric: list[bool]) -> str:
    from rich import box  # noqa: PLC0415  (only a terminal needs it)
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(width=None if Console().is_terminal else 200, highlight=False)
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name, number in zip(names, numeric, strict=True):
        grid.add_column(name.replace("_", " "), justify="right" if number else "left", overflow="fold", no_wrap=number)
    for row in rows:
        grid.add_row(*(Text(cell) for cell in row))
    with console.capture() as capture:
        console.print(grid)
    return "\n".join(line.rstrip() for line in capture.get().splitlines()).strip("\n") + "\n"
