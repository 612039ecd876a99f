"""Regions in running text: by their names, by whose officers act there, by stretches of the border and detachments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.drafting.lands import HOME
from geo.drafting.lexicon import Mark, Shapes, lower, word_list
from geo.drafting.lexicon import marks as marks_of
from geo.drafting.naming import resolve_name
from geo.geometry.geodesy import distance_km
from geo.intake.places.gazetteer import region_of
from geo.intake.places.resolving import Found
from geo.intake.words.terms import read_neighbour

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.border.frontier import Frontier
    from geo.intake.places.gazetteer import Gazetteer

__all__ = ["PlaceMark", "Telling", "find_regions", "is_abroad", "is_leaving"]

_SHAPES = Shapes("place")
_NOTHING = Found()
_ROAD_KM = 300
"""Of a road that lies in one region as far as the border."""


@dataclass(frozen=True, slots=True)
class PlaceMark(Mark):
    """A place that a text names."""

    kind: str = ""
    found: Found = _NOTHING
    cue: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence of a text as it is written and in small letters, and the places that are known."""

    text: str
    low: str
    start: int
    end: int
    gazetteer: Gazetteer
    side: str
    regions: tuple[PlaceMark, ...] = ()

    def before(self, at: int, letters: int = 22) -> str:
        """Small letters before an offset."""
        return self.low[max(0, at - letters) : at]


def is_leaving(sentence: Telling, first: int) -> bool:
    """Whether one only comes from there, or goes there."""
    before = sentence.before(first, 60)
    # "в 40 км от Троицка", "обе истории — из Павлодарской области"
    near = (_SHAPES.distance, _SHAPES.predicate, _SHAPES.border_of_two, _SHAPES.opposite)
    gone = (_SHAPES.whence, _SHAPES.motion, _SHAPES.person)
    return any(one.search(before) for one in gone) and not any(one.search(before) for one in near)


def find_regions(sentence: Telling) -> Iterator[PlaceMark]:
    """The regions that a text names."""
    frontier, low = sentence.gazetteer.frontier, sentence.low
    for hit in _SHAPES.region.finditer(sentence.text, sentence.start, sentence.end):
        if hit[1]:
            words, kind = hit[1].split(), hit[2].lower()
            label = "облысы" if kind.startswith(("облыс", "өңір")) else "область" if kind[:2] == "об" else "region"
            names = [f"{' '.join(words[at:])} {label}" for at in range(len(words))]
        else:
            names = [f"область {hit[4]}", f"область {hit[4][:-1]}"]
        at_home = [(name, code) for name in names if (code := region_of(name, frontier))]
        start = hit.start() + len((_SHAPES.uncapital.match(hit[0]) or [""])[0])
        if at_home and hit[1]:  # "Житель Жамбылской области"
            start = hit.start() + hit[0].index(at_home[0][0].split()[0])
        goes = _SHAPES.region_bound.search(low[slice(*hit.span())])
        bound = goes or _SHAPES.person_behind.match(low, hit.end()) or is_leaving(sentence, start)
        beyond = _SHAPES.bordering.search(sentence.before(hit.end(), 90))
        sure = not (bound or beyond) or _SHAPES.via.search(sentence.before(start)) is not None
        if at_home:
            name, code = at_home[0]
            yield PlaceMark(*hit.span(), name, "region", Found("region", region_code=code, name=name), sure=sure)
        elif marks_of(lower(hit[0]), "lands"):
            apart = _SHAPES.town_and_region.match(sentence.text, start, hit.end())  # "в Маштаково Оренбургской области"
            start = apart.end() if apart else start
            name = sentence.text[start : hit.end()] or hit[0]
            # A region abroad: where it lies is not known to the files, its name is.
            sure = sure and not is_leaving(sentence, start)
            yield PlaceMark(start, hit.end(), name, "abroad", Found(name=name), sure=sure)
    yield from (*_sections(sentence), *_by_other_names(sentence), *_on_roads(sentence))


