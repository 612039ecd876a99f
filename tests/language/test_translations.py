"""No agency, statement or place of the built-in data lacks a translation, and each keeps its figures."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pytest

import geo
from geo.claims import read_claims
from geo.incidents.reading import agency_sides
from geo.language.translations import name_agencies, name_goods, translate, translations_of
from geo.paths import data_path, use_country

if TYPE_CHECKING:
    from pathlib import Path

CYRILLIC = re.compile(r"[\u0400-\u04ff]")
FIGURES = re.compile(r"\d+")


def texts() -> dict[str, set[str]]:
    claims, incidents = read_claims(), geo.read_incidents()
    named = {name for names in incidents["agency"] for name in names.split("; ") if name}
    return {
        "agency": named | set(agency_sides()) | set(claims["agency"]),
        "statement": set(claims["claim"]),
        "place": set(incidents["place_name"]) - {""},
    }


@pytest.mark.parametrize("lang", ["ru", "kk"])
@pytest.mark.parametrize("kind", ["agency", "statement", "place"])
def test_none_lacks_a_translation(kind: str, lang: str) -> None:
    wanted = texts()[kind]
    assert len(wanted) > 30
    assert [text for text in wanted if not CYRILLIC.search(translate(text, lang))] == []


@pytest.mark.parametrize("lang", ["ru", "kk"])
def test_a_translation_has_the_figures_of_its_original(lang: str) -> None:
    """Names of months and numerals in words apart: each number of the original stands in the translation."""

    def figures(text: str) -> list[str]:
        return sorted(FIGURES.findall(re.sub(r"(?<=\d)[\u00a0,.](?=\d)", "", text)))

    for text in texts()["statement"]:
        said = figures(translate(text, lang))
        months = [f"{month:02d}" for month in range(1, 13)] if re.search(r"\d{4}-\d\d", text) else []
        assert [number for number in figures(text) if number not in said and number not in months] == [], text


@pytest.mark.parametrize("name", ["translations.csv", "agencies.csv"])
def test_no_row_stands_twice_and_every_original_is_in_the_data(name: str) -> None:
    with data_path(name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    originals = [row.get("en") or row["agency"] for row in rows]
    assert len(originals) == len(set(originals))
    if name == "translations.csv":
        classes = {text for text in originals if translate(text, "ru") == name_goods(text, "ru")}
        known = set().union(*texts().values())
        assert set(originals) - known - classes == set()
        assert {row["read_by_native"] for row in rows} == {"no"}


def test_several_agencies_are_named_each_and_the_mark_of_others_is_gone() -> None:
    assert name_agencies("KNB; other: Russian police; Somebody", "kk") == "ҰҚК; Ресей полициясы; Somebody"
    assert name_agencies("", "ru") == ""


def test_english_and_unknown_texts_stay() -> None:
    assert translate("Almaty", "en") == "Almaty"
    assert translate("no such place", "ru") == "no such place"
    assert name_goods("tobacco", "kk") == "Темекі"


def test_only_what_is_asked_for_is_shipped() -> None:
    shipped = translations_of({"KNB; other: Russian police", "Almaty", "no such place"})
    assert shipped["en"] == {}
    assert shipped["ru"]["Russian police"] == "Полиция России"
    assert set(shipped["ru"]) == {"KNB", "other: Russian police", "Russian police", "Almaty"}


def test_a_country_s_agency_without_names_in_other_languages_keeps_its_own(tmp_path: Path) -> None:
    (tmp_path / "agencies.csv").write_text("agency,country,side\nBorder Guard,PL,home\n", encoding="utf-8")
    use_country(tmp_path)
    try:
        assert name_agencies("Border Guard", "ru") == "Border Guard"
    finally:
        use_country(None)
