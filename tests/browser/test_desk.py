"""The whole way of a record at the desk in a real Chromium, and texts that try to run."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from apps import eventually, serve_app, settle
from command_line import run
from playwright.sync_api import expect
from view_cases import MARKUP
from visits import PHONE, WIDE

import geo
from geo.desk import feed, news, open_desk, read_desk, start_desk
from geo.desk.store import blank_values, changes_of, find_entry, list_entries, save
from geo.summaries.notes import value_word
from geo.view import LANGUAGES, read_words, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from apps import App

    Visitor = Callable[..., Any]


@pytest.fixture(scope="module")
def desk_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small desk, so that a page of it is quickly made."""
    path = tmp_path_factory.mktemp("desk") / "news.desk"
    incidents = geo.read_incidents()
    told = incidents["date_precision"].eq("day") & incidents["quantity"].notna() & incidents["unit"].eq("kg")
    with closing(
        start_desk(path, incidents[told & incidents["neighbour"].eq("KG")][:12], by="start", built_in=True)
    ) as desk:
        desk.set_up("licence", "ODC-By 1.0")
    return path


@pytest.fixture(scope="module")
def app_at_desk(desk_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHEKARA_DESK", str(desk_path))
        yield from serve_app(tmp_path_factory.mktemp("app"))


@pytest.fixture(scope="module")
def address(app_at_desk: App) -> str:
    return app_at_desk.address


class Form:
    """The form, as hands fill it in."""

    def __init__(self, visit: Any, lang: str) -> None:
        self.visit, self.page, self.words = visit, visit.page, read_words(lang)

    def write(self, field: str, text: str) -> None:
        box = self.page.locator(f".st-key-{field}").locator("textarea, input").first
        box.fill(text)
        box.press("Control+Enter" if box.evaluate("box => box.tagName") == "TEXTAREA" else "Enter")

    def choose(self, field: str, option: str) -> None:
        settle(self.visit)  # a run that ends may shut a list that is open
        self.page.locator(f".st-key-desk-{field} input").click()
        self.page.locator(f".st-key-desk-{field} input").fill(option)
        self.page.get_by_role("option", name=option, exact=True).click()
        settle(self.visit)

    def press(self, key: str) -> None:
        button = self.page.locator(f".st-key-{key} button")
        expect(button).to_have_count(1)  # what a run leaves behind stands there until it ends
        button.click()
        settle(self.visit)

    def says(self, key: str, text: str) -> None:
        expect(self.page.locator(f".st-key-{key}")).to_contain_text(text)


def begin(visit: Any, address: str, lang: str) -> Form:
    visit.page.goto(f"{address}/?page=desk&lang={lang}")
    form = Form(visit, lang)
    form.write("desk-name", "Aigul")
    form.press("desk-new")
    visit.page.locator(".st-key-desk-save").wait_for()
    return form


@pytest.mark.parametrize(
    ("lang", "width"), [pytest.param("en", WIDE, marks=pytest.mark.thorough), ("ru", PHONE),
                        pytest.param("kk", WIDE, marks=pytest.mark.thorough),
                        pytest.param("en", PHONE, marks=pytest.mark.thorough)],
    ids=["en wide", "ru phone", "kk wide", "en phone"],
)  # fmt: skip
def test_a_record_goes_its_whole_way(*, visitor: Visitor, address: str, desk_path: Path, tmp_path: Path, lang: str,
                                     width: dict[str, int], capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    """Written, warned of, placed by a click, ready, published, on the exported page, corrected, in log and feed."""
    visit = visitor(viewport=width)
    form = begin(visit, address, lang)
    words, frontier = form.words, geo.read_frontier()
    with closing(open_desk(desk_path)) as desk:
        told = read_desk(desk)
        like = told[told["source_url"].ne("https://example.org/told-again")].iloc[LANGUAGES.index(lang)]
    name = f"{lang} {width['width']}"
    form.write("desk-title", f"{name}: told again")
    form.write("desk-date", like["date"])
    form.choose("goods", words[f"goods.{like['goods']}"])
    form.write("desk-quantity", f"{like['quantity']:g}")
    form.choose("unit", words["unit.kg"])
    form.choose("direction", words["direction.inbound"])
    form.choose("mode", words["mode.road"])
    kyrgyzstan = value_word("neighbour", "KG", frontier, lang)
    form.choose("neighbour", kyrgyzstan)
    form.write("desk-source-0-address", "https://example.org/told-again")
    form.says("desk-doubles", str(like.name))
    form.choose("outcome_class", words["outcome.seized"])
    form.choose("confidence", words["confidence.high"])
    frame = visit.page.frame_locator("iframe[title*=folium]")
    frame.locator(".leaflet-container").click(position={"x": 200, "y": 150})
    settle(visit)
    expect(visit.page.locator(".st-key-desk-lon input")).not_to_have_value("")
    form.says("desk-fall", kyrgyzstan)
    form.says("desk-missing", words["desk.whole"])
    form.press("desk-to-ready")
    form.press("desk-to-published")
    expect(visit.page.get_by_text(f"· {words['desk.state.published']}")).to_be_visible()
    with closing(open_desk(desk_path)) as desk:
        (entry, *_) = list_entries(desk)
        assert entry.cells["title"] == f"{name}: told again"
        assert read_desk(desk).loc[entry.id, "location_precision"] == "locality"
    page = tmp_path / "map.html"
    assert run("export", str(page), "--desk", str(desk_path), "--lang", lang, capsys=capsys)[0] == 0
    exported = visitor(viewport=width).open(page.as_uri())
    assert entry.id in exported.ids()
    expect(exported.page.locator("#foot")).to_contain_text(say(lang, "licence-own", v="ODC-By 1.0"))
    form.write("desk-title", f"{name}: corrected")
    form.press("desk-save")
    with closing(open_desk(desk_path)) as desk:
        assert [(one.what, one.id) for one in news(desk)][:2] == [("corrected", entry.id), ("new", entry.id)]
        assert f"{name}: corrected" in feed(desk, lang=lang).decode()
        assert b"Aigul" not in feed(desk)
    assert "Aigul" in run("desk", "log", str(desk_path), "--since", "2026-11-01", "--format", "csv", capsys=capsys)[1]
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width["width"]
    assert visit.clean()


@pytest.mark.thorough  # tests/app has it quickly, with the same two ways
def test_the_later_of_two_who_edit_one_record_is_shown_both(visitor: Visitor, address: str, desk_path: Path) -> None:
    """Nothing is overwritten unseen: the later one sees both titles, and chooses."""
    with closing(open_desk(desk_path)) as desk:
        save(desk, "shared", {**blank_values(), "title": "As it was"}, by="start", revision=0)
    forms = []
    for name in ("Aigul", "Boris"):
        visit = visitor(viewport=WIDE)
        visit.page.goto(f"{address}/?page=desk&lang=en")
        form = Form(visit, "en")
        form.write("desk-name", name)
        form.write("desk-search-records", "As it was")
        settle(visit)
        visit.page.locator(".st-key-desk-list-records canvas").first.click(position={"x": 20, "y": 54}, force=True)
        form.says("desk-title", read_words("en")["desk.head.title"])
        forms.append(form)
    first, later = forms
    first.write("desk-title", "By the first")
    first.press("desk-save")
    later.write("desk-title", "By the later")
    later.press("desk-save")
    expect(later.page.locator(".stAlert").get_by_text("Aigul", exact=False).first).to_be_visible()
    with closing(open_desk(desk_path)) as desk:
        assert find_entry(desk, "shared").cells["title"] == "By the first"
    later.press("desk-mine")
    later.press("desk-save")
    with closing(open_desk(desk_path)) as desk:
        titles = [(one.name, one.old, one.new) for one in changes_of(desk, "shared") if one.field == "title"]
    assert titles == [("Aigul", "As it was", "By the first"), ("Boris", "By the first", "By the later")]
    assert first.visit.clean()
    assert later.visit.clean()


@pytest.fixture
def slow_address(app_at_desk: App) -> Iterator[str]:
    """The same app, slow for now."""
    with app_at_desk.but("slow-runs") as address:
        yield address


@pytest.mark.thorough
def test_what_is_typed_and_pressed_while_the_app_is_slow_is_kept(
    visitor: Visitor, slow_address: str, desk_path: Path
) -> None:
    """Box after box without a pause, Save twice, and more typed while it saves: nothing is lost, nobody conflicts."""
    visit = visitor()
    page = visit.page
    page.goto(f"{slow_address}/?page=desk&lang=en")
    for chosen in ("page", "lang"):
        expect(page.locator(f".st-key-{chosen} [aria-checked=true]")).to_have_count(1)
    page.locator(".st-key-desk-name input").fill("Aigul")
    page.locator(".st-key-desk-new button").click()  # with the name not sent yet

    def box(field: str) -> Any:
        return page.locator(f".st-key-{field}").locator("textarea, input").first

    texts = {"desk-title": "Typed first", "desk-date": "2024-05", "desk-goods_description": "boxes",
             "desk-source-0-address": "https://example.org/slow", "desk-source-0-publisher": "A paper",
             "desk-place_name": "Korday", "desk-outcome": "Seized"}  # fmt: skip
    for field, text in texts.items():
        box(field).fill(text)
    page.locator(".st-key-desk-save button").click()
    page.locator(".st-key-desk-save button").click()
    box("desk-support_note").fill("Typed while it saves")
    saved = page.locator(".stAlert").get_by_text(read_words("en")["desk.saved"], exact=True)
    expect(saved).to_have_count(1)
    settle(visit)
    expect(box("desk-support_note")).to_have_value("Typed while it saves")
    for field, text in texts.items():
        expect(box(field)).to_have_value(text)
    with closing(open_desk(desk_path)) as desk:
        (listed,) = list_entries(desk, words="Typed first")
        entry = find_entry(desk, listed.id)
    assert entry is not None
    assert entry.cells["sources"][0]["address"] == texts.pop("desk-source-0-address")
    assert entry.cells["sources"][0]["publisher"] == texts.pop("desk-source-0-publisher")
    assert {key: entry.cells[key.removeprefix("desk-")] for key in texts} == texts
    page.locator(".st-key-desk-save button").click()
    eventually(page, lambda: _note_of(desk_path, entry.id), "Typed while it saves")
    expect(page.locator(".st-key-page")).to_have_count(1)
    expect(saved).to_have_count(1)
    settle(visit)
    assert visit.clean()


def _note_of(path: Path, identifier: str) -> str:
    with closing(open_desk(path)) as desk:
        return str(find_entry(desk, identifier).cells["support_note"])


def test_hostile_texts_in_every_box_run_nowhere(visitor: Visitor, address: str, desk_path: Path) -> None:
    visit = visitor(viewport=PHONE)
    form = begin(visit, address, "kk")
    page, text = visit.page, MARKUP.replace("\u2028", "")
    for box in page.locator(".stMainBlockContainer").locator("textarea, input[type=text]:not([role=combobox])").all():
        if box.is_visible():
            box.fill(text)
    page.keyboard.press("Tab")
    settle(visit)
    form.press("desk-save")
    expect(page.locator(".stAlert").get_by_text(form.words["desk.saved"], exact=True)).to_be_visible()
    page.locator(".st-key-desk-history summary").click()
    form.press("desk-back")
    page.locator(".st-key-desk-new").wait_for()
    assert page.evaluate("window.hacked") is None
    assert all(frame.evaluate("window.hacked") is None for frame in page.frames)
    with closing(open_desk(desk_path)) as desk:
        assert list_entries(desk, states=["draft"])[0].cells["title"] == text
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE["width"]
