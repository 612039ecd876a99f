"""Known answers of the backtest, on a border and with records that can be counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.stats import poisson
from small_border import FRONTIER, LENGTH, place

from geo.errors import ShekaraError
from geo.estimate.backtest import (
    SHIPPED,
    SLIP,
    _Forecast,
    _gains,
    _hits,
    _inside90,
    _Later,
    _of_cells,
    _outside,
    _parted,
    _plain,
    _scores,
    _standard_error,
    backtest,
    backtest_goods,
    ground_of,
)
from geo.estimate.baselines import BASELINES
from geo.estimate.emission import emission_of
from geo.estimate.estimating import estimate_risk, goods_share, line_of, told_of
from geo.vocabulary import CLUES

if TYPE_CHECKING:
    from geo.incidents.placing import Located

OUTSIDE = CLUES.index("outside")
EMISSION = (
    (0.5, 0.0, 0.1, 0.1, 0.3), (0.4, 0.0, 0.4, 0.1, 0.1), (0.5, 0.0, 0.2, 0.1, 0.2), (0.0, 0.7, 0.05, 0.05, 0.2),
)  # fmt: skip
KIND = np.array([3] * 11 + [2, 0, 1])
CELL = np.array([*range(11), 2, 5, 8])


@pytest.fixture
def records() -> Located:
    """Records of ten years before 2020 and three after, some that may lie in several cells, some that don't count."""
    spread = {3: 0.2, 4: 0.5, 5: 0.3}
    before = [
        *((f"{2015 + at % 5}-03-0{1 + at % 7}", {2: 1.0}, {}) for at in range(9)),
        *((f"{2015 + at % 5}-05", {8: 1.0}, {"clue": "train", "goods": "drugs"}) for at in range(4)),
        *((str(2015 + at), spread, {"clue": "silent"}) for at in range(4)),
        ("2019-12-31", {9: 0.5, 10: 0.5}, {"clue": "outside"}),
        ("2018-07-07", {6: 1.0}, {"clue": "outside", "goods": "drugs"}),
    ]
    after = [
        ("2020-01-01", {2: 1.0}, {}), ("2021-02", {2: 1.0}, {"goods": "drugs"}), ("2022", spread, {"clue": "silent"}),
        ("2022-12-31", {9: 0.25, 10: 0.75}, {"clue": "outside"}), ("2022-06-05", {8: 1.0}, {"clue": "train"}),
    ]  # fmt: skip
    beside = [
        ("2014-05-05", {1: 1.0}, {}), ("2014", {1: 1.0}, {}), ("2021-05-05", {11: 1.0}, {}), ("", {7: 1.0}, {}),
        ("2016-05-05", {12: 1.0}, {}), ("2021-05-05", {}, {}),
    ]  # fmt: skip
    located = place([*before, *after, *beside])
    # One whose span lies on either side of the cut is neither learned from nor scored.
    split = located.incidents.index[located.incidents["date_start"].eq("2016") & located.incidents["clue"].eq("silent")]
    located.incidents.loc[split, "date_end"] = np.datetime64("2020-06-01")
    return located


def later_of(cells: list[dict[int, float]], clues: list[str], years: float = 2.0) -> _Later:
    weights = np.zeros((len(cells), 11))
    for row, own in enumerate(cells):
        weights[row, [*own]] = [*own.values()]
    return _Later(csr_array(weights), np.array([CLUES.index(name) for name in clues]), years)


LATER = later_of(
    [{2: 1.0}, {2: 0.5, 3: 0.5}, {9: 0.25, 10: 0.75}, {8: 1.0}, {2: 1.0}, {5: 1.0}, {8: 1.0}],
    ["named", "silent", "outside", "train", "outside", "outside", "outside"],
)
MEAN = np.array([0.2, 0.1, 0.3, 0.2, 0.4, 0.1, 0.2, 0.1, 0.1, 0.5, 0.3, 2.0, 0.7, 1.1])


# -- What is learned from and what is scored -------------------------------------------------------


def test_a_cut_parts_the_records_that_lie_wholly_before_it_from_those_wholly_after(records: Located) -> None:
    known, later, period, ahead = _parted(records, FRONTIER, 2020)
    table = records.incidents
    land = table["border"].isin(["A", "B"])
    assert list(known.incidents.index) == list(
        table.index[land & table["date_start"].ge("2015") & table["date_end"].lt("2020")]
    )
    assert len(known.incidents) == 18
    assert list(later.incidents.index) == list(table.index[land & table["date_start"].ge("2020")])
    assert len(later.incidents) == 5
    assert period == (date(2015, 1, 1), date(2019, 12, 31))
    assert ahead.years == pytest.approx(3, abs=0.01)  # to the last record's last day
    assert ahead.weights.toarray() == pytest.approx(later.weights.toarray()[:, :11])
    assert [CLUES[one] for one in ahead.clue] == ["named", "named", "silent", "outside", "named"]


