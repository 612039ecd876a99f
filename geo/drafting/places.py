"""Places in running text: crossings, towns, districts and regions, resolved by the readers of tables."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.drafting.lexicon import lower, pattern, word_list
from geo.drafting.lexicon import marks as marks_of
from geo.intake.places.folding import inflections
from geo.intake.places.gazetteer import region_of
from geo.intake.places.resolving import ACROSS_KM, TOWN_KM, Found, Hints, resolve

if TYPE_CHECKING:
    from geo.intake.places.gazetteer import Gazetteer

__all__ = ["PlaceMark", "city_of", "find_places"]

_CAPITAL = r"[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]"
_NAME = re.compile(
    rf"[«“\"]([^»”\"\n]{{2,40}})[»”\"]|((?:{_CAPITAL}\.\s?)?{_CAPITAL}[\w’'-]+(?:\s+(?:{_CAPITAL}[\w’'-]+|бибі|батыр|жолы|жол|жар|жолы))*)"
)
_KINDS = {
    "air": "airport",
    "water": "port",
    "rail": "station",
    "post": "checkpoint",
    "village": "village",
    "district": "district",
    "town": "town",
}
_AT = re.compile(r"(?:\b(?:в|во|на|под|около|у|возле|близ|near|in|at|outside|of)\s+(?:the\s+|г\.\s*)?)$")
_FROM = re.compile(r"\b(?:из|от|до|from|to|into|left|towards?|for|в сторону|through)\s+(?:the\s+)?$")
_MOTION = re.compile(
    r"\b(?:летел|летевш|лете|ехал|направля|следова|вез|везл|шел|доставить|отправ|улет|вылет|heading|bound|flying|flew|travel+ing|headed)\w*(?:\s+[\w-]+){0,2}\s+(?:в|на|to)\s+$"
)
_LOCATIVE = re.compile(r"(?:да|де|та|те|нда|нде|дағы|дегі|тағы|тегі)$")
_LARGE = 50_000
_REGION = re.compile(
    r"((?:[\w-]+\s+)?[\w-]+)\s+(област\w*|облыс\w*|oblast\b|region\b|province\b)|(област\w*)\s+([\w-]+)", re.IGNORECASE
)
_ABBREVIATED = re.compile(r"\b(?:ЗКО|ВКО|СКО|ЮКО|БҚО|ШҚО|СҚО|ОҚО|WKO|EKO|NKO)\b")
_NEAREST = 34


@dataclass(frozen=True, slots=True)
class PlaceMark:
    """A place that a text names.

    Attributes
    ----------
    start, end
        Offsets.
    name
        As the text spells it, in the nominative where that could be told.
    kind
        ``crossing``, ``locality``, ``district``, ``region``; ``abroad`` for a region of another country.
    found
        What the gazetteer says of it.
    cue
        What the text calls it (``post``, ``rail``, ``air``, ``water``, ``village`` …), "" for nothing.
    """

    start: int
    end: int
    name: str
    kind: str
    found: Found
    cue: str = ""


def find_places(text: str, gazetteer: Gazetteer, start: int = 0, end: int | None = None) -> list[PlaceMark]:
    """Find the places of a text.

    Parameters
    ----------
    text
        As it is written, with its capitals.
    gazetteer
        As :func:`geo.intake.read_gazetteer` gathers it.
    start, end
        Where to look: a sentence.

    Returns
    -------
    list of PlaceMark
        In their order.
    """
    stop = len(text) if end is None else end
    low = lower(text)
    marks = [*_regions(text, gazetteer, start, stop)]
    for hit in _NAME.finditer(text, start, stop):
        group = 1 if hit[1] else 2
        if mark := _named(text, low, hit.start(group), hit.end(group), gazetteer, (start, stop), quoted=group == 1):
            marks.append(mark)
    marks += _adjectives(low, gazetteer, start, stop)
    return sorted(marks, key=lambda mark: mark.start)


def _named(
    text: str, low: str, first: int, last: int, gazetteer: Gazetteer, sentence: tuple[int, int], *, quoted: bool
) -> PlaceMark | None:
    """The place that a name in capitals or in quotes is, the longest part of it that is one."""
    if re.match(r"\s*(?:област|облыс|region|oblast|province|край)", low[last : last + 10]):
        return None  # a region's name is no town's
    cue, distance = _cue(low, first, last, sentence)
    words = list(re.finditer(r"\S+", text[first:last]))
    opener = re.search(r"(\b[A-ZА-ЯӘҒҚҢӨҰҮҺІ]{3,5}\s+[«“\"]?)$", text[sentence[0] : first])
    runs = [
        (begin, end)
        for size in range(len(words), 0, -1)
        for begin in range(len(words) - size + 1)
        for end in (begin + size,)
    ]
    closed = last + (text[last : last + 1] in ("»", "”", '"'))
    if opener and (mark := _try(text, low, first - len(opener[0]), closed, gazetteer, "post", quoted=True)):
        return mark
    for begin, end in runs:
        one, other = first + words[begin].start(), first + words[end - 1].end()
        if mark := _try(text, low, one, other, gazetteer, cue if distance <= _NEAREST else "", quoted=quoted):
            return mark
    if quoted and re.search(r"\b(?:через|в|на|под|у|through|at|near|via)\s+[«“\"]$", low[max(0, first - 12) : first]):
        # "не пропустили через «Исилькуль»": a name in quotes that one goes through is a post's.
        return _try(text, low, first, last, gazetteer, "post", quoted=True)
    return None


def _try(
    text: str, low: str, first: int, last: int, gazetteer: Gazetteer, cue: str, *, quoted: bool
) -> PlaceMark | None:
    name = (
        " ".join(re.sub(r"[«»“”\".,]", " ", text[first:last]).split())
        if "." not in text[first:last]
        else text[first:last].strip('«»“”" ')
    )
    if len(name) < 3 or name.isdigit():  # noqa: PLR2004
        return None
    found = _resolve(name, cue, gazetteer)
    before = low[max(0, first - 22) : first]
    if found is None or found.lon is None:
        motion = bool(_MOTION.search(low[max(0, first - 45) : first]))
        return _unlisted(first, last, name, cue, before, low[first:last], gazetteer, motion=motion)
    if found.crossing_id:
        own = cue in ("post", "rail", "air", "water")
        if (
            not own
            and not quoted
            and (
                cue in ("village", "town", "district")
                or not _only_crossing(name, gazetteer)
                or not _at(before, low[first:last])
            )
        ):
            return None
        return PlaceMark(first, last, _nominative(name, gazetteer), "crossing", found, cue)
    if cue == "district":
        return PlaceMark(first, last, _nominative(name, gazetteer), "district", found, cue)
    if cue in ("village", "town") or (cue in ("post", "rail") and _at(before, low[first:last])):
        return PlaceMark(first, last, _nominative(name, gazetteer), "locality", found, cue)
    if (
        _is_large(name, gazetteer)
        and not _FROM.search(before)
        and not _MOTION.search(low[max(0, first - 45) : first])
        and _at(before, low[first:last])
    ):
        return PlaceMark(first, last, _nominative(name, gazetteer), "locality", found, cue)
    return None


def _unlisted(
    first: int, last: int, name: str, cue: str, before: str, word: str, gazetteer: Gazetteer, *, motion: bool
) -> PlaceMark | None:
    """A city far from the border, letter by letter; or a village that no list has, by its name alone."""
    for one in [name, *inflections(name)]:
        far = gazetteer.look_up_far(one)
        if far and cue != "village" and not motion and not _FROM.search(before) and _at(before, word):
            place = max(far, key=lambda city: city.population)
            found = Found("locality", place.lon, place.lat, TOWN_KM, name=place.name, basis=place.source, how="by name")
            return PlaceMark(first, last, one, "locality", found, cue)
    if (
        cue == "village"
        and re.search(r"(?:village of|село|селе|села|посел\w+|деревн\w+|аул\w*)\s*[«\"]?$", before)
        and " " not in name
    ):
        return PlaceMark(first, last, name, "locality", Found(name=name), cue)
    return None


@functools.lru_cache(maxsize=16384)
def _resolve_cached(name: str, cue: str, key: int) -> Found | None:
    gazetteer = _KNOWN[key]
    label = _KINDS.get(cue, "")
    hints = Hints(mode="rail" if cue == "rail" else "", at_crossing=cue == "post")
    found = resolve(f"{label} {name}".strip(), gazetteer, hints)
    if found.lon is None and cue in ("post", "rail"):
        # "железнодорожный переход Шалдуар": a rail post may be called a post, a road post stand by a station.
        other = resolve(f"{_KINDS['rail' if cue == 'post' else 'post']} {name}", gazetteer, replace(hints, mode=""))
        found = other if other.crossing_id else found
    if found.lon is None and cue in ("post", "rail"):
        found = _of_mode(found, "rail" if cue == "rail" else "road", gazetteer) or found
    if (
        cue in ("air", "water")
        and found.crossing_id
        and gazetteer.frontier.crossings.loc[found.crossing_id, "mode"] != cue
    ):
        return None
    return found


def _of_mode(found: Found, mode: str, gazetteer: Gazetteer) -> Found | None:
    """The one crossing of a mode among candidates of a name: "Petukhovo" stands across from a road post and a station."""
    crossings = gazetteer.frontier.crossings
    fits = [
        place for place in found.candidates if place.crossing_id and crossings.loc[place.crossing_id, "mode"] == mode
    ]
    if len({place.crossing_id for place in fits}) != 1:
        return None
    place = fits[0]
    return Found(
        "crossing",
        place.lon,
        place.lat,
        ACROSS_KM,
        place.region_code,
        place.crossing_id,
        place.name,
        place.source,
        f"called {mode}",
    )


_KNOWN: dict[int, Gazetteer] = {}


def _resolve(name: str, cue: str, gazetteer: Gazetteer) -> Found | None:
    _KNOWN.setdefault(id(gazetteer), gazetteer)
    return _resolve_cached(name, cue, id(gazetteer))


def _cue(low: str, first: int, last: int, sentence: tuple[int, int]) -> tuple[str, int]:
    """What the words beside a name call it, and how far off they stand."""
    best, nearest = "", 1000
    for kind in _KINDS:
        for hit in pattern("triggers", "place", kind).finditer(
            low, max(sentence[0], first - 60), min(sentence[1], last + 60)
        ):
            if first <= hit.start() < last:
                gap = 0
            else:
                between = low[hit.end() : first] if hit.end() <= first else low[last : hit.start()]
                if len(re.findall(r"[\w-]+", between)) > (3 if hit.end() <= first else 2) or re.search(
                    r"[.;:\n]", between
                ):
                    continue
                gap = len(between) + (4 if "," in between else 0)
            if gap < nearest or (gap == nearest and kind in ("air", "water", "rail")):
                best, nearest = kind, gap
    return best, nearest


def _at(before: str, name: str) -> bool:
    return bool(_AT.search(before)) or bool(_LOCATIVE.search(name))


def _only_crossing(name: str, gazetteer: Gazetteer) -> bool:
    """Whether the border's posts alone have a name."""
    for one in [name, *inflections(name)]:
        places, same = gazetteer.look_up(one)
        if same:
            return all(place.crossing_id for place in places)
    return False


