"""The whole app in a real Chromium: what a reader does from the first look to the file taken away."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import geopandas as gpd
import pandas as pd
import pytest
from apps import IN_SIGHT, WAIT_S, eventually, open_map, settle, wait_for_ids, wait_for_mark
from playwright.sync_api import expect
from products import one_quick_in
from view_cases import MARKUP, hostile
from visits import PHONE

import geo
from geo.app.link import PAGES
from geo.estimate.estimating import estimate_selection, learn_hyper
from geo.incidents.months import first_day, last_day
from geo.incidents.reading import write_incidents
from geo.language.figures import write_estimate
from geo.language.phrases import write_packed
from geo.summaries.answers import answer
from geo.view import LANGUAGES, read_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Download

    Visitor = Callable[..., Any]


GOOD = """Дата;Товар;Количество;Ед.;Граница;Место;Источник
03.07.2024;сигареты;500;пачек;Россия;Петропавловск;https://example.org/a
2023-05-11;наркотики;12,5;кг;Кыргызстан;Кордай;https://example.org/b
32.13.2023;топливо;3;т;Узбекистан;Сарыагаш;https://example.org/c
2021-02;медикаменты;1000;шт;Узбекистан;Нигде;javascript:alert(1)
"""


def query(visit: Any) -> dict[str, list[str]]:
    return parse_qs(urlsplit(visit.page.url).query)


def wait_for_query(visit: Any, **wanted: list[str]) -> None:
    """Wait until the address says these."""
    eventually(visit.page, lambda: {name: query(visit).get(name) for name in wanted}, wanted)


def in_a_crossing_s_card(visit: Any, lang: str) -> None:
    """Wait until the card of a crossing is open, in a language."""
    expect(visit.page.locator(".st-key-card")).to_contain_text(read_words(lang)["kind.crossing"])


def go(visit: Any, page: str, lang: str = "en") -> None:
    """Turn to a page by its name in the line above."""
    names = ("nav.map", "nav.borders", "nav.records", "nav.claims", "app.own", "app.article", "nav.method")
    word = read_words(lang)[dict(zip(IN_SIGHT, names, strict=True))[page]]
    visit.page.locator(".st-key-page").get_by_text(word, exact=True).click()
    visit.page.locator(".st-key-page [aria-checked=true]", has_text=word).wait_for()
    settle(visit)


def take(visit: Any, name: str) -> bytes:
    """A file of the download menu."""
    if not visit.page.get_by_test_id("stPopoverBody").is_visible():
        visit.page.get_by_test_id("stPopoverButton").first.click()
    with visit.page.expect_download(timeout=WAIT_S * 3000) as started:
        visit.page.get_by_test_id("stPopoverBody").get_by_role("button", name=name).click()
    done: Download = started.value
    with open(done.path(), "rb") as file:  # noqa: PTH123
        return file.read()


def ids_in(name: str, packed: bytes) -> set[str]:
    file = io.BytesIO(packed)
    if name == "CSV":
        return set(pd.read_csv(file)["id"])
    if name == "Excel":
        return set(pd.read_excel(file)["id"])
    if name == "GeoJSON":
        return {feature["properties"]["id"] for feature in json.loads(packed)["features"]}
    return set(gpd.read_parquet(file)["id"])


def test_from_a_filter_over_map_and_table_to_the_files(
    visitor: Visitor, app_address: str, incidents: gpd.GeoDataFrame
) -> None:
    visit = visitor()
    frame = open_map(visit, app_address)
    chart = visit.page.locator(".st-key-timeline svg.marks")
    chart.evaluate("chart => { chart.same = true; }")
    before = chart.inner_html()
    visit.page.locator("[data-testid=stSidebar] button", has_text="Tobacco").first.click()
    wanted = set(geo.select(incidents, geo.Selection(goods=("tobacco",))).index)
    wait_for_ids(frame, wanted)
    # The bars of the chart that is there change.
    eventually(visit.page, lambda: chart.inner_html() != before, wanted=True)
    assert chart.evaluate("chart => chart.same")
    settle(visit)  # the map comes before all else
    wait_for_query(visit, goods=["tobacco"])
    go(visit, "incidents")
    count = visit.page.get_by_text(re.compile(r"\d+ of \d+ records"))
    expect(count).to_have_text(f"{len(wanted)} of {len(wanted)} records")
    for name in ("CSV", "Excel", "GeoJSON", "GeoParquet"):
        packed = take(visit, name)
        assert ids_in(name, packed) == wanted
    page = take(visit, "One-file page").decode()
    assert page.startswith("<!doctype html>")
    assert len(page) > 100_000
    assert "<svg" in take(visit, "Figure (SVG)").decode()
    visit.page.keyboard.press("Escape")
    visit.page.get_by_role("searchbox").or_(visit.page.locator(".st-key-search input")).first.fill("russia")
    visit.page.keyboard.press("Enter")
    expect(count).not_to_have_text(f"{len(wanted)} of {len(wanted)} records")
    settle(visit)
    found = int(count.inner_text().split()[0])
    assert 0 < found < len(wanted)
    assert len(ids_in("CSV", take(visit, "CSV"))) == found
    assert visit.clean()


def chosen(visit: Any) -> dict[str, list[str]]:
    """What an address chooses; where the map stands may come into it at any time."""
    return {name: value for name, value in query(visit).items() if name != "map"}


def test_a_link_restores_the_view_in_every_language(
    visitor: Visitor, app_address: str, incidents: gpd.GeoDataFrame
) -> None:
    visit = visitor()
    wanted = set(geo.select(incidents, geo.Selection(goods=("drugs",), neighbour=("RU",))).index)
    frame = open_map(visit, f"{app_address}/?lang=ru&goods=drugs&neighbour=RU&at=crossing%3Akayrak")
    wait_for_ids(frame, wanted)
    in_a_crossing_s_card(visit, "ru")
    settle(visit)
    first = chosen(visit)
    visit.page.reload()
    frame = open_map(visit, "")
    wait_for_ids(frame, wanted)
    in_a_crossing_s_card(visit, "ru")
    eventually(visit.page, lambda: chosen(visit), first)
    visit.page.locator(".st-key-lang").get_by_text(read_words("kk")["language.short"]).click()
    visit.page.wait_for_url("**lang=kk**")
    settle(visit)
    eventually(visit.page, lambda: chosen(visit), first | {"lang": ["kk"]})
    wait_for_ids(frame, wanted)
    eventually(frame, lambda: frame.evaluate("shekara.controller.t.lang"), "kk")
    in_a_crossing_s_card(visit, "kk")
    visit.page.go_back()
    visit.page.wait_for_url("**lang=ru**")
    expect(visit.page.locator(".st-key-lang [aria-checked=true]")).to_have_text(read_words("ru")["language.short"])
    assert visit.clean()


# On a phone all pages are gone through in one visit, quickly.
@pytest.mark.parametrize("page", one_quick_in(4, PAGES))
def test_every_page_asks_for_nothing_from_outside_and_nothing_fails(
    visitor: Visitor, app_address: str, page: str
) -> None:
    # A visit a page: what is still on its way when another page opens would count as failed.
    turn = PAGES.index(page)
    visit = visitor(color_scheme=("light", "dark")[turn % 2])
    visit.page.goto(f"{app_address}/?page={page}&lang={LANGUAGES[turn % 3]}")
    visit.page.locator(".st-key-page [aria-checked=true]").wait_for()
    settle(visit)
    if page in {"map", "borders"}:
        open_map(visit, "")
    expect(visit.page.get_by_test_id("stException")).to_have_count(0)
    assert visit.clean()


def test_a_brush_over_the_months_sets_the_period(
    visitor: Visitor, app_address: str, incidents: gpd.GeoDataFrame
) -> None:
    visit = visitor()
    frame = open_map(visit, app_address)
    chart = visit.page.locator(".st-key-timeline svg.marks")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box is not None
    visit.page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 30)
    visit.page.mouse.down()
    visit.page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 30, steps=5)
    visit.page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + 30, steps=5)
    visit.page.mouse.up()
    visit.page.wait_for_url("**since=**")
    settle(visit)
    since, until = query(visit)["since"][0], query(visit)["until"][0]
    assert "2014" < since < until < "2025"
    wait_for_ids(frame, set(geo.select(incidents, geo.Selection(since=first_day(since), until=last_day(until))).index))
    wait_for_query(visit, since=[since])
    visit.page.get_by_role("button", name="Whole period").click()
    wait_for_ids(frame, set(geo.select(incidents, geo.Selection()).index))


def test_the_filters_that_few_need_come_when_they_are_opened(
    visitor: Visitor, app_address: str, incidents: gpd.GeoDataFrame
) -> None:
    visit = visitor()
    frame = open_map(visit, app_address)
    settle(visit)
    more = visit.page.locator(".st-key-more")
    expect(more.locator("button")).to_have_count(0)
    more.locator("summary").click()
    more.locator("button", has_text=read_words("en")["mode.rail"]).click()
    wait_for_ids(frame, set(geo.select(incidents, geo.Selection(mode=("rail",))).index))
    settle(visit)
    more.locator("summary").click()
    more.locator("button").first.wait_for(state="hidden")
    settle(visit)
    visit.page.locator("[data-testid=stSidebar] button", has_text="Tobacco").first.click()
    wait_for_ids(frame, set(geo.select(incidents, geo.Selection(mode=("rail",), goods=("tobacco",))).index))
    assert visit.clean()


def test_a_row_of_the_table_marks_the_map(visitor: Visitor, app_address: str) -> None:
    visit = visitor(viewport={"width": 1440, "height": 2400})
    frame = open_map(visit, app_address)
    table = visit.page.locator(".st-key-map-records").get_by_test_id("stDataFrame").first
    box = table.bounding_box()
    assert box is not None
    visit.page.mouse.click(box["x"] + 18, box["y"] + 36 * 2.5)
    visit.page.wait_for_url("**at=record**")
    settle(visit)
    record = query(visit)["at"][0].removeprefix("record:")
    chosen = "shekara.controller.chosen && shekara.controller.outward(shekara.controller.chosen).ids"
    eventually(frame, lambda: frame.evaluate(chosen), [record])
    expect(visit.page.locator(".st-key-card a").first).to_have_attribute("href", re.compile("^http"))


def test_on_a_phone_the_pages_are_in_sight_and_the_card_is_a_sheet(visitor: Visitor, app_address: str) -> None:
    visit = visitor(viewport=PHONE, has_touch=True)
    frame = open_map(visit, f"{app_address}/?records=1")
    for page in IN_SIGHT:
        go(visit, page)
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        for name in visit.page.locator(".st-key-page button").all():
            box = name.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= PHONE["width"]
            assert box["height"] >= 40
    go(visit, "map")
    frame = open_map(visit, "")
    box = frame.locator("#map_div").bounding_box()
    assert box is not None
    assert box["y"] < PHONE["height"] * 0.62
    settle(visit)
    mark = wait_for_mark(frame, lambda one: one["kind"] == "crossing" and bool(one["x"]))
    frame.locator("#map_div").evaluate("map => map.scrollIntoView({block: 'start'})")
    visit.page.mouse.wheel(0, -60)
    visit.page.wait_for_timeout(300)
    box = frame.locator("#map_div").bounding_box()
    visit.page.mouse.click(box["x"] + mark["x"], box["y"] + mark["y"])
    card = visit.page.locator(".st-key-card")
    card.wait_for()
    settle(visit)
    sheet = card.bounding_box()
    assert sheet["y"] + sheet["height"] == pytest.approx(PHONE["height"], abs=2)
    assert sheet["y"] > PHONE["height"] * 0.35
    assert sheet["width"] == PHONE["width"]
    visit.page.locator(".st-key-card-close button").click()
    card.wait_for(state="detached")
    expect(visit.page.get_by_test_id("stExpandSidebarButton")).to_be_visible()
    assert visit.clean()


# Readers of the answers


@pytest.mark.parametrize(
    ("lang", "width"), [("en", 1440), pytest.param("ru", 1440, marks=pytest.mark.thorough), ("kk", 390)]
)
def test_a_reader_finds_the_first_place_its_card_and_a_sentence_to_quote(
    visitor: Visitor, app_address: str, located: geo.Located, lang: str, width: int
) -> None:
    """Where is most recorded, how sure is that, what may be quoted, in the words and figures of the library."""
    visit = visitor(viewport={"width": width, "height": 900 if width > 390 else 844}, has_touch=width == 390)
    frame = open_map(visit, f"{app_address}/?lang={lang}&goods=tobacco")
    selection = geo.Selection(goods=("tobacco",))
    hyper = learn_hyper(located)
    whole = lambda other: estimate_selection(located, other, hyper, whole=whole)  # noqa: E731
    found = answer(located, selection, whole(selection))
    expect(visit.page.get_by_role("heading", level=2).first).to_have_text(write_packed(lang, found["title"]))
    rows = visit.page.locator(".st-key-answers .answer")
    expect(rows).to_have_count(5)
    for i, place in enumerate(found["first"]):
        expect(rows.nth(i)).to_contain_text(place["name"][lang])
        expect(rows.nth(i)).to_contain_text(write_estimate(place["value"], place["low90"], place["high90"], lang))
    numbers = "shekara.controller.state.first.map((one) => one.key)"
    eventually(frame, lambda: frame.evaluate(numbers), [place["key"] for place in found["first"]])
    box, beside = visit.page.locator(".st-key-answers-box").bounding_box(), visit.page.locator("iframe").bounding_box()
    assert (box["x"] + box["width"] <= beside["x"]) == (width > 390)
    visit.page.locator(".st-key-answer-go-1 button").click()
    card = visit.page.locator(".st-key-card")
    expect(card).to_contain_text(found["first"][0]["name"][lang])
    expect(card).to_contain_text(read_words(lang)["answers.c-traffic"])
    wait_for_query(visit, at=[found["first"][0]["key"]])
    eventually(frame, lambda: frame.evaluate("shekara.controller.map.getZoom()") >= 6, wanted=True)
    card.get_by_role("button", name=read_words(lang)["answers.quote"]).click()
    sentence = visit.page.locator("[data-testid=stPopoverBody] code")
    expect(sentence).to_contain_text(read_words(lang)["answers.q-end"])
    expect(sentence).to_contain_text("goods=tobacco")
    assert visit.clean()


# Your data


def upload(visit: Any, address: str, name: str, content: bytes, lang: str = "en") -> None:
    visit.page.goto(f"{address}/?page=data&lang={lang}&records=1")
    visit.page.locator("input[type=file]").wait_for(state="attached")
    settle(visit)  # what is brought while the first run goes on may be lost
    visit.page.set_input_files("input[type=file]", {"name": name, "mimeType": "text/csv", "buffer": content})


def open_own(visit: Any) -> None:
    visit.page.get_by_role("button", name="Check the table").click()
    visit.page.locator(".st-key-own-open button").click(timeout=60_000)
    visit.page.locator(".st-key-own-banner").wait_for()
    settle(visit)


@pytest.mark.thorough  # test_app_own explores one quickly, on the map; tests/app on the other pages
def test_a_file_of_ones_own_is_checked_explored_and_gone(
    visitor: Visitor, app_address: str, incidents: gpd.GeoDataFrame
) -> None:
    visit = visitor()
    upload(visit, app_address, "own.csv", GOOD.encode())
    open_own(visit)
    expect(visit.page.locator(".st-key-own-banner")).to_contain_text("own.csv")
    go(visit, "map")
    frame = open_map(visit, "")
    eventually(frame, lambda: 2 <= len(frame.evaluate("shekara.visibleIds()")) <= 3, wanted=True)
    ids = set(frame.evaluate("shekara.visibleIds()"))
    assert not ids & set(incidents.index)
    assert ids_in("CSV", take(visit, "CSV")) == ids
    visit.page.keyboard.press("Escape")
    for page in IN_SIGHT:
        go(visit, page)
        expect(visit.page.get_by_test_id("stException")).to_have_count(0)
        if page in {"map", "borders"}:
            open_map(visit, "")  # a frame that is left while it loads gives up its files
    other = visitor()
    wait_for_ids(open_map(other, app_address), set(geo.select(incidents, geo.Selection()).index))
    go(visit, "map")
    open_map(visit, "")
    with visit.page.expect_event("framedetached"):
        visit.page.locator(".st-key-own-close button").click()
    wait_for_ids(open_map(visit, ""), set(geo.select(incidents, geo.Selection()).index))
    assert visit.clean()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    one_quick_in(
        3,
        [
            ("broken.xlsx", b"PK\x03\x04 no workbook", "can’t be used"),
            ("empty.csv", b"", "can’t be used"),
            ("picture.csv", bytes(range(256)) * 40, "can’t be used"),
        ],
    ),
)
def test_a_broken_file_is_refused_with_its_faults(
    visitor: Visitor, app_address: str, name: str, content: bytes, told: str
) -> None:
    visit = visitor()
    upload(visit, app_address, name, content)
    visit.page.get_by_text(told).first.wait_for()
    visit.page.locator(".st-key-faults").get_by_test_id("stDataFrame").wait_for()
    expect(visit.page.get_by_test_id("stException")).to_have_count(0)
    assert visit.clean()


@pytest.mark.thorough  # test_hostile looks quickly, at records that are there already
def test_hostile_data_never_run(
    visitor: Visitor, app_address: str, tmp_path: Path, incidents: gpd.GeoDataFrame
) -> None:
    visit = visitor()
    frame = hostile(incidents.drop(columns=["date_start", "date_end"]), rows=25)
    frame["source_url"], frame["other_urls"] = "https://example.org/<b>", ""
    frame["agency"] = f"agency {MARKUP}".replace(";", "")
    frame.index = incidents.index[:25]
    write_incidents(frame, tmp_path / "h.geojson")
    name = "<img src=x onerror=window.hacked=6>.geojson"
    upload(visit, app_address, name, (tmp_path / "h.geojson").read_bytes())
    open_own(visit)
    record = frame.index[0]
    for page in IN_SIGHT:
        visit.page.locator(".st-key-page button").nth(IN_SIGHT.index(page)).click()
        settle(visit)
        visit.page.wait_for_timeout(1000)  # a page that was left takes its frames away
        for window in (one for one in visit.page.frames if not one.is_detached()):
            assert window.evaluate("window.hacked === undefined")
    go(visit, "map")
    inner = open_map(visit, "")
    mark = wait_for_mark(inner, lambda one: one["kind"] == "crossing" and bool(one["x"]))
    inner.evaluate(f"shekara.controller.choose(shekara.controller.ready.records.index.get({record!r}), {{pan: true}})")
    visit.page.locator(".st-key-card").wait_for()
    settle(visit)
    expect(visit.page.locator(".st-key-card")).to_contain_text("<img")
    assert mark["ids"]
    for window in visit.page.frames:
        assert window.evaluate("window.hacked === undefined")
    assert visit.clean()
