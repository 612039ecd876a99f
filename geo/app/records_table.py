"""The page of the records and their table: sources as links; a row chosen opens its card and marks the map."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from geo.app.cards import choose
from geo.app.downloads import show_downloads
from geo.app.filters import show_notes, show_state
from geo.app.quoting import quote_column
from geo.app.safe_text import web_only
from geo.app.state import change, view
from geo.language.dates import write_date
from geo.language.translations import name_agencies, translate
from geo.summaries.notes import value_word
from geo.view import read_words, say, write_heading
from geo.view.search import find_words

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.app.data import Data, Shown

__all__ = ["show_incidents_page", "show_records"]


def show_incidents_page(shown: Shown) -> None:
    """Lay out the page."""
    current = view()
    words = read_words(current.lang)
    st.header(words["records"], anchor=False)
    st.text_input(words["app.search"], key="search", placeholder=words["app.search"], label_visibility="collapsed",
                  type="search", persist_state="session")  # fmt: skip
    records = _search(shown, current.search)
    show_downloads(shown, records)
    show_state(shown)
    if len(records):
        st.markdown(say(current.lang, "app.search.found", n=len(records), m=len(shown.incidents)))
        show_records(shown, records, key="records", height=640)
    elif len(shown.incidents):
        with st.container(border=True, horizontal=True, vertical_alignment="center", key="not-found"):
            st.text(say(current.lang, "app.search.none", text=current.search))
            st.button(words["clear"], key="clear-search", on_click=change,
                      args=(lambda old: replace(old, search=""), shown.data))  # fmt: skip
    show_notes(shown)


def show_records(shown: Shown, incidents: gpd.GeoDataFrame, *, key: str, height: int) -> None:
    """Show records, the latest first."""
    words = read_words(view().lang)
    latest = incidents.sort_values(["date_start", "date_end"], ascending=False, na_position="last", kind="stable")
    st.caption(words["app.choose-row"])
    kept = shown.data.listed_records
    if (lang := view().lang) not in kept:
        columns = _columns(shown.data, lang)
        cells = pd.DataFrame({name: cells for name, (_, cells) in columns.items()}, shown.data.incidents.index)
        kept[lang] = {name: head for name, (head, _) in columns.items()}, cells
    heads, cells = kept[lang]
    heads = heads | {"quote": quote_column(shown, [f"record:{record}" for record in latest.index])}
    st.dataframe(
        cells.loc[latest.index], key=key, width="stretch",
        height=height if len(latest) > 8 else "content",  # noqa: PLR2004 (rows that fit)
        hide_index=True, row_height=36, selection_mode="single-row", placeholder="–", column_config=heads,
        on_select=lambda: _chosen(shown.data, key, latest.index),
    )  # fmt: skip


def _chosen(data: Data, key: str, ids: pd.Index) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    choose(data, *([f"record:{ids[rows[0]]}"] if rows and rows[0] < len(ids) else []))


def _columns(data: Data, lang: str) -> dict[str, tuple[Any, Any]]:
    """Head and cells of each column; what tells records apart where some are private or beside the built-in ones."""
    words, incidents, ids = read_words(lang), data.incidents, data.incidents.index
    text = st.column_config.TextColumn
    narrow: Any = "small"
    link = st.column_config.LinkColumn(words["field.source"], display_text=words["app.open"], width=narrow)

    def say_all(field: str) -> pd.Series:
        codes = incidents[field]
        named: pd.Series = codes.map({code: value_word(field, code, data.frontier, lang) for code in codes.unique()})
        return named

    marks = {}
    if data.private:
        cells = [words["desk.private"] if key in data.private else "" for key in ids]
        marks["private"] = (text(words["desk.private"], width=narrow), cells)
    if data.built_in:
        cells = [words["desk.from.builtin" if key in data.built_in else "desk.from.own"] for key in ids]
        marks["from"] = (text(words["desk.head.from"], width=narrow), cells)
    days = [write_date(lang, day) if day else "" for day in incidents["date"]]
    return {
        "date": (text(words["field.date"], width=125), days),
        **marks,
        "title": (text(words["kind.record"], width=380), [write_heading(data.atlas, key, lang=lang) for key in ids]),
        "goods": (words["field.goods"], say_all("goods")),
        "source": (link, incidents["source_url"].map(web_only)),
        "quote": ("", ["" if key in data.private else words["answers.quote"] for key in ids]),
        "border": (words["field.border"], say_all("border")),
        "place": (words["field.place"], [translate(place, lang) for place in incidents["place_name"]]),
        "precision": (words["app.head.precision"], say_all("location_precision")),
        "agency": (words["field.agency"], [name_agencies(names, lang) for names in incidents["agency"]]),
        "outcome": (words["field.outcome"], say_all("outcome_class")),
        "confidence": (words["field.confidence"], say_all("confidence")),
        "original": (words["app.head.original"], incidents["title"]),
        "publisher": (words["app.head.publisher"], incidents["source_publisher"]),
    }


def _search(shown: Shown, text: str) -> gpd.GeoDataFrame:
    """The records that hold every word of a text, in the data or as the reader's language says it."""
    atlas = shown.data.atlas
    matches = find_words(atlas, text, lang=view().lang)
    return shown.incidents[[bool(matches[atlas.position[record]]) for record in shown.incidents.index]]
