"""Words in three languages onto the vocabulary."""

from __future__ import annotations

import pytest

from geo.incidents.reading import agency_sides
from geo.intake.words.terms import (
    Worded,
    is_blank,
    read_agencies,
    read_choice,
    read_direction,
    read_goods,
    read_goods_code,
    read_neighbour,
)
from geo.intake.words.vocabularies import table
from geo.vocabulary import CONFIDENCES, DIRECTIONS, GOODS, MODES, OUTCOME_CLASSES, UNITS


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("сигареты «Marlboro»", "tobacco"), ("насыбай", "tobacco"), ("темекі өнімдері", "tobacco"),
        ("водка", "alcohol"), ("арақ", "alcohol"), ("героин", "drugs"), ("есірткі", "drugs"),
        ("рога сайгака", "wildlife"), ("киіктің мүйізі", "wildlife"), ("черная икра", "wildlife"),
        ("красная икра", "food"), ("КРС", "food"), ("ірі қара мал", "food"), ("мука пшеничная", "food"),
        ("ГСМ", "fuel"), ("жанармай", "fuel"), ("AI-92 petrol", "fuel"), ("лом меди", "metals"), ("мыс", "metals"),
        ("слитки золота", "jewelry"), ("доллары США", "currency"), ("медицинские маски", "medicines"),
        ("дәрі-дәрмек", "medicines"), ("пестициды", "chemicals"), ("пистолет", "weapons"), ("қару", "weapons"),
        ("смартфоны", "electronics"), ("контрафактная обувь", "branded_goods"), ("одежда из Китая", "consumer_goods"),
        ("киім", "consumer_goods"), ("автозапчасти", "vehicles"), ("лес-кругляк", "other"), ("дрова", ""),
    ],
)  # fmt: skip
def test_goods_in_three_languages(text: str, goods: str) -> None:
    assert read_goods(text).category == goods


def test_a_lorry_with_cigarettes_is_no_find_of_vehicles() -> None:
    assert read_goods("автомашина с сигаретами") == read_goods("сигареты")


def test_several_kinds_of_goods_are_named() -> None:
    found = read_goods("водка и сигареты")
    assert found.category == "alcohol"
    assert found.problem == "several kinds of goods: alcohol, tobacco"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("сигаретные фильтры", "tobacco"),
        ("фильтры для сигарет", "tobacco"),
        ("rolls of cigarette papers", "tobacco"),
        ("темекі қағазы", "tobacco"),
        ("бутылки из-под водки", "alcohol"),
        ("дизельный генератор", "fuel"),
        ("fuel pumps", "fuel"),
    ],
)
def test_what_is_only_named_after_goods_is_reported_as_other(text: str, kind: str) -> None:
    assert read_goods(text) == Worded("other", f"only named after {kind}")


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("сигареты с фильтром", "tobacco"),
        ("сигареты и сигаретные фильтры", "tobacco"),
        ("500 bottles of vodka", "alcohol"),
        ("дизельное топливо", "fuel"),
        ("героин в аккумуляторе", "drugs"),
    ],
)
def test_goods_beside_such_words_stay_goods(text: str, goods: str) -> None:
    assert read_goods(text) == Worded(goods)


@pytest.mark.parametrize(
    ("code", "goods"),
    [
        ("2402209000", "tobacco"),
        ("2710 19", "fuel"),
        ("6403.91", "consumer_goods"),
        ("203190000", "food"),
        ("2844", ""),
        ("9999", ""),
        ("120", ""),
        ("2402 20 900 0", "tobacco"),
        ("24022090001", ""),
        ("24", ""),
        ("0402", "food"),
        ("402", "food"),
        ("02", ""),
        ("2710.19", "fuel"),
        ("abcd", ""),
        ("", ""),
    ],
)
def test_codes_of_the_customs_tariff(code: str, goods: str) -> None:
    assert read_goods_code(code) == goods


