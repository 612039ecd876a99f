"""The pictures of a folder: for links, for articles, for feeds, one a border, and the figure for print."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.language.catalogue import say
from geo.language.figures import write_estimate
from geo.language.phrases import write_phrase
from geo.summaries.notes import describe
from geo.summaries.places import names_of_place, rank_places
from geo.summaries.titles import title_of_records
from geo.view.figure import draw_figure
from geo.view.figure.preview import PREVIEWS, FirstPlace, draw_preview

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.publishing.request import Request

__all__ = ["draw_pictures", "first_places", "title_in"]

_FEW = 4  # dated records below which nothing is ranked
_FIRST = 5


def title_in(request: Request, lang: str) -> str:
    """Title of a request, which says what is selected."""
    return write_phrase(lang, title_of_records(request.located, request.selection))


def first_places(request: Request, lang: str, border: str = "") -> list[FirstPlace]:
    """The five places where most is recorded; none where there are too few dated records to tell."""
    if not request.dated or request.located.incidents["date_start"].notna().sum() < _FEW:
        return []
    ranked = rank_places(request.located, request.risk, borders=(border,) if border else ()).head(_FIRST)
    return [
        FirstPlace(
            str(key),
            names_of_place(request.frontier, str(key))[lang],
            write_estimate(row["value"], row["low90"], row["high90"], lang),
            say(lang, "answers.between", k=round(row["km"])) if str(key).startswith("segment:") else "",
        )
        for key, row in ranked.iterrows()
    ]


def draw_pictures(request: Request, lang: str) -> Iterator[tuple[str, bytes]]:
    """Name and content of each picture, in the order of the folder."""
    frontier, period, title = request.frontier, request.period, title_in(request, lang)
    risk = request.risk if request.dated else None
    first = first_places(request, lang)
    for name, size in PREVIEWS.items():
        drawn = draw_preview(size, request.located, frontier, risk, first, title=title, lang=lang, period=period)
        yield f"{name}.png", drawn
    said = describe(request.selection, frontier, lang)
    yield (
        "figure.svg",
        draw_figure(
            ".svg",
            request.located,
            frontier,
            risk,
            lang=lang,
            period=period,
            selection=said,
            title=title,
            own=request.own,
        ),
    )
    chosen = request.selection.neighbour
    for border in frontier.borders.index[frontier.borders["kind"].eq("land")]:
        selection = replace(request.selection, neighbour=(border,))
        located = request.everything.select(selection)
        if (chosen and border not in chosen) or not len(located.incidents):
            continue
        drawn = draw_preview(
            PREVIEWS["wide"], located, frontier, risk, first_places(request, lang, border),
            title=write_phrase(lang, title_of_records(located, selection)), lang=lang, period=period, border=border,
        )  # fmt: skip
        yield f"border-{border}.png", drawn
