"""The method page: how to read it, in the reader's language, and the whole method."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.app.state import view
from geo.language.dates import write_date
from geo.paths import country_folder, docs_path
from geo.view import read_words, say

if TYPE_CHECKING:
    from geo.app.data import Shown

__all__ = ["show_method_page"]


def show_method_page(shown: Shown) -> None:
    """Lay out the page."""
    lang = view().lang
    words = read_words(lang)
    since, until = (write_date(lang, day.isoformat()) for day in shown.period)
    st.header(words["how-to"], anchor=False)
    st.markdown(f"**{words['caveat']}** {words['caveat.rest']}")
    for part in ("method.1", "method.2", "method.3", "method.4"):
        st.markdown(say(lang, part, **{"from": since, "to": until}))
    st.markdown(words["customs"])
    st.caption(f"{words['credits']} {words['credits.records']}")
    method = docs_path("method.md").read_text(encoding="utf-8")
    if country_folder():  # its first part is of the built-in records
        title, _, parts = method.partition("\n")
        method = title + parts[parts.index("\n## ") :]
    if lang == "en":
        st.divider()
        st.markdown(method)
    else:
        with st.expander(words["app.method.full"]):
            st.markdown(method)
