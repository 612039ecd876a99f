"""The command line: ``shekara``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.intake_commands import add_to
from geo.cli.options import Request, filtered
from geo.cli.output import choose_format, emit, say_empty, say_notes, say_written
from geo.errors import InputError, ShekaraError, UnknownValueError
from geo.files.tables import FORMATS, format_table, whole_file, write_text
from geo.incidents.selection import Selection
from geo.summaries.notes import BESIDE, CAVEAT, describe, omissions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

__all__ = ["cli", "main"]

BAD_INPUT = 2
_SUMMARY_COLUMNS = [
    "neighbour", "segment", "region_code", "crossing_id", "goods", "agency", "year", "name",
    "incidents", "per_100km_year", "estimate", "low90", "high90", "p_highest", "p_top5", "latest",
]  # fmt: skip

_CLAIM_COLUMNS = [
    "agency", "claim", "value", "unit", "period_start", "period_end", "verdict", "reason",
    "records_same_agency", "records_other_agencies",
]  # fmt: skip
_RISK_FORMATS = ("csv", "geojson", "parquet", "json")
_BORDERS = "Folder of border files in place of the built-in one."

cli = typer.Typer(
    help="Recorded border incidents, placed on the border with honest uncertainty.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)

add_to(cli)

Output = Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file, not to the screen.")]
Format = Annotated[
    str, typer.Option("--format", help=f"One of {', '.join(FORMATS)}; by the file's ending if not said.")
]


def main() -> None:
    """Run the command line; bad input ends with one message and exit code 2, never with a traceback."""
    try:
        cli(prog_name="shekara")
    except ShekaraError as error:
        print(f"shekara: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(BAD_INPUT)
    except OSError as error:
        print(f"shekara: {error.strerror or error}: {error.filename or ''}".rstrip(": "), file=sys.stderr)  # noqa: T201
        sys.exit(BAD_INPUT)


@cli.command()
def app(*, port: Annotated[int, typer.Option(help="Port on this machine.", min=1, max=65535)] = 8501) -> None:
    """Open Shekara in the browser."""
    from geo.cli.launch import open_app  # noqa: PLC0415

    open_app(port)


@cli.command()
@filtered
def summary(
    request: Request,
    *,
    by: Annotated[str, typer.Option(help="border, segment, region, crossing, goods, agency or year.")] = "border",
    style: Format = "",
    output: Output = None,
) -> None:
    """Tabulate the recorded incidents."""
    from geo.summaries.summary import ESTIMATED, KINDS, summarize  # noqa: PLC0415

    style = choose_format(style, output, FORMATS, "table")
    _one_of("by", by, KINDS)
    if by in ("crossing", "agency"):
        request.require_incidents(f"a table by {by}")
    risk = request.risk if by in ESTIMATED and request.dated else None
    table = summarize(request.located, risk, by=by, period=request.period)
    if not request.dated:
        table = table.drop(columns="per_100km_year", errors="ignore")
    say_empty(request)
    notes = [*request.notes, *BESIDE.get(by, ())]
    text = format_table(table, style, columns=_SUMMARY_COLUMNS)
    if style in ("table", "markdown"):
        text += "\n" + "\n".join(notes) + "\n"
    emit(text, output, len(table))
    if style not in ("table", "markdown"):
        say_notes(notes)


@cli.command()
@filtered
def risk(
    request: Request,
    *,
    style: Annotated[
        str, typer.Option("--format", help=f"One of {', '.join(_RISK_FORMATS)}; by the file's ending if not said.")
    ] = "",
    output: Output = None,
) -> None:
    """Estimate how often incidents are recorded along the land border, cell by cell, with 90 % intervals."""
    style = choose_format(style, output, _RISK_FORMATS, "csv")
    request.require_dates("an estimate")
    say_empty(request)
    land = request.frontier.land_cells.rename(columns={"region_code": "region"})
    columns = ["neighbour", "start_km", "end_km", "lon", "lat", "length_km", "region", "geometry"]
    estimated = request.risk.cells[
        ["incidents", "per_100km_year", "low90", "high90", "mean_per_100km_year", "at_crossing", "p_top"]
    ]
    table = land[columns].join(estimated)
    if style in ("geojson", "parquet"):
        if output is None:
            raise ShekaraError(f"{style} needs a file: -o risk.{style}")
        with whole_file(output) as draft:
            if style == "parquet":
                table.to_parquet(draft)
            else:
                write_text(draft, table.reset_index().to_json(drop_id=True) + "\n")
        say_written(output, len(table), "cell")
    else:
        emit(format_table(table.drop(columns="geometry"), style), output, len(table), "cell")
    say_notes(request.notes)


@cli.command()
@filtered
def backtest(
    request: Request,
    *,
    cuts: Annotated[str, typer.Option(help="Years before which a model learns and from which it is scored.")] = (
        "2020,2022,2024"
    ),
    blur_km: Annotated[
        float | None, typer.Option(help="Blur records at named crossings to this radius before all else.", min=1)
    ] = None,
    style: Annotated[str, typer.Option("--format", help="table or json; by the file's ending if not said.")] = "",
    output: Output = None,
) -> None:
    """Score the estimate and its baselines on later incidents."""
    import pandas as pd  # noqa: PLC0415

    from geo.estimate.backtest import backtest as score  # noqa: PLC0415

    style = choose_format(style, output, ("table", "json"), "table")
    request.require_incidents("a backtest")
    years = _years(cuts)
    scores = pd.concat(
        [score(request.located, request.frontier, cuts=(year,), blur_km=blur_km) for year in _track(years, "Scoring")]
    )
    text = format_table(scores, style)
    if style == "table":
        text += f"\nGain: nats per incident over the uniform border. {CAVEAT}\n"
    emit(text, output, len(scores))


@cli.command()
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

    _one_of("as", kind or "register", ("incidents", "register"))
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


@cli.command()
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


@cli.command()
def check(
    file: Annotated[Path, typer.Argument(metavar="INCIDENTS", help="Incident file, or a CSV of statements.")],
    *,
    borders: Annotated[Path | None, typer.Option(help=_BORDERS)] = None,
) -> None:
    """Report every fault of a file of incidents, or of agencies' statements, at once."""
    from geo.claims import check_claims, read_claims  # noqa: PLC0415
    from geo.incidents.reading import check_incidents, read_incidents  # noqa: PLC0415

    claims = _holds_claims(file)
    faults = (check_claims if claims else check_incidents)(file, borders=borders)
    if faults:
        raise InputError(faults)
    table = (read_claims if claims else read_incidents)(file, borders=borders)
    print(f"{file}: {len(table)} {'statements' if claims else 'records'}, no fault")  # noqa: T201


