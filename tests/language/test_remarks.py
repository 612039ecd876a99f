"""What an import says of a table, in the reader's language."""

from __future__ import annotations

import json
import re
from importlib import resources
from typing import TYPE_CHECKING

import pytest

import geo
from geo.desk.review import check_entry
from geo.desk.store import blank_values
from geo.intake import import_incidents, read_sheet
from geo.intake.likely_pairs import likely_pairs
from geo.language.remarks import translate_remark

if TYPE_CHECKING:
    from geo.desk.store import Kind

TABLE = """Дата,Товар,Кол-во,Ед,Место,Источник
2025-13-45,сигареты,много,пачек,Нигдево,https://example.org/1
в 1203 году,сигареты и гашиш,2-3,пачек,Павловка,https://example.org/2
2025-03-07,сигареты,5,пачек,Кордай,нет
Итого,,700,,,
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory, frontier: geo.Frontier) -> set[str]:
    path = tmp_path_factory.mktemp("table") / "mine.csv"
    path.write_text(TABLE, encoding="utf-8")
    sheet = read_sheet(path)
    done = import_incidents(sheet, frontier=frontier)
    told = [*done.problems["reason"], *done.problems["done"], *done.places["how"], *done.places["problem"]]
    return {text for text in (*told, *done.notes, *sheet.notes) if text}


@pytest.mark.parametrize("lang", ["ru", "kk"])
def test_every_remark_on_a_bad_table_is_said_in_the_readers_language(said: set[str], lang: str) -> None:
    assert len(said) >= 10
    for text in said:
        own = re.sub(r"https?\S+|UTF-8|'[^']*'|\b[0-9a-f]{4,}\b|\d{4}\S*", "", translate_remark(text, lang))
        assert not re.search(r"\b(the|of|is|not|no|and|by|as|left|row|name|known)\b", own), (text, own)


def test_each_remark_keeps_its_values() -> None:
    file = resources.files("geo.language") / "words" / "remarks.json"
    for text, others in json.loads(file.read_text(encoding="utf-8")).items():
        values = [f"«{number}»" for number in range(text.count("{}"))]
        assert text.count("{}") == others["ru"].count("{}") == others["kk"].count("{}")
        for lang in ("ru", "kk"):
            assert all(value in translate_remark(text.format(*values), lang) for value in values), text


def test_what_is_not_known_stands_as_it_is() -> None:
    assert translate_remark("something new", "kk") == "something new"
    assert translate_remark("no date", "en") == "no date"


@pytest.mark.parametrize("lang", ["ru", "kk"])
def test_why_two_records_may_be_one_is_said_in_the_readers_language(lang: str) -> None:
    incidents = geo.read_incidents()
    reasons = {part for *_, why in likely_pairs(incidents, incidents) for part in why.split(", ")}
    assert len(reasons) >= 9
    for reason in reasons:
        assert not re.search(r"\b(same|apart|within|one|overlap)\b", translate_remark(reason, lang)), reason


@pytest.mark.parametrize("kind", ["records", "statements"])
@pytest.mark.parametrize("lang", ["ru", "kk"])
def test_what_an_empty_entry_of_a_desk_misses_is_said_in_the_readers_language(
    kind: Kind, lang: str, frontier: geo.Frontier
) -> None:
    faults = check_entry("new", blank_values(kind), frontier, kind)
    open_ones = [fault.expected for fault in faults if not fault.expected.startswith(("one of", "'all'"))]
    assert len(open_ones) >= 2
    for text in open_ones:
        assert translate_remark(text, lang) != text
