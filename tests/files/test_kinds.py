"""A file is what it holds, whatever its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.files.kinds import find_axes, kind_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('"agency","claim","value"\n"KNB","cases","3"\n', "statements"),
        ("agency;claim\nKNB;cases\n", "statements"),
        ("date,goods,source_url\n2024,tea,https://example.org\n", "incidents"),
        ("id,LON,LAT\n1,2,3\n", "register"),
        ("a,b\n1,2\n", "table"),
    ],
)
def test_the_names_of_the_columns_say_what_the_rows_are(text: str, kind: str, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(text)
    assert kind_of(file) == kind


def test_a_file_that_is_not_there_is_of_no_kind(tmp_path: Path) -> None:
    assert not kind_of(tmp_path / "none.csv")


def test_longitude_and_latitude_are_known_under_any_usual_name() -> None:
    assert find_axes(["id", "Долгота", "Широта"]) == ("Долгота", "Широта")
    assert find_axes(["LONGITUDE"]) == ("LONGITUDE", "")
