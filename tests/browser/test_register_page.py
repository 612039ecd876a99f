"""The page of a register's totals: it counts rows, colours the border by them, and says what they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from playwright.sync_api import expect
from visits import PHONE, WIDE

import geo
from geo.register.as_incidents import incidents_of, place_totals
from geo.register.totals import COLUMNS
from geo.view import write_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Visitor = Callable[..., Any]


@pytest.fixture(scope="module")
def totals(frontier: geo.Frontier) -> pd.DataFrame:
    """Two goods in every fifth cell, more from west to east, and rows that count for no border."""
    cells = frontier.cells.iloc[::5]
    parts = [
        pd.DataFrame(
            {
                "neighbour": cells["neighbour"], "segment": cells["segment"], "cell": cells.index,
                "region": cells["region_code"], "goods": goods, "date": "2023", "date_not_after": "",
                "place": "border", "rows": [each * (n + 1) for n in range(len(cells))],
            }
        )
        for goods, each in (("tobacco", 1000), ("food", 500))
    ]  # fmt: skip
    nowhere = pd.DataFrame([["", "", "", "", "food", "", "", "far", 12_345]], columns=list(COLUMNS))
    return pd.concat([*parts, nowhere], ignore_index=True)[list(COLUMNS)]


@pytest.fixture(scope="module")
def address(totals: pd.DataFrame, frontier: geo.Frontier, tmp_path_factory: pytest.TempPathFactory) -> str:
    located = place_totals(totals, incidents_of(totals), frontier)
    risk = geo.estimate_risk(located, frontier, draws=100)
    path: Path = tmp_path_factory.mktemp("page") / "register.html"
    write_page(path, located, frontier, risk)
    return path.as_uri()


def number(text: str) -> int:
    return int("".join(filter(str.isdigit, text)))


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_it_counts_rows_and_says_so(visitor: Visitor, address: str, totals: pd.DataFrame, size: dict[str, int]) -> None:
    visit = visitor(viewport=size).open(address)
    rows = int(totals["rows"].sum())
    expect(visit.page.locator("#count b")).to_have_text(f"{rows:,}")
    told = visit.page.locator(".of-register")
    expect(told).to_contain_text(f"{rows:,} rows")
    expect(told).to_contain_text("12,345 of them count for none")
    assert "register" in visit.page.title()
    expect(visit.page.locator(".caveat")).to_have_text(re.compile("^These are rows of a register, not flows."))
    expect(visit.page.locator(".explore")).not_to_contain_text("interceptions")
    expect(visit.page.locator("[data-menu='more']")).to_be_hidden()  # nothing to choose among
    assert visit.marks() == []
    width = visit.page.evaluate("document.documentElement.scrollWidth")
    assert width <= size["width"]
    assert visit.clean()


def test_filters_choose_rows(visitor: Visitor, address: str, totals: pd.DataFrame) -> None:
    visit = visitor().open(address)
    visit.page.evaluate("shekara.setFilter({goods: ['tobacco'], neighbour: ['KG']})")
    own = totals["goods"].eq("tobacco") & totals["neighbour"].eq("KG")
    expect(visit.page.locator("#count b")).to_have_text(f"{totals.loc[own, 'rows'].sum():,}")
    limits = visit.page.locator(".ramp-limit").all_inner_texts()
    assert [number(text) for text in limits] == sorted({number(text) for text in limits})
    assert number(limits[0]) > 10  # of this register's own rates
