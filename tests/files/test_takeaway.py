"""What a reader takes away: the rows are the filtered rows, and every file says where they come from."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook
from view_cases import hostile

import geo
from geo.errors import UnknownValueError
from geo.files.takeaway import RECORD_KINDS, TABLE_KINDS, About, pack_records, pack_table

if TYPE_CHECKING:
    from pathlib import Path

ABOUT = About("Shekara: 23 of 342", "Товары: табак", "not flows", "CC BY 4.0", "Natural Earth", "?goods=tobacco")
FORMULAS = ("=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0")


@pytest.fixture
def tobacco(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return geo.select(incidents, geo.Selection(goods=("tobacco",)))


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_translations_stand_in_tables_alone_and_are_left_out_when_read_back(
    tobacco: gpd.GeoDataFrame, kind: str, tmp_path: Path
) -> None:
    words = pd.DataFrame({"title_ru": "Табак"}, tobacco.index)
    path = tmp_path / f"records.{kind}"
    path.write_bytes(pack_records(tobacco, kind, ABOUT, words))
    if kind in TABLE_KINDS:
        table = pd.read_csv(path) if kind == "csv" else pd.read_excel(path)
        assert table["title_ru"].eq("Табак").all()
    if kind != "xlsx":  # what a workbook holds is imported
        back = geo.read_incidents(path)
        assert back.index.tolist() == tobacco.index.tolist()
        assert "title_ru" not in back


def read_ids(packed: bytes, kind: str) -> list[str]:
    """Ids in a file, in its order."""
    file = io.BytesIO(packed)
    if kind == "csv":
        return pd.read_csv(file)["id"].tolist()
    if kind == "xlsx":
        return pd.read_excel(file)["id"].tolist()
    if kind == "parquet":
        return gpd.read_parquet(file)["id"].tolist()
    return [feature["properties"]["id"] for feature in json.loads(packed)["features"]]


def about_in(packed: bytes, kind: str) -> str:
    """What a file says of itself."""
    file = io.BytesIO(packed)
    if kind == "csv":
        return str(pd.read_csv(file)["about"].iloc[0])
    if kind == "xlsx":
        return " ".join(pd.read_excel(file, sheet_name="About", header=None)[1])
    if kind == "parquet":
        return str(json.loads(pq.read_schema(file).metadata[b"about"]))
    return str(json.loads(packed)["about"])


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_the_rows_are_the_records_and_the_file_says_where_they_come_from(tobacco: gpd.GeoDataFrame, kind: str) -> None:
    packed = pack_records(tobacco, kind, ABOUT)
    assert read_ids(packed, kind) == tobacco.index.tolist()
    said = about_in(packed, kind)
    for part in (ABOUT.data, ABOUT.filter, ABOUT.meaning, ABOUT.licence, ABOUT.sources, ABOUT.link):
        assert part in said
    assert packed == pack_records(tobacco, kind, ABOUT)


@pytest.mark.parametrize("kind", ["csv", "geojson", "parquet"])
def test_the_files_read_back(tobacco: gpd.GeoDataFrame, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"records.{kind}"
    path.write_bytes(pack_records(tobacco, kind, ABOUT))
    again = geo.read_incidents(path)
    pd.testing.assert_frame_equal(
        pd.DataFrame(again.drop(columns="geometry")), pd.DataFrame(tobacco.drop(columns="geometry"))
    )
    assert again.geometry.geom_equals_exact(tobacco.geometry, 1e-9).eq(~tobacco.geometry.isna()).all()


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_no_records(incidents: gpd.GeoDataFrame, kind: str) -> None:
    assert read_ids(pack_records(incidents.iloc[:0], kind, ABOUT), kind) == []


def test_no_cell_is_a_formula(incidents: gpd.GeoDataFrame) -> None:
    frame = hostile(incidents, rows=len(FORMULAS))
    frame["title"] = FORMULAS
    frame["place_name"] = "a\x00b\x0b"
    frame["concealment"] = "x" * 40_000
    book = load_workbook(io.BytesIO(pack_records(frame, "xlsx", ABOUT)))
    values = [cell for sheet in book for row in sheet for cell in row if isinstance(cell.value, str)]
    csv = pd.read_csv(io.BytesIO(pack_records(frame, "csv", ABOUT)), dtype=str, keep_default_na=False)
    assert {cell.data_type for cell in values} == {"s"}
    for text in [*(cell.value for cell in values), *csv["title"]]:
        assert not text.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert [text.removeprefix("'") for text in csv["title"]] == [text.replace("\r", "\n") for text in FORMULAS]
    links = [cell.hyperlink.target for sheet in book for row in sheet for cell in row if cell.hyperlink]
    assert all(target.startswith("http") for target in links)


@pytest.mark.parametrize("kind", TABLE_KINDS)
def test_a_table(located: geo.Located, kind: str) -> None:
    table = geo.summarize(located, by="border")
    packed = pack_table(table, kind, ABOUT, heads={"incidents": "Recorded incidents"})
    read = pd.read_csv(io.BytesIO(packed)) if kind == "csv" else pd.read_excel(io.BytesIO(packed))
    assert read["neighbour"].tolist() == table.index.tolist()
    assert read["incidents"].tolist() == pytest.approx(table["incidents"].tolist())
    assert ABOUT.licence in about_in(packed, kind)


def test_an_unknown_kind_lists_the_right_ones(incidents: gpd.GeoDataFrame) -> None:
    with pytest.raises(UnknownValueError, match="geojson"):
        pack_records(incidents, "doc", ABOUT)
    with pytest.raises(UnknownValueError, match="xlsx"):
        pack_table(incidents, "doc", ABOUT)
