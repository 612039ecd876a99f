"""Registers that are made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np

if TYPE_CHECKING:
    from pathlib import Path


def made_up(rows: int, seed: int = 0) -> gpd.GeoDataFrame:
    """A register of declarations that nobody made."""
    rng = np.random.default_rng(seed)
    points = gpd.points_from_xy(rng.uniform(45, 89, rows), rng.uniform(39, 57, rows), crs=4326)
    return gpd.GeoDataFrame({"number": np.arange(rows), "code": [f"{n:06d}" for n in range(rows)]}, geometry=points)


def write(path: Path, rows: int = 4000, group: int = 500) -> Path:
    made_up(rows).to_parquet(path, row_group_size=group)
    return path
