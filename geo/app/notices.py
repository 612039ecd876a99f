"""The states between: nothing matches, one record, the notes that stand beside every number, slow work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.app.filters import clear_filters
from geo.app.safe_text import plain
from geo.app.state import unknown, view
from geo.view import read_words, say

if TYPE_CHECKING:
    from geo.app.data import Shown

__all__ = ["show_notes", "show_state"]

_LONGEST = 200


def show_state(shown: Shown) -> None:
    """Say when nothing or hardly anything matches, and offer the way back; and what a link asked for in vain."""
    words = read_words(view().lang)
    if missed := unknown():
        st.caption(plain(say(view().lang, "app.link.unknown", what=", ".join(missed)[:_LONGEST])))
    if not len(shown.incidents):
        with st.container(border=True, horizontal=True, vertical_alignment="center", key="empty"):
            st.markdown(f"**{words['empty']}**")
            st.button(words["app.clear"], key="clear-empty", on_click=clear_filters, args=(shown.data,))


def show_notes(shown: Shown) -> None:
    """Show the notes that must stand beside every number."""
    st.caption(" ".join(shown.notes(view().lang)))
