"""``shekara summary``, ``risk`` and ``backtest``: the tables of what is recorded and of the estimate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.arguments import Format, Output, require_one_of
from geo.cli.options import Request, filtered
from geo.cli.output import choose_format, emit, say_empty, say_notes, say_written
from geo.errors import ShekaraError
from geo.files.tables import FORMATS, format_table, whole_file, write_text
from geo.summaries.notes import BESIDE, CAVEAT

if TYPE_CHECKING:
    from collections.abc import Iterable


__all__ = ["backtest", "risk", "summary"]

_SUMMARY_COLUMNS = [
    "neighbour", "segment", "region_code", "crossing_id", "goods", "agency", "year", "name",
    "incidents", "per_100km_year", "estimate", "low90", "high90", "p_highest", "p_top5", "latest",
]  # fmt: skip
_RISK_FORMATS = ("csv", "geojson", "parquet", "json")


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
    require_one_of("by", by, KINDS)
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
