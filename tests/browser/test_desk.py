"""The whole way of a record at the desk in a real Chromium, and texts that try to run."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from apps import ROOT, serve
from command_line import run
from conftest import PHONE, WIDE
from playwright.sync_api import expect
from test_app_pages import settle
from view_cases import MARKUP

import geo
from geo.desk import feed, news, open_desk, read_desk, start_desk
from geo.desk.store import list_entries
from geo.view import read_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Visitor = Callable[..., Any]


@pytest.fixture(scope="module")
def desk_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("desk") / "news.desk"
    start_desk(path, geo.read_incidents(), geo.read_claims(), by="start", built_in=True).close()
    return path


@pytest.fixture(scope="module")
def address(desk_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    os.environ["SHEKARA_DESK"] = str(desk_path)
    try:
        yield from serve(ROOT / "app.py", tmp_path_factory.mktemp("log") / "log.txt")
    finally:
        del os.environ["SHEKARA_DESK"]


class Form:
    """The form, as hands fill it in."""

    def __init__(self, visit: Any, lang: str) -> None:
        self.visit, self.page, self.words = visit, visit.page, read_words(lang)

    def write(self, field: str, text: str) -> None:
        box = self.page.locator(f".st-key-{field}").locator("textarea, input").first
        box.fill(text)
        box.press("Control+Enter" if box.evaluate("box => box.tagName") == "TEXTAREA" else "Enter")
        settle(self.visit)

    def choose(self, field: str, option: str) -> None:
        self.page.locator(f".st-key-desk-{field} input").click()
        self.page.locator(f".st-key-desk-{field} input").fill(option)
        self.page.get_by_role("option", name=option, exact=True).click()
        settle(self.visit)

    def press(self, key: str) -> None:
        self.page.locator(f".st-key-{key} button").click()
        settle(self.visit)

    def says(self, key: str, text: str) -> None:
        expect(self.page.locator(f".st-key-{key}")).to_contain_text(text, timeout=30_000)


def begin(visit: Any, address: str, lang: str) -> Form:
    visit.page.goto(f"{address}/?page=desk&lang={lang}")
    form = Form(visit, lang)
    visit.page.locator(".st-key-desk-name input").wait_for(timeout=60_000)
    form.write("desk-name", "Aigul")
    form.press("desk-new")
    visit.page.locator(".st-key-desk-save").wait_for(timeout=60_000)
    return form


def test_a_record_goes_its_whole_way(visitor: Visitor, address: str, desk_path: Path, tmp_path: Path,
                                     capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    """Written, warned of, placed by a click, ready, published, on the exported page, corrected, in log and feed."""
    visit = visitor(viewport=WIDE)
    form = begin(visit, address, "ru")
    words = form.words
    with closing(open_desk(desk_path)) as desk:
        told = geo.read_incidents()
        told = told[told["date_precision"].eq("day") & told["quantity"].notna() & told["neighbour"].eq("KG")]
        like = next(row for _, row in told.iterrows() if row["unit"] == "kg")
    form.write("desk-title", "Рассказано ещё раз")
    form.write("desk-date", like["date"])
    form.choose("goods", words[f"goods.{like['goods']}"])
    form.write("desk-quantity", f"{like['quantity']:g}")
    form.choose("unit", words["unit.kg"])
    form.choose("direction", words["direction.inbound"])
    form.choose("mode", words["mode.road"])
    form.choose("neighbour", "Кыргызстан")
    form.write("desk-source-0-address", "https://example.org/told-again")
    form.says("desk-doubles", str(like.name))
    form.choose("outcome_class", words["outcome.seized"])
    form.choose("confidence", words["confidence.high"])
    frame = visit.page.frame_locator("iframe[title*=folium]")
    frame.locator(".leaflet-container").click(position={"x": 200, "y": 150})
    settle(visit)
    expect(visit.page.locator(".st-key-desk-lon input")).not_to_have_value("", timeout=30_000)
    form.says("desk-fall", "Кыргызстан")
    form.says("desk-missing", words["desk.whole"])
    form.press("desk-save")
    form.press("desk-to-ready")
    form.press("desk-to-published")
    expect(visit.page.get_by_text(f"· {words['desk.state.published']}")).to_be_visible(timeout=30_000)
    with closing(open_desk(desk_path)) as desk:
        (entry, *_) = list_entries(desk)
        assert read_desk(desk).loc[entry.id, "location_precision"] == "locality"
    page = tmp_path / "map.html"
    assert run("export", str(page), "--desk", str(desk_path), capsys=capsys)[0] == 0
    shown = visitor(viewport=WIDE).open(page.as_uri())
    assert entry.id in shown.ids()
    form.write("desk-title", "Исправлено")
    form.press("desk-save")
    with closing(open_desk(desk_path)) as desk:
        assert [(one.what, one.id) for one in news(desk)] == [("corrected", entry.id), ("new", entry.id)]
        assert "Исправлено" in feed(desk, lang="ru").decode()
        assert b"Aigul" not in feed(desk)
    assert "Aigul" in run("desk", "log", str(desk_path), "--since", "2026-11-01", "--format", "csv", capsys=capsys)[1]
    assert visit.clean()


@pytest.mark.parametrize("lang", ["en", "kk"])
def test_hostile_texts_in_every_box_run_nowhere(visitor: Visitor, address: str, desk_path: Path, lang: str) -> None:
    visit = visitor(viewport=PHONE)
    form = begin(visit, address, lang)
    page, text = visit.page, MARKUP.replace("\u2028", "")
    for box in page.locator(".stMainBlockContainer").locator("textarea, input[type=text]:not([role=combobox])").all():
        if box.is_visible():
            box.fill(text)
    page.keyboard.press("Tab")
    settle(visit)
    form.press("desk-save")
    expect(page.locator(".stAlert").get_by_text(form.words["desk.saved"], exact=True)).to_be_visible(timeout=30_000)
    page.locator(".st-key-desk-history summary").click()
    form.press("desk-back")
    page.locator(".st-key-desk-new").wait_for()
    assert page.evaluate("window.hacked") is None
    assert all(frame.evaluate("window.hacked") is None for frame in page.frames)
    with closing(open_desk(desk_path)) as desk:
        assert list_entries(desk, states=["draft"])[0].cells["title"] == text
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"]
