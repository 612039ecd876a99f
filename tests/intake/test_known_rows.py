"""Rows that differ from one in a cell or two: what becomes of their record, and what is reported of them."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from geo import intake

if TYPE_CHECKING:
    import geo
    from geo.intake import Gazetteer
    from geo.intake.importing import Imported

FILE = Path(__file__).parent / "fixtures" / "known_rows.jsonl"
KNOWN = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
HEADS = {
    "date": "Дата", "end": "Дата окончания", "goods": "Товар", "desc": "Описание товара", "amount": "Количество",
    "unit": "Ед. изм.", "money": "Сумма", "currency": "Валюта", "dir": "Направление", "from": "Откуда", "to": "Куда",
    "mode": "Транспорт", "border": "Граница", "post": "Пункт пропуска", "place": "Место", "district": "Район",
    "region": "Область", "lat": "Широта", "lon": "Долгота", "radius": "Радиус км", "agency": "Орган",
    "result": "Результат", "article": "Статья", "code": "Код ТН ВЭД", "note": "Примечание", "title": "Заголовок",
    "sure": "Достоверность", "verified": "Проверено", "pub": "Издание", "others": "Другие ссылки", "url": "Ссылка",
}  # fmt: skip
ROW = {
    "date": "03.07.2024", "goods": "сигареты", "amount": "336 тыс. пачек", "post": "Кордай", "border": "Кыргызстан",
    "agency": "КНБ",
}  # fmt: skip
LEFT_OUT = "row not imported"


@pytest.fixture(scope="module")
def imported(frontier: geo.Frontier, gazetteer: Gazetteer) -> Imported:
    rows = [ROW | {"url": f"https://a.kz/n{at}"} | known["row"] for at, known in enumerate(KNOWN)]
    text = io.StringIO()
    table = [[row.get(name, "") for name in HEADS] for row in rows]
    pd.DataFrame(table, columns=list(HEADS.values())).to_csv(text, index=False, sep=";")
    sheet = intake.read_sheet(text.getvalue().encode(), name="a.csv")
    return intake.import_incidents(sheet, frontier=frontier, gazetteer=gazetteer)


def value_of(record: Any, field: str) -> Any:
    if field in ("lon", "lat"):
        point = record.geometry
        return None if point is None else round(point.x if field == "lon" else point.y, 3)
    value = record[field]
    return None if isinstance(value, float) and pd.isna(value) else value


@pytest.mark.parametrize("at", range(len(KNOWN)), ids=lambda at: json.dumps(KNOWN[at]["row"], ensure_ascii=False))
def test_a_row_and_what_becomes_of_it(at: int, imported: Imported) -> None:
    problems = imported.problems
    of_row = problems[problems["row"].eq(at + 2)]
    assert of_row[["field", "value", "reason", "done"]].to_numpy().tolist() == KNOWN[at]["problems"]
    out = {row - 2 for row in problems.loc[problems["done"].eq(LEFT_OUT), "row"]}
    assert (at in out) == (KNOWN[at]["record"] is None)
    if at not in out:
        record = imported.incidents.iloc[at - sum(other < at for other in out)]
        expected = KNOWN[0]["record"] | KNOWN[at]["record"]
        assert {field: value_of(record, field) for field in expected} == expected


def test_what_is_counted_of_the_rows(imported: Imported) -> None:
    left_out = sum(known["record"] is None for known in KNOWN)
    assert imported.counts == {
        "read": len(KNOWN), "imported": len(KNOWN) - left_out, "not_imported": left_out, "with_problems": 49,
        "cells_read": 807, "cells_reported": 53, "cells_not_read": 0,
        "crossing": 85, "locality": 12, "district": 0, "region": 4, "border": 8, "country": 1,
    }  # fmt: skip
    assert imported.notes == ("ids are made from date, goods, quantity, place and source",)
    assert imported.incidents.index.is_unique


def reported(text: str, frontier: geo.Frontier, gazetteer: Gazetteer) -> tuple[Imported, list[list[Any]]]:
    sheet = intake.read_sheet(text.encode(), name="a.csv")
    done = intake.import_incidents(sheet, frontier=frontier, gazetteer=gazetteer)
    return done, done.problems[["row", "field", "value", "reason", "done"]].to_numpy().tolist()


def test_columns_that_are_not_read_are_named_once_with_what_they_hold(
    frontier: geo.Frontier, gazetteer: Gazetteer
) -> None:
    rows = "чай;https://a.kz/1;43.5123 и 74.5123;Иванов Иван Иванович;красный"
    done, problems = reported(f"Товар;Ссылка;Цвет;Кто;Вкус\n{rows}", frontier, gazetteer)
    assert problems == [
        [0, "", "Кто", "personal data", "left out"],
        [0, "place", "Цвет", "holds coordinates, and is not read", "not read"],
        [0, "date", "", "no column of dates", "no record has a date"],
    ]
    assert [done.counts[name] for name in ("cells_read", "cells_reported", "cells_not_read")] == [2, 0, 3]
    assert done.counts["with_problems"] == 0


def test_ids_are_tidied_made_to_differ_and_twins_are_named(frontier: geo.Frontier, gazetteer: Gazetteer) -> None:
    rows = ["а б;{};1", "а-б;{};2", ";{};3", ";{};3", ";{};4"]
    cells = "\n".join(row.format("03.07.2024;чай;https://a.kz/n") for row in rows).replace("n;", "n")
    done, problems = reported(f"id;Дата;Товар;Ссылка\n{cells}", frontier, gazetteer)
    given, made = done.incidents.index[:2].tolist(), done.incidents.index[2:].tolist()
    assert given == ["а-б", "а-б-2"]
    assert made[1] == f"{made[0]}-2"
    assert problems == [
        [2, "id", "а б", "spaces or semicolons in an id", "kept as а-б"],
        [3, "id", "а-б", "an id that an earlier row has", "kept as а-б-2"],
        [5, "id", "", "the same in every cell that is read as row 4", f"imported as {made[1]}"],
    ]
    assert not any(note.startswith("ids are made") for note in done.notes)


RULES = (
    "id,title,date,date_not_after,goods,neighbour,location_precision,crossing_id,location_radius_km,lon,lat,source_url"
)


def test_what_breaks_a_rule_is_left_blank_and_its_record_stays(frontier: geo.Frontier, gazetteer: Gazetteer) -> None:
    rows = [
        "a,T,2024-07-03,2024-07-01,food,KG,crossing,korday,5,74.713,43.039,https://a.kz/1",
        "b,T,2024-07-03,,food,KG,crossing,,5,74.713,43.039,https://a.kz/2",
        "c,T,2024-07-03,,food,KG,locality,,5,174.713,43.039,https://a.kz/3",
        "d,T,2024-07-03,,food,KG,locality,,0,74.713,43.039,https://a.kz/4",
        "e,T,2024-07-03,,food,KG,locality,,5,74.713,43.039,https://a.kz/5",
    ]
    done, problems = reported("\n".join([RULES, *rows]), frontier, gazetteer)
    assert done.incidents.index.tolist() == list("abcde")
    assert done.incidents["date"].tolist() == ["", *["2024-07-03"] * 4]
    assert done.incidents["location_precision"].tolist() == ["crossing", "border", "border", "border", "locality"]
    assert done.incidents["location_radius_km"].isna().tolist() == [False, True, True, True, False]
    assert [(row, field, blank) for row, field, _, _, blank in problems] == [
        (2, "date", "left blank"), (3, "crossing_id", "left blank"), (4, "geometry", "left blank"),
        (5, "location_radius_km", "left blank"),
    ]  # fmt: skip
