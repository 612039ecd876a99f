"""Do the intervals hold what they promise? Borders drawn from the model, and borders with equal rates.

Run it as ``python benchmarks/calibration.py [--borders 200] [--equal 100]``; seeds are fixed.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

import geo
from geo.estimate.estimating import estimate_risk, records_of
from geo.estimate.hyperparameters import choose_hyper, fit_posterior
from geo.estimate.simulation import Stage, habits_of, simulate, simulate_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.estimate.scale import Hyper
    from geo.estimate.simulation import Habits

Z = {50: 0.6744897501960817, 90: 1.6448536269514722}
DRAWS = 400


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--borders", type=int, default=200, help="borders drawn from the model")
    parser.add_argument("--equal", type=int, default=100, help="borders with equal rates")
    wanted = parser.parse_args()
    frontier = geo.read_frontier()
    located = geo.locate(geo.select(geo.read_incidents(), geo.Selection()), frontier)
    risk = estimate_risk(located, frontier, draws=4)
    stage, habits = Stage.of(frontier), habits_of(located, frontier)
    records = records_of(located, frontier, risk.period)
    beta = fit_posterior(stage.line, records, risk.hyper, draws=4).beta
    print(
        f"Drawn from the model as estimated, range and sd from its four scales (typically "
        f"{risk.hyper.range_km:.0f} km, {risk.hyper.sd:.2f}), β {np.round(beta, 2)}, {records.years:.1f} years\n"
    )
    segment = pd.factorize(frontier.land_cells["segment"])[0]
    cover = partial(coverage, segment, stage, habits, risk.hyper, beta, records.years)
    print(table_of(pd.DataFrame(in_parallel(cover, wanted.borders))).to_string(), "\n", flush=True)
    rate = records.counts.sum() / (stage.line.length_km.sum() / 100 * records.years)
    flat = np.full(len(stage.line.length_km), rate)
    print(f"Equal rates on all borders: P(highest) of the border that has most of it, {wanted.equal} borders")
    for name, rates in (("the same rate everywhere", flat), ("the same rate, at crossings", at_crossings(stage, rate))):
        top = np.array(in_parallel(partial(highest, stage, habits, rates, records.years), wanted.equal))
        print(f"  {name}: median {np.median(top):.2f}, 90 % below {np.quantile(top, 0.9):.2f}, most {top.max():.2f}")


def in_parallel(call: Callable[[int], object], number: int) -> list[object]:
    """The results for the seeds 0, 1, …, in order."""
    with ProcessPoolExecutor() as pool:
        return list(pool.map(call, range(number)))


def coverage(  # noqa: PLR0917  (partial fills all but the seed)
    segment: np.ndarray, stage: Stage, habits: Habits, hyper: Hyper, beta: np.ndarray, years: float, seed: int
) -> dict[str, float]:
    """Share of true rates inside their nominal intervals on one border."""
    line, scale = stage.line, hyper.scales[seed % len(hyper.scales)]
    truth, records = simulate(stage, habits, scale, beta, years=years, rng=np.random.default_rng(seed))
    posterior = fit_posterior(line, records, choose_hyper(line, records), draws=DRAWS, seed=seed)
    off = np.abs(truth - posterior.mean) / posterior.sd
    row = {"incidents": records.counts.sum()}
    for level, z in Z.items():
        inside = off < z
        row |= {
            f"cells {level}": inside.mean(),
            f"cells with a crossing {level}": inside[line.crossing].mean(),
            f"cells between crossings {level}": inside[~line.crossing].mean(),
        }
        for name, code in (("segments", segment), ("borders", stage.neighbour)):
            row[f"{name} {level}"] = inside_draws(truth, posterior.draws, line.length_km, code, level)
    return row


def table_of(found: pd.DataFrame) -> pd.DataFrame:
    """Coverage in per cent, with standard errors between borders."""
    number = found["incidents"]
    print(
        f"{len(found)} borders, {number.median():.0f} incidents in the median, {number.quantile(0.05):.0f} to "
        f"{number.quantile(0.95):.0f} in 90 %\n"
    )
    names = ["cells", "cells with a crossing", "cells between crossings", "segments", "borders"]
    return pd.DataFrame(
        {
            f"{level} % interval covers": [
                f"{100 * found[f'{name} {level}'].mean():.1f} ± {100 * found[f'{name} {level}'].sem():.1f} %"
                for name in names
            ]
            for level in Z
        },
        index=names,
    )


def inside_draws(truth: np.ndarray, draws: np.ndarray, length: np.ndarray, code: np.ndarray, level: int) -> float:
    """Share of groups whose true rate lies inside the interval of the draws."""
    share = np.zeros((len(code), code.max() + 1))
    share[np.arange(len(code)), code] = length
    low, high = np.quantile(np.exp(draws) @ share, [0.5 - level / 200, 0.5 + level / 200], axis=0)
    total = np.exp(truth) @ share
    return float(((total >= low) & (total <= high)).mean())


def at_crossings(stage: Stage, rate: float) -> np.ndarray:
    """Rates that are the same on every border as a whole, fifty times as high at its crossings as between."""
    rates = np.where(stage.line.crossing, 50.0, 1.0)
    for code in np.unique(stage.neighbour):
        own = stage.neighbour == code
        rates[own] *= rate / np.average(rates[own], weights=stage.line.length_km[own])
    return rates


def highest(stage: Stage, habits: Habits, rates: np.ndarray, years: float, seed: int) -> float:
    """The largest P(highest) that any border gets in one simulation."""
    line = stage.line
    share = np.zeros((len(rates), stage.neighbour.max() + 1))
    share[np.arange(len(rates)), stage.neighbour] = line.length_km
    share /= share.sum(axis=0)
    records = simulate_at(stage, habits, rates, years, np.random.default_rng(seed))
    draws = fit_posterior(line, records, choose_hyper(line, records), draws=DRAWS, seed=seed).draws
    first = np.argmax(np.exp(draws) @ share, axis=1)
    return float(np.bincount(first, minlength=share.shape[1]).max() / len(first))


if __name__ == "__main__":
    main()
