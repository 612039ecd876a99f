"""Known answers of an estimate's tables: from draws that are given, on a border that can be counted on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.stats import beta, gamma
from small_border import FRONTIER, LENGTH, place

from geo.estimate.estimating import (
    _near_record,
    _period,
    _risk,
    clues_of,
    estimate_risk,
    estimate_selection,
    goods_share,
    learn_hyper,
    line_of,
    share_draws,
    told_of,
)
from geo.estimate.risk import Risk, aggregate, among_highest, interval, rank_sites, stretches
from geo.estimate.scale import Hyper, Scale
from geo.estimate.shares import by_side, outside_share
from geo.incidents.selection import Selection
from geo.vocabulary import CLUES

if TYPE_CHECKING:
    import pandas as pd

PERIOD = (date(2015, 1, 1), date(2024, 12, 31))
YEARS = 3653 / 365.25
TOLD = (
    (0.6, 0.0, 0.02, 0.11, 0.27), (0.42, 0.0, 0.46, 0.07, 0.05), (0.5, 0.0, 0.03, 0.07, 0.4),
    (0.0, 0.76, 0.01, 0.05, 0.18),
)  # fmt: skip
HYPER = Hyper((Scale(60.0, 1.0, 1.2), Scale(30.0, 1.5, 1.2)), TOLD)
AT = [2, 5, 8]


@pytest.fixture
def rates() -> np.ndarray:
    """Draws of eleven cells and three sites of crossings, all different, in no order."""
    return np.random.default_rng(6).gamma(0.7, 1.0, (41, 14)) + 1e-3


@pytest.fixture
def risk(rates: np.ndarray) -> Risk:
    return _risk(place([("2020-01-05", {2: 1.0}, {})]), FRONTIER, PERIOD, HYPER, rates)


# -- Tables from draws ----------------------------------------------------------------------------


def check(table: pd.DataFrame, draws: np.ndarray) -> None:
    """Each figure of a table of ranked columns, worked out one by one."""
    for name, share in {"low90": 0.05, "low50": 0.25, "estimate": 0.5, "high50": 0.75, "high90": 0.95}.items():
        assert table[name].to_numpy() == pytest.approx(np.quantile(draws, share, axis=0), rel=1e-6)
    assert table["mean"].to_numpy() == pytest.approx(draws.mean(axis=0))
    ranks = np.array([[1 + (row > one).sum() for one in row] for row in draws])
    for name, share in {"rank_low90": 0.05, "rank": 0.5, "rank_high90": 0.95}.items():
        wanted = [sorted(column)[int(np.ceil(share * len(column))) - 1] for column in ranks.T]
        assert table[name].tolist() == wanted
    assert table["p_highest"].to_numpy() == pytest.approx((ranks == 1).mean(axis=0))
    assert table["p_top5"].to_numpy() == pytest.approx((ranks <= 5).mean(axis=0))


@pytest.mark.parametrize(("by", "column"), [("border", "neighbour"), ("segment", "segment"), ("region", "region_code")])
def test_a_stretch_has_the_rate_of_its_length_and_of_its_crossings(
    risk: Risk, rates: np.ndarray, by: str, column: str
) -> None:
    land = FRONTIER.land_cells
    names = list(dict.fromkeys(land[column]))
    parts = []
    for name in names:
        own = land[column].eq(name).to_numpy()
        length = LENGTH[own].sum() / 100
        between = rates[:, :11][:, own] @ LENGTH[own] / LENGTH[own].sum()
        at = rates[:, 11:][:, own[AT]].sum(axis=1)
        parts.append((between + at / length, at, between))
    whole, at, between = (np.column_stack(part) for part in zip(*parts, strict=True))
    index, *drawn = stretches(risk, column)
    assert list(index) == names
    for one, two in zip(drawn, (whole, at, between), strict=True):
        assert one == pytest.approx(two)
    table = aggregate(risk, by=by)
    kept = [name != "" for name in names]
    assert list(table.index) == [name for name in names if name]
    assert (table["figure_unit"] == "per 100 km and year").all()
    assert (table["per_100km_year"] == table["estimate"]).all()
    everything = table.reindex(names)
    if all(kept):
        check(table, whole)
    for name, part, draws in (("at_per_year", "at", at), ("between_per_100km_year", "between", between)):
        for column_name, share in ((name, 0.5), (f"{part}_low90", 0.05), (f"{part}_high90", 0.95)):
            wanted = np.where(draws.any(axis=0), np.quantile(draws, share, axis=0), np.nan)[kept]
            assert everything[column_name].to_numpy()[kept] == pytest.approx(wanted, nan_ok=True, rel=1e-6)
    assert list(table.columns) == [
        "estimate", "low90", "high90", "low50", "high50", "mean", "figure_unit", "p_highest", "p_top5", "rank",
        "rank_low90", "rank_high90", "per_100km_year", "at_per_year", "at_low90", "at_high90",
        "between_per_100km_year", "between_low90", "between_high90",
    ]  # fmt: skip


def test_a_stretch_without_a_crossing_has_no_figure_of_one(risk: Risk) -> None:
    none = _risk(place([("2020", {2: 1.0}, {})]), FRONTIER, PERIOD, HYPER, np.c_[np.ones((4, 11)), np.zeros((4, 3))])
    table = aggregate(none, by="segment")
    assert table[["at_per_year", "at_low90", "at_high90"]].isna().all(axis=None)
    assert not table[["between_per_100km_year", "between_low90"]].isna().any(axis=None)
    assert not aggregate(risk, by="segment")["at_per_year"].isna().any()


def test_crossings_of_one_cell_share_its_figure(risk: Risk, rates: np.ndarray) -> None:
    table = aggregate(risk, by="crossing")
    assert list(table.index) == ["bridge", "road", "rails", "gate"]
    check(table.loc[["road", "gate", "bridge"]], rates[:, 11:])
    assert table.loc["road"].equals(table.loc["rails"].rename("road"))
    assert (table["figure_unit"] == "a year").all()
    assert (table["at_per_year"] == table["estimate"]).all()


def test_places_stand_by_their_figure_and_are_ranked_among_their_kind(risk: Risk, rates: np.ndarray) -> None:
    between = stretches(risk, "segment")[3]
    keys = np.array(["road", "gate", "bridge", "A-I", "A-II", "B-I"])
    draws = np.column_stack([rates[:, 11:], between])
    order = np.argsort(-np.quantile(draws, 0.5, axis=0))
    table = aggregate(risk, by="place")
    assert table.index.tolist() == keys[order].tolist()
    assert table.index.name == "key"
    for own, unit in ((slice(0, 3), "a year"), (slice(3, 6), "per 100 km and year")):
        part = table.loc[keys[own]]
        assert (part["figure_unit"] == unit).all()
        check(part.assign(p_highest=among_highest(draws[:, own], 1), p_top5=1.0), draws[:, own])
    everything = draws[:, order]
    ranks = (-everything).argsort(axis=1).argsort(axis=1)
    assert table["p_highest"].to_numpy() == pytest.approx((ranks == 0).mean(axis=0))
    assert table["p_top5"].to_numpy() == pytest.approx((ranks < 5).mean(axis=0))
    ahead = [(everything[:, at] > everything[:, at + 1]).mean() for at in range(5)]
    assert table["p_above_next"].to_numpy() == pytest.approx([*ahead, 1.0])


def test_places_of_some_borders_are_ranked_among_themselves(risk: Risk, rates: np.ndarray) -> None:
    table = rank_sites(risk, ["B"])
    assert sorted(table.index) == ["B-I", "bridge"]
    assert table["rank"].tolist() == [1, 1]
    assert table.loc["bridge", "mean"] == pytest.approx(rates[:, 13].mean())
    assert sorted(rank_sites(risk, ["A"]).index) == ["A-I", "A-II", "gate", "road"]


@pytest.mark.parametrize("number", [1, 2, 5, 6])
def test_the_highest_are_counted_in_each_draw(rates: np.ndarray, number: int) -> None:
    for columns in (3, 5, 6, 14):
        some = rates[:, :columns]
        wanted = [np.mean([(row > row[at]).sum() < number for row in some]) for at in range(columns)]
        assert among_highest(some, number) == pytest.approx(wanted)


@pytest.mark.parametrize("draws", [1, 2, 3, 20, 41, 100])
def test_ends_of_intervals_lie_between_the_draws_as_quantiles_do(draws: int) -> None:
    drawn = np.random.default_rng(draws).normal(size=(draws, 5))
    ends = interval(drawn)
    for name, share in {"low90": 0.05, "low50": 0.25, "estimate": 0.5, "high50": 0.75, "high90": 0.95}.items():
        assert ends[name] == pytest.approx(np.quantile(drawn, share, axis=0), rel=1e-5, abs=1e-6)


def test_cells_have_the_figures_of_their_draws(risk: Risk, rates: np.ndarray) -> None:
    whole = rates[:, :11].copy()
    whole[:, AT] += rates[:, 11:] / (LENGTH[AT] / 100)
    assert risk.draws == pytest.approx(whole)
    assert (risk.between == rates[:, :11]).all()
    assert (risk.at == rates[:, 11:]).all()
    for name, share in {"low90": 0.05, "low50": 0.25, "per_100km_year": 0.5, "high50": 0.75, "high90": 0.95}.items():
        assert risk.cells[name].to_numpy() == pytest.approx(np.quantile(whole, share, axis=0), rel=1e-6)
    assert risk.cells["mean_per_100km_year"].to_numpy() == pytest.approx(whole.mean(axis=0))
    assert risk.cells["p_top"].to_numpy() == pytest.approx(among_highest(whole, 5))
    assert risk.cells["exposure"].to_numpy() == pytest.approx(LENGTH / 100 * YEARS)
    assert risk.cells["at_crossing"].to_numpy().nonzero()[0].tolist() == AT
    assert risk.cells["incidents"].tolist() == [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]
    assert list(risk.cells.columns) == [
        "incidents", "exposure", "at_crossing", "near_record", "per_100km_year", "low90", "high90", "low50", "high50",
        "mean_per_100km_year", "p_top",
    ]  # fmt: skip


def test_an_estimate_is_shown_with_its_borders_and_three_decimals(risk: Risk) -> None:
    assert repr(risk) == "Risk(11 cells, 1 incidents, 2015-01-01 to 2024-12-31)"
    html = risk._repr_html_()
    assert "recorded interceptions, not flows" in html
    for name in ("estimate", "low90", "high90"):
        for border in ("A", "B"):
            value = aggregate(risk).loc[border, name]
            assert f">{round(value, 3)}<" in html
            assert f"{value:.5f}" not in html


# -- What is counted ------------------------------------------------------------------------------


def test_records_count_by_placement_and_clue_when_their_whole_span_lies_in_the_period() -> None:
    located = place(
        [
            ("2015-01-01", {2: 1.0}, {"clue": "train"}),
            ("2024", {4: 0.5, 5: 0.5}, {"clue": "outside"}),
            ("2014-12-31", {3: 1.0}, {}),
            ("2025-01-01", {3: 1.0}, {}),
            ("", {3: 1.0}, {}),
            ("2020-05", {11: 1.0}, {}),
            ("2020-06", {}, {}),
            ("2020-07", {7: 0.25, 8: 0.75}, {"clue": "nonsense", "rows": 3.0}),
        ],
        "rows",
    )
    told = told_of(located, FRONTIER, PERIOD)
    assert told.years == pytest.approx(YEARS)
    assert told.counts.sum(axis=0).tolist() == [1, 1, 0, 0, 3]
    assert told.counts.tolist() == [[1, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, 0, 0, 3]]
    wanted = np.zeros((3, 11))
    wanted[0, 2], wanted[1, [4, 5]], wanted[2, [7, 8]] = 1.0, 0.5, [0.25, 0.75]
    assert told.weights.toarray() == pytest.approx(wanted)


def test_a_clue_is_what_the_record_says_unless_its_place_is_a_crossing_for_certain() -> None:
    cases = [
        ({2: 1.0}, "", "named"), ({2: 1.0}, "train", "named"), ({2: 1.0}, "outside", "outside"),
        ({2: 1.0}, "silent", "named"), ({3: 1.0}, "train", "train"), ({3: 1.0}, "named", "checkpoint"),
        ({2: 0.5, 3: 0.5}, "named", "checkpoint"), ({2: 0.5, 3: 0.5}, "silent", "silent"),
        ({8: 1.0}, "checkpoint", "named"), ({11: 1.0}, "", "silent"), ({2: 0.5, 3: 0.5}, "outside", "outside"),
    ]  # fmt: skip
    located = place([("2020", cells, {"clue": clue}) for cells, clue, _ in cases])
    assert [CLUES[one] for one in clues_of(located, FRONTIER)] == [wanted for _, _, wanted in cases]
    del located.incidents["clue"]
    mute = ["named" if len(cells) == 1 and 3 not in cells and 11 not in cells else "silent" for cells, _, _ in cases]
    assert [CLUES[one] for one in clues_of(located, FRONTIER)] == mute


def test_a_record_is_near_within_25_km_of_the_middles_whatever_the_lengths() -> None:
    middle = LENGTH.cumsum() - LENGTH / 2
    for cell in range(11):
        near = _near_record(place([("", {cell: 1.0}, {})]), FRONTIER)
        assert near.tolist() == (np.abs(middle - middle[cell]) <= 25.0).tolist()


def test_a_period_is_what_is_asked_for_or_that_of_rates() -> None:
    located = place([("2019-03-05", {2: 1.0}, {})])
    assert _period(located, None) == (date(2019, 1, 1), date(2019, 3, 5))
    assert _period(located, ("2016-02-03", date(2018, 1, 1))) == (date(2016, 2, 3), date(2018, 1, 1))
    assert _period(located, (None, "2018-06-01")) == (date(2018, 1, 1), date(2018, 6, 1))


# -- Shares ---------------------------------------------------------------------------------------


def test_a_share_of_goods_has_the_mean_and_variance_of_its_beta_distribution() -> None:
    every, some = np.array([12.0, 40.0, 3.0]), np.array([9.0, 0.0, 3.5])
    drawn = share_draws(0.2, every, some, 20_000, np.random.default_rng(0))
    first, second = 6.0 + some, 24.0 + np.maximum(every - some, 0)
    assert drawn.mean(axis=0) == pytest.approx(first / (first + second), rel=0.02)
    wanted = first * second / (first + second) ** 2 / (first + second + 1)
    assert drawn.var(axis=0) == pytest.approx(wanted, rel=0.05)


def test_sites_without_a_record_share_one_sample_that_begins_seven_places_on() -> None:
    drawn = share_draws(0.2, np.array([0.0, 5.0, 0.01, 0.0101, 0.0]), np.zeros(5), 100, np.random.default_rng(0))
    assert drawn.shape == (100, 5)
    assert (drawn[7 * 2 :, 0] == drawn[: -7 * 2, 2]).all()
    assert (drawn[7 * 4 :, 0] == drawn[: -7 * 4, 4]).all()
    assert (drawn[: 7 * 4, 0] == drawn[-7 * 4 :, 4]).all()  # what is over begins anew
    assert not np.isin(drawn[:, 3], drawn[:, 0]).any()
    assert drawn[:, 0].mean() == pytest.approx(0.2, abs=0.03)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_no_goods_and_all_goods_have_shares_without_doubt(share: float) -> None:
    assert (share_draws(share, np.ones(3), np.ones(3), 4, np.random.default_rng(0)) == share).all()


def test_the_estimate_of_goods_is_that_of_all_times_their_share(rates: np.ndarray) -> None:
    whole = place(
        [
            *[("2020-01-05", {2: 1.0}, {"goods": "drugs"})] * 3, *[("2020-01-05", {2: 1.0}, {})] * 5,
            ("2020-02-01", {4: 0.5, 5: 0.5}, {"goods": "drugs"}), ("2021-02-01", {9: 0.5, 10: 0.5}, {}),
            ("", {9: 1.0}, {"goods": "drugs"}),
        ]
    )  # fmt: skip
    part = whole.take(whole.incidents.index[whole.incidents["goods"].eq("drugs")])
    risk = _risk(whole, FRONTIER, PERIOD, HYPER, rates)
    line, mean = line_of(FRONTIER), rates.mean(axis=0) * line_of(FRONTIER).exposure(YEARS)
    every, some = (told_of(one, FRONTIER, PERIOD).records(line, HYPER.emission).shared(mean) for one in (whole, part))
    assert (every.sum(), some.sum()) == (pytest.approx(10), pytest.approx(4))
    wanted = share_draws(0.4, every, some, len(rates), np.random.default_rng(0)) * rates
    scaled = goods_share(risk, whole, part)
    assert scaled.sites == pytest.approx(wanted)
    assert scaled.cells["incidents"].sum() == pytest.approx(4)
    assert scaled.period == PERIOD
    assert scaled.hyper == HYPER
    assert (
        goods_share(risk, part.take(part.incidents.index[:0]), part.take(part.incidents.index[:0])).sites == 0
    ).all()
    assert (goods_share(risk, whole, part, seed=1).sites != scaled.sites).any()


def test_the_share_outside_is_counted_per_border_and_in_all(rates: np.ndarray) -> None:
    located = place(
        [
            *[("2020-01-05", {2: 0.6, 3: 0.4}, {"clue": "silent"})] * 4, ("2020-01-05", {2: 1.0}, {}),
            *[("2020-02-01", {4: 1.0}, {"clue": "outside"})] * 2, ("2021-02-01", {8: 0.5, 9: 0.5}, {"clue": "train"}),
        ]
    )  # fmt: skip
    risk = _risk(located, FRONTIER, PERIOD, HYPER, rates)
    table = outside_share(risk, located)
    assert list(table.index) == ["A", "B", ""]
    assert list(table.columns) == ["outside_share", "outside_low90", "outside_high90", "outside_if_silent_share"]
    line = line_of(FRONTIER)
    number = rates * line.exposure(YEARS)
    emission = np.array(HYPER.emission)
    # What the silent records put at the crossing of both kinds, beside the cells that they may lie in.
    silent = CLUES.index("silent")
    chance = np.zeros(14)
    chance[[2, 3]] = np.array([0.6, 0.4]) * emission[3, silent]
    chance[11] = 0.6 * emission[2, silent]
    chance *= number.mean(axis=0)
    lent = 4 * chance[11] / chance.sum()
    for name, cells, sites, more in (
        ("A", slice(0, 7), [11, 12], lent),
        ("B", slice(7, 11), [13], 0.0),
        ("", slice(0, 11), [11, 12, 13], lent),
    ):
        between = number[:, cells].sum(axis=1)
        total = between + number[:, sites].sum(axis=1)
        row = table.loc[name]
        for column, share in (("outside_share", 0.5), ("outside_low90", 0.05), ("outside_high90", 0.95)):
            assert row[column] == pytest.approx(np.quantile(between / total, share), rel=1e-5)
        assert row["outside_if_silent_share"] == pytest.approx(
            min(1.0, (between.mean() + more) / total.mean()), rel=1e-5
        )
    assert outside_share(risk, located).equals(table)


def sides(home: dict[int, int], neighbour: dict[int, int]) -> Any:
    rows = [
        ("2020-01-05", {cell: 1.0}, {"recording_side": "home"}) for cell, number in home.items() for _ in range(number)
    ]
    rows += [
        ("2020", {cell: 1.0}, {"recording_side": "neighbour"})
        for cell, number in neighbour.items()
        for _ in range(number)
    ]
    rows += [("2014", {1: 1.0}, {}), ("", {1: 1.0}, {}), ("2020", {1: 1.0}, {"recording_side": "both"})]
    return place(rows)


def test_each_sides_records_alone_give_a_rate_with_jeffreys_interval_and_a_rank() -> None:
    table = by_side(sides({2: 30, 8: 4}, {5: 2, 9: 25}), PERIOD)
    assert list(table.index) == ["A", "B"]
    exposure = np.array([70.0, 40.0]) / 100 * YEARS
    for side, counts in (("home", np.array([30, 4])), ("neighbour", np.array([2, 25]))):
        assert table[f"{side}_records"].tolist() == counts.tolist()
        assert table[f"{side}_per_100km_year"].to_numpy() == pytest.approx(counts / exposure)
        for end, share in (("low90", 0.05), ("high90", 0.95)):
            wanted = gamma.ppf(share, counts + 0.5) / exposure
            assert table[f"{side}_{end}"].to_numpy() == pytest.approx(wanted, rel=0.06)
    assert table[["home_rank", "home_rank_low90", "home_rank_high90"]].to_numpy().tolist() == [[1, 1, 1], [2, 2, 2]]
    assert table[["neighbour_rank", "neighbour_rank_low90"]].to_numpy().tolist() == [[2, 2], [1, 1]]
    assert table["sides_disagree"].tolist() == [True, True]
    assert list(table.columns) == [
        *(f"{side}_{name}" for side in ("home", "neighbour") for name in (
            "records", "per_100km_year", "low90", "high90", "rank", "rank_low90", "rank_high90")),
        "sides_disagree",
    ]  # fmt: skip


@pytest.mark.parametrize(("home", "neighbour"), [({2: 7, 8: 5}, {2: 30, 8: 1}), ({2: 30, 8: 1}, {2: 7, 8: 5})])
def test_sides_whose_ranks_meet_in_one_do_not_disagree(home: dict[int, int], neighbour: dict[int, int]) -> None:
    table = by_side(sides(home, neighbour), PERIOD)
    sure, open_ = ("neighbour", "home") if home[2] == 7 else ("home", "neighbour")
    assert table[[f"{open_}_rank_low90", f"{open_}_rank_high90"]].to_numpy().tolist() == [[1, 2], [1, 2]]
    assert table[[f"{sure}_rank_low90", f"{sure}_rank_high90"]].to_numpy().tolist() == [[1, 1], [2, 2]]
    assert not table["sides_disagree"].any()


@pytest.mark.parametrize(("home", "chance"), [({2: 28, 8: 9}, 0.06), ({2: 25, 8: 7}, 0.04)])
def test_a_rank_is_one_of_the_interval_from_a_chance_of_one_in_twenty_on(home: dict[int, int], chance: float) -> None:
    # That the rate of B is above that of A, by the beta distribution of B's part of both.
    assert beta.sf(40 / 110, home[8] + 0.5, home[2] + 0.5) == pytest.approx(chance, abs=0.003)
    table = by_side(sides(home, {}), PERIOD)
    assert table["home_rank_high90"].tolist() == [2 if chance > 0.05 else 1, 2]
    assert table["home_rank_low90"].tolist() == [1, 1 if chance > 0.05 else 2]


# -- On the way to an estimate --------------------------------------------------------------------


def test_an_estimate_counts_the_period_and_takes_what_it_is_given() -> None:
    located = place([*[("2020-01-05", {2: 1.0}, {})] * 5, ("2012", {9: 1.0}, {})])
    risk = estimate_risk(located, FRONTIER, period=PERIOD, hyper=HYPER, draws=40)
    assert risk.sites.shape == (40, 14)
    assert risk.hyper == HYPER
    assert risk.cells["incidents"].sum() == pytest.approx(5)
    assert risk.cells["per_100km_year"].idxmax() == "A-2"
    again = estimate_risk(located, FRONTIER, period=PERIOD, hyper=HYPER, draws=40)
    assert (again.sites == risk.sites).all()
    assert (estimate_risk(located, FRONTIER, period=PERIOD, hyper=HYPER, draws=40, seed=1).sites != risk.sites).any()
    with pytest.raises(ValueError, match="at least 1, found 0"):
        estimate_risk(located, FRONTIER, period=PERIOD, hyper=HYPER, draws=0)
    assert estimate_risk(located, FRONTIER, period=PERIOD, hyper=HYPER, draws=1).sites.shape == (1, 14)


def chosen_from() -> Any:
    """Ten records of food and four of drugs, one of each merely refused entry."""
    refused = {"outcome_class": "refused_entry"}
    return place(
        [
            *[("2016-01-05", {2: 1.0}, {})] * 9, ("2016-01-05", {5: 1.0}, refused),
            *[("2019-06", {2: 1.0}, {"goods": "drugs"})] * 2, ("2020-12-31", {9: 1.0}, {"goods": "drugs"}),
            ("2020-12-31", {8: 1.0}, {"goods": "drugs"} | refused),
        ]
    )  # fmt: skip


def test_a_selection_of_goods_is_a_share_of_the_estimate_of_all() -> None:
    everything, food = chosen_from(), Selection(goods=("food",))
    period = (date(2016, 1, 1), date(2020, 12, 31))
    every = everything.select(Selection())
    whole = estimate_selection(everything, Selection(), HYPER)
    assert whole.period == period
    assert whole.cells["incidents"].sum() == 12
    assert whole.sites.shape == (1000, 14)
    assert (whole.sites == estimate_risk(every, FRONTIER, period=period, hyper=HYPER).sites).all()
    part = estimate_selection(everything, food, HYPER)
    assert (part.sites == goods_share(whole, every, everything.select(food)).sites).all()
    assert part.cells["incidents"].sum() == 9


def test_an_estimate_of_all_that_is_kept_is_asked_for_and_not_made_again(risk: Risk) -> None:
    everything, asked = chosen_from(), []

    def keeper(selection: Selection) -> Risk:
        asked.append(selection)
        return risk

    late = Selection(goods=("drugs",), since=date(2018, 1, 1))
    part = estimate_selection(everything, late, HYPER, whole=keeper)
    assert asked == [Selection(since=date(2018, 1, 1))]
    wanted = goods_share(risk, everything.select(asked[0]), everything.select(late))
    assert (part.sites == wanted.sites).all()
    own = estimate_selection(everything, asked[0], HYPER, whole=keeper)
    assert len(asked) == 1  # one that chooses no goods is made
    assert own.period == (date(2018, 1, 1), date(2020, 12, 31))


def test_what_is_learned_comes_from_all_records_but_those_refused_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.estimate.estimating.choose_hyper", lambda _, told: told)
    told: Any = learn_hyper(chosen_from())
    assert told.counts.sum() == 12
    assert told.years == pytest.approx(5, abs=0.01)
