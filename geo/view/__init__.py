"""Views: the folium map, the one-file page, the figure for print."""

from __future__ import annotations

from geo.language.catalogue import LANGUAGES, read_words, say
from geo.view.assets import Assets, serve_assets
from geo.view.atlas.atlas import Atlas, make_atlas
from geo.view.card import Card, make_card
from geo.view.headings import write_heading
from geo.view.map import make_map, show_on
from geo.view.page import PageOptions, make_page, write_page
from geo.view.place_keys import choose_place, figures_of, key_of_row

__all__ = [
    "LANGUAGES",
    "Assets",
    "Atlas",
    "Card",
    "PageOptions",
    "choose_place",
    "figures_of",
    "key_of_row",
    "make_atlas",
    "make_card",
    "make_map",
    "make_page",
    "read_words",
    "say",
    "serve_assets",
    "show_on",
    "write_heading",
    "write_page",
]
