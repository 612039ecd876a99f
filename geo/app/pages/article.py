"""From an article: what a pasted text proposes, and where what a person confirmed goes."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.app.desk_session import ask_writer, server_desk, writer
from geo.app.pages.article_draft import CONFIRMED, DECIDED, go_on, propose, show_draft
from geo.app.safe_text import plain, web_only
from geo.app.state import put, view
from geo.app.upload import gazetteer
from geo.claims.reading import type_claims
from geo.desk.bringing import add_drafts, add_statements
from geo.drafting import draft_article, read_text
from geo.drafting.confirming import confirmed_records
from geo.drafting.writing import incident_fields, statement_table, title_of
from geo.errors import ShekaraError
from geo.files.tables import format_table
from geo.incidents.reading import write_incidents
from geo.language.dates import write_date, write_span
from geo.language.remarks import translate_remark
from geo.language.translations import name_agencies, name_goods
from geo.view import read_words, say

if TYPE_CHECKING:
    import pandas as pd

    from geo.app.data import Shown
    from geo.desk.file import Desk
    from geo.drafting import Drafting
    from geo.drafting.proposals import DraftedStatement

__all__ = ["show_article_page"]

_READ, _DONE = "_article", "_article_done"
MOST_LETTERS = 100_000


def show_article_page(shown: Shown) -> None:
    """Lay out the page."""
    lang = view().lang
    words = read_words(lang)
    st.header(words["app.article"], anchor=False)
    st.markdown(words["app.article.lead"])
    drafting: Drafting | None = st.session_state.get(_READ)
    if st.session_state.pop(_DONE, False):  # another article has a date and an address of its own
        put({"article-date": "", "article-url": ""})
    with (
        st.expander(words["app.article.open"], expanded=drafting is None),
        st.form("article-text", border=False, enter_to_submit=False),
    ):
        text = st.text_area(
            words["app.article.text"], height=220, max_chars=MOST_LETTERS, key="article-words",
            persist_state="session",
        )  # fmt: skip
        with st.container(horizontal=True):
            day = st.text_input(
                words["app.article.date"], key="article-date", placeholder="2024-07-04", persist_state="session"
            )
            address = st.text_input(
                words["app.own.field.source_url"], key="article-url", placeholder="https://", persist_state="session"
            )
        asked = st.form_submit_button(words["app.article.read"], type="primary")
        if asked:
            _read(text, day.strip(), address.strip(), shown)
    if drafting is not None:
        _show_drafting(drafting, shown)


def _read(text: str, day: str, address: str, shown: Shown) -> None:
    """Read what was pasted in place of what was read before, or say every fault of what was asked."""
    lang = view().lang
    words = read_words(lang)
    faults = [] if not address or web_only(address) else [words["app.article.address.wrong"]]
    try:
        given = dt.date.fromisoformat(day) if day else None
    except ValueError:
        given = None
        faults.append(words["app.article.date.wrong"])
    with st.spinner(words["app.working"]):
        try:
            article = read_text(text)
        except ShekaraError as error:
            faults.append(translate_remark(str(error), lang))
        else:
            faults += [] if article.sentences else [words["app.article.empty"]]
        if faults:
            st.error("\n\n".join(map(plain, faults)))
            return
        article = replace(article, published=article.published or given, address=address or article.address)
        state = st.session_state
        state[CONFIRMED] = state.get(CONFIRMED, []) + [one for one in state.get(DECIDED, {}).values() if one]
        state[DECIDED] = {}
        state[_READ] = draft_article(article, gazetteer(shown.data.frontier))
        propose(state[_READ], lang)
        state[_DONE] = True
    st.rerun()


def _show_drafting(drafting: Drafting, shown: Shown) -> None:
    lang = view().lang
    words = read_words(lang)
    published = drafting.article.published
    with st.container(key="article-head"):
        if published is None:
            st.warning(words["app.article.undated"])
        if not drafting.drafts:
            st.info(words["app.article.nothing"])
        else:
            decided = st.session_state[DECIDED].values()
            rejected = sum(one is None for one in decided)
            count = say(lang, "app.article.count", n=len(drafting.drafts), c=len(decided) - rejected, r=rejected)
            day = say(lang, "app.article.of", day=write_date(lang, published.isoformat())) if published else ""
            st.markdown(f"**{plain(count)}**" + (f" · {plain(day)}" if day else ""))
        _offer(drafting, shown)
    for number, (draft, fields) in enumerate(zip(drafting.drafts, incident_fields(drafting), strict=True)):
        show_draft(drafting.article, draft, fields, number, shown)
    if drafting.statements:
        st.subheader(words["nav.claims"], anchor=False)
        for statement in drafting.statements:
            st.markdown(_say_statement(drafting, statement, lang))
    go_on(len(drafting.drafts))


def _say_statement(drafting: Drafting, statement: DraftedStatement, lang: str) -> str:
    """A statement in Markdown: its figure, who gives it, of which goods and time, and the sentence it stands in."""
    fields, article = statement.fields, drafting.article
    of = (name_agencies(fields["agency"], lang), name_goods(fields["goods"], lang))
    span = write_span(lang, fields["period_start"], fields["period_end"] or fields["stated_on"])
    figure = say(lang, "app.article.cases", n=float(fields["value"]))
    at = statement.evidence["value"][0].start
    quote = next(article.text[one.start : one.end] for one in article.sentences if one.start <= at < one.end)
    return f"**{plain(figure)}** · {plain(' · '.join((*of, span)))}  \n:small[:gray[{plain(quote)}]]"


def _offer(drafting: Drafting, shown: Shown) -> None:
    """The confirmed records and the statements: to the desk where there is one, and to take away."""
    lang, desk, state = view().lang, server_desk(), st.session_state
    words, before = read_words(lang), state.get(CONFIRMED, [])
    records = list({one["id"]: one for one in (*before, *filter(None, state[DECIDED].values()))}.values())
    if before:
        st.caption(words["app.article.before"])
    for at, record in enumerate(before):
        with st.container(horizontal=True, vertical_alignment="center", key=f"before-{at}"):
            st.markdown(f":material/check: {plain(title_of(record, lang))}")
            st.button(words["app.article.drop"], key=f"drop-{at}", type="tertiary", on_click=before.remove,
                      args=(record,))  # fmt: skip
    statements = statement_table([drafting])
    if desk is not None and (records or len(statements)):
        _offer_desk(desk, records, statements, shown)
    with st.container(horizontal=True):
        if records:
            _offer_file(records)
        if len(statements):
            st.download_button(
                say(lang, "app.article.statements-take", n=len(statements)), format_table(statements, "csv"),
                "shekara-statements.csv", "text/csv", key="article-take-statements", on_click="ignore",
            )  # fmt: skip


def _offer_desk(desk: Desk, records: list[dict[str, Any]], statements: pd.DataFrame, shown: Shown) -> None:
    lang, told = view().lang, st.container()
    ask_writer(lang)
    if not writer():
        st.caption(read_words(lang)["desk.name.first"])
    added, given = [], 0
    with st.container(horizontal=True):
        if records and st.button(
            read_words(lang)["app.article.to-desk"], key="article-desk", disabled=not writer(), type="primary"
        ):
            added, given = add_drafts(desk, confirmed_records(records), by=writer()), len(records)
        label = say(lang, "app.article.statements-to-desk", n=len(statements))
        if len(statements) and st.button(label, key="article-desk-statements", disabled=not writer()):
            typed, _ = type_claims(statements.astype(str), "", set(map(str, shown.data.frontier.borders.index)))
            added, given = add_statements(desk, typed.set_index("id"), by=writer()), len(statements)
    if given:
        told.success(plain(say(lang, "app.article.at-desk", n=len(added), m=given - len(added))))


def _offer_file(records: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "shekara-confirmed.geojson"
        write_incidents(confirmed_records(records), file)
        st.download_button(
            say(view().lang, "app.article.take", n=len(records)), file.read_bytes(), file.name,
            "application/geo+json", key="article-take", on_click="ignore",
        )  # fmt: skip
