"""Nearest cell of many places beside GeoPandas' ``sjoin_nearest``; weights of uncertain ones beside the exact form."""

from __future__ import annotations

import geopandas as gpd
import numpy as np

import geo
from benchmarks.timing import cpu_seconds
from geo.geometry.lines import LineIndex
from tests.synthetic import synthetic_incidents

POINTS, UNCERTAIN, EXACT = 100_000, 40_000, 1_000
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
    print()
    spread(frontier)


def spread(frontier: geo.Frontier) -> None:
    """Weights of distinct uncertain places, beside distances to every cell of the border, of a part of them."""
    made = synthetic_incidents(4 * UNCERTAIN, frontier, 7)
    uncertain = made[made["location_precision"].isin(["locality", "district"])].iloc[:UNCERTAIN]
    placed = geo.locate(uncertain.iloc[:EXACT], frontier)
    groups = list(placed.incidents[placed.incidents["spread"].eq("kernel")].groupby("border"))
    neighbour = frontier.cells["neighbour"]

    def exact() -> list[np.ndarray]:
        weights = []
        for border, rows in groups:
            own = np.flatnonzero(neighbour.eq(border))
            run = slice(own[0], own[-1] + 1)
            gap = frontier.cell_index.distances(rows.geometry.x, rows.geometry.y, run)
            least = gap.min(axis=1, keepdims=True)
            scale = np.maximum(np.maximum(rows["location_radius_km"].to_numpy()[:, None], least), 1.0)
            weight = np.exp(-0.5 * ((gap - least) / scale) ** 2)
            weights.append(weight / weight.sum(axis=1, keepdims=True))
        return weights

    apart = max(
        abs(placed.take(rows.index).weights.toarray()[:, neighbour.eq(border)] - true).max()
        for (border, rows), true in zip(groups, exact(), strict=True)
    )
    seconds = cpu_seconds(lambda: geo.locate(uncertain, frontier), 3)
    peer = cpu_seconds(exact, 3) * len(uncertain) / EXACT
    print(f"Weights of {len(uncertain):,} distinct uncertain places, CPU seconds, median of 3")
    print(f"{'locate, all of it':44}{seconds:9.2f}{1:8.1f}")
    print(f"{f'exact form, weights alone, from {EXACT:,} of them':44}{peer:9.2f}{peer / seconds:8.1f}")
    print(f"largest difference of a weight: {apart:.1e}")


if __name__ == "__main__":
    main()
