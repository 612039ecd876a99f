"""``shekara register``: tables of millions of points, placed row by row, and counted for every view."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.cli.arguments import BORDERS
from geo.cli.output import say_notes

if TYPE_CHECKING:
    from geo.border.frontier import Frontier

__all__ = ["OLD_NAME", "Add", "Engine", "Prefix", "Scheduler", "Workers", "count_by_old_name", "place_rows", "register"]

OLD_NAME = "Of a register, `shekara {old}` is now `shekara {new} {table}`; the old words keep working."

Add = Annotated[list[str], typer.Option(help="Register: only this column; may be repeated.")]
Prefix = Annotated[str, typer.Option(help="Register: text before the names of the columns added.")]
Engine = Annotated[str, typer.Option(help="Register: local, or dask to use a cluster.")]
Scheduler = Annotated[str, typer.Option(help="Register: Dask scheduler, as tcp://host:8786.")]
Workers = Annotated[int | None, typer.Option(help="Register: Dask workers on this machine.", min=1)]
_Output = Annotated[Path, typer.Option("-o", "--output", help="A .csv or .parquet file.")]

_TABLES = "A table with a column geometry, or lon and lat; a folder, a pattern or several; s3://… too."

register = typer.Typer(help="Place and count a register: any table of points, of up to hundreds of millions of rows.")


@register.command()
def locate(
    table: Annotated[list[str], typer.Argument(metavar="TABLE…", help=_TABLES)],
    *,
    output: Annotated[str, typer.Option("-o", "--output", help="A .csv or .parquet file; .parquet in a store too.")],
    add: Add = [],  # noqa: B006
    prefix: Prefix = "",
    engine: Engine = "local",
    scheduler: Scheduler = "",
    workers: Workers = None,
    sort: Annotated[
        bool | None, typer.Option("--sort/--no-sort", help="Order each file along the border; in a store by default.")
    ] = None,
    lon: Annotated[str, typer.Option(help="Its column of longitude, where that has no usual name.")] = "",
    lat: Annotated[str, typer.Option(help="Its column of latitude.")] = "",
    borders: Annotated[Path | None, typer.Option(help=BORDERS)] = None,
) -> None:
    """Write each row with the nearest neighbour, segment, cell and region and the exact distance (docs/scale.md)."""
    from geo.builtin.dataset import read_frontier  # noqa: PLC0415

    place_rows(table, output, read_frontier(borders), add, prefix, engine, scheduler, workers, sort, (lon, lat))


@register.command()
def count(
    table: Annotated[list[str], typer.Argument(metavar="LOCATED.parquet…", help="What locate wrote of a register.")],
    *,
    output: _Output,
    goods: Annotated[str, typer.Option("--goods-column", help="Its column of goods categories.")] = "",
    date: Annotated[str, typer.Option("--date-column", help="Its column of dates.")] = "",
    by: Annotated[str, typer.Option(help="year or month.")] = "year",
    within_km: Annotated[float, typer.Option(help="Farther from the border a row counts for none.", min=0)] = 50,
    prefix: Annotated[str, typer.Option(help="Text before the names of the columns that locate added.")] = "",
) -> None:
    """Count a located register's rows per cell, goods and year, for every view: --incidents takes the totals."""
    from geo.cli.register_report import count_sentences, show_progress  # noqa: PLC0415
    from geo.intake.words.terms import read_goods  # noqa: PLC0415
    from geo.register.totals import count_rows, write_totals  # noqa: PLC0415

    name = " ".join(table)
    with show_progress(table) as advance:
        totals = count_rows(
            table, goods=goods, date=date, by=by, within_km=within_km, prefix=prefix, advance=advance,
            read_goods=lambda text: read_goods(text).category,
        )  # fmt: skip
    write_totals(totals.table, output)
    print("\n".join(count_sentences(name, output, totals, within_km)))  # noqa: T201


@functools.wraps(count)
def count_by_old_name(*args: Any, **options: Any) -> None:
    """Count as ``register count`` does, with a note."""
    say_notes([OLD_NAME.format(old="count", new="register count", table=" ".join(options["table"]))])
    count(*args, **options)


def place_rows(  # noqa: PLR0917
    table: list[str],
    output: str | Path,
    frontier: Frontier,
    add: list[str],
    prefix: str,
    engine: str,
    scheduler: str,
    workers: int | None,
    sort: bool | None = None,
    axes: tuple[str, str] = ("", ""),
) -> None:
    """Place a register's rows, with a bar on the way, and say what became of them."""
    from geo.cli.register_report import as_register, sentences, show_progress  # noqa: PLC0415
    from geo.register import ADDED, locate_register  # noqa: PLC0415

    with as_register(table) as rows, show_progress(rows) as advance:
        outcome = locate_register(
            rows, output, frontier, add=add or ADDED, prefix=prefix, axes=axes, workers=workers, sort=sort,
            advance=advance,
            engine="dask" if scheduler else engine, scheduler=scheduler or None,
        )  # fmt: skip
    print("\n".join(sentences(" ".join(table), outcome)))  # noqa: T201
