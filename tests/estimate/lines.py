"""A small line with crossings on it, and records told more or less exactly."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from geo.estimate.model import Fit, Line, Records
from geo.estimate.scale import Scale

__all__ = ["CELLS", "SCALE", "SITES", "dense_prior", "make_line", "make_records"]

SCALE = Scale(120.0, 1.3, 1.2)
CELLS, SITES = 60, 64


def make_line() -> Line:
    """Sixty cells on two borders; four hold crossings: both kinds, road, rail, road."""
    road = np.zeros(CELLS, bool)
    rail = road.copy()
    road[[5, 20, 41]] = True
    rail[[5, 30]] = True
    return Line(np.linspace(9.0, 11.0, CELLS), road, rail, (np.arange(CELLS) >= 35).astype(np.intp))


def make_records(seed: int = 1, years: float = 10.0) -> Records:
    """A few certain records, a kernel, and one that may lie anywhere."""
    rng = np.random.default_rng(seed)
    certain = np.eye(SITES)[[CELLS, CELLS + 1, 33]]
    cell = np.array([*range(CELLS), 5, 20, 30, 41])
    kernel = np.exp(-0.5 * ((cell - 18) / 3) ** 2)
    kernel[kernel < 1e-6] = 0
    weights = np.vstack([certain, kernel / kernel.sum(), np.ones(SITES) / SITES])
    return Records(csr_array(weights), rng.integers(1, 9, 5).astype(float), years)


def dense_prior(fit: Fit) -> np.ndarray:
    """Prior covariance of the log rates, from its definition."""
    line = fit.line
    middle = np.cumsum(line.length_km) - line.length_km / 2
    own = np.zeros((SITES, SITES))
    own[:CELLS, :CELLS] = fit.scale.sd**2 * np.exp(-2 * np.abs(middle[:, None] - middle) / fit.scale.range_km)
    own[CELLS:, CELLS:] = fit.scale.crossing_sd**2 * np.eye(SITES - CELLS)
    return own + line.kinds @ np.diag(1 / line.prior[1]) @ line.kinds.T
