"""A located register counted: so many rows a cell, category of goods and year, which every view takes as incidents.

A register may hold a hundred million rows; a border has some thousand cells. What a table, an estimate or a map shows
of the rows is their number in each cell, category and year, so that is what is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import Fault, InputError, ShekaraError, UnknownValueError
from geo.files.tables import csv_cell, whole_file
from geo.register.source import open_register
from geo.vocabulary import GOODS

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    import pandas as pd

    from geo.register.source import Addresses, Register

__all__ = ["COLUMNS", "NEAR_KM", "PERIODS", "Totals", "count_rows", "write_totals"]

COLUMNS = ("neighbour", "segment", "cell", "region", "goods", "date", "date_not_after", "place", "rows")
"""Columns of the totals: a row for each that occurs, and how many rows of the register it stands for."""
NEAR_KM = 50.0
"""As far from the border a row still counts for it, unless another distance is chosen."""
PERIODS = {"year": 4, "month": 7}
"""What rows are counted by, and how much of an ISO date that is."""

_KEYS = ("neighbour", "segment", "cell", "region")
_DATE = r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_DAY_FIRST = r"^([0-9]{2})\.([0-9]{2})\.((?:19|20)[0-9]{2})(?: .*)?$"
_SHOWN = 3
_OTHER = "other"
_MOST = 64  # batches whose keys are held before they are joined


class Totals(NamedTuple):
    """A register in numbers.

    Attributes
    ----------
    table
        Columns ``COLUMNS``; ``place`` is ``border`` (near enough to count for it), ``far`` or ``none`` (no point).
        Adds up to the rows of the register.
    unknown_goods
        Values that are none of the vocabulary, counted as ``other``, with how many rows have them.
    undated
        Rows whose date is blank or can't be read.
    unread
        Some of the dates that can't be read.
    first, last
        First and last day that occur; blank where no row has a date.
    """

    table: pd.DataFrame
    unknown_goods: dict[str, int]
    undated: int
    unread: tuple[str, ...]
    first: str
    last: str


def count_rows(
    path: Addresses,
    *,
    goods: str = "",
    date: str = "",
    by: str = "year",
    within_km: float = NEAR_KM,
    prefix: str = "",
    advance: Callable[[int], Any] = int,
    read_goods: Callable[[str], str] | None = None,
) -> Totals:
    """Count the rows of a located register.

    Parameters
    ----------
    path
        What :func:`geo.register.locate_register` wrote, as Parquet; several, or a pattern, as there.
    goods
        Column of the category of goods, in the words of ``docs/data.md``; without one all goods are ``other``.
    date
        Column of the date: dates, times, or text as 2024-07-03 or 03.07.2024; without one no row is dated.
    by
        One of ``PERIODS``. The last of them ends with the last day that occurs.
    within_km
        Farther from the border a row counts for none: nearness alone says little there.
    prefix
        Text before the names of the added columns.
    advance
        Called with the number of rows after each batch.
    read_goods
        Tells the category of other words for goods, "" for none; without it they count as ``other``.

    Returns
    -------
    Totals

    Raises
    ------
    InputError
        When a column is missing.
    """
    if by not in PERIODS:
        raise UnknownValueError("by", by, tuple(PERIODS))
    if not within_km >= 0:
        raise ShekaraError(f"within {within_km} km: a number of 0 or more is needed")
    register = open_register(path, None)
    added = {name: prefix + name for name in (*_KEYS, "distance_km")}
    wanted = [*added.values(), *(name for name in (goods, date) if name)]
    missing = [name for name in wanted if name not in register.schema.names]
    if missing or register.is_csv:
        _refuse_columns(path, register, missing, {"--goods-column": goods, "--date-column": date}, prefix)
    _require_added(register, added)
    counted: list[pa.Table] = []
    seen = _Seen(PERIODS[by])
    for batch in (batch for part in register.parts for batch in register.batches(part, wanted)):
        counted.append(_count(_keyed(batch, added, (goods, date), within_km, seen)))
        advance(batch.num_rows)
        if len(counted) > _MOST:
            counted = [_count(pa.concat_tables(counted))]
    if not counted:
        raise ShekaraError(f"{path}: no rows")
    return _tidy(_count(pa.concat_tables(counted)).to_pandas(), seen, read_goods or str)


def write_totals(table: pd.DataFrame, path: str | Path) -> None:
    """Write totals to a .csv or .parquet file, whole or not at all."""
    ending = Path(path).suffix.lower()
    if ending not in (".csv", ".parquet"):
        raise ShekaraError(f"{path}: totals are .csv or .parquet, found {ending or 'no ending'!r}")
    with whole_file(path) as draft:
        if ending == ".csv":
            table.map(csv_cell).to_csv(draft, index=False, lineterminator="\n")
        else:
            table.to_parquet(draft, index=False)


def _count(table: pa.Table) -> pa.Table:
    """Rows of each key."""
    keys = [name for name in COLUMNS if name in table.column_names and name != "rows"]
    return table.group_by(keys).aggregate([("rows", "sum")]).rename_columns([*keys, "rows"])


def _refuse_columns(
    path: Addresses, register: Register, missing: list[str], asked: dict[str, str], prefix: str
) -> NoReturn:
    """Say which columns there are, or how a table gets those that are counted."""
    names = list(register.schema.names)
    own = [name for name in missing if name not in asked.values()]
    if own or register.is_csv:
        shown = str(path) if isinstance(path, str | Path) else " ".join(map(str, path))
        hint = " (--prefix as it was given to locate)" if prefix else ""
        raise ShekaraError(
            f"{shown} isn't located{hint}, or not as .parquet: run shekara register locate first: "
            f"shekara register locate {shown} -o {Path(register.path.name).stem}.located.parquet"
        )
    faults = [
        Fault(str(register.path), None, option, f"no column {name!r}", f"one of {', '.join(names)}")
        for option, name in asked.items()
        if name in missing
    ]
    raise InputError(faults)


def _require_added(register: Register, added: dict[str, str]) -> None:
    """Make sure that the columns are of the kinds that placing adds, not a register's own of the same names."""
    faults = []
    for name, column in added.items():
        kind = register.schema.field(column).type
        text = kind.value_type if pa.types.is_dictionary(kind) else kind
        sound = pa.types.is_floating(kind) if name == "distance_km" else pa.types.is_string(text)
        if not sound:
            expected = "the column that shekara register locate adds; with --prefix if it was given one"
            faults.append(Fault(str(register.path), None, column, f"a column of {kind}", expected))
    if faults:
        raise InputError(faults)