def _is_large(name: str, gazetteer: Gazetteer) -> bool:
    for one in [name, *inflections(name)]:
        places, same = gazetteer.look_up(one)
        if same or gazetteer.look_up_far(one):
            return max((place.population for place in (*places, *gazetteer.look_up_far(one))), default=0) >= _LARGE
    return False


def _nominative(name: str, gazetteer: Gazetteer) -> str:
    for one in [name, *inflections(name)]:
        if gazetteer.look_up(one)[1] or gazetteer.look_up_far(one):
            return one
    return name


def _regions(text: str, gazetteer: Gazetteer, start: int, stop: int) -> list[PlaceMark]:
    """The home regions that a text names."""
    marks = []
    for hit in _REGION.finditer(text, start, stop):
        if hit[1]:
            words, label = (
                hit[1].split(),
                "облысы"
                if hit[2].lower().startswith("облыс")
                else "область"
                if hit[2].lower().startswith("област")
                else "region",
            )
            tries = [f"{' '.join(words[at:])} {label}" for at in range(len(words))]
        else:
            tries = [f"область {hit[4]}", f"область {hit[4][:-1]}"]
        if not any(region_of(one, gazetteer.frontier) for one in tries) and any(marks_of(lower(hit[0]), "lands")):
            name = re.sub(r"^(?:[a-zа-яәғқңөұүһі]+\s+)+", "", hit[0]) or hit[0]
            # A region abroad: where it lies is not known to the files, its name is.
            marks.append(PlaceMark(hit.start(), hit.end(), name, "abroad", Found(name=name)))
        for one in tries:
            if code := region_of(one, gazetteer.frontier):
                marks.append(
                    PlaceMark(hit.start(), hit.end(), one, "region", Found("region", region_code=code, name=one))
                )
                break
    for hit in _ABBREVIATED.finditer(text, start, stop):
        if code := region_of(hit[0], gazetteer.frontier):
            marks.append(
                PlaceMark(hit.start(), hit.end(), hit[0], "region", Found("region", region_code=code, name=hit[0]))
            )
    return marks


def _adjectives(low: str, gazetteer: Gazetteer, start: int, stop: int) -> list[PlaceMark]:
    """Airports and ports that are told by a city's adjective: "алматинский аэропорт"."""
    marks = []
    for stem, city in word_list("triggers")["adjectives"].items():
        for hit in re.finditer(rf"\b{stem}\w*", low[start:stop]):
            first, last = start + hit.start(), start + hit.end()
            cue, gap = _cue(low, first, last, (start, stop))
            found = _resolve(city, cue, gazetteer) if cue in ("air", "water") and gap < _NEAREST else None
            if found is not None and found.crossing_id:
                marks.append(PlaceMark(first, last, city, "crossing", found, cue))
    return marks


def city_of(start: int, text: str, gazetteer: Gazetteer) -> PlaceMark | None:
    """The city of a dateline that begins a text in small letters, where it is one of home."""
    line = re.match(r"\s*([^\W\d_][\w-]+)\s*[,.(–—-]", text)
    if line is None:
        return None
    found = _resolve(line[1].capitalize(), "town", gazetteer)
    if found is None or found.lon is None or not found.region_code:
        return None
    return PlaceMark(start + line.start(1), start + line.end(1), line[1].capitalize(), "locality", found, "town")
