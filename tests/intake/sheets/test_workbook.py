"""Sheets, links, merged ranges and hidden parts of a workbook."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import Workbook

import geo
from geo import intake
from geo.files.limits import MAX_COLUMNS
from geo.intake.sheets import workbook as workbooks
from geo.intake.sheets.workbook import _fill

NAMES = ["Дата", "Товар", "Ссылка"]


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def book() -> bytes:
    """Two tables of one form, one of another, a hidden and an empty sheet; links, a hidden row and column."""
    made = Workbook()
    sheet = made.active
    sheet.title = "Данные"
    for row in (
        ["Отчет за июль"],
        NAMES,
        ["03.07.2024", "чай", "источник"],
        ["04.07.2024", "чай", "https://a.kz/2"],
        ["05.07.2024", "чай", " https://a.kz/3 "],
        ["06.07.2024", "чай", "текст", "край"],
        ["07.07.2024", "чай", "почта"],
    ):
        sheet.append(row)
    for cell, link in {
        "C3": "https://a.kz/1", "C4": "https://a.kz/2", "D6": "https://a.kz/4", "C7": "mailto:a@a.kz",
    }.items():  # fmt: skip
        sheet[cell].hyperlink = link
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["B"].hidden = True
    for name, row in (("Ещё", NAMES), ("Другое", ["Дата", "Место"]), ("Скрытый", NAMES)):
        made.create_sheet(name).append(row)
        made[name].append(["03.07.2024", name])
    made["Скрытый"].sheet_state = "hidden"
    made.create_sheet("Пусто")
    return saved(made)


def test_the_first_table_is_read_and_what_else_there_is_is_said(book: bytes) -> None:
    sheet = intake.read_sheet(book, name="a.xlsx")
    assert (sheet.sheet, sheet.header_row, set(sheet.hidden)) == ("Данные", 2, {4})
    assert sheet.notes == (
        "sheet 'Данные' of 5: Данные, Ещё, Другое, Скрытый, Пусто",
        "hidden columns, read like the others: B",
        "hidden sheets: Скрытый",
        "hidden rows, read like the others: 4",
        "the column names stand in row 2; 1 row above them left out",
    )


def test_other_tables_of_the_same_form_are_named() -> None:
    made = Workbook()
    for name, head in (("Июнь", NAMES), ("Июль", NAMES), ("Прочее", ["Дата", "Место"])):
        made.create_sheet(name).append(head)
        made[name].append(["03.07.2024", name])
    assert intake.read_sheet(saved(made), name="a.xlsx").notes == (
        "sheet 'Июнь' of 4: Sheet, Июнь, Июль, Прочее",
        "tables of the same form stand in Июль: --sheet reads them",
    )


def test_links_behind_texts_have_a_column_of_their_own(book: bytes) -> None:
    cells = intake.read_sheet(book, name="a.xlsx").cells
    assert cells.columns.tolist() == [*NAMES, "column 4", "Ссылка (link)", "column (link)"]
    # A text that is an address counts where its neighbours' links do; one of mail is none of a source.
    assert cells["Ссылка (link)"].tolist() == ["https://a.kz/1", "https://a.kz/2", "https://a.kz/3", None, None]
    assert cells["column (link)"].tolist() == [None, None, None, "https://a.kz/4", None]


@pytest.mark.parametrize(("wanted", "said"), [("Пусто", "no cell with anything in it"), ("Нет", "one of Данные")])
def test_a_sheet_that_is_asked_for_is_read_or_refused(book: bytes, wanted: str, said: str) -> None:
    sheet = intake.read_sheet(book, name="a.xlsx", sheet="Скрытый")
    assert (sheet.sheet, sheet.notes, sheet.cells["Товар"].tolist()) == ("Скрытый", (), ["Скрытый"])
    with pytest.raises(geo.InputError, match=said):
        intake.read_sheet(book, name="a.xlsx", sheet=wanted)


def test_of_sheets_without_names_of_fields_the_first_with_anything_is_read() -> None:
    made = Workbook()
    made.create_sheet("Второй").append(["цвет", "вкус"])
    made["Второй"].append(["a", "b"])
    made.create_sheet("Третий").append(["запах", "вес"])
    made["Третий"].append(["a", "b"])
    sheet = intake.read_sheet(saved(made), name="a.xlsx")
    assert (sheet.sheet, sheet.columns) == ("Второй", ["цвет", "вкус"])


def test_a_hidden_sheet_is_read_where_no_visible_one_holds_a_table() -> None:
    made = Workbook()
    made.create_sheet("Скрытый").append(NAMES)
    made["Скрытый"].append(["03.07.2024", "чай", "https://a.kz"])
    made["Скрытый"].sheet_state = "hidden"
    assert intake.read_sheet(saved(made), name="a.xlsx").sheet == "Скрытый"


def test_a_workbook_of_one_sheet_says_nothing_of_sheets() -> None:
    made = Workbook()
    for row in (NAMES, ["03.07.2024", "чай", "https://a.kz"]):
        made.active.append(row)
    assert intake.read_sheet(saved(made), name="a.xlsx").notes == ()


def test_formulas_hold_what_was_calculated_and_their_links() -> None:
    made = Workbook()
    for row in (NAMES, ["03.07.2024", "чай", '=HYPERLINK("https://a.kz/""1""","имя")'], ["04.07.2024", "=1+1", None]):
        made.active.append(row)
    sheet = intake.read_sheet(saved(made), name="a.xlsx")
    assert sheet.notes == ("cells with formulas hold what Excel last calculated",)
    assert sheet.cells["Ссылка"].tolist() == ["имя", None]
    assert sheet.cells["Ссылка (link)"].tolist() == ['https://a.kz/"1"', None]
    assert sheet.cells["Товар"].iloc[1].reason.startswith("a formula that was never calculated")


