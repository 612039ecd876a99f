"""Incidents that leave as a table and come back are the same, and what passes the check comes through unchanged."""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from geopandas.testing import assert_geodataframe_equal
from hypothesis import given, settings
from hypothesis import strategies as st
from products import examples

from geo import intake
from geo.files.takeaway import About, pack_records
from geo.incidents.reading import check_incidents, read_incidents, write_incidents

if TYPE_CHECKING:
    import geopandas as gpd

    import geo
    from geo.intake import Gazetteer

ABOUT = About("records", "", "one a row", "CC BY 4.0", "their sources")
# What an import of names, dates and amounts would read otherwise, or leave out.
STRANGE = {
    "support_note": "  Гр. Иванов И.И., 1985 г.р.; тел. +7 701 123 45 67 [1]*  ", "title": "Итого", "place_name": "n/a",
    "goods_description": "<b>сыр</b> &amp; «чай»", "outcome": "-", "concealment": "//", "verify_note": "=1+1",
    "clue_words": "unknown", "coord_basis": " 43.1, 75.2", "value_text": "1,250", "district": "x",
}  # fmt: skip


def as_excel(incidents: gpd.GeoDataFrame) -> bytes:
    """The incidents as somebody would keep them in Excel: text as text, numbers as numbers."""
    from openpyxl import Workbook  # noqa: PLC0415

    table = incidents.drop(columns=["date_start", "date_end", "geometry"]).reset_index()
    table["lon"], table["lat"] = incidents.geometry.x.to_numpy(), incidents.geometry.y.to_numpy()
    book = Workbook()
    sheet = book.active
    sheet.append(list(table.columns))
    for record in table.astype(object).where(table.notna(), None).itertuples(index=False):
        sheet.append(list(record))
        for cell in sheet[sheet.max_row]:
            if cell.data_type == "f":
                cell.data_type = "s"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def written(incidents: gpd.GeoDataFrame, ending: str, folder: Path) -> Path:
    file = folder / f"incidents.{ending}"
    if ending == "xlsx":
        file.write_bytes(as_excel(incidents))
    else:
        write_incidents(incidents, file)
    return file


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "geojson"])
def test_the_built_in_incidents_come_back_the_same(
    ending: str, incidents: gpd.GeoDataFrame, frontier: geo.Frontier, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    imported = intake.import_incidents(
        intake.read_sheet(written(incidents, ending, tmp_path)), frontier=frontier, gazetteer=gazetteer
    )
    assert_geodataframe_equal(imported.incidents, incidents)
    assert imported.problems.empty
    assert imported.counts["read"] == imported.counts["imported"] == len(incidents)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "geojson", "parquet", "gpkg"])
def test_a_file_that_was_taken_away_comes_back_the_same(
    kind: str, incidents: gpd.GeoDataFrame, frontier: geo.Frontier, gazetteer: Gazetteer
) -> None:
    sheet = intake.read_sheet(pack_records(incidents, kind, ABOUT), name=f"records.{kind}")
    assert_geodataframe_equal(
        intake.import_incidents(sheet, frontier=frontier, gazetteer=gazetteer).incidents, incidents
    )


def test_a_table_in_memory_never_touches_the_disk(
    incidents: gpd.GeoDataFrame, frontier: geo.Frontier, gazetteer: Gazetteer
) -> None:
    sheet = intake.read_sheet(io.BytesIO(as_excel(incidents)), name="upload.xlsx")
    assert_geodataframe_equal(
        intake.import_incidents(sheet, frontier=frontier, gazetteer=gazetteer).incidents, incidents
    )


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "geojson"])
def test_texts_that_an_import_would_read_are_left_as_they_are_where_the_check_passes(
    ending: str, incidents: gpd.GeoDataFrame, frontier: geo.Frontier, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    strange = incidents.head(4).copy()
    for field in set(STRANGE) & set(strange):
        strange[field] = STRANGE[field]
    strange.index = ["Total", "1", "ИТОГО", "id"]
    strange.index.name = "id"
    strange["source_url"] = [
        "https://maps.google.com/?q=43,75", "https://example.org/a.jpg", "HTTPS://пример.рф/ё", "http://e.org/(x,y);z."
    ]  # fmt: skip
    file = written(strange, ending, tmp_path)
    imported = intake.import_incidents(intake.read_sheet(file), frontier=frontier, gazetteer=gazetteer)
    if ending != "xlsx":
        assert check_incidents(file) == []
        assert_geodataframe_equal(imported.incidents, read_incidents(file))
    assert_geodataframe_equal(imported.incidents, strange)
    assert imported.problems.empty


def test_a_private_row_stays_private(
    incidents: gpd.GeoDataFrame, frontier: geo.Frontier, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    marked = incidents.head(2).assign(private=["yes", ""])
    marked.loc[marked.index[0], "source_url"] = ""
    file = written(marked, "geojson", tmp_path)
    imported = intake.import_incidents(intake.read_sheet(file), frontier=frontier, gazetteer=gazetteer)
    assert_geodataframe_equal(imported.incidents, read_incidents(file))


def test_a_broken_row_is_read_and_mended_beside_sound_ones(
    incidents: gpd.GeoDataFrame, frontier: geo.Frontier, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    broken = incidents.head(3).copy()
    broken.iloc[1, broken.columns.get_loc("date")] = "7 марта 2024"
    broken.iloc[2, broken.columns.get_loc("support_note")] = "Total [1]"
    file = written(broken, "csv", tmp_path)
    imported = intake.import_incidents(intake.read_sheet(file), frontier=frontier, gazetteer=gazetteer)
    assert imported.incidents["date"].iloc[1] == "2024-03-07"
    assert imported.incidents["support_note"].iloc[2] == "Total [1]"


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
FREE = ("support_note", "goods_description", "value_text", "concealment", "outcome", "verify_note", "clue_words")


@settings(max_examples=examples(15), deadline=None)
@given(
    texts=st.lists(st.fixed_dictionaries(dict.fromkeys(FREE, TEXT)), min_size=3, max_size=3),
    ending=st.sampled_from(("csv", "geojson", "xlsx")),
)
def test_whatever_passes_the_check_comes_through_unchanged(
    texts: list[dict[str, Any]], ending: str, incidents: gpd.GeoDataFrame, frontier: geo.Frontier, gazetteer: Gazetteer
) -> None:
    records = incidents.head(3).copy()
    for field in FREE:
        # A text of blanks alone is blank, and a spreadsheet's mark before a formula is none of its own.
        records[field] = [
            text[field] if text[field].strip() and not text[field].startswith("'") else "" for text in texts
        ]
    with TemporaryDirectory() as folder:
        file = written(records, ending, Path(folder))
        imported = intake.import_incidents(intake.read_sheet(file), frontier=frontier, gazetteer=gazetteer)
        if ending != "xlsx":
            assert check_incidents(file) == []
            assert_geodataframe_equal(imported.incidents, read_incidents(file))
        assert_geodataframe_equal(imported.incidents, records)


def test_an_agency_marked_as_outside_the_list_keeps_its_name(
    incidents: gpd.GeoDataFrame, frontier: geo.Frontier, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    strange = incidents.head(3).copy()
    strange["agency"] = ["other: Harbour Office", "KNB; other: Ministry of Trade and Integration", "other: X"]
    strange["recording_side"] = "unknown"
    write_incidents(strange, tmp_path / "strange.csv")
    imported = intake.import_incidents(
        intake.read_sheet(tmp_path / "strange.csv"), frontier=frontier, gazetteer=gazetteer
    )
    assert imported.incidents["agency"].tolist() == strange["agency"].tolist()
