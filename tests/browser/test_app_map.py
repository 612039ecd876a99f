"""The map inside the app, in a real Streamlit server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from apps import eventually, open_map, serve, settle, wait_for_ids, wait_for_mark
from playwright.sync_api import expect
from view_cases import underscored

import geo
from geo.incidents.reading import write_incidents
from geo.view import read_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import geopandas as gpd
    from apps import App

    Visitor = Callable[..., Any]

MAP_PICTURE = "[...document.querySelectorAll('.shekara-canvas')].map((canvas) => canvas.toDataURL()).join()"

# Two maps in turn whose ids differ only after an underscore, under one key: what st_folium used to confuse.
TWO_MAPS = """
import streamlit as st
from streamlit.components.v1 import declare_component
from streamlit_folium import st_folium
import geo
from geo.view import make_atlas, make_map, serve_assets, show_on

@st.cache_resource
def read(path):
    frontier = geo.read_frontier()
    incidents = geo.read_incidents(path)
    return incidents, make_atlas(geo.locate(incidents, frontier), frontier)

which = st.radio("File", {files!r})
incidents, atlas = read(which)
st_folium(make_map(atlas, assets=serve_assets(declare_component)), key="map", height=400, use_container_width=True,
          returned_objects=[], feature_group_to_add=show_on(atlas, ids=incidents.index))
"""


def choose_goods(visit: Any, word: str) -> None:
    visit.page.locator("[data-testid=stSidebar] button", has_text=word).first.click()


def test_the_map_needs_no_network_and_follows_the_goods_filter_in_place(
    visitor: Visitor, app_address: str, incidents: gpd.GeoDataFrame
) -> None:
    """Its atlas is fetched once, a filter sends what changed, and the frame is as high as what stands in it."""
    visit = visitor()
    fetched: list[str] = []
    got: list[int] = []
    visit.page.on("request", lambda request: fetched.append(request.url) if request.url.endswith(".txt") else None)
    visit.page.on("websocket", lambda socket: socket.on("framereceived", lambda data: got.append(len(data))))
    frame = open_map(visit, app_address)
    wait_for_ids(frame, set(geo.select(incidents, geo.Selection()).index))

    def air() -> float:
        inside = frame.evaluate("document.querySelector('.beneath').getBoundingClientRect().bottom")
        return float(visit.page.locator("iframe").first.bounding_box()["height"] - inside)

    eventually(frame, lambda: 0 <= air() <= 24, wanted=True)
    expect(frame.locator(".plot svg")).to_have_count(1)
    expect(frame.locator(".legend")).to_contain_text("Recorded incidents")
    settle(visit)
    got.clear()
    frame.evaluate("window.same = true")
    frame.evaluate("shekara.controller.map.setView([44, 70], 5, {animate: false})")
    before = frame.evaluate(MAP_PICTURE)
    choose_goods(visit, "Tobacco")
    wanted = set(geo.select(incidents, geo.Selection(goods=("tobacco",))).index)
    wait_for_ids(frame, wanted)
    drawn = {record for mark in frame.evaluate("shekara.marks()") for record in mark["ids"]}
    assert drawn <= wanted
    eventually(frame, lambda: frame.evaluate(MAP_PICTURE) != before, wanted=True)
    assert frame.evaluate("window.same")
    assert frame.evaluate("shekara.controller.map.getZoom()") == 5
    settle(visit)
    assert got
    assert len(fetched) == 1
    # The estimate of every cell is the largest of it; the atlas would be as large again.
    assert max(got) < 80_000
    assert visit.clean()


def test_while_an_estimate_is_made_nothing_of_the_last_one_is_seen(visitor: Visitor, app: App) -> None:
    visit = visitor()
    frame = open_map(visit, f"{app.address}/?since=2015-02")  # a period that no other test has had an estimate made for
    rows = visit.page.locator(".st-key-answers [class*=st-key-answer-row]").locator("visible=true")
    readout = frame.locator(".chart .readout")
    expect(rows).to_have_count(5)
    expect(readout).to_be_visible()
    with app.but("slow-estimates"):
        choose_goods(visit, "Tobacco")
        waiting = visit.page.locator(".answer-status")
        expect(waiting).to_be_visible()
        assert rows.count() == 0
        expect(readout).to_be_hidden()
        assert frame.evaluate("shekara.controller.state.faded")
        assert waiting.is_visible()
        expect(rows).to_have_count(5)
        expect(readout).to_be_visible()


def test_pan_and_zoom_never_run_the_script_and_a_choice_is_ringed_and_comes_back_as_a_card(
    visitor: Visitor, app_address: str
) -> None:
    visit = visitor()
    sent: list[int] = []
    visit.page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append(1)))
    frame = open_map(visit, f"{app_address}/?records=1")
    wait_for_mark(frame, lambda one: bool(one["ids"]))
    settle(visit)
    sent.clear()
    stood = frame.evaluate("[shekara.controller.map.getCenter(), shekara.controller.map.getZoom()]")
    frame.evaluate("shekara.controller.map.panBy([120, 40], {animate: false})")
    frame.evaluate("shekara.controller.map.zoomIn(1, {animate: false})")
    visit.page.wait_for_timeout(1500)
    assert sent == []
    frame.evaluate("([centre, zoom]) => shekara.controller.map.setView(centre, zoom, {animate: false})", stood)
    rings = "document.querySelectorAll('.shekara-canvas')[2].toDataURL()"
    blank = frame.evaluate(rings)
    frame.evaluate("shekara.controller.choose(shekara.controller.placed.marks[0], {quiet: true})")
    eventually(frame, lambda: frame.evaluate(rings) != blank, wanted=True)
    frame.evaluate("shekara.controller.choose(null, {quiet: true})")
    eventually(frame, lambda: frame.evaluate(rings), blank)
    frame.locator("#map_div").evaluate("map => map.scrollIntoView({block: 'end'})")
    mark = wait_for_mark(frame, lambda one: one["kind"] == "crossing" and one["x"] is not None)
    box = frame.locator("#map_div").bounding_box()
    assert box is not None
    visit.page.mouse.click(box["x"] + mark["x"], box["y"] + mark["y"])
    card = visit.page.locator(".st-key-card")
    expect(card).to_contain_text(read_words("en")["kind.crossing"])
    expect(card).to_contain_text("90 % interval")
    visit.page.wait_for_url("**at=crossing*")
    assert frame.evaluate("Boolean(window.shekara)")


@pytest.mark.thorough  # tests/view looks quickly whether such maps are told apart
def test_two_maps_that_differ_after_an_underscore(
    visitor: Visitor, tmp_path: Path, incidents: gpd.GeoDataFrame
) -> None:
    files = {}
    for suffix in ("a", "b"):
        frame = underscored(incidents, suffix).drop(columns=["date_start", "date_end"])
        path = tmp_path / f"records-{suffix}.geojson"
        write_incidents(frame, path)
        files[str(path)] = set(frame.index)
    script = tmp_path / "two_maps.py"
    script.write_text(TWO_MAPS.format(files=list(files)))
    for address in serve(script, tmp_path / "log.txt"):
        visit = visitor()
        first, second = files
        frame = open_map(visit, address)
        wait_for_ids(frame, files[first])
        # The other data are another map: its frame comes up anew, and the old one goes.
        with visit.page.expect_event("framedetached"):
            visit.page.locator("label", has_text=second).click()
        wait_for_ids(open_map(visit, ""), files[second])
        assert visit.clean()
