"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.errors import UnknownValueError
from geo.files.tables import FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["BORDERS", "Format", "Output", "require_one_of"]


BORDERS = "Folder of border files in place of the built-in one."

Output = Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file, not to the screen.")]
Format = Annotated[
    str, typer.Option("--format", help=f"One of {', '.join(FORMATS)}; by the file's ending if not said.")
]


def require_one_of(name: str, value: str, known: Sequence[str]) -> None:
    """Refuse an option's value that is not among the known ones.

    Raises
    ------
    UnknownValueError
    """
    if value not in known:
        raise UnknownValueError(f"--{name}", value, known)
