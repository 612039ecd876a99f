"""Raw cells to typed columns: text that is never null, numbers that are floats, dates with their span."""

from __future__ import annotations

import math
import re
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from geo.errors import Fault
from geo.files.plain_tables import PRIVATE, Faults, name_row, show
from geo.vocabulary import FIELDS, NUMBER_FIELDS

__all__ = [
    "ARTICLE",
    "ARTICLES",
    "CALENDAR",
    "URL",
    "Rule",
    "date_spans",
    "private_rows",
    "public_only",
    "type_cells",
    "type_numbers",
    "type_text",
]

URL = r"[Hh][Tt][Tt][Pp][Ss]?://[^\s/]+\S*"
"""Form of an address."""

ARTICLE = r"[0-9]+(?:[-.][0-9]+)?"
"""Form of the number of an article of law."""

ARTICLES = rf"unknown|Art\. {ARTICLE}(?:; Art\. {ARTICLE})*"
"""Form of a legal scope that is given."""

CALENDAR = "a day, month or year that exists, as 2024-03-07, 2024-03 or 2024, between 1900 and 2099"
"""What a date is, for a reader."""

Rule = tuple[str, "pd.Series[bool]", str]
"""A field, the rows that break a rule, and what was expected."""


Rows = TypeVar("Rows", bound=pd.DataFrame)

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
# No control characters but tab and line ends, and no half of a surrogate pair: no file could carry it.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_UNPRINTABLE_LINE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_ONE_LINE = ("id", "legal_scope", "source_url", "other_urls", "possible_same_as")
_DATE = r"(?:19|20)[0-9]{2}(?:-[0-9]{2}(?:-[0-9]{2})?)?"


def type_cells(table: pd.DataFrame, file: str) -> tuple[pd.DataFrame, Faults]:
    """Give every field of an incident table its type.

    Parameters
    ----------
    table
        Raw cells (dtype object, 0-based index); fields that are absent come out blank.
    file
        Name of the file, for the faults.

    Returns
    -------
    tuple
        A frame of the fields, ``private`` where some row is, ``date_start``, ``date_end``, ``lon``, ``lat``; and the
        faults of cells that hold something else than text or a number. Such cells come out blank.
    """
    faults: Faults = {}
    columns: dict[str, pd.Series[Any]] = {}
    ids, id_faults = type_text(table, "id", file)
    for field in FIELDS:
        if field in NUMBER_FIELDS:
            columns[field], wrong = type_numbers(table, field, file, ids)
        else:
            columns[field], wrong = (ids, id_faults) if field == "id" else type_text(table, field, file, ids)
        faults |= wrong
    marks, wrong = type_text(table, PRIVATE, file, ids)
    faults |= wrong
    if not marks.isin(["", "no"]).all():
        columns[PRIVATE] = marks.replace("no", "")
    spans = date_spans(columns["date"], columns["date_not_after"])
    columns |= {name: spans[name] for name in ("date_start", "date_end")}
    for field in ("lon", "lat"):
        columns[field], wrong = type_numbers(table, field, file, ids)
        faults |= wrong
    return pd.DataFrame(columns), faults


def public_only(incidents: Rows) -> Rows:
    """The rows that may be published: as if none of the others had ever been in the table."""
    if PRIVATE not in incidents:
        return incidents
    return incidents[~private_rows(incidents)].drop(columns=PRIVATE)


def private_rows(incidents: pd.DataFrame) -> pd.Series[bool]:
    """Whether each row is marked private, on the caller's index."""
    marks = incidents[PRIVATE] if PRIVATE in incidents else pd.Series("", index=incidents.index, dtype=str)
    return marks == "yes"


