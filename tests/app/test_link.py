"""A view as a link."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import geo
from geo.app.link import COLOURS, PAGES, SCOPES, View, read_link, unknown_in_link, write_link
from geo.facets import FACETS, SELECTABLE
from geo.incidents.months import months_of
from geo.incidents.selection import known_values
from geo.summaries.grouping import KINDS
from geo.view import LANGUAGES

if TYPE_CHECKING:
    import geopandas as gpd

INCIDENTS = geo.read_incidents()
FRONTIER = geo.read_frontier()
KNOWN = {name: known_values(INCIDENTS, name, FRONTIER.borders.index) for name in SELECTABLE}
MONTHS = months_of(INCIDENTS)


@st.composite
def views(draw: Any) -> View:
    """Views of the built-in records."""
    first, last = sorted(draw(st.tuples(st.sampled_from(MONTHS), st.sampled_from(MONTHS))))
    chosen = {
        name: tuple(draw(st.lists(st.sampled_from(values), max_size=3, unique=True))) for name, values in KNOWN.items()
    }
    return View(
        lang=draw(st.sampled_from(LANGUAGES)),
        page=draw(st.sampled_from(PAGES)),
        chosen={name: values for name, values in chosen.items() if values},
        months=draw(st.sampled_from([None, None if (first, last) == (MONTHS[0], MONTHS[-1]) else (first, last)])),
        least=draw(st.sampled_from(["", "100 kg", "2.5 t", "1 head"])),
        refused=draw(st.booleans()),
        at=tuple(
            draw(st.lists(st.sampled_from(["border:RU", "crossing:kayrak", "record:x"]), max_size=2, unique=True))
        ),
        colour=draw(st.sampled_from(COLOURS)),
        regions=draw(st.booleans()),
        by=draw(st.sampled_from(KINDS)),
        search=draw(st.sampled_from(["", "насвай", "a b"])),
        data=draw(st.sampled_from(["", *SCOPES])),
        spot=draw(st.sampled_from([(), (48.25, 66.9, 5.5), (-90.0, 180.0, 0.0)])),
    )


@given(views())
def test_a_link_gives_the_view_back(view: View) -> None:
    assert read_link(write_link(view), INCIDENTS, FRONTIER) == view


@given(st.dictionaries(st.sampled_from([*(name for facet in FACETS for name in facet.names), "lang", "at", "by", "page",
                                         "colour", "regions", "data"]),
                       st.lists(st.text(max_size=30), max_size=4)))  # fmt: skip
def test_whatever_stands_in_a_link_is_a_view_that_selects(query: dict[str, list[str]]) -> None:
    view = read_link(query, INCIDENTS, FRONTIER)
    geo.select(INCIDENTS, view.selection)
    assert read_link(write_link(view), INCIDENTS, FRONTIER) == view


def test_a_link_says_the_same_in_every_language() -> None:
    links = [write_link(View(lang=lang, chosen={"goods": ("tobacco",), "neighbour": ("KG",)})) for lang in LANGUAGES]
    for link in links:
        link.pop("lang")
    assert links[0] == links[1] == links[2] == {"goods": ["tobacco"], "neighbour": ["KG"]}


@pytest.mark.parametrize(
    "query",
    [
        {"since": ["2030-01"], "until": ["x"]}, {"since": ["2024-05"], "until": ["2024-01"]}, {"least": ["-1 kg"]},
        {"least": ["1e999 kg"]}, {"goods": ["gold", ""]}, {"lang": ["de"]}, {"page": ["../etc"]}, {"by": [""]},
        {"refused": ["yes"]}, {"at": [""]},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_left_out(query: dict[str, list[str]]) -> None:
    assert read_link(query, INCIDENTS, FRONTIER) == View()


def test_a_whole_date_counts_as_its_month() -> None:
    view = read_link({"since": ["2020-03-17"], "until": ["2021-12-31"]}, INCIDENTS, FRONTIER)
    assert view.months == ("2020-03", "2021-12")


def test_other_data_drop_what_they_do_not_have(incidents: gpd.GeoDataFrame) -> None:
    few = incidents[incidents["agency"].eq("")]
    view = read_link({"agency": ["Russian FSB"], "goods": ["food"]}, few, FRONTIER)
    assert view.chosen == {"goods": ("food",)}


@pytest.mark.parametrize(
    ("old", "today"),
    [
        ({"q": ["falcon"]}, {"words": ["falcon"]}),
        ({"refused": ["1"]}, {"include_refused": ["1"]}),
        ({"least": ["100 kg"]}, {"min_quantity": ["100 kg"]}),
        ({"goods": ["tobacco,fuel"]}, {"goods": ["tobacco", "fuel"]}),
        ({"border": ["RU,AIR"]}, {"neighbour": ["RU", "AIR"]}),
        ({"since": ["2019"], "until": ["2021"]}, {"since": ["2019-01"], "until": ["2021-12"]}),
    ],
)
def test_a_link_of_the_page_and_an_old_one_are_read_and_written_as_today(
    old: dict[str, list[str]], today: dict[str, list[str]]
) -> None:
    view = read_link(old, INCIDENTS, FRONTIER)
    assert view == read_link(today, INCIDENTS, FRONTIER) != View()
    assert write_link(view) == {"lang": ["en"], **today}
    assert not unknown_in_link(old, INCIDENTS, FRONTIER)


def test_the_year_in_which_the_data_end_is_as_long_as_they_are() -> None:
    last = MONTHS[-1]
    assert not last.endswith("-12")
    assert read_link({"since": ["2019"], "until": [last[:4]]}, INCIDENTS, FRONTIER).months == ("2019-01", last)


def test_every_filter_of_the_command_line_has_the_name_that_it_has_in_a_link() -> None:
    fields = {field.name for field in dataclasses.fields(geo.Selection)}
    assert fields == {facet.field for facet in FACETS if facet.option}


def test_what_the_app_cannot_show_as_the_link_asks_is_told() -> None:
    query = {"since": ["2020-03-17"], "until": ["2021-12-31"], "undated": ["0"], "goods": ["gold"], "least": ["x"]}
    missed = unknown_in_link(query, INCIDENTS, FRONTIER)
    assert missed == ["goods=gold", "since=2020-03-17", "min_quantity=x", "undated=0"]
