"""A view as a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import geo
from geo.app.link import COLOURS, PAGES, View, read_link, values_of, write_link
from geo.incidents.months import months_of
from geo.summaries.grouping import KINDS
from geo.view import LANGUAGES

if TYPE_CHECKING:
    import geopandas as gpd

INCIDENTS = geo.read_incidents()
FRONTIER = geo.read_frontier()
KNOWN = values_of(INCIDENTS, FRONTIER)
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
        own=draw(st.booleans()),
    )


@given(views())
def test_a_link_gives_the_view_back(view: View) -> None:
    assert read_link(write_link(view), INCIDENTS, FRONTIER) == view


@given(st.dictionaries(st.sampled_from([*write_link(View()), *KNOWN, "since", "until", "least", "at", "by", "q", "page",
                                         "colour", "refused", "regions", "data"]),
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
