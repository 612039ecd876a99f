"""What a person has confirmed: completed, and checked like any file of incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.border.codes import read_border_codes
from geo.drafting.locating import point_in
from geo.incidents.cells import type_cells
from geo.incidents.reading import agency_sides, as_incidents, side_of
from geo.vocabulary import FIELDS, OFF_BORDER

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from geo.border.frontier import Frontier
    from geo.errors import Fault

__all__ = ["complete", "confirmed_records", "faults_of"]

_UNSAID = OFF_BORDER[-1].lower()
_PRECISIONS = {4: "year", 7: "month", 10: "day"}
_RADIUS_KM = 5.0


def complete(record: dict[str, Any], frontier: Frontier) -> dict[str, Any]:
    """A record with what follows from its other fields: precisions, whose agencies recorded it, its point.

    What is not said is said to be unknown.
    """
    done = dict(record)
    for name in ("direction", "mode", "outcome_class"):
        done[name] = done.get(name) or _UNSAID
    done["date_precision"] = _PRECISIONS.get(len(str(done.get("date") or "")), _UNSAID)
    done["recording_side"] = side_of(str(done.get("agency") or ""), agency_sides())
    crossing, region, precision = (done.get(name) for name in ("crossing_id", "region_code", "location_precision"))
    if crossing in frontier.crossings.index:
        place = frontier.crossings.loc[crossing]
        done |= {"location_precision": "crossing", "lon": place.geometry.x, "lat": place.geometry.y}
        done |= {"region_code": str(place["region_code"]), "coord_basis": f"crossings: {crossing}"}
        done["location_radius_km"] = done.get("location_radius_km") or _RADIUS_KM
    elif done.get("lon") is None or precision in ("region", "border", ""):
        border = "border" if done.get("neighbour") else "country"
        precision = "region" if region and precision == "region" else border
        done |= {"location_precision": precision, "crossing_id": ""}
        done |= dict.fromkeys(("lon", "lat", "location_radius_km"))
        done |= point_in(str(region), frontier) if precision == "region" else {}
    if done.get("region_code") in frontier.regions.index:
        done["region_name"] = str(frontier.regions.loc[done["region_code"], "name_en"])
    return done


def _typed(records: Sequence[dict[str, Any]]) -> tuple[pd.DataFrame, dict[tuple[int, str], Fault]]:
    rows = [{name: record.get(name) for name in (*FIELDS, "lon", "lat")} for record in records]
    return type_cells(pd.DataFrame(rows, dtype=object), "")


def faults_of(record: dict[str, Any], frontier: Frontier) -> list[Fault]:
    """What keeps a record from being one: the faults that ``shekara check`` would tell of it."""
    from geo.incidents.schema import rule_faults  # noqa: PLC0415  (pandera takes half a second to load)

    frame, faults = _typed([record])
    rules = rule_faults(frame, str(record.get("id", "")), codes=read_border_codes(), lines=frontier.borders.geometry)
    return list((rules | faults).values())


def confirmed_records(records: Sequence[dict[str, Any]]) -> gpd.GeoDataFrame:
    """Completed records without faults as incidents, without a status, since they are drafts no longer."""
    return as_incidents(_typed(records)[0])
