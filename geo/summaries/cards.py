"""Cards of places that compare: figure, rank, the border's mean, and which records make the figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from geo.errors import UnknownValueError
from geo.estimate.estimating import clues_of, line_of, told_of
from geo.estimate.risk import A_YEAR, aggregate
from geo.incidents.selection import years_of
from geo.language.figures import write_figure
from geo.language.numbers import round_half_up
from geo.summaries.places import names_of_place, rank_places, row_of
from geo.vocabulary import CLUES

if TYPE_CHECKING:
    from collections.abc import Collection

    from geo.border.frontier import Frontier
    from geo.estimate.risk import Risk
    from geo.incidents.placing import Located

    Mask = np.ndarray[Any, np.dtype[np.bool_]]

__all__ = [
    "SOME", "WHOLE", "Card", "card_of", "place_key", "records_at", "records_near", "shares_of_places", "split_figure",
]  # fmt: skip

WHOLE, SOME = 0.99, 0.005
"""Weight of a record from which on it lies on a stretch for certain, and above which it could lie there at all."""


Card = dict[str, Any]
"""What the card of a crossing or stretch says; figures as :func:`geo.summaries.places.rank_places` has them.

``records`` placed here for certain, of any date, and ``dated`` ones of the period; ``here`` and ``could``, parts of the
figure made by them and by those that only could lie here, which add up to it as it is written (None where a bound is
told); ``could_records`` such records, each of which may belong to ``could_km`` of the line or more, ``counted`` as so
many. ``mean`` of the border's crossings, a year (None on a stretch); ``line``, the border's figure with its interval.
``sides``, ``goods`` and ``years`` count the records here; ``quantities`` total those, ``not_placeable`` what only could
lie here: goods, unit, amount.
"""


def card_of(located: Located, risk: Risk, place: str, *, borders: Collection[str] = ()) -> Card:
    """The card of a place.

    Parameters
    ----------
    located
        Incidents on the border, already filtered.
    risk
        The estimate of the same incidents.
    place
        Key as in links, of a crossing or a stretch on the land border; of crossings in one cell any.
    borders
        Codes of the borders whose places are ranked; all by default.

    Raises
    ------
    UnknownValueError
        When no such place has an estimate.
    """
    table = rank_places(located, risk, borders=borders)
    key = place_key(table, risk.frontier, place)
    row, shares = row_of(table, key), row_of(shares_of_places(located, risk, table), key)
    here, could = records_at(located, key), records_near(located, key)
    line = row_of(aggregate(risk), row["neighbour"])
    crossings = table[table["unit"].eq(A_YEAR) & table["neighbour"].eq(row["neighbour"])]
    split = None if row["bound"] else split_figure(row["value"], shares["certain"], shares["counted"])
    incidents = located.incidents[here]
    return {
        "key": key,
        "name": names_of_place(risk.frontier, key),
        **{name: row[name] for name in ("also", "neighbour", "value", "unit", "low90", "high90")},
        **{name: int(row[name]) for name in ("rank_low90", "rank_high90", "of")},
        "bound": bool(row["bound"]),
        "mean": float(crossings["value"].mean()) if row["unit"] == A_YEAR else None,
        "line": tuple(float(line[name]) for name in ("estimate", "low90", "high90")),
        "records": int(located.counts[here].sum()),
        "dated": int(round_half_up(shares["certain"])),
        "here": split and split[0],
        "could": split and split[1],
        "could_records": int(shares["could_records"]),
        "could_km": float(shares["could_km"]),
        "counted": float(shares["counted"]),
        "sides": _counts(incidents["recording_side"]),
        "goods": _counts(incidents["goods"]),
        "years": _counts(incidents["date_start"].dropna().dt.year.astype(str).sort_values(), sort=False),
        "quantities": _totals(incidents),
        "not_placeable": _totals(located.incidents[could]),
    }


def place_key(table: pd.DataFrame, frontier: Frontier, place: str) -> str:
    """Key under which a table of places has a place: of crossings in one cell the busiest's."""
    kind, _, code = place.partition(":")
    if kind == "crossing" and code in frontier.crossings.index:
        cell = frontier.crossings["cell"]
        sites = [key for key in table.index if key.startswith("crossing:")]
        place = next((key for key in sites if cell[key.partition(":")[2]] == cell[code]), place)
    if place not in table.index:
        raise UnknownValueError("place", place, list(table.index))
    return place


