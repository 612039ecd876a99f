"""Tables as they come: encodings, headers, formulas, and files that would fill the memory."""

from __future__ import annotations

import datetime as dt
import io
import json
import tracemalloc
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

import geo
from geo import intake
from geo.files import delimited, limits
from geo.intake.sheets import packages, spatial
from geo.intake.sheets.unread import Unread

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import geopandas as gpd

HEAD = "Дата;Товар;Количество;Место;Граница;Ссылка\n"
ROW = "03.07.2024;сигареты;5 пачек;АПП Сырым;РФ;https://a.kz/1\n"
NAMES = ["Дата", "Товар", "Количество", "Место", "Граница", "Ссылка"]
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def excel(rows: Iterable[Iterable[Any]], *, merged: Iterable[str] = (), title: str = "Лист1") -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(name: str, parts: Iterable[bytes]) -> bytes:
    """A workbook one of whose parts is replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(excel([["a"]]))) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part.filename))
        with new.open(name, "w", force_zip64=True) as text:
            for piece in parts:
                text.write(piece)
    return file.getvalue()


def sheet_of(body: bytes) -> bytes:
    return with_part("xl/worksheets/sheet1.xml", [SHEET, body])


def refusal(data: bytes, name: str) -> str:
    """The message that refuses a file, with the memory that reading it took held to a bound."""
    tracemalloc.start()
    try:
        with pytest.raises(geo.InputError) as error:
            intake.read_sheet(data, name=name)
        assert tracemalloc.get_traced_memory()[1] < 60e6 + 4 * len(data)
    finally:
        tracemalloc.stop()
    assert len(error.value.faults) == 1
    return str(error.value)


@pytest.mark.parametrize(
    ("encoding", "called"),
    [
        ("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"), ("cp1251", "Windows-1251"),
    ],
)  # fmt: skip
def test_encodings_are_found_out(encoding: str, called: str) -> None:
    sheet = intake.read_sheet((HEAD + ROW).encode(encoding), name="a.csv")
    assert sheet.columns == NAMES
    assert sheet.cells.iloc[0].tolist() == ROW.strip().split(";")
    assert sheet.notes == (f"{called}, semicolons between fields",)


def test_kazakh_letters_in_windows_1251_are_read() -> None:
    text = "Күні;Тауар;Дереккөз\n03.07.2024;қой еті, ұн, өрік, жүгері, әлем, һәм, іс, таң, ғасыр;https://a.kz\n"
    sheet = intake.read_sheet(text.encode("kz1048"), name="a.csv")
    assert sheet.cells["Тауар"].iloc[0] == "қой еті, ұн, өрік, жүгері, әлем, һәм, іс, таң, ғасыр"


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_delimiters_are_found_out_though_numbers_have_commas(sign: str) -> None:
    lines = [["Дата", "Количество", "Ссылка"], ["03.07.2024", '"3,5"', "https://a.kz"], ["", '"1,2"', ""]]
    text = "\r\n".join(sign.join(line) for line in lines)
    assert intake.read_sheet(text.encode(), name="a.csv").cells["Количество"].tolist() == ["3,5", "1,2"]


def test_a_line_that_states_the_delimiter_is_believed() -> None:
    sheet = intake.read_sheet(b"sep=|\nDate|Goods, all\n2024|tea, green\n", name="a.csv")
    assert sheet.columns == ["Date", "Goods, all"]
    assert sheet.cells.index.tolist() == [3]


def test_a_text_that_was_kept_from_being_a_formula_is_itself_again() -> None:
    sheet = intake.read_sheet(b"Date,Goods\n2024,'=1+1\n2024,'quoted\n", name="a.csv")
    assert sheet.cells["Goods"].tolist() == ["=1+1", "'quoted"]


def test_the_header_is_found_beneath_a_title_and_rows_keep_their_numbers() -> None:
    sheet = intake.read_sheet(f"Сводка;;;;;\n\n{HEAD}{ROW}\n{ROW}".encode(), name="a.csv")
    assert sheet.header_row == 3
    assert sheet.cells.index.tolist() == [4, 6]
    assert sheet.columns == NAMES
    assert intake.read_sheet(f"a;b\n1;2\n{HEAD}{ROW}".encode(), name="a.csv", header_row=1).columns[:2] == ["a", "b"]


def test_names_given_twice_or_not_at_all_are_told_apart() -> None:
    sheet = intake.read_sheet("Дата;Товар;Товар;\n1;2;3;4\n".encode(), name="a.csv")
    assert sheet.columns == ["Дата", "Товар", "Товар (2)", "column 4"]


MERGED = [
    ["Сводка", None, None, None, None, None, None],
    ["Дата", "Место", None, "Товар", "Количество", None, "Ссылка"],
    [None, "Область", "Пункт пропуска", None, "Число", "Ед. изм.", None],
    ["03.07.2024", "ЗКО", "Сырым", "сигареты", 5, "пачек", "https://a.kz/1"],
    [None, "ЗКО", "Кордай", "насвай", 6, "кг", "https://a.kz/2"],
]
RANGES = ["A1:G1", "B2:C2", "E2:F2", "A2:A3", "D2:D3", "G2:G3", "A4:A5"]


def test_merged_headers_and_cells_hold_their_value_everywhere(frontier: geo.Frontier) -> None:
    sheet = intake.read_sheet(excel(MERGED, merged=RANGES), name="a.xlsx")
    assert sheet.columns == [
        "Дата", "Место / Область", "Место / Пункт пропуска", "Товар", "Количество / Число", "Количество / Ед. изм.",
        "Ссылка",
    ]  # fmt: skip
    assert sheet.cells["Дата"].tolist() == ["03.07.2024", "03.07.2024"]
    mapping = intake.guess_mapping(sheet)
    assert mapping.columns == {
        "date": "Дата", "goods": "Товар", "quantity": "Количество / Число", "unit": "Количество / Ед. изм.",
        "region_name": "Место / Область", "crossing": "Место / Пункт пропуска", "source_url": "Ссылка",
    }  # fmt: skip
    done = intake.import_incidents(sheet, mapping, frontier=frontier)
    assert done.incidents["crossing_id"].tolist() == ["syrym", ""]
    assert done.problems["reason"].tolist() == ["a place of that name, but not in the stated region"]


def test_an_amount_merged_over_several_rows_is_reported(frontier: geo.Frontier) -> None:
    rows = [NAMES, ["03.07.2024", "чай", "5 кг", "Сырым", "РФ", "https://a.kz/1"], ["04.07.2024", "чай", None, "Сырым"]]
    sheet = intake.read_sheet(excel(rows, merged=["C2:C3", "F2:F3"]), name="a.xlsx")
    done = intake.import_incidents(sheet, frontier=frontier)
    assert len(done.incidents) == 2
    assert done.incidents["quantity"].isna().all()
    assert done.problems[["row", "field", "value"]].to_numpy().tolist() == [
        [2, "quantity", "5 кг"], [3, "quantity", "5 кг"],
    ]  # fmt: skip


def test_dates_of_excel_are_dates_whatever_their_cells_are(frontier: geo.Frontier) -> None:
    day = dt.datetime(2024, 7, 3, 14, 30)  # noqa: DTZ001  (as Excel keeps it)
    rows = [
        NAMES,
        *[
            [value, "чай", 1.5, "Сырым", "РФ", f"https://a.kz/{at}"]
            for at, value in enumerate((day, day.date(), 45476, "3 июля 2024"))
        ],
    ]
    rows[0] = [*NAMES[:2], "Вес, т", *NAMES[3:]]
    done = intake.import_incidents(intake.read_sheet(excel(rows), name="a.xlsx"), frontier=frontier)
    assert set(done.incidents["date"]) == {"2024-07-03"}
    assert set(done.incidents["quantity"]) == {1.5}
    assert set(done.incidents["unit"]) == {"t"}
    assert done.problems.empty


def test_a_header_over_two_rows_is_joined_without_merged_cells_as_well() -> None:
    text = "Дата;Место;;Ссылка\n;Область;Город;\n03.07.2024;ЗКО;Уральск;https://a.kz\n"
    sheet = intake.read_sheet(text.encode(), name="a.csv")
    assert sheet.columns == ["Дата", "Место / Область", "Место / Город", "Ссылка"]
    assert len(sheet.cells) == 1


def test_formulas_that_were_never_calculated_and_errors_are_reported(frontier: geo.Frontier) -> None:
    rows = [
        NAMES,
        ["03.07.2024", "сигареты", "=5*2", "Сырым", "РФ", "https://a.kz/1"],
        ["03.07.2024", "сигареты", "#REF!", "Сырым", "РФ", "https://a.kz/2"],
    ]
    sheet = intake.read_sheet(excel(rows), name="a.xlsx")
    assert all(isinstance(value, Unread) for value in sheet.cells["Количество"])
    problems = intake.import_incidents(sheet, frontier=frontier).problems
    assert problems["value"].tolist() == ["=5*2", "#REF!"]
    assert "never calculated" in problems["reason"].iloc[0]


def test_the_sheet_with_the_table_is_taken_and_the_others_named() -> None:
    book = Workbook()
    book.active.title = "Пусто"
    for name in ("Данные", "Справка"):
        book.create_sheet(name).append(["Дата", "Товар"])
        book[name].append([f"{name}", "чай"])
    file = io.BytesIO()
    book.save(file)
    assert intake.read_sheet(file, name="a.xlsx").sheet == "Данные"
    assert intake.read_sheet(file, name="a.xlsx").sheets == ("Пусто", "Данные", "Справка")
    assert intake.read_sheet(file, name="a.xlsx", sheet="Справка").cells["Дата"].tolist() == ["Справка"]
    with pytest.raises(geo.InputError, match="one of Пусто, Данные, Справка"):
        intake.read_sheet(file, name="a.xlsx", sheet="нет")


def test_the_callers_buffer_stays_open_and_can_be_read_again() -> None:
    buffer = io.BytesIO((HEAD + ROW).encode())
    for _ in range(2):
        assert len(intake.read_sheet(buffer, name="a.csv").cells) == 1
    assert not buffer.closed


def test_points_in_another_projection_are_brought_to_degrees(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    placed = incidents[incidents.geometry.notna()].head(5)
    placed.to_crs(3857).to_parquet(tmp_path / "a.parquet")
    sheet = intake.read_sheet(tmp_path / "a.parquet")
    assert sheet.cells["lon"].tolist() == pytest.approx(placed.geometry.x.tolist())


# -- Hostile files ----------------------------------------------------------------------------------


@pytest.mark.thorough
def test_a_million_rows_are_refused_after_the_limit() -> None:
    text = HEAD.encode() + ROW.encode() * 1_000_000
    assert "more than 200,000 rows" in refusal(text, "a.csv")


def test_too_many_columns_are_refused_and_300_are_read() -> None:
    wide = ";".join([*NAMES, *(f"поле {number}" for number in range(294))]) + "\n" + ROW.strip() + ";x" * 294
    assert len(intake.read_sheet(wide.encode(), name="a.csv").columns) == 300
    assert "3,000 columns" in refusal(b";".join([b"a"] * 3000) + b"\n", "a.csv")


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = with_part("xl/worksheets/sheet1.xml", (b"0" * 10**6 for _ in range(201)))
    assert len(bomb) < 10**6
    assert "201 MB" in refusal(bomb, "a.xlsx")


def test_rows_beyond_excels_last_one_are_refused_at_once() -> None:
    body = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="4000000000"><c r="A4000000000"><v>1</v></c></row>'
    assert "row 4,000,000,000" in refusal(sheet_of(body + b"</sheetData></worksheet>"), "a.xlsx")


def test_merged_ranges_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "_MAX_MERGED", 100)
    ranges = b"".join(b'<mergeCell ref="A%d:B%d"/>' % (row, row) for row in range(1, 200))
    body = b'<row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells>' + ranges + b"</mergeCells></worksheet>"
    assert "merged ranges" in refusal(sheet_of(body), "a.xlsx")


def test_entities_are_refused() -> None:
    comment = b"<!--" + b" " * 2_000_000 + b"-->"
    entities = b'<?xml version="1.0"?>' + comment + b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'
    assert "entity declaration" in refusal(with_part("xl/worksheets/sheet1.xml", [entities]), "a.xlsx")


@pytest.mark.thorough
def test_texts_without_number_are_refused_before_they_are_parsed() -> None:
    texts = [b"<sst>", *(b"<si><t>a</t></si>" * 100_000 for _ in range(11)), b"</sst>"]
    assert "more than 1,000,000 different texts" in refusal(with_part("xl/sharedStrings.xml", texts), "a.xlsx")


@pytest.mark.thorough
def test_a_cell_without_end_is_refused() -> None:
    assert "100,000 characters" in refusal(HEAD.encode() + b"x" * 5_000_000, "a.csv")
    body = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"A" * 200_000 + b"</t></is></c></row>"
    assert "200,000 characters" in refusal(sheet_of(body + b"</sheetData></worksheet>"), "a.xlsx")


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "a.csv", "an empty file"),
        (b"\n;;;\n;;\n", "a.csv", "blank cells"),
        (HEAD.encode(), "a.csv", "no records"),
        (HEAD.encode() + b"a\0b;c\n", "a.csv", "NUL byte at offset"),
        (HEAD.encode() + b'x;"y;z\n', "a.csv", "quotes"),
        (bytes(range(128, 256)), "a.csv", "text in UTF-8"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "a.xlsx", "save it as .xlsx"),
        (b"PK\x03\x04 broken", "a.xlsx", "damaged"),
        (excel([["Дата", "Товар"]])[:2000], "a.xlsx", "damaged"),
        (excel([]), "a.xlsx", "no cell"),
        (b"x", "a.xls", "save it as .xlsx"),
        (b"x", "a.docx", "copy its table into Excel"),
        (b"x", "a.xyz", "a file ending in .csv"),
        (b"[" * 100_000, "a.geojson", "GeoJSON"),
        (b'{"type": "FeatureCollection"}', "a.geojson", "features"),
        (b"PAR1 no", "a.parquet", "a Parquet file"),
    ],
)
def test_what_cannot_be_read_is_refused_with_one_clear_message(data: bytes, name: str, said: str) -> None:
    message = refusal(data, name)
    assert message.startswith(name)
    assert said in message


def test_rows_that_take_too_long_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_SECONDS", -1)
    assert "seconds of reading" in refusal(HEAD.encode() + ROW.encode() * 20_000, "a.csv")


def test_limits_hold_for_every_format(monkeypatch: pytest.MonkeyPatch, incidents: gpd.GeoDataFrame) -> None:
    some = io.BytesIO()
    incidents.head(20).to_parquet(some)
    features = {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"a": 1}}] * 20}
    for module in (limits, spatial):
        monkeypatch.setattr(module, "MAX_ROWS", 10)
    files = {
        "a.parquet": some.getvalue(),
        "a.geojson": json.dumps(features).encode(),
        "a.csv": HEAD.encode() + ROW.encode() * 20,
        "a.xlsx": excel([NAMES, *[["x"]] * 20]),
    }
    for name, data in files.items():
        message = refusal(data, name)
        assert "at most 10" in message, message
    monkeypatch.setattr("geo.intake.sheets.sheet.MAX_BYTES", 100)
    assert "at most 0 MB" in refusal(files["a.csv"], "a.csv")


def test_a_missing_package_is_named_with_the_command_that_mends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "find_spec", lambda _: None)
    with pytest.raises(geo.ShekaraError, match=r"needs openpyxl: pip install 'shekara\[intake\]'"):
        intake.read_sheet(excel([["a"]]), name="a.xlsx")


def test_the_csv_modules_own_limit_is_left_as_it_was() -> None:
    before = delimited.csv.field_size_limit()
    intake.read_sheet((HEAD + ROW).encode(), name="a.csv")
    assert delimited.csv.field_size_limit() == before
