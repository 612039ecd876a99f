"""Choose incidents: which to keep, what that leaves out, and how many each further choice would bring."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.border.codes import read_border_codes
from geo.errors import ShekaraError, UnknownValueError
from geo.facets import SELECTABLE, WEIGHTS, facet
from geo.incidents.reading import border_of, records_of_rows
from geo.vocabulary import OFF_BORDER, UNITS

if TYPE_CHECKING:
    from collections.abc import Collection

    import geopandas as gpd
    import numpy.typing as npt

    from geo.incidents.reading import Kind

    Mask = npt.NDArray[np.bool_]

__all__ = [
    "RATES_SINCE", "Selection", "check_selection", "choices", "has_dates", "in_period", "is_scaled", "known_values",
    "left_out", "of_all_goods", "parse_min_quantity", "rate_period", "select", "years_of",
]  # fmt: skip

RATES_SINCE = date(2015, 1, 1)
"""First day of the period that rates are for, unless one is chosen: before it, records are thin."""

_DAYS_A_YEAR = 365.25
_QUANTITY = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*([A-Za-z][A-Za-z0-9]*)\s*")


@dataclass(frozen=True)
class Selection:
    """Choice of incidents to keep. An empty tuple sets no limit; values of one field are alternatives, fields add up.

    Attributes
    ----------
    goods, direction, mode, clue, recording_side, confidence
        Values of :mod:`geo.vocabulary`.
    neighbour
        Borders as :func:`geo.incidents.reading.border_of` gives them: lines, ``AIR``, ``POST``, ``UNKNOWN``.
    agency
        Whole names of agencies.
    since, until
        First and last day. Kept are dated records whose whole span lies between, both days included.
    min_quantity
        Least quantity and its unit. Kept are records in that unit, kg and t being one, with at least as much.
    include_refused
        Whether to keep consignments that were merely refused entry (no smuggling alleged).
    """

    goods: tuple[str, ...] = ()
    neighbour: tuple[str, ...] = ()
    direction: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    clue: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()
    recording_side: tuple[str, ...] = ()
    confidence: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    min_quantity: tuple[float, str] | None = None
    include_refused: bool = False

    def __post_init__(self) -> None:
        for field in SELECTABLE:
            value: str | Collection[str] = getattr(self, field)
            object.__setattr__(self, field, (value,) if isinstance(value, str) else tuple(value))
        for name in ("since", "until"):
            day = getattr(self, name)
            if isinstance(day, datetime):
                object.__setattr__(self, name, day.date())
        if self.since is not None and self.until is not None and self.since > self.until:
            raise ShekaraError(f"the period begins after it ends: since {self.since}, until {self.until}")
        if self.min_quantity is not None:
            least, unit = self.min_quantity
            if unit not in UNITS:
                raise UnknownValueError("unit", unit, UNITS)
            if not 0 <= least < float("inf"):
                raise ShekaraError(f"min_quantity {least}: a number of 0 or more is needed")


def of_all_goods(selection: Selection) -> Selection:
    """The selection without its goods and least quantity: an estimate takes those as shares of that of all goods."""
    return replace(selection, goods=(), min_quantity=None)


def is_scaled(selection: Selection) -> bool:
    """Whether the estimate of a selection is a share of that of all goods."""
    return selection != of_all_goods(selection)


def parse_min_quantity(text: str) -> tuple[float, str]:
    """Read a least quantity as people write it on a command line.

    Parameters
    ----------
    text
        A number and a unit of :data:`geo.vocabulary.UNITS`.

    Returns
    -------
    tuple of float and str
        The quantity and its unit.

    Raises
    ------
    ShekaraError
        When the text isn't a number and a unit; :class:`geo.errors.UnknownValueError` when the unit is none
        of the vocabulary.

    Examples
    --------
    >>> parse_min_quantity("2.5 t")
    (2.5, 't')
    """
    match = _QUANTITY.fullmatch(text)
    if match is None:
        raise ShekaraError(f"min_quantity {text!r}: write a number and a unit, as '100 kg' or '2.5 t'")
    number, unit = match.groups()
    known = {name.casefold(): name for name in UNITS}
    if unit.casefold() not in known:
        raise UnknownValueError("unit", unit, UNITS)
    return float(number), known[unit.casefold()]


def select(
    incidents: gpd.GeoDataFrame, selection: Selection, *, neighbours: Collection[str] | None = None
) -> gpd.GeoDataFrame:
    """Keep the incidents that a selection chooses.

    Parameters
    ----------
    incidents
        As :func:`geo.incidents.reading.read_incidents` gives them.
    selection
        What to keep.
    neighbours
        Codes of the border lines that may be chosen; by default those of the built-in border and of the
        incidents.

    Returns
    -------
    geopandas.GeoDataFrame
        The kept rows, in the same order.

    Raises
    ------
    UnknownValueError
        When a chosen value is none that the field can have; the message lists those.
    """
    check_selection(incidents, selection, neighbours=neighbours)
    return incidents[_all(_tests(incidents, selection), len(incidents))]


def left_out(
    incidents: gpd.GeoDataFrame,
    selection: Selection,
    *,
    neighbours: Collection[str] | None = None,
    kind: Kind = "incidents",
) -> dict[str, int]:
    """Count what a selection leaves out for a single reason that a reader should be told of.

    A record counts under a reason when everything else in the selection would keep it, so each count is what
    lifting that one limit brings in.

    Parameters
    ----------
    incidents, selection, neighbours
        As in :func:`select`.
    kind
        As :class:`geo.Located` has it.

    Returns
    -------
    dict
        ``refused``: merely refused entry. ``undated``: a period is chosen and the record has no date.
        ``partly_outside``: the span of its date reaches out of the period. ``no_comparable_quantity``: a
        least quantity is chosen and the record has none, or one in a unit that can't be compared.
    """
    check_selection(incidents, selection, neighbours=neighbours)
    tests, records = _tests(incidents, selection), records_of_rows(incidents, kind)

    def alone(test: str, reason: Mask) -> int:
        others = {name: passed for name, passed in tests.items() if name != test}
        return int(records[_all(others, len(incidents)) & ~tests[test] & reason].sum()) if test in tests else 0

    undated = incidents["date_start"].isna().to_numpy()
    begins = pd.Timestamp.min if selection.since is None else pd.Timestamp(selection.since)
    ends = pd.Timestamp.max if selection.until is None else pd.Timestamp(selection.until)
    touching = ((incidents["date_end"] >= begins) & (incidents["date_start"] <= ends)).to_numpy()
    unit = "" if selection.min_quantity is None else selection.min_quantity[1]
    return {
        "refused": alone("refused", np.ones(len(incidents), dtype=bool)),
        "undated": alone("period", undated),
        "partly_outside": alone("period", touching),
        "no_comparable_quantity": alone("quantity", np.isnan(_amounts(incidents, unit))),
    }


def choices(
    incidents: gpd.GeoDataFrame, selection: Selection, field: str, *, neighbours: Collection[str] | None = None
) -> pd.Series[int]:
    """Count the incidents behind each choice that a field offers, under what the other filters leave.

    Parameters
    ----------
    incidents, selection, neighbours
        As in :func:`select`.
    field
        One of :data:`geo.facets.SELECTABLE`.

    Returns
    -------
    pandas.Series
        Counts on an index named like the field, zeros kept: in the order of the vocabulary; agencies by their
        number of incidents before any filter. A record of several agencies counts under each.
    """
    if field not in SELECTABLE:
        raise UnknownValueError("field", field, SELECTABLE)
    check_selection(incidents, selection, neighbours=neighbours)
    tests = _tests(incidents, selection)
    tests.pop(field, None)
    known, values = known_values(incidents, field, neighbours), _values(incidents, field)
    left = incidents.index[_all(tests, len(incidents))]
    counts = values[values.index.isin(left)].value_counts().reindex(list(known), fill_value=0)
    return counts.astype("int64").rename("incidents").rename_axis(field)


def in_period(incidents: pd.DataFrame, period: tuple[date, date]) -> pd.Series[bool]:
    """Incidents dated inside a period, with the whole span that the date may mean, both ends included."""
    since, until = (pd.Timestamp(day) for day in period)
    return (incidents["date_start"] >= since) & (incidents["date_end"] <= until)


def years_of(period: tuple[date, date]) -> float:
    """Length of a period in years, first and last day included."""
    return ((period[1] - period[0]).days + 1) / _DAYS_A_YEAR


def has_dates(incidents: pd.DataFrame) -> bool:
    """Whether any incident has a date; without one there is no rate."""
    return bool(incidents["date_start"].notna().any())


def rate_period(incidents: gpd.GeoDataFrame, selection: Selection) -> tuple[date, date]:
    """Period that rates are for: what is chosen, else 2015 to the newest record.

    Records that begin later than 2015 are not divided by years they don't cover: their period begins with the year of
    the oldest.

    Parameters
    ----------
    incidents
        All incidents, unfiltered, so that a filter doesn't change the length of the period.
    selection
        Its ``since`` and ``until``.

    Returns
    -------
    tuple of datetime.date
        First and last day. Where the newest record is older than 2015, the period begins with the oldest
        one's year; where it would end before it begins, it is the year of its beginning.
    """
    newest, oldest = incidents["date_end"].max(), incidents["date_start"].min()
    until = selection.until or (None if pd.isna(newest) else newest.date())
    first = RATES_SINCE if pd.isna(oldest) else max(RATES_SINCE, date(oldest.year, 1, 1))
    since = selection.since or first
    if selection.since is None and until is not None and until < since:
        since = date(until.year if pd.isna(oldest) else min(oldest.year, until.year), 1, 1)
    if until is None or until < since:
        until = date(since.year, 12, 31)
    return since, until


def check_selection(
    incidents: gpd.GeoDataFrame, selection: Selection, *, neighbours: Collection[str] | None = None
) -> None:
    """Raise UnknownValueError, with those that are, for the first chosen value that is none of its field's."""
    for field in SELECTABLE:
        chosen = getattr(selection, field)
        if not chosen:
            continue
        known = known_values(incidents, field, neighbours)
        for value in chosen:
            if value not in known:
                raise UnknownValueError(field, value, known)


