"""Where a place is that is given by name: a point with its precision and radius, or the candidates."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.geodesy import distance_km
from geo.intake.folding import inflections
from geo.intake.gazetteer import home_country, region_of
from geo.intake.vocabularies import plain, table
from geo.intake.wording import read_neighbour

if TYPE_CHECKING:
    from geo.intake.gazetteer import Gazetteer, Place

__all__ = ["Found", "Hints", "resolve"]

CROSSING_KM, ACROSS_KM, NEAR_KM, TOWN_KM, DISTRICT_KM = 5.0, 10.0, 15.0, 10.0, 50.0
SAME_KM = 15.0
COVERED_KM = 60.0
BORDER_KM = 150.0
_DOMINANT, _CITY = 10, 50_000

_RAIL = r"железнодорожн\w*|ж/?\s?д|ж\.\s?д\.|станци\w*|ст\.|вокзал\w*|разъезд\w*|теміржол\w*|бекеті|rail\w*|station"
_AIR = r"аэропорт\w*|әуежай\w*|airport"
_PORT = r"мор\w*\s+порт\w*|морпорт\w*|порт[ауые]?|теңіз порт\w*|порты|sea\s?port|port"
_POST = (
    r"(?:автомобильн\w+\s+|пограничн\w+\s+|таможенн\w+\s+)*(?:пункт\w*\s+пропуска|пост\w{0,2}|переход\w*)|"
    r"м?д?апп|кпп|пп|т/п|погранпереход\w*|погранпост\w*|таможенн\w+\s+пост\w*|"
    r"(?:border\s+|customs\s+)?(?:checkpoint|crossing(?:\s+point)?|post)|bcp|(?:кеден\w*\s+|шекара\w*\s+)?(?:бекет\w*)|"
    r"(?:бақылау-?\s?)?өткізу\s+пункт\w*|шекара\s+өткел\w*"
)
_DISTRICT = r"район\w{0,2}|р-н\w*|аудан\w*|district|rayon|raion"
_TOWN = (
    r"город\w{0,2}|гор\.|г\.|г\b|с\.|село|селе|пос\.|поселок|посёлок|посёлке|поселке|п\.|аул\w?|ауыл\w*|қала\w*|деревн\w*|д\.|"
    r"станиц\w*|village|town|city|кент\w*|пгт|с\b"
)
_NEAR = r"возле|около|у|вблизи|недалеко\s+от|рядом\s+с|под|близ|маңы\w*|маңайы\w*|жанында|near|close\s+to|outside"
_FILLER = r"в|во|на|из|от|от\s+границы|at|in|the|of|from|республик\w+|обл\w*\s+центр\w*|им\.|имени"
_QUOTES = re.compile(r"[«»\"“”„‘’'`]")
_APART = re.compile(r"[,;()]|\s[–—-]\s|\s/\s|\|")


@dataclass(frozen=True, slots=True)
class Hints:
    """What else a row says about its place.

    Attributes
    ----------
    region_code
        Of the home country.
    neighbour
        The stated border.
    district
        Its name.
    mode
        Of transport.
    at_crossing
        Whether the name stands in a column of crossings.
    """

    region_code: str = ""
    neighbour: str = ""
    district: str = ""
    mode: str = ""
    at_crossing: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Where a place is.

    Attributes
    ----------
    precision
        A location precision; "" where the name says nothing.
    lon, lat, radius_km
        Degrees and kilometres; None where there is no point.
    region_code, crossing_id
        Blank where not known.
    name
        Of the place that was found, as its source spells it.
    basis
        Whose position it is.
    how
        How it was chosen.
    candidates
        Other places, or all where none could be chosen.
    problem
        Why none was chosen, or what to check.
    """

    precision: str = ""
    lon: float | None = None
    lat: float | None = None
    radius_km: float | None = None
    region_code: str = ""
    crossing_id: str = ""
    name: str = ""
    basis: str = ""
    how: str = ""
    candidates: tuple[Place, ...] = field(default=())
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    """One name in a text: what it is called (``rail``, ``post``, ``district`` …) and whether it is only near it."""

    name: str
    kind: str
    near: bool


def resolve(text: str, gazetteer: Gazetteer, hints: Hints = Hints()) -> Found:
    """Find the place that a text names.

    Crossings and their aliases come first, then towns. A name that several places share is settled by what the text
    calls it, by its region or district, then by the stated border, then by one city outgrowing all others; else all
    candidates are given and no point.

    Parameters
    ----------
    text
        "АПП «Сырым»", "Сарыағаш ауданы", "near Akbulak, Orenburg Oblast, Russia".
    gazetteer
        As :func:`geo.intake.read_gazetteer` gathers it.
    hints
        What else the row says.

    Returns
    -------
    Found
    """
    region, parts = _parse(text, gazetteer)
    region = region or hints.region_code
    if hints.district and not any(part.kind == "district" for part in parts):
        parts.append(_Part(_bare(hints.district, _DISTRICT), "district", near=False))
    best: Found | None = None
    for part in sorted(parts, key=lambda part: part.kind == "district"):
        found = _resolve_part(part, gazetteer, hints, region)
        if found is None:
            continue
        if found.lon is not None:
            return found
        best = best or found
    if best is not None:
        return best
    if region and not parts:
        return Found("region", region_code=region, how="the name of a region", name=region)
    problem = "no place of that name is known" if parts else ""
    return Found(region_code=region, problem=problem)


