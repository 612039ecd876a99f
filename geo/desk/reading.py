"""A desk as the frames that the rest of Shekara reads: incidents and statements, and frames as a desk's entries."""

from __future__ import annotations

from contextlib import closing, nullcontext
from typing import TYPE_CHECKING, Any

import pandas as pd
import sqlalchemy as sql

from geo.claims.reading import CLAIM_FIELDS, type_claims
from geo.desk.file import Desk, open_desk
from geo.desk.store import OWN_FIELDS, SOURCE_FIELDS, STATEMENT_FIELDS
from geo.errors import InputError
from geo.files.plain_tables import list_faults
from geo.incidents.cells import type_cells
from geo.incidents.reading import agency_sides, as_incidents, side_of
from geo.vocabulary import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    import geopandas as gpd

__all__ = [
    "PUBLIC", "as_entries", "as_row", "frame_of", "read_chosen", "read_desk", "read_statements", "statement_entries",
]  # fmt: skip

PUBLIC: tuple[str, ...] = ("published",)
"""States of what readers may see."""


def read_desk(desk: Desk | str | Path, *, states: Sequence[str] = PUBLIC, private: bool = True) -> gpd.GeoDataFrame:
    """Read the records of a desk, or of its file, as :func:`geo.read_incidents` gives a file of the same.

    They stand in the order in which they came to the desk; private ones among them say so in a column ``private``.

    Raises
    ------
    InputError
        When the file is no desk, or a cell can't be what it has to be.
    """
    with _opened(desk) as store:
        return read_chosen(store, _chosen(states, private))


def read_statements(desk: Desk | str | Path, *, states: Sequence[str] = PUBLIC, private: bool = True) -> pd.DataFrame:
    """Read a desk's statements as :func:`geo.read_claims` reads a file of them."""
    with _opened(desk) as store, store.reading() as connection:
        query: Any = (
            sql.select(*map(sql.column, CLAIM_FIELDS))
            .select_from(sql.table("statements"))
            .order_by(sql.column("number"))
        )
        rows = connection.execute(query.where(_chosen(states, private))).all()
    frame, faults = type_claims(pd.DataFrame(rows, columns=list(CLAIM_FIELDS), dtype=object), store.path.name)
    if faults:
        raise InputError(faults.values())
    return frame.set_index("id")


def _opened(desk: Desk | str | Path) -> AbstractContextManager[Desk]:
    """An open desk as it is; a file's desk, closed at the end."""
    return nullcontext(desk) if isinstance(desk, Desk) else closing(open_desk(desk))


def _chosen(states: Sequence[str], private: bool) -> sql.ColumnElement[bool]:
    chosen = sql.column("state").in_(states)
    return chosen if private else sql.and_(chosen, sql.column("private") == "")


def read_chosen(desk: Desk, chosen: sql.ColumnElement[bool]) -> gpd.GeoDataFrame:
    """The records that a condition on the table of records chooses, as :func:`read_desk` gives them."""
    fields = ("id", "private", *OWN_FIELDS, "lon", "lat")
    records = sql.table("records", *map(sql.column, (*fields, "number")))
    query = sql.select(*(records.c[name] for name in fields)).where(chosen)
    beside: Any = sql.select(*map(sql.column, ("record", *SOURCE_FIELDS))).select_from(sql.table("sources"))
    beside = beside.where(sql.column("record").in_(sql.select(records.c.id).where(chosen)))
    with desk.reading() as connection:
        sources: dict[str, list[dict[str, str]]] = {}
        for record, *cells in connection.execute(beside.order_by(sql.column("record"), sql.column("position"))):
            sources.setdefault(record, []).append(dict(zip(SOURCE_FIELDS, cells, strict=True)))
        rows = connection.execute(query.order_by(records.c.number)).all()
    whole = (as_row(row[0], dict(zip(fields, row, strict=True)), sources.get(row[0], [])) for row in rows)
    return frame_of(list(whole), desk.path.name)


def as_row(identifier: str, values: Mapping[str, Any], sources: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """A record's cells as a file has them: its main source in fields of its own, the other addresses in one."""
    main = sources[0] if sources else dict.fromkeys(SOURCE_FIELDS, "")
    return {
        **values,
        "id": identifier,
        "source_url": main["address"],
        "archive_url": main["archive"],
        "source_publisher": main["publisher"],
        "source_date": main["date"],
        "other_urls": " | ".join(source["address"] for source in sources[1:] if source["address"]),
    }


def frame_of(rows: Sequence[Mapping[str, Any]], name: str) -> gpd.GeoDataFrame:
    """Rows as incidents; a column ``private`` only where one of them is.

    Raises
    ------
    InputError
        When a cell holds neither text nor a number.
    """
    table = pd.DataFrame(list(rows), columns=[*FIELDS, "private", "lon", "lat"], dtype=object)
    frame, faults = type_cells(table, name)
    if faults:
        raise InputError(list_faults({}, faults, (*FIELDS, "private", "lon", "lat")))
    return as_incidents(frame)


def as_entries(incidents: gpd.GeoDataFrame, *, state: str = "draft") -> Iterator[tuple[str, dict[str, Any]]]:
    """Incidents, as :func:`geo.read_incidents` gives them, as a desk's entries, each with its id."""
    sides = agency_sides()
    fields = [name for name in (*OWN_FIELDS, "private") if name in incidents]
    places = zip(incidents.geometry.x, incidents.geometry.y, strict=True)
    for (identifier, row), (lon, lat) in zip(incidents.iterrows(), places, strict=True):
        main = ("source_url", "source_publisher", "source_date", "archive_url")
        address, publisher, date, archive = (row.get(name, "") for name in main)
        sources = [{"address": address, "publisher": publisher, "date": date, "archive": archive}]
        sources += [{"address": other} for other in str(row.get("other_urls", "")).split(" | ") if other]
        values = {name: row[name] for name in fields} | {"lon": lon, "lat": lat, "state": state, "sources": sources}
        values["recording_side"] = values.get("recording_side") or side_of(row["agency"], sides)
        yield str(identifier), values


def statement_entries(claims: pd.DataFrame, *, state: str = "draft") -> Iterator[tuple[str, dict[str, Any]]]:
    """Statements, as :func:`geo.read_claims` gives them, as a desk's entries."""
    for identifier, row in claims.iterrows():
        values = {name: row[name] for name in (*STATEMENT_FIELDS, "private") if name in row}
        yield str(identifier), values | {"state": state}