def test_before_2015_everything_dated_is_learned_from(records: Located) -> None:
    known, later, period, _ = _parted(records, FRONTIER, 2015)
    assert known.incidents["date_start"].dt.year.tolist() == [2014, 2014]
    assert period == (date(2014, 1, 1), date(2014, 12, 31))
    assert len(later.incidents) == 19 + 5
    known, _, period, _ = _parted(records, FRONTIER, 2016)
    assert set(known.incidents["date_start"].dt.year) == {2015}
    assert period == (date(2015, 1, 1), date(2015, 12, 31))


@pytest.mark.parametrize("cut", [2014, 2023])
def test_nothing_before_or_nothing_after_a_cut_is_refused(records: Located, cut: int) -> None:
    with pytest.raises(ShekaraError, match=f"cut {cut}: (0 dated incidents before it|.* and 0 after)"):
        _parted(records, FRONTIER, cut)


def test_the_ground_of_the_simple_methods_is_the_land_and_the_records_on_it(records: Located) -> None:
    known, _, period, _ = _parted(records, FRONTIER, 2020)
    ground = ground_of(known, FRONTIER, period)
    assert ground.length_km.tolist() == LENGTH.tolist()
    assert ground.start_km.tolist() == FRONTIER.land_cells["start_km"].tolist()
    assert ground.neighbour.tolist() == [0] * 7 + [1] * 4
    assert (ground.road | ground.rail).nonzero()[0].tolist() == [2, 5, 8]
    assert ground.weights.shape == (18, 11)
    days = (np.datetime64("2019-12-31") - known.incidents["date_end"].to_numpy().astype("datetime64[D]")).astype(float)
    assert ground.years_ago == pytest.approx(days / 365.25)
    assert ground.years == pytest.approx(1826 / 365.25)
    more = ground_of(records, FRONTIER, period)
    assert more.weights.shape == (18 + 1 + 5 + 3, 11)
    assert len(more.years_ago) == len(more.weights.toarray())


# -- Scores ---------------------------------------------------------------------------------------


def test_the_plain_score_is_the_log_density_over_a_uniform_border() -> None:
    number = np.bincount(CELL, MEAN)
    share, even = number / number.sum(), LENGTH / LENGTH.sum()
    wanted = [
        np.log(share[2] / even[2]),
        np.log(0.5 * share[2] / even[2] + 0.5 * share[3] / even[3]),
        np.log(0.25 * share[9] / even[9] + 0.75 * share[10] / even[10]),
        np.log(share[8] / even[8]),
        *np.log(share[[2, 5, 8]] / even[[2, 5, 8]]),
    ]
    forecast = _Forecast(MEAN, EMISSION)
    assert forecast.per_cell(line_of(FRONTIER)) == pytest.approx(number)
    assert _plain(number, LENGTH, LATER.weights) == pytest.approx(wanted)
    assert _scores(forecast, line_of(FRONTIER), LATER, np.full(5, 0.2))[""] == pytest.approx(wanted)


def test_the_aware_and_the_strict_score_are_those_of_place_and_clue_together() -> None:
    clues = np.array([0.3, 0.2, 0.1, 0.15, 0.25])
    told = np.array(EMISSION)
    strict = told.copy()
    for kind in range(3):  # at a crossing a record in 333 says that it was outside one
        strict[kind] *= 0.997
        strict[kind, OUTSIDE] = 0.003
    assert pytest.approx(strict[0, OUTSIDE]) == SLIP
    scores = _scores(_Forecast(MEAN, EMISSION), line_of(FRONTIER), LATER, clues)
    even = LATER.weights @ (LENGTH / LENGTH.sum())
    for name, table in (("aware_", told), ("strict_", strict)):
        for row, clue in enumerate(LATER.clue):
            by_cell = np.bincount(CELL, MEAN / MEAN.sum() * table[KIND, clue])
            wanted = np.log((LATER.weights[[row]] @ by_cell)[0] / (even[row] * clues[clue]))
            assert scores[name][row] == pytest.approx(wanted)
    told[2] = [0.4, 0.1, 0.2, 0.1, 0.2]
    loose = _scores(_Forecast(MEAN, told), line_of(FRONTIER), later_of([{2: 1.0}], ["named"]), clues)  # type: ignore[arg-type]
    by_cell = MEAN[2] * 0 + MEAN[11] * 0.4 * 0.997 / 0.9
    assert loose["strict_"][0] == pytest.approx(np.log(by_cell / MEAN.sum() / (LENGTH[2] / LENGTH.sum() * clues[0])))


