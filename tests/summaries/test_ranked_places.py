"""Crossings and the stretches between them in one ranked list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import geo
from geo.summaries.places import rank_places

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ["name", "neighbour", "value", "figure_unit", "low90", "high90", "records", "rank_low90", "rank_high90"]


@pytest.fixture(scope="module")
def table(located: geo.Located) -> pd.DataFrame:
    chosen = located.select(geo.Selection())
    return rank_places(chosen, geo.estimate_risk(chosen, located.frontier, draws=200))


def test_every_site_of_crossings_and_every_segment_of_the_land_border_stands_once(
    table: pd.DataFrame, located: geo.Located
) -> None:
    land = located.frontier.land_cells
    assert list(table.columns) == COLUMNS
    assert table.index.is_unique
    assert len(table) == (land["road"] | land["rail"]).sum() + land["segment"].nunique()
    assert not table.isna().any(axis=None)


def test_the_highest_stand_first_whatever_their_unit(table: pd.DataFrame) -> None:
    assert table["value"].is_monotonic_decreasing
    assert set(table["figure_unit"]) == {"a year", "per 100 km and year"}
    assert table.index[0] == "kayrak"
    assert table.iloc[0][["name", "neighbour"]].tolist() == ["Kayrak and Kayrak (rail)", "RU"]


def test_the_key_of_a_site_is_that_of_the_crossing_with_more_records(table: pd.DataFrame, located: geo.Located) -> None:
    incidents = located.select(geo.Selection()).incidents
    placed = incidents[incidents["spread"].eq("crossing") & incidents["date_start"].ge("2015")]
    counts = placed["crossing_id"].value_counts()
    crossings = located.frontier.crossings
    for key in table.index[table["figure_unit"].eq("a year")]:
        same = crossings.index[crossings["cell"].eq(crossings.loc[key, "cell"])]
        assert counts.get(key, 0) == max(counts.get(other, 0) for other in same)
