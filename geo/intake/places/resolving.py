"""Place that is given by name: a point with its precision and radius, or the candidates."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from geo.geometry.geodesy import distance_km
from geo.intake.places.gazetteer import home_country
from geo.intake.places.home_regions import in_region
from geo.intake.places.place_text import Part, Said, parse_place, without_district
from geo.intake.words.folding import fold, inflections
from geo.intake.words.vocabularies import table
from geo.paths import of_country

if TYPE_CHECKING:
    from geo.intake.places.gazetteer import Gazetteer, Place

__all__ = ["Found", "Hints", "resolve"]

CROSSING_KM, ACROSS_KM, NEAR_KM, TOWN_KM, DISTRICT_KM = 5.0, 10.0, 15.0, 10.0, 50.0
SAME_KM = 15.0
COVERED_KM = 60.0
BORDER_KM = 150.0
ALIKE = "by a name spelled alike"
_DOMINANT, _CITY, _COMMON = 10, 50_000, 4


@dataclass(frozen=True, slots=True)
class Hints:
    """Hints that a row gives about its place."""

    region_code: str = ""  # of the home country
    neighbour: str = ""  # the stated border
    district: str = ""
    mode: str = ""
    at_crossing: bool = False  # whether the name stands in a column of crossings
    country: str = ""  # abroad, as the column of regions states it


@dataclass(frozen=True, slots=True)
class Found:
    """Place, as it was found: in degrees and kilometres, None where there is no point."""

    precision: str = ""  # "" where the name says nothing
    lon: float | None = None
    lat: float | None = None
    radius_km: float | None = None
    region_code: str = ""
    crossing_id: str = ""
    name: str = ""  # as its source spells it
    basis: str = ""  # whose position it is
    how: str = ""  # it was chosen
    candidates: tuple[Place, ...] = field(default=())  # others, or all where none could be chosen
    problem: str = ""  # why none was chosen, or what to check


def resolve(text: str, gazetteer: Gazetteer, hints: Hints = Hints()) -> Found:
    """Find the place that a text names.

    Crossings and their aliases come first, then towns. A name that several places share is settled by what the text
    calls it, by its region or district, then by the stated border, then by one city outgrowing all others; else all
    candidates are given and no point.
    """
    if "?" in text:
        found = resolve(text.replace("?", " "), gazetteer, hints)
        return replace(found, problem=found.problem or "marked as uncertain")
    if _FROM.match(text) or _is_route(text, gazetteer):
        return Found(region_code=hints.region_code, problem="a route, not a place")
    parsed = parse_place(text, gazetteer)
    parsed = replace(parsed, country=parsed.country or hints.country)
    region = parsed.region or ("" if parsed.abroad else hints.region_code)
    parts = parsed.parts
    if hints.district and not any(part.kind == "district" for part in parts):
        parts = [*parts, Part(without_district(hints.district), "district", near=False)]
    best: Found | None = None
    named: list[Found] = []
    for part in sorted(parts, key=lambda part: part.kind == "district"):
        if named and (part.kind == "district" or part.near):
            continue
        place = _resolve_part(part, gazetteer, hints, replace(parsed, region=region))
        if place is not None and place.lon is not None:
            named.append(place)
        best = best or place
    if named:
        return _only(named, region)
    if best is not None:
        return best
    if region and not parts:
        return Found("region", region_code=region, how="the name of a region", name=region)
    unnamed = text.strip() and not any(map(str.isalpha, text))
    return Found(region_code=region, problem="no place of that name is known" if parts or unnamed else "")


def _only(named: list[Found], region: str) -> Found:
    """The place that a text names; none where it names two that lie apart, as "Достык, Бахты"."""
    first = named[0]
    for other in named[1:]:
        gap = float(distance_km(first.lon or 0.0, first.lat or 0.0, other.lon or 0.0, other.lat or 0.0))
        if gap > max(first.radius_km or 0, other.radius_km or 0, SAME_KM):
            shared = first.region_code if first.region_code == other.region_code else region
            return Found(region_code=shared, problem=f"two places: {first.name} and {other.name}")
    return first


_ROUTE = re.compile(
    r"\b(?:перегон\w*|поезд\w*|пойыз\w*|train|рейс\w*|flight|трасс\w*|автодорог\w*|автотрасс\w*|шоссе|маршрут\w*|highway|route|тас жол\w*)\b",  # noqa: E501
    re.IGNORECASE,
)
_FROM = re.compile(r"\s*(?:из|from)\s", re.IGNORECASE)
_PAIR = re.compile(r"([^\W\d_][\w.]*(?:\s[^\W\d_][\w.]*)?)\s*[–—-]\s*([^\W\d_][\w.]*)")
_ROUTE_KM = 100.0


def _is_route(text: str, gazetteer: Gazetteer) -> bool:
    """Whether a text names the way between two places: by a word for it, or since both lie far apart."""
    pair = _PAIR.search(_ROUTE.sub(" ", text).strip(" ,."))
    if pair is None or gazetteer.look_up(text.strip())[1] or gazetteer.look_up(pair[0])[1]:
        return False
    if _ROUTE.search(text):
        return True
    ends = [[place for place in gazetteer.look_up(part)[0] if place.population >= _CITY] for part in pair.groups()]
    return all(ends) and min(_apart(one, other) for one in ends[0] for other in ends[1]) > _ROUTE_KM


def _resolve_part(part: Part, gazetteer: Gazetteer, hints: Hints, parsed: Said) -> Found | None:
    named, how = _look_up(part, gazetteer)
    if not named:
        return None
    region, home = parsed.region, home_country(gazetteer.frontier)
    wanted, kind = _of_kind(named, part, hints)
    choice = _Choice(wanted, f"{how}, {kind}" if kind else how)
    for reason, fits in (
        ("in the stated region", lambda place: not region or in_region(place.region_code, region)),
        (
            "in the stated country",
            lambda place: not parsed.country or parsed.country in (place.country, place.neighbour),
        ),
        ("abroad", lambda place: not parsed.abroad or place.country != home),
    ):
        if not choice.narrow([place for place in choice.left if fits(place)], reason):
            doubt = f"a place of that name, but not {reason}"
            return Found(region_code=region, candidates=tuple(choice.left), problem=doubt)
    if hints.neighbour:
        choice.narrow(_at_border(choice.left, hints.neighbour, gazetteer), "by the stated border")
    choice.narrow([place for place in choice.left if place.country == home or place.crossing_id], "in the home country")
    choice.narrow(_largest(choice.left, part.name), "by far the largest")
    groups = len(_groups(choice.left))
    covered = _town_and_crossing(choice.left) if groups > 1 else None
    if covered is not None:
        town, gap = covered
        how = f"{choice.how}, the town: its crossing lies within the radius"
        return _town(town, part, how, radius=gap + CROSSING_KM, others=tuple(choice.left))
    backed = bool(region or parsed.country or parsed.abroad)
    doubt = f"{groups} places of that name" if groups > 1 else _doubt(choice, gazetteer, hints, backed=backed)
    if doubt:
        return Found(region_code=region, candidates=tuple(choice.left), problem=doubt)
    answer = _found(choice.left, named, part, choice.how, by_rail=hints.mode == "rail")
    return replace(answer, problem=_uncertain(choice.left, named, part, hints, backed=backed))


def _doubt(choice: _Choice, gazetteer: Gazetteer, hints: Hints, *, backed: bool) -> str:
    """Reason why the only place of a name may not be the one that is meant: a village in no list may share it."""
    place = max(choice.left, key=lambda one: (one.crossing_id != "", one.population))
    backed = backed or (hints.neighbour != "" and hints.neighbour in (place.country, place.neighbour))
    if backed:
        return ""
    if ALIKE in choice.how:
        return f"only a place whose name is spelled alike: {place.name}"
    if place.crossing_id or place.country == home_country(gazetteer.frontier):
        return ""
    return f"only a place of that name abroad, in {place.country}, and neither that border nor that country is stated"


def _uncertain(left: list[Place], named: list[Place], part: Part, hints: Hints, *, backed: bool) -> str:
    """Advice to check a place that is chosen: a small one, by its name alone, and many villages have that name."""
    if backed or hints.neighbour:
        return ""
    if not (part.kind or hints.at_crossing) and all(place.kind == "across" for place in left):
        return "the name of a post across the line, and no region or border is stated"
    own = [place for place in named if place.crossing_id and place.naming == "own"]
    others = [place for place in own if all(_apart(place, one) > SAME_KM for one in left)]
    if others and not part.kind and all(place.population < _CITY for place in left):
        return f"a post has that name too ({others[0].crossing_id}), and no region or border is stated"
    if any(place.crossing_id or place.population >= _CITY for place in left):
        return ""
    towns = [place for place in named if not place.crossing_id]
    common = fold(part.name) in _common_names() or len(_groups(towns)) >= _COMMON
    return "many places have that name, and no region or border is stated" if common else ""


@of_country()
def _common_names() -> frozenset[str]:
    return frozenset(map(fold, table("places")["common"]["names"]))


class _Choice:
    """Places that may be meant, narrowed step by step until they are one."""

    def __init__(self, left: list[Place], how: str) -> None:
        self.left, self.how = left, how

    def narrow(self, some: list[Place], reason: str) -> bool:
        """Keep some of the places, if there are any; what is one already stays as it is, unless nothing fits."""
        if some and len(some) < len(self.left) and len(_groups(self.left)) > 1:
            self.left, self.how = some, f"{self.how}, {reason}"
        return bool(some)


def _look_up(part: Part, gazetteer: Gazetteer) -> tuple[list[Place], str]:
    """Places of a name as it is written, as it may be declined, or spelled alike: the surest that there are."""
    names = [part.name]
    if part.kind == "district":
        names += _stems(part.name)
    far = gazetteer.look_up_far(part.name)
    for name in [*names, *inflections(part.name)]:
        places, same = gazetteer.look_up(name)
        if same:
            return [*places, *far], "by name" if name == part.name else f"by name, as {name}"
    if far:
        return far, "by name, far from the border"
    places, _ = gazetteer.look_up(part.name)
    if not places and (pair := _pair_of_posts(part.name, gazetteer)):
        return pair, "by one name of a pair"
    return places, ALIKE if places else ""


def _pair_of_posts(name: str, gazetteer: Gazetteer) -> list[Place]:
    """Crossings that either name of a pair is the name of: "Бейнеу-Акжигит" tells the posts on both sides."""
    halves = re.split(r"\s*[-–—/]\s*", name)
    if len(halves) != 2:  # noqa: PLR2004
        return []
    looked_up = [gazetteer.look_up(half) for half in halves]
    return list(dict.fromkeys(place for places, same in looked_up if same for place in places if place.crossing_id))


def _stems(district: str) -> list[str]:
    """Towns that a Russian district may be called after: Зайсанский, Меркенский, Актогайский."""
    ending = re.search(r"(?:ск|цк)(?:ий|ого|ом|ому|им)$", district, re.IGNORECASE)
    if ending is None:
        return []
    stem = district[: ending.start()]
    shorter = [stem.removesuffix(suffix) for suffix in ("ин", "ен", "н", "ов", "ев", "ь") if stem.endswith(suffix)]
    stems = [one for one in (stem, *shorter) if len(one) > 2]  # noqa: PLR2004
    return [f"{one}{vowel}" for one in stems for vowel in ("", "а", "о", "и", "е", "ы", "ь", "й")]


def _of_kind(places: list[Place], part: Part, hints: Hints) -> tuple[list[Place], str]:
    """Those of the places that are what the text calls them."""
    crossings = [place for place in places if place.crossing_id]
    land = [place for place in crossings if place.kind in ("road", "foot", "rail", "across")]
    mode = part.kind or (hints.mode if hints.mode in ("air", "water") else "")
    if mode in ("air", "water", "rail"):
        own = [place for place in crossings if place.kind == mode]
        if own or part.kind:
            return (own, f"called {mode}" if part.kind else f"by {mode}") if own else (places, "")
    if part.kind == "post" or hints.at_crossing:
        alike = [place for place in land if place.kind == ("rail" if hints.mode == "rail" else "road")]
        chosen = alike or land or [place for place in crossings if place.kind == "water"]
        return (chosen, "called a crossing") if chosen else (places, "")
    towns = [place for place in places if place.kind == "town"]
    if part.kind in ("town", "district"):
        return (towns, "called a town") if towns else (places, "")
    # An airport is meant only where it is called one, or where nothing else has the name; and a town of the name
    # stands before a crossing that is only called after it, or after the post across the line.
    ground = [place for place in places if place.kind not in ("air", "water")]
    own = [
        place
        for place in ground
        if (place.naming == "own" and place.kind != "across") or all(_apart(place, town) <= SAME_KM for town in towns)
    ]
    return own or ground or places, ""


def _largest(places: list[Place], name: str) -> list[Place]:
    """The city that outgrows all others of its name, with what lies beside it; else all."""
    largest = max(places, key=lambda place: place.population)
    rest = [place for place in places if _apart(place, largest) > SAME_KM]
    # A city's former name may be the name of a village today.
    namesake = fold(largest.name) != fold(name) and any(fold(place.name) == fold(name) for place in rest)
    least = max(_CITY, _DOMINANT * max((place.population for place in rest), default=0))
    return places if namesake or largest.population < least else [place for place in places if place not in rest]


def _at_border(places: list[Place], neighbour: str, gazetteer: Gazetteer) -> list[Place]:
    cells = gazetteer.frontier.cells["neighbour"].to_numpy()
    own = (cells == neighbour).nonzero()[0]
    if not len(own):
        return places
    line = slice(int(own[0]), int(own[-1]) + 1)
    gaps = gazetteer.frontier.cell_index.distances(
        [place.lon for place in places], [place.lat for place in places], line
    ).min(axis=1)
    return [
        place
        for place, gap in zip(places, gaps, strict=True)
        if (place.neighbour == neighbour if place.crossing_id else gap <= BORDER_KM)
    ]


def _apart(one: Place, other: Place) -> float:
    return float(distance_km(one.lon, one.lat, other.lon, other.lat))


def _groups(places: list[Place]) -> list[list[Place]]:
    """Places that are one: within 15 km of the first of them."""
    groups: list[list[Place]] = []
    for place in places:
        for group in groups:
            if _apart(place, group[0]) <= SAME_KM:
                group.append(place)
                break
        else:
            groups.append([place])
    return groups


def _town_and_crossing(places: list[Place]) -> tuple[Place, float] | None:
    """A town, and how far its crossings lie: where all that is left is one town and crossings of its name nearby."""
    towns = _groups([place for place in places if place.kind == "town"])
    crossings = [place for place in places if place.crossing_id]
    if len(towns) != 1 or not crossings:
        return None
    gap = max(_apart(towns[0][0], place) for place in crossings)
    return (towns[0][0], gap) if gap <= COVERED_KM else None


def _found(left: list[Place], named: list[Place], part: Part, how: str, *, by_rail: bool) -> Found:
    crossings = [place for place in left if place.crossing_id]
    others = tuple(place for place in named if place not in left)
    if part.kind == "district":
        return _district(left[0], how, others)
    if not crossings or (part.kind == "town" and any(place.kind == "town" for place in left)):
        town = max(left, key=lambda place: place.population)
        return _town(town, part, how, others=others)
    # Road before rail, unless it was by rail.
    rank = {"rail": 0 if by_rail else 2, "across": 3}
    place = min(crossings, key=lambda one: (one.naming == "elsewhere", rank.get(one.kind, 1)))
    if place.naming == "elsewhere" and part.kind not in ("rail", "post"):
        # The name is that of a town which stands somewhere along the line to its border station.
        return replace(_district(place, how, others), radius_km=COVERED_KM, basis=f"{place.source}, its border station")
    radius = max(ACROSS_KM if place.kind == "across" or part.near else CROSSING_KM, part.off_km + CROSSING_KM)
    return Found(
        "crossing", place.lon, place.lat, radius, place.region_code, place.crossing_id, place.name,
        place.source, how, others,
    )  # fmt: skip


def _town(place: Place, part: Part, how: str, *, others: tuple[Place, ...] = (), radius: float = 0.0) -> Found:
    least = max(NEAR_KM if part.near else TOWN_KM, part.off_km + TOWN_KM if part.off_km else 0)
    return Found(
        "locality", place.lon, place.lat, max(least, round(radius, 1)), place.region_code, "", place.name,
        place.source, how, tuple(one for one in others if one != place),
    )  # fmt: skip


def _district(place: Place, how: str, others: tuple[Place, ...]) -> Found:
    return Found(
        "district", place.lon, place.lat, DISTRICT_KM, place.region_code, "", place.name,
        f"{place.source}, for the district", how, others,
    )  # fmt: skip
