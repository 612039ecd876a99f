"""Numbers as each language writes them, every one rounded half up on its decimal value.

The decimal value of a float is the shortest one that means it (0.115, not 0.11500000000000000499): what a reader sees
written elsewhere. ``geo/view/web/language/numbers.js`` does the same; ``tests/vectors/`` holds the cases of both.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_HALF_UP, Context, Decimal

import numpy as np
import numpy.typing as npt

from geo.language.texts import read_words

__all__ = [
    "in_language", "round_half_up", "round_rates", "round_up", "shorten_rates", "write_exact", "write_fixed",
    "write_number", "write_percent", "write_percents", "write_rate",
]  # fmt: skip

_LEAST = 0.005  # a rate below is written as nothing
_ONE = 0.995  # a rate from here on has one decimal
_WHOLE_FROM = 10  # per cent
_FIGURES, _ALL_FIGURES = 3, 17
_LEAST_FIGURE = 0.01
_TIE = 1e-9  # a tie's distance from itself in binary
_WIDE = Context(prec=400)  # room for every float


def round_half_up(value: float, digits: int = 0) -> float:
    """Round to a number of decimals (negative: tens, hundreds), halves away from zero, on the decimal value.

    Examples
    --------
    >>> round_half_up(0.125, 2), round_half_up(2.675, 2), round_half_up(-0.5)
    (0.13, 2.68, -1.0)
    """
    return float(_quantize(value, digits))


def round_up(value: float, digits: int = 0) -> float:
    """Round to a number of decimals, away from what is smaller, on the decimal value.

    Examples
    --------
    >>> round_up(0.0211, 2), round_up(0.29, 2)
    (0.03, 0.29)
    """
    return float(_decimal(value).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_CEILING, context=_WIDE))


def write_fixed(value: float, digits: int = 0) -> str:
    """Write a number in English with exactly so many decimals.

    Examples
    --------
    >>> write_fixed(17541.25, 1), write_fixed(0.125, 2)
    ('17,541.3', '0.13')
    """
    return f"{_quantize(value, digits):,f}"


def write_number(lang: str, value: float, digits: int | None = None) -> str:
    """Write a number with at most two decimals, or with exactly ``digits``.

    Examples
    --------
    >>> write_number("en", 17541), write_number("ru", 0.5), write_number("kk", 3, 1)
    ('17,541', '0,5', '3,0')
    """
    text = write_fixed(value, 2).rstrip("0").rstrip(".") if digits is None else write_fixed(value, digits)
    return in_language(lang, text)


def write_exact(lang: str, value: float) -> str:
    """Write a number with as many decimals as it has.

    Examples
    --------
    >>> write_exact("en", 17541.0), write_exact("ru", 0.0375)
    ('17,541', '0,0375')
    """
    exponent = _decimal(value).normalize(_WIDE).as_tuple().exponent
    return write_number(lang, value, max(0, -int(exponent)))


def write_rate(lang: str, value: float) -> str:
    """Write a rate: two decimals under one, one from one on, nothing under 0.005.

    Examples
    --------
    >>> write_rate("en", 0.934), write_rate("ru", 12.345), write_rate("en", 0.001)
    ('0.93', '12,3', '0')
    """
    return "0" if value < _LEAST else write_number(lang, value, 1 if value >= _ONE else 2)


def write_percent(lang: str, share: float, *, up: bool = False) -> str:
    r"""Write a share in per cent: whole from ten per cent on, two figures below, however small it is; a bound ``up``.

    Examples
    --------
    >>> write_percent("en", 0.17), write_percent("ru", 0.000399), write_percent("en", 0.0325)
    ('17\xa0%', '0,04\xa0%', '3.3\xa0%')
    """
    percent = _decimal(share).scaleb(2)
    digits = 0 if percent == 0 or abs(percent) >= _WHOLE_FROM else 1 - percent.adjusted()
    rounded = percent.quantize(Decimal(1).scaleb(-digits), ROUND_CEILING, _WIDE) if up else _quantize(percent, digits)
    text = f"{rounded:,f}"
    text = text.rstrip("0").rstrip(".") if digits else text
    return read_words(lang)["number.percent"].replace("{n}", in_language(lang, text))


def write_percents(lang: str, low: float, high: float) -> str:
    """Write both ends of an interval of shares, with one sign."""
    sign = read_words(lang)["number.percent"].replace("{n}", "")
    return f"{write_percent(lang, low).removesuffix(sign)}–{write_percent(lang, high)}"


def round_rates(rates: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Round rates as :mod:`geo.language.figures` writes them: as figures, and up as bounds.

    Parameters
    ----------
    rates
        Shape (n,).

    Returns
    -------
    ndarray of float64, shape (2, n)

    Examples
    --------
    >>> round_rates([0.11474, 0.0725, 3.25, 0.001]).tolist()
    [[0.11, 0.073, 3.3, 0.0], [0.12, 0.08, 3.3, 0.01]]
    """
    values = np.asarray(rates, float)
    tens = 10.0 ** np.digitize(-values, [-10, -1, -0.1], right=True)
    up = np.minimum(tens, 100)
    figures = np.where(values < _LEAST_FIGURE, 0.0, np.floor(values * tens + 0.5 + _TIE) / tens)
    return np.stack([figures, np.maximum(np.ceil(values * up - _TIE) / up, _LEAST_FIGURE)])


def shorten_rates(rates: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Shorten rates to three figures, or to as many more as leave what is written of them as it is.

    Parameters
    ----------
    rates
        Shape (n,).

    Returns
    -------
    ndarray of float64, shape (n,)

    Examples
    --------
    >>> shorten_rates([0.23714, 0.11474]).tolist()
    [0.237, 0.1147]
    """
    values = np.asarray(rates, float)
    short, wrong = values.copy(), np.ones(len(values), bool)
    for figures in range(_FIGURES, _ALL_FIGURES):
        short[wrong] = [float(f"{value:.{figures}g}") for value in values[wrong]]
        wrong = (round_rates(short) != round_rates(values)).any(axis=0)
        if not wrong.any():
            break
    return short


def in_language(lang: str, text: str) -> str:
    """A number written with commas and a point, with the signs of a language."""
    words = read_words(lang)
    return text.translate({ord(","): words["number.group"], ord("."): words["number.point"]})


def _decimal(value: float | Decimal) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(repr(float(value)))


def _quantize(value: float | Decimal, digits: int) -> Decimal:
    rounded = _decimal(value).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP, context=_WIDE)
    return abs(rounded) if rounded == 0 else rounded
