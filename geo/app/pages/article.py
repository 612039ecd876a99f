"""From an article: what a pasted text proposes, each beside its words; a person changes, confirms or rejects it."""

from __future__ import annotations

import html
import tempfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from geo.app.desk_session import ask_writer, field_word, server_desk, writer
from geo.app.pages.desk_fields import ask_fields, list_faults
from geo.app.safe_text import plain
from geo.app.state import put, view
from geo.app.upload import gazetteer
from geo.desk.bringing import add_drafts
from geo.drafting import draft_article, read_text
from geo.drafting.confirming import complete, confirmed_records, faults_of
from geo.drafting.writing import incident_fields, title_of
from geo.errors import ShekaraError
from geo.incidents.reading import write_incidents
from geo.view import read_words, say

if TYPE_CHECKING:
    from geo.app.data import Shown
    from geo.drafting import Article, Draft, Drafting, Evidence

__all__ = ["marked_text", "show_article_page"]

_READ, _DECIDED = "_article", "_article_decided"
MOST_LETTERS = 100_000
_MARKED = (
    "date", "goods", "quantity", "place_name", "neighbour", "direction", "mode", "agency", "outcome_class",
)  # fmt: skip
_ASKED = (
    "title", "date", "place_name", "goods", "crossing_id", "quantity", "unit", "neighbour", "direction", "mode",
    "outcome_class", "agency", "confidence", "source_url",
)  # fmt: skip


def show_article_page(shown: Shown) -> None:
    """Lay out the page."""
    lang = view().lang
    words = read_words(lang)
    st.header(words["app.article"], anchor=False)
    st.markdown(words["app.article.lead"])
    with st.form("article-text", border=False):
        text = st.text_area(words["app.article.text"], height=220, max_chars=MOST_LETTERS, key="article-words")
        with st.container(horizontal=True):
            day = st.date_input(words["app.article.date"], value=None, format="YYYY-MM-DD", key="article-date")
            address = st.text_input(words["app.own.field.source_url"], key="article-url", placeholder="https://")
        asked = st.form_submit_button(words["app.article.read"], type="primary")
    if asked:
        st.session_state[_DECIDED] = {}
        st.session_state[_READ] = None
        with st.spinner(words["app.working"]):
            try:
                article = read_text(text)
            except ShekaraError as error:
                st.error(plain(str(error)))
                return
            article = replace(article, published=article.published or day, address=address.strip() or article.address)
            st.session_state[_READ] = draft_article(article, gazetteer(shown.data.frontier))
            _propose(st.session_state[_READ])
    drafting: Drafting | None = st.session_state.get(_READ)
    if drafting is not None:
        _show_drafting(drafting, shown)


def _show_drafting(drafting: Drafting, shown: Shown) -> None:
    lang = view().lang
    words = read_words(lang)
    if not drafting.article.sentences:
        st.warning(words["app.article.empty"])
        return
    if drafting.article.published is None:
        st.warning(words["app.article.undated"])
    if not drafting.drafts:
        st.info(words["app.article.nothing"])
    for number, (draft, fields) in enumerate(zip(drafting.drafts, incident_fields(drafting), strict=True)):
        _show_draft(drafting.article, draft, fields, number, shown)
    if drafting.statements:
        st.subheader(words["nav.claims"], anchor=False)
        names = ("agency", "value", "goods", "period_start", "period_end")
        table = pd.DataFrame([{name: one.fields[name] for name in names} for one in drafting.statements])
        table["goods"] = [words.get(f"goods.{goods}", words["all"]) for goods in table["goods"]]
        columns = {name: words[f"app.article.col.{name}"] for name in names}
        st.dataframe(table, hide_index=True, width="stretch", column_config=columns)
    _offer()


def _offer() -> None:
    """The confirmed records: to the desk where there is one, and to take away."""
    decided: dict[int, dict[str, Any] | None] = st.session_state.get(_DECIDED, {})
    records = [record for record in decided.values() if record is not None]
    if not records:
        return
    lang, incidents, desk = view().lang, confirmed_records(records), server_desk()
    if desk is not None:
        ask_writer(lang)
        if st.button(
            read_words(lang)["app.article.to-desk"], key="article-desk", disabled=not writer(), type="primary"
        ):
            new = add_drafts(desk, incidents, by=writer())
            st.success(plain(say(lang, "app.article.at-desk", n=len(new), m=len(incidents) - len(new))))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "shekara-confirmed.geojson"
        write_incidents(incidents, file)
        st.download_button(
            say(lang, "app.article.take", n=len(records)), file.read_bytes(), file.name,
            "application/geo+json", key="article-take", on_click="ignore",
        )  # fmt: skip


