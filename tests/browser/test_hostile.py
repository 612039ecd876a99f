"""Data that try to run, to turn the writing round and to burst the page: in the page and in the app."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pytest
from apps import IN_SIGHT, open_map, settle, wait_for_map, wait_for_mark
from playwright.sync_api import expect
from view_cases import MARKUP, hostile
from visits import PHONE, WIDE

import geo
from geo.view import PageOptions, write_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd
    from apps import App

    Visitor = Callable[..., Any]

RAN = "window.hacked"
# Text of a source that turns the direction of writing must not do so for its neighbours in the line.
LOOSE = """() => {
  const kept = 'h1, #lead, bdi, option, textarea, script, noscript';
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), loose = [];
  for (let node = walk.nextNode(); node; node = walk.nextNode())
    if (node.data.includes('\\u202e') && !node.parentElement.closest(kept))
      loose.push(node.parentElement.outerHTML.slice(0, 200));
  return loose;
}"""


@pytest.fixture(scope="module")
def bad(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return hostile(incidents)


@pytest.fixture(scope="module")
def bad_statements(statements: tuple[pd.DataFrame, ...]) -> tuple[pd.DataFrame, ...]:
    compared, coverage, months = (table.copy() for table in statements)
    for field in ("agency", "claim", "source_publisher"):
        compared[field] = f"{field} {MARKUP}" + "y" * 10_000
    compared["source_url"] = "javascript:window.hacked=6"
    coverage["agency"] = f"agency {MARKUP}"
    coverage["goods"] = [f"{goods} {MARKUP}" for goods in coverage["goods"]]
    return compared, coverage, months


@pytest.fixture(scope="module")
def bad_address(
    tmp_path_factory: pytest.TempPathFactory,
    bad: gpd.GeoDataFrame,
    frontier: geo.Frontier,
    bad_statements: tuple[pd.DataFrame, ...],
) -> str:
    options = PageOptions(
        title=MARKUP,
        lead=MARKUP,
        contact=f"javascript:window.hacked=7 {MARKUP}",
        chosen=geo.Selection(agency=(MARKUP,), include_refused=True),
    )
    path = tmp_path_factory.mktemp("bad") / "map.html"
    return write_page(path, bad, frontier, statements=bad_statements, options=options).as_uri()


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_nothing_runs_and_nothing_bursts_in_the_page(
    visitor: Visitor, bad_address: str, bad: gpd.GeoDataFrame, viewport: dict[str, int]
) -> None:
    visit = visitor(viewport=viewport).open(bad_address)
    assert visit.ids() == set(bad.index)
    visit.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    while visit.page.locator("#records > .button").is_visible():
        visit.page.locator("#records > .button").click()
    for position in range(len(bad)):
        visit.page.evaluate("(i) => shekara.controller.choose(i)", position)
        expect(visit.page.locator("#card .card-original")).to_contain_text("<img src=x")
        assert visit.page.locator("#card").evaluate("(card) => card.scrollWidth - card.clientWidth") <= 0
    assert visit.page.evaluate(LOOSE) == []
    visit.page.evaluate("shekara.controller.show({records: true})")
    for mark in visit.marks():
        visit.page.evaluate(
            "(key) => shekara.controller.choose(shekara.controller.placed.marks.find((m) => m.key === key))",
            mark["key"],
        )
        assert visit.page.evaluate(LOOSE) == []
    visit.page.keyboard.press("Escape")
    if viewport is WIDE:
        visit.page.evaluate("shekara.controller.map.setView([43, 74], 8, {animate: false})")
        for mark in visit.marks()[::5]:
            if mark["x"] is not None:
                visit.click_mark(mark)
        visit.page.locator(".map").focus()
        for key in ("Enter", "ArrowRight", "Enter"):
            visit.page.keyboard.press(key)
    wide = visit.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    tallest = visit.page.evaluate(
        "Math.max(...[...document.querySelectorAll('.record, .claim > *')].map((one) => one.offsetHeight))"
    )
    assert tallest < 1_200
    assert visit.page.evaluate(RAN) is None
    expect(visit.page.locator("img, [onerror], iframe, object, embed")).to_have_count(0)
    links = visit.page.evaluate("[...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href'))")
    assert all(link.startswith(("https://", "#", "mailto:")) for link in links)
    assert visit.clean()


def test_nothing_runs_without_the_page_s_script(visitor: Visitor, bad_address: str, bad: gpd.GeoDataFrame) -> None:
    visit = visitor(java_script_enabled=False)
    visit.page.goto(bad_address)
    expect(visit.page.locator(".plain-table tbody tr")).to_have_count(len(bad))
    expect(visit.page.locator("img, [onerror]")).to_have_count(0)
    expect(visit.page.locator(".plain-table a")).to_have_count(0)


def test_nothing_runs_inside_a_frame(visitor: Visitor, bad_address: str, tmp_path: Path) -> None:
    visit = visitor().open(bad_address)
    lines = visit.page.locator(".embed-code").input_value()
    article = tmp_path / "article.html"
    article.write_text(f"<!doctype html><meta charset=utf-8>{lines}", encoding="utf-8")
    reader = visitor()
    reader.page.goto(article.as_uri())
    expect(reader.page.locator("iframe")).to_have_count(1)
    reader.page.locator("iframe").scroll_into_view_if_needed()
    wait_for_map(reader.page.frames[1])
    assert reader.page.frames[1].evaluate(RAN) is None
    assert reader.page.evaluate(RAN) is None
    assert reader.clean()


@pytest.fixture
def bad_app(app: App, bad: gpd.GeoDataFrame) -> Iterator[str]:
    with app.but("hostile", pickle.dumps(bad)) as address:
        yield address


def test_nothing_runs_in_the_app(visitor: Visitor, bad_app: str, bad: gpd.GeoDataFrame) -> None:
    visit = visitor()
    frame = open_map(visit, f"{bad_app}/?records=1")
    wait_for_mark(frame, lambda one: one["x"] is not None)
    settle(visit)
    marks = frame.evaluate("shekara.marks()")
    assert {record for mark in marks for record in mark["ids"]} <= set(bad.index)
    clickable = [mark for mark in marks if mark["x"] is not None]
    assert clickable
    box = frame.locator(".map").bounding_box()
    assert box is not None
    for mark in clickable[::12]:
        visit.page.mouse.click(box["x"] + mark["x"], box["y"] + mark["y"])
        settle(visit)
        assert [one.evaluate(RAN) for one in visit.page.frames if not one.is_detached()] == [None] * len(
            visit.page.frames
        )
    for page in ("borders", "incidents", "statements", "data", "method"):
        visit.page.locator(".st-key-page button").nth(IN_SIGHT.index(page)).click()
        visit.page.wait_for_url(f"**page={page}*")
        visit.page.locator("h1, h2").first.wait_for()
        settle(visit)
        for one in (one for one in visit.page.frames if not one.is_detached()):
            assert one.evaluate(RAN) is None, page
        expect(visit.page.locator("[onerror], img[src='x']")).to_have_count(0)
    assert visit.outside == []
