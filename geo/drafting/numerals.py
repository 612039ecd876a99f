"""Numbers in running text, in figures and in words."""

from __future__ import annotations

import functools
import re

from geo.drafting.lexicon import Mark, compile_words, pattern, word_list
from geo.intake.words.numbers import read_number

__all__ = ["find_numbers"]

_FIGURES = re.compile(
    r"(?<![\w.,:/№#-])(?:[0-9]{1,3}(?:[ \u00a0\u2009\u202f,'’][0-9]{3})+(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)?)"
    r"(?![0-9])(?!:[0-9])(?!-?(?:го|й|я|е|м|ші|шы|st|nd|rd|th)\b)(?!-(?:лет|час|дюйм|жас|year|day|hour|inch))"
)
_WORD = re.compile(r"[^\W\d_]+")


@functools.cache
def _patterns(part: str) -> tuple[tuple[float, re.Pattern[str]], ...]:
    return tuple((float(value), compile_words(words)) for value, words in word_list("numbers")[part].items())


@functools.lru_cache(maxsize=65536)
def _of_word(word: str, part: str) -> float | None:
    return next((value for value, words in _patterns(part) if words.fullmatch(word)), None)


def find_numbers(low: str, start: int = 0, end: int | None = None) -> list[Mark]:
    """Find the numbers of a text in small letters.

    Parameters
    ----------
    low
        The text.
    start, end
        Where to look.

    Returns
    -------
    list of Mark
        Value: the number, with the multiples and halves that follow it.

    Examples
    --------
    >>> [mark.value for mark in find_numbers("сто двенадцать рогов, 12,7 тысячи пачек и двенадцать с половиной тысяч")]
    [112.0, 12700.0, 12500.0]
    >>> [mark.value for mark in find_numbers("1,273,170 us dollars, жүз жиырма келі, fifty-two boxes")]
    [1273170.0, 120.0, 52.0]
    """
    stop = len(low) if end is None else end
    found: list[Mark] = []
    for hit in _FIGURES.finditer(low, start, stop):
        token = hit[0]
        value, doubt = read_number(token)
        if doubt:
            # In running text a comma between groups of three is English, a comma before decimals Russian and Kazakh.
            value = float(re.sub(r"[ ,'’\u00a0\u2009\u202f]", "", token)) if "," in token else float(token)
        found.append(_multiplied(low, hit.start(), hit.end(), value, stop))
    at = start
    for hit in _WORD.finditer(low, start, stop):
        if hit.start() >= at and (spelled := _spelled(low, hit.start(), stop)) is not None:
            if not any(mark.start <= spelled.start < mark.end for mark in found):
                found.append(spelled)
            at = spelled.end
    return sorted(found, key=lambda mark: mark.start)


def _multiplied(low: str, start: int, end: int, value: float, stop: int) -> Mark:
    """A number with the half and the multiple that follow it."""
    half = re.compile(rf"\s+{pattern('numbers', 'half', 'words').pattern}").match(low, end, stop)
    if half:
        value, end = value + 0.5, half.end()
    while word := re.compile(r"[ \u00a0-]*([^\W\d_]+)\.?").match(low, end, stop):
        times = _of_word(word[1], "times")
        if times is None:
            break
        value, end = value * times, word.end()
        if word[0].endswith(".") and re.match(r"\s*(?:$|\n)", low[end : end + 2]):
            end -= 1
    return Mark(start, end, float(f"{value:.12g}"))


def _spelled(low: str, start: int, stop: int) -> Mark | None:
    """A number in words that begins here."""
    whole, group, end, any_ = 0.0, 0.0, start, False
    at = start
    joined = re.compile(r"(?:[\s-]+(?:and\s+)?)?([^\W\d_]+)")
    while word := joined.match(low, at, stop):
        ones, times = _of_word(word[1], "ones"), _of_word(word[1], "times")
        hundred = times == 100 and (group == 0 or group >= 10)  # noqa: PLR2004  ("жүз" is a hundred by itself)
        if times is not None and any_ and not hundred:
            group = group * times
            if times >= 1000:  # noqa: PLR2004
                whole, group = whole + group, 0.0
        elif ones is not None and _goes_on(group, ones):
            group += ones
        else:
            break
        any_, at, end = True, word.end(), word.end()
    if not any_:
        return None
    return _multiplied(low, start, end, whole + group, stop)


def _goes_on(group: float, ones: float) -> bool:
    """Whether a word may follow the ones before it: "сто" "двенадцать", not "пять" "шесть"."""
    if group == 0:
        return True
    return ones < 10 ** (len(str(int(group))) - len(str(int(group)).rstrip("0"))) if group % 10 == 0 else False
