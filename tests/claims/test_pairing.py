from __future__ import annotations

from typing import Any

import pytest
from claim_cases import statements
from hypothesis import given
from hypothesis import strategies as st

from geo.claims.pairing import PAIR_COLUMNS, pair_claims
from geo.claims.reading import read_claims
from geo.claims.wording import word_claims
from geo.language.phrases import Figure, write_figure

ONE = {"claim_type": "count", "claim": "It counted cases.", "value": 10.0, "legal_scope": "Art. 234"}


def test_the_two_heroin_figures_of_2024_are_paired_with_reasons() -> None:
    pairs = word_claims(pair_claims(read_claims()))
    heroin = pairs[pairs["goods"] == "drugs (heroin)"]
    assert heroin[["first_figure", "second_figure"]].to_numpy().tolist() == [["2.5 kg", "774 kg"]]
    reasons = heroin["reasons"].item()
    assert "Agency: the Ministry of Internal Affairs and the Prosecutor General" in reasons
    assert "Law: no article is stated for either figure." in reasons
    assert "Scope of 774 kg: the figure covers transport-related cases only." in reasons


def test_58_in_proceedings_and_35_registered_carry_the_remark() -> None:
    pairs = word_claims(pair_claims(read_claims()))
    pair = pairs[(pairs["first_figure"] == "35") & (pairs["second_figure"] == "58")]
    assert "cases in proceedings may include cases registered in earlier years" in pair["reasons"].item()
    assert set(pair["first_agency"]) == set(pair["second_agency"]) == {"Financial Monitoring Agency"}


def test_columns_and_order() -> None:
    claims = read_claims()
    pairs = pair_claims(claims)
    assert tuple(pairs.columns) == PAIR_COLUMNS
    places = [
        (claims.index.get_loc(one), claims.index.get_loc(other))
        for one, other in zip(pairs["first_id"], pairs["second_id"], strict=True)
    ]
    assert places == sorted(places)
    assert all(one < other for one, other in places)
    assert (pairs["reasons"] != "").all()


def test_no_statements_no_pairs() -> None:
    assert tuple(pair_claims(read_claims().iloc[:0]).columns) == PAIR_COLUMNS


@pytest.mark.parametrize(
    ("change", "paired"),
    [
        ({"value": 12.0}, True),
        ({}, False),
        ({"value": 12.0, "agency": "KNB"}, True),
        ({"value": 12.0, "period_end": "2024-11-30"}, False),
        ({"value": 12.0, "period_start": "", "period_end": ""}, False),
        ({"value": 12.0, "goods": "drugs"}, False),
        ({"value": 12.0, "neighbour": "KG"}, False),
        ({"value": 12.0, "unit": "kg"}, False),
        ({"value": 12.0, "claim_type": "law"}, False),
        ({"value": 12.0, "claim": "It found 12 kg in one case."}, False),
        ({"value": float("nan")}, False),
    ],
)
def test_what_makes_a_pair(change: dict[str, Any], paired: bool) -> None:
    assert len(pair_claims(statements(ONE, ONE | change))) == int(paired)


def test_kilograms_and_tonnes_are_one_measure() -> None:
    weight = ONE | {"unit": "kg", "value": 1000.0}
    assert pair_claims(statements(weight, weight | {"unit": "t", "value": 1.0})).empty
    assert len(pair_claims(statements(weight, weight | {"unit": "t", "value": 2.0}))) == 1


def test_money_pairs_only_in_the_same_words_but_trade_has_two_sides() -> None:
    money = ONE | {"claim_type": "amount", "unit": "USD", "metric": "budget loss"}
    assert len(pair_claims(statements(money, money | {"value": 2.0}))) == 1
    assert pair_claims(statements(money, money | {"value": 2.0, "metric": "forged invoices"})).empty
    trade = [money | {"metric": "imports from A, data of B"}, money | {"value": 2.0, "metric": "exports to B"}]
    assert len(pair_claims(statements(*trade))) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"agency": "KNB"}, "Agency: the Ministry of Internal Affairs and the KNB each state"),
        ({"legal_scope": "Art. 286"}, "Law: Art. 234 against Art. 286."),
        ({"legal_scope": "unknown"}, "Law: no article is stated for 12."),
        ({"metric": "cases registered"}, "Wording: “cases identified” against “cases registered”."),
        ({"claim": "It counted more than 12 cases."}, "Precision: 12 is stated as a lower bound."),
        ({"period_end": "", "stated_on": "2024-12-31"}, "Period: no end is stated for 12;"),
    ],
)
def test_reasons_come_from_what_differs(change: dict[str, Any], said: str) -> None:
    (reasons,) = word_claims(pair_claims(statements(ONE, ONE | {"value": 12.0} | change)))["reasons"]
    assert said in reasons


def test_no_difference_is_said_too() -> None:
    (reasons,) = word_claims(pair_claims(statements(ONE, ONE | {"value": 12.0})))["reasons"]
    assert reasons == "The statements tell of no difference in agency, law, scope or wording."


@given(st.lists(st.integers(0, 4), max_size=8))
def test_as_many_pairs_as_there_are_different_figures(values: list[int]) -> None:
    claims = statements(*(ONE | {"value": float(value)} for value in values))
    expected = sum(one != other for place, one in enumerate(values) for other in values[:place])
    assert len(pair_claims(claims)) == expected


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [(17541, "case", "17,541"), (2.5, "kg", "2.5 kg"), (1, "parcel", "1 parcel"), (9, "country", "9 countries")],
)
def test_figures(value: float, unit: str, shown: str) -> None:
    assert write_figure("en", Figure(value, unit)) == shown
