"""What a selection answers: known draws, what holds for any draws, and the built-in records."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from products import examples

import geo
from geo.builtin import dataset
from geo.estimate.estimating import estimate_selection
from geo.language.catalogue import LANGUAGES, read_words
from geo.summaries.answers import Answers, answer, count_dated, is_enough
from geo.summaries.places import rank_places

if TYPE_CHECKING:
    from geo.estimate.risk import Risk

SENTENCES = ("order", "change", "outside", "placing")


@pytest.fixture(scope="module")
def everything() -> geo.Located:
    return dataset.place()


@pytest.fixture(scope="module")
def risk(everything: geo.Located) -> Risk:
    return dataset.estimate(everything)


@pytest.fixture(scope="module")
def answers(everything: geo.Located, risk: Risk) -> Answers:
    return answer(everything, geo.Selection(), risk)


def drawn(risk: Risk, everything: geo.Located, **sites: Any) -> Risk:
    """The same estimate with draws of its own: 1,000 of each crossing named, hardly anything elsewhere."""
    crossings, land = everything.frontier.crossings, everything.frontier.land_cells
    holders = list(land.index[risk.cells["at_crossing"].to_numpy(bool)])
    rates = np.full((1000, len(land) + len(holders)), 1e-6)
    for name, values in sites.items():
        rates[:, len(land) + holders.index(crossings.loc[name.replace("_", "-"), "cell"])] = values
    return replace(risk, sample=lambda: rates, tables={})


def keys(said: list[dict[str, Any]]) -> list[str]:
    return [one["key"].removeprefix("answers.") for one in said]


def values(said: list[dict[str, Any]], key: str) -> dict[str, Any]:
    return next(one["values"] for one in said if one["key"] == f"answers.{key}")


def test_all_of_it_is_json_without_nan(answers: Answers) -> None:
    assert json.loads(json.dumps(answers, allow_nan=False)) == answers


def test_the_first_are_the_rows_of_the_table_by_place(answers: Answers, everything: geo.Located, risk: Risk) -> None:
    table = rank_places(everything.select(geo.Selection()), risk).head(5)
    assert [place["key"] for place in answers["first"]] == list(table.index)
    for place, row in zip(answers["first"], table.to_dict("records"), strict=True):
        same = ("value", "low90", "high90", "unit", "records", "rank_low90", "rank_high90", "of", "bound")
        assert {name: place[name] for name in same} == {name: row[name] for name in same}  # type: ignore[literal-required]
        assert place["name"]["en"] == row["name"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_has_words_in_every_language(answers: Answers, lang: str) -> None:
    words = read_words(lang)
    for name in SENTENCES:
        assert answers[name]  # type: ignore[literal-required]
        for one in answers[name]:  # type: ignore[literal-required]
            asked = set(map(str, one["values"]))
            assert all(f"{{{value}" in words[one["key"]] for value in asked), one


def test_one_that_is_always_first_is_said_to_be(everything: geo.Located, risk: Risk) -> None:
    order = np.linspace(0.9, 1.1, 1000)
    made = drawn(risk, everything, kayrak=9 * order, syrym=5 * order, zhaisan=3 * order, karasu=2 * order, korday=order)
    found = answer(everything, geo.Selection(), made)
    assert [place["key"].removeprefix("crossing:") for place in found["first"]] == [
        "kayrak", "syrym", "zhaisan", "karasu", "korday",
    ]  # fmt: skip
    assert found["state"] == "all"
    assert keys(found["order"]) == ["first"]


def test_what_overlaps_is_told_by_runs_and_the_last_by_its_ranks(everything: geo.Located, risk: Risk) -> None:
    up, down = np.linspace(0.8, 1.25, 1000), np.linspace(1.25, 0.8, 1000)
    made = drawn(risk, everything, kayrak=9 * up, syrym=8.9 * down, zhaisan=3 * up, karasu=1.02 * up, korday=down)
    order = answer(everything, geo.Selection(), made)["order"]
    assert keys(order)[:4] == ["first-p", "overlap", "overlap", "last-rank"]
    assert [(one["values"]["i"], one["values"]["j"]) for one in order[1:3]] == [(1, 2), (4, 5)]
    last = values(order, "last-rank")
    assert (last["a"]["of"], last["b"]["of"], last["n"]["values"]["n"]) == ([4], [5], 70)
    assert values(order, "first-p")["p"]["of"][0] == pytest.approx(0.5, abs=0.1)


def test_what_an_upper_end_alone_tells_is_too_few_to_tell(everything: geo.Located, risk: Risk) -> None:
    sure, wide = np.linspace(0.9, 1.1, 1000), np.geomspace(0.001, 1, 1000)
    made = drawn(risk, everything, kayrak=9 * sure, syrym=8 * sure, zhaisan=wide, karasu=wide / 2, korday=wide / 4)
    found = answer(everything, geo.Selection(), made)
    assert found["state"] == "few"
    assert [place["bound"] for place in found["first"]] == [False, False, True, True, True]
    assert keys(found["order"]) == ["standout", "first", "few"]
    assert [values(found["order"], "few")[end] for end in "ij"] == [3, 5]
    assert [name["names"]["en"] for name in values(found["order"], "standout")["places"]["values"].values()] == [
        "Kayrak",
        "Syrym",
    ]


def test_a_dark_stretch_without_a_number_is_named(everything: geo.Located, risk: Risk) -> None:
    sure = np.linspace(0.95, 1.05, 1000)
    five = dict.fromkeys(("kayrak", "syrym", "zhaisan", "karakoga", "zhibek_zholy"), 3 * sure)
    made = drawn(risk, everything, **five, karasu=2.9 * sure)
    order = answer(everything, geo.Selection(), made)["order"]
    assert "Karasu" in values(order, "asdark")["list"]["names"]["en"]


@settings(max_examples=examples(8))
@given(st.integers(0, 10_000))
def test_whatever_the_draws_runs_are_those_of_uncertain_neighbours(seed: int) -> None:
    everything, rng = dataset.place(), np.random.default_rng(seed)
    names = ("kayrak", "syrym", "zhaisan", "karasu", "korday")
    draws = {name: rng.uniform(1, 9) * rng.gamma(20, 1 / 20, 1000) for name in names}
    made = drawn(dataset.estimate(everything), everything, **draws)
    order = answer(everything, geo.Selection(), made)["order"]
    table = pd.DataFrame(draws)
    ranked = table[table.median().sort_values(ascending=False).index].to_numpy()
    unsure = [(ranked[:, i] > ranked[:, i + 1]).mean() < 0.9 for i in range(4)]
    told = {
        place
        for one in order
        if one["key"] == "answers.overlap"
        for place in range(one["values"]["i"], one["values"]["j"])
    }
    assert told == {i + 1 for i, flag in enumerate(unsure) if flag}


def test_of_one_border_all_is_said_of_that_border(everything: geo.Located) -> None:
    selection = geo.Selection(neighbour="KG")
    found = answer(everything, selection, estimate_selection(everything, selection, dataset.learned(everything)))
    assert {place["neighbour"] for place in found["first"]} == {"KG"}
    assert {place["of"] for place in found["first"]} <= {8, 20}
    assert found["title"]["values"]["where"]["key"] == "answers.where.one"


def test_few_records_get_no_estimate_but_their_places(everything: geo.Located) -> None:
    for size, state in ((0, "none"), (3, "too-few")):
        dated = everything.incidents["date_start"].ge("2015") & everything.incidents["border"].eq("KG")
        few = everything.take(
            everything.incidents.index[dated & everything.incidents["outcome_class"].eq("seized")][:size]
        )
        assert not is_enough(few, geo.Selection())
        found = answer(few, geo.Selection())
        assert (found["state"], found["first"], found["breaks"], found["change"]) == (state, [], [], [])
        assert sum(place["records"] for place in found["where"]) == size == count_dated(few, geo.Selection())


def test_without_an_estimate_no_order_is_given(everything: geo.Located) -> None:
    found = answer(everything, geo.Selection())
    assert found["state"] == "no-estimate"
    assert not found["first"]
    assert found["change"]


@pytest.mark.parametrize(
    ("limits", "years"),
    [
        ({}, [2024, 2025, 2015, 2023]),
        ({"since": date(2023, 1, 1)}, [2023, 2025, 2015, 2022]),
        ({"since": date(2023, 2, 1)}, None),
        ({"until": date(2023, 12, 31)}, None),
        ({"since": date(2015, 1, 1)}, None),
    ],
)
def test_change_is_told_for_whole_years_alone(everything: geo.Located, limits: Any, years: list[int] | None) -> None:
    found = answer(everything, geo.Selection(**limits))
    assert (found["changes"] and found["changes"]["years"]) == years
    assert bool(found["change"]) == (years is not None)


def test_goods_say_that_they_are_a_share_of_all(everything: geo.Located, risk: Risk) -> None:
    selection = geo.Selection(goods="fuel")
    part = estimate_selection(everything, selection, dataset.learned(everything), whole=lambda _: risk)
    assert "scaled" in keys(answer(everything, selection, part)["order"])
