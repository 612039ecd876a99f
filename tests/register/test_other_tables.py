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


def test_columns_of_any_name_an_encoding_of_old_and_words_of_three_languages_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, placed, totals = tmp_path / "rows.csv", tmp_path / "placed.parquet", tmp_path / "totals.csv"
    text = "коорд_в;коорд_с;день;товар\n74.7129;43.0388;03.07.2024;сигареты\n74.7129;43.0388;13.07.2024;жанармай\n"
    file.write_bytes((text + "60.0;52.0;05.07.2023;diesel\n").encode("kz1048"))
    code, _, err = run("register", "locate", str(file), "-o", str(placed), capsys=capsys)
    assert (code, "--lon and --lat" in " ".join(err.split())) == (2, True)
    named = ["--lon", "коорд_в", "--lat", "коорд_с"]
    assert run("register", "locate", str(file), "-o", str(placed), *named, capsys=capsys)[0] == 0
    columns = ["--goods-column", "товар", "--date-column", "день"]
    assert run("register", "count", str(placed), "-o", str(totals), *columns, capsys=capsys)[0] == 0
    counted = pd.read_csv(totals, dtype=str).set_index(["neighbour", "goods", "date"])["rows"]
    assert counted.to_dict() == {
        ("KG", "tobacco", "2024"): "1", ("KG", "fuel", "2024"): "1", ("RU", "fuel", "2023"): "1",
    }  # fmt: skip
