"""Places in running text: crossings, towns, districts and regions, resolved by the readers of tables."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.drafting.lands import HOME, read_mode
from geo.drafting.lexicon import Shapes, lower, pattern, word_list
from geo.drafting.lexicon import marks as marks_of
from geo.drafting.naming import kinds, look_up, resolve_name
from geo.drafting.regions import PlaceMark, Telling, find_regions, is_abroad, is_leaving
from geo.intake.places.resolving import TOWN_KM, Found
from geo.intake.words.folding import fold, inflections
from geo.paths import of_country

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.intake.places.gazetteer import Gazetteer

__all__ = ["POSTS", "PlaceMark", "city_named", "facility_at", "find_places"]

_SHAPES = Shapes("place")

POSTS = ("post", "rail", "air", "water", "centre")
"""What a crossing is called."""

_LARGE, _VILLAGE, _NEAREST, _SHORTEST, _LONG, _MOST_WORDS, _MOST_VILLAGES = 50_000, 1, 34, 3, 6, 5, 4

_SETTLED = ("village", "outpost", "town", "district")
_NO_LETTERS = ' \n«»"!?.:🚨❗📍⚡#-—–️'
_QUOTES = ("«", "“", '"')


def find_places(
    text: str, gazetteer: Gazetteer, start: int = 0, end: int | None = None, *, low: str = "", side: str = HOME
) -> list[PlaceMark]:
    """Find the places of a text, as the country speaks of them whose ``side`` it tells."""
    sentence = Telling(text, low or lower(text), start, len(text) if end is None else end, gazetteer, side)
    sentence = replace(sentence, regions=tuple(find_regions(sentence)))
    named = (_named(sentence, hit) for hit in _SHAPES.name.finditer(text, sentence.start, sentence.end))
    marks = [*filter(None, named), *_adjectives(sentence)]
    marks = [replace(one, value=_SHAPES.of_district.sub(r"\1ий район", one.value)) for one in marks]
    marks += [one for one in sentence.regions if one.kind != "abroad" or not any(map(one.meets, marks))]
    return sorted(marks, key=lambda mark: mark.start)


def _named(sentence: Telling, hit: re.Match[str]) -> PlaceMark | None:
    """The place that a name in capitals or in quotes is, the longest part of it that is one."""
    quoted = hit[1] is not None
    first, last = hit.span(1 if quoted else 2)
    lives = _SHAPES.person_behind.match(sentence.low, last) and not _SHAPES.locative.search(sentence.low[first:last])
    way = _SHAPES.route.search(sentence.before(first, 60)) and (
        _SHAPES.dash.match(sentence.low, last) or _SHAPES.dashed.search(sentence.before(first))
    )
    if not quoted and (apart := _SHAPES.town_and_region.match(sentence.text, first)) and apart.end() < last:
        last = apart.end() - 1  # "в Маштаково Оренбургской области"
    other = _SHAPES.region_behind.match(sentence.low[last : last + 10]) or _SHAPES.not_named.match(sentence.low, last)
    if lives or way or other or _SHAPES.river_before.search(sentence.before(first)):
        return None  # the name of a region, a river, a detachment
    opener = _SHAPES.short_opener.search(sentence.text[sentence.start : first])
    if opener:
        closed = last + (sentence.text[last : last + 1] in ("»", "”", '"'))
        if mark := _try(sentence, first - len(opener[0]), closed, "post", quoted=True):
            return mark
    cue, distance = _cue(sentence, first, last)
    if not cue and (_SHAPES.flown.search(sentence.before(first, 40)) or _SHAPES.landed.match(sentence.low, last)):
        cue, distance = "air", 0
    gate = not cue and (quoted or _is_gate(sentence, first, last))
    mode = read_mode(sentence.low[sentence.start : sentence.end]) if gate or cue == "post" else None
    by_rail = ["rail"] if mode and mode.value == "rail" else []
    for kind in [*by_rail, *(["post"] if gate else [])]:
        mark = _try(sentence, first, last, kind, quoted=True)
        crossing = mark.found.crossing_id if mark else ""
        by_kind = crossing.startswith("rail-") or (quoted and not cue) if kind == "rail" else crossing
        if mark and by_kind and (quoted or not crossing.startswith("port-")):
            return mark
    if mark := _part(sentence, first, sentence.text[first:last], cue if distance <= _NEAREST else "", quoted=quoted):
        return mark
    # "не пропустили через «Исилькуль»": a name in quotes that one goes through is a post's.
    named_so = quoted and _SHAPES.passed.search(sentence.low[sentence.start : first][-12:])
    passed = bool(named_so or _SHAPES.stopped.search(sentence.before(first, 45)))
    settled = cue in _SETTLED and 0 < distance <= _NEAREST and not quoted
    own = any(one.crossing_id for one in look_up(sentence.text[first:last], sentence.gazetteer).places)
    none = settled or (not passed and (not own or is_leaving(sentence, first)))
    mark = None if none else _try(sentence, first, last, "post", quoted=True)
    by_land = mark and mark.kind == "crossing" and not mark.found.crossing_id.startswith(("air-", "port-"))
    return mark and replace(mark, sure=passed) if passed or by_land else None


def _is_gate(sentence: Telling, first: int, last: int) -> bool:
    """Whether a name is a post's though nothing calls it one: "at Kurmangazy", "пограничники в Озинках"."""
    places, before = look_up(sentence.text[first:last], sentence.gazetteer).places, sentence.before(first)
    if len(places) > _MOST_VILLAGES or any(one.population > _LARGE for one in places) or is_leaving(sentence, first):
        return False
    there = _SHAPES.within_gate.search(before) or _SHAPES.locative.search(sentence.low, first, last)
    watched = _SHAPES.watch.search(sentence.low, sentence.start, sentence.end) and not before.endswith("of ")
    across = any(one.kind == "across" for one in places)
    return bool(_SHAPES.at_gate.search(before) or (across and there and watched))


