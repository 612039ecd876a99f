"""Places of events, told in many ways: one short text each, with the place that a draft of it has to have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geo.drafting import draft_article, read_text

if TYPE_CHECKING:
    from geo.intake import Gazetteer

PROBES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "probes" / "places.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("probe", PROBES, ids=[str(number) for number in range(len(PROBES))])
def test_the_place_of_the_event_is_read_however_it_is_told(probe: dict[str, Any], gazetteer: Gazetteer) -> None:
    drafts = draft_article(read_text(f"2024-05-20 · Gazette\n{probe['text']}"), gazetteer).drafts
    places = [{name: draft.fields.get(name) for name in probe["place"]} for draft in drafts]
    assert places == [probe["place"]], probe["text"]
    if "crossing_id" not in probe["place"]:
        assert "crossing_id" not in drafts[0].fields, probe["text"]
