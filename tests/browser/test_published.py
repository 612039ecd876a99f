"""The published page in a browser: what it says to machines breaks no policy and runs nothing."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any

import geo
from geo.publishing import folder
from geo.publishing.pictures import draw_pictures

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

SIGN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>'


def test_what_is_said_to_machines_and_the_brand_break_no_policy(
    tmp_path: Path, visitor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One picture is enough: the page is looked at.
    monkeypatch.setattr(folder, "draw_pictures", lambda *told: islice(draw_pictures(*told), 1))
    (tmp_path / "sign.svg").write_text(SIGN)
    (tmp_path / "desk.toml").write_text('name = "The Desk"\naccent = "#8a1538"\nlogo = "sign.svg"\n')
    chosen, site = geo.Selection(goods=("weapons",)), tmp_path / "site"
    geo.publish(site, chosen, brand=tmp_path / "desk.toml")
    visit = visitor()
    visit.page.add_init_script(
        "document.addEventListener('securitypolicyviolation', (e) => console.error(e.blockedURI))"
    )
    visit.open((site / "index.html").as_uri())
    assert visit.clean()
    policy = visit.page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    said = visit.page.locator('script[type="application/ld+json"]')
    assert json.loads(said.text_content() or "")["@type"] == "Dataset"
    head = visit.page.locator(".brand")
    assert head.inner_text() == "The Desk"
    assert head.locator("img").evaluate("(sign) => sign.naturalWidth") > 0
    accent = visit.page.evaluate("getComputedStyle(document.body).getPropertyValue('--accent')")
    assert accent == "#8a1538"
    frame = visitor()
    frame.open((site / "index.html").as_uri() + "#embed=1")
    assert frame.page.locator(".credit .brand").inner_text() == "The Desk"
    assert frame.clean()
