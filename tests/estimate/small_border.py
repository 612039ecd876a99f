"""A border of two neighbours and a coast, small enough to count on, and records placed on it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.sparse import csr_array

from geo.incidents.placing import Located

__all__ = ["FRONTIER", "LENGTH", "SmallBorder", "place"]

LENGTH = np.array([10.0, 8, 12, 10, 9, 11, 10, 14, 6, 10, 10])


class SmallBorder:
    """Seven cells with A, four with B, two on a coast; crossings in the third (road, rail), sixth and ninth (rail)."""

    def __init__(self) -> None:
        """Make the frames that an estimate reads."""
        length = np.r_[LENGTH, 10.0, 10.0]
        names = [*(f"A-{number}" for number in range(7)), *(f"B-{number}" for number in range(4)), "S-0", "S-1"]
        neighbour = np.repeat(["A", "B", "SEA"], [7, 4, 2])
        start = np.concatenate(
            [length[neighbour == one].cumsum() - length[neighbour == one] for one in ("A", "B", "SEA")]
        )
        self.cells = gpd.GeoDataFrame(
            {
                "neighbour": neighbour,
                "segment": np.repeat(["A-I", "A-II", "B-I", "S-I"], [4, 3, 4, 2]),
                "region_code": np.repeat(["X", "Y", "", "Y"], [5, 4, 2, 2]),
                "start_km": start,
                "length_km": length,
                "land": neighbour != "SEA",
                "road": np.isin(np.arange(13), [2, 5]),
                "rail": np.isin(np.arange(13), [2, 8]),
            },
            index=pd.Index(names, name="cell"),
            geometry=[shapely.LineString([(at, 50), (at + 1, 50)]) for at in range(13)],
            crs=4326,
        )
        self.crossings = pd.DataFrame(
            {"cell": ["B-1", "A-2", "", "A-2", "A-5"], "neighbour": ["B", "A", "A", "A", "A"]},
            index=pd.Index(["bridge", "road", "airport", "rails", "gate"], name="id"),
        )
        self.borders = gpd.GeoDataFrame(
            {"kind": ["land", "land", "coast"]},
            index=["A", "B", "SEA"],
            geometry=[shapely.LineString([(0, 50), (7, 50)])] * 3,
            crs=4326,
        )
        self.segments = gpd.GeoDataFrame(
            index=["A-I", "A-II", "B-I", "S-I"], geometry=[self.borders.geometry.iloc[0]] * 4
        )
        self.goes_on = np.array([False, *[True] * 6, False, True, True, True, False, True])

    @cached_property
    def land_cells(self) -> gpd.GeoDataFrame:
        """Its cells on land."""
        return self.cells[self.cells["land"]]


FRONTIER: Any = SmallBorder()


def place(rows: list[tuple[str, dict[int, float], dict[str, Any]]], kind: Any = "incidents") -> Located:
    """Records, each with its day, month or year (blank: undated), the weights of cells, and further fields."""
    starts = [pd.Period(day).start_time.normalize() if day else pd.NaT for day, _, _ in rows]
    ends = [pd.Period(day).end_time.normalize() if day else pd.NaT for day, _, _ in rows]
    weights = np.zeros((len(rows), len(FRONTIER.cells)))
    for row, (_, cells, _) in enumerate(rows):
        weights[row, [*cells]] = [*cells.values()]
    border = [FRONTIER.cells["neighbour"].iloc[next(iter(cells))] if cells else "" for _, cells, _ in rows]
    table = pd.DataFrame(
        {
            "date_start": pd.to_datetime(pd.Series(starts)),
            "date_end": pd.to_datetime(pd.Series(ends)),
            "border": [name or "AIR" for name in border],
            "spread": ["crossing" if len(cells) == 1 else "kernel" if cells else "none" for _, cells, _ in rows],
            "cell": [FRONTIER.cells.index[[*cells]][0] if len(cells) == 1 else "" for _, cells, _ in rows],
            "placement": [row if cells else -1 for row, (_, cells, _) in enumerate(rows)],
            "goods": "food",
            "clue": "",
            "recording_side": "home",
            "rows": 1.0,
            "neighbour": border,
            "mode": ["road" if cells else "air" for _, cells, _ in rows],
            "direction": "inbound",
            "agency": "Customs",
            "confidence": "high",
            "outcome_class": "seized",
            "quantity": np.nan,
            "unit": "",
        }
    )
    for row, (_, _, fields) in enumerate(rows):
        for name, value in fields.items():
            table.loc[row, name] = value
    incidents: Any = table
    return Located(incidents, csr_array(weights), FRONTIER, kind)
