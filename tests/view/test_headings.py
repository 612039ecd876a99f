# ruff: noqa: RUF001 (Russian and Kazakh texts are meant)
from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from view_cases import DIAMONDS, FALCONS, MARKUP, PACKS, TUNNEL, hostile

import geo
from geo.language.catalogue import LANGUAGES, read_words
from geo.view import make_atlas, write_heading
from geo.view.headings import TRANSLATED, translate_records, write_amount
from geo.vocabulary import DIRECTIONS, GOODS, OFF_BORDER, UNITS

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.view import Atlas

LATIN = re.compile(r"[A-Za-z]")


@pytest.fixture(scope="module")
def atlas(located: geo.Located, frontier: geo.Frontier) -> Atlas:
    return make_atlas(located, frontier)


def plain(text: str) -> str:
    return re.sub("[\xa0\u202f]", " ", text)


def changed(incidents: gpd.GeoDataFrame, frontier: geo.Frontier, record: str, **fields: object) -> Atlas:
    frame = incidents.loc[[record]].copy()
    for name, value in fields.items():
        frame[name] = value
    return make_atlas(geo.locate(frame, frontier), frontier)


@pytest.mark.parametrize(
    ("record", "en", "ru", "kk"),
    [
        (
            PACKS,
            "Tobacco, 336,000 packs · Russia → West Kazakhstan",
            "Табак, 336 000 пачек · Россия → Западно-Казахстанская область",
            "Темекі, 336 000 қорап · Ресей → Батыс Қазақстан облысы",
        ),
        (
            FALCONS,
            "Wildlife · Kazakhstan → Kyrgyzstan",
            "Дикие животные · Казахстан → Кыргызстан",
            "Жабайы жануарлар · Қазақстан → Қырғызстан",
        ),
        (
            DIAMONDS,
            "Precious metals or stones · by post into Kazakhstan",
            "Драгоценные металлы или камни · почтой в Казахстан",
            "Бағалы металдар немесе тастар · поштамен Қазақстанға",
        ),
        (
            "2007-12-29-auyl-heroin-17kg",
            "Drugs, 17 kg · Kazakhstan → Russia · Auyl",
            "Наркотики, 17 кг · Казахстан → Россия · Ауыл",
            "Есірткі, 17 кг · Қазақстан → Ресей · Ауыл",
        ),
        (
            "2015-09-14-shymkent-airport-24-falcons-dubai",
            "Wildlife, 24 animals · by air out of Kazakhstan · Shymkent airport",
            "Дикие животные, 24 особи · по воздуху из Казахстана · Аэропорт Шымкент",
            "Жабайы жануарлар, 24 бас · әуе жолымен Қазақстаннан · Шымкент әуежайы",
        ),
    ],
)
def test_known_headings(atlas: Atlas, record: str, en: str, ru: str, kk: str) -> None:
    for lang, wanted in (("en", en), ("ru", ru), ("kk", kk)):
        assert plain(write_heading(atlas, record, lang=lang)) == wanted


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_record_has_a_heading_in_the_language(atlas: Atlas, incidents: gpd.GeoDataFrame, lang: str) -> None:
    headings = [write_heading(atlas, record, lang=lang) for record in incidents.index]
    assert len(headings) == len(incidents)
    assert len(set(headings)) > 0.95 * len(headings)
    for record, heading in zip(incidents.index, headings, strict=True):
        goods = str(incidents.loc[record, "goods"])
        words = read_words(lang)
        assert heading.startswith(words.get(f"heading.goods.{goods}", words[f"goods.{goods}"])), record
        assert 10 < len(heading) < 100, heading
        assert not re.search(r"[{}|_]|\bnan\b|None|  | · ·|·\s*$|,\s*·", heading), heading
        # English names have no place in a Russian or Kazakh heading; USD is written out there.
        assert lang == "en" or not LATIN.search(heading), heading


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_catalogue_has_a_way_for_every_border_and_direction(lang: str) -> None:
    words = read_words(lang)
    wanted = [f"heading.{direction}" for direction in DIRECTIONS]
    wanted += [f"heading.{border}.{direction}" for border in OFF_BORDER for direction in DIRECTIONS]
    wanted += [f"unit.{unit}" for unit in (*UNITS, "g")] + [f"goods.{goods}" for goods in GOODS]
    assert [key for key in wanted if not words.get(key)] == []


@pytest.mark.parametrize(
    ("quantity", "unit", "said"),
    [
        (0.001, "kg", ("1 g", "1 г")),
        (0.0005, "kg", ("0.5 g", "0,5 г")),
        (0.25, "t", ("250 kg", "250 кг")),
        (1.5, "t", ("1.5 t", "1,5 т")),
        (21, "bottle", ("21 bottles", "21 бутылка")),
        (1, "bottle", ("1 bottle", "1 бутылка")),
        (12, "bottle", ("12 bottles", "12 бутылок")),
        (14500, "USD", ("14,500 USD", "14 500 долл. США")),
    ],
)
def test_amounts_are_written_as_the_language_writes_them(
    incidents: gpd.GeoDataFrame, frontier: geo.Frontier, quantity: float, unit: str, said: tuple[str, str]
) -> None:
    atlas = changed(incidents, frontier, TUNNEL, quantity=quantity, unit=unit)
    assert write_amount(atlas, 0) == said[0]
    assert plain(write_amount(atlas, 0, lang="ru")) == said[1]


def test_a_direction_that_is_not_stated_has_no_arrow(incidents: gpd.GeoDataFrame, frontier: geo.Frontier) -> None:
    said = {
        direction: write_heading(changed(incidents, frontier, FALCONS, direction=direction), FALCONS)
        for direction in DIRECTIONS
    }
    assert said == {
        "inbound": "Wildlife · Kyrgyzstan → Kazakhstan",
        "outbound": "Wildlife · Kazakhstan → Kyrgyzstan",
        "transit": "Wildlife · transit, Kazakhstan – Kyrgyzstan",
        "unknown": "Wildlife · Kazakhstan – Kyrgyzstan",
    }


def test_a_heading_holds_nothing_that_a_source_wrote(incidents: gpd.GeoDataFrame, frontier: geo.Frontier) -> None:
    frame = hostile(incidents)
    atlas = make_atlas(geo.locate(frame, frontier), frontier)
    for record in frame.index:
        heading = write_heading(atlas, record)
        assert MARKUP[:8] not in heading
        assert "\u202e" not in heading


def test_a_table_to_take_away_says_each_record_in_russian_and_kazakh(atlas: Atlas, located: geo.Located) -> None:
    table = translate_records(located.incidents, atlas)
    assert tuple(table.columns) == TRANSLATED
    assert table.index.equals(located.incidents.index)
    for lang in ("ru", "kk"):
        for key in located.incidents.index[::40]:
            row = located.incidents.loc[key]
            assert table.at[key, f"title_{lang}"] == write_heading(atlas, key, lang=lang)
            assert table.at[key, f"goods_{lang}"] == read_words(lang)[f"goods.{row['goods']}"]
        assert not table[f"agency_{lang}"].str.contains("Border Service").any()
        assert (table[f"place_name_{lang}"] == located.incidents["place_name"]).mean() < 0.5
