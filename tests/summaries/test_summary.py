"""Tables add up, whatever the filter."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from products import examples

import geo
from geo.errors import UnknownValueError
from geo.summaries.summary import KINDS, in_period
from geo.vocabulary import GOODS

PERIOD = (date(2015, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize("by", [kind for kind in KINDS if kind != "agency"])
def test_every_kind_adds_up_to_all_incidents(located: geo.Located, by: str) -> None:
    table = geo.summarize(located, by=by)
    assert table["incidents"].sum() == pytest.approx(len(located.incidents))
    assert (table["incidents_whole"] <= table["incidents"] + 1e-6).all()
    assert (table["incidents_dated"] <= table["incidents"] + 1e-6).all()


def test_agencies_count_each_record_once_under_each(located: geo.Located) -> None:
    table = geo.summarize(located, by="agency")
    named = located.incidents["agency"].str.split("; ").explode()
    assert table["incidents"].sum() == len(named)
    assert table.loc["Russian FSB", "incidents"] == named.eq("Russian FSB").sum()
    assert table.loc["not stated", "incidents"] == named.eq("").sum()


@settings(max_examples=examples(20))
@given(goods=st.sets(st.sampled_from(GOODS), min_size=1), refused=st.booleans())
def test_borders_add_up_under_filters(located: geo.Located, goods: set[str], refused: bool) -> None:
    chosen = geo.select(located.incidents, geo.Selection(goods=tuple(sorted(goods)), include_refused=refused))
    table = geo.summarize(located.take(chosen.index), by="border", period=PERIOD)
    assert table["incidents"].sum() == pytest.approx(len(chosen))
    assert list(table.index) == ["RU", "CN", "KG", "UZ", "TM", "CASPIAN", "AIR", "POST", "UNKNOWN"]


def test_rate_is_dated_incidents_over_length_and_years(located: geo.Located) -> None:
    table = geo.summarize(located, by="border", period=PERIOD)
    years = 11.0
    expected = table["incidents_dated"] / (table["length_km"] / 100 * years)
    assert table["per_100km_year"].iloc[:6].to_numpy() == pytest.approx(expected.iloc[:6].to_numpy(), rel=1e-3)
    assert table["per_100km_year"].iloc[6:].isna().all()
    assert table.loc["TM", "per_100km_year"] == 0


def test_the_period_counts_whole_spans_only(located: geo.Located) -> None:
    counted = located.incidents[in_period(located, (date(2024, 3, 2), date(2024, 12, 31)))]
    assert counted["date_start"].notna().all()
    assert (counted["date_start"] >= pd.Timestamp("2024-03-02")).all()
    assert not counted["date_precision"].eq("year").any()


def test_shares_are_parts_of_the_whole(located: geo.Located) -> None:
    table = geo.summarize(located, by="segment")
    sides = [f"recorded_by_{side}_share" for side in ("home", "neighbour", "both", "other", "unknown")]
    places = ["at_crossings_share", "between_crossings_share", "place_vague_share"]
    some = table[table["incidents"] > 0]
    assert some[sides].sum(axis=1).to_numpy() == pytest.approx(1)
    assert some[places].iloc[:-3].sum(axis=1).to_numpy() == pytest.approx(1)
    assert table[table["incidents"].eq(0)][sides].isna().all(axis=None)


def test_known_answers_for_borders(located: geo.Located) -> None:
    table = geo.summarize(located, by="border")
    own = located.incidents[located.incidents["border"].eq("KG")]
    assert table.loc["KG", "incidents"] == len(own)
    assert table.loc["KG", "latest"] == own.loc[own["date_start"].idxmax(), "date"]
    assert table.loc["KG", "top_goods"].startswith(own["goods"].value_counts().index[0])
    assert table.loc["RU", "busiest_segment_name"] == "Kayrak"
    turkmen = table.loc["TM", ["incidents", "latest", "top_goods", "quantities"]]
    assert turkmen.tolist() == [2, "2012-10", "food 1, weapons 1", "food 21 head"]


def test_reports_by_year_has_no_gaps_and_adds_up(located: geo.Located) -> None:
    years = geo.reports_by_year(located, by="border")
    assert list(years.columns) == list(range(years.columns.min(), years.columns.max() + 1))
    assert years.sum().sum() == pytest.approx(located.incidents["date_start"].notna().sum())


def test_quantities_are_totalled_per_goods_and_unit(located: geo.Located) -> None:
    total = geo.quantities(located, by="border")
    incidents = located.incidents
    assert list(geo.quantities(located, by="goods").columns) == ["goods", "unit", "quantity", "incidents"]
    for (goods, unit), group in total.groupby(["goods", "unit"]):
        stated = incidents[incidents["goods"].eq(goods) & incidents["unit"].eq(unit)]
        assert group["quantity"].sum() == pytest.approx(stated["quantity"].sum())
        assert group["incidents"].sum() == pytest.approx(stated["quantity"].notna().sum())


@pytest.mark.parametrize("by", KINDS)
def test_nothing_and_one(located: geo.Located, by: str) -> None:
    for count in (0, 1):
        table = geo.summarize(located.take(located.incidents.index[:count]), by=by, period=PERIOD)
        assert table["incidents"].sum() == pytest.approx(count)
        numbers = table.select_dtypes("number").to_numpy()
        assert not np.isinf(numbers).any()


def test_an_unknown_kind_lists_the_right_ones(located: geo.Located) -> None:
    with pytest.raises(UnknownValueError, match="segment"):
        geo.summarize(located, by="county")


def test_each_border_tells_its_share_outside_and_both_sides_rates(located: geo.Located, frontier: geo.Frontier) -> None:
    chosen = located.select(geo.Selection())
    table = geo.summarize(chosen, geo.estimate_risk(chosen, frontier, draws=200))
    land = table.iloc[:5]
    assert (land["outside_low90"] <= land["outside_share"]).all()
    assert (land["outside_share"] < land["outside_if_silent_share"]).all()
    assert table.iloc[5:][["outside_share", "home_rank", "neighbour_rank"]].isna().all(axis=None)
    for side in ("home", "neighbour"):
        own = chosen.incidents["recording_side"].eq(side) & in_period(chosen, None)
        counts = chosen.incidents["border"][own].value_counts()
        assert land[f"{side}_records"].to_dict() == counts.reindex(land.index, fill_value=0).to_dict()
        assert land[f"{side}_rank"].between(1, 5).all()
    apart = (land["home_rank_high90"] < land["neighbour_rank_low90"]) | (
        land["neighbour_rank_high90"] < land["home_rank_low90"]
    )
    assert land["sides_disagree"].tolist() == apart.tolist()
