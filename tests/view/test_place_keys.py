"""What a place's key stands for, and what its card says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from view_cases import FALCONS, TUNNEL

import geo
from geo.estimate.risk import aggregate
from geo.language.figures import is_bound, write_ends, write_estimate, write_figure
from geo.language.numbers import in_language
from geo.summaries.summary import ESTIMATED, summarize
from geo.view import LANGUAGES, choose_place, figures_of, key_of_row, make_atlas, make_card

if TYPE_CHECKING:
    from geo.view import Atlas


@pytest.fixture(scope="module")
def atlas(located: geo.Located, frontier: geo.Frontier) -> Atlas:
    return make_atlas(located, frontier)


@pytest.fixture(scope="module")
def risk(located: geo.Located, frontier: geo.Frontier) -> geo.Risk:
    return geo.estimate_risk(located, frontier, draws=50)


def test_a_border_holds_all_its_records(located: geo.Located) -> None:
    chosen = choose_place(located, ["border:KG"])
    assert chosen is not None
    assert set(chosen["ids"]) == set(located.incidents.index[located.incidents["border"].eq("KG")])
    assert FALCONS in chosen["ids"]


def test_several_marks_drawn_as_one_are_one_choice(located: geo.Located) -> None:
    one, two = (choose_place(located, [key]) for key in ("crossing:kayrak", "crossing:zhaisan"))
    both = choose_place(located, ["crossing:kayrak", "crossing:zhaisan"])
    assert one is not None
    assert two is not None
    assert both is not None
    assert set(both["ids"]) == {*one["ids"], *two["ids"]}
    assert both["also"] == 1


def test_the_parts_of_the_sum_hold_every_record_once(located: geo.Located) -> None:
    parts = [choose_place(located, [f"part:{part}"]) for part in ("place", "region", "border", "none")]
    ids = [record for part in parts if part is not None for record in part["ids"]]
    assert sorted(ids) == sorted(located.incidents.index)


@pytest.mark.parametrize(
    "key",
    [
        "", "border", "border:XX", "crossing:nowhere", "segment:", "region:RU:XX", "region:XX", "town:here",
        "town:1,2:3", "town:nan,nan:x", "record:nobody", "part:all", "javascript:alert(1)", ":::", "\x00", "air:1,2",
    ],
)  # fmt: skip
def test_a_key_that_means_nothing_chooses_nothing(located: geo.Located, key: str) -> None:
    assert choose_place(located, [key]) is None


def test_a_record_that_is_not_shown_is_not_chosen(located: geo.Located) -> None:
    assert choose_place(located.take([FALCONS]), [f"record:{TUNNEL}"]) is None


@pytest.mark.parametrize("by", ESTIMATED)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_row_of_a_table_is_a_place_whose_card_says_the_tables_numbers(
    located: geo.Located, risk: geo.Risk, atlas: Atlas, by: str, lang: str
) -> None:
    table = summarize(located, risk, by=by, period=risk.period)
    for row in [*table.index[:3], *table.index[-3:]]:
        key = key_of_row(by, str(row))
        if key is None:
            assert row == ""
            continue
        chosen = choose_place(located, [key])
        assert chosen is not None, key
        figures = figures_of(located, risk, chosen, period=risk.period, lang=lang)
        card = make_card(atlas, chosen, lang=lang, figures=figures)
        assert card.title
        said = " ".join(value for _, value in card.rows)
        if "estimate" in table and table.loc[row, "estimate"] == table.loc[row, "estimate"]:
            value, low, high = table.loc[row, ["estimate", "low90", "high90"]]
            if is_bound(low, high):
                assert write_estimate(value, low, high, lang) in said
            else:
                assert in_language(lang, write_figure(value)) in said
                assert write_ends(low, high, lang) in said


def test_marks_drawn_as_one_say_the_estimate_of_each_site_once(located: geo.Located, risk: geo.Risk) -> None:
    keys = ["kayrak", "rail-kayrak", "zhaisan"]  # the first two in one cell, which has one figure
    cells = located.frontier.crossings.loc[keys, "cell"]
    assert cells.nunique() == 2
    chosen = choose_place(located, [f"crossing:{key}" for key in keys])
    assert chosen is not None
    rows = dict(figures_of(located, risk, chosen, period=risk.period, lang="en"))
    table = aggregate(risk, by="crossing")
    for name, key in (("Kayrak, Kayrak (rail)", "kayrak"), ("Zhaisan", "zhaisan")):
        value, low, high = table.loc[key, ["estimate", "low90", "high90"]]
        assert write_figure(value, "en") in rows[name]
        assert write_ends(low, high, "en") in rows[name]
        assert "90 % interval" in rows[name]
    bare = dict(figures_of(located, None, chosen, period=risk.period, lang="en"))
    assert "Zhaisan" not in bare


@pytest.mark.parametrize("by", ["goods", "agency", "year"])
def test_rows_that_are_no_place_have_no_key(by: str) -> None:
    assert key_of_row(by, "tobacco") is None
