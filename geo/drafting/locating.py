"""Where an event happened: the crossing, town, district or region of its own sentences, else of the lead."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from geo.drafting.days import has_day
from geo.drafting.lands import ABROAD, HOME, read_mode
from geo.drafting.lexicon import MONTH, Shapes, lower, marks, says
from geo.drafting.naming import resolve_name
from geo.drafting.places import POSTS, PlaceMark, city_named, facility_at
from geo.drafting.scenes import days_in, is_other_time
from geo.intake.places.resolving import TOWN_KM, Found

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.border.frontier import Frontier
    from geo.drafting.events import Event
    from geo.drafting.lands import LandMark
    from geo.drafting.scenes import Scene
    from geo.intake.places.gazetteer import Gazetteer

__all__ = ["locate_event", "name_land", "place_of_event", "point_in"]

_SHAPES = Shapes("place")

_BESIDE = 60
_RANKS = ("crossing", "locality", "district", "region", "abroad")


def place_of_event(event: Event, scenes: Sequence[Scene], gazetteer: Gazetteer, *, alone: bool) -> PlaceMark | None:
    """Choose an event's place among those that the text names; the only crossing is that of an event ``alone``."""
    main, first = event.main.scene, min(one.number for one in (event.main.scene, *event.scenes))
    opening = [one for one in scenes if one.paragraph == main.paragraph and one.number < first and not one.amounts]
    event = replace(event, scenes=[*opening, *event.scenes])  # "South Kazakhstan region, Kokpak outpost. On April 20 …"
    mark = _chosen(event, scenes, gazetteer, alone=alone)
    by_rail = any(mode.value == "rail" for one in event.paragraph if (mode := read_mode(one.text)))
    if by_rail and mark and mark.cue == "post" and mark not in event.own("places"):
        station = resolve_name(mark.value, "rail", gazetteer)  # "the station of the same name"
        mark = replace(mark, found=station) if station and station.crossing_id else mark
    far = [one for one in (*event.shared, *event.scenes) if one.paragraph and (one.finding or one.outcomes)]
    far = [one for one in far if any(two.value == ABROAD and not two.role and _is_in(one, two) for two in one.lands)]
    at_home = mark is not None and mark.kind != "crossing" and bool(mark.found.region_code)
    if far and at_home and mark not in (*main.places, *far[0].places):
        return None  # "seized in Germany", and told in Astana
    if mark and mark.kind in ("locality", "district") and mark.found == Found(name=mark.found.name):
        beside = (place for place in event.own("places") if abs(place.start - mark.start) < _BESIDE)
        regions = {place.found.region_code for place in beside if place.kind in ("region", "district")}
        # An outpost that no list has.
        return replace(mark, found=replace(mark.found, region_code=regions.pop())) if len(regions) == 1 else mark
    if mark is None or mark.kind != "locality" or mark.cue in POSTS or not mark.found.region_code:
        return mark
    return facility_at(mark, "\n".join(one.text for one in event.paragraph), gazetteer)


def _is_in(scene: Scene, land: LandMark) -> bool:
    """Whether a sentence tells of something in a land."""
    words = scene.text[: land.end - scene.sentence.start]
    if _SHAPES.motion.search(words[: land.start - land.end]):
        return False  # made there
    return bool(_SHAPES.in_land.search(words[: land.start - land.end]) or _SHAPES.locative.search(words))


def _chosen(event: Event, scenes: Sequence[Scene], gazetteer: Gazetteer, *, alone: bool) -> PlaceMark | None:
    number = event.main.scene.number
    near = [scene for scene in event.scenes if abs(scene.paragraph - event.main.scene.paragraph) <= 1]
    own, shared = _told_there(event, event.own("places")), event.lead("places")
    if any(place.kind != "abroad" for scene in near for place in scene.places):
        # A village that a far paragraph names is none of the find's.
        own = [one for one in own if one.kind != "locality" or any(one in scene.places for scene in near)]
    own = _told_of_find(event, own)
    here = [one for one in own if any(one in scene.places for scene in event.paragraph)]
    if here and all(one.kind != "crossing" for one in own):
        own = here
    told = "\n".join(scene.text for scene in event.scenes)
    if any(says(lower(place.value), "triggers", "place", "line") for place in own):
        told = _SHAPES.here.sub("", told)  # "here" is on that stretch of the border
    same = _SHAPES.same.search(told)
    if same and all(place.kind != "crossing" for place in own):
        earlier = [place for scene in scenes if scene.number < number for place in scene.places][::-1]
        crossings = [place for place in earlier if place.kind == "crossing"]
        shared = [*(crossings or ([] if own else earlier[:1])), *shared]
    mark, of_all = _finest(own, event), _finest(shared, event)
    vague = mark is None or mark.kind in ("region", "abroad") or (mark.kind == "locality" and not mark.cue)
    # The post of the lead is none of an event on another day, with a place of its own.
    apart = is_other_time(days_in(event.scenes, MONTH), days_in(event.shared, MONTH))
    apart = apart or (of_all is not None and of_all.kind == "locality" and not of_all.cue)  # a dateline's town
    untold = apart and any(_SHAPES.untold.search(one.text) for one in event.scenes)
    if vague and of_all is not None and not untold and (mark is None or (of_all.kind == "crossing" and not apart)):
        mark = of_all
    crossings = [place for scene in scenes for place in scene.places if place.kind == "crossing"]
    at_post = any(says(one.text, "triggers", "place", "post") for one in event.paragraph)
    only = len({one.found.crossing_id for one in crossings}) == 1
    vague = mark is not None and mark.kind in ("region", "abroad") and not any(map(mark.meets, crossings))
    if only and ((alone or at_post) if mark is None else alone and vague):
        mark = crossings[0]
    if mark and of_all and mark.value.endswith("район") and (mark.kind, of_all.kind) == ("abroad", "region"):
        mark = replace(of_all, start=mark.start, end=mark.end, value=mark.value, kind="district")
    if mark is None:
        hints = [*event.own("hints"), *event.lead("hints"), *(one for scene in scenes if alone for one in scene.hints)]
        if any(land.role == "line" for land in (*event.own("lands"), *event.lead("lands"))):
            hints = [one for one in hints if one.kind != "region"]  # where goods went, or who had them
        mark = min(hints, key=lambda one: abs(one.start - event.main.at.start), default=None)
    return mark or _town_before(near, [one for one in scenes if one.number <= number], gazetteer)


