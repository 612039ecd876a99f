"""Numbers in running text, in figures and in words."""

from __future__ import annotations

import math
import re

from geo.drafting.lexicon import Mark, Shapes, compile_words, pattern, word_list
from geo.intake.words.numbers import read_number
from geo.paths import of_country

__all__ = ["find_numbers", "rounded"]

_SHAPES = Shapes("number")

_HUNDRED, _THOUSAND, _MILLION = 100, 1000, 1_000_000


def rounded(value: float) -> float:
    """A number without what binary arithmetic leaves behind its twelfth figure."""
    return float(f"{value:.12g}")


@of_country(maxsize=65536)
def _of_word(word: str, part: str) -> float | None:
    found = next((value for value, words in _patterns(part) if words.fullmatch(word)), None)
    stem = _SHAPES.case.sub("", word)  # "мыңнан", "жиырмадай", and not "бірге" (together)
    return found if found is not None or stem in (word, "бір") else _of_word(stem, part)


@of_country()
def _patterns(part: str) -> tuple[tuple[float, re.Pattern[str]], ...]:
    return tuple((float(value), compile_words(words)) for value, words in word_list("numbers", part).items())


def find_numbers(low: str, start: int = 0, end: int | None = None) -> list[Mark]:
    """Find the numbers of a text in small letters, each with the multiples and halves that follow it."""
    stop = len(low) if end is None else end
    numbers: list[Mark] = []
    for hit in _SHAPES.figures.finditer(low, start, stop):
        value, doubt = read_number(hit[0])
        if doubt:
            # In running text a comma between groups of three is English, a comma before decimals Russian and Kazakh.
            value = float(re.sub(r"[ ,'’\u00a0\u2009\u202f]", "", hit[0]))
        numbers.append(_multiplied(low, *hit.span(), value, stop))
    # A unit that no number stands before: "примерно тонна", "a tonne and a half", "полтонны", "half a million".
    units = [(1.0, _SHAPES.one_unit), (1.5, _SHAPES.one_and_half), (0.5, _SHAPES.half_unit)]
    units += [(0.25, _SHAPES.quarter), (2.0, _SHAPES.couple)]
    parts = [(hit, value) for value, shape in units for hit in shape.finditer(low, start, stop)]
    numbers += [_multiplied(low, *hit.span(), value, stop) for hit, value in parts]
    at = start
    for hit in _SHAPES.word.finditer(low, start, stop):
        if hit.start() >= at and (spelled := _spelled(low, hit.start(), stop)) is not None:
            if not any(mark.start <= spelled.start < mark.end for mark in numbers):
                numbers.append(spelled)
            at = spelled.end
    told: list[Mark] = []
    for mark in sorted((mark for mark in numbers if math.isfinite(mark.value)), key=lambda mark: mark.start):
        last = told[-1] if told else mark
        unit = _MILLION if last.value >= _MILLION else _THOUSAND
        rest = mark.value < unit and last.value % unit == 0 and _SHAPES.multiple.search(low, last.start, last.end)
        if rest and low[last.end : mark.start].strip(". ") == "":  # "13 миллион" "460 мың"
            told[-1] = Mark(last.start, mark.end, last.value + mark.value)
        else:
            told.append(mark)
    return told


def _multiplied(low: str, start: int, end: int, value: float, stop: int) -> Mark:
    """A number with the half and the multiple that follow it, and what says that it is more: "3 млн с лишним"."""
    if half := re.compile(rf"\s+{pattern('numbers', 'half', 'words').pattern}").match(low, end, stop):
        last = low[start:end].rsplit(maxsplit=1)[-1]
        value, end = value + 0.5 * (_of_word(last, "times") or 1), half.end()  # "миллион с половиной"
    while True:
        more = _SHAPES.more.match(low, end, stop)
        end = more.end() if more else end
        if not (word := _SHAPES.next.match(low, end, stop)):
            break
        times = _of_word(word[1], "times")
        if times is None:
            break
        # The point of "тыс." at the end of a line ends the sentence.
        ends = word[0].endswith(".") and not low[word.end() : word.end() + 2].strip()
        value, end = value * times, word.end() - ends
    return Mark(start, end, rounded(value))


def _spelled(low: str, start: int, stop: int) -> Mark | None:
    """A number in words that begins here."""
    whole, group, end = 0.0, 0.0, start
    if low.startswith("он", start) and not _SHAPES.kazakh.search(low[max(0, start - 80) : start + 80]):
        return None  # ten in Kazakh, he in Russian
    while word := _SHAPES.joined.match(low, end, stop):
        ones, times = _of_word(word[1], "ones"), _of_word(word[1], "times")
        hundred = times == _HUNDRED and (group == 0 or group >= 10)  # noqa: PLR2004  ("жүз" is a hundred by itself)
        before = low[max(0, start - 20) : start]
        alone = end == start and _SHAPES.alone.search(before + word[1]) and not _SHAPES.several.search(before)
        if times is not None and (alone or (end > start and not hundred)):
            group = times * (1 if alone else group)
            if times >= _THOUSAND:
                whole, group = whole + group, 0.0
        elif ones is not None and _goes_on(group, ones):
            group += ones
        else:
            break
        end = word.end()
    return None if end == start else _multiplied(low, start, end, whole + group, stop)


def _goes_on(group: float, ones: float) -> bool:
    """Whether a word may follow the ones before it: "сто" "двенадцать", not "пять" "шесть"."""
    figures = str(int(group))
    return group == 0 or (group % 10 == 0 and ones < 10 ** (len(figures) - len(figures.rstrip("0"))))
