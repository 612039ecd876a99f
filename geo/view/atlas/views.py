"""Views that a page has estimates and answers for, each known by what stands of it in a link."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from geo.estimate.change import latest_years
from geo.estimate.estimating import estimate_goods, estimate_selection
from geo.incidents.selection import Selection, rate_period
from geo.summaries.answers import is_enough
from geo.vocabulary import GOODS

if TYPE_CHECKING:
    from geo.estimate.risk import Risk
    from geo.estimate.scale import Hyper
    from geo.incidents.placing import Located

__all__ = ["estimate_views", "selection_of"]


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
