"""Visits share what is loaded, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from visits import PHONE, Visits

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LEAVE = """async () => {
  localStorage.setItem('left', '1');
  sessionStorage.setItem('left', '1');
  document.cookie = 'left=1';
  await new Promise((done) => {
    const asked = indexedDB.open('left', 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore('left');
    asked.onsuccess = () => { asked.result.close(); done(); };
  });
  window.left = 1;
  location.hash = 'left';
}"""
FIND = """async () => [
  localStorage.length, sessionStorage.length, document.cookie.includes('left'), (await indexedDB.databases()).length,
  typeof window.left, location.hash, innerWidth, matchMedia('(prefers-color-scheme: dark)').matches,
  matchMedia('print').matches, typeof window.sneaked, matchMedia('(prefers-reduced-motion: reduce)').matches,
]"""
NOTHING_LEFT = [0, 0, False, 0, "undefined", "", 1440, False, False, "undefined", True]


# The app itself stores things; its server's sign of life does not, but for a cookie.
@pytest.mark.parametrize(("site", "path"), [("page_address", ""), ("app_address", "/_stcore/health")])
def test_a_visit_finds_nothing_that_an_earlier_or_another_one_left(
    chromium: Browser, request: pytest.FixtureRequest, site: str, path: str
) -> None:
    address: str = request.getfixturevalue(site) + path
    visits = Visits(chromium)
    first, other = visits.begin(viewport=PHONE, color_scheme="dark"), visits.begin()
    first.page.add_init_script("window.sneaked = 1")
    first.page.emulate_media(media="print")
    first.page.goto(address)
    first.page.evaluate(LEAVE)
    other.page.goto(address)
    assert other.page.evaluate(FIND) == NOTHING_LEFT
    used = {first.page.context, other.page.context}
    visits.end()
    again = [visits.begin(), visits.begin()]
    assert {visit.page.context for visit in again} == used
    for visit in again:
        visit.page.goto(address)
        assert visit.page.evaluate(FIND) == NOTHING_LEFT
        visit.page.context.close()


def test_another_host_is_not_found_and_is_said_to_have_been_asked(visitor: Any, page_address: str) -> None:
    visit = visitor()
    visit.page.goto(page_address)
    hosts = ["https://example.org/", "http://192.0.2.1/", "http://localhost:1/"]
    asked = "async (hosts) => (await Promise.allSettled(hosts.map((one) => fetch(one)))).map((one) => one.status)"
    visit.page.goto("data:text/html,<p>no policy")
    assert visit.page.evaluate(asked, hosts) == ["rejected"] * len(hosts)
    assert visit.outside == hosts
    assert sorted(visit.failed) == sorted(hosts)
    visit.page.evaluate("() => { new WebSocket('wss://example.org/live'); }")
    visit.page.wait_for_event("console")
    assert visit.outside == [*hosts, "wss://example.org/live"]
