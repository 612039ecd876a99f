"""The app's charts: incidents by month, reports by year, official totals and months beside records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from geo.claims.scopes import ALL_BORDERS
from geo.incidents.months import REFUSED
from geo.language.catalogue import read_words
from geo.language.numbers import write_number
from geo.language.translations import name_agencies, name_goods
from geo.paths import of_country
from geo.vocabulary import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from geo.incidents.months import Timeline

__all__ = ["BRUSH", "MONTHS", "chart_coverage", "chart_months", "chart_series", "chart_years", "months_table"]

BRUSH = "period"
"""Name of the selection that a reader drags over the months."""
MONTHS = "months"
"""Name that the chart of the months has for its data."""

_MOST = 12
_SERIES_HEIGHT = 110
# The tokens of the design, goods by family and the ramp's third step (static/tokens.css).
_GOODS = {
    "light": ("#C2256B", "#55B4E4", "#F28322", "#2F6B1B", "#2E63DC", "#241A66", "#F7CC45", "#96938B"),
    "dark": ("#C83D86", "#7FE3F2", "#FF9468", "#4A9410", "#346DEB", "#B3A9F5", "#EEE35A", "#A9A7A1"),
}
_BAR = {"light": "#7C2D16", "dark": "#E0B258"}
_TOTALS = {"light": ("#B9B2A4", "#A65F28", "#1C1A17"), "dark": ("#565C62", "#B5843C", "#F2EFE8")}
_QUIET = {"light": "#E7E3DA", "dark": "#33383D"}
_LEGEND = alt.Legend(orient="top", labelLimit=400)


def months_table(timeline: Timeline, lang: str = "en") -> pd.DataFrame:
    """Table that :func:`chart_months` draws: incidents by month and by the word for their family of goods."""
    words = read_words(lang)
    named = {family.letter: words[f"family.{family.letter}"] for family in FAMILIES}
    named[REFUSED] = words["outcome.refused_entry"]
    return timeline.months.assign(family=timeline.months["family"].map(named))


@of_country(maxsize=64)
def chart_months(
    ends: tuple[str, str],
    period: tuple[str, str] | None = None,
    *,
    lang: str = "en",
    theme: str = "light",
    refused: bool = False,
) -> Mapping[str, Any]:
    """Incidents by month, stacked by family of goods, with the period behind them and a brush to set it.

    ``ends`` and ``period`` are months such as ``2024-07``; ``refused``: goods merely turned back are in, as open dashed
    bars on top. The chart is Vega-Lite, but for the data :data:`MONTHS` (:func:`months_table`): so it is the same for
    every filter, and a browser keeps the chart that it has. Not to be changed, for it is kept.
    """
    words = read_words(lang)
    order, colours = [words[f"family.{family.letter}"] for family in FAMILIES], list(_GOODS[theme])
    apart: dict[str, Any] = {}
    if refused:
        order, colours = [*order, words["outcome.refused_entry"]], [*colours, "transparent"]
        merely = alt.datum.family == order[-1]
        apart = {
            "stroke": alt.condition(merely, alt.value(_TOTALS[theme][2]), alt.value(None)),
            "strokeDash": alt.condition(merely, alt.value([2, 2]), alt.value([1, 0])),
        }
    first, last = (pd.Timestamp(f"{month}-01") for month in ends)
    scale = alt.Scale(domain=[_utc(first), _utc(last + pd.offsets.MonthBegin())], type="utc")
    since, until = period or ends
    chosen = {"from": f"{since}-01", "to": f"{pd.Timestamp(until) + pd.offsets.MonthBegin():%Y-%m-%d}"}
    band = (
        alt.Chart(alt.InlineData(values=[chosen]))
        .mark_rect(color=_QUIET[theme], opacity=0.9 if period else 0)
        .encode(x=alt.X("utcyearmonth(from):T", scale=scale), x2="utcyearmonth(to):T")
    )
    axis = alt.Axis(format="%Y", tickCount="year", labelOverlap=True, grid=False)
    brush = alt.selection_interval(name=BRUSH, encodings=["x"], mark=alt.BrushConfig(fillOpacity=0.15))
    bars = (
        alt.Chart(alt.NamedData(MONTHS))
        .mark_bar(binSpacing=0)
        .encode(
            x=alt.X("utcyearmonth(month):T", title=None, scale=scale, axis=axis),
            y=alt.Y("sum(incidents):Q", title=None, axis=alt.Axis(tickCount=2, tickMinStep=1, format="d")),
            color=alt.Color(
                "family:N", sort=order, title=None, legend=None,
                scale=alt.Scale(domain=order, range=colours),
            ),
            order=alt.Order("rank:Q"),
            tooltip=[
                alt.Tooltip("utcyearmonth(month):T", title=words["app.timeline.month"], format="%Y-%m"),
                alt.Tooltip("family:N", title=words["goods"]),
                alt.Tooltip("sum(incidents):Q", title=words["app.records"]),
            ],
            **apart,
        )
        .transform_calculate(rank=f"indexof({order!r}, datum.family)")
        .add_params(brush)
    )  # fmt: skip
    layers = alt.LayerChart(layer=[band, bars], height=64, padding={"left": 0, "right": 4, "top": 4, "bottom": 0})
    chart: dict[str, Any] = layers.to_dict()
    return chart


def _utc(day: pd.Timestamp) -> alt.DateTime:
    return alt.DateTime(year=day.year, month=day.month, date=1, utc=True)


def chart_years(
    years: pd.DataFrame, names: Mapping[Hashable, str], *, lang: str = "en", theme: str = "light"
) -> alt.Chart:
    """Small bars of reports by year, a chart per row, the fullest dozen first."""
    words = read_words(lang)
    fullest = years.sum(axis=1).nlargest(_MOST)
    fullest = fullest[fullest > 0]
    names = {key: names.get(key, key) for key in years.index}
    tidy = years.loc[fullest.index].rename(index=names).rename_axis("row").reset_index()
    tidy = tidy.melt("row", var_name="year", value_name="reports")
    bars: alt.Chart = (
        alt.Chart(tidy)
        .mark_bar(color=_BAR[theme])
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelOverlap=True)),
            y=alt.Y("reports:Q", title=None, axis=alt.Axis(tickCount=3)),
            facet=alt.Facet("row:N", columns=3, title=None, sort=[names[key] for key in fullest.index]),
            tooltip=[
                alt.Tooltip("row:N", title=words["app.rows"]),
                alt.Tooltip("year:O", title=words["app.by.year"]),
                alt.Tooltip("reports:Q", title=words["app.records"], format=".1f"),
            ],
        )
        .properties(height=80, width=270)
    )
    return bars


def chart_coverage(cases: pd.DataFrame, *, lang: str = "en", theme: str = "light") -> alt.Chart:
    """Official totals of cases beside records, per agency, goods, border and year."""
    words = read_words(lang)
    borders = cases["border"].replace(ALL_BORDERS, words["statement.all-borders"])
    agencies = cases["agency"].map(lambda name: name_agencies(name, lang))
    goods = cases["goods"].map(lambda scope: name_goods(scope, lang))
    rows = cases.assign(row=agencies + ", " + goods + ", " + borders + ", " + cases["year"].astype(str))
    kinds = {
        "total": words["app.said.official"],
        "records_all": words["app.said.all"],
        "records_naming_agency": words["app.said.naming"],
    }
    tidy = rows.melt("row", list(kinds), var_name="what", value_name="number").replace({"what": kinds})
    points: alt.Chart = alt.Chart(tidy.assign(shown=tidy["number"] + 1)).mark_point(filled=True, size=80).encode(
        x=alt.X("shown:Q", scale=alt.Scale(type="log"), title=words["app.said.axis"]),
        y=alt.Y("row:N", title=None, axis=alt.Axis(labelLimit=520)),
        color=alt.Color(
            "what:N", title=None, scale=alt.Scale(domain=list(kinds.values()), range=list(_TOTALS[theme])),
            legend=_LEGEND,
        ),
        shape=alt.Shape("what:N", title=None, scale=alt.Scale(domain=list(kinds.values()))),
        tooltip=["row", "what", "number"],
    ).properties(height=24 * tidy["row"].nunique() + 40)  # fmt: skip
    return points


def chart_series(
    months: pd.DataFrame, ends: tuple[str, str], *, lang: str = "en", theme: str = "light"
) -> dict[str, Any]:
    """Published months of one class as bars, and beneath each the number of our records; other months stay open."""
    words = read_words(lang)
    first, last = map(pd.Timestamp, ends)
    scale = alt.Scale(domain=[_utc(first), _utc(last + pd.offsets.MonthBegin())], type="utc")
    top = int(months["count"].max())
    # Room below nought for our records, whose numbers no common scale would show.
    room = alt.Scale(domain=[-0.24 * top, top], nice=False)
    rows = months[["period_start", "count", "records_naming_agency"]].assign(foot=0, below=-0.14 * top)
    base = alt.Chart(rows).encode(
        tooltip=[
            alt.Tooltip("utcyearmonth(period_start):T", title=words["app.timeline.month"], format="%Y-%m"),
            alt.Tooltip("count:Q", title=words["claims.series.cases"], format=",d"),
            alt.Tooltip("records_naming_agency:Q", title=words["claims.series.ours"]),
        ]
    )
    axis = alt.Axis(format="%Y-%m", values=[_utc(first), _utc(last)], grid=False, labelFlush=True, tickOffset=3)
    counts = alt.Axis(
        values=[0, top], grid=False, minExtent=44, labelExpr=f"datum.value ? '{write_number(lang, top)}' : '0'"
    )
    bars = base.mark_bar(color=_TOTALS[theme][1], binSpacing=1).encode(
        x=alt.X("utcyearmonth(period_start):T", title=None, scale=scale, axis=axis),
        y=alt.Y("count:Q", title=None, scale=room, axis=counts),
        y2="foot:Q",
    )
    ours = base.mark_text(color=_TOTALS[theme][2], fontSize=11).encode(
        x=alt.X("utcyearmonth(period_start):T", scale=scale, bandPosition=0.5),
        y=alt.Y("below:Q", scale=room),
        text="records_naming_agency:Q",
    )
    chart: dict[str, Any] = alt.LayerChart(layer=[bars, ours], height=_SERIES_HEIGHT).to_dict()
    return {name: part for name, part in chart.items() if name != "config"}  # Streamlit has a theme of its own
