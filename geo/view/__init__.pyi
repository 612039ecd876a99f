from .assets import Assets, serve_assets
from .atlas.atlas import Atlas, make_atlas
from .card import Card, make_card
from .headings import write_heading
from .map import make_map, show_on
from .page import PageOptions, make_page, write_page
from .place_keys import choose_place, figures_of, key_of_row
from .words import LANGUAGES, read_words, say

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
