from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.claims.scopes import (
    GoodsTerm,
    articles_of,
    borders_covered,
    excluded_terms,
    goods_covered,
    is_countable,
    name_body,
    parts_of,
    read_claim_rules,
    remarks_in,
    stated_bound,
)
from geo.paths import data_path
from geo.vocabulary import GOODS, UNITS

TERMS = read_claim_rules().goods_terms


def test_the_tables_of_words_are_sound() -> None:
    rules = read_claim_rules()
    assert {term.goods for term in rules.goods_terms} <= set(GOODS)
    assert {remark.kind for remark in rules.remarks} <= {"stage", "scope", "single"}
    assert all(str(remark.phrase).endswith(".") for remark in rules.remarks)
    for name in ("claim_bodies.csv", "claim_goods.csv", "claim_terms.csv"):
        table = pd.read_csv(data_path(name), dtype=str, keep_default_na=False)
        assert not table.duplicated().any()
    assert all(body != whole for body, whole in rules.part_of.items())


def test_the_tables_name_no_statement_and_no_record() -> None:
    ids = set(pd.read_csv(data_path("claims.csv"), usecols=["id"])["id"])
    for name in ("claim_bodies.csv", "claim_goods.csv", "claim_terms.csv"):
        text = data_path(name).read_text(encoding="utf-8")
        assert not [identifier for identifier in ids if identifier in text]


# -- goods ----------------------------------------------------------------------------------------


def test_all_covers_every_category() -> None:
    covered = goods_covered("all", "consumer goods, cigarettes in most cases", "drugs and weapons excluded", TERMS)
    assert (covered.classes, covered.words) == (GOODS, "all")
    assert (covered.only, covered.without) == ({}, {})


def test_all_except_leaves_out_categories_and_kinds() -> None:
    scope = "all except drugs, psychotropics, precursors, firearms, ammunition"
    covered = goods_covered("all", scope, "", TERMS)
    assert covered.classes == tuple(goods for goods in GOODS if goods not in ("drugs", "weapons"))
    assert covered.words == "all except drugs, weapons, precursor"
    assert set(covered.without) == {"chemicals", "medicines"}


def test_excluded_words_may_be_categories_themselves() -> None:
    assert excluded_terms("all except food", TERMS) == [("food", [GoodsTerm("food", "food", "")])]
    assert excluded_terms("all except unicorns", TERMS) == [("unicorns", [])]
    assert excluded_terms("all", TERMS) is None


@pytest.mark.parametrize(
    ("goods", "metric", "classes", "kinds"),
    [
        ("drugs", "heroin seized", ("drugs",), {"drugs": r"\b(?:heroin)"}),
        ("drugs", "drugs seized, heroin among them", ("drugs",), {}),
        ("drugs; currency", "drug transit cases found with dogs", ("drugs",), {}),
        ("drugs; currency", "cases found with dogs", ("drugs", "currency"), {}),
        ("weapons", "heroin seized", ("weapons",), {}),
        ("drugs", "heroin and cocaine seized", ("drugs",), {"drugs": r"\b(?:heroin|cocaine)"}),
        ("fuel", "illegal gasoline export", ("fuel",), {"fuel": r"\b(?:gasoline|petrol\b|ai-9)"}),
    ],
)
def test_a_list_covers_what_the_metric_names_of_it(
    goods: str, metric: str, classes: tuple[str, ...], kinds: dict[str, str]
) -> None:
    covered = goods_covered(goods, goods, metric, TERMS)
    assert (covered.classes, dict(covered.only)) == (classes, kinds)


@given(st.lists(st.sampled_from(GOODS), min_size=1, unique=True))
def test_a_list_covers_its_categories_in_the_order_of_the_vocabulary(goods: list[str]) -> None:
    covered = goods_covered("; ".join(goods), "", "cases", TERMS)
    assert covered.classes == tuple(sorted(goods, key=GOODS.index))


@given(st.sets(st.sampled_from(GOODS), min_size=1))
def test_what_is_excluded_and_what_is_left_make_the_whole(excluded: set[str]) -> None:
    covered = goods_covered("all", f"all except {', '.join(sorted(excluded))}", "", TERMS)
    assert set(covered.classes) | excluded == set(GOODS)
    assert not set(covered.classes) & excluded


# -- bodies, borders, law, units ------------------------------------------------------------------


def test_bodies_and_their_parts() -> None:
    part_of = read_claim_rules().part_of
    assert parts_of("KNB", part_of) == {"KNB Border Service"}
    assert parts_of("KNB Border Service", part_of) == frozenset()
    assert parts_of("C", {"A": "B", "B": "C"}) == {"A", "B"}
    assert parts_of("A", {"A": "B", "B": "A"}) == {"B"}
    assert name_body("other: Ministry of Energy") == name_body("Ministry of Energy")


@pytest.mark.parametrize(
    ("neighbour", "scope", "covered"),
    [
        ("", "all", None),
        ("", "", None),
        ("", "KG and RU named for 2013", None),
        ("", "POST", {"POST"}),
        ("KG; UZ", "KG;UZ;POST", {"KG", "UZ", "POST"}),
        ("CN; UZ; TM", "outer (non-EAEU) border", {"CN", "UZ", "TM"}),
        ("", "CASPIAN; AIR", {"CASPIAN", "AIR"}),
    ],
)
def test_borders_covered(neighbour: str, scope: str, covered: set[str] | None) -> None:
    assert borders_covered(neighbour, scope) == covered


def test_articles() -> None:
    assert articles_of("Art. 234; Art. 286") == {"234", "286"}
    assert articles_of("Art. 339-1") == {"339-1"}
    assert articles_of("unknown") == articles_of("") == frozenset()


def test_units_that_records_can_be_counted_in() -> None:
    assert is_countable("case", GOODS)
    assert all(is_countable(unit, GOODS) for unit in UNITS if unit != "USD")
    for unit in ("USD", "KZT", "percent", "person", "channel", "region", "country", "bill", "MCI", "other"):
        assert not is_countable(unit, GOODS)


# -- words ----------------------------------------------------------------------------------------


def test_remarks_go_by_whole_words_and_come_once() -> None:
    remarks = read_claim_rules().remarks
    assert [found.kind for found in remarks_in("58 cases in proceedings", remarks)] == ["stage"]
    assert remarks_in("hotdogsled", remarks) == ()
    assert len(remarks_in("taken out of circulation and off the market, confiscated", remarks)) == 1


@pytest.mark.parametrize(
    ("text", "value", "bound"),
    [
        ("More than 52,000 offenders", 52000, "at-least"),
        ("about 5,000 violations", 5000, "about"),
        ("put at more than 75 billion tenge", 75e9, "at-least"),
        ("39 cases and over 3.4 million packs", 39, ""),
        ("prevented 17,541 illegal movements over the border", 17541, ""),
        ("over 1.1 tonnes", 1.1, "at-least"),
        ("identified no cases", 0, ""),
        ("", float("nan"), ""),
        ("more than 3 million packs", 3e6, "at-least"),
        ("almost 3 thousand packs", 3e3, "about"),
        ("over 2 billion tenge", 2e9, "at-least"),
        ("over 2 billion tenge", 2e6, ""),
    ],
)
def test_stated_bounds(text: str, value: float, bound: str) -> None:
    assert stated_bound(text, value) == bound


def test_money_is_countable_where_currency_alone_is_meant() -> None:
    assert is_countable("USD", ("currency",))
    assert not is_countable("USD", ("currency", "drugs"))
