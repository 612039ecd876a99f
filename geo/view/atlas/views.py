"""Views that a page has estimates and answers for, each known by what stands of it in a link."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.estimate.change import latest_years
from geo.estimate.estimating import ENOUGH, estimate_selection
from geo.incidents.selection import Selection
from geo.summaries.answers import ENOUGH as FEWEST
from geo.summaries.answers import count_dated
from geo.summaries.cards import shares_of_places, split_figure
from geo.summaries.places import rank_places
from geo.vocabulary import GOODS

if TYPE_CHECKING:
    from geo.estimate.risk import Risk
    from geo.estimate.scale import Hyper
    from geo.incidents.placing import Located

__all__ = ["estimate_views", "pack_shares", "selection_of"]


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
    cells, segments = risk.frontier.crossings["cell"], risk.frontier.segments.index
    number = {str(key): at for at, key in enumerate(table.index)}
    # Crossings in one cell are one place.
    site = {cells[key[9:]]: at for key, at in number.items() if key.startswith("crossing:")}
    rows = {
        "crossings": [site.get(cell) for cell in cells],
        "between": [number.get(f"segment:{key}") for key in segments],
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
        View → estimate, as :func:`geo.estimate.estimating.estimate_selection` has it; ``""`` is the view of all.
    """
    whole = cache(lambda wider: estimate_selection(everything, wider, hyper))
    borders, latest = everything.frontier.borders, latest_years(everything)
    goods = [(f"goods={name}", ENOUGH) for name in GOODS if not selection.goods or name in selection.goods]
    others = [f"neighbour={code}" for code in borders.index[borders["kind"].eq("land")]]
    others += [] if latest is None else [f"since={latest.since}"]
    if selection.neighbour or selection.since or selection.until:
        others = []
    parts = [("", 0), *goods, *((view, FEWEST) for view in others)]
    return {
        view: estimate_selection(everything, part, hyper, whole=whole)
        for view, least in parts
        if count_dated(everything, part := selection_of(view, selection)) >= least
    }
