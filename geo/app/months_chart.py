"""The timeline: incidents by month and goods; dragging over it sets the period."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from geo.app.frame import theme
from geo.app.state import change, view
from geo.incidents.months import REFUSED, count_months
from geo.view import read_words, say
from geo.view.charts import BRUSH, MONTHS, chart_months, months_table

if TYPE_CHECKING:
    from geo.app.data import Data, Shown

__all__ = ["show_timeline"]

_KEY = "timeline"


def show_timeline(shown: Shown) -> None:
    """Draw the months under all filters but the period, which it shows and sets."""
    data, current = shown.data, view()
    months = data.months
    if len(months) < 2:  # noqa: PLR2004 (one month leaves nothing to choose)
        return
    words = read_words(current.lang)
    counted = count_months(data.select(replace(shown.selection, since=None, until=None)).incidents)
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
                st.button(words["app.whole-period"], key="whole-period", on_click=_whole, args=(data,), type="tertiary")
        chart = chart_months((months[0], months[-1]), current.months, lang=current.lang, theme=theme(), refused=refused)
        st.vega_lite_chart(
            spec={**chart, "datasets": {**chart["datasets"], MONTHS: months_table(counted, current.lang)}},
            key=_KEY,
            on_select=lambda: _brushed(data),
            selection_mode=[BRUSH],
            alt=words["app.timeline"],
        )


def _whole(data: Data) -> None:
    change(lambda old: replace(old, months=None), data)


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
