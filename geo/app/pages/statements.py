"""The statements page: what agencies said, beside what is on record, in the words of the one-file page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import streamlit as st

from geo.app.frame import theme
from geo.app.safe_text import plain, web_only
from geo.app.state import view
from geo.claims.series import totals_of_series
from geo.language.dates import write_date
from geo.language.figures import write_share
from geo.language.numbers import write_percent
from geo.language.phrases import write_phrases
from geo.language.translations import name_agencies, name_goods, translate
from geo.view import read_words, say, write_heading
from geo.view.charts import chart_coverage, chart_series

if TYPE_CHECKING:
    import pandas as pd

    from geo.app.data import Data, Shown
    from geo.language.phrases import Phrase
    from geo.view.statements import PackedStatement

__all__ = ["show_statements_page"]

_FIRST = 20
_IN_A_ROW = 3
_MORE = "_said_more"


def show_statements_page(shown: Shown) -> None:
    """Lay out the page."""
    lang = view().lang
    words = read_words(lang)
    st.header(words["claims"], anchor=False)
    st.markdown(f"{words['app.said.lead']} {words['claims.translated']}")
    with st.spinner(words["app.working"]):
        listed, coverage = shown.data.listed, shown.data.statements[1]
    _show_series(shown.data.statements[2])
    st.subheader(words["claims.said"], anchor=False)
    agencies = sorted({one["agency"] for one in listed})
    by = st.pills(words["claims.agency"], agencies, selection_mode="multi", key="said_by",
                  format_func=lambda name: plain(name_agencies(name, lang)))  # fmt: skip
    verdicts = list(dict.fromkeys(one["verdict"] for one in listed))
    kinds = st.pills(words["app.said.finding"], verdicts, selection_mode="multi", key="verdict",
                     format_func=lambda verdict: words[f"app.verdict.{verdict}"])  # fmt: skip
    chosen = [one for one in listed if one["agency"] in (by or agencies) and one["verdict"] in (kinds or verdicts)]
    st.caption(say(lang, "app.said.count", n=len(chosen), m=len(listed)))
    if not chosen:
        st.info(words["app.said.none"])
    shown_now = max(_FIRST, st.session_state.get(_MORE, _FIRST))
    for one in chosen[:shown_now]:
        _show_statement(one, shown.data)
    if (left := len(chosen) - shown_now) > 0:
        st.button(say(lang, "records.more", n=left), key="said-more",
                  on_click=st.session_state.update, args=({_MORE: 10_000},))  # fmt: skip
    _show_coverage(coverage[coverage["agency"].isin(by or coverage["agency"])])


def _show_statement(one: PackedStatement, data: Data) -> None:
    """One statement: what was said on the left, what is on record on the right."""
    lang = view().lang
    words = read_words(lang)
    statement, recorded = st.columns(2, gap="large")
    with statement:
        publisher, url = plain(one["publisher"]), web_only(one["url"])
        link = f"[{publisher}](<{url}>)" if url else publisher
        about = "–".join(write_date(lang, day) for day in one["about"])
        when = f" · {plain(say(lang, 'claims.about', when=about))}" if about else ""
        said_by = plain(name_agencies(one["agency"], lang))
        st.markdown(f"**{said_by}**  \n:small[:gray[{plain(write_date(lang, one['on']))}{when}]] · :small[{link}]")
        claim = translate(one["claim"], lang)
        st.markdown(plain(claim))
        if claim != one["claim"]:
            with st.expander(words["claims.original"], type="compact"):
                st.markdown(plain(one["claim"]))
    with recorded:
        with st.container(horizontal=True, gap="small"):
            for chip in _chips(one, lang):
                st.badge(plain(chip), color="gray")
        if one["verdict"] == "not-comparable":
            st.markdown(plain(" ".join(words[f"why.{reason}"] for reason in one["reasons"])))
        else:
            st.markdown(plain(_on_record(one, lang)))
            _show_records(say(lang, "app.said.same", n=one["same"]), one["sameIds"], data)
            _show_records(say(lang, "app.said.others", n=one["others"]), one["othersIds"], data)
        if remarks := write_phrases(lang, cast("list[Phrase]", data.statements[0].loc[one["id"], "remarks"])):
            with st.expander(words["app.said.remarks"], type="compact"):
                st.markdown(plain(remarks))
    st.divider()


def _chips(one: PackedStatement, lang: str) -> list[str]:
    """The finding, and what it rests on."""
    verdict = one["verdict"]
    number = one.get("others", 0) if verdict == "others" else one.get("same", 0)
    chips = [say(lang, f"verdict.{verdict}", n=number)]
    chips += {
        "agency": [say(lang, "verdict.article-unknown")],
        "same-article": [say(lang, "verdict.article-same")],
    }.get(verdict, [])
    if one.get("total"):
        share = write_percent(lang, one["same"] / one["total"])
        chips.append(say(lang, "verdict.cover", p=share, a=one["same"], n=one["total"]))
    return chips


def _on_record(one: PackedStatement, lang: str) -> str:
    """Records that compare with a statement, in a sentence or two."""
    parts = [say(lang, "claims.same.n", n=one["same"]) if one["same"] else say(lang, "claims.same.none")]
    if one["others"]:
        abroad = say(lang, "claims.abroad", n=one["abroad"]) if one["abroad"] else ""
        parts.append(say(lang, "claims.others.n", n=one["others"]) + abroad + say(lang, "claims.stop"))
    if one["same"] + one["others"]:
        convicted = one["convicted"]
        parts.append(say(lang, "claims.convicted", n=convicted) if convicted else say(lang, "claims.alleged"))
    return " ".join(parts)


def _show_records(title: str, positions: list[int], data: Data) -> None:
    if not positions:
        return
    lang = view().lang
    lines = []
    for record in (data.atlas.data["records"]["id"][position] for position in positions):
        one = data.incidents.loc[record]
        name, url = plain(write_heading(data.atlas, record, lang=lang)), web_only(one["source_url"])
        lines.append(f"{plain(write_date(lang, one['date']))} · {f'[{name}](<{url}>)' if url else name}")
    with st.expander(title, type="compact"):
        st.markdown("\n\n".join(lines))


def _show_series(series: pd.DataFrame) -> None:
    """Months that the agency published, a small chart a class, and our records with their coverage in words."""
    lang = view().lang
    words = read_words(lang)
    if series.empty:
        return
    st.subheader(words["claims.series"], anchor=False)
    st.markdown(words["claims.series.how"])
    charts = _draw_series(series, lang, theme())
    fullest = totals_of_series(series)
    rows = -(-len(fullest) // _IN_A_ROW)
    places = [place for _ in range(rows) for place in st.columns(_IN_A_ROW, gap="large")]
    for place, (goods, total) in zip(places, fullest.iterrows(), strict=False):
        ours = int(total["records_naming_agency"])
        share = write_share(ours / total["count"], total["low90"], total["high90"], lang)
        cover = say(lang, "claims.series.cover", n=ours, m=int(total["count"]), share=share)
        with place:
            name = name_goods(str(goods), lang)
            st.markdown(f"**{plain(name[:1].upper() + name[1:])}**  \n:small[{cover}]")
            st.vega_lite_chart(spec=charts[str(goods)], width="stretch")


@st.cache_data(show_spinner=False, max_entries=12)  # altair takes long, and a page has fourteen
def _draw_series(series: pd.DataFrame, lang: str, theme: str) -> dict[str, dict[str, Any]]:
    """Charts of the months, by class."""
    ends = series["period_start"].min(), series["period_start"].max()
    return {str(goods): chart_series(months, ends, lang=lang, theme=theme) for goods, months in series.groupby("class")}


def _show_coverage(coverage: pd.DataFrame) -> None:
    """Official totals of cases beside records, per agency, goods and year."""
    words = read_words(view().lang)
    cases = coverage[coverage["unit"].eq("case") & coverage["total"].gt(0)]
    if cases.empty:
        return
    st.subheader(words["app.said.totals"], anchor=False)
    st.markdown(words["app.said.totals.how"])
    st.altair_chart(chart_coverage(cases, lang=view().lang, theme=theme()), width="stretch")
