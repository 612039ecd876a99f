"""Numbers, days, amounts, places and agencies in running text, in three languages: known answers."""

from __future__ import annotations

import datetime as dt
import functools
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.builtin.dataset import read_frontier
from geo.drafting import draft_article, read_text
from geo.drafting.agencies import find_agencies, find_outcomes, side_of_article
from geo.drafting.amounts import find_amounts
from geo.drafting.days import find_days
from geo.drafting.goods import find_goods, is_branded
from geo.drafting.lands import find_lands, read_direction, read_mode
from geo.drafting.lexicon import lower
from geo.drafting.numerals import find_numbers
from geo.drafting.places import find_places
from geo.intake import Gazetteer, read_gazetteer
from geo.paths import data_path
from geo.vocabulary import DIRECTIONS

if TYPE_CHECKING:
    from pathlib import Path

INTO, OUT, TRANSIT, UNKNOWN = DIRECTIONS
THURSDAY = dt.date(2024, 10, 24)


@functools.cache
def gazetteer() -> Gazetteer:
    return read_gazetteer(read_frontier())


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("сто двенадцать рогов", [112]),
        ("двенадцать с половиной тысяч", [12_500]),
        ("12,7 тысячи пачек", [12_700]),
        ("1,273,170 dollars", [1_273_170]),
        ("жүз жиырма келі", [120]),
        ("жеті жүз жетпіс бес келі", [775]),
        ("екі тонна", [2]),
        ("fifty-two boxes", [52]),
        ("one hundred and sixty sheep", [160]),
        ("two and a half tonnes", [2.5]),
        ("полторы тонны", [1.5]),
        ("грузовик с тремя сотнями литров", [300]),
        ("полсотни мешков и полтысячи коробок", [50, 500]),
        ("4,2 млн с лишним пачек", [4_200_000]),
        ("три с небольшим десятка коз", [30]),
        ("более сотни ящиков, несколько сотен пачек, сотни килограммов", [100]),
        ("две дюжины шапок, около тысячи тапок", [24, 1000]),
        ("тысяча с половиной пар", [1500]),
        ("четверть тонны мёда", [0.25]),
        ("бес жарым миллионнан астам қорап, барлығы бірге", [5_500_000]),
        ("тоғыз мыңнан астам тасбақа, сексенге жуық қой", [9000, 80]),
        ("730-дан аса елтірі", [730]),
        ("half a million packs and half a dozen sheep", [500_000, 6]),
        ("a dozen crates, three dozen sacks, thirty-odd goats", [12, 36, 30]),
        ("a pair of mounted eagles, a pair of boots", [2]),
        ("336 тысячах", [336_000]),
        ("в 14:30, 24-летний", []),
        ("РГД-5", []),
        ("жарты тонна", [0.5]),
        ("1,273,170 us dollars, жүз жиырма келі, fifty-two boxes", [1_273_170, 120, 52]),
    ],
)
def test_numbers_are_read_in_figures_and_in_words(text: str, numbers: list[float]) -> None:
    assert [mark.value for mark in find_numbers(lower(text))] == numbers


@given(st.integers(0, 999_999_999))
def test_a_grouped_number_is_read_as_itself(number: int) -> None:
    for text in (f"{number:,}", f"{number:,}".replace(",", " "), str(number)):
        (mark,) = find_numbers(f"около {text} штук")
        assert mark.value == number


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("вчера", ["2024-10-23"]),
        ("кеше", ["2024-10-23"]),
        ("позавчера", ["2024-10-22"]),
        ("в минувшую субботу", ["2024-10-19"]),
        ("өткен сенбіде", ["2024-10-19"]),
        ("on tuesday", ["2024-10-22"]),
        ("last thursday", ["2024-10-17"]),
        ("on thursday", ["2024-10-24"]),
        ("12 июня", ["2024-06-12"]),
        ("12 декабря", ["2023-12-12"]),
        ("25 октября 2017 года", ["2017-10-25"]),
        ("2017 жылғы 25 қазанда", ["2017-10-25"]),
        ("наурыздың 6-сында", ["2024-03-06"]),
        ("on march 20", ["2024-03-20"]),
        ("три дня назад", ["2024-10-21"]),
        ("two days ago", ["2024-10-22"]),
        ("в сентябре", ["2024-09"]),
        ("in may", ["2024-05"]),
        ("it may be so", []),
        ("в прошлом месяце", ["2024-09"]),
        ("03.07.2024", ["2024-07-03"]),
        ("двадцать третьего июня", ["2024-06-23"]),
        ("бесінші мамырда", ["2024-05-05"]),
        ("the third of march", ["2024-03-03"]),
        ("14 числа", ["2024-10-14"]),
    ],
)
def test_days_are_read_and_counted_from_the_articles_date(text: str, dates: list[str]) -> None:
    assert [mark.value for mark in find_days(text, THURSDAY)] == dates


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("on the last sunday of may 2018", ["2018-05-27"]),
        ("в первый понедельник июня", ["2024-06-03"]),
        ("мамырдың соңғы жексенбісінде", ["2024-05-26"]),
        ("between 6 and 28 october", ["2024-10"]),
        ("с 6 по 28 сентября", ["2024-09"]),
        ("2020 жылғы қаңтардың 15-інде", ["2020-01-15"]),
        ("четверг. на посту", ["2024-10-17"]),
        ("ранним утром восьмого октября на посту", ["2024-10-08"]),
    ],
)
def test_weekdays_of_a_month_and_spans_of_days_are_read(text: str, dates: list[str]) -> None:
    assert [mark.value for mark in find_days(text, THURSDAY)] == dates


