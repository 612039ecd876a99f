"""The page of very many records: what it leaves out, what it still says, and that it says so."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from synthetic import synthetic_incidents

import geo
from geo.incidents.reading import border_of
from geo.view import write_page
from geo.view.atlas.packing import MOST_FULL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import geopandas as gpd

    Visitor = Callable[..., Any]


@pytest.fixture(scope="module")
def crowd() -> gpd.GeoDataFrame:
    """Places drawn again from the built-in incidents: quick to place, for they repeat."""
    return synthetic_incidents(MOST_FULL + 500, None, seed=3)


@pytest.fixture(scope="module")
def crowd_address(crowd: gpd.GeoDataFrame, frontier: geo.Frontier, tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_page(tmp_path_factory.mktemp("crowd") / "map.html", crowd, frontier).as_uri()


def shown(visit: Any) -> int:
    return int(visit.page.locator("#count b").get_attribute("data-n"))


def test_beyond_twenty_thousand_there_is_no_search_no_title_and_no_source_and_the_page_says_so(
    visitor: Visitor, crowd_address: str
) -> None:
    visit = visitor().open(crowd_address)
    visit.page.locator(".search").fill("tobacco")
    expect(visit.page.locator(".found li")).to_have_count(0)  # places alone, and none is called so
    visit.page.locator(".search").fill("")
    expect(visit.page.locator("#records .lead")).to_contain_text(
        "20,500 records holds no titles, sources or word search"
    )
    assert visit.page.locator(".record").count() == 30
    assert visit.page.locator(".record-source, .record-original").count() == 0
    assert "Made-up" not in visit.page.locator("body").inner_text()
    assert visit.clean()


def test_filters_and_counts_are_those_of_the_table(
    visitor: Visitor, crowd_address: str, crowd: gpd.GeoDataFrame
) -> None:
    visit = visitor().open(crowd_address)
    assert shown(visit) == len(geo.select(crowd, geo.Selection()))
    visit.page.evaluate("shekara.setFilter({goods: ['food', 'fuel'], neighbour: ['RU']})")
    left = geo.select(crowd, geo.Selection(goods=("food", "fuel")))
    assert shown(visit) == len(geo.select(crowd, geo.Selection(goods=("food", "fuel"), neighbour=("RU",))))
    of_border = "shekara.controller.ready.atlas.filters.facets.find((one) => one.field === 'neighbour')"
    counts = visit.page.evaluate(f"Object.fromEntries(shekara.filter.counts({of_border}))")
    assert {code: n for code, n in counts.items() if n} == border_of(left).value_counts().to_dict()


def test_the_sum_and_the_marks_hold_every_record_once(visitor: Visitor, crowd_address: str) -> None:
    visit = visitor().open(crowd_address)
    parts = visit.page.evaluate(
        "[...document.querySelectorAll('.sum [data-n]')].slice(1, 5).map((one) => Number(one.dataset.n))"
    )
    drawn = visit.page.evaluate("shekara.controller.placed.all.flatMap((mark) => mark.ids)")
    assert sum(parts) == shown(visit)
    assert len(drawn) == len(set(drawn)) == sum(parts[:3])


@pytest.mark.thorough
def test_many_are_beads_and_bars_and_a_filter_that_leaves_few_brings_the_marks_back(
    visitor: Visitor, crowd_address: str
) -> None:
    visit = visitor().open(crowd_address)
    there = "shekara.controller.map.setView([43, 74], 8, {animate: false})"
    visit.page.evaluate(there)
    opened = "shekara.controller.placed.marks.filter((mark) => mark.open).length"
    assert visit.page.evaluate(opened) == 0
    assert "the longest stands for" in visit.page.locator(".chart .lead").inner_text()
    visit.page.evaluate("shekara.setFilter({goods: ['drugs'], neighbour: ['KG'], direction: ['inbound']})")
    assert 0 < shown(visit) < 300
    visit.page.wait_for_timeout(500)
    visit.page.evaluate(there)  # the map has gone to the border that was chosen
    assert visit.page.evaluate(opened) > 0
    assert "the longest stands for" not in visit.page.locator(".chart .lead").inner_text()


def test_a_mark_opens_its_card_and_the_list_goes_on_by_keyboard(visitor: Visitor, crowd_address: str) -> None:
    visit = visitor().open(crowd_address + "#records=1")
    mark = max(
        (mark for mark in visit.marks() if mark["kind"] == "crossing" and mark["x"]), key=lambda one: len(one["ids"])
    )
    visit.click_mark(mark)
    expect(visit.page.locator("#card")).to_contain_text(f"{len(mark['ids']):,} records")
    more = visit.page.locator("#records > .button")
    more.focus()
    visit.page.keyboard.press("Enter")
    assert visit.page.locator(".record").count() == 120
    assert visit.page.evaluate("document.activeElement.className") == "record-title"
    assert visit.clean()


def test_the_csv_has_the_columns_that_the_page_holds(
    visitor: Visitor, crowd_address: str, crowd: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    visit = visitor(accept_downloads=True).open(crowd_address)
    visit.page.evaluate("shekara.setFilter({goods: ['wildlife']})")
    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("button", name="Download CSV").first.click()
    waiting.value.save_as(tmp_path / "shekara.csv")
    with (tmp_path / "shekara.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert not {"id", "title", "source_url"} & set(rows[0])
    wanted = geo.select(crowd, geo.Selection(goods=("wildlife",)))
    assert sorted(row["date"] for row in rows) == sorted(wanted["date"])
    assert sorted(float(row["quantity"]) for row in rows if row["quantity"]) == sorted(wanted["quantity"].dropna())
