"""The desk of this server, and who writes at it in this session."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import streamlit as st

from geo.desk.file import Desk, open_desk
from geo.view import read_words

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ask_writer", "field_word", "server_desk", "writer"]

_NAME = "desk-name"
_LONGEST = 80


def server_desk() -> Desk | None:
    """The desk that ``shekara app --desk`` named; None without one."""
    path = os.environ.get("SHEKARA_DESK", "")
    return _open(path) if path else None


def writer() -> str:
    """Name of who writes: as the proxy's header says where one is set, else as asked once; blank while not known."""
    header = os.environ.get("SHEKARA_USER_HEADER", "")
    name = (st.context.headers.get(header) or "") if header else st.session_state.get(_NAME, "")
    return " ".join(str(name).split())[:_LONGEST]


def ask_writer(lang: str) -> None:
    """Ask for the name, unless a proxy's header has to give it."""
    words = read_words(lang)
    if os.environ.get("SHEKARA_USER_HEADER"):
        if not writer():
            st.error(words["desk.name.header"])
        return
    st.text_input(words["desk.name"], key=_NAME, max_chars=_LONGEST, persist_state="session", width=320,
                  help=words["desk.name.why"])  # fmt: skip


def field_word(field: str, words: Mapping[str, str]) -> str:
    """Name of a field of a record, a source or a statement."""
    return words.get(f"desk.field.{field}") or words.get(f"app.own.field.{field}") or field


@st.cache_resource(show_spinner=False)
def _open(path: str) -> Desk:
    return open_desk(path)
