"""Estimates on one footing, and in the tables."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

import geo
from geo.estimate.estimating import ENOUGH, estimate_selection, learn_hyper
from geo.estimate.risk import aggregate
from geo.incidents.selection import Selection, in_period, rate_period
from geo.summaries.summary import ESTIMATED
from geo.view.atlas.views import estimate_views, selection_of

if TYPE_CHECKING:
    from geo.estimate.scale import Hyper

PERIOD = (date(2015, 1, 1), date(2025, 12, 31))


@pytest.fixture(scope="module")
def hyper(located: geo.Located) -> Hyper:
    """From all records."""
    return learn_hyper(located)


def test_each_goods_category_with_enough_incidents_has_an_estimate(located: geo.Located, hyper: Hyper) -> None:
    risks = estimate_views(located, Selection(), hyper)
    assert {"", "goods=food", "goods=drugs", "neighbour=KG", "since=2024"} <= set(risks)
    table = located.select(Selection()).incidents
    land = table["border"].isin(["RU", "CN", "KG", "UZ", "TM"])
    number = table.loc[land & in_period(table, rate_period(located.incidents, Selection())), "goods"].value_counts()
    assert {view for view in risks if view.startswith("goods=")} == {
        f"goods={name}" for name in number.index[number.ge(10)]
    }
    for view, risk in risks.items():
        assert risk.hyper == hyper
        if view.startswith("goods="):
            assert round(risk.cells["incidents"].sum(), 6) >= ENOUGH


@pytest.mark.parametrize(
    "chosen", [{"goods": ("tobacco", "food")}, {"neighbour": ("KG",)}, {"since": date(2024, 1, 1)}]
)
def test_a_page_of_a_part_tells_what_the_library_tells_of_it(
    located: geo.Located, hyper: Hyper, chosen: dict[str, Any]
) -> None:
    selection = Selection(**chosen)
    risks = estimate_views(located, selection, hyper)
    assert set(risks) >= {""} | {f"goods={name}" for name in chosen.get("goods", ())}
    for view, risk in risks.items():
        wanted = estimate_selection(located, selection_of(view, selection), hyper)
        assert aggregate(risk, by="place").equals(aggregate(wanted, by="place"))


@pytest.mark.parametrize("by", ESTIMATED)
def test_tables_gain_the_estimate_and_its_interval(located: geo.Located, hyper: Hyper, by: str) -> None:
    risk = geo.estimate_risk(located, located.frontier, period=PERIOD, hyper=hyper)
    table = geo.summarize(located, risk, by=by)
    land = table[table["estimate"].notna()]
    assert (land["low90"] < land["estimate"]).all()
    assert (land["estimate"] < land["high90"]).all()
    assert (land["rank_low90"] <= land["rank"]).all()
    assert (land["rank"] <= land["rank_high90"]).all()
    chance = "p_top5" if by in ("segment", "crossing") else "p_highest"
    assert land[chance].between(0, 1).all()
    if by == "border":
        assert set(land.index) == {"RU", "CN", "KG", "UZ", "TM"}
        assert land["p_highest"].sum() == pytest.approx(1)


def test_only_rows_on_the_border_are_estimated(located: geo.Located, hyper: Hyper) -> None:
    risk = geo.estimate_risk(located, located.frontier, period=PERIOD, hyper=hyper, draws=8)
    assert "estimate" not in geo.summarize(located, risk, by="goods")
