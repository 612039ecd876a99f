"""The figure for print: the map, its legend and sum, and the border unrolled, on one sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from geo.errors import ShekaraError, UnknownValueError
from geo.files.tables import whole_file
from geo.language.catalogue import LANGUAGES, say

if TYPE_CHECKING:
    from datetime import date

    from geo.border.frontier import Frontier
    from geo.estimate.risk import Risk
    from geo.incidents.placing import Located
    from geo.view.brand import Brand

__all__ = ["FIGURE_KINDS", "FigureOptions", "draw_figure", "write_figure"]

FIGURE_KINDS: tuple[str, ...] = (".png", ".svg", ".pdf")
"""Endings of a figure's file."""

_NARROWEST_MM, _WIDEST_MM = 120, 1200


class FigureOptions(TypedDict, total=False):
    """Options of a figure, each left out where it isn't wanted."""

    lang: str
    period: tuple[date, date] | None  # that the rates are for; else as rate_period has it
    selection: str  # the filter in words, from geo.summaries.notes.describe
    title: str | None  # else the catalogue's own
    width_mm: float  # 120 to 1200, by default 180; text grows beyond 180
    licence: str | None  # of the publisher's own records, blank where none is named; None where they are ours
    brand: Brand | None  # whose figure it is


def write_figure(
    path: str | Path, located: Located, frontier: Frontier, risk: Risk | None = None, **options: Unpack[FigureOptions]
) -> Path:
    """Write what :func:`draw_figure` draws as a ``.png`` (300 dpi), ``.svg`` or ``.pdf``, whole or not at all."""
    target = Path(path)
    drawn = draw_figure(target.suffix, located, frontier, risk, **options)
    with whole_file(target) as draft:
        draft.write_bytes(drawn)
    return target


def draw_figure(
    kind: str, located: Located, frontier: Frontier, risk: Risk | None = None, **options: Unpack[FigureOptions]
) -> bytes:
    """Draw the map and the unrolled border as one figure for print; the same arguments give the same bytes.

    Parameters
    ----------
    kind
        One of :data:`FIGURE_KINDS`.
    located
        The records to show, already filtered and placed.
    frontier
        The border.
    risk
        The estimate of these records, with its intervals; None shows the plain rate of stretches of about 50 km.
    options
        Those of :class:`FigureOptions`.

    Raises
    ------
    UnknownValueError
        When the kind or the language is not known.
    ShekaraError
        When matplotlib is missing, or the width is out of range.
    """
    lang, width_mm, brand = options.get("lang", "en"), options.get("width_mm", 180), options.get("brand")
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
    from geo.view.figure.symbols import draw_brand  # noqa: PLC0415

    heading = _one_line(options.get("title") or say(lang, "title"))
    content = make_content(located, frontier, risk, options.get("period"))
    with settings():
        pen = Pen(width_mm)
        chosen = _one_line(options.get("selection", ""))
        height = draw_sheet(pen, content, title=heading, selection=chosen, lang=lang, licence=options.get("licence"))
        if brand is not None:
            draw_brand(pen, brand, pen.width, height + 6, 8)
            height += 10
        return pen.print(kind[1:].lower(), height, {"title": heading, "note": say(lang, "caveat"), "lang": lang})


def _one_line(text: str) -> str:
    """The text without line breaks and without what no page shows."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
