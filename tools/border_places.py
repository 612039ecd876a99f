"""The base map: neighbouring land, lakes, cities, crossings, as plain features."""

# ruff: noqa: RUF001 (Russian and Kazakh names are written in Cyrillic)

from __future__ import annotations

import csv
import difflib
import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

import border_geometry as geometry
import border_names as names
import numpy as np
import shapely

from geo.country.features import Feature, tidy
from geo.geometry.lines import LineIndex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

FILE_NUMBER = re.compile(r"(\s*\()?[a-z]+-index file id \d+(?(1)\))")
"""The number of a file in somebody's index, which no reader can look up."""
PRECISION = re.compile(r"precision: (\w+)")
"""How a crossing's notes begin: what its point is the place of."""
POSITIONS = {
    "checkpoint": "post",
    "settlement": "settlement",
    "station": "station",
    "airport": "airport",
    "port": "port",
}
"""What stands at a crossing's point, by the precision that its notes state; one derived or approximate is left out."""
NEAR_LINE, TOWN_ABROAD = 100_000.0, 5_000
"""Towns abroad are named within so many metres of the line and from so many people on."""
CYRILLIC = re.compile("[а-яёА-ЯЁәғқңөұүһіӘҒҚҢӨҰҮҺІ .-]+")
KAZAKH = frozenset("әғқңөұүһі")
LATIN = {
    **dict(zip("абвгдеёзийклмнопрстуфыэәғқңөұүһі", "abvgdeeziyklmnoprstufyeagknouuhi", strict=True)),
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "sh",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
}
"""A rough romanization, good enough to tell which alternate sounds like a name."""


def country_names(code: str, english: str) -> dict[str, str]:
    """Return a country's names in three languages; the English one where ``border_names`` has none."""
    return _named(names.COUNTRIES.get(code), english)


def lake_features(topologies: Sequence[dict[str, Any]], window: Sequence[float]) -> list[Feature]:
    """Return the lakes of ``border_names.LAKES`` in the window; the first topology that has one wins."""
    lakes: dict[int, Feature] = {}
    for topology in topologies:
        arcs = geometry.decode_arcs(topology)
        for item in topology["objects"]["lakes"]["geometries"]:
            shape = shapely.clip_by_rect(geometry.decode_polygon(arcs, item), *window)
            if shape.is_empty:
                continue
            for number, (lon, lat, *name) in enumerate(names.LAKES):
                if number not in lakes and shape.distance(shapely.Point(lon, lat)) < 0.3:  # noqa: PLR2004 (degrees)
                    lakes[number] = (_named(tuple(name), ""), tidy(shape))
    return [lakes[number] for number in sorted(lakes)]


def city_features(
    cities: Mapping[str, dict[str, Any]],
    regions: Sequence[tuple[str, shapely.Geometry]],
    window: Sequence[float],
    borders: Sequence[Feature] = (),
) -> list[Feature]:
    """Return the places at home, towns abroad near the line and those of ``border_names.CITIES``, by rank.

    Parameters
    ----------
    cities
        GeoNames' places.
    regions
        Code and shape of the country's regions.
    window
        West, south, east, north, degrees.
    borders
        The lines; near those of land towns abroad are named too.
    """
    features = []
    near = strip_along([line for properties, line in borders if properties["kind"] == "land"])
    for place in cities.values():
        lon, lat = round(place["longitude"], 5), round(place["latitude"], 5)
        at_home = place["countrycode"] == "KZ"
        rank = names.CITIES[place["geonameid"]][0] if place["geonameid"] in names.CITIES else 3 * at_home
        if not rank and place["population"] >= TOWN_ABROAD and near.contains(shapely.Point(lon, lat)):
            rank = 3
        if not rank or not (window[0] < lon < window[2] and window[1] < lat < window[3]):
            continue
        known = names.CITIES.get(place["geonameid"])
        properties = {
            "geonames_id": place["geonameid"],
            **(_named(known[1:], "") if known else place_names(place["name"], place["alternatenames"], home=at_home)),
            "country": place["countrycode"],
            "population": place["population"],
            "region_code": region_of(place, regions) if at_home else "",
            "capital": place["geonameid"] in names.CAPITALS,
            "rank": rank,
        }
        features.append((properties, shapely.Point(lon, lat)))
    return sorted(features, key=lambda item: (item[0]["rank"], -item[0]["population"], item[0]["geonames_id"]))


def strip_along(lines: Sequence[shapely.Geometry]) -> shapely.Geometry:
    """Return the land within 100 km of lines, in degrees; nothing where there is no line."""
    whole = shapely.union_all(lines)
    if whole.is_empty:
        return whole
    plane = geometry.Plane(whole.centroid.x, whole.centroid.y)
    strip = plane.degrees(plane.metres(whole).buffer(NEAR_LINE, quad_segs=4))
    shapely.prepare(strip)
    return strip