def _town_before(near: Sequence[Scene], before: Sequence[Scene], gazetteer: Gazetteer) -> PlaceMark | None:
    """The town named last, where the find's paragraphs speak of an airport, a district, its people without a name."""
    text = "\n".join(one.text for one in near)
    shapes = (_SHAPES.in_city, _SHAPES.same, _SHAPES.at_air, _SHAPES.at_water, _SHAPES.of_city)
    flown = _SHAPES.at_air.search(text) and any(mark.value == "air" for mark in marks(text, "triggers", "mode"))
    beside = says(text, "triggers", "place", "district") or any(shape.search(text) for shape in shapes)
    posted = not beside and any(mark.value in ("parcel", "post") for mark in marks(text, "triggers", "mode"))
    if not (posted or beside):
        return None
    lands = [(one.sentence.start, one.text, land) for one in reversed(before) for land in one.lands]
    towns = (
        city_named(land.start, text[land.start - start : land.end - start], gazetteer)
        for start, text, land in lands
        if land.value == HOME and (land.role == "to" if posted else flown or not land.role)
    )
    found = list(filter(None, towns))
    if posted:  # where a parcel was sent to, if to one town
        return replace(found[0], sure=False) if len({one.value for one in found}) == 1 else None
    return next(iter(found), None)


def _told_there(event: Event, places: Sequence[PlaceMark]) -> list[PlaceMark]:
    """The places of an event without the seat of the court that tries it, and the market where its goods are sold."""
    main = event.main.scene
    bare = [one for one in event.scenes if one is not main and not (has_day(one.days) or one.amounts)]
    asides = [one for one in bare if _SHAPES.seat.search(one.text)]
    seats = [place for scene in asides for place in scene.places if place.kind in ("locality", "district")]
    return [place for place in places if place not in seats] or list(places)


def _told_of_find(event: Event, places: Sequence[PlaceMark]) -> list[PlaceMark]:
    """The places of an event without the towns that only other sentences name: where goods were loaded, or are sold."""
    main = event.main.scene
    here = [one for one in event.scenes if one.paragraph <= main.paragraph and has_day(one.days)]
    telling = [one for one in event.scenes if one is main or one in here or one.finding or one.outcomes]
    told = [place for scene in telling for place in scene.places]
    told = told or [place for scene in event.scenes if scene.paragraph <= main.paragraph for place in scene.places]
    behind = [place for one in event.scenes if one.paragraph > main.paragraph for place in one.places]
    bare = [one for one in behind if told and one not in told]  # a queue at another post
    return [one for one in places if one in told or (one not in bare and (one.kind != "locality" or one.cue))]


def _finest(places: Sequence[PlaceMark], event: Event) -> PlaceMark | None:
    """The finest place; of several the one of the find's sentence, else the first."""
    sentence = event.main.scene.sentence
    beside = [place for place in places if sentence.start <= place.start < sentence.end]
    settled = [place for place in places if place.cue == "outpost"]
    settled = settled or [place for place in beside if place.kind in ("locality", "district")]
    if settled and all(one.kind != "crossing" for one in places):
        places = settled  # "stopped in the Troitsk district", and not where the load was stored
    finest = [place for place in places if place.kind == min((one.kind for one in places), key=_RANKS.index)]
    if finest and finest[0].kind == "locality":
        finest = [place for place in finest if place.cue] or finest
    beside = [place for place in beside if place in finest]
    span = [at - sentence.start for at in (beside[0].end, beside[1].start)] if len(beside) > 1 else None
    if span and _SHAPES.called.fullmatch(sentence.text, *span):
        return beside[1]  # "the Khorgos dry post ("Nur Zholy")"
    posts = [one for one in places if one.kind in ("crossing", "locality")]
    for scene in [event.main.scene] if beside else event.scenes:
        listed = _listed(posts, scene)
        if listed and {*(beside or finest)} <= {*listed}:
            return _either(listed)
    before = [place for place in beside if place.kind == "crossing" and place.end <= event.main.at.start]
    return next(iter(before[::-1] or beside or finest), None)


