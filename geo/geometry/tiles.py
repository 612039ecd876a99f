"""Candidate table of a map in tiles: the pieces of the border that can be nearest to some point of a tile.

The map is cut into tiles, four into four (a quadtree), until few pieces of the lines can be the nearest one anywhere
in a tile. Far from the border that is soon: most tiles of a country's interior know one stretch of border alone.

A piece q is dropped from a tile when some point v of the border is nearer than q all over the tile. For a point p of
q the difference |x − p|² − |x − v|² is linear in x, so over the hull of the tile's corners c it is least at a corner:

    min over x of (d(x, q)² − |x − v|²) = min over c of (d(c, q)² − |c − v|²),

in straight lines through the earth (earth-centred coordinates). What separates that from geodesics to points on the
ellipsoid is bounded and added as a margin, so no piece is dropped that could be nearest: :func:`_margin`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geo.geometry.geodesy import to_ecef

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.geometry.chords import Chords
    from geo.geometry.lines import LineIndex

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

__all__ = ["Tiles", "make_tiles"]

ROOT_DEG = 16.0
ENOUGH = 4  # a tile with no more candidates is not cut further
MARGIN_DEG = 8.0  # how far the map reaches beyond the lines
_TOP_LAT = 88.0  # beyond, tiles are slivers
_MOST_ROOTS = 400  # a map of more tiles is made coarser
_BLOCK = 1_000_000  # tile–piece pairs worked at a time
# On WGS84: the longest radius of curvature, and how much 1/R² differs over all places and directions.
_RADIUS_KM, _CURVATURES = 6401.0, 5.2e-10


class Tiles(NamedTuple):
    """The candidate table.

    Attributes
    ----------
    west, south
        Corner of the map, degrees.
    per_degree
        Smallest tiles a degree.
    tile
        Shape (rows from south to north, columns from west to east): the tile that each smallest tile lies in.
    first, held
        Where the candidates of each tile begin in ``piece``, and how many there are; shape (tiles,).
    piece
        Candidates, tile by tile, ascending: positions in ``LineIndex.piece``.
    """

    west: float
    south: float
    per_degree: float
    tile: NDArray[np.int32]
    first: Ints
    held: NDArray[np.int16]
    piece: Ints


class _Level(NamedTuple):
    """Tiles of one size that are still to be cut, by column and row, and the candidates that each has so far."""

    column: Ints
    row: Ints
    owner: Ints
    piece: Ints


def make_tiles(index: LineIndex, chords: Chords, depth: int) -> Tiles:
    """Cut the map around lines into tiles, each ``depth`` times at most, and find the candidates of each.

    They cover the lines and some 8 degrees about them.
    """
    west, south = np.maximum(index.vertices.min(axis=0) - MARGIN_DEG, [-180, -_TOP_LAT])
    east, north = np.minimum(index.vertices.max(axis=0) + MARGIN_DEG, [180, _TOP_LAT])
    size = ROOT_DEG
    while np.ceil((east - west) / size) * np.ceil((north - south) / size) > _MOST_ROOTS:
        size *= 2
    columns, rows = int(np.ceil((east - west) / size)), int(np.ceil((north - south) / size))
    # The last row may reach over the pole's edge: it is moved down.
    south = min(south, 90 - rows * size)
    row, column = (part.ravel() for part in np.indices((rows, columns)))
    everything = len(chords)
    level = _Level(column, row, np.repeat(np.arange(len(row)), everything), np.tile(np.arange(everything), len(row)))
    grid = np.full((rows, columns), -1, np.int32)
    counts: list[Ints] = []
    pieces: list[Ints] = []
    done = 0
    for cuts in range(depth + 1):
        level = _sift(chords, level, float(west), float(south), size)
        count = np.bincount(level.owner, minlength=len(level.row))
        final = (count <= ENOUGH) | (cuts == depth)
        grid[level.row[final], level.column[final]] = done + np.arange(final.sum())
        done += int(final.sum())
        counts.append(count[final])
        pieces.append(level.piece[final[level.owner]])
        if cuts < depth:
            level = _quarter(level, ~final)
            grid = grid.repeat(2, axis=0).repeat(2, axis=1)
            size /= 2
    count = np.concatenate(counts)
    first = np.cumsum(count) - count
    return Tiles(float(west), float(south), 1 / size, grid, first, count.astype(np.int16), np.concatenate(pieces))


def _quarter(level: _Level, cut: NDArray[np.bool_]) -> _Level:
    """The four quarters of each tile that is cut, with its candidates."""
    number = np.cumsum(cut) - 1
    cut_owner = cut[level.owner]
    owner, piece = number[level.owner[cut_owner]], level.piece[cut_owner]
    tiles = int(cut.sum())
    column, row = 2 * level.column[cut], 2 * level.row[cut]
    return _Level(
        np.concatenate([column, column + 1, column, column + 1]),
        np.concatenate([row, row, row + 1, row + 1]),
        np.concatenate([owner + quarter * tiles for quarter in range(4)]),
        np.tile(piece, 4),
    )


def _sift(chords: Chords, level: _Level, west: float, south: float, size: float) -> _Level:
    """Drop what cannot be nearest, some tiles at a time."""
    bounds = np.searchsorted(level.owner, np.arange(len(level.row) + 1))
    near: list[NDArray[np.bool_]] = []
    start = 0
    while start < len(level.row):
        end = max(start + 1, int(np.searchsorted(bounds, bounds[start] + _BLOCK, side="right")) - 1)
        pairs = slice(bounds[start], bounds[end])
        lon, lat = (low + at[start:end].astype(float) * size for low, at in ((west, level.column), (south, level.row)))
        near.append(_possible(chords, (lon, lat), size, level.owner[pairs] - start, level.piece[pairs]))
        start = end
    is_near = np.concatenate(near)
    return level._replace(owner=level.owner[is_near], piece=level.piece[is_near])


def _possible(
    chords: Chords, southwest: tuple[Floats, Floats], size: float, owner: Ints, piece: Ints
) -> NDArray[np.bool_]:
    """Tile–piece pairs that may hold the nearest piece of some point of the tile."""
    lon, lat = southwest
    corner = np.stack([to_ecef(lon + x * size, lat + y * size).T for y in (0, 1) for x in (0, 1)])
    tiles = np.arange(len(lon))
    near, rivals = [], []
    for point in corner:
        square, _, foot = chords.square(point[:, owner], piece)
        least = np.minimum.reduceat(square, np.searchsorted(owner, tiles))
        first = np.flatnonzero(square <= least[owner])
        first = first[np.searchsorted(owner[first], tiles)]
        near.append(square)
        rivals.append(chords.at(piece[first], foot[first]))
    left = np.arange(len(owner))  # what no rival has beaten yet
    for rival in rivals:
        whose = owner[left]
        own = np.sum((corner - rival) ** 2, axis=1)  # shape (corners, tiles)
        lead = near[0][left] - own[0][whose]
        for at in range(1, len(corner)):
            np.minimum(lead, near[at][left] - own[at][whose], out=lead)
        apart = np.sqrt(np.sum((chords.start[:, piece[left]] - rival[:, whose]) ** 2, axis=0))
        left = left[lead <= _margin(lat, size, own.max(axis=0), whose, apart)]
    possible = np.zeros(len(owner), bool)
    possible[left] = True
    return possible


def _margin(lat: Floats, size: float, farthest: Floats, owner: Ints, apart: Floats) -> Floats:
    """Margin by which a rival must be nearer at every corner, km², for the piece to be ruled out.

    A tile's surface lies within ε of the hull of its corners, by the error of bilinear interpolation:
    ε = R h² (1 + cos φ) / 8 with h the tile's size in radians; that moves the difference of squares by at most
    2 ε |p − v|. And the square of a geodesic is that of its chord c times 1 + c²/12R² + …, where R differs with place
    and direction: by at most c⁴ Δ(1/R²) / 12.
    """
    h = np.radians(size)
    widest = np.where(lat * (lat + size) <= 0, 1.0, np.cos(np.radians(np.minimum(abs(lat), abs(lat + size)))))
    epsilon = _RADIUS_KM * h**2 * (1 + widest) / 8
    reach = (np.sqrt(farthest) + epsilon) ** 2
    return np.asarray(2 * epsilon[owner] * (apart + 1) + (reach**2 * _CURVATURES / 12 + 1e-8 * reach)[owner] + 1e-9)
