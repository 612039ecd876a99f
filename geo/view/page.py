"""The one-file page: the map with its filters, chart and list in one HTML file that needs no network."""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape
from importlib import resources
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from geo.placing import Located, locate
from geo.tables import write_text
from geo.view.assets import LOADER_SCRIPTS, PAGE_SCRIPTS, PAGE_STYLES, pack, read_asset
from geo.view.atlas import make_atlas
from geo.view.map import make_map
from geo.view.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import folium
    import geopandas as gpd

    from geo.frontier import Frontier
    from geo.risk import Risk

__all__ = ["make_page", "write_page"]

_TILE_HOST = "https://*.basemaps.cartocdn.com"


def write_page(
    path: str | Path,
    incidents: gpd.GeoDataFrame | Located,
    frontier: Frontier,
    risk: Risk | Mapping[str, Risk] | None = None,
    *,
    title: str | None = None,
    lead: str | None = None,
    lang: str = "en",
    theme: str = "auto",
    period: tuple[date, date] | None = None,
    include_refused: bool = False,
    selection: str = "",
    contact: str = "",
    tiles: bool = False,
) -> Path:
    """Write the map as one HTML file; see :func:`make_page` for the options.

    The file appears whole or not at all, and the same arguments give the same bytes.

    Returns
    -------
    pathlib.Path
        The file written.
    """
    page = make_page(
        incidents, frontier, risk, title=title, lead=lead, lang=lang, theme=theme, period=period,
        include_refused=include_refused, selection=selection, contact=contact, tiles=tiles,
    )  # fmt: skip
    write_text(path, page)
    return Path(path)


def make_page(
    incidents: gpd.GeoDataFrame | Located,
    frontier: Frontier,
    risk: Risk | Mapping[str, Risk] | None = None,
    *,
    title: str | None = None,
    lead: str | None = None,
    lang: str = "en",
    theme: str = "auto",
    period: tuple[date, date] | None = None,
    include_refused: bool = False,
    selection: str = "",
    contact: str = "",
    tiles: bool = False,
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
        The estimate of all records, or several by goods category (``""``: all); None: the plain rate only.
    title, lead
        Heading and the sentence beneath it; the catalogue's own where None.
    lang
        Language it opens in: ``en``, ``ru`` or ``kk``; the reader may switch.
    theme
        ``auto`` (as the reader's system), ``light`` or ``dark``.
    period
        First and last day of the plain rate; None: from 2015 to the newest record.
    include_refused
        Open with consignments that were merely refused entry.
    selection
        What was chosen before the page was made, in words; it stands at the foot.
    contact
        Where corrections may be sent.
    tiles
        Street tiles beneath the border; the page then needs a network and says so.

    Returns
    -------
    str
        HTML.
    """
    located = incidents if isinstance(incidents, Located) else locate(incidents, frontier)
    atlas = make_atlas(located, frontier, risk)
    options: dict[str, Any] = {
        "title": title,
        "lead": lead,
        "include_refused": include_refused,
        "period": None if period is None else [day.isoformat()[:10] for day in period],
        "selection": selection,
        "contact": contact,
    }
    drawn = make_map(atlas, tiles=tiles, lang=lang, theme=theme, room="page", options=options)
    years = sorted({text[:4] for text in atlas.data["records"]["date"] if text})
    span = {"from": years[0] if years else "", "to": years[-1] if years else ""}
    loader = "".join(map(read_asset, LOADER_SCRIPTS))
    # As few texts as may be: each has a hash in the policy.
    scripts = [read_asset("leaflet.js"), "".join(map(read_asset, PAGE_SCRIPTS)), _script_of(drawn)]
    packed_styles, styles = [read_asset("leaflet.css")], ["".join(map(read_asset, PAGE_STYLES))]
    skeleton = resources.files("geo.view").joinpath("page.html").read_text(encoding="utf-8")
    return Template(skeleton).substitute(
        lang=lang,
        policy=_policy([loader, *scripts], [*packed_styles, *styles], tiles=tiles),
        title=escape(title or say(lang, "title")),
        lead=escape(lead or say(lang, "lead", **span)),
        caveat=escape(say(lang, "caveat")),
        skip=escape(say(lang, "skip")),
        noscript=escape(say(lang, "noscript")),
        map=drawn._template.module.html(drawn, {}).strip(),  # noqa: SLF001 (folium's own way to its template)
        styles="\n".join(f"<style>{style}</style>" for style in styles),
        code=pack(json.dumps({"styles": packed_styles, "scripts": scripts}).encode()),
        atlas=atlas.packed,
        loader=loader,
        outdated=escape(say(lang, "outdated")),
    )


def _script_of(drawn: folium.Map) -> str:
    """What folium writes for the map and what is on it, without its page."""
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
