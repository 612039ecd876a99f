"""Region of a point: by a map in tiles where a tile lies wholly inside one, by the polygons elsewhere."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from geo.geometry.lines import LineIndex

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

__all__ = ["OUTSIDE_KM", "RegionIndex"]

OUTSIDE_KM = 5.0
"""A point this far outside all regions still belongs to the nearest one: outlines are drawn coarsely."""

NONE = -1
_ASK = -2
_PER_DEGREE = 16
_MOST_TILES = 2_000_000
_SAMPLES = 32  # along an outline, for each tile's width
_DEGREE_KM = 110.5  # of latitude, at least


class _Grid(NamedTuple):
    """A map in tiles: the number of the region that holds a tile, ``NONE``, or ``_ASK`` where it isn't one answer."""

    west: float
    south: float
    per_degree: float
    region: NDArray[np.int16]


class RegionIndex:
    """Regions (polygons in EPSG:4326 by ``region_code``), ready to say which of them points lie in.

    A point on the edge between two belongs to the first.
    """

    def __init__(self, regions: gpd.GeoDataFrame) -> None:
        self.codes = np.append(regions.index.to_numpy(object), "")  # the last one for NONE
        self._shapes = regions.geometry.to_numpy().copy()
        shapely.prepare(self._shapes)

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        shapely.prepare(self._shapes)  # what is prepared doesn't travel between processes

    def at(self, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.object_]:
        """Region of each point, degrees, shape (n,); the nearest one up to 5 km outside, blank beyond."""
        lon, lat = (np.atleast_1d(np.asarray(part, float)) for part in (lon, lat))
        return np.asarray(self.codes[self.number(lon, lat)])

    def number(self, lon: Floats, lat: Floats) -> Ints:
        """Position of the region of each point, −1 for none, by the polygons."""
        numbers = self._inside(lon, lat)
        outside = np.flatnonzero(numbers == NONE)
        if len(outside):
            index, owner = self._outlines
            foot = index.nearest(lon[outside], lat[outside])
            near = foot.distance_km <= OUTSIDE_KM
            numbers[outside[near]] = owner[foot.line[near]]
        return numbers

    def look_up(self, lon: Floats, lat: Floats) -> Ints:
        """The same, for many points: most of them cost a look-up in a map that the first call makes."""
        grid = self._grid
        column = np.floor((lon - grid.west) * grid.per_degree).astype(np.intp)
        row = np.floor((lat - grid.south) * grid.per_degree).astype(np.intp)
        rows, columns = grid.region.shape
        # The map reaches farther than 5 km beyond all regions.
        on = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
        numbers = np.full(len(lon), NONE, np.intp)
        numbers[on] = grid.region[row[on], column[on]]
        ask = np.flatnonzero(numbers == _ASK)
        if len(ask):
            numbers[ask] = self.number(lon[ask], lat[ask])
        return numbers

    def _inside(self, lon: Floats, lat: Floats) -> Ints:
        numbers = np.full(len(lon), NONE, np.intp)
        for number, (shape, (west, south, east, north)) in enumerate(
            zip(self._shapes, shapely.bounds(self._shapes), strict=True)
        ):
            ask = np.flatnonzero((numbers == NONE) & (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
            numbers[ask[shapely.intersects_xy(shape, lon[ask], lat[ask])]] = number
        return numbers

    @cached_property
    def _outlines(self) -> tuple[LineIndex, Ints]:
        """All rings, and the region that each belongs to."""
        rings, owner = shapely.get_parts(shapely.boundary(self._shapes), return_index=True)
        return LineIndex(list(rings)), owner

    @cached_property
    def _grid(self) -> _Grid:
        bounds = shapely.bounds(self._shapes)
        west, south = np.floor(bounds[:, :2].min(axis=0)) - 1
        east, north = np.ceil(bounds[:, 2:].max(axis=0)) + 1
        per_degree = float(_PER_DEGREE)
        while (east - west) * (north - south) * per_degree**2 > _MOST_TILES:
            per_degree /= 2
        rows, columns = int((north - south) * per_degree), int((east - west) * per_degree)
        outline, reach = self._touched(west, south, per_degree, (rows, columns))
        row, column = np.nonzero(~outline)
        region = np.full((rows, columns), _ASK, np.int16)
        region[row, column] = self._inside(west + (column + 0.5) / per_degree, south + (row + 0.5) / per_degree)
        # A tile outside all regions and near an outline holds points that belong to the nearest one.
        region[(region == NONE) & reach] = _ASK
        return _Grid(float(west), float(south), per_degree, region)

    def _touched(
        self, west: float, south: float, per_degree: float, shape: tuple[int, int]
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """The tiles that an outline runs through, and those within reach of one."""
        step = 1 / per_degree / _SAMPLES
        points = shapely.get_coordinates(shapely.segmentize(shapely.boundary(self._shapes), step))
        column, row = (points - [west, south]).T * per_degree
        outline, reach = np.zeros(shape, bool), np.zeros(shape, bool)
        # No point of an outline is farther than half a step from one of these.
        half = step / 2 * per_degree
        for up in (-half, half):
            for right in (-half, half):
                outline[(row + up).astype(int), (column + right).astype(int)] = True
        tall = int(np.ceil((OUTSIDE_KM / _DEGREE_KM + step) * per_degree))
        narrowest = np.cos(np.radians(min(np.abs(points[:, 1]).max() + 1, 89.0)))
        wide = int(np.ceil((OUTSIDE_KM / _DEGREE_KM / narrowest + step) * per_degree))
        row, column = np.nonzero(outline)
        for up in range(-tall, tall + 1):
            for right in range(-wide, wide + 1):
                reach[np.clip(row + up, 0, shape[0] - 1), np.clip(column + right, 0, shape[1] - 1)] = True
        return outline, reach
