"""The desk's entries with their revisions and every change of them; nothing is overwritten unseen."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sql

from geo.claims.reading import CLAIM_FIELDS
from geo.errors import ShekaraError
from geo.vocabulary import FIELDS, NUMBER_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.engine import Connection, Row

    from geo.desk.file import Desk

__all__ = [
    "OWN_FIELDS", "SOURCE_FIELDS", "STATEMENT_FIELDS", "STATES", "Change", "ConflictError", "Entry", "Kind",
    "add_entries", "addresses_of", "answers_of", "blank_values", "changes_of", "count_states", "find_entry",
    "go_back", "keep_answers", "list_entries", "now", "read_changes", "save", "tidy_values",
]  # fmt: skip

Kind = Literal["records", "statements"]
STATES: tuple[str, ...] = ("draft", "ready", "published", "rejected")
"""Where an entry stands between writing and reading."""

SOURCE_FIELDS: tuple[str, ...] = ("address", "publisher", "date", "language", "archive", "seen")
"""The fields of a source, all text: two addresses, who published it when, its language, the day it was seen."""

_FROM_SOURCES = ("source_url", "archive_url", "source_publisher", "source_date", "other_urls")
OWN_FIELDS: tuple[str, ...] = tuple(name for name in FIELDS if name not in ("id", *_FROM_SOURCES))
"""A record's fields but its id and what its sources say."""

STATEMENT_FIELDS: tuple[str, ...] = CLAIM_FIELDS[1:]
_NUMBERS = (*NUMBER_FIELDS, "value", "lon", "lat")
_REVIEW = ("state", "reason", "private")
_FIELDS: dict[Kind, tuple[str, ...]] = {
    "records": (*_REVIEW, *OWN_FIELDS, "lon", "lat"),
    "statements": (*_REVIEW, *STATEMENT_FIELDS),
}
_TABLES = {
    kind: sql.table(kind, *map(sql.column, ("number", "id", "revision", "origin", "changed", *fields)))
    for kind, fields in _FIELDS.items()
}
_SOURCES = sql.table("sources", *map(sql.column, ("record", "position", *SOURCE_FIELDS)))
_CHANGES = sql.table(
    "changes", *map(sql.column, ("number", "at", "name", "kind", "id", "revision", "field", "old", "new"))
)


@dataclass(frozen=True)
class Entry:
    """A record or a statement, as it stands.

    Attributes
    ----------
    id, origin, changed
        Its id; ``own`` or ``built-in``; when it was last changed (UTC).
    revision
        How often it was written; 0: never yet.
    cells
        Field → text, or a number or None; of a record also ``sources``, a list of fields of
        :data:`SOURCE_FIELDS`, the main one first.
    """

    id: str
    revision: int
    origin: str
    changed: str
    cells: Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """What one revision did to one field."""

    number: int
    at: str
    name: str
    kind: Kind
    id: str
    revision: int
    field: str
    old: Any
    new: Any


class ConflictError(ShekaraError):
    """Somebody else wrote an entry since it was opened: the entry as it stands, and the changes, the oldest first."""

    def __init__(self, entry: Entry, changes: Sequence[Change]) -> None:
        self.entry, self.changes = entry, list(changes)
        fields = ", ".join(dict.fromkeys(change.field for change in changes))
        names = ", ".join(dict.fromkeys(change.name for change in changes))
        super().__init__(f"{entry.id}: {names} changed {fields} meanwhile; look at both before writing")


