"""Parts of every page: theme, pages, language, filters, the card of what is chosen."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from geo.view import LANGUAGES, read_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from streamlit.delta_generator import DeltaGenerator

__all__ = ["Room", "dress", "in_lines", "reserve", "show_pages", "tools"]

_SLOT = "_tools"

ICON = files("geo.view") / "web" / "icon.svg"


def dress() -> None:
    """Set up the window: title, icon, width."""
    st.set_page_config(page_title="Shekara", page_icon=str(ICON), layout="wide")
    st.logo(str(ICON), size="large")


class Room(NamedTuple):
    """Places in the order of the window; what stands in them may come in any order.

    ``wait`` is for what some runs have and others have not.
    """

    wait: DeltaGenerator
    head: DeltaGenerator
    pages: DeltaGenerator
    lang: DeltaGenerator
    body: DeltaGenerator


def reserve() -> Room:
    """Reserve the places, with that of :func:`tools` among them, before anything else of a run.

    Streamlit tells parts of the window apart by their place in it: where a run has one more above, all that follows
    stands there twice until the run ends, and a box is made anew without what is being typed into it.
    """
    wait, head = st.container(), st.container()
    with st.container(key="pages", horizontal=True, vertical_alignment="center", gap="small"):
        pages = st.container(width="content")
        with st.container(key="tools", horizontal=True, horizontal_alignment="right", width="stretch", gap="small"):
            st.session_state[_SLOT] = st.container(width="content")
            lang = st.container(width="content")
    return Room(wait, head, pages, lang, st.container())


def show_pages(room: Room, pages: Mapping[str, str], page: str, lang: str) -> None:
    """The pages in one line, and the language: on a phone too, where Streamlit's own would hide in a drawer.

    They are no pages of Streamlit's, which asks for files that are not there when one is opened by its address. What is
    kept for the session is sent anew to a window that has not heard of it, where a run was overtaken before it was.
    """
    words = read_words(lang)
    said = "".join(
        f"--{name}: {json.dumps(words[word], ensure_ascii=False)};"
        for name, word in (("filters", "filters"), ("choose-file", "app.own.pick"))
    )
    room.head.html(f"<style>{_style()} .stApp {{ {said} }}</style>")
    # Another page begins at its top, also where a button far down on the last one led to it.
    top = "document.querySelector('[data-testid=stMain]')?.scrollTo(0, 0)"
    room.head.html(f"<script>{top} // {page}</script>", unsafe_allow_javascript=True)
    room.pages.segmented_control(
        words["app.pages"], list(pages), key="page", required=True, label_visibility="collapsed",
        format_func=pages.__getitem__, wrap=True, persist_state="session",
    )  # fmt: skip
    room.lang.segmented_control(
        words["app.lang"], LANGUAGES, key="lang", required=True, label_visibility="collapsed",
        format_func=lambda code: read_words(code)["language.short"], persist_state="session",
    )  # fmt: skip


def in_lines(across: int) -> Iterator[DeltaGenerator]:
    """Places for boxes, line after line, so that on a phone a quantity is followed by its unit."""
    while True:
        yield from st.columns(across)


def tools() -> DeltaGenerator:
    """The place beside the language, for what a page lets its readers take away."""
    slot: DeltaGenerator = st.session_state[_SLOT]
    return slot


@cache
def _style() -> str:
    return (files("geo.app") / "style.css").read_text(encoding="utf-8")
