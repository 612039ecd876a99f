from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from products import examples
from scipy.sparse import csr_array, vstack

import geo
from geo.errors import ShekaraError, UnknownValueError
from geo.estimate.emission import Told, prior_emission
from geo.estimate.estimating import estimate_risk, line_of, share_draws, told_of
from geo.estimate.hyperparameters import choose_hyper, fit_posterior
from geo.estimate.risk import LEVELS, Risk, aggregate, stretches
from geo.estimate.scale import Hyper, Scale
from geo.estimate.simulation import Habits, Stage, habits_of, simulate, tell
from geo.incidents.selection import years_of
from geo.vocabulary import GOODS

if TYPE_CHECKING:
    import geopandas as gpd

PERIOD = (date(2015, 1, 1), date(2025, 12, 31))
EMISSION = (
    (0.6, 0.0, 0.02, 0.11, 0.27), (0.42, 0.0, 0.46, 0.07, 0.05), (0.5, 0.0, 0.03, 0.07, 0.4),
    (0.0, 0.76, 0.01, 0.05, 0.18),
)  # fmt: skip
CLUES = tuple(tuple(size * share for share in row) for size, row in zip((80, 20, 40, 25), EMISSION, strict=True))
HYPER = Hyper((Scale(250.0, 1.2), Scale(90.0, 1.7), Scale(40.0, 1.2), Scale(90.0, 0.9)), CLUES)
ENDS = ["low90", "low50", "per_100km_year", "high50", "high90"]


@pytest.fixture(scope="module")
def selected(incidents: gpd.GeoDataFrame, frontier: geo.Frontier) -> geo.Located:
    return geo.locate(geo.select(incidents, geo.Selection()), frontier)


@pytest.fixture(scope="module")
def risk(selected: geo.Located, frontier: geo.Frontier) -> Risk:
    return estimate_risk(selected, frontier)


def check_sound(risk: Risk, frontier: geo.Frontier) -> None:
    cells = risk.cells
    assert cells.index.equals(frontier.land_cells.index)
    assert not cells.isna().any(axis=None)
    assert (cells["low90"] > 0).all()
    assert (np.diff(cells[ENDS].to_numpy(), axis=1) > 0).all()
    assert np.isfinite(cells["high90"]).all()
    assert np.isfinite(risk.draws).all()
    assert cells["p_top"].sum() == pytest.approx(5)
    for by in LEVELS:
        table = aggregate(risk, by=by)
        assert not table.drop(columns=["at_per_year", "at_low90", "at_high90"], errors="ignore").isna().any(axis=None)
        assert (table[["low90", "estimate", "mean"]] > 0).all(axis=None)
        assert set(table["figure_unit"]) <= {"a year", "per 100 km and year"}
        assert (table["rank_low90"] <= table["rank"]).all()
        assert (table["rank"] <= table["rank_high90"]).all()


def test_the_estimate_is_sound(risk: Risk, frontier: geo.Frontier) -> None:
    check_sound(risk, frontier)
    assert risk.period[0] == date(2015, 1, 1)


def test_the_same_seed_gives_the_same_numbers(risk: Risk, selected: geo.Located, frontier: geo.Frontier) -> None:
    again = estimate_risk(selected, frontier)
    pd.testing.assert_frame_equal(risk.cells, again.cells)
    assert (risk.draws == again.draws).all()
    other = estimate_risk(selected, frontier, hyper=risk.hyper, seed=1)
    assert (risk.draws != other.draws).any()


def test_the_draws_hold_as_many_incidents_as_were_recorded(risk: Risk) -> None:
    totals = risk.draws @ risk.cells["exposure"].to_numpy()
    recorded = risk.cells["incidents"].sum()
    assert totals.mean() == pytest.approx(recorded, rel=0.04)
    assert np.quantile(totals, 0.05) < recorded < np.quantile(totals, 0.95)


