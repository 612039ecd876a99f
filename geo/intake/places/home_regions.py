"""Home region that a record states, and what that name meant on the record's day: a region that is split keeps its."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from geo.intake.places.gazetteer import region_of
from geo.intake.words.vocabularies import plain, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.border.frontier import Frontier

__all__ = ["in_region", "region_by_point", "regions_meant", "regions_stated"]

_EDGE_DEGREES = 0.25  # by which inner edges of the map may be off


def regions_stated(code: str, name: str, frontier: Frontier) -> tuple[str, ...]:
    """Codes of the home regions that a record’s code or words may name: one, or those that share a name."""
    for text in (code, name):
        stated = {codes for part in (text, *text.split(",")) if part.strip() and (codes := _codes(part, frontier))}
        if len(stated) == 1:
            return stated.pop()
    return ()


def _codes(text: str, frontier: Frontier) -> tuple[str, ...]:
    if shared := table("places").get("shared", {}).get(plain(text)):
        return tuple(code for code in shared if code in frontier.regions.index)
    # In a column of regions "Жамбылская" is enough.
    code = region_of(text, frontier) or region_of(f"{text} область", frontier)
    return (code,) if code else ()


def regions_meant(stated: Sequence[str], date: str) -> tuple[list[str], str]:
    """Regions of today that stated ones may mean in a record of a date, and the day of a split that makes them several.

    A record that may be older than that day may lie in any part of what the name meant until then.
    """
    splits = [_split(code, date) for code in stated]
    parts = [
        part for code, split in zip(stated, splits, strict=True) for part in (split or {"regions": [code]})["regions"]
    ]
    return parts, next((str(split["until"]) for split in splits if split), "")


def _split(code: str, date: str) -> dict[str, Any] | None:
    """The split of a region whose name a record of a date may use in the sense before it."""
    # "2022" and "2022-06" stand before every day of theirs, no date before all.
    splits = table("places")["former"]
    return next((one for one in splits if one["regions"][0] == code and date < str(one["until"])), None)


def in_region(code: str, region: str) -> bool:
    """Whether a place's region is the stated one, or was one with it."""
    if code == region or not code or region in table("places").get("cities", ()):
        return code == region
    return any({code, region} <= {*one["regions"]} for one in table("places")["former"])


def region_by_point(region: str, here: str, point: tuple[float, float], date: str, frontier: Frontier) -> str | None:
    """Region of a point for which another one is stated; None where the two contradict each other."""
    if here == region:
        return region
    parted = in_region(here, region)
    near = shapely.distance(frontier.regions.geometry[region], shapely.Point(point)) <= _EDGE_DEGREES
    if near and not (parted and _split(region, date)):
        return region
    return here if parted else None
