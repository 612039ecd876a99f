"""The type of a figure: its faces, how wide a text is, and where it breaks into lines."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import matplotlib as mpl
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.textpath import text_to_path

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Run", "face", "measure", "wrap", "writable"]

# The faces that come with matplotlib: they have the Kazakh letters and are the same on every machine.
_FACES = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}
_NO_GLYPH = "□"


class Run(NamedTuple):
    """A piece of a paragraph in one look."""

    text: str
    bold: bool = False
    colour: str = "ink-2"


@cache
def face(*, bold: bool) -> FontProperties:
    """The regular or the bold face."""
    return FontProperties(fname=Path(mpl.get_data_path(), "fonts", "ttf", _FACES[bold]))


def writable(text: str, *, bold: bool = False) -> str:
    """The text without what no page shows; a letter that the face lacks becomes a hollow square.

    Examples
    --------
    >>> writable("Қорған \u202e漢")
    'Қорған □'
    """
    known = _letters(bold=bold)
    shown = (letter for letter in text if letter.isprintable() or letter == "\xa0")
    return "".join(letter if ord(letter) in known else _NO_GLYPH for letter in shown)


@lru_cache(maxsize=4096)
def measure(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a line of text, in the unit of its size."""
    shown = writable(text, bold=bold)
    if not shown:
        return 0.0
    prop = face(bold=bold).copy()
    prop.set_size(size)
    width, _, _ = text_to_path.get_text_width_height_descent(shown, prop, ismath=False)
    return float(width)


def wrap(runs: Sequence[Run], width: float, size: float) -> list[list[Run]]:
    """Break runs of text into lines at their spaces; neighbours of one look are joined again."""
    lines: list[list[Run]] = [[]]
    used = 0.0
    for word in _words(runs):
        long = sum(measure(part.text, size, bold=part.bold) for part in word)
        space = measure(" ", size) if word[-1].text.endswith(" ") else 0.0
        if lines[-1] and used + long - space > width:
            lines.append([])
            used = 0.0
        used += long
        for part in word:
            last = lines[-1][-1] if lines[-1] else None
            if last is not None and last[1:] == part[1:]:
                lines[-1][-1] = last._replace(text=last.text + part.text)
            else:
                lines[-1].append(part)
    return [line for line in lines if line]


def _words(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs cut after each space; a word may be of several runs."""
    words: list[list[Run]] = [[]]
    for run in runs:
        for text in re.findall(r" +|[^ ]+", run.text):
            words[-1].append(run._replace(text=text))
            if text[0] == " ":
                words.append([])
    return [word for word in words if word]


@cache
def _letters(*, bold: bool) -> frozenset[int]:
    return frozenset(get_font(str(face(bold=bold).get_file())).get_charmap())
