from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from claim_cases import records, statements
from hypothesis import given, settings
from hypothesis import strategies as st
from products import examples
from synthetic import synthetic_incidents

from geo.claims.comparable import Found, Records, find_records, reasons_against, scope_of
from geo.claims.scopes import read_claim_rules
from geo.incidents.reading import border_of
from geo.incidents.selection import Selection, left_out, select
from geo.vocabulary import GOODS

if TYPE_CHECKING:
    import pandas as pd

    import geo

RULES = read_claim_rules()
BORDERS = ("RU", "CN", "KG", "UZ", "TM", "CASPIAN", "AIR", "POST")


def first(claims: pd.DataFrame) -> dict[Any, Any]:
    return claims.to_dict("records")[0]


def find(claim: dict[Any, Any], located: geo.Located) -> Found:
    return find_records(claim, scope_of(claim, RULES), Records(located))


@pytest.fixture(scope="session")
def many(located: geo.Located) -> geo.Located:
    """Two thousand made-up incidents with their borders."""
    incidents = synthetic_incidents(2000, None, seed=4)
    return replace(located, incidents=incidents.assign(border=border_of(incidents)))


@settings(max_examples=examples(40))
@given(
    goods=st.lists(st.sampled_from(GOODS), min_size=1, max_size=5, unique=True),
    borders=st.lists(st.sampled_from(BORDERS), max_size=4, unique=True),
    period=st.tuples(st.integers(2009, 2024), st.integers(0, 5)),
    agency=st.sampled_from(["KNB Border Service", "KNB", "Russian customs", "Nobody"]),
)
def test_the_same_records_as_the_filters_choose(
    many: geo.Located, goods: list[str], borders: list[str], period: tuple[int, int], agency: str
) -> None:
    claim = first(
        statements(
            {
                "goods": "; ".join(goods),
                "border_scope": ";".join(borders) or "all",
                "period_start": f"{period[0]}-01-01",
                "period_end": f"{sum(period)}-12-31",
                "agency": agency,
                "metric": "cases",
            }
        )
    )
    found = find(claim, many)
    chosen = Selection(
        goods=tuple(goods),
        neighbour=tuple(borders),
        since=claim["date_start"].date(),
        until=claim["date_end"].date(),
    )
    named = many.incidents[many.incidents["agency"] != ""]
    ids = many.incidents.index.to_numpy()
    assert {*ids[found.same], *ids[found.other]} == set(select(named, chosen).index)
    told = left_out(named, chosen)
    assert [found.left_out[why] for why in ("undated", "partly_outside", "refused_entry")] == [
        told[why] for why in ("undated", "partly_outside", "refused")
    ]
    everyone = select(many.incidents, chosen)
    assert found.left_out["without_agency"] == len(everyone) - len(select(named, chosen))


def test_each_record_is_counted_once(many: geo.Located) -> None:
    found = find(first(statements({"period_start": "2000", "period_end": "2030", "agency": "KNB"})), many)
    assert not set(found.same) & set(found.other)
    assert set(found.by_part) <= set(found.same)
    counted = len(found.same) + len(found.other) + found.left_out["without_agency"] + found.left_out["undated"]
    unnamed_undated = many.incidents["date_start"].isna() & many.incidents["agency"].eq("")
    refused = many.incidents["outcome_class"].eq("refused_entry")
    assert counted == len(many.incidents) - refused.sum() - (unnamed_undated & ~refused).sum()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"outcome_class": "refused_entry"}, "refused_entry"),
        ({"date": ""}, "undated"),
        ({"legal_scope": "Art. 339"}, "other_article"),
        ({"agency": ""}, "without_agency"),
        ({"date": "2023"}, None),
        ({"goods": "drugs"}, None),
    ],
)
def test_why_a_record_is_left_out(located: geo.Located, change: dict[str, Any], why: str | None) -> None:
    claim = first(statements({"goods_scope": "all except drugs"}))
    found = find(claim, records(located, {}, change))
    assert (found.same.tolist(), found.other.tolist()) == ([0], [])
    assert {name: count for name, count in found.left_out.items() if count} == ({why: 1} if why else {})


