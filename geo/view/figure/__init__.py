"""The figure for print: the map, its legend and sum, and the border unrolled, on one sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import ShekaraError, UnknownValueError
from geo.files.tables import whole_file
from geo.language.catalogue import LANGUAGES, say

if TYPE_CHECKING:
    from datetime import date

    from geo.border.frontier import Frontier
    from geo.estimate.risk import Risk
    from geo.incidents.placing import Located

__all__ = ["FIGURE_KINDS", "draw_figure", "write_figure"]

FIGURE_KINDS: tuple[str, ...] = (".png", ".svg", ".pdf")
"""Endings of a figure's file."""

_NARROWEST_MM, _WIDEST_MM = 120, 1200


def write_figure(
    path: str | Path,
    located: Located,
    frontier: Frontier,
    risk: Risk | None = None,
    *,
    lang: str = "en",
    period: tuple[date, date] | None = None,
    selection: str = "",
    title: str | None = None,
    width_mm: float = 180,
    own: bool = False,
) -> Path:
    """Write the map and the unrolled border as one figure for print.

    The file appears whole or not at all, and the same arguments give the same bytes.

    Parameters
    ----------
    path
        File to write, ending in ``.png`` (300 dpi), ``.svg`` or ``.pdf``.
    located
        The records to show, already filtered and placed.
    frontier
        The border.
    risk
        The estimate of these records, with its intervals; None shows the plain rate of stretches of about 50 km.
    lang
        ``en``, ``ru`` or ``kk``.
    period
        First and last day that the rates are for; None: those of :func:`geo.incidents.selection.rate_period`.
    selection
        The filter in words, as :func:`geo.summaries.notes.describe` gives it in that language.
    title
        Heading; the catalogue's own where None.
    width_mm
        Width in millimetres, 120 to 1200. Up to 180 mm text has its least size, 6 points; beyond, it grows.
    own
        Whether the records are the publisher's own: then nothing is said of their licence.

    Raises
    ------
    UnknownValueError
        When the ending or the language is not known.
    ShekaraError
        When matplotlib is missing, or the width is out of range.
    """
    target = Path(path)
    drawn = draw_figure(
        target.suffix, located, frontier, risk, lang=lang, period=period, selection=selection, title=title,
        width_mm=width_mm, own=own,
    )  # fmt: skip
    with whole_file(target) as draft:
        draft.write_bytes(drawn)
    return target


def draw_figure(
    kind: str,
    located: Located,
    frontier: Frontier,
    risk: Risk | None = None,
    *,
    lang: str = "en",
    period: tuple[date, date] | None = None,
    selection: str = "",
    title: str | None = None,
    width_mm: float = 180,
    own: bool = False,
) -> bytes:
    """Draw the same figure as :func:`write_figure` without a file.

    Parameters
    ----------
    kind
        One of :data:`FIGURE_KINDS`.
    located, frontier, risk, lang, period, selection, title, width_mm, own
        As in :func:`write_figure`.

    Raises
    ------
    UnknownValueError
        When the kind or the language is not known.
    ShekaraError
        When matplotlib is missing, or the width is out of range.
    """
    if kind.lower() not in FIGURE_KINDS:
        raise UnknownValueError("ending of a figure", kind, FIGURE_KINDS)
    if lang not in LANGUAGES:
        raise UnknownValueError("language", lang, LANGUAGES)
    if not _NARROWEST_MM <= width_mm <= _WIDEST_MM:
        raise ShekaraError(f"width_mm {width_mm}: {_NARROWEST_MM} to {_WIDEST_MM} is needed")
    try:
        from geo.view.figure.pen import Pen, settings  # noqa: PLC0415  (matplotlib is an extra)
    except ModuleNotFoundError as missing:
        if missing.name != "matplotlib":
            raise
        raise ShekaraError("the figure needs matplotlib: pip install 'shekara[figure]'") from None
    from geo.view.figure.content import make_content  # noqa: PLC0415
    from geo.view.figure.layout import draw_sheet  # noqa: PLC0415

    heading = _one_line(title or say(lang, "title"))
    content = make_content(located, frontier, risk, period)
    with settings():
        pen = Pen(width_mm)
        height = draw_sheet(pen, content, title=heading, selection=_one_line(selection), lang=lang, own=own)
        return pen.print(kind[1:].lower(), height, {"title": heading, "note": say(lang, "caveat"), "lang": lang})


def _one_line(text: str) -> str:
    """The text without line breaks and without what no page shows."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
