"""What must run in Python and in the browser alike: the cases in tests/vectors, which the scripts' tests read too."""

from __future__ import annotations

import base64
import csv
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

import geopandas as gpd
import pandas as pd
import pytest
from block_reader import read_block

import geo
from geo.app.link import read_link, write_link
from geo.facets import FACETS, facet, pack_facets
from geo.files.tables import format_table, unescape_formula
from geo.incidents.months import first_day, last_day
from geo.incidents.reading import border_of
from geo.incidents.selection import choices, left_out, parse_min_quantity
from geo.view import LANGUAGES, Atlas, read_words
from geo.view.atlas.atlas import pack_families
from geo.view.atlas.block import Block
from geo.view.drawing import pack_drawing
from geo.view.search import find_words
from geo.vocabulary import FIELDS, NUMBER_FIELDS

VECTORS = Path(__file__).parents[1] / "vectors"


def read(name: str) -> dict[str, Any]:
    cases: dict[str, Any] = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    return cases


def cases_of(name: str) -> Any:
    return pytest.mark.parametrize(
        "case", [pytest.param(case, id=str(at)) for at, case in enumerate(read(name)["cases"])]
    )


RECORDS = read("records")
FRONTIER = geo.read_frontier()


@pytest.fixture(scope="module")
def records() -> gpd.GeoDataFrame:
    """The made-up records, as they are read from a file."""
    rows = pd.DataFrame(RECORDS["rows"])
    dates = {f"date_{end}": pd.to_datetime(rows[name]) for end, name in (("start", "first"), ("end", "last"))}
    table = rows.reindex(columns=list(FIELDS)).assign(**dates).set_index("id")
    for name in set(FIELDS) - {"id", *NUMBER_FIELDS}:
        table[name] = table[name].astype(object).fillna("").astype(str)
    return gpd.GeoDataFrame(table.assign(geometry=None), geometry="geometry", crs="EPSG:4326")


@pytest.fixture(scope="module")
def atlas(records: gpd.GeoDataFrame) -> Atlas:
    """What a search reads of them."""
    columns = {name: records.reset_index()[name].tolist() for name in FIELDS}
    columns["border"] = border_of(records).tolist()
    columns["quantity"] = [None if pd.isna(number) else number for number in columns["quantity"]]
    return Atlas(
        {
            "records": columns, "borders": RECORDS["borders"], "crossings": [], "base": {"regions": []},
            "words": {lang: read_words(lang) for lang in LANGUAGES},
        }
    )  # fmt: skip


def as_selection(asked: dict[str, Any]) -> geo.Selection:
    make = {"since": first_day, "until": last_day, "min_quantity": parse_min_quantity}
    return geo.Selection(**{name: make.get(name, lambda value: value)(value) for name, value in asked.items()})


@cases_of("search")
def test_search(atlas: Atlas, case: dict[str, str]) -> None:
    found = find_words(atlas, case["words"], lang=case["lang"])
    assert "".join(name for name, is_found in zip(atlas.position, found, strict=True) if is_found) == case["found"]


@cases_of("filters")
def test_filters_and_their_counts(records: gpd.GeoDataFrame, case: dict[str, Any]) -> None:
    selection = as_selection(case["filters"])
    assert "".join(geo.select(records, selection).index) == case["kept"]
    for field, expected in case.get("counts", {}).items():
        counts = choices(records, selection, field)
        assert counts[counts > 0].to_dict() == expected
    out = left_out(records, selection)
    assert {why: out[why] for why in case.get("left_out", {})} == case.get("left_out", {})


@cases_of("period")
def test_the_ends_of_a_period(case: dict[str, str | None]) -> None:
    text = str(case["text"])
    for edge, expected in ((first_day, case["first"]), (last_day, case["last"])):
        if expected is None:
            with pytest.raises(ValueError, match=r".*"):
                edge(text)
        else:
            assert edge(text).isoformat() == expected


@cases_of("links")
def test_links(records: gpd.GeoDataFrame, case: dict[str, Any]) -> None:
    view = read_link(parse_qs(case["link"]), records, FRONTIER)
    selection = view.selection
    asked = {one.field: value for one in FACETS if one.option and (value := getattr(selection, one.field))}
    expected = {**case["asked"]}
    if "min_quantity" in expected:
        expected["min_quantity"] = parse_min_quantity(expected["min_quantity"])
    words = expected.pop("words", "")
    assert view.search == words
    assert {
        name: list(value) if facet(name).repeated else value.isoformat() if facet(name).kind == "day" else value
        for name, value in asked.items()
    } == expected
    written = {name: values for name, values in write_link(view).items() if name != "lang"}
    if "today" in case:
        assert parse_qs(urlencode(written, doseq=True)) == parse_qs(case["today"])
    assert read_link(written, records, FRONTIER) == view


@cases_of("csv")
def test_cells_of_a_csv_file(case: dict[str, Any]) -> None:
    text = format_table(pd.DataFrame({"a": pd.Series([case["value"]], dtype=object), "b": ["end"]}), "csv")
    assert text == f"a,b\n{case['cell']},end\n"
    if isinstance(case["value"], str) and case["value"]:
        (row,) = list(csv.reader(text.splitlines(keepends=True)))[1:]
        assert unescape_formula(row[0]) == case.get("read", case["value"])


def test_the_packed_block_holds_what_it_is_given() -> None:
    case = read("block")
    block = Block()
    tree = {name: getattr(block, one["how"])(one["given"]) for name, one in case["columns"].items()}
    packed = block.bytes({**tree, "rest": case["rest"]})
    assert base64.b64encode(packed).decode() == case["packed"]
    assert read_block(packed) == {**{name: one["read"] for name, one in case["columns"].items()}, "rest": case["rest"]}


@pytest.mark.parametrize(
    ("name", "packed"), [("filters", pack_facets()), ("drawing", pack_drawing()), ("families", pack_families())]
)
def test_the_scripts_are_tested_with_what_the_atlas_ships(name: str, packed: dict[str, Any]) -> None:
    shipped = read("shipped")
    assert shipped[name] == json.loads(json.dumps(packed)), "write what is shipped into tests/vectors/shipped.json"
