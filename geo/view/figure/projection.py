"""The map's frame: where a place on the globe lies on the page (Web Mercator, as on the screen)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely

from geo.paths import of_country
from geo.view.figure.pen import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.border.frontier import Frontier
    from geo.view.figure.content import Content

    Points = NDArray[np.float64]

__all__ = ["TOLERANCE", "Stretch", "View", "fill_view", "fit_view", "project", "runs", "stretches_of"]

_MARGIN_X = 0.055  # of the country's width
_MARGIN_NORTH, _MARGIN_SOUTH = 0.045, 0.085  # of its height
_ROOM = 9.5  # about a mark at the edge
_FLATTEST, _TALLEST = 2.3, 1.05  # width over height
_KM_PER_RADIAN = 6378.137
_SMOOTH = 3  # cells on either side that the inward direction is taken from
TOLERANCE = 0.1
_LAND_TOLERANCE = 0.01  # degrees


class Stretch(NamedTuple):
    """Cells that follow each other and look the same."""

    first: int
    end: int
    step: int
    hollow: bool
    land: bool


@dataclass(frozen=True, eq=False)
class View:
    """Places on the page, in its units."""

    frontier: Frontier
    frame: Box
    scale: float  # units a radian
    west: float  # corner in radians of the projection, as north
    north: float
    lat: int  # that the scale bar is for
    border: NDArray[np.object_]  # code of each cell's border
    cells: list[Points]  # each cell's line
    middle: Points  # of each cell, shape (cells, 2)
    inward: Points  # direction into the country there, shape (cells, 2)
    country: shapely.Geometry
    regions: shapely.Geometry  # lines between them

    @property
    def units_per_km(self) -> float:
        """At the latitude of the scale bar."""
        return self.scale / (_KM_PER_RADIAN * float(np.cos(np.radians(self.lat))))

    def at(self, points: Points) -> Points:
        """Longitude and latitude → the place on the page, shape (n, 2)."""
        return place(points, self.frame, self.scale, self.west, self.north)

    @cached_property
    def lands(self) -> dict[str, shapely.Geometry]:
        """Code of a border → land or water on its other side."""
        frontier, (_, _, others) = self.frontier, _ground(self.frontier)
        abroad = {code: shapely.transform(shape, self.at) for code, shape in others.items()}
        box = shapely.transform(shapely.box(*frontier.neighbours.total_bounds), self.at)
        water = box.difference(shapely.union_all([self.country, *abroad.values()]))
        lands = {
            str(code): abroad.get(code, shapely.Polygon()) if kind == "land" else water
            for code, kind in frontier.borders["kind"].items()
        }
        shapely.prepare(list(lands.values()))
        return lands

    def outline(self, stretch: Stretch) -> Points:
        """The line of a stretch."""
        parts = self.cells[stretch.first : stretch.end]
        line = shapely.LineString(np.vstack([parts[0], *(part[1:] for part in parts[1:])]))
        points: Points = shapely.get_coordinates(line.simplify(TOLERANCE))
        return points


def project(points: Points) -> Points:
    """Longitude and latitude in degrees → Web Mercator in radians, y downward; shape (n, 2).

    Examples
    --------
    >>> project(np.array([[180.0, 0.0]])).round(4).tolist()
    [[3.1416, -0.0]]
    """
    radians = np.radians(points)
    return np.column_stack([radians[:, 0], -np.arcsinh(np.tan(radians[:, 1]))])


def place(points: Points, frame: Box, scale: float, west: float, north: float) -> Points:
    """Longitude and latitude → the page."""
    return (project(points) - (west, north)) * scale + (frame.x, frame.y)


def fit_view(content: Content, x: float, y: float, width: float) -> View:
    """Fit the country, and every place of a record near it, into a frame of a width."""
    frontier = content.frontier
    left, right, high, low = _framed(frontier.regions.total_bounds)
    places = np.array([place.lonlat for place in content.places if place.lonlat is not None]).reshape(-1, 2)
    known = frontier.neighbours.total_bounds
    inside = ((places >= known[:2]) & (places <= known[2:])).all(axis=1)
    scale = width / (right - left)
    if inside.any():
        reach = project(places[inside])
        room = _ROOM / scale
        left, high = np.minimum((left, high), reach.min(axis=0) - room)
        right, low = np.maximum((right, low), reach.max(axis=0) + room)
        scale = width / (right - left)
    height = float(np.clip(scale * (low - high), width / _FLATTEST, width / _TALLEST))
    return _view(content, Box(x, y, width, height), scale, left, (high + low) / 2 - height / scale / 2)


def fill_view(content: Content, frame: Box, bounds: Points | None = None) -> View:
    """Show bounds, west, south, east and north in degrees, or the whole country, as large as a frame takes them."""
    left, right, high, low = _framed(content.frontier.regions.total_bounds if bounds is None else bounds)
    scale = min(frame.w / (right - left), frame.h / (low - high))
    corner = (left + right) / 2 - frame.w / scale / 2, (high + low) / 2 - frame.h / scale / 2
    return _view(content, frame, scale, *corner)


def _framed(bounds: Points) -> tuple[float, float, float, float]:
    """Bounds in the projection, with what stays free about them: left, right, top, foot."""
    west, south, east, north = bounds
    (left, low), (right, high) = project(np.array([[west, south], [east, north]]))
    wide, tall = right - left, low - high
    return left - _MARGIN_X * wide, right + _MARGIN_X * wide, high - _MARGIN_NORTH * tall, low + _MARGIN_SOUTH * tall


def _view(content: Content, frame: Box, scale: float, left: float, north_edge: float) -> View:
    frontier = content.frontier
    _, south, _, north = frontier.regions.total_bounds

    def at(points: Points) -> Points:
        return place(points, frame, scale, left, north_edge)

    points, of = shapely.get_coordinates(frontier.cells.geometry, return_index=True)
    points = at(points)
    middle = shapely.line_interpolate_point(shapely.linestrings(points, indices=of), 0.5, normalized=True)
    cells = np.split(points, np.flatnonzero(np.diff(of)) + 1)
    border = frontier.cells["neighbour"].to_numpy(object)
    country, between = (shapely.transform(shape, at) for shape in _ground(frontier)[:2])
    shapely.prepare(country)
    return View(
        frontier, frame, scale, left, north_edge, round((south + north) / 2), border, cells,
        shapely.get_coordinates(middle), _inward(cells, border), country, between,
    )  # fmt: skip


def stretches_of(content: Content) -> list[Stretch]:
    """The border cut where its look changes, or where its lines do not go on."""
    step, hollow = content.rates.step, content.rates.unsure
    land, goes_on = content.frontier.cells["land"].to_numpy(), content.frontier.goes_on
    stretches: list[Stretch] = []
    for c in range(len(step)):
        look = (int(step[c]), bool(hollow[c] and land[c]), bool(land[c]))
        if stretches and stretches[-1][2:] == look and goes_on[c]:
            stretches[-1] = stretches[-1]._replace(end=c + 1)
        else:
            stretches.append(Stretch(c, c + 1, *look))
    return stretches


def runs(cells: NDArray[np.intp]) -> list[tuple[int, int]]:
    """Runs of consecutive cells: the first of each, and the one after its last."""
    cuts = np.flatnonzero(np.diff(cells) != 1) + 1
    return [(int(run[0]), int(run[-1]) + 1) for run in np.split(cells, cuts) if len(run)]


def _inward(cells: list[Points], border: NDArray[np.object_]) -> Points:
    """The lines run clockwise round the country, so inside is on the right; the cells of a line stand together."""
    first = np.arange(len(cells)) - _SMOOTH
    last = first + 2 * _SMOOTH
    for code in set(border):
        own = np.flatnonzero(border == code)
        first[own], last[own] = np.maximum(first[own], own[0]), np.minimum(last[own], own[-1])
    along = np.array([line[-1] for line in cells])[last] - np.array([line[0] for line in cells])[first]
    length = np.hypot(along[:, 0], along[:, 1])
    return np.column_stack([-along[:, 1], along[:, 0]]) / np.where(length > 0, length, 1.0)[:, None]


@of_country(maxsize=2)  # every picture of a folder is drawn on the same one
def _ground(frontier: Frontier) -> tuple[shapely.Geometry, shapely.Geometry, dict[str, shapely.Geometry]]:
    """The country, the lines between its regions, and each neighbour's land, in degrees."""
    simple = shapely.coverage_simplify(frontier.regions.geometry.to_numpy(), _LAND_TOLERANCE)
    between = shapely.line_merge(shapely.union_all(shapely.boundary(simple)))
    abroad = {
        code: shapely.union_all(lands.geometry.simplify(_LAND_TOLERANCE).to_numpy())
        for code, lands in frontier.neighbours.groupby("code")
    }
    return shapely.union_all(simple), between, abroad
