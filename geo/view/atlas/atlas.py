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

from geo.facets import CHOSEN_COLUMNS, pack_facets
from geo.incidents.selection import Selection, rate_period
from geo.language.catalogue import LANGUAGES, read_words
from geo.language.names import names_of
from geo.language.numbers import round_half_up
from geo.language.translations import translations_of
from geo.summaries.places import names_of_place
from geo.view.assets import pack
from geo.view.atlas.basemap import pack_basemap, pack_line
from geo.view.atlas.packing import MOST_FULL, pack_for_frame, pack_for_page
from geo.view.atlas.views import pack_view
from geo.view.drawing import pack_drawing
from geo.view.sites import cells_of, families_of, feet_of, sites_of
from geo.vocabulary import FAMILIES

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from geo.border.frontier import Frontier
    from geo.estimate.risk import Risk
    from geo.incidents.placing import Located
    from geo.incidents.reading import Kind
    from geo.summaries.mix import Shares
    from geo.view.atlas.packed import PackedBorder, PackedCrossing, PackedSegment

__all__ = ["Atlas", "make_atlas", "pack_families", "to_script"]

# What a card or the list says of a record, beside its place. Short texts that repeat go into a table.
_TEXTS = (
    "title", "goods_description", "value_text", "place_name", "concealment", "outcome", "source_url",
    "source_date", "other_urls", "date", "date_not_after", "possible_same_as",
)  # fmt: skip
_TABLED = (
    *CHOSEN_COLUMNS, "unit", "currency", "outcome_class", "location_precision", "date_precision", "date_basis",
    "region_code", "region_name", "crossing_id", "source_publisher",
)  # fmt: skip
_WEIGHT_PARTS, _EVEN = 255, 1e-2
_ELSEWHERE = ("app.", "figure.", "segment.", "statement.")  # begin the keys of what a page never says
_OF_REGISTER = ".register"  # ends a key that a register says in place of the key without it


@dataclass(frozen=True, eq=False)
class Atlas:
    """Content of the map.

    Attributes
    ----------
    data
        JSON-able: ``base`` map, ``borders``, ``cells``, ``segments``, ``crossings``, ``records`` (by column),
        ``sites`` (where marks stand, by key), ``placements`` (where each record may lie), ``estimates``, ``families``,
        ``drawing`` constants, ``filters``, ``words``, and what the records ``said`` in English in the other languages.
    """

    data: dict[str, Any]
    kind: Kind = "incidents"

    @cached_property
    def packed(self) -> str:
        """The data as a page carries them: a block, gzipped, in base64."""
        return pack(pack_for_page(self.data))

    @cached_property
    def packed_for_frame(self) -> str:
        """Those that the map and the chart draw, packed likewise."""
        return pack(pack_for_frame(self.data))

    @property
    def full(self) -> bool:
        """Whether a page carries titles, sources and the like: not beyond 20,000 records."""
        return len(self.data["records"]["id"]) <= MOST_FULL

    @cached_property
    def position(self) -> dict[str, int]:
        """Id of a record → its place in the columns."""
        return {record: i for i, record in enumerate(self.data["records"]["id"])}

    @cached_property
    def _names(self) -> dict[str, dict[str, dict[str, str]]]:
        return {}

    def names(self, kind: str) -> dict[str, dict[str, str]]:
        """Names in every language of ``borders``, ``regions``, ``crossings`` or ``segments``, by code or id."""
        if kind not in self._names:
            rows = self.data["base"][kind] if kind == "regions" else self.data[kind]
            self._names[kind] = {row[by]: row["name"] for row in rows for by in ("code", "id") if by in row}
        return self._names[kind]


