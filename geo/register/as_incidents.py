"""Totals of a register in place of incidents: every view counts their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from geo.errors import Fault, InputError
from geo.incidents.cells import date_spans
from geo.incidents.placing import Located
from geo.register.source import column_names
from geo.register.totals import COLUMNS
from geo.vocabulary import FIELDS, GOODS, NUMBER_FIELDS

if TYPE_CHECKING:
    from pathlib import Path

    from geo.border.frontier import Frontier

__all__ = ["holds_totals", "incidents_of", "place_totals", "read_totals"]

_PLACES = ("border", "far", "none")
_MADE = "totals as shekara register count makes"
_MOST_ROWS = 10**12  # of one total: what is added up stays a whole number


def holds_totals(path: Path) -> bool:
    """Whether a file is a table that :func:`geo.register.totals.count_rows` made, by the names of its columns."""
    if path.is_dir() or path.suffix.lower() not in (".csv", ".parquet"):
        return False
    return {"cell", "place", "rows"} <= set(column_names(path))


def read_totals(path: Path, frontier: Frontier) -> pd.DataFrame:
    """Read totals, columns ``COLUMNS``, text but for ``rows``; all their faults at once."""
    from pyarrow import ArrowException  # noqa: PLC0415  (only where it is used)

    try:
        if path.suffix.lower() == ".csv":
            table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        else:
            table = pd.read_parquet(path)
            table = table[[name for name in COLUMNS if name in table]].astype(object)
            texts = table.columns.drop("rows", errors="ignore")
            table[texts] = table[texts].map(lambda cell: cell if isinstance(cell, str) else "")
    except (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, ArrowException) as error:
        raise InputError([Fault(path.name, None, "", str(error).partition("\n")[0], _MADE)]) from None
    if missing := [name for name in COLUMNS if name not in table]:
        raise InputError([Fault(path.name, None, name, "no such column", _MADE) for name in missing])
    table = table[list(COLUMNS)]
    if table.empty:
        raise InputError([Fault(path.name, None, "", "no totals", "at least one, as shekara register count makes")])
    rows = pd.to_numeric(table["rows"], errors="coerce")
    spans = date_spans(table["date"])
    cells, on_border = frontier.cells, table["place"].eq("border")
    known = on_border & table["cell"].isin(cells.index)
    of_cell = cells.reindex(table["cell"]).set_axis(table.index)
    faults = [
        Fault(path.name, int(row) + 1, name, str(table[name].iloc[row]) if name else "one more", expected)
        for name, wrong, expected in (
            ("rows", ~rows.between(1, _MOST_ROWS) | (rows % 1 != 0), f"a whole number from 1 to {_MOST_ROWS:,}"),
            ("place", ~table["place"].isin(_PLACES), ", ".join(_PLACES)),
            ("cell", on_border & ~known, "a cell of the border in use"),
            ("neighbour", known & table["neighbour"].ne(of_cell["neighbour"]), "that of the cell"),
            ("segment", known & table["segment"].ne(of_cell["segment"]), "that of the cell"),
            ("", table.duplicated(list(COLUMNS[:-1])), "each total once"),
            ("goods", ~table["goods"].isin(GOODS), f"one of {', '.join(GOODS)}"),
            ("date", table["date"].ne("") & spans["date_start"].isna(), "a year or month, as 2024 or 2024-07"),
        )
        for row in np.flatnonzero(wrong)
    ]
    if faults:
        raise InputError(faults)
    return table.assign(rows=rows.astype("int64"))


def incidents_of(totals: pd.DataFrame) -> gpd.GeoDataFrame:
    """Totals in the form of incidents: a line for each total, with the number of ``rows`` that it stands for.

    Of what an incident tells, a register's total tells its border, region, goods and date; all else is unknown.
    """
    on_border = totals["place"].eq("border")
    length = totals["date"].str.len()
    records = pd.DataFrame(
        {
            "id": [f"total-{number:07d}" for number in range(1, len(totals) + 1)],
            "title": [f"{rows:,} rows of a register" for rows in totals["rows"]],
            "date": totals["date"],
            "date_precision": length.map({4: "year", 7: "month"}).fillna("unknown"),
            "date_basis": np.where(length == 0, "none", "event"),
            "date_not_after": totals["date_not_after"],
            "goods": totals["goods"],
            "direction": "unknown",
            "mode": "unknown",
            "neighbour": totals["neighbour"].where(on_border, ""),
            "region_code": totals["region"],
            "location_precision": np.where(on_border, "border", "country"),
            "outcome_class": "unknown",
            "confidence": "medium",  # nobody judged it; every view needs a word
            "recording_side": "unknown",
        }
    )
    for name in FIELDS:
        if name in NUMBER_FIELDS:
            records[name] = np.nan
        elif name not in records:
            records[name] = ""
    records = records[list(FIELDS)].join(date_spans(records["date"], records["date_not_after"]))
    records["rows"] = totals["rows"].to_numpy()
    nowhere = gpd.GeoSeries([None] * len(records), index=records.index, crs="EPSG:4326")
    return gpd.GeoDataFrame(records, geometry=nowhere, crs="EPSG:4326").set_index("id")


def place_totals(totals: pd.DataFrame, incidents: gpd.GeoDataFrame, frontier: Frontier) -> Located:
    """Totals on the border: each in its cell."""
    on_border = totals["place"].eq("border").to_numpy()
    cell = frontier.cells.index.get_indexer(totals["cell"])
    used, placement = np.unique(cell[on_border], return_inverse=True)
    number = np.full(len(totals), -1, np.intp)
    number[on_border] = placement
    one = (np.ones(len(used)), (np.arange(len(used)), used))
    table = incidents.assign(
        border=np.where(on_border, totals["neighbour"], "UNKNOWN"),
        spread=np.where(on_border, "nearest", "none"),
        region_flag=False,
        cell=np.where(on_border, totals["cell"], ""),
        segment=np.where(on_border, totals["segment"], ""),
        weight=np.where(on_border, 1.0, np.nan),
        distance_km=np.nan,
        placement=number,
    )
    return Located(table, csr_array(one, shape=(len(used), len(frontier.cells))), frontier, "rows")
