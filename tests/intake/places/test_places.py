"""Places by name: the given list, names that are not in it, and names that several places share."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from geo import intake
from geo.geometry.geodesy import distance_km
from geo.intake.places.gazetteer import _BRACKETS, _towns, _variants, region_of
from geo.intake.places.resolving import Found, Hints, resolve
from geo.intake.words.folding import fold, fold_loosely

if TYPE_CHECKING:
    import geo
    from geo.intake.places.gazetteer import Gazetteer, Place

LIST = pd.read_csv(Path(__file__).parents[1] / "fixtures" / "places.csv")
LANGUAGES = ("name_en", "name_ru", "name_kk")
NEAR_KM = 15.0


@pytest.fixture(scope="module")
def gazetteer(frontier: geo.Frontier) -> Gazetteer:
    return intake.read_gazetteer(frontier)


def gap_km(found: Found, lon: float, lat: float) -> float:
    return float("inf") if found.lon is None else float(distance_km(found.lon, found.lat, lon, lat))


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_the_list_at_least_90_percent_resolve_within_15_km(language: str, gazetteer: Gazetteer) -> None:
    found = [resolve(name, gazetteer) for name in LIST[language]]
    gaps = [gap_km(one, lon, lat) for one, lon, lat in zip(found, LIST["lon"], LIST["lat"], strict=True)]
    assert sum(gap <= NEAR_KM for gap in gaps) >= 0.9 * len(LIST)
    for one, gap in zip(found, gaps, strict=True):
        # What lies farther off must say so by its radius, and not pass for a town or a crossing.
        assert one.lon is None or gap <= NEAR_KM or (one.precision == "district" and gap <= (one.radius_km or 0)), one


# -- Names that are not in the list -----------------------------------------------------------------


class Without:
    """A gazetteer that does not know one spelling of one town."""

    def __init__(self, gazetteer: Gazetteer, at: int, spellings: list[str]) -> None:
        self._all, self._at = gazetteer, at
        self._keys = {fold(name) for name in spellings}
        self._loose = {fold_loosely(name) for name in spellings}
        self.frontier = gazetteer.frontier

    def look_up(self, name: str) -> tuple[list[Place], bool]:
        key, loose = fold(name), fold_loosely(name)
        found = [at for at in self._all.exact.get(key, ()) if at != self._at or key in self._keys]
        if found:
            return [self._all.places[at] for at in found], True
        alike = self._all.loose.get(loose, ()) if len(loose) >= 5 else ()
        return [self._all.places[at] for at in alike if at != self._at or loose in self._loose], False

    def look_up_far(self, name: str) -> list[Place]:
        return self._all.look_up_far(name)


def spellings_left_out(gazetteer: Gazetteer, script: str) -> Counter[str]:
    """Resolve each spelling of each town of the country as if it were in no list, from its other spellings."""
    towns = _towns(gazetteer.frontier)
    first = len(gazetteer.places) - len(towns)
    listed = set(LIST[list(LANGUAGES)].to_numpy().ravel())
    tally: Counter[str] = Counter()
    for at, (town, names) in enumerate(towns):
        if town.country != "KZ" or len(names) < 2:
            continue
        for name in names:
            if not re.fullmatch(script, name) or name in listed:
                continue
            others = [other for other in names if other != name]
            found = resolve(name, Without(gazetteer, first + at, others))  # type: ignore[arg-type]
            gap = gap_km(found, town.lon, town.lat)
            kind = "right" if gap <= NEAR_KM else "reported" if found.lon is None else "wrong"
            tally[kind] += 1
    return tally


@pytest.mark.parametrize(
    ("script", "least_names"), [("[А-Яа-яЁё -]+", 500), ("[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі -]*[ӘәҒғҚқҢңӨөҰұҮүҺһІі].*", 200)]
)
def test_spellings_that_no_list_has_are_found_from_others_or_reported(
    script: str, least_names: int, gazetteer: Gazetteer
) -> None:
    tally = spellings_left_out(gazetteer, script)
    total = sum(tally.values())
    assert total >= least_names
    assert tally["right"] >= 0.8 * total, tally
    # A spelling that is taken away may be another town's name: only that is wrong.
    assert tally["wrong"] <= 0.015 * total, tally


FORMS = ("пункт пропуска «{}»", "АПП {}", "{} checkpoint", "{} өткізу пункті", 'на посту "{}"', "{} бекеті")


@pytest.mark.parametrize("form", FORMS)
def test_a_crossing_that_is_called_one_is_found_by_each_of_its_names(
    form: str, gazetteer: Gazetteer, frontier: geo.Frontier
) -> None:
    land = frontier.crossings[frontier.crossings["mode"].isin(["road", "foot", "rail"])]
    for identifier, row in land.iterrows():
        hints = Hints(mode="rail" if row["mode"] == "rail" else "")
        for column in LANGUAGES:
            for name in _variants(_BRACKETS.sub(" ", row[column])):
                found = resolve(form.format(name), gazetteer, hints)
                near = gap_km(found, row.geometry.x, row.geometry.y) <= NEAR_KM
                assert found.precision == "crossing", (name, identifier, found)
                assert found.crossing_id == identifier or near, (name, identifier, found)


# -- What decides -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "precision", "where"),
    [
        ("АПП «Сырым»", "crossing", "syrym"),
        ('автомобильный пункт пропуска "Сырым" (ЗКО)', "crossing", "syrym"),
        ("Маштаково", "crossing", "syrym"),
        ("Достык, ж/д станция", "crossing", "rail-dostyk"),
        ("аэропорт Алматы", "crossing", "air-almaty"),
        ("Астана (Нурсултан Назарбаев) airport", "crossing", "air-astana"),
        ("порт Актау", "crossing", "port-aktau"),
        ("в районе Кордая", "crossing", "korday"),
        ("12 км от Кордая", "crossing", "korday"),
        ("Қостанай облысы, Қайрақ бекеті", "crossing", "kayrak"),
        ("г. Алматы", "locality", "Almaty"),
        ("под Уральском", "locality", "Oral"),
        ("Шымкентте", "locality", "Shymkent"),
        ("Актау", "locality", "Aktau"),
        ("near Akbulak, Orenburg Oblast, Russia", "locality", "Akbulak"),
        ("Москва, Россия", "locality", "Moscow"),
        ("Кордайский район Жамбылской области", "district", "Korday"),
        ("Жамбыл облысы Қордай ауданы", "district", "Korday"),
        ("Korday district of Zhambyl region", "district", "Korday"),
        ("Меркенский район", "district", "Merke"),
        ("Зайсанский р-н", "district", "Zaysan"),
        ("Павлодарская область", "region", "KZ-55"),
        ("Қостанай облысы", "region", "KZ-39"),
        ("ЗКО", "region", "KZ-27"),
        ("ВКО", "region", "KZ-63"),
    ],
)
def test_what_a_text_calls_a_place_decides(text: str, precision: str, where: str, gazetteer: Gazetteer) -> None:
    found = resolve(text, gazetteer)
    assert found.precision == precision
    assert where in (found.crossing_id, found.name, found.region_code)


@pytest.mark.parametrize("text", ["граница с РФ", "на границе с Кыргызстаном", "Россия", "р. Урал", "степь", ""])
def test_what_names_no_place_gets_none(text: str, gazetteer: Gazetteer) -> None:
    assert resolve(text, gazetteer).lon is None


def test_several_places_of_a_name_are_given_and_none_is_guessed(gazetteer: Gazetteer) -> None:
    found = resolve("Абай", gazetteer)
    assert found.lon is None
    assert len(found.candidates) == 3
    assert found.problem == "3 places of that name"
    assert resolve("Абай", gazetteer, Hints(region_code="KZ-61")).region_code == "KZ-61"


@pytest.mark.parametrize("name", ["Ивановка", "Москва", "Омск", "Бишкек"])
def test_a_place_abroad_is_taken_only_where_its_country_or_border_is_stated(name: str, gazetteer: Gazetteer) -> None:
    found = resolve(name, gazetteer)
    assert found.lon is None
    assert found.candidates
    assert "abroad" in found.problem
    country = found.candidates[0].country
    for other in {"RU", "KG"} - {country}:
        assert resolve(name, gazetteer, Hints(neighbour=other)).lon is None
    stated = resolve(name, gazetteer, Hints(neighbour=country))
    assert stated.lon is not None
    assert not stated.problem


def test_a_small_place_of_a_common_name_is_marked_as_uncertain(gazetteer: Gazetteer) -> None:
    found = resolve("Каменка", gazetteer)
    assert found.name == "Tasqala"
    assert found.candidates
    assert "many places have that name" in found.problem
    assert not resolve("Каменка", gazetteer, Hints(region_code="KZ-27")).problem
    assert not resolve("Сарыозек", gazetteer).problem


def test_an_airport_by_its_short_form_and_a_pair_of_posts_by_the_one_at_home(gazetteer: Gazetteer) -> None:
    assert resolve("а/п Алматы", gazetteer).crossing_id == "air-almaty"
    pair = resolve("Бейнеу-Акжигит", gazetteer)
    assert pair.crossing_id
    assert "pair" in pair.how


def test_a_region_that_contradicts_is_reported(gazetteer: Gazetteer) -> None:
    found = resolve("Сырым", gazetteer, Hints(region_code="KZ-61"))
    assert found.lon is None
    assert "not in the stated region" in found.problem
    # Until June 2022 Zharkent lay in Almaty Region.
    assert resolve("Жаркент, Алматинская область", gazetteer).lon is not None


def test_the_stated_border_breaks_a_tie(gazetteer: Gazetteer) -> None:
    open_ = resolve("Акжар", gazetteer)
    assert open_.lon is None
    assert len(open_.candidates) > 1
    decided = resolve("Покровка", gazetteer, Hints(neighbour="RU"))
    assert decided.lon is None or "border" in decided.how


def test_a_town_and_its_crossing_far_apart_are_both_within_the_radius(
    gazetteer: Gazetteer, frontier: geo.Frontier
) -> None:
    town = resolve("Аксай", gazetteer)
    assert town.precision == "locality"
    crossing = frontier.crossings.geometry["aksay"]
    assert 15 < gap_km(town, crossing.x, crossing.y) <= (town.radius_km or 0)
    assert resolve("пост Аксай", gazetteer).crossing_id == "aksay"


def test_a_village_that_no_list_has_does_not_pass_for_a_far_one(gazetteer: Gazetteer) -> None:
    """Of a place abroad that nothing else speaks for, only what lies near the border or is a city is believed."""
    for place in gazetteer.places:
        if place.country == "RU" and place.kind == "town" and place.population < 2_000:
            found = resolve(place.name, gazetteer)
            if found.lon is None or found.how != "by name":
                continue
            gap = gazetteer.frontier.cell_index.distances([found.lon], [found.lat], slice(None)).min()
            if gap > 150:
                at = [one for one in gazetteer.places if (one.lon, one.lat) == (found.lon, found.lat)]
                assert any(one.country == "KZ" or one.population >= 50_000 or one.crossing_id for one in at), found


def test_regions_are_told_from_abbreviations_that_look_alike(frontier: geo.Frontier) -> None:
    assert (region_of("ВКО", frontier), region_of("WKO", frontier)) == ("KZ-63", "KZ-27")
    for code, row in frontier.regions.iterrows():
        for column in LANGUAGES:
            assert region_of(row[column], frontier) == code
    assert region_of("Оренбургская область", frontier) == ""


def test_the_hints_of_a_row_are_part_of_the_question(gazetteer: Gazetteer) -> None:
    bare = Hints()
    assert resolve("Жаныбек", gazetteer, bare).crossing_id == "zhanibek"
    assert resolve("Жаныбек", gazetteer, replace(bare, mode="rail")).crossing_id == "rail-zhanibek"
    assert resolve("Алматы", gazetteer, replace(bare, mode="air")).crossing_id == "air-almaty"