def make_atlas(
    located: Located,
    frontier: Frontier,
    risk: Risk | Mapping[str, Risk] | None = None,
    *,
    mix: Mapping[str, Shares] | None = None,
    everything: Located | None = None,
    chosen: Selection | None = None,
) -> Atlas:
    """Gather everything that the map, the chart and the lists show.

    Parameters
    ----------
    located
        All records to show, placed: also undated, refused, air and post ones; filters only choose among them.
    frontier
        The border they are placed on.
    risk
        The estimate of all records, or several by view, as a link writes it (``""``: all, ``goods=tobacco`` …; see
        :func:`geo.view.atlas.views.estimate_views`). None: the plain rate only.
    mix
        From :func:`geo.summaries.mix.mix_of_goods`, for the answers.
    everything, chosen
        All records there are, and what was chosen of them to show: what the answers compare with; by default these.
    """
    estimates = {} if risk is None else dict(risk) if isinstance(risk, Mapping) else {"": risk}
    incidents = located.incidents
    feet = feet_of(frontier).round(4)
    crossings = [_crossing(str(key), row, frontier, feet) for key, row in frontier.crossings.iterrows()]
    used, placement = np.unique(incidents["placement"].to_numpy(), return_inverse=True)
    used = used[used >= 0]
    return Atlas(
        {
            "base": pack_basemap(frontier),
            "borders": [_border(str(code), row, frontier) for code, row in frontier.borders.iterrows()],
            "cells": _cells(frontier),
            "segments": _segments(frontier),
            "crossings": crossings,
            "records": _records(located, placement - (len(np.unique(incidents["placement"])) - len(used))),
            "sites": _sites(located),
            "placements": _placements(located.placements, used),
            "estimates": {
                view: pack_view(view, value, everything or located, chosen, mix) for view, value in estimates.items()
            },
            "period": [day.isoformat() for day in rate_period(incidents, Selection())],
            "families": pack_families(),
            "drawing": pack_drawing(),
            "filters": pack_facets(),
            "words": {lang: _words(lang, of_register=located.kind == "rows") for lang in LANGUAGES},
            "said": translations_of({*incidents["place_name"].unique(), *incidents["agency"].unique()}),
        },
        located.kind,
    )


def pack_families() -> list[dict[str, Any]]:
    """The families of goods: their letter, and the goods of each."""
    return [{"letter": family.letter, "goods": list(family.goods)} for family in FAMILIES]


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
    """The catalogue without what a page never says; of a register, with its words in place of incidents'."""
    words = {key: text for key, text in read_words(lang).items() if not key.startswith(_ELSEWHERE)}
    own = {key.removesuffix(_OF_REGISTER): words.pop(key) for key in list(words) if key.endswith(_OF_REGISTER)}
    return words | own if of_register else words


