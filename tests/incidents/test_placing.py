"""Where incidents are placed: the rules, and the four records that the project began with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from products import examples

import geo
from geo.geometry.lines import LineIndex
from geo.vocabulary import GOODS

if TYPE_CHECKING:
    import geopandas as gpd

WEIGHED = ["crossing", "kernel", "region", "border"]


def changed(incidents: gpd.GeoDataFrame, incident: str, **fields: object) -> gpd.GeoDataFrame:
    """One incident of the built-in ones, with other fields."""
    one = incidents.loc[[incident]].copy()
    for name, value in fields.items():
        one[name] = value
    return one


def test_weights_sum_to_one_or_to_nothing(located: geo.Located) -> None:
    total = located.weights.sum(axis=1)
    placed = located.incidents["border"].isin(located.frontier.borders.index)
    assert total[placed] == pytest.approx(1)
    assert total[~placed] == pytest.approx(0)
    assert set(located.incidents.loc[placed, "spread"]) == set(WEIGHED)
    assert set(located.incidents.loc[~placed, "spread"]) == {"none"}


def test_only_the_stated_border_is_weighed(located: geo.Located) -> None:
    neighbour = located.frontier.cells["neighbour"].to_numpy()
    row, cell = located.weights.nonzero()
    assert (neighbour[cell] == located.incidents["border"].to_numpy()[row]).all()


def test_the_likeliest_cell_is_that_of_the_largest_weight(located: geo.Located) -> None:
    weights = located.weights
    for i, row in enumerate(located.incidents[["cell", "segment", "weight", "spread"]].itertuples(index=False)):
        if row.spread in ("crossing", "kernel"):
            at = located.frontier.cells.index.get_loc(row.cell)
            assert row.weight == pytest.approx(weights[[i]].max())
            assert weights[[i]].toarray()[0, at] == pytest.approx(row.weight)
            assert row.segment == located.frontier.cells.loc[row.cell, "segment"]
        else:
            assert row.cell == row.segment == ""


def test_a_crossing_with_a_small_radius_is_its_own_cell(located: geo.Located) -> None:
    kayrak = located.incidents[located.incidents["crossing_id"].eq("kayrak")]
    exact = kayrak[kayrak["location_radius_km"].le(10) & kayrak["location_precision"].eq("crossing")]
    assert len(exact) > 5
    assert set(exact["cell"]) == {located.frontier.crossings.loc["kayrak", "cell"]}
    assert set(exact["weight"]) == {1.0}


def test_a_vague_crossing_spreads(incidents: gpd.GeoDataFrame, frontier: geo.Frontier) -> None:
    kayrak = incidents.index[incidents["crossing_id"].eq("kayrak") & ~incidents.geometry.isna()][0]
    vague = geo.locate(changed(incidents, kayrak, location_precision="crossing", location_radius_km=40.0), frontier)
    assert vague.incidents["spread"].item() == "kernel"
    assert vague.incidents["weight"].item() < 0.3


def test_kernel_follows_its_formula(located: geo.Located) -> None:
    tunnel = located.incidents.loc["2024-07-saryagash-tunnel-medicines"]
    cells = located.frontier.cells[located.frontier.cells["neighbour"].eq("UZ")]
    gap = LineIndex(list(cells.geometry)).distances(tunnel.geometry.x, tunnel.geometry.y)[0]
    weight = np.exp(-0.5 * ((gap - gap.min()) / max(tunnel["location_radius_km"], gap.min())) ** 2)
    found = located.take(pd.Index([tunnel.name])).weights.toarray()[0]
    assert found[located.frontier.cells["neighbour"].eq("UZ")] == pytest.approx(weight / weight.sum(), abs=1e-6)


def test_a_cut_off_leaves_the_weights_as_they_are_by_distances_to_every_cell(
    located: geo.Located, frontier: geo.Frontier
) -> None:
    kernel = located.incidents[located.incidents["spread"].eq("kernel")]
    inland = kernel.head(1).assign(geometry=shapely.Point(66.9, 48.0), neighbour="CN", clue="silent")
    some = geo.locate(pd.concat([kernel, inland.set_axis(["inland"])]), frontier)
    for name, row in some.incidents.iterrows():
        own = frontier.cells["neighbour"].eq(row["border"]).to_numpy()
        gap = LineIndex(list(frontier.cells.geometry[own])).distances(row.geometry.x, row.geometry.y)[0]
        weight = np.exp(-0.5 * ((gap - gap.min()) / max(row["location_radius_km"], gap.min(), 1.0)) ** 2)
        found = some.take(pd.Index([name])).weights.toarray()[0]
        # A cell that is cut has less than a millionth of the likeliest one's weight.
        assert found[own] == pytest.approx(weight / weight.sum(), abs=1.5e-6)
        assert found[~own].sum() == 0


def test_the_tunnel_stays_on_the_border_and_in_the_region_that_are_stated(located: geo.Located) -> None:
    tunnel = located.incidents.loc["2024-07-saryagash-tunnel-medicines"]
    assert (tunnel["border"], tunnel["region_code"]) == ("UZ", "KZ-61")
    assert located.frontier.region_at(tunnel.geometry.x, tunnel.geometry.y)[0] == "KZ-61"  # within 5 km of it
    assert not located.frontier.regions.contains(tunnel.geometry).any()  # the point itself lies in Uzbekistan
    assert tunnel["weight"] < 0.5


def test_the_cigarettes_spread_over_west_kazakhstans_stretch(located: geo.Located) -> None:
    weights = located.take(pd.Index(["seed-wko-cigarettes-336k"])).weights.toarray()[0]
    cells = located.frontier.cells
    stretch = (cells["neighbour"].eq("RU") & cells["region_code"].eq("KZ-27")).to_numpy()
    assert weights[stretch] == pytest.approx(1 / stretch.sum(), rel=1e-6)
    assert weights[~stretch].sum() == 0
    assert stretch.sum() > 100


def test_the_falcons_spread_over_the_whole_kyrgyz_line(located: geo.Located) -> None:
    weights = located.take(pd.Index(["seed-kg-falcons-car-upholstery"])).weights.toarray()[0]
    line = located.frontier.cells["neighbour"].eq("KG").to_numpy()
    assert weights[line] == pytest.approx(1 / line.sum())
    assert weights[~line].sum() == 0


def test_the_diamonds_came_by_post(located: geo.Located) -> None:
    diamonds = located.incidents.loc["seed-usa-diamonds-toys-parcel"]
    assert (diamonds["border"], diamonds["spread"], diamonds["placement"]) == ("POST", "none", -1)


def test_a_region_without_a_stretch_on_that_border_is_flagged(located: geo.Located) -> None:
    flagged = located.incidents[located.incidents["region_flag"]]
    assert len(flagged) > 0
    assert set(flagged["spread"]) == {"border"}
    pairs = set(zip(located.frontier.cells["neighbour"], located.frontier.cells["region_code"], strict=True))
    assert not set(zip(flagged["border"], flagged["region_code"], strict=True)) & pairs


def test_regions_fill_in_from_the_place_only(located: geo.Located, incidents: gpd.GeoDataFrame) -> None:
    stated = incidents["region_code"].ne("")
    assert (located.incidents.loc[stated, "region_code"] == incidents.loc[stated, "region_code"]).all()
    filled = located.incidents[~stated & located.incidents["region_code"].ne("")]
    assert filled["location_precision"].isin(["crossing", "locality", "district"]).all()


@settings(max_examples=examples(30))
@given(
    goods=st.sets(st.sampled_from(GOODS)),
    refused=st.booleans(),
    since=st.none() | st.dates(pd.Timestamp("2010-01-01").date(), pd.Timestamp("2025-01-01").date()),
)
def test_expected_counts_conserve_incidents(
    located: geo.Located, goods: set[str], refused: bool, since: object
) -> None:
    chosen = geo.select(
        located.incidents, geo.Selection(goods=tuple(sorted(goods)), include_refused=refused, since=since)
    )
    some = located.take(chosen.index)
    on_line = some.incidents["border"].isin(located.frontier.borders.index).sum()
    assert some.per_cell().sum() == pytest.approx(on_line)


def test_order_and_other_rows_do_not_matter(incidents: gpd.GeoDataFrame, frontier: geo.Frontier) -> None:
    some = incidents.sample(40, random_state=3)
    apart = geo.locate(some, frontier)
    together = geo.locate(incidents, frontier).take(some.index)
    assert abs(apart.weights - together.weights).max() < 1e-12
    assert list(apart.incidents.index) == list(some.index)


def test_no_incidents(incidents: gpd.GeoDataFrame, frontier: geo.Frontier) -> None:
    nothing = geo.locate(incidents.iloc[:0], frontier)
    assert nothing.weights.shape == (0, len(frontier.cells))
    assert nothing.per_cell().sum() == 0


def test_other_coordinates_are_refused(incidents: gpd.GeoDataFrame, frontier: geo.Frontier) -> None:
    with pytest.raises(ValueError, match="longitude and latitude"):
        geo.locate(incidents.to_crs(3857), frontier)