def test_crossings_in_one_cell_are_one_site_and_share_its_figure(risk: Risk, frontier: geo.Frontier) -> None:
    table = aggregate(risk, by="crossing")
    cell = frontier.crossings.loc[table.index, "cell"]
    assert table.groupby(cell.to_numpy())["estimate"].nunique().eq(1).all()
    assert (table["figure_unit"] == "a year").all()
    assert table["rank"].max() <= risk.cells["at_crossing"].sum() == cell.nunique()
    place = aggregate(risk, by="place")
    assert place.index.is_unique
    first = table.groupby(cell.to_numpy(), sort=False).head(1)
    np.testing.assert_array_equal(place.loc[first.index, "estimate"], first["estimate"])


def test_a_stretch_is_the_sum_of_its_crossings_and_what_lies_between(risk: Risk, frontier: geo.Frontier) -> None:
    names, whole, at, between = stretches(risk, "segment")
    length = frontier.segments.loc[names, "length_km"].to_numpy()
    assert whole == pytest.approx(between + at / (length / 100))
    table = aggregate(risk, by="segment")
    lone = table["at_per_year"].isna()
    assert 100 < lone.sum() < len(table)
    np.testing.assert_allclose(table["estimate"][lone], table["between_per_100km_year"][lone])
    assert (table["estimate"] >= table["between_per_100km_year"]).all()


def test_crossings_rate_higher_than_what_lies_between(risk: Risk, frontier: geo.Frontier) -> None:
    land = frontier.land_cells
    held = land["road"] | land["rail"]
    rate = risk.cells["per_100km_year"]
    assert rate[held].median() > 10 * rate[~held].median()


def test_a_stretch_without_records_is_told_apart(risk: Risk, frontier: geo.Frontier) -> None:
    near = risk.cells["near_record"]
    kayrak = frontier.crossings.loc["kayrak", "cell"]
    assert near[kayrak]
    assert 0.1 < near.mean() < 0.9
    assert not near[frontier.land_cells["neighbour"].eq("TM")].any()


def test_incidents_are_the_dated_ones_inside_the_period(selected: geo.Located, frontier: geo.Frontier) -> None:
    table = selected.incidents
    land = table["border"].isin(frontier.borders.index[frontier.borders["kind"].eq("land")])
    inside = table["date_start"].ge("2020-01-01") & table["date_end"].le("2022-12-31") & land
    risk = estimate_risk(selected, frontier, period=("2020-01-01", date(2022, 12, 31)), hyper=HYPER, draws=8)
    assert risk.cells["incidents"].sum() == pytest.approx(inside.sum())
    assert risk.period == (date(2020, 1, 1), date(2022, 12, 31))
    assert risk.cells["exposure"].sum() == pytest.approx(frontier.land_cells["length_km"].sum() / 100 * 3, rel=1e-3)


def test_what_is_asked_wrongly_is_refused(selected: geo.Located, frontier: geo.Frontier, risk: Risk) -> None:
    with pytest.raises(ShekaraError, match="begins after it ends"):
        estimate_risk(selected, frontier, period=("2020-01-01", "2019-01-01"))
    with pytest.raises(ValueError, match="at least 1"):
        estimate_risk(selected, frontier, draws=0)
    with pytest.raises(UnknownValueError, match="border, segment, region, crossing"):
        aggregate(risk, by="goods")


def test_years_count_both_ends() -> None:
    assert years_of((date(2021, 1, 1), date(2024, 12, 31))) == pytest.approx(4, abs=1e-9)


@settings(max_examples=examples(12))
@given(
    goods=st.lists(st.sampled_from(GOODS), unique=True, max_size=3),
    neighbour=st.lists(st.sampled_from(["RU", "CN", "KG", "UZ", "TM", "CASPIAN", "AIR"]), unique=True, max_size=3),
    refused=st.booleans(),
)
def test_counts_are_conserved_under_every_filter(
    incidents: gpd.GeoDataFrame, frontier: geo.Frontier, goods: list[str], neighbour: list[str], refused: bool
) -> None:
    selection = geo.Selection(goods=tuple(goods), neighbour=tuple(neighbour), include_refused=refused)
    located = geo.locate(geo.select(incidents, selection), frontier)
    lines = frontier.borders.index[frontier.borders["kind"].eq("land")]
    on_land = located.incidents["border"].isin(lines)
    assert located.per_cell()[frontier.land_cells.index].sum() == pytest.approx(on_land.sum())
    risk = estimate_risk(located, frontier, period=PERIOD, hyper=HYPER, draws=4)
    dated = located.incidents["date_start"].ge("2015-01-01") & located.incidents["date_end"].le("2025-12-31")
    assert risk.cells["incidents"].sum() == pytest.approx((on_land & dated).sum())
    records = told_of(located, frontier, PERIOD).records(line_of(frontier), HYPER.emission)
    posterior = fit_posterior(line_of(frontier), records, HYPER, draws=4)
    assert posterior.expected.sum() == pytest.approx((on_land & dated).sum())


