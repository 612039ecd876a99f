"""Titles say what is selected; the page's scripts answer the same cases."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vector_cases import read_cases

import geo
from geo.incidents.months import first_day, last_day
from geo.incidents.selection import parse_min_quantity
from geo.language.catalogue import LANGUAGES
from geo.language.phrases import write_phrase
from geo.summaries.titles import only_of, title_of, title_of_records
from geo.vocabulary import CLUES, CONFIDENCES, DIRECTIONS, FAMILIES, GOODS, MODES, RECORDING_SIDES

FRONTIER = geo.read_frontier()
MAKE: dict[str, Any] = {"since": first_day, "until": last_day, "min_quantity": parse_min_quantity}
OTHER_FILTERS: dict[str, Any] = {
    "direction": DIRECTIONS, "mode": MODES, "agency": ("KNB",), "recording_side": RECORDING_SIDES,
    "confidence": CONFIDENCES, "clue": CLUES,
}  # fmt: skip


@pytest.mark.parametrize("case", read_cases("titles"))
def test_titles_are_those_of_the_scripts(case: dict[str, Any]) -> None:
    selection = geo.Selection(
        **{name: MAKE.get(name, lambda value: value)(value) for name, value in case["filters"].items()}
    )
    span = case["span"] and tuple(case["span"])
    assert write_phrase(case["lang"], title_of(selection, FRONTIER, span, case["n"])) == case["title"]
    only = only_of(selection)
    assert (write_phrase(case["lang"], only) if only else "") == case["only"]


def test_the_title_of_records_counts_them_and_tells_their_years(located: geo.Located) -> None:
    selection = geo.Selection(goods="tobacco", neighbour="KG")
    chosen = located.select(selection)
    years = chosen.incidents["date_start"].dropna().dt.year
    assert str(title_of_records(chosen, selection)) == (
        "Where tobacco smuggling is recorded along the border with Kyrgyzstan, "
        f"{years.min()}–{years.max()}: {len(chosen.incidents)} records"
    )


@given(st.lists(st.sampled_from(GOODS), unique=True))
def test_goods_are_named_up_to_two_and_a_whole_family_as_one(goods: list[str]) -> None:
    title = str(title_of(geo.Selection(goods=tuple(goods)), FRONTIER, (2015, 2026), 5))
    whole = [set(family.goods) for family in FAMILIES if len(family.goods) > 1 and set(family.goods) <= set(goods)]
    named = len(whole) + len(set(goods) - set().union(*whole))
    assert ("selected goods" in title) == (named > 2)
    assert title.startswith("Where smuggling is recorded") == (not goods)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("field", OTHER_FILTERS)
def test_no_filter_goes_unsaid(field: str, lang: str) -> None:
    for value in OTHER_FILTERS[field]:
        only = only_of(geo.Selection(**{field: (value,)}))
        assert only is not None
        text = write_phrase(lang, only)
        assert "{" not in text
        assert lang == "en" or value not in text  # a code is no word


def test_every_field_of_a_selection_shows_in_title_or_line() -> None:
    plain = title_of(geo.Selection(), FRONTIER, (2015, 2026), 5)
    chosen: dict[str, Any] = {
        **{name: values[:1] for name, values in OTHER_FILTERS.items()}, "goods": GOODS[:1], "neighbour": ("RU",),
        "since": date(2020, 1, 1), "until": date(2020, 12, 31), "min_quantity": (1.0, "kg"), "include_refused": True,
    }  # fmt: skip
    assert set(chosen) == {field.name for field in fields(geo.Selection)}
    for name, value in chosen.items():
        selection = geo.Selection(**{name: value})
        assert only_of(selection) or title_of(selection, FRONTIER, (2015, 2026), 5) != plain, name
