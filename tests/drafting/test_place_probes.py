"""Places of events, told in many ways: one short text each, with the place that a draft of it has to have."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import pytest

from geo.builtin.dataset import read_frontier
from geo.drafting import draft_article, read_text
from geo.intake import Gazetteer, read_gazetteer

PROBES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "probes" / "places.json").read_text(encoding="utf-8")
)


@functools.cache
def gazetteer() -> Gazetteer:
    return read_gazetteer(read_frontier())


@pytest.mark.parametrize("probe", PROBES, ids=[str(number) for number in range(len(PROBES))])
def test_the_place_of_the_event_is_read_however_it_is_told(probe: dict[str, Any]) -> None:
    drafts = draft_article(read_text(f"2024-05-20 · Gazette\n{probe['text']}"), gazetteer()).drafts
    places = [{name: draft.fields.get(name) for name in probe["place"]} for draft in drafts]
    assert places == [probe["place"]], probe["text"]
    if "crossing_id" not in probe["place"]:
        assert "crossing_id" not in drafts[0].fields, probe["text"]
