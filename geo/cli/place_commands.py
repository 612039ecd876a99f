"""``shekara locate`` and ``count``: the places of a table's rows on the border, and their totals."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  (typer reads the hints)
from typing import Annotated

import typer

from geo.cli.arguments import require_one_of
from geo.cli.options import Request, filtered
from geo.cli.output import say_notes
from geo.errors import ShekaraError
from geo.incidents.selection import Selection
from geo.summaries.notes import omissions

__all__ = ["count", "locate"]


@filtered
def locate(
    request: Request,
    *,
    table: Annotated[
        Path | None, typer.Argument(metavar="[TABLE]", help="Incident file, or a register: any table of points.")
    ] = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="A .geojson, .parquet or .csv file.")],
    kind: Annotated[str, typer.Option("--as", help="incidents or register; by its columns if not said.")] = "",
    add: Annotated[list[str], typer.Option(help="Register: only this column; may be repeated.")] = [],  # noqa: B006
    prefix: Annotated[str, typer.Option(help="Register: text before the names of the columns added.")] = "",
    engine: Annotated[str, typer.Option(help="Register: local, or dask to use a cluster.")] = "local",
    scheduler: Annotated[str, typer.Option(help="Register: Dask scheduler, as tcp://host:8786.")] = "",
    workers: Annotated[int | None, typer.Option(help="Register: Dask workers on this machine.", min=1)] = None,
) -> None:
    """Write each row of a table with its place on the border.

    An incident gets its segment, cell, region, crossing, distance and weight. A register is any other table, of up to
    hundreds of millions of rows, with a column geometry or lon and lat: each row gets the nearest neighbour, segment,
    cell and region and the exact distance (docs/scale.md).
    """
    from geo.cli.register_report import is_register, sentences, show_progress  # noqa: PLC0415
    from geo.incidents.reading import write_incidents  # noqa: PLC0415

    require_one_of("as", kind or "register", ("incidents", "register"))
    if table is not None and (kind == "register" or (not kind and is_register(table))):
        from geo.register import ADDED, locate_register  # noqa: PLC0415

        if request.selection != Selection() or request.incidents_path is not None:
            raise ShekaraError(f"{table} is a register: filters are for incidents (--as incidents if it holds such)")
        with show_progress(table) as advance:
            outcome = locate_register(
                table, output, request.frontier, add=add or ADDED, prefix=prefix, workers=workers, advance=advance,
                engine="dask" if scheduler else engine, scheduler=scheduler or None,
            )  # fmt: skip
        print("\n".join(sentences(table, outcome)))  # noqa: T201
        return
    if add or prefix or engine != "local" or scheduler or workers:
        raise ShekaraError("--add, --prefix, --engine, --scheduler and --workers are for registers, not for incidents")
    if table is not None:
        request = Request(request.selection, table, request.borders_path)
    located = request.located.incidents.drop(columns=["placement", "date_start", "date_end"])
    write_incidents(located, output)
    if table is not None:
        print(f"{table} holds incidents: {len(located)} placed with their uncertainty. Written: {output}")  # noqa: T201
    say_notes(omissions(request.incidents, request.selection, neighbours=request.frontier.borders.index))


def count(
    register: Annotated[Path, typer.Argument(metavar="LOCATED.parquet", help="What locate wrote of a register.")],
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="A .csv or .parquet file.")],
    goods: Annotated[str, typer.Option("--goods-column", help="Its column of goods categories.")] = "",
    date: Annotated[str, typer.Option("--date-column", help="Its column of dates.")] = "",
    by: Annotated[str, typer.Option(help="year or month.")] = "year",
    within_km: Annotated[float, typer.Option(help="Farther from the border a row counts for none.", min=0)] = 50,
    prefix: Annotated[str, typer.Option(help="Text before the names of the columns that locate added.")] = "",
) -> None:
    """Count a located register's rows per cell, goods and year, for every view: --incidents takes the totals."""
    from geo.cli.register_report import count_sentences, show_progress  # noqa: PLC0415
    from geo.register.totals import count_rows, write_totals  # noqa: PLC0415

    with show_progress(register) as advance:
        totals = count_rows(
            register, goods=goods, date=date, by=by, within_km=within_km, prefix=prefix, advance=advance
        )  # fmt: skip
    write_totals(totals.table, output)
    print("\n".join(count_sentences(register, output, totals, within_km)))  # noqa: T201
