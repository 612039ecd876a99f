"""Incidents by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geo.incidents.months import REFUSED, count_months, first_day, last_day, months_of
from geo.vocabulary import FAMILY_OF

if TYPE_CHECKING:
    import geopandas as gpd


def test_every_record_is_in_a_month_or_counted_beside(incidents: gpd.GeoDataFrame) -> None:
    counted = count_months(incidents)
    assert counted.months["incidents"].sum() + counted.year_only + counted.undated == len(incidents)
    assert counted.undated == incidents["date"].eq("").sum()


def test_a_month_holds_its_records(incidents: gpd.GeoDataFrame) -> None:
    counted = count_months(incidents).months
    held = counted[counted["month"].eq(pd.Timestamp("2024-07-01")) & counted["family"].ne(REFUSED)].set_index("family")[
        "incidents"
    ]
    dated = incidents[incidents["date"].str.startswith("2024-07") & incidents["outcome_class"].ne("refused_entry")]
    pd.testing.assert_series_equal(
        held.sort_index(), dated["goods"].map(FAMILY_OF).value_counts().sort_index(),
        check_names=False, check_dtype=False, check_index_type=False,
    )  # fmt: skip


def test_the_months_have_no_gap(incidents: gpd.GeoDataFrame) -> None:
    months = months_of(incidents)
    assert list(months) == [str(month) for month in pd.period_range(months[0], months[-1], freq="M")]
    assert first_day(months[0]) <= incidents["date_start"].min().date()
    assert last_day(months[-1]) >= incidents["date_end"].max().date()


def test_no_dates_at_all(incidents: gpd.GeoDataFrame) -> None:
    undated = incidents[incidents["date"].eq("")]
    assert count_months(undated).months.empty
    assert len(months_of(undated)) == 1
    assert len(months_of(undated.iloc[:0])) == 1


def test_goods_turned_back_are_no_familys(incidents: gpd.GeoDataFrame) -> None:
    refused = incidents["outcome_class"].eq("refused_entry")
    apart, alleged = count_months(incidents).months, count_months(incidents[~refused]).months
    only = count_months(incidents[refused]).months
    assert only["family"].eq(REFUSED).all()
    assert apart.loc[apart["family"].eq(REFUSED), "incidents"].sum() == only["incidents"].sum() > 0
    pd.testing.assert_frame_equal(apart[apart["family"].ne(REFUSED)].reset_index(drop=True), alleged)
