"""The nearest line for millions of points: a look-up where a tile knows but one, exact geometry elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geo.geometry.chords import LONGEST_KM, axial_part, geodesic_square, rank_square
from geo.geometry.geodesy import to_ecef
from geo.geometry.tiles import make_tiles

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.geometry.lines import LineIndex
    from geo.geometry.tiles import Tiles

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

__all__ = ["Grouping", "NearestTable", "tile_depth"]

_BLOCK = 1 << 16  # points worked at a time: few calls, and what they need stays near the processor
_TIE = 1 - 1e-9  # the first along the border keeps what another beats by less: 0.1 mm at 200 km
_ASK = -1
_DEPTHS = ((20_000, 5), (200_000, 6), (2_000_000, 7), (20_000_000, 8))


def tile_depth(rows: int) -> int:
    """How often to cut a tile for so many points."""
    return next((depth for most, depth in _DEPTHS if rows <= most), 9)


class Grouping(NamedTuple):
    """A label for every line, such as the segment of every cell: of each piece, and of every point of a tile.

    A tile whose points may have several has −1.
    """

    of_piece: Ints
    of_tile: Ints


class NearestTable:
    """Exact nearest line and geodesic distance, for many points.

    ``rows`` is about how many points will be asked for: more make it worth while to cut the map finer; what is found
    doesn't depend on it. ``tiles`` is the map of tiles of these lines, where it has been made before.
    """

    def __init__(self, index: LineIndex, *, rows: int = 1_000_000, tiles: Tiles | None = None) -> None:
        self.index = index
        self.chords = index.chords
        self.tiles = tiles or make_tiles(index, self.chords, tile_depth(rows))

    def group(self, of_line: Ints) -> Grouping:
        """Label the lines (0 or more each), to ask for labels alone."""
        of_piece = np.asarray(of_line)[self.index.piece_line]
        label = of_piece[self.tiles.piece]
        least, most = (part.reduceat(label, self.tiles.first) for part in (np.minimum, np.maximum))
        return Grouping(of_piece, np.where(least == most, least, _ASK))

    def label(self, lon: Floats, lat: Floats, grouping: Grouping) -> Ints:
        """Label of the nearest line of each point, degrees, shape (n,); most points cost a look-up."""
        labels = np.empty(len(lon), np.intp)
        for start in range(0, len(lon), _BLOCK):
            x, y = lon[start : start + _BLOCK], lat[start : start + _BLOCK]
            tile = self._tile(x, y)
            label = np.where(tile < 0, _ASK, grouping.of_tile[tile])
            ask = np.flatnonzero(label == _ASK)
            piece, _ = self._search(x[ask], y[ask], tile[ask])
            label[ask] = grouping.of_piece[piece]
            labels[start : start + _BLOCK] = label
        return labels

    def nearest(self, lon: Floats, lat: Floats) -> tuple[Ints, Floats]:
        """Nearest line of each point and the distance to it.

        Parameters
        ----------
        lon, lat
            Degrees, shape (n,), finite, within ±180 and ±90.

        Returns
        -------
        tuple of ndarray, shape (n,)
            Position of the line; geodesic kilometres, wrong by 0.4 m at most (:mod:`geo.geometry.chords`). Of lines
            that are equally near, as where two neighbours meet, the first.
        """
        piece, gap = np.empty(len(lon), np.intp), np.empty(len(lon))
        for start in range(0, len(lon), _BLOCK):
            part = slice(start, start + _BLOCK)
            piece[part], gap[part] = self._search(lon[part], lat[part], self._tile(lon[part], lat[part]))
        return self.index.piece_line[piece], gap

    def _tile(self, lon: Floats, lat: Floats) -> Ints:
        """Tile of each point, −1 off the map."""
        column = np.floor((lon - self.tiles.west) * self.tiles.per_degree).astype(np.intp)
        row = np.floor((lat - self.tiles.south) * self.tiles.per_degree).astype(np.intp)
        rows, columns = self.tiles.tile.shape
        on = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
        if on.all():
            return self.tiles.tile[row, column].astype(np.intp)
        tile = np.full(len(lon), -1, np.intp)
        tile[on] = self.tiles.tile[row[on], column[on]]
        return tile

    def _search(self, lon: Floats, lat: Floats, tile: Ints) -> tuple[Ints, Floats]:
        """Nearest piece among the candidates of each point's tile, and the distance; by the k-d tree beyond the map."""
        on = np.flatnonzero(tile >= 0)
        piece, gap = np.zeros(len(lon), np.intp), np.full(len(lon), np.inf)
        piece[on], gap[on] = self._among_candidates(lon[on], lat[on], tile[on])
        far = np.flatnonzero(gap > LONGEST_KM)
        if len(far):
            piece[far], gap[far] = self.index.nearest_piece(lon[far], lat[far])
        return piece, gap

    def _among_candidates(self, lon: Floats, lat: Floats, tile: Ints) -> tuple[Ints, Floats]:
        # Points with the most candidates first: the n-th round is for those that have as many.
        count = self.tiles.held[tile]
        order = np.argsort(-count, kind="stable")
        first, count = self.tiles.first[tile[order]], count[order]
        point = np.ascontiguousarray(to_ecef(lon[order], lat[order]).T)
        axial = axial_part(point[2])
        best = self.tiles.piece[first]
        square, rise, _ = self.chords.square(point, best)
        least = rank_square(square, rise, axial)
        most = int(count[0]) if len(count) else 0
        for at, active in enumerate(np.searchsorted(-count, -np.arange(1, most)), start=1):
            piece = self.tiles.piece[first[:active] + at]
            other_square, other_rise, _ = self.chords.square(point[:, :active], piece)
            rank = rank_square(other_square, other_rise, axial[:active])
            nearer = np.flatnonzero(rank < least[:active] * _TIE)
            least[nearer], best[nearer] = rank[nearer], piece[nearer]
            square[nearer], rise[nearer] = other_square[nearer], other_rise[nearer]
        gap = np.empty(len(lon))
        piece = np.empty(len(lon), np.intp)
        gap[order], piece[order] = np.sqrt(geodesic_square(square, rise, point[2])), best
        return piece, gap
