"""The answer box, the quote and the comparison say what the library works out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from math import isnan
from typing import TYPE_CHECKING, Any

import pytest
from products import each_value_quick, one_quick_in
from test_app import open_app, query, run, with_key

import geo
from geo.app.answers import scale_end
from geo.estimate.change import compare_periods, default_years
from geo.estimate.estimating import estimate_selection, learn_hyper
from geo.estimate.risk import A_YEAR
from geo.language.figures import write_bound, write_estimate, write_rank, write_ratio
from geo.language.phrases import write_packed
from geo.language.translations import name_agencies, translate
from geo.summaries.answers import Answers, answer, is_enough
from geo.summaries.cards import card_of
from geo.summaries.quote import quote, quote_change, quote_record
from geo.view import LANGUAGES, make_atlas, read_words, say, write_heading

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

VIEWS: dict[str, tuple[dict[str, Any], geo.Selection]] = {
    "all": ({}, geo.Selection()),
    "tobacco": ({"goods": "tobacco"}, geo.Selection(goods=("tobacco",))),
    "since 2024": ({"since": "2024-01"}, geo.Selection(since=date(2024, 1, 1))),
    "kyrgyz border": ({"neighbour": "KG"}, geo.Selection(neighbour=("KG",))),
}

THREE: tuple[dict[str, Any], geo.Selection] = (
    {"goods": "food", "neighbour": "CN"}, geo.Selection(goods=("food",), neighbour=("CN",))
)  # fmt: skip


@pytest.fixture(scope="module")
def risks(located: geo.Located) -> dict[str, geo.Risk]:
    hyper = learn_hyper(located)
    risk_of = cache(lambda selection: estimate_selection(located, selection, hyper, whole=risk_of))
    return {name: risk_of(selection) for name, (_, selection) in VIEWS.items()}


@pytest.fixture(scope="module")
def expected(located: geo.Located, risks: dict[str, geo.Risk]) -> dict[str, Answers]:
    return {name: answer(located, selection, risks[name]) for name, (_, selection) in VIEWS.items()}


def box(app: AppTest) -> str:
    """All that the page says, without the signs that keep data from being markup."""
    parts = [*app.header, *app.markdown, *app.button]
    told = [getattr(part, "value", None) if part.type != "button" else part.label for part in parts]
    return "\n".join(str(text) for text in told).replace("\\", "").replace("**", "")


def check_box(app: AppTest, found: Answers, lang: str) -> None:
    """The box says what the library answers."""
    said = box(app)
    assert app.header[0].value.replace("\\", "") == write_packed(lang, found["title"])
    rows = [with_key(app.button, f"answer-go-{i}").label.replace("\\", "") for i in range(1, 6)]
    for i, (place, row) in enumerate(zip(found["first"], rows, strict=True), 1):
        assert row.startswith(f"{i}, {place['name'][lang]}, ")
        figure = write_estimate(place["value"], place["low90"], place["high90"], lang).split(" (")[0]
        assert figure in row
        assert say(lang, "card.records", n=place["records"]) in row
    for kind in ("order", "change", "outside"):
        for phrase in found[kind]:  # type: ignore[literal-required]
            assert write_packed(lang, phrase) in said


@pytest.mark.parametrize(("name", "lang"), each_value_quick([*VIEWS, "three"], LANGUAGES))
def test_a_reader_finds_figure_comparison_and_sentence_within_two_presses(
    located: geo.Located, risks: dict[str, geo.Risk], expected: dict[str, Answers], name: str, lang: str
) -> None:
    """Where most is recorded, whether that is more than elsewhere, and what may be quoted, as the library has them."""
    asked, selection = VIEWS.get(name, THREE)
    risk = risks.get(name)
    if name == "three":
        assert len(geo.select(located.incidents, selection)) == 3
        app = open_app(lang=lang, **asked)
        assert say(lang, "answers.s-few", n=3) in box(app)
        place = ""
    else:
        app = open_app(lang=lang, **asked)
        check_box(app, expected[name], lang)
        with_key(app.button, "answer-go-1").click()
        run(app)
        first = expected[name]["first"][0]
        place = first["key"]
        assert first["name"][lang] in box(app)
        card = card_of(located.select(selection), risk, place, borders=list(selection.neighbour))
        rank = write_rank(card["rank_low90"], card["rank_high90"], lang)
        of = say(lang, "answers.crossings" if card["unit"] == A_YEAR else "answers.stretches", n=card["of"])
        assert say(lang, "answers.c-rank", rank=rank, n=of) in box(app)
    wanted = quote(located, selection, risk, place, lang=lang, link="?")
    head = wanted.partition("?")[0]
    assert any(block.value.startswith(head) for block in app.code)


@pytest.mark.parametrize("by", one_quick_in(2, ["border", "segment", "crossing"]))
def test_a_row_of_the_table_has_its_sentence(by: str) -> None:
    app = open_app(page="borders", by=by)
    table = app.dataframe[0].value
    told = read_words("en")["answers.quote"]
    assert table["quote"].eq(told).sum() >= 5
    assert set(table["quote"]) <= {told, ""}
    place = {"border": "border:KG", "segment": "segment:KG-07", "crossing": "crossing:karasu"}[by]
    assert table.loc[place.partition(":")[2], "quote"] == told
    app.session_state["_quoted_row"] = place
    run(app)
    assert any("recorded" in block.value and place.replace(":", "%3A") in block.value for block in app.code)


def test_a_row_opens_the_card_of_its_place(expected: dict[str, Answers]) -> None:
    app = open_app()
    with_key(app.button, "answer-go-2").click()
    run(app)
    key = expected["all"]["first"][1]["key"]
    assert query(app)["at"] == [key]
    said = box(app)
    assert read_words("en")["answers.c-beside-crossings"] in said
    assert any(read_words("en")["answers.c-traffic"] in caption.value for caption in app.caption)
    quotes = [block.value for block in app.code]
    place = expected["all"]["first"][1]["name"]["en"]
    assert any(f"At the {place} crossing" in text and "at=crossing%3A" in text for text in quotes)
    assert all("not flows" in text for text in quotes)


def test_few_records_have_no_figure_and_none_has_a_way_back(located: geo.Located) -> None:
    few = geo.Selection(goods=("vehicles",), neighbour=("UZ",))
    assert not is_enough(located.select(few), few)
    app = open_app(goods="vehicles", neighbour="UZ")
    said = box(app)
    assert say("en", "answers.s-few", n=len(geo.select(located.incidents, few))) in said
    assert not any(button.key and button.key.startswith("answer-go") for button in app.button)
    nothing = open_app(goods="jewelry", neighbour="TM")
    assert read_words("en")["answers.s-none"] in box(nothing)
    with_key(nothing.button, "clear-empty").click()
    run(nothing)
    assert len(nothing.query_params) < 4


@pytest.mark.parametrize(
    ("places", "end"),
    [
        ([(2.5, 1.7, 3.6, False), (0.7, 0.3, 1.3, False)], 4.0),
        ([(0.18, 0.07, 0.38, False)], 0.4),
        ([(1.0, 0.5, 9.0, False)], 4.0),
        ([(0.01, 0.0, 12.5, True)], 15.0),
        ([(0.01, 0.01, 0.03, False)], 0.1),
    ],
)
def test_the_scale_holds_the_figures(places: list[tuple[float, float, float, bool]], end: float) -> None:
    names = ("value", "low90", "high90", "bound")
    assert scale_end([dict(zip(names, place, strict=True)) for place in places]) == pytest.approx(end)  # type: ignore[misc]


@pytest.mark.parametrize("lang", one_quick_in(2, LANGUAGES))
def test_the_comparison_is_the_library_s(located: geo.Located, lang: str) -> None:
    app = open_app(page="borders", lang=lang, goods="drugs")
    selection = geo.Selection(goods=("drugs",))
    table = compare_periods(located.select(replace(selection, since=None)), default_years(located))
    html = next(block.proto.body for block in app.get("html") if "changes" in block.proto.body)
    words = read_words(lang)
    keys = {"rose": "rose", "fell": "fell", "cannot tell": "cant", "too few to tell": "toofew", "no records": "norec"}
    for row in table.itertuples():
        assert words[f"answers.{keys[row.word]}"] in html
        if not isnan(row.ratio):
            assert f"<td>{write_ratio(row.ratio, lang)} (" in html
    assert html.count("<tr") == len(table) + 1
    quoted = [
        quote_change(located, selection, table, default_years(located), row, lang=lang, link="?").partition("?")[0]
        for row in table.index
    ]
    assert [block.value.partition("?")[0] for block in app.code] == quoted


def test_a_record_is_quoted_on_its_card_and_from_its_row(located: geo.Located) -> None:
    record = located.select(geo.Selection()).incidents.index[7]
    app = open_app(at=f"record:{record}", lang="ru")
    heading = write_heading(make_atlas(located, located.frontier), record, lang="ru")
    wanted = quote_record(located, geo.Selection(), record, heading, lang="ru", link="?").partition("?")[0]
    (shown,) = [block.value for block in app.code if block.value.startswith(heading)]
    assert shown.startswith(wanted)
    assert f"at=record%3A{record}" in shown
    table = open_app(page="incidents")
    assert set(table.dataframe[0].value["quote"]) == {read_words("en")["answers.quote"]}
    table.session_state["_quoted_row"] = f"record:{record}"
    run(table)
    assert [f"at=record%3A{record}" in block.value for block in table.code] == [True]


def test_a_bound_is_told_without_a_median(expected: dict[str, Answers]) -> None:
    app = open_app(neighbour="KG")
    bounds = [(i, place) for i, place in enumerate(expected["kyrgyz border"]["first"], 1) if place["bound"]]
    for i, place in bounds:
        label = with_key(app.button, f"answer-go-{i}").label.replace("\\", "")
        assert say("en", "at-most", b=write_bound(place["high90"])) in label


@pytest.mark.parametrize("lang", one_quick_in(2, ["ru", "kk"]))
def test_statements_are_in_the_reader_s_language_beside_their_original(lang: str) -> None:
    app = open_app(page="statements", lang=lang)
    said = {block.value.replace("\\", "") for block in app.markdown}
    claims = geo.read_claims()["claim"]
    shown = [claim for claim in claims if translate(claim, lang) in said]
    assert len(shown) == 20
    assert set(shown) <= said  # each stands behind its translation
    assert any(name_agencies("KNB Border Service", lang) in text for text in said)


@pytest.mark.parametrize(("key", "by"), [("answers-compare", "border"), ("answers-table", "crossing")])
def test_the_box_leads_to_the_comparison_and_the_table(key: str, by: str) -> None:
    app = open_app(goods="tobacco")
    with_key(app.button, key).click()
    run(app)
    assert query(app)["page"] == ["borders"]
    assert query(app).get("by", ["border"]) == [by]
    assert query(app)["goods"] == ["tobacco"]
