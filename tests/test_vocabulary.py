"""The vocabularies hold together, and the documentation names every value."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geo import vocabulary
from geo.paths import data_path
from geo.vocabulary import FAMILIES, FAMILY_OF, FIELDS, GOODS

VOCABULARIES = [
    name
    for name in vocabulary.__all__
    if name.isupper() and name not in {"FAMILIES", "FAMILY_OF", "DRAFT", "FIELDS", "FORMER_FIELDS", "FORMER_WORDS"}
]
DOCUMENTATION = Path(__file__).parent.parent / "docs" / "data.md"


def test_seventeen_goods_in_eight_families_each_once() -> None:
    assert "".join(family.letter for family in FAMILIES) == "DMTFWRVO"
    assert len(GOODS) == len(set(GOODS)) == 17
    assert set(FAMILY_OF) == set(GOODS)
    assert FAMILY_OF["jewelry"] == "V"
    assert FAMILY_OF["chemicals"] == "M"


@pytest.mark.parametrize("name", VOCABULARIES)
def test_a_vocabulary_names_each_value_once(name: str) -> None:
    values = getattr(vocabulary, name)
    assert len(values) == len(set(values)) > 0


@pytest.mark.parametrize("name", [*VOCABULARIES, "FIELDS"])
def test_every_value_is_documented(name: str) -> None:
    text = DOCUMENTATION.read_text(encoding="utf-8")
    assert [value for value in getattr(vocabulary, name) if f"`{value}`" not in text] == []


def test_fields_are_those_of_the_file() -> None:
    first = json.loads(data_path("incidents.geojson").read_text(encoding="utf-8"))["features"][0]
    assert tuple(first["properties"]) == FIELDS
