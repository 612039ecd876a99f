from __future__ import annotations

import csv
import random
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from claim_cases import STATEMENT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from products import examples

from geo.claims.reading import CLAIM_FIELDS, CLAIM_TYPES, check_claims, read_claims
from geo.errors import Fault, InputError
from geo.paths import data_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    WriteRows = Callable[..., Path]


@pytest.fixture
def write_rows(tmp_path: Path) -> WriteRows:
    """Write statements, each saying what differs from the made-up one, to a CSV file."""

    def write(*rows: dict[str, str], fields: tuple[str, ...] = CLAIM_FIELDS) -> Path:
        file = tmp_path / "claims.csv"
        with file.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.DictWriter(stream, fields, extrasaction="ignore")
            writer.writeheader()
            for number, row in enumerate(rows):
                writer.writerow(STATEMENT | {"id": f"row-{number}", "value": "0"} | row)
        return file

    return write


# -- the built-in statements ----------------------------------------------------------------------


def test_built_in_statements_are_sound() -> None:
    assert check_claims() == []


def test_every_row_of_the_file_is_read_and_unchanged() -> None:
    with data_path("claims.csv").open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    claims = read_claims()
    assert claims.index.tolist() == [row["id"] for row in rows]
    assert claims.index.is_unique
    assert claims.columns.tolist() == [*CLAIM_FIELDS[1:], "date_start", "date_end"]
    for field in CLAIM_FIELDS[1:]:
        if field != "value":
            assert claims[field].tolist() == [row[field] for row in rows]
    assert [None if pd.isna(value) else value for value in claims["value"]] == [
        float(row["value"]) if row["value"] else None for row in rows
    ]


def test_every_statement_has_a_source_and_a_type() -> None:
    claims = read_claims()
    assert claims["source_url"].str.startswith("http").all()
    assert set(claims["claim_type"]) <= set(CLAIM_TYPES)


def test_the_founding_article_is_there_whole() -> None:
    claims = read_claims()
    article = claims[claims["source_url"].str.contains("smuggling-without-borders")]
    assert len(article) == 21
    assert {"none", "no_data", "not_our_job", "count", "law", "cooperation"} <= set(article["claim_type"])


# -- the period -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "stated", "read"),
    [
        ("2024-01-01", "2024-12-31", "2025-02", ["2024-01-01", "2024-12-31"]),
        ("2024-01-01", "", "2025-02", ["2024-01-01", "2025-02-28"]),
        ("2024-01-01", "", "2024", ["2024-01-01", "2024-12-31"]),
        ("2024", "2024", "", ["2024-01-01", "2024-12-31"]),
        ("2024-02", "2024-03", "", ["2024-02-01", "2024-03-31"]),
        ("", "", "2025-02", ["NaT", "NaT"]),
        ("2024-01-01", "", "", ["2024-01-01", "NaT"]),
    ],
)
def test_period_runs_up_to_the_day_of_the_statement_where_no_end_is_stated(
    write_rows: WriteRows, start: str, end: str, stated: str, read: list[str]
) -> None:
    claims = read_claims(write_rows({"period_start": start, "period_end": end, "stated_on": stated}))
    assert [str(claims[name].iloc[0])[:10] for name in ("date_start", "date_end")] == read


# -- malformed rows -------------------------------------------------------------------------------

_WRONG = [
    ("id", "two words", "an id of its own"),
    ("id", "", "an id of its own"),
    ("agency", "", "the one agency or body"),
    ("agency", "KNB; Prosecutor General", "the one agency or body"),
    ("claim", "", "a sentence that says what was stated"),
    ("claim_type", "boast", "one of count, none"),
    ("value", "many", "a number written as"),
    ("value", "-3", "a number of 0 or more"),
    ("value", "12", "0 or blank, since the claim_type is none"),
    ("unit", "stone", "blank or one of case, kg"),
    ("unit", "", "the unit of the value"),
    ("metric", "", "what the value counts"),
    ("goods", "arms", "'all', or one or more of drugs"),
    ("goods", "drugs; drugs", "'all', or one or more of drugs"),
    ("goods", "", "'all', or one or more of drugs"),
    ("goods_scope", "all except drugs, unicorns", "after 'all except', words separated by ', '"),
    ("neighbour", "XX", "blank, or one or more of RU"),
    ("neighbour", "RU,KG", "blank, or one or more of RU"),
    ("period_start", "2024-13-40", "a day, month or year that exists"),
    ("period_start", "", "the first day, since a period_end is given"),
    ("period_end", "2023-12-31", "a date that is not before period_start"),
    ("period_end", "tomorrow", "a day, month or year that exists"),
    ("stated_on", "2024-02-30", "a day, month or year that exists"),
    ("source_url", "", "without one a statement is refused"),
    ("source_url", "see the article", "without one a statement is refused"),
    ("legal_scope", "", "'unknown', or the articles as"),
    ("legal_scope", "article 234", "'unknown', or the articles as"),
]


@pytest.mark.parametrize(("field", "value", "expected"), _WRONG)
def test_a_malformed_cell_is_named_with_row_field_value_and_what_was_expected(
    write_rows: WriteRows, field: str, value: str, expected: str
) -> None:
    file = write_rows({}, {field: value})
    (fault,) = check_claims(file)
    assert (fault.file, fault.field, fault.value) == ("claims.csv", field, value)
    assert fault.row == (2 if field == "id" and not value else f"2 ({value if field == 'id' else 'row-1'})")
    assert expected in fault.expected
    with pytest.raises(InputError, match=r"claims\.csv, record 2"):
        read_claims(file)


