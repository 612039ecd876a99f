"""Incidents month by month: what a timeline draws, and what it cannot place."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from geo.vocabulary import FAMILIES, FAMILY_OF

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["REFUSED", "Timeline", "count_months", "first_day", "last_day", "months_of"]

REFUSED = ""
"""Stands in place of a family for goods merely turned back."""

_SPAN = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_YEAR, _MONTH = len("2024"), len("2024-07")


class Timeline(NamedTuple):
    """Incidents by month and family of goods, and how many belong to no month.

    Attributes
    ----------
    months
        Long: ``month`` (datetime64, its first day), ``family`` (letter; :data:`REFUSED` for goods merely turned back),
        ``incidents``; only what is not zero.
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
    family = incidents["goods"].map(FAMILY_OF).mask(incidents["outcome_class"].eq("refused_entry"), REFUSED)
    counted = pd.DataFrame({"month": month[within].dt.to_timestamp(), "family": family[within]})
    table = counted.groupby(["month", "family"], observed=True).size().rename("incidents").reset_index()
    order = {letter: place for place, letter in enumerate([*(family.letter for family in FAMILIES), REFUSED])}
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


def first_day(text: str) -> date:
    """First day of a day, a month or a year, which is how a period begins.

    Raises
    ------
    ValueError
        When the text is none of them.

    Examples
    --------
    >>> first_day("2024-02"), first_day("2024")
    (datetime.date(2024, 2, 1), datetime.date(2024, 1, 1))
    """
    if not _SPAN.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text + "-01-01"[len(text) - 4 :])


def last_day(text: str) -> date:
    """Last day of a day, a month or a year, which is how a period ends.

    Raises
    ------
    ValueError
        When the text is none of them.

    Examples
    --------
    >>> last_day("2024-02"), last_day("2024")
    (datetime.date(2024, 2, 29), datetime.date(2024, 12, 31))
    """
    day = first_day(text)
    if len(text) == _YEAR:
        return day.replace(month=12, day=31)
    return day if len(text) > _MONTH else day.replace(day=monthrange(day.year, day.month)[1])
