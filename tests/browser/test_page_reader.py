"""What a reader of the exported page gets beside the map itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from apps import wait_for_map
from playwright.sync_api import expect
from products import one_quick_in
from visits import PHONE, WIDE

import geo
from geo.language.figures import is_bound, write_bound, write_ends, write_figure
from geo.view import PageOptions, make_atlas, write_heading, write_page
from geo.view.statements import pack_statements

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import geopandas as gpd

    Visitor = Callable[..., Any]

SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"


def selected(incidents: gpd.GeoDataFrame, **chosen: Any) -> set[str]:
    return set(geo.select(incidents, geo.Selection(**chosen)).index)


def undated(incidents: gpd.GeoDataFrame) -> set[str]:
    return set(incidents.index[incidents["date"].eq("")])


# Statements beside records


def test_statements_stand_beside_their_records(
    visitor: Visitor, full_address: str, statements: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    compared = statements[0]
    visit = visitor().open(full_address)
    claims = visit.page.locator("#claims")
    assert "151 statements" in claims.inner_text()
    while claims.locator("[data-key='claims-more']").is_visible():
        claims.locator("[data-key='claims-more']").click()
    assert claims.locator(".claim").count() == len(compared)
    said = claims.locator(".claim[data-id='knb-bs-2025-year-17541']")
    row = compared.loc["knb-bs-2025-year-17541"]
    assert said.locator(".said-what").inner_text() == row["claim"]
    assert said.locator(".said-what").get_attribute("lang") == "en"
    assert f"{row['records_same_agency']} records name the agency" in said.inner_text()
    assert f"{row['records_other_agencies']} name only other agencies" in said.inner_text().replace("\n", " ")
    said.locator("button", has_text=str(row["records_same_agency"])).first.click()
    opened = visit.page.locator("#card [data-id]").evaluate_all("(buttons) => buttons.map((one) => one.dataset.id)")
    assert set(opened) == set(row["records_same_agency_ids"].split("; "))
    assert visit.clean()


def test_verdicts_are_in_the_reader_s_language(visitor: Visitor, full_address: str) -> None:
    visit = visitor().open(full_address)
    claims = visit.page.locator("#claims")
    for lang, verdict, none in (
        ("en", "legal article not known", "Not comparable"),
        ("ru", "статья закона неизвестна", "Сравнить нельзя"),
        ("kk", "заң бабы белгісіз", "Салыстыруға келмейді"),
    ):
        visit.speak(lang)
        while claims.locator("[data-key='claims-more']").is_visible():
            claims.locator("[data-key='claims-more']").click()
        chips = claims.locator(".verdict").all_inner_texts()
        assert verdict in chips, lang
        assert none in chips, lang
        assert not [text for text in chips if lang != "en" and re.search("[A-Za-z]", text)], lang


def test_statements_of_one_agency_and_their_totals(visitor: Visitor, full_address: str) -> None:
    visit = visitor().open(full_address)
    visit.page.get_by_label("Said by").select_option("Prosecutor General")
    names = set(visit.page.locator(".said-by b").all_inner_texts())
    assert names == {"Prosecutor General"}
    totals = visit.page.locator(".totals-table tbody tr").first.inner_text()
    assert "17,541" in totals
    assert "0.046\xa0%" in totals


def test_every_verdict_and_reason_has_its_words(statements: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    packed = pack_statements({}, *statements)
    apart = [one for one in packed["statements"] if one["verdict"] == "not-comparable"]
    assert apart
    assert all(one["reasons"] for one in apart)
    assert len(packed["statements"]) == len(statements[0])


def test_without_statements_the_page_has_no_such_section(visitor: Visitor, page_address: str) -> None:
    visit = visitor().open(page_address)
    assert visit.page.locator("#claims, #nav a[href='#claims']").count() == 0


# Filters in force


def test_the_buttons_say_which_filters_are_in_force(
    visitor: Visitor, page_address: str, incidents: gpd.GeoDataFrame
) -> None:
    visit = visitor().open(page_address)
    said = visit.page.locator("#filters summary b")
    expect(said).to_have_text(["all", "all", "all", ""])
    visit.page.evaluate("shekara.setFilter({goods: ['tobacco', 'alcohol', 'drugs'], neighbour: ['RU'], since: '2018'})")
    expect(said).to_have_text(["Drugs, Tobacco & alcohol", "Russia", "2018–2026", ""])
    expect(visit.page.locator("#filters summary.set")).to_have_count(3)
    visit.menu("goods")
    visit.page.locator("#filters [data-key='goods:tobacco,alcohol']").uncheck()
    visit.menu("period")
    visit.page.locator("[data-key='all-years']").click()
    assert visit.ids() == selected(incidents, goods=("drugs",), neighbour=("RU",))
    visit.page.evaluate("shekara.setFilter({mode: ['rail'], words: 'kg'})")
    expect(visit.page.locator("#only")).to_have_text("Only: by rail; with the words “kg”")
    visit.page.locator("[data-key='clear-all']").click()
    assert visit.ids() == selected(incidents)


def test_when_nothing_matches_the_last_filter_is_cleared(
    visitor: Visitor, page_address: str, incidents: gpd.GeoDataFrame
) -> None:
    visit = visitor().open(page_address)
    visit.page.evaluate("shekara.setFilter({goods: ['tobacco']})")
    visit.page.evaluate("shekara.setFilter({neighbour: ['TM']})")
    assert visit.ids() == set()
    rows = visit.page.locator(".by-border tbody tr").count()
    assert rows == 6
    assert "No records match" in visit.page.locator("#records").inner_text()
    visit.page.get_by_role("button", name="Clear the last filter").click()
    assert visit.ids() == selected(incidents, goods=("tobacco",))


def test_undated_records_are_in_and_can_be_left_out(
    visitor: Visitor, page_address: str, incidents: gpd.GeoDataFrame
) -> None:
    visit = visitor().open(page_address)
    without = undated(incidents) & selected(incidents)
    visit.menu("period")
    box = visit.page.get_by_label(f"Include {len(without)} undated records")
    assert box.is_checked()
    box.uncheck()
    assert visit.ids() == selected(incidents) - without
    visit.page.evaluate("shekara.setFilter({since: '2020', until: '2022', undated: null})")
    assert not visit.page.get_by_label(f"Include {len(without)} undated records").is_checked()
    inside = visit.ids()
    visit.page.get_by_label(f"Include {len(without)} undated records").check()
    assert visit.ids() == inside | without


def test_one_record_says_that_its_interval_says_little(visitor: Visitor, page_address: str) -> None:
    visit = visitor().open(page_address)
    visit.page.evaluate("shekara.setFilter({words: '336,000 packs disguised building'})")
    assert visit.page.locator("#count b").inner_text() == "1"
    expect(visit.page.locator("#answers h2")).to_contain_text("1 record: too few for an estimate")


def test_the_two_handles_of_the_period_by_keyboard(
    visitor: Visitor, page_address: str, incidents: gpd.GeoDataFrame
) -> None:
    visit = visitor().open(page_address)
    visit.menu("period")
    first, last = visit.page.get_by_label("Period: From"), visit.page.get_by_label("Period: to")
    first.focus()
    for _ in range(16):
        visit.page.keyboard.press("ArrowRight")
    last.focus()
    visit.page.keyboard.press("PageDown")
    year = int(last.input_value())
    assert first.input_value() == "2017"
    assert 2017 <= year < 2026
    selection = geo.Selection(since=pd.Timestamp(2017, 1, 1).date(), until=pd.Timestamp(year, 12, 31).date())
    assert visit.ids() == set(geo.select(incidents, selection).index)
    first.focus()
    visit.page.keyboard.press("End")
    assert first.input_value() == str(year)


def test_the_two_handles_of_the_period_by_touch(visitor: Visitor, page_address: str) -> None:
    visit = visitor(viewport=PHONE, has_touch=True, is_mobile=True).open(page_address)
    visit.page.get_by_role("button", name="Filters").click()
    handle = visit.page.get_by_label("Period: From")
    handle.evaluate("(one) => one.scrollIntoView({block: 'center'})")
    box = handle.bounding_box()
    # A finger lands 14 px above the handle's middle and drags to the middle of the slider.
    x, y = box["x"] + 8, box["y"] + box["height"] / 2 - 14
    client = visit.page.context.new_cdp_session(visit.page)
    touch = [{"x": x, "y": y}]
    client.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": touch})
    for step in range(1, 11):
        touch = [{"x": x + step * box["width"] / 20, "y": y}]
        client.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": touch})
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert visit.page.evaluate("Number(shekara.filter.since)") in range(2013, 2019)
    assert visit.page.evaluate("shekara.filter.until") is None


# A view is a link


@pytest.mark.parametrize(
    "broken",
    one_quick_in(
        3,
        [
            "goods=",
            "goods=nonsense,%3Cb%3E",
            "%E0%A4%A&=&&goods",
            "since=abcd&until=-1",
            "lang=toString",
            "lang=__proto__&goods=constructor",
            "records",
            "<img src=x onerror=window.hacked=1>",
            "neighbour=" + "RU%2C" * 2000,
        ],
    ),
)
def test_a_broken_link_still_opens_the_page(
    visitor: Visitor, page_address: str, incidents: gpd.GeoDataFrame, broken: str
) -> None:
    visit = visitor().open(f"{page_address}#{broken}")
    wanted = {"neighbour": ("RU",)} if "RU" in broken else {}
    assert visit.ids() == selected(incidents, **wanted)
    assert visit.page.evaluate("document.documentElement.lang") == "en"
    assert visit.page.evaluate("window.hacked") is None
    assert visit.clean()


def test_years_out_of_range_and_order_are_mended(visitor: Visitor, page_address: str) -> None:
    visit = visitor().open(f"{page_address}#since=9999&until=1000")
    assert visit.page.evaluate("[shekara.filter.since, shekara.filter.until].map(Number)") == [2001, 2026]


def test_an_address_that_the_reader_changes_changes_the_view(
    visitor: Visitor, page_address: str, incidents: gpd.GeoDataFrame
) -> None:
    visit = visitor().open(f"{page_address}#goods=drugs")
    visit.page.evaluate("location.hash = '#neighbour=KG&lang=kk'")
    visit.page.wait_for_function("() => document.documentElement.lang === 'kk'")
    assert visit.ids() == selected(incidents, neighbour=("KG",))


def test_who_leaves_at_once_comes_back_to_the_last_change(visitor: Visitor, page_address: str) -> None:
    visit = visitor().open(page_address)
    visit.page.evaluate("shekara.setFilter({goods: ['fuel']}); location.href = 'about:blank'")
    visit.page.wait_for_url("about:blank")
    visit.page.go_back()
    assert visit.page.url.endswith("#goods=fuel")


def test_a_jump_within_the_page_keeps_the_view_s_address(visitor: Visitor, page_address: str) -> None:
    visit = visitor().open(f"{page_address}#goods=drugs")
    visit.page.locator("#nav a[href='#borders']").click()
    assert visit.page.url.endswith("#goods=drugs")
    assert visit.page.evaluate("document.activeElement.id") == "borders"
    assert visit.page.evaluate("Math.abs(document.getElementById('borders').getBoundingClientRect().top) < 60")


@pytest.mark.parametrize("clipboard", [True, False], ids=["clipboard", "without"])
def test_the_link_to_the_view_is_copied(visitor: Visitor, page_address: str, *, clipboard: bool) -> None:
    visit = visitor(permissions=["clipboard-read", "clipboard-write"])
    if not clipboard:
        visit.page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    visit.open(page_address)
    visit.page.evaluate("shekara.setFilter({goods: ['fuel'], undated: false})")
    visit.page.get_by_role("button", name="Copy link").first.click()
    visit.page.get_by_role("button", name="Copied").first.wait_for()
    shown = visit.ids()
    link = pasted(visit)
    assert link == f"{page_address}#goods=fuel&undated=0"
    assert visitor().open(link).ids() == shown


def pasted(visit: Any) -> str:
    """What the clipboard holds, pasted into the search field."""
    visit.page.locator(".search").fill("")
    visit.page.locator(".search").focus()
    visit.page.keyboard.press("Control+v")
    text: str = visit.page.locator(".search").input_value()
    return text


# Into an article


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_embedding_lines_show_the_view_as_high_as_it_is_and_lead_to_the_page(
    visitor: Visitor, full_address: str, incidents: gpd.GeoDataFrame, tmp_path: Path, viewport: dict[str, int]
) -> None:
    visit = visitor().open(full_address)
    title = visit.page.locator("#title").inner_text()
    lines = visit.page.get_by_label("Put this map into an article").input_value()
    assert f'sandbox="{SANDBOX}"' in lines
    article = tmp_path / "article.html"
    article.write_text(f"<!doctype html><meta charset=utf-8><p>An article.</p>{lines}", encoding="utf-8")
    reader = visitor(viewport=viewport)
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.page.goto(article.as_uri())
    frame = reader.page.frames[1]
    reader.page.locator("iframe").scroll_into_view_if_needed()
    wait_for_map(frame)
    assert set(frame.evaluate("shekara.visibleIds()")) == selected(incidents)
    assert frame.evaluate("window.origin") == "null"
    expect(frame.locator("#title")).to_have_text(title)
    expect(frame.locator("#caveat")).to_contain_text("Recorded interceptions, not flows.")
    solid = [row for row in frame.evaluate("shekara.answers()") if not is_bound(row["low90"], row["high90"])]
    assert solid
    for row, line in zip(solid, frame.locator(".lines li").all(), strict=True):
        expect(line).to_contain_text(row["name"])
        expect(line).to_contain_text(f"{write_figure(row['value'])} ({write_ends(row['low90'], row['high90'])})")
    expect(frame.locator("#bar, .top, .foot-bar, #search input").first).not_to_be_visible()
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
    inner = frame.evaluate("Math.ceil(document.body.getBoundingClientRect().height)")
    expect(reader.page.locator("iframe")).to_have_css("height", f"{inner}px")
    # Another view by the address alone, and the frame follows its height.
    reader.page.locator("iframe").evaluate(
        "frame => { frame.src = frame.src.split('#')[0] + '#embed=1&neighbour=TM'; }"
    )
    expect(frame.locator("#title")).to_contain_text("Turkmenistan")
    inner = frame.evaluate("Math.ceil(document.body.getBoundingClientRect().height)")
    expect(reader.page.locator("iframe")).to_have_css("height", f"{inner}px")
    # A frame without an origin may open no file; that the link leads to the same view of the page is what can be seen.
    link = frame.get_by_role("link", name="Open the map")
    expect(link).to_have_attribute("href", f"{full_address}#neighbour=TM")
    expect(link).to_have_attribute("target", "_blank")
    assert {url.split("#")[0] for url in asked} == {article.as_uri(), full_address}
    assert (reader.failed, reader.complaints) == ([], [])


def test_the_map_alone_for_a_frame(
    visitor: Visitor, tmp_path: Path, located: geo.Located, frontier: geo.Frontier, incidents: gpd.GeoDataFrame
) -> None:
    path = write_page(tmp_path / "map.html", located, frontier, options=PageOptions(listed=False))
    visit = visitor(viewport={"width": 800, "height": 900}).open(path.as_uri())
    assert visit.ids() == selected(incidents)
    assert visit.page.locator("#records, #borders, #chart, #method, .record").count() == 0
    assert visit.page.locator("#beneath .legend").is_visible()
    expect(visit.page.locator(".caveat")).to_contain_text("Recorded interceptions, not flows.")
    visit.page.get_by_role("button", name="Filters").click()
    visit.page.locator(".chip", has_text="China").click()
    assert visit.ids() == selected(incidents, neighbour=("CN",))
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator("#bar")).not_to_be_visible()
    assert visit.clean()


def test_without_script_the_records_are_a_table(
    visitor: Visitor, page_address: str, located: geo.Located, frontier: geo.Frontier, incidents: gpd.GeoDataFrame
) -> None:
    visit = visitor(java_script_enabled=False)
    visit.page.goto(page_address)
    shown = selected(incidents)
    assert visit.page.locator(".plain-table tbody tr").count() == len(shown)
    atlas = make_atlas(located, frontier)
    headings = visit.page.locator(".plain-table tbody td:nth-child(2)").all_inner_texts()
    assert sorted(headings) == sorted(write_heading(atlas, record) for record in shown)
    links = visit.page.locator(".plain-table a").evaluate_all("(links) => links.map((link) => link.href)")
    assert len(links) == len(shown)
    assert all(link.startswith(("https://", "http://")) for link in links)
    assert not visit.page.locator(".explore").is_visible()
    assert "61 more consignments" in visit.page.locator("main").inner_text()
    assert visit.clean()


# Tables and lists


def test_borders_come_with_their_intervals(visitor: Visitor, full_address: str, risk: geo.Risk) -> None:
    visit = visitor().open(full_address)
    table = geo.aggregate(risk, by="border")
    rows = visit.page.locator(".by-border tbody tr")
    names = {"Kyrgyzstan": "KG", "Russia": "RU", "China": "CN", "Uzbekistan": "UZ", "Turkmenistan": "TM"}
    shown = {row.locator("th button.strong").inner_text(): row for row in rows.all()}
    for name, code in names.items():
        value, low, high = table.loc[code, ["per_100km_year", "low90", "high90"]]
        text = shown[name].locator("td").nth(1).inner_text()
        told = write_bound(high) if is_bound(low, high) else f"{write_figure(value)} {write_ends(low, high)}"
        assert told in " ".join(text.split()), name
        assert shown[name].locator(".interval rect").count() == 2
    order = [name for name in shown if name in names]
    assert order == sorted(names, key=lambda name: -table.loc[names[name], "per_100km_year"])
    visit.page.get_by_role("button", name="Plain rate").click()
    assert visit.page.locator(".by-border .interval").count() == 0


def test_the_list_is_sorted_and_headed_as_the_reader_asks(visitor: Visitor, page_address: str) -> None:
    visit = visitor().open(page_address)
    sort = visit.page.get_by_label("Sort")
    sort.select_option("goods")
    # What is far from the screen is not laid out, and has no inner text.
    assert visit.page.locator(".records-head").first.text_content() == "Drugs & weapons"
    sort.select_option("border")
    more = visit.page.locator("#records > .button")
    while more.is_visible():
        more.click()
    assert visit.page.locator(".records-head").all_text_contents() == [
        "Russia", "China", "Kyrgyzstan", "Uzbekistan", "Turkmenistan", "Caspian Sea", "By air", "By post",
        "None stated",
    ]  # fmt: skip


def test_choosing_on_the_map_marks_the_list(visitor: Visitor, page_address: str) -> None:
    visit = visitor().open(page_address + "#records=1")
    record = "2007-12-29-auyl-heroin-17kg"
    position = visit.page.evaluate("(id) => shekara.controller.ready.records.index.get(id)", record)
    assert visit.page.locator(f".record[data-i='{position}']").count() == 0
    visit.page.evaluate("(i) => shekara.controller.choose(i)", position)
    assert visit.page.locator(".record.chosen").get_attribute("data-i") == str(position)
    mark = max(visit.marks(), key=lambda one: len(one["ids"]) if one["kind"] == "crossing" and one["x"] else 0)
    visit.click_mark(mark)
    chosen = visit.page.locator(".record.chosen .record-title").all()
    assert chosen
    assert all(title.get_attribute("aria-pressed") == "true" for title in chosen)


def test_the_page_says_how_far_its_data_go_and_where_to_write(
    visitor: Visitor, full_address: str, incidents: gpd.GeoDataFrame
) -> None:
    visit = visitor().open(full_address)
    newest = incidents["date"].max()
    assert newest == "2026-03-09"
    assert "Newest record: 9 Mar 2026" in visit.page.locator("#dated").inner_text()
    link = visit.page.locator("#contact a")
    assert link.get_attribute("href") == "mailto:corrections@example.org"
    foot = visit.page.locator("#foot").inner_text()
    for credit in ("Natural Earth", "GeoNames", "OpenStreetMap", "CC BY 4.0", "ODbL", "MIT", "Leaflet"):
        assert credit in foot


def test_on_paper_there_are_addresses_and_no_controls(visitor: Visitor, full_address: str, tmp_path: Path) -> None:
    visit = visitor(viewport={"width": 794, "height": 1123}).open(full_address)
    visit.page.evaluate("shekara.setFilter({goods: ['weapons']})")
    visit.page.emulate_media(media="print")
    visit.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    for control in ("#bar", ".zoom-bar", "#tools", ".answers-foot", ".foot-bar", ".embed"):
        assert not visit.page.locator(control).first.is_visible(), control
    line = visit.page.locator(".printed").inner_text()
    assert "Goods: Weapons" in line
    assert "Newest record" in line
    assert "#goods=weapons" in line
    after = "getComputedStyle(document.querySelector('.record-source a'), '::after').content"
    assert "http" in visit.page.evaluate(after)
    assert visit.page.locator(".plot svg").count() == 2
    visit.page.pdf(path=tmp_path / "page.pdf", format="A4", print_background=True)
    assert (tmp_path / "page.pdf").stat().st_size > 50_000
    visit.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert visit.clean()


def test_a_page_that_gets_narrow_still_has_the_whole_country_unless_the_reader_moved_the_map(
    visitor: Visitor, page_address: str
) -> None:
    visit = visitor().open(page_address)
    visit.page.set_viewport_size(PHONE)
    expect(visit.page.locator(".scale-text")).to_contain_text("500")  # kilometres: with the zoom of before it were 200
    west, east, left, right = visit.page.evaluate(
        """() => {
          const [west, , east] = shekara.controller.ready.atlas.base.box, seen = shekara.controller.map.getBounds();
          return [west, east, seen.getWest(), seen.getEast()];
        }"""
    )
    assert left <= west < east <= right
    visit.page.evaluate("shekara.controller.map.setView([50, 60], 7, {animate: false})")
    visit.page.set_viewport_size(WIDE)
    expect(visit.page.locator(".leaflet-left .zoom-bar")).to_be_attached()
    assert visit.page.evaluate("shekara.controller.map.getZoom()") == 7
