"""An entry of the desk, open: its fields, its sources, what it lacks, its way through review, its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pandas as pd
import streamlit as st

from geo.app.desk_session import ask_writer, field_word, writer
from geo.app.pages.desk_fields import ask_fields, ask_sources, fill, list_faults, written
from geo.app.pages.desk_place import show_place
from geo.app.safe_text import plain, web_only
from geo.app.state import view
from geo.desk.bringing import leave_waiting, take_waiting, waiting
from geo.desk.journal import in_text
from geo.desk.review import STEPS, check_entry, find_doubles, move, write
from geo.desk.store import (
    STATEMENT_FIELDS,
    ConflictError,
    Entry,
    blank_values,
    changes_of,
    find_entry,
    go_back,
    now,
)  # fmt: skip
from geo.errors import InputError, ShekaraError
from geo.language.remarks import translate_remark
from geo.view import read_words, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import geo
    from geo.desk.file import Desk
    from geo.desk.store import Kind

__all__ = ["close_entry", "open_entry", "open_one", "show_entry"]

_OPEN, _TOLD = "desk-open", "desk-told"
_MAIN = ("title", "date", "date_basis", "goods", "goods_description", "quantity", "unit", "direction", "mode")
_PLACE = (
    "place_name", "neighbour", "region_code", "crossing_id", "location_precision", "location_radius_km", "lon", "lat",
)  # fmt: skip
_AFTER = ("agency", "outcome_class", "outcome", "confidence", "support_note")
_MORE = (
    "date_not_after", "value_home", "currency", "value_text", "concealment", "legal_scope", "clue", "clue_words",
    "possible_same_as", "coord_basis", "region_name", "verified", "verify_note",
)  # fmt: skip


def open_one() -> tuple[Kind, str, int] | None:
    """What is open: its kind, its id, and the revision that was read; None for nothing."""
    opened: tuple[Kind, str, int] | None = st.session_state.get(_OPEN)
    return opened


def close_entry() -> None:
    """Go back to the list; what was not saved is gone."""
    for key in (_OPEN, _TOLD):
        st.session_state.pop(key, None)


def open_entry(desk: Desk, kind: Kind, identifier: str) -> None:
    """Open an entry as it stands, or a new one where no id is given."""
    entry = find_entry(desk, identifier, kind) if identifier else None
    identifier = identifier or f"{now()[:10]}-{uuid4().hex[:8]}"
    st.session_state[_OPEN] = (kind, identifier, entry.revision if entry else 0)
    st.session_state.pop(_TOLD, None)
    fill(entry.cells if entry else blank_values(kind))


def show_entry(desk: Desk, opened: tuple[Kind, str, int], frontier: geo.Frontier) -> None:
    """Lay out what is open."""
    kind, identifier, revision = opened
    words = read_words(view().lang)
    entry = find_entry(desk, identifier, kind)
    if entry is None and revision:
        close_entry()
        st.rerun()
    st.button(f"← {words['desk.back']}", key="desk-back", type="tertiary", on_click=close_entry)
    state = entry.cells["state"] if entry else "draft"
    private = f" · {words['desk.private']}" if entry and entry.cells["private"] else ""
    st.caption(plain(f"{identifier} · {words[f'desk.state.{state}']}{private}"))
    above = st.container()  # what comes and goes has a place of its own, lest the boxes change theirs
    with above:
        if entry and entry.cells["reason"]:
            st.caption(plain(f"{words['desk.reason']}: {entry.cells['reason']}"))
    with above:
        if entry is not None and entry.revision != revision:
            _show_conflict(desk, entry, kind, revision)
        _show_told(words)
        if entry is not None and kind == "records":
            _show_waiting(desk, entry, frontier)
    form, beside = st.columns([3, 2], gap="large")
    with form:
        if kind == "records":
            ask_fields(_MAIN, kind, frontier)
            st.subheader(words["desk.sources"], anchor=False)
            ask_sources(desk)
            st.subheader(words["desk.place"], anchor=False)
            ask_fields(_PLACE, kind, frontier)
            ask_fields(_AFTER, kind, frontier)
            with st.expander(words["app.own.more"]):
                ask_fields(_MORE, kind, frontier)
        else:
            ask_fields(STATEMENT_FIELDS, kind, frontier)
        st.toggle(words["desk.private.mark"], key="desk.private", help=words["desk.private.why"],
                  persist_state="session")  # fmt: skip
    cells = written(kind, entry.cells if entry else blank_values(kind))
    with beside:
        with st.container():
            if kind == "records":
                _show_doubles(desk, identifier, cells)
        _show_steps(desk, entry, frontier)
        _show_missing(identifier, cells, kind, frontier)
        if kind == "records":
            show_place(identifier, cells, frontier)
        if entry is not None:
            _show_history(desk, entry, kind)


def _show_doubles(desk: Desk, identifier: str, cells: Mapping[str, Any]) -> None:
    lang, doubles = view().lang, find_doubles(desk, identifier, cells)
    if not doubles:
        return
    with st.container(key="desk-doubles"):
        st.warning(say(lang, "desk.doubles", n=len(doubles)), icon=":material/content_copy:")
        for one in doubles[:5]:
            why = ", ".join(translate_remark(part, lang) for part in one.why.split(", "))
            st.markdown(f"{plain(one.title or one.id)}  \n:small[:gray[{plain(f'{one.id} · {why}')}]]")


def _show_missing(identifier: str, cells: Mapping[str, Any], kind: Kind, frontier: geo.Frontier) -> None:
    words, faults = read_words(view().lang), check_entry(identifier, cells, frontier, kind)
    with st.container(key="desk-missing"):
        if not faults:
            st.success(words["desk.whole"], icon=":material/check:")
            return
        st.markdown(f"**{say(view().lang, 'desk.missing', n=len(faults))}**")
        st.markdown(list_faults(faults, frontier, kind))


def _show_steps(desk: Desk, entry: Entry | None, frontier: geo.Frontier) -> None:
    words, steps = read_words(view().lang), STEPS[entry.cells["state"] if entry else "draft"]
    if not writer():
        st.info(words["desk.name.first"])
        ask_writer(view().lang)
        return

    def button(state: str) -> None:
        st.button(
            words[f"desk.to.{state}" if state else "desk.save"], key=f"desk-to-{state}" if state else "desk-save",
            type="secondary" if state else "primary", on_click=_do, args=(_keep, desk, frontier, state),
        )  # fmt: skip

    with st.container(horizontal=True, key="desk-steps"):
        for state in ("", *steps):
            if state != "rejected":
                button(state)
    if "rejected" in steps and entry is not None:
        with st.popover(words["desk.to.rejected"]):
            st.text_input(words["desk.reason"], key="desk-reason")
            button("rejected")


def _keep(desk: Desk, frontier: geo.Frontier, state: str) -> Entry:
    """Write what the form says at this moment, not when the button was drawn, and take a step where one is named."""
    kind, identifier, revision = st.session_state[_OPEN]
    entry, by = find_entry(desk, identifier, kind), writer()
    cells = written(kind, entry.cells if entry else blank_values(kind))
    saved = write(desk, identifier, cells, by=by, revision=revision, frontier=frontier, kind=kind)
    if state in ("", saved.cells["state"]):  # a second click on the same step
        return saved
    st.session_state[_OPEN] = (kind, identifier, saved.revision)  # kept, even where the step is refused
    reason = st.session_state.get("desk-reason", "")
    return move(desk, identifier, state, by=by, revision=saved.revision, frontier=frontier, reason=reason, kind=kind)


def _do(act: Callable[..., Entry], *args: Any) -> None:
    """Write from a callback, before the page is drawn; what goes wrong is told on the page, and the form stays."""
    before = open_one()
    if before is None:
        return
    kind = before[0]
    try:
        entry = act(*args)
    except InputError as error:
        key = "desk.refused" if open_one() == before else "desk.kept"
        st.session_state[_TOLD] = ("error", key, [fault.field for fault in error.faults])
    except ConflictError:
        st.session_state[_TOLD] = ("error", "desk.conflict", [])
    except ShekaraError as error:
        st.session_state[_TOLD] = ("error", "", [str(error)])
    else:
        st.session_state[_OPEN] = (kind, entry.id, entry.revision)
        st.session_state[_TOLD] = ("success", "desk.saved", [])
        fill(entry.cells)


def _show_told(words: dict[str, str]) -> None:
    message: tuple[str, str, list[str]] | None = st.session_state.get(_TOLD)
    if message is not None:
        level, key, more = message
        text = " ".join([words.get(key, ""), ", ".join(field_word(one, words) for one in more)]).strip()
        (st.success if level == "success" else st.error)(plain(text))


def _show_conflict(desk: Desk, entry: Entry, kind: Kind, revision: int) -> None:
    """Both versions, field by field: what the form says, and what somebody else wrote meanwhile."""
    lang = view().lang
    words, mine = read_words(lang), written(kind, entry.cells)
    changes = [one for one in changes_of(desk, entry.id, kind) if one.revision > revision]
    with st.container(border=True, key="desk-conflict"):
        names = ", ".join(dict.fromkeys(one.name for one in changes))
        st.error(plain(say(lang, "desk.meanwhile", names=names)))
        fields = {name: (entry.cells[name], mine[name]) for name in dict.fromkeys(one.field for one in changes)}
        _compare(fields, ("theirs", "mine"), words)
        st.button(words["desk.take.theirs"], key="desk-theirs", on_click=open_entry, args=(desk, kind, entry.id))
        st.button(words["desk.keep.mine"], key="desk-mine", on_click=_on_top, args=(kind, entry))


def _compare(fields: Mapping[str, tuple[Any, Any]], heads: tuple[str, str], words: Mapping[str, str]) -> None:
    """Two versions, field by field."""
    names = ("field", *heads)
    rows = [(field_word(name, words), *map(in_text, values)) for name, values in fields.items()]
    st.dataframe(pd.DataFrame(rows, columns=names), hide_index=True, width="stretch",
                 column_config={name: words[f"desk.head.{name}"] for name in names})  # fmt: skip


def _on_top(kind: Kind, entry: Entry) -> None:
    """Go on from the other's version with what the form says; it is written only when saved."""
    st.session_state[_OPEN] = (kind, entry.id, entry.revision)
    st.session_state.pop(_TOLD, None)