def region_of(place: Mapping[str, Any], regions: Sequence[tuple[str, shapely.Geometry]]) -> str:
    """Return the region that GeoNames states for a place, else the one that holds it or is nearest."""
    stated = names.ADMIN1.get(place["admin1code"], "")
    if stated:
        return stated
    point = shapely.Point(place["longitude"], place["latitude"])
    return min(regions, key=lambda region: region[1].distance(point))[0]


def place_names(name: str, alternates: Sequence[str], *, home: bool = True) -> dict[str, str]:
    """Choose a place's names from GeoNames' alternates, which do not state their language.

    The Kazakh name is the Cyrillic alternate with a Kazakh letter that sounds most like the name; the Russian
    one is the alternate without. What is missing is filled from the other, then from the English name. Abroad a Kazakh
    letter may be another language's: there the Russian name stands for both.
    """
    cyrillic = [text for text in alternates if CYRILLIC.fullmatch(text) and not text.endswith("ськ")]
    kazakh = [text for text in cyrillic if KAZAKH & set(text.lower())]
    russian = [text for text in cyrillic if not KAZAKH & set(text.lower())]

    def best(texts: list[str]) -> str:
        return max(texts, key=lambda text: (_likeness(text, name), text), default="")

    english, ru, kk = english_name(name), best(russian), best(kazakh) if home else ""
    return {"name_en": english, "name_ru": ru or kk or english, "name_kk": kk or ru or english}


def english_name(name: str) -> str:
    """Return a GeoNames name as it is spelt in English news: plain letters, k for q, g for gh."""
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i")).encode("ascii", "ignore").decode()
    return plain.replace("'", "").replace("q", "k").replace("Q", "K").replace("gh", "g")


def _likeness(text: str, name: str) -> float:
    latin = "".join(LATIN.get(letter, letter) for letter in text.lower())
    return difflib.SequenceMatcher(None, latin, english_name(name).lower()).ratio()


def crossing_features(path: Path) -> list[Feature]:
    """Return the crossings of a CSV (with ``lon`` and ``lat``) or of an earlier ``crossings.geojson``."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return [
            (
                {key: without_file_numbers(row[key]) for key in row if key not in {"lon", "lat"}},
                shapely.Point(round(float(row["lon"]), 5), round(float(row["lat"]), 5)),
            )
            for row in rows
        ]
    collection = json.loads(path.read_text(encoding="utf-8"))
    return [(item["properties"], shapely.Point(item["geometry"]["coordinates"])) for item in collection["features"]]


def measure_crossings(crossings: Sequence[Feature], borders: Sequence[Feature]) -> list[Feature]:
    """Return crossings with what stands at their point and how far it lies from their neighbour's line.

    ``position`` is post, settlement, station, airport or port, blank where the notes tell none of them.
    ``off_line_km`` is geodesic (WGS84), to 0.1 km; None for an airport and where the neighbour has no line.
    """
    lines = {properties["neighbour"]: line for properties, line in borders}
    measured: list[Feature] = []
    for properties, point in crossings:
        stated = PRECISION.match(properties.get("notes", ""))
        line = lines.get(properties["neighbour"]) if properties["mode"] != "air" else None
        away = None if line is None else float(LineIndex([line]).nearest(point.x, point.y).distance_km.item())
        columns = {
            "position": POSITIONS.get(stated[1], "") if stated else "",
            "off_line_km": None if away is None else round(away, 1),
        }
        measured.append((properties | columns, point))
    return measured


def without_file_numbers(text: str) -> str:
    """Return a note without the numbers of files in an index that readers do not have."""
    return FILE_NUMBER.sub(lambda found: "" if found[1] else "a public GitHub file", text)


def unit_places(cities: Mapping[str, dict[str, Any]], crossings: Sequence[Feature]) -> dict[str, np.ndarray]:
    """Return, for each unit of Kazakhstan, its places as (n, 2) degrees: GeoNames first, then crossings.

    Crossings whose position is a guess (so marked in their notes) are left out.
    """
    found: dict[str, list[tuple[float, float]]] = {unit.code: [] for unit in names.UNITS}
    for place in cities.values():
        code = names.ADMIN1.get(place["admin1code"]) if place["countrycode"] == "KZ" else None
        if code:
            found[code].append((place["longitude"], place["latitude"]))
    for properties, point in crossings:
        if properties["region_code"] in found and "GUESS" not in properties["notes"]:
            found[properties["region_code"]].append((point.x, point.y))
    return {code: np.array(points) for code, points in found.items()}


def _named(known: Sequence[str] | None, english: str) -> dict[str, str]:
    en, ru, kk = known or (english, english, english)
    return {"name_en": en, "name_ru": ru, "name_kk": kk}
