"""Places in one ranked list: crossings, and the stretches between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.estimate.estimating import clues_of
from geo.estimate.risk import aggregate, rank_sites
from geo.incidents.selection import in_period
from geo.language.catalogue import say
from geo.language.figures import is_bound
from geo.language.names import names_of
from geo.paths import of_country
from geo.summaries.grouping import indicator
from geo.vocabulary import CLUES

if TYPE_CHECKING:
    from collections.abc import Collection

    from geo.border.frontier import Frontier
    from geo.estimate.risk import Risk
    from geo.incidents.placing import Located

__all__ = ["names_of_place", "rank_places", "row_of", "short_name"]

_WHOLE = 0.99
_DESCRIBED = ["key", "name", "also", "neighbour", "records", "km", "segment"]
_FIGURES = 6  # that a value keeps, so that every output rounds the same number


def rank_places(located: Located, risk: Risk, *, borders: Collection[str] = ()) -> pd.DataFrame:
    """Crossings and stretches between them, the highest figure first, whatever its unit.

    Parameters
    ----------
    located
        Incidents on the border, already filtered.
    risk
        The estimate of the same incidents, which keeps the table.
    borders
        Codes of the borders whose places to rank; all where none of them is a border of the frontier's.

    Returns
    -------
    DataFrame
        Index ``key``, as in links: ``crossing:kayrak``, of crossings in one cell that of the one with more records;
        ``segment:KG-07``. ``name`` without what stands in brackets; ``also``, names of the other crossings there;
        ``neighbour``, ``value`` (median), ``unit``, ``low90``, ``high90``; ``bound``, whether the upper end alone is
        told; ``records``, dated ones that are there for certain: at a crossing those that name it, on a stretch those
        made outside checkpoints, or in cells of a segment that has none; ``rank_low90`` and ``rank_high90`` ``of`` so
        many places of its kind; ``km`` of a stretch, ``segment``; ``p_first``, ``p_top5``, ``p_above_next``. Ties go
        by records, then key.
    """
    borders = [code for code in risk.frontier.borders.index if code in borders]
    kept = " ".join(["places", *borders])
    if kept not in risk.tables:
        risk.tables[kept] = _rank(located, risk, borders)
    return risk.tables[kept].copy()


def _rank(located: Located, risk: Risk, borders: list[str]) -> pd.DataFrame:
    table = rank_sites(risk, borders) if borders else aggregate(risk, by="place")
    table = table.rename(columns={"estimate": "value", "figure_unit": "unit", "p_highest": "p_first"})
    table = table.join(pd.concat([_crossings(located, risk), _stretches(located, risk)])).set_index("key")
    for name in ("value", "low90", "high90"):
        table[name] = [float(f"{value:.{_FIGURES}g}") for value in table[name]]
    table["bound"] = [is_bound(low, high) for low, high in zip(table["low90"], table["high90"], strict=True)]
    table["of"] = table.groupby("unit")["value"].transform("size")
    order = table.sort_values(["value", "records", "key"], ascending=[False, False, True], kind="stable")
    columns = [
        "name", "also", "neighbour", "value", "unit", "low90", "high90", "bound", "records", "rank_low90",
        "rank_high90", "of", "km", "segment", "p_first", "p_top5", "p_above_next",
    ]  # fmt: skip
    return order[columns]


def row_of(table: pd.DataFrame, key: str) -> dict[str, Any]:
    """A row of a table by the names of its columns."""
    return {str(name): value for name, value in pd.Series(table.loc[key]).items()}


def short_name(name: str) -> str:
    """Name of a place without what stands in brackets, beginning large.

    Examples
    --------
    >>> short_name("Nur Zholy (Khorgos)"), short_name("near Kobda")
    ('Nur Zholy', 'Near Kobda')
    """
    short = name.split(" (", maxsplit=1)[0]
    return short[:1].upper() + short[1:]


@of_country(maxsize=4096)
def names_of_place(frontier: Frontier, key: str) -> dict[str, str]:
    """Short names of a crossing, a stretch, a region or a border in every language, by its key.

    A stretch that has but one crossing, and its name, is called after it: near Korday.
    """
    kind, _, place = key.partition(":")
    frame = {
        "crossing": frontier.crossings, "segment": frontier.segments, "region": frontier.regions,
        "border": frontier.borders,
    }[kind]  # fmt: skip
    row = frame.loc[place]
    names = names_of({**row, "name_en": row["name"]} if kind == "segment" else row)
    near = kind == "segment" and "–" not in names["en"] and (frontier.crossings["segment"].array == place).any()
    return {lang: short_name(say(lang, "answers.near", a=name) if near else name) for lang, name in names.items()}


def _crossings(located: Located, risk: Risk) -> pd.DataFrame:
    """Each site under the first of its crossings, named by the busiest."""
    crossings = risk.frontier.crossings
    named = clues_of(located, risk.frontier) == CLUES.index("named")
    named &= in_period(located.incidents, risk.period).to_numpy()
    number = pd.Series(located.counts[named]).groupby(located.incidents["crossing_id"].to_numpy()[named]).sum()
    records = dict.fromkeys(crossings.index, 0) | number.astype(int).to_dict()
    sites: dict[str, list[Any]] = {cell: [] for cell in risk.cells.index[risk.cells["at_crossing"].to_numpy(bool)]}
    rows: Any = pd.DataFrame(crossings[["name_en", "neighbour", "cell", "segment"]]).itertuples()
    for row in rows:
        sites.get(row.cell, []).append(row)
    described = {}
    for first, *more in filter(None, sites.values()):
        busiest, *others = sorted([first, *more], key=lambda row: -records[row.Index])
        described[first.Index] = (
            f"crossing:{busiest.Index}", short_name(busiest.name_en), "; ".join(row.name_en for row in others),
            busiest.neighbour, sum(records[row.Index] for row in (first, *more)), np.nan, busiest.segment,
        )  # fmt: skip
    return pd.DataFrame.from_dict(described, orient="index", columns=_DESCRIBED)


def _stretches(located: Located, risk: Risk) -> pd.DataFrame:
    frontier = risk.frontier
    table = _describe_stretches(frontier)
    dated = np.flatnonzero(in_period(located.incidents, risk.period))
    share = located.weights[dated] @ indicator(frontier.cells["segment"], table.index).T
    row, column = np.nonzero(share.toarray() >= _WHOLE)
    chosen = dated[row]
    between = (clues_of(located, frontier)[chosen] == CLUES.index("outside")) | table["bare"].to_numpy()[column]
    number = np.bincount(column[between], located.counts[chosen][between], len(table))
    return table.assign(records=number.astype(int))[_DESCRIBED]


@of_country(maxsize=2)
def _describe_stretches(frontier: Frontier) -> pd.DataFrame:
    """What is said of each stretch whatever is recorded, and whether it is bare of crossings."""
    segments = frontier.segments
    bare = ~segments.index.to_series().isin(frontier.crossings["segment"])
    near = ~bare & ~segments["name"].str.contains("–")
    names = [
        short_name(say("en", "answers.near", a=name) if alone else name)
        for name, alone in zip(segments["name"], near, strict=True)
    ]
    told = {"key": "segment:" + segments.index, "segment": segments.index, "also": "", "name": names, "bare": bare}
    return pd.DataFrame({**told, "neighbour": segments["neighbour"], "km": segments["length_km"]}, segments.index)