def records_at(located: Located, place: str) -> Mask:
    """Records that lie at a place for certain, shape (incidents,); those of a stretch at no named crossing of it."""
    kind, _, code = place.partition(":")
    incidents, crossings = located.incidents, located.frontier.crossings
    if kind == "border":
        return np.asarray(incidents["border"].eq(code))
    named = clues_of(located, located.frontier) == CLUES.index("named")
    if kind == "crossing":
        same = incidents["crossing_id"].map(crossings["cell"]).eq(crossings.loc[code, "cell"])
        return np.asarray(same & named)
    return np.asarray((_weight_on(located, code) >= WHOLE) & ~named)


def shares_of_places(located: Located, risk: Risk, table: pd.DataFrame) -> pd.DataFrame:
    """How many of the dated records each place holds, by the estimate's own allocation.

    Parameters
    ----------
    located, risk
        As for :func:`card_of`.
    table
        From :func:`geo.summaries.places.rank_places`.

    Returns
    -------
    DataFrame
        Index of ``table``. ``certain`` records; ``could_records``, those that could lie there too, and ``counted``, how
        many of them the estimate puts there; ``could_km``, the least length of line that one of them may belong to.
    """
    frontier = risk.frontier
    line, recorded = line_of(frontier), told_of(located, frontier, risk.period)
    records = recorded.records(line, risk.hyper.emission)
    land = frontier.land_cells
    segment = pd.Series(land["segment"].to_numpy())[line.cell].to_numpy()
    cells = land.index.to_numpy()[line.cell]
    holder = frontier.crossings["cell"]
    site_key = {holder[key.partition(":")[2]]: key for key in table.index if key[0] == "c"}
    keys = np.where(line.at, [site_key.get(cell, "") for cell in cells], "segment:" + segment.astype(object))
    column = table.index.get_indexer(pd.Index(keys))
    own = np.flatnonzero(column >= 0)
    member = csr_array((np.ones(len(own)), (own, column[own])), shape=(len(column), len(table)))
    mean = risk.sites.mean(axis=0) * line.exposure(years_of(risk.period))
    each = records.weights.multiply(mean[None, :]).tocsr()
    share = np.asarray((each @ member).todense()) / np.maximum(each.sum(axis=1), 1e-300)[:, None]
    whole, some = share >= WHOLE, (share > 0) & (share < WHOLE)
    there = csr_array((np.ones(len(line.cell)), (np.arange(len(line.cell)), line.cell)))
    reach = np.asarray(((records.weights.astype(bool) @ there) > 0) @ line.length_km)
    counts = records.counts
    return pd.DataFrame(
        {
            "certain": counts @ whole,
            "could_records": counts @ (some & (counts > 0)[:, None]),
            "counted": counts @ np.where(some, share, 0.0),
            "could_km": np.where(some & (counts > 0)[:, None], reach[:, None], np.inf).min(axis=0, initial=np.inf),
        },
        index=table.index,
    )


def split_figure(value: float, certain: float, counted: float) -> tuple[float, float]:
    """Parts of a figure that certain and uncertain records make; as written they add up to it.

    Examples
    --------
    >>> split_figure(1.449, 8, 8.3)
    (0.7, 0.7)
    """
    text = write_figure(value).removeprefix("< ").replace(",", "")
    digits = len(text.partition(".")[2])
    total = certain + counted
    here = round_half_up(float(text) * certain / total, digits) if total else 0.0
    return here, round_half_up(float(text) - here, digits)


def records_near(located: Located, place: str) -> Mask:
    """Records that could lie at a crossing or on a stretch, but may lie elsewhere, shape (incidents,)."""
    kind, _, code = place.partition(":")
    frontier = located.frontier
    if kind == "segment":
        weight = _weight_on(located, code)
        return np.asarray((weight > SOME) & (weight < WHOLE))
    cell = frontier.cells.index.get_loc(frontier.crossings.loc[code, "cell"])
    weight = np.asarray(located.weights[:, [cell]].todense()).ravel()
    outside = clues_of(located, frontier) == CLUES.index("outside")
    return np.asarray((weight > 0) & ~records_at(located, place) & ~outside)


def _weight_on(located: Located, segment: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.asarray(located.weights @ located.frontier.cells["segment"].eq(segment).to_numpy(float))


def _counts(values: pd.Series, *, sort: bool = True) -> dict[str, int]:
    return {str(name): int(n) for name, n in values.value_counts(sort=sort).items()}


def _totals(incidents: pd.DataFrame) -> list[tuple[Any, ...]]:
    totals = incidents[incidents["quantity"].notna()].groupby(["goods", "unit"])["quantity"].sum()
    return [(*map(str, key), float(total)) for key, total in zip(totals.index.to_list(), totals, strict=True)]
