"""Views that a page has estimates and answers for, each known by what stands of it in a link."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.estimate.change import latest_years
from geo.estimate.estimating import estimate_goods, estimate_selection
from geo.incidents.selection import Selection, rate_period
from geo.summaries.answers import is_enough
from geo.summaries.cards import shares_of_places, split_figure
from geo.summaries.places import rank_places
from geo.vocabulary import GOODS

if TYPE_CHECKING:
    from geo.estimate.risk import Risk
    from geo.estimate.scale import Hyper
    from geo.incidents.placing import Located

__all__ = ["estimate_views", "pack_shares", "selection_of"]


def selection_of(view: str) -> Selection:
    """The selection that a view means.

    Examples
    --------
    >>> selection_of("since=2024").since
    datetime.date(2024, 1, 1)
    """
    field, _, value = view.partition("=")
    if not field:
        return Selection()
    chosen: dict[str, Any] = {"since": date(int(value), 1, 1)} if field == "since" else {field: (value,)}
    return Selection(**chosen)


def pack_shares(located: Located, risk: Risk) -> dict[str, dict[str, list[Any]]]:
    """What makes each figure: of ``crossings`` and of stretches ``between`` them, columns as a card has them."""
    table = rank_places(located, risk)
    shares = shares_of_places(located, risk, table)
    split = [split_figure(*row) for row in zip(table["value"], shares["certain"], shares["counted"], strict=True)]
    # A bound has no parts.
    here, could = ([None if b else row[at] for row, b in zip(split, table["bound"], strict=True)] for at in (0, 1))
    km = shares["could_km"].replace(np.inf, 0).round()
    counts = {"certain": shares["certain"].round(), "could_records": shares["could_records"], "could_km": km}
    columns: dict[str, list[Any]] = {name: numbers.astype(int).tolist() for name, numbers in counts.items()}
    columns |= {"counted": shares["counted"].round(3).tolist(), "here": here, "could": could}
    frontier = risk.frontier
    # Crossings in one cell are one place.
    site = {frontier.crossings.at[key[9:], "cell"]: at for at, key in enumerate(table.index) if key[0] == "c"}
    rows = {
        "crossings": [site.get(cell) for cell in frontier.crossings["cell"]],
        "between": [
            at if at >= 0 else None
            for at in table.index.get_indexer([f"segment:{key}" for key in frontier.segments.index])
        ],
    }
    return {
        kind: {name: [None if at is None else column[at] for at in places] for name, column in columns.items()}
        for kind, places in rows.items()
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
        View → estimate; ``""`` is the view of all.
    """
    found = estimate_goods(everything.select(selection), hyper, period=rate_period(everything.incidents, selection))
    borders = everything.frontier.borders
    latest = latest_years(everything)
    parts: list[tuple[str, dict[str, Any]]] = [
        *((f"neighbour={code}", {"neighbour": (str(code),)}) for code in borders.index[borders["kind"].eq("land")]),
    ]
    if latest is not None:
        parts.append((f"since={latest.since}", {"since": date(latest.since, 1, 1)}))
    views = {f"goods={key}" if key in GOODS else key: risk for key, risk in found.items()}
    for view, chosen in parts:
        part = replace(selection, **chosen)
        if not (selection.neighbour or selection.since or selection.until) and is_enough(everything, part):
            views[view] = estimate_selection(everything, part, hyper)
    return views
