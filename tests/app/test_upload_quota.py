"""What the server holds of one session's files."""

from __future__ import annotations

from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from geo.app.upload import MOST_HELD_MB, MOST_MB


def put(manager: MemoryUploadedFileManager, session: str, name: str, megabytes: int) -> None:
    sent = UploadedFileRec(name, f"{name}.csv", "text/csv", bytes(megabytes * 1024 * 1024))
    manager.add_file(session_id=session, file=sent)  # as the server does


def held(manager: MemoryUploadedFileManager, session: str) -> list[str]:
    return [*manager.file_storage.get(session, {})]


def test_a_session_that_sends_file_after_file_holds_the_newest_within_its_quota() -> None:
    manager = MemoryUploadedFileManager("/upload")
    for number in range(9):
        put(manager, "one", str(number), MOST_MB)
    assert held(manager, "one") == ["7", "8"]
    put(manager, "one", "9", 1)
    assert held(manager, "one") == ["8", "9"]


def test_small_files_stay_and_other_sessions_lose_nothing() -> None:
    manager = MemoryUploadedFileManager("/upload")
    put(manager, "other", "mine", MOST_MB)
    for number in range(MOST_HELD_MB):
        put(manager, "one", str(number), 1)
    assert len(held(manager, "one")) == MOST_HELD_MB
    put(manager, "one", "more", 1)
    assert held(manager, "one")[0] == "1"
    assert held(manager, "other") == ["mine"]


def test_one_file_is_held_however_large() -> None:
    manager = MemoryUploadedFileManager("/upload")
    put(manager, "one", "large", MOST_HELD_MB + 1)
    assert held(manager, "one") == ["large"]
