"""The map page: the map with its legend, the timeline, the border unrolled, and the records beneath."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.app.downloads import show_downloads
from geo.app.frame import show_frame
from geo.app.link import COLOURS
from geo.app.months_chart import show_timeline
from geo.app.notices import show_notes, show_state
from geo.app.records_table import show_records
from geo.app.state import view
from geo.view import read_words, say

if TYPE_CHECKING:
    from geo.app.data import Shown

__all__ = ["show_map_page"]


def show_map_page(shown: Shown) -> None:
    """Lay out the page."""
    lang = view().lang
    words = read_words(lang)
    years = shown.data.incidents["date_start"].dt.year.dropna()
    span = {"from": str(int(years.min())), "to": str(int(years.max()))} if len(years) else {"from": "–", "to": "–"}
    # Places first, in the order of the page; then the map before all else, for that is what a filter is set to see.
    head = st.container()
    with st.container(key="map-page"):
        switches = st.container(key="map-switches", horizontal=True, vertical_alignment="center", gap="medium")
        timeline = st.container()
        street = bool(st.session_state.get("tiles"))
        with st.container(key="map-frame"):
            show_frame(shown, "tiles-map" if street else "map", tiles=street)
    with head:
        st.header(words["title"], anchor=False)
        st.markdown(f"{say(lang, 'lead', **span)} **{words['caveat']}** {words['caveat.rest']}")
        show_state(shown)
    with switches:
        st.markdown(f":small[{words['colour-by']}]", width="content")
        st.segmented_control(
            words["colour-by"], COLOURS, required=True, key="colour", label_visibility="collapsed",
            format_func=words.__getitem__, persist_state="session",
        )  # fmt: skip
        st.toggle(words["regions"], key="regions", persist_state="session")
        st.toggle(words["app.tiles"], key="tiles", persist_state="session")
    with timeline:
        show_timeline(shown)
    st.subheader(words["records"], anchor=False)
    show_records(shown, shown.incidents, key="map-records", height=320)
    show_notes(shown)
    show_downloads(shown)
