"""Addresses of sources, personal data, regions' codes and inflected names in what people write."""

from __future__ import annotations

import pytest

from geo.intake.words.addresses import find_addresses, read_addresses
from geo.intake.words.folding import inflections
from geo.intake.words.personal import is_personal
from geo.intake.words.regions import code_of_region, names_region

AFTER = "what follows the address is left out"
BARE = "an address without https://"


@pytest.mark.parametrize(
    ("text", "addresses", "said"),
    [
        ("https://a.kz/1", ["https://a.kz/1"], ""),
        ("см. https://a.kz/1", ["https://a.kz/1"], ""),
        ("https://a.kz/1 один два", ["https://a.kz/1"], AFTER),
        ("https://a.kz/1 один два три", ["https://a.kz/1"], ""),
        ("https://a.kz/1; https://b.kz/2", ["https://a.kz/1", "https://b.kz/2"], ""),
        ("https://a.kz/1; https://b.kz/2 текст", ["https://a.kz/1", "https://b.kz/2"], AFTER),
        ("https://a.kz/1|заголовок", ["https://a.kz/1"], AFTER),
        ("https://a.kz/1|https://b.kz/2", ["https://a.kz/1", "https://b.kz/2"], ""),
        ("https://a.kz/1 https://2gis.kz/x", ["https://a.kz/1"], "the address of a map or a picture is left out"),
        ("https://2gis.kz/x", [], "the address of a map, which is no source"),
        ("https://a.kz/1.jpg", [], "the address of a picture, which is no source"),
        ("a.kz и b.kz", ["https://a.kz", "https://b.kz"], BARE),
        ("archive.ph/https://a.kz/1", ["https://archive.ph/https://a.kz/1"], BARE),
        ("ftp://a.kz", [], "no address that begins with http:// or https://"),
        ("текст", [], "no address (http…)"),
    ],
)
def test_sources_are_found_and_what_is_left_out_is_said(text: str, addresses: list[str], said: str) -> None:
    assert read_addresses(text) == (addresses, said)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("(https://a.kz/1)", "https://a.kz/1"),
        ("[https://a.kz/1]", "https://a.kz/1"),
        ("«https://a.kz/1»", "https://a.kz/1"),
        ("(https://a.kz/1(x))", "https://a.kz/1(x)"),
        ("https://a.kz/Хоргос_(город)", "https://a.kz/Хоргос_(город)"),
        ("https://a.kz/1) и", "https://a.kz/1"),
        ("<a href='https://a.kz/?x=1&amp;y=2'>x</a>", "https://a.kz/?x=1&y=2"),
        ("https://a.kz/?x=1&amp;y=2", "https://a.kz/?x=1&amp;y=2"),
    ],
)
def test_marks_around_an_address_are_none_of_it(text: str, address: str) -> None:
    assert find_addresses(text) == [address]


NAME = "Иванов Иван Иванович"


@pytest.mark.parametrize(
    ("column", "personal"),
    [
        ([NAME, NAME, NAME, "x", "x"], True),
        ([NAME, NAME, "x", "x"], False),
        ([850_101_300_123], True),
        ([], False),
        ([f"И{'в' * 53} И.И."], True),  # 59 letters
        ([f"И{'в' * 54} И.И."], False),
    ],
)
def test_a_column_of_persons_is_known_by_most_of_its_cells(column: list[object], personal: bool) -> None:
    assert is_personal(column) is personal


@pytest.mark.parametrize(
    ("text", "code"),
    [("310000000", "KZ-31"), ("990000000", ""), ("КЗ-23", "KZ-23"), ("KZ-ATY", "KZ-23"), ("KZ-99", ""), ("31", "")],
)
def test_codes_of_regions(text: str, code: str) -> None:
    assert code_of_region(text) == code
    assert names_region(text) == bool(code)


def test_a_word_in_another_case_leaves_a_name_of_three_letters_or_more() -> None:
    assert inflections("Кордая") == ["Кордай"]
    assert inflections("Отарда")[0] == "Отар"
    assert inflections("Ота") == inflections("ада") == inflections("Syrym") == []
