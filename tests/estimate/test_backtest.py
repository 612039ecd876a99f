"""The backtest counts, pairs and scores as it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from geo.errors import ShekaraError
from geo.estimate.backtest import CUTS, SHIPPED, backtest, backtest_goods, blur_crossings
from geo.estimate.baselines import BASELINES
from geo.incidents.selection import Selection, select

if TYPE_CHECKING:
    import geo

GAINS = ["gain", "gain_se", "diff_to_shipped", "diff_se"]
COLUMNS = [
    "cut", "model", "shipped", *GAINS, *(f"aware_{name}" for name in GAINS), *(f"strict_{name}" for name in GAINS),
    "hit_rate", "pai", "segments_inside90", "outside_later", "outside_low90", "outside_high90", "n_train", "n_test",
]  # fmt: skip


@pytest.fixture(scope="module")
def chosen(located: geo.Located) -> geo.Located:
    """Without what was merely refused entry, as everywhere by default."""
    return located.take(select(located.incidents, Selection()).index)


@pytest.fixture(scope="module")
def table(chosen: geo.Located, frontier: geo.Frontier):  # noqa: ANN201
    return backtest(chosen, frontier)


def test_a_row_a_cut_and_model(table) -> None:  # noqa: ANN001
    assert list(table.columns) == COLUMNS
    assert len(table) == len(CUTS) * (len(BASELINES) + 2)
    assert table["cut"].unique().tolist() == [2020, 2022, 2024]
    assert list(table.loc[table["shipped"], "model"]) == [SHIPPED] * len(CUTS)


def test_training_and_test_are_the_dated_records_on_either_side(table, chosen: geo.Located) -> None:  # noqa: ANN001
    land = chosen.incidents[chosen.incidents["border"].isin(["RU", "CN", "KG", "UZ", "TM"])]
    for cut, rows in table.groupby("cut"):
        assert set(rows["n_train"]) == {
            int((land["date_end"].lt(f"{cut}-01-01") & land["date_start"].ge("2015")).sum())
        }
        assert set(rows["n_test"]) == {int((land["date_start"] >= f"{cut}-01-01").sum())}


def test_uniform_gains_nothing_and_the_shipped_differs_from_itself_by_nothing(table) -> None:  # noqa: ANN001
    uniform = table[table["model"].eq("uniform")]
    assert uniform["gain"].abs().max() < 1e-9
    assert table.loc[table["shipped"], ["diff_to_shipped", "diff_se"]].abs().to_numpy().max() == 0
    assert table["hit_rate"].between(0, 1).all()
    assert table["pai"].to_numpy() == pytest.approx(table["hit_rate"].to_numpy() * 10)
    assert table["segments_inside90"].between(0.8, 1).all()


def test_no_baseline_is_ahead_of_the_shipped(table) -> None:  # noqa: ANN001
    assert table["diff_to_shipped"].max() <= 0.02
    assert table.loc[~table["shipped"], "strict_diff_to_shipped"].max() < 0


def test_the_number_of_later_records_outside_lies_in_its_predictive_interval(table) -> None:  # noqa: ANN001
    shipped = table[table["shipped"]]
    assert (shipped["outside_low90"] <= shipped["outside_later"]).all()
    assert (shipped["outside_later"] <= shipped["outside_high90"]).all()
    assert (shipped["outside_later"] > 0).all()


def test_the_estimate_of_goods_predicts_as_well_as_that_of_all(chosen: geo.Located, frontier: geo.Frontier) -> None:
    scores = backtest_goods(chosen, frontier, cuts=(2022,))
    assert scores["gain"].item() > 1.4
    assert scores["diff_to_all"].item() > -0.05


def test_gains_pair_by_incident(table) -> None:  # noqa: ANN001
    for _, rows in table.groupby("cut"):
        shipped = rows.loc[rows["shipped"], "gain"].item()
        assert (rows["gain"] - shipped).to_numpy() == pytest.approx(rows["diff_to_shipped"].to_numpy())


def test_blurring_leaves_no_record_certain(chosen: geo.Located, frontier: geo.Frontier) -> None:
    blurred = blur_crossings(chosen, frontier, 20)
    assert not blurred.incidents["spread"].eq("crossing").any()
    assert blurred.weights.max() < 0.6
    before, after = chosen.weights.sum(axis=1), blurred.weights.sum(axis=1)
    assert np.allclose(before, after)


def test_a_cut_with_nothing_to_learn_or_score_is_refused(chosen: geo.Located, frontier: geo.Frontier) -> None:
    for cut in (1990, 2090):
        with pytest.raises(ShekaraError, match=str(cut)):
            backtest(chosen, frontier, cuts=(cut,))
