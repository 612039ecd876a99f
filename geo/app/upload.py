"""A file that a reader brings: read in a process of its own that can be ended, and kept in the session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st
from starlette.formparsers import MultiPartParser
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from geo.app.turns import rest
from geo.errors import InputError
from geo.intake import read_gazetteer
from geo.intake.sheets.apart import read_sheet_apart

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFileRec

    import geo
    from geo.app.kept import Brought
    from geo.errors import Fault
    from geo.intake import Gazetteer, Sheet

__all__ = ["MOST_MB", "MOST_RECORDS", "Upload", "gazetteer", "read_upload"]

MOST_MB = 20
"""Largest file, in megabytes; the server refuses more (.streamlit/config.toml)."""

MOST_RECORDS = 20_000
"""Most rows of a file: each session keeps its own, and the map carries them all."""

# What comes in is first held by Starlette's parser, which from one megabyte on would put it into a temporary file.
MultiPartParser.spool_max_size = (MOST_MB + 1) * 1024 * 1024

MOST_HELD_MB = 2 * MOST_MB
"""Most that the server holds of one session's files; beyond it the oldest go."""

_add_file = MemoryUploadedFileManager.add_file


def _add_within_quota(manager: MemoryUploadedFileManager, session_id: str, file: UploadedFileRec) -> None:
    """Take a file in, and let the session's oldest go where all are more than their quota."""
    _add_file(manager, session_id=session_id, file=file)
    files = list(manager.file_storage[session_id].values())
    while len(files) > 1 and sum(len(one.data) for one in files) > MOST_HELD_MB * 1024 * 1024:
        manager.remove_file(session_id=session_id, file_id=files.pop(0).file_id)


# Streamlit takes as many files as a session sends, and frees none of them before its end.
MemoryUploadedFileManager.add_file = _add_within_quota  # type: ignore[method-assign, assignment]

_KEPT = "_upload"


@dataclass(frozen=True)
class Upload:
    """Content of a file by its id: the table, if it could be read as one, else why not."""

    file: str
    sheet: Sheet | None
    faults: tuple[Fault, ...] = ()


def read_upload(file: Brought, wanted: str | None) -> Upload:
    """Read a file that was brought, once: the sheet that is wanted, or the first with a table."""
    last: Upload | None = st.session_state.get(_KEPT)
    if last is None or last.file != file.id or (last.sheet is not None and wanted not in {None, last.sheet.sheet}):
        last = _read(file, wanted)
        st.session_state[_KEPT] = last
    return last


def _read(file: Brought, wanted: str | None) -> Upload:
    try:
        with rest():
            sheet = read_sheet_apart(file.content, file.name, wanted, most_rows=MOST_RECORDS)
    except InputError as error:
        return Upload(file.id, None, tuple(error.faults))
    return Upload(file.id, sheet)


@st.cache_resource(show_spinner=False, max_entries=1)
def gazetteer(_frontier: geo.Frontier) -> Gazetteer:
    """Names of places along the border, for all sessions."""
    return read_gazetteer(_frontier)
