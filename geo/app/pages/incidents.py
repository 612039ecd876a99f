"""The incidents page: the list, the map's equal, with what the map shows and what it cannot place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.app.downloads import show_downloads
from geo.app.filters import clear_search, show_notes, show_state
from geo.app.records_table import search_records, show_records
from geo.app.state import view
from geo.view import read_words, say

if TYPE_CHECKING:
    from geo.app.data import Shown

__all__ = ["show_incidents_page"]


def show_incidents_page(shown: Shown) -> None:
    """Lay out the page."""
    current = view()
    words = read_words(current.lang)
    st.header(words["records"], anchor=False)
    st.text_input(words["app.search"], key="search", placeholder=words["app.search"], label_visibility="collapsed",
                  type="search", persist_state="session")  # fmt: skip
    records = search_records(shown, current.search)
    show_downloads(shown, records)
    show_state(shown)
    if len(records):
        st.markdown(say(current.lang, "app.search.found", n=len(records), m=len(shown.incidents)))
        show_records(shown, records, key="records", height=640)
    elif len(shown.incidents):
        with st.container(border=True, horizontal=True, vertical_alignment="center", key="not-found"):
            st.text(say(current.lang, "app.search.none", text=current.search))
            st.button(words["clear"], key="clear-search", on_click=clear_search, args=(shown.data,))
    show_notes(shown)
