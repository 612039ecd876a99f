"""Texts with no event, one and several, as newsrooms tell them; and sentences that tell none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geo.drafting import draft_article, read_text
from geo.drafting.lexicon import MONTH
from geo.drafting.scenes import read_scenes

if TYPE_CHECKING:
    from geo.intake import Gazetteer

PROBES = json.loads((Path(__file__).parent / "probes" / "events.json").read_text(encoding="utf-8"))
EVENT = "2024-06-15 · Gazette\nTitle\n\nПограничники изъяли 10 тонн угля на посту «Кайрак» 3 июня.\n\n"


@pytest.mark.parametrize("probe", PROBES["texts"], ids=lambda probe: probe["text"].split("\n")[1])
def test_each_event_is_one_draft_with_its_own_goods_amount_and_day(probe: dict[str, Any], gazetteer: Gazetteer) -> None:
    drafts = draft_article(read_text(probe["text"]), gazetteer).drafts
    fields = ("goods", "quantity", "unit", "date")
    told = [[draft.fields.get(name) for name in fields] for draft in drafts]
    assert sorted(told, key=str) == sorted(probe["events"], key=str)


@pytest.mark.parametrize("sentence", PROBES["background"])
def test_prices_herds_traffic_and_laws_are_no_part_of_an_event(sentence: str, gazetteer: Gazetteer) -> None:
    scenes = read_scenes(read_text(EVENT + sentence), gazetteer)
    for scene in (one for one in scenes if one.paragraph > 1 and not one.background):
        assert not scene.places
        assert not scene.counts
        assert not [one for one in scene.amounts if one.rank and not one.against]
        assert not [one for one in scene.days if one.role == "event" and len(one.value) >= MONTH]
