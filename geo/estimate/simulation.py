"""Borders drawn from the model, with places as uncertain as those of real records: a test of the estimate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from geo.estimate.emission import Told, kind_of
from geo.estimate.estimating import line_of
from geo.vocabulary import CLUES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.border.frontier import Frontier
    from geo.estimate.model import Line
    from geo.estimate.scale import Emission, Scale
    from geo.incidents.placing import Located

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

__all__ = ["Habits", "Stage", "habits_of", "simulate", "tell"]

_NEGLIGIBLE = 1e-6


@dataclass(frozen=True, eq=False)
class Stage:
    """A border to draw incidents on: its cells and sites, and codes of each cell's region, shape (n,)."""

    line: Line
    region: Ints

    @classmethod
    def of(cls, frontier: Frontier) -> Stage:
        """The land border of a frontier."""
        return cls(line_of(frontier), pd.factorize(frontier.land_cells["region_code"])[0])


class Habits(NamedTuple):
    """Ways in which records tell their places; they are taken not to depend on what the place is like.

    A named crossing is told exactly; other records tell a point, a region or a border with the probabilities
    ``vague``, and a point has one of the spreads ``scale_km``.
    """

    emission: Emission
    vague: Floats
    scale_km: Floats


def habits_of(located: Located, frontier: Frontier, emission: Emission) -> Habits:
    """Ways in which the dated records of the land border tell their places."""
    incidents = located.incidents
    on_land = incidents["border"].isin(frontier.borders.index[frontier.borders["kind"].eq("land")])
    vague = incidents[on_land & incidents["date_start"].notna() & incidents["spread"].isin(_VAGUE)]
    points = vague[vague["spread"].eq("kernel")]
    return Habits(
        emission,
        np.array([vague["spread"].eq(name).mean() for name in _VAGUE]),
        np.maximum(points["location_radius_km"].fillna(1.0), points["distance_km"]).to_numpy(),
    )


_VAGUE = ("kernel", "region", "border")


def simulate(
    stage: Stage,
    habits: Habits,
    scale: Scale,
    beta: Floats,
    *,
    years: float,
    rng: np.random.Generator,
    share_between: float | None = None,
) -> tuple[Floats, Told]:
    """A border from the model: field, crossing effects, incidents, their places and clues.

    With ``share_between``, rates between crossings are scaled to that share of the expected incidents. Gives the true
    log rates of the sites (incidents per 100 km and year, and a year), shape (sites,), and the records.
    """
    line = stage.line
    keep = np.exp(-2 * line.step_km / scale.range_km)
    noise = scale.sd * rng.standard_normal(len(line.length_km))
    noise[1:] *= np.sqrt(1 - keep**2)
    field = [noise[0]]
    for ahead, fresh in zip(keep, noise[1:], strict=True):
        field.append(ahead * field[-1] + fresh)
    effect = np.concatenate([field, scale.crossing_sd * rng.standard_normal(line.at.sum())])
    log_rate = line.kinds @ beta + effect
    if share_between is not None:
        number = np.exp(log_rate) * line.exposure(years)
        wanted = share_between / (1 - share_between) * number[line.at].sum()
        log_rate = log_rate + np.where(line.at, 0.0, np.log(wanted / number[~line.at].sum()))
    return log_rate, tell(stage, habits, np.exp(log_rate), years, rng)


def tell(stage: Stage, habits: Habits, rate: Floats, years: float, rng: np.random.Generator) -> Told:
    """Incidents at the sites' rates, shape (sites,), with their places and clues."""
    line = stage.line
    number = rng.poisson(rate * line.exposure(years))
    sites = np.repeat(np.arange(len(number)), number)
    chances = np.array(habits.emission)[kind_of(line)[sites]].cumsum(axis=1)
    clue = (rng.random((len(sites), 1)) * chances[:, -1:] > chances).sum(axis=1)
    named = clue == CLUES.index("named")
    weights = np.zeros((len(sites), len(line.road)))
    for row, site in enumerate(sites):
        cell = int(line.cell[site])
        weights[row] = np.arange(len(line.road)) == cell if named[row] else _place(stage, habits, cell, rng)
    return Told(csr_array(weights), np.eye(len(CLUES))[clue], years)


def _place(stage: Stage, habits: Habits, cell: int, rng: np.random.Generator) -> Floats:
    """A point some way off, a region or a border that the cell may be of: weights, shape (n,)."""
    line = stage.line
    same = line.neighbour == line.neighbour[cell]
    kind = rng.choice(3, p=habits.vague)
    if kind == 0:
        middle = np.cumsum(line.length_km) - line.length_km / 2
        spread = rng.choice(habits.scale_km)
        gap = np.abs(middle - middle[cell] - spread * rng.standard_normal())
        weight = np.exp(-0.5 * (gap**2 - gap[cell] ** 2) / spread**2) * same
        weight = np.where(weight < _NEGLIGIBLE * weight.max(), 0.0, weight)
    else:
        if kind == 1:
            same = same & (stage.region == stage.region[cell])
        weight = same * line.length_km
    return np.asarray(weight / weight.sum())