def test_no_incident(selected: geo.Located, frontier: geo.Frontier) -> None:
    risk = estimate_risk(selected.take(selected.incidents.index[:0]), frontier, period=PERIOD)
    check_sound(risk, frontier)
    assert risk.cells["incidents"].sum() == 0
    assert risk.cells["per_100km_year"].max() < 0.05
    assert not risk.cells["near_record"].any()


def test_one_incident(selected: geo.Located, frontier: geo.Frontier) -> None:
    table = selected.incidents
    one = table.index[table["spread"].eq("crossing") & table["date_start"].ge("2016")][:1]
    risk = estimate_risk(selected.take(one), frontier, period=PERIOD)
    check_sound(risk, frontier)
    assert risk.cells["incidents"].sum() == pytest.approx(1)
    assert risk.cells["per_100km_year"].idxmax() == table.loc[one[0], "cell"]


@pytest.mark.parametrize("number", [300, 100_000])
def test_all_at_one_crossing(selected: geo.Located, frontier: geo.Frontier, number: int) -> None:
    table = selected.incidents
    kayrak = table.index[table["crossing_id"].eq("kayrak") & table["date_start"].ge("2016")][0]
    located = selected.take(pd.Index([kayrak] * number))
    risk = estimate_risk(located, frontier, period=PERIOD)
    check_sound(risk, frontier)
    cell = frontier.crossings.loc["kayrak", "cell"]
    plain = number / risk.cells.loc[cell, "exposure"]
    assert risk.cells.loc[cell, "per_100km_year"] == pytest.approx(plain, rel=0.05)
    assert aggregate(risk).loc["RU", "p_highest"] > 0.9


def test_a_hundred_thousand_incidents(selected: geo.Located, frontier: geo.Frontier) -> None:
    table = selected.incidents
    placed = table.index[
        (table["placement"] >= 0) & table["date_start"].ge("2015") & table["date_end"].le("2025-12-31")
    ]
    drawn = np.random.default_rng(0).choice(placed, 100_000)
    located = selected.take(pd.Index(drawn))
    risk = estimate_risk(located, frontier, period=PERIOD, hyper=HYPER)
    check_sound(risk, frontier)
    totals = risk.draws @ risk.cells["exposure"].to_numpy()
    assert totals.mean() == pytest.approx(risk.cells["incidents"].sum(), rel=0.01)


@pytest.fixture(scope="module")
def habits(selected: geo.Located, frontier: geo.Frontier) -> Habits:
    return habits_of(selected, frontier, EMISSION)


@pytest.mark.thorough
@pytest.mark.parametrize("share", [0.06, 0.25])
def test_intervals_cover_what_they_promise(share: float, habits: Habits, frontier: geo.Frontier) -> None:
    stage = Stage.of(frontier)
    line, beta = stage.line, np.array([-6.5, 0.0, 0, 0, 0, 0, -2.4, -1.0])
    inside: dict[str, list[float]] = {"at": [], "between": [], "total": []}
    for seed in range(12):
        rng, scale = np.random.default_rng(seed), HYPER.scales[seed % 4]
        truth, told = simulate(stage, habits, scale, beta, years=11.0, rng=rng, share_between=share)
        hyper = choose_hyper(line, told)
        rates = fit_posterior(line, told.records(line, hyper.emission), hyper, draws=400).rates * line.exposure(11.0)
        true = np.exp(truth) * line.exposure(11.0)
        low, high = np.quantile(rates, [0.05, 0.95], axis=0)
        held = (low < true) & (true < high)
        ends = np.quantile(rates[:, ~line.at].sum(axis=1), [0.05, 0.95])
        inside["at"].append(held[line.at].mean())
        inside["between"].append(held[~line.at].mean())
        inside["total"].append(ends[0] < true[~line.at].sum() < ends[1])
    assert 0.83 < np.mean(inside["at"]) < 0.95
    assert 0.8 < np.mean(inside["between"]) < 0.97
    assert np.mean(inside["total"]) >= 0.7


