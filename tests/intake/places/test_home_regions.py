"""Regions that records state, and what their names meant on the records' days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.errors import InputError
from geo.intake.places.home_regions import in_region, region_by_point, regions_meant, regions_stated
from geo.intake.words.vocabularies import read_table
from geo.paths import data_path

if TYPE_CHECKING:
    from pathlib import Path

    import geo


@pytest.mark.parametrize(
    ("code", "name", "stated"),
    [
        ("", "Жамбылская", ("KZ-31",)),
        ("", "ВКО", ("KZ-63",)),
        ("KZ-VOS", "", ("KZ-63",)),
        ("630000000", "", ("KZ-63",)),
        ("", "Шығыс Қазақстан облысы", ("KZ-63",)),
        ("", "Карагандинская область, г. Балхаш", ("KZ-35",)),
        ("", "г. Алматы", ("KZ-75",)),
        ("", "Алматы облысы", ("KZ-19",)),
        ("", "Алматы", ("KZ-75", "KZ-19")),
        ("KZ-19", "Алматы", ("KZ-19",)),
        ("", "Саратовская область", ()),
        ("", "", ()),
    ],
)
def test_a_region_is_known_by_its_names_and_codes_and_a_shared_name_by_all_that_bear_it(
    code: str, name: str, stated: tuple[str, ...], frontier: geo.Frontier
) -> None:
    assert regions_stated(code, name, frontier) == stated


@pytest.mark.parametrize(
    ("stated", "part"),
    [("KZ-63", "KZ-10"), ("KZ-19", "KZ-33"), ("KZ-35", "KZ-62")],
    ids=["east", "almaty", "karaganda"],
)
@pytest.mark.parametrize("date", ["", "2001", "2022", "2022-06", "2022-06-07"])
def test_a_region_that_was_split_may_mean_its_parts_in_a_record_that_may_be_older(
    stated: str, part: str, date: str
) -> None:
    assert regions_meant((stated,), date) == ([stated, part], "2022-06-08")


@pytest.mark.parametrize("date", ["2022-06-08", "2022-07", "2023", "2026-01-01"])
def test_from_the_day_of_the_split_on_the_name_is_the_smaller_region_s(date: str) -> None:
    for code in ("KZ-63", "KZ-19", "KZ-35"):
        assert regions_meant((code,), date) == ([code], "")


def test_a_name_that_a_part_got_by_the_split_means_that_part_at_all_times() -> None:
    for code in ("KZ-10", "KZ-33", "KZ-62", "KZ-31"):
        assert regions_meant((code,), "2015-03-07") == ([code], "")


def test_a_shared_name_and_a_split_are_both_thought_of() -> None:
    assert regions_meant(("KZ-75", "KZ-19"), "2015") == (["KZ-75", "KZ-19", "KZ-33"], "2022-06-08")
    assert regions_meant(("KZ-75", "KZ-19"), "2024") == (["KZ-75", "KZ-19"], "")


def test_a_place_may_lie_in_what_was_one_region_but_in_no_city_that_is_another() -> None:
    assert in_region("KZ-10", "KZ-63")
    assert in_region("KZ-79", "KZ-61")
    assert not in_region("KZ-61", "KZ-79")
    assert not in_region("KZ-31", "KZ-63")
    assert not in_region("", "KZ-63")


TALDYKORGAN, TALGAR, PAVLODAR = (78.38, 45.02), (77.24, 43.30), (76.97, 52.29)


def test_a_point_decides_between_the_parts_of_a_region(frontier: geo.Frontier) -> None:
    for date in ("2015-03-07", "2024-03-07", ""):
        assert region_by_point("KZ-19", "KZ-33", TALDYKORGAN, date, frontier) == "KZ-33"
        assert region_by_point("KZ-19", "KZ-19", TALGAR, date, frontier) == "KZ-19"


def test_a_point_far_outside_the_stated_region_contradicts_it(frontier: geo.Frontier) -> None:
    assert region_by_point("KZ-19", "KZ-55", PAVLODAR, "2024", frontier) is None
    assert region_by_point("KZ-19", "", (87.6, 43.8), "2024", frontier) is None


def test_at_the_edge_which_the_map_draws_roughly_the_stated_region_stands(frontier: geo.Frontier) -> None:
    edge = frontier.regions.geometry["KZ-19"].intersection(frontier.regions.geometry["KZ-33"].buffer(1e-6))
    middle = edge.representative_point()
    assert region_by_point("KZ-19", "KZ-33", (middle.x, middle.y), "2024-03-07", frontier) == "KZ-19"
    assert region_by_point("KZ-19", "KZ-33", (middle.x, middle.y), "2015-03-07", frontier) == "KZ-33"


def test_a_country_s_list_of_splits_that_has_no_day_or_no_regions_is_refused(tmp_path: Path) -> None:
    words = data_path("intake", "places.toml").read_text(encoding="utf-8")
    file = tmp_path / "places.toml"
    file.write_text(words.replace("until = 2018-06-19", 'until = "2018"'), encoding="utf-8")
    with pytest.raises(InputError, match=r"former\.3\.until"):
        read_table(file)