def _border(code: str, row: Any, frontier: Frontier) -> PackedBorder:
    own = np.flatnonzero(frontier.cells["neighbour"].eq(code))
    return {
        "code": code,
        "name": names_of(row),
        "land": row["kind"] == "land",
        "km": int(round_half_up(row["length_km"])),
        "published": _numbers(pd.Series([row["published_km"]]))[0],
        "cells": (int(own[0]), int(own[-1]) + 1),
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


def _segments(frontier: Frontier) -> list[PackedSegment]:
    return [
        {
            "id": key,
            "name": names_of_place(frontier, f"segment:{key}"),
            "border": row["neighbour"],
            "start": round(float(row["start_km"])),
            "km": round(float(row["length_km"]), 1),
        }
        for key, row in frontier.segments.iterrows()
    ]


def _crossing(key: str, row: Any, frontier: Frontier, feet: pd.DataFrame) -> PackedCrossing:
    """A crossing with its foot, the point on the line where it belongs."""
    crossing: PackedCrossing = {
        "id": key,
        "name": names_of(row),
        "pair": str(row.get("other_side_name", "") or ""),
        "border": row["neighbour"],
        "mode": row["mode"],
        "at": (round(row.geometry.x, 4), round(row.geometry.y, 4)),
        "position": str(row.get("position", "") or ""),
        "cell": -1,
    }
    if row["cell"]:
        crossing |= {
            "cell": int(frontier.cells.index.get_loc(row["cell"])),
            "km": round(float(row["km"]), 1),
            "off": round(float(row["distance_km"]), 1),
            "foot": tuple(feet.loc[key].to_numpy().tolist()),
        }
    return crossing


def _sites(located: Located) -> list[dict[str, Any]]:
    """The places of marks in the order of their keys; of a region's stretch, its cells as first and last + 1."""
    cells = located.frontier.cells
    table = sites_of(located).table.reset_index(names="key")
    # Texts as objects: a table of Arrow's is slow to go through one by one.
    texts = ("key", "kind", "border", "region_code", "crossing_id")
    rows: Any = table.astype(dict.fromkeys(texts, object)).itertuples(index=False)
    radius = _numbers(table["radius_km"], 1)
    return [
        {
            "key": str(row.key),
            "kind": row.kind,
            "border": row.border,
            "region": row.region_code,
            "crossing": row.crossing_id,
            "at": None if np.isnan(row.lon) else [round(row.lon, 4), round(row.lat, 4)],
            "radius": wide,
            "cells": _stretches(cells_of(cells, row.border, row.region_code)) if row.kind == "region" else [],
        }
        for row, wide in zip(rows, radius, strict=True)
    ]


def _stretches(cells: NDArray[np.intp]) -> list[int]:
    """Positions in order as runs: the first of each and the one after its last."""
    runs = np.split(cells, np.flatnonzero(np.diff(cells) > 1) + 1) if len(cells) else []
    return [int(end) for run in runs for end in (run[0], run[-1] + 1)]


def _records(located: Located, placement: NDArray[np.int_]) -> dict[str, Any]:
    """The records by column: texts as they are, repeated ones as numbers into a table."""
    incidents, sites = located.incidents, sites_of(located)
    columns: dict[str, Any] = {"id": incidents.index.to_numpy(object).tolist(), "placement": placement.tolist()}
    columns |= {name: incidents[name].to_numpy(object).tolist() for name in _TEXTS}
    for name, values in [*((name, incidents[name]) for name in _TABLED), ("kind", sites.kind)]:
        codes, table = pd.factorize(values, sort=True)
        columns[name] = {"of": codes.tolist(), "table": [str(text) for text in table]}
    columns |= {"site": sites.of.tolist(), "family": families_of(incidents["goods"]).tolist()}
    columns["radius"] = _numbers(incidents["location_radius_km"], 1)
    columns["quantity"] = _numbers(incidents["quantity"], 6)
    columns["value_home"] = _numbers(incidents["value_home"])
    if located.kind == "rows":
        columns["rows"] = incidents["rows"].tolist()
    epoch = pd.Timestamp("2000-01-01")
    for key, name in (("from", "date_start"), ("to", "date_end")):
        columns[key] = _numbers((incidents[name].dt.floor("D") - epoch).dt.days)
    return columns


def _placements(placements: csr_array, used: NDArray[np.intp]) -> list[list[Any]]:
    """Each placement: its first cell, then the weights in 255ths of the largest, or how many cells share it evenly."""
    rows = placements.tocsr()[used]
    rows.sort_indices()
    if not len(used):
        return []
    most = np.maximum.reduceat(rows.data, rows.indptr[:-1])
    parts = np.rint(rows.data * np.repeat(_WEIGHT_PARTS / most, np.diff(rows.indptr))).astype(int)
    uncertain = parts > 0
    count = np.add.reduceat(uncertain.astype(int), rows.indptr[:-1])
    least = np.minimum.reduceat(np.where(uncertain, rows.data, np.inf), rows.indptr[:-1])
    ends = np.cumsum(count)
    cells, parts, starts = rows.indices[uncertain], parts[uncertain], ends - count
    first, span = cells[starts], cells[ends - 1] - cells[starts] + 1
    even = (count == span) & (most - least <= _EVEN * most)
    runs = np.zeros(int(span.sum()), int)
    before = np.cumsum(span) - span
    runs[cells + np.repeat(before - first, count)] = parts
    pieces = zip(first.tolist(), span.tolist(), before.tolist(), even.tolist(), strict=True)
    return [[at, n if same else runs[start : start + n].tolist()] for at, n, start, same in pieces]


def _numbers(values: pd.Series, digits: int = 0) -> list[float | int | None]:
    """Numbers for JSON, whole where they are, None where there is none; each that occurs is rounded once."""
    codes, distinct = pd.factorize(values.to_numpy(float))
    rounded = [round(value, digits) for value in distinct.tolist()]
    whole = [int(number) if number.is_integer() else number for number in rounded]
    return list(np.array([*whole, None], dtype=object)[codes])
