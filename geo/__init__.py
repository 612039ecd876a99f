"""Shekara: recorded border incidents, placed on the border with honest uncertainty.

The seven lines that show the whole::

    frontier = geo.read_frontier()
    incidents = geo.select(geo.read_incidents(), geo.Selection())
    located = geo.locate(incidents, frontier)
    risk = geo.estimate_risk(located, frontier, period=("2015-01-01", None))
    borders = geo.summarize(located, risk, by="border")
    geo.write_page("map.html", incidents, frontier)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.border.frontier import Frontier
    from geo.builtin.dataset import read_frontier
    from geo.claims import check_claims, compare_claims, coverage_by_class, pair_claims, read_claims
    from geo.errors import Fault, InputError, ShekaraError, UnknownValueError
    from geo.estimate.estimating import estimate_risk
    from geo.estimate.risk import Risk, aggregate
    from geo.incidents.placing import Located, locate
    from geo.incidents.reading import check_incidents, read_incidents
    from geo.incidents.selection import Selection, select
    from geo.register import Locator, locate_register
    from geo.register.totals import count_rows
    from geo.summaries.summary import quantities, reports_by_year, summarize
    from geo.view.page import PageOptions, write_page

# Each name's module is imported when the name is first used, so that `import geo` costs nothing.
_HOME = {
    "Fault": "errors",
    "Frontier": "border.frontier",
    "InputError": "errors",
    "Located": "incidents.placing",
    "Locator": "register",
    "Risk": "estimate.risk",
    "Selection": "incidents.selection",
    "ShekaraError": "errors",
    "UnknownValueError": "errors",
    "aggregate": "estimate.risk",
    "check_claims": "claims",
    "check_incidents": "incidents.reading",
    "compare_claims": "claims",
    "count_rows": "register.totals",
    "coverage_by_class": "claims",
    "estimate_risk": "estimate.estimating",
    "locate": "incidents.placing",
    "locate_register": "register",
    "pair_claims": "claims",
    "quantities": "summaries.summary",
    "read_claims": "claims",
    "read_frontier": "builtin.dataset",
    "read_incidents": "incidents.reading",
    "reports_by_year": "summaries.summary",
    "select": "incidents.selection",
    "summarize": "summaries.summary",
    "PageOptions": "view.page",
    "write_page": "view.page",
}

__all__ = [
    "Fault",
    "Frontier",
    "InputError",
    "Located",
    "Locator",
    "PageOptions",
    "Risk",
    "Selection",
    "ShekaraError",
    "UnknownValueError",
    "aggregate",
    "check_claims",
    "check_incidents",
    "compare_claims",
    "count_rows",
    "coverage_by_class",
    "estimate_risk",
    "locate",
    "locate_register",
    "pair_claims",
    "quantities",
    "read_claims",
    "read_frontier",
    "read_incidents",
    "reports_by_year",
    "select",
    "summarize",
    "write_page",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'geo' has no attribute {name!r}")
    return getattr(import_module(f"geo.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__
