"""Short texts of one event each: which goods, how much in which unit; words for the goods of the built-in records."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo.drafting import draft_article, read_text
from geo.drafting.goods import find_goods
from geo.drafting.lexicon import lower

if TYPE_CHECKING:
    from geo.intake import Gazetteer

HERE = Path(__file__).parent / "probes"


def rows_of(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


FINDS = rows_of("finds.tsv")


@pytest.mark.parametrize("row", FINDS, ids=[row["text"].split(" | ")[0] for row in FINDS])
def test_the_find_of_a_short_text_is_of_its_goods_and_of_its_amount(row: dict[str, str], gazetteer: Gazetteer) -> None:
    text = "2024-07-04 · Border Gazette\n" + row["text"].replace(" | ", "\n\n")
    drafts = [draft.fields for draft in draft_article(read_text(text), gazetteer).drafts]
    quantity = float(row["quantity"]) if row["quantity"] else None
    expected = (row["goods"], quantity, row["unit"] or None)
    assert [(one["goods"], one.get("quantity"), one.get("unit")) for one in drafts] == [expected]


def test_words_for_the_goods_of_records_are_known_by_their_category() -> None:
    told = [(row["goods"], word) for row in rows_of("words.tsv") for word in row["words"].split("; ")]
    read = [(next((mark.value for mark in find_goods(lower(word))), ""), word) for _, word in told]
    assert read == told
    assert len(told) > 800


@pytest.mark.parametrize(
    "words",
    ["сказал по телефону", "he said by phone", "телефон арқылы айтты", "мал дәрігері келді", "котёл вагона остыл",
     "еске сала кетейік", "пластины серебристого цвета", "ни бирок, ни чипов", "Еуропа елдері", "флаги трёх цветов"],
)  # fmt: skip
def test_words_with_one_for_goods_in_them_are_no_goods(words: str) -> None:
    assert not find_goods(lower(words))
