"""The reader's own file: in the session while it lasts, and in the reader's browser until it is forgotten there."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.runtime import get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streamlit.components.v2.types import ComponentRenderer
    from streamlit.runtime.uploaded_file_manager import UploadedFile

__all__ = ["Brought", "attend", "brought", "forget", "is_kept", "set_up", "settings", "take"]

_FILE, _SETTINGS, _ANSWER, _SLOT = "_file", "_file_settings", "_file_answer", "_file_slot"


@dataclass(frozen=True)
class Brought:
    """A file that the reader brought: Streamlit's id of it, its name, its bytes."""

    id: str
    name: str
    content: bytes = field(repr=False)


def brought() -> Brought | None:
    """The file of this session."""
    found: Brought | None = st.session_state.get(_FILE)
    return found


def take(file: UploadedFile) -> None:
    """Take a file that was uploaded, in place of any other."""
    there = brought()
    if there is None or there.id != file.file_id:
        st.session_state[_FILE] = Brought(file.file_id, file.name, file.getvalue())
        st.session_state[_SETTINGS] = {}
        st.session_state.pop(_ANSWER, None)


def settings() -> Mapping[str, Any]:
    """What the reader chose for the file, as JSON has it; empty before anything was."""
    found: dict[str, Any] = st.session_state.get(_SETTINGS, {})
    return found


def set_up(**chosen: Any) -> None:
    """Remember what the reader chose for the file."""
    st.session_state[_SETTINGS] = {**settings(), **chosen}


def is_kept() -> bool | None:
    """Whether the browser has the file; None while it has not answered."""
    answer, file = st.session_state.get(_ANSWER), brought()
    if answer is None or file is None or (answer["act"], answer["file"]) not in {("keep", file.id), ("look", file.id)}:
        return False if answer and answer.get("failed") else None
    return True


def forget() -> None:
    """Forget the file, here and in the browser."""
    for name in (_FILE, _SETTINGS):
        st.session_state.pop(name, None)
    st.session_state[_ANSWER] = {"act": "forgetting"}


def attend(*, look: bool) -> bool:
    """Have the browser keep the file, forget it, or, where ``look``, give back what it keeps; False while that is open.

    The browser sends its file as the uploader would, so that the same limits hold.
    """
    answer, file, context = st.session_state.get(_ANSWER), brought(), get_script_run_ctx()
    if context is None:
        return True
    if answer is not None and answer["act"] == "forgetting":
        _ask(act="forget")
    elif file is not None:
        if (kept := is_kept()) is not False:
            media = get_instance().media_file_mgr
            address = "" if kept else media.add(file.content, "application/octet-stream", "kept-file")
            _ask(act="keep", address=address, file=file.id, name=file.name, settings=dict(settings()))
    elif look and answer is None:
        manager = context.uploaded_file_mgr
        (slot,) = st.session_state.setdefault(_SLOT, manager.get_upload_urls(context.session_id, ["kept"]))
        answer = _ask(act="look", address=slot.upload_url, file=slot.file_id)
        if answer is None:
            return False
        for record in manager.get_files(context.session_id, [answer["file"]]):
            st.session_state[_FILE] = Brought(record.file_id, record.name, record.data)
            st.session_state[_SETTINGS] = answer["settings"]
    return True


def _ask(**data: Any) -> dict[str, Any] | None:
    """What the browser answers to this very question; None while it has not."""
    answer: dict[str, Any] | None = _keeper()(key="keeper", data=data, on_answer_change=lambda: None).answer
    if answer is None or answer["act"] != data["act"]:
        return None
    st.session_state[_ANSWER] = answer
    return answer


@cache
def _keeper() -> ComponentRenderer:
    return st.components.v2.component("shekara_kept", js=(files("geo.app") / "kept.js").read_text(encoding="utf-8"))
