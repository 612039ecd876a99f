"""Cells that only look like a date or a place are reported, and never end in an error."""

from __future__ import annotations

import pytest

from geo.intake.words.amounts import read_quantity
from geo.intake.words.coordinates import read_spot
from geo.intake.words.dates import read_date


@pytest.mark.parametrize(
    "text",
    [
        "SRID=999999;POINT(1 2)", "0101000020" + "3F420F00" + "00" * 16, "01" * 21, "{", '{"lat": 1, "lon": null}',
        '{"type": "Point", "coordinates": [1' + "0" * 400 + ", 2]}", '{"type": "Point", "coordinates": "x"}',
        "[" * 400, "43 deg 61' N, 74 deg E",
    ],
)  # fmt: skip
def test_no_point(text: str) -> None:
    assert read_spot(text).problem


@pytest.mark.parametrize(
    "text",
    [
        "99 jul 2024 99:99:99 +0500", "wed, 31 feb 2024 10:00:00 gmt", "3 xyz 2024 10:00 z", "99999999999999", "999999",
        "2024m13", "h3 2024", "13 мес. 2024", "31-31-31",
    ],
)  # fmt: skip
def test_no_date(text: str) -> None:
    assert read_date(text).problem


@pytest.mark.parametrize("text", ["1e999 kg", "1e-999 kg", "e5", "1e5e5 kg"])
def test_no_amount_or_a_finite_one(text: str) -> None:
    read = read_quantity(text)
    assert read.problem or read.number < 1e300
