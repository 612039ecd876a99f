"""Do the intervals hold what they promise? Borders drawn from the model, and borders with equal rates.

Run it as ``python -m benchmarks.calibration [--borders 200] [--equal 100]``; seeds are fixed.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

import geo
from geo.estimate.estimating import learn_hyper, line_of, told_of
from geo.estimate.hyperparameters import choose_hyper, fit_posterior
from geo.estimate.scale import Scale
from geo.estimate.simulation import Stage, habits_of, simulate, tell
from geo.incidents.selection import Selection, rate_period

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.estimate.scale import Hyper
    from geo.estimate.simulation import Habits

SHARES = (0.06, 0.25)
LEVELS = (50, 90)
DRAWS = 1000


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--borders", type=int, default=200, help="borders drawn from the model, for each share")
    parser.add_argument("--equal", type=int, default=100, help="borders with equal rates")
    wanted = parser.parse_args()
    frontier = geo.read_frontier()
    everything = geo.locate(geo.read_incidents(), frontier)
    hyper, located = learn_hyper(everything), everything.select(Selection())
    line, told = line_of(frontier), told_of(located, frontier, rate_period(everything.incidents, Selection()))
    beta = fit_posterior(line, told.records(line, hyper.emission), hyper, draws=4).beta
    stage, habits = Stage.of(frontier), habits_of(located, frontier, hyper.emission)
    print(
        f"Drawn from the model as estimated, range and sd from their posterior (typically {hyper.range_km:.0f} km, "
        f"{hyper.sd:.2f}; crossings {hyper.scales[0].crossing_sd:.2f}), β {np.round(beta, 2)}, {told.years:.1f} years"
    )
    segment = pd.factorize(frontier.land_cells["segment"])[0]
    for share in SHARES if wanted.borders else ():
        cover = partial(coverage, segment, stage, habits, hyper, beta, told.years, share)
        print(f"\n{share:.0%} of the incidents between crossings")
        print(table_of(pd.DataFrame(in_parallel(cover, wanted.borders))).to_string(), flush=True)
    if wanted.equal:
        rate = told.counts.sum() / line.length_km.sum() / told.years * 100
        top = np.array(in_parallel(partial(highest, stage, habits, hyper, rate, told.years), wanted.equal))
        print(f"\nEqual rates on all borders: P(highest) of the border that has most of it, {wanted.equal} borders")
        print(f"  median {np.median(top):.2f}, 90 % below {np.quantile(top, 0.9):.2f}, most {top.max():.2f}")


def in_parallel(call: Callable[[int], object], number: int) -> list[object]:
    """The results for the seeds 0, 1, …, in order."""
    with ProcessPoolExecutor() as pool:
        return list(pool.map(call, range(number)))


def coverage(  # noqa: PLR0917  (partial fills all but the seed)
    segment: np.ndarray,
    stage: Stage,
    habits: Habits,
    hyper: Hyper,
    beta: np.ndarray,
    years: float,
    share: float,
    seed: int,
) -> dict[str, float]:
    """Share of true rates inside their nominal intervals on one border."""
    line, rng = stage.line, np.random.default_rng(seed)
    truth, told = simulate(stage, habits, drawn_scale(hyper, rng), beta, years=years, rng=rng, share_between=share)
    learned = choose_hyper(line, told)
    rates = fit_posterior(line, told.records(line, learned.emission), learned, draws=DRAWS, seed=seed).rates
    exposure, cells = line.exposure(years), len(line.road)
    number, draws = np.exp(truth) * exposure, rates * exposure
    member = np.zeros((cells, segment.max() + 1))
    member[np.arange(cells), segment] = 1
    empty = np.bincount(segment, line.crossing) == 0
    border = np.zeros((len(number), line.neighbour.max() + 1))
    border[np.arange(len(number)), line.neighbour[line.cell]] = 1
    groups = {
        "crossings": (number[line.at], draws[:, line.at]),
        "cells between": (number[~line.at], draws[:, ~line.at]),
        "segments without a crossing": (number[:cells] @ member[:, empty], draws[:, :cells] @ member[:, empty]),
        "total between": (number[~line.at].sum(keepdims=True), draws[:, ~line.at].sum(axis=1, keepdims=True)),
        "borders": (number @ border, draws @ border),
    }
    row = {"incidents": told.counts.sum()}
    for name, (true, drawn) in groups.items():
        for level in LEVELS:
            low, high = np.quantile(drawn, [0.5 - level / 200, 0.5 + level / 200], axis=0)
            row[f"{name} {level}"] = ((true >= low) & (true <= high)).mean()
    return row


def drawn_scale(hyper: Hyper, rng: np.random.Generator) -> Scale:
    """A range and an sd from what today's records leave open of them, a Gaussian in logs.

    The five points of an estimate have 1.6 times its covariance.
    """
    points = np.log([(scale.range_km, scale.sd) for scale in hyper.scales])
    drawn = rng.multivariate_normal(points.mean(axis=0), np.cov(points.T, bias=True) / 1.6)
    return Scale(*np.exp(drawn).tolist(), hyper.scales[0].crossing_sd)


def table_of(found: pd.DataFrame) -> pd.DataFrame:
    """Coverage in per cent, with standard errors between borders."""
    number = found["incidents"]
    print(
        f"{len(found)} borders, {number.median():.0f} incidents in the median, {number.quantile(0.05):.0f} to "
        f"{number.quantile(0.95):.0f} in 90 %"
    )
    names = [name[: -len(" 90")] for name in found.columns if name.endswith(" 90")]
    return pd.DataFrame(
        {
            f"{level} % interval covers": [
                f"{100 * found[f'{name} {level}'].mean():.1f} ± {100 * found[f'{name} {level}'].sem():.1f} %"
                for name in names
            ]
            for level in LEVELS
        },
        index=names,
    )


def highest(stage: Stage, habits: Habits, hyper: Hyper, rate: float, years: float, seed: int) -> float:  # noqa: PLR0917
    """The largest P(highest) that any border gets in one simulation of equal rates, 6 % of them between crossings."""
    line = stage.line
    length = np.bincount(line.neighbour, line.length_km)
    crossings = np.bincount(line.neighbour[line.cell[line.at]], minlength=len(length))
    own = line.neighbour[line.cell]
    rates = np.where(line.at, 0.94 * rate * length[own] / 100 / np.maximum(crossings[own], 1), 0.06 * rate)
    told = tell(stage, habits, rates, years, np.random.default_rng(seed))
    drawn = fit_posterior(line, told.records(line, hyper.emission), hyper, draws=DRAWS, seed=seed).rates
    border = np.zeros((len(own), len(length)))
    border[np.arange(len(own)), own] = 1
    first = np.argmax(drawn * line.exposure(1.0) @ border / length, axis=1)
    return float(np.bincount(first, minlength=len(length)).max() / len(first))


if __name__ == "__main__":
    main()
