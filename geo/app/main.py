"""One run of the app: the view from the address, the filters beside it, the page in the middle."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import streamlit as st

from geo.app.cards import show_chosen
from geo.app.data import current, show
from geo.app.desk_session import server_desk
from geo.app.filters import show_filters
from geo.app.layout import dress, reserve, show_pages
from geo.app.pages.article import show_article_page
from geo.app.pages.borders import show_borders_page
from geo.app.pages.desk import show_desk_page
from geo.app.pages.map import show_map_page
from geo.app.pages.method import show_method_page
from geo.app.pages.own import reopen_kept, show_own_banner, show_own_page
from geo.app.pages.statements import show_statements_page
from geo.app.records_table import show_incidents_page
from geo.app.state import end_run, first_language, is_open, settle, write_address
from geo.view import read_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.app.data import Shown
    from geo.app.layout import Room
    from geo.app.link import View

__all__ = ["main"]

LAID_OUT: dict[str, tuple[str, Callable[[Shown], None]]] = {
    "map": ("nav.map", show_map_page),
    "borders": ("nav.borders", show_borders_page),
    "incidents": ("nav.records", show_incidents_page),
    "statements": ("nav.claims", show_statements_page),
    "data": ("app.own", show_own_page),
    "desk": ("desk", show_desk_page),
    "article": ("app.article", show_article_page),
    "method": ("nav.method", show_method_page),
}
"""Each page → the word for it, and what lays it out."""
_UNFILTERED = ("desk", "article")
"""Pages without the filters: the desk's entries have some of their own, an article shows no records."""

_FURNISHED = "_furnished"


def main() -> None:
    """Run the app once."""
    opening = not is_open()
    if opening:
        dress()
    room = reserve()
    with room.wait:
        if not reopen_kept(opening=opening):
            return
        with st.spinner(read_words(first_language())["app.loading"]) if opening else nullcontext():
            data = current()
    view = settle(data)
    shown = show(data, view.selection)
    # What stands around the page is there first of all, and later, when it stays as it is, last of all: a filter is set
    # to see the map, and whatever is sent before it keeps it waiting.
    first = st.session_state.get(_FURNISHED) != view.page
    if first:
        _furnish(room, view)
    with room.body:
        with st.container():
            if view.page != "article":
                show_own_banner(data)
        LAID_OUT[view.page][1](shown)
    show_chosen(shown)
    if not opening:
        dress()
    if not first:
        _furnish(room, view)
    if view.page not in _UNFILTERED:
        with st.sidebar:
            show_filters(shown)
    end_run()


def _furnish(room: Room, view: View) -> None:
    """The pages, the language, the address, and a word in the rail, so that it stands before its filters."""
    words = read_words(view.lang)
    pages = {page: words[word] for page, (word, _) in LAID_OUT.items()}
    if view.page != "desk" and server_desk() is None:
        del pages["desk"]  # a link to it still says how to begin one
    show_pages(room, pages, view.page, view.lang)
    st.session_state[_FURNISHED] = view.page
    write_address(view)
    if view.page not in _UNFILTERED:
        st.sidebar.markdown(f"**{words['filters']}**")
