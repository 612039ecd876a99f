"""Points in one cell or several, articles of law, and how a cell shows itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from geo.intake.words.cells import (
    add_sentence,
    longitude_first,
    read_articles,
    read_as,
    read_point,
    show_cell,
    tidy,
)

WINDOW = (46.25, 40.25, 87.75, 55.75)
EXCHANGED = "latitude and longitude may be exchanged"
WHOLE = "whole degrees only: 100 km wide"
METRES = "no degrees; metres need --crs EPSG:…, their system"


def point_of(cells: dict[str, Any], **options: Any) -> tuple[Any, Any, list[tuple[Any, ...]]]:
    notes: list[tuple[Any, ...]] = []
    point = read_point(cells, lambda *words: notes.append(words), window=WINDOW, **options)
    return point["lat"], point["lon"], notes


@pytest.mark.parametrize(
    ("cells", "options", "point"),
    [
        ({"coordinates": "43.5, 74.5"}, {}, (43.5, 74.5)),
        ({"coordinates": "74.5, 43.5"}, {"lon_first": True}, (43.5, 74.5)),
        ({"coordinates": "lat 43.5, lon 74.5"}, {"lon_first": True}, (43.5, 74.5)),
        ({"coordinates": "43.5, 74.5", "lat": 50.5, "lon": 60.5}, {}, (50.5, 60.5)),
        ({"lat": 50, "lon": 60}, {"wide": True}, (50.0, 60.0)),
        ({"lat": 50, "lon": 60.5}, {}, (50.0, 60.5)),
        ({"lat": 90.0, "lon": 60.5}, {}, (90.0, 60.5)),
        ({"lat": 40.25, "lon": 46.25}, {}, (40.25, 46.25)),
        ({"lat": 55.75, "lon": 50.5}, {}, (55.75, 50.5)),
        ({"lat": 10.5, "lon": 20.5}, {}, (10.5, 20.5)),
        ({"lat": 60.5, "lon": 60.5}, {}, (60.5, 60.5)),
        ({"lat": 5_311_000, "lon": 8_317_000}, {"crs": "EPSG:3857"}, (42.993615, 74.712882)),
        ({"lat": 4_765_163.5, "lon": 476_613.7, "utm_zone": "43N"}, {}, (43.0388, 74.7129)),
        ({"lat": 4_765_163.5, "lon": 476_613.7, "utm_zone": "1"}, {"crs": "EPSG:32643"}, (43.0388, 74.7129)),
        ({"lat": 43, "lat_min": 2, "lat_sec": 15, "lon": 74, "lon_min": 42, "lon_sec": 30}, {}, (43.0375, 74.708333)),
        ({"lat": 43, "lat_min": 2, "lat_side": "S", "lon": 74.7, "lon_side": "W"}, {}, (-43.033333, -74.7)),
        ({}, {}, (None, None)),
    ],
)
def test_a_point_of_one_cell_or_several(
    cells: dict[str, Any], options: dict[str, Any], point: tuple[float, float]
) -> None:
    lat, lon, notes = point_of(cells, **options)
    assert notes == []
    assert (lat, lon) == (point if None in point else pytest.approx(point, abs=1e-5))


@pytest.mark.parametrize(
    ("cells", "notes"),
    [
        ({"coordinates": "74.5, 43.5"}, [("coordinates", "74.5, 43.5", EXCHANGED)]),
        ({"coordinates": "43, 74"}, [("coordinates", "43, 74", WHOLE)]),
        ({"coordinates": "43.5, 74.5", "lat": 50.5}, [("lat", 50.5, "latitude without longitude")]),
        ({"lon": 60.5}, [("lon", 60.5, "longitude without latitude")]),
        ({"lat": 60.5, "lon": 50.5}, [("coordinates", "60.5 50.5", EXCHANGED)]),
        ({"lat": 91.5, "lon": 60.5}, [("coordinates", "91.5 60.5", EXCHANGED)]),
        ({"lat": 50.5, "lon": 46.2}, [("coordinates", "50.5 46.2", EXCHANGED)]),
        ({"lat": 50, "lon": 60}, [("coordinates", "50 60", WHOLE)]),
        ({"lat": "50.0", "lon": "60,00"}, [("coordinates", "50.0 60,00", WHOLE)]),
        ({"lat": 200.5, "lon": 60.5}, [("lat", 200.5, METRES)]),
        ({"lat": 50.5, "lon": 540.5}, [("lon", 540.5, METRES)]),
        ({"lat": True, "lon": 60.5}, [("lat", True, "no degrees")]),
        ({"lat": "x", "lon": "y"}, [("lon", "y", "no degrees"), ("lat", "x", "no degrees")]),
        (
            {"lat": "x", "lon": 420.5},
            [("lon", 420.5, "beyond 180 degrees", "kept as 60.5"), ("lat", "x", "no degrees")],
        ),
        ({"lat": 1.5, "lon": 2.5, "utm_zone": "99"}, [("coordinates", "99 2.5 1.5", "no UTM zone 99")]),
        ({"lat": 4_765_163.5, "utm_zone": "43N"}, [("lat", 4_765_163.5, METRES)]),
    ],
)
def test_what_is_no_point_is_reported_and_left_open(cells: dict[str, Any], notes: list[tuple[Any, ...]]) -> None:
    assert point_of(cells) == (None, None, notes)


@pytest.mark.parametrize(("lon", "kept"), [(420.5, 60.5), (-299.5, 60.5), (540.0, 180.0), (-181.0, 179.0)])
def test_a_longitude_that_went_once_round_the_world_is_turned_back(lon: float, kept: float) -> None:
    assert point_of({"lat": 50.5, "lon": lon}) == (
        50.5,
        kept,
        [("lon", lon, "beyond 180 degrees", f"kept as {kept:g}")],
    )


def test_metres_that_are_no_point_of_their_system_are_said() -> None:
    assert point_of({"lat": "x", "lon": 8_317_000}, crs="EPSG:3857")[2] == [
        ("coordinates", "8317000 x", "no point of EPSG:3857")
    ]


@pytest.mark.parametrize(
    ("column", "first"),
    [
        (["74.7, 43.0", "75.1, 44.2"], True),
        (["74.7, 43.0", "75.1, 44.2", "lat 43.5 lon 74.5", "x", 5], True),
        (["74.7, 43.0"], False),
        (["74.7, 43.0", "44.2, 75.1"], False),
        (["48.5, 50.5", "49.5, 51.5"], False),
        (["10.5, 60.5", "10.5, 61.5"], False),
    ],
)
def test_a_column_has_its_longitude_first_where_every_pair_says_so_and_more_than_one(
    column: list[Any], first: bool
) -> None:
    assert longitude_first(column, WINDOW) is first


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("", ""),
        ("Art. 234; Art. 286", "Art. 234; Art. 286"),
        ("ст. 234, 286 УК РК", "Art. 234; Art. 286"),
        ("234; 286", "Art. 234; Art. 286"),
        ("234-1", "Art. 234-1"),
        ("ст. 234 ч. 3 п. 2", "Art. 234"),
        ("қк 234-бап", "Art. 234"),
        ("ст. 234 и ст. 234", "Art. 234"),
        ("286 КоАП", None),
        ("ст. 226.1 УК РФ", None),
        ("дело 234", None),
        ("контрабанда", None),
    ],
)
def test_articles_of_the_country_s_criminal_code_and_of_no_other(text: str, articles: str | None) -> None:
    notes: list[tuple[Any, ...]] = []
    assert read_articles(text, lambda *words: notes.append(words)) == (articles or "")
    assert bool(notes) == (articles is None)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (5.0, "5"),
        (0.1, "0.1"),
        (dt.datetime(2024, 7, 3), "2024-07-03"),  # noqa: DTZ001  (as Excel gives it)
        (dt.datetime(2024, 7, 3, 14, 30), "2024-07-03 14:30:00"),  # noqa: DTZ001
        (dt.date(2024, 7, 3), "2024-07-03"),
    ],
)
def test_a_cell_is_shown_as_its_author_reads_it(value: Any, shown: str) -> None:
    assert show_cell(value) == shown


@pytest.mark.parametrize(
    ("field", "text", "read"),
    [
        ("title", "'+7", "+7"),
        ("title", "'слово'", "'слово'"),
        ("title", "текст [12] [a]", "текст"),
        ("title", "текст**", "текст"),
        ("title", "[1]", "[1]"),
        ("title", "5 м²", "5 м²"),
        ("title", "2024¹", "2024"),
        ("title", "123²", "123²"),
        ("coordinates", "43.5*", "43.5*"),
        ("id", "a\u200bb*", "ab*"),
        ("source_url", "https://a.kz/1*", "https://a.kz/1*"),
    ],
)
def test_marks_of_footnotes_are_no_part_of_a_text(field: str, text: str, read: str) -> None:
    assert read_as(field, text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("сахap", "сахар"),
        ("KазМунайГаз", "КазМунайГаз"),
        ("zигареты", "zигареты"),
        ("５٥٫٥", "55.5"),
        ("a\u00adb", "ab"),
    ],
)
def test_a_word_is_of_one_script_and_a_figure_of_ours(text: str, read: str) -> None:
    assert tidy(text) == read


def test_a_sentence_of_the_import_is_marked_as_such() -> None:
    assert add_sentence("", "more") == "Note of the import: more."
    assert add_sentence("text", "more") == "text | Note of the import: more."
