"""Incidents that leave as a table and come back are the same."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from geopandas.testing import assert_geodataframe_equal

from geo import intake
from geo.incidents.reading import write_incidents

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    import geo


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


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "geojson"])
def test_the_built_in_incidents_come_back_the_same(
    ending: str, incidents: gpd.GeoDataFrame, frontier: geo.Frontier, tmp_path: Path
) -> None:
    file = tmp_path / f"incidents.{ending}"
    if ending == "xlsx":
        file.write_bytes(as_excel(incidents))
    else:
        write_incidents(incidents, file)
    imported = intake.import_incidents(intake.read_sheet(file), frontier=frontier)
    assert_geodataframe_equal(imported.incidents, incidents)
    assert imported.problems.empty
    assert imported.counts["read"] == imported.counts["imported"] == len(incidents)


def test_a_table_in_memory_never_touches_the_disk(incidents: gpd.GeoDataFrame, frontier: geo.Frontier) -> None:
    sheet = intake.read_sheet(io.BytesIO(as_excel(incidents)), name="upload.xlsx")
    assert_geodataframe_equal(intake.import_incidents(sheet, frontier=frontier).incidents, incidents)


def test_an_agency_marked_as_outside_the_list_keeps_its_name(
    incidents: gpd.GeoDataFrame, frontier: geo.Frontier, tmp_path: Path
) -> None:
    strange = incidents.head(3).copy()
    strange["agency"] = ["other: Harbour Office", "KNB; other: Ministry of Trade and Integration", "other: X"]
    strange["recording_side"] = "unknown"
    write_incidents(strange, tmp_path / "strange.csv")
    imported = intake.import_incidents(intake.read_sheet(tmp_path / "strange.csv"), frontier=frontier)
    assert imported.incidents["agency"].tolist() == strange["agency"].tolist()
