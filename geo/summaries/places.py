"""Places in one ranked list: crossings, and the stretches between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.estimate.risk import aggregate
from geo.incidents.selection import in_period

if TYPE_CHECKING:
    from geo.estimate.risk import Risk
    from geo.incidents.placing import Located

__all__ = ["rank_places"]


def rank_places(located: Located, risk: Risk) -> pd.DataFrame:
    """Crossings and stretches between them, the highest figure first, whatever its unit.

    Parameters
    ----------
    located
        Incidents on the border, already filtered.
    risk
        The estimate of the same incidents.

    Returns
    -------
    DataFrame
        Index ``key``: of crossings in one cell that of the one with more records, all of them named together; of a
        stretch its segment. ``name``, ``neighbour``, ``value`` (median), ``figure_unit``, ``low90`` and ``high90``,
        ``records`` (of a crossing the dated ones placed there; of a stretch those that could lie in its cells without
        a crossing), ``rank_low90`` and ``rank_high90``. Ties go by records, then key.
    """
    frontier = risk.frontier
    table = aggregate(risk, by="place").rename(columns={"estimate": "value"})
    crossings, land = frontier.crossings, frontier.land_cells
    dated = in_period(located.incidents, risk.period).to_numpy()
    chosen = located.incidents[dated]
    each = pd.Series(located.counts[dated], chosen["crossing_id"].where(chosen["spread"].eq("crossing"), "").to_numpy())
    records = each.groupby(level=0).sum().reindex(crossings.index, fill_value=0.0)
    own = crossings.assign(records=records)[crossings["cell"].isin(land.index)]
    first = own.groupby("cell", sort=False).head(1)
    order = own.sort_values("records", ascending=False, kind="stable").groupby("cell", sort=False)
    together = order.agg(name=("name_en", " and ".join), neighbour=("neighbour", "first"), records=("records", "sum"))
    keys = order.head(1).set_index("cell").index
    busiest = pd.Series(order.head(1).index, keys)
    cells = first["cell"].to_numpy()
    sites = together.loc[cells].assign(key=busiest[cells].to_numpy(), site=first.index).set_index("site")
    free = np.where(land["road"] | land["rail"], 0.0, located.per_cell(dated.astype(float))[land.index])
    segments = frontier.segments
    between = pd.DataFrame(
        {
            "name": segments["name"],
            "neighbour": segments["neighbour"],
            "records": pd.Series(free, land["segment"]).groupby(level=0).sum().reindex(segments.index),
            "key": segments.index,
        }
    )
    table = table.join(pd.concat([sites, between]), how="left").reset_index(drop=True)
    table = table.sort_values(["value", "records", "key"], ascending=[False, False, True], kind="stable")
    columns = ["name", "neighbour", "value", "figure_unit", "low90", "high90", "records", "rank_low90", "rank_high90"]
    return table.set_index("key")[columns]