def test_intervals_cover_the_true_rates_of_goods_of_records_whose_places_are_uncertain(
    habits: Habits, frontier: geo.Frontier
) -> None:
    stage, beta, overall = Stage.of(frontier), np.array([-6.0, 0.0, 0, 0, 0, 0, -2.2, -1.0]), 0.25
    line = stage.line
    inside: list[float] = []
    for seed in range(6):
        rng = np.random.default_rng(seed)
        log_rate, _ = simulate(stage, habits, HYPER.scales[seed % 4], beta, years=11.0, rng=rng, share_between=0.1)
        goods = np.exp(log_rate) * rng.beta(30 * overall, 30 * (1 - overall), len(log_rate))
        parts = [tell(stage, habits, rate, 11.0, rng) for rate in (goods, np.exp(log_rate) - goods)]
        weights, counts = vstack([told.weights for told in parts]), np.concatenate([told.counts for told in parts])
        whole = Told(csr_array(weights), counts, 11.0).records(line, EMISSION)
        rates = fit_posterior(line, whole, HYPER, draws=400, seed=seed).rates
        mean = rates.mean(axis=0) * line.exposure(11.0)
        every, some = whole.shared(mean), parts[0].records(line, EMISSION).shared(mean)
        drawn = rates * share_draws(some.sum() / every.sum(), every, some, len(rates), rng)
        low, high = np.quantile(drawn, [0.05, 0.95], axis=0)
        inside.append(((low < goods) & (goods < high))[line.at].mean())
    assert 0.85 < np.mean(inside) < 0.95


def test_equal_rates_put_no_border_ahead(habits: Habits, frontier: geo.Frontier) -> None:
    stage = Stage.of(frontier)
    line = stage.line
    own = line.neighbour[line.cell]
    length = np.bincount(line.neighbour, line.length_km)
    crossings = np.bincount(own[line.at], minlength=len(length))
    rates = np.where(line.at, 0.12 * length[own] / 100 / np.maximum(crossings[own], 1), 0.01)
    member = pd.get_dummies(own).to_numpy() * line.exposure(1.0)[:, None] / length
    top: list[float] = []
    for seed in range(15):
        told = tell(stage, habits, rates, 11.0, np.random.default_rng(seed))
        drawn = fit_posterior(line, told.records(line, EMISSION), HYPER, draws=200).rates
        first = np.argmax(drawn @ member, axis=1)
        top.append(np.bincount(first).max() / len(first))
    assert np.median(top) <= 0.65


def test_a_scale_is_learned_from_many_records(habits: Habits, frontier: geo.Frontier) -> None:
    stage, rng = Stage.of(frontier), np.random.default_rng(4)
    beta = np.array([-2.0, 0, 0, 0, 0, 0, -1.0, 0])
    exact = habits._replace(vague=np.array([1.0, 0, 0]), scale_km=np.array([5.0]))
    _, told = simulate(stage, exact, Scale(150.0, 1.2, 1.0), beta, years=40.0, rng=rng)
    hyper = choose_hyper(stage.line, told)
    assert 50 < hyper.range_km < 450
    assert 0.8 < hyper.sd < 1.8
    assert 0.7 < hyper.scales[0].crossing_sd < 1.4


def test_the_prior_lets_no_record_at_a_crossing_say_outside_and_none_between_name_one() -> None:
    emission = np.array(prior_emission())
    assert emission.sum(axis=1) == pytest.approx(1)
    assert (emission[:3, 1] == 0).all()
    assert emission[3, 0] == 0
