"""Cards compare a place with the others and say which records make its figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import geo
from geo.builtin import dataset
from geo.errors import UnknownValueError
from geo.language.figures import write_figure
from geo.summaries.cards import card_of, records_at, shares_of_places, split_figure
from geo.summaries.places import rank_places

if TYPE_CHECKING:
    from geo.estimate.risk import Risk


@pytest.fixture(scope="module")
def chosen() -> geo.Located:
    return dataset.place().select(geo.Selection())


@pytest.fixture(scope="module")
def risk(chosen: geo.Located) -> Risk:
    return geo.estimate_risk(chosen, chosen.frontier, hyper=dataset.learned(chosen), draws=200)


@given(st.floats(0.01, 500), st.floats(0, 50), st.floats(0, 50))
def test_the_parts_of_a_figure_add_up_as_they_are_written(value: float, certain: float, counted: float) -> None:
    here, could = split_figure(value, certain, counted)
    assert here + could == pytest.approx(float(write_figure(value)), abs=1e-9)
    assert here >= 0
    assert could >= 0


def test_every_dated_record_is_shared_out_once(chosen: geo.Located, risk: Risk) -> None:
    table = rank_places(chosen, risk)
    shares = shares_of_places(chosen, risk, table)
    dated = risk.cells["incidents"].sum()
    assert shares["certain"].sum() + shares["counted"].sum() == pytest.approx(dated, abs=0.1)
    assert (shares["could_km"][shares["could_records"] > 0] < 14_000).all()
    assert (shares["counted"] <= shares["could_records"] + 1e-9).all()


def test_a_card_tells_the_records_that_are_there_from_those_that_could_be(chosen: geo.Located, risk: Risk) -> None:
    card = card_of(chosen, risk, "crossing:zhaisan")
    here = chosen.incidents[records_at(chosen, "crossing:zhaisan")]
    assert card["records"] == len(here) == sum(card["goods"].values()) == sum(card["sides"].values())
    assert card["dated"] <= card["records"]
    assert card["here"] is not None
    assert card["could"] is not None
    assert card["here"] + card["could"] == pytest.approx(float(write_figure(card["value"])))
    assert card["could_records"] > 0
    assert card["mean"] is not None
    assert 0 < card["mean"] < card["value"]


def test_quantities_are_totalled_over_records_placed_there(chosen: geo.Located, risk: Risk) -> None:
    for place in ("crossing:kayrak", "crossing:syrym"):
        card, here = card_of(chosen, risk, place), chosen.incidents[records_at(chosen, place)]
        for goods, unit, amount in card["quantities"]:
            own = here[here["goods"].eq(goods) & here["unit"].eq(unit)]
            assert amount == pytest.approx(own["quantity"].sum())


def test_both_crossings_of_a_cell_have_the_one_card(chosen: geo.Located, risk: Risk) -> None:
    assert card_of(chosen, risk, "crossing:rail-kayrak") == card_of(chosen, risk, "crossing:kayrak")


def test_every_crossing_of_the_land_border_has_a_card_figure(chosen: geo.Located, risk: Risk) -> None:
    crossings = chosen.frontier.crossings
    land = crossings[crossings["cell"].isin(chosen.frontier.land_cells.index)]
    table = rank_places(chosen, risk)
    cells = {crossings.loc[key.partition(":")[2], "cell"] for key in table.index if key.startswith("crossing:")}
    assert set(land["cell"]) == cells


def test_a_stretch_without_a_record_says_so_and_has_its_border_beside_it(chosen: geo.Located, risk: Risk) -> None:
    card = card_of(chosen, risk, "segment:RU-48")
    assert (card["records"], card["here"], card["mean"]) == (0, None, None)
    assert card["counted"] > 0
    assert card["could_km"] > 100
    low, value, high = np.array(card["line"])[[1, 0, 2]]
    assert low < value < high


def test_a_place_that_is_none_is_refused(chosen: geo.Located, risk: Risk) -> None:
    with pytest.raises(UnknownValueError, match="place"):
        card_of(chosen, risk, "crossing:nowhere")
