"""The built-in incidents on the built-in border, and their estimate."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from scipy.sparse import csr_array

from geo.border import frontier as border
from geo.border.frontier import CELL_KM, FRAMES, SEGMENT_KM, Frontier
from geo.builtin.prepared import pack_frame, recall, unpack_frame
from geo.estimate.risk import LEVELS, Risk, aggregate
from geo.estimate.scale import Hyper, Scale
from geo.incidents.placing import Located, locate
from geo.incidents.reading import read_incidents
from geo.incidents.selection import Selection, rate_period
from geo.paths import data_path

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

__all__ = ["estimate", "learned", "place", "prepare", "read_frontier"]

# What placing adds to a record, in its order.
_PLACED = (
    "region_code", "border", "spread", "region_flag", "cell", "segment", "weight", "distance_km", "placement",
)  # fmt: skip


def read_frontier(
    folder: str | Path | None = None, *, cell_km: float = CELL_KM, segment_km: float = SEGMENT_KM
) -> Frontier:
    """Read a folder of border files, by default the built-in Kazakhstan, whose cells come worked out.

    Parameters
    ----------
    folder, cell_km, segment_km
        As for :func:`geo.border.frontier.read_frontier`.

    Returns
    -------
    Frontier

    Raises
    ------
    InputError
        When a file is missing, is not GeoJSON, or lacks a column: all such faults at once.
    """
    if folder is None and (cell_km, segment_km) == (CELL_KM, SEGMENT_KM):
        prepared = recall("border")
        if prepared is not None:
            return Frontier(**{name: unpack_frame(prepared[name]) for name in FRAMES})
    return border.read_frontier(folder or data_path("borders"), cell_km=cell_km, segment_km=segment_km)


def place(incidents: gpd.GeoDataFrame | None = None, frontier: Frontier | None = None) -> Located:
    """The built-in incidents on the built-in border.

    Parameters
    ----------
    incidents, frontier
        Those, where they are at hand; else they are read.
    """
    incidents = read_incidents() if incidents is None else incidents
    frontier = frontier or read_frontier()
    prepared = recall("places")
    if prepared is None:
        return locate(incidents, frontier)
    columns = unpack_frame(prepared["incidents"])
    weights = prepared["weights"]
    shape = (len(weights["indptr"]) - 1, len(frontier.cells))
    placements = csr_array((weights["data"], weights["indices"], weights["indptr"]), shape=shape)
    return Located(incidents.assign(**columns), placements, frontier)


def learned(located: Located) -> Hyper:
    """Hyperparameters of the estimate, from all built-in records.

    Parameters
    ----------
    located
        From :func:`place`.
    """
    prepared = recall("estimate")
    if prepared is not None:
        clues = tuple(tuple(row) for row in prepared["clues"])
        return Hyper(tuple(Scale(*scale) for scale in prepared["scales"]), clues)
    from geo.estimate.estimating import learn_hyper  # noqa: PLC0415  (what is fitted needs more of SciPy)

    return learn_hyper(located)


def estimate(located: Located) -> Risk:
    """The estimate of the built-in records, without any filter.

    Parameters
    ----------
    located
        From :func:`place`.

    Returns
    -------
    Risk
        As :func:`geo.estimate_risk` gives it for them.
    """
    prepared = recall("estimate")
    if prepared is None:
        return _fit(located, learned(located))
    since, until = (date.fromisoformat(day) for day in prepared["period"])
    tables = {level: unpack_frame(table) for level, table in prepared["tables"].items()}
    return Risk(
        unpack_frame(prepared["cells"]), (since, until), learned(located), located.frontier,
        lambda: _fit(located, learned(located)).sites, tables,
    )  # fmt: skip


def _fit(located: Located, hyper: Hyper) -> Risk:
    from geo.estimate.estimating import estimate_risk  # noqa: PLC0415  (what is fitted needs more of SciPy)

    # The newest record of all ends the period, of every selection: else two views would print two numbers.
    period = rate_period(located.incidents, Selection())
    return estimate_risk(located.select(Selection()), located.frontier, period=period, hyper=hyper)


def prepare() -> dict[str, Any]:
    """Everything that is kept, worked out anew from the files."""
    from geo.estimate.estimating import learn_hyper  # noqa: PLC0415  (what is fitted needs more of SciPy)
    from geo.estimate.shares import outside_share  # noqa: PLC0415

    frontier = border.read_frontier(data_path("borders"))
    located = locate(read_incidents(), frontier)
    risk = _fit(located, learn_hyper(located))
    for level in LEVELS:
        aggregate(risk, by=level)
    outside_share(risk, located.select(Selection()))
    return {
        "border": {name: pack_frame(getattr(frontier, name)) for name in FRAMES},
        "places": {
            "incidents": pack_frame(located.incidents[list(_PLACED)]),
            "weights": {name: getattr(located.placements, name).tolist() for name in ("data", "indices", "indptr")},
        },
        "estimate": {
            "scales": [list(scale) for scale in risk.hyper.scales],
            "clues": [list(row) for row in risk.hyper.clues],
            "period": [day.isoformat() for day in risk.period],
            "cells": pack_frame(risk.cells),
            "tables": {level: pack_frame(table) for level, table in risk.tables.items()},
        },
    }
