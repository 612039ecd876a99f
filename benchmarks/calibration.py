"""Do the intervals hold what they promise? Borders drawn from the model, and borders with equal rates.

Run it as ``python benchmarks/calibration.py [--borders 200] [--equal 100]``; seeds are fixed.
"""

from __future__ import annotations

import argparse

import numpy as np
import pandas as pd

import geo
from geo.field import Scale
from geo.hyper import choose_hyper, fit_posterior
from geo.risk import estimate_risk, records_of
from geo.simulation import Stage, habits_of, simulate, simulate_at

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
    scale = Scale(risk.hyper.range_km, risk.hyper.sd)
    print(
        f"Drawn from the model as estimated: range {scale.range_km:.0f} km, sd {scale.sd:.2f}, β "
        f"{np.round(beta, 2)}, {records.years:.1f} years\n"
    )
    print(coverage(frontier, stage, habits, scale, beta, years=records.years, borders=wanted.borders).to_string(), "\n")
    rate = records.counts.sum() / (stage.line.length_km.sum() / 100 * records.years)
    flat = np.full(len(stage.line.length_km), rate)
    print(f"Equal rates on all borders: P(highest) of the border that has most of it, {wanted.equal} borders")
    for name, rates in (("the same rate everywhere", flat), ("the same rate, at crossings", at_crossings(stage, rate))):
        top = highest(stage, habits, rates, records.years, wanted.equal)
        print(f"  {name}: median {np.median(top):.2f}, 90 % below {np.quantile(top, 0.9):.2f}, most {top.max():.2f}")


def coverage(
    frontier: geo.Frontier, stage: Stage, habits: object, scale: Scale, beta: np.ndarray, *, years: float, borders: int
) -> pd.DataFrame:
    """Share of true rates inside their nominal intervals, with standard errors between borders."""
    line = stage.line
    segment = pd.factorize(frontier.land_cells["segment"])[0]
    found = []
    for seed in range(borders):
        rng = np.random.default_rng(seed)
        truth, records = simulate(stage, habits, scale, beta, years=years, rng=rng)
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
        found.append(row)
    table = pd.DataFrame(found)
    print(
        f"{borders} borders, {table['incidents'].median():.0f} incidents in the median, "
        f"{table['incidents'].quantile(0.05):.0f} to {table['incidents'].quantile(0.95):.0f} in 90 %\n"
    )
    names = ["cells", "cells with a crossing", "cells between crossings", "segments", "borders"]
    return pd.DataFrame(
        {
            f"{level} % interval covers": [
                f"{100 * table[f'{name} {level}'].mean():.1f} ± {100 * table[f'{name} {level}'].sem():.1f} %"
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


def highest(stage: Stage, habits: object, rates: np.ndarray, years: float, borders: int) -> np.ndarray:
    """The largest P(highest) that any border gets, for each simulation."""
    line = stage.line
    share = np.zeros((len(rates), stage.neighbour.max() + 1))
    share[np.arange(len(rates)), stage.neighbour] = line.length_km
    share /= share.sum(axis=0)
    top = []
    for seed in range(borders):
        records = simulate_at(stage, habits, rates, years, np.random.default_rng(seed))
        draws = fit_posterior(line, records, choose_hyper(line, records), draws=DRAWS, seed=seed).draws
        first = np.argmax(np.exp(draws) @ share, axis=1)
        top.append(np.bincount(first, minlength=share.shape[1]).max() / len(first))
    return np.array(top)


if __name__ == "__main__":
    main()
