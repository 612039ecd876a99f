"""Places of incidents on the border, and how sure they are.

Every incident gets weights over the cells of the border that its source names, never over another: nearness alone
misplaces what was found inland (a wagon from China opened in Astana is nearest to Russia). The weights sum to one,
or to nothing for what belongs to no border.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, vstack

from geo.border.sketch import sketch_html
from geo.geometry.geodesy import require_wgs84
from geo.geometry.lines import LineIndex
from geo.incidents.reading import border_of, records_of_rows
from geo.incidents.selection import select

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from geo.border.frontier import Frontier
    from geo.incidents.reading import Kind
    from geo.incidents.selection import Selection

__all__ = ["Located", "locate"]

AT_CROSSING_KM = 10.0
LEAST_SPREAD_KM = 1.0
_REACH = 5.256  # standard deviations beyond which a weight, under a millionth of the largest, is none
_AT_ONCE = 4096
_POINT_PRECISIONS = ("crossing", "locality", "district")


@dataclass(frozen=True, eq=False, repr=False)
class Located:
    """Incidents on the border.

    Attributes
    ----------
    incidents
        The incidents in their order, with ``border`` (the neighbour's line, or AIR, POST, UNKNOWN),
        ``region_code`` (filled in where the point tells it), the likeliest ``cell`` and its ``segment`` and
        ``weight`` (blank and NaN where all cells of a stretch are equally likely or there is none; the weight is
        then that of each), ``distance_km`` from the place to that border's line, ``spread`` (crossing, kernel,
        region, border, none), ``region_flag`` (a region without a stretch of the stated border, spread over the
        whole border instead) and ``placement``, the row of ``placements`` (−1: none).
    placements
        Sparse, shape (distinct placements, cells): weights, rows sum to one.
    frontier
        The border that the cells belong to.
    kind
        ``incidents``; or ``rows``, where each stands for a total of a register's rows.
    """

    incidents: gpd.GeoDataFrame
    placements: csr_array
    frontier: Frontier
    kind: Kind = "incidents"

    def __repr__(self) -> str:
        return f"Located({len(self.incidents):,} {self.kind}, {len(self.frontier.borders)} borders)"

    def _repr_html_(self) -> str:
        table = pd.crosstab(self.incidents["border"], self.incidents["spread"])
        lines, points = self.frontier.borders.geometry, self.incidents.geometry
        return sketch_html(lines, table, repr(self), points=points)

    def take(self, index: pd.Index) -> Located:
        """The same for some of the incidents, named by id."""
        return replace(self, incidents=self.incidents.loc[index])

    def select(self, selection: Selection) -> Located:
        """The same for the incidents that a selection chooses."""
        return replace(self, incidents=select(self.incidents, selection, neighbours=self.frontier.borders.index))

    @property
    def counts(self) -> NDArray[np.float64]:
        """Number of records that each incident stands for, shape (incidents,): one, or a total's rows."""
        return records_of_rows(self.incidents, self.kind)

    @property
    def weights(self) -> csr_array:
        """Sparse, shape (incidents, cells): the weight of each incident on each cell."""
        placement = self.incidents["placement"].to_numpy()
        rows = np.flatnonzero(placement >= 0)
        pick = csr_array(
            (np.ones(len(rows)), (rows, placement[rows])), shape=(len(placement), self.placements.shape[0])
        )
        return csr_array(pick @ self.placements)

    def per_cell(self, values: NDArray[np.float64] | None = None) -> pd.Series:
        """Expected number of incidents in each cell of the frontier, or the expected sum of one value an incident."""
        placement = self.incidents["placement"].to_numpy()
        placed = placement >= 0
        each = self.counts if values is None else self.counts * values
        number = np.bincount(placement[placed], weights=each[placed], minlength=self.placements.shape[0])
        return pd.Series(number @ self.placements, index=self.frontier.cells.index, dtype=float)


