"""The table of records: in words, sources as links; a row chosen opens its card and marks the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from geo.app.cards import choose
from geo.app.safe_text import web_only
from geo.app.state import view
from geo.language.dates import write_date
from geo.language.translations import name_agencies, translate
from geo.summaries.notes import value_word
from geo.view import read_words, write_heading
from geo.view.search import find_words

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.app.data import Data, Shown

__all__ = ["search_records", "show_records"]


def search_records(shown: Shown, text: str) -> gpd.GeoDataFrame:
    """The records that hold every word of a text, in the data or as the reader's language says it."""
    atlas = shown.data.atlas
    matches = find_words(atlas, text, lang=view().lang)
    return shown.incidents[[bool(matches[atlas.position[record]]) for record in shown.incidents.index]]


def show_records(shown: Shown, incidents: gpd.GeoDataFrame, *, key: str, height: int) -> None:
    """Show records, the latest first."""
    words = read_words(view().lang)
    latest = incidents.sort_values(["date_start", "date_end"], ascending=False, na_position="last", kind="stable")
    st.caption(words["app.choose-row"])
    st.dataframe(
        _in_words(shown, latest),
        key=key,
        width="stretch",
        height=height if len(latest) > 8 else "content",  # noqa: PLR2004 (rows that fit)
        hide_index=True,
        row_height=36,
        on_select=lambda: _chosen(shown.data, key, latest.index),
        selection_mode="single-row",
        placeholder="–",
        column_config=_columns(words),
    )


def _chosen(data: Data, key: str, ids: pd.Index) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    if rows and rows[0] < len(ids):
        choose(data, f"record:{ids[rows[0]]}")
    else:
        choose(data)


def _in_words(shown: Shown, incidents: gpd.GeoDataFrame) -> pd.DataFrame:
    lang, frontier = view().lang, shown.data.frontier

    def say_all(field: str) -> pd.Series:
        codes = incidents[field]
        words: pd.Series = codes.map({code: value_word(field, code, frontier, lang) for code in codes.unique()})
        return words

    return pd.DataFrame(
        {
            "date": incidents["date"].map(lambda text: write_date(lang, text) if text else ""),
            **_marks(shown.data, incidents.index),
            "title": [write_heading(shown.data.atlas, record, lang=lang) for record in incidents.index],
            "goods": say_all("goods"),
            "source": incidents["source_url"].map(web_only),
            "border": say_all("border"),
            "place": [translate(place, lang) for place in incidents["place_name"]],
            "precision": say_all("location_precision"),
            "agency": [name_agencies(names, lang) for names in incidents["agency"]],
            "outcome": say_all("outcome_class"),
            "confidence": say_all("confidence"),
            "original": incidents["title"],
            "publisher": incidents["source_publisher"],
        },
        index=incidents.index,
    )


def _marks(data: Data, ids: pd.Index) -> dict[str, list[str]]:
    """What tells records apart where some are private or stand beside the built-in ones."""
    words = read_words(view().lang)
    marks = {}
    if data.private:
        marks["private"] = [words["desk.private"] if key in data.private else "" for key in ids]
    if data.built_in:
        marks["from"] = [words["desk.from.builtin" if key in data.built_in else "desk.from.own"] for key in ids]
    return marks


def _columns(words: dict[str, str]) -> dict[str, Any]:
    return {
        "private": st.column_config.TextColumn(words["desk.private"], width="small"),
        "from": st.column_config.TextColumn(words["desk.head.from"], width="small"),
        "date": st.column_config.TextColumn(words["field.date"], width=125),
        "title": st.column_config.TextColumn(words["kind.record"], width=380),
        "goods": words["field.goods"],
        "source": st.column_config.LinkColumn(words["field.source"], display_text=words["app.open"], width="small"),
        "border": words["field.border"],
        "place": words["field.place"],
        "precision": words["app.head.precision"],
        "agency": words["field.agency"],
        "outcome": words["field.outcome"],
        "confidence": words["field.confidence"],
        "original": words["app.head.original"],
        "publisher": words["app.head.publisher"],
    }
