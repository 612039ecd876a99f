"""The section that compares two periods: what rose, what fell, and what can't be told."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from math import isfinite, log2
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.app.safe_text import plain
from geo.app.state import view
from geo.estimate.change import compare_periods, default_years, latest_years
from geo.language.figures import write_figure, write_ratio, write_ratios
from geo.language.names import name_in
from geo.language.numbers import write_number
from geo.language.phrases import phrase, write_phrase
from geo.summaries.titles import where_of
from geo.view import read_words, say

if TYPE_CHECKING:
    from geo.app.data import Shown
    from geo.estimate.change import Years

__all__ = ["show_changes"]

_WORDS = {"rose": "rose", "fell": "fell", "cannot tell": "cant", "too few to tell": "toofew", "no records": "norec"}
_LEAST, _OCTAVES = -2.0, 5.0  # the axis goes from a quarter to eight times


def show_changes(shown: Shown) -> None:
    """Lay out the section, under all filters but the period; never for a stretch or a crossing."""
    lang, data = view().lang, shown.data
    words = read_words(lang)
    latest = latest_years(data.located)
    if latest is None:
        return
    choices = range(latest.until, latest.against_since, -1)
    first = st.session_state.get("change_since", latest.since)
    first = first if first in choices else latest.since
    years = default_years(data.located, first)
    title = phrase("answers.cmp-title", y=str(first), where=where_of(shown.selection, data.frontier))
    with st.container(key="changes"):
        st.subheader(plain(write_phrase(lang, title)), anchor=False)
        st.markdown(words["answers.cmp-caveat"])
        since, against = st.columns([1, 3], vertical_alignment="bottom")
        since.selectbox(words["answers.cmp-since"], choices, index=choices.index(first), key="change_since")
        against.markdown(f"{words['answers.cmp-against']} {years.against_since}–{years.against_until}")
        table = compare_periods(data.located.select(replace(shown.selection, since=None, until=None)), years)
        names = {"all": words["app.changes.all"], "home": words["answers.by-kz"], "neighbour": words["answers.by-nb"]}
        borders = data.frontier.borders
        names |= {code: name_in(borders.loc[code], lang) for code in table.index if code in borders.index}
        rows = "".join(
            _row(names[key], row, lang) for key, row in zip(table.index, table.to_dict("records"), strict=True)
        )
        st.html(f'<table class="changes">{_head(years, lang)}<tbody>{rows}</tbody></table>')


def _head(years: Years, lang: str) -> str:
    words = read_words(lang)
    spans = ("–".join(map(str, dict.fromkeys(ends))) for ends in (years[:2], years[2:]))
    heads = ["", *(say(lang, "app.changes.year", y=span) for span in spans), words["answers.cmp-axis"], "", ""]
    return "<thead><tr>" + "".join(f'<th scope="col">{escape(head)}</th>' for head in heads) + "</tr></thead>"


def _row(name: str, row: dict[Any, Any], lang: str) -> str:
    """A border or a recording side: both rates with their records, the ratio as a bar and in figures, and a word."""
    word = _WORDS[row["word"]]
    rates = [
        f"{write_figure(row[rate], lang) if row[number] else '0'} ({write_number(lang, row[number])})"
        for rate, number in (("a_year", "records"), ("against_a_year", "against_records"))
    ]
    low, high = row["low90"], row["high90"]
    ratio = ""
    if isfinite(row["ratio"]):
        ratio = f"{write_ratio(row['ratio'], lang)} ({write_ratios(low, high, lang)})"
    elif isfinite(low):
        ratio = f"≥ {write_ratio(low, lang)}"
    text = escape(read_words(lang)[f"answers.{word}"])
    cells = [*rates, _plot(row["ratio"], low, high), ratio]
    shown = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr class="change-{word}"><th scope="row">{escape(name)}</th>{shown}<td>{text}</td></tr>'


def _plot(ratio: float, low: float, high: float) -> str:
    """Interval and ratio on the common logarithmic axis; nothing where there is none."""
    if not isfinite(low):
        return ""
    start, end = _at(low), _at(high) if isfinite(high) else 1.0
    dot = f'<b style="left:{_at(ratio):.1%}"></b>' if isfinite(ratio) else ""
    one = f'<s style="left:{_at(1):.1%}"></s>'
    band = f'<u style="left:{start:.1%};width:{end - start:.1%}"></u>'
    return f'<div class="answer-bar" aria-hidden="true">{one}{band}{dot}</div>'


def _at(times: float) -> float:
    """Place of a ratio on the axis, 0 to 1."""
    return min(1.0, max(0.0, (log2(times) - _LEAST) / _OCTAVES)) if times > 0 else 0.0
