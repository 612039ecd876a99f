"""The page for those who use a keyboard, a screen reader, a finger, or another language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from visits import PHONE, WIDE

from geo.view import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    Visitor = Callable[..., Any]

INTERACTIVE = "a[href], button, input, select, summary, textarea, [tabindex='0']"
# What can be reached: in sight, and not behind a closed details.
REACHABLE = f"""() => [...document.querySelectorAll("{INTERACTIVE}")]
  .filter((one) => one.checkVisibility({{visibilityProperty: true}}) && !one.disabled && one.tabIndex >= 0)
  .map((one, i) => {{ one.dataset.stop = i; return String(i); }})"""
STOP = "() => document.activeElement.dataset.stop ?? ''"


# Axe takes its time. Quickly it looks at the whole page once, on a light phone, and in each other state at what the
# state has changed; thoroughly, at the whole of each state.
AXE_CHANGED = {"filtered": "#bar, #answers", **dict.fromkeys(["record", "crossing", "border"], "#card"),
               "nothing": "#answers, #records"}  # fmt: skip
AXE_CASES = [
    pytest.param("en", "light", PHONE, False, id="en-light-phone, in parts"),
    pytest.param("ru", "dark", WIDE, False, id="ru-dark-wide, in parts", marks=pytest.mark.thorough),
    *(
        pytest.param(lang, scheme, size, True, marks=pytest.mark.thorough, id=f"{lang}-{scheme}-{name}")
        for lang in LANGUAGES
        for scheme in ("light", "dark")
        for name, size in (("wide", WIDE), ("phone", PHONE))
    ),
]


@pytest.mark.parametrize(("lang", "scheme", "viewport", "whole"), AXE_CASES)
def test_axe_finds_nothing_serious(  # noqa: PLR0917 (fixtures and cases)
    visitor: Visitor, full_address: str, lang: str, scheme: str, viewport: dict[str, int], whole: bool
) -> None:
    # The policy of the page would not let axe in.
    visit = visitor(viewport=viewport, color_scheme=scheme, bypass_csp=True).open(f"{full_address}#lang={lang}")
    states = {
        "filtered": "shekara.setFilter({goods: ['tobacco', 'food'], since: '2016'})",
        "opened": "shekara.clearFilter(); document.querySelectorAll('details').forEach((one) => { one.open = true; })",
        # What is opened makes axe slow: closed again for the rest.
        "record": "document.querySelectorAll('details').forEach((one) => { one.open = false; });"
        " shekara.controller.choose(5)",
        "crossing": "shekara.controller.choose(shekara.controller.placed.marks.find((m) => m.ids.length > 3))",
        "border": "shekara.controller.choose(shekara.controller.borderMark('KG'))",
        "nothing": "shekara.controller.choose(null); shekara.setFilter({words: 'no such words'})",
    }
    # In all but one language and theme, the state that shows the most.
    if (lang, scheme) != ("en", "light"):
        states, whole = {"record": states["record"]}, True
    axe = Axe()
    for state, act in states.items():
        visit.page.evaluate(act)
        if viewport is PHONE and state == "filtered":
            visit.page.locator("[data-key='open-filters']").click()
        found = axe.run(
            visit.page, None if whole else AXE_CHANGED.get(state), {"resultTypes": ["violations"]}
        ).response["violations"]
        assert [(state, one["id"], one["impact"], one["nodes"][0]["html"][:120]) for one in found] == []
        if viewport is PHONE:
            visit.page.keyboard.press("Escape")


def test_every_control_is_reached_by_tab(visitor: Visitor, full_address: str) -> None:
    visit = visitor().open(full_address)
    visit.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    visit.page.evaluate("shekara.setFilter({goods: ['drugs', 'tobacco'], since: '2015'})")
    wanted = set(visit.page.evaluate(REACHABLE))
    visit.page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    reached: list[str] = []
    for _ in range(len(wanted) + 20):
        visit.page.keyboard.press("Tab")
        stop = visit.page.evaluate(STOP)
        if stop in reached:
            break
        if stop:
            reached.append(stop)
    assert wanted - set(reached) == set()
    # The order of the page: header, filters, answers, map, legend and sum, chart, table, list, statements, method.
    places = visit.page.evaluate(
        "(stops) => {"
        " const parts = ['skip', 'tools', 'bar', 'rail', 'map', 'below', 'chart', 'borders', 'records', 'claims',"
        " 'method'];"
        " return stops.map((stop) => parts.findIndex((id) =>"
        " document.getElementById(id)?.contains(document.querySelector(`[data-stop='${stop}']`)))); }",
        reached,
    )
    in_parts = [place for place in places if place >= 0]
    assert in_parts == sorted(in_parts)
    assert visit.page.evaluate(STOP) in {*reached, ""}


def press(visit: Any, selector: str, *keys: str) -> None:
    """Put the focus on a control and press keys, with no pointer."""
    control = visit.page.locator(selector).first
    control.focus()
    assert control.evaluate("(one) => one === document.activeElement"), selector
    for key in keys:
        visit.page.keyboard.press(key)


def test_every_kind_of_control_is_used_by_keyboard(  # noqa: PLR0915 (one tour of the page)
    visitor: Visitor, full_address: str
) -> None:
    visit = visitor(accept_downloads=True).open(full_address)
    page = visit.page
    all_records = visit.ids()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "records"
    press(visit, "#tools [data-lang='ru']", "Enter")
    assert page.evaluate("document.documentElement.lang") == "ru"
    press(visit, "#tools [data-lang='en']", "Space")
    dark = page.evaluate("document.body.classList.contains('dark')")
    press(visit, "#tools > .button", "Enter")
    assert page.evaluate("document.body.classList.contains('dark')") != dark
    with page.expect_download():
        press(visit, "#tools > .button >> text=Download CSV", "Enter")

    press(visit, "[data-key='menu:goods']", "Enter")
    press(visit, "#filters [data-key^='goods:drugs']", "Space")
    fewer = visit.ids()
    assert fewer < all_records
    press(visit, "[data-key='clear-all']", "Enter")
    assert visit.ids() == all_records
    press(visit, "[data-key='open:T']", "Enter")
    assert page.locator("[data-key='goods:alcohol']").is_visible()
    press(visit, "[data-key='only:tobacco']", "Enter")
    assert page.evaluate("[...shekara.filter.chosen.goods]") == ["tobacco"]
    page.evaluate("shekara.clearFilter()")
    press(visit, "[data-key='menu:neighbour']", "Enter")
    press(visit, "[data-key='border:CN']", "Space")
    assert page.evaluate("[...shekara.filter.chosen.border]") == ["CN"]
    press(visit, "[data-key='border:CN']", "Space")
    press(visit, "[data-key='menu:period']", "Enter")
    press(visit, "[data-key='period:from']", "ArrowRight", "ArrowRight")
    assert page.evaluate("Number(shekara.filter.since)") == 2003
    press(visit, "[data-key='all-years']", "Enter")
    press(visit, "[data-key='undated']", "Space")
    assert page.evaluate("shekara.filter.undated") is False
    press(visit, "[data-key='menu:more']", "Enter")
    press(visit, "[data-key='refused']", "Space")
    assert page.evaluate("shekara.filter.refused") is True
    press(visit, "[data-key='mode:rail']", "Enter")
    assert page.evaluate("[...shekara.filter.chosen.mode]") == ["rail"]
    page.evaluate("shekara.clearFilter()")
    page.locator(".search").focus()
    page.keyboard.type("saiga")
    page.keyboard.press("Enter")
    assert 0 < len(visit.ids()) < 40
    page.evaluate("shekara.clearFilter()")

    press(visit, "[data-kind='rate']", "Enter")
    assert page.evaluate("shekara.controller.values.kind") == "rate"
    press(visit, "[data-kind='estimate']", "Enter")
    zoom = page.evaluate("shekara.controller.map.getZoom()")
    press(visit, ".zoom-bar button", "Enter")
    page.wait_for_timeout(500)
    assert page.evaluate("shekara.controller.map.getZoom()") > zoom
    press(visit, ".zoom-bar button:nth-child(3)", "Enter")
    page.wait_for_timeout(500)
    center = page.evaluate("shekara.controller.map.getCenter().lng")
    press(visit, ".map", "ArrowRight")
    page.wait_for_timeout(500)
    assert page.evaluate("shekara.controller.map.getCenter().lng") > center
    press(visit, ".map", "-")
    press(visit, ".map", "Enter", "ArrowRight", "ArrowRight", "Enter")
    assert page.locator("#card").is_visible()
    press(visit, ".back", "Enter")
    assert not page.locator("#card").is_visible()
    press(visit, ".sum-part", "Enter")
    assert page.locator("#card").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#card").is_visible()

    press(visit, ".plot", "Home", "Shift+ArrowRight", "n", "p", "End", "Enter")
    assert page.locator("#card").is_visible()
    press(visit, ".as-table summary", "Enter")
    page.locator(".as-table tbody tr").nth(100).wait_for(state="attached")
    press(visit, ".by-border button", "Enter")
    assert page.locator("#card h2").inner_text() == page.locator(".by-border button").first.inner_text()
    press(visit, "#sort", "ArrowDown")
    assert page.locator("#sort").input_value() == "border"
    press(visit, ".record-title", "Enter")
    assert page.locator(".record.chosen").count() == 1
    rows = page.locator(".record").count()
    press(visit, "#records > .button", "Enter")
    assert page.locator(".record").count() > rows
    press(visit, "#said-by", "K")
    press(visit, ".remarks summary", "Enter")
    assert page.locator(".remarks[open]").count() == 1
    press(visit, ".claim .sum-part", "Enter")
    assert page.locator("#card").is_visible()
    press(visit, ".embed button", "Enter")
    page.get_by_role("button", name="Copied").wait_for()
    assert visit.clean()


def test_the_sheet_of_the_phone_keeps_and_returns_the_focus(visitor: Visitor, page_address: str) -> None:
    visit = visitor(viewport=PHONE).open(page_address)
    opener = visit.page.locator("[data-key='open-filters']")
    opener.focus()
    visit.page.keyboard.press("Enter")
    inside = "document.getElementById('bar').contains(document.activeElement)"
    assert visit.page.evaluate(inside)
    for key in ["Shift+Tab", *["Tab"] * 70]:
        visit.page.keyboard.press(key)
        assert visit.page.evaluate(inside), key
    visit.page.keyboard.press("Escape")
    assert opener.evaluate("(one) => one === document.activeElement")


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_controls_are_large_enough_to_meet(visitor: Visitor, full_address: str, viewport: dict[str, int]) -> None:
    visit = visitor(viewport=viewport).open(full_address)
    small = visit.page.evaluate(
        "[...document.querySelectorAll('button, summary, select')].filter((one) => one.checkVisibility())"
        ".map((one) => [one.className + '|' + one.textContent.slice(0, 20), one.getBoundingClientRect().width,"
        " one.getBoundingClientRect().height]).filter(([, w, h]) => w < 24 || h < 24)"
    )
    assert small == []


@pytest.mark.parametrize("lang", ["ru", "kk"])
def test_what_is_not_in_the_language_says_which_it_is_in(visitor: Visitor, full_address: str, lang: str) -> None:
    visit = visitor().open(f"{full_address}#lang={lang}")
    visit.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    visit.page.evaluate("shekara.controller.choose(5)")
    loose = visit.page.evaluate(
        "() => { const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];"
        " for (let node = walk.nextNode(); node; node = walk.nextNode())"
        "   if (/[A-Za-z]{4}/.test(node.data) && node.parentElement.checkVisibility()"
        "       && !node.parentElement.closest('[lang]:not(html), script, noscript, a, .embed-code'))"
        "     found.push(node.data);"
        " return found; }"
    )
    names = re.compile(r"Shekara|Natural Earth|GeoNames|Who’s On First|OpenStreetMap|ODbL|Leaflet|CC BY|MIT")
    assert [text for text in loose if not names.search(text)] == []