def _show_waiting(desk: Desk, entry: Entry, frontier: geo.Frontier) -> None:
    words, fields = read_words(view().lang), waiting(desk, entry.id).get(entry.id)
    if not fields or not writer():
        return
    with st.container(border=True, key="desk-waiting"):
        st.markdown(words["desk.waiting.what"])
        _compare(fields, ("ours", "builtin"), words)

        def take() -> Entry:
            return take_waiting(desk, entry.id, by=writer(), revision=entry.revision, frontier=frontier)

        st.button(words["desk.waiting.take"], key="desk-take", on_click=_do, args=(take,))
        st.button(words["desk.waiting.leave"], key="desk-leave", on_click=leave_waiting, args=(desk, entry.id))


def _show_history(desk: Desk, entry: Entry, kind: Kind) -> None:
    words, changes = read_words(view().lang), changes_of(desk, entry.id, kind)

    def undo() -> Entry:
        return go_back(desk, entry.id, entry.revision - 1, by=writer(), revision=entry.revision, kind=kind)

    with st.expander(words["desk.history"], key="desk-history"):
        if entry.revision > 1 and writer():
            st.button(words["desk.undo"], key="desk-undo", icon=":material/undo:", on_click=_do, args=(undo,))
        for one in reversed(changes):
            moment = one.at[:16].replace("T", " ")  # noqa: PD008  (no frame)
            head = f"{moment} · {one.name} · {field_word(one.field, words)}"
            st.markdown(f":small[:gray[{plain(head)}]]  \n{plain(in_text(one.old))} → {plain(in_text(one.new))}")
    sources = entry.cells.get("sources", [])
    for address in [web_only(source["address"]) for source in sources]:
        if address:
            st.markdown(f"[{plain(address)}](<{address}>)")
