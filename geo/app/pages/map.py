"""The map page: the map with its legend, the timeline, the border unrolled, and the records beneath."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.app.answers import show_answers, show_title
from geo.app.downloads import show_downloads
from geo.app.frame import show_frame
from geo.app.link import COLOURS
from geo.app.months_chart import show_timeline
from geo.app.notices import show_notes, show_state
from geo.app.records_table import show_records
from geo.app.state import view
from geo.view import read_words

if TYPE_CHECKING:
    from geo.app.data import Shown

__all__ = ["show_map_page"]


def show_map_page(shown: Shown) -> None:
    """Lay out the page."""
    lang = view().lang
    words = read_words(lang)
    # Places first, in the order of the page; then title and map before all else, for that is what a filter is set to
    # see: figures of one selection never stand beside the title of another.
    head = st.container()
    with st.container(key="map-page"):
        switches = st.container(key="map-switches", horizontal=True, vertical_alignment="center", gap="medium")
        with st.container(key="map-and-answers"):
            box = st.container(key="answers-box")
            frame = st.container(key="map-frame")
        timeline = st.container()
    answers = shown.answers(at_once=True)
    with head:
        show_title(answers)
        show_state(shown)
    with box:
        show_answers(shown, answers)
    with frame:
        street = bool(st.session_state.get("tiles"))
        show_frame(shown, "tiles-map" if street else "map", tiles=street)
    with switches:
        st.markdown(f":small[{words['colour-by']}]", width="content")
        st.segmented_control(
            words["colour-by"], COLOURS, required=True, key="colour", label_visibility="collapsed",
            format_func=words.__getitem__, persist_state="session",
        )  # fmt: skip
        st.toggle(words["answers.records-on"], key="records_shown", persist_state="session")
        st.toggle(words["regions"], key="regions", persist_state="session")
        st.toggle(words["app.tiles"], key="tiles", persist_state="session")
    with timeline:
        show_timeline(shown)
    st.subheader(words["records"], anchor=False)
    show_records(shown, shown.incidents, key="map-records", height=320)
    show_notes(shown)
    show_downloads(shown)
