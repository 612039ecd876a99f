"""The borders page: the border unrolled, and the summary per border, stretch, region, crossing, goods, agency, year."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from math import isfinite, log2
from typing import TYPE_CHECKING, Any

import streamlit as st

import geo
from geo.app.cards import choose
from geo.app.downloads import show_downloads, show_table_downloads
from geo.app.filters import show_notes, show_state
from geo.app.frame import show_frame, theme
from geo.app.quoting import quote_column, show_changes_quoted
from geo.app.safe_text import plain
from geo.app.state import view
from geo.estimate.change import compare_periods, default_years, latest_years
from geo.language.figures import write_figure, write_ratio, write_ratios
from geo.language.numbers import write_number
from geo.language.phrases import phrase, write_phrase
from geo.summaries.grouping import KINDS
from geo.summaries.notes import value_word
from geo.summaries.quote import name_of_row, quotable
from geo.summaries.summary import ESTIMATED
from geo.summaries.titles import where_of
from geo.view import key_of_row, read_words, say
from geo.view.charts import chart_years
from geo.view.table_heads import in_print, name_rows, summary_heads

if TYPE_CHECKING:
    import pandas as pd

    from geo.app.data import Data, Shown
    from geo.estimate.change import Years

__all__ = ["show_borders_page"]

_WORDS = {"rose": "rose", "fell": "fell", "cannot tell": "cant", "too few to tell": "toofew", "no records": "norec"}
_LEAST, _OCTAVES = -2.0, 5.0  # the axis goes from a quarter to eight times
_KEY = "summary"
_FIRST = ("name", "incidents", "estimate", "low90", "high90", "per_100km_year", "rank", "rank_low90", "rank_high90")


def show_borders_page(shown: Shown) -> None:
    """Lay out the page."""
    current = view()
    words = read_words(current.lang)
    st.header(words["by-border"], anchor=False)
    show_state(shown)
    with st.container(key="borders-frame"):
        show_frame(shown, "unrolled", chart_alone=True)
        with st.container(key="owed-table"), st.spinner(words["app.estimating"]):
            risk = shown.risk if current.by in ESTIMATED else None
    _show_changes(shown)
    st.subheader(words["app.summary"], anchor=False)
    st.segmented_control(
        words["app.rows"], KINDS, key="by", required=True, persist_state="session",
        format_func=lambda kind: words[f"app.by.{kind}"],
    )  # fmt: skip
    table = geo.summarize(shown.located, risk, by=current.by, period=shown.period)
    named = name_rows(table, current.by, shown.data.frontier, current.lang)
    named = named[[*(name for name in _FIRST if name in named), *(name for name in named if name not in _FIRST)]]
    heads: dict[str, Any] = dict(summary_heads(named, current.lang))
    if current.by in ESTIMATED:
        st.caption(words["app.choose-row"])
    if (frame := quotable(shown.data.frontier).get(current.by)) is not None:
        places = [f"{current.by}:{row}" for row in table.index]
        named.insert(1, "quote", [words["answers.quote"] if row in frame.index else "" for row in table.index])
        heads["quote"] = quote_column(shown, places)
    st.dataframe(
        in_print(named, current.lang), key=f"{_KEY}-{current.by}", hide_index=True, column_config=heads,
        width="stretch", placeholder="–", selection_mode="single-row",
        on_select=(lambda: _chosen(shown.data, current.by, table.index)) if current.by in ESTIMATED else "ignore",
    )  # fmt: skip
    if current.by == "agency":
        st.caption(words["app.by.agency.note"])
    show_table_downloads(shown, table, current.by)
    show_downloads(shown)
    show_notes(shown)
    _show_years(geo.reports_by_year(shown.located, by=current.by), named)
    _show_quantities(shown, named)


def _chosen(data: Data, by: str, rows: pd.Index) -> None:
    chosen = st.session_state[f"{_KEY}-{by}"]["selection"]["rows"]
    key = key_of_row(by, str(rows[chosen[0]])) if chosen and chosen[0] < len(rows) else None
    choose(data, *([key] if key else []))


def _show_years(years: pd.DataFrame, named: pd.DataFrame) -> None:
    """Small bars of reports by year, a chart per row, the fullest rows first."""
    if years.to_numpy().any() and years.shape[1] > 1 and view().by != "year":
        st.subheader(read_words(view().lang)["app.years"], anchor=False)
        names = named["name"].to_dict()
        st.altair_chart(chart_years(years, names, lang=view().lang, theme=theme()), width="content")


def _show_quantities(shown: Shown, named: pd.DataFrame) -> None:
    lang = view().lang
    words = read_words(lang)
    table = geo.quantities(shown.located, by=view().by)
    if table.empty:
        return
    st.subheader(words["app.quantities"], anchor=False)
    first = str(table.columns[0])
    if first != "goods":
        table[first] = table[first].map(named["name"])
    table["goods"] = [value_word("goods", code, shown.data.frontier, lang) for code in table["goods"]]
    table["unit"] = [words.get(f"unit.{code}", code).strip("{}").split("|")[-1] for code in table["unit"]]
    heads = {name: words.get(f"app.head.{name}", name) for name in map(str, table)} | {first: words["app.head.name"]}
    if first == "goods":
        heads["goods"] = words["app.head.goods"]
    st.dataframe(in_print(table, lang), hide_index=True, width="stretch", column_config=heads)


def _show_changes(shown: Shown) -> None:
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
        names = [name_of_row(data.frontier, key)[lang] for key in table.index]
        rows = "".join(_row(name, row, lang) for name, row in zip(names, table.to_dict("records"), strict=True))
        st.html(f'<table class="changes">{_head(years, lang)}<tbody>{rows}</tbody></table>')
        show_changes_quoted(shown, table, years)


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