def _on_roads(sentence: Telling) -> Iterator[PlaceMark]:
    """The region of a road between a town at home and one abroad: "на трассе Уральск — Бузулук"."""
    for hit in _SHAPES.road.finditer(sentence.text, sentence.start, sentence.end):
        towns = (resolve_name(one, "town", sentence.gazetteer) for one in hit.groups() if one)
        ends = [
            (one.lon, one.lat, one.region_code) for one in towns if one and one.lon is not None and one.lat is not None
        ]
        codes = {code for *_, code in ends if code}
        far = max((float(distance_km(*one[:2], *other[:2])) for one in ends for other in ends), default=0)
        if far < _ROAD_KM and len(codes) == 1:
            found = Found("region", region_code=codes.pop(), name=hit[0])
            yield PlaceMark(*hit.span(), hit[0], "region", found)


def _sections(sentence: Telling) -> Iterator[PlaceMark]:
    """Stretches of the border that are called after a region, districts, regions by their letters."""
    frontier = sentence.gazetteer.frontier
    for shape in (_SHAPES.sector, _SHAPES.keepers):
        for hit in shape.finditer(sentence.text, sentence.start, sentence.end):
            word = hit[hit.lastindex or 0]
            name = f"{word}ая область".capitalize() if hit[1] else f"{word} region"
            if code := region_of(name, frontier):
                found = Found("region", region_code=code, name=name)
                yield PlaceMark(*hit.span(hit.lastindex or 0), name, "region", found)
            elif not read_neighbour(lower(word)).category and _is_across(lower(hit[0]), frontier):
                sure = shape is _SHAPES.sector
                yield PlaceMark(*hit.span(), hit[0], "abroad", Found(name=hit[0]), sure=sure)
    for hit in _SHAPES.district.finditer(sentence.text, sentence.start, sentence.end):
        name = f"{hit[1]}ий район" if hit[1] else hit[0]
        yield PlaceMark(*hit.span(), name, "abroad", Found(name=name))
    for hit in _SHAPES.abbreviated.finditer(sentence.text, sentence.start, sentence.end):
        if code := region_of(hit[0], frontier):
            yield PlaceMark(*hit.span(), hit[0], "region", Found("region", region_code=code, name=hit[0]))


def _by_other_names(sentence: Telling) -> Iterator[PlaceMark]:
    """Regions by a detachment of the border guards, or a district's stretch of the border; by their bare names."""
    low, bare = sentence.low, "regions" in word_list("lands")
    for hit in _SHAPES.detachment.finditer(sentence.text, sentence.start, sentence.end):
        place = resolve_name(hit[1] or f"{hit[2][:-2].capitalize()}ий", "district", sentence.gazetteer)
        if place is not None and place.region_code and not is_abroad(lower(hit[0])):
            yield PlaceMark(*hit.span(), hit[0], "region", Found("region", region_code=place.region_code, name=hit[0]))
    for mark in marks_of(low, "lands", "regions", start=sentence.start, end=sentence.end) if bare else ():
        if _SHAPES.namesake.match(low, mark.end):
            continue  # the Zhetysu district of a city, the «Жетысу» post
        bound = _SHAPES.region_bound.search(low[slice(*mark.span)]) or _SHAPES.person_behind.match(low, mark.end)
        found = Found("region", region_code=str(mark.value), name=sentence.text[slice(*mark.span)])
        yield PlaceMark(*mark.span, found.name, "region", found, sure=not (bound or is_leaving(sentence, mark.start)))


def _is_across(words: str, frontier: Frontier) -> bool:
    """Whether words in small letters name a country across a border, and no other but home."""
    lands = {mark.value for mark in marks_of(words, "lands")} - {HOME}
    return bool(lands) and lands <= set(frontier.borders.index)


def is_abroad(words: str) -> bool:
    """Whether words in small letters name a land, and not the home country."""
    return bool({mark.value for mark in marks_of(words, "lands")} - {HOME})
