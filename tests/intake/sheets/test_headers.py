"""Names of columns and the fields that they stand for, and the row that holds them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import geo
from geo.intake.sheets.headers import (
    Header,
    field_of,
    find_header,
    names_fields,
    says_otherwise,
    second_header,
    split_unit,
)

NONE = None
LONG = "x" * 56


def lines_of(rows: list[list[Any]], numbers: tuple[int, ...] = ()) -> list[tuple[int, tuple[Any, ...]]]:
    return [(number, tuple(row)) for number, row in zip(numbers or range(1, len(rows) + 1), rows, strict=True)]


@pytest.mark.parametrize(
    ("name", "field", "sure"),
    [
        ("Дата задержания", "date", 1.0), ("Вес, кг", "quantity", 1.0), ("Colour", "", 0.0),
        # Cut off after ten letters, as Shapefiles cut names; from eight on.
        ("neighbou", "neighbour", 0.65), ("neighb", "", 0.0), ("goods_de", "goods_description", 0.65),
        ("goods_desc", "goods_description", 0.65), ("goods_descr", "", 0.0), ("goods_d", "", 0.0),
        ("place_na_2", "place_name", 0.65), ("place_nam_1", "", 0.0), ("quantity_k", "quantity", 0.65),
        ("border_c", "crossing", 0.65), ("longitud", "", 0.0),
        # Groups of a form before the name, a number or another case at its end.
        ("incident/goods", "goods", 1.0), ("place-Latitude", "lat", 1.0), ("group:date", "date", 1.0),
        ("lat_4_Location", "lat", 0.7), ("goodsTxt", "goods", 1.0), ("dateOfSeizure", "date", 1.0),
        # The head word: the last one in English, the first in Russian.
        ("дата изъятия товара", "date", 0.7), ("вес брутто", "quantity", 0.7), ("number of parcels", "quantity", 0.7),
        ("number of incidents", "events", 1.0), ("number of shoes", "", 0.0), ("Country of origin", "", 0.0),
        ("Name of driver", "personal", 1.0), ("Mólsheri", "quantity", 0.7),
        (f"{LONG} date", "", 0.0), (f"{LONG[1:]} date", "date", 0.7),
        # Two rows of names, of which the lower one is nearer.
        ("Место / Область", "region_name", 0.9), ("Область / Colour", "region_name", 0.8),
        # When a form was sent is a date only where nothing better is.
        ("Timestamp", "date", 0.65), ("time_stamp", "date", 0.65), ("form/Timestamp", "date", 0.65),
        ("postage stamp", "", 0.0),
    ],
)  # fmt: skip
def test_the_field_of_a_name(name: str, field: str, sure: float) -> None:
    read, how_sure = field_of(name)
    assert read == field
    assert how_sure == pytest.approx(sure)


def test_a_name_may_say_that_its_column_is_none_of_an_incident_s() -> None:
    assert says_otherwise("Country of origin")
    assert says_otherwise("Seized, colour")
    assert not says_otherwise("postage stamp")
    assert not says_otherwise("Дата")


@pytest.mark.parametrize(
    ("name", "stem", "unit"),
    [
        ("Weight [kg]:", "Weight", "kg"), ("qty_kg", "qty", "kg"), ("qty in kg", "qty", "kg"), ("Вес кг", "Вес", "кг"),
        ("Стоимость тг", "Стоимость", "тг"), ("Sum (tenge)", "Sum", "tenge"), ("Seized, colour", "Seized", "colour"),
        ("qty_shoes", "qty_shoes", ""), ("place_kg", "place_kg", ""), ("Unit of measure", "Unit of measure", ""),
    ],
)  # fmt: skip
def test_a_unit_in_a_name(name: str, stem: str, unit: str) -> None:
    assert split_unit(name) == (stem, unit)


NAMES = ["Дата", "Количество", "Ссылка"]
SPREAD = ["Дата", "Место", NONE, "Ссылка"]
RECORD = ["1", "2", "3"]


@pytest.mark.parametrize(
    ("rows", "names", "row", "first_record", "above"),
    [
        ([["Дата", "Товар"]], ["Дата", "Товар"], 1, 1, 0),
        ([["a", "b", "c"], ["Дата", "p", "q"], RECORD], ["Дата", "p", "q"], 2, 2, 1),
        ([["Отчет"], ["aa", "bb"]], ["aa", "bb"], 2, 2, 1),
        ([["Отчет"], ["aa", "bb", "cc", "dd"], RECORD], ["aa", "bb", "cc", "dd"], 2, 2, 1),
        ([["чай", 1, "q"], ["p", 3, 4]], ["чай", "1", "q"], 1, 1, 0),
        ([[dt.date(2024, 1, 1), "Дата", "Товар"], RECORD], ["2024-01-01", "Дата", "Товар"], 1, 1, 0),
        # A name over several columns and those beneath it.
        ([SPREAD, [NONE, "Область", "Город"], RECORD], ["Дата", "Место / Область", "Место / Город", "Ссылка"], 1, 2, 0),
        ([SPREAD, [NONE, "Область", "цвет"], RECORD], ["Дата", "Место / Область", "Место / цвет", "Ссылка"], 1, 2, 0),
        ([SPREAD, [NONE, "цвет", "вкус"], RECORD], ["Дата", "Место", "", "Ссылка"], 1, 1, 0),
        ([SPREAD, [NONE, "Область", 5], RECORD], ["Дата", "Место", "", "Ссылка"], 1, 1, 0),
        ([NAMES, ["Дата", "Область", "Ссылка"], RECORD], NAMES, 1, 1, 0),
        # A record whose cells are called as fields are.
        ([NAMES, ["03.07.2024", "чай", "Ссылка", NONE]], NAMES, 1, 1, 0),
        ([NAMES, ["чай", "чай", "Источник", NONE]], NAMES, 1, 1, 0),
        (
            [["Сводка"], ["Место", NONE], ["Область", "Город", "Дата"], RECORD],
            ["Место / Область", "Место / Город", "Место / Дата"], 3, 3, 1,
        ),
        # Units beneath the names belong to amounts and to sums, and to nothing that has one already.
        ([NAMES, [NONE, "кг", NONE], RECORD], ["Дата", "Количество, кг", "Ссылка"], 1, 2, 0),
        ([NAMES, ["день", "кг", "адрес"], RECORD], ["Дата", "Количество, кг", "Ссылка"], 1, 2, 0),
        ([NAMES, ["03.07", "кг", "адрес"], RECORD], NAMES, 1, 1, 0),
        ([NAMES, ["a", "b", "c"], RECORD], NAMES, 1, 1, 0),
        ([["Дата", "Сумма"], ["a", "тенге"], RECORD], ["Дата", "Сумма, тенге"], 1, 2, 0),
        ([["Дата", "Сумма"], ["a", "кг"], RECORD], ["Дата", "Сумма"], 1, 1, 0),
        ([["Дата", "Количество, т"], ["a", "кг"], RECORD], ["Дата", "Количество, т"], 1, 1, 0),
    ],
)  # fmt: skip
def test_the_row_of_names_and_what_belongs_to_it(
    rows: list[list[Any]], names: list[str], row: int, first_record: int, above: int
) -> None:
    assert find_header(lines_of(rows), "a.csv") == Header(names, row, first_record, above)


def test_rows_with_a_blank_one_between_them_make_no_header_together() -> None:
    beneath = lines_of([SPREAD, [NONE, "Область", "Город"]], (1, 3))
    assert find_header(beneath, "a.csv") == Header(["Дата", "Место", "", "Ссылка"], 1, 1, 0)
    above = lines_of([["Место", NONE], ["Область", "Город", "Дата"]], (1, 3))
    assert find_header(above, "a.csv") == Header(["Область", "Город", "Дата"], 3, 2, 1)


@pytest.mark.parametrize("record", [["чай", 1, 2], ["чай", "03.07.2024", "цвет"], ["чай", "https://a.kz", "цвет"]])
def test_a_record_is_no_row_of_names(record: list[Any]) -> None:
    with pytest.raises(geo.InputError, match="row 1 is a record"):
        find_header(lines_of([record, ["чай", "вкус", "цвет"]]), "a.csv")


def test_the_row_of_names_may_be_told_and_must_be_there() -> None:
    rows = lines_of([["Дата", "Товар"], RECORD], (1, 4))
    assert find_header(rows, "a.csv", 4) == Header(RECORD, 4, 2, 1)
    with pytest.raises(geo.InputError, match="row 2"):
        find_header(rows, "a.csv", 2)


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([["1", "2"], ["Дата", "Орган", "Ссылка"]], 1),
        ([["Дата", "Товар", "Место"], ["Дата", "Орган", "Ссылка"]], 1),
        ([["дата", "товар", "место"]], NONE),
        ([["Дата", "Орган"]], NONE),
        ([["Дата", "Дата", "Орган"]], NONE),
        ([["Дата", "Орган", 5]], NONE),
        ([["Дата", "Орган", "Ссылка", "цвет", "вкус"]], 0),
        ([["Дата", "Орган", "Ссылка", "цвет", "вкус", "запах"]], NONE),
        ([["Дата", "Орган", "x" * 60, "Ссылка"]], 0),
        ([["Дата", "Орган", "x" * 61, "Ссылка"]], NONE),
        ([["Timestamp", "Орган", "Ссылка"]], NONE),
        ([["03.07.2024 Дата", "Орган", "Ссылка"]], NONE),
    ],
)
def test_another_table_begins_where_three_other_fields_are_named(rows: list[list[Any]], place: int | None) -> None:
    assert second_header(lines_of(rows), ["Дата", "Товар", "Место"]) == place


@pytest.mark.parametrize(
    ("row", "named"), [(["Дата", "Товар"], True), (["Дата", "цвет"], False), (["Дата", "x" * 61], False)]
)
def test_two_fields_make_a_row_of_names(row: list[Any], named: bool) -> None:
    assert names_fields(lines_of([row])) is named
