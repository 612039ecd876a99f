"""Every crossing is read under its own name, in Russian, Kazakh and English sentences and in Russian cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.drafting import draft_article, read_text
from geo.drafting.naming import look_up

if TYPE_CHECKING:
    from geo.intake import Gazetteer

TOLD = {
    "name_ru": "12 мая на пункте пропуска «{}» пограничники изъяли 40 кг мёда.",
    "name_kk": "12 мамырда «{}» өткізу бекетінде 40 келі бал тәркіленді.",
    "name_en": "Customs officers at the {} checkpoint seized 40 kg of honey on 12 May.",
}
DECLINED = {"Каракога": "Каракоги", "Бугристое": "Бугристому", "Ольховка": "Ольховки", "Вишневка": "Вишневки"}
DECLINED |= {"Чон-Капка": "Чон-Капки", "Калжат": "Калжате", "Целинный": "Целинного", "Зерновая": "Зерновую"}


@pytest.mark.parametrize("language", TOLD)
def test_a_road_post_is_read_under_its_own_name(language: str, gazetteer: Gazetteer) -> None:
    crossings = gazetteer.frontier.crossings
    roads = crossings[crossings["mode"] == "road"]
    names = {identifier: str(name).partition(" (")[0] for identifier, name in roads[language].items()}
    read = {
        identifier: [draft.fields.get("crossing_id") for draft in draft_article(read_text(text), gazetteer).drafts]
        for identifier, name in names.items()
        for text in [f"2024-05-20 · Gazette\n{TOLD[language].format(name)}"]
    }
    assert read == {identifier: [identifier] for identifier in names}


@pytest.mark.parametrize(("name", "declined"), DECLINED.items())
def test_a_name_of_a_crossing_is_known_in_its_cases(name: str, declined: str, gazetteer: Gazetteer) -> None:
    own = {place.crossing_id for place in look_up(name, gazetteer).places} - {""}
    assert own
    assert own <= {place.crossing_id for place in look_up(declined, gazetteer).places}
