"""A draft of an article: its words beside its fields, for a person to change, confirm or reject."""

from __future__ import annotations

import html
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.app.desk_session import field_word
from geo.app.pages.desk_fields import ask_fields, list_faults
from geo.app.safe_text import plain
from geo.app.state import put, view
from geo.drafting.confirming import complete, faults_of
from geo.drafting.writing import incident_fields, title_of
from geo.view import read_words, say

if TYPE_CHECKING:
    from geo.app.data import Shown
    from geo.drafting import Article, Draft, Drafting
    from geo.errors import Fault

__all__ = ["CONFIRMED", "DECIDED", "go_on", "marked_text", "propose", "show_draft"]

DECIDED, CONFIRMED = "_article_decided", "_article_confirmed"
"""In the session: number of a draft → the record confirmed, None for one rejected; records of articles before."""
_TITLES, _CHECKED, _LAST, _NONE = "_article_titles", "_article_checked", "_article_last", -1
_MARKED = (
    "date", "goods", "quantity", "place_name", "crossing_id", "neighbour", "direction", "mode", "agency",
    "outcome_class",
)  # fmt: skip
_ASKED = (
    "title", "date", "place_name", "goods", "crossing_id", "quantity", "unit", "neighbour", "direction", "mode",
    "outcome_class", "confidence", "agency", "source_url",
)  # fmt: skip
_PLACED = ("location_precision", "coord_basis", "region_code", "region_name")
"""What follows from a place, and goes with it."""


def propose(drafting: Drafting, lang: str) -> None:
    """Put what was read into the forms, in place of what another article left there."""
    titles = st.session_state[_TITLES] = []
    st.session_state[_LAST] = _NONE
    for number, fields in enumerate(incident_fields(drafting)):
        titles.append(title_of(fields, lang))
        cells = {name: fields.get(name) or "" for name in _ASKED} | {"quantity": fields.get("quantity")}
        cells |= {"title": titles[-1], "agency": [one for one in str(cells["agency"]).split("; ") if one]}
        put({f"draft-{number}.{name}": value for name, value in cells.items()})


def show_draft(article: Article, draft: Draft, fields: dict[str, Any], number: int, shown: Shown) -> None:
    """Lay out a draft: to be decided, or in a line what was."""
    lang = view().lang
    words = read_words(lang)
    decided: dict[int, dict[str, Any] | None] = st.session_state[DECIDED]
    with st.container(border=True, key=f"draft-{number}"):
        if number in decided:
            _show_decided(decided[number], fields, number)
            return
        title = title_of(fields, lang)
        _settle_title(title, number)
        st.markdown(f"**{number + 1} · {plain(title)}**")
        beside, form = st.columns(2, gap="medium")
        beside.html(marked_text(article, draft, {name: field_word(name, words) for name in _MARKED}))
        with form, st.form(f"draft-form-{number}", border=False, enter_to_submit=False):
            record = _ask(fields, number, shown)
            if record["date_basis"] == "publication":
                st.caption(words["app.article.of-publication"])
            told = st.container()
            with st.container(horizontal=True):
                confirm = st.form_submit_button(words["app.article.confirm"], type="primary", key=f"confirm-{number}")
                reject = st.form_submit_button(words["app.article.reject"], key=f"reject-{number}")
        done = complete(record, shown.data.frontier)
        faults = _faults(done, number, shown)
        if reject or (confirm and not faults):
            done["title"] = title_of(done, lang) if done["title"] == title else done["title"]  # as a person wrote it
            decided[number] = None if reject else done
            st.session_state[_LAST] = number
            st.rerun()
        if confirm:
            told.error(f"{words['app.article.faults']}\n\n{list_faults(faults, shown.data.frontier)}")
        elif faults:
            names = ", ".join(dict.fromkeys(field_word(one.field, words) for one in faults))
            told.caption(plain(say(lang, "app.article.needs", fields=names)))