def locate(incidents: gpd.GeoDataFrame, frontier: Frontier) -> Located:
    """Place incidents on the border.

    An incident at a crossing (radius of 10 km at most) lies in the crossing's cell. One in a town or district
    spreads over its border's cells with weights ∝ exp(−½((d − d_min)/s)²), d the geodesic distance from the place
    to the cell and s the larger of the place's radius and d_min: what was found far inland points vaguely at the
    border. One known to a region is even over that region's stretch; one known to a border, over the whole line.

    Parameters
    ----------
    incidents
        As :func:`geo.read_incidents` gives them, EPSG:4326.
    frontier
        The border to place them on.

    Returns
    -------
    Located

    Raises
    ------
    ValueError
        When the coordinates are not longitude and latitude.
    """
    require_wgs84(incidents)
    table = incidents.assign(
        border=border_of(incidents),
        region_code=_regions(incidents, frontier),
        spread="none",
        region_flag=False,
        cell="",
        segment="",
        weight=np.nan,
        distance_km=np.nan,
    )
    on_line = table["border"].isin(frontier.borders.index)
    table["spread"] = _spread(table, on_line, frontier)
    table["distance_km"] = _distance(table, frontier)
    table["region_flag"] = table["location_precision"].eq("region") & table["spread"].eq("border")
    table["placement"], placements = _placements(table, frontier)
    return Located(_likeliest(table, placements, frontier), placements, frontier)


def _regions(incidents: gpd.GeoDataFrame, frontier: Frontier) -> pd.Series:
    """The record's own region, else the one its place lies in."""
    regions: pd.Series = incidents["region_code"].copy()
    ask = regions.eq("") & _has_place(incidents)
    if ask.any():
        points = incidents.loc[ask, "geometry"]
        regions[ask] = frontier.region_at(points.x, points.y)
    return regions


def _has_place(incidents: gpd.GeoDataFrame) -> pd.Series:
    """Whether the point is a place: that of a region only stands for it."""
    known = incidents["location_precision"].isin(_POINT_PRECISIONS)
    placed: pd.Series = known & ~(incidents.geometry.isna() | incidents.geometry.is_empty)
    return placed


def _spread(table: gpd.GeoDataFrame, on_line: pd.Series, frontier: Frontier) -> pd.Series:
    """Way in which each incident is placed."""
    own_line = table["crossing_id"].map(frontier.crossings["neighbour"]).eq(table["border"])
    has_cell = table["crossing_id"].isin(frontier.crossings.index[frontier.crossings["cell"].ne("")])
    exact = table["location_radius_km"].fillna(0).le(AT_CROSSING_KM)
    at_crossing = table["location_precision"].eq("crossing") & own_line & has_cell & exact
    stretches, own = (
        pd.MultiIndex.from_frame(part)
        for part in (frontier.cells[["neighbour", "region_code"]], pd.DataFrame(table[["border", "region_code"]]))
    )
    along = pd.Series(own.isin(stretches), table.index)
    in_region = table["location_precision"].eq("region") & along
    spread = pd.Series("border", table.index).mask(in_region, "region").mask(_has_place(table), "kernel")
    return spread.mask(at_crossing, "crossing").where(on_line, "none")


def _distance(table: gpd.GeoDataFrame, frontier: Frontier) -> pd.Series:
    """Geodesic kilometres from the place to its border's line; to the nearest line where no border is stated."""
    gap = pd.Series(np.nan, table.index)
    for border, group in table[_has_place(table)].groupby("border"):
        lines = frontier.cells.geometry[frontier.cells["neighbour"].eq(border)]
        index = LineIndex(list(lines)) if len(lines) else frontier.cell_index
        gap[group.index] = index.nearest(group.geometry.x, group.geometry.y).distance_km
    return gap


def _placements(table: gpd.GeoDataFrame, frontier: Frontier) -> tuple[NDArray[np.intp], csr_array]:
    """Distinct placements, so that a million records of one crossing are one row, and each incident's row."""
    keys = pd.DataFrame(
        {
            "spread": table["spread"],
            "border": table["border"],
            "where": table["crossing_id"].where(
                table["spread"].eq("crossing"), table["region_code"].where(table["spread"].eq("region"), "")
            ),
            "lon": table.geometry.x.where(table["spread"].eq("kernel"), 0.0),
            "lat": table.geometry.y.where(table["spread"].eq("kernel"), 0.0),
            "radius": table["location_radius_km"].fillna(0).where(table["spread"].eq("kernel"), 0.0),
            "least": table["distance_km"].where(table["spread"].eq("kernel"), 0.0),
        }
    )
    placed = table["spread"].ne("none").to_numpy()
    number = np.full(len(table), -1, np.intp)
    groups = keys[placed].groupby(list(keys.columns), sort=True)
    number[placed] = groups.ngroup()
    distinct = keys[placed].drop_duplicates().sort_values(list(keys.columns))
    blocks = [
        (rows.index, _WEIGH[str(spread)](rows, str(border), frontier))
        for (spread, border), rows in distinct.reset_index(drop=True).groupby(["spread", "border"])
    ]
    if not blocks:
        return number, csr_array((0, len(frontier.cells)))
    order = np.argsort(np.concatenate([rows for rows, _ in blocks]))
    return number, csr_array(vstack([block for _, block in blocks]).tocsr()[order])