def _listed(places: Sequence[PlaceMark], scene: Scene) -> list[PlaceMark]:
    """The places of a sentence, if they are several in one list: "через посты «Исилькуль» и «Одесское»"."""
    start, end = scene.sentence.start, scene.sentence.end
    named = sorted((one for one in places if start <= one.start < end), key=lambda one: one.start)
    pairs = [(one.end - start, other.start - start) for one, other in pairwise(named)]
    return named if pairs and all(_SHAPES.and_post.fullmatch(scene.text, *pair) for pair in pairs) else []


def _either(listed: Sequence[PlaceMark]) -> PlaceMark:
    """Several posts at once, or one of them: at which it was is open."""
    name = ", ".join(one.value for one in listed)
    return PlaceMark(listed[0].start, listed[-1].end, name, "abroad", Found())


def locate_event(event: Event, mark: PlaceMark | None, gazetteer: Gazetteer, put: Callable[..., None]) -> None:
    """Fill in an event's place and border: ``put`` sets a field to a value, with the offsets of its words."""
    frontier = gazetteer.frontier
    codes = list(map(str, frontier.borders.index))
    lands = [*event.own("lands"), *event.lead("lands")]
    named = [land for land in lands if land.value in codes and land.role in ("line", "to", "from")]
    lined = [land for land in named if land.role == "line"] or named
    if mark is None:
        if neighbour := _one_land(lined):
            put("neighbour", neighbour, *(land.span for land in lined))
            put("location_precision", "border")
        return
    _put_place(event, mark, gazetteer, put)
    crossing = mark.found.crossing_id
    border = str(frontier.crossings.loc[crossing, "neighbour"]) if crossing else ""
    sides = {one.neighbour for one in mark.found.candidates if one.crossing_id}
    border = sides.pop() if len(sides) == 1 and mark.found.lon is None else border
    abroad = [land for land in lands if land.value in codes] if not mark.found.region_code else []
    if border in codes:
        put("neighbour", border, mark.span)
    elif not crossing and mark.cue != "air" and not (mark.cue == "post" and mark.found.lon is None):
        if neighbour := _one_land(lined):
            put("neighbour", neighbour, *(land.span for land in lined))
        elif neighbour := _one_land(abroad):
            put("neighbour", neighbour, mark.span)


def name_land(event: Event, text: str, neighbour: str, put: Callable[..., None], *, acted: bool) -> None:
    """Name the border, else the country, of an event that no other place is told of: home where its agencies acted."""
    scenes = sorted((*event.scenes, *event.shared), key=lambda one: abs(one.number - event.main.scene.number))
    for scene, land in [(one, land) for one in scenes for land in one.lands]:
        lines = _SHAPES.line_name.finditer(text, scene.sentence.start, scene.sentence.end)
        line = next((one.span() for one in lines if one.start() <= land.start < one.end()), None)
        there = _is_in(scene, land)
        ours = land.value == HOME and _SHAPES.home_name.match(scene.text, land.start - scene.sentence.start)
        brought = ours and (land.role == "to" or acted)
        if neighbour and line and land.role == "line" and land.value == neighbour:
            return put("place_name", text[slice(*line)], line)
        within = land.value in (HOME, "abroad") and land.role in ("", "origin") and there
        if not neighbour and (within or brought):
            put("location_precision", "country")
            return put("place_name", text[slice(*land.span)], land.span)
    return None


def _one_land(lands: Sequence[LandMark]) -> str:
    values = {str(land.value) for land in lands}
    return values.pop() if len(values) == 1 else ""


def _put_place(event: Event, mark: PlaceMark, gazetteer: Gazetteer, put: Callable[..., None]) -> None:
    place, precision, span = mark.found, mark.kind, mark.span
    if mark.kind == "abroad" or (mark.kind == "region" and event.says("triggers", "place", "line")):
        precision = "border"
    put("place_name", mark.value, span)
    put("crossing_id", place.crossing_id, span)
    put("region_code", place.region_code, span)
    put("location_precision", precision, span)
    if place.lon is not None and mark.kind not in ("region", "abroad"):
        put("lon", place.lon)
        put("lat", place.lat)
        put("location_radius_km", place.radius_km or TOWN_KM)
        put("coord_basis", place.basis)
    elif precision == "region":
        for name, value in point_in(place.region_code, gazetteer.frontier).items():
            put(name, value)


def point_in(region: str, frontier: Frontier) -> dict[str, Any]:
    """A point that stands for a region, and why it does; nothing where the region is not known."""
    if region not in frontier.regions.index:
        return {}
    point = frontier.regions.geometry[region].representative_point()
    basis = f"representative point inside {region}; only the region is known"
    return {"lon": point.x, "lat": point.y, "coord_basis": basis}
