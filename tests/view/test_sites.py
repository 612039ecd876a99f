"""Where each record is shown."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import geo
from geo.view import choose_place, make_atlas
from geo.view.figure.content import gather
from geo.view.sites import families_of, feet_of, kinds_of, sites_of
from geo.vocabulary import FAMILIES


def test_every_record_that_a_mark_shows_has_a_site_of_its_kind(located: geo.Located) -> None:
    sites = sites_of(located)
    shown = sites.of >= 0
    assert sites.kind.isin(["none", "nearest"]).to_numpy().tolist() == (~shown).tolist()
    assert sites.table["kind"].to_numpy()[sites.of[shown]].tolist() == sites.kind[shown].tolist()
    assert sites.table.index.is_unique
    assert sites.table.index.is_monotonic_increasing


def test_a_site_stands_where_its_record_does(located: geo.Located) -> None:
    sites, feet = sites_of(located), feet_of(located.frontier)
    towns = sites.kind.eq("town").to_numpy()
    point = located.incidents.geometry[towns]
    table = sites.table.iloc[sites.of[towns]]
    np.testing.assert_allclose(table["lon"], point.x, atol=5e-5)
    at_crossing = sites.table[sites.table["kind"].eq("crossing")]
    np.testing.assert_array_equal(at_crossing[["lon", "lat"]], feet.loc[at_crossing["crossing_id"]])
    assert (sites.table.loc[sites.table["kind"].eq("region"), "lon"].isna()).all()


def test_the_figure_the_keys_and_the_atlas_have_the_same_sites(located: geo.Located, frontier: geo.Frontier) -> None:
    sites = sites_of(located)
    atlas = make_atlas(located, frontier)
    assert [site["key"] for site in atlas.data["sites"]] == sites.table.index.tolist()
    assert atlas.data["records"]["site"] == sites.of.tolist()
    drawn = {place.key: place.n for place in gather(located)}
    for key, n in drawn.items():
        chosen = choose_place(located, [key])
        assert chosen is not None
        kind = key.partition(":")[0]
        assert len(chosen["ids"]) == n if kind in {"town", "district"} else len(chosen["ids"]) >= n


def test_a_region_is_shown_along_the_cells_that_carry_its_records(located: geo.Located, frontier: geo.Frontier) -> None:
    atlas = make_atlas(located, frontier)
    weights = located.weights.toarray()
    regions = [i for i, kind in enumerate(sites_of(located).kind) if kind == "region"]
    assert regions
    for i in regions:
        ends = atlas.data["sites"][atlas.data["records"]["site"][i]]["cells"]
        cells = [c for first, last in zip(ends[::2], ends[1::2], strict=True) for c in range(first, last)]
        assert cells == np.flatnonzero(weights[i]).tolist()


def test_a_register_is_near_a_border_and_at_no_site(located: geo.Located) -> None:
    near = geo.Located(located.incidents.assign(spread="nearest", location_precision="border"), located.placements,
                       located.frontier)  # fmt: skip
    off = near.incidents["border"].isin(["AIR", "POST"])
    assert kinds_of(near)[~off].eq("nearest").all()


@pytest.mark.parametrize(("goods", "letter"), [("tobacco", "T"), ("food", "F"), ("gold dust", "O")])
def test_goods_belong_to_a_family_and_unknown_ones_to_the_last(goods: str, letter: str) -> None:
    at = families_of(pd.Series([goods]))
    assert FAMILIES[at[0]].letter == letter
