"""The borders page: the border unrolled, and the summary per border, stretch, region, crossing, goods, agency, year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

import geo
from geo.app.cards import choose
from geo.app.changes import show_changes
from geo.app.downloads import show_downloads, show_table_downloads
from geo.app.frame import show_frame, theme
from geo.app.notices import show_notes, show_state
from geo.app.quoting import quote_row, show_quoted
from geo.app.state import view
from geo.summaries.grouping import KINDS
from geo.summaries.notes import value_word
from geo.summaries.quote import quotable
from geo.summaries.summary import ESTIMATED
from geo.view import key_of_row, read_words
from geo.view.charts import chart_years
from geo.view.table_heads import in_print, name_rows, summary_heads

if TYPE_CHECKING:
    import pandas as pd

    from geo.app.data import Data, Shown

__all__ = ["show_borders_page"]

_KEY = "summary"
_FIRST = ("name", "incidents", "estimate", "low90", "high90", "per_100km_year", "rank", "rank_low90", "rank_high90")


def show_borders_page(shown: Shown) -> None:
    """Lay out the page."""
    current = view()
    words = read_words(current.lang)
    st.header(words["by-border"], anchor=False)
    show_state(shown)
    with st.container(key="borders-frame"):
        show_frame(shown, "unrolled", chart_alone=True)
        with st.container(key="owed-table"), st.spinner(words["app.estimating"]):
            risk = shown.risk if current.by in ESTIMATED else None
    show_changes(shown)
    st.subheader(words["app.summary"], anchor=False)
    st.segmented_control(
        words["app.rows"],
        KINDS,
        key="by",
        required=True,
        format_func=lambda kind: words[f"app.by.{kind}"],
        persist_state="session",
    )
    table = geo.summarize(shown.located, risk, by=current.by, period=shown.period)
    named = name_rows(table, current.by, shown.data.frontier, current.lang)
    named = named[[*(name for name in _FIRST if name in named), *(name for name in named if name not in _FIRST)]]
    heads: dict[str, Any] = dict(summary_heads(named, current.lang))
    if current.by in ESTIMATED:
        st.caption(words["app.choose-row"])
    if (frame := quotable(shown.data.frontier).get(current.by)) is not None:
        places = [f"{current.by}:{row}" for row in table.index]
        with st.container(key="quoted-row"):
            show_quoted(shown, places)
        named.insert(1, "quote", [words["answers.quote"] if row in frame.index else "" for row in table.index])
        heads["quote"] = st.column_config.ButtonColumn(
            words["answers.quote"], type="tertiary", key="quote-row", on_click=quote_row, args=(places, "quote-row")
        )
    st.dataframe(
        in_print(named, current.lang),
        key=f"{_KEY}-{current.by}",
        hide_index=True,
        column_config=heads,
        width="stretch",
        placeholder="–",
        on_select=(lambda: _chosen(shown.data, current.by, table.index)) if current.by in ESTIMATED else "ignore",
        selection_mode="single-row",
    )
    if current.by == "agency":
        st.caption(words["app.by.agency.note"])
    show_table_downloads(shown, table, current.by)
    show_downloads(shown)
    show_notes(shown)
    _show_years(geo.reports_by_year(shown.located, by=current.by), named)
    _show_quantities(shown, named)


def _chosen(data: Data, by: str, rows: pd.Index) -> None:
    chosen = st.session_state[f"{_KEY}-{by}"]["selection"]["rows"]
    key = key_of_row(by, str(rows[chosen[0]])) if chosen and chosen[0] < len(rows) else None
    choose(data, *([key] if key else []))


def _show_years(years: pd.DataFrame, named: pd.DataFrame) -> None:
    """Small bars of reports by year, a chart per row, the fullest rows first."""
    if years.to_numpy().any() and years.shape[1] > 1 and view().by != "year":
        st.subheader(read_words(view().lang)["app.years"], anchor=False)
        names = named["name"].to_dict()
        st.altair_chart(chart_years(years, names, lang=view().lang, theme=theme()), width="content")


def _show_quantities(shown: Shown, named: pd.DataFrame) -> None:
    lang = view().lang
    words = read_words(lang)
    table = geo.quantities(shown.located, by=view().by)
    if table.empty:
        return
    st.subheader(words["app.quantities"], anchor=False)
    first = str(table.columns[0])
    if first != "goods":
        table[first] = table[first].map(named["name"])
    table["goods"] = [value_word("goods", code, shown.data.frontier, lang) for code in table["goods"]]
    table["unit"] = [words.get(f"unit.{code}", code).strip("{}").split("|")[-1] for code in table["unit"]]
    heads = {name: words.get(f"app.head.{name}", name) for name in map(str, table)} | {first: words["app.head.name"]}
    if first == "goods":
        heads["goods"] = words["app.head.goods"]
    st.dataframe(in_print(table, lang), hide_index=True, width="stretch", column_config=heads)
