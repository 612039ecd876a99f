"""The app's charts: reports by year, official totals beside records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import pandas as pd

__all__ = ["chart_coverage", "chart_years"]

_MOST = 12
_LEGEND = alt.Legend(orient="top", labelLimit=400)


def chart_years(years: pd.DataFrame, names: Mapping[Hashable, str]) -> alt.Chart:
    """Small bars of reports by year, a chart a row, the fullest dozen first.

    Parameters
    ----------
    years
        From :func:`geo.reports_by_year`.
    names
        Words for the rows; a row without one keeps its key.
    """
    fullest = years.sum(axis=1).nlargest(_MOST)
    fullest = fullest[fullest > 0]
    names = {key: names.get(key, key) for key in years.index}
    tidy = years.loc[fullest.index].rename(index=names).rename_axis("row").reset_index()
    tidy = tidy.melt("row", var_name="year", value_name="reports")
    bars: alt.Chart = (
        alt.Chart(tidy)
        .mark_bar(color="#7C2D16")
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelOverlap=True)),
            y=alt.Y("reports:Q", title=None, axis=alt.Axis(tickCount=3)),
            facet=alt.Facet("row:N", columns=3, title=None, sort=[names[key] for key in fullest.index]),
            tooltip=["row", "year", alt.Tooltip("reports", format=".1f")],
        )
        .properties(height=80, width=270)
    )
    return bars


def chart_coverage(cases: pd.DataFrame) -> alt.Chart:
    """Official totals of cases beside records, per agency, goods, border and year.

    Parameters
    ----------
    cases
        Rows of :func:`geo.coverage_by_class` that count cases.
    """
    rows = cases.assign(
        row=cases["agency"] + ", " + cases["goods"] + ", " + cases["border"] + ", " + cases["year"].astype(str)
    )
    tidy = rows.melt(
        "row", ["total", "records_all", "records_naming_agency"], var_name="what", value_name="number"
    ).replace(
        {
            "total": "official total of cases",
            "records_all": "all our records in this class and period",
            "records_naming_agency": "our records naming the agency",
        }
    )
    colours = ["#B9B2A4", "#A65F28", "#1C1A17"]
    points: alt.Chart = alt.Chart(tidy.assign(shown=tidy["number"] + 1)).mark_point(filled=True, size=80).encode(
        x=alt.X("shown:Q", scale=alt.Scale(type="log"), title="number + 1, logarithmic"),
        y=alt.Y("row:N", title=None, axis=alt.Axis(labelLimit=520)),
        color=alt.Color("what:N", title=None, scale=alt.Scale(range=colours), legend=_LEGEND),
        shape=alt.Shape("what:N", title=None),
        tooltip=["row", "what", "number"],
    )  # fmt: skip
    return points
