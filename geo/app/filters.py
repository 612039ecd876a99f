"""The filters in the rail, with the number of records beside each choice, and what is said of what they leave."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.app.safe_text import plain
from geo.app.state import change, unknown, view
from geo.facets import FACETS, facets_of
from geo.incidents.selection import choices, left_out
from geo.language.dates import write_date
from geo.paths import of_country
from geo.summaries.notes import field_word, value_word
from geo.view import read_words, say
from geo.vocabulary import UNITS

if TYPE_CHECKING:
    from geo.app.data import Data, Shown
    from geo.facets import Facet

__all__ = ["clear_filters", "show_filters", "show_notes", "show_state"]

_LONGEST = 200


def show_filters(shown: Shown) -> None:
    """Every filter; none chosen means all."""
    lang = view().lang
    words = read_words(lang)
    for one in facets_of("choices", app="rail"):
        _choose(one, shown, lang)
    months = shown.data.months
    if len(months) > 1:
        # The value in the state is what counts; a default of two is how this slider knows that it has two ends.
        st.select_slider(
            words["period"], months, (months[0], months[-1]), key="months",
            format_func=partial(_month, lang), persist_state="session",
        )  # fmt: skip
    out = left_out(shown.data.incidents, shown.selection, neighbours=shown.data.frontier.borders.index)
    if without := out["undated"] + out["partly_outside"]:
        st.caption(say(lang, "sum.undated-out", n=without))
    refused = int(shown.data.incidents["outcome_class"].eq("refused_entry").sum())
    if refused or view().refused:
        st.checkbox(say(lang, "refused", n=refused), key="refused", persist_state="session")
    hidden = any(getattr(shown.selection, one.field) for one in FACETS if one.app == "more")  # set, but out of sight
    more = st.expander(words["app.more"], hidden, key="more", on_change="rerun")
    if more.open:  # else nothing is counted for it, and nothing sent
        with more:
            _show_more(shown, out["no_comparable_quantity"], lang)
    st.button(words["app.clear"], on_click=clear_filters, args=(shown.data,), width="stretch")


def _show_more(shown: Shown, incomparable: int, lang: str) -> None:
    """The filters that few readers need."""
    words = read_words(lang)
    for one in facets_of("choices", app="more"):
        _choose(one, shown, lang)
    amount, unit = st.columns([3, 2])
    amount.number_input(words["app.least.amount"], min_value=0.0, key="least_amount", placeholder="–",
                        persist_state="session")  # fmt: skip
    unit.selectbox(words["app.least.unit"], UNITS, key="least_unit", persist_state="session",
                   format_func=lambda code: say(lang, f"unit.{code}", n=5))  # fmt: skip
    if incomparable:
        st.caption(say(lang, "app.note.left.no_comparable_quantity", n=incomparable))


@of_country(maxsize=4096)
def _month(lang: str, month: str) -> str:
    return write_date(lang, month)


def clear_filters(data: Data) -> None:
    """Forget every filter."""
    change(lambda old: old.without_filters(), data)


def _choose(one: Facet, shown: Shown, lang: str) -> None:
    """The values of a field as pills; without a vocabulary there are too many to show them all."""
    field, frontier = one.field, shown.data.frontier
    counts = choices(shown.data.incidents, shown.selection, field, neighbours=frontier.borders.index)
    ask: Any = (
        partial(st.pills, selection_mode="multi")
        if one.app == "rail" or one.vocabulary
        else partial(st.multiselect, placeholder=read_words(lang)[f"app.{field}.all"])
    )
    ask(
        field_word(field, lang), list(counts.index), key=field, persist_state="session",
        format_func=lambda value: f"{value_word(field, value, frontier, lang)} {counts[value]}",
    )  # fmt: skip


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
