"""Exact intervals of counts."""

from __future__ import annotations

from scipy.special import gammaincinv

__all__ = ["garwood"]


def garwood(count: float, level: float = 0.95) -> tuple[float, float]:
    """Exact interval for a Poisson mean, given a count.

    Parameters
    ----------
    count
        Number of events; a fraction is taken as it is.
    level
        Coverage.

    Returns
    -------
    tuple of float
        Lower and upper end.

    References
    ----------
    Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28, 437-442.

    Examples
    --------
    >>> tuple(round(float(end), 2) for end in garwood(10))
    (4.8, 18.39)
    """
    tail = (1 - level) / 2
    low = 0.0 if count == 0 else float(gammaincinv(count, tail))
    return low, float(gammaincinv(count + 1, 1 - tail))
