"""The scale of the field along the border: how far rates resemble each other, and how much they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

__all__ = ["Hyper", "Scale"]


class Scale(NamedTuple):
    """Hyperparameters of the field.

    Attributes
    ----------
    range_km
        Distance at which the correlation has fallen to exp(−2) = 0.14.
    sd
        Standard deviation of the log rate around the mean of its kind of cell.
    """

    range_km: float
    sd: float


@dataclass(frozen=True)
class Hyper:
    """Hyperparameters of the estimate.

    Attributes
    ----------
    scales
        Equally likely scales of the field.
    """

    scales: tuple[Scale, ...]

    @property
    def range_km(self) -> float:
        """Typical range: the geometric mean."""
        return float(np.exp(np.mean([np.log(scale.range_km) for scale in self.scales])))

    @property
    def sd(self) -> float:
        """Typical standard deviation of the log rate: the geometric mean."""
        return float(np.exp(np.mean([np.log(scale.sd) for scale in self.scales])))
