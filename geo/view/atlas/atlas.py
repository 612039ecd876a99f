"""The atlas: everything the map needs, as one value that turns into JSON.

It holds all records of a data set, also those that no map can place, so that one atlas serves every filter: the
browser is told only which records to show.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from geo.estimate.risk import aggregate
from geo.incidents.selection import Selection, rate_period
from geo.language.catalogue import LANGUAGES, read_words
from geo.view.assets import pack
from geo.view.atlas.basemap import names, pack_basemap, pack_line
from geo.view.atlas.packing import MOST_FULL, pack_for_frame, pack_for_page
from geo.vocabulary import FAMILIES

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from geo.border.frontier import Frontier
    from geo.estimate.risk import Risk
    from geo.incidents.placing import Located

__all__ = ["Atlas", "make_atlas", "pack_estimate", "to_script"]

# What a card or the list says of a record, beside its place. Short texts that repeat go into a table.
_TEXTS = (
    "title", "goods_description", "value_text", "place_name", "concealment", "outcome", "source_url",
    "source_date", "other_urls", "date", "date_not_after", "possible_same_as",
)  # fmt: skip
_TABLED = (
    "goods", "unit", "direction", "mode", "agency", "recording_side", "outcome_class", "confidence",
    "location_precision", "date_precision", "date_basis", "border", "region_code", "region_name", "crossing_id",
    "source_publisher", "spread",
)  # fmt: skip
_WEIGHT_PARTS, _EVEN = 255, 1e-2
_OF_REGISTER = ".register"  # ends a key that a register says in place of the key without it


@dataclass(frozen=True, eq=False)
class Atlas:
    """What the map shows.

    Attributes
    ----------
    data
        JSON-able: ``base`` map, ``borders``, ``cells``, ``segments``, ``crossings``, ``records`` (by column),
        ``placements`` (where each record may lie), ``estimates``, ``families``, ``words``.
    """

    data: dict[str, Any]

    @cached_property
    def packed(self) -> str:
        """The data as a page carries them: a block, gzipped, in base64."""
        return pack(pack_for_page(self.data))

    @cached_property
    def packed_for_frame(self) -> str:
        """What of them the map and the chart draw, packed likewise."""
        return pack(pack_for_frame(self.data))

    @property
    def full(self) -> bool:
        """Whether a page carries titles, sources and the like: not beyond 20,000 records."""
        return len(self.data["records"]["id"]) <= MOST_FULL

    @cached_property
    def land_cells(self) -> pd.Index:
        """Ids of the land cells, in order; they come before those of a coast."""
        count = max((border["cells"][1] for border in self.data["borders"] if border["land"]), default=0)
        ids: list[str] = self.data["cells"]["id"][:count]
        return pd.Index(ids)

    @cached_property
    def position(self) -> dict[str, int]:
        """Id of a record → its place in the columns."""
        return {record: i for i, record in enumerate(self.data["records"]["id"])}


def make_atlas(
    located: Located,
    frontier: Frontier,
    risk: Risk | Mapping[str, Risk] | None = None,
) -> Atlas:
    """Gather everything that the map, the chart and the lists show.

    Parameters
    ----------
    located
        All records to show, placed: also undated, refused, air and post ones; filters only choose among them.
    frontier
        The border they are placed on.
    risk
        The estimate of all records, or several by goods category (``""``: all). None: the plain rate only.

    Returns
    -------
    Atlas
    """
    estimates = {} if risk is None else dict(risk) if isinstance(risk, Mapping) else {"": risk}
    incidents = located.incidents
    crossings = [_crossing(str(key), row, frontier) for key, row in frontier.crossings.iterrows()]
    used, placement = np.unique(incidents["placement"].to_numpy(), return_inverse=True)
    used = used[used >= 0]
    return Atlas(
        {
            "base": pack_basemap(frontier),
            "borders": [_border(str(code), row, frontier) for code, row in frontier.borders.iterrows()],
            "cells": _cells(frontier),
            "segments": _segments(frontier),
            "crossings": crossings,
            "records": _records(incidents, placement - (len(np.unique(incidents["placement"])) - len(used))),
            "placements": _placements(located.placements, used),
            "estimates": {
                goods: pack_estimate(value, frontier.land_cells.index, fine=not goods)
                for goods, value in estimates.items()
            },
            "period": [day.isoformat() for day in rate_period(incidents, Selection())],
            "families": [{"letter": family.letter, "goods": list(family.goods)} for family in FAMILIES],
            "words": {lang: _words(lang, of_register="rows" in incidents) for lang in LANGUAGES},
        }
    )


def pack_estimate(risk: Risk, land_cells: pd.Index, *, fine: bool = True) -> dict[str, Any]:
    """Pack an estimate: for segments, which the map of the whole country and the chart show, and for cells.

    Parameters
    ----------
    risk
        The estimate.
    land_cells
        Ids of the land cells, in order.
    fine
        Whether to pack the cells too, which the map shows when it is zoomed in.

    Returns
    -------
    dict
        ``borders`` (land borders, in their order), ``segments`` and ``cells`` (None where not packed): ``value``,
        ``low`` and ``high`` of the 90 % interval, for segments also ``low50`` and ``high50``; three figures each.
        ``near``: 0 or 1 for each cell, whether a record is near.
    """
    cells = risk.cells.reindex(land_cells)
    return {
        "borders": _figures(aggregate(risk, by="border")),
        "segments": _figures(aggregate(risk, by="segment"), ("low50", "high50")),
        "cells": _figures(cells) if fine else None,
        "near": cells["near_record"].astype(int).tolist(),
    }


def _figures(table: pd.DataFrame, more: tuple[str, ...] = ()) -> dict[str, list[float]]:
    columns = {"value": "per_100km_year", "low": "low90", "high": "high90"} | {name: name for name in more}
    return {key: [float(f"{v:.3g}") for v in table[column]] for key, column in columns.items()}


def to_script(value: Any) -> str:
    r"""Write a value as JSON that may stand in a script, in a Jinja template and in ``st_folium``'s key.

    ``<``, ``>`` and ``&`` cannot end a script or open a comment; ``{{``, ``{%`` and ``{#`` cannot reach Jinja, for
    folium renders what it has rendered once more; an underscore is written ``\u005f``, for ``st_folium`` drops
    ``_…`` from a script before it compares two maps. All of it reads back as the same value.

    Examples
    --------
    >>> print(to_script({"a": "</script>{{ 1 }} x_1"}))
    {"a":"\u003c/script\u003e\u007b{ 1 }} x\u005f1"}
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text = re.sub(r"[<>&_\u2028\u2029]", lambda match: f"\\u{ord(match[0]):04x}", text)
    # No structure of JSON has "{" before one of these, so only texts are touched.
    return re.sub(r"\{(?=[{%#])", r"\\u007b", text)


def _words(lang: str, *, of_register: bool) -> dict[str, str]:
    """The catalogue without the words that the app alone says; of a register, with its words in place of incidents'."""
    words = {key: text for key, text in read_words(lang).items() if not key.startswith("app.")}
    own = {key.removesuffix(_OF_REGISTER): words.pop(key) for key in list(words) if key.endswith(_OF_REGISTER)}
    return words | own if of_register else words


def _border(code: str, row: Any, frontier: Frontier) -> dict[str, Any]:
    own = np.flatnonzero(frontier.cells["neighbour"].eq(code))
    return {
        "code": code,
        "name": names(row),
        "land": row["kind"] == "land",
        "km": round(float(row["length_km"])),
        "published": _number(row["published_km"]),
        "offset": _number(row["offset_km"], 1),
        "cells": [int(own[0]), int(own[-1]) + 1],
    }


def _cells(frontier: Frontier) -> dict[str, Any]:
    cells = frontier.cells
    segment = pd.Index(cells["segment"].unique())
    return {
        "id": cells.index.tolist(),
        "segment": segment.get_indexer(cells["segment"]).tolist(),
        "region": cells["region_code"].tolist(),
        "start": [round(float(km), 1) for km in cells["start_km"]],
        "km": [round(float(km), 2) for km in cells["length_km"]],
        "path": [pack_line(shapely.get_coordinates(line.simplify(0.001))) for line in cells.geometry],
    }


def _segments(frontier: Frontier) -> list[dict[str, Any]]:
    return [
        {
            "id": key,
            "name": {"en": row["name"], "ru": row["name_ru"], "kk": row["name_kk"]},
            "border": row["neighbour"],
            "start": round(float(row["start_km"])),
            "km": round(float(row["length_km"]), 1),
        }
        for key, row in frontier.segments.iterrows()
    ]


def _crossing(key: str, row: Any, frontier: Frontier) -> dict[str, Any]:
    """A crossing with its foot, the point on the line where it belongs."""
    crossing = {
        "id": key,
        "name": names(row),
        "pair": str(row.get("other_side_name", "") or ""),
        "border": row["neighbour"],
        "mode": row["mode"],
        "at": [round(row.geometry.x, 4), round(row.geometry.y, 4)],
        "position": str(row.get("position", "") or ""),
        "cell": -1,
    }
    if row["cell"]:
        cell = frontier.cells.loc[row["cell"]]
        foot = shapely.line_interpolate_point(
            cell.geometry, np.clip((row["km"] - cell["start_km"]) / cell["length_km"], 0, 1), normalized=True
        )
        crossing |= {
            "cell": int(frontier.cells.index.get_loc(row["cell"])),
            "km": round(float(row["km"]), 1),
            "off": round(float(row["distance_km"]), 1),
            "foot": [round(foot.x, 4), round(foot.y, 4)],
        }
    return crossing


def _records(incidents: gpd.GeoDataFrame, placement: NDArray[np.int_]) -> dict[str, Any]:
    """The records by column: texts as they are, repeated ones as numbers into a table."""
    columns: dict[str, Any] = {"id": incidents.index.tolist(), "placement": placement.tolist()}
    columns |= {name: incidents[name].tolist() for name in _TEXTS}
    for name in _TABLED:
        codes, table = pd.factorize(incidents[name], sort=True)
        columns[name] = {"of": codes.tolist(), "table": [str(text) for text in table]}
    point = incidents.geometry
    placed = (~(point.isna() | point.is_empty)).to_numpy()
    columns["at"] = [
        [round(geometry.x, 4), round(geometry.y, 4)] if has else None
        for geometry, has in zip(point, placed, strict=True)
    ]
    columns["radius"] = [_number(km, 1) for km in incidents["location_radius_km"]]
    columns["quantity"] = [_number(value, 6) for value in incidents["quantity"]]
    columns["value_kzt"] = [_number(value) for value in incidents["value_kzt"]]
    if "rows" in incidents:  # totals of a register: how many rows each stands for
        columns["rows"] = incidents["rows"].tolist()
    epoch = pd.Timestamp("2000-01-01")
    for key, name in (("from", "date_start"), ("to", "date_end")):
        days = (incidents[name].dt.floor("D") - epoch).dt.days
        columns[key] = [None if pd.isna(day) else int(day) for day in days]
    return columns


def _placements(placements: csr_array, used: NDArray[np.intp]) -> list[list[Any]]:
    """Each placement: its first cell, then the weights in 255ths of the largest, or how many cells share it evenly."""
    rows = placements.tocsr()
    rows.sort_indices()
    ends = zip(rows.indptr[used], rows.indptr[used + 1], strict=True)
    return [_run(rows.indices[start:end], rows.data[start:end]) for start, end in ends]


def _run(cells: NDArray[np.integer[Any]], weights: NDArray[np.float64]) -> list[Any]:
    parts = np.rint(weights * (_WEIGHT_PARTS / weights.max())).astype(int)
    cells, weights, parts = cells[parts > 0], weights[parts > 0], parts[parts > 0]
    first, count = int(cells[0]), int(cells[-1] - cells[0]) + 1
    if len(cells) == count and np.ptp(weights) <= _EVEN * weights.max():
        return [first, count]
    run = np.zeros(count, int)
    run[cells - first] = parts
    return [first, run.tolist()]


def _number(value: Any, digits: int = 0) -> float | int | None:
    """A number for JSON: whole where it is, None where there is none."""
    if value is None or pd.isna(value):
        return None
    rounded = round(float(value), digits)
    return int(rounded) if rounded == int(rounded) else rounded
