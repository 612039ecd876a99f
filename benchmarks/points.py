"""Made-up points for the benchmarks: half inside the country, half outside within 200 km of its border."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geo.geometry.nearest import NearestTable
from geo.register.points import Points, to_wkb

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import geo

WITHIN_KM = 200.0
_AT_ONCE = 500_000
_GEO = {
    "version": "1.0.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
}


def draw_points(number: int, frontier: geo.Frontier, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Longitude and latitude of so many points, in random order."""
    rng = np.random.default_rng(seed)
    country = shapely.union_all(frontier.regions.geometry.to_numpy())
    shapely.prepare(country)
    table = NearestTable(frontier.cell_index)

    def inside(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
        return shapely.contains_xy(country, lon, lat)

    def outside(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
        return ~inside(lon, lat) & (table.nearest(lon, lat)[1] <= WITHIN_KM)

    halves = [_draw(rng, half, test) for half, test in ((number // 2, inside), (number - number // 2, outside))]
    lon, lat = np.concatenate(halves)[rng.permutation(number)].T
    return lon, lat


def _draw(rng: np.random.Generator, number: int, test: Callable[..., np.ndarray]) -> np.ndarray:
    found: list[np.ndarray] = []
    while sum(map(len, found)) < number:
        lon, lat = rng.uniform(43, 91, _AT_ONCE), rng.uniform(38, 58, _AT_ONCE)
        found.append(np.column_stack([lon, lat])[test(lon, lat)])
    return np.concatenate(found)[:number]


def write_register(path: Path, number: int, frontier: geo.Frontier) -> None:
    """Write a register of so many made-up declarations as GeoParquet."""
    rng = np.random.default_rng(2)
    schema = pa.schema(
        {"declaration": pa.int64(), "goods": pa.string(), "date": pa.string(), "geometry": pa.binary()},
        metadata={"geo": json.dumps(_GEO)},
    )
    with pq.ParquetWriter(path, schema) as writer:
        for start in range(0, number, 1_000_000):
            rows = min(1_000_000, number - start)
            points = Points(*draw_points(rows, frontier, seed=start), np.zeros(rows, np.uint8))
            day = (np.datetime64("2019-01-01") + rng.integers(0, 2000, rows)).astype(str)
            goods = np.array(["tobacco", "food", "fuel", "electronics"])[rng.integers(0, 4, rows)]
            columns = [pa.array(np.arange(start, start + rows)), pa.array(goods), pa.array(day), to_wkb(points)]
            writer.write_table(pa.table(columns, schema=schema), row_group_size=500_000)