def _even(chosen: NDArray[np.bool_], frontier: Frontier) -> NDArray[np.float64]:
    share = frontier.cells["length_km"].to_numpy() * chosen
    return np.asarray(share / share.sum())


def _on_border(rows: pd.DataFrame, border: str, frontier: Frontier) -> csr_array:
    even = _even(frontier.cells["neighbour"].eq(border).to_numpy(), frontier)
    return csr_array(np.tile(even, (len(rows), 1)))


def _in_region(rows: pd.DataFrame, border: str, frontier: Frontier) -> csr_array:
    line, region = frontier.cells["neighbour"].eq(border), frontier.cells["region_code"]
    return csr_array(np.stack([_even((line & region.eq(where)).to_numpy(), frontier) for where in rows["where"]]))


def _at_crossing(rows: pd.DataFrame, border: str, frontier: Frontier) -> csr_array:  # noqa: ARG001
    cell = frontier.cells.index.get_indexer(frontier.crossings.loc[rows["where"], "cell"])
    one = np.ones(len(rows))
    return csr_array((one, (np.arange(len(rows)), cell)), shape=(len(rows), len(frontier.cells)))


def _by_distance(rows: pd.DataFrame, border: str, frontier: Frontier) -> csr_array:
    """Some thousand rows at a time, so that many of them need no more memory than their weights."""
    blocks = [_kernel(rows.iloc[i : i + _AT_ONCE], border, frontier) for i in range(0, len(rows), _AT_ONCE)]
    return blocks[0] if len(blocks) == 1 else csr_array(vstack(blocks))


def _kernel(rows: pd.DataFrame, border: str, frontier: Frontier) -> csr_array:
    # The cells of a line stand together.
    line = np.flatnonzero(frontier.cells["neighbour"].eq(border))
    least = rows["least"].to_numpy()
    scale = np.maximum(np.maximum(rows["radius"].to_numpy(), LEAST_SPREAD_KM), least)
    reach = least + _REACH * scale
    gap = frontier.cell_index.distances(rows["lon"], rows["lat"], slice(line[0], line[-1] + 1), within_km=reach)
    row, column = np.nonzero(gap <= reach[:, None])
    weight = np.exp(-0.5 * ((gap[row, column] - least[row]) / scale[row]) ** 2)
    weight /= np.bincount(row, weight)[row]
    return csr_array((weight, (row, line[column])), shape=(len(rows), len(frontier.cells)))


_WEIGH = {"border": _on_border, "region": _in_region, "crossing": _at_crossing, "kernel": _by_distance}


def _likeliest(table: gpd.GeoDataFrame, placements: csr_array, frontier: Frontier) -> gpd.GeoDataFrame:
    """The cell with the most weight, its segment and the weight."""
    placement = table["placement"].to_numpy()
    placed = placement >= 0
    if not placed.any():
        return table
    weight = np.maximum.reduceat(placements.data, placements.indptr[:-1])
    first = np.flatnonzero(placements.data == np.repeat(weight, np.diff(placements.indptr)))
    best = placements.indices[first[np.searchsorted(first, placements.indptr[:-1])]]
    table.loc[placed, "weight"] = weight[placement[placed]]
    one = placed & table["spread"].isin(["crossing", "kernel"]).to_numpy()
    cell = frontier.cells.index.to_numpy()[best[placement[one]]]
    table.loc[one, "cell"] = cell
    table.loc[one, "segment"] = frontier.cells.loc[cell, "segment"].to_numpy()
    return table
