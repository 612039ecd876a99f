"""Cells and small tables with one thing to read each: known answers of what seldom occurs."""

from __future__ import annotations

import json
import math
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from geo.errors import InputError
from geo.intake import guess_mapping, read_sheet
from geo.intake.merging import read_decisions
from geo.intake.row_kinds import totals_reason
from geo.intake.sheets.spatial import place_of
from geo.intake.words.amounts import read_quantity
from geo.intake.words.coordinates import read_spot
from geo.intake.words.dates import read_date

if TYPE_CHECKING:
    from geo.intake.sheets.sheet import Sheet


def sheet_of(text: str) -> Sheet:
    return read_sheet(BytesIO(text.encode()), name="table.csv")


def workbook(rows: list[list[Any]], change: Any = None) -> Sheet:
    """A workbook of rows, as the format of one cell or the merging of some changes it."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book.active)
    stream = BytesIO()
    book.save(stream)
    return read_sheet(BytesIO(stream.getvalue()), name="table.xlsx")


def test_six_figures_may_be_a_year_and_a_month() -> None:
    assert read_date("202403").date == "2024-03"


@pytest.mark.parametrize(("text", "month"), [("I квартал 2024", "2024-03"), ("IV квартал 2024", "2024-12")])
def test_a_quarter_in_roman_figures_ends_in_its_last_month(text: str, month: str) -> None:
    assert read_date(text).not_after == month


@pytest.mark.parametrize("text", ["111213", "121110"])
def test_six_figures_that_may_be_two_days_are_left_open(text: str) -> None:
    read = read_date(text)
    assert not read.date
    assert "may be" in read.problem


def test_a_multiple_in_the_cell_and_another_in_its_head_is_no_amount() -> None:
    read = read_quantity("5 тыс.", stated="тыс. шт")
    assert math.isnan(read.number)
    assert "a multiple here and another" in read.problem


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("SRID=4326;POINT(76.9 43.2)", (76.9, 43.2)),
        ("SRID=32643;POINT(654000 4785000)", (76.9, 43.2)),
        ("43 12 36 N 76 54 0 E", (76.9, 43.21)),
    ],
)
def test_a_point_in_a_stated_system_or_in_three_parts(text: str, place: tuple[float, float]) -> None:
    read = read_spot(text)
    assert read.problem == ""
    assert (read.lon, read.lat) == pytest.approx(place, abs=0.05)


@pytest.mark.parametrize(
    ("geometry", "place"),
    [
        ({"type": "MultiPoint", "coordinates": [[76.9, 43.2]]}, (76.9, 43.2)),
        ({"x": 76.9, "y": 43.2}, (76.9, 43.2)),
        ({"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [76.9, 43.2]}]}, (76.9, 43.2)),
    ],
)
def test_one_point_is_a_point_however_it_is_wrapped(geometry: dict[str, Any], place: tuple[float, float]) -> None:
    read = place_of(geometry)
    assert (read["lon"], read["lat"]) == place


def test_a_list_with_something_else_than_records_is_refused() -> None:
    content = json.dumps([{"date": "2024-05-01", "goods": "tobacco"}, 5])
    with pytest.raises(InputError, match="something else than records"):
        read_sheet(BytesIO(content.encode()), name="records.json")


def test_a_number_shown_in_millions_is_read_as_it_is_shown() -> None:
    def show(sheet: Any) -> None:
        sheet["C2"].number_format = '0.0,,"млн"'

    read = workbook([["date", "goods", "amount"], ["2024-05-01", "cigarettes", 2_500_000]], show)
    assert read.cells["amount"].iloc[0] == "2.5 млн"


def test_a_table_that_counts_events_is_none_of_incidents_and_one_with_a_one_in_each_row_is() -> None:
    for counts, reason in ((("1", "1"), ""), (("1", "7"), "counts events")):
        text = "date,goods,number of incidents\n" + "".join(
            f"2024-05-0{at},fuel,{n}\n" for at, n in enumerate(counts, 1)
        )
        sheet = sheet_of(text)
        assert reason in totals_reason(sheet, guess_mapping(sheet))
        assert bool(totals_reason(sheet, guess_mapping(sheet))) == bool(reason)


def test_decisions_have_their_three_columns_and_no_other() -> None:
    stream = BytesIO(b"score,id_a,id_b,keep\n0.9,a,b,First\n0.8,c,d,\n")
    table = read_decisions(stream, name="pairs.csv")
    assert table.columns.tolist() == ["id_a", "id_b", "keep"]
    assert table["keep"].tolist() == ["first", ""]


def test_what_is_asked_is_never_a_column_that_was_taken() -> None:
    sheet = sheet_of("Дата,Товар,Количество,Объем,Место,Граница\n01.05.2024,сигареты,100 пачек,3 т,Кордай,Кыргызстан\n")
    mapping = guess_mapping(sheet)
    assert mapping.asked
    assert not {one.column for one in mapping.asked} & {*mapping.columns.values()}