def _parse(text: str, gazetteer: Gazetteer) -> tuple[str, list[_Part]]:
    """The home region that a text names, and its other names."""
    region, parts = "", []
    flat = " ".join(_QUOTES.sub(" ", text).split())
    for piece in _APART.split(flat):
        piece = piece.strip(" .")  # noqa: PLW2901
        if not piece or re.fullmatch(r"[\W\d]*(?:км|km)?\.?", piece):
            continue
        code = region_of(piece, gazetteer.frontier)
        word = plain(piece)
        named = re.search(r"\b(?:обл\w*|облыс\w*|oblast|region|край|krai)\b", word)
        if code and (named or word not in _city_regions(gazetteer)):
            region = region or code
            continue
        if named and not re.search(rf"\b(?:{_DISTRICT})\b", word):
            continue  # a region abroad
        if _is_country(word):
            continue
        part = _read_part(piece)
        if part.name:
            parts.append(part)
    return region, parts


def _city_regions(gazetteer: Gazetteer) -> set[str]:
    """Names that are a region's and a city's: alone, they mean the city."""
    regions = gazetteer.frontier.regions
    names = table("places")["regions"]
    return {
        plain(name)
        for code in regions.index
        for name in (
            *names.get(code, ()),
            *(str(regions.loc[code].get(column, "")) for column in ("name_en", "name_ru", "name_kk")),
        )
        if gazetteer.look_up(name)[0]
    }


def _is_country(word: str) -> bool:
    home = table("places")["home"]["names"]
    neighbours = [name for names in table("places")["neighbours"].values() for name in names]
    bare = re.sub(r"^(?:республика|republic of|граница с|граница|border with)\s+", "", word)
    return bare in home or bare in neighbours or (" граница" in word and bool(read_neighbour(word).category))


def _read_part(piece: str) -> _Part:
    low = piece.casefold()
    near = bool(re.match(rf"(?:{_NEAR})\s", low)) or bool(re.match(r"(?:в\s+)?районе\s+(?!\w+(?:ск|цк)\w+)", low))
    if near:
        piece = re.sub(rf"^(?:{_NEAR}|(?:в\s+)?районе)\s+", "", piece, flags=re.IGNORECASE)
    if re.search(r"\s(?:маңы\w*|маңайы\w*|жанында)$", low):
        near, piece = True, re.sub(r"\s\S+$", "", piece)
    piece = re.sub(r"^\d+\s*(?:км|km)\s+(?:от|from)\s+", "", piece, flags=re.IGNORECASE)
    for kind, words in (
        ("air", _AIR), ("water", _PORT), ("rail", _RAIL), ("post", _POST), ("district", _DISTRICT), ("town", _TOWN),
    ):  # fmt: skip
        found = _bare(piece, words)
        if found != piece:
            # "ж/д станция Достык", "железнодорожный пункт пропуска": the first kind that is named decides.
            for other in (_RAIL, _POST, _TOWN):
                found = _bare(found, other)
            return _Part(_bare(found, _FILLER), kind, near)
    return _Part(_bare(piece, _FILLER), "", near)


def _bare(text: str, words: str) -> str:
    """A text without some words."""
    bare = re.sub(rf"(?<![\w-])(?:{words})(?![\w-])\.?", " ", text, flags=re.IGNORECASE)
    return text if bare == text else " ".join(bare.split()).strip(" .-")


def _resolve_part(part: _Part, gazetteer: Gazetteer, hints: Hints, region: str) -> Found | None:
    named, how = _look_up(part, gazetteer)
    if not named:
        return None
    choice = _Choice(*_of_kind(named, part, hints), how)
    if region and not choice.narrow([place for place in choice.left if _in_region(place, region)], "by region"):
        reason = "a place of that name, but not in the stated region"
        return Found(region_code=region, candidates=tuple(choice.left), problem=reason)
    if hints.neighbour:
        choice.narrow(_at_border(choice.left, hints.neighbour, gazetteer), "by the stated border")
    home = home_country(gazetteer.frontier)
    choice.narrow([place for place in choice.left if place.country == home or place.crossing_id], "in the home country")
    choice.narrow(_largest(choice.left), "by far the largest")
    if len(_groups(choice.left)) == 1:
        return _found(choice.left, named, part, choice.how)
    covered = _town_and_crossing(choice.left)
    if covered is not None:
        town, gap = covered
        how = f"{choice.how}, the town: its crossing lies within the radius"
        return _town(town, part, how, radius=gap + CROSSING_KM, others=tuple(choice.left))
    reason = f"{len(_groups(choice.left))} places of that name"
    return Found(region_code=region, candidates=tuple(choice.left), problem=reason)


