"""One run of the app: the view from the address, the filters beside it, the page in the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.view import LANGUAGES, read_words
from shekara_app.borders_page import show_borders_page
from shekara_app.cards import show_chosen
from shekara_app.data import current, show
from shekara_app.filters import show_filters
from shekara_app.frame import settle_estimate
from shekara_app.incidents_page import show_incidents_page
from shekara_app.layout import dress, show_pages
from shekara_app.map_page import show_map_page
from shekara_app.method_page import show_method_page
from shekara_app.own_page import show_own_banner, show_own_page
from shekara_app.state import settle, write_address
from shekara_app.statements_page import show_statements_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from shekara_app.data import Shown

__all__ = ["main"]

LAID_OUT: dict[str, tuple[str, Callable[[Shown], None]]] = {
    "map": ("nav.map", show_map_page),
    "borders": ("nav.borders", show_borders_page),
    "incidents": ("nav.records", show_incidents_page),
    "statements": ("nav.claims", show_statements_page),
    "data": ("app.own", show_own_page),
    "method": ("nav.method", show_method_page),
}
"""Each page → the word for it, and what lays it out."""


def main() -> None:
    """Run the app once."""
    dress()
    with st.spinner(_loading()):
        data = current()
    view = settle(data)
    shown = show(data, view.selection)
    words = read_words(view.lang)
    show_pages({page: words[word] for page, (word, _) in LAID_OUT.items()}, view.lang)
    write_address(view)
    with st.sidebar:
        # A word at once, so that the rail stands before the page is laid out beside it.
        st.markdown(f"**{words['filters']}**")
        rail = st.container()
    show_own_banner(data)
    # The page before the filters beside it, and the map before all else on it: what was asked for comes first.
    LAID_OUT[view.page][1](shown)
    show_chosen(shown)
    with rail:
        show_filters(shown)
    settle_estimate(shown)


def _loading() -> str:
    """Words for the first wait, when the view is not read yet."""
    lang = st.query_params.get("lang", "en")
    return read_words(lang if lang in LANGUAGES else "en")["app.loading"]