def test_a_model_of_cells_puts_what_a_crossings_cell_has_at_the_crossing() -> None:
    rate = np.linspace(1.0, 3.0, 11)
    line, told = (
        line_of(FRONTIER),
        told_of(place([("2020", {2: 1.0}, {})]), FRONTIER, (date(2020, 1, 1), date(2020, 12, 31))),
    )
    forecast = _of_cells(rate, line, told)
    number = rate * LENGTH / 100
    held = np.isin(np.arange(11), [2, 5, 8])
    assert forecast.mean == pytest.approx([*np.where(held, 0, number), *number[held]])
    assert np.array(forecast.emission) == pytest.approx(np.array(emission_of(line, told, forecast.mean)))


def test_gains_are_means_with_their_standard_errors_and_paired_differences() -> None:
    own, shipped = np.array([1.0, 3.0, 2.0]), np.array([2.0, 2.5, 4.5])
    row = _gains({"": own, "aware_": own + 1}, {"": shipped, "aware_": shipped})
    assert row["gain"] == pytest.approx(2.0)
    assert row["gain_se"] == pytest.approx(1 / np.sqrt(3))
    assert row["diff_to_shipped"] == pytest.approx(-1.0)
    assert row["diff_se"] == pytest.approx(np.std([-1, 0.5, -2.5], ddof=1) / np.sqrt(3))
    assert row["aware_diff_to_shipped"] == pytest.approx(0.0)
    assert list(row)[:4] == ["gain", "gain_se", "diff_to_shipped", "diff_se"]
    assert np.isnan(_standard_error(np.array([1.0])))
    assert _standard_error(np.array([1.0, 2.0])) == pytest.approx(0.5)


def test_a_tenth_of_the_length_with_the_highest_rates_is_watched() -> None:
    # 110 km: eleven may be watched, which the highest cell (10 km) fills and the next one overruns.
    mean = np.zeros(14)
    mean[0], mean[5], mean[9] = 5.0, 6.0, 9.0
    hits = _hits(_Forecast(mean, EMISSION), line_of(FRONTIER), later_of([{9: 0.5, 10: 0.5}, {5: 1.0}], ["silent"] * 2))
    assert hits == {"hit_rate": pytest.approx(0.25), "pai": pytest.approx(2.5)}
    mean[9], mean[5] = 0.0, 9.0
    hits = _hits(_Forecast(mean, EMISSION), line_of(FRONTIER), later_of([{9: 0.5, 10: 0.5}, {5: 1.0}], ["silent"] * 2))
    assert hits["hit_rate"] == pytest.approx(0.5)  # the sixth cell has just a tenth of the length


def test_segments_are_inside_when_their_count_is_likely_under_poisson() -> None:
    mean = np.zeros(14)
    mean[[0, 4, 7]] = 10.0, 10.0, 1.0
    low, high = poisson.ppf([0.05, 0.95], 20.0)
    outer, far = {0: high + 2}, {0: high - 2}
    for first, third, inside in (
        (outer, 2.0, 2),
        (far, 2.0, 3),
        (far, 6.0, 2),
        ({0: low - 2}, 0.0, 2),
        ({0: low + 2}, 0.0, 3),
    ):
        weights = csr_array(
            np.array([[first[0]] + [0.0] * 10, [0.0] * 4 + [20.0] + [0.0] * 6, [0.0] * 7 + [third] + [0.0] * 3])
        )
        later = _Later(weights, np.zeros(3, np.intp), 2.0)
        for draws in (None, np.tile(mean, (2000, 1))):
            share = _inside90(_Forecast(mean, EMISSION, draws), line_of(FRONTIER), later, FRONTIER)
            assert share == pytest.approx(inside / 3)


def test_a_shared_out_record_is_inside_when_a_whole_number_beside_it_is() -> None:
    mean = np.zeros(14)
    mean[[0, 4, 7]] = 3.0, 3.0, 3.0
    low, high = poisson.ppf([0.05, 0.95], 6.0)
    for value, inside in ((high + 0.9, 1.0), (high + 1.1, 2 / 3), (low - 0.9, 1.0), (low - 1.1, 2 / 3)):
        weights = csr_array(np.diag([value, 0, 0, 0, 6.0, 0, 0, 6.0, 0, 0, 0]))
        later = _Later(weights, np.zeros(11, np.intp), 2.0)
        assert _inside90(_Forecast(mean, EMISSION), line_of(FRONTIER), later, FRONTIER) == pytest.approx(inside)