def date_spans(text: pd.Series[str], limit: pd.Series[str] | None = None) -> pd.DataFrame:
    """First and last day that a date can mean.

    Parameters
    ----------
    text
        ISO dates to the day, month or year; blank when undated.
    limit
        Latest possible dates, of the same form; where given they cut the span off.

    Returns
    -------
    pandas.DataFrame
        ``date_start`` and ``date_end`` (datetime64), NaT where the text is blank or no date between 1900 and
        2099; on the index of `text`.

    Examples
    --------
    >>> spans = date_spans(pd.Series(["2024-02", "2019", "2024-13-40"]))
    >>> spans["date_end"].dt.strftime("%Y-%m-%d").tolist()
    ['2024-02-29', '2019-12-31', nan]
    """
    readable = text.where(text.str.fullmatch(_DATE), "")
    length = readable.str.len().to_numpy()
    whole = (readable + "-01-01").str[:10].where(length > 0)
    start = pd.to_datetime(whole, format="%Y-%m-%d", errors="coerce").astype("datetime64[ns]")
    day = start.to_numpy().astype("datetime64[D]")
    one_day = np.timedelta64(1, "D")
    month_end = (day.astype("datetime64[M]") + np.timedelta64(1, "M")).astype("datetime64[D]") - one_day
    year_end = (day.astype("datetime64[Y]") + np.timedelta64(1, "Y")).astype("datetime64[D]") - one_day
    last = np.select([length == len("2024"), length == len("2024-03")], [year_end, month_end], day)
    end = pd.Series(last.astype("datetime64[ns]"), index=text.index)
    if limit is not None:
        latest = date_spans(limit)["date_end"]
        end = end.mask((latest >= start) & (latest < end), latest)
    return pd.DataFrame({"date_start": start, "date_end": end})


def type_text(
    table: pd.DataFrame, field: str, file: str, ids: pd.Series[str] | None = None
) -> tuple[pd.Series[str], Faults]:
    """Give a field of text its type.

    Parameters
    ----------
    table
        Raw cells (dtype object, 0-based index).
    field
        Name of the column; where it is absent, every cell counts as blank.
    file, ids
        Name of the file and ids of the records, for the faults.

    Returns
    -------
    tuple
        The column, never null, blank for blanks alone, and the faults of cells that hold something else than text or
        control characters. Such cells come out blank.
    """
    if field not in table:
        return pd.Series("", index=table.index, dtype=str), {}
    raw = table[field]
    values = ["" if isinstance(one, str) and not one.strip() else one for one in raw.where(raw.notna(), "").tolist()]
    faults: Faults = {}
    unprintable = _UNPRINTABLE_LINE if field in _ONE_LINE else _UNPRINTABLE
    if not all(type(value) is str for value in values) or unprintable.search("".join(values)):
        for row, value in enumerate(values):
            if type(value) is not str:
                expected = "text"
            elif unprintable.search(value):
                expected = "text without control characters"
            else:
                continue
            faults[row, field] = Fault(file, _where(ids, row), field, show(value), expected)
            values[row] = ""
    return pd.Series(values, index=table.index, dtype=str), faults


def type_numbers(
    table: pd.DataFrame, field: str, file: str, ids: pd.Series[str] | None = None
) -> tuple[pd.Series[float], Faults]:
    """Give a field of numbers its type.

    Parameters
    ----------
    table, field, file, ids
        As in :func:`type_text`; a number may be written as text.

    Returns
    -------
    tuple
        The column (float64), NaN where a cell is blank or at fault, and the faults of cells that hold no number.
    """
    if field not in table:
        return pd.Series(np.nan, index=table.index, dtype="float64"), {}
    numbers, faults = [], {}
    for row, value in enumerate(table[field].tolist()):
        number = _to_number(value)
        if number is None:
            expected = "a number written as 1250 or 0.5, or nothing"
            faults[row, field] = Fault(file, _where(ids, row), field, show(value), expected)
        numbers.append(math.nan if number is None else number)
    return pd.Series(numbers, index=table.index, dtype="float64"), faults


def _to_number(value: Any) -> float | None:
    """Read a cell as a number: NaN for a blank one, None for what is none."""
    if value is None or value is pd.NA:
        return math.nan
    if isinstance(value, str):
        stripped = value.strip()
        if not stripped:
            return math.nan
        if _NUMBER.fullmatch(stripped) is None:
            return None
        value = stripped
    elif isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.number):
        return None
    try:
        number = float(value)
    except (OverflowError, TypeError):
        return None
    return None if math.isinf(number) else number


def _where(ids: pd.Series[str] | None, row: int) -> int | str:
    return name_row(row + 1, "" if ids is None else ids.iloc[row])
