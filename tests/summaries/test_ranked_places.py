"""Crossings and the stretches between them in one ranked list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import geo
from geo.summaries.places import rank_places

if TYPE_CHECKING:
    import pandas as pd

SHOWN = {
    "name", "also", "neighbour", "value", "unit", "low90", "high90", "bound", "records", "rank_low90",
    "rank_high90", "of",
}  # fmt: skip


@pytest.fixture(scope="module")
def table(located: geo.Located) -> pd.DataFrame:
    chosen = located.select(geo.Selection())
    return rank_places(chosen, geo.estimate_risk(chosen, located.frontier, draws=200))


def test_every_site_of_crossings_and_every_segment_of_the_land_border_stands_once(
    table: pd.DataFrame, located: geo.Located
) -> None:
    land = located.frontier.land_cells
    assert set(table.columns) > SHOWN
    assert table.index.is_unique
    assert len(table) == (land["road"] | land["rail"]).sum() + land["segment"].nunique()
    assert not table[sorted(SHOWN)].isna().any(axis=None)
    assert table["km"].isna().equals(table["unit"].eq("a year"))


def test_the_highest_stand_first_whatever_their_unit(table: pd.DataFrame) -> None:
    assert table["value"].is_monotonic_decreasing
    assert set(table["unit"]) == {"a year", "per 100 km and year"}
    assert table.index[0] == "crossing:kayrak"
    assert table.iloc[0][["name", "also", "neighbour"]].tolist() == ["Kayrak", "Kayrak (rail)", "RU"]


def test_ranks_are_among_places_of_one_kind(table: pd.DataFrame, located: geo.Located) -> None:
    land = located.frontier.land_cells
    for unit, number in (
        ("a year", (land["road"] | land["rail"]).sum()),
        ("per 100 km and year", land["segment"].nunique()),
    ):
        own = table[table["unit"].eq(unit)]
        assert set(own["of"]) == {number}
        assert own["rank_low90"].min() == 1
        assert (own["rank_low90"] <= own["rank_high90"]).all()
        assert own["rank_high90"].max() <= number


def test_on_one_border_all_ranks_are_of_that_border(located: geo.Located) -> None:
    chosen = located.select(geo.Selection(neighbour="KG"))
    risk = geo.estimate_risk(chosen, located.frontier, draws=100)
    table = rank_places(chosen, risk, borders=["KG"])
    land = located.frontier.land_cells[located.frontier.land_cells["neighbour"].eq("KG")]
    assert set(table["neighbour"]) == {"KG"}
    assert set(table["of"]) == {(land["road"] | land["rail"]).sum(), land["segment"].nunique()}
    assert table["p_first"].sum() == pytest.approx(1)


def test_a_record_counts_once_at_most_and_only_where_it_is_for_certain(
    table: pd.DataFrame, located: geo.Located
) -> None:
    incidents = located.select(geo.Selection()).incidents
    dated = incidents["date_start"].ge("2015")
    dated &= incidents["border"].ne("CASPIAN")
    named = dated & incidents["spread"].eq("crossing") & incidents["clue"].ne("outside")
    at = table["unit"].eq("a year")
    assert table.loc[at, "records"].sum() == named.sum()
    assert 0 < table.loc[~at, "records"].sum() < (dated & ~named).sum()


def test_a_stretch_with_one_crossing_is_not_called_as_the_crossing(table: pd.DataFrame) -> None:
    at = table["unit"].eq("a year")
    assert table.loc["segment:KG-13", "name"] == "Near Sypatay Batyr"
    assert not set(table.loc[at, "name"]) & set(table.loc[~at, "name"])


def test_the_key_of_a_site_is_that_of_the_crossing_with_more_records(table: pd.DataFrame, located: geo.Located) -> None:
    incidents = located.select(geo.Selection()).incidents
    placed = incidents[incidents["spread"].eq("crossing") & incidents["date_start"].ge("2015")]
    counts = placed["crossing_id"].value_counts()
    crossings = located.frontier.crossings
    for place in table.index[table["unit"].eq("a year")]:
        key = place.removeprefix("crossing:")
        same = crossings.index[crossings["cell"].eq(crossings.loc[key, "cell"])]
        assert counts.get(key, 0) == max(counts.get(other, 0) for other in same)
