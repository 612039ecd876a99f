"""A table as incidents: what is filled in, what is reported, and ids that stay."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from products import examples

import geo
from geo import intake
from geo.incidents.reading import REQUIRED
from geo.incidents.schema import IncidentSchema
from geo.intake.places.resolving import Found
from geo.language.remarks import translate_remark

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    from geo.intake.importing import Imported

COLUMNS = ["Дата", "Товар", "Количество", "Место", "Граница", "Орган", "Ссылка"]
ROWS = [
    ["03.07.2024", "сигареты", "336 тыс. пачек", "АПП «Сырым»", "РФ", "ПС КНБ", "https://a.kz/1"],
    ["05.07.2024", "насвай", "120 кг", "Кордай", "Кыргызстан", "КНБ", "https://a.kz/2"],
    ["июль 2024", "рога сайгака", "412 шт", "Бейнеу", "", "полиция", "https://a.kz/3"],
]


def table(rows: list[list[str]], columns: list[str] = COLUMNS) -> intake.Sheet:
    text = io.StringIO()
    pd.DataFrame(rows, columns=columns).to_csv(text, index=False, sep=";")
    return intake.read_sheet(text.getvalue().encode(), name="a.csv")


@pytest.fixture(scope="module")
def gazetteer(frontier: geo.Frontier) -> intake.Gazetteer:
    return intake.read_gazetteer(frontier)


@pytest.fixture
def take(frontier: geo.Frontier, gazetteer: intake.Gazetteer):  # noqa: ANN201
    def run(rows: list[list[str]], columns: list[str] = COLUMNS, **constants: str) -> Imported:
        sheet = table(rows, columns)
        mapping = intake.guess_mapping(sheet).with_constants(**constants)
        return intake.import_incidents(sheet, mapping, frontier=frontier, gazetteer=gazetteer)

    return run


def test_a_record_is_made_of_what_the_row_says(take) -> None:
    done = take(ROWS)
    record = done.incidents.iloc[0]
    assert done.problems.empty
    assert record["title"] == "Tobacco, 336,000 packs, Syrym"
    assert record[["date", "date_precision", "date_basis"]].tolist() == ["2024-07-03", "day", "event"]
    assert record[["goods", "goods_description", "quantity", "unit"]].tolist() == [
        "tobacco",
        "сигареты",
        336_000,
        "pack",
    ]
    assert record[["neighbour", "crossing_id", "location_precision", "location_radius_km"]].tolist() == [
        "RU", "syrym", "crossing", 5.0,
    ]  # fmt: skip
    assert record[["agency", "recording_side", "confidence"]].tolist() == ["KNB Border Service", "home", "medium"]
    assert done.incidents.iloc[2]["date_precision"] == "month"
    assert any("confidence is medium" in note for note in done.notes)


# -- Regions ----------------------------------------------------------------------------------------


def test_a_region_that_was_split_after_the_record_is_left_open_with_both_readings(take) -> None:
    columns = ["Дата", "Товар", "Область", "Место", "Граница", "Ссылка"]
    rows = [
        ["07.03.2015", "сигареты", "ВКО", "", "РФ", "https://a.kz/1"],
        ["07.03.2024", "сигареты", "ВКО", "", "РФ", "https://a.kz/2"],
        ["07.03.2015", "сигареты", "ВКО", "Семей", "РФ", "https://a.kz/3"],
        ["07.03.2016", "сигареты", "ЮКО", "", "", "https://a.kz/4"],
        ["07.03.2024", "сигареты", "Алматы", "", "", "https://a.kz/5"],
    ]
    done = take(rows, columns)
    assert done.incidents["region_code"].tolist() == ["", "KZ-63", "KZ-10", "KZ-61", ""]
    assert done.incidents["location_precision"].tolist() == ["border", "region", "locality", "region", "country"]
    check = "to be checked"
    assert done.problems[["row", "value", "reason", "done"]].to_numpy().tolist() == [
        [2, "ВКО", "split on 2022-06-08: may be East Kazakhstan of today or Abai", f"left blank, {check}"],
        [5, "ЮКО", "split on 2018-06-19: may be Turkistan of today or Shymkent", f"kept as KZ-61, {check}"],
        [6, "Алматы", "may be Almaty (city) or Almaty Region", f"left blank, {check}"],
    ]
    reason = done.problems["reason"].iloc[0]
    russian = "может быть Восточно-Казахстанская область в нынешних границах или Абайская область"
    assert translate_remark(reason, "ru") == f"область разделена 2022-06-08: {russian}"
    assert "қазіргі Шығыс Қазақстан облысы немесе Абай облысы" in translate_remark(reason, "kk")


def test_a_point_outside_the_stated_region_is_reported_and_one_within_its_former_extent_is_not(take) -> None:
    columns = ["Дата", "Товар", "Область", "Координаты", "Ссылка"]
    rows = [
        ["07.03.2024", "сигареты", "Павлодарская", "43.5, 77.0", "https://a.kz/1"],
        ["07.03.2015", "сигареты", "Алматинская", "45.02, 78.38", "https://a.kz/2"],
    ]
    done = take(rows, columns)
    assert done.incidents["region_code"].tolist() == ["", "KZ-33"]
    assert done.problems[["row", "reason"]].to_numpy().tolist() == [[2, "the point lies outside the stated region"]]


def test_on_a_map_of_before_the_split_the_region_is_the_whole(frontier: geo.Frontier) -> None:
    older = replace(frontier, regions=frontier.regions.drop(index=["KZ-10", "KZ-33", "KZ-62"]))
    done = intake.import_incidents(
        table([["07.03.2015", "сигареты", "ВКО", "https://a.kz/1"]], ["Дата", "Товар", "Область", "Ссылка"]),
        frontier=older,
    )
    assert done.incidents["region_code"].tolist() == ["KZ-63"]
    assert done.problems.empty


def test_a_town_beside_its_region_in_one_cell_is_read(take) -> None:
    rows = [["07.03.2015", "сигареты", "Карагандинская область, г. Темиртау", "https://a.kz/1"]]
    done = take(rows, ["Дата", "Товар", "Область", "Ссылка"])
    assert done.incidents["location_precision"].tolist() == ["locality"]
    assert done.problems.empty


# -- Cells that tell less than they seem ------------------------------------------------------------


def test_a_day_that_has_not_come_yet_is_left_blank(take) -> None:
    rows = [["03.07.2098", "сигареты", "https://a.kz/1"], ["2098", "сигареты", "https://a.kz/2"]]
    done = take([*rows, ["03.07.2024", "сигареты", "https://a.kz/3"]], ["Дата", "Товар", "Ссылка"])
    assert done.incidents["date"].tolist() == ["", "", "2024-07-03"]
    assert done.problems["reason"].tolist() == ["a day that has not come yet"] * 2


def test_the_middle_of_the_country_is_no_place(take) -> None:
    rows = [["03.07.2024", "сигареты", "48.0196, 66.9237", "https://a.kz/1"]]
    done = take(rows, ["Дата", "Товар", "Координаты", "Ссылка"])
    assert done.incidents["location_precision"].tolist() == ["country"]
    assert done.problems["reason"].tolist() == ["the middle of the country, as maps answer for its name"]


def test_where_from_and_where_to_are_a_direction_and_a_border(take) -> None:
    rows = [
        ["03.07.2024", "сигареты", "Казахстан", "Россия", "https://a.kz/1"],
        ["04.07.2024", "обувь", "Китай", "", "https://a.kz/2"],
        ["05.07.2024", "обувь", "", "Кыргызстан", "https://a.kz/3"],
    ]
    done = take(rows, ["Дата", "Товар", "Откуда", "Куда", "Ссылка"])
    assert done.incidents["direction"].tolist() == ["outbound", "inbound", "outbound"]
    assert done.incidents["neighbour"].tolist() == ["RU", "CN", "KG"]


def test_a_currency_in_a_column_of_its_own_decides(take) -> None:
    rows = [
        ["03.07.2024", "сигареты", "500000", "KZT", "https://a.kz/1"],
        ["04.07.2024", "сигареты", "5000", "USD", "https://a.kz/2"],
    ]
    done = take(rows, ["Дата", "Товар", "Сумма, тенге", "Валюта", "Ссылка"])
    assert done.incidents["currency"].tolist() == ["KZT", ""]
    assert done.incidents["value_text"].tolist() == ["", "5000 USD"]


def test_words_and_a_tariff_code_that_disagree_are_reported(take) -> None:
    rows = [["03.07.2024", "обувь", "2402209000", "https://a.kz/1"], ["04.07.2024", "", "2402209000", "https://a.kz/2"]]
    done = take(rows, ["Дата", "Товар", "Код ТН ВЭД", "Ссылка"])
    assert done.incidents["goods"].tolist() == ["consumer_goods", "tobacco"]
    assert done.problems["reason"].tolist() == ["its code is one of tobacco"]


# -- Ids --------------------------------------------------------------------------------------------


def test_ids_stay_when_rows_are_added_and_moved_and_columns_come_and_go(take) -> None:
    before = take(ROWS).incidents
    new = ["09.07.2024", "спирт", "8 000 л", "Урлютобе", "РФ", "ФСБ", "https://a.kz/9"]
    grown = take([new, *ROWS[::-1]]).incidents
    assert set(before.index) < set(grown.index)
    assert_geodataframe_equal(grown.loc[before.index], before)
    wider = take([[*row, "возбуждено дело"] for row in ROWS], [*COLUMNS, "Результат"]).incidents
    assert wider.index.tolist() == before.index.tolist()
    assert wider["outcome_class"].tolist() == ["case_opened"] * 3
    fewer = take([row[:5] + row[6:] for row in ROWS], COLUMNS[:5] + COLUMNS[6:]).incidents
    assert fewer.index.tolist() == before.index.tolist()


def test_an_id_follows_what_is_meant_and_not_how_it_is_written(take) -> None:
    other = [["2024-07-03", "Сигареты", "336 000 пачек", "АПП «Сырым»", "Россия", "КНБ", "https://a.kz/1"], *ROWS[1:]]
    assert take(other).incidents.index.tolist() == take(ROWS).incidents.index.tolist()
    changed = [[*ROWS[0][:2], "337 тыс. пачек", *ROWS[0][3:]], *ROWS[1:]]
    ids = take(changed).incidents.index
    assert ids[0] != take(ROWS).incidents.index[0]
    assert ids[1:].tolist() == take(ROWS).incidents.index[1:].tolist()


def test_rows_that_are_the_same_are_numbered_and_reported(take) -> None:
    done = take([ROWS[0], ROWS[1], ROWS[0], ROWS[0]])
    first = done.incidents.index[0]
    assert done.incidents.index.tolist()[2:] == [f"{first}-2", f"{first}-3"]
    assert done.problems["reason"].tolist() == ["the same in every cell that is read as row 2"] * 2
    # One that differs in a cell that makes no id still never takes another's.
    near = [*ROWS[0][:5], "КГД", ROWS[0][6]]
    ids, turned = (take(rows).incidents for rows in ([ROWS[0], near], [near, ROWS[0]]))
    assert ids["agency"].to_dict() == turned["agency"].to_dict()


def test_ids_of_the_table_are_kept_and_mended(take) -> None:
    rows = [[name, *row] for name, row in zip(["a-1", "b 2;", "a-1"], ROWS, strict=True)]
    done = take(rows, ["Рег. №", *COLUMNS])
    assert done.incidents.index.tolist() == ["a-1", "b-2-", "a-1-2"]
    assert done.problems["field"].tolist() == ["id", "id"]


# -- What is missing, and what contradicts ----------------------------------------------------------


def test_a_row_without_a_source_is_not_imported_and_a_constant_mends_it(take) -> None:
    rows = [ROWS[0], [*ROWS[1][:-1], ""], [*ROWS[2][:-1], "газета"]]
    done = take(rows)
    assert done.counts["imported"] == 1
    assert done.problems["field"].tolist() == ["source_url"] * 2
    assert set(done.problems["done"]) == {"row not imported"}
    whole = take(rows, source_url="https://example.org/report")
    assert whole.counts["imported"] == 3
    assert whole.problems["value"].tolist() == ["газета"]
    assert whole.incidents["source_url"].tolist()[1:] == ["https://example.org/report"] * 2


def test_a_table_without_goods_or_sources_is_refused_at_once(frontier: geo.Frontier) -> None:
    with pytest.raises(geo.InputError) as error:
        intake.import_incidents(table([["1", "2"]], ["a", "b"]), frontier=frontier)
    assert [fault.field for fault in error.value.faults] == ["goods", "source_url"]
    assert "--set source_url=https://" in str(error.value)


def test_an_unknown_place_leaves_region_border_or_nothing_and_says_so(take) -> None:
    rows = [
        ["2024", "чай", "1 т", "Кыркуйск", "РФ", "", "https://a.kz/1"],
        ["2024", "чай", "1 т", "Кыркуйск, Жамбылская область", "", "", "https://a.kz/2"],
        ["2024", "чай", "1 т", "Кыркуйск", "", "", "https://a.kz/3"],
    ]
    done = take(rows)
    assert done.incidents["location_precision"].tolist() == ["border", "region", "country"]
    assert done.problems["done"].tolist() == [
        "placed by border only",
        "placed by region only",
        "placed nowhere: only the country is known",
    ]
    assert set(done.places["problem"]) == {"no place of that name is known"}


def test_candidates_are_listed_and_none_is_taken(take) -> None:
    done = take([["2024", "чай", "1 т", "Абай", "", "", "https://a.kz/1"]])
    assert done.incidents.geometry.isna().all()
    assert done.places["candidates"].iloc[0].count(";") == 2
    assert done.places["problem"].iloc[0] == "3 places of that name"


@pytest.mark.parametrize(
    ("lon", "lat", "precision", "problems"),
    [
        ("51,37", "51,23", "locality", []),
        ("51.37", "", "border", ["lon"]),
        ("5123", "51", "border", ["lon"]),
        ("-100.5", "40.5", "border", ["geometry"]),
        ("51", "51", "border", ["coordinates"]),
        ("42.9", "71.4", "border", ["coordinates"]),
    ],
)
def test_coordinates_are_taken_and_impossible_ones_reported(
    take,
    lon: str,
    lat: str,
    precision: str,
    problems: list[str],
) -> None:
    columns = ["Дата", "Товар", "Граница", "Долгота", "Широта", "Ссылка"]
    done = take([["2024", "чай", "РФ", lon, lat, "https://a.kz/1"], *[["2024", "чай", "РФ", "", "", ""]]], columns)
    assert done.incidents["location_precision"].tolist() == [precision]
    told = done.problems[done.problems["row"] == 2]
    assert told["field"].tolist() == problems


def test_a_pair_of_coordinates_in_one_cell_is_latitude_first(take) -> None:
    columns = ["Дата", "Товар", "Координаты", "Ссылка"]
    done = take([["2024", "чай", "51.23, 51.37", "https://a.kz/1"]], columns)
    assert done.incidents.geometry.iloc[0].coords[0] == (51.37, 51.23)


def test_a_report_date_serves_where_there_is_no_other(take) -> None:
    done = take([["03.07.2024", "чай", "https://a.kz/1"]], ["Дата публикации", "Товар", "Ссылка"])
    assert done.incidents[["date", "date_basis", "source_date"]].iloc[0].tolist() == [
        "2024-07-03", "publication", "2024-07-03",
    ]  # fmt: skip


def test_control_characters_and_formulas_do_no_harm(take, tmp_path: Path) -> None:
    done = take([["2024", "=cmd|' /C calc'!A0 чай", "1 т", "\x07Сырым", "РФ", "", "https://a.kz/1"]])
    assert "control characters" in done.problems["reason"].iloc[0]
    file = tmp_path / "a.csv"
    geo.incidents.reading.write_incidents(done.incidents, file)
    assert ",'=cmd" in file.read_text(encoding="utf-8")
    assert geo.read_incidents(file)["goods_description"].iloc[0].startswith("=cmd")


# -- Mappings ---------------------------------------------------------------------------------------


def test_names_and_values_tell_the_columns(frontier: geo.Frontier) -> None:
    sheet = table(
        [
            ["1", "x", "3 июля 2024", "героин", "https://a.kz/1", "ҰҚК"],
            ["2", "y", "2024", "чай", "https://a.kz/2", "КГД"],
        ],
        ["№ п/п", "а", "б", "в", "г", "д"],
    )
    mapping = intake.guess_mapping(sheet)
    assert mapping.columns == {"date": "б", "goods": "в", "agency": "д", "source_url": "г"}
    assert all(0 < sure < 0.7 for sure in mapping.confidence.values())
    assert mapping.unused == ("№ п/п", "а")
    assert len(intake.import_incidents(sheet, mapping, frontier=frontier).incidents) == 2


def test_a_mapping_is_corrected_kept_and_read_again(tmp_path: Path) -> None:
    mapping = intake.guess_mapping(table(ROWS)).with_(agency=None, support_note="Орган").with_constants(mode="road")
    assert "agency" not in mapping.columns
    assert mapping.why["support_note"] == "chosen"
    intake.write_mapping(mapping, tmp_path / "map.toml")
    again = intake.read_mapping(tmp_path / "map.toml")
    assert (again.columns, again.constants) == (mapping.columns, mapping.constants)
    with pytest.raises(geo.UnknownValueError, match="choose from id, title"):
        mapping.with_(nonsense="Орган")
    with pytest.raises(geo.InputError, match="no column 'Нет'"):
        mapping.with_(mode="Нет").check(table(ROWS))


@given(name=st.text(min_size=1, max_size=20), value=st.text(max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_column_name_survives_the_file(tmp_path: Path, name: str, value: str) -> None:
    mapping = intake.Mapping({"goods": name}, {"mode": value}, "dmy", ",")
    intake.write_mapping(mapping, tmp_path / "map.toml")
    again = intake.read_mapping(tmp_path / "map.toml")
    assert (again.columns, again.constants, again.date_order, again.decimal) == (
        mapping.columns, mapping.constants, "dmy", ",",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("columns = 3\n[", "TOML"),
        ('[columns]\nnonsense = "a"', "a field: id"),
        ("[columns]\ngoods = 3", "text in quotes"),
        ('date_order = "ymd"', "one of dmy, mdy"),
    ],
)
def test_a_mapping_file_that_is_wrong_says_where(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_text(text, encoding="utf-8")
    with pytest.raises(geo.InputError, match=said):
        intake.read_mapping(tmp_path / "map.toml")


# -- Whatever comes ---------------------------------------------------------------------------------

CELLS = st.one_of(
    st.sampled_from(["03.07.2024", "сигареты", "5 кг", "Сырым", "https://a.kz/1", "РФ", "н/д", "", "=1+1", "1,250"]),
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n"), max_size=12),
)


@given(st.lists(st.lists(CELLS, min_size=7, max_size=7), min_size=1, max_size=5))
@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_table_gives_valid_incidents_and_counts_that_add_up(
    frontier: geo.Frontier, gazetteer: intake.Gazetteer, rows: list[list[str]]
) -> None:
    sheet = table([*ROWS, *rows])
    mapping = intake.guess_mapping(table(ROWS)).with_constants(source_url="https://example.org")
    done = intake.import_incidents(sheet, mapping, frontier=frontier, gazetteer=gazetteer)
    count = done.counts
    assert count["read"] == len(sheet.cells) == count["imported"] + count["not_imported"]
    assert done.problems.loc[done.problems["done"] == "row not imported", "row"].nunique() == count["not_imported"]
    frame = done.incidents.reset_index().assign(
        lon=done.incidents.geometry.x.to_numpy(), lat=done.incidents.geometry.y.to_numpy()
    )
    IncidentSchema.validate(frame, lazy=True)


# -- Places looked up elsewhere ---------------------------------------------------------------------


def test_a_geocoder_is_asked_only_for_names_not_known_here(frontier: geo.Frontier, gazetteer: intake.Gazetteer) -> None:
    asked: list[str] = []

    def geocoder(text: str) -> Found | None:
        asked.append(text)
        return Found("locality", 70.0, 50.0, 12.0, name="Кыркуйск", basis="a test", how="online")

    rows = [ROWS[0], *[["2024", "чай", f"{n} т", "Кыркуйск", "РФ", "", "https://a.kz/1"] for n in (1, 2)]]
    rows.append(["2024", "чай", "3 т", "Абай", "", "", "https://a.kz/1"])
    done = intake.import_incidents(table(rows), frontier=frontier, gazetteer=gazetteer, geocoder=geocoder)
    assert asked == ["Кыркуйск"]
    assert done.incidents["location_precision"].tolist() == ["crossing", "locality", "locality", "country"]
    assert done.incidents["coord_basis"].iloc[1] == "a test"


class FakeService:
    """What geopy's Nominatim answers, without a network."""

    def __init__(self, *answers: tuple[float, float]) -> None:
        self.answers, self.asked = answers, []  # type: ignore[var-annotated]

    def geocode(self, text: str, **options: object) -> list[object]:
        self.asked.append((text, options))
        return [FakeAnswer(lon, lat) for lon, lat in self.answers]


