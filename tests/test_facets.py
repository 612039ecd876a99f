"""Each filter said once."""

from __future__ import annotations

import pytest

from geo.facets import FACETS, SEARCHED, facet, pack_facets
from geo.language.catalogue import LANGUAGES, read_words
from geo.vocabulary import FIELDS, OFF_BORDER


def test_every_name_in_a_link_is_one_filters_alone() -> None:
    names = [name for one in FACETS for name in one.names]
    assert len(names) == len(set(names))
    assert facet("include_refused").old == ("refused",)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_filter_and_every_value_has_its_word(lang: str) -> None:
    words = read_words(lang)
    for one in FACETS:
        assert words[one.word]
        values = OFF_BORDER if one.field == "neighbour" else one.vocabulary
        assert all(words[f"{one.value_word}.{value}"] for value in values)


def test_a_search_reads_fields_of_a_record() -> None:
    assert set(SEARCHED) <= set(FIELDS)
    assert {"value_text", "outcome"} <= set(SEARCHED)


def test_the_page_is_sent_the_filters_that_stand_on_it() -> None:
    packed = pack_facets()
    assert [one["field"] for one in packed["facets"]] == [one.field for one in FACETS if one.page]
    assert packed["facets"][1]["names"] == ["neighbour", "border"]
    assert packed["searched"] == list(SEARCHED)
