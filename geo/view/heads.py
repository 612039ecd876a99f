"""Summaries as they are read on a screen: heads in words, numbers with as many figures as they carry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from pandas.io.formats.style import Styler

__all__ = ["in_print", "summary_heads"]


def summary_heads(table: pd.DataFrame) -> dict[str, str | None]:
    """Heads of a summary's columns; None hides one."""
    heads = {
        "neighbour": "Border",
        "name": "Name",
        "length_km": "Map km",
        "published_km": "Published km",
        "incidents": "Recorded incidents",
        "incidents_whole": "For certain",
        "incidents_dated": "In the rate",
        "per_100km_year": "Plain rate",
        "estimate": "Estimate per 100 km and year",
        "low90": "90 % from",
        "high90": "to",
        "p_highest": "P(highest)",
        "p_top5": "P(among five highest)",
        "rank": "Rank",
        "rank_low90": "90 % from rank",
        "rank_high90": "to rank",
        "at_crossings_share": "At crossings",
        "between_crossings_share": "Between crossings",
        "place_vague_share": "Place vague",
        "recorded_by_kazakhstan_share": "Recorded by Kazakhstan",
        "recorded_by_neighbour_share": "… by a neighbour",
        "recorded_by_both_share": "… by both",
        "recorded_by_other_share": "… by others",
        "recorded_by_unknown_share": "… not stated",
        "top_goods": "Top goods",
        "busiest_segment": None,
        "busiest_segment_name": "Busiest stretch",
        "latest": "Latest",
        "reports_by_year": "Reports by year",
        "quantities": "Quantities",
    }
    return {name: heads.get(name, name.replace("_", " ").capitalize()) for name in map(str, table)}


def in_print(table: pd.DataFrame) -> Styler:
    """The table with its numbers as they are read: kilometres, counts, rates, shares."""
    numbers: dict[Any, Any] = {
        name: "{:.0%}"
        if name.endswith("_share") or name.startswith("p_")
        else "{:,.0f}"
        if name.endswith("_km")
        else "{:,.2f}"
        for name in map(str, table.select_dtypes("number"))
    }
    numbers |= dict.fromkeys(("incidents", "incidents_dated"), "{:,.1f}") | dict.fromkeys(
        ("incidents_whole", "rank", "rank_low90", "rank_high90"), "{:,.0f}"
    )
    return table.style.format(numbers, na_rep="–")
