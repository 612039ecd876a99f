"""The codes of a country's border files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from geo.border.codes import BorderCodes, read_border_codes

if TYPE_CHECKING:
    from pathlib import Path


def test_codes_come_from_the_border_files() -> None:
    codes = read_border_codes()
    assert codes.neighbours == ("RU", "CN", "KG", "UZ", "TM", "CASPIAN")
    assert codes.borders == (*codes.neighbours, "AIR", "POST", "UNKNOWN")
    assert len(codes.regions) == 20
    assert len(codes.crossings) == 105


def test_codes_of_another_country(tmp_path: Path) -> None:
    lines = {"type": "FeatureCollection", "features": [{"properties": {"neighbour": code}} for code in "BA"]}
    (tmp_path / "borders.geojson").write_text(json.dumps(lines, indent=2), encoding="utf-8")
    assert read_border_codes(tmp_path) == BorderCodes(neighbours=("B", "A"))


def test_no_files_no_codes(tmp_path: Path) -> None:
    assert read_border_codes(tmp_path) == BorderCodes()
