"""A quote holds number, interval, period, filters, source and link, in three languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest
from vector_cases import read_cases

import geo
from geo.app.link import read_link
from geo.builtin import dataset
from geo.errors import ShekaraError
from geo.estimate.change import compare_periods, default_years
from geo.estimate.estimating import estimate_selection
from geo.language.catalogue import LANGUAGES
from geo.language.dates import write_date
from geo.language.figures import write_ends, write_figure
from geo.language.phrases import Number, Phrase, Value, phrase, write_packed, write_phrases
from geo.summaries.answers import answer
from geo.summaries.cards import card_of, records_at
from geo.summaries.places import rank_places
from geo.summaries.quote import (
    address_of,
    find_place,
    name_of_row,
    quote,
    quote_change,
    quote_record,
    say_change,
    say_ending,
    say_figure,
    say_record,
)
from geo.summaries.titles import with_border

if TYPE_CHECKING:
    from geo.estimate.risk import Risk

PAGE = "https://example.org/border.html"


@pytest.fixture(scope="module")
def everything() -> geo.Located:
    return dataset.place()


@pytest.fixture(scope="module")
def risk(everything: geo.Located) -> Risk:
    return dataset.estimate(everything)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_crossing_is_quoted_with_the_row_of_the_table(everything: geo.Located, risk: Risk, lang: str) -> None:
    row = rank_places(everything.select(geo.Selection()), risk).loc["crossing:syrym"]
    text = quote(everything, geo.Selection(), risk, "crossing:syrym", lang=lang, link=PAGE)
    assert write_figure(row["value"], lang) in text
    assert write_ends(row["low90"], row["high90"], lang) in text
    assert "2015–2026" in text
    assert text.endswith(f"{PAGE}#at=crossing:syrym")
    assert "{" not in text


def test_a_crossing_that_shares_its_cell_has_the_figure_of_both(everything: geo.Located, risk: Risk) -> None:
    both = [quote(everything, geo.Selection(), risk, f"crossing:{name}") for name in ("kayrak", "rail-kayrak")]
    figures = [text.split("an estimated ")[1].split(" crossings).")[0] for text in both]
    assert figures[0] == figures[1]


def test_a_bound_is_never_quoted_as_a_figure(everything: geo.Located, risk: Risk) -> None:
    text = quote(everything, geo.Selection(), risk, "segment:TM-01")
    assert "at most" in text
    assert "upper end of the 90" in text
    assert "an estimated" not in text


def test_a_filter_that_the_sentence_does_not_show_is_named(everything: geo.Located, risk: Risk) -> None:
    selection = geo.Selection(goods="tobacco")
    part = estimate_selection(everything, selection, risk.hyper, whole=lambda _: risk)
    text = quote(everything, selection, part, "crossing:karasu")
    assert "Only: tobacco." in text
    assert "#goods=tobacco&at=crossing:karasu" in text


def test_too_few_records_are_quoted_with_their_sources(everything: geo.Located) -> None:
    named = everything.incidents[everything.incidents["crossing_id"].eq("karasu")]
    few = everything.take(named.index[:2])
    text = quote(few, geo.Selection(include_refused=True), None, "crossing:karasu")
    assert "2 records were found; too few for an estimate." in text
    assert all(url in text for url in named["source_url"].iloc[:2])


def test_the_whole_selection_is_quoted_by_its_title_and_first_places(everything: geo.Located, risk: Risk) -> None:
    text = quote(everything, geo.Selection(), risk)
    assert text.startswith("Where smuggling is recorded along Kazakhstan’s borders, ")
    assert "Most at Kayrak " in text
    assert "These are recorded interceptions, not flows." in text


def test_the_link_leads_back_to_the_selection(everything: geo.Located) -> None:
    selection = geo.Selection(goods=("tobacco", "fuel"), neighbour="KG", mode="rail", include_refused=True)
    view = read_link(parse_qs(address_of(selection, "crossing:karasu")), everything.incidents, everything.frontier)
    assert view.selection == selection
    assert view.at == ("crossing:karasu",)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("crossing:karasu", "crossing:karasu"), ("karasu", "crossing:karasu"), ("Карасу", "crossing:karasu"),
        ("Қарасу", "crossing:karasu"), ("KG-07", "segment:KG-07"), ("segment:KG-07", "segment:KG-07"),
        ("Kyrgyzstan", "border:KG"), ("Россия", "border:RU"), ("nur zholy", "crossing:nur-zholy"),
    ],
)  # fmt: skip
def test_a_place_is_found_by_key_or_by_a_name_in_any_language(frontier: geo.Frontier, text: str, key: str) -> None:
    assert find_place(text, frontier) == key


def test_a_wrong_place_is_answered_with_names_like_it(frontier: geo.Frontier) -> None:
    with pytest.raises(ShekaraError, match=r"'Karassu'.*crossing:karasu"):
        find_place("Karassu", frontier)
    with pytest.raises(ShekaraError, match="is called"):
        find_place("xyzzy", frontier)


def test_a_record_is_quoted_with_its_source_and_a_link_that_shows_it(everything: geo.Located) -> None:
    row = everything.incidents[everything.incidents["agency"].eq("")].iloc[0]
    text = quote_record(everything, geo.Selection(goods="drugs"), row.name, "Masks", link=PAGE)
    assert text.startswith(f"Masks, {write_date('en', row['date'])}")
    assert "Recorded by" not in text  # nobody says who
    assert f"Sources: {row['source_publisher']}, {row['source_url']} " in text
    assert text.endswith(f"{PAGE}#include_refused=1&at=record:{row.name}")  # no filter that hides it


@pytest.mark.parametrize("row", ["all", "home", "KG"])
def test_a_change_is_quoted_as_the_box_says_it(everything: geo.Located, risk: Risk, row: str) -> None:
    selection = geo.Selection()
    years = default_years(everything)
    table = compare_periods(everything.select(selection), years)
    text = quote_change(everything, selection, table, years, row, link=PAGE)
    assert text.startswith(f"{name_of_row(everything.frontier, row)['en']}. Since {years.since}: ")
    assert f"{table.loc[row, 'records']:.0f} since {years.since}, {table.loc[row, 'against_records']:.0f} in " in text
    if row == "all":
        said = [write_packed("en", one) for one in answer(everything, selection, risk)["change"]]
        assert ". ".join([said[0], *(one[:1].upper() + one[1:] for one in said[1:])]) in text


def dates(day: str) -> Value:
    return {lang: write_date(lang, day) for lang in LANGUAGES}


def value_of(packed: Any) -> Value:
    """A value of a packed phrase as it was before."""
    return Number(packed["how"], tuple(packed["of"])) if isinstance(packed, dict) else packed


def ending_of(case: dict[str, Any]) -> list[Phrase]:
    given = {"could": None, "only": None, "scaled": False, "sources": []} | case["ending"]
    return say_ending(date=dates(given.pop("day")), **given)


def written(case: dict[str, Any]) -> str:
    """What Python writes of a case of the vectors."""
    frontier = geo.read_frontier()
    if case["about"] == "record":
        texts = {name: case[name] for name in ("heading", "outcome", "agency", "sources", "link")}
        return write_phrases(case["lang"], say_record(on=dates(case["on"]), date=dates(case["day"]), **texts))
    if case["about"] == "few":
        said = [phrase("answers.q-few", place=case["place"], n=case["ending"]["n"])]
    elif case["about"] == "change":
        rows = [phrase(one["key"], **{k: value_of(v) for k, v in one["values"].items()}) for one in case["said"]]
        numbers = {name: case[name] for name in ("records", "against", "ratio")}
        said = say_change(case["place"], rows, case["years"], **numbers)
    else:
        more = {name: case[name] for name in ("period", "rank", "of")}
        neighbour = with_border(case["border"], frontier)
        said = [say_figure(case["key"], case["place"], case["figure"], neighbour=neighbour, **more)]
    return write_phrases(case["lang"], [*said, *ending_of(case)])


@pytest.mark.parametrize("case", read_cases("quotes"), ids=lambda case: f"{case['about']}-{case['lang']}")
def test_quotes_are_written_as_the_page_writes_them(case: dict[str, Any]) -> None:
    assert written(case) == case["quote"]
    assert "{" not in case["quote"]


@pytest.mark.parametrize("place", ["crossing:zhaisan", "crossing:rail-kayrak", "segment:KG-07"])
def test_a_place_is_quoted_with_the_records_of_its_card(everything: geo.Located, risk: Risk, place: str) -> None:
    located = everything.select(geo.Selection())
    card = card_of(located, risk, place)
    text = quote(everything, geo.Selection(), risk, place, link=PAGE)
    assert f"{card['records']} records placed here and {card['could_records']} more that could be, {PAGE}" in text
    assert card["records"] == located.counts[records_at(located, place)].sum()
