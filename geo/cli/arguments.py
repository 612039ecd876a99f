"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import pandas as pd
import typer

from geo.errors import UnknownValueError
from geo.files.tables import FORMATS
from geo.language.figures import write_estimate, write_ratio, write_ratios
from geo.language.numbers import round_half_up

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "BORDERS", "Format", "Licence", "Output", "Sort", "Top", "WithBrand", "WithPrivate", "ratios", "require_one_of",
    "shorten", "written",
]  # fmt: skip

BORDERS = "Folder of border files in place of the built-in one."

Output = Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file, not to the screen.")]
Format = Annotated[
    str, typer.Option("--format", help=f"One of {', '.join(FORMATS)}; by the file's ending if not said.")
]
Sort = Annotated[str, typer.Option(help="Order by this column, the largest first; text from A on.")]
WithPrivate = Annotated[
    bool, typer.Option("--with-private", help="With the rows that are private, marked; not for publication.")
]
Licence = Annotated[
    str, typer.Option(help="Licence of your own records, as page and files name it; else the desk's, if any.")
]
WithBrand = Annotated[Path | None, typer.Option("--brand", help="TOML file: name, accent and logo of the publisher.")]
Top = Annotated[int | None, typer.Option(help="Only so many rows from the top.", min=1)]


def shorten(table: pd.DataFrame, sort: str, top: int | None) -> pd.DataFrame:
    """A table ordered by a column, numbers from the largest and text from A on, and its first rows.

    Raises
    ------
    UnknownValueError
        When the table has no such column.
    """
    if sort:
        names = [*([table.index.name] if table.index.name else []), *(name for name in table if name != "geometry")]
        require_one_of("sort", sort, [str(name) for name in names])
        column = table.index if sort == table.index.name else table[sort]
        numeric = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
        table = table.sort_values(sort, ascending=not numeric, kind="stable", na_position="last")
    return table if top is None else table.head(top)


def written(table: pd.DataFrame, value: str = "value") -> list[str]:
    """The figures of a table with their intervals, or their bounds."""
    rows = zip(table[value], table["low90"], table["high90"], strict=True)
    return [write_estimate(*row) for row in rows]


def in_words(table: pd.DataFrame) -> pd.DataFrame:
    """A table of estimates to read: each a figure with its interval or a bound, chances in per cent."""
    if "low90" not in table:
        return table
    known = table["low90"].notna()
    words = iter(written(table[known], "estimate"))
    chances = {str(name): table[name].map(_chance) for name in table if str(name).startswith("p_")}
    return table.assign(estimate=[next(words) if one else "" for one in known], **chances).drop(
        columns=["low90", "high90"]
    )


def _chance(share: float) -> str:
    """A share of draws: none and all of them are no certainty."""
    percent = -1 if np.isnan(share) else int(round_half_up(100 * share))
    return "" if percent < 0 else "< 1 %" if percent < 1 else "> 99 %" if percent > 99 else f"{percent} %"  # noqa: PLR2004


def ratios(table: pd.DataFrame) -> list[str]:
    """The ratios of a comparison with their intervals; blank where there is none."""
    rows = zip(table["ratio"], table["low90"], table["high90"], strict=True)
    return [_ratio(*row) for row in rows]


def _ratio(ratio: float, low90: float, high90: float) -> str:
    if np.isnan(low90):
        return ""
    if np.isnan(ratio):
        return f"at least {write_ratio(low90)}"
    return f"{write_ratio(ratio)} ({write_ratios(low90, high90)})"


def require_one_of(name: str, value: str, known: Sequence[str]) -> None:
    """Refuse an option's value that is not among the known ones.

    Raises
    ------
    UnknownValueError
    """
    if value not in known:
        raise UnknownValueError(f"--{name}", value, known)
