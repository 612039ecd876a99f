"""Estimates as they are written: a figure with the interval, or a bound where the figure would say too much.

One rule and one rounding for every output: what is printed, plotted, ordered and coloured is one number. The page's
``figures.js`` does the same; ``tests/vectors/figures.json`` holds the cases of both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.language.catalogue import say
from geo.language.numbers import in_language, round_half_up, round_up, write_fixed, write_percent, write_percents

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "is_bound", "write_bound", "write_ends", "write_estimate", "write_figure", "write_ordinal", "write_rank",
    "write_ratio", "write_ratios", "write_share",
]  # fmt: skip

WIDEST = 12.0
"""An interval whose upper end is more than so many times its lower one is told by its upper end alone."""

LEAST = 0.01
"""As is one that begins below this, and no figure is written smaller."""

_STEPS = ((10.0, 0), (1.0, 1), (0.1, 2), (0.0, 3))


def is_bound(low90: float, high90: float) -> bool:
    """Whether an estimate is told by its upper end alone."""
    return low90 < LEAST or high90 / low90 > WIDEST


def write_figure(value: float, lang: str = "en", *, more: int = 0) -> str:
    """Write a figure by its own size: none to three decimals from 10, 1, 0.1 and 0.01 on, and ``more``."""
    if value < LEAST:
        return in_language(lang, f"< {LEAST}")
    return in_language(lang, write_fixed(value, _digits(value, round_half_up) + more))


def write_bound(high90: float, lang: str = "en") -> str:
    """Write an upper end, rounded up: two decimals under 1, one under 10, never under 0.01."""
    digits = min(_digits(high90, round_up), 2)
    return in_language(lang, write_fixed(max(round_up(high90, digits), LEAST), digits))


def write_estimate(value: float, low90: float, high90: float, lang: str = "en") -> str:
    """Write a figure with its interval, or "at most" a bound."""
    if is_bound(low90, high90):
        return say(lang, "at-most", b=write_bound(high90, lang))
    return f"{write_figure(value, lang)} ({write_ends(low90, high90, lang)})"


def write_ends(low90: float, high90: float, lang: str = "en") -> str:
    """Write both ends of an interval, with a digit more where they would print alike."""
    low, high = write_figure(low90, lang), write_figure(high90, lang)
    if low == high:
        low, high = write_figure(low90, lang, more=1), write_figure(high90, lang, more=1)
    return f"{low}–{high}"


def write_ratio(value: float, lang: str = "en") -> str:
    """Write a ratio, never 1.0 where it is not, so that 1 is seen to lie inside its interval."""
    text = write_figure(value)
    if text == "1.0" and value != 1:
        near = write_fixed(value, 2)
        text = near if near != "1.00" else "0.99" if value < 1 else "1.01"
    return in_language(lang, text)


def write_ratios(low90: float, high90: float, lang: str = "en") -> str:
    """Write both ends of a ratio's interval."""
    return f"{write_ratio(low90, lang)}–{write_ratio(high90, lang)}"


def write_share(share: float, low90: float, high90: float, lang: str = "en") -> str:
    r"""Write a share with its interval, or "at most" the upper end where it is none.

    >>> write_share(0.17, 0.123, 0.231), write_share(0, 0, 0.0041)
    ('17\xa0% (12–23\xa0%)', 'at most 0.41\xa0%')
    """
    if not share:
        return say(lang, "at-most", b=write_percent(lang, high90, up=True))
    return f"{write_percent(lang, share)} ({write_percents(lang, low90, high90)})"


def write_rank(low: int, high: int, lang: str = "en") -> str:
    """Write a rank, or the two that it lies between."""
    a, b = write_ordinal(low, lang), write_ordinal(high, lang)
    return say(lang, "rank.one", a=a) if low == high else say(lang, "rank.span", a=a, b=b)


def write_ordinal(rank: int, lang: str = "en") -> str:
    """Write a place in a row; in English with its ending."""
    ending = "th" if rank % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}{ending if lang == 'en' else ''}"


def _digits(value: float, rounded: Callable[[float, int], float]) -> int:
    """Decimals by a figure's size; what rounds up to the next size is written in that size."""
    own = next(digits for least, digits in _STEPS if value >= least)
    return next(digits for least, digits in _STEPS if rounded(value, own) >= least)
