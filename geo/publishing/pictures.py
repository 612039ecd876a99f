"""The pictures of a folder: for links, for articles, for feeds, one a border, and the figure for print."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from geo.estimate.estimating import estimate_selection
from geo.incidents.selection import Selection, rate_period
from geo.language.catalogue import say
from geo.language.dates import write_date
from geo.language.figures import write_estimate
from geo.language.phrases import write_phrase
from geo.summaries.answers import FIRST, is_enough
from geo.summaries.notes import describe
from geo.summaries.places import names_of_place, rank_places
from geo.summaries.titles import title_of_records
from geo.view.figure import draw_figure
from geo.view.figure.content import make_content
from geo.view.figure.preview import PREVIEWS, FirstPlace, draw_preview

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from geo.estimate.risk import Risk
    from geo.incidents.placing import Located
    from geo.publishing.request import Request
    from geo.view.brand import Brand

__all__ = ["Picture", "data_date", "draw_pictures"]


class Picture(NamedTuple):
    """A picture: name and content of its file; size in pixels, what it shows in words, and the view of the page."""

    name: str
    drawn: bytes
    size: tuple[int, int] = (0, 0)
    alt: str = ""
    view: str = ""


def data_date(request: Request, lang: str) -> str:
    """Date of the data, in words."""
    return write_date(lang, rate_period(request.incidents, Selection())[1].isoformat())


def draw_pictures(request: Request, lang: str, views: Mapping[str, Risk], brand: Brand) -> Iterator[Picture]:
    """The pictures in the order of the folder; each has the figures and the colours of the page's own view."""
    frontier, chosen = request.frontier, request.selection.neighbour
    yield from _previews(request, request.selection, request.located, views.get(""), PREVIEWS, lang=lang, brand=brand)
    drawn = draw_figure(
        ".svg", request.located, frontier, views.get(""), lang=lang, period=request.period,
        selection=describe(request.selection, frontier, lang), licence=request.licence, brand=brand,
        title=write_phrase(lang, title_of_records(request.located, request.selection)),
    )  # fmt: skip
    yield Picture("figure.svg", drawn)
    for border in frontier.borders.index[frontier.borders["kind"].eq("land")]:
        part = replace(request.selection, neighbour=(border,))
        located = request.everything.select(part)
        if (chosen and border not in chosen) or not len(located.incidents):
            continue
        risk = views.get(f"neighbour={border}")
        if risk is None and request.dated and is_enough(request.everything, part):
            risk = estimate_selection(request.everything, part, request.hyper)
        yield from _previews(request, part, located, risk, [f"border-{border}"], lang=lang, brand=brand)


def _previews(
    request: Request, selection: Selection, located: Located, risk: Risk | None, names: Iterable[str], *, lang: str,
    brand: Brand,
) -> Iterator[Picture]:  # fmt: skip
    """Pictures of one selection, whose content is worked out once."""
    title = write_phrase(lang, title_of_records(located, selection))
    first = []
    if risk is not None and is_enough(request.everything, selection):
        ranked = rank_places(located, risk, borders=selection.neighbour).head(FIRST)
        first = [
            FirstPlace(
                str(key), names_of_place(request.frontier, str(key))[lang],
                write_estimate(row["value"], row["low90"], row["high90"], lang),
                say(lang, "answers.between", k=round(row["km"])) if str(key).startswith("segment:") else "",
                bool(row["bound"]),
            )
            for key, row in ranked.iterrows()
        ]  # fmt: skip
    listed = "; ".join(f"{one.name} {one.figure} {one.note}".strip() for one in first)
    content = make_content(located, request.frontier, risk, request.period)
    for name in names:
        border, size = name.partition("-")[2], PREVIEWS.get(name, PREVIEWS["wide"])
        drawn = draw_preview(
            size, content, first, title=title, lang=lang, border=border, brand=brand, dated=data_date(request, lang)
        )
        view = f"#neighbour={border}" if border else ""
        yield Picture(f"{name}.png", drawn, size, f"{title}. {listed}" if listed else title, view)