def test_an_article_is_of_the_neighbour_only_where_no_agency_of_home_is_named() -> None:
    texts = ("uzbek customs counted them", "кнб сообщил", "фтс и кнб")
    assert [side_of_article(text) for text in texts] == ["UZ", "KZ", "KZ"]


def test_small_letters_stay_at_their_offsets() -> None:
    assert (lower("Ещё ПЯТЬ"), len(lower("İzmir"))) == ("еще пять", 5)


@pytest.mark.parametrize(
    "text",
    [
        "бочку на 200 литров",
        "бір сиырдың құны 250 мың теңге",
        "40 литр бензин емес",
        "не 40 литров бензина",
        "можно провезти до 5 килограммов",
    ],
)
def test_a_capacity_a_price_a_negation_and_a_limit_are_no_find(text: str) -> None:
    assert all(mark.against for mark in find_amounts(text, 0, len(text)))


def test_a_day_of_another_act_is_told_apart() -> None:
    roles = {
        "с 10 апреля ввоз запрещён": "since",
        "officials told reporters on monday": "told",
        "almaty, oct. 24 - police": "dateline",
        "машину он купил 3 сентября": "earlier",
    }
    for text, role in roles.items():
        assert [mark.role for mark in find_days(lower(text), THURSDAY)] == [role], text


def test_without_an_articles_date_no_relative_day_is_guessed() -> None:
    assert not find_days("вчера, во вторник, 12 июня", None)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2099, 1, 1)), st.integers(0, 6))
def test_a_weekday_lies_within_the_week_before_the_article(day: dt.date, number: int) -> None:
    word = ("понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье")[number]
    (mark,) = find_days(f"в минувшую {word}", day)
    found = dt.date.fromisoformat(mark.value)
    assert found.weekday() == number
    assert dt.timedelta(1) <= day - found <= dt.timedelta(7)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("насчитали 60 тонн пшеницы", [(60, "t")]),
        ("вес 62 кг 400 граммов", [(62.4, "kg")]),
        ("3,5 млн пачек", [(3_500_000, "pack")]),
        ("150 мың қорап темекі", [(150_000, "pack")]),
        ("50 boxes of vodka", [(50, "box")]),
        ("80,000 medical ampoules", [(80_000, "ampoule")]),
        ("29 живых балобанов", [(29, "head")]),
        ("52,500 medicines of 214 kinds", [(52_500, "piece")]),
        ("2 текше метр тақтай", [(2, "m3")]),
        ("28 100 долларов сша", [(28_100, "USD")]),
        ("50 млн тенге", []),
        ("five years in prison", []),
        ("19 случаев недекларирования валюты", []),
        ("41 жаста", []),
    ],
)
def test_amounts_have_a_unit_and_money_is_none(text: str, amounts: list[tuple[float, str]]) -> None:
    found = find_amounts(lower(text), 0, len(text))
    assert [(mark.value, mark.unit) for mark in found] == amounts


@pytest.mark.parametrize(
    "text",
    [
        "от 30 до 100 тысяч долларов",
        "весовой комплекс грузоподъёмностью 100 тонн",
        "the station handles 5 million tonnes a year",
        "до 10 тысяч долларов декларировать не нужно",
    ],
)
def test_a_rate_a_range_a_capacity_and_a_limit_are_no_find(text: str) -> None:
    assert all(mark.against for mark in find_amounts(lower(text), 0, len(text)))


def test_goods_and_false_marks_are_told_from_false_papers() -> None:
    assert [mark.value for mark in find_goods("60 тонн пшеницы и сигареты")] == ["food", "tobacco"]
    assert not find_goods("ешкім таппады")
    for none in ("в петухове", "по фальшивым накладным", "жалған құжатпен", "on forged papers", "a gazelle van"):
        assert not find_goods(none)
    assert [mark.value for mark in find_goods("пять петухов")] == ["food"]
    assert is_branded("поддельные кроссовки")
    assert not is_branded("поддельные документы")


