"""The map page: the map with its legend, the timeline, the border unrolled, and the records beneath."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from geo.app.answers import show_answers, show_title
from geo.app.downloads import show_downloads
from geo.app.filters import show_notes, show_state
from geo.app.frame import show_frame, theme
from geo.app.link import COLOURS
from geo.app.records_table import show_records
from geo.app.state import change, view
from geo.incidents.months import REFUSED, count_months
from geo.view import read_words, say
from geo.view.charts import BRUSH, MONTHS, chart_months, months_table

if TYPE_CHECKING:
    from geo.app.data import Data, Shown

__all__ = ["show_map_page"]

_KEY = "timeline"


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
        _show_timeline(shown)
    st.subheader(words["records"], anchor=False)
    show_records(shown, shown.incidents, key="map-records", height=320)
    show_notes(shown)
    show_downloads(shown)


def _show_timeline(shown: Shown) -> None:
    """Draw the months under all filters but the period, which it shows and sets."""
    data, current = shown.data, view()
    months = data.months
    if len(months) < 2:  # noqa: PLR2004 (one month leaves nothing to choose)
        return
    words = read_words(current.lang)
    of_all_time = replace(shown.selection, since=None, until=None)
    counted = count_months((shown if shown.selection == of_all_time else data.located.select(of_all_time)).incidents)
    with st.container(key="timeline-box", gap=None):
        sentences = [words["app.timeline.how"]]
        if counted.year_only or counted.undated:
            sentences.append(say(current.lang, "app.timeline.not", y=counted.year_only, u=counted.undated))
        refused = bool(counted.months["family"].eq(REFUSED).any())
        if refused:
            sentences.append(f"{words['bars-refused']}.")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{words['app.timeline']}** :small[:gray[{' '.join(sentences)}]]", width="content")
            if current.months:
                st.button(words["app.whole-period"], key="whole-period", type="tertiary",
                          on_click=change, args=(lambda old: replace(old, months=None), data))  # fmt: skip
        chart = chart_months((months[0], months[-1]), current.months, lang=current.lang, theme=theme(), refused=refused)
        st.vega_lite_chart(
            spec={**chart, "datasets": {**chart["datasets"], MONTHS: months_table(counted, current.lang)}},
            key=_KEY,
            on_select=lambda: _brushed(data),
            selection_mode=[BRUSH],
            alt=words["app.timeline"],
        )


def _brushed(data: Data) -> None:
    """Take the months that the brush touches; a brush that is lifted leaves the period as it is."""
    ends = next(iter((st.session_state[_KEY]["selection"].get(BRUSH) or {}).values()), None)
    if not ends:
        return
    known = data.months
    first, last = (
        datetime.fromtimestamp(float(end) / 1000, tz=UTC).strftime("%Y-%m") for end in (min(ends), max(ends))
    )
    first, last = max(first, known[0]), min(last, known[-1])
    if first <= last:
        change(lambda old: replace(old, months=(first, last)), data)
