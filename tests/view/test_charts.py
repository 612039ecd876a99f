"""The app's charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import geo
from geo.claims import monthly_series
from geo.incidents.months import count_months
from geo.language.catalogue import LANGUAGES, read_words
from geo.view.charts import chart_months, chart_series, months_table

if TYPE_CHECKING:
    import geopandas as gpd

ENDS = ("2020-01", "2024-12")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_goods_turned_back_are_open_dashed_bars_with_a_name(incidents: gpd.GeoDataFrame, lang: str) -> None:
    name = read_words(lang)["outcome.refused_entry"]
    table = months_table(count_months(incidents), lang)
    off, on = (chart_months(ENDS, lang=lang, refused=refused)["layer"][1]["encoding"] for refused in (False, True))
    domain, colours = on["color"]["scale"]["domain"], on["color"]["scale"]["range"]
    assert set(table["family"]) <= set(domain)
    assert (domain[-1], colours[-1]) == (name, "transparent")
    assert name in on["strokeDash"]["condition"]["test"]
    assert (domain[:-1], colours[:-1]) == (
        off["color"]["scale"]["domain"],
        off["color"]["scale"]["range"],
    )
    assert not {"stroke", "strokeDash"} & set(off)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_months_that_were_not_published_stay_open(located: geo.Located, theme: str) -> None:
    series = monthly_series(geo.read_claims(), located)
    ends = series["period_start"].min(), series["period_start"].max()
    fuel = series[series["class"].eq("fuel")]
    spec = chart_series(fuel, ends, lang="ru", theme=theme)
    (rows,) = spec["datasets"].values()
    assert [row["count"] for row in rows] == fuel["count"].tolist()
    assert {row["period_start"] for row in rows} == set(fuel["period_start"])
    domains = [layer["encoding"]["x"]["scale"]["domain"] for layer in spec["layer"]]
    assert domains[0] == domains[1]
    assert (domains[0][0]["year"], domains[0][1]["year"]) == (int(ends[0][:4]), int(ends[1][:4]))
    axis = spec["layer"][0]["encoding"]["y"]["axis"]
    assert axis["values"] == [0, fuel["count"].max()]
