"""The card of what is chosen on the map or in a table: figures with intervals, goods, years, incidents with sources."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.app.quoting import show_quote
from geo.app.safe_text import plain
from geo.app.state import change, view
from geo.errors import UnknownValueError
from geo.estimate.risk import A_YEAR
from geo.language.figures import is_bound, write_ends, write_estimate, write_figure, write_rank
from geo.language.names import name_in
from geo.language.numbers import write_number
from geo.language.phrases import write_phrase
from geo.summaries.cards import card_of
from geo.summaries.titles import with_border
from geo.view import choose_place, figures_of, make_card, read_words, say

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        compared = [] if record or chosen.get("also") else _compare_place(shown, place)
        if not record:
            risk = shown.risk if shown.enough else None
            figures = figures_of(shown.located, risk, chosen, period=shown.period, lang=lang)
        figures[1:1] = compared
        card = make_card(shown.data.atlas, chosen, lang=lang, figures=figures)
        _show_whose(shown.data, [str(one) for one in chosen["ids"]], one=record)
        _show_content(card, one=len(chosen["ids"]) == 1 and not record)
        land = shown.data.frontier.borders["kind"].get(place.removeprefix("border:")) == "land"
        if compared or land or (record and not shown.data.private.intersection(chosen["ids"])):
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


def _compare_place(shown: Shown, place: str) -> list[tuple[str, str]]:
    """Pairs of a name and a value, of a crossing or stretch with a figure; else none."""
    if not shown.enough or place.partition(":")[0] not in ("crossing", "segment"):
        return []
    try:
        card = card_of(shown.located, shown.risk, place, borders=shown.selection.neighbour)
    except UnknownValueError:  # an airport, or none on the land border
        return []
    return [*_beside(shown, card), *_records(shown, card)]


def _beside(shown: Shown, card: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Rank, and the mean of the border's crossings or the border's figure."""
    lang, frontier = view().lang, shown.data.frontier
    kind = "crossings" if card["unit"] == A_YEAR else "stretches"
    rank = write_rank(card["rank_low90"], card["rank_high90"], lang)
    beside = [say(lang, "answers.c-rank", rank=rank, n=say(lang, f"answers.{kind}", n=card["of"]))]
    if card["mean"] is not None:
        neighbour = write_phrase(lang, with_border(card["neighbour"], frontier))
        beside.append(say(lang, "answers.c-mean", neighbour=neighbour, v=write_figure(card["mean"], lang)))
    else:
        value, low, high = card["line"]
        name = name_in(frontier.borders.loc[card["neighbour"]], lang)
        if is_bound(low, high):
            beside.append(f"{name}: {write_estimate(value, low, high, lang)}")
        else:
            ends = write_ends(low, high, lang)
            name = write_phrase(lang, with_border(card["neighbour"], frontier)) if lang == "ru" else name
            beside.append(say(lang, "answers.c-line", neighbour=name, v=write_figure(value, lang), ends=ends))
    yield read_words(lang)[f"answers.c-beside-{kind}"], ". ".join(beside)


def _records(shown: Shown, card: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Records here, those that could lie here, and who recorded them."""
    lang, words = view().lang, read_words(view().lang)
    here = write_number(lang, card["records"]) if card["records"] else words["answers.c-here-0"]
    if card["records"] and card["dated"] and card["here"] is not None:
        since = str(shown.period[0].year)
        here += f", {say(lang, 'answers.c-here-n', n=card['dated'], y=since, v=write_figure(card['here'], lang))}"
    yield words["answers.c-here"], here
    if card["could_records"]:
        counted = write_figure(card["counted"], lang)
        yield (
            words["answers.c-could"],
            say(lang, "answers.c-could-n", n=card["could_records"], k=round(card["could_km"]), w=counted),
        )
    if card["sides"]:
        yield (
            words["answers.c-by"],
            ", ".join(f"{words[f'side.{side}']} {write_number(lang, n)}" for side, n in card["sides"].items()),
        )
