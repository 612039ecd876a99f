"""The desk's page: its entries by state, one of them open to write and review, and the built-in corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pandas as pd
import streamlit as st

from geo.app.desk_session import ask_writer, server_desk, writer
from geo.app.pages.desk_form import close_entry, open_entry, open_one, show_entry
from geo.app.safe_text import plain
from geo.app.state import view
from geo.desk.bringing import waiting
from geo.desk.store import STATES, count_states, list_entries
from geo.language.dates import write_date
from geo.view import read_words, say

if TYPE_CHECKING:
    from geo.app.data import Shown
    from geo.desk.file import Desk
    from geo.desk.store import Entry, Kind

__all__ = ["show_desk_page"]

_MOST = 50


def show_desk_page(shown: Shown) -> None:
    """Lay out the page."""
    words = read_words(view().lang)
    st.header(words["desk"], anchor=False)
    desk = server_desk()
    if desk is None:
        st.markdown(words["desk.none"])
        st.code("shekara desk new newsroom.desk\nshekara app --desk newsroom.desk", language="sh")
        return
    if (opened := open_one()) is not None:
        show_entry(desk, opened, shown.data.frontier)
        return
    st.markdown(words["desk.lead"])
    ask_writer(view().lang)
    kinds = {"records": words["records"], "statements": words["nav.claims"]}
    kind = cast("Kind", st.segmented_control(
        words["desk.kind"], list(kinds), key="desk-kind", required=True, default="records", persist_state="session",
        label_visibility="collapsed", format_func=kinds.__getitem__,
    ))  # fmt: skip
    _show_list(desk, kind)


def _show_list(desk: Desk, kind: Kind) -> None:
    lang = view().lang
    words, counted = read_words(lang), count_states(desk, kind)
    with st.container(horizontal=True, vertical_alignment="bottom", key="desk-tools"):
        states = st.pills(
            words["desk.state"], STATES, selection_mode="multi", key=f"desk-states-{kind}",
            format_func=lambda state: f"{words[f'desk.state.{state}']} {counted[state]}", persist_state="session",
            wrap=True,
        )  # fmt: skip
        sought = st.text_input(words["app.search"], key=f"desk-search-{kind}", type="search", width=280,
                               placeholder=words["app.search"], label_visibility="collapsed")  # fmt: skip
        st.button(
            words["desk.new"], type="primary", icon=":material/add:", key="desk-new",
            on_click=_begin, args=(desk, kind),
        )  # fmt: skip
    if not writer():
        st.info(words["desk.name.first"])
    corrected = waiting(desk) if kind == "records" else {}
    for identifier in list(corrected)[:_MOST]:
        label = say(lang, "desk.waiting", id=identifier)
        st.button(plain(label), key=f"desk-wait-{identifier}", icon=":material/sync:", type="tertiary",
                  on_click=open_entry, args=(desk, kind, identifier))  # fmt: skip
    start = int(st.session_state.get(f"desk-start-{kind}", 0))
    entries = list_entries(desk, states=states, words=sought or "", start=start, most=_MOST + 1, kind=kind)
    if not entries:
        st.info(words["desk.empty"])
        return
    st.caption(words["desk.choose"])
    st.dataframe(
        pd.DataFrame([_in_words(entry, kind, words) for entry in entries[:_MOST]]), hide_index=True, width="stretch",
        row_height=36, key=f"desk-list-{kind}", selection_mode="single-row",
        height="content" if len(entries) <= 10 else 420,  # noqa: PLR2004 (rows that fit)
        on_select=lambda: _chosen(desk, kind, entries),
        column_config={name: words[f"desk.head.{name}"] for name in ("state", "title", "about", "changed")},
        column_order=["state", "title", "about", "changed"],
    )  # fmt: skip
    with st.container(horizontal=True):
        for word, to, there in (("newer", start - _MOST, start > 0), ("older", start + _MOST, len(entries) > _MOST)):
            if there:
                first = {f"desk-start-{kind}": max(to, 0)}
                st.button(words[f"desk.{word}"], key=f"desk-{word}", on_click=st.session_state.update, args=(first,))


def _begin(desk: Desk, kind: Kind) -> None:
    """Open a new entry for who gave a name, perhaps with this very press."""
    if writer():
        open_entry(desk, kind, "")


def _chosen(desk: Desk, kind: Kind, entries: list[Entry]) -> None:
    rows = st.session_state[f"desk-list-{kind}"]["selection"]["rows"]
    if rows and rows[0] < len(entries):
        open_entry(desk, kind, entries[rows[0]].id)
    else:
        close_entry()


def _in_words(entry: Entry, kind: Kind, words: dict[str, str]) -> dict[str, str]:
    cells, lang = entry.cells, view().lang
    mark = f"{words['desk.private']} · " if cells["private"] else ""
    date = cells["date" if kind == "records" else "stated_on"]
    what = words.get(f"goods.{cells['goods']}", cells["goods"]) if kind == "records" else cells["agency"]
    return {
        "state": mark + words[f"desk.state.{cells['state']}"],
        "title": cells["title" if kind == "records" else "claim"] or entry.id,
        "about": " · ".join(part for part in (what, write_date(lang, date) if date else "") if part),
        "changed": entry.changed[:16].replace("T", " "),
    }