def _part(sentence: Telling, first: int, words: str, cue: str, *, quoted: bool) -> PlaceMark | None:
    """The longest part of some words that is a place's name."""
    ends = [hit.span() for hit in re.finditer(r"\S+", words)]
    sizes = range(min(len(ends), _MOST_WORDS), 0, -1)
    parts = [(ends[at][0], ends[at + size - 1][1]) for size in sizes for at in range(len(ends) - size + 1)]
    # "Customs officers in Yekaterinburg": what is no post's name may be a town's.
    for called in (cue, "") if cue in POSTS and not quoted else (cue,):
        for one, other in parts:
            if _SHAPES.region_behind.match(sentence.low, first + other):
                continue
            mark = _try(sentence, first + one, first + other, called, quoted=quoted)
            if mark and (called == cue or mark.kind == "locality"):
                return mark
    return None


def _try(sentence: Telling, first: int, last: int, cue: str, *, quoted: bool) -> PlaceMark | None:
    name = _name_of(sentence, first, last, cue, quoted=quoted)
    if not name:
        return None
    gazetteer, before = sentence.gazetteer, sentence.before(first)
    # "Павлодарға", "Алматыдан"
    kazakh = _SHAPES.kazakh.search(sentence.low, sentence.start, sentence.end)
    declined = kazakh and _SHAPES.bound.search(name) and look_up(name, gazetteer).name != name
    cue = "" if declined and cue in POSTS and cue != "air" else cue
    there = any(shape.search(sentence.before(first, 60)) for shape in (_SHAPES.at, _SHAPES.facility, _SHAPES.distance))
    cue = "village" if there and cue in ("", "district") and _SHAPES.apposed.match(sentence.low, last) else cue
    resolved = _resolve_beside(sentence, first, last, name, cue)
    nearing = _SHAPES.nearing.search(sentence.before(first, 60)) or _SHAPES.nearing_behind.match(sentence.low, last)
    there = bool(
        (
            sentence.low[sentence.start : sentence.end].strip(_NO_LETTERS) == sentence.low[first:last]
            and not (sentence.start == 0 and sentence.low.startswith(".", last))  # a dateline
        )
        or there
        or nearing
        or _SHAPES.listed_before.search(sentence.text[sentence.start : first])
        or _SHAPES.listed_behind.match(sentence.text, last)
        or _SHAPES.locative.search(sentence.low[first:last])
        or _SHAPES.at_behind.match(sentence.low, last)
        or _SHAPES.village.search(before)
    )
    case = _SHAPES.accusative.search(lower(name)) or (name[-1:] in "ую" and look_up(name, gazetteer).name != name)
    whither = not (quoted or kazakh) and _SHAPES.whither.search(before) and case
    leaving = not nearing and bool(declined or whither or is_leaving(sentence, first))
    if cue in _SETTLED and leaving and cue != "outpost":
        cue = cue if _SHAPES.village.search(before) or _SHAPES.district_behind.match(sentence.low, last) else ""
    if cue == "post" and not (resolved and resolved.crossing_id) and _SHAPES.frontier_post.match(sentence.low, last):
        cue = "outpost"
    within = _holder(sentence, first, last)
    if within and within.kind == "abroad" and resolved and resolved.region_code and not resolved.crossing_id:
        resolved = Found(name=name)  # "the Aral frontier post in Talas Region"
    within = within if cue not in POSTS else None
    inside = within.found.region_code if within else ""
    if inside and (cue == "outpost" or not (resolved and resolved.crossing_id)):
        resolved = resolve_name(name, cue, gazetteer, region=inside)
        resolved = resolved if cue != "outpost" or (resolved and resolved.region_code == inside) else None
    lost = resolved is None or resolved.lon is None
    called = cue in _SETTLED and (
        _SHAPES.called_before.search(before)
        or _SHAPES.called_behind.match(sentence.low, last)
        or (cue == "village" and _SHAPES.apposed.match(sentence.low, last))
    )
    if within and called and (lost or not within.found.region_code):
        return None if leaving else _held(first, last, name, cue, within)
    if resolved == Found(name=name) and called:  # in a land that the words before it name
        kind = "district" if cue == "district" else "locality"
        return PlaceMark(first, last, name, kind, resolved, cue.replace("outpost", ""))
    cue = "" if cue in _SETTLED and not called else cue
    posts = resolved.candidates if resolved and lost and cue in ("post", "rail") else ()
    if posts and all(one.crossing_id for one in posts):  # Pavlovka stands across from two posts
        codes = {one.region_code for one in posts}
        found = Found(region_code=codes.pop() if len(codes) == 1 else "", name=name, candidates=posts)
        return PlaceMark(first, last, name, "locality", found, cue)
    if resolved is None or lost:
        return _unlisted(sentence, first, last, name, cue, is_there=there and not leaving)
    return _listed(
        sentence, PlaceMark(first, last, name, "", resolved, cue), quoted=quoted, there=there, leaving=leaving
    )