def test_a_span_that_reaches_out_of_the_period_takes_no_part(located: geo.Located) -> None:
    claim = first(statements({"period_start": "2024-02-01", "period_end": "2024-11-30"}))
    found = find(claim, records(located, {"date": "2024"}, {"date": "2024-02"}, {"date": "2024-12"}))
    assert found.same.tolist() == [1]
    assert found.left_out["partly_outside"] == 1


def test_narrower_goods_go_by_the_record_s_own_words(located: geo.Located) -> None:
    rows = records(
        located,
        {"goods": "drugs", "goods_description": "Heroin in tubes"},
        {"goods": "drugs", "goods_description": "hashish"},
        {"goods": "tobacco", "goods_description": "heroin"},
        {"goods": "drugs", "title": "A lorry with heroin"},
    )
    claim = first(statements({"goods": "drugs", "metric": "heroin seized"}))
    assert find(claim, rows).same.tolist() == [0, 3]


def test_excluded_kinds_go_by_the_record_s_own_words(located: geo.Located) -> None:
    rows = records(
        located,
        {"goods": "chemicals", "goods_description": "precursors"},
        {"goods": "chemicals", "goods_description": "pesticides"},
        {"goods": "drugs"},
    )
    claim = first(statements({"goods_scope": "all except drugs, precursors"}))
    assert find(claim, rows).same.tolist() == [1]


def test_a_body_s_parts_count_as_naming_it_and_not_the_other_way(located: geo.Located) -> None:
    rows = records(
        located,
        {"agency": "KNB"},
        {"agency": "KNB Border Service"},
        {"agency": "KNB Border Service; KNB"},
        {"agency": "Prosecutor General"},
    )
    whole = find(first(statements({"agency": "KNB"})), rows)
    assert (whole.same.tolist(), whole.by_part.tolist(), whole.other.tolist()) == ([0, 1, 2], [1], [3])
    part = find(first(statements({"agency": "KNB Border Service"})), rows)
    assert (part.same.tolist(), part.by_part.tolist(), part.other.tolist()) == ([1, 2], [], [0, 3])


def test_the_prefix_of_other_bodies_is_no_part_of_the_name(located: geo.Located) -> None:
    rows = records(located, {"agency": "other: Ministry of Ecology"})
    assert find(first(statements({"agency": "Ministry of Ecology"})), rows).same.tolist() == [0]


def test_quantities_add_up_in_the_unit_asked_for(located: geo.Located) -> None:
    rows = Records(
        records(located, {"quantity": 2, "unit": "t"}, {"quantity": 500, "unit": "kg"}, {"quantity": 7, "unit": "pack"})
    )
    everything = np.arange(3)
    assert rows.quantity(everything, "kg") == 2500
    assert rows.quantity(everything, "t") == 2.5
    assert rows.quantity(everything, "pack") == 7
    assert np.isnan(rows.quantity(everything, "litre"))
    assert np.isnan(rows.quantity(everything, ""))


@pytest.mark.parametrize(
    ("change", "begins"),
    [
        ({}, []),
        ({"claim_type": "no_data", "value": float("nan"), "unit": ""}, []),
        ({"claim_type": "not_our_job", "value": float("nan"), "period_start": "", "period_end": ""}, ["Agency"]),
        ({"claim_type": "law"}, ["Law"]),
        ({"agency": "Majilis"}, ["Agency"]),
        ({"claim_type": "other", "value": float("nan")}, ["No figure"]),
        ({"claim_type": "amount", "value": 5.0, "unit": "percent"}, ["Unit"]),
        ({"claim_type": "amount", "value": 5.0, "unit": "USD"}, ["Unit"]),
        ({"claim_type": "amount", "value": 5.0, "unit": "USD", "goods": "currency"}, []),
        ({"period_start": "", "period_end": ""}, ["Year"]),
        ({"period_end": "", "stated_on": ""}, ["Year"]),
        (
            {
                "agency": "Majilis",
                "claim_type": "amount",
                "value": 1.0,
                "unit": "bill",
                "period_start": "",
                "period_end": "",
            },
            ["Agency", "Unit", "Year"],
        ),
    ],
)
def test_every_reason_against_a_comparison_is_named(change: dict[str, Any], begins: list[str]) -> None:
    claim = first(statements(change))
    said = list(reasons_against(claim, scope_of(claim, RULES), RULES))
    assert [str(reason).split(":")[0] for reason in said] == begins
