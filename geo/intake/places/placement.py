"""Each record's place: by its name, by its coordinates, or by its region or border alone."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from geo.geometry.geodesy import distance_km
from geo.intake.places.gazetteer import read_gazetteer, region_of
from geo.intake.places.resolving import ACROSS_KM, Found, Hints, resolve
from geo.intake.reading import GIVEN_KM, Problem
from geo.intake.words.terms import read_neighbour

if TYPE_CHECKING:
    from geo.border.frontier import Frontier
    from geo.intake.places.gazetteer import Gazetteer
    from geo.intake.reading import Reading

__all__ = ["Geocoder", "Lookup", "find_places", "home_region", "placed", "unplaced"]


_APART_KM = 60.0  # farther than any town from the crossing that is named after it
_AT_CROSSING = "coordinates as given, at the crossing"


class Geocoder(Protocol):
    """Looks a place up somewhere else, when no place of that name is known here."""

    def __call__(self, text: str) -> Found | None:
        """Find a place; None where there is none."""


def find_places(reading: Reading, rows_kept: list[int], lookup: Lookup, problems: list[Problem]) -> dict[int, Found]:
    """Find each row's place."""
    places: dict[int, Found] = {}
    for at in rows_kept:
        record = reading.records[at]
        region = home_region(record, lookup.frontier)
        places[at] = where = _find_place(record, region, lookup)
        stated = record["region_name"] or record["region_code"]
        if stated and not region and not _country(record) and not record["location_precision"]:
            problems.append(Problem(reading.rows[at], "region_name", stated, "no region that is known", "kept as text"))
        if where.problem:
            level = "region" if where.region_code or region else "border" if record["neighbour"] else ""
            done = f"placed by {level} only" if level else "placed nowhere: only the country is known"
            if where.lon is not None:
                done = f"placed at {where.name}, to be checked"
            value = record["crossing"] or record["place_name"] or record["district"]
            problems.append(Problem(reading.rows[at], "place_name", value, where.problem, done))
    return places


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

    def find(self, record: dict[str, Any], region: str) -> Found:
        """The place that a record names."""
        crossing, place = record["crossing"], record["place_name"]
        if not (crossing or place or record["district"]):
            return Found(region_code=region)
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


def home_region(record: dict[str, Any], frontier: Frontier) -> str:
    """Code of the home region that a record names, in its code or in words; "" for none."""
    for text in (record["region_code"], record["region_name"]):
        # In a column of regions "Жамбылская" is enough.
        codes = {_region(part, frontier) for part in (text, *text.split(","))} - {""}
        if len(codes) == 1:
            return codes.pop()
    return ""


def _region(text: str, frontier: Frontier) -> str:
    return (region_of(text, frontier) or region_of(f"{text} область", frontier)) if text.strip() else ""


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
    return Found(
        "locality", lon, lat, radius if radius > 0 else GIVEN_KM,
        named.region_code if named.lon is None else "", basis="as given", how="coordinates as given",
    )  # fmt: skip


def placed(record: dict[str, Any], place: Found, region: str, frontier: Frontier) -> dict[str, Any]:
    """A record with the place that was found, else with its region or border alone."""
    precision = place.precision if place.lon is not None or place.precision == "region" else ""
    record |= {
        "region_code": place.region_code or region,
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