def test_goods_of_the_built_in_records_are_read_from_their_words(incidents) -> None:
    """English descriptions that were written without a thought of these word lists."""
    told = incidents[incidents["goods_description"] != ""]
    read = [read_goods(text) for text in told["goods_description"]]
    sure = [one.category == goods for one, goods in zip(read, told["goods"], strict=True) if not one.problem]
    assert len(sure) >= 0.7 * len(told)
    assert sum(sure) >= 0.93 * len(sure)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("ввоз", "inbound"), ("вывоз в РФ", "outbound"), ("РФ → РК", "inbound"), ("Казахстан - Китай", "outbound"),
        ("КНР-РК-РФ", "transit"), ("КНР - РФ", "transit"), ("транзит через РК", "transit"), ("әкелу", "inbound"),
        ("елден шығару", "outbound"), ("в сторону РК", "inbound"), ("из РФ", "inbound"),
        ("в Узбекистан", "outbound"), ("Ресейге", "outbound"), ("Ресейден", "inbound"), ("из тайника", ""),
        ("out of Kazakhstan", "outbound"), ("туда-сюда", ""),
        # From the first country to the last.
        ("РК → РФ", "outbound"), ("КНР → РФ", "transit"),
        ("РК-КНР-РФ", "outbound"), ("РК-КНР-РК", ""), ("РК → РК", ""), ("РФ-КНР-РК", "inbound"),
        ("Марс → РК", "inbound"), ("РК → Марс", "outbound"), ("КНР → Марс", ""), ("РК -", ""), ("Алматы - Астана", ""),
        ("в Россию", "outbound"), ("из РК", "outbound"), ("from Russia", "inbound"),
        ("в никуда", ""), ("из Китая в Россию", ""), ("ввоз, транзит", "transit"), ("ввоз и вывоз", ""),
    ],
)  # fmt: skip
def test_directions(text: str, direction: str) -> None:
    assert read_direction(text).category == direction


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("РФ", "RU"), ("граница с Россией", "RU"), ("Қазақстан-Ресей шекарасы", "RU"), ("ҚХР", "CN"),
        ("казахстанско-китайская граница", "CN"), ("Кыргызская Республика", "KG"), ("КР", "KG"),
        ("Өзбекстан", "UZ"), ("Каспийское море", "CASPIAN"),
        ("Туркменистан", "TM"), ("Таджикистан", ""), ("РФ и КР", ""),
    ],
)  # fmt: skip
def test_borders(text: str, code: str) -> None:
    assert read_neighbour(text).category == code


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("ПС КНБ РК", "KNB Border Service"),
        ("КНБ", "KNB"),
        ("ҰҚК Шекара қызметі", "KNB Border Service"),
        ("КГД МФ РК; полиция", "State Revenue Committee; Ministry of Internal Affairs"),
        ("ДП Павлодарской области", "Ministry of Internal Affairs"),
        ("Пограничная служба КНБ РК по Жамбылской области", "KNB Border Service"),
        ("ФСБ России совместно с Россельхознадзором", "Russian FSB; Rosselkhoznadzor"),
        ("ГКНБ", "Kyrgyz SCNS"),
        ("KNB Border Service; other: Kazakh customs", "KNB Border Service; other: Kazakh customs"),
    ],
)
def test_agencies(text: str, agency: str) -> None:
    assert read_agencies(text).category == agency


def test_a_typo_is_read_and_reported_and_a_stranger_is_kept() -> None:
    typo = read_agencies("Комитет госдоходав")
    assert typo.category == "State Revenue Committee"
    assert "read as" in typo.problem
    stranger = read_agencies("Общество охраны природы")
    assert stranger.category == "other: Общество охраны природы"
    assert "no agency of the list" in stranger.problem


def test_outcomes_take_the_furthest_step() -> None:
    assert read_choice("outcome_class", "изъято, возбуждено уголовное дело").category == "case_opened"
    assert read_choice("outcome_class", "приговор: 12 лет").category == "convicted"
    assert read_choice("outcome_class", "кері қайтарылды").category == "refused_entry"
    assert read_choice("mode", "фура и поезд").problem == "may be road or rail"


def test_blanks_are_known_in_three_languages() -> None:
    assert all(map(is_blank, ("", " – ", "н/д", "не указано", "белгісіз", "N/A", "?")))
    assert not any(map(is_blank, ("0", "Сырым", "нет товара")))


