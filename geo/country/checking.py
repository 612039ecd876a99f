"""Every fault of a country's folder that a later command would meet, at once."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from geo.border.frontier import read_frontier
from geo.claims import check_claims
from geo.errors import Fault, InputError, no_such_file
from geo.incidents.reading import agency_sides, check_incidents
from geo.intake.words.vocabularies import read_table
from geo.language.texts import LANGUAGES, read_country, read_words
from geo.paths import country_folder, use_country
from geo.vocabulary import MODES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geo.border.frontier import Frontier

__all__ = ["check_country"]

FARTHEST_KM = 100.0
"""A crossing farther than this from its neighbour's line is a slip, as longitude for latitude."""


def check_country(folder: str | Path) -> list[Fault]:
    """Check the files of a country's folder.

    Parameters
    ----------
    folder
        As ``shekara country new`` makes it.

    Returns
    -------
    list of Fault
        Of ``country.toml``, the border files, agencies, records and statements; empty when all is well. A file of
        no records is no fault.
    """
    folder, before = Path(folder), country_folder()
    use_country(folder)
    try:
        faults = _faults_of(agency_sides)
        profile = _faults_of(read_country) or [
            fault for lang in LANGUAGES for fault in _faults_of(partial(read_words, lang))
        ]
        if profile:
            # Stretches are named with the country's words: without them the border is checked with the built-in ones.
            faults += profile
            use_country(None)
        faults += _faults_of(partial(read_table, folder / "intake" / "places.toml"))
        borders: list[Fault] = []
        faults += _faults_of(lambda: borders.extend(_border_faults(folder / "borders"))) + borders
        records, claims = folder / "incidents.geojson", folder / "claims.csv"
        if not records.is_file():
            faults.append(no_such_file(records))
        elif not _is_empty(records):
            faults += check_incidents(records, borders=folder / "borders")
        faults += check_claims(claims, borders=folder / "borders")
        return list(dict.fromkeys(faults))
    finally:
        use_country(before)


def _is_empty(records: Path) -> bool:
    """Whether a file is a collection of no records."""
    try:
        return bool(json.loads(records.read_bytes())["features"] == [])
    except (KeyError, TypeError, ValueError):
        return False


def _faults_of(read: Callable[[], object]) -> list[Fault]:
    try:
        read()
    except InputError as error:
        return list(error.faults)
    except FileNotFoundError as error:
        return [no_such_file(Path(error.filename))]
    return []


def _border_faults(folder: Path) -> Iterator[Fault]:
    """What is wrong with border files that can be read."""
    frontier = read_frontier(folder)
    borders = frontier.borders
    file = str(folder / "borders.geojson")
    for code in borders.index[borders.index.duplicated()]:
        yield Fault(file, code, "neighbour", code, "one feature for each neighbour, with as many parts as it needs")
    for code, row in borders.iterrows():
        if not re.fullmatch("[A-Za-z0-9-]+", str(code)):
            yield Fault(file, str(code), "neighbour", str(code), "a code of letters and digits, as RU")
        if row["kind"] not in ("land", "coast"):
            yield Fault(file, str(code), "kind", str(row["kind"]), "land or coast")
    if not borders["kind"].eq("land").any():
        yield Fault(file, None, "kind", "no land border", "at least one line of the kind land")
    for code in frontier.regions.index[frontier.regions.index.duplicated()]:
        yield Fault(str(folder / "regions.geojson"), code, "region_code", code, "a code that no other region has")
    yield from _crossing_faults(str(folder / "crossings.geojson"), frontier)


def _crossing_faults(file: str, frontier: Frontier) -> Iterator[Fault]:
    given = {
        "neighbour": (frontier.borders.index, "a neighbour of borders.geojson"),
        "mode": (MODES, f"one of {', '.join(MODES)}"),
        "region_code": (("", *frontier.regions.index), "blank, or a code of regions.geojson"),
    }
    for key, row in frontier.crossings.iterrows():
        for field, (known, expected) in given.items():
            if row[field] not in known and not (field == "neighbour" and row["mode"] == "air"):
                yield Fault(file, str(key), field, str(row[field]), expected)
        if row["distance_km"] > FARTHEST_KM:
            away = f"{row['distance_km']:.0f} km from the line with {row['neighbour']}"
            yield Fault(file, str(key), "geometry", away, "a point near it: are longitude and latitude swapped?")
    for key in frontier.crossings.index[frontier.crossings.index.duplicated()]:
        yield Fault(file, str(key), "id", str(key), "an id that no other crossing has")
