"""Parts of an atlas for a page and for the map of the app, as one block each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geo.facets import CHOSEN_COLUMNS
from geo.view.atlas.block import Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["MOST_FULL", "pack_for_frame", "pack_for_page"]

MOST_FULL = 20_000
"""Most records that a page carries with titles, sources and the like."""

_MOST_NAMES = 20_000
_FULL_TEXTS = (
    "id", "title", "goods_description", "value_text", "place_name", "concealment", "outcome", "source_url",
    "source_date", "other_urls", "date_not_after", "possible_same_as",
)  # fmt: skip
_FULL_TABLED = ("date_basis", "source_publisher")
_TABLED = (
    *CHOSEN_COLUMNS, "kind", "unit", "outcome_class", "location_precision", "date_precision", "region_code",
    "region_name", "crossing_id",
)  # fmt: skip
_FRAME_TEXTS = ("id", "place_name")
_FRAME_TABLED = ("kind", "goods", "location_precision", "border", "region_code", "crossing_id")
_AMOUNTS = ("quantity", "value_home")


def pack_for_page(data: Mapping[str, Any]) -> bytes:
    """Everything; beyond 20,000 records what repeats and what is a number, and no text of a single record.

    Then the records have no ids either, and their order is that which packs best: by place and goods.
    """
    block, records = Block(), data["records"]
    if len(records["id"]) <= MOST_FULL:
        columns = _columns(block, records, _FULL_TEXTS, _TABLED + _FULL_TABLED, _AMOUNTS)
        return _whole(block, data, columns, full=True, filters=data["filters"])
    names = _tabulate(records["place_name"])
    tabled = (*_TABLED, "place_name") if len(names["table"]) <= _MOST_NAMES else _TABLED
    used = {*tabled, *_AMOUNTS, "placement", "site", "family", "from", "to", "radius", "rows"}
    crowd = _by_place({name: column for name, column in {**records, "place_name": names}.items() if name in used})
    return _whole(block, data, _columns(block, crowd, (), tabled, _AMOUNTS), full=False, filters=data["filters"])


def pack_for_frame(data: Mapping[str, Any]) -> bytes:
    """Block of what the map and the chart draw; the app around them has the rest. The order is that of the data."""
    block = Block()
    return _whole(block, data, _columns(block, data["records"], _FRAME_TEXTS, _FRAME_TABLED, ()), full=True)


def _whole(block: Block, data: Mapping[str, Any], records: dict[str, Any], *, full: bool, **more: Any) -> bytes:
    cells = data["cells"]
    tree = {
        "full": full,
        "base": _base(block, data["base"]),
        "borders": data["borders"],
        "cells": {
            "segment": block.whole(cells["segment"]),
            "km": block.decimal(cells["km"]),
            "path": block.lines(cells["path"]),
        },
        "segments": _segments(block, data["segments"]),
        "crossings": data["crossings"],
        "records": records,
        "sites": _sites(block, data["sites"]),
        "placements": _placements(block, data["placements"]),
        "estimates": {goods: _estimate(block, value) for goods, value in data["estimates"].items()},
        "period": data["period"],
        "families": data["families"],
        "drawing": data["drawing"],
        "words": data["words"],
        "said": data["said"],
        **more,
    }
    return block.bytes(tree)


def _base(block: Block, base: Mapping[str, Any]) -> dict[str, Any]:
    shapes = {
        name: [{**shape, "rings": block.lines(shape["rings"])} for shape in base[name]]
        for name in ("regions", "neighbours")
    }
    return {**base, **shapes, **{name: block.lines(base[name]) for name in ("sea", "edges", "lakes", "rivers")}}


def _segments(block: Block, segments: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": [segment["id"] for segment in segments],
        "name": {lang: [segment["name"][lang] for segment in segments] for lang in segments[0]["name"]},
        "border": [segment["border"] for segment in segments],
        "start": block.whole([segment["start"] for segment in segments]),
        "km": block.decimal([segment["km"] for segment in segments]),
    }


def _sites(block: Block, sites: list[dict[str, Any]]) -> dict[str, Any]:
    columns: dict[str, Any] = {
        name: [site[name] for site in sites] for name in ("key", "kind", "border", "region", "crossing", "cells")
    }
    for at, name in enumerate(("lon", "lat")):
        columns[name] = block.decimal([site["at"] and site["at"][at] for site in sites])
    return columns | {"radius": block.decimal([site["radius"] for site in sites])}


def _columns(
    block: Block, records: Mapping[str, Any], texts: Iterable[str], tabled: Iterable[str], amounts: Iterable[str]
) -> dict[str, Any]:
    """The columns of the records; the date is told by the first day and how many follow."""
    columns: dict[str, Any] = {name: records[name] for name in texts}
    for name in ("placement", "site", "family"):
        columns[name] = block.whole(records[name])
    for name in tabled:
        columns[name] = {"of": block.whole(records[name]["of"]), "table": records[name]["table"]}
    columns["from"] = block.decimal(records["from"])
    columns["more"] = block.whole(
        [0 if a is None else b - a for a, b in zip(records["from"], records["to"], strict=True)]
    )
    for name in ("radius", *amounts):
        columns[name] = block.decimal(records[name])
    if "rows" in records:
        columns["rows"] = block.whole(records["rows"])
    return columns


def _by_place(records: Mapping[str, Any]) -> dict[str, Any]:
    """The records in the order that packs best."""
    order = np.lexsort([records["goods"]["of"], records["placement"], records["kind"]["of"], records["border"]["of"]])

    def sort(values: Any) -> list[Any]:
        return list(np.asarray(values, dtype=object)[order])

    return {
        name: {**column, "of": sort(column["of"])} if isinstance(column, dict) else sort(column)
        for name, column in records.items()
    }


def _tabulate(texts: list[str]) -> dict[str, Any]:
    table, codes = np.unique(np.asarray(texts, dtype=object), return_inverse=True)
    return {"of": codes, "table": table.tolist()}


def _placements(block: Block, placements: list[Any]) -> dict[str, Any]:
    """First cell and number of cells of each; all weights in one row, those of even ones left out."""
    even = [isinstance(weights, int) for _, weights in placements]
    return {
        "first": block.whole([first for first, _ in placements]),
        "count": block.whole(
            [weights if same else len(weights) for (_, weights), same in zip(placements, even, strict=True)]
        ),
        "even": block.whole(even),
        "weight": block.whole(
            [weight for (_, weights), same in zip(placements, even, strict=True) if not same for weight in weights]
        ),
    }


def _estimate(block: Block, estimate: Mapping[str, Any]) -> dict[str, Any]:
    figures = {
        scale: {name: (block.whole if "rank" in name else block.rates)(column) for name, column in table.items()}
        for scale, table in estimate.items()
        if scale not in ("answers", "shares")
    }
    shares = {
        kind: {name: block.decimal(column) for name, column in columns.items()}
        for kind, columns in estimate["shares"].items()
    }
    return {**figures, "answers": estimate["answers"], "shares": shares}