@dataclass
class _Seen:
    """Dates met so far: the first and the last day, and some texts that are none.

    ``length`` is how much of an ISO date rows are counted by.
    """

    length: int
    first: str = ""
    last: str = ""
    unread: tuple[str, ...] = ()

    def dates(self, column: pa.Array) -> pa.Array:
        """Years or months as text, blank where there is no day."""
        if pa.types.is_temporal(column.type):
            days = pc.strftime(column, "%Y-%m-%d")
        else:
            days = pc.utf8_trim_whitespace(column.cast(pa.string()))
            days = pc.replace_substring_regex(days, _DAY_FIRST, r"\3-\2-\1")
        text = pc.utf8_slice_codeunits(days, 0, len("2024-07-03"))
        whole = pc.fill_null(pc.match_substring_regex(text, _DATE), fill_value=False)
        # A few thousand days occur however many rows there are.
        real = pa.array([day for day in pc.unique(text.filter(whole)).to_pylist() if _is_day(day)], text.type)
        is_day = pc.is_in(text, real)
        odd = pc.unique(days.filter(pc.and_(pc.invert(is_day), pc.fill_null(pc.not_equal(days, ""), fill_value=False))))
        self.unread = tuple(dict.fromkeys([*self.unread, *odd[:_SHOWN].to_pylist()]))[:_SHOWN]
        if len(real):
            self.first = min(self.first or "9", pc.min(real).as_py())
            self.last = max(self.last, pc.max(real).as_py())
        return pc.utf8_slice_codeunits(pc.if_else(is_day, text, ""), 0, self.length)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _keyed(
    batch: pa.RecordBatch, added: dict[str, str], named: tuple[str, str], within_km: float, seen: _Seen
) -> pa.Table:
    """The keys of each row as text."""
    goods, dated = named
    gap = pc.fill_null(batch.column(added["distance_km"]), np.nan)
    there, near = pc.is_finite(gap), pc.less_equal(gap, within_km)
    keys = {name: _text(batch.column(added[name])) for name in _KEYS}
    for name in ("neighbour", "segment", "cell"):
        keys[name] = pc.if_else(near, keys[name], "")
    keys["goods"] = pc.utf8_trim_whitespace(_text(batch.column(goods))) if goods else _all(_OTHER, batch.num_rows)
    keys["date"] = seen.dates(batch.column(dated)) if dated else _all("", batch.num_rows)
    keys["place"] = pc.if_else(there, pc.if_else(near, "border", "far"), "none")
    keys["rows"] = _all(1, batch.num_rows)
    return pa.table(keys)


def _all(value: str | int, number: int) -> pa.Array:
    return pa.repeat(value, number)


def _text(column: pa.Array) -> pa.Array:
    return pc.fill_null(column.cast(pa.string()), "")


def _tidy(table: pd.DataFrame, seen: _Seen, read_goods: Callable[[str], str]) -> Totals:
    words = {name: read_goods(name) or name for name in table["goods"].unique() if name not in GOODS}
    table["goods"] = table["goods"].replace(words)
    known = table["goods"].isin(GOODS)
    unknown = table[~known].groupby("goods")["rows"].sum().sort_values(ascending=False)
    table["goods"] = table["goods"].where(known, _OTHER)
    keys = [name for name in COLUMNS if name not in {"date_not_after", "rows"}]
    table = table.groupby(keys)["rows"].sum().reset_index()
    # The last year or month is known to its last day only: rates are for the days that the register covers.
    newest = (table["date"] != "") & (table["date"] == seen.last[: seen.length])
    table["date_not_after"] = np.where(newest, seen.last, "")
    undated = int(table.loc[table["date"] == "", "rows"].sum())
    return Totals(
        table[list(COLUMNS)],
        {str(name): int(rows) for name, rows in unknown.items()},
        undated,
        seen.unread,
        seen.first,
        seen.last,
    )
