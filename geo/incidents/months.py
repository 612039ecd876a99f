"""Incidents month by month: what a timeline draws, and what it cannot place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from geo.vocabulary import FAMILIES, FAMILY_OF

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["Timeline", "count_months", "month_end", "month_start", "months_of"]


class Timeline(NamedTuple):
    """Incidents by month and family of goods, and how many belong to no month.

    Attributes
    ----------
    months
        Long: ``month`` (datetime64, its first day), ``family`` (letter), ``incidents``; only what is not zero.
    year_only
        Incidents known only to the year, or to a span that reaches over the end of a month.
    undated
        Incidents without a date.
    """

    months: pd.DataFrame
    year_only: int
    undated: int


def count_months(incidents: gpd.GeoDataFrame) -> Timeline:
    """Count incidents by month and family of goods.

    Parameters
    ----------
    incidents
        As :func:`geo.read_incidents` gives them.

    Examples
    --------
    >>> import geo
    >>> counted = count_months(geo.read_incidents())
    >>> int(counted.months["incidents"].sum()) + counted.year_only + counted.undated
    486
    """
    first, last = incidents["date_start"], incidents["date_end"]
    month = first.dt.to_period("M")
    within = first.notna() & (month == last.dt.to_period("M"))
    counted = pd.DataFrame(
        {"month": month[within].dt.to_timestamp(), "family": incidents["goods"][within].map(FAMILY_OF)}
    )
    table = counted.groupby(["month", "family"], observed=True).size().rename("incidents").reset_index()
    order = {family.letter: place for place, family in enumerate(FAMILIES)}
    table = table.sort_values(["month", "family"], key=lambda part: part.map(order) if part.name == "family" else part)
    undated = int(first.isna().sum())
    return Timeline(table.reset_index(drop=True), len(incidents) - int(within.sum()) - undated, undated)


def months_of(incidents: gpd.GeoDataFrame) -> tuple[str, ...]:
    """Every month from the first to the last that a date may mean, as ``2024-07``; at least one.

    Examples
    --------
    >>> import geo
    >>> months = months_of(geo.read_incidents())
    >>> months[0], len(months) > 200
    ('2001-08', True)
    """
    first, last = incidents["date_start"].min(), incidents["date_end"].max()
    if pd.isna(first) or pd.isna(last):
        return ("2000-01",)
    return tuple(str(month) for month in pd.period_range(first, last, freq="M"))


def month_start(month: str) -> date:
    """First day of a month.

    Examples
    --------
    >>> month_start("2024-02")
    datetime.date(2024, 2, 1)
    """
    return date.fromisoformat(f"{month}-01")


def month_end(month: str) -> date:
    """Last day of a month.

    Examples
    --------
    >>> month_end("2024-02")
    datetime.date(2024, 2, 29)
    """
    return pd.Period(month, freq="M").end_time.date()
