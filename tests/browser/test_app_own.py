"""A table of one's own in a real Chromium: kept by the browser, beside the built-in records, private where it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from apps import eventually, open_map, settle
from playwright.sync_api import expect
from visits import PHONE

import geo
from geo.view import read_words, say

if TYPE_CHECKING:
    from collections.abc import Callable

    Visitor = Callable[..., Any]

ROWS = [
    "date,goods,quantity,unit,place,lon,lat,neighbour,source",
    "2025-03-04,cigarettes,500,pack,Kordai,74.71,43.04,KG,https://example.org/1",
    "2025-05-11,diesel,200,l,Kordai,74.72,43.05,KG,https://example.org/2",
    "2025-06-01,cannabis,2,kg,Sortobe,75.2,42.87,KG,https://example.org/3",
]
TABLE = ("\n".join(ROWS) + "\n").encode()
OWN = say("en", "app.own.banner", name="mine.csv", n=len(ROWS) - 1)


def bring(visit: Any, address: str, *, private: bool = False) -> None:
    """Upload the table, have it checked, and explore it."""
    words, page = read_words("en"), visit.page
    page.goto(f"{address}/?page=data&lang=en")
    page.locator("input[type=file]").wait_for(state="attached")
    settle(visit)  # what is brought while the first run goes on may be lost
    page.locator("input[type=file]").set_input_files({"name": "mine.csv", "mimeType": "text/csv", "buffer": TABLE})
    expect(page.get_by_role("button", name=words["app.own.check"])).to_be_visible()
    settle(visit)  # the browser's word that it keeps the file runs the page once more
    page.get_by_role("button", name=words["app.own.check"]).click()
    explore = page.get_by_role("button", name=say("en", "app.own.open", n=len(ROWS) - 1))
    expect(explore).to_be_visible()
    settle(visit)
    if private:
        page.locator(".st-key-own-private label").click()
        settle(visit)
    explore.click()
    expect(page.get_by_text(OWN)).to_be_visible()


@pytest.mark.thorough
def test_an_upload_survives_a_reload_until_it_is_forgotten(visitor: Visitor, app_address: str) -> None:
    """With the choices made for it and its private mark; on the map, which opens where its records are."""
    words = read_words("en")
    visit = visitor()
    bring(visit, app_address, private=True)
    page, frame = visit.page, open_map(visit, "")
    eventually(frame, lambda: len(frame.evaluate("shekara.visibleIds()")), len(ROWS) - 1)
    assert frame.evaluate("shekara.controller.map.getZoom()") >= 6
    assert "data=own" in page.url
    page.reload()
    expect(page.get_by_text(OWN)).to_be_visible()
    expect(page.get_by_text(say("en", "desk.banner", n=len(ROWS) - 1))).to_be_visible()
    page.get_by_role("radio", name=words["app.own"]).click()
    expect(page.locator(".st-key-own-kept")).to_contain_text("mine.csv")
    page.goto(f"{app_address}/?page=data&lang=en")
    expect(page.locator(".st-key-own-kept")).to_contain_text("mine.csv")
    page.locator(".st-key-own-forget button").click()
    expect(page.locator(".st-key-own-forget")).to_have_count(0)
    settle(visit)
    page.goto(f"{app_address}/?page=data&lang=en")
    expect(page.get_by_text(words["app.own.fields"])).to_be_visible()
    settle(visit)
    expect(page.locator(".st-key-own-kept")).to_have_count(0)
    assert visit.clean()


def test_own_records_beside_the_built_in_ones_are_told_apart(visitor: Visitor, app_address: str) -> None:
    words = read_words("en")
    visit = visitor()
    bring(visit, app_address)
    page = visit.page
    page.get_by_role("radio", name=words["desk.scope.both"], exact=True).click()
    settle(visit)
    frame = open_map(visit, "")
    built_in = set(geo.select(geo.read_incidents(), geo.Selection()).index)
    eventually(frame, lambda: len(frame.evaluate("shekara.visibleIds()")), len(built_in) + len(ROWS) - 1)
    own = frame.evaluate("[...shekara.controller.state.own].map(shekara.controller.ready.records.id)")
    assert len(own) == len(ROWS) - 1
    assert not built_in & set(own)
    expect(frame.locator(".legend")).to_contain_text(words["m-own"])
    assert "data=both" in page.url
    page.goto(page.url.split("?")[0] + f"?lang=en&data=both&at=record:{own[0]}")
    expect(page.locator(".st-key-card")).to_contain_text(words["desk.from.own"])
    expect(page.get_by_text(OWN)).to_be_visible()
    page.get_by_role("radio", name=words["desk.scope.builtin"], exact=True).click()
    expect(page.get_by_text(OWN)).to_have_count(0)
    assert visit.clean()


def test_a_link_opens_the_map_where_it_was_and_follows_it(visitor: Visitor, app_address: str) -> None:
    visit = visitor()
    frame = open_map(visit, f"{app_address}/?lang=en&map=43.2,74.5,7")
    eventually(frame, lambda: frame.evaluate("shekara.controller.map.getZoom()"), 7)
    centre = frame.evaluate("shekara.controller.map.getCenter()")
    assert (round(centre["lat"], 1), round(centre["lng"], 1)) == (43.2, 74.5)
    frame.evaluate("shekara.controller.map.setView([50, 60], 6, { animate: false })")
    eventually(visit.page, lambda: "map=50.000,60.000,6" in visit.page.url, wanted=True)
    visit.page.locator(".st-key-regions label").click()
    settle(visit)
    followed = re.compile(r"regions=1&map=(50.0|49.9)\d*,60.0\d*,6")
    eventually(visit.page, lambda: bool(followed.search(visit.page.url)), wanted=True)
    assert visit.clean()


@pytest.mark.thorough
def test_a_browser_that_keeps_nothing_says_so(visitor: Visitor, app_address: str) -> None:
    visit = visitor(viewport=PHONE)
    visit.page.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")
    bring(visit, app_address)
    visit.page.get_by_role("radio", name=read_words("en")["app.own"]).click()
    expect(visit.page.get_by_text(read_words("en")["app.own.unkept"])).to_be_visible()
    visit.page.reload()
    expect(visit.page.get_by_text(read_words("en")["app.link.own"])).to_be_visible()
    assert visit.clean()
