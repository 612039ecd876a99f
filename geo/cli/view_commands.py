"""``shekara export`` and ``figure``: the page and the print figure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path  # noqa: TC003  (typer reads the hints)
from typing import Annotated

import typer

from geo.cli.arguments import Licence, WithBrand, WithPrivate, require_one_of
from geo.cli.options import Request, filtered
from geo.cli.output import say_empty, say_written
from geo.errors import ShekaraError
from geo.files.tables import write_text
from geo.incidents.cells import private_rows
from geo.language.plurals import many
from geo.summaries.notes import describe

__all__ = ["export", "figure"]


@filtered
def export(
    request: Request,
    *,
    page: Annotated[Path, typer.Argument(metavar="OUT.html", help="The page to write.")],
    own: Annotated[
        Path | None, typer.Argument(metavar="[STATEMENTS.csv]", help="After --statements: your own, of this file.")
    ] = None,
    style: Annotated[
        str, typer.Option("--format", help="html, or ftm: FollowTheMoney entities for Aleph, as JSON lines.")
    ] = "html",
    title: Annotated[str, typer.Option(help="Heading in place of the built-in one.")] = "",
    lead: Annotated[str, typer.Option(help="Sentence beneath it.")] = "",
    lang: Annotated[str, typer.Option(help="Language it opens in: en, ru or kk.")] = "en",
    contact: Annotated[str, typer.Option(help="Where corrections may be sent: an address or words.")] = "",
    statements: Annotated[
        bool, typer.Option("--statements", help="Add what agencies said, beside what is on record.")
    ] = False,
    no_list: Annotated[
        bool, typer.Option("--no-list", help="The map with its filters and legend only, for a frame in an article.")
    ] = False,
    licence: Licence = "",
    brand: WithBrand = None,
    tiles: Annotated[bool, typer.Option("--tiles", help="Add street tiles; the page then needs a network.")] = False,
    with_private: WithPrivate = False,
) -> None:
    """Write the map as one HTML file that needs no network."""
    from geo.publishing.pages import page_of, said_in  # noqa: PLC0415
    from geo.view import LANGUAGES  # noqa: PLC0415
    from geo.view.brand import Brand, read_brand  # noqa: PLC0415

    require_one_of("lang", lang, LANGUAGES)
    require_one_of("format", style, ("html", "ftm"))
    if own is not None and page.suffix.lower() == ".csv":
        page, own = own, page  # as in: --statements FILE.csv OUT.html
    if own is not None and not statements:
        raise ShekaraError(f"{own}: say --statements before it, if it is a file of statements")
    if style == "ftm":
        _write_entities(_for_readers(request, "", with_private=with_private)[0], page)
        return
    if page.suffix.lower() not in (".html", ".htm"):
        raise ShekaraError(f"{page}: the page is HTML, name it .html")
    if statements and no_list:
        raise ShekaraError("--statements and --no-list exclude each other: a page without its list holds no statements")
    if statements:
        request.require_incidents("a comparison with statements")
    request, lead = _for_readers(replace(request, terms=licence), lead, with_private=with_private)
    html = page_of(
        request, None, said_in(request, own) if statements else None, title=title or None, lead=lead or None, lang=lang,
        contact=contact, listed=not no_list, tiles=tiles, brand=read_brand(brand) if brand else Brand(),
    )  # fmt: skip
    write_text(page, html)
    say_empty(request)
    say_written(page, int(request.located.counts.sum()), "record" if request.totals is None else "row")


@filtered
def figure(
    request: Request,
    *,
    out: Annotated[Path, typer.Argument(metavar="OUT.(png|svg|pdf)", help="The figure to write.")],
    lang: Annotated[str, typer.Option(help="en, ru or kk.")] = "en",
    title: Annotated[str, typer.Option(help="Heading in place of the built-in one.")] = "",
    width_mm: Annotated[float, typer.Option(help="Width on paper, millimetres.")] = 180,
    licence: Licence = "",
    brand: WithBrand = None,
    with_private: WithPrivate = False,
) -> None:
    """Draw the map and the unrolled border for print."""
    from geo.language.phrases import write_phrase  # noqa: PLC0415
    from geo.summaries.titles import title_of_records  # noqa: PLC0415
    from geo.view.brand import read_brand  # noqa: PLC0415
    from geo.view.figure import write_figure  # noqa: PLC0415

    request = replace(request, terms=licence)
    request.require_incidents("a figure")
    request, title = _for_readers(request, title, with_private=with_private)
    title = title or write_phrase(lang, title_of_records(request.located, request.selection))
    write_figure(
        out, request.located, request.frontier, request.risk, lang=lang, title=title, period=request.period,
        selection=describe(request.selection, request.frontier, lang), width_mm=width_mm, licence=request.licence,
        brand=read_brand(brand) if brand else None,
    )  # fmt: skip
    say_empty(request)
    say_written(out, len(request.located.incidents))


def _write_entities(request: Request, out: Path) -> None:
    from geo.publishing.entities import country_of, write_entities  # noqa: PLC0415

    request.require_incidents("a file of entities")
    if out.suffix.lower() != ".json":
        raise ShekaraError(f"{out}: FollowTheMoney entities are JSON lines, name the file .ftm.json")
    write_text(out, write_entities(request.located.incidents, country_of(request.frontier)))
    say_empty(request)
    say_written(out, len(request.located.incidents))


def _for_readers(request: Request, text: str, *, with_private: bool) -> tuple[Request, str]:
    """The request without its private rows, or with them, each marked and the text saying so."""
    if not with_private:
        return replace(request, private=False), text
    private = private_rows(request.incidents)
    if not private.any():
        return request, text
    marked = replace(request)
    titles = request.incidents["title"].where(~private, "[private] " + request.incidents["title"])
    marked.__dict__["incidents"] = request.incidents.assign(title=titles)  # what it would read, read already
    return marked, f"Not for publication: {many(int(private.sum()), 'record')} in it, private. {text}".strip()
