"""What a text takes back is no draft: denied, supposed, played, set free, searched in vain, long ago."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.drafting import draft_article, read_text

if TYPE_CHECKING:
    from geo.drafting import Drafting
    from geo.intake.places.gazetteer import Gazetteer


def draft(text: str, gazetteer: Gazetteer) -> Drafting:
    return draft_article(read_text(f"2024-07-04 · Example\nAt the border\n\n{text}"), gazetteer)


@pytest.mark.parametrize(
    "text",
    [
        "Таможня опровергла сообщения о том, что на посту «Сырым» 1 июля изъяли 30 кг гашиша.",
        "На посту «Сырым» 1 июля изъяли 30 кг гашиша, писали вчера сайты. Это не соответствует действительности.",
        "«Сырым» бекетінде 1 шілдеде 30 келі гашиш тәркіленді деген ақпарат жалған.",
        "Customs denied that 30 kg of hashish had been seized at the Syrym checkpoint on 1 July.",
        "Если бы на посту «Сырым» 1 июля нашли 30 кг гашиша, водителю грозило бы 12 лет.",
        "Егер «Сырым» бекетінде 1 шілдеде 30 келі гашиш табылса, жүргізуші сотталар еді.",
        "Had customs officers at Syrym found 30 kg of hashish on 1 July, the driver would have faced 12 years.",
        "Суд в Уральске 2 июля оправдал водителя. По версии следствия, на посту «Сырым» у него нашли 30 кг гашиша.",
        "Орал соты 2 шілдеде ақтау үкімін шығарды. «Сырым» бекетінде 30 келі гашиш табылды деп айыпталған еді.",
        "A court in Oral acquitted a driver on 2 July. Customs said that they found 30 kg of hashish at Syrym.",
        "На посту «Сырым» 1 июля досмотрели фуру с 20 тоннами лука. Нарушений не нашли.",
        "«Сырым» бекетінде 1 шілдеде 20 тонна пияз тиелген көлік тексерілді. Контрабанда анықталған жоқ.",
        "Officers at Syrym searched a lorry with 20 tonnes of onions on 1 July. No smuggling was found.",
        "В новом фильме на посту «Сырым» 1 июля находят 30 кг гашиша.",
        "2 июля 1934 года на посту «Сырым» изъяли 30 кг гашиша.",
    ],
)
def test_what_a_text_takes_back_is_proposed_by_nobody(text: str, gazetteer: Gazetteer) -> None:
    drafting = draft(text, gazetteer)
    assert drafting.drafts == ()
    assert drafting.statements == ()


@pytest.mark.parametrize(
    "text",
    [
        "На посту «Сырым» 1 июля изъяли 30 кг гашиша. Водитель опроверг обвинение.",
        "Customs seized 30 kg of hashish at the Syrym checkpoint on 1 July. The driver denied that it was his.",
        "На посту «Сырым» 1 июля в салоне запрещённого не нашли, но под сиденьем лежали 30 кг гашиша.",
        "«Сырым» бекетінде 1 шілдеде көліктен 30 келі гашиш табылды. Жүргізуші білмедім деп ақталды.",
        "На посту «Сырым» 1 июля изъяли 30 кг гашиша. В аптеке такого не дают и по рецепту.",
        "Customs seized 30 kg of hashish at the Syrym checkpoint on 1 July. In Moscow it would have fetched a million.",
    ],
)
def test_a_charge_denied_takes_no_find_back(text: str, gazetteer: Gazetteer) -> None:
    (one,) = draft(text, gazetteer).drafts
    assert (one.fields["goods"], one.fields["quantity"]) == ("drugs", 30)


@pytest.mark.parametrize(
    "text",
    [
        "Комитет государственных доходов опроверг, что за 2023 год выявил 40 случаев контрабанды.",
        "Комитет государственных доходов ожидает, что в 2025 году выявит 60 случаев контрабанды.",
        "If every lorry were opened, the State Revenue Committee would have counted 4,000 cases of smuggling in 2023.",
    ],
)
def test_a_count_denied_hoped_for_or_supposed_is_no_statement(text: str, gazetteer: Gazetteer) -> None:
    assert draft(text, gazetteer).statements == ()


def test_no_amount_is_no_quantity(gazetteer: Gazetteer) -> None:
    (one,) = draft("На посту «Сырым» 1 июля изъяли гашиш, всего 0 кг.", gazetteer).drafts
    assert "quantity" not in one.fields


@pytest.mark.parametrize(
    "text",
    [
        "Польские таможенники изъяли 200 000 пачек сигарет, которые везли из Казахстана.",
        "Таможенники Польши изъяли 200 000 пачек сигарет, которые везли из Казахстана.",
        "Немецкая полиция изъяла 12 кг героина, который везли из Казахстана.",
        "Customs at the port of Rotterdam seized 12 kg of heroin that came from Kazakhstan.",
        "Польша полициясы Қазақстаннан әкелінген 12 келі героинді тәркіледі.",
    ],
)
def test_a_service_of_a_land_beyond_is_none_of_ours(text: str, gazetteer: Gazetteer) -> None:
    assert all("agency" not in one.fields for one in draft(text, gazetteer).drafts)