LINES: list[tuple[int, tuple[Any, ...]]] = [
    (1, ("a", "b")),
    (2, ("x", None, None)),
    (3, ("y",)),
    (5, ("z", "w")),
]


SQUARE = [(row, place) for row in (2, 3, 5) for place in (0, 1)]


@pytest.mark.parametrize(
    ("ranges", "filled", "shared"),
    [
        ([(2, 1, 3, 1)], {2: ("x", None, None), 3: ("x",)}, {(2, 0), (3, 0)}),
        ([(2, 1, 2, 3)], {2: ("x", "x", "x")}, set()),
        ([(2, 1, 5, 2)], {2: ("x", "x", None), 3: ("x", "x"), 5: ("x", "x")}, {*SQUARE}),
        ([(2, 2, 3, 2)], {}, set()),  # nothing in it
        ([(2, 4, 3, 4)], {}, set()),  # beyond the row
        ([(4, 1, 5, 1)], {}, set()),  # from a row with nothing in it
        ([(9, 1, 10, 1), (1, 1, 1, 2)], {1: ("a", "a")}, set()),
        ([(2, 1, 3, MAX_COLUMNS + 1), (1, 1, 1, 2)], {1: ("a", "a")}, set()),
        ([(2, 1, 3, 1), (5, 1, 5, 2)], {3: ("x",), 5: ("z", "z")}, {(2, 0), (3, 0)}),
    ],
)  # fmt: skip
def test_a_merged_range_gives_its_value_to_all_its_cells(
    ranges: list[tuple[int, int, int, int]], filled: dict[int, tuple[Any, ...]], shared: set[tuple[int, int]]
) -> None:
    lines, in_several_rows = _fill(LINES, ranges, "a.xlsx")
    assert dict(lines) == dict(LINES) | filled
    assert in_several_rows == shared


def test_merged_ranges_have_a_limit_of_cells_all_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MAX_CELLS", 4)
    assert _fill(LINES, [(1, 1, 1, 2), (2, 1, 3, 1)], "a.xlsx")[1] == {(2, 0), (3, 0)}
    with pytest.raises(geo.InputError, match="merged ranges over more than 4 cells"):
        _fill(LINES, [(1, 1, 1, 2), (2, 1, 2, 3)], "a.xlsx")
