"""What single cells show, and where their kinds end, worked out by hand."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from geo.intake.row_kinds import heading
from geo.intake.sheets.workbook import _as_shown, _fill
from geo.intake.words.cells import _joined
from geo.intake.words.dates import read_date


@pytest.mark.parametrize(
    ("value", "written", "shown"),
    [
        (22_000, '0,"thousand"', "22 thousand"),
        (22_000_000, '0,,"million"', "22 million"),
        (22, '0"kg"', "22 kg"),
        (0.125, "0.0%", "12.5 %"),
        (True, '0"kg"', True),
        (22, "General", 22),
    ],
)
def test_a_number_is_read_as_its_cell_shows_it(value: object, written: str, shown: object) -> None:
    assert _as_shown(SimpleNamespace(value=value, number_format=written)) == shown


def test_a_merged_range_of_one_row_is_shared_by_no_rows() -> None:
    lines = [(1, ("a", "b")), (2, ("x", None)), (3, ("y", "z"))]
    assert _fill(lines, [(2, 1, 2, 2)], "t")[1] == set()
    assert _fill(lines, [(2, 1, 3, 1)], "t")[1] == {(2, 0), (3, 0)}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("202407", "2024-07"),
        ("199912", "1999-12"),
        ("991231", "1999-12-31"),
        ("311299", "1999-12-31"),
        ("240230", "2030-02-24"),
        ("030724", ""),
    ],
)
def test_six_figures_are_a_date_where_only_one_makes_sense(text: str, date: str) -> None:
    assert read_date(text).date == date


@pytest.mark.parametrize(
    ("parts", "joined"),
    [
        ({"lat_min": 5}, "43° 5'"),
        ({"lat_sec": 7}, "43° 7''"),
        ({"lat_min": 5, "lat_sec": 7}, "43° 5' 7''"),
        ({"lat_side": "N"}, "43 N"),
        ({}, 43),
    ],
)
def test_degrees_have_the_minutes_and_seconds_of_columns_of_their_own(parts: dict[str, object], joined: object) -> None:
    assert _joined({"lat": 43, **parts}, "lat") == joined


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        (("x" * 80, None), "x" * 80),
        (("x" * 81, None), ""),
        ((None, "x"), ""),
        (("x", "x"), "x"),
        (("x", "x", None), ""),
        ((5, None), ""),
    ],
)
def test_a_row_that_holds_a_text_alone_is_a_heading(cells: tuple[object, ...], text: str) -> None:
    assert heading(cells) == text


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("I квартал 2024", "2024-03"),
        ("II квартал 2024", "2024-06"),
        ("III квартал 2024", "2024-09"),
        ("IV квартал 2024", "2024-12"),
        ("I полугодие 2024", "2024-06"),
    ],
)
def test_a_part_of_a_year_in_roman_figures_ends_with_its_last_month(text: str, until: str) -> None:
    assert read_date(text).not_after == until