@cli.command("claims")
def compare(
    *,
    agency: Annotated[list[str], typer.Option(help="Agency, whole name; may be repeated.")] = [],  # noqa: B006
    style: Format = "",
    output: Output = None,
    statements: Annotated[Path | None, typer.Option(help="Statement file in place of the built-in one.")] = None,
    incidents: Annotated[Path | None, typer.Option(help="Incident file in place of the built-in one.")] = None,
    borders: Annotated[Path | None, typer.Option(help=_BORDERS)] = None,
) -> None:
    """Set what agencies said beside what is on record."""
    from geo.claims import compare_claims, read_claims  # noqa: PLC0415

    style = choose_format(style, output, FORMATS, "table")
    said = read_claims(statements, borders=borders)
    known = sorted(set(said["agency"]))
    for name in agency:
        _one_of("agency", name, known)
    # All statements are compared, so that pairs across agencies are found; then those asked for are shown.
    request = Request(Selection(), incidents, borders)
    request.require_incidents("a comparison with statements")
    table = compare_claims(said, request.everything)
    table = table[table["agency"].isin(agency or known)]
    text = format_table(table, style, columns=_CLAIM_COLUMNS)
    if style in ("table", "markdown"):
        text += f"\n{CAVEAT} No match between a statement's cases and these records is implied.\n"
    emit(text, output, len(table), "statement")


