"""``shekara summary``, ``risk`` and ``backtest``: the tables of what is recorded and of the estimate."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, cast

import pandas as pd
import typer

from geo.cli.arguments import Format, Output, Sort, Top, in_words, ratios, require_one_of, shorten, written
from geo.cli.options import Request, filtered
from geo.cli.output import choose_format, emit, say_empty, say_notes, say_written
from geo.errors import ShekaraError, UnknownValueError
from geo.files.tables import FORMATS, format_table, whole_file, write_text
from geo.summaries.notes import BESIDE, CAVEAT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import geopandas as gpd

    from geo.estimate.change import Years

__all__ = ["backtest", "compare_years", "quote_place", "risk", "summary"]

_SUMMARY_COLUMNS = [
    "neighbour", "segment", "region_code", "crossing_id", "goods", "agency", "year", "name",
    "incidents", "per_100km_year", "estimate", "low90", "high90", "figure_unit", "p_highest", "p_top5", "latest",
]  # fmt: skip
_PLACE_COLUMNS = ["key", "name", "neighbour", "figure", "unit", "records", "rank_low90", "rank_high90", "of"]
_RISK_FORMATS = ("csv", "geojson", "parquet", "json")


@filtered
def summary(
    request: Request,
    *,
    by: Annotated[
        str, typer.Option(help="border, segment, region, crossing, place, goods, agency or year.")
    ] = "border",
    sort: Sort = "",
    top: Top = None,
    style: Format = "",
    output: Output = None,
) -> None:
    """Tabulate the recorded incidents."""
    from geo.summaries.summary import ESTIMATED, KINDS, summarize  # noqa: PLC0415

    style = choose_format(style, output, FORMATS, "table")
    require_one_of("by", by, (*KINDS, "place"))
    if by == "place":
        from geo.summaries.places import rank_places  # noqa: PLC0415

        request.require_incidents("a table by place")
        request.require_dates("a rank of places")
        say_empty(request)
        table = shorten(rank_places(request.located, request.risk, borders=request.selection.neighbour), sort, top)
        shown = table.assign(figure=written(table)) if style in ("table", "markdown") else table
        text = format_table(shown, style, columns=_PLACE_COLUMNS)
        _print_noted(text, [*request.notes, *_scaled(request)], style, output, len(table))
        return
    if by in ("crossing", "agency"):
        request.require_incidents(f"a table by {by}")
    risk = request.risk if by in ESTIMATED and request.dated else None
    table = summarize(request.located, risk, by=by, period=request.period)
    if not request.dated:
        table = table.drop(columns="per_100km_year", errors="ignore")
    say_empty(request)
    if not sort and by in ("segment", "crossing") and "rank" in table:
        table = table.sort_values(["estimate", "incidents"], ascending=False, kind="stable")
    table = shorten(table, sort, top)
    shown = in_words(table) if style in ("table", "markdown") else table
    text = format_table(shown, style, columns=_SUMMARY_COLUMNS)
    notes = [*request.notes, *BESIDE.get(by, ()), *(_scaled(request) if risk else ())]
    _print_noted(text, notes, style, output, len(table))


def _scaled(request: Request) -> list[str]:
    """What an estimate of some goods goes by."""
    from geo.incidents.selection import is_scaled  # noqa: PLC0415
    from geo.language.catalogue import say  # noqa: PLC0415

    return [say("en", "answers.q-scaled")] if is_scaled(request.selection) else []


@filtered
def quote_place(
    request: Request,
    *,
    place: Annotated[
        str,
        typer.Argument(help="A crossing, stretch or border by key (crossing:karasu, KG-07) or name; or a record's id."),
    ] = "",
    change: Annotated[
        bool, typer.Option("--change", help="What changed instead: of all borders, or of PLACE, a border.")
    ] = False,
    lang: Annotated[str, typer.Option(help="en, ru or kk.")] = "en",
    link: Annotated[str, typer.Option(help="Address of the page that the sentence leads to.")] = "",
) -> None:
    """Write a sentence to quote, with its interval, period, source and link; without PLACE of all that is selected."""
    from geo.language.texts import LANGUAGES  # noqa: PLC0415
    from geo.summaries.answers import is_enough  # noqa: PLC0415
    from geo.summaries.quote import find_place, quote, quote_record  # noqa: PLC0415
    from geo.view import make_atlas, write_heading  # noqa: PLC0415

    require_one_of("lang", lang, LANGUAGES)
    request.require_incidents("a quote")
    request.require_dates("a quote")
    everything, record = request.everything, place.removeprefix("record:")
    if change:
        text = _quote_change(request, place, lang=lang, link=link)
    elif record in everything.incidents.index:
        heading = write_heading(make_atlas(everything.take(pd.Index([record])), request.frontier), record, lang=lang)
        text = quote_record(everything, request.selection, record, heading, lang=lang, link=link)
    else:
        key = find_place(place, request.frontier) if place else ""
        risk = request.risk if is_enough(request.located, request.selection) else None
        text = quote(everything, request.selection, risk, key, lang=lang, link=link)
    emit(text + "\n", None, 1)


def _quote_change(request: Request, place: str, *, lang: str, link: str) -> str:
    from geo.summaries.quote import find_place, quote_change  # noqa: PLC0415

    table, years = _changes(request)
    known = place in table.index
    row = place if known else find_place(place, request.frontier).removeprefix("border:") if place else "all"
    if row not in table.index:
        raise UnknownValueError("place of a change", row, list(map(str, table.index)))
    return quote_change(request.everything, request.selection, table, years, row, lang=lang, link=link)


@filtered
def compare_years(
    request: Request,
    *,
    against: Annotated[str, typer.Option(help="The earlier period, as 2015..2023.")] = "",
    sort: Sort = "",
    top: Top = None,
    style: Format = "",
    output: Output = None,
) -> None:
    """Say what rose, what fell and what can't be told since a year, per border and by who recorded.

    Takes whole years: --since 2024 --against 2015..2023; by default the last two full ones against those from 2015. A
    change may come from smuggling, from watching, or from reporting.
    """
    style = choose_format(style, output, FORMATS, "table")
    table, years = _changes(request, against)
    shown = table = shorten(table, sort, top)
    if style in ("table", "markdown"):
        shown = table.assign(times=ratios(table))[["records", "against_records", "times", "word", "side"]]
    notes = [
        f"Records of {years.since} to {years.until} against {years.against_since} to {years.against_until}.",
        "Times: the ratio of the yearly rates, with a 90 % interval that knows how uneven the years are.",
        *(
            f"{key}: a doubling would show in {row.doubling_shows:.0%} of cases."
            for key, row in table[table["word"].eq("too few to tell")].iterrows()
        ),
        CAVEAT,
    ]
    _print_noted(format_table(shown, style), notes, style, output, len(table))


def _changes(request: Request, against: str = "") -> tuple[pd.DataFrame, Years]:
    """What changed since the year that is chosen, and the years that are compared."""
    from geo.estimate.change import compare_periods, default_years  # noqa: PLC0415

    request.require_dates("a comparison of periods")
    since, until = request.selection.since, request.selection.until
    if until is not None or (since is not None and (since.month, since.day) != (1, 1)):
        raise ShekaraError("compare takes whole years up to the last full one: write --since 2024, without --until")
    years = default_years(request.everything, None if since is None else since.year, _span(against))
    return compare_periods(request.everything.select(replace(request.selection, since=None)), years), years


def _print_noted(text: str, notes: list[str], style: str, output: Path | None, rows: int) -> None:
    """Print or write a table, with what stands beside it below, or on the error stream if machines are to read it."""
    if style in ("table", "markdown"):
        text += "\n" + "\n".join(notes) + "\n"
    emit(text, output, rows)
    if style not in ("table", "markdown"):
        say_notes(notes)


@filtered
def risk(
    request: Request,
    *,
    style: Annotated[
        str, typer.Option("--format", help=f"One of {', '.join(_RISK_FORMATS)}; by the file's ending if not said.")
    ] = "",
    sort: Sort = "",
    top: Top = None,
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
    table = cast("gpd.GeoDataFrame", shorten(land[columns].join(estimated), sort, top))
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
    sort: Sort = "",
    top: Top = None,
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
    scores = shorten(scores, sort, top)
    text = format_table(scores, style)
    if style == "table":
        text += f"\nGain: nats per incident over the uniform border. {CAVEAT}\n"
    emit(text, output, len(scores))


def _span(text: str) -> tuple[int, int] | None:
    """First and last year of a period written as ``2015..2023``; None where nothing is said."""
    if not text:
        return None
    first, dots, last = text.partition("..")
    if not (dots and first.isdecimal() and last.isdecimal() and len(first) == len(last) == len("2015")):
        raise ShekaraError(f"--against {text!r}: write the first and the last year, as 2015..2023")
    return int(first), int(last)


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
