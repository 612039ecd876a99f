"""The date of an event, told in many ways beside other dates, in three languages: known answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo.drafting import draft_article, read_text

if TYPE_CHECKING:
    from geo.intake import Gazetteer

PROBES = json.loads((Path(__file__).parent / "probes" / "days.json").read_text(encoding="utf-8"))
PRECISIONS = {4: "year", 7: "month", 10: "day"}


@pytest.mark.parametrize("probe", PROBES, ids=[f"{at}-{one['date']}" for at, one in enumerate(PROBES)])
def test_an_events_date_is_told_from_the_others_of_a_text(probe: dict[str, str], gazetteer: Gazetteer) -> None:
    article = read_text(f"{probe['published']} · Gazette\n{probe['text']}")
    (draft,) = draft_article(article, gazetteer).drafts
    told = (draft.fields["date"], draft.fields["date_basis"], draft.fields["date_precision"])
    assert told == (probe["date"], probe["basis"], PRECISIONS[len(probe["date"])])
