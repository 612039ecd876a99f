"""Output of a command's table: to the screen or a file, as asked for or as the file's name tells."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from geo.errors import ShekaraError, UnknownValueError
from geo.files.tables import write_text
from geo.language.plurals import many

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from geo.cli.options import Request

__all__ = ["choose_format", "emit", "is_read", "say_empty", "say_notes", "say_written"]

_ENDINGS = {
    "table": (".txt",),
    "csv": (".csv",),
    "json": (".json",),
    "markdown": (".md", ".markdown"),
    "geojson": (".geojson",),
    "parquet": (".parquet",),
}


def choose_format(style: str, output: Path | None, known: Sequence[str], default: str) -> str:
    """The format to write: as ``--format`` says, else as the file's ending tells, else the default for the screen.

    Examples
    --------
    >>> from pathlib import Path
    >>> choose_format("", Path("rates.md"), ("table", "markdown"), "table")
    'markdown'
    """
    if style and style not in known:
        raise UnknownValueError("--format", style, known)
    if output is None:
        return style or default
    ending = output.suffix.lower()
    from_ending = next((name for name in known if ending in _ENDINGS[name]), "")
    if not from_ending:
        endings = ", ".join(f"{_ENDINGS[name][0]} ({name})" for name in known)
        raise ShekaraError(f"{output}: name a file that ends in one of {endings}")
    if style and style != from_ending:
        wanted = _ENDINGS[style][0]
        advice = f"name it {wanted}, or leave out --format"
        raise ShekaraError(f"{output} is named as {from_ending}, but --format says {style}: {advice}")
    return from_ending


def is_read(output: Path, sources: Iterable[Path]) -> bool:
    """Whether an output would take the place of a file that is read."""
    return output.exists() and any(source.exists() and source.samefile(output) for source in sources)


def emit(text: str, output: Path | None, count: int, what: str = "row") -> None:
    """Write a table to the screen, or to a file and say so."""
    if output is None:
        sys.stdout.write(text)
    else:
        write_text(output, text)
        say_written(output, count, what)


def say_written(output: Path, count: int, what: str = "record") -> None:
    """Say on the error stream what a file holds, so that a pipe stays clean."""
    print(f"Wrote {output}: {many(count, what)}", file=sys.stderr)  # noqa: T201


def say_notes(notes: Iterable[str]) -> None:
    """Say on the error stream what a table of figures alone can't."""
    for note in notes:
        print(note, file=sys.stderr)  # noqa: T201


def say_empty(request: Request) -> None:
    """Say so when filters leave no record."""
    if not len(request.located.incidents):
        print("No record matches these filters.", file=sys.stderr)  # noqa: T201
