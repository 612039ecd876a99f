"""The estimate of the whole border and after a filter change, beside the gamma–Poisson baseline."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

import geo
from benchmarks.timing import cpu_seconds
from geo.estimate.baselines import gamma_poisson
from geo.estimate.estimating import estimate_risk, goods_share
from tests.synthetic import synthetic_incidents

RUNS = 5


def main() -> None:
    """Print the table."""
    frontier = geo.read_frontier()
    incidents = geo.select(geo.read_incidents(), geo.Selection())
    located = geo.locate(incidents, frontier)
    whole = estimate_risk(located, frontier)
    tobacco = located.select(geo.Selection(goods=("tobacco",)))
    russia = located.select(geo.Selection(neighbour=("RU",)))
    segment = pd.factorize(frontier.land_cells["segment"])[0]
    exposure = np.bincount(segment, whole.cells["exposure"])
    counts = np.bincount(segment, whole.cells["incidents"])

    def full() -> object:
        return estimate_risk(located, frontier)

    def goods() -> object:
        return goods_share(whole, located, tobacco)

    def filtered() -> object:
        return estimate_risk(russia, frontier, period=whole.period, hyper=whole.hyper)

    def baseline() -> object:
        return gamma_poisson(counts, exposure)

    peer = cpu_seconds(baseline, RUNS)
    print(f"Rate along {len(whole.cells):,} cells from {len(incidents)} records, CPU seconds, median of {RUNS}")
    print(f"{'':44}{'seconds':>9}{'ratio':>8}{'at most':>9}")
    for name, call, most in (
        ("estimate_risk, all records", full, 0.5),
        ("goods_share, tobacco", goods, 0.04),
        ("estimate_risk, Russia, scales kept", filtered, 0.1),
    ):
        seconds = cpu_seconds(call, RUNS)
        print(f"{name:44}{seconds:9.2f}{seconds / peer:8.0f}{most:9.2f}")
    print(f"{'gamma–Poisson, 50-km segments (no intervals)':44}{peer:9.4f}{1:8d}")
    print()
    by_number(frontier)
    print()
    distinct(frontier)


def by_number(frontier: geo.Frontier) -> None:
    """The estimate of more and more made-up incidents at the places of the real ones: the fit is one of cells."""
    print(f"estimate_risk of made-up incidents, placed before, CPU seconds, median of {RUNS}; at most 2 times")
    first = None
    for number in (1_000, 1_000_000):
        located = geo.locate(synthetic_incidents(number, None, 5), frontier)
        seconds = cpu_seconds(lambda located=located: estimate_risk(located, frontier), RUNS)
        first = first or seconds
        print(f"{number:>12,} incidents{seconds:10.2f}{seconds / first:8.1f}")


def distinct(frontier: geo.Frontier, number: int = 1_000_000) -> None:
    """The fit to a million made-up incidents, each at an uncertain place of its own; at most 10 seconds."""
    made = synthetic_incidents(200_000, frontier, 7)
    made = made[made["location_precision"].isin(["locality", "district"]) & made["date_start"].notna()]
    seed = np.random.default_rng(3)
    many = made.take(np.arange(number) % len(made)).set_axis([f"sim-{at}" for at in range(number)])
    places = many.geometry.x + seed.normal(0, 0.03, number), many.geometry.y + seed.normal(0, 0.03, number)
    located = geo.locate(many.set_geometry(gpd.points_from_xy(*places, crs=4326)), frontier)
    seconds = cpu_seconds(lambda: estimate_risk(located, frontier), 1)
    print(f"estimate_risk of {located.placements.shape[0]:,} distinct uncertain places: {seconds:.1f} CPU seconds")


if __name__ == "__main__":
    main()
