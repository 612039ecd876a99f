"""Sites of records: at a crossing, in a town or district, along a region's stretch, or in the sum alone.

Worked out once for the figure, the app's keys and, in the atlas, for the browser. A site's key means the same in every
language and in every view.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd
import shapely

from geo.incidents.placing import AT_CROSSING_KM
from geo.incidents.reading import border_of
from geo.vocabulary import FAMILIES, FAMILY_OF

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.border.frontier import Frontier
    from geo.incidents.placing import Located

__all__ = ["Sites", "cells_of", "families_of", "feet_of", "kinds_of", "sites_of"]

_DEGREES = 4  # decimals of a point in a key
_MARKED = ("crossing", "town", "district", "air", "region", "border")
_POINTS = ("town", "district")


@dataclass(frozen=True, eq=False)
class Sites:
    """The places at which some records are shown.

    Attributes
    ----------
    kind
        Of each record, on their index: how exactly it is placed, from :func:`kinds_of`.
    of
        Of each record the row of ``table``, shape (records,); −1: no mark shows it.
    table
        One row per place, by key: ``kind``, ``border`` (blank for an airport), ``region_code`` of a region's stretch,
        ``crossing_id``, ``lon`` and ``lat`` in degrees (of a crossing its foot on the line; NaN for stretches and
        borders), ``radius_km`` within which a town or district lies (0 elsewhere).
    """

    kind: pd.Series
    of: NDArray[np.intp]
    table: pd.DataFrame


_KNOWN: WeakKeyDictionary[Located, Sites] = WeakKeyDictionary()


def sites_of(located: Located) -> Sites:
    """The sites of the records; asked again for the same records, the same."""
    known = _KNOWN.get(located)
    if known is None:
        known = _KNOWN[located] = _find_sites(located)
    return known


def kinds_of(located: Located) -> pd.Series:
    """Kind of each record's site: crossing, town, district, region, border, nearest (a register), air, none."""
    incidents, crossings = located.incidents, located.frontier.crossings
    precision, border = incidents["location_precision"], border_of(incidents)
    mode = incidents["crossing_id"].map(crossings["mode"]).fillna("")
    on_line = incidents["crossing_id"].map(crossings["cell"]).fillna("").ne("")
    pointed = ~(incidents.geometry.isna() | incidents.geometry.is_empty)
    pointed &= precision.isin(["crossing", "locality", "district"])
    off = border.isin(["AIR", "POST"])
    exact = on_line & incidents["location_radius_km"].fillna(0).le(AT_CROSSING_KM)
    tests = {
        "air": off & (mode.ne("") | pointed) | precision.eq("crossing") & mode.eq("air") & ~off,
        "crossing": ~off & precision.eq("crossing") & mode.ne("air") & exact,
        "district": ~off & pointed & precision.eq("district"),
        "town": ~off & pointed,
    } | {spread: ~off & incidents["spread"].eq(spread) for spread in ("region", "border", "nearest")}
    return pd.Series(np.select(list(tests.values()), list(tests), "none"), incidents.index)


def families_of(goods: pd.Series) -> NDArray[np.intp]:
    """Place of each record's family of goods among :data:`geo.vocabulary.FAMILIES`; unknown goods are of the last."""
    place = {family.letter: at for at, family in enumerate(FAMILIES)}
    at = {name: place[FAMILY_OF.get(name, FAMILIES[-1].letter)] for name in goods.unique()}
    return goods.map(at).to_numpy(np.intp)


def feet_of(frontier: Frontier) -> pd.DataFrame:
    """``lon`` and ``lat`` where each crossing meets its line, by id; without airports."""
    crossings = frontier.crossings[frontier.crossings["cell"].ne("")]
    cells = frontier.cells.loc[crossings["cell"]]
    share = (crossings["km"].to_numpy() - cells["start_km"].to_numpy()) / cells["length_km"].to_numpy()
    points = shapely.line_interpolate_point(cells.geometry.to_numpy(), np.clip(share, 0, 1), normalized=True)
    return pd.DataFrame(shapely.get_coordinates(points), crossings.index, ["lon", "lat"])


def cells_of(cells: pd.DataFrame, border: str, region: str) -> NDArray[np.intp]:
    """Positions of the cells where a region touches a border; it may do so in several stretches."""
    return np.flatnonzero(cells["neighbour"].eq(border) & cells["region_code"].eq(region))


def _find_sites(located: Located) -> Sites:
    kind = kinds_of(located)
    marked = kind.isin(_MARKED).to_numpy()
    rows = _rows(located, kind)[marked]
    key = rows["kind"] + ":" + _names(rows)
    table = rows.groupby(key.to_numpy(), sort=True).first()
    of = np.full(len(kind), -1)
    of[marked] = table.index.get_indexer(pd.Index(key))
    return Sites(kind, of, table)


def _rows(located: Located, kind: pd.Series) -> pd.DataFrame:
    """Of each record what its site would be."""
    incidents, crossings = located.incidents, located.frontier.crossings
    point = incidents.geometry.get_coordinates().reindex(incidents.index).round(_DEGREES)
    point.columns = pd.Index(["lon", "lat"])
    crossing = incidents["crossing_id"].where(incidents["crossing_id"].isin(crossings.index), "")
    at_crossing, by_air = kind.eq("crossing"), kind.eq("air") & crossing.ne("")
    airports = pd.DataFrame({"lon": crossings.geometry.x, "lat": crossings.geometry.y}, crossings.index)
    for here, points in ((at_crossing, feet_of(located.frontier)), (by_air, airports)):
        point[here] = points.reindex(crossing[here]).to_numpy()
    point[kind.isin(["region", "border"])] = np.nan
    border = border_of(incidents).mask(kind.eq("air"), "")
    return pd.DataFrame(
        {
            "kind": kind,
            # What a crossing holds belongs to the crossing's own line.
            "border": border.mask(at_crossing, crossing.map(crossings["neighbour"])),
            "region_code": incidents["region_code"].where(kind.eq("region"), ""),
            "crossing_id": crossing.where(at_crossing | by_air, ""),
            "lon": point["lon"],
            "lat": point["lat"],
            "radius_km": incidents["location_radius_km"].fillna(0).round(1).where(kind.isin(_POINTS), 0.0),
        }
    )


def _names(rows: pd.DataFrame) -> pd.Series:
    """Names that follow the kind in a key."""
    where = _plain(rows["lon"]) + "," + _plain(rows["lat"])
    where = where.mask(rows["kind"].isin(_POINTS), where + ":" + _plain(rows["radius_km"]))
    where = where.mask(rows["crossing_id"].ne(""), rows["crossing_id"])
    where = where.mask(rows["kind"].eq("border"), rows["border"])
    return where.mask(rows["kind"].eq("region"), rows["border"] + ":" + rows["region_code"])


def _plain(numbers: pd.Series) -> pd.Series:
    """Numbers as the browser would write them: whole ones without a point."""
    return numbers.astype(str).str.removesuffix(".0")
