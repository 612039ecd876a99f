"""The scripts own no fact that Python ships them, and read every one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from block_reader import read_packed

from geo.facets import FACETS, SEARCHED, pack_facets
from geo.view import make_atlas
from geo.view.drawing import pack_drawing

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geo

WEB = Path(__file__).parents[2] / "geo" / "view" / "web"
SOURCES = {path.relative_to(WEB).as_posix(): path.read_text("utf-8") for path in sorted(WEB.glob("*/*.js"))}
SOURCES = {name: text for name, text in SOURCES.items() if not name.startswith("bundle/")}
FIELDS = {name for one in FACETS if one.kind == "choices" for name in (one.field, one.of_record)}
_FEW = 3


def named_together(source: str, names: set[str]) -> list[str]:
    """Lists and objects of a script that name several of these, as texts or as keys."""
    literals = re.findall(r"\[[^\[\]{}]*\]|\{[^{}]*\}|\([^()]*\)", source)
    named = [(literal, set(re.findall(r"\b(\w+)\b(?=[\"'`]|\s*:)", literal)) & names) for literal in literals]
    return [literal for literal, found in named if len(found) >= _FEW]


@pytest.mark.parametrize("name", SOURCES)
def test_no_script_holds_a_list_of_filters(name: str) -> None:
    assert not named_together(SOURCES[name], FIELDS)
    assert not named_together(SOURCES[name], {*SEARCHED} - {"id", "date"})


@pytest.mark.parametrize(
    "source",
    [
        'const FACETS = ["goods", "border", "direction", "mode"];',
        'const NAMES = { goods: "goods", neighbour: "border", mode: "mode" };',
        'const READ = ["title", "outcome", "agency", "value_text"];',
    ],
)
def test_such_a_list_would_be_found(source: str) -> None:
    assert named_together(source, FIELDS) or named_together(source, {*SEARCHED})


def test_no_script_holds_the_constants_of_drawing() -> None:
    together = "\n".join(SOURCES.values())
    packed = pack_drawing()
    for numbers in (packed["widths"], [shade for _, shade in packed["shades"]]):
        assert not re.search(r",\s*".join(re.escape(f"{number:g}") for number in numbers), together)
    assert not re.search(r"\bEXACT_KM\b|\b1\.04\b", together)


def shipped_keys(tree: dict[str, Any], filters: dict[str, Any]) -> Iterator[str]:
    """Names under which a packed atlas holds anything, but for codes and words."""
    yield from tree
    yield from (key for part in ("base", "cells", "segments", "placements", "sites", "drawing") for key in tree[part])
    yield from (key for part in ("borders", "crossings", "families") for key in tree[part][0])
    by_name = (
        {*filters.get("searched", ()), *filters.get("saved", ()), *(one["column"] for one in filters["facets"])}
        if filters
        else set()
    )
    yield from set(tree["records"]) - by_name
    yield from filters
    yield from (key for one in filters.get("facets", [])[:1] for key in one)


def test_every_key_that_is_shipped_is_read(located: geo.Located, frontier: geo.Frontier) -> None:
    together = re.sub(r"/\*.*?\*/|//[^\n]*", "", "\n".join(SOURCES.values()), flags=re.DOTALL)
    atlas = make_atlas(located, frontier)
    for packed in (atlas.packed, atlas.packed_for_frame):
        tree = read_packed(packed)
        unread = [key for key in shipped_keys(tree, tree.get("filters", {})) if not re.search(rf"\b{key}\b", together)]
        assert not unread


def test_what_a_search_reads_is_shipped(located: geo.Located, frontier: geo.Frontier) -> None:
    filters = pack_facets()
    records = read_packed(make_atlas(located, frontier).packed)["records"]
    assert set(filters["searched"]) - {"date"} <= set(records)  # the date stands as its days
    assert set(filters["saved"]) - {"date"} <= set(records)
    assert {one["column"] for one in filters["facets"] if one["kind"] == "choices"} <= set(records)
