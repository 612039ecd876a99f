"""Statements by agencies: read them and check them. What they are set beside is decided elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.border.codes import read_border_codes
from geo.claims.scopes import excluded_terms, read_claim_rules
from geo.errors import Fault, InputError
from geo.files.plain_tables import list_faults, name_row, parse_csv, show
from geo.incidents.cells import ARTICLES, CALENDAR, URL, date_spans, type_numbers, type_text
from geo.language.texts import read_country
from geo.paths import data_path
from geo.vocabulary import GOODS, UNITS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from geo.files.plain_tables import Faults
    from geo.incidents.cells import Rule

__all__ = ["CLAIM_FIELDS", "CLAIM_TYPES", "check_claims", "claim_units", "read_claims", "type_claims"]

CLAIM_TYPES: tuple[str, ...] = ("count", "none", "amount", "no_data", "not_our_job", "law", "cooperation", "other")
_UNITS: tuple[str, ...] = ("case", *UNITS, "percent", "person", "channel", "region", "country", "bill", "MCI", "other")
"""Units of a figure beside the country's money: cases, the units of goods, and what no record is counted in."""

CLAIM_FIELDS: tuple[str, ...] = (
    "id",
    "agency",
    "agency_detail",
    "claim",
    "claim_type",
    "metric",
    "value",
    "unit",
    "goods",
    "goods_scope",
    "neighbour",
    "border_scope",
    "period_start",
    "period_end",
    "stated_on",
    "source_url",
    "source_publisher",
    "notes",
    "legal_scope",
)
"""The fields of a statement, in their order."""

_OPTIONAL = ("agency_detail", "border_scope", "source_publisher", "notes")


def read_claims(path: str | Path | None = None, *, borders: str | Path | None = None) -> pd.DataFrame:
    """Read statements by agencies into a frame, one row each.

    Parameters
    ----------
    path
        CSV with the fields of :data:`CLAIM_FIELDS`; the built-in statements by default.
    borders
        Folder of the border files whose codes the statements may use; the built-in one by default.

    Returns
    -------
    pandas.DataFrame
        Index ``id`` (text, unique), the other fields in order, then ``date_start`` and ``date_end`` (datetime64):
        first and last day of the period that the statement is about, NaT where it names none. A period without
        an end runs up to the last day that ``stated_on`` can mean. Blank text is "", a missing number NaN.

    Raises
    ------
    InputError
        When the file can't be used; carries every fault found in it.

    Examples
    --------
    >>> claims = read_claims()
    >>> claims.loc["knb-bs-2025-year-17541", ["agency", "unit", "date_end"]].astype(str).tolist()
    ['KNB Border Service', 'case', '2025-12-31 00:00:00']
    """
    frame, faults = _read(data_path("claims.csv") if path is None else Path(path), borders)
    if faults:
        raise InputError(faults)
    return frame.set_index("id")


def claim_units() -> tuple[str, ...]:
    """Units of a statement's figure; ``other``: see the metric."""
    return (*_UNITS, read_country()["currency"])


def check_claims(path: str | Path | None = None, *, borders: str | Path | None = None) -> list[Fault]:
    """Find every fault of a file of statements at once.

    Parameters
    ----------
    path, borders
        As in :func:`read_claims`.

    Returns
    -------
    list of Fault
        In the order of the rows; empty when the file is sound.

    Examples
    --------
    >>> check_claims()
    []
    """
    try:
        return _read(data_path("claims.csv") if path is None else Path(path), borders)[1]
    except InputError as error:
        return error.faults


# -- from the file to typed columns ---------------------------------------------------------------


def _read(file: Path, borders: str | Path | None) -> tuple[pd.DataFrame, list[Fault]]:
    raw, ragged = parse_csv(file, CLAIM_FIELDS, "statement", may_be_empty=True)
    missing = [name for name in CLAIM_FIELDS if name not in raw and name not in _OPTIONAL]
    if missing:
        raise InputError(
            Fault(file.name, None, name, "no such field", "a field of every statement") for name in missing
        )
    frame, faults = type_claims(raw, file.name, read_border_codes(borders).neighbours)
    return frame, list_faults(ragged, faults, CLAIM_FIELDS)


def type_claims(raw: pd.DataFrame, file: str, neighbours: Collection[str] = ()) -> tuple[pd.DataFrame, Faults]:
    """Give raw cells of statements their types, and find their faults.

    Parameters
    ----------
    raw
        Cells (dtype object, 0-based index) with the fields of :data:`CLAIM_FIELDS`.
    file
        Name of the file, for the faults.
    neighbours
        Codes of borders that a statement may name; none: they aren't checked.

    Returns
    -------
    tuple
        The columns that :func:`read_claims` gives, with ``id`` as one of them, and the faults.
    """
    frame, faults = _type(raw, file)
    for field, broken, expected in _rules(frame, neighbours):
        for row in np.flatnonzero(broken.to_numpy()).tolist():
            where = name_row(row + 1, frame["id"].iloc[row])
            fault = Fault(file, where, field, show(raw[field].iloc[row]), expected)
            faults.setdefault((row, field), fault)
    return frame, faults


