"""Borders drawn from the model, with places as uncertain as those of real records: a test of the estimate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from geo.estimate.estimating import line_of
from geo.estimate.model import CROSSING_SD, Records

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.border.frontier import Frontier
    from geo.estimate.model import Line
    from geo.estimate.scale import Scale
    from geo.incidents.placing import Located

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

__all__ = ["Habits", "Stage", "habits_of", "simulate", "simulate_at"]

_NEGLIGIBLE = 1e-6


@dataclass(frozen=True, eq=False)
class Stage:
    """A border to draw incidents on.

    Attributes
    ----------
    line
        Its cells.
    neighbour, region
        Codes of each cell's neighbour and region, shape (n,).
    """

    line: Line
    neighbour: Ints
    region: Ints

    @classmethod
    def of(cls, frontier: Frontier) -> Stage:
        """The land border of a frontier."""
        land = frontier.land_cells
        return cls(line_of(frontier), pd.factorize(land["neighbour"])[0], pd.factorize(land["region_code"])[0])


class Habits(NamedTuple):
    """How records tell their places; it is taken not to depend on what the place is like.

    Attributes
    ----------
    exact
        Probability that the cell is told.
    vague
        Probabilities of the other records' places: a point, a region, a border; shape (3,).
    scale_km
        Spreads of the points, one is drawn for each.
    """

    exact: float
    vague: Floats
    scale_km: Floats


def habits_of(located: Located, frontier: Frontier) -> Habits:
    """How the dated records of the land border tell their places."""
    incidents = located.incidents
    on_land = incidents["border"].isin(frontier.borders.index[frontier.borders["kind"].eq("land")])
    told = incidents[on_land & incidents["date_start"].notna() & incidents["spread"].ne("none")]
    exact = told["spread"].eq("crossing")
    silent = told[~exact]
    points = silent[silent["spread"].eq("kernel")]
    return Habits(
        float(exact.mean()),
        np.array([silent["spread"].eq(name).mean() for name in ("kernel", "region", "border")]),
        np.maximum(points["location_radius_km"].fillna(1.0), points["distance_km"]).to_numpy(),
    )


def simulate(
    stage: Stage, habits: Habits, scale: Scale, beta: Floats, *, years: float, rng: np.random.Generator
) -> tuple[Floats, Records]:
    """A border from the model: field, crossing effects, incidents and their places.

    Parameters
    ----------
    stage, habits
        The border, and how records tell their places.
    scale, beta
        Hyperparameters of the field, and effects of the kinds of cells.
    years
        Length of the period.
    rng
        Source of randomness.

    Returns
    -------
    tuple
        The true log rates (incidents per 100 km and year), shape (n,), and the records.
    """
    line = stage.line
    keep = np.exp(-2 * line.step_km / scale.range_km)
    noise = scale.sd * rng.standard_normal(len(line.length_km))
    noise[1:] *= np.sqrt(1 - keep**2)
    field = [noise[0]]
    for share, fresh in zip(keep, noise[1:], strict=True):
        field.append(share * field[-1] + fresh)
    effect = CROSSING_SD * rng.standard_normal(len(field)) * line.crossing
    log_rate = line.kinds @ beta + np.array(field) + effect
    return log_rate, simulate_at(stage, habits, np.exp(log_rate), years, rng)


def simulate_at(stage: Stage, habits: Habits, rate: Floats, years: float, rng: np.random.Generator) -> Records:
    """Incidents at the given rates (per 100 km and year, shape (n,)), and their places."""
    number = rng.poisson(rate * stage.line.length_km / 100 * years)
    cells = np.repeat(np.arange(len(number)), number)
    rows = [_tell(stage, habits, int(cell), rng) for cell in cells]
    weights = csr_array(np.array(rows).reshape(len(rows), len(number)))
    return Records(weights, np.ones(len(rows)), years)


def _tell(stage: Stage, habits: Habits, cell: int, rng: np.random.Generator) -> Floats:
    """What is known of the place of one incident of a cell: weights, shape (n,)."""
    if rng.random() < habits.exact:
        return np.asarray(np.arange(len(stage.line.length_km)) == cell, float)
    weight = _place(stage, habits, cell, rng)
    weight = np.where(weight < _NEGLIGIBLE * weight.max(), 0.0, weight)
    return np.asarray(weight / weight.sum())


def _place(stage: Stage, habits: Habits, cell: int, rng: np.random.Generator) -> Floats:
    """A point some way off, a region or a border that the cell may be of."""
    same = stage.neighbour == stage.neighbour[cell]
    kind = rng.choice(3, p=habits.vague)
    if kind == 0:
        middle = np.cumsum(stage.line.length_km) - stage.line.length_km / 2
        spread = rng.choice(habits.scale_km)
        gap = np.abs(middle - middle[cell] - spread * rng.standard_normal())
        return np.asarray(np.exp(-0.5 * (gap**2 - gap[cell] ** 2) / spread**2) * same)
    if kind == 1:
        same = same & (stage.region == stage.region[cell])
    return np.asarray(same * stage.line.length_km)
