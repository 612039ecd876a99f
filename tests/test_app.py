"""The app's filters and pages; what the map draws is the browser tests' business."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import geo
from geo.grouping import KINDS

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

APP = Path(__file__).parent.parent / "app.py"


def open_page(app: AppTest, page: str) -> AppTest:
    """Go to a page by its address, as a click in the navigation does."""
    app._page_hash = calc_hash("" if page == "map" else page)
    app.run()
    assert not app.exception
    return app


@pytest.fixture
def app() -> AppTest:
    """The app on its records page."""
    return open_page(AppTest.from_file(str(APP), default_timeout=120).run(), "records")


def records(app: AppTest) -> pd.DataFrame:
    """The table of records as shown."""
    return app.dataframe[0].value


def set_pills(app: AppTest, key: str, *values: str) -> None:
    """Choose values of one filter."""
    next(group for group in app.sidebar.button_group if group.key == key).set_value(list(values)).run()
    assert not app.exception


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("goods", "tobacco"),
        ("neighbour", "POST"),
        ("direction", "transit"),
        ("mode", "rail"),
        ("recording_side", "neighbour"),
        ("confidence", "low"),
    ],
)
def test_each_filter_of_pills(app: AppTest, incidents: gpd.GeoDataFrame, field: str, value: str) -> None:
    set_pills(app, field, value)
    chosen = geo.select(incidents, geo.Selection(**{field: (value,)}))
    assert set(records(app).index) == set(chosen.index)


def test_goods_add_up_and_clear(app: AppTest, incidents: gpd.GeoDataFrame) -> None:
    everything = len(records(app))
    set_pills(app, "goods", "tobacco", "food")
    assert len(records(app)) == len(geo.select(incidents, geo.Selection(goods=("tobacco", "food"))))
    next(button for button in app.sidebar.button if button.label == "Clear all filters").click().run()
    assert len(records(app)) == everything


def test_agency(app: AppTest, incidents: gpd.GeoDataFrame) -> None:
    app.sidebar.multiselect[0].set_value(["Russian FSB"]).run()
    assert set(records(app).index) == set(geo.select(incidents, geo.Selection(agency=("Russian FSB",))).index)


def test_a_period_leaves_undated_records_out_and_says_how_many(app: AppTest) -> None:
    undated = int((records(app)["date"] == "").sum())
    app.sidebar.slider[0].set_value((2015, 2026)).run()
    assert (records(app)["date"] >= "2015").all()
    assert any(str(undated) in caption.value for caption in app.sidebar.caption)


def test_refused_entries_come_in_on_request(app: AppTest, incidents: gpd.GeoDataFrame) -> None:
    refused = set(incidents.index[incidents["outcome_class"].eq("refused_entry")])
    assert not refused & set(records(app).index)
    assert str(len(refused)) in app.sidebar.checkbox[0].label
    app.sidebar.checkbox[0].check().run()
    assert refused <= set(records(app).index)


def test_counts_beside_the_choices_follow_the_other_filters(app: AppTest, incidents: gpd.GeoDataFrame) -> None:
    set_pills(app, "neighbour", "KG")
    options = next(group for group in app.sidebar.button_group if group.key == "goods").options
    expected = len(geo.select(incidents, geo.Selection(goods=("tobacco",), neighbour=("KG",))))
    assert f"Tobacco {expected}" in options


@pytest.mark.parametrize("by", KINDS)
def test_every_summary(app: AppTest, by: str) -> None:
    open_page(app, "borders")
    app.segmented_control[0].set_value(by).run() if by != "border" else None
    assert not app.exception
    assert len(app.dataframe[0].value) > 1
    assert any("Recorded interceptions" in caption.value for caption in app.caption)


def test_nothing_matches(app: AppTest) -> None:
    set_pills(app, "goods", "electronics")
    set_pills(app, "neighbour", "TM")
    assert len(records(app)) == 0
    open_page(app, "borders")
    open_page(app, "map")


def test_the_statements_page_shows_every_statement(app: AppTest) -> None:
    open_page(app, "statements")
    claims = geo.read_claims()
    assert any(f"{len(claims)} of {len(claims)}" in caption.value for caption in app.caption)


def test_the_map_page_says_what_it_shows(app: AppTest) -> None:
    open_page(app, "map")
    assert any("not flows" in text.value for text in app.markdown)
