"""Names of places: what the lists of crossings and towns have under one, in the case in which a text declines it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.drafting.lexicon import Shapes, word_list
from geo.intake.places.resolving import ACROSS_KM, Found, Hints, resolve
from geo.intake.words.folding import fold, inflections
from geo.paths import of_country

if TYPE_CHECKING:
    from geo.intake.places.gazetteer import Gazetteer, Place

__all__ = ["Known", "kinds", "look_up", "resolve_name"]

_SHAPES = Shapes("place")


@dataclass(frozen=True, slots=True)
class Known:
    """What the lists have under a name: the form that they have, near places, cities far off."""

    name: str
    places: tuple[Place, ...] = ()
    far: tuple[Place, ...] = ()


@of_country(maxsize=16384)
def look_up(name: str, gazetteer: Gazetteer) -> Known:
    """Look a name up, as it stands or without the ending of its case."""
    found: list[Known] = []
    for one in [name, *inflections(name)]:
        places, same = gazetteer.look_up(one)
        far = gazetteer.look_up_far(one)
        if same or far:
            found.append(Known(one, tuple(places) if same else (), tuple(far)))
    posts = (one for one in found if found[0].name != name and any(place.crossing_id for place in one.places))
    return next(posts, found[0] if found else Known(name))


def kinds() -> dict[str, str]:
    """What a text calls a place → the word by which the readers of tables know it."""
    return dict(word_list("triggers", "called"))


@of_country()
def _other_names(cue: str) -> dict[str, str]:
    names = {**word_list("posts", "names"), **(word_list("posts", "rail") if cue == "rail" else {})}
    return {fold(one): name for name, others in names.items() for one in others}


@of_country(maxsize=16384)
def resolve_name(name: str, cue: str, gazetteer: Gazetteer, country: str = "", region: str = "") -> Found | None:
    """What the readers of tables find under a name; None for a crossing of another mode than the text says."""
    if cue == "centre":
        centres = (
            resolve_name(form.format(name), "post", gazetteer) for form in word_list("triggers", "centres", "forms")
        )
        return next((one for one in centres if one is not None and one.crossing_id), None)
    called = name
    if cue in ("post", "rail"):
        known = _other_names(cue)
        name = next((known[key] for key in map(fold, [name, *inflections(name)]) if key in known), name)
    hints = Hints(mode="rail" if cue == "rail" else "", at_crossing=cue == "post", country=country, region_code=region)
    place = resolve(f"{kinds().get(cue, '')} {name}".strip(), gazetteer, hints)
    crossings = gazetteer.frontier.crossings
    if place.lon is None and cue in ("post", "rail") and (bare := _SHAPES.post_name.sub("", name)) != name:
        # "пост Исилькульский", "Ak-Tilek-Avtodorozhny": an adjective, a road.
        tried = (resolve_name(bare + ending, cue, gazetteer) for ending in ("", "ь", "а", "'", "y"))
        place = next((one for one in tried if one is not None and one.crossing_id), place)
    if place.lon is None and cue in ("post", "rail"):
        # "железнодорожный переход Шалдуар": a rail post may be called a post, a road post stand by a station.
        other = resolve(f"{kinds()['rail' if cue == 'post' else 'post']} {name}", gazetteer, replace(hints, mode=""))
        place = other if other.crossing_id else place
    if place.lon is None and cue in ("post", "rail"):
        # "Petukhovo" stands across from a road post and a station.
        mode = "rail" if cue == "rail" else "road"
        fits = [one for one in place.candidates if one.crossing_id and crossings.loc[one.crossing_id, "mode"] == mode]
        if len({one.crossing_id for one in fits}) == 1:
            one = fits[0]
            point = ("crossing", one.lon, one.lat, ACROSS_KM)
            return Found(*point, one.region_code, one.crossing_id, one.name, one.source)
    if cue in ("air", "water") and not place.crossing_id:  # "аэропорт Туркестана"
        forms = (resolve(f"{kinds()[cue]} {one}", gazetteer, hints) for one in inflections(name))
        place = next((one for one in forms if one.crossing_id), place)
    if cue == "rail" and place.crossing_id and crossings.loc[place.crossing_id, "mode"] != "rail":
        across = crossings["other_side_name"].map(lambda one: fold(name) in fold(str(one)))
        stations = crossings[across & (crossings["mode"] == "rail")]
        if len(stations) == 1:  # Kulunda stands across from a road post, and has a station
            one = stations.iloc[0]
            place = replace(place, lon=one.geometry.x, lat=one.geometry.y, region_code=str(one["region_code"]))
            return replace(place, crossing_id=str(one.name), basis=f"crossings: {one.name}")
    mode = crossings.loc[place.crossing_id, "mode"] if place.crossing_id else cue
    by_land = cue in ("post", "rail") and name == called
    return None if (cue in ("air", "water") and mode != cue) or (by_land and mode == "air") else place
