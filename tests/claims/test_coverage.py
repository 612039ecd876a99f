from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from claim_cases import records, statements

from geo.claims.coverage import coverage_by_class
from geo.claims.reading import read_claims

if TYPE_CHECKING:
    import geo

COUNT = {"claim_type": "count", "claim": "It counted cases.", "value": 10.0}


def test_totals_by_class(located: geo.Located) -> None:
    totals = coverage_by_class(read_claims(), located)
    border_service = totals[totals["agency"].eq("KNB Border Service") & totals["year"].eq("2025")]
    parts = border_service[border_service["whole_year"] & border_service["goods"].ne("all")]
    assert dict(zip(parts["goods"], parts["total"], strict=True)) == {
        "consumer_goods": 8083,
        "currency": 2052,
        "drugs": 344,
        "fuel": 5900,
        "other (religious literature)": 315,
        "weapons": 847,
        "wildlife": 607,
    }
    whole = border_service[border_service["total"].eq(17541)].iloc[0]
    assert whole["records_naming_agency"] < whole["records_all"]
    assert whole["coverage"] == whole["records_naming_agency"] / 17541
    assert totals["total"].gt(0).all()
    assert not totals["remarks"].str.contains("of one case").any()


@pytest.mark.parametrize(
    ("change", "year", "whole"),
    [
        ({}, "2024", True),
        ({"period_end": "2024-11-30"}, "2024", False),
        ({"period_start": "2024-02-01"}, "2024", False),
        ({"period_end": "", "stated_on": "2024"}, "2024", False),
        ({"period_start": "2023-01-01"}, "2023–2024", False),
    ],
)
def test_years(located: geo.Located, change: dict[str, str], year: str, whole: bool) -> None:
    (row,) = coverage_by_class(statements(COUNT | change), records(located, {})).to_dict("records")
    assert (row["year"], row["whole_year"]) == (year, whole)


def test_quantities_stand_in_the_unit_of_the_total(located: geo.Located) -> None:
    amount = COUNT | {"claim_type": "amount", "unit": "t"}
    rows = records(located, {"quantity": 500}, {"quantity": 1, "unit": "t", "agency": "KNB"})
    (row,) = coverage_by_class(statements(amount), rows).to_dict("records")
    assert (row["recorded_quantity_naming_agency"], row["recorded_quantity_all"]) == (0.5, 1.5)
    assert row["coverage_text"] == ""


@pytest.mark.parametrize(
    "change",
    [
        {"value": 0.0},
        {"claim_type": "other"},
        {"unit": "person"},
        {"claim": "It found 10 in one case."},
        {"period_start": "", "period_end": ""},
    ],
)
def test_what_is_no_total(located: geo.Located, change: dict[str, str]) -> None:
    assert coverage_by_class(statements(COUNT | change), records(located, {})).empty


def test_no_statements_give_an_empty_table(located: geo.Located) -> None:
    assert coverage_by_class(read_claims().iloc[:0], located).empty
