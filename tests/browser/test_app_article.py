"""From an article, in a real Chromium: choices in another language, keys that decide nothing, a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from apps import settle
from playwright.sync_api import expect
from visits import PHONE, WIDE

from geo.view import read_words

if TYPE_CHECKING:
    from collections.abc import Callable

    Visitor = Callable[..., Any]

# ruff: noqa: RUF001
TEXT = (
    "2023-04-22 · Пример\nЗерно\n\nВчера на пункте пропуска «Кайрак» пограничники изъяли 60 тонн пшеницы, "
    "которую везли из России.\n\n20 апреля на пункте пропуска «Сырым» пограничники изъяли 500 пачек сигарет."
)


def read(visit: Any, address: str, lang: str) -> Any:
    """Open the page and have the text read; the page."""
    page = visit.page
    page.goto(f"{address}/?page=article&lang={lang}")
    page.locator(".st-key-article-words textarea").fill(TEXT)
    page.get_by_role("button", name=read_words(lang)["app.article.read"]).click()
    page.locator(".st-key-draft-1").wait_for()
    settle(visit)
    return page


def test_choices_follow_the_language_and_only_the_button_confirms(visitor: Visitor, app_address: str) -> None:
    visit = visitor(viewport=WIDE)
    page = read(visit, app_address, "ru")
    goods = page.locator(".st-key-draft-0-goods input")
    expect(goods).to_have_value(read_words("ru")["goods.food"])
    page.locator(".st-key-lang button").filter(has_text=read_words("en")["language.short"]).click()
    settle(visit)
    expect(goods).to_have_value(read_words("en")["goods.food"])
    expect(page.locator(".st-key-draft-0 h3, .st-key-draft-0 strong").first).to_contain_text("60 t")
    page.locator(".st-key-draft-0-source_url input").fill("https://example.org/a")
    page.locator(".st-key-draft-0-source_url input").press("Enter")
    settle(visit)
    expect(page.locator(".st-key-again-0")).to_have_count(0)
    page.locator(".st-key-draft-0-confidence input").click()
    page.get_by_role("option").last.click()
    settle(visit)
    page.locator(".st-key-confirm-0 button").click()
    expect(page.locator(".st-key-again-0")).to_have_count(1)


@pytest.mark.parametrize("lang", ["ru", "kk"])
def test_on_a_phone_the_next_draft_comes_into_sight(visitor: Visitor, app_address: str, lang: str) -> None:
    visit = visitor(viewport=PHONE)
    page = read(visit, app_address, lang)
    expect(page.locator(".st-key-article-head")).to_be_in_viewport()
    page.locator(".st-key-reject-0 button").click()
    expect(page.locator(".st-key-again-0")).to_have_count(1)
    settle(visit)
    expect(page.locator(".st-key-draft-1 strong").first).to_be_in_viewport()
    page.locator("[data-testid=stExpander] summary").first.click()
    page.locator(".st-key-article-words textarea").fill(TEXT.replace("60 тонн", "70 тонн"))
    page.get_by_role("button", name=read_words(lang)["app.article.read"]).click()
    expect(page.locator(".st-key-draft-0 strong").first).to_contain_text("70")
    expect(page.locator(".st-key-article-head")).to_be_in_viewport()
    wide = "() => [document.documentElement.scrollWidth, window.innerWidth]"
    page_wide, window_wide = page.evaluate(wide)
    assert page_wide <= window_wide
