"""Registers in Excel, GeoJSON and GeoPackage are placed like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pytest
from command_line import run
from shapely.geometry import Point

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "xlsx"])
def test_a_register_in_another_format_is_placed(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = pd.DataFrame({"number": ["a", "b"], "longitude": [74.7129, 60.0], "latitude": [43.0388, 52.0]})
    file, out = tmp_path / f"rows.{ending}", tmp_path / "out.csv"
    if ending == "xlsx":
        table.to_excel(file, index=False)
    else:
        points = [Point(*spot) for spot in table[["longitude", "latitude"]].to_numpy()]
        gpd.GeoDataFrame(table[["number"]], geometry=points, crs=4326).to_file(file)
    assert run("register", "locate", str(file), "-o", str(out), capsys=capsys)[0] == 0
    placed = pd.read_csv(out)
    assert placed["neighbour"].tolist() == ["KG", "RU"]
    assert placed["number"].tolist() == ["a", "b"]
