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