def test_the_word_lists_speak_of_nothing_but_the_vocabulary() -> None:
    choices = table("choices")
    assert set(choices["direction"]) <= set(DIRECTIONS)
    assert set(choices["mode"]) <= set(MODES)
    assert set(choices["outcome_class"]) <= set(OUTCOME_CLASSES)
    assert set(choices["confidence"]) == set(CONFIDENCES)
    assert set(table("goods")) - {"weak"} == set(GOODS)
    assert set(table("goods")["weak"]) <= set(GOODS)
    assert set(table("units")) - {"times", "numerals", "words", "multiples", "money"} == set(UNITS)
    assert set(table("agencies")) <= set(agency_sides())


@pytest.mark.parametrize("name", GOODS)
def test_a_category_stands_for_itself(name: str) -> None:
    assert read_goods(name).category == name


@pytest.mark.parametrize(
    ("text", "amount", "read"),
    [
        ("сыра", "20 кг", Worded("food")),
        ("сыра", "20 литров", Worded("alcohol")),
        ("сыра", "20", Worded("alcohol", "several kinds of goods: alcohol, food")),
        ("сигареты и пиво", "20 литров", Worded("tobacco", "several kinds of goods: tobacco, alcohol")),
        (
            "контрафактная обувь и водка", "",
            Worded("consumer_goods", "several kinds of goods: consumer_goods, alcohol, branded_goods"),
        ),
        ("контрафактные сигареты", "", Worded("tobacco", "several kinds of goods: tobacco, branded_goods")),
        ("контрафактная обувь", "", Worded("branded_goods")),
        ("не сигареты, а водка", "", Worded("alcohol")),
        ("не сигареты", "", Worded(problem="no goods that are known")),
        ("фильтры для сигарет и сигареты", "", Worded("tobacco")),
        ("бутылки из-под водки", "", Worded("other", "only named after alcohol")),
        ("benzin", "", Worded("fuel", "read as a word in Latin letters")),
        ("benzinovyi", "", Worded("fuel", "read as a word in Latin letters")),
        ("arak", "", Worded("alcohol", "read as a word in Latin letters")),
        ("arakis", "", Worded(problem="no goods that are known")),
        ("mal", "", Worded(problem="no goods that are known")),
    ],
)  # fmt: skip
def test_what_words_for_goods_mean_beside_others(text: str, amount: str, read: Worded) -> None:
    assert read_goods(text, amount) == read


@pytest.mark.parametrize(
    ("text", "agencies", "doubt"),
    [
        ("МВД; МВД", "Ministry of Internal Affairs", ""),
        ("ДП Павлодарской области", "Ministry of Internal Affairs", ""),
        ("Пограничная служба ФСБ России по Омской области", "Russian FSB", ""),
        ("Полиция России", "other: Russian police", ""),
        ("Полиция Омска", "Ministry of Internal Affairs", ""),
        ("Полиция Казахстана", "Ministry of Internal Affairs", ""),
        ("Полиция Кыргызстана", "other: Полиция Кыргызстана", "'Полиция Кыргызстана' is no agency of the list"),
        ("police of Uzbekistan", "other: police of Uzbekistan", "'police of Uzbekistan' is no agency of the list"),
        ("прокуратура КНР", "other: прокуратура КНР", "'прокуратура КНР' is no agency of the list"),
        ("ФСБ омск", "other: ФСБ омск", "'ФСБ омск' is no agency of the list"),
        (
            "комитет государственных доходв",
            "State Revenue Committee",
            "'комитет государственных доходв' read as State Revenue Committee",
        ),
        ("КНБ и Министерство чудес", "KNB; other: Министерство чудес", "'Министерство чудес' is no agency of the list"),
        ("KNB; other: X", "KNB; other: X", "'X' is no agency of the list"),
    ],
)
def test_an_agency_is_known_by_its_whole_name_or_by_the_longest_that_begins_it(
    text: str, agencies: str, doubt: str
) -> None:
    assert read_agencies(text) == Worded(agencies, doubt)