def go_on(drafts: int) -> None:
    """Bring the next draft that is open into the window after one was decided, else, and after a reading, the head."""
    last = st.session_state.pop(_LAST, None)
    if last is None:
        return
    left = [number for number in range(drafts) if number not in st.session_state[DECIDED]]
    upcoming = None if last == _NONE else next((one for one in left if one > last), next(iter(left), None))
    key = "article-head" if upcoming is None else f"draft-{upcoming}"
    # What the draft decided has left of itself in the window goes only when the run has ended.
    there = f"document.querySelector('.st-key-{key}')?.scrollIntoView()"
    script = f"for (const ms of [0, 300, 900]) setTimeout(() => {there}, ms) // after {last}, {len(left)} left"
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def _show_decided(record: dict[str, Any] | None, fields: dict[str, Any], number: int) -> None:
    """A line on what was decided, and the way back."""
    lang = view().lang
    words, decided = read_words(lang), st.session_state[DECIDED]
    sign, word = ("close", "rejected") if record is None else ("check", "confirmed")
    title = plain(title_of(record or fields, lang))
    with st.container(horizontal=True, vertical_alignment="center"):
        said = f":material/{sign}: {words[f'app.article.{word}']}"
        st.markdown(f":gray[{said} · {title}]" if record is None else f"{said} · **{title}**")
        st.button(words["app.article.again"], key=f"again-{number}", type="tertiary", on_click=decided.pop,
                  args=(number,))  # fmt: skip


def _settle_title(title: str, number: int) -> None:
    """Propose the title, which is in the language of the page, where nobody wrote another."""
    titles, key = st.session_state[_TITLES], f"draft-{number}.title"
    if st.session_state[key] == titles[number]:
        put({key: title})
    titles[number] = title


def _faults(record: dict[str, Any], number: int, shown: Shown) -> list[Fault]:
    """What a draft lacks; asked anew only where it was changed, for the checks take a tenth of a second."""
    asked: dict[int, tuple[dict[str, Any], list[Fault]]] = st.session_state.setdefault(_CHECKED, {})
    if number not in asked or asked[number][0] != record:
        asked[number] = record, faults_of(record, shown.data.frontier)
    return asked[number][1]


def _ask(fields: dict[str, Any], number: int, shown: Shown) -> dict[str, Any]:
    """The fields of a draft in a form, blank where nothing decided them; what a person leaves in them."""
    ask_fields(_ASKED, "records", shown.data.frontier, prefix := f"draft-{number}.")
    said = {name: st.session_state[prefix + name] for name in _ASKED}
    record = {**fields, **said, "agency": "; ".join(said["agency"])}
    record |= {name: text.strip() for name, text in record.items() if isinstance(text, str)}
    changed = {name for name in _ASKED if (record[name] or "") != (fields.get(name) or "")}
    if record["quantity"] is None:
        record["unit"] = ""
    if "date" in changed and record["date"]:
        record["date_basis"] = "event"
    if "goods" in changed:
        record["goods_description"] = ""
    if "crossing_id" in changed or ("place_name" in changed and not record["crossing_id"]):
        record |= dict.fromkeys(("lon", "lat", "location_radius_km")) | dict.fromkeys(_PLACED, "")
    return record


def marked_text(article: Article, draft: Draft, labels: dict[str, str]) -> str:
    """The sentences that tell of a draft, as escaped HTML, the words of each labelled field marked."""
    marks: dict[tuple[int, int], list[str]] = {}
    for name, label in labels.items():
        for one in draft.evidence.get(name, ()):
            end = one.start + len(article.text[one.start : one.end].rstrip(" .,;:"))
            marks.setdefault((one.start, end), []).append(label)
    start = min([draft.span[0], *(first for first, _ in marks)])
    end = max([draft.span[1], *(last for _, last in marks)])
    start = max((one.start for one in article.sentences if one.start <= start), default=start)
    end = min((one.end for one in article.sentences if one.end >= end), default=end)
    start, end = end - len(article.text[start:end].lstrip()), start + len(article.text[start:end].rstrip())
    cuts = sorted({start, end, *(edge for mark in marks for edge in mark)})
    pieces = ["… "] if article.text[:start].strip() else []
    for first, last in pairwise(cuts):
        over = {label for mark, names in marks.items() if mark[0] < last and first < mark[1] for label in names}
        ends = [label for mark, names in marks.items() if mark[1] == last for label in names]
        words = html.escape(article.text[first:last]).replace("\n", "<br>")
        if over:
            title = html.escape(", ".join(sorted(over)), quote=True)
            note = f"<sup>{html.escape(', '.join(dict.fromkeys(ends)))}</sup>" if ends else ""
            words = f'<mark title="{title}">{words}</mark>{note}'
        pieces.append(words)
    pieces += [" …"] if article.text[end:].strip() else []
    return f'<div class="article">{"".join(pieces)}</div>'