def _name_of(sentence: Telling, first: int, last: int, cue: str, *, quoted: bool) -> str:
    """A name as it is looked up; nothing where it is too short, a car's, or a word that is no name."""
    words = _SHAPES.owner.sub("", sentence.text[first:last])
    name = words.strip('«»“”" ') if "." in words else " ".join(re.sub(r"[«»“”\",]", " ", words).split())
    make = read_mode(lower(name)) if quoted and cue not in POSTS else None  # «Жигули»
    is_make = make is not None and make.value == "road"
    none = len(name) < _SHORTEST or name.isdigit() or is_make or _SHAPES.no_place.match(lower(name))
    return "" if none else name


def _resolve_beside(sentence: Telling, first: int, last: int, name: str, cue: str) -> Found | None:
    """What a name is, abroad where the sentence names the one land that it lies in."""
    gazetteer = sentence.gazetteer
    owners = marks_of(sentence.low, "lands", start=max(sentence.start, first - 20), end=first)
    if owners and owners[-1].value != HOME and _SHAPES.owned.fullmatch(sentence.low, owners[-1].start, first):
        found = resolve_name(name, cue, gazetteer, str(owners[-1].value))  # "Kyrgyzstan's Talas district"
        return found if found and (found.crossing_id or (found.lon and not found.region_code)) else Found(name=name)
    borders = set(map(str, gazetteer.frontier.borders.index))
    behind = marks_of(sentence.low, "lands", start=last, end=min(sentence.end, last + 35))
    owned = behind and _SHAPES.owned_behind.fullmatch(sentence.low, last, behind[0].start)
    country = str(behind[0].value) if owned else sentence.side
    beside = cue != "district" or _SHAPES.district_behind.match(sentence.low, last)
    if cue in _SETTLED and beside and (found := _abroad(name, cue, country, gazetteer)):
        return found  # "Таласский район Кыргызстана"
    resolved = resolve_name(name, cue, gazetteer)
    if resolved is None or resolved.lon is not None or not resolved.candidates or cue in POSTS:
        return resolved
    lands = {str(mark.value) for mark in marks_of(sentence.low[sentence.start : sentence.end], "lands")}
    across = lands & borders & {one.country for one in resolved.candidates} or {sentence.side} & borders
    return resolve_name(name, cue, gazetteer, across.pop()) if len(across) == 1 else resolved


def _abroad(name: str, cue: str, country: str, gazetteer: Gazetteer) -> Found | None:
    """What a name is in a country, without a point where it has several of the name; None where it has none."""
    found = resolve_name(name, cue, gazetteer, country) if country in gazetteer.frontier.borders.index else None
    if found is None or found.region_code or {one.country for one in found.candidates} - {country}:
        return None
    return found if found.lon else Found(name=name) if found.candidates else None


