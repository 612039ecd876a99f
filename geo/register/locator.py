"""Places of rows: nearest neighbour, segment, cell and region, and how far the border is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from geo.geometry.nearest import NearestTable
from geo.register.kept_tiles import find_tiles

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from geo.border.frontier import Frontier

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

__all__ = ["ADDED", "Locator", "added_type"]

ADDED = ("neighbour", "segment", "cell", "region", "distance_km")
"""The columns that a located register gains."""


def added_type(name: str) -> pa.DataType:
    """Type of one of the columns ``ADDED``."""
    return pa.float64() if name == "distance_km" else pa.dictionary(pa.int16(), pa.string())


class Locator:
    """A border made ready to place millions of points on; it can be sent to other processes.

    Parameters
    ----------
    frontier
        The border.
    rows
        About how many rows there are to place: it decides how much is prepared, not what is found.
    beside
        Folder where to keep what is prepared of a border that isn't the built-in one; None: nowhere.
    """

    def __init__(self, frontier: Frontier, *, rows: int = 1_000_000, beside: Path | None = None) -> None:
        cells = frontier.cells
        self._regions = frontier.region_index
        self._nearest = NearestTable(frontier.cell_index, tiles=find_tiles(frontier, rows, beside))
        self._codes: dict[str, Ints] = {"cell": np.arange(len(cells))}
        self._names: dict[str, pa.Array] = {"cell": pa.array(cells.index), "region": pa.array(self._regions.codes[:-1])}
        for name in ("neighbour", "segment"):
            self._codes[name], names = pd.factorize(cells[name])
            self._names[name] = pa.array(names)
        self._groupings = {name: self._nearest.group(code) for name, code in self._codes.items()}

    def columns(
        self, lon: Floats, lat: Floats, there: NDArray[np.bool_] | None = None, *, add: Sequence[str] = ADDED
    ) -> dict[str, pa.Array]:
        """Place points on the border.

        Parameters
        ----------
        lon, lat
            Degrees, shape (n,).
        there
            Which of them are points at all; the others come out null. All by default.
        add
            The columns wanted, of ``ADDED``. Without ``distance_km``, most points cost a look-up.

        Returns
        -------
        dict of pyarrow.Array
            By name, in the order of ``add``. ``neighbour``, ``segment`` and ``cell`` hold the nearest on the border,
            land or coast; ``region`` what :meth:`geo.Frontier.region_at` says, null outside all; ``distance_km`` the
            geodesic distance to the border.
        """
        rows = slice(None) if there is None or there.all() else np.flatnonzero(there)
        lon, lat = np.asarray(lon, float), np.asarray(lat, float)
        x, y = lon[rows], lat[rows]
        line: Ints | None = None
        columns: dict[str, NDArray[np.generic]] = {}
        if "distance_km" in add:
            line, columns["distance_km"] = self._nearest.nearest(x, y)
        elif "cell" in add:
            line = self._nearest.label(x, y, self._groupings["cell"])
        for name in ("neighbour", "segment", "cell"):
            if name in add:
                of_line = self._codes[name]
                columns[name] = of_line[line] if line is not None else self._nearest.label(x, y, self._groupings[name])
        if "region" in add:
            columns["region"] = self._regions.look_up(x, y)
        return {name: self._column(name, columns[name], rows, len(lon)) for name in add}

    def _column(self, name: str, values: NDArray[np.generic], rows: slice | Ints, number: int) -> pa.Array:
        if name == "distance_km":
            gap = np.full(number, np.nan)
            gap[rows] = values
            return pa.array(gap, from_pandas=True)
        code = np.full(number, -1, np.int16)
        code[rows] = values
        return pa.DictionaryArray.from_arrays(pa.array(code, mask=code < 0), self._names[name])
