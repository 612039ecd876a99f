"""What a person has confirmed, checked like any file of incidents, and written as one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.border.codes import read_border_codes
from geo.incidents.cells import type_cells
from geo.incidents.reading import agency_sides, side_of
from geo.vocabulary import FIELDS, OFF_BORDER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.border.frontier import Frontier
    from geo.errors import Fault

__all__ = ["complete", "confirmed_geojson", "faults_of"]

_UNSAID = OFF_BORDER[-1].lower()
_PRECISIONS = {4: "year", 7: "month", 10: "day"}


def complete(record: dict[str, Any], frontier: Frontier) -> dict[str, Any]:
    """A record with what follows from its other fields: precisions, whose agencies recorded it, its point.

    Parameters
    ----------
    record
        Fields of an incident, as a person left them; ``lon`` and ``lat`` where there is a place.
    frontier
        Gives the point of a crossing that was chosen, and a point inside a region.

    Returns
    -------
    dict
        What is not said is said to be unknown.
    """
    done = dict(record)
    for name in ("direction", "mode", "outcome_class"):
        done[name] = done.get(name) or _UNSAID
    done["date_precision"] = _PRECISIONS.get(len(str(done.get("date") or "")), _UNSAID)
    done["recording_side"] = side_of(str(done.get("agency") or ""), agency_sides())
    crossing, region = done.get("crossing_id"), done.get("region_code")
    if crossing in frontier.crossings.index:
        place = frontier.crossings.loc[crossing]
        done |= {"location_precision": "crossing", "lon": place.geometry.x, "lat": place.geometry.y}
        done["location_radius_km"] = done.get("location_radius_km") or 5.0
        done |= {"region_code": str(place["region_code"]), "coord_basis": f"crossings: {crossing}"}
    elif done.get("lon") is None or done.get("location_precision") in ("region", "border", ""):
        done |= {"lon": None, "lat": None, "location_radius_km": None, "crossing_id": ""}
        border = "border" if done.get("neighbour") else "country"
        done["location_precision"] = "region" if region and done.get("location_precision") == "region" else border
    if done["location_precision"] == "region" and region in frontier.regions.index:
        point = frontier.regions.geometry[region].representative_point()
        done |= {"lon": point.x, "lat": point.y, "coord_basis": f"representative point inside {region}"}
    if done.get("region_code") in frontier.regions.index:
        done["region_name"] = str(frontier.regions.loc[done["region_code"], "name_en"])
    return done


def faults_of(record: dict[str, Any], frontier: Frontier) -> list[Fault]:
    """What keeps a record from being one: the faults that ``shekara check`` would tell of it."""
    from geo.incidents.schema import rule_faults  # noqa: PLC0415  (pandera takes half a second to load)

    row = {name: record.get(name) for name in (*FIELDS, "lon", "lat")}
    frame, cell_faults = type_cells(pd.DataFrame([row], dtype=object), str(record.get("id", "")))
    rules = rule_faults(frame, str(record.get("id", "")), codes=read_border_codes(), lines=frontier.borders.geometry)
    return [*cell_faults.values(), *(fault for key, fault in rules.items() if key not in cell_faults)]


def confirmed_geojson(records: Sequence[dict[str, Any]]) -> str:
    """Confirmed records as a file of incidents: without a status, since they are drafts no longer."""
    features = [
        {
            "type": "Feature",
            "properties": {name: record.get(name) for name in FIELDS},
            "geometry": None
            if record.get("lon") is None
            else {"type": "Point", "coordinates": [round(record["lon"], 6), round(record["lat"], 6)]},
        }
        for record in records
    ]
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in features)
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'