def _listed(sentence: Telling, mark: PlaceMark, *, quoted: bool, there: bool, leaving: bool) -> PlaceMark | None:
    """The crossing, town or district that a name in a list is here; None where it may be another thing."""
    (first, last), cue, resolved = mark.span, mark.cue, mark.found
    known, kind = look_up(mark.value, sentence.gazetteer), "district" if cue == "district" else "locality"
    if resolved.crossing_id:
        alone = bool(known.places) and all(place.crossing_id for place in known.places)
        via = _SHAPES.via.search(sentence.before(first)) or _SHAPES.via_behind.match(sentence.low, last)
        opens = _SHAPES.opener.search(sentence.before(first)) and _SHAPES.opened.match(sentence.low, last)
        here = (alone and (there or via or opens)) or (opens and _SHAPES.dated.match(sentence.low, last))
        named_so = quoted or (cue not in _SETTLED and here)
        village = cue == "village" or _SHAPES.this_village.match(sentence.low, last, sentence.end)
        if cue in ("outpost", "district") or (village and not quoted):  # after which a crossing is called
            across = any(one.kind == "across" for one in known.places)
            found = Found(name=known.name) if across else replace(resolved, crossing_id="")
            return replace(mark, value=known.name, kind=kind, found=found)
        if cue not in POSTS and not named_so:
            return None
        kind = "crossing"
    elif not (cue in _SETTLED or (cue in ("post", "rail") and there)):
        people = max((place.population for place in (*known.places, *known.far)), default=0)
        apart = quoted or sentence.text[sentence.start : first].strip() != ""
        # Astrakhan is a city abroad, and a village of the name at home.
        abroad = is_abroad(sentence.low[first:last]) and resolved.region_code
        if leaving or abroad or not there or people < (_VILLAGE if apart and len(mark.value) >= _LONG else _LARGE):
            return None
    return replace(mark, value=known.name, kind=kind)


def _held(first: int, last: int, name: str, cue: str, within: PlaceMark) -> PlaceMark:
    """A village or district that no list has, in the district or region, or the region abroad, that holds it."""
    of_district = within.found.lon is not None and cue != "outpost"
    found = within.found if of_district else Found(region_code=within.found.region_code, name=name)
    return PlaceMark(first, last, name, "district" if of_district or cue == "district" else "locality", found, cue)


def _holder(sentence: Telling, first: int, last: int) -> PlaceMark | None:
    """The district or region that the words beside a name say it lies in."""
    near, low, gazetteer = [], sentence.low, sentence.gazetteer
    for one in sentence.regions:
        between = low[one.end : first] if one.end <= first else low[last : one.start]
        far = len(re.findall(r"[\w-]+", between)) >= _MOST_WORDS or _SHAPES.apart.search(between)
        far = far or _SHAPES.ablative.search(between)
        if one.sure and not far and not one.value.endswith(("район", "district")):
            near.append((len(between), one))
    region = min(near, key=lambda one: one[0], default=(0, None))[1]
    hit = _SHAPES.district_before.search(sentence.text, max(sentence.start, first - 40), first)
    behind = region is not None and region.start > last  # "from Dostyk in Saryagash district to a house in …"
    if region and not region.found.region_code and not (hit and behind):
        return region
    hit = hit or _SHAPES.district_after.match(sentence.text, last, sentence.end)
    name = hit[hit.lastindex or 0] if hit else ""
    district = _abroad(name, "district", sentence.side, gazetteer) or resolve_name(name, "district", gazetteer)
    if hit and district and (district.lon or district == Found(name=name)) and "across" not in district.basis:
        return PlaceMark(*hit.span(), hit[0], "district", district)
    return region


def _unlisted(sentence: Telling, first: int, last: int, name: str, cue: str, *, is_there: bool) -> PlaceMark | None:
    """A city far from the border, letter by letter; or a village that no list has, by its name alone."""
    known = look_up(name, sentence.gazetteer)
    if known.far and cue != "village" and is_there:
        place = max(known.far, key=lambda city: city.population)
        point = ("locality", place.lon, place.lat, TOWN_KM)
        city = Found(*point, name=place.name, basis=place.source, how="by name")
        return PlaceMark(first, last, known.name, "locality", city, cue)
    before, quoted = sentence.before(first, 30), sentence.text[first - 1 : first] in _QUOTES
    known_so = not quoted and (known.places or name.isupper() or " " in name)
    called = _SHAPES.checkpoint.match(sentence.low, last) or _SHAPES.post_before.search(before)
    codes = (_regions_of_outposts().get(fold(one), "") for one in (name, *inflections(name)))
    code = next((one for one in codes if one in sentence.gazetteer.frontier.regions.index), "")
    settled = cue in ("village", "rail") and name.partition(" ")[2].islower() is (" " in name)
    mark = PlaceMark(first, last, name, "locality", Found(region_code=code, name=name), cue)
    ways = (
        called and not name.isupper() and (cue == "outpost" or (cue == "post" and not known_so)),
        code and (is_there or called or cue in _SETTLED),
        cue == "district" and known.places and _SHAPES.district_behind.match(sentence.low, last),
        settled and (_SHAPES.village.search(before) or _SHAPES.station.match(sentence.low, last)),
        cue == "village" and _SHAPES.apposed.match(sentence.low, last),
        known.places and _SHAPES.listed_before.search(sentence.text[sentence.start : first]),
        cue == "post" and not known.places and _SHAPES.post_at.search(before),
        cue == "water"
        and " " not in name
        and _SHAPES.harbour.search(f"{before}#{sentence.low[last : last + len(' seaport')]}"),
    )
    if any(ways):
        return mark
    near = not (known.places or known.far) and _SHAPES.nearby.search(before) and len(name) >= _LONG
    return replace(mark, sure=False) if near and not is_abroad(sentence.low[first:last]) else None


