"""``shekara check`` and ``claims``: the faults of a file, and statements beside what is on record."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  (typer reads the hints)
from typing import Annotated

import typer

from geo.cli.arguments import BORDERS, Format, Output, Sort, Top, require_one_of, shorten
from geo.cli.options import Request
from geo.cli.output import choose_format, emit
from geo.errors import Fault, InputError
from geo.files.kinds import kind_of
from geo.files.tables import FORMATS, format_table
from geo.incidents.selection import Selection
from geo.language.figures import write_share
from geo.paths import country_folder
from geo.summaries.notes import CAVEAT

__all__ = ["check", "compare"]

_CLAIM_COLUMNS = [
    "agency", "claim", "value", "unit", "period_start", "period_end", "verdict", "reason",
    "records_same_agency", "records_other_agencies",
]  # fmt: skip


def check(
    file: Annotated[
        Path | None, typer.Argument(metavar="INCIDENTS", help="Incident file, or a CSV of statements.")
    ] = None,
    *,
    borders: Annotated[Path | None, typer.Option(help=BORDERS)] = None,
) -> None:
    """Report every fault of a file of incidents, of agencies' statements, or with --country of its folder, at once."""
    from geo.claims import read_claims  # noqa: PLC0415
    from geo.incidents.reading import read_with_schema  # noqa: PLC0415

    if file is None:
        _check_chosen_country()
        return
    if kind_of(file) == "statements":
        contents = f"{len(read_claims(file, borders=borders))} statements"
    else:
        incidents, schema = read_with_schema(file, borders=borders)
        contents = f"{len(incidents)} records in schema {schema}"
    print(f"{file}: {contents}, no fault")  # noqa: T201


def _check_chosen_country() -> None:
    from geo.country.checking import check_country  # noqa: PLC0415

    folder = country_folder()
    if folder is None:
        raise InputError([Fault("check", None, "", "nothing to check", "a file, or --country DIR")])
    faults = check_country(folder)
    if faults:
        raise InputError(faults)
    print(f"{folder}: no fault")  # noqa: T201


def compare(
    *,
    agency: Annotated[list[str], typer.Option(help="Agency, whole name; may be repeated.")] = [],  # noqa: B006
    series: Annotated[
        bool, typer.Option("--series", help="The Border Service's monthly counts by class, beside our records.")
    ] = False,
    sort: Sort = "",
    top: Top = None,
    style: Format = "",
    output: Output = None,
    statements: Annotated[Path | None, typer.Option(help="Statement file in place of the built-in one.")] = None,
    incidents: Annotated[Path | None, typer.Option(help="Incident file in place of the built-in one.")] = None,
    borders: Annotated[Path | None, typer.Option(help=BORDERS)] = None,
) -> None:
    """Set what agencies said beside what is on record."""
    from geo.claims import compare_claims, monthly_series, read_claims, word_claims  # noqa: PLC0415

    style = choose_format(style, output, FORMATS, "table")
    statements_read = read_claims(statements, borders=borders)
    known = sorted(set(statements_read["agency"]))
    for name in agency:
        require_one_of("agency", name, known)
    # All statements are compared, so that pairs across agencies are found; then those asked for are shown.
    request = Request(Selection(), incidents, borders)
    request.require_incidents("a comparison with statements")
    table = (monthly_series if series else compare_claims)(statements_read, request.everything)
    table = table[table["agency"].isin(agency or known)]
    table = shorten(word_claims(table), sort, top)
    if series and style in ("table", "markdown"):
        shares = [write_share(*row) for row in table[["coverage", "low90", "high90"]].itertuples(index=False)]
        table = table.assign(coverage=shares).drop(columns=["low90", "high90"])
    text = format_table(table, style, columns=None if series else _CLAIM_COLUMNS)
    if style in ("table", "markdown"):
        text += f"\n{CAVEAT} No match between a statement's cases and these records is implied.\n"
    emit(text, output, len(table), "count" if series else "statement")