def _show_draft(article: Article, draft: Draft, fields: dict[str, Any], number: int, shown: Shown) -> None:
    words = read_words(view().lang)
    decided: dict[int, dict[str, Any] | None] = st.session_state.setdefault(_DECIDED, {})
    with st.container(border=True, key=f"draft-{number}"):
        st.markdown(f"**{number + 1} · {plain(title_of(fields, view().lang))}**")
        if number in decided:
            done = "app.article.rejected" if decided[number] is None else "app.article.confirmed"
            st.caption(words[done])
            if st.button(words["app.article.again"], key=f"again-{number}"):
                del decided[number]
                st.rerun()
            return
        beside, form = st.columns(2, gap="medium")
        beside.html(marked_text(article, draft, {name: field_word(name, words) for name in _MARKED}))
        with form, st.form(f"draft-form-{number}", border=False):
            record = _ask(fields, number, shown)
            with st.container(horizontal=True):
                confirm = st.form_submit_button(words["app.article.confirm"], type="primary", key=f"confirm-{number}")
                reject = st.form_submit_button(words["app.article.reject"], key=f"reject-{number}")
        if reject:
            decided[number] = None
            st.rerun()
        if confirm:
            _confirm(record, number, shown)


def _confirm(record: dict[str, Any], number: int, shown: Shown) -> None:
    words = read_words(view().lang)
    done = complete(record, shown.data.frontier)
    faults = faults_of(done, shown.data.frontier)
    if faults:
        text = list_faults(faults, shown.data.frontier)
        st.error(f"{words['app.article.faults']}\n\n{text}")
        return
    st.session_state[_DECIDED][number] = done
    st.rerun()


def _propose(drafting: Drafting) -> None:
    """Put what was read into the forms, in place of what another article left there."""
    for number, fields in enumerate(incident_fields(drafting)):
        cells = {name: fields.get(name) or "" for name in _ASKED} | {"quantity": fields.get("quantity")}
        cells["agency"] = [one for one in str(cells["agency"]).split("; ") if one]
        put({f"draft-{number}.{name}": value for name, value in cells.items()})


def _ask(fields: dict[str, Any], number: int, shown: Shown) -> dict[str, Any]:
    """The fields of a draft in a form, blank where nothing decided them; what a person leaves in them."""
    ask_fields(_ASKED, "records", shown.data.frontier, prefix := f"draft-{number}.")
    said = {name: st.session_state[prefix + name] for name in _ASKED}
    record = {**fields, **said, "agency": "; ".join(said["agency"])}
    record |= {name: text.strip() for name, text in record.items() if isinstance(text, str)}
    if record["quantity"] is None:
        record["unit"] = ""
    if record["crossing_id"] != (fields.get("crossing_id") or "") and not record["crossing_id"]:
        record |= {"lon": None, "lat": None, "location_precision": ""}
    return record


def marked_text(article: Article, draft: Draft, labels: dict[str, str]) -> str:
    """The part of an article that tells of a draft, as escaped HTML, the words of each labelled field marked."""
    marks: dict[Evidence, list[str]] = {}
    for name, label in labels.items():
        for mark in draft.evidence.get(name, ()):
            marks.setdefault(mark, []).append(label)
    start = min([draft.span[0], *(mark.start for mark in marks)])
    end = max([draft.span[1], *(mark.end for mark in marks)])
    cuts = sorted({start, end, *(edge for mark in marks for edge in (mark.start, mark.end))})
    pieces = []
    for first, last in pairwise(cuts):
        over = {label for mark, names in marks.items() if mark.start < last and first < mark.end for label in names}
        ends = [label for mark, names in marks.items() if mark.end == last for label in names]
        words = html.escape(article.text[first:last]).replace("\n", "<br>")
        if over:
            title = html.escape(", ".join(sorted(over)), quote=True)
            note = f"<sup>{html.escape(', '.join(dict.fromkeys(ends)))}</sup>" if ends else ""
            words = f'<mark title="{title}">{words}</mark>{note}'
        pieces.append(words)
    return f'<div class="article">{"".join(pieces)}</div>'