@pytest.mark.parametrize(
    ("text", "crossing"),
    [
        ("на автомобильном пункте пропуска «Кайрак»", "kayrak"),
        ("«Сырым» өткізу бекетінде", "syrym"),
        ("at the Mashtakovo road checkpoint", "syrym"),
        ("через пункт пропуска «Бугристое»", "kayrak"),
        ("в алматинском аэропорту", "air-almaty"),
        ("Ақтау теңіз портында", "port-aktau"),
        ("«Алтынкөл» станциясында", "rail-altynkol"),
        ("в МЦПС «Хоргос»", "khorgos-icbc"),
        ("at the Navoi post", "kaplanbek"),
        ("на пункте пропуска «Петухово»", "zhana-zhol"),
    ],
)
def test_a_crossing_is_known_by_its_own_name_and_by_its_pairs(text: str, crossing: str) -> None:
    assert [mark.found.crossing_id for mark in find_places(text, gazetteer())] == [crossing]


@pytest.mark.parametrize(
    ("text", "crossing"),
    [
        ("на посту Исилькульский", "karakoga"),
        ("at the Ak-Tilek-Avtodorozhny checkpoint", "karasu"),
        ("«Құлынды» өткізу пунктінде", "sharbakty"),
    ],
)
def test_a_post_is_known_by_its_adjective_and_other_names(text: str, crossing: str) -> None:
    assert [mark.found.crossing_id for mark in find_places(text, gazetteer())] == [crossing]


def test_what_goods_lie_under_is_not_what_was_found() -> None:
    text = "2024-07-04 · Пример\nПост\n\nНа посту «Кайрак» под слоем угля нашли рога сайги, 40 килограммов. Изъято."
    (draft,) = draft_article(read_text(text), gazetteer()).drafts
    assert (draft.fields["goods"], draft.fields["quantity"]) == ("wildlife", 40)


def test_a_question_and_a_sum_over_a_year_are_no_event() -> None:
    for text in ("Сколько изъяли на посту «Кайрак», 40 тонн зерна?", "За год через «Кайрак» изъяли 40 тонн зерна."):
        assert not draft_article(read_text(f"2024-07-04 · Пример\nПост\n\n{text}"), gazetteer()).drafts


def test_a_region_abroad_is_no_town_of_home() -> None:
    (mark,) = find_places("in the hills of Talas region", gazetteer())
    assert (mark.kind, mark.found.region_code) == ("abroad", "")


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("ехали из челябинской области", INTO),
        ("везли в сторону омской области", OUT),
        ("қытайға жөнелтілген", OUT),
        ("өзбекстаннан келген жүк", INTO),
        ("on its way to kazakhstan", INTO),
        ("came in from kazakhstan", OUT),
        ("через казахстан в третью страну", TRANSIT),
        ("a citizen of china was held", ""),
    ],
)
def test_the_way_is_read_from_where_to_where(text: str, way: str) -> None:
    assert read_direction(text, find_lands(text, 0, len(text)), sides_abroad=False)[0] == way


def test_a_lorry_on_a_ferry_went_by_water() -> None:
    mark = read_mode("a truck on the lower deck of a ferry")
    assert mark is not None
    assert mark.value == "water"


def test_a_bare_service_is_that_of_the_country_the_article_is_about() -> None:
    text = "customs officers searched it"
    names = {side: [mark.value for mark in find_agencies(text, 0, len(text), side)] for side in ("KZ", "UZ", "RU")}
    assert names == {"KZ": ["State Revenue Committee"], "UZ": ["Uzbek customs"], "RU": ["Russian customs"]}


def test_the_furthest_outcome_comes_first() -> None:
    text = "товар изъят, возбуждено уголовное дело"
    assert [mark.value for mark in find_outcomes(text, 0, len(text))] == ["case_opened", "case_opened", "seized"]


ANY_TEXT = st.text(alphabet=st.sampled_from('аеиокнтсрвлм қазғұ 0123456789 .,«»-\n"$ABCКЖ%()'), max_size=400)


@given(ANY_TEXT)
def test_any_text_is_answered_and_all_evidence_stands_in_it(text: str) -> None:
    article = read_text(f"2024-07-04 · Пример\n{text}")
    drafting = draft_article(article, gazetteer())
    for draft in (*drafting.drafts, *drafting.statements):
        for marks in draft.evidence.values():
            for mark in marks:
                assert article.text[mark.start : mark.end] == mark.words


def _lists(words: Any, *keys: str) -> dict[tuple[str, ...], list[Any]]:
    if isinstance(words, list):
        return {keys: words}
    inner = words.items() if isinstance(words, dict) else ()
    return {path: found for key, one in inner for path, found in _lists(one, *keys, key).items()}


@pytest.mark.parametrize(
    "file", sorted(data_path("drafting", "goods.toml").parent.glob("*.toml")), ids=lambda one: one.stem
)
def test_no_list_of_words_says_one_twice(file: Path) -> None:
    lists = _lists(tomllib.loads(file.read_text(encoding="utf-8")))
    twice = {path: {one for one in words if words.count(one) > 1} for path, words in lists.items()}
    assert not {path: words for path, words in twice.items() if words}