@of_country()
def _regions_of_outposts() -> dict[str, str]:
    return {fold(name): code for code, names in word_list("posts").get("outposts", {}).items() for name in names}


def _cue(sentence: Telling, first: int, last: int) -> tuple[str, int]:
    """What the words beside a name call it, and how far off they stand."""
    low, best, nearest = sentence.low, "", 1000
    begin, finish = max(sentence.start, first - 60), min(sentence.end, last + 60)
    for kind in kinds():
        for hit in pattern("triggers", "place", kind).finditer(low, begin, finish):
            gap = 0
            if sentence.text[first - 1 : first] in _QUOTES and first >= hit.start() and last <= hit.end():
                continue  # «Ауыл» is a post's name, ауыл a village
            if not first <= hit.start() < last:
                ahead = hit.end() <= first
                between = low[hit.end() : first] if ahead else low[last : hit.start()]
                flight = hit[0].startswith(("рейс", "авиарейс", "flight"))  # "flight from Almaty"
                stop = _SHAPES.apart if ahead and not flight else _SHAPES.stop
                if len(re.findall(r"[\w-]+", between)) > 2 + ahead or stop.search(between):
                    continue
                gap = len(between) + 4 * ("," in between)
            if gap < nearest or (gap == nearest and kind in ("air", "water", "rail", "centre")):
                by_rail = kind == "post" and _SHAPES.rail_post.search(low[max(begin, hit.start() - 30) : hit.start()])
                best, nearest = "rail" if by_rail else kind, gap
    return best, nearest


def _adjectives(sentence: Telling) -> Iterator[PlaceMark]:
    """Airports and ports that are told by a city's adjective: "алматинский аэропорт"."""
    for stem, city in word_list("triggers", "adjectives").items():
        for hit in re.compile(rf"\b{stem}\w*").finditer(sentence.low, sentence.start, sentence.end):
            cue, gap = _cue(sentence, *hit.span())
            place = resolve_name(city, cue, sentence.gazetteer) if cue in ("air", "water") and gap < _NEAREST else None
            if place is not None and place.crossing_id:
                yield PlaceMark(*hit.span(), city, "crossing", place, cue)

    for hit in _SHAPES.of_post.finditer(sentence.low, sentence.start, sentence.end):
        tried = (resolve_name(hit[1].capitalize() + end, "post", sentence.gazetteer) for end in ("", "ь", "а", "ий"))
        if place := next((one for one in tried if one is not None and one.crossing_id), None):
            yield PlaceMark(*hit.span(1), place.name, "crossing", place, "post")


def facility_at(mark: PlaceMark, text: str, gazetteer: Gazetteer) -> PlaceMark:
    """The airport, port, station or post of a town, where a text in small letters speaks of one without a name."""
    for cue in ("air", "water", "rail", "post"):
        place = resolve_name(mark.value, cue, gazetteer) if getattr(_SHAPES, f"at_{cue}").search(text) else None
        if place is not None and place.crossing_id and place.region_code == mark.found.region_code:
            return replace(mark, kind="crossing", found=place, cue=cue)
    return mark


def city_named(start: int, word: str, gazetteer: Gazetteer) -> PlaceMark | None:
    """The town of home that a word in small letters is the name of."""
    name = re.sub(r"(?:[’']s?|[лдт][ыі][қк])$", "", word).capitalize()  # "Almaty's", "алматылық"
    place = None if _SHAPES.no_place.match(lower(name)) else resolve_name(name, "town", gazetteer)
    if place is None or place.lon is None or not place.region_code:
        return None
    return PlaceMark(start, start + len(word), name, "locality", place, "town")
