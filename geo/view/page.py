"""The one-file page: the map with its filters, chart and list in one HTML file that needs no network."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field, replace
from html import escape
from importlib import resources
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, TypedDict

from geo.files.tables import write_text
from geo.incidents.placing import Located, locate
from geo.incidents.selection import Selection
from geo.language.catalogue import LANGUAGES, say
from geo.language.translations import translations_of
from geo.summaries.notes import describe
from geo.summaries.quote import address_of
from geo.view.assets import LOADER_SCRIPT, PAGE_SCRIPT, PAGE_STYLES, pack, read_asset
from geo.view.atlas.atlas import make_atlas
from geo.view.brand import Brand
from geo.view.embed import EMBED
from geo.view.map import make_map
from geo.view.plain_table import write_plain_table
from geo.view.statements import pack_statements, texts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import folium
    import geopandas as gpd
    import pandas as pd

    from geo.border.frontier import Frontier
    from geo.estimate.risk import Risk
    from geo.summaries.mix import Shares
    from geo.view.atlas.atlas import Atlas
    from geo.view.statements import PackedStatements

__all__ = ["PageOptions", "make_page", "write_page"]

_SECTIONS = ("chart", "borders", "records", "claims", "method")
# Without a script there is no map to leave room for.
_BARE_STYLE = ".explore,#bar,#tools,#nav{display:none}"
_TILE_HOST = "https://*.basemaps.cartocdn.com"


@dataclass(frozen=True, kw_only=True)
class PageOptions:
    """Options of a page.

    Attributes
    ----------
    title, lead
        Heading and the sentence beneath it; the catalogue's own where None.
    lang
        Language it opens in: ``en``, ``ru`` or ``kk``; the reader may switch.
    theme
        ``auto`` (as the reader's system), ``light`` or ``dark``.
    period
        First and last day of the plain rate; None: as :func:`geo.incidents.selection.rate_period` has it.
    chosen
        What was chosen before the page was made: titles name it beside the reader's own filters, the foot too.
    everything
        All records there are, which the answers compare with; the page's own by default.
    contact
        Where corrections may be sent: a web or mail address becomes a link.
    listed
        False leaves out all but the map with its filters and legend, for a frame in an article.
    licence
        Licence of the publisher's own records, blank where none is named; None where they are ours.
    mix
        From :func:`geo.summaries.mix.mix_of_goods`, for the answers.
    tiles
        Street tiles beneath the border; the page then needs a network and says so.
    head
        Markup for the page's head that runs nothing and loads nothing: what it says to machines.
    brand
        Whose page it is.
    """

    title: str | None = None
    lead: str | None = None
    lang: str = "en"
    theme: str = "auto"
    period: tuple[date, date] | None = None
    chosen: Selection = field(default_factory=Selection)
    everything: Located | None = None
    licence: str | None = None
    mix: Mapping[str, Shares] | None = None
    contact: str = ""
    listed: bool = True
    tiles: bool = False
    head: str = ""
    brand: Brand = field(default_factory=Brand)


def write_page(
    path: str | Path,
    incidents: gpd.GeoDataFrame | Located,
    frontier: Frontier,
    risk: Risk | Mapping[str, Risk] | None = None,
    *,
    statements: Sequence[pd.DataFrame] | None = None,
    options: PageOptions | None = None,
) -> Path:
    """Write the map as one HTML file; the arguments are those of :func:`make_page`.

    The file appears whole or not at all, and the same arguments give the same bytes.
    """
    write_text(path, make_page(incidents, frontier, risk, statements=statements, options=options))
    return Path(path)


def make_page(
    incidents: gpd.GeoDataFrame | Located,
    frontier: Frontier,
    risk: Risk | Mapping[str, Risk] | None = None,
    *,
    statements: Sequence[pd.DataFrame] | None = None,
    options: PageOptions | None = None,
) -> str:
    """Make the page.

    Parameters
    ----------
    incidents
        The records of the page, refused consignments too: the page leaves those out by itself and says so.
        Placed already, or as :func:`geo.read_incidents` gives them.
    frontier
        The border.
    risk
        The estimate of all records, or several by view, as a link writes it (``""``: all, ``goods=tobacco`` …); None:
        the plain rate only.
    statements
        What agencies said beside what is on record: the tables of :func:`geo.compare_claims`,
        :func:`geo.coverage_by_class` and :func:`geo.claims.monthly_series`, or the first of them. None leaves all out.
    options
        Language, title and the like.
    """
    options = options or PageOptions()
    lang = options.lang
    located = incidents if isinstance(incidents, Located) else locate(incidents, frontier)
    atlas = make_atlas(located, frontier, risk, mix=options.mix, everything=options.everything, chosen=options.chosen)
    packed = pack_statements(atlas.position, *statements) if statements is not None and options.listed else None
    if packed:
        for language, translated in translations_of(texts_of(packed)).items():
            atlas.data["said"][language] |= translated
    drawn = make_map(
        atlas,
        tiles=options.tiles,
        lang=lang,
        theme=options.theme,
        room="page",
        options=_for_script(options, frontier, packed),
    )
    years = sorted({text[:4] for text in atlas.data["records"]["date"] if text})
    of_register = ".register" if atlas.kind == "rows" else ""
    span = {"from": years[0] if years else "", "to": years[-1] if years else ""}
    loader = read_asset(LOADER_SCRIPT)
    # As few texts as may be: each has a hash in the policy.
    scripts = [read_asset("leaflet.js"), read_asset(PAGE_SCRIPT), _script_of(drawn)]
    packed_styles, styles = [read_asset("leaflet.css")], ["".join(map(read_asset, PAGE_STYLES)) + options.brand.style]
    skeleton = resources.files("geo.view").joinpath("page.html").read_text(encoding="utf-8")
    sections = [name for name in _SECTIONS if options.listed and (name != "claims" or packed)]
    return Template(skeleton).substitute(
        lang=lang,
        policy=_policy([loader, *scripts], [*packed_styles, *styles, _BARE_STYLE], tiles=options.tiles),
        room="page" if options.listed else "page map-only",
        head=options.head,
        brand=options.brand.head,
        title=escape(options.title or say(lang, "title" + of_register)),
        lead=escape(options.lead or say(lang, "lead" + of_register, **span)),
        silent="" if options.lead else " hidden",
        caveat=escape(f"{say(lang, 'caveat' + of_register)} {say(lang, 'caveat.rest')}"),
        skip=escape(say(lang, "skip" if options.listed else "skip.map")),
        target="records" if options.listed else "map",
        nav="".join(f'<a href="#{name}" data-key="nav.{name}"></a>' for name in ("map", *sections)),
        sections="\n".join(f'<section id="{name}"></section>' for name in sections),
        noscript=f"<style>{_BARE_STYLE}</style><p>{escape(say(lang, 'noscript'))}</p>{_without_script(atlas, options)}",
        map=drawn._template.module.html(drawn, {}).strip(),  # noqa: SLF001 (folium's own way to its template)
        styles="\n".join(f"<style>{style}</style>" for style in styles),
        code=pack(json.dumps({"styles": packed_styles, "scripts": scripts}).encode()),
        atlas=atlas.packed,
        loader=loader,
        outdated=escape(say(lang, "outdated")),
    )


def _without_script(atlas: Atlas, options: PageOptions) -> str:
    """The records for a browser that runs no script; of very many, that they are not there."""
    if not options.listed:
        return ""
    if not atlas.full:
        return f"<p>{escape(say(options.lang, 'crowd', n=len(atlas.position)))}</p>"
    return write_plain_table(atlas, lang=options.lang, include_refused=options.chosen.include_refused)


class ScriptOptions(TypedDict):
    """Facts that the page's scripts need beside the atlas, as :class:`PageOptions` has it."""

    title: str | None
    lead: str | None
    include_refused: bool
    period: list[str] | None
    selection: dict[str, str]
    base: str
    licence: str | None
    contact: str
    listed: bool
    embed: str
    statements: PackedStatements | None


def _for_script(options: PageOptions, frontier: Frontier, packed: PackedStatements | None) -> ScriptOptions:
    """The options as the scripts read them."""
    chosen = options.chosen
    words = {lang: describe(chosen, frontier, lang) for lang in LANGUAGES}
    return {
        "title": options.title,
        "lead": options.lead,
        "include_refused": chosen.include_refused,
        "period": None if options.period is None else [day.isoformat()[:10] for day in options.period],
        "selection": words if any(words.values()) else {},
        "base": address_of(replace(chosen, include_refused=False)),
        "licence": options.licence,
        "contact": options.contact,
        "listed": options.listed,
        "embed": EMBED,
        "statements": packed,
    }


def _script_of(drawn: folium.Map) -> str:
    """Folium's script for the map and what is on it, without its page."""
    parts: list[Any] = [drawn, *drawn._children.values()]  # noqa: SLF001
    return "\n".join(part._template.module.script(part, {}) for part in parts)  # noqa: SLF001


def _policy(scripts: list[str], styles: list[str], *, tiles: bool) -> str:
    """A content security policy that lets exactly these scripts and styles run and nothing load."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {' '.join(map(_digest, scripts))}",
            f"style-src {' '.join(map(_digest, styles))}",
            f"img-src data:{' ' + _TILE_HOST if tiles else ''}",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