def known_values(incidents: gpd.GeoDataFrame, field: str, neighbours: Collection[str] | None = None) -> tuple[str, ...]:
    """Every value that a field of a selection can have in these data.

    Parameters
    ----------
    incidents, field, neighbours
        As in :func:`choices`.

    Returns
    -------
    tuple of str
        In the order of the vocabulary; agencies by their number of incidents.
    """
    if facet(field).vocabulary:
        return facet(field).vocabulary
    if facet(field).parted:
        counts = _values(incidents, field).value_counts()
        return tuple(sorted(counts.index, key=lambda name: (-counts[name], name)))
    codes = read_border_codes().neighbours if neighbours is None else tuple(neighbours)
    stated = sorted(set(incidents["neighbour"]) - {""})
    return tuple(dict.fromkeys([*codes, *stated, *OFF_BORDER]))


def _values(incidents: gpd.GeoDataFrame, field: str) -> pd.Series[str]:
    if field == "neighbour":
        return incidents["border"] if "placement" in incidents else border_of(incidents)
    values: pd.Series[str] = incidents[field]
    if facet(field).parted:
        names = values.str.split("; ").explode()
        return names[names != ""]
    return values


def _tests(incidents: gpd.GeoDataFrame, selection: Selection) -> dict[str, Mask]:
    """Name of each limit that the selection sets → which incidents pass it."""
    tests: dict[str, Mask] = {}
    for field in SELECTABLE:
        chosen = getattr(selection, field)
        if chosen:
            matches = _values(incidents, field).isin(chosen)
            # An incident of several agencies has several values; one of them is enough.
            parted = facet(field).parted
            tests[field] = incidents.index.isin(matches.index[matches]) if parted else matches.to_numpy(dtype=bool)
    if not selection.include_refused:
        tests["refused"] = (incidents["outcome_class"] != "refused_entry").to_numpy()
    if selection.since is not None or selection.until is not None:
        inside = incidents["date_start"].notna()
        if selection.since is not None:
            inside &= incidents["date_start"] >= pd.Timestamp(selection.since)
        if selection.until is not None:
            inside &= incidents["date_end"] <= pd.Timestamp(selection.until)
        tests["period"] = inside.to_numpy()
    if selection.min_quantity is not None:
        least, unit = selection.min_quantity
        tests["quantity"] = _amounts(incidents, unit) >= least * WEIGHTS.get(unit, 1.0)
    return tests


def _all(tests: dict[str, Mask], length: int) -> Mask:
    passed = np.ones(length, dtype=bool)
    for test in tests.values():
        passed &= test
    return passed


def _amounts(incidents: gpd.GeoDataFrame, unit: str) -> npt.NDArray[np.float64]:
    """Quantities comparable with a unit (in kg where it is a weight), NaN for all others."""
    comparable = WEIGHTS if unit in WEIGHTS else {unit: 1.0}
    factor = incidents["unit"].map(comparable).astype("float64")
    amounts: npt.NDArray[np.float64] = (incidents["quantity"] * factor).to_numpy()
    return amounts
