"""The border: its lines, the cells and segments they are cut into, the crossings and regions along it.

A line with a neighbour may have several parts, as where another country or a coast lies between, round an exclave or
an enclave; a place on it is the neighbour and a kilometre along the parts, one after the other. A coast is a line of
its own, cut likewise, but nothing crosses it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.border.features import AREA, LINE, read_features
from geo.border.segment_names import name_segments
from geo.border.sketch import sketch_html
from geo.errors import Fault, InputError
from geo.geometry.geodesy import densify, length_km
from geo.geometry.lines import LineIndex
from geo.geometry.region_index import RegionIndex

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["CELL_KM", "FRAMES", "SEGMENT_KM", "Frontier", "read_frontier"]

CRS = "EPSG:4326"
FRAMES = ("borders", "cells", "segments", "regions", "crossings", "neighbours", "lakes", "rivers", "cities")
"""The frames of a border."""

CELL_KM, SEGMENT_KM = 10.0, 50.0

_FILES = {
    "borders": (LINE, ("neighbour", "name_en", "kind", "published_km")),
    "regions": (AREA, ("region_code", "name_en")),
    "crossings": (("Point",), ("id", "name_en", "neighbour", "mode", "region_code")),
    "neighbours": (AREA, ("code", "name_en")),
    "lakes": (AREA, ("name_en",)),
    "rivers": (LINE, ()),
    "cities": (("Point",), ("name_en", "rank", "country")),
}
_OPTIONAL = ("rivers",)
_INDEX = {"borders": "neighbour", "regions": "region_code", "crossings": "id"}


@dataclass(frozen=True, eq=False, repr=False)
class Frontier:
    """A country's border, ready to place incidents on. Every frame is in EPSG:4326.

    Attributes
    ----------
    borders
        One line a neighbour, index ``neighbour``: names, ``kind`` (land or coast), ``length_km`` on this map,
        ``published_km``, ``offset_km`` (where the line starts on the unrolled land border; NaN for a coast).
    cells
        Stretches of about 10 km in order along the border, land first, index ``cell`` (``KG-037``): ``neighbour``,
        ``segment``, ``region_code``, ``start_km`` and ``end_km`` along the neighbour's line, ``length_km``,
        ``lon`` and ``lat`` of its middle, ``land``, ``road`` and ``rail`` (does it hold such a crossing).
    segments
        Stretches of about 50 km, index ``segment`` (``KG-07``), with readable names in three languages.
    regions
        First-level units, index ``region_code``.
    crossings
        Index ``id``; the file's columns and ``cell``, ``segment``, ``km`` along the line and ``distance_km`` from
        it. Airports belong to no cell (blank).
    neighbours, lakes, rivers, cities
        The base map.
    """

    borders: gpd.GeoDataFrame
    cells: gpd.GeoDataFrame
    segments: gpd.GeoDataFrame
    regions: gpd.GeoDataFrame
    crossings: gpd.GeoDataFrame
    neighbours: gpd.GeoDataFrame
    lakes: gpd.GeoDataFrame
    rivers: gpd.GeoDataFrame
    cities: gpd.GeoDataFrame

    def __repr__(self) -> str:
        km = self.borders["length_km"].sum()
        return f"Frontier({len(self.borders)} borders, {km:,.0f} km, {len(self.crossings)} crossings)"

    def _repr_html_(self) -> str:
        table = self.borders[["name_en", "kind", "length_km"]].round(0)
        return sketch_html(self.borders.geometry, table, repr(self))

    @cached_property
    def land_cells(self) -> gpd.GeoDataFrame:
        """The cells of the land border, in order: what an estimate is made for."""
        return self.cells[self.cells["land"]]

    @cached_property
    def goes_on(self) -> NDArray[np.bool_]:
        """Whether each cell begins where the one before it ends, shape (cells,)."""
        points, line = shapely.get_coordinates(self.cells.geometry.to_numpy(), return_index=True)
        first = np.searchsorted(line, np.arange(len(self.cells)))
        joined = np.abs(points[first[1:]] - points[first[1:] - 1]).max(axis=1) < 1e-6  # noqa: PLR2004 (degrees)
        land = self.cells["land"].to_numpy()
        return np.asarray(np.r_[False, joined & (land[1:] == land[:-1])], bool)

    @cached_property
    def cell_index(self) -> LineIndex:
        """Exact distances to the cells."""
        return LineIndex(list(self.cells.geometry))

    @cached_property
    def digest(self) -> str:
        """Digest of all cells and regions, for results that are kept."""
        digest = hashlib.sha256()
        for frame in (self.cells, self.regions):
            digest.update("\n".join(frame.index).encode())
            digest.update(b"".join(shapely.to_wkb(frame.geometry.to_numpy())))
        digest.update("\n".join(self.cells["segment"]).encode())
        return digest.hexdigest()

    def region_at(self, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.object_]:
        """Region of each point; the nearest one for a point up to 5 km outside, blank beyond.

        Parameters
        ----------
        lon, lat
            Degrees, shape (n,).

        Returns
        -------
        ndarray of str, shape (n,)
        """
        return self.region_index.at(lon, lat)

    @cached_property
    def region_index(self) -> RegionIndex:
        """Index of the regions, for points."""
        return RegionIndex(self.regions)


def read_frontier(folder: str | Path, *, cell_km: float = CELL_KM, segment_km: float = SEGMENT_KM) -> Frontier:
    """Read a folder of border files and cut the lines into cells and segments.

    Parameters
    ----------
    folder
        Holds ``borders.geojson``, ``regions.geojson``, ``crossings.geojson``, ``neighbours.geojson``,
        ``lakes.geojson`` and ``cities.geojson``; ``rivers.geojson`` too, or no river is drawn.
    cell_km, segment_km
        About how long a cell and a segment are, geodesic kilometres; each line is cut into equal parts.

    Returns
    -------
    Frontier

    Raises
    ------
    InputError
        When a file is missing, is not GeoJSON, or lacks a column: all such faults at once.
    """
    frames = _read_files(folder)
    borders = _measure(frames["borders"])
    cells = _cut(borders, cell_km, segment_km)
    cells["region_code"] = RegionIndex(frames["regions"]).at(cells["lon"], cells["lat"])
    crossings = _refer(frames["crossings"], borders, cells)
    for mode in ("road", "rail"):
        of_mode = crossings.loc[crossings["mode"].eq(mode), "cell"]
        cells[mode] = cells.index.isin(of_mode) & cells["land"]
    segments = name_segments(_join(cells), crossings, frames["cities"])
    return Frontier(
        borders, cells, segments, frames["regions"], crossings,
        frames["neighbours"], frames["lakes"], frames["rivers"], frames["cities"],
    )  # fmt: skip


def _read_files(folder: str | Path) -> dict[str, gpd.GeoDataFrame]:
    """The border files; the faults of all of them at once."""
    frames, faults = {}, []
    for name, (kinds, columns) in _FILES.items():
        path = Path(folder) / f"{name}.geojson"
        if name in _OPTIONAL and not path.exists():
            frames[name] = gpd.GeoDataFrame(geometry=[], crs=CRS)
            continue
        try:
            frames[name] = read_features(path, columns, kinds, _INDEX.get(name, ""))
        except InputError as error:
            faults += error.faults
        else:
            if name in ("borders", "regions") and frames[name].empty:
                faults.append(Fault(str(Path(folder) / f"{name}.geojson"), None, "", "no features", "at least one"))
    if faults:
        raise InputError(faults)
    # Where no length is published, the column holds nothing that says that it is one of numbers.
    frames["borders"]["published_km"] = pd.to_numeric(frames["borders"]["published_km"], errors="coerce")
    return frames


def _measure(borders: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Lengths on this map, and where each line starts on the unrolled land border."""
    length = np.array([sum(map(_length, shapely.get_parts(line))) for line in borders.geometry])
    land = borders["kind"].eq("land").to_numpy()
    offset = np.where(land, np.cumsum(np.where(land, length, 0)) - length, np.nan)
    order = np.argsort(~land, kind="stable")
    return borders.assign(length_km=length, offset_km=offset).iloc[order]


