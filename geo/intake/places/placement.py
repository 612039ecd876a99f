"""Each record's place: by its name, by its coordinates, or by its region or border alone."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from geo.geometry.geodesy import distance_km
from geo.intake.places.gazetteer import read_gazetteer
from geo.intake.places.home_regions import region_by_point, regions_meant, regions_stated
from geo.intake.places.resolving import ACROSS_KM, Found, Hints, resolve
from geo.intake.reading import BLANK, GIVEN_KM, Problem
from geo.intake.words.terms import read_neighbour
from geo.intake.words.vocabularies import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.border.frontier import Frontier
    from geo.intake.places.gazetteer import Gazetteer
    from geo.intake.reading import Reading

__all__ = ["Geocoder", "Lookup", "find_places", "placed", "unplaced"]


_APART_KM = 60.0  # farther than any town from the crossing that is named after it
_AT_CROSSING = "coordinates as given, at the crossing"


class Geocoder(Protocol):
    """Looks a place up somewhere else, when no place of that name is known here."""

    def __call__(self, text: str) -> Found | None:
        """Find a place; None where there is none."""


def find_places(reading: Reading, rows_kept: list[int], lookup: Lookup, problems: list[Problem]) -> dict[int, Found]:
    """Find each row's place, and the region that it lies in."""
    records = {at: reading.records[at] for at in rows_kept}
    stated = {at: lookup.regions_stated(record) for at, record in records.items()}
    places = {at: _find_place(record, _only(stated[at]), lookup) for at, record in records.items()}
    # A point that no place's name brought tells its region.
    points = {at: where for at, where in places.items() if where.lon is not None and not where.region_code}
    axes = zip(*((where.lon or 0.0, where.lat or 0.0) for where in points.values()), strict=True)
    regions_here = dict(zip(points, lookup.frontier.region_at(*axes), strict=True)) if points else {}
    for at, record in records.items():

        def note(field: str, value: str, reason: str, done: str, at: int = at) -> None:
            problems.append(Problem(reading.rows[at], field, value, reason, done))

        as_given = record["location_precision"] != ""
        words = record["region_code"] if as_given else record["region_name"] or record["region_code"]
        if words and not stated[at] and not _country(record):
            field, done = ("region_code", BLANK) if as_given else ("region_name", "kept as text")
            note(field, words, "no region that is known", done)
        where = places[at]
        if not as_given:
            where, doubt, done = _with_region(where, stated[at], record["date"], regions_here.get(at), lookup.frontier)
            places[at] = where
            if doubt:
                note("region_name", words or record["place_name"], doubt, f"{done}, to be checked")
        if where.problem:
            level = "region" if where.region_code else "border" if record["neighbour"] else ""
            done = f"placed by {level} only" if level else "placed nowhere: only the country is known"
            if where.lon is not None:
                done = f"placed at {where.name}, to be checked"
            value = record["crossing"] or record["place_name"] or record["district"]
            note("place_name", value, where.problem, done)
    return places


def _only(codes: Sequence[str]) -> str:
    return codes[0] if len(codes) == 1 else ""


def _with_region(
    where: Found, stated: tuple[str, ...], date: str, here: str | None, frontier: Frontier
) -> tuple[Found, str, str]:
    """A place with its region: its point's, else the one that is meant; why there is none, and what was done."""
    if where.lon is not None and where.lat is not None:
        if here is None or len(stated) != 1:
            return where, "", ""
        region = region_by_point(stated[0], here, (where.lon, where.lat), date, frontier)
        doubt = "the point lies outside the stated region" if region is None else ""
        return replace(where, region_code=region or ""), doubt, BLANK
    parts, day = regions_meant((where.region_code,) if where.region_code else stated, date)
    meant = [code for code in parts if code in frontier.regions.index]
    if len(meant) < 2:  # noqa: PLR2004
        return replace(where, region_code=_only(meant)), "", ""
    *first, last = (str(frontier.regions.loc[code, "name_en"]) for code in meant)
    doubt = f"may be {', '.join(first)} or {last}"
    if day:
        doubt = f"split on {day}: may be {', '.join(first)} of today or {last}"
    # A city that was part of its region is small beside it.
    kept = _only([code for code in meant if code not in table("places").get("cities", ())]) if day else ""
    return replace(where, region_code=kept), doubt, f"kept as {kept}" if kept else BLANK


def _find_place(record: dict[str, Any], region: str, lookup: Lookup) -> Found:
    if record["location_precision"]:
        return Found(region_code=region, how="as given")
    crossings = lookup.frontier.crossings
    if record["crossing_id"] in crossings.index:
        place = crossings.loc[record["crossing_id"]]
        return Found(
            "crossing", place.geometry.x, place.geometry.y, 5.0, str(place["region_code"]), record["crossing_id"],
            str(place["name_en"]), f"crossings: {record['crossing_id']}", "by its id",
        )  # fmt: skip
    where = lookup.find(record, region)
    return where if record["lon"] is None else _as_given(record, where)


