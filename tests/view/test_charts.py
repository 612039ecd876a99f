"""The app's charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.incidents.months import count_months
from geo.language.catalogue import LANGUAGES, read_words
from geo.view.charts import chart_months, months_table

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
    assert (domain[:-1], colours[:-1]) == (off["color"]["scale"]["domain"], off["color"]["scale"]["range"])
    assert not {"stroke", "strokeDash"} & set(off)
