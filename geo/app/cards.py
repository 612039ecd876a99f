"""The card of what is chosen on the map or in a table: figures with intervals, goods, years, incidents with sources."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from geo.app.comparing import compare_place
from geo.app.quoting import show_quote
from geo.app.safe_text import plain
from geo.app.state import change, view
from geo.view import choose_place, figures_of, make_card, read_words, say

if TYPE_CHECKING:
    from geo.app.data import Data, Shown
    from geo.view import Card
    from geo.view.place_keys import Choice

__all__ = ["choose", "chosen_on_map", "show_chosen"]

_FIRST = 15  # records that a card lists


def choose(data: Data, *keys: str) -> None:
    """Open the card of a place or record; of nothing, close it."""
    change(lambda old: replace(old, at=keys), data)


def chosen_on_map(data: Data, key: str) -> None:
    """A click on a map, whose component has this key."""
    mark: Choice | None = (st.session_state.get(key) or {}).get("chosen")
    if mark is None:
        choose(data)
    elif mark["kind"] == "record":
        choose(data, f"record:{mark['ids'][0]}")
    else:
        choose(data, *mark["keys"])


def show_chosen(shown: Shown) -> None:
    """The card, where something is chosen; plain text and links, never markup from the data."""
    keys = view().at
    record = bool(keys) and keys[0].startswith("record:")
    chosen = choose_place(shown.located, keys[:1] if record else keys)
    if chosen is None:
        return
    lang = view().lang
    with st.container(key="card"):
        _show_ways_back(shown.data, keys[1:] if record else ())
        figures, place = [], chosen["key"]
        compared = [] if record or chosen.get("also") else compare_place(shown, place)
        if not record:
            risk = shown.risk if shown.enough else None
            figures = figures_of(shown.located, risk, chosen, period=shown.period, lang=lang)
        figures[1:1] = compared
        card = make_card(shown.data.atlas, chosen, lang=lang, figures=figures)
        _show_whose(shown.data, [str(one) for one in chosen["ids"]], one=record)
        _show_content(card, one=len(chosen["ids"]) == 1 and not record)
        if compared or shown.data.frontier.borders["kind"].get(place.removeprefix("border:")) == "land":
            show_quote(shown, place)
        _show_list(card, shown.data, keys)
        words = read_words(lang)
        st.caption(
            f"{words['caveat']} {words['answers.c-traffic']}" if chosen["kind"] == "crossing" else words["caveat"]
        )


def _show_ways_back(data: Data, place: tuple[str, ...]) -> None:
    words = read_words(view().lang)
    st.button(f"← {words['app.card.back']}", key="card-close", type="tertiary", on_click=choose, args=(data,))
    if place:
        label = f"← {words['app.card.of-place']}"
        st.button(label, key="card-place", type="tertiary", on_click=choose, args=(data, *place))


def _show_whose(data: Data, ids: list[str], *, one: bool) -> None:
    """Whether what the card tells of is private, and whose it is beside the built-in records."""
    lang = view().lang
    words, own = read_words(lang), len(set(ids) - data.built_in)
    if one and data.private.intersection(ids):
        st.badge(plain(words["desk.private"]), icon=":material/lock:", color="orange")
    if data.built_in and one:
        st.badge(plain(words["desk.from.own" if own else "desk.from.builtin"]), color="blue" if own else "gray")
    elif data.built_in and own:
        st.caption(plain(say(lang, "desk.from.share", n=own, m=len(ids))))


def _show_content(card: Card, *, one: bool) -> None:
    words = read_words(view().lang)
    st.caption(plain(card.kind))
    st.subheader(plain(card.title), anchor=False)
    if card.original and card.original != card.title:
        st.markdown(plain(card.original))
    for name, value in card.rows:
        st.markdown(f":small[:gray[{plain(name)}]]  \n{plain(value)}")
    if one:
        st.caption(words["one"])
    if card.sources:
        st.markdown(f":small[:gray[{plain(words['field.sources'])}]]")
    for name, url in card.sources:
        st.markdown(f"[{plain(name)}](<{_link(url)}>)")


def _show_list(card: Card, data: Data, keys: tuple[str, ...]) -> None:
    """The records of a place, each a way to its own card, with its sources."""
    for record, title, meta in card.records[:_FIRST]:
        label = f"{plain(title)}  \n:small[:gray[{plain(meta)}]]"
        args = (data, f"record:{record}", *keys)
        st.button(label, key=f"card-open-{record}", type="tertiary", on_click=choose, args=args)
    if len(card.records) > _FIRST:
        st.caption(say(view().lang, "app.card.more", n=len(card.records) - _FIRST))


def _link(url: str) -> str:
    """An address as it may stand between Markdown's angle brackets."""
    return url.replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E").replace("\n", "")