class Lookup:
    """Places by name; the same words with the same hints are looked up once."""

    def __init__(self, frontier: Frontier, gazetteer: Gazetteer | None, geocoder: Geocoder | None) -> None:
        self.frontier, self.gazetteer, self.geocoder = frontier, gazetteer, geocoder
        self.known: dict[tuple[str, str, Hints], Found] = {}
        self.stated: dict[tuple[str, str], tuple[str, ...]] = {}

    def regions_stated(self, record: dict[str, Any]) -> tuple[str, ...]:
        """Home regions that a record may name: one, or those that share a name."""
        key = (record["region_code"], record["region_name"])
        if key not in self.stated:
            self.stated[key] = regions_stated(*key, self.frontier)
        return self.stated[key]

    def find(self, record: dict[str, Any], region: str) -> Found:
        """The place that a record names."""
        crossing, place = record["crossing"], record["place_name"]
        if not (crossing or place or record["district"]):
            if "," not in record["region_name"]:
                return Found(region_code=region)
            # "Карагандинская область, г. Балхаш": the column of regions names the place as well.
            place = record["region_name"]
        country = "" if region else _country(record)
        hints = Hints(region, record["neighbour"], record["district"], record["mode"], bool(crossing), country)
        key = (crossing, place, hints)
        if key not in self.known:
            self.known[key] = self._look_up(crossing, place, hints)
        return self.known[key]

    def _look_up(self, crossing: str, place: str, hints: Hints) -> Found:
        if self.gazetteer is None:
            self.gazetteer = read_gazetteer(self.frontier)
        answer = resolve(crossing or place, self.gazetteer, hints)
        if crossing and place and answer.lon is None:
            answer = resolve(place, self.gazetteer, replace(hints, at_crossing=False))
        elif crossing and place and answer.crossing_id and not answer.problem:
            other = resolve(place, self.gazetteer, replace(hints, at_crossing=False))
            ends = (answer.lon, answer.lat, other.lon, other.lat)
            if None not in ends and float(distance_km(*ends)) > _APART_KM:  # type: ignore[arg-type]
                answer = replace(answer, problem=f"two places: {answer.name}, and {other.name} in another column")
        unknown = answer.lon is None and answer.precision != "region" and not answer.candidates
        if unknown and self.geocoder is not None and (crossing or place):
            answer = self.geocoder(crossing or place) or answer
        return answer


def _country(record: dict[str, Any]) -> str:
    """Code of the country that a row's column of regions names: "РФ, Саратовская область"."""
    return read_neighbour(record["region_name"]).category if record["region_name"] else ""


def _as_given(record: dict[str, Any], named: Found) -> Found:
    """The coordinates that a row gives stand above those of its place's name."""
    lon, lat = record["lon"], record["lat"]
    if named.crossing_id and named.lon is not None and named.lat is not None:
        gap = float(distance_km(lon, lat, named.lon, named.lat))
        if gap <= ACROSS_KM:
            return replace(
                named, lon=lon, lat=lat, radius_km=ACROSS_KM, basis="as given", how=_AT_CROSSING, candidates=()
            )
    radius = record["location_radius_km"]
    return Found("locality", lon, lat, radius if radius > 0 else GIVEN_KM, basis="as given", how="coordinates as given")


def placed(record: dict[str, Any], place: Found, frontier: Frontier) -> dict[str, Any]:
    """A record with the place that was found, else with its region or border alone."""
    precision = place.precision if place.lon is not None or place.precision == "region" else ""
    record |= {
        "region_code": place.region_code,
        "crossing_id": place.crossing_id,
        "lon": place.lon,
        "lat": place.lat,
        "location_radius_km": math.nan if place.radius_km is None else place.radius_km,
        "coord_basis": record["coord_basis"] or place.basis,
        "place_name": record["place_name"] or record["crossing"] or record["district"],
    }
    if precision == "crossing" and not record["neighbour"]:
        border = str(frontier.crossings.loc[place.crossing_id, "neighbour"])
        record["neighbour"] = border if border in frontier.borders.index else ""
    if precision in ("", "region"):
        return unplaced(record, frontier)
    return record | {"location_precision": precision}


def unplaced(record: dict[str, Any], frontier: Frontier) -> dict[str, Any]:
    """A record without a place: known to its region, else to its border, else to the country."""
    record = dict(record, lon=None, lat=None, location_radius_km=math.nan, crossing_id="")
    code = record["region_code"]
    if code in frontier.regions.index:
        point = frontier.regions.geometry[code].representative_point()
        name = frontier.regions.loc[code, "name_en"]
        basis = f"representative point inside {name}; only the region is known"
        return record | {"location_precision": "region", "lon": point.x, "lat": point.y, "coord_basis": basis}
    precision = "border" if record["neighbour"] else "country"
    return record | {"location_precision": precision, "coord_basis": "none: no place is known"}
