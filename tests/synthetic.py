"""Made-up incidents for tests and benchmarks: seeded, valid in the schema, and recognisable by their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.incidents.cells import date_spans
from geo.incidents.reading import read_incidents
from geo.vocabulary import (
    CONFIDENCES,
    DIRECTIONS,
    FIELDS,
    GOODS,
    MODES,
    NUMBER_FIELDS,
    RECORDING_SIDES,
    UNITS,
)

if TYPE_CHECKING:
    from geo.border.frontier import Frontier

_AGENCIES = {
    "home": "KNB Border Service",
    "neighbour": "Russian customs",
    "both": "KNB Border Service; Russian customs",
    "other": "other: German authorities",
    "unknown": "",
}
_RADIUS_KM = {"crossing": 5.0, "locality": 10.0, "district": 40.0}


def synthetic_incidents(n: int, frontier: Frontier | None, seed: int) -> gpd.GeoDataFrame:
    """Make up incidents in the form that ``read_incidents`` gives.

    With a frontier, places are drawn along its lines by length, a few kilometres off, and crossings and regions
    are its own; without one, the places of the built-in incidents are drawn again.
    """
    rng = np.random.default_rng(seed)
    table = _say_what(rng, n)
    places = _draw_again(rng, n) if frontier is None else _draw_along(rng, n, frontier)
    table = table.assign(**{name: places[name].to_numpy() for name in places if name != "geometry"})
    table = table.reindex(columns=list(FIELDS)).set_index("id")
    for name in table.columns:
        blank: Any = np.nan if name in NUMBER_FIELDS else ""
        kind = "float64" if name in NUMBER_FIELDS else str
        table[name] = table[name].astype(object).where(table[name].notna(), blank).astype(kind)
    table = table.join(date_spans(table["date"]))
    return gpd.GeoDataFrame(table, geometry=places["geometry"].to_numpy(), crs="EPSG:4326")


def _say_what(rng: np.random.Generator, n: int) -> pd.DataFrame:
    days = np.datetime64("2010-01-01") + rng.integers(0, 6000, n)
    length = rng.choice([10, 7, 4, 0], n, p=[0.55, 0.1, 0.05, 0.3])
    dates = [str(day)[:keep] for day, keep in zip(days, length, strict=True)]
    side = rng.choice(RECORDING_SIDES, n, p=[0.5, 0.4, 0.04, 0.02, 0.04])
    counted = rng.random(n) < 0.9
    return pd.DataFrame(
        {
            "id": [f"sim-{number:06d}" for number in range(n)],
            "title": [f"Made-up incident {number}" for number in range(n)],
            "date": dates,
            "date_precision": pd.Series(length).map({10: "day", 7: "month", 4: "year", 0: "unknown"}),
            "date_basis": np.where(length == 0, "none", "event"),
            "goods": rng.choice(GOODS, n),
            "quantity": np.where(counted, np.round(10 ** rng.uniform(-2, 5, n), 3), np.nan),
            "unit": np.where(counted, rng.choice(UNITS, n), ""),
            "direction": rng.choice(DIRECTIONS, n),
            "mode": rng.choice(MODES, n, p=[0.58, 0.11, 0.06, 0.01, 0.01, 0.01, 0.04, 0.04, 0.14]),
            "agency": [_AGENCIES[name] for name in side],
            "outcome_class": rng.choice(["seized", "case_opened", "unknown", "refused_entry"], n),
            "source_url": [f"https://example.org/{number}" for number in range(n)],
            "confidence": rng.choice(CONFIDENCES, n),
            "verified": "no",
            "seed_named": "no",
            "recording_side": side,
        }
    )


def _draw_again(rng: np.random.Generator, n: int) -> gpd.GeoDataFrame:
    fields = ["neighbour", "region_code", "crossing_id", "location_precision", "location_radius_km", "geometry"]
    real = read_incidents()[fields]
    return real.iloc[rng.integers(0, len(real), n)].reset_index(drop=True)


def _draw_along(rng: np.random.Generator, n: int, frontier: Frontier) -> gpd.GeoDataFrame:
    precision = rng.choice(["crossing", "locality", "district", "region", "border"], n, p=[0.4, 0.15, 0.1, 0.15, 0.2])
    share = frontier.cells["length_km"].to_numpy() / frontier.cells["length_km"].sum()
    cells = frontier.cells.iloc[rng.choice(len(frontier.cells), n, p=share)]
    along = shapely.line_interpolate_point(cells.geometry.to_numpy(), rng.random(n), normalized=True)
    radius = pd.Series(precision).map(_RADIUS_KM).to_numpy()
    apart = rng.normal(0, np.nan_to_num(radius, nan=0)[:, None] / 250, (n, 2))
    points = shapely.points(shapely.get_coordinates(along) + apart)
    neighbour, region = cells["neighbour"].to_numpy(dtype=object), cells["region_code"].to_numpy(dtype=object)
    crossing = np.full(n, "", dtype=object)
    at = precision == "crossing"
    known = frontier.crossings[frontier.crossings["cell"] != ""]
    drawn = known.iloc[rng.integers(0, len(known), at.sum())]
    crossing[at], neighbour[at] = drawn.index, drawn["neighbour"]
    region[at], points[at] = drawn["region_code"], drawn.geometry.to_numpy()
    region[precision == "border"] = ""
    points[np.isin(precision, ["region", "border"])] = None
    return gpd.GeoDataFrame(
        {
            "neighbour": neighbour,
            "region_code": region,
            "crossing_id": crossing,
            "location_precision": precision,
            "location_radius_km": radius,
        },
        geometry=points,
        crs="EPSG:4326",
    )
