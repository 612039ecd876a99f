"""A goods' share of the estimate of all."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

import geo
from geo.estimate.estimating import estimate_risk, goods_share, learn_hyper, line_of, share_draws, told_of
from geo.estimate.risk import Risk, aggregate
from geo.vocabulary import GOODS

PERIOD = (date(2015, 1, 1), date(2025, 12, 31))


@pytest.fixture(scope="module")
def chosen(located: geo.Located) -> geo.Located:
    return located.select(geo.Selection())


@pytest.fixture(scope="module")
def whole(chosen: geo.Located, located: geo.Located) -> Risk:
    return estimate_risk(chosen, chosen.frontier, period=PERIOD, hyper=learn_hyper(located))


def part(chosen: geo.Located, *goods: str) -> geo.Located:
    return chosen.take(chosen.incidents.index[chosen.incidents["goods"].isin(goods)])


def number(risk: Risk, chosen: geo.Located) -> float:
    return float((risk.sites @ line_of(chosen.frontier).exposure(11.0)).mean())


def test_the_goods_add_up_to_all(whole: Risk, chosen: geo.Located) -> None:
    parts = [number(goods_share(whole, chosen, part(chosen, name)), chosen) for name in GOODS]
    assert sum(parts) == pytest.approx(number(whole, chosen), rel=0.03)


def test_all_goods_are_all(whole: Risk, chosen: geo.Located) -> None:
    assert (goods_share(whole, chosen, chosen).sites == whole.sites).all()
    assert goods_share(whole, chosen, part(chosen)).sites.max() == 0


def test_a_share_is_shrunk_to_that_of_all_records(whole: Risk, chosen: geo.Located) -> None:
    food = part(chosen, "food")
    risk = goods_share(whole, chosen, food)
    overall = (
        told_of(food, chosen.frontier, PERIOD).counts.sum() / told_of(chosen, chosen.frontier, PERIOD).counts.sum()
    )
    share = risk.sites.mean(axis=0) / whole.sites.mean(axis=0)
    assert np.median(share) == pytest.approx(overall, rel=0.15)
    assert 0.3 * overall < share.min() < share.max() < 4 * overall
    assert (aggregate(risk)["high90"] < aggregate(whole)["high90"]).all()


def test_intervals_cover_the_true_shares_of_goods() -> None:
    # True shares that differ as the formula takes them to; records at sites that are known.
    rng = np.random.default_rng(3)
    inside = []
    for share in (0.1, 0.3):
        true = rng.beta(30 * share, 30 * (1 - share), 4000)
        every = rng.poisson(rng.gamma(1.0, 4.0, 4000))
        some = rng.binomial(every, true)
        drawn = share_draws(share, every.astype(float), some.astype(float), 500, rng)
        low, high = np.quantile(drawn, [0.05, 0.95], axis=0)
        inside.append(((low < true) & (true < high)).mean())
    assert inside == pytest.approx([0.9, 0.9], abs=0.02)
