"""Hyperparameters: how far rates resemble each other, how much they differ, and what records say of their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

__all__ = ["Emission", "Hyper", "Scale"]

Emission = tuple[tuple[float, ...], ...]
"""By kind of site (:data:`geo.estimate.emission.KINDS`) and clue (:data:`geo.vocabulary.CLUES`)."""


class Scale(NamedTuple):
    """Scale on which rates differ.

    Between crossings the correlation of rates has fallen to exp(−2) = 0.14 at ``range_km``, and log rates have the
    standard deviation ``sd``; at crossings they have ``crossing_sd`` around the mean of their kind.
    """

    range_km: float
    sd: float
    crossing_sd: float = 1.5


@dataclass(frozen=True)
class Hyper:
    """Equally likely scales, and Dirichlet parameters of the probability of each clue at each kind of site."""

    scales: tuple[Scale, ...]
    clues: Emission

    @property
    def emission(self) -> Emission:
        """Mean probability of each clue at each kind of site."""
        return tuple(tuple(value / sum(row) for value in row) for row in self.clues)

    @property
    def range_km(self) -> float:
        """Typical range: the geometric mean."""
        return float(np.exp(np.mean([np.log(scale.range_km) for scale in self.scales])))

    @property
    def sd(self) -> float:
        """Typical standard deviation of the log rate between crossings: the geometric mean."""
        return float(np.exp(np.mean([np.log(scale.sd) for scale in self.scales])))
