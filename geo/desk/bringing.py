"""What is brought to a desk: a file or the built-in records to begin with, drafts, and later built-in corrections."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sql

from geo.desk.file import making_desk, open_desk
from geo.desk.reading import as_entries, statement_entries
from geo.desk.review import write
from geo.desk.store import Entry, add_entries, find_entry, tidy_values
from geo.errors import ShekaraError

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

    from geo.border.frontier import Frontier
    from geo.desk.file import Desk

__all__ = [
    "Updated", "add_drafts", "add_statements", "leave_waiting", "start_desk", "take_waiting", "update", "waiting",
]  # fmt: skip

BUILT_IN = "built-in"


class Updated(NamedTuple):
    """What an update brought: ids that came as drafts, and ids whose correction waits beside the desk's version."""

    new: list[str]
    waiting: list[str]


def start_desk(
    path: str | Path, incidents: gpd.GeoDataFrame | None = None, claims: pd.DataFrame | None = None, *, by: str,
    built_in: bool = False,
) -> Desk:  # fmt: skip
    """Make a desk that begins with records and statements, all published.

    ``built_in`` says that they are the built-in ones, whose corrections :func:`update` brings later.
    """
    origin = BUILT_IN if built_in else "own"
    with making_desk(path) as desk:
        if incidents is not None:
            entries = list(as_entries(incidents, state="published"))
            add_entries(desk, entries, by=by, origin=origin)
            if built_in:
                _remember(desk, [{"id": key, "version": _pack(values), "waiting": ""} for key, values in entries])
        if claims is not None:
            add_entries(desk, statement_entries(claims, state="published"), by=by, origin=origin, kind="statements")
        with desk.writing() as connection:
            last = "(SELECT ifnull(max(number), 0) FROM changes)"
            connection.execute(sql.text(f"UPDATE desk SET value = {last} WHERE name = 'start'"))  # noqa: S608
    return open_desk(path)


def add_drafts(desk: Desk, incidents: gpd.GeoDataFrame, by: str, *, private: bool = False) -> list[str]:
    """Hand records over to the desk, as drafts for review, all marked private where wanted; give the ids that are new.

    What the records lack may be blank. A record whose id the desk has already is left as it stands there.
    """
    marked = incidents.assign(private="yes") if private else incidents
    return add_entries(desk, as_entries(marked), by=by)


def add_statements(desk: Desk, claims: pd.DataFrame, by: str, *, private: bool = False) -> list[str]:
    """Hand statements over to the desk, as drafts; as :func:`add_drafts` does records."""
    marked = claims.assign(private="yes") if private else claims
    return add_entries(desk, statement_entries(marked), by=by, kind="statements")


def update(desk: Desk, incidents: gpd.GeoDataFrame, *, by: str) -> Updated:
    """Bring the built-in records of today: new ones as drafts, corrections to wait beside the desk's version.

    Never over an edit: a correction changes nothing until somebody takes it over (:func:`take_waiting`).
    """
    entries = {key: tidy_values(values) for key, values in as_entries(incidents)}
    new = add_entries(desk, entries.items(), by=by, origin=BUILT_IN)
    with desk.reading() as connection:
        known = {
            str(row.id): str(row.version) for row in connection.execute(sql.text("SELECT id, version FROM brought"))
        }
        own = set(connection.scalars(sql.text("SELECT id FROM records WHERE origin <> 'built-in'")))
    remembered, corrected = [], []
    for key, values in entries.items():
        version = _pack(values)
        if key in own or known.get(key) == version:
            continue
        waits = key in known and bool(_differing(desk, key, json.loads(version), json.loads(known[key])))
        corrected += [key] if waits else []
        remembered.append({"id": key, "version": known[key] if waits else version, "waiting": version if waits else ""})
    _remember(desk, remembered)
    return Updated(new, corrected)


def waiting(desk: Desk, identifier: str = "") -> dict[str, dict[str, tuple[Any, Any]]]:
    """Built-in corrections that wait, of one record or of all: id → field → the desk's value and the built-in one."""
    with desk.reading() as connection:
        query = "SELECT id, version, waiting FROM brought WHERE waiting <> '' AND (:id = '' OR id = :id)"
        rows = connection.execute(sql.text(query), {"id": identifier}).all()
    return {key: _differing(desk, key, json.loads(new), json.loads(old)) for key, old, new in rows}


def take_waiting(desk: Desk, identifier: str, *, by: str, revision: int, frontier: Frontier) -> Entry:
    """Take a waiting correction over, as a revision; raises as :func:`geo.desk.review.write` does."""
    fields = waiting(desk, identifier).get(identifier)
    if fields is None:
        raise ShekaraError(f"{identifier}: no correction waits")
    values = {name: new for name, (_, new) in fields.items()}
    entry = write(desk, identifier, values, by=by, revision=revision, frontier=frontier)
    leave_waiting(desk, identifier)
    return entry


def leave_waiting(desk: Desk, identifier: str) -> None:
    """Leave a waiting correction aside; the desk's version stays."""
    with desk.writing() as connection:
        query = "UPDATE brought SET version = waiting, waiting = '' WHERE id = :id AND waiting <> ''"
        connection.execute(sql.text(query), {"id": identifier})


def _differing(desk: Desk, identifier: str, new: dict[str, Any], old: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Fields that the built-in data changed and that the desk does not say so already."""
    entry = find_entry(desk, identifier)
    here = entry.cells if entry else {}
    changed = [name for name, value in new.items() if old.get(name) != value]
    return {name: (here.get(name), new[name]) for name in changed if here.get(name) != new[name]}


def _pack(values: dict[str, Any]) -> str:
    plain = {name: value for name, value in tidy_values(values).items() if name not in ("state", "private")}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def _remember(desk: Desk, rows: list[dict[str, str]]) -> None:
    if rows:
        query = (
            "INSERT INTO brought VALUES (:id, :version, :waiting) "
            "ON CONFLICT DO UPDATE SET version = excluded.version, waiting = excluded.waiting"
        )
        with desk.writing() as connection:
            connection.execute(sql.text(query), rows)
