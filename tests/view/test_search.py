"""Search finds what stands in a record's texts, heading and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from geo.facets import SEARCHED
from geo.view import LANGUAGES, Atlas, make_atlas
from geo.view.search import find_words, fold

if TYPE_CHECKING:
    import geo


@pytest.fixture(scope="module")
def atlas(located: geo.Located, frontier: geo.Frontier) -> Atlas:
    return make_atlas(located, frontier)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("field", SEARCHED)
def test_every_text_of_a_record_is_read(atlas: Atlas, located: geo.Located, field: str, lang: str) -> None:
    texts = located.incidents.reset_index()[field]
    i = int(texts.ne("").to_numpy().argmax())
    assert find_words(atlas, texts[i].upper(), lang=lang)[i]


@pytest.mark.parametrize(
    ("word", "field"), [("million", "value_text"), ("seized", "outcome"), ("convicted", "outcome")]
)
def test_what_the_page_once_did_not_read_is_found(atlas: Atlas, located: geo.Located, word: str, field: str) -> None:
    stands = located.incidents[field].str.casefold().str.contains(word).to_numpy()
    assert stands.sum() > 3
    assert (find_words(atlas, word, lang="en") >= stands).all()


def test_the_words_of_goods_and_border_are_those_of_the_reader(atlas: Atlas, located: geo.Located) -> None:
    tobacco = located.incidents["goods"].eq("tobacco").to_numpy()
    assert (find_words(atlas, "табак", lang="ru") >= tobacco).all()
    china = located.incidents["border"].eq("CN").to_numpy()
    assert (find_words(atlas, "Қытай", lang="kk") >= china).all()
    assert find_words(atlas, "Қытай", lang="kk").sum() < len(china)


def test_every_word_is_wanted_and_none_finds_all(atlas: Atlas) -> None:
    both = find_words(atlas, "Tobacco  kayrak", lang="en")
    assert (both == find_words(atlas, "tobacco", lang="en") & find_words(atlas, "KAYRAK", lang="en")).all()
    assert np.all(find_words(atlas, "  ", lang="en"))
    assert not find_words(atlas, "zzzz", lang="en").any()


def test_large_and_small_letters_are_one() -> None:
    assert fold("İÇ") == fold("i̇ç")
    assert fold("ΟΔΟΣ") == fold("οδος")
