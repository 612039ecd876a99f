"""How other libraries find the nearest segment and its distance, each by its own best means.

They work in a plane, so they are given points and segments in an equidistant projection; what projecting costs isn't
counted.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    Found = tuple[np.ndarray, np.ndarray]
    Peer = Callable[[gpd.GeoDataFrame, gpd.GeoDataFrame], Found]

PROJECTION = "+proj=eqdc +lat_1=43 +lat_2=53 +lat_0=48 +lon_0=67 +ellps=WGS84"
_REACHES_M = (50_000, 250_000, 1_500_000)


def sjoin_nearest(points: gpd.GeoDataFrame, segments: gpd.GeoDataFrame) -> Found:
    """GeoPandas."""
    joined = gpd.sjoin_nearest(points, segments, distance_col="metres")
    joined = joined[~joined.index.duplicated()]
    return joined["segment"].to_numpy(), joined["metres"].to_numpy() / 1000


def dask_geopandas(points: gpd.GeoDataFrame, segments: gpd.GeoDataFrame) -> Found:
    """dask-geopandas, two threads."""
    import dask  # noqa: PLC0415
    import dask_geopandas as dgpd  # noqa: PLC0415

    parts = dgpd.from_geopandas(points, npartitions=8)
    with dask.config.set(scheduler="threads", num_workers=2):
        joined = parts.map_partitions(gpd.sjoin_nearest, segments, distance_col="metres").compute()
    joined = joined[~joined.index.duplicated()]
    return joined["segment"].to_numpy(), joined["metres"].to_numpy() / 1000


def sedonadb(points: gpd.GeoDataFrame, segments: gpd.GeoDataFrame) -> Found:
    """SedonaDB's nearest-neighbour join."""
    import sedonadb as sedona  # noqa: PLC0415

    session = sedona.connect()
    session.create_data_frame(points.reset_index(names="id")).to_view("points", overwrite=True)
    session.create_data_frame(segments.reset_index()[["segment", "geometry"]]).to_view("segments", overwrite=True)
    found = session.sql(
        "SELECT p.id, s.segment, ST_Distance(p.geometry, s.geometry) AS metres FROM points p "
        "JOIN segments s ON ST_KNN(p.geometry, s.geometry, 1, FALSE)"
    ).to_pandas()
    found = found.drop_duplicates("id").sort_values("id")
    return found["segment"].to_numpy(), found["metres"].to_numpy() / 1000


def duckdb_spatial(points: gpd.GeoDataFrame, segments: gpd.GeoDataFrame) -> Found:
    """DuckDB has no nearest-neighbour join: joins within growing distances, each for what the last one left."""
    import duckdb  # noqa: PLC0415
    import duckdb_extension_spatial as extension  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    (file,) = Path(extension.__path__[0]).rglob("spatial.duckdb_extension")
    found = []
    with duckdb.connect() as session:
        session.execute(f"LOAD '{file}'")
        session.register(
            "xy", pd.DataFrame({"id": np.arange(len(points)), "x": points.geometry.x, "y": points.geometry.y})
        )
        session.register("wkb", pd.DataFrame({"segment": segments.index, "wkb": segments.geometry.to_wkb()}))
        session.execute("CREATE TABLE points AS SELECT id, ST_Point(x, y) AS geometry FROM xy")
        session.execute("CREATE TABLE segments AS SELECT segment, ST_GeomFromWKB(wkb) AS geometry FROM wkb")
        for reach in _REACHES_M:
            session.execute(
                "CREATE OR REPLACE TABLE found AS "  # noqa: S608  (the number is this module's own)
                "SELECT id, arg_min(segment, metres) AS segment, min(metres) AS metres "
                "FROM (SELECT p.id, s.segment, ST_Distance(p.geometry, s.geometry) AS metres FROM points p "
                f"JOIN segments s ON ST_DWithin(p.geometry, s.geometry, {reach})) GROUP BY id"
            )
            found.append(session.sql("SELECT * FROM found").df())
            session.execute("DELETE FROM points WHERE id IN (SELECT id FROM found)")
    table = pd.concat(found).sort_values("id")
    return table["segment"].to_numpy(), table["metres"].to_numpy() / 1000


PEERS: dict[str, tuple[Peer, tuple[str, ...]]] = {
    "GeoPandas sjoin_nearest": (sjoin_nearest, ()),
    "dask-geopandas": (dask_geopandas, ("dask_geopandas",)),
    "SedonaDB": (sedonadb, ("sedonadb",)),
    "DuckDB spatial": (duckdb_spatial, ("duckdb", "duckdb_extension_spatial")),
}


def installed(needed: tuple[str, ...]) -> bool:
    """Whether a peer can be measured here."""
    return all(find_spec(name) is not None for name in needed)
