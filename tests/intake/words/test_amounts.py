"""Quantities and sums as people write them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.intake.sheets.headers import split_unit
from geo.intake.words.amounts import Amount, names_home_money, plain_names, read_money, read_quantity, read_unit
from geo.intake.words.numbers import find_decimal, read_number
from geo.paths import use_country
from geo.vocabulary import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("3,5 млн пачек", 3_500_000, "pack"),
        ("336 тыс. пачек", 336_000, "pack"),
        ("336 мың дана", 336_000, "piece"),
        ("1 250,5 кг", 1250.5, "kg"),
        ("1\N{NO-BREAK SPACE}250,5 кг", 1250.5, "kg"),
        ("1.250,5 кг", 1250.5, "kg"),
        ("1,250.5 kg", 1250.5, "kg"),
        ("1'250'000 шт.", 1_250_000, "piece"),
        ("0,250 кг", 0.25, "kg"),
        ("1,250 пачек", 1250, "pack"),
        ("500 г", 0.5, "kg"),
        ("12 ц", 1200, "kg"),
        ("19 тонн 800 кг", 19_800, "kg"),
        ("8 000 литров спирта", 8000, "litre"),
        ("40 куб. м", 40, "m3"),
        ("12 голов КРС", 12, "head"),
        ("20 живых соколов", 20, "head"),
        ("355 пар", 355, "pair"),
        ("50 000 пачек сигарет", 50_000, "pack"),
        ("три вагона", 3, "wagon"),
        ("$ 25 000", 25_000, "USD"),
        ("25 000 долларов США", 25_000, "USD"),
        ("412 дана", 412, "piece"),
        ("2,5 тонна", 2.5, "t"),
    ],
)
def test_numbers_with_units_in_three_languages(text: str, number: float, unit: str) -> None:
    assert read_quantity(text) == Amount(number, unit)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1,250 кг", "may be 1.25 or 1250"),
        ("20 коробок (10 000 пачек)", "more than one number"),
        ("200–300 кг", "more than one number"),
        ("АИ-95 200 л", "no number in figures"),
        ("5 упаковок таблеток", "no unit of the list"),
        ("3 млн рублей", "no unit of the list"),
        ("12", "no unit is stated"),
        ("-5 кг", "below 0"),
        ("много", "no number in figures"),
        ("1,2,3 кг", "grouped"),
        (-1, "0 or more"),
        (math.nan, "0 or more"),
        (math.inf, "0 or more"),
        (True, "0 or more"),
    ],
)
def test_what_is_no_quantity_says_why(text: object, reason: str) -> None:
    found = read_quantity(text)
    assert math.isnan(found.number)
    assert found.unit == ""
    assert reason in found.problem


def test_the_unit_may_stand_in_its_own_column_or_in_the_columns_name() -> None:
    assert read_quantity("12,5", unit="тонн") == Amount(12.5, "t")
    assert read_quantity(3.5, stated="тыс. пачек") == Amount(3500, "pack")
    assert read_quantity("1 250", unit="тыс. пачек") == Amount(1_250_000, "pack")
    assert "differ" in read_quantity("5 кг", unit="тонн").problem
    assert "multiple" in read_quantity("3,5 млн", unit="тыс. пачек").problem


def test_a_kazakh_box_of_cigarettes_is_a_pack() -> None:
    assert read_quantity("336 мың қорап", goods="tobacco") == Amount(336_000, "pack")
    assert read_quantity("15 қорап", goods="medicines") == Amount(15, "box")


def test_about_is_kept() -> None:
    assert read_quantity("более 2 тонн") == Amount(2, "t", about=True)
    assert read_quantity("200 астам дана") == Amount(200, "piece", about=True)


def test_a_column_tells_the_decimal_mark() -> None:
    assert find_decimal(["3,5", "1,250", 7, None]) == ","
    assert find_decimal(["3.5", "1,250"]) == "."
    assert find_decimal(["1.250.000"]) == ","
    assert find_decimal(["3,5", "3.5"]) == ""
    assert read_quantity("1,250 кг", decimal=",").number == 1.25
    assert read_quantity("1,250 кг", decimal=".").number == 1250


@given(st.integers(0, 10**12))
def test_whole_numbers_are_read_however_they_are_grouped(number: int) -> None:
    for sign in (" ", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "'"):
        assert read_number(f"{number:,}".replace(",", sign)) == (float(number), "")


@given(st.decimals(min_value=0, max_value=10**7, places=2, allow_nan=False))
def test_a_comma_or_a_point_before_two_decimals_is_never_in_doubt(number: object) -> None:
    text = f"{number:.2f}"
    assert read_number(text) == (float(text), "")
    assert read_number(text.replace(".", ",")) == (float(text), "")
    grouped = f"{number:,.2f}"
    assert read_number(grouped) == (float(text), "")
    assert read_number(grouped.translate(str.maketrans(",.", ".,"))) == (float(text), "")


@given(st.text(max_size=40))
def test_any_text_is_a_quantity_with_a_unit_or_refused(text: str) -> None:
    found = read_quantity(text)
    assert (found.number >= 0 and found.unit in UNITS) != bool(found.problem)


@pytest.mark.parametrize("unit", UNITS)
def test_the_vocabularys_units_stand_for_themselves(unit: str) -> None:
    assert read_unit(unit) == (unit, 1.0)


@pytest.mark.parametrize(
    ("text", "stated", "tenge", "said"),
    [
        ("12,5 млн тенге", "", 12_500_000, ""),
        ("12 500 000 ₸", "", 12_500_000, ""),
        ("134,4 млн", "теңге", 134_400_000, ""),
        (12.5, "тыс. тенге", 12_500, ""),
        ("850 млн тенге", "тыс. тенге", 850_000_000, ""),
        ("25 000 $", "тенге", math.nan, "25 000 $"),
        ("3 млн рублей", "", math.nan, "3 млн рублей"),
    ],
)
def test_sums_are_tenge_only_where_tenge_is_said(text: object, stated: str, tenge: float, said: str) -> None:
    found = read_money(text, stated=stated)
    assert found[0] == pytest.approx(tenge, nan_ok=True)
    assert found[1:] == (said, "")


def test_a_sum_without_a_currency_is_reported() -> None:
    assert read_money("5000")[1:] == ("5000", "no currency is stated")


@pytest.mark.parametrize(
    ("text", "kilograms"),
    [
        ("17 кг 300 гр", 17.3),
        ("17 кг 305 г", 17.305),
        ("17 килограмм и 300 грамм", 17.3),
        ("3 тонны 200 килограмм 50 грамм", 3200.05),
        ("1 250 кг 30 г", 1250.03),
    ],
)
def test_a_compound_weight_is_one_weight(text: str, kilograms: float) -> None:
    found = read_quantity(text, unit="кг", decimal=",")
    assert (found.number, found.unit, found.problem) == (kilograms, "kg", "")


@pytest.mark.parametrize("text", ["17 кг 5 литров", "300 г 17 кг", "17 кг 1300 г", "40 пачек 3 кг"])
def test_amounts_of_different_kinds_or_out_of_order_are_reported(text: str) -> None:
    assert read_quantity(text).problem


@pytest.fixture
def thailand(tmp_path: Path) -> Iterator[None]:
    """A country whose money is the baht."""
    facts = 'iso2 = "TH"\niso3 = "THA"\ncurrency = "THB"\ncurrency_sign = "฿"\ncurrency_words = ["baht", "бат*"]\n'
    (tmp_path / "country.toml").write_text(
        facts + 'name = {en = "Thailand", ru = "Таиланд", kk = "Тайланд"}\n', "utf-8"
    )
    use_country(tmp_path)
    yield
    use_country(None)


@pytest.mark.usefixtures("thailand")
@pytest.mark.parametrize(
    ("text", "stated", "baht", "said"),
    [
        ("1.5 million baht", "", 1_500_000, ""),
        ("12 500 ฿", "", 12_500, ""),
        ("250 тыс. батов", "", 250_000, ""),
        (12.5, "тыс. бат", 12_500, ""),
        ("THB 800", "", 800, ""),
        ("12,5 млн тенге", "", math.nan, "12,5 млн тенге"),
        ("25 000 $", "THB", math.nan, "25 000 $"),
    ],
)
def test_sums_are_the_countrys_own_money_as_its_folder_calls_it(
    text: object, stated: str, baht: float, said: str
) -> None:
    found = read_money(text, stated=stated)
    assert found[0] == pytest.approx(baht, nan_ok=True)
    assert found[1:] == (said, "")


@pytest.mark.usefixtures("thailand")
def test_a_column_says_the_countrys_own_money() -> None:
    assert [names_home_money(word) for word in ("THB", "батах", "baht", "тенге", "bahtiyar")] == [True] * 3 + [
        False
    ] * 2
    assert split_unit("Value in baht") == ("Value", "baht")


def test_a_name_that_is_also_anothers_or_a_multiple_is_not_taken_for_a_countrys_money() -> None:
    assert plain_names("MXN", ["mxn", "$", "pesos", "k"]) == ["mxn", "pesos"]
    assert plain_names("USD", ["$"]) == ["$"]


@pytest.mark.parametrize(
    ("text", "given", "amount"),
    [
        ("5", {"unit": "кг"}, Amount(5, "kg")),
        ("5 кг", {"unit": "кг"}, Amount(5, "kg")),
        ("5 кг", {"stated": "т"}, Amount(5, "kg")),
        ("5", {"stated": "тыс. шт"}, Amount(5000, "piece")),
        (5, {"stated": "тыс. кг"}, Amount(5000, "kg")),
        (0, {"unit": "кг"}, Amount(0, "kg")),
        (0.1, {"unit": "ц"}, Amount(10, "kg")),
        ("5 тыс. пачек", {"stated": "тыс. шт"}, Amount(5000, "pack")),
        ("5 сигарет", {"stated": "кг"}, Amount(5, "cigarette")),
        ("1,250", {"unit": "пачка"}, Amount(1250, "pack")),
        ("1,250", {"unit": "кг", "decimal": ","}, Amount(1.25, "kg")),
        ("1,250", {"unit": "кг", "decimal": "."}, Amount(1250, "kg")),
        ("3 қорап", {}, Amount(3, "box")),
        ("3 қорап", {"goods": "tobacco"}, Amount(3, "pack")),
        ("3 korap", {}, Amount(3, "box")),
        ("3 korap", {"goods": "tobacco"}, Amount(3, "pack")),
        ("3 кг", {"goods": "tobacco"}, Amount(3, "kg")),
        ("3 litr", {}, Amount(3, "litre")),
        ("3 litr", {"goods": "tobacco"}, Amount(3, "litre")),
        ("5 больших коробок", {}, Amount(5, "box")),
        ("5 куб. м", {}, Amount(5, "m3")),
        ("2 т 999 кг 500 г", {}, Amount(2999.5, "kg")),
        ("1½ т", {}, Amount(1.5, "t")),
        ("2 x 500 пачек", {}, Amount(1000, "pack")),
        ("ок. 5 кг", {}, Amount(5, "kg", about=True)),
    ],
)
def test_what_the_column_and_the_goods_add_to_a_cell(text: object, given: dict[str, str], amount: Amount) -> None:
    assert read_quantity(text, **given) == amount


@pytest.mark.parametrize(
    ("text", "given", "reason"),
    [
        ("5 кг", {"unit": "т"}, "the unit here (кг) and that of its own column (т) differ"),
        ("5 тыс.", {"stated": "тыс. шт"}, "a multiple here and another in 'тыс. шт'"),
        ("1,250", {"unit": "тыс. пачек"}, "may be 1.25 or 1250"),
        ("1,250 тыс. пачек", {}, "may be 1.25 or 1250"),
        (5, {}, "no unit is stated"),
        (5, {"unit": "xx"}, "'xx' is no unit of the list"),
        (math.inf, {"unit": "кг"}, "no number of 0 or more"),
        ("2 т 1500 кг", {}, "more than one number"),
        ("5 т. новых пачек", {}, "'т. новых пачек' is no unit of the list"),
        ("5 новых больших пачек", {}, "'новых больших пачек' is no unit of the list"),
        ("5 кв. м", {}, "'кв. м' is no unit of the list"),
        ("минус 5 кг", {}, "'минус' is not understood"),
        ("5 чего-то", {"stated": "кг"}, "'чего-то' is no unit of the list"),
        ("5 кг в день", {}, "an amount for each span of time"),
    ],
)
def test_a_cell_and_its_column_that_do_not_agree_are_no_amount(
    text: object, given: dict[str, str], reason: str
) -> None:
    assert read_quantity(text, **given).problem == reason


@pytest.mark.parametrize(
    ("text", "stated", "sum_of_money", "words", "reason"),
    [
        (25_000, "тг", 25_000.0, "", ""),
        (25, "тыс. тг", 25_000.0, "", ""),
        ("25", "тыс. тг", 25_000.0, "", ""),
        ("25 тыс.", "тыс. тг", 25_000.0, "", ""),
        ("25 тг", "тыс. тг", 25.0, "", ""),
        ("25 млн", "тыс. тг", 25_000_000.0, "", ""),
        ("1,250", "тг", 1250.0, "", ""),
        ("1,250", "тыс. тг", math.nan, "1,250", "may be 1.25 or 1250"),
        ("25 000", "", math.nan, "25 000", "no currency is stated"),
        (25, "USD", math.nan, "25 USD", ""),
        ("5 тг за кг", "", math.nan, "5 тг за кг", "'за кг' is not understood"),
    ],
)
def test_a_sum_stands_in_the_money_and_the_multiple_of_its_column(
    text: object, stated: str, sum_of_money: float, words: str, reason: str
) -> None:
    number, *rest = read_money(text, stated=stated)
    assert rest == [words, reason]
    assert number == pytest.approx(sum_of_money, nan_ok=True)


@pytest.mark.parametrize(
    ("text", "number", "reason"),
    [
        ("123,456", math.nan, "may be 123.456 or 123456"),
        ("1234,567", 1234.567, ""),
        ("1,25", 1.25, ""),
        ("1,2500", 1.25, ""),
        ("0,250", 0.25, ""),
        ("1 250,500", 1250.5, ""),
        ("1'250", 1250.0, ""),
        ("1,250,000", 1_250_000.0, ""),
        ("1.250.000,5", 1_250_000.5, ""),
        ("1,250,00", math.nan, "not grouped by thousands"),
        ("12,34,567", math.nan, "not grouped by thousands"),
        ("1.250.00,5", math.nan, "not grouped by thousands"),
        ("1.2.345,6", math.nan, "not grouped by thousands"),
    ],
)
def test_three_figures_after_a_mark_may_be_thousands_and_no_others(text: str, number: float, reason: str) -> None:
    read, problem = read_number(text)
    assert read == pytest.approx(number, nan_ok=True)
    assert problem == reason
