"""What records say of how the border was crossed, and what is learned of it: known answers."""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array, vstack

import geo
from geo.estimate.estimating import clues_of, estimate_risk, learn_hyper, line_of, told_of
from geo.estimate.risk import Risk, aggregate
from geo.estimate.shares import by_side, outside_share
from geo.paths import data_path
from geo.vocabulary import CLUES

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.estimate.scale import Hyper

EMPTY = "RU-48"


@pytest.fixture(scope="module")
def hyper(located: geo.Located) -> Hyper:
    return learn_hyper(located)


@pytest.fixture(scope="module")
def chosen(located: geo.Located) -> geo.Located:
    return located.select(geo.Selection())


@pytest.fixture(scope="module")
def risk(chosen: geo.Located, hyper: Hyper) -> Risk:
    return estimate_risk(chosen, chosen.frontier, hyper=hyper)


def between(risk: Risk) -> np.ndarray:
    """Draws of the number of incidents between crossings in the period."""
    return risk.between @ risk.cells["exposure"].to_numpy()


def test_what_is_recorded_between_crossings_has_an_honest_interval(risk: Risk) -> None:
    low, middle, high = np.quantile(between(risk), [0.05, 0.5, 0.95])
    assert 4 < low < 11
    assert 11 < middle < 18
    assert 17 < high < 28


def test_means_add_up_to_the_records(risk: Risk, chosen: geo.Located) -> None:
    told = told_of(chosen, chosen.frontier, risk.period)
    number = risk.sites @ np.diag(line_of(chosen.frontier).exposure(told.years))
    assert number.sum(axis=1).mean() == pytest.approx(told.counts.sum(), rel=0.015)


def test_every_record_outside_has_all_its_weight_between(chosen: geo.Located, hyper: Hyper, risk: Risk) -> None:
    line, told = line_of(chosen.frontier), told_of(chosen, chosen.frontier, risk.period)
    only = replace(told, counts=told.counts * (np.array(CLUES) == "outside"))
    assert only.counts.sum() >= 10
    shared = only.records(line, hyper.emission).shared(np.ones(len(line.cell)))
    assert shared[line.at].sum() == 0
    assert shared.sum() == pytest.approx(only.counts.sum())
    assert not np.array(hyper.emission)[:3, CLUES.index("outside")].any()


def test_a_train_goes_to_the_rail(hyper: Hyper) -> None:
    train = np.array(hyper.emission)[:, CLUES.index("train")]
    assert train[0] / train[1] == pytest.approx(0.06, abs=0.03)


def test_no_stretch_claims_that_nothing_is_recorded(risk: Risk) -> None:
    table = aggregate(risk, by="segment")
    assert ((table["low90"] < 0.005) & (table["high90"] < 0.005)).sum() <= 5


def _with_more_outside(chosen: geo.Located, number: int) -> geo.Located:
    """As many more records that were outside a checkpoint on a stretch where none is."""
    cells = chosen.frontier.land_cells
    inside = cells.index[cells["segment"].eq(EMPTY)]
    first = chosen.incidents[chosen.incidents["date_start"].ge("2016")].iloc[[0] * number]
    more = first.assign(clue="outside", spread="kernel", cell=inside[0], placement=chosen.placements.shape[0])
    row = np.zeros((1, chosen.placements.shape[1]))
    row[0, chosen.frontier.cells.index.get_indexer(inside)] = 1 / len(inside)
    placements = csr_array(vstack([chosen.placements, csr_array(row)]))
    return geo.Located(pd.concat([chosen.incidents, more]), placements, chosen.frontier)


def test_records_outside_move_their_stretch_and_not_the_crossings(chosen: geo.Located, risk: Risk) -> None:
    more = estimate_risk(_with_more_outside(chosen, 10), chosen.frontier, period=risk.period)
    number = aggregate(more, by="segment").loc[EMPTY, ["low90", "estimate", "high90"]].to_numpy(float)
    number = number * more.cells.groupby(chosen.frontier.land_cells["segment"])["exposure"].sum()[EMPTY]
    assert 3 < number[0] < 7
    assert 7 < number[1] < 12
    assert 13 < number[2] < 20
    moved = np.log(aggregate(more, by="crossing")["estimate"] / aggregate(risk, by="crossing")["estimate"])
    assert abs(moved.mean()) < 0.08


def test_without_records_outside_the_interval_widens(chosen: geo.Located, hyper: Hyper, risk: Risk) -> None:
    outside = clues_of(chosen, chosen.frontier) == CLUES.index("outside")
    rest = estimate_risk(
        chosen.take(chosen.incidents.index[~outside]), chosen.frontier, hyper=hyper, period=risk.period
    )
    low, middle, high = np.quantile(between(rest), [0.05, 0.5, 0.95])
    full_low, full_middle, full_high = np.quantile(between(risk), [0.05, 0.5, 0.95])
    assert middle < full_middle / 4
    assert np.log(high / low) > 2 * np.log(full_high / full_low)


def test_the_share_outside_has_its_bounds(risk: Risk, chosen: geo.Located) -> None:
    table = outside_share(risk, chosen)
    assert list(table.index) == ["RU", "CN", "KG", "UZ", "TM", ""]
    assert (table["outside_low90"] < table["outside_share"]).all()
    assert (table["outside_share"] < table["outside_high90"]).all()
    whole = table.loc[""]
    assert 0.03 < whole["outside_low90"] < whole["outside_share"] < whole["outside_high90"] < 0.15
    assert 0.25 < whole["outside_if_silent_share"] < 0.45


def test_each_side_alone_gives_ranks_of_its_own(risk: Risk, chosen: geo.Located) -> None:
    table = by_side(chosen, risk.period)
    assert table["home_rank"].idxmin() == "KG"
    assert table["home_records"].sum() + table["neighbour_records"].sum() <= risk.cells["incidents"].sum() + 1e-9
    assert table.loc["RU", "home_rank"] > table.loc["RU", "neighbour_rank"]


def test_a_clue_follows_the_place_where_the_record_says_nothing(located: geo.Located) -> None:
    mute = replace(located, incidents=located.incidents.assign(clue=""))
    clue = np.array(CLUES)[clues_of(mute, mute.frontier)]
    land = located.incidents["border"].isin(["RU", "CN", "KG", "UZ", "TM"])
    assert (clue[land & located.incidents["spread"].eq("crossing")] == "named").all()
    assert (clue[~located.incidents["spread"].eq("crossing")] == "silent").all()


def test_every_clue_stands_on_words_of_its_record(incidents: gpd.GeoDataFrame) -> None:
    with data_path("clues.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    fields = ["title", "outcome", "concealment", "place_name", "support_note"]
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert row["clue"] in CLUES
        assert row["reviewed"] in ("yes", "no")
        assert (row["clue"] == "silent") == (row["words"] == "")
        if row["id"] in incidents.index:
            assert incidents.loc[row["id"], "clue"] == row["clue"]
            assert any(row["words"] in incidents.loc[row["id"], field] for field in fields), row["id"]
    on_land = incidents["neighbour"].isin(["RU", "CN", "KG", "UZ", "TM"]) & ~incidents["mode"].isin(["air", "post"])
    assert set(incidents.index[on_land]) <= {row["id"] for row in rows}
