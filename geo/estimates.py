"""The estimates that a view asks for: of what is chosen, and of each goods category, all on one footing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.hyper import choose_hyper
from geo.risk import Risk, estimate_risk, line_of, records_of
from geo.selection import Selection, rate_period, select
from geo.vocabulary import GOODS

if TYPE_CHECKING:
    from datetime import date

    from geo.hyper import Hyper
    from geo.placing import Located

__all__ = ["ENOUGH", "estimate_goods", "learn_hyper"]

ENOUGH = 10
"""Fewest dated incidents on the land border for which a goods category gets an estimate of its own on a page."""


def learn_hyper(everything: Located) -> Hyper:
    """Hyperparameters from all records but those merely refused entry, in the default period.

    With them every selection is estimated on the same footing, so that two views compare, and faster.

    Parameters
    ----------
    everything
        All incidents on the border.
    """
    chosen = select(everything.incidents, Selection(), neighbours=everything.frontier.borders.index)
    period = rate_period(everything.incidents, Selection())
    frontier = everything.frontier
    return choose_hyper(line_of(frontier), records_of(everything.take(chosen.index), frontier, period))


def estimate_goods(located: Located, hyper: Hyper, *, period: tuple[date, date]) -> dict[str, Risk]:
    """Estimates of all goods, under the key ``""``, and of each category with enough incidents.

    Parameters
    ----------
    located
        Incidents on the border, already filtered.
    hyper
        From :func:`learn_hyper`.
    period
        First and last day.
    """
    goods = located.incidents["goods"]
    chosen = {"": located} | {name: located.take(goods.index[goods.eq(name)]) for name in GOODS}
    return {
        name: estimate_risk(some, some.frontier, period=period, hyper=hyper)
        for name, some in chosen.items()
        if not name or records_of(some, some.frontier, period).counts.sum() >= ENOUGH
    }
