"""Five readers of the exported page: a journalist, an analyst, one on a phone, one in Russian or Kazakh, a developer.

Each question is answered within two actions, and what is read equals what the library computes.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from apps import wait_for_map
from playwright.sync_api import expect
from visits import PHONE, WIDE

import geo
from geo.builtin.dataset import learned
from geo.language.catalogue import say
from geo.language.figures import write_estimate, write_figure, write_rank
from geo.language.phrases import write_packed, write_phrase
from geo.summaries.answers import answer
from geo.summaries.cards import card_of
from geo.summaries.places import rank_places
from geo.summaries.quote import quote
from geo.summaries.titles import only_of, title_of_records
from geo.view import LANGUAGES, make_atlas, write_heading, write_page
from geo.view.atlas.views import estimate_views, selection_of

if TYPE_CHECKING:
    from collections.abc import Callable

    Visitor = Callable[..., Any]

VIEWS = ("", "goods=tobacco", "neighbour=KG", "since=2024")
FEW = "goods=tobacco&until=2013"
THOROUGH = pytest.mark.thorough
# What is worded by the same code in every language is looked at in one, and thoroughly in all.
IN_EACH = [pytest.param("en", marks=THOROUGH), "ru", pytest.param("kk", marks=THOROUGH)]
PLACES = ("segment:KG-07", "crossing:rail-kayrak", "border:KG")


@pytest.fixture(scope="module")
def risks(located: geo.Located) -> dict[str, geo.Risk]:
    """The estimates of the page."""
    return estimate_views(located, geo.Selection(), learned(located))


@pytest.fixture(scope="module")
def address(
    tmp_path_factory: pytest.TempPathFactory, located: geo.Located, frontier: geo.Frontier, risks: dict[str, geo.Risk]
) -> str:
    """The page as ``shekara export`` writes it."""
    return write_page(tmp_path_factory.mktemp("answers") / "map.html", located, frontier, risks).as_uri()


def shown(visit: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = visit.page.evaluate("shekara.answers()")
    return rows


def told_rows(found: Any, lang: str) -> list[tuple[str, str]]:
    """Name and figure of each row that the box has to show."""
    if found["state"] == "too-few":
        return [(place["name"][lang], say(lang, "card.records", n=place["records"])) for place in found["where"]]
    figures = [write_estimate(place["value"], place["low90"], place["high90"], lang) for place in found["first"]]
    return [(place["name"][lang], figure) for place, figure in zip(found["first"], figures, strict=True)]


@pytest.mark.parametrize(
    ("view", "viewport"),
    [
        *(pytest.param(view, WIDE, id=f"wide-{view}") for view in (*VIEWS, FEW)),
        pytest.param("", PHONE, id="phone"),
        *(pytest.param(view, PHONE, marks=THOROUGH, id=f"phone-{view}") for view in (*VIEWS[1:], FEW)),
    ],
)
def test_where_most_is_recorded_is_what_the_library_says_in_each_language(  # noqa: PLR0917 (fixtures and cases)
    visitor: Visitor,
    address: str,
    located: geo.Located,
    risks: dict[str, geo.Risk],
    view: str,
    viewport: dict[str, int],
) -> None:
    visit = visitor(viewport=viewport).open(f"{address}#{view}")
    few = view == FEW
    selection = geo.Selection(goods="tobacco", until=date(2013, 12, 31)) if few else selection_of(view)
    found = answer(located, selection, risks.get(view))
    assert found["state"] == "too-few" if few else len(found["first"]) == 5
    fields = ("key", "value", "unit", "low90", "high90", "records")
    for lang in ("en", "ru", "kk"):
        visit.page.locator(f"#tools [data-lang='{lang}']").click()
        title = write_phrase(lang, title_of_records(located.select(selection), selection))
        expect(visit.page.locator("h1")).to_have_text(title)
        expect(visit.page).to_have_title(title)
        wanted = [{name: place[name] for name in fields} | {"name": place["name"][lang]} for place in found["first"]]  # type: ignore[literal-required]
        assert shown(visit) == wanted
        rows = visit.page.locator("#answers .places .place")
        expect(rows.locator(".place-figure")).to_have_text([figure for _, figure in told_rows(found, lang)])
        expect(rows.locator(".place-name")).to_contain_text([name for name, _ in told_rows(found, lang)])
    assert visit.clean()


def test_nowhere_is_an_estimate_nothing(visitor: Visitor, address: str) -> None:
    visit = visitor().open(address)
    visit.page.locator("#answers .answers-foot button", has_text="Table").click()
    visit.page.locator(".as-table summary").click()
    table = visit.page.locator(".answers-table tbody tr")
    expect(table.first).to_be_visible()
    assert table.count() > 250
    text = visit.page.locator("body").inner_text()
    assert not re.search(r"0[.,]00\b|under 0\.005|–0\b(?![.,])", text)


def test_the_table_and_the_card_have_the_library_s_figure_and_rank(
    visitor: Visitor, address: str, located: geo.Located, risks: dict[str, geo.Risk]
) -> None:
    table = rank_places(located.select(geo.Selection()), risks[""])
    visit = visitor().open(address)
    for key in ["crossing:syrym", *table.index[[7, 30, 120, 250]]]:
        row = table.loc[key]
        visit.page.evaluate("(key) => shekara.controller.goTo(key)", key)
        card = visit.page.locator("#card")
        told = write_estimate(row["value"], row["low90"], row["high90"])
        figure, _, ends = told.partition(" (")
        expect(card.locator(".card-figure")).to_contain_text(figure)
        expect(card.locator(".card-figure")).to_contain_text(ends.rstrip(")") or "upper end of the 90 % interval")
        rank = write_rank(row["rank_low90"], row["rank_high90"])
        expect(card.locator(".beside")).to_contain_text(f"{rank} of {row['of']}.")


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_place_of_the_list_is_gone_to_and_quoted_in_two_actions(
    visitor: Visitor,
    address: str,
    located: geo.Located,
    risks: dict[str, geo.Risk],
    viewport: dict[str, int],
) -> None:
    visit = visitor(viewport=viewport).open(address)
    zoom = visit.page.evaluate("shekara.controller.map.getZoom()")
    visit.page.locator("#answers .place").nth(1).click()
    expect(visit.page.locator("#card h2")).to_contain_text("Syrym")
    assert visit.page.evaluate("shekara.controller.map.getZoom()") > zoom
    visit.page.locator("#card [data-key='quote']").click()
    told = visit.page.locator("#card .quote")
    sentence = quote(located, geo.Selection(), risks[""], "crossing:syrym").partition(", 19 records")[0]
    expect(told).to_contain_text(sentence)
    expect(told).to_contain_text("at=crossing:syrym")


@pytest.mark.parametrize("lang", IN_EACH)
def test_the_whole_answer_is_quoted_as_the_command_line_quotes_it(
    visitor: Visitor, address: str, located: geo.Located, risks: dict[str, geo.Risk], lang: str
) -> None:
    visit = visitor().open(f"{address}#goods=tobacco&lang={lang}")
    visit.page.locator("#answers [data-key='quote']").click()
    wanted = quote(located, selection_of("goods=tobacco"), risks["goods=tobacco"], lang=lang, link="§").partition("§")[
        0
    ]
    expect(visit.page.locator("#answers .quote")).to_contain_text(wanted)


@pytest.mark.parametrize("lang", IN_EACH)
def test_a_row_of_a_table_is_quoted_with_the_filters_as_the_command_line_quotes_it(
    visitor: Visitor, address: str, located: geo.Located, risks: dict[str, geo.Risk], lang: str
) -> None:
    visit = visitor().open(f"{address}#goods=tobacco&lang={lang}")
    visit.page.evaluate(
        """() => {
          window.copied = [];
          document.execCommand = () => Boolean(copied.push(document.querySelector("body > textarea").value));
        }"""
    )
    visit.page.locator("#answers .answers-foot .button").last.click()
    first = answer(located, selection_of("goods=tobacco"), risks["goods=tobacco"])["first"][0]
    row = visit.page.locator(f".answers-table tr:has([data-key='{first['key']}'])")
    row.locator("[data-key='quote-row']").click()
    expect(row.locator("[data-key='quote-row']")).to_have_text("✓")
    told = visit.page.evaluate("copied")[-1]
    wanted = quote(located, selection_of("goods=tobacco"), risks["goods=tobacco"], first["key"], lang=lang, link="§")
    only = write_phrase(lang, only_of(selection_of("goods=tobacco"), goods=True))
    assert only in told
    assert told.startswith(wanted.partition(str(first["records"]))[0].partition("Shekara")[0])
    assert f"at={first['key']}" in told


@pytest.mark.parametrize(
    ("place", "lang"),
    [
        pytest.param(place, lang, marks=[] if i == j else THOROUGH)
        for i, place in enumerate(PLACES)
        for j, lang in enumerate(LANGUAGES)
    ],
)
def test_a_place_s_quote_counts_the_records_of_its_card(  # noqa: PLR0917 (fixtures and cases)
    visitor: Visitor, address: str, located: geo.Located, risks: dict[str, geo.Risk], place: str, lang: str
) -> None:
    visit = visitor().open(f"{address}#lang={lang}&at={place}")
    visit.page.locator("#card [data-key='quote']").click()
    told = visit.page.locator("#card .quote")
    expect(told).to_contain_text(f"at={place}")
    wanted = quote(located, geo.Selection(), risks[""], place, lang=lang, link="?")
    assert told.inner_text().startswith(wanted.removesuffix("?"))
    assert visit.clean()


@pytest.mark.parametrize("lang", IN_EACH)
def test_a_record_and_a_row_of_what_changed_are_quoted_with_their_sources_and_link(
    visitor: Visitor, address: str, located: geo.Located, risks: dict[str, geo.Risk], lang: str
) -> None:
    visit = visitor().open(f"{address}#lang={lang}&at=record:{located.incidents.index[0]}")
    record = located.incidents.iloc[0]
    visit.page.locator("#card [data-key='quote']").click()
    told = visit.page.locator("#card .quote")
    expect(told).to_contain_text(write_heading(make_atlas(located, located.frontier), record.name, lang=lang))
    expect(told).to_contain_text(f"{record['source_publisher']}, {record['source_url']}")
    expect(told).to_contain_text(f"at=record:{record.name}")
    changes = answer(located, geo.Selection(), risks[""])["changes"]
    assert changes is not None
    visit.page.locator("#card .back").click()
    visit.page.evaluate(
        """() => {
          window.copied = [];
          document.execCommand = () => Boolean(copied.push(document.querySelector("body > textarea").value));
        }"""
    )
    visit.page.locator("#answers [data-key='compare']").click()
    row = visit.page.locator(".change tbody tr").nth(1)
    row.locator("[data-key='quote-row']").click()
    expect(row.locator("[data-key='quote-row']")).to_have_text("✓")
    said = visit.page.evaluate("copied")[-1]
    assert ". ".join(write_packed(lang, one) for one in changes["rows"][1]["said"]) in said
    assert visit.clean()


def test_what_changed_is_one_press_away(
    visitor: Visitor, address: str, located: geo.Located, risks: dict[str, geo.Risk]
) -> None:
    visit = visitor().open(address)
    changes = answer(located, geo.Selection(), risks[""])["changes"]
    assert changes is not None
    visit.page.locator("[data-key='compare']").click()
    rows = visit.page.locator(".change tbody tr")
    expect(rows).to_have_count(len(changes["rows"]))
    first = changes["rows"][0]
    expect(rows.first.locator("td").nth(0)).to_have_text(f"{first['against_records']:g}")
    expect(rows.first.locator("td").nth(1)).to_have_text(f"{first['records']:g}")
    visit.page.locator("#answers .back").click()
    expect(visit.page.locator("#answers .place")).to_have_count(5)


def test_three_records_are_too_few_and_none_is_said_with_a_way_out(visitor: Visitor, address: str) -> None:
    visit = visitor().open(f"{address}#{FEW}")
    n = len(visit.ids())
    assert 0 < n < 4
    expect(visit.page.locator("#answers h2")).to_contain_text("too few for an estimate")
    expect(visit.page.locator("#answers .place-figure").first).to_contain_text("record")
    assert shown(visit) == []
    assert visit.page.evaluate("shekara.controller.recordsShown")
    assert visit.page.evaluate("shekara.controller.stretches.every((one) => one.step === 0)")
    visit.page.evaluate("shekara.setFilter({words: 'no such words'})")
    expect(visit.page.locator("#answers h2")).to_have_text("No records match these filters")
    visit.page.locator("[data-key='clear-last']").click()
    assert len(visit.ids()) == n


def test_the_first_view_is_calm_and_records_come_with_the_switch(visitor: Visitor, address: str) -> None:
    visit = visitor().open(address)
    assert visit.page.evaluate("shekara.controller.placed.marks.length") == 0
    assert visit.page.evaluate("shekara.controller.five.length") == 5
    visit.page.get_by_label("Show records").check()
    assert visit.page.evaluate("shekara.controller.placed.marks.length") > 50
    expect(visit.page).to_have_url(re.compile("records=1"))


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("view", ["", "goods=tobacco", "records=1"])
def test_numbers_and_names_touch_nothing(visitor: Visitor, address: str, view: str, viewport: dict[str, int]) -> None:
    visit = visitor(viewport=viewport).open(f"{address}#{view}")
    for lang in LANGUAGES:
        visit.speak(lang)
        five = visit.page.evaluate(
            "shekara.controller.five.flatMap((one) => [[one.n, one.x - one.r, one.y - one.r, 2 * one.r, 2 * one.r],"
            " ...(one.box ? [[one.n, one.box.x, one.box.y, one.box.w, one.box.h]] : [])])"
        )
        names = visit.page.evaluate(
            "shekara.controller.labels().map((l) => [l.key, l.box.x, l.box.y, l.box.w, l.box.h])"
        )
        assert len(five) >= 4, lang
        for i, (n, x, y, w, h) in enumerate(five):
            for other, u, v, a, b in [*five[i + 1 :], *names]:
                assert other == n or x >= u + a or u >= x + w or y >= v + b or v >= y + h, (lang, n, other)


@pytest.mark.parametrize("viewport", [{"width": 1440, "height": 900}, PHONE], ids=["wide", "phone"])
def test_the_legend_and_the_first_row_are_seen_without_scrolling(
    visitor: Visitor, address: str, viewport: dict[str, int]
) -> None:
    visit = visitor(viewport=viewport).open(address)
    floor = viewport["height"] - (60 if viewport is PHONE else 0)
    for lang in LANGUAGES:
        visit.speak(lang)
        for selector in (".legend-row", ".place >> nth=0"):
            box = visit.page.locator(selector).bounding_box()
            assert box["y"] + box["height"] <= floor, (lang, selector)


def test_a_scale_is_kept_and_stands_in_the_link(visitor: Visitor, address: str) -> None:
    visit = visitor().open(address)
    own = visit.page.evaluate("shekara.controller.values.breaks")
    visit.page.locator("[data-key='scale']").click()
    visit.page.evaluate("shekara.setFilter({goods: ['tobacco']})")
    assert visit.page.evaluate("shekara.controller.values.breaks") == own
    expect(visit.page.locator(".legend-scale")).to_contain_text("Scale kept from: Where smuggling is recorded")
    expect(visit.page).to_have_url(re.compile("scale="))
    again = visitor().open(visit.page.url)
    assert again.page.evaluate("shekara.controller.values.breaks") == own
    again.page.locator("[data-key='scale']").click()
    assert again.page.evaluate("shekara.controller.values.breaks") != own


def test_a_link_goes_to_its_place_and_names_what_it_asks_in_vain(visitor: Visitor, address: str) -> None:
    visit = visitor().open(f"{address}#at=crossing:karasu")
    expect(visit.page.locator("#card h2")).to_contain_text("Karasu")
    assert visit.page.evaluate("shekara.controller.map.getZoom()") >= 7
    again = visitor().open(f"{address}#at=crossing:nowhere&goods=unobtainium&mode=rail&nonsense=1")
    expect(again.page.locator("#asked")).to_have_text(
        "The link asks for what is not here: goods=unobtainium, nonsense=1, at=crossing:nowhere"
    )
    visit.page.evaluate("shekara.controller.map.setView([50, 60], 6, {animate: false})")
    expect(visit.page).to_have_url(re.compile(r"map=50\.\d+,60\.\d+,6"))
    there = visitor().open(visit.page.url)
    assert there.page.evaluate("shekara.controller.map.getZoom()") == 6


def test_my_town_is_found_with_its_nearest_stretch(visitor: Visitor, address: str) -> None:
    visit = visitor().open(address)
    visit.page.locator(".search").fill("aktobe")
    expect(visit.page.locator(".found li").first).to_contain_text("the nearest stretch of the border")
    visit.page.locator(".search").press("Enter")
    expect(visit.page.locator("#card .card-kind")).to_contain_text("Stretch of the border · Russia")
    expect(visit.page.locator("#card .card-figure")).to_contain_text("per 100\xa0km and year")


def test_hovering_the_line_says_its_stretch(visitor: Visitor, address: str) -> None:
    visit = visitor().open(address)
    at = visit.page.evaluate(
        "() => { const { ready, map } = shekara.controller, c = ready.cells.segment.indexOf(40);"
        " const p = map.latLngToContainerPoint(map.unproject(ready.cells.middle[c], 0)); return [p.x, p.y]; }"
    )
    box = visit.page.locator(".map").bounding_box()
    visit.page.mouse.move(box["x"] + at[0] - 3, box["y"] + at[1])
    visit.page.mouse.move(box["x"] + at[0], box["y"] + at[1])
    hover = visit.page.locator(".hover")
    expect(hover).to_be_visible()
    expect(hover).to_contain_text("per 100\xa0km and year")
    expect(hover).to_contain_text("of 234 stretches")


def test_a_developer_s_frame_has_the_same_answers(visitor: Visitor, address: str, tmp_path: Any) -> None:
    outer = tmp_path / "article.html"
    outer.write_text(f'<iframe sandbox="allow-scripts" width=900 height=900 src="{address}#neighbour=KG"></iframe>')
    visit = visitor()
    visit.page.goto(outer.as_uri())
    frame = visit.page.frames[1]
    wait_for_map(frame)
    rows = frame.evaluate("shekara.answers()")
    assert {row["key"].partition(":")[0] for row in rows} <= {"crossing", "segment"}
    assert [row["value"] for row in rows] == sorted((row["value"] for row in rows), reverse=True)


def test_the_parts_of_a_figure_are_those_of_the_estimate(
    visitor: Visitor, address: str, located: geo.Located, risks: dict[str, geo.Risk]
) -> None:
    card = card_of(located.select(geo.Selection()), risks[""], "crossing:karasu")
    visit = visitor().open(f"{address}#at=crossing:karasu")
    pairs = visit.page.locator("#card .pairs dd")
    expect(pairs.nth(0)).to_contain_text(f"{card['dated']} dated since 2015: counted as {write_figure(card['here'])} a")
    could = f"counted as {write_figure(card['counted'])}, {write_figure(card['could'])} a year"
    expect(pairs.nth(1)).to_contain_text(f"{card['could_records']} that may belong to any of")
    expect(pairs.nth(1)).to_contain_text(could)
    assert card["here"] + card["could"] == pytest.approx(float(write_figure(card["value"])))
    assert visit.clean()


def test_a_play_counts_the_records_up_by_year_and_leaves_the_line_alone(visitor: Visitor, address: str) -> None:
    visit = visitor().open(address)
    before = visit.page.evaluate("[...shekara.controller.values.value]")
    visit.page.locator("[data-key=play]").click()
    visit.page.locator("[data-key=play-pause]").click()
    slider = visit.page.locator("[data-key=play-year]")
    slider.evaluate("s => { s.value = '2015'; s.dispatchEvent(new Event('input')); }")
    expect(visit.page.locator(".play-told")).to_have_text(re.compile(r"^Until 2015: \d+ records$"))
    expect(visit.page.locator("#play .note")).to_contain_text("The line keeps the estimate of 2015–2026 as a whole.")
    drawn = visit.page.evaluate(
        "shekara.controller.placed.all.flatMap(({ ids }) => ids).map((i) => shekara.controller.ready.records.year[i])"
    )
    assert drawn
    assert 0 < min(drawn) <= max(drawn) <= 2015
    assert visit.page.evaluate("[...shekara.controller.values.value]") == before
    assert visit.page.evaluate("shekara.controller.chosen") is None
    visit.page.locator("[data-key=play-end]").click()
    expect(visit.page.locator("#play")).to_be_hidden()
    expect(visit.page.locator("[data-key=play]")).to_be_focused()
    # Another selection ends a play.
    visit.page.locator("[data-key=play]").click()
    visit.page.evaluate("shekara.setFilter({goods: ['tobacco']})")
    expect(visit.page.locator("#play")).to_be_hidden()
    assert visit.page.evaluate("shekara.controller.state.upTo") is None
    assert visit.clean()


def test_several_things_under_a_finger_are_offered(visitor: Visitor, address: str) -> None:
    visit = visitor(viewport=PHONE, has_touch=True, is_mobile=True).open(f"{address}#map=43.0,75.0,8")
    offered = visit.page.evaluate(
        """() => {
          const { map } = shekara.controller, size = map.getSize();
          for (let y = 20; y < size.y - 20; y += 4)
            for (let x = 20; x < size.x - 20; x += 4) {
              map.fire("click", { containerPoint: L.point(x, y) });
              if (document.querySelector(".chooser:not([hidden])")) return true;
            }
          return false;
        }"""
    )
    assert offered
    rows = visit.page.locator(".chooser button")
    assert 2 <= rows.count() <= 5
    expect(rows.first).to_be_focused()
    visit.page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    box = rows.nth(1).bounding_box()
    assert box is not None
    assert box["height"] >= 52
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator(".chooser")).to_be_hidden()
    assert visit.clean()


@pytest.mark.parametrize(("scheme", "view"), [("light", ""), ("dark", "neighbour=KG"), ("dark", "map=43.1,74.7,8.5")])
def test_on_paper_the_map_shows_what_the_screen_shows_whole(
    visitor: Visitor, address: str, scheme: str, view: str
) -> None:
    visit = visitor(color_scheme=scheme).open(f"{address}#{view}")
    where = """() => {
      const { map, ready, ink } = shekara.controller, size = map.getSize(), bounds = map.getBounds();
      const [west, south, east, north] = ready.atlas.base.box, own = ready.border.KG.cells;
      return {
        width: size.x, zoom: map.getZoom(), dark: ink.dark, land: ink.land,
        all: bounds.contains([[south, west], [north, east]]),
        kyrgyz: bounds.contains(shekara.controller.boundsOf(...own)),
        chart: document.querySelector(".plot svg").clientWidth,
        bounds: [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()],
      };
    }"""
    screen = visit.page.evaluate(where)
    visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    paper = visit.page.evaluate(where)
    assert (paper["width"], paper["chart"]) == (678, 680)
    assert (paper["dark"], paper["land"]) == (False, "#ffffff")
    west, south, east, north = screen["bounds"]
    assert paper["all"] is (view == "")
    if view.startswith("neighbour"):
        assert paper["kyrgyz"]
    if view.startswith("map"):
        assert paper["bounds"][0] <= west + 0.01
        assert paper["bounds"][1] <= south + 0.01
        assert paper["bounds"][2] >= east - 0.01
        assert paper["bounds"][3] >= north - 0.01
    # What a canvas has cleared would come out white over land and sea if its strokes were printed.
    visit.page.emulate_media(media="print")
    canvases = visit.page.locator(".shekara-canvas")
    styles = canvases.evaluate_all("(all) => all.map((one) => getComputedStyle(one).imageRendering)")
    assert styles == ["pixelated"] * 3
    visit.page.emulate_media(media="screen")
    visit.page.evaluate("dispatchEvent(new Event('afterprint'))")
    after = visit.page.evaluate(where)
    assert (after["zoom"], after["dark"], after["width"]) == (screen["zoom"], scheme == "dark", screen["width"])


# Millimetres of an A4 sheet, but for its margins, at 96 pixels an inch.
@pytest.mark.parametrize("sheet", [(688, 1032), (1016, 703)], ids=["portrait", "landscape"])
def test_the_answer_and_the_map_have_one_sheet(visitor: Visitor, address: str, sheet: tuple[int, int]) -> None:
    width, height = sheet
    visit = visitor(viewport={"width": width, "height": height}).open(address)
    visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    visit.page.emulate_media(media="print")
    parts = visit.page.locator("#rail, #map")
    assert max(parts.evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().bottom)")) <= height
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