def _length(part: shapely.LineString) -> float:
    return float(length_km(densify(shapely.get_coordinates(part)))[-1])


def _cut(borders: gpd.GeoDataFrame, cell_km: float, segment_km: float) -> gpd.GeoDataFrame:
    """Equal cells along every part of every line; no cell and no segment reaches over a gap."""
    frames = []
    for neighbour, border in borders.iterrows():
        cells = segments = 0
        begin = 0.0
        for part in shapely.get_parts(border.geometry):
            length = _length(part)
            count = max(2, round(length / cell_km))  # an estimate needs a neighbour for each cell
            groups = min(count, max(1, round(length / segment_km)))
            bounds = np.linspace(0, length, count + 1)
            pieces, middles = _pieces(shapely.get_coordinates(part), bounds)
            frames.append(
                pd.DataFrame(
                    {
                        "cell": [f"{neighbour}-{cells + i + 1:03d}" for i in range(count)],
                        "neighbour": neighbour,
                        "segment": [f"{neighbour}-{segments + i + 1:02d}" for i in np.arange(count) * groups // count],
                        "region_code": "",
                        "start_km": begin + bounds[:-1],
                        "end_km": begin + bounds[1:],
                        "length_km": np.diff(bounds),
                        "land": border["kind"] == "land",
                        "lon": middles[:, 0],
                        "lat": middles[:, 1],
                        "geometry": pieces,
                    }
                )
            )
            cells, segments, begin = cells + count, segments + groups, begin + length
    return gpd.GeoDataFrame(pd.concat(frames).set_index("cell"), geometry="geometry", crs=CRS)


def _pieces(
    line: NDArray[np.float64], bounds: NDArray[np.float64]
) -> tuple[list[shapely.LineString], NDArray[np.float64]]:
    """The line between consecutive bounds (km), without the vertices that measuring added, and the midpoints."""
    fine = densify(line)
    km = length_km(fine)
    middle = (bounds[:-1] + bounds[1:]) / 2
    cut, middles = (np.column_stack([np.interp(at, km, fine[:, axis]) for axis in (0, 1)]) for at in (bounds, middle))
    first = np.searchsorted(km, bounds + 1e-6)
    last = np.searchsorted(km, bounds - 1e-6)
    pieces = [
        shapely.LineString(np.vstack([cut[i], fine[first[i] : last[i + 1]], cut[i + 1]]))
        for i in range(len(bounds) - 1)
    ]
    return list(shapely.simplify(pieces, 1e-9)), middles


def _join(cells: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The segments: runs of cells."""
    first = {"neighbour": "first", "start_km": "first", "land": "first"}
    segments = cells.groupby("segment", sort=False).agg(first | {"end_km": "last", "length_km": "sum"})
    lines = cells.groupby("segment", sort=False)["geometry"].agg(lambda parts: shapely.line_merge(_multi(parts)))
    segments = segments[["neighbour", "start_km", "end_km", "length_km", "land"]]
    return gpd.GeoDataFrame(segments, geometry=list(lines), crs=CRS)


def _multi(parts: pd.Series) -> shapely.MultiLineString:
    return shapely.multilinestrings(list(parts))


def _refer(crossings: gpd.GeoDataFrame, borders: gpd.GeoDataFrame, cells: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Put each crossing on its neighbour's line; a crossing of no line (an airport) gets no cell."""
    referred = crossings.assign(cell="", segment="", km=np.nan, distance_km=np.nan)
    for neighbour, border in borders.iterrows():
        own = referred["neighbour"].eq(neighbour) & referred["mode"].ne("air")
        if not own.any():
            continue
        points = referred.loc[own, "geometry"]
        parts = shapely.get_parts(border.geometry)
        foot = LineIndex(list(parts)).nearest(points.x, points.y)
        km = foot.along_km + np.cumsum([0.0, *map(_length, parts[:-1])])[foot.line]
        line = cells[cells["neighbour"].eq(neighbour)]
        at = np.clip(np.searchsorted(line["start_km"], km, side="right") - 1, 0, len(line) - 1)
        referred.loc[own, "cell"] = line.index.to_numpy()[at]
        referred.loc[own, "segment"] = line["segment"].to_numpy()[at]
        referred.loc[own, "km"] = km
        referred.loc[own, "distance_km"] = foot.distance_km
    return referred
