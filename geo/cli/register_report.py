"""Report on a register: the kind of table it was taken for, and the rows that could not be placed."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.language.plurals import many
from geo.register.source import column_names, open_register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geo.register.run import Outcome
    from geo.register.source import Addresses
    from geo.register.totals import Totals

__all__ = ["OTHER_TABLES", "as_register", "count_sentences", "is_register", "sentences", "show_progress"]

# What a file of incidents has and a register hardly: how sure the place is, and who says so.
_OF_INCIDENTS = frozenset({"location_precision", "location_radius_km", "source_url", "outcome_class"})
_LEAST, _SHOWN = 2, 5


OTHER_TABLES = (".xlsx", ".xlsm", ".gpkg", ".kml", ".kmz", ".shp", ".fgb")
"""Files that become a register by way of a table in memory: none of them is long."""


@contextmanager
def as_register(tables: list[str]) -> Iterator[list[str] | Path]:
    """A table as a register: one of Excel, GeoJSON or a layer by way of memory, its cells as text; any other as it is.

    What is given is the tables, or a Parquet file that is there for as long as the block lasts.
    """
    path = Path(tables[0])
    if len(tables) > 1 or path.suffix.lower() not in (*OTHER_TABLES, ".geojson", ".json"):
        yield tables
        return
    from geo.files.plain_tables import refuse_drafts  # noqa: PLC0415
    from geo.intake.sheets.sheet import read_sheet  # noqa: PLC0415
    from geo.intake.words.cells import show_cell  # noqa: PLC0415

    sheet = read_sheet(path)
    refuse_drafts(sheet.cells, sheet.name)
    cells = sheet.cells.map(lambda value: None if value is None else show_cell(value))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"{path.stem}.parquet")
        cells.astype("string").to_parquet(file, index=False)
        yield file


def is_register(path: Path) -> bool:
    """Whether a table is a register, by the names of its columns; GeoJSON is always a file of incidents.

    Raises
    ------
    InputError
        When it can't be read.
    """
    if not path.is_dir() and path.suffix.lower() in (".geojson", ".json"):
        return False
    return len(_OF_INCIDENTS & set(column_names(path))) < _LEAST


def sentences(path: str, outcome: Outcome) -> list[str]:
    """Outcome of a register, in words; all that could not be placed is counted."""
    tally = outcome.tally
    bad = sum(tally.faults.values())
    lines = [f"{path} is a register: its {many(tally.rows, 'row')} were placed by nearness alone, without weights."]
    if bad == tally.rows:
        lines.append("Not one row could be placed.")
    if bad:
        why = ", ".join(f"{count:,} {reason}" for reason, count in tally.faults.items())
        rows = ", ".join(f"{number:,}" for number in tally.examples)
        lines.append(f"Left blank: {many(bad, 'row')}: {why}. The first: {'row' if bad == 1 else 'rows'} {rows}.")
    if outcome.odd:
        where = ", ".join(outcome.odd[:5]) + (" …" if len(outcome.odd) > 5 else "")  # noqa: PLR2004
        lines.append(f"Not in the output: {len(outcome.odd):,} rows without as many fields as the header: {where}.")
    if 10 * tally.far > tally.rows:
        lines.append(f"{tally.far:,} rows lie more than 1,000 km from the border: are lon and lat swapped?")
    if outcome.kept:
        lines.append(f"{outcome.kept} of {outcome.parts} parts were there from a run that had been stopped.")
    lines.append(f"Written: {outcome.output}" + (f", {outcome.parts} files." if outcome.parts > 1 else "."))
    return lines


def count_sentences(path: str, output: Path, totals: Totals, within_km: float) -> list[str]:
    """Content of a register's totals, and the rows that count for no border."""
    table = totals.table
    rows = table.groupby("place")["rows"].sum()
    near = f"{int(rows.get('border', 0)):,} lie within {within_km:g} km of the border"
    lines = [f"{path}: {many(int(rows.sum()), 'row')} in {many(len(table), 'total')}; {near}."]
    lines += [
        f"Counted for no border: {many(int(rows[place]), 'row')} {why}."
        for place, why in (("far", "farther from it"), ("none", "without a point"))
        if place in rows
    ]
    if totals.first:
        lines.append(f"Dated from {totals.first} to {totals.last}.")
    if totals.last > date.today().isoformat():  # noqa: DTZ011  (a day of the reader's calendar)
        lines.append(f"The last day, {totals.last}, is still to come: if it is a slip, every rate is too low for it.")
    if totals.undated:
        unread = f", as {', '.join(map(repr, totals.unread))}" if totals.unread else ""
        lines.append(f"Counted, never rated: {many(totals.undated, 'row')} without a date that can be read{unread}.")
    if totals.unknown_goods:
        shown = [f"{name!r} {count:,}" for name, count in totals.unknown_goods.items()]
        more = " …" * (len(shown) > _SHOWN)
        lines.append(f"Goods outside the vocabulary, counted as other: {', '.join(shown[:_SHOWN])}{more}.")
    lines.append(f"Written: {output}")
    return lines


@contextmanager
def show_progress(path: Addresses) -> Iterator[Callable[[int], Any]]:
    """A progress bar on a terminal, and nothing when piped.

    Yields
    ------
    callable
        To be called with the number of rows done since the last call.
    """
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    console = Console(stderr=True)
    columns = (TextColumn("Rows"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=open_register(path, None).rows)
        yield lambda rows: progress.advance(task, rows)
