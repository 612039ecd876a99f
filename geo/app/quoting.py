"""What may be quoted of a view or of a place in it, with the link that shows the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import streamlit as st

from geo.app.link import write_link
from geo.app.state import view
from geo.summaries.quote import quote, quote_change, quote_record
from geo.view import read_words, write_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from geo.app.data import Shown
    from geo.estimate.change import Years

__all__ = ["quote_column", "show_changes_quoted", "show_quote"]

_ROW, _PRESSED = "_quoted_row", "quote-row"


def show_quote(shown: Shown, place: str = "") -> None:
    """A button that opens what may be quoted of a place or of the selection, with a button to copy it."""
    with st.popover(read_words(view().lang)["answers.quote"], key=f"quote-{place.partition(':')[0] or 'all'}"):
        _show_text(shown, place)


def show_changes_quoted(shown: Shown, table: pd.DataFrame, years: Years) -> None:
    """The same for each row of what changed."""
    lang, data = view().lang, shown.data.located
    with st.popover(read_words(lang)["answers.quote"], key="quote-changes"):
        for row in table.index:
            text = quote_change(data, shown.selection, table, years, row, lang=lang, link=_permalink("", "borders"))
            st.code(text, language=None, wrap_lines=True)


def quote_column(shown: Shown, places: Sequence[str]) -> Any:
    """A column with a button a row of a table; what may be quoted of the row that was pressed stands above."""
    with st.container(key="quoted-row"):
        place = str(st.session_state.get(_ROW, ""))
        if place in places:
            _show_text(shown, place)
    label = read_words(view().lang)["answers.quote"]
    return st.column_config.ButtonColumn(label, type="tertiary", key=_PRESSED, on_click=_take_row, args=(places,))


def _take_row(places: Sequence[str]) -> None:
    st.session_state[_ROW] = places[st.session_state[_PRESSED]["row"]]


def _show_text(shown: Shown, place: str) -> None:
    lang, link, everything = view().lang, _permalink(place), shown.data.located
    kind, _, record = place.partition(":")
    if kind == "record":
        heading = write_heading(shown.data.atlas, record, lang=lang)
        text = quote_record(everything, shown.selection, record, heading, lang=lang, link=link)
    else:
        risk = shown.risk if shown.enough else None
        text = quote(everything, shown.selection, risk, place, lang=lang, link=link)
    st.code(text, language=None, wrap_lines=True)


def _permalink(place: str, page: str = "map") -> str:
    """Address of a page as it is filtered, with a place chosen."""
    base = (st.context.url or "").partition("?")[0]
    shown = replace(view(), page=page, at=(place,) if place else (), spot=())
    return f"{base}?{urlencode(write_link(shown), doseq=True)}"
