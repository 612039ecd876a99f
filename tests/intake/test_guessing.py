"""Which column holds which field, and what is asked, of tables of two or three columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo import intake
from geo.intake.guessing import telling_field
from geo.intake.row_kinds import totals_reason

if TYPE_CHECKING:
    from geo.intake import Sheet

DAY = "03.07.2024"
VALUES = "by its values, which are "


def sheet_of(head: str, *rows: str) -> Sheet:
    return intake.read_sheet("\n".join((head, *rows)).encode(), name="a.csv")


@pytest.mark.parametrize(
    ("head", "rows", "columns"),
    [
        ("date;goods;source_url;Заметка", ["2024-07-03;tobacco;https://a.kz;x"],
         {"date": "date", "goods": "goods", "source_url": "source_url"}),
        # Names that say nothing: the values do.
        ("A;B;C;D;E", [f"{DAY};сигареты;https://a.kz/1;43.5, 74.5;5 кг", f"{DAY};водка;https://a.kz/2;43.6, 74.6;6 кг"],
         {"date": "A", "goods": "B", "source_url": "C", "coordinates": "D"}),
        # Days in parts.
        ("Год;Месяц;День;Товар", ["2024;7;3;чай"], {"goods": "Товар", "year": "Год", "month": "Месяц", "day": "День"}),
        ("Число;Месяц;Год;Товар", ["3;7;2024;чай"],
         {"goods": "Товар", "year": "Год", "month": "Месяц", "day": "Число"}),
        ("Год;Товар", ["2024;чай", "2023;чай"], {"date": "Год", "goods": "Товар"}),
        ("Год;Дата;Товар", [f"2024;{DAY};чай"], {"date": "Дата", "goods": "Товар"}),
        ("Год;Месяц;Дата;Товар", [f"2024;7;{DAY};чай"], {"date": "Дата", "goods": "Товар"}),
        ("Число;Товар", [f"{DAY};чай"], {"date": "Число", "goods": "Товар"}),
        ("Число;Товар", ["3;чай", "4;чай"], {"goods": "Товар"}),
        ("Дата публикации;Товар", [f"{DAY};чай"],
         {"date": "Дата публикации", "source_date": "Дата публикации", "goods": "Товар"}),
        # Sources: addresses, a publisher's name, an address in a text.
        ("Дата;Источник", [f"{DAY};Газета", f"{DAY};Журнал"], {"date": "Дата", "source_publisher": "Источник"}),
        ("Дата;Источник", [f"{DAY};https://a.kz", f"{DAY};Журнал"], {"date": "Дата", "source_url": "Источник"}),
        ("Дата;Источник;Ссылка", [f"{DAY};Газета;https://a.kz"],
         {"date": "Дата", "source_publisher": "Источник", "source_url": "Ссылка"}),
        ("Дата;Описание", [f"{DAY};изъят чай, https://a.kz/1", f"{DAY};изъят чай https://a.kz/2"],
         {"title": "Описание", "date": "Дата", "source_url": "Описание"}),
        # Places in figures, where most of them are.
        ("Дата;Место", [f"{DAY};43.5, 74.5", f"{DAY};43.6, 74.6"], {"date": "Дата", "coordinates": "Место"}),
        ("Дата;Место", [f"{DAY};43.5, 74.5", f"{DAY};Кордай"], {"date": "Дата", "place_name": "Место"}),
        # The fuller column of two that claim a field.
        ("Дата;Товар;Товары", [f"{DAY};;сигареты", f"{DAY};;чай"], {"date": "Дата", "goods": "Товары"}),
        # What is none of an incident's.
        ("№;Дата;Товар", [f"1;{DAY};чай", f"2;{DAY};чай"], {"date": "Дата", "goods": "Товар"}),
        ("Дата;Страна происхождения;Товар", [f"{DAY};Китай;чай"], {"date": "Дата", "goods": "Товар"}),
        ("Дата;ФИО;Товар", [f"{DAY};Иванов Иван Иванович;чай"], {"date": "Дата", "goods": "Товар"}),
        ("Дата;Кто;Товар", [f"{DAY};Иванов Иван Иванович;чай"], {"date": "Дата", "goods": "Товар"}),
        # The upper row of a name counts where the lower names what another column holds.
        ("Количество / Число;Количество / Ед. изм.;Дата", [f"5;кг;{DAY}"],
         {"quantity": "Количество / Число", "unit": "Количество / Ед. изм.", "date": "Дата"}),
    ],
)  # fmt: skip
def test_the_columns_that_are_taken(head: str, rows: list[str], columns: dict[str, str]) -> None:
    assert intake.guess_mapping(sheet_of(head, *rows)).columns == columns


@pytest.mark.parametrize(
    ("head", "row", "asked"),
    [
        ("Дата;Товар;Вид товара", f"{DAY};чай;сигареты", ("goods", "Вид товара", "by its name; 'Товар' was taken")),
        ("Дата;Орган;Товар", f"{DAY};неведомо кто;чай",
         ("agency", "Орган", "by its name, though the values look otherwise")),
        ("Дата;Ед;Товар", f"{DAY};5;чай", ("unit", "Ед", "by its name, though the values look otherwise")),
    ],
)  # fmt: skip
def test_what_is_not_sure_is_asked(head: str, row: str, asked: tuple[str, str, str]) -> None:
    (one,) = intake.guess_mapping(sheet_of(head, row)).asked
    assert (one.field, one.column, one.reason) == asked


def test_each_column_says_why_it_was_taken_and_how_sure_that_is() -> None:
    mapping = intake.guess_mapping(sheet_of("A;Описание;Ссылки / Товар", f"{DAY};https://a.kz/1 текст;чай"))
    assert mapping.why == {
        "title": "by its name", "date": f"{VALUES}dates", "goods": "by a part of its name",
        "source_url": "by the addresses in its text",
    }  # fmt: skip
    assert mapping.confidence == {"title": 1.0, "date": 0.6, "goods": 1.0, "source_url": 0.7}


def test_persons_and_counts_of_events_are_named() -> None:
    mapping = intake.guess_mapping(sheet_of("Дата;Кто;Количество инцидентов", f"{DAY};Иванов Иван Иванович;5"))
    assert (mapping.personal, mapping.events) == (("Кто",), "Количество инцидентов")
    assert mapping.unused == ("Кто", "Количество инцидентов")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (["5 кг", "6 кг", "7 кг", "слово", "два"], "quantity"),
        (["5 кг", "6 кг", "слово", "два", "три"], ""),
        (["пять кг", "шесть кг"], ""),
        (["5", "6"], ""),
        (["45123", "45124"], ""),
        (["2024-07-03"], "date"),
        (["43.5123 и 74.5123"], "place"),
        (["43°"], "place"),
        (["43"], ""),
        (["ЗКО", "ВКО"], "region_name"),
        (["https://a.kz"], "source_url"),
    ],
)
def test_what_a_column_that_is_not_read_tells(values: list[str], field: str) -> None:
    assert telling_field(sheet_of("Дата;Цвет", *(f"{DAY};{value}" for value in values)), "Цвет") == field


@pytest.mark.parametrize(
    ("head", "rows", "reason"),
    [
        ("Товар;2023;2024", ["чай;5;6"], "columns of years (2023, 2024): a table of totals, not of incidents"),
        ("Товар;2023;2024", ["чай;5;"], "columns of years (2023): "),
        ("Товар;2023;2024", ["чай;5;много", "чай;6;7"], "columns of years (2023): "),
        ("Дата;Товар;2023;2024", [f"{DAY};чай;5;6"], ""),
        ("Дата;Чай, кг;Сахар, кг", [f"{DAY};5;6"], "columns of goods (Чай, кг, Сахар, кг): write a row for each"),
        ("Дата;Чай, кг;Сахар, кг", [f"{DAY};5;много"], ""),
        ("Дата;Чай, кг;Сахар, кг;Товар", [f"{DAY};5;6;мёд"], ""),
        ("Дата;Количество инцидентов", [f"{DAY};1", f"{DAY};1"], ""),
        ("Дата;Количество инцидентов", [f"{DAY};1", f"{DAY};2"], "column 'Количество инцидентов' counts events"),
    ],
)  # fmt: skip
def test_a_table_of_totals_is_none_of_incidents(head: str, rows: list[str], reason: str) -> None:
    sheet = sheet_of(head, *rows)
    said = totals_reason(sheet, intake.guess_mapping(sheet))
    assert said.startswith(reason) if "years (2023):" not in reason else said == ""
    assert bool(said) == (reason != "" and "years (2023):" not in reason)


@pytest.mark.parametrize(
    ("names", "transposed"),
    [(("Дата", "Товар", "Место"), True), (("Дата", "Товар"), False), (("Дата", "Дата", "Товар"), False)],
)
def test_three_fields_in_the_first_column_are_a_table_on_its_side(names: tuple[str, ...], transposed: bool) -> None:
    text = "\n".join(("Свойство;Цвет", *(f"{name};слово" for name in names)))
    sheet = intake.read_sheet(text.encode(), name="a.csv", header_row=1)
    assert totals_reason(sheet, intake.guess_mapping(sheet)).startswith("fields in the first column") == transposed