def _type(raw: pd.DataFrame, file: str) -> tuple[pd.DataFrame, Faults]:
    columns: dict[str, pd.Series] = {}
    columns["id"], faults = type_text(raw, "id", file)
    for field in CLAIM_FIELDS[1:]:
        reader = type_numbers if field == "value" else type_text
        columns[field], wrong = reader(raw, field, file, columns["id"])
        faults |= wrong
    start, end, stated = (date_spans(columns[name]) for name in ("period_start", "period_end", "stated_on"))
    open_end = columns["period_end"].eq("") & start["date_start"].notna()
    columns["date_start"] = start["date_start"]
    columns["date_end"] = end["date_end"].where(~open_end, stated["date_end"])
    return pd.DataFrame(columns), faults


# -- rules ----------------------------------------------------------------------------------------


def _rules(frame: pd.DataFrame, neighbours: Collection[str]) -> Iterator[Rule]:
    ids = frame["id"]
    unique = "an id of its own, without spaces and semicolons"
    yield "id", ids.duplicated(keep=False) | ~ids.str.fullmatch(r"[^\s;]+"), unique
    speaker = _blank(frame["agency"]) | frame["agency"].str.contains(";")
    yield "agency", speaker, "the one agency or body that made the statement; write a row for each"
    yield "claim", _blank(frame["claim"]), "a sentence that says what was stated"
    yield "claim_type", ~frame["claim_type"].isin(CLAIM_TYPES), f"one of {', '.join(CLAIM_TYPES)}"
    source = "the address of a public source, http:// or https://; without one a statement is refused"
    yield "source_url", ~frame["source_url"].str.fullmatch(URL), source
    law = "'unknown', or the articles as 'Art. 234; Art. 286'"
    yield "legal_scope", ~frame["legal_scope"].str.fullmatch(ARTICLES), law
    yield from _figure_rules(frame)
    yield from _goods_rules(frame)
    if neighbours:
        lines = ~frame["neighbour"].map(lambda cell: _is_list(cell, neighbours)).astype(bool) & frame["neighbour"].ne(
            ""
        )
        yield "neighbour", lines, f"blank, or one or more of {', '.join(neighbours)}, separated by '; '"
    yield from _period_rules(frame)


def _figure_rules(frame: pd.DataFrame) -> Iterator[Rule]:
    value, unit = frame["value"], frame["unit"]
    units = ", ".join(claim_units())
    yield "unit", ~unit.isin(["", *claim_units()]), f"blank or one of {units}"
    yield "unit", value.notna() & unit.eq(""), f"the unit of the value: one of {units}"
    yield "value", value < 0, "a number of 0 or more, or blank where the source gives none"
    none = frame["claim_type"].eq("none") & value.notna() & value.ne(0)
    yield "value", none, "0 or blank, since the claim_type is none"
    yield "metric", value.notna() & _blank(frame["metric"]), "what the value counts, since one is given"


def _goods_rules(frame: pd.DataFrame) -> Iterator[Rule]:
    goods, scope = frame["goods"], frame["goods_scope"]
    known = f"'all', or one or more of {', '.join(GOODS)}, separated by '; '"
    yield "goods", ~goods.map(lambda cell: cell == "all" or _is_list(cell, GOODS)), known
    terms = read_claim_rules().goods_terms
    excluded = scope.map(lambda cell: excluded_terms(cell, terms))
    unknown = excluded.map(lambda exclusions: exclusions is not None and any(not matches for _, matches in exclusions))
    words = ", ".join(dict.fromkeys([*(term.term for term in terms), *GOODS]))
    yield "goods_scope", unknown, f"after 'all except', words separated by ', ' out of: {words}"
    partial = excluded.notna() & goods.ne("all")
    yield "goods", partial, "'all', since goods_scope says 'all except'"


def _period_rules(frame: pd.DataFrame) -> Iterator[Rule]:
    for field in ("period_start", "period_end", "stated_on"):
        dated = date_spans(frame[field])["date_start"].notna()
        yield field, frame[field].ne("") & ~dated, f"blank or {CALENDAR}"
    endless = frame["period_end"].ne("") & frame["period_start"].eq("")
    yield "period_start", endless, "the first day, since a period_end is given"
    start, end = frame["date_start"], frame["date_end"]
    yield "period_end", frame["period_end"].ne("") & (end < start), "a date that is not before period_start"
    early = frame["period_end"].eq("") & (end < start)
    yield "stated_on", early, "a date that is not before period_start, or a period_end"


def _blank(column: pd.Series[str]) -> pd.Series[bool]:
    return column.str.strip().eq("")


def _is_list(cell: str, known: Collection[str]) -> bool:
    values = cell.split("; ")
    return set(values) <= set(known) and len(set(values)) == len(values)