class FakeAnswer:
    def __init__(self, lon: float, lat: float) -> None:
        self.longitude, self.latitude, self.address = lon, lat, f"Place {lon} {lat}"
        self.raw = {"boundingbox": [str(lat - 0.2), str(lat + 0.2), str(lon - 0.2), str(lon + 0.2)]}


def test_nominatim_is_asked_once_a_second_and_once_a_name(frontier: geo.Frontier) -> None:
    service, waited = FakeService((70.0, 50.0), (70.1, 50.1)), []
    ask = intake.Nominatim(frontier, service=service, pause=waited.append)
    first = ask("Кыркуйск")
    assert first is not None
    assert (first.lon, first.lat, first.precision) == (70.0, 50.0, "locality")
    assert first.radius_km == pytest.approx(22.2, abs=0.1)
    assert "OpenStreetMap" in first.basis
    ask("Кыркуйск")
    ask("Другой")
    assert [text for text, _ in service.asked] == ["Кыркуйск", "Другой"]
    assert waited == [1.0]
    assert service.asked[0][1]["bounded"] is True


def test_nominatim_answers_that_lie_apart_are_reported(frontier: geo.Frontier) -> None:
    found = intake.Nominatim(frontier, service=FakeService((70.0, 50.0), (75.0, 45.0)), pause=lambda _: None)("Аул")
    assert found is not None
    assert found.lon is None
    assert found.problem.startswith("2 places of that name online")
    assert intake.Nominatim(frontier, service=FakeService(), pause=lambda _: None)("Аул") is None


def test_the_result_goes_through_the_whole_of_shekara(take, frontier: geo.Frontier) -> None:
    located = geo.locate(take(ROWS).incidents, frontier)
    assert located.incidents["spread"].tolist()[:2] == ["crossing", "crossing"]


def test_a_table_with_most_of_the_fields_own_names_is_read_by_these_alone(incidents: gpd.GeoDataFrame) -> None:
    names = [*REQUIRED, "Место"]
    mapping = intake.guess_mapping(table([["1"] * len(names)], names))
    assert mapping.columns == {name: name for name in mapping.columns}
    assert mapping.unused == ("Место",)
    assert set(mapping.columns) <= {*incidents.columns, "id"}


def test_of_a_table_with_a_few_of_the_fields_own_names_the_others_are_guessed() -> None:
    rows = [["2024", "tobacco", "https://a.kz", "Сырым", "500 packs"]]
    mapping = intake.guess_mapping(table(rows, ["date", "goods", "source_url", "Место", "amount"]))
    own = {name: name for name in ("date", "goods", "source_url")}
    assert mapping.columns == {**own, "place_name": "Место", "quantity": "amount"}
