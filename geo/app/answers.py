"""The answer box beside the map: where most is recorded, how sure that is, what changed, and a sentence to quote."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from itertools import count
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.app.cards import choose
from geo.app.quoting import show_quote
from geo.app.safe_text import plain
from geo.app.state import change, view
from geo.estimate.risk import A_YEAR
from geo.language.figures import write_bound, write_ends, write_figure, write_rank
from geo.language.names import name_in
from geo.language.numbers import write_number
from geo.language.phrases import write_packed
from geo.summaries.answers import FIRST
from geo.view import read_words, say

if TYPE_CHECKING:
    from geo.app.data import Data, Shown
    from geo.summaries.answers import Answers, Place

__all__ = ["scale_end", "show_answers", "show_title"]

_SENTENCES = ("order", "change", "outside", "placing")
_MAY_LIE = "answers.mayli"
_ENDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0, 1.2, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_MOST = 3.2  # times the largest figure that the scale reaches, however far an interval goes


def show_title(answers: Answers) -> None:
    """What is selected, the filters that the title does not name, and what the numbers are not."""
    lang = view().lang
    words = read_words(lang)
    title = write_packed(lang, answers["title"])
    st.set_page_config(page_title=title)
    st.header(plain(title), anchor=False)
    if answers["only"]:
        st.markdown(plain(write_packed(lang, answers["only"])))
    st.markdown(f"**{words['answers.caveat']}** {words['caveat.rest']}")


def show_answers(shown: Shown, answers: Answers) -> None:
    """Lay out the box; while the estimate is being made it holds no figure."""
    lang = view().lang
    words = read_words(lang)
    with st.container(key="answers", gap=None):
        head = f'<h3 class="answer-head">{escape(words["answers.box"])}</h3>'
        if answers["state"] == "no-estimate":
            waiting = f"{say(lang, 'card.records', n=answers['records'])}. {words['answers.est']}"
            rows = '<div class="answer-wait" aria-hidden="true"></div>' * FIRST
            st.html(f'{head}<p class="answer-status" role="status">{escape(waiting)}</p>{rows}')
            return
        if answers["state"] in ("none", "too-few"):
            st.html(head)
            _show_few(shown, answers)
        else:
            end = scale_end(answers["first"])
            ticks = "".join(f"<span>{write_number(lang, float(f'{end * k / 4:.3g}'))}</span>" for k in range(5))
            axis = f'<div class="answer-axis" aria-hidden="true">{ticks}</div>'
            st.html(f'{head}<p class="answer-unit">{escape(words["answers.box-unit"])}</p>{axis}')
            for i, place in enumerate(answers["first"], 1):
                _show_row(shown.data, place, i, end)
        for kind in _SENTENCES:
            _show_said(shown.data, kind, answers[kind])  # type: ignore[literal-required]
        with st.container(key="answers-foot", horizontal=True, gap="small"):
            show_quote(shown, "")
            st.button(words["answers.cmp"], key="answers-compare", on_click=_turn, args=(shown.data, "border"))
            st.button(words["answers.table"], key="answers-table", on_click=_turn, args=(shown.data, "crossing"))


def _show_said(data: Data, kind: str, phrases: list[dict[str, Any]]) -> None:
    """One paragraph, what it begins with in bold; where records may lie is a way to them."""
    lang = view().lang
    sentences = [write_packed(lang, one) for one in phrases if one["key"] != _MAY_LIE]
    if not sentences:
        return
    with st.container(key=f"answer-said-{kind}", gap=None):
        head, rest = re.match(r"(.*?)(\s*[:(].*|)$", sentences[0]).groups()  # type: ignore[union-attr]
        space = " " if rest.startswith(" ") else ""
        st.markdown(f"**{plain(head)}**{space}{plain('. '.join([rest, *sentences[1:]]))}.")
        if len(sentences) < len(phrases):
            label = read_words(lang)[_MAY_LIE]
            keys = ("part:region", "part:border")
            st.button(
                label[:1].upper() + label[1:], key="may-lie", type="tertiary", on_click=choose, args=(data, *keys)
            )


def scale_end(places: list[Place]) -> float:
    """End of the bars' common scale, which begins at nought.

    Examples
    --------
    >>> scale_end([{"value": 2.5, "high90": 3.6, "bound": False}, {"value": 0.2, "high90": 4.1, "bound": True}])
    5.0
    """
    figures = [place["high90"] / _MOST if place["bound"] else place["value"] for place in places]
    wanted = min(max(place["high90"] for place in places), _MOST * max(figures))
    return float(next(end * 10**power for power in count() for end in _ENDS if end * 10**power >= wanted))


def _turn(data: Data, by: str) -> None:
    change(lambda old: replace(old, page="borders", by=by), data)


def _show_few(shown: Shown, answers: Answers) -> None:
    """Where very few records were made, or what it does not mean that there are none."""
    lang = view().lang
    words = read_words(lang)
    if answers["state"] == "none":
        st.markdown(f"**{words['answers.s-none']}.** {words['answers.s-none-more']}")
        return
    st.markdown(say(lang, "answers.s-few", n=answers["records"]))
    for place in answers["where"]:
        label = f"{plain(place['name'][lang])} · {write_number(lang, place['records'])}"
        st.button(label, key=f"where-{place['key']}", type="tertiary", on_click=choose, args=(shown.data, place["key"]))


def _show_row(data: Data, place: Place, i: int, end: float) -> None:
    """One place: as it looks, and over it the button that says all of it aloud and opens its card."""
    lang = view().lang
    borders = data.frontier.borders
    low, high, bound = place["low90"], place["high90"], place["bound"]
    figure = say(lang, "at-most", b=write_bound(high, lang)) if bound else write_figure(place["value"], lang)
    ends = write_ends(low, high, lang)
    name = place["name"][lang]
    neighbour = name_in(borders.loc[place["neighbour"]], lang)
    at_crossing = place["unit"] == A_YEAR
    of = say(lang, "answers.crossings" if at_crossing else "answers.stretches", n=place["of"])
    filled: dict[str, str | float] = {
        "i": str(i), "place": name, "neighbour": neighbour, "n": place["records"], "of": of,
        "v": say(lang, "a-year", v=figure) if at_crossing else f"{figure} {read_words(lang)['unit']}",
        "ends": say(lang, "interval-of", ends=ends),
        "rank": write_rank(place["rank_low90"], place["rank_high90"], lang),
    }  # fmt: skip
    also = f" +{place['also'].count(';') + 1}" if place["also"] else ""
    parts = {
        "name": f"{escape(name)} <small>{also} · {escape(neighbour)}</small>",
        "figure": escape(figure) if bound else f"{escape(figure)} <small>({escape(ends)})</small>",
        "records": escape(say(lang, "card.records", n=place["records"])),
        "note": "" if at_crossing else escape(say(lang, "answers.between", k=round(place["km"] or 0))),
    }
    spans = "".join(f'<span class="answer-{key}">{text}</span>' for key, text in parts.items() if text)
    kind = "answer-bound" if bound else "answer-solid"
    with st.container(key=f"answer-row-{i}", gap=None):
        st.html(f'<div class="answer {kind}" aria-hidden="true"><i>{i}</i>{spans}{_bar(place, end)}</div>')
        st.button(
            plain(say(lang, "answers.row", **filled)), key=f"answer-go-{i}", on_click=choose, args=(data, place["key"])
        )


def _bar(place: Place, end: float) -> str:
    """Interval and median on the common scale; a bound from nought to its end; an arrow head beyond the scale."""
    low = 0.0 if place["bound"] else place["low90"] / end
    high = min(place["high90"] / end, 1.0)
    over = " answer-over" if place["high90"] > end * (1 + 1e-9) else ""
    dot = "" if place["bound"] else f'<b style="left:{min(place["value"] / end, 1):.2%}"></b>'
    return f'<div class="answer-bar{over}"><u style="left:{low:.2%};width:{high - low:.2%}"></u>{dot}</div>'