def now() -> str:
    """Time of this moment, as the desk writes it: UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def blank_values(kind: Kind = "records") -> dict[str, Any]:
    """An entry that says nothing yet."""
    values: dict[str, Any] = {name: None if name in _NUMBERS else "" for name in _FIELDS[kind]}
    return values | {"state": "draft"} | ({"sources": []} if kind == "records" else {})


def find_entry(desk: Desk, identifier: str, kind: Kind = "records") -> Entry | None:
    """An entry as it stands; None where there is none of this id."""
    with desk.reading() as connection:
        return _fetch(connection, identifier, kind)


def save(
    desk: Desk, identifier: str, values: Mapping[str, Any], *, by: str, revision: int, kind: Kind = "records"
) -> Entry:
    """Write fields of an entry, others staying as they are; when this returns, it is kept.

    Where nothing differs nothing is written. An entry that is not there is made, from revision 0.

    Raises
    ------
    ConflictError
        When the entry has another revision by now than the one that was read.
    ShekaraError
        When nobody is named, or the id is none.
    """
    _require_name(by)
    with desk.writing() as connection:
        there = _fetch(connection, identifier, kind)
        if there is None:
            if revision:
                raise ShekaraError(f"{identifier}: the desk has no such entry")
            _insert(connection, kind, [(identifier, {**blank_values(kind), **values})], by, "own")
        elif there.revision != revision:
            since = sql.and_(_of_entry(identifier, kind), _CHANGES.c.revision > revision)
            raise ConflictError(there, read_changes(connection, since))
        else:
            _update(connection, kind, there, tidy_values(values), by)
        written = _fetch(connection, identifier, kind)
    if written is None:
        raise ShekaraError(f"{identifier}: not written")
    return written


def add_entries(
    desk: Desk, entries: Iterable[tuple[str, Mapping[str, Any]]], *, by: str, origin: str = "own",
    kind: Kind = "records",
) -> list[str]:  # fmt: skip
    """Write many new entries, all or none, and give their ids; what the desk has already is left as it is."""
    _require_name(by)
    with desk.writing() as connection:
        there = set(connection.scalars(sql.select(_TABLES[kind].c.id)))
        fresh = {key: {**blank_values(kind), **values} for key, values in entries if key not in there}
        _insert(connection, kind, fresh.items(), by, origin)
    return list(fresh)


def go_back(desk: Desk, identifier: str, to: int, *, by: str, revision: int, kind: Kind = "records") -> Entry:
    """Undo what was done after a revision, 1 or later, as a new one; the history keeps both.

    Raises as :func:`save` does, and where there is nothing to undo.
    """
    if not 1 <= to < revision:
        raise ShekaraError(f"{identifier}: there is no change to undo")
    undone: dict[str, Any] = {}
    for change in reversed(changes_of(desk, identifier, kind)):
        if to < change.revision <= revision:
            undone[change.field] = change.old
    return save(desk, identifier, undone, by=by, revision=revision, kind=kind)


def changes_of(desk: Desk, identifier: str, kind: Kind = "records") -> list[Change]:
    """History of an entry, the oldest change first."""
    with desk.reading() as connection:
        return read_changes(connection, _of_entry(identifier, kind))


def list_entries(
    desk: Desk, *, states: Sequence[str] = (), words: str = "", start: int = 0, most: int = 50, kind: Kind = "records"
) -> list[Entry]:
    """Entries without their sources, the latest changed first; those found by words, the latest brought first.

    Only those in one of ``states``, if any are given, and with all ``words``; the last may be a beginning.
    """
    table = _TABLES[kind]
    query = sql.select(table).offset(start).limit(most)
    if states:
        query = query.where(table.c.state.in_(states))
    if terms := re.findall(r"\w+", words):
        index = sql.table(f"{kind}_words", sql.column("rowid"))
        match = " ".join([*(f'"{term}"' for term in terms[:-1]), f'"{terms[-1]}"*'])
        query = query.select_from(index.join(table, table.c.number == index.c.rowid))
        # In the index's own order, so that a common word is as quick as a rare one.
        query = query.where(sql.literal_column(f"{kind}_words").op("MATCH")(match)).order_by(index.c.rowid.desc())
    else:
        query = query.order_by(table.c.changed.desc(), table.c.number.desc())
    with desk.reading() as connection:
        return [_entry(row, kind) for row in connection.execute(query)]


def count_states(desk: Desk, kind: Kind = "records") -> dict[str, int]:
    """Number of entries in each state."""
    with desk.reading() as connection:
        query = sql.text("SELECT state, number FROM totals WHERE kind = :kind")
        counted = {str(state): int(number) for state, number in connection.execute(query, {"kind": kind})}
    return {state: counted.get(state, 0) for state in STATES}


def addresses_of(desk: Desk) -> list[str]:
    """Addresses of all sources, archived copies among them, but of rejected records."""
    query = (
        "WITH told AS (SELECT address, archive FROM sources JOIN records ON id = record AND state <> 'rejected') "
        "SELECT address FROM told UNION SELECT archive FROM told"
    )
    with desk.reading() as connection:
        return [address for address in connection.scalars(sql.text(query)) if address]


def keep_answers(desk: Desk, answers: Mapping[str, str]) -> None:
    """Keep whether addresses answered, with the time."""
    at = now()
    rows = [{"address": address, "asked": at, "answer": answer} for address, answer in answers.items()]
    if rows:
        with desk.writing() as connection:
            connection.execute(sql.text("INSERT OR REPLACE INTO answers VALUES (:address, :asked, :answer)"), rows)


def answers_of(desk: Desk, addresses: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Answer of each address that was asked, and when."""
    answers = sql.table("answers", *map(sql.column, ("address", "asked", "answer")))
    with desk.reading() as connection:
        rows = connection.execute(sql.select(answers).where(answers.c.address.in_(addresses)))
        return {address: (answer, asked) for address, asked, answer in rows}


