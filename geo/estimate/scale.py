"""Hyperparameters: how far rates resemble each other, how much they differ, and what records say of their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

__all__ = ["Emission", "Hyper", "Scale"]

Emission = tuple[tuple[float, ...], ...]
"""Probability of each clue at each kind of site."""


class Scale(NamedTuple):
    """Scale on which rates differ.

    Attributes
    ----------
    range_km
        Distance at which the correlation of rates between crossings has fallen to exp(−2) = 0.14.
    sd
        Standard deviation of the log rate between crossings around its mean.
    crossing_sd
        Standard deviation of the log rates of crossings around the mean of their kind.
    """

    range_km: float
    sd: float
    crossing_sd: float = 1.5


@dataclass(frozen=True)
class Hyper:
    """Hyperparameters of the estimate.

    Attributes
    ----------
    scales
        Equally likely scales.
    emission
        Probability of each clue at each kind of site, by :data:`geo.estimate.emission.KINDS` and
        :data:`geo.vocabulary.CLUES`.
    """

    scales: tuple[Scale, ...]
    emission: Emission

    @property
    def range_km(self) -> float:
        """Typical range: the geometric mean."""
        return float(np.exp(np.mean([np.log(scale.range_km) for scale in self.scales])))

    @property
    def sd(self) -> float:
        """Typical standard deviation of the log rate between crossings: the geometric mean."""
        return float(np.exp(np.mean([np.log(scale.sd) for scale in self.scales])))
