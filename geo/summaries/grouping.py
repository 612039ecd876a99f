"""Shares of each incident in each border, segment, region, crossing, goods category, agency or year."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, vstack

from geo.errors import UnknownValueError
from geo.vocabulary import GOODS, OFF_BORDER

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.incidents.placing import Located

__all__ = ["KINDS", "NOT_STATED", "Groups", "group", "indicator"]

NOT_STATED = "not stated"
_AIR, _POST, _UNKNOWN = OFF_BORDER
_OFF_BORDER = {_AIR: "by air", _POST: "by post", _UNKNOWN: "border not stated"}
_OFF_BORDER_ROWS = {_UNKNOWN: "no border near, or no point"}


class Groups(NamedTuple):
    """Rows of a table, a key and labels each, and the share of each incident in each, sparse (groups, incidents)."""

    labels: pd.DataFrame
    share: csr_array


def group(located: Located, by: str) -> Groups:
    """Share incidents out to groups of one kind.

    Every incident is shared out in full: what belongs to none of the groups has a row of its own. Only agencies
    add up to more, since an incident of several agencies belongs to each.

    Parameters
    ----------
    located
        Incidents on the border.
    by
        One of ``KINDS``.

    Returns
    -------
    Groups

    Raises
    ------
    UnknownValueError
        When ``by`` is none of the kinds.
    """
    if by not in _GROUPS:
        raise UnknownValueError("by", by, KINDS)
    return _GROUPS[by](located)


def indicator(values: pd.Series, index: pd.Index) -> csr_array:
    """Ones where a value is the row's, shape (rows, values); a value outside the index is in no row."""
    row = index.get_indexer(pd.Index(values))
    rows = np.flatnonzero(row >= 0)
    return csr_array((np.ones(len(rows)), (row[rows], rows)), shape=(len(index), len(values)))


def _off_border(located: Located) -> dict[str, str]:
    """Names for what belongs to no border line; of a register's rows no more is told than their places."""
    return _OFF_BORDER_ROWS if located.kind == "rows" else _OFF_BORDER


def _borders(located: Located) -> Groups:
    borders = located.frontier.borders
    labels = pd.DataFrame({"name": borders["name_en"].to_dict() | _off_border(located)}).rename_axis("neighbour")
    labels[["length_km", "published_km"]] = borders[["length_km", "published_km"]].reindex(labels.index)
    return Groups(labels, indicator(located.incidents["border"], labels.index))


def _segments(located: Located) -> Groups:
    segments = located.frontier.segments
    of_cell = indicator(located.frontier.cells["segment"], segments.index)
    off_border = _off_border(located)
    off = pd.Index(list(off_border))
    labels = pd.concat(
        [
            segments[["name", "neighbour", "start_km", "end_km", "length_km"]],
            pd.DataFrame({"name": off_border, "neighbour": dict(zip(off, off, strict=True))}),
        ]
    )
    share = vstack([of_cell @ located.weights.T, indicator(located.incidents["border"], off)])
    return Groups(labels.rename_axis("segment"), csr_array(share))


def _regions(located: Located) -> Groups:
    labels = located.frontier.regions[["name_en"]].rename(columns={"name_en": "name"})
    land = located.frontier.land_cells
    labels["length_km"] = land.groupby("region_code")["length_km"].sum().reindex(labels.index)
    return _with_rest(labels, located.incidents["region_code"])


def _crossings(located: Located) -> Groups:
    labels = located.frontier.crossings[["name_en", "neighbour", "mode", "segment"]]
    labels = labels.rename(columns={"name_en": "name"}).rename_axis("crossing_id")
    return _with_rest(labels, located.incidents["crossing_id"])


def _with_rest(labels: pd.DataFrame, key: pd.Series) -> Groups:
    """Rows for the known keys and a last one for incidents with none of them."""
    rest = pd.DataFrame({"name": [NOT_STATED]}, index=pd.Index([""], name=labels.index.name))
    known = key.where(key.isin(labels.index), "")
    labels = pd.concat([labels, rest])
    return Groups(labels, indicator(known, labels.index))


def _goods(located: Located) -> Groups:
    labels = pd.DataFrame(index=pd.Index(GOODS, name="goods"))
    return Groups(labels, indicator(located.incidents["goods"], labels.index))


def _agencies(located: Located) -> Groups:
    named = located.incidents["agency"].replace("", NOT_STATED).str.split("; ").explode()
    known = [*sorted(set(named) - {NOT_STATED}), NOT_STATED]
    labels = pd.DataFrame(index=pd.Index(known, name="agency"))
    incident = located.incidents.index.get_indexer(named.index)
    shape = (len(labels), len(located.incidents))
    share = csr_array((np.ones(len(named)), (labels.index.get_indexer(pd.Index(named)), incident)), shape=shape)
    return Groups(labels, share)


def _years(located: Located) -> Groups:
    year = located.incidents["date_start"].dt.year.astype("Int64").astype("string").fillna(NOT_STATED)
    labels = pd.DataFrame(index=pd.Index([*sorted(set(year) - {NOT_STATED}), NOT_STATED], name="year"))
    return Groups(labels, indicator(year, labels.index))


_GROUPS: dict[str, Callable[[Located], Groups]] = {
    "border": _borders,
    "segment": _segments,
    "region": _regions,
    "crossing": _crossings,
    "goods": _goods,
    "agency": _agencies,
    "year": _years,
}
KINDS = tuple(_GROUPS)
"""What a table can have its rows for."""
