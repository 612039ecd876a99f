"""The desk: where a newsroom keeps its records, from a draft through review to what is published."""

from __future__ import annotations

from geo.desk.bringing import add_drafts, add_statements, start_desk, take_waiting, update, waiting
from geo.desk.file import Desk, back_up, create_desk, is_desk, open_desk, restore
from geo.desk.journal import feed, log, news
from geo.desk.reading import read_desk, read_statements
from geo.desk.review import check_entry, fall_of, find_doubles, move, write
from geo.desk.store import ConflictError, Entry

__all__ = [
    "ConflictError", "Desk", "Entry", "add_drafts", "add_statements", "back_up", "check_entry", "create_desk",
    "fall_of", "feed", "find_doubles", "is_desk", "log", "move", "news", "open_desk", "read_desk", "read_statements",
    "restore", "start_desk", "take_waiting", "update", "waiting", "write",
]  # fmt: skip
