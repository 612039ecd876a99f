"""Views that a page has estimates and answers for, each known by what stands of it in a link."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.estimate.change import latest_years
from geo.estimate.estimating import ENOUGH, estimate_selection
from geo.estimate.risk import A_YEAR, aggregate
from geo.incidents.selection import Selection, is_scaled
from geo.language.numbers import shorten_rates
from geo.summaries.answers import ENOUGH as FEWEST
from geo.summaries.answers import answer, count_dated
from geo.summaries.cards import shares_of_places, split_figure
from geo.summaries.places import rank_places
from geo.vocabulary import GOODS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from geo.border.frontier import Frontier
    from geo.estimate.risk import Risk
    from geo.estimate.scale import Hyper
    from geo.incidents.placing import Located
    from geo.summaries.mix import Shares
    from geo.view.atlas.packed import PackedEstimate

__all__ = ["estimate_views", "pack_estimate", "pack_view", "selection_of"]

_RANKS = ("rank_low90", "rank_high90")


def selection_of(view: str, within: Selection | None = None) -> Selection:
    """The selection that a view means of what a page holds.

    Examples
    --------
    >>> selection_of("since=2024").since
    datetime.date(2024, 1, 1)
    """
    field, _, value = view.partition("=")
    chosen: dict[str, Any] = {"since": date(int(value), 1, 1)} if field == "since" else {field: (value,)}
    return replace(within or Selection(), **(chosen if field else {}))


def pack_view(
    view: str, risk: Risk, everything: Located, chosen: Selection | None, mix: Mapping[str, Shares] | None
) -> dict[str, Any]:
    """Pack a view: its estimate, its answers, and of each place what makes its figure."""
    selection = selection_of(view, chosen)
    located = everything.select(selection)
    places = rank_places(located, risk, borders=selection.neighbour)
    return {
        **pack_estimate(risk, places),
        "answers": answer(everything, selection, risk, mix=mix),
        "shares": _pack_shares(located, risk, places),
    }


def pack_estimate(risk: Risk, places: pd.DataFrame | None = None) -> PackedEstimate:
    """Pack an estimate: for borders, stretches of them, crossings, and stretches between crossings.

    ``places``, from :func:`geo.summaries.places.rank_places`, are those that have a figure; by default all.
    """
    if places is None:
        places = aggregate(risk, by="place").rename(columns={"estimate": "value", "figure_unit": "unit"})
    rows = {kind: places.reset_index().reindex(at) for kind, at in _rows_of(places, risk.frontier).items()}
    return {
        "borders": _figures(aggregate(risk, by="border").rename(columns={"estimate": "value"})),
        "segments": _figures(aggregate(risk, by="segment").rename(columns={"estimate": "value"}), ("low50", "high50")),
        "crossings": _figures(rows["crossings"], _RANKS),
        "between": _figures(rows["between"], _RANKS),
    }


def _figures(table: pd.DataFrame, more: tuple[str, ...] = ()) -> dict[str, list[Any]]:
    columns = {"value": "value", "low": "low90", "high": "high90"} | {name: name for name in more}
    known = table[list(columns.values())].fillna(0.0)
    return {
        key: known[column].astype(int).tolist() if column in _RANKS else shorten_rates(known[column]).tolist()
        for key, column in columns.items()
    }


def _rows_of(places: pd.DataFrame, frontier: Frontier) -> dict[str, list[int]]:
    """Row of each crossing and stretch among ranked places, -1: none; crossings in one cell share theirs."""
    cells = frontier.crossings["cell"]
    ids = [str(key).rpartition(":")[2] for key in places.index]
    at_crossing = places["unit"].eq(A_YEAR).to_numpy()
    sites = {cells[key]: row for row, key in enumerate(ids) if at_crossing[row]}
    stretches = {key: row for row, key in enumerate(ids) if not at_crossing[row]}
    return {
        "crossings": [sites.get(cell, -1) for cell in cells],
        "between": [stretches.get(key, -1) for key in frontier.segments.index[frontier.segments["land"]]],
    }


def _pack_shares(located: Located, risk: Risk, places: pd.DataFrame) -> dict[str, dict[str, list[Any]]]:
    """What makes each figure: of ``crossings`` and of stretches ``between`` them, columns as a card has them."""
    shares = shares_of_places(located, risk, places)
    split = [split_figure(*row) for row in zip(places["value"], shares["certain"], shares["counted"], strict=True)]
    # A bound has no parts.
    here, could = ([None if b else row[at] for row, b in zip(split, places["bound"], strict=True)] for at in (0, 1))
    km = shares["could_km"].replace(np.inf, 0).round()
    counts = {"certain": shares["certain"].round(), "could_records": shares["could_records"], "could_km": km}
    columns: dict[str, list[Any]] = {name: numbers.astype(int).tolist() for name, numbers in counts.items()}
    columns |= {"counted": shares["counted"].round(3).tolist(), "here": here, "could": could}
    return {
        kind: {name: [None if at < 0 else column[at] for at in rows] for name, column in columns.items()}
        for kind, rows in _rows_of(places, risk.frontier).items()
    }


def estimate_views(everything: Located, selection: Selection, hyper: Hyper) -> dict[str, Risk]:
    """Estimates of all records, of each goods, of each border and of the last two full years, where there are enough.

    Parameters
    ----------
    everything
        All incidents on the border.
    selection
        What a page holds of them; where it chooses borders or a period, the page has no estimate for a part of those.
    hyper
        From :func:`geo.learn_hyper`.

    Returns
    -------
    dict
        View → estimate, as :func:`geo.estimate.estimating.estimate_selection` has it; ``""`` is the view of all.
    """
    fit = cache(lambda fitted: estimate_selection(everything, fitted, hyper))
    borders, latest = everything.frontier.borders, latest_years(everything)
    goods = [(f"goods={name}", ENOUGH) for name in GOODS if not selection.goods or name in selection.goods]
    others = [f"neighbour={code}" for code in borders.index[borders["kind"].eq("land")]]
    others += [] if latest is None else [f"since={latest.since}"]
    if selection.neighbour or selection.since or selection.until:
        others = []
    parts = [("", 0), *goods, *((view, FEWEST) for view in others)]
    return {
        view: estimate_selection(everything, part, hyper, whole=fit) if is_scaled(part) else fit(part)
        for view, least in parts
        if count_dated(everything, part := selection_of(view, selection)) >= least
    }