def _require_name(by: str) -> None:
    if not by.strip():
        raise ShekaraError("say who writes: the history names whoever changed something")


def _entry(row: Row[Any], kind: Kind, sources: list[dict[str, str]] | None = None) -> Entry:
    cells = row._mapping  # noqa: SLF001  (the public way to a row as a mapping)
    values = {name: cells[name] for name in _FIELDS[kind]}
    return Entry(
        cells["id"], cells["revision"], cells["origin"], cells["changed"],
        values if sources is None else values | {"sources": sources},
    )  # fmt: skip


def _fetch(connection: Connection, identifier: str, kind: Kind) -> Entry | None:
    table = _TABLES[kind]
    row = connection.execute(sql.select(table).where(table.c.id == identifier)).one_or_none()
    if row is None:
        return None
    if kind == "statements":
        return _entry(row, kind)
    query = sql.select(*(_SOURCES.c[name] for name in SOURCE_FIELDS)).order_by(_SOURCES.c.position)
    sources = connection.execute(query.where(_SOURCES.c.record == identifier)).mappings()
    return _entry(row, kind, [dict(source) for source in sources])


def _of_entry(identifier: str, kind: Kind) -> sql.ColumnElement[bool]:
    return sql.and_(_CHANGES.c.kind == kind, _CHANGES.c.id == identifier)


def read_changes(connection: Connection, where: Any) -> list[Change]:
    """Changes that a condition on their table chooses, the oldest first."""
    rows = connection.execute(sql.select(_CHANGES).where(where).order_by(_CHANGES.c.number)).mappings()
    return [Change(**{**row, "old": json.loads(row["old"]), "new": json.loads(row["new"])}) for row in rows]


def tidy_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the tables hold them: None for a number that is not there, whole sources."""
    tidy: dict[str, Any] = {}
    for name, value in values.items():
        if name == "sources":
            whole = [{key: str(source.get(key, "")).strip() for key in SOURCE_FIELDS} for source in value]
            tidy[name] = [source for source in whole if any(source.values())]
        elif name in _NUMBERS:
            tidy[name] = None if value is None or math.isnan(value) else float(value)
        else:
            tidy[name] = value
    return tidy


def _insert(
    connection: Connection, kind: Kind, entries: Iterable[tuple[str, Mapping[str, Any]]], by: str, origin: str
) -> None:
    at, rows, sources, changes = now(), [], [], []
    for identifier, given in entries:
        if not re.fullmatch(r"[^\s;]+", identifier):
            raise ShekaraError(f"{identifier!r} is no id: write one without spaces and semicolons")
        values = tidy_values(given)
        sources += _source_rows(identifier, values.pop("sources", []))
        rows.append({"id": identifier, "revision": 1, "origin": origin, "changed": at, **values})
        state = {"state": values["state"]} | ({"private": "yes"} if values["private"] else {})
        changes += [_change(at, by, kind, identifier, 1, name, "", value) for name, value in state.items()]
    for table, content in ((_TABLES[kind], rows), (_SOURCES, sources), (_CHANGES, changes)):
        if content:
            connection.execute(sql.insert(table), content)


def _update(connection: Connection, kind: Kind, there: Entry, values: dict[str, Any], by: str) -> None:
    changed = {name: value for name, value in values.items() if there.cells[name] != value}
    if not changed:
        return
    at, revision = now(), there.revision + 1
    changes = [
        _change(at, by, kind, there.id, revision, name, there.cells[name], value) for name, value in changed.items()
    ]
    connection.execute(sql.insert(_CHANGES), changes)
    if "sources" in changed:
        connection.execute(sql.delete(_SOURCES).where(_SOURCES.c.record == there.id))
        if rows := _source_rows(there.id, changed.pop("sources")):
            connection.execute(sql.insert(_SOURCES), rows)
    table = _TABLES[kind]
    query = sql.update(table).where(table.c.id == there.id)
    connection.execute(query.values(revision=revision, changed=at, **changed))


def _source_rows(identifier: str, sources: list[dict[str, str]]) -> list[dict[str, Any]]:
    return [{"record": identifier, "position": at, **source} for at, source in enumerate(sources)]


def _change(  # noqa: PLR0917  (a row, column by column)
    at: str, by: str, kind: Kind, identifier: str, revision: int, name: str, old: Any, new: Any
) -> dict[str, Any]:
    values = {"old": json.dumps(old, ensure_ascii=False), "new": json.dumps(new, ensure_ascii=False)}
    return {"at": at, "name": by, "kind": kind, "id": identifier, "revision": revision, "field": name, **values}
