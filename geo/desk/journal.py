"""What was done at a desk: every change for the newsroom, and for readers what is new and what was corrected."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote
from xml.etree import ElementTree as ET

import sqlalchemy as sql

from geo.desk.store import Change, Kind, read_changes
from geo.language.catalogue import read_words, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.desk.file import Desk

__all__ = ["News", "feed", "in_text", "log", "news"]

_FEED = 100
_INTERNAL = ("state", "reason", "private")
_ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TITLES: dict[Kind, str] = {"records": "title", "statements": "claim"}


class News(NamedTuple):
    """One thing that a reader of what is published is told: ``new``, ``corrected`` or ``withdrawn``, and when (UTC).

    ``title`` is blank where it was withdrawn; ``fields`` are what was corrected: field, old value, new value.
    """

    at: str
    what: str
    kind: Kind
    id: str
    revision: int
    title: str
    fields: tuple[tuple[str, Any, Any], ...]


def log(desk: Desk, since: str = "") -> list[Change]:
    """Every change from a day, month or year as ``2026-11-28`` on, the oldest first; those of private entries too."""
    with desk.reading() as connection:
        return read_changes(connection, sql.text("at >= :since").bindparams(since=since))


def news(desk: Desk, since: str = "") -> list[News]:
    """What changed in what is published, the latest first; what the desk began with is not news.

    Worked out without the entries that are private: as if the desk had never held them.
    """
    entries: list[News] = []
    start = int(desk.setting("start") or 0)
    with desk.reading() as connection:
        for kind, title in _TITLES.items():
            query = f"SELECT id, {title} FROM {kind} WHERE private = ''"  # noqa: S608  (names of our own)
            titles = {str(key): str(text) for key, text in connection.execute(sql.text(query))}
            where = sql.text("kind = :kind AND id IN (SELECT id FROM changes WHERE kind = :kind AND number > :start)")
            changes = read_changes(connection, where.bindparams(kind=kind, start=start))
            changes = [one for one in changes if one.id in titles]
            for key, own in groupby(sorted(changes, key=lambda one: (one.id, one.number)), lambda one: one.id):
                entries += _told(list(own), kind, titles[key], start)
    return sorted((one for one in entries if one.at >= since), key=lambda one: (one.at, one.id), reverse=True)


def feed(desk: Desk, *, address: str = "", lang: str = "en") -> bytes:
    """What is new and what was corrected, as an Atom feed of the latest hundred; no name of who changed it is in it.

    Without the address of a page that shows the records the entries have no links. The same desk and address give the
    same bytes.
    """
    words, latest, uuid = read_words(lang), news(desk)[:_FEED], desk.setting("uuid")
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": lang})
    _add(root, "title", words["desk.feed"])
    _add(root, "id", f"urn:uuid:{uuid}")
    _add(root, "updated", latest[0].at if latest else "1970-01-01T00:00:00Z")
    _add(root, "author/name", "Shekara")
    if address:
        ET.SubElement(root, "link", {"href": address})
    for one in latest:
        entry = ET.SubElement(root, "entry")
        _add(entry, "title", f"{words[f'desk.news.{one.what}']}: {one.title or one.id}")
        _add(entry, "id", f"urn:uuid:{uuid}:{one.kind}:{quote(one.id)}:{one.revision}")
        _add(entry, "updated", one.at)
        if address and one.kind == "records" and one.what != "withdrawn":
            ET.SubElement(entry, "link", {"href": f"{address}#at=record:{quote(one.id)}"})
        lines = [
            say(
                lang, "desk.news.field", field=words.get(f"desk.field.{name}", name), old=in_text(old), new=in_text(new)
            )
            for name, old, new in one.fields
        ]
        _add(entry, "content", "\n".join(lines) or f"{words[f'desk.news.{one.what}']}: {one.title or one.id}")
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _told(changes: list[Change], kind: Kind, title: str, start: int) -> Iterable[News]:
    """What the history of one entry tells a reader."""
    state, private = "", ""
    for revision, grouped in groupby(changes, lambda one: one.revision):
        together = list(grouped)
        before = state == "published" and not private
        for change in together:
            state = str(change.new) if change.field == "state" else state
            private = str(change.new) if change.field == "private" else private
        after = state == "published" and not private
        fields = tuple((one.field, one.old, one.new) for one in together if one.field not in _INTERNAL)
        last = together[-1]
        if last.number <= start:
            continue
        if after and not before:
            yield News(last.at, "new", kind, last.id, revision, title, ())
        elif before and not after:
            yield News(last.at, "withdrawn", kind, last.id, revision, "", ())
        elif after and fields:
            yield News(last.at, "corrected", kind, last.id, revision, title, fields)


def in_text(value: Any) -> str:
    """Value of a field as it is read: of sources their addresses."""
    if isinstance(value, list):
        return " | ".join(source["address"] for source in value) or "–"
    return "–" if value in ("", None) else f"{value:g}" if isinstance(value, float) else str(value)


def _add(parent: ET.Element, path: str, text: str) -> None:
    for name in path.split("/"):
        parent = ET.SubElement(parent, name)
    parent.text = _NOT_XML.sub("\ufffd", text)
