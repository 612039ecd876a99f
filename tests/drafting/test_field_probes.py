"""Short texts made up to tell agency, way, mode and outcome, or what an agency counts, in many words.

Each text of ``probes`` stands under a line of what is to be read: agency, direction, neighbour, mode and outcome, "-"
for what is not told; for statements agency, value, goods, first and last day, "-" alone where nothing is counted.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo.drafting import draft_article
from geo.drafting.article import read_text

if TYPE_CHECKING:
    from geo.intake import Gazetteer

PROBES = Path(__file__).parent / "probes"
FIELDS = ("direction", "neighbour", "mode", "outcome_class")


def probes_of(name: str) -> list[tuple[tuple[str, ...], str]]:
    """What is expected of each text of a file, and the text."""
    blocks = re.split(r"(?m)^> ", (PROBES / f"{name}.txt").read_text(encoding="utf-8"))[1:]
    parted = (block.partition("\n") for block in blocks)
    return [(tuple(one.strip() for one in line.split("|")), text.strip()) for line, _, text in parted]


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_agency_way_mode_and_outcome_are_read_from_many_wordings(language: str, gazetteer: Gazetteer) -> None:
    probes = probes_of(language)
    assert len(probes) >= 40
    faults = []
    for (agency, *told), text in probes:
        drafts = draft_article(read_text(text), gazetteer).drafts
        read = [
            (set(draft.fields.get("agency", "-").split("; ")), *(draft.fields.get(field, "-") for field in FIELDS))
            for draft in drafts
        ]
        if read != [(set(agency.split("; ")), *told)]:
            faults.append((text, read))
    assert not faults


def test_what_an_agency_counts_is_read_from_many_wordings_and_nothing_else(gazetteer: Gazetteer) -> None:
    probes = probes_of("statements")
    assert len(probes) >= 60
    assert sum(expected == ("-",) for expected, _ in probes) >= 10
    faults = []
    for expected, text in probes:
        told = [one.fields for one in draft_article(read_text(text), gazetteer).statements]
        read = [
            (one["agency"], float(one["value"]), one["goods"], one["period_start"], one["period_end"]) for one in told
        ]
        agency, value, goods, *period = expected if len(expected) > 1 else ("", "0", "", "", "")
        if read != ([(agency, float(value), goods or "all", *period)] if agency else []):
            faults.append((text, read))
    assert not faults


@pytest.mark.parametrize(("name", "field"), [("acting", "agency"), ("outcomes", "outcome_class")])
def test_who_acted_and_what_became_of_it_are_told_from_who_only_tells_and_what_is_only_asked(
    name: str, field: str, gazetteer: Gazetteer
) -> None:
    faults = []
    for (expected,), text in probes_of(name):
        read = [draft.fields.get(field, "-") for draft in draft_article(read_text(text), gazetteer).drafts]
        if [set(one.split("; ")) for one in read] != [set(expected.split("; "))]:
            faults.append((text, read))
    assert not faults
