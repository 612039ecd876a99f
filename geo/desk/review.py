"""Review: what an entry lacks, where it would fall, what it may repeat, and its way from draft to published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd
import sqlalchemy as sql

from geo.claims.reading import CLAIM_FIELDS, type_claims
from geo.desk.reading import as_row, read_chosen
from geo.desk.store import OWN_FIELDS, Entry, Kind, blank_values, find_entry, save, tidy_values
from geo.errors import Fault, InputError, ShekaraError, UnknownValueError
from geo.files.plain_tables import list_faults
from geo.incidents.cells import type_cells
from geo.incidents.placing import locate
from geo.incidents.reading import agency_sides, as_incidents, side_of
from geo.intake.likely_pairs import likely_pairs
from geo.vocabulary import FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from geo.border.frontier import Frontier
    from geo.desk.file import Desk

__all__ = ["STEPS", "Double", "Fall", "check_entry", "derive", "fall_of", "find_doubles", "move", "write"]

STEPS: dict[str, tuple[str, ...]] = {
    "draft": ("ready", "rejected"),
    "ready": ("published", "draft", "rejected"),
    "published": ("draft", "rejected"),
    "rejected": ("draft",),
}
"""State → those that may follow it."""

_CHECKED = ("ready", "published")
_PRECISION = {0: "unknown", 4: "year", 7: "month", 10: "day"}
_DAYS_AROUND = 8
_NAME = "desk"


class Fall(NamedTuple):
    """Where on the border a record would fall: a neighbour's code, or AIR, POST, UNKNOWN; how its place is shared out.

    ``segments`` have their probabilities, the likeliest first: together one, or nothing.
    """

    border: str
    spread: str
    segments: tuple[tuple[str, float], ...]


class Double(NamedTuple):
    """A record of the desk that may tell of the same event."""

    id: str
    title: str
    score: float
    why: str


def derive(values: Mapping[str, Any]) -> dict[str, Any]:
    """Fields that follow from others: how exact the date is, and whose agencies recorded it."""
    precision = _PRECISION.get(len(values["date"]), values["date_precision"])
    side = side_of(values["agency"], agency_sides())
    return {**values, "date_precision": precision, "recording_side": side}


def check_entry(identifier: str, values: Mapping[str, Any], frontier: Frontier, kind: Kind = "records") -> list[Fault]:
    """Find every fault of an entry with all of its fields, as ``shekara check`` finds those of a file, in their order.

    A private one needs no source.
    """
    if kind == "statements":
        table = pd.DataFrame([{**values, "id": identifier}], columns=list(CLAIM_FIELDS), dtype=object)
        _, faults = type_claims(table, _NAME, tuple(map(str, frontier.borders.index)))
        if values["private"] and not values["source_url"]:
            faults.pop((0, "source_url"), None)
        return list_faults({}, faults, CLAIM_FIELDS)
    from geo.incidents.schema import cell_faults  # noqa: PLC0415  (pandera takes half a second to load)

    _, faults = cell_faults(_table(identifier, values), _NAME, frontier)
    return list_faults({}, faults, (*FIELDS, "private", "lon", "lat", "geometry"))


def fall_of(identifier: str, values: Mapping[str, Any], frontier: Frontier) -> Fall | None:
    """Say where a record would fall on the border; None while its place or border is at fault."""
    at_fault = {fault.field for fault in check_entry(identifier, values, frontier)}
    if at_fault & {
        "mode", "neighbour", "region_code", "crossing_id", "location_precision", "location_radius_km", "geometry",
        "lon", "lat",
    }:  # fmt: skip
        return None
    located = locate(_incidents(identifier, values), frontier)
    row = located.incidents.iloc[0]
    weights = pd.Series(located.weights.toarray()[0]).groupby(frontier.cells["segment"].to_numpy()).sum()
    likeliest = weights[weights > 0].sort_values(ascending=False, kind="stable")
    segments = tuple((str(segment), float(weight)) for segment, weight in likeliest.items())
    return Fall(str(row["border"]), str(row["spread"]), segments)


def find_doubles(desk: Desk, identifier: str, values: Mapping[str, Any]) -> list[Double]:
    """Find records of the desk, but rejected ones, that may tell of the same event, the likeliest first.

    See :func:`geo.intake.likely_pairs.likely_pairs` for the score.
    """
    one = _incidents(identifier, values)
    if not one["goods"].iloc[0]:
        return []
    goods, date, key = sql.column("goods", sql.String), sql.column("date", sql.String), sql.column("id", sql.String)
    alike = goods == one["goods"].iloc[0]
    first, last = one["date_start"].iloc[0], one["date_end"].iloc[0]
    if pd.notna(first):
        around = pd.Timedelta(days=_DAYS_AROUND)
        # A date may be a year alone, which stands before all of its days.
        span = sql.and_(date >= str((first - around).year), date <= (last + around).strftime("%Y-%m-%d"))
        alike = sql.and_(alike, sql.or_(date == "", span))
    same_source: sql.Select[Any] = sql.select(sql.column("record")).select_from(sql.table("sources"))
    same_source = same_source.where(sql.column("address") == one["source_url"].iloc[0], sql.column("address") != "")
    chosen = sql.and_(sql.or_(alike, key.in_(same_source)), key != identifier, sql.column("state") != "rejected")
    others = read_chosen(desk, chosen)
    pairs = sorted(likely_pairs(one, others), key=lambda pair: -pair[2])
    return [Double(other, str(others.loc[other, "title"]), score, why) for _, other, score, why in pairs]


def write(
    desk: Desk, identifier: str, values: Mapping[str, Any], *, by: str, revision: int, frontier: Frontier,
    kind: Kind = "records",
) -> Entry:  # fmt: skip
    """Write an entry as :func:`geo.desk.store.save` does; one that is ready or published must be without fault.

    Raises
    ------
    InputError
        With everything that such an entry lacks; nothing is written.
    ConflictError, ShekaraError
        As in :func:`geo.desk.store.save`.
    """
    there = find_entry(desk, identifier, kind)
    whole = tidy_values({**(there.cells if there else blank_values(kind)), **values})
    if kind == "records":
        values = {**values, **{name: derive(whole)[name] for name in ("date_precision", "recording_side")}}
        whole |= values
    faults = check_entry(identifier, whole, kind=kind, frontier=frontier)
    # Control characters and the like have no place in a draft either.
    if faults and (whole["state"] in _CHECKED or any(fault.expected.startswith("text") for fault in faults)):
        raise InputError(faults)
    return save(desk, identifier, values, by=by, revision=revision, kind=kind)


def move(
    desk: Desk, identifier: str, state: str, *, by: str, revision: int, frontier: Frontier, reason: str = "",
    kind: Kind = "records",
) -> Entry:  # fmt: skip
    """Take an entry one of the :data:`STEPS` from where it stands; a rejection needs a reason.

    Raises
    ------
    ShekaraError
        When there is no such step, or a rejection gives no reason; else as in :func:`write`.
    """
    there = find_entry(desk, identifier, kind)
    if there is None:
        raise ShekaraError(f"{identifier}: the desk has no such entry")
    if state not in STEPS[there.cells["state"]]:
        raise UnknownValueError(f"step from {there.cells['state']}", state, STEPS[there.cells["state"]])
    if state == "rejected" and not reason.strip():
        raise ShekaraError(f"{identifier}: say why it is rejected")
    values = {"state": state, "reason": reason.strip() if state == "rejected" else ""}
    return write(desk, identifier, values, by=by, revision=revision, frontier=frontier, kind=kind)


def _table(identifier: str, values: Mapping[str, Any]) -> pd.DataFrame:
    cells = {name: values[name] for name in ("private", *OWN_FIELDS, "lon", "lat")}
    sources = tidy_values({"sources": values["sources"]})["sources"]
    return pd.DataFrame([as_row(identifier, cells, sources)], dtype=object)


def _incidents(identifier: str, values: Mapping[str, Any]) -> gpd.GeoDataFrame:
    """An entry as incidents, what is at fault in it left blank."""
    return as_incidents(type_cells(_table(identifier, values), _NAME)[0])
