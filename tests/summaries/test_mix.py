"""Goods of which agencies count ten times the share that is on record, or a tenth."""

from __future__ import annotations

import geo
from geo.language.catalogue import LANGUAGES
from geo.language.phrases import write_phrase
from geo.summaries.answers import answer
from geo.summaries.mix import mix_of_goods, say_mix


def test_fuel_is_a_third_of_the_cases_and_hardly_on_record(located: geo.Located) -> None:
    mix = mix_of_goods(geo.read_claims(), located.select(geo.Selection()))
    assert 0.3 < mix["fuel"].official < 0.4
    assert mix["fuel"].recorded < 0.04
    assert all(max(one[1:]) >= 10 * min(one[1:]) for one in mix.values())
    assert "currency" not in mix
    (said,) = say_mix(["fuel", "tobacco"], mix)
    for lang in LANGUAGES:
        assert "36" in write_phrase(lang, said)
    assert answer(located, geo.Selection(goods="fuel"), mix=mix)["order"][-1]["key"] == "answers.mix"
    assert not answer(located, geo.Selection(), mix=mix)["order"]
