"""Estimates as they are written: a figure with the interval, or a bound where the figure would say too much.

One rule and one rounding for every output: what is printed, plotted, ordered and coloured is one number.
"""

from __future__ import annotations

import math

from geo.language.catalogue import say
from geo.language.numbers import in_language

__all__ = ["is_bound", "write_bound", "write_ends", "write_estimate", "write_figure", "write_ratio"]

WIDEST = 12.0
"""An interval whose upper end is more than so many times its lower one is told by its upper end alone."""

LEAST = 0.01
"""As is one that begins below this, and no figure is written smaller."""

_STEPS = ((10.0, 0), (1.0, 1), (0.1, 2), (0.0, 3))


def is_bound(low90: float, high90: float) -> bool:
    """Whether an estimate is told by its upper end alone.

    Examples
    --------
    >>> is_bound(0.5, 2.0), is_bound(0.05, 0.9), is_bound(0.005, 0.02)
    (False, True, True)
    """
    return low90 < LEAST or high90 / low90 > WIDEST


def write_figure(value: float, more: int = 0) -> str:
    """A figure by its own size: none, one, two or three decimals from 10, 1, 0.1 and 0.01 on.

    Parameters
    ----------
    value
        0 or more.
    more
        Digits beyond that.

    Examples
    --------
    >>> [write_figure(value) for value in (12.34, 2.549, 0.224, 0.0726, 0.0004)]
    ['12', '2.5', '0.22', '0.073', '< 0.01']
    """
    if value < LEAST:
        return f"< {LEAST}"
    digits = next(digits for least, digits in _STEPS if value >= least)
    # What rounds up to the next size is written in that size.
    digits = next(digits for least, digits in _STEPS if round(value, digits) >= least)
    return f"{_half_up(value, digits + more):.{digits + more}f}"


def write_bound(high90: float) -> str:
    """An upper end, rounded up: two decimals under 1, one under 10, never under 0.01.

    Examples
    --------
    >>> [write_bound(value) for value in (0.0211, 0.003, 1.21, 12.01)]
    ['0.03', '0.01', '1.3', '13']
    """
    digits = 2 if high90 < 1 else 1 if high90 < 10 else 0  # noqa: PLR2004  (sizes)
    scale = 10**digits
    up = max(math.ceil(round(high90 * scale, 6)) / scale, LEAST)
    return f"{up:.{digits}f}" if up < 10 or not digits else f"{up:.0f}"  # noqa: PLR2004


def write_estimate(value: float, low90: float, high90: float, lang: str = "en") -> str:
    """A figure with its interval, or "at most" a bound.

    Parameters
    ----------
    value, low90, high90
        Posterior median, and ends of the 90 % interval.
    lang
        ``en``, ``ru`` or ``kk``.

    Examples
    --------
    >>> write_estimate(2.549, 1.756, 3.612)
    '2.5 (1.8–3.6)'
    >>> write_estimate(0.0021, 0.0001, 0.0211)
    'at most 0.03'
    >>> write_estimate(0.224, 0.0726, 0.65, "ru")
    '0,22 (0,073–0,65)'
    """
    if is_bound(low90, high90):
        return say(lang, "at-most", b=in_language(lang, write_bound(high90)))
    return f"{in_language(lang, write_figure(value))} ({write_ends(low90, high90, lang)})"


def write_ends(low90: float, high90: float, lang: str = "en") -> str:
    """Both ends of an interval, with a digit more where they would print alike.

    Examples
    --------
    >>> write_ends(1.756, 3.612), write_ends(0.212, 0.214, "ru")
    ('1.8–3.6', '0,212–0,214')
    """
    low, high = write_figure(low90), write_figure(high90)
    if low == high:
        low, high = write_figure(low90, 1), write_figure(high90, 1)
    return f"{in_language(lang, low)}–{in_language(lang, high)}"


def write_ratio(value: float) -> str:
    """A ratio, or an end of its interval, never 1.0 where it is not: 0.99 or 1.01, so that 1 is seen to lie inside.

    Examples
    --------
    >>> [write_ratio(value) for value in (3.94, 0.996, 1.004, 1.0)]
    ['3.9', '0.99', '1.01', '1.0']
    """
    text = write_figure(value)
    if float(text.removeprefix("< ")) == 1 and value != 1:
        return "0.99" if value < 1 else "1.01"
    return text


def _half_up(value: float, digits: int) -> float:
    scale = 10.0**digits
    return math.floor(round(value * scale, 6) + 0.5) / scale
