"""The exported page, driven as a reader would."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
import shapely
from apps import wait_for_map
from playwright.sync_api import expect
from view_cases import DIAMONDS, FALCONS, PACKS, TUNNEL, underscored
from visits import PHONE, WIDE

import geo
from geo.facets import SELECTABLE
from geo.incidents.reading import border_of
from geo.incidents.selection import left_out, rate_period
from geo.language.translations import translate
from geo.summaries.notes import describe
from geo.view import LANGUAGES, PageOptions, make_atlas, write_heading, write_page
from geo.view.headings import TRANSLATED, translate_records
from geo.view.search import find_words
from geo.vocabulary import FAMILIES, GOODS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import geopandas as gpd

    Visitor = Callable[..., Any]

RECORDS = "#records=1"
MAP_PICTURE = "[...document.querySelectorAll('.shekara-canvas')].map((canvas) => canvas.toDataURL()).join()"


def selected(incidents: gpd.GeoDataFrame, **chosen: Any) -> set[str]:
    return set(geo.select(incidents, geo.Selection(**chosen)).index)


def card_title(visit: Any) -> str:
    text: str = visit.page.locator("#card h2").inner_text()
    return text


def card_original(visit: Any) -> str:
    text: str = visit.page.locator("#card .card-original").inner_text()
    return text


def test_it_opens_with_no_request_and_no_complaint(
    visitor: Visitor, page_address: str, incidents: gpd.GeoDataFrame
) -> None:
    visit = visitor()
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    visit.open(page_address)
    assert asked == [page_address]
    assert visit.clean()
    assert visit.ids() == selected(incidents)
    title = f"Where smuggling is recorded along Kazakhstan’s borders, 2001–2026: {len(visit.ids())} records"
    assert (visit.page.title(), visit.page.locator("h1").inner_text()) == (title, title)
    assert visit.page.evaluate("[typeof jQuery, typeof bootstrap]") == ["undefined", "undefined"]


@pytest.mark.parametrize("goods", [("tobacco",), ("food", "jewelry"), ("vehicles",), GOODS])
def test_the_goods_filter_shows_exactly_the_filtered_records(
    visitor: Visitor, page_address: str, incidents: gpd.GeoDataFrame, goods: tuple[str, ...]
) -> None:
    visit = visitor().open(page_address + RECORDS)
    before = visit.page.evaluate(MAP_PICTURE)
    visit.page.evaluate("(goods) => shekara.setFilter({goods})", list(goods))
    wanted = selected(incidents, goods=goods)
    assert visit.ids() == wanted
    drawn = {record for mark in visit.marks() for record in mark["ids"]}
    assert drawn <= wanted
    unplaced = wanted - drawn
    assert not incidents.loc[list(unplaced), "location_precision"].isin(["locality", "district"]).any()
    assert (visit.page.evaluate(MAP_PICTURE) != before) == (goods != GOODS)
    assert visit.page.locator("#count b").inner_text() == str(len(wanted))
    visit.page.evaluate("shekara.setFilter({goods: []})")
    assert visit.ids() == selected(incidents)
    assert visit.page.evaluate(MAP_PICTURE) == before


def test_the_filter_works_by_hand(visitor: Visitor, page_address: str, incidents: gpd.GeoDataFrame) -> None:
    visit = visitor().open(page_address)
    tobacco = next(family for family in FAMILIES if "tobacco" in family.goods)
    visit.menu("goods")
    visit.page.get_by_label("only: Tobacco & alcohol").focus()
    visit.page.keyboard.press("Enter")
    assert visit.ids() == selected(incidents, goods=tobacco.goods)
    visit.page.get_by_label("Show the categories of Tobacco & alcohol").click()
    visit.page.get_by_label("Alcohol", exact=True).uncheck()
    assert visit.ids() == selected(incidents, goods=("tobacco",))
    visit.menu("neighbour")
    visit.page.locator(".chip", has_text="Kyrgyzstan").click()
    assert visit.ids() == selected(incidents, goods=("tobacco",), neighbour=("KG",))
    title = "Where tobacco smuggling is recorded along the border with Kyrgyzstan"
    expect(visit.page.locator("h1")).to_contain_text(title)
    expect(visit.page.locator("[data-menu='goods'] summary b")).to_have_text("Tobacco")
    assert visit.clean()


@pytest.mark.parametrize(
    ("wanted", "selection"),
    [
        ({}, {}),
        (
            {"goods": ["food", "wildlife"], "neighbour": ["RU", "KG"]},
            {"goods": ("food", "wildlife"), "neighbour": ("RU", "KG")},
        ),
        (
            {"direction": ["inbound"], "since": "2018", "until": "2022", "include_refused": True},
            {
                "direction": ("inbound",),
                "since": date(2018, 1, 1),
                "until": date(2022, 12, 31),
                "include_refused": True,
            },
        ),
    ],
)
def test_each_field_counts_what_the_other_fields_leave(
    visitor: Visitor,
    page_address: str,
    incidents: gpd.GeoDataFrame,
    wanted: dict[str, Any],
    selection: dict[str, Any],
) -> None:
    visit = visitor().open(page_address)
    visit.page.evaluate("(wanted) => shekara.setFilter(wanted)", wanted)
    counts = visit.page.evaluate(
        "shekara.filter.facets.map((facet) => [facet.field, Object.fromEntries(shekara.filter.counts(facet))])"
    )
    assert [field for field, _ in counts] == list(SELECTABLE)
    for field, found in counts:
        left = geo.select(
            incidents, geo.Selection(**{name: value for name, value in selection.items() if name != field})
        )
        truth = border_of(left) if field == "neighbour" else left[field].str.split("; ").explode()
        assert {value: n for value, n in found.items() if n} == truth.value_counts().to_dict(), field
    years = dict(visit.page.evaluate("[...shekara.filter.perYear()]"))
    left = geo.select(incidents, geo.Selection(**{k: v for k, v in selection.items() if k not in ("since", "until")}))
    assert years == left["date"].str[:4].loc[lambda text: text.ne("")].astype(int).value_counts().to_dict()


def test_refused_consignments_are_off_said_so_and_one_switch_brings_them_in(
    visitor: Visitor, page_address: str, incidents: gpd.GeoDataFrame
) -> None:
    visit = visitor().open(page_address)
    refused = int(incidents["outcome_class"].eq("refused_entry").sum())
    assert f"{refused} more consignments were only refused entry" in visit.page.locator(".sum").inner_text()
    visit.menu("more")
    visit.page.get_by_label(f"Include {refused} consignments").check()
    assert visit.ids() == set(incidents.index)


def test_a_period_leaves_undated_records_out_and_says_how_many(
    visitor: Visitor, page_address: str, incidents: gpd.GeoDataFrame
) -> None:
    visit = visitor().open(page_address)
    visit.page.evaluate("shekara.setFilter({since: '2019-01-01', until: '2021-12-31'})")
    selection = geo.Selection(since=date(2019, 1, 1), until=date(2021, 12, 31))
    assert visit.ids() == set(geo.select(incidents, selection).index)
    out = left_out(incidents, selection)
    assert f" {out['undated'] + out['partly_outside']} more are undated" in visit.page.locator(".sum").inner_text()


def test_the_sum_adds_up(visitor: Visitor, page_address: str, incidents: gpd.GeoDataFrame) -> None:
    visit = visitor().open(page_address)
    for goods in ([], ["drugs"], ["jewelry"]):
        visit.page.evaluate("(goods) => shekara.setFilter({goods})", goods)
        first = visit.page.locator(".sum p").first.inner_text()
        total, *parts = (int(number) for number in re.findall(r"\d+", first))
        assert total == sum(parts) == len(selected(incidents, goods=tuple(goods)))


def test_a_stem_ends_at_the_line_and_a_ring_reaches_it_from_the_village(visitor: Visitor, page_address: str) -> None:
    visit = visitor().open(page_address)
    visit.page.evaluate("shekara.controller.map.setView([45.25, 82.5], 9, {animate: false})")
    told = visit.page.evaluate(
        """() => {
          const here = ({ crossing }) => crossing.id === "alakol-dostyk";
          const { marks } = shekara.controller.placed;
          const mark = marks.find((one) => one.kind === "crossing" && one.merged.some(here));
          const { crossing } = mark.merged.find(here);
          return { ring: mark.rings[0], foot: mark.foot, off: crossing.off, at: crossing.at, end: crossing.foot };
        }"""
    )
    assert told["off"] == pytest.approx(9.8, abs=0.1)
    frontier = geo.read_frontier()
    line = frontier.borders.geometry["CN"]
    assert line.distance(shapely.Point(told["end"])) < 0.001
    assert line.distance(shapely.Point(told["at"])) > 0.05
    reach = math.hypot(told["ring"]["x"] - told["foot"]["x"], told["ring"]["y"] - told["foot"]["y"])
    assert told["ring"]["r"] == pytest.approx(reach)
    visit.click_mark(next(mark for mark in visit.marks() if mark["key"] == "crossing:alakol-dostyk"))
    assert "is a settlement, 9.8 km from the line" in visit.page.locator("#card").inner_text()


def test_what_was_only_turned_back_is_drawn_apart_and_named(visitor: Visitor, page_address: str) -> None:
    visit = visitor().open(page_address + RECORDS)
    visit.page.locator(".legend-more summary").click()
    named = "turned back, no smuggling alleged"
    legend = visit.page.locator(".legend-where")
    assert named not in legend.inner_text()
    before = visit.page.evaluate(MAP_PICTURE)
    visit.page.evaluate("shekara.setFilter({include_refused: true})")
    assert named in legend.inner_text()
    assert visit.page.evaluate(MAP_PICTURE) != before


# The four records that the project began with


def test_the_tunnel_is_a_soft_disc_that_opens_its_card(visitor: Visitor, page_address: str) -> None:
    visit = visitor().open(page_address + RECORDS)
    assert visit.mark_of(TUNNEL)["kind"] == "district"
    visit.page.evaluate("shekara.controller.map.setView([41.4, 69.1], 9, {animate: false})")
    visit.click_mark(visit.mark_of(TUNNEL))
    assert card_original(visit).startswith("A 310 m tunnel from a Saryagash-district village")
    card = visit.page.locator("#card").inner_text()
    assert "Uzbekistan" in card
    assert "Turkistan" in card
    assert "district ±15\xa0km" in card
    assert visit.page.locator("#card a").count() == 6
    assert visit.page.locator("#card a[rel='noopener noreferrer']").count() == 6


def test_the_packs_are_along_the_hatched_stretch(visitor: Visitor, page_address: str) -> None:
    visit = visitor().open(page_address + RECORDS)
    mark = visit.mark_of(PACKS)
    assert (mark["kind"], mark["key"]) == ("region", "region:RU:KZ-27")
    visit.click_mark(mark)
    visit.page.locator(f"#card [data-id='{PACKS}']").click()
    assert card_original(visit).startswith("336,000 packs")
    assert "region only" in visit.page.locator("#card").inner_text()
    cells = visit.page.evaluate("shekara.controller.placed.marks.find((m) => m.key === 'region:RU:KZ-27').cells.length")
    assert cells > 100


def test_the_falcons_are_on_the_kyrgyz_line_as_a_whole(visitor: Visitor, page_address: str) -> None:
    visit = visitor().open(page_address + RECORDS)
    mark = visit.mark_of(FALCONS)
    assert mark["key"] == "border:KG"
    visit.click_mark(mark)
    visit.page.locator(f"#card [data-id='{FALCONS}']").click()
    assert card_original(visit).startswith("Falcons hidden")
    assert "Kyrgyzstan" in visit.page.locator("#card").inner_text()


def test_the_diamonds_are_under_post(visitor: Visitor, page_address: str) -> None:
    visit = visitor().open(page_address)
    assert not any(DIAMONDS in mark["ids"] for mark in visit.marks())
    assert DIAMONDS in visit.ids()
    visit.page.locator(".sum-part[data-part='post']").click()
    button = visit.page.locator(f"#card [data-id='{DIAMONDS}']")
    if not button.count():
        visit.page.locator("#card .record-buttons > .plain").click()
    button.click()
    assert card_original(visit).startswith("Diamonds were posted")
    assert "By post" in visit.page.locator("#card").inner_text()


# What is drawn


def test_every_placed_record_is_in_one_mark_that_a_click_opens(visitor: Visitor, page_address: str) -> None:
    visit = visitor().open(page_address + RECORDS)
    marks = visit.marks()
    drawn = [record for mark in marks for record in mark["ids"]]
    assert len(drawn) == len(set(drawn))
    met = [mark for mark in marks if mark["x"] is not None]
    assert len(met) > 0.85 * len(marks)
    for mark in met[::6]:
        visit.click_mark(mark)
        opened = visit.page.evaluate("shekara.controller.chosen.key")
        assert opened == mark["key"]


def test_a_shared_mark_names_all_its_crossings_and_the_figure_of_each(visitor: Visitor, full_address: str) -> None:
    visit = visitor().open(full_address + RECORDS)
    visit.click_mark(next(mark for mark in visit.marks() if mark["key"] == "crossing:kayrak"))
    card = visit.page.locator("#card")
    expect(card).to_contain_text("Kayrak + Kayrak (rail)")
    expect(card.locator(".card-figures .card-figure")).to_have_count(2)
    expect(card.locator(".card-figures")).to_contain_text("incidents a year")


def test_no_uncertain_record_is_a_sharp_mark(visitor: Visitor, page_address: str, incidents: gpd.GeoDataFrame) -> None:
    visit = visitor().open(page_address + RECORDS)
    sharp = {"crossing": {"crossing"}, "town": {"crossing", "locality"}, "district": {"district"}}
    for mark in visit.marks():
        if mark["kind"] in sharp:
            assert set(incidents.loc[mark["ids"], "location_precision"]) <= sharp[mark["kind"]]
        elif mark["kind"] == "region":
            assert set(incidents.loc[mark["ids"], "location_precision"]) == {"region"}


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_beads_hang_beside_the_line_and_apart(visitor: Visitor, page_address: str, viewport: dict[str, int]) -> None:
    visit = visitor(viewport=viewport).open(page_address + RECORDS)
    beads = visit.page.evaluate(
        "shekara.controller.placed.marks.filter((m) => m.kind === 'crossing')"
        ".map((m) => [m.x, m.y, m.r, m.foot.x, m.foot.y])"
    )
    apart = np.array(beads)
    for x, y, r, foot_x, foot_y in beads:
        assert np.hypot(x - foot_x, y - foot_y) > r
    gaps = np.hypot(apart[:, None, 0] - apart[None, :, 0], apart[:, None, 1] - apart[None, :, 1])
    touching = (gaps < apart[:, None, 2] + apart[None, :, 2] - 1) & ~np.eye(len(apart), dtype=bool)
    assert touching.sum() / 2 <= 1


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.thorough)])
def test_names_neither_touch_nor_lie_over_the_country(visitor: Visitor, page_address: str, scheme: str) -> None:
    visit = visitor(color_scheme=scheme).open(f"{page_address}{RECORDS}")
    for lang in LANGUAGES:
        visit.speak(lang)
        found = visit.page.evaluate(
            "shekara.controller.labels().map((l) => [l.key, l.box.x, l.box.y, l.box.w, l.box.h])"
        )
        assert len(found) > 15, lang
        for i, (key, x, y, w, h) in enumerate(found):
            for other, u, v, a, b in found[i + 1 :]:
                assert x >= u + a or u >= x + w or y >= v + b or v >= y + h, (lang, key, other)
        assert sum(key.startswith("border:") for key, *_ in found) >= 5, lang


def test_an_estimate_may_be_switched_to_the_plain_rate_and_back(
    visitor: Visitor, tmp_path: Path, located: geo.Located, frontier: geo.Frontier, incidents: gpd.GeoDataFrame
) -> None:
    risk = geo.estimate_risk(located.take(pd.Index(sorted(selected(incidents)))), frontier, draws=100)
    path = write_page(tmp_path / "map.html", located, frontier, {"": risk, "goods=food": risk})
    visit = visitor().open(path.as_uri())
    assert visit.page.evaluate("shekara.controller.values.kind") == "estimate"
    assert visit.page.evaluate("shekara.controller.stretches.some((s) => s.hollow)")
    estimate = visit.page.evaluate(MAP_PICTURE)
    visit.page.get_by_role("button", name="Plain rate").click()
    assert visit.page.evaluate("shekara.controller.values.kind") == "rate"
    assert not visit.page.evaluate("shekara.controller.stretches.some((s) => s.hollow)")
    assert visit.page.evaluate(MAP_PICTURE) != estimate
    visit.page.get_by_role("button", name="Estimate", exact=True).click()
    assert visit.page.evaluate(MAP_PICTURE) == estimate
    visit.page.evaluate("shekara.setFilter({goods: ['food']})")
    assert visit.page.evaluate("shekara.controller.values.kind") == "estimate"
    visit.page.evaluate("shekara.setFilter({goods: ['tobacco']})")
    assert visit.page.evaluate("shekara.controller.values.kind") == "rate"
    expect(visit.page.locator("#answers .warning")).to_contain_text("No estimate for this combination")
    assert visit.ids() == selected(incidents, goods=("tobacco",))
    assert visit.clean()


def test_the_plain_rate_is_that_of_the_tables(
    visitor: Visitor, page_address: str, located: geo.Located, incidents: gpd.GeoDataFrame
) -> None:
    visit = visitor().open(page_address)
    kept = located.take(pd.Index(sorted(selected(incidents))))
    period = rate_period(incidents, geo.Selection())
    table = geo.summarize(kept, by="segment", period=period)
    shown = visit.page.evaluate(
        "(() => { const c = shekara.controller, s = c.ready.atlas.segments, out = {};"
        " c.values.value.forEach((v, i) => { out[s[c.ready.cells.segment[i]].id] = v; }); return out; })()"
    )
    rate = table.set_index("segment")["per_100km_year"] if "segment" in table else table["per_100km_year"]
    for segment, value in shown.items():
        assert value == pytest.approx(rate[segment], abs=0.02, rel=0.02)


def test_regions_may_be_shaded(visitor: Visitor, page_address: str) -> None:
    visit = visitor().open(page_address)
    before = visit.page.evaluate(MAP_PICTURE)
    visit.page.get_by_label("Shade regions").check()
    assert visit.page.evaluate(MAP_PICTURE) != before
    assert visit.page.locator(".legend-shades").count() == 1


# The chart, the list, the keyboard


def test_the_profile_rings_its_place_on_the_map_and_works_by_keyboard(visitor: Visitor, page_address: str) -> None:
    visit = visitor().open(page_address)
    plot = visit.page.locator(".plot")
    plot.focus()
    before = visit.page.evaluate(MAP_PICTURE)
    visit.page.keyboard.press("Home")
    assert plot.get_attribute("aria-valuenow") == "0"
    visit.page.keyboard.press("Shift+ArrowRight")
    assert plot.get_attribute("aria-valuenow") == "100"
    assert "Russia, km 100" in str(plot.get_attribute("aria-valuetext"))
    visit.page.keyboard.press("n")
    assert int(str(plot.get_attribute("aria-valuenow"))) > 100
    assert visit.page.evaluate(MAP_PICTURE) != before
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    visit.page.mouse.move(box["x"] + 700, box["y"] + 120)
    assert visit.page.locator(".readout b").first.inner_text()
    assert visit.clean()


def test_the_marks_are_reached_by_keyboard(visitor: Visitor, page_address: str) -> None:
    visit = visitor().open(page_address + RECORDS)
    visit.page.locator(".map").focus()
    visit.page.keyboard.press("Enter")
    visit.page.keyboard.press("ArrowRight")
    said = visit.page.locator(".map [aria-live]").inner_text()
    assert "record" in said
    visit.page.keyboard.press("Enter")
    assert card_title(visit)
    visit.page.keyboard.press("Escape")


def test_choosing_in_the_list_marks_the_map(visitor: Visitor, page_address: str) -> None:
    visit = visitor().open(page_address)
    before = visit.page.evaluate(MAP_PICTURE)
    title = visit.page.locator(".record-title").first
    title.click()
    assert card_title(visit) == title.inner_text()
    assert visit.page.locator(".record.chosen").count() == 1
    assert visit.page.evaluate(MAP_PICTURE) != before
    visit.page.locator(".back").click()
    assert visit.page.evaluate(MAP_PICTURE) == before


def test_the_list_holds_all_records_also_those_without_place_or_date(
    visitor: Visitor, page_address: str, incidents: gpd.GeoDataFrame
) -> None:
    visit = visitor().open(page_address)
    more = visit.page.locator("#records > .button")
    while more.is_visible():
        more.click()
    assert visit.page.locator(".record").count() == len(selected(incidents))
    assert visit.page.locator(".records-head").inner_text() == "Date not stated"


def test_the_records_shown_can_be_taken_away(
    visitor: Visitor, page_address: str, incidents: gpd.GeoDataFrame, frontier: geo.Frontier, tmp_path: Path
) -> None:
    visit = visitor(accept_downloads=True).open(page_address)
    visit.page.evaluate("shekara.setFilter({goods: ['wildlife']})")
    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("button", name="Download CSV").click()
    waiting.value.save_as(tmp_path / "shekara.csv")
    table = pd.read_csv(tmp_path / "shekara.csv", keep_default_na=False).set_index("id")
    assert set(table.index) == selected(incidents, goods=("wildlife",))
    few = geo.locate(incidents.loc[table.index], frontier)
    assert table[list(TRANSLATED)].equals(translate_records(few.incidents, make_atlas(few, frontier)))


def test_a_view_is_a_link(visitor: Visitor, page_address: str, incidents: gpd.GeoDataFrame) -> None:
    visit = visitor().open(f"{page_address}#goods=food,fuel&neighbour=RU&lang=ru")
    assert visit.ids() == selected(incidents, goods=("food", "fuel"), neighbour=("RU",))
    assert visit.page.evaluate("document.documentElement.lang") == "ru"
    visit.page.evaluate("shekara.setFilter({goods: ['food']})")
    visit.page.wait_for_url("**goods=food&**")


def test_a_filter_keeps_the_chosen_place_with_the_records_it_has_now(
    visitor: Visitor, page_address: str, incidents: gpd.GeoDataFrame
) -> None:
    visit = visitor().open(page_address + RECORDS)
    visit.click_mark(next(mark for mark in visit.marks() if mark["key"] == "crossing:syrym"))
    at_syrym = incidents["crossing_id"].eq("syrym") & incidents["outcome_class"].ne("refused_entry")
    expect(visit.page.locator("#card")).to_contain_text(f"{at_syrym.sum()} records")
    visit.page.evaluate("shekara.setFilter({goods: ['wildlife']})")
    wild = int((at_syrym & incidents["goods"].eq("wildlife")).sum())
    assert 1 < wild < at_syrym.sum()
    expect(visit.page.locator("#card")).to_contain_text(f"{wild} records")
    visit.page.evaluate("shekara.setFilter({goods: ['vehicles']})")
    assert not visit.page.locator("#card").is_visible()


# Languages, phones, frames


@pytest.mark.parametrize("viewport", [WIDE, PHONE, {"width": 320, "height": 640}], ids=["wide", "phone", "narrow"])
def test_nothing_runs_out_of_the_window(visitor: Visitor, page_address: str, viewport: dict[str, int]) -> None:
    visit = visitor(viewport=viewport).open(page_address)
    for lang in LANGUAGES:
        visit.speak(lang)
        wide = visit.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, lang
    assert visit.clean()


def test_the_language_is_switched_in_the_page(visitor: Visitor, page_address: str) -> None:
    visit = visitor().open(page_address)
    visit.page.get_by_role("button", name="Қаз").click()
    assert visit.page.evaluate("document.documentElement.lang") == "kk"
    assert visit.page.locator("h1").inner_text().startswith("Қазақстан")
    assert visit.page.locator(".record-title").first.get_attribute("lang") is None
    assert visit.page.locator(".record-original").first.get_attribute("lang") == "en"


def test_the_page_writes_the_same_headings_as_the_package(
    visitor: Visitor, page_address: str, located: geo.Located, frontier: geo.Frontier
) -> None:
    visit = visitor().open(page_address)
    atlas = make_atlas(located, frontier)
    for lang in LANGUAGES:
        visit.speak(lang)
        written = visit.page.evaluate(
            "(() => { const { ready } = shekara.controller;"
            " return ready.atlas.records.id.map((id, i) => [id, shekara.heading(i)]); })()"
        )
        wanted = [[record, write_heading(atlas, record, lang=lang)] for record in atlas.data["records"]["id"]]
        assert written == wanted, lang


def test_a_tap_on_the_phone_opens_a_sheet(visitor: Visitor, page_address: str) -> None:
    visit = visitor(viewport=PHONE, has_touch=True, is_mobile=True).open(page_address + RECORDS)
    card, filters = visit.page.locator("#card"), visit.page.locator("#bar")
    expect(card).not_to_be_visible()
    mark = next(mark for mark in visit.marks() if mark["kind"] == "crossing" and len(mark["ids"]) > 10 and mark["x"])
    box = visit.page.locator(".map").bounding_box()
    visit.page.touchscreen.tap(box["x"] + mark["x"], box["y"] + mark["y"])
    expect(card).to_be_visible()
    assert card_title(visit)
    visit.page.keyboard.press("Escape")
    expect(card).not_to_be_visible()
    visit.page.get_by_role("button", name="Filters").click()
    expect(filters).to_be_visible()
    visit.page.get_by_role("button", name=re.compile(r"Show \d+ records")).click()
    expect(filters).not_to_be_visible()
    assert visit.clean()


def test_it_works_inside_a_sandboxed_frame(
    visitor: Visitor, page_address: str, incidents: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    outer = tmp_path / "article.html"
    outer.write_text(f'<iframe sandbox="allow-scripts allow-downloads allow-popups" src="{page_address}"></iframe>')
    visit = visitor()
    visit.page.goto(outer.as_uri())
    frame = visit.page.frames[1]
    wait_for_map(frame)
    frame.evaluate("shekara.setFilter({goods: ['drugs']})")
    assert set(frame.evaluate("shekara.visibleIds()")) == selected(incidents, goods=("drugs",))
    visit.page.wait_for_timeout(400)
    assert visit.clean()


def test_nothing_matches(visitor: Visitor, page_address: str) -> None:
    visit = visitor().open(page_address)
    visit.page.evaluate("shekara.setFilter({words: 'no such words at all'})")
    assert visit.ids() == set()
    expect(visit.page.locator("#answers h2")).to_have_text("No records match these filters")
    visit.page.get_by_role("button", name="Clear the last filter").click()
    assert visit.ids()
    assert visit.clean()


# Hard data


@pytest.mark.parametrize("suffix", ["a", pytest.param("b", marks=pytest.mark.thorough)])
def test_ids_that_differ_after_an_underscore(
    visitor: Visitor, tmp_path: Path, incidents: gpd.GeoDataFrame, frontier: geo.Frontier, suffix: str
) -> None:
    frame = underscored(incidents, suffix)
    path = write_page(
        tmp_path / "map.html", frame, frontier, options=PageOptions(chosen=geo.Selection(include_refused=True))
    )
    assert visitor().open(path.as_uri()).ids() == set(frame.index)


def test_a_search_finds_what_the_app_finds(
    visitor: Visitor, page_address: str, located: geo.Located, frontier: geo.Frontier
) -> None:
    visit = visitor().open(page_address)
    atlas = make_atlas(located, frontier)
    sought = ("million", "seized", "convicted", "customs", "Россия", "РЕСЕЙ", "табак", "2019-1", "12 000", "kg")
    for lang in LANGUAGES:
        visit.speak(lang)
        for words in sought:
            visit.page.evaluate("(words) => shekara.setFilter({words, include_refused: true})", words)
            wanted = set(located.incidents.index[find_words(atlas, words, lang=lang)])
            assert visit.ids() == wanted, (lang, words)


def test_a_link_of_the_app_opens_the_same_records(
    visitor: Visitor, page_address: str, incidents: gpd.GeoDataFrame
) -> None:
    visit = visitor().open(
        f"{page_address}#lang=ru&goods=tobacco&goods=fuel&since=2017-03&until=2021-05&refused=1&agency=Russian+customs"
    )
    assert visit.ids() == selected(
        incidents, goods=("tobacco", "fuel"), since=date(2017, 3, 1), until=date(2021, 5, 31), include_refused=True,
        agency=("Russian customs",),
    )  # fmt: skip
    expect(visit.page.locator("[data-menu='period'] summary b")).to_have_text("март 2017 – май 2021")
    expect(visit.page.locator("#only")).to_contain_text(translate("Russian customs", "ru"))
    visit.page.wait_for_url("**goods=tobacco&goods=fuel**")


def test_the_page_says_in_the_readers_language_what_was_chosen(
    visitor: Visitor, tmp_path: Path, incidents: gpd.GeoDataFrame, frontier: geo.Frontier
) -> None:
    chosen = geo.Selection(goods=("tobacco",), neighbour=("RU",))
    told = {lang: describe(chosen, frontier, lang) for lang in LANGUAGES}
    few = geo.select(incidents, chosen)
    path = write_page(tmp_path / "few.html", few, frontier, options=PageOptions(lang="ru", chosen=chosen))
    visit = visitor().open(path.as_uri())
    assert "Товары: Табак; Граница: Россия" in visit.page.locator("#foot").inner_text()
    visit.page.evaluate("shekara.controller.show({lang: 'kk'})")
    assert told["kk"] in visit.page.locator("#foot").inner_text()
