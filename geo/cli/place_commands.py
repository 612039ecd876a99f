"""``shekara locate``: the places of incidents on the border; of a register's rows by its older name."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  (typer reads the hints)
from typing import Annotated

import typer

from geo.cli.arguments import require_one_of
from geo.cli.options import Request, filtered
from geo.cli.output import say_notes
from geo.cli.register_commands import OLD_NAME, Add, Engine, Prefix, Scheduler, Workers, place_rows
from geo.errors import ShekaraError
from geo.incidents.selection import Selection
from geo.summaries.notes import omissions

__all__ = ["locate"]


@filtered
def locate(
    request: Request,
    *,
    table: Annotated[Path | None, typer.Argument(metavar="[INCIDENTS]", help="Incident file.")] = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="A .geojson, .parquet or .csv file.")],
    kind: Annotated[str, typer.Option("--as", help="incidents or register; by its columns if not said.")] = "",
    add: Add = [],  # noqa: B006
    prefix: Prefix = "",
    engine: Engine = "local",
    scheduler: Scheduler = "",
    workers: Workers = None,
) -> None:
    """Write each incident with its place on the border: segment, cell, region, crossing, distance and weight.

    A register, any other table of points, goes to `shekara register locate`; given here it is placed likewise, with
    a note.
    """
    from geo.cli.register_report import OTHER_TABLES, is_register  # noqa: PLC0415
    from geo.incidents.reading import write_incidents  # noqa: PLC0415

    require_one_of("as", kind or "register", ("incidents", "register"))
    other = table is not None and table.suffix.lower() in OTHER_TABLES
    if table is not None and (kind == "register" or (not kind and (other or is_register(table)))):
        if request.selection != Selection() or request.incidents_path is not None:
            raise ShekaraError(f"{table} is a register: filters are for incidents (--as incidents if it holds such)")
        say_notes([OLD_NAME.format(old="locate", new="register locate", table=table)])
        place_rows([str(table)], output, request.frontier, add, prefix, engine, scheduler, workers)
        return
    if add or prefix or engine != "local" or scheduler or workers:
        raise ShekaraError("--add, --prefix, --engine, --scheduler and --workers are for registers, not for incidents")
    if table is not None:
        request = Request(request.selection, table, request.borders_path)
    located = request.located.incidents.drop(columns=["placement", "date_start", "date_end"])
    write_incidents(located, output)
    if table is not None:
        print(f"{table} holds incidents: {len(located)} placed with their uncertainty. Written: {output}")  # noqa: T201
    neighbours = request.frontier.borders.index
    say_notes(
        omissions(request.incidents, request.selection, neighbours=neighbours, kind=request.kind, command_line=True)
    )