def test_the_number_outside_has_a_predictive_interval() -> None:
    between = MEAN[:11].sum() * 0.7 * 5.0
    row = _outside(_Forecast(MEAN * 10, EMISSION), line_of(FRONTIER), replace(LATER, years=5.0))
    assert row["outside_later"] == 4.0
    wanted = poisson.ppf([0.05, 0.95], between * 10)
    assert [row["outside_low90"], row["outside_high90"]] == pytest.approx(wanted, abs=1)
    draws = np.tile(MEAN * 10, (2000, 1)) * np.linspace(0.5, 1.5, 2000)[:, None]
    wide = _outside(_Forecast(MEAN * 10, EMISSION, draws), line_of(FRONTIER), replace(LATER, years=5.0))
    assert wide["outside_low90"] < wanted[0] - 10
    assert wide["outside_high90"] > wanted[1] + 10


# -- The whole ------------------------------------------------------------------------------------


def test_every_model_is_scored_on_the_same_later_records(records: Located) -> None:
    table = backtest(records, FRONTIER, cuts=(2020,))
    known, _, period, later = _parted(records, FRONTIER, 2020)
    line, told = line_of(FRONTIER), told_of(known, FRONTIER, period)
    clues = told.counts.sum(axis=0) + 1
    assert table["model"].tolist() == [*BASELINES, "crossings shrunk, heeding clues", SHIPPED]
    assert table["shipped"].tolist() == [*[False] * 9, True]
    for name, model in BASELINES.items():
        rate = model(ground_of(known, FRONTIER, period))
        forecast = _of_cells(rate, line, told)
        row = table[table["model"].eq(name)].iloc[0]
        for kind, score in _scores(forecast, line, later, clues / clues.sum()).items():
            assert row[f"{kind}gain"] == pytest.approx(score.mean())
        assert row["hit_rate"] == _hits(forecast, line, later)["hit_rate"]
    assert set(table["n_train"]) == {18}
    assert set(table["n_test"]) == {5}
    shipped = table[table["shipped"]].iloc[0]
    uniform = table[table["model"].eq("uniform")].iloc[0]
    assert uniform["gain"] == pytest.approx(0, abs=1e-9)
    assert shipped["gain"] > 0.3
    assert shipped["aware_gain"] > uniform["aware_gain"]
    assert uniform["diff_to_shipped"] == pytest.approx(-shipped["gain"])
    risk = estimate_risk(known, FRONTIER, period=period, draws=2000)
    yearly = risk.sites * line.exposure(1.0)
    own = _Forecast(yearly.mean(axis=0), risk.hyper.emission, yearly)
    for name, value in (_outside(own, line, later) | _hits(own, line, later)).items():
        assert shipped[name] == pytest.approx(value)
    assert shipped["segments_inside90"] == _inside90(own, line, later, FRONTIER)
    assert shipped["strict_gain"] == pytest.approx(_scores(own, line, later, clues / clues.sum())["strict_"].mean())


def test_goods_are_scored_by_their_own_estimate_against_that_of_all(records: Located) -> None:
    row = backtest_goods(records, FRONTIER, cuts=(2020,)).iloc[0]
    known, later, period, ahead = _parted(records, FRONTIER, 2020)
    risk = estimate_risk(known, FRONTIER, period=period, draws=2000)
    all_goods, own = [], []
    for at, goods in enumerate(later.incidents["goods"]):
        part = known.take(known.incidents.index[known.incidents["goods"].eq(goods)])
        for scores, draws in ((all_goods, risk.draws), (own, goods_share(risk, known, part).draws)):
            scores.append(_plain(draws.mean(axis=0) * LENGTH, LENGTH, ahead.weights[[at]])[0])
    gap = np.array(own) - all_goods
    assert row["cut"] == 2020
    assert row["gain"] == pytest.approx(np.mean(own))
    assert row["gain_se"] == pytest.approx(np.std(own, ddof=1) / np.sqrt(5))
    assert row["diff_to_all"] == pytest.approx(gap.mean())
    assert row["diff_se"] == pytest.approx(gap.std(ddof=1) / np.sqrt(5))
    assert list(row.index) == ["cut", "gain", "gain_se", "diff_to_all", "diff_se"]
