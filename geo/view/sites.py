"""Where a record is shown: at a crossing, in a town or district, along a region's stretch, or in the sum alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.incidents.placing import AT_CROSSING_KM
from geo.incidents.reading import border_of

if TYPE_CHECKING:
    from geo.border.frontier import Frontier
    from geo.incidents.placing import Located

__all__ = ["kinds_of"]


def kinds_of(located: Located, frontier: Frontier) -> pd.Series:
    """How exactly each record is placed: crossing, town, district, region, border, air or none."""
    incidents = located.incidents
    precision, border = incidents["location_precision"], border_of(incidents)
    mode = incidents["crossing_id"].map(frontier.crossings["mode"]).fillna("")
    on_line = incidents["crossing_id"].map(frontier.crossings["cell"]).fillna("").ne("")
    pointed = ~(incidents.geometry.isna() | incidents.geometry.is_empty)
    pointed &= precision.isin(["crossing", "locality", "district"])
    off = border.isin(["AIR", "POST"])
    exact = on_line & incidents["location_radius_km"].fillna(0).le(AT_CROSSING_KM)
    tests = {
        "air": off & (mode.ne("") | pointed) | precision.eq("crossing") & mode.eq("air") & ~off,
        "crossing": ~off & precision.eq("crossing") & mode.ne("air") & exact,
        "district": ~off & pointed & precision.eq("district"),
        "town": ~off & pointed,
        "region": ~off & incidents["spread"].eq("region"),
        "border": ~off & incidents["spread"].eq("border"),
    }
    return pd.Series(np.select(list(tests.values()), list(tests), "none"), incidents.index)
