"""The pictures of a folder: for links, for articles, for feeds, one a border, and the figure for print."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.language.figures import write_estimate
from geo.language.phrases import write_phrase
from geo.publishing.request import Request
from geo.summaries.notes import describe
from geo.summaries.places import names_of_place, rank_places
from geo.language.catalogue import say
from geo.view.figure import draw_figure
from geo.view.figure.preview import PREVIEWS, FirstPlace, draw_preview

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["draw_pictures", "first_places", "title_in"]

_FEW = 4  # dated records below which nothing is ranked
_FIRST = 5


def title_in(request: Request, lang: str) -> str:
    """Title of a request, which says what is selected."""
    return say(lang, "title") + f", {len(request.located.incidents)}"


def first_places(request: Request, lang: str, border: str = "") -> list[FirstPlace]:
    """The five places where most is recorded; none where there are too few dated records to tell."""
    if not request.dated or request.located.incidents["date_start"].notna().sum() < _FEW:
        return []
    ranked = rank_places(request.located, request.risk, borders=(border,) if border else ()).head(_FIRST)
    return [
        FirstPlace(key, names_of_place(request.frontier, key)[lang], write_estimate(*figures, lang))
        for key, *figures in ranked[["value", "low90", "high90"]].itertuples(name=None)
    ]


def draw_pictures(request: Request, lang: str) -> Iterator[tuple[str, bytes]]:
    """Name and content of each picture, in the order of the folder."""
    frontier = request.frontier
    risk = request.risk if request.dated else None
    for name, size in PREVIEWS.items():
        drawn = draw_preview(
            size, request.located, frontier, risk, first_places(request, lang), title=title_in(request, lang),
            lang=lang, period=request.period,
        )  # fmt: skip
        yield f"{name}.png", drawn
    said = describe(request.selection, frontier, lang)
    for kind in (".svg", ".pdf"):
        figure = draw_figure(
            kind, request.located, frontier, risk, lang=lang, period=request.period, selection=said,
            title=title_in(request, lang),
        )  # fmt: skip
        yield f"figure{kind}", figure
    chosen = request.selection.neighbour
    for border in frontier.borders.index[frontier.borders["kind"].eq("land")]:
        if chosen and border not in chosen:
            continue
        own = replace(request, selection=replace(request.selection, neighbour=(border,)))
        if len(own.located.incidents):
            drawn = draw_preview(
                PREVIEWS["wide"], own.located, frontier, risk, first_places(request, lang, border),
                title=title_in(own, lang), lang=lang, period=request.period, border=border,
            )  # fmt: skip
            yield f"border-{border}.png", drawn