def test_all_faults_come_at_once_in_the_order_of_the_rows(write_rows: WriteRows) -> None:
    file = write_rows({"source_url": "", "claim_type": "?"}, {}, {"goods": "?", "legal_scope": "?", "value": "?"})
    found = [(str(fault.row), fault.field) for fault in check_claims(file)]
    assert found == [
        ("1 (row-0)", "claim_type"),
        ("1 (row-0)", "source_url"),
        ("3 (row-2)", "value"),
        ("3 (row-2)", "goods"),
        ("3 (row-2)", "legal_scope"),
    ]


@pytest.mark.parametrize(
    "row",
    [
        {"claim_type": "amount", "value": "0.5"},
        {"claim_type": "none", "value": "0"},
        {"claim_type": "none", "value": "", "unit": ""},
        {"claim_type": "count", "value": "", "unit": "", "metric": ""},
        {"period_start": "2024-12-31", "period_end": "2024-12-31"},
        {"period_start": "2024-12-31", "period_end": "", "stated_on": "2024-12-31"},
    ],
)
def test_a_row_at_the_edge_of_a_rule_is_sound(write_rows: WriteRows, row: dict[str, str]) -> None:
    assert check_claims(write_rows(row)) == []


def test_ids_must_differ(write_rows: WriteRows) -> None:
    faults = check_claims(write_rows({"id": "same"}, {"id": "same"}, {"id": "other"}))
    assert [fault.row for fault in faults] == ["1 (same)", "2 (same)"]


def test_goods_scope_that_excludes_needs_all_goods(write_rows: WriteRows) -> None:
    (fault,) = check_claims(write_rows({"goods": "drugs", "goods_scope": "all except weapons"}))
    assert (fault.field, fault.expected) == ("goods", "'all', since goods_scope says 'all except'")


def test_an_open_period_can_not_begin_after_the_statement(write_rows: WriteRows) -> None:
    (fault,) = check_claims(write_rows({"period_start": "2025-06-01", "period_end": "", "stated_on": "2025-02"}))
    assert (fault.field, fault.value) == ("stated_on", "2025-02")


@pytest.mark.parametrize("field", [name for name in CLAIM_FIELDS if name not in ("agency_detail", "notes")])
def test_a_missing_field_is_named_unless_it_is_optional(write_rows: WriteRows, field: str) -> None:
    faults = check_claims(write_rows({}, fields=tuple(name for name in CLAIM_FIELDS if name != field)))
    if field in ("border_scope", "source_publisher"):
        assert faults == []
    else:
        assert faults == [Fault("claims.csv", None, field, "no such field", "a field of every statement")]


def test_a_row_with_too_few_fields_is_one_fault(tmp_path: Path) -> None:
    file = tmp_path / "claims.csv"
    file.write_text(",".join(CLAIM_FIELDS) + "\nonly,two\n", encoding="utf-8")
    (fault,) = check_claims(file)
    assert (fault.row, fault.value, fault.expected) == (1, "2 fields", "19 fields, as in the header")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "an empty file"),
        (b"\n\n", "an empty file"),
        (b"id\xff,agency\n1,2\n", "byte 0xff at offset 2"),
        (b"id,id\n1,2\n", "id"),
        (b'id,agency\n"1,2\n', "unexpected end of data, at line 2"),
        (b"id,agency\n1,\x00\n", "a NUL character at offset 12"),
    ],
)
def test_a_file_that_is_no_table_is_one_fault(tmp_path: Path, content: bytes, found: str) -> None:
    file = tmp_path / "claims.csv"
    file.write_bytes(content)
    (fault,) = check_claims(file)
    assert (fault.row, fault.value) == (None, found)


def test_a_header_alone_is_a_table_of_no_statements(tmp_path: Path) -> None:
    file = tmp_path / "claims.csv"
    file.write_text(",".join(CLAIM_FIELDS))
    assert check_claims(file) == []


def test_a_missing_file_is_one_fault(tmp_path: Path) -> None:
    (fault,) = check_claims(tmp_path / "nowhere.csv")
    assert str(fault) == f"{tmp_path / 'nowhere.csv'}: there is no such file"


def test_adding_a_row_needs_no_code(tmp_path: Path) -> None:
    text = data_path("claims.csv").read_text(encoding="utf-8")
    row = "\nnew,A new body,,It counted 3 cases.,count,cases found,3,case,fuel,fuel,KG,KG,2025,2025,,https://example.org,,,unknown\n"
    file = tmp_path / "claims.csv"
    file.write_text(text.rstrip("\n") + row, encoding="utf-8")
    assert read_claims(file).index.tolist() == [*read_claims().index, "new"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(60))
@given(cells=st.dictionaries(st.sampled_from(CLAIM_FIELDS), st.text(max_size=12), max_size=6))
def test_no_cell_makes_more_than_a_fault(write_rows: WriteRows, cells: dict[str, str]) -> None:
    surrogate_free = {field: cell.encode("utf-8", "ignore").decode() for field, cell in cells.items()}
    faults = check_claims(write_rows(surrogate_free))
    assert all(isinstance(fault, Fault) and fault.expected for fault in faults)


def test_the_order_of_columns_does_not_matter(write_rows: WriteRows) -> None:
    shuffled = random.Random(7).sample(CLAIM_FIELDS, len(CLAIM_FIELDS))  # noqa: S311  (no secret)
    one = read_claims(write_rows({}, {}))
    pd.testing.assert_frame_equal(read_claims(write_rows({}, {}, fields=tuple(shuffled))), one)