class _Choice:
    """Places that may be meant, narrowed step by step until they are one."""

    def __init__(self, left: list[Place], *how: str) -> None:
        self.left = left
        self.how = ", ".join(reason for reason in reversed(how) if reason)

    def narrow(self, some: list[Place], reason: str) -> bool:
        """Keep some of the places, if there are any; what is one already stays as it is, unless nothing fits."""
        if some and len(_groups(self.left)) > 1 and len(some) < len(self.left):
            self.left, self.how = some, f"{self.how}, {reason}"
        return bool(some)


def _look_up(part: _Part, gazetteer: Gazetteer) -> tuple[list[Place], str]:
    names = [part.name]
    if part.kind == "district":
        stem = re.sub(r"(?:инск|нск|овск|евск|ск|цк)(?:ий|ого|ом|ому|им)$", "", part.name, flags=re.IGNORECASE)
        names += [] if stem == part.name else [stem, f"{stem}а", f"{stem}о", f"{stem}и"]
    found, exact = gazetteer.look_up(part.name)
    if found and exact:
        return found, "by name"
    for name in [*names[1:], *inflections(part.name)]:
        other, same = gazetteer.look_up(name)
        if other and same:
            return other, f"by name, as {name}"
    return found, "by a name spelled alike" if found else ""


def _of_kind(places: list[Place], part: _Part, hints: Hints) -> tuple[list[Place], str]:
    """Those of the places that are what the text calls them."""
    crossings = [place for place in places if place.crossing_id]
    land = [place for place in crossings if place.kind in ("road", "foot", "rail", "across")]
    if part.kind in ("air", "water", "rail"):
        own = [place for place in crossings if place.kind == part.kind]
        return (own, f"called {part.kind}") if own else (places, "")
    if part.kind == "post" or hints.at_crossing:
        mode = [place for place in land if place.kind == ("rail" if hints.mode == "rail" else "road")]
        chosen = mode or land or [place for place in crossings if place.kind == "water"]
        return (chosen, "called a crossing") if chosen else (places, "")
    towns = [place for place in places if place.kind == "town"]
    if part.kind in ("town", "district"):
        return (towns, "called a town") if towns else (places, "")
    if hints.mode == "rail":
        rail = [place for place in land if place.kind == "rail"]
        if rail and not towns:
            return rail, "by rail"
    # An airport is meant only where it is called one, or where nothing else has the name.
    ground = [place for place in places if place.kind not in ("air", "water")]
    return ground or places, ""


def _largest(places: list[Place]) -> list[Place]:
    """The city that outgrows all others of its name, with what lies beside it; else all."""
    by_size = sorted(places, key=lambda place: -place.population)
    if by_size[0].population < max(_CITY, _DOMINANT * _next_largest(by_size)):
        return places
    return [place for place in places if _apart(place, by_size[0]) <= SAME_KM]


def _next_largest(by_size: list[Place]) -> int:
    return max((place.population for place in by_size[1:] if _apart(place, by_size[0]) > SAME_KM), default=0)


def _in_region(place: Place, region: str) -> bool:
    if place.region_code == region:
        return True
    former = next((group for group in table("places")["former"] if region in group), ())
    return bool(place.region_code) and place.region_code in former


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


def _found(left: list[Place], named: list[Place], part: _Part, how: str) -> Found:
    crossings = [place for place in left if place.crossing_id]
    others = tuple(place for place in named if place not in left)
    if part.kind == "district":
        return _district(left[0], how, others)
    if not crossings or (part.kind == "town" and any(place.kind == "town" for place in left)):
        town = max(left, key=lambda place: place.population)
        return _town(town, part, how, others=others)
    place = min(crossings, key=lambda one: one.kind == "across")
    radius = ACROSS_KM if place.kind == "across" or part.near else CROSSING_KM
    return Found(
        "crossing", place.lon, place.lat, radius, place.region_code, place.crossing_id, place.name,
        place.source, how, others,
    )  # fmt: skip


def _town(place: Place, part: _Part, how: str, *, others: tuple[Place, ...] = (), radius: float = 0.0) -> Found:
    least = NEAR_KM if part.near else TOWN_KM
    return Found(
        "locality", place.lon, place.lat, max(least, round(radius, 1)), place.region_code, "", place.name,
        place.source, how, tuple(one for one in others if one != place),
    )  # fmt: skip


def _district(place: Place, how: str, others: tuple[Place, ...]) -> Found:
    return Found(
        "district", place.lon, place.lat, DISTRICT_KM, place.region_code, "", place.name,
        f"{place.source}, for the district", how, others,
    )  # fmt: skip
