"""What may be quoted of a view or of a place in it, with the link that shows the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from geo.app.link import write_link
from geo.app.state import view
from geo.summaries.quote import quote
from geo.view import read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.app.data import Shown

__all__ = ["quote_row", "show_quote", "show_quoted"]

_ROW = "_quoted_row"


def show_quote(shown: Shown, place: str = "") -> None:
    """A button that opens what may be quoted of a place or of the selection, with a button to copy it."""
    with st.popover(read_words(view().lang)["answers.quote"], key=f"quote-{place.partition(':')[0] or 'all'}"):
        _show_text(shown, place)


def quote_row(places: Sequence[str], key: str) -> None:
    """Take the row of a table whose button, of this key, was pressed."""
    st.session_state[_ROW] = places[st.session_state[key]["row"]]


def show_quoted(shown: Shown, places: Sequence[str]) -> None:
    """What may be quoted of the row that was pressed, where it is one of these."""
    place = str(st.session_state.get(_ROW, ""))
    if place in places:
        _show_text(shown, place)


def _show_text(shown: Shown, place: str) -> None:
    risk = shown.risk if shown.enough else None
    text = quote(shown.data.located, shown.selection, risk, place, lang=view().lang, link=_permalink(place))
    st.code(text, language=None, wrap_lines=True)


def _permalink(place: str) -> str:
    """Address of the map as it is filtered, with a place chosen."""
    base = (st.context.url or "").partition("?")[0]
    shown = replace(view(), page="map", at=(place,) if place else (), spot=())
    return f"{base}?{urlencode(write_link(shown), doseq=True)}"
