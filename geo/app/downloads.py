"""Take away: the filtered records, the tables, the one-file page, the figure, each with where it comes from."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from geo.app.data import show
from geo.app.layout import tools
from geo.app.link import write_link
from geo.app.state import view
from geo.files.takeaway import RECORD_KINDS, TABLE_KINDS, About, pack_records, pack_table
from geo.incidents.cells import public_only
from geo.language.phrases import write_phrase
from geo.summaries.notes import describe, name_licence
from geo.summaries.titles import title_of_records
from geo.view import PageOptions, make_page, read_words, say
from geo.view.figure import draw_figure
from geo.view.headings import translate_records
from geo.view.table_heads import summary_heads

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    import pandas as pd

    from geo.app.data import Shown
    from geo.app.link import View

__all__ = ["about", "show_downloads", "show_table_downloads"]

# Matplotlib keeps its settings for the whole process.
_WITH_PRIVATE = "with-private"
_DRAWING = threading.Lock()


def about(shown: Shown, chosen_view: View, records: int) -> About:
    """Origin of a file of this view."""
    words = read_words(chosen_view.lang)
    data = shown.data
    filters = describe(shown.selection, data.frontier, chosen_view.lang)
    if chosen_view.search:
        filters = "; ".join(part for part in (filters, f"{words['app.about.search']}: {chosen_view.search}") if part)
    mark = f"{words['desk.not-public']}: " if data.private else ""
    return About(
        data=mark
        + say(chosen_view.lang, "app.about.data", name=data.name or "Shekara", n=records, m=len(data.incidents)),
        filter=filters or words["app.about.no-filter"],
        meaning=" ".join(shown.notes(chosen_view.lang)),
        licence=name_licence(chosen_view.lang, data.licence),
        sources=words["credits"],
        link="" if data.own else "?" + urlencode(write_link(chosen_view), doseq=True),
    )


def show_downloads(shown: Shown, records: gpd.GeoDataFrame | None = None) -> None:
    """The files of these records, behind one button; each is made when it is asked for."""
    current = view()
    words = read_words(current.lang)
    chosen = shown.incidents if records is None else records
    with_switch = bool(shown.data.private)
    if shown.data.private and not st.session_state.get(_WITH_PRIVATE):
        shown, chosen = show(shown.data.public, shown.selection), public_only(chosen)
    if records is None:
        current = replace(current, search="")
    with tools(), st.popover(words["app.take"], icon=":material/download:"):
        if with_switch:
            st.toggle(words["desk.with-private"], key=_WITH_PRIVATE, persist_state="session")
        if not len(chosen):
            st.markdown(words["app.take.empty"])
            return
        st.markdown(f"**{say(current.lang, 'app.take.records', n=len(chosen))}**")
        with st.container(horizontal=True, gap="small"):
            for kind in RECORD_KINDS:
                _button(words[f"app.take.{kind}"], "records", kind, partial(_records, shown, current, chosen, kind))
        st.markdown(f"**{words['app.take.views']}**")
        _button(words["app.take.page"], "map", "html", lambda: _page(shown, current))
        with st.container(horizontal=True, gap="small"):
            for kind in ("png", "svg"):
                _button(words[f"app.take.{kind}"], "map", kind, partial(_figure, shown, current, kind))
        st.caption(words["app.take.note"])


def show_table_downloads(shown: Shown, table: pd.DataFrame, by: str) -> None:
    """A summary as a file, of what the page shows; with private records in it, it says so."""
    current = replace(view(), search="")
    words = read_words(current.lang)
    heads = {name: head for name, head in summary_heads(table, current.lang).items() if head}
    with st.container(horizontal=True, gap="small"):
        for kind in TABLE_KINDS:
            label = f"{words['app.take']}: {words[f'app.take.{kind}']}"
            make = partial(_table, shown, current, table, kind, heads)
            _button(label, by, kind, make)


def _records(shown: Shown, current: View, chosen: gpd.GeoDataFrame, kind: str) -> bytes:
    words = translate_records(chosen, shown.data.atlas) if kind in TABLE_KINDS else None
    return pack_records(chosen, kind, about(shown, current, len(chosen)), words)


def _table(shown: Shown, current: View, table: pd.DataFrame, kind: str, heads: dict[str, str]) -> bytes:
    return pack_table(table, kind, about(shown, current, len(shown.incidents)), heads=heads)


def _button(label: str, name: str, kind: str, make: Callable[[], bytes | str]) -> None:
    key = f"take-{name}-{kind}"
    st.download_button(label, make, f"shekara-{name}.{kind}", key=key, on_click="ignore", width="stretch")


def _page(shown: Shown, current: View) -> str:
    """The page of the chosen records; those merely refused entry are in it, behind its own switch."""
    selection = replace(shown.selection, include_refused=True)
    data = shown.data
    located = data.located.select(selection)
    lead = read_words(current.lang)["desk.not-public"] if data.private else None
    options = PageOptions(
        lang=current.lang, lead=lead, period=shown.period, chosen=shown.selection, everything=data.located,
        mix=data.mix, licence=data.licence,
    )  # fmt: skip
    return make_page(located, data.frontier, shown.risks, statements=data.statements, options=options)


def _figure(shown: Shown, current: View, kind: str) -> bytes:
    data, lang = shown.data, current.lang
    title = write_phrase(lang, title_of_records(shown.located, shown.selection))
    title = read_words(lang)["desk.not-public"] if data.private else title
    with _DRAWING:
        return draw_figure(
            f".{kind}", shown.located, data.frontier, shown.risk if current.colour == "estimate" else None, lang=lang,
            period=shown.period, licence=data.licence, title=title,
            selection=describe(shown.selection, data.frontier, lang),
        )  # fmt: skip
