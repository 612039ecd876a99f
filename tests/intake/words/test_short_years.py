"""Years of two figures."""

from __future__ import annotations

import pytest

from geo.intake.words.dates import read_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("03.07.00", "2000-07-03"),
        ("03.07.29", "2029-07-03"),
        ("03.07.30", "2030-07-03"),
        ("03.07.69", "2069-07-03"),
        ("03.07.70", "1970-07-03"),
        ("03.07.99", "1999-07-03"),
        ("3 июля 31", "2031-07-03"),
        ("3 июля 98", "1998-07-03"),
    ],
)
def test_from_70_on_they_are_of_the_last_century(text: str, date: str) -> None:
    assert read_date(text).date == date
