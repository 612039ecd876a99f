"""Where an event happened: the crossing, town, district or region of its own sentences, else of the lead."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geo.drafting.lexicon import says
from geo.drafting.places import PlaceMark, city_of
from geo.intake.places.resolving import TOWN_KM

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.drafting.events import Event, Find
    from geo.drafting.scenes import Scene
    from geo.intake.places.gazetteer import Gazetteer

__all__ = ["Where", "locate_event"]

_RANKS = {"crossing": 0, "locality": 1, "district": 2, "region": 3, "abroad": 4}
_SAME = re.compile(
    r"(?:\bздесь\b|\bосында\b|\bсонда\b|там же|этом же|том же|тот же пункт|того же поста|сол жер|сол бекет|the same (?:post|crossing|checkpoint|place)|same checkpoint)"
)


@dataclass(frozen=True, slots=True)
class Where:
    """What was found of an event's place: whether anything, what the text calls it, and where that stands."""

    given: bool
    cue: str = ""
    spans: list[tuple[int, int]] = field(default_factory=list)


def locate_event(
    event: Event, find: Find, scenes: Sequence[Scene], gazetteer: Gazetteer, put: Callable[..., None]
) -> Where:
    """Fill in an event's place and border.

    Parameters
    ----------
    event, find
        The event, and what was found.
    scenes
        All sentences of the article.
    gazetteer
        As :func:`geo.intake.read_gazetteer` gathers it.
    put
        Sets a field: name, value, offsets of the words.

    Returns
    -------
    Where
    """
    own = [place for scene in event.scenes for place in scene.places]
    shared = [place for scene in event.shared for place in scene.places]
    if any(_SAME.search(scene.text) for scene in event.scenes) and not any(place.kind == "crossing" for place in own):
        shared += [
            place
            for scene in scenes
            if scene.number < find.scene.number
            for place in scene.places
            if place.kind == "crossing"
        ]
    mark = _choose(own, find) or _choose(shared, find)
    better = _choose(shared, find)
    if (
        mark is not None
        and better is not None
        and better.kind == "crossing"
        and (mark.kind in ("region", "abroad") or (mark.kind == "locality" and not mark.cue))
    ):
        mark = better
    text = " ".join(scene.text for scene in (*event.scenes, *event.shared))
    lands = [land for scene in (*event.scenes, *event.shared) for land in scene.lands]
    codes = list(gazetteer.frontier.borders.index)
    named = [land for land in lands if land.land in codes and land.role in ("line", "to", "from")]
    if mark is None or mark.kind == "district":
        mark = _city(event, scenes, gazetteer, mark)
    if mark is None:
        neighbour = _put_neighbour(named, "", put)
        if neighbour:
            put("location_precision", "border")
        return Where(bool(neighbour))
    span = (mark.start, mark.end)
    _put_place(mark, span, text, gazetteer, put)
    crossing = mark.found.crossing_id
    border = str(gazetteer.frontier.crossings.loc[crossing, "neighbour"]) if crossing else ""
    if border in codes:
        put("neighbour", border, span)
    elif not (crossing or mark.cue == "air"):
        home = [land for land in named if land.role == "line"] or named
        if not _put_neighbour(home, mark.found.region_code, put):
            _neighbour_abroad(mark, lands, gazetteer, put)
    return Where(given=True, cue=mark.cue, spans=[span])


def _choose(places: Sequence[PlaceMark], find: Find) -> PlaceMark | None:
    """The finest place; of several the last one before the find, else the first."""
    if not places:
        return None
    finest = min(_RANKS[place.kind] for place in places)
    best = [place for place in places if _RANKS[place.kind] == finest]
    if finest == _RANKS["locality"]:
        best = [place for place in best if place.cue] or best
    at = find.goods_at[1] if find.amount is None else find.amount.end
    sentence = [place for place in best if find.scene.sentence.start <= place.start < find.scene.sentence.end]
    before = [place for place in best if place.start <= at]
    return (sentence or before[-1:] or best)[0] if len(best) > 1 and sentence else best[0]


def _city(event: Event, scenes: Sequence[Scene], gazetteer: Gazetteer, mark: PlaceMark | None) -> PlaceMark | None:
    """A district of a city that only the dateline names."""
    first = next((scene for scene in scenes if scene.paragraph > 0), None)
    district = any(says(scene.text, "triggers", "place", "district") for scene in event.scenes)
    if mark is not None or first is None or not district:
        return mark
    return city_of(first.sentence.start, first.text, gazetteer)


def _put_place(
    mark: PlaceMark, span: tuple[int, int], text: str, gazetteer: Gazetteer, put: Callable[..., None]
) -> None:
    found = mark.found
    put("place_name", mark.name, span)
    put("crossing_id", found.crossing_id, span)
    put("region_code", found.region_code, span)
    precision = mark.kind
    if mark.kind == "abroad" or (mark.kind == "region" and says(text, "triggers", "place", "line")):
        precision = "border"
    put("location_precision", precision, span)
    if found.lon is not None and mark.kind not in ("region", "abroad"):
        put("lon", found.lon)
        put("lat", found.lat)
        put("location_radius_km", found.radius_km or TOWN_KM)
        put("coord_basis", found.basis)
    elif precision == "region" and found.region_code in gazetteer.frontier.regions.index:
        point = gazetteer.frontier.regions.geometry[found.region_code].representative_point()
        put("lon", point.x)
        put("lat", point.y)
        put("coord_basis", f"representative point inside {found.region_code}; only the region is known")


def _put_neighbour(named: Sequence[Any], region: str, put: Callable[..., None]) -> str:
    codes = list(dict.fromkeys(land.land for land in named))
    if len(codes) != 1:
        return ""
    put("neighbour", codes[0], *((land.start, land.end) for land in named))
    return str(codes[0])


def _neighbour_abroad(mark: PlaceMark, lands: Sequence[Any], gazetteer: Gazetteer, put: Callable[..., None]) -> None:
    """The border of a place that lies abroad itself."""
    codes = {land.land for land in lands if land.land in gazetteer.frontier.borders.index}
    if not mark.found.region_code and len(codes) == 1:
        put("neighbour", codes.pop(), (mark.start, mark.end))
