"""The view of a session: kept in its state, read from the address, written back to it.

The address counts when a session opens and when the reader goes back or forward; else the widgets do. A run that
a quick second click overtakes may carry an older address, so a mere difference is no reason to follow it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from geo.app.data import word_of
from geo.app.link import View, read_link, unknown_in_link, write_link
from geo.facets import SELECTABLE
from geo.view import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geo.app.data import Data
    from geo.app.link import Query

__all__ = ["change", "end_run", "first_language", "is_open", "put", "put_again", "settle", "unknown", "view",
           "write_address"]  # fmt: skip

_VIEW = "_view"
_DATA = "_data"
_ENDS = "_ends"
_UNKNOWN = "_unknown"
_DUE = "_due"


def is_open() -> bool:
    """Whether the session has a view already."""
    return _VIEW in st.session_state


def view() -> View:
    """The view as it stands."""
    current: View = st.session_state[_VIEW]
    return current


def settle(data: Data) -> View:
    """Take the view from the address or from the widgets, and make both say the same."""
    state = st.session_state
    put_again()
    asked: Query = {name: st.query_params.get_all(name) for name in st.query_params}
    context = get_script_run_ctx()
    opened = _VIEW not in state
    if opened or (asked and context is not None and context.is_history_navigation):
        settled = read_link(asked, data.incidents, data.frontier)
        state[_UNKNOWN] = (settled.selection, unknown_in_link(asked, data.incidents, data.frontier))
        settled = replace(settled, lang=first_language())
        # What a link to a reader's own table shows is in that reader's browser alone.
        state["_foreign"] = settled.data in {"own", "both"} and data.desk is None and not data.own
    else:
        settled = _from_widgets(state[_VIEW])
    if state.get(_DATA) != data.serial:
        # Other data have other agencies, months and places.
        settled = read_link(write_link(settled), data.incidents, data.frontier)
        state[_DATA] = data.serial
    settled = replace(settled, data=word_of(data))
    keep(settled, data)
    return settled


def keep(current: View, data: Data) -> None:
    """Make this the view: in the state, and in every widget."""
    months = data.months
    st.session_state[_VIEW] = current
    st.session_state[_ENDS] = (months[0], months[-1])
    put(_widgets(current, months))


def put(wanted: Mapping[str, Any]) -> None:
    """Set widgets, by key, where they do not say the same already: what is being typed into a box stays."""
    state = st.session_state
    due = state.setdefault(_DUE, {})
    for key, value in wanted.items():
        if key not in state or state[key] != value:
            due[key] = (state.get(key), value)
            state[key] = value


def put_again() -> None:
    """Set what the last run did not come to show.

    A run that a quick second press overtakes takes what it had not sent yet with it, and the window then says once more
    what stood in its widgets before.
    """
    for key, (before, value) in st.session_state.get(_DUE, {}).items():
        if st.session_state.get(key) == before:
            st.session_state[key] = value


def end_run() -> None:
    """Forget what was set: the run came to its end, and all of it is shown."""
    st.session_state.pop(_DUE, None)


def unknown() -> list[str]:
    """Filters of the link that asked in vain, until another filter is set."""
    selection, values = st.session_state[_UNKNOWN]
    return list(values) if selection == view().selection else []


def change(edit: Callable[[View], View], data: Data) -> None:
    """Change the view from a callback, before the script runs."""
    put_again()
    keep(edit(_from_widgets(view())), data)


def write_address(current: View) -> None:
    """Put the view into the address, where it is not there yet."""
    wanted = write_link(current)
    if {name: st.query_params.get_all(name) for name in st.query_params} != wanted:
        st.query_params.from_dict(wanted)


def _widgets(current: View, months: tuple[str, ...]) -> dict[str, Any]:
    """Key of each widget → its value in a view."""
    amount, _, unit = current.least.partition(" ")
    return {
        **{name: list(current.chosen.get(name, ())) for name in SELECTABLE},
        "lang": current.lang,
        "page": current.page,
        "months": current.months or (months[0], months[-1]),
        "least_amount": float(amount) if amount else None,
        "least_unit": unit or st.session_state.get("least_unit") or "kg",
        "refused": current.refused,
        "colour": current.colour,
        "regions": current.regions,
        "records_shown": current.records,
        "by": current.by,
        "search": current.search,
        "scope": "own" if current.data == "" else current.data,
    }


def _from_widgets(last: View) -> View:
    """The last view with what the widgets say now; a widget that is not on this page keeps what it said.

    Whether the months are all of them is asked of the data that the widgets were made for, not of those to come.
    """
    state = st.session_state
    amount, unit = state.get("least_amount"), state.get("least_unit")
    months = tuple(state["months"]) if "months" in state else last.months
    if months == state.get(_ENDS):
        months = None
    return replace(
        last,
        lang=state.get("lang") or last.lang,
        page=state.get("page") or last.page,
        chosen={name: tuple(values) for name in SELECTABLE if (values := state.get(name, last.chosen.get(name, ())))},
        months=months,
        least=f"{amount:.12g} {unit}" if amount else "",
        refused=state.get("refused", last.refused),
        colour=state.get("colour") or last.colour,
        regions=state.get("regions", last.regions),
        records=state.get("records_shown", last.records),
        by=state.get("by") or last.by,
        search=(state.get("search", last.search) or "").strip(),
    )


def first_language() -> str:
    """The language that the address asks for, else the browser's."""
    asked = st.query_params.get("lang", "")
    wanted = asked if asked in LANGUAGES else (st.context.locale or "")[:2].lower()
    return wanted if wanted in LANGUAGES else "en"
