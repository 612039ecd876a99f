"""Nearest cell of many places: ours beside GeoPandas' ``sjoin_nearest`` in an equidistant projection."""

from __future__ import annotations

import geopandas as gpd
import numpy as np

import geo
from benchmarks.timing import cpu_seconds
from geo.geometry.lines import LineIndex

POINTS = 100_000
PROJECTION = "+proj=eqdc +lat_1=43 +lat_2=53 +lat_0=48 +lon_0=67 +ellps=WGS84"


def main() -> None:
    """Print the table."""
    frontier = geo.read_frontier()
    seed = np.random.default_rng(1)
    lon, lat = seed.uniform(46, 88, POINTS), seed.uniform(40, 56, POINTS)
    index = LineIndex(list(frontier.cells.geometry))
    index.nearest(lon[:10], lat[:10])
    cells = frontier.cells[["geometry"]].to_crs(PROJECTION)

    def ours() -> object:
        return index.nearest(lon, lat)

    def theirs() -> object:
        points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat, crs=4326)).to_crs(PROJECTION)
        return gpd.sjoin_nearest(points, cells, distance_col="metres")

    mine, joined = index.nearest(lon, lat), theirs()
    joined = joined[~joined.index.duplicated()]
    other = frontier.cells.index.get_indexer(joined["cell"])
    wrong = np.flatnonzero(other != mine.line)
    gap = np.abs(joined["metres"].to_numpy() / 1000 - mine.distance_km)
    seconds, peer = cpu_seconds(ours, 3), cpu_seconds(theirs, 3)
    print(f"Nearest cell and exact distance of {POINTS:,} places, CPU seconds, median of 3")
    print(f"{'':34}{'seconds':>9}{'ratio':>8}{'other cell':>12}{'largest error':>15}")
    print(f"{'LineIndex.nearest (geodesic)':34}{seconds:9.2f}{1:8.1f}{0:12d}{0:12.1f} km")
    name = "sjoin_nearest (equidistant conic)"
    print(f"{name:34}{peer:9.2f}{peer / seconds:8.1f}{len(wrong):12d}{gap.max():12.1f} km")


if __name__ == "__main__":
    main()