@cli.command()
@filtered
def export(
    request: Request,
    *,
    page: Annotated[Path, typer.Argument(metavar="OUT.html", help="The page to write.")],
    title: Annotated[str, typer.Option(help="Heading in place of the built-in one.")] = "",
    lead: Annotated[str, typer.Option(help="Sentence beneath it.")] = "",
    lang: Annotated[str, typer.Option(help="Language it opens in: en, ru or kk.")] = "en",
    contact: Annotated[str, typer.Option(help="Where corrections may be sent: an address or words.")] = "",
    statements: Annotated[
        bool, typer.Option("--statements", help="Add what agencies said, beside what is on record.")
    ] = False,
    no_list: Annotated[
        bool, typer.Option("--no-list", help="The map with its filters and legend only, for a frame in an article.")
    ] = False,
    tiles: Annotated[bool, typer.Option("--tiles", help="Add street tiles; the page then needs a network.")] = False,
) -> None:
    """Write the map as one HTML file that needs no network."""
    from geo.estimate.estimating import estimate_goods  # noqa: PLC0415
    from geo.view import LANGUAGES, PageOptions, write_page  # noqa: PLC0415

    _one_of("lang", lang, LANGUAGES)
    if page.suffix.lower() not in (".html", ".htm"):
        raise ShekaraError(f"{page}: the page is HTML, name it .html")
    if statements and no_list:
        raise ShekaraError("--statements and --no-list exclude each other: a page without its list holds no statements")
    if statements:
        request.require_incidents("a comparison with statements")
    options = PageOptions(
        title=title or None,
        lead=lead or None,
        lang=lang,
        period=request.period,
        include_refused=request.selection.include_refused,
        selection=describe(request.selection),
        contact=contact,
        listed=not no_list,
        tiles=tiles,
    )
    write_page(
        page,
        request.with_refused,
        request.frontier,
        estimate_goods(request.located, request.hyper, period=request.period) if request.dated else None,
        statements=_beside_records(request) if statements else None,
        options=options,
    )
    say_empty(request)
    say_written(page, int(request.located.counts.sum()), "record" if request.totals is None else "row")


@cli.command()
@filtered
def figure(
    request: Request,
    *,
    out: Annotated[Path, typer.Argument(metavar="OUT.(png|svg|pdf)", help="The figure to write.")],
    lang: Annotated[str, typer.Option(help="en, ru or kk.")] = "en",
    title: Annotated[str, typer.Option(help="Heading in place of the built-in one.")] = "",
    width_mm: Annotated[float, typer.Option(help="Width on paper, millimetres.")] = 180,
) -> None:
    """Draw the map and the unrolled border for print."""
    from geo.view.figure import write_figure  # noqa: PLC0415

    request.require_incidents("a figure")
    write_figure(
        out,
        request.located,
        request.frontier,
        request.risk,
        lang=lang,
        title=title or None,
        period=request.period,
        selection=describe(request.selection),
        width_mm=width_mm,
    )
    say_empty(request)
    say_written(out, len(request.located.incidents))


def _beside_records(request: Request) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The built-in statements and totals beside all records of the file, whatever is filtered."""
    from geo.claims import compare_claims, coverage_by_class, read_claims  # noqa: PLC0415

    said = read_claims(borders=request.borders_path)
    return compare_claims(said, request.everything), coverage_by_class(said, request.everything)


def _holds_claims(file: Path) -> bool:
    """Whether a file is a table of statements: a CSV with a column ``claim``."""
    if file.suffix.lower() != ".csv" or not file.is_file():
        return False
    with file.open(encoding="utf-8-sig", errors="replace") as lines:
        return "claim" in lines.readline().strip().split(",")


def _years(text: str) -> list[int]:
    years = text.replace(" ", "").split(",")
    if not all(year.isdecimal() and len(year) == len("2020") for year in years):
        raise ShekaraError(f"--cuts {text!r}: write years with commas, as 2020,2022,2024")
    return [int(year) for year in years]


def _track(items: list[int], what: str) -> Iterable[int]:
    """The items, with a progress bar on a terminal and nothing when piped."""
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import track  # noqa: PLC0415

    console = Console(stderr=True)
    return track(items, what, console=console, transient=True, disable=not console.is_terminal)


def _one_of(name: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        raise UnknownValueError(f"--{name}", value, known)
