"""Known answers of cells: what a date can mean, what is text, what is a number, what may be published."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from geo.incidents.cells import date_spans, private_rows, public_only, type_cells, type_numbers, type_text
from geo.incidents.former import renew_cells, schema_of
from geo.incidents.months import REFUSED, count_months, first_day, last_day, months_of
from geo.vocabulary import FAMILY_OF, FIELDS


def raw(**columns: list[Any]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in columns.items()})


def spans(dates: list[str], limits: list[str] | None = None) -> list[tuple[str, str]]:
    limit = None if limits is None else pd.Series(limits, dtype=str)
    table = date_spans(pd.Series(dates, dtype=str), limit)
    shown = table.apply(lambda column: column.dt.strftime("%Y-%m-%d").fillna(""))
    return list(zip(shown["date_start"], shown["date_end"], strict=True))


def test_a_date_means_a_day_a_month_or_a_year() -> None:
    assert spans(["2024-03-07", "2024-02", "2023-02", "2019", "1900", "2099-12"]) == [
        ("2024-03-07", "2024-03-07"), ("2024-02-01", "2024-02-29"), ("2023-02-01", "2023-02-28"),
        ("2019-01-01", "2019-12-31"), ("1900-01-01", "1900-12-31"), ("2099-12-01", "2099-12-31"),
    ]  # fmt: skip
    for wrong in ("", "1899", "2100", "2024-13", "2023-02-29", "2024-1", "24", "2024-01-01T00", " 2024", "२०२४"):
        assert spans([wrong]) == [("", "")], wrong


def test_a_latest_date_cuts_a_span_off_where_it_lies_inside() -> None:
    assert spans(["2024"] * 6, ["2024-05-03", "2024-05", "2024-12-31", "2023-12-31", "", "2025"]) == [
        ("2024-01-01", "2024-05-03"), ("2024-01-01", "2024-05-31"), *[("2024-01-01", "2024-12-31")] * 4,
    ]  # fmt: skip
    assert spans(["2024-05"], ["2024-05-01"]) == [("2024-05-01", "2024-05-01")]


def test_blanks_are_text_of_no_length_and_other_things_are_named() -> None:
    values = ["a", "  ", None, float("nan"), "two\nlines\tof it", "bell\x07", 5, "half \ud83d", "x\x7f", ""]
    text, faults = type_text(raw(id=["i"] * 10, outcome=values), "outcome", "f.csv", pd.Series(["i"] * 10))
    assert text.tolist() == ["a", "", "", "", "two\nlines\tof it", "", "", "", "", ""]
    assert {key: fault.expected for key, fault in faults.items()} == {
        (5, "outcome"): "text without control characters", (6, "outcome"): "text",
        (7, "outcome"): "text without control characters", (8, "outcome"): "text without control characters",
    }  # fmt: skip
    assert faults[6, "outcome"].row == "7 (i)"
    assert type_text(raw(id=["a\tb"]), "id", "f.csv")[1][0, "id"].row == 1  # an id stands on one line
    assert type_text(raw(other=["x", "y"]), "outcome", "f.csv")[0].tolist() == ["", ""]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (" 1250 ", 1250.0), ("0.5", 0.5), (".5", 0.5), ("5.", 5.0), ("-3e2", -300.0), ("+1E-2", 0.01), (7, 7.0),
        (np.float32(0.5), 0.5), (np.int64(3), 3.0), ("", np.nan), ("  ", np.nan), (None, np.nan), (pd.NA, np.nan),
        (float("nan"), np.nan),
    ],
)  # fmt: skip
def test_a_number_may_be_written_as_text(cell: Any, number: float) -> None:
    column, faults = type_numbers(raw(quantity=[cell]), "quantity", "f.csv")
    assert column.tolist() == pytest.approx([number], nan_ok=True)
    assert faults == {}


@pytest.mark.parametrize(
    "cell",
    ["1,5", "1 250", "ten", "0x10", "1e", ".", "nan", "inf", "1e999", float("inf"), True, np.True_, [1], 10**400],
)
def test_what_is_no_number_is_named_and_left_blank(cell: Any) -> None:
    column, faults = type_numbers(raw(quantity=[1, cell]), "quantity", "f.csv", pd.Series(["a", "b"]))
    assert column.tolist() == pytest.approx([1.0, np.nan], nan_ok=True)
    assert [(key, fault.row, fault.field) for key, fault in faults.items()] == [((1, "quantity"), "2 (b)", "quantity")]
    assert type_numbers(raw(other=["x"]), "quantity", "f.csv")[0].isna().all()


@pytest.mark.parametrize(
    ("marks", "kept"),
    [(["", "no"], None), (["no", "no"], None), (["yes", ""], ["yes", ""]), (["no", "yes"], ["", "yes"])],
)
def test_a_mark_of_private_rows_is_kept_where_a_row_is_private(marks: list[str], kept: list[str] | None) -> None:
    frame, faults = type_cells(raw(id=["a", "b"], title=["A", "B"], private=marks, lon=[1, "2"]), "f.csv")
    assert faults == {}
    assert (frame["private"].tolist() if "private" in frame else None) == kept
    assert frame["lon"].tolist() == [1.0, 2.0]
    assert frame["lat"].isna().all()
    order = [*FIELDS, *(["private"] if kept else []), "date_start", "date_end", "lon", "lat"]
    assert list(frame.columns) == order
    assert private_rows(frame).tolist() == [mark == "yes" for mark in marks]
    assert public_only(frame)["id"].tolist() == [name for name, mark in zip("ab", marks, strict=True) if mark != "yes"]
    assert "private" not in public_only(frame)


def test_every_cell_at_fault_is_named_with_its_field() -> None:
    _, faults = type_cells(raw(id=["a", 5], quantity=["x", 1], lon=["east", 1], private=[3, ""]), "f.csv")
    assert set(faults) == {(1, "id"), (0, "quantity"), (0, "lon"), (0, "private")}


# -- The first schema ------------------------------------------------------------------------------


def test_names_and_words_of_the_first_schema_are_renewed() -> None:
    old = raw(value_kzt=[5, " ", None, float("nan"), 0], direction=["into_kz", "out_of_kz", "transit", 7, None])
    new = renew_cells(old)
    assert schema_of(old) == 1
    assert list(new.columns) == ["value_home", "direction", "currency"]
    assert new["currency"].tolist() == ["KZT", "", "", "", "KZT"]
    assert new["direction"].tolist()[:4] == ["inbound", "outbound", "transit", 7]
    assert list(old.columns) == ["value_kzt", "direction"]
    assert schema_of(new.assign(direction="inbound")) == 2
    assert schema_of(raw(recording_side=["home", "kazakhstan"])) == 1


def test_a_currency_or_a_value_that_is_there_already_is_left_alone() -> None:
    assert renew_cells(raw(value_kzt=[5], currency=["USD"]))["currency"].tolist() == ["USD"]
    both = renew_cells(raw(value_kzt=[5], value_home=[6]))
    assert list(both.columns) == ["value_kzt", "value_home"]
    assert list(renew_cells(raw(value_home=[6])).columns) == ["value_home"]


# -- Months ----------------------------------------------------------------------------------------


def dated(rows: list[tuple[str, str, str]]) -> Any:
    """Incidents by date, goods and outcome."""
    text = pd.Series([day for day, _, _ in rows], dtype=str)
    return date_spans(text).assign(goods=[one for _, one, _ in rows], outcome_class=[one for _, _, one in rows])


def test_months_are_counted_by_family_in_their_order_and_the_rest_beside() -> None:
    rows = [
        ("2024-02-29", "food", "seized"), ("2024-02", "food", "seized"), ("2024-02-01", "drugs", "seized"),
        ("2024-02-01", "food", "refused_entry"), ("2023-12", "drugs", "seized"), ("2024", "food", "seized"),
        ("", "food", "seized"), ("", "drugs", "refused_entry"), ("2025", "drugs", "seized"),
    ]  # fmt: skip
    counted = count_months(dated(rows))
    assert (counted.year_only, counted.undated) == (2, 2)
    families = list(dict.fromkeys(FAMILY_OF.values()))
    months = counted.months
    assert list(months.columns) == ["month", "family", "incidents"]
    assert months["month"].dt.strftime("%Y-%m").tolist() == ["2023-12", "2024-02", "2024-02", "2024-02"]
    own = sorted([FAMILY_OF["food"], FAMILY_OF["drugs"]], key=families.index)
    assert sorted(months["family"][1:3]) == sorted(own)
    assert months["family"].tolist()[3] == REFUSED  # goods turned back come last
    assert dict(zip(months["family"][1:], months["incidents"][1:], strict=True)) == {
        FAMILY_OF["food"]: 2, FAMILY_OF["drugs"]: 1, REFUSED: 1,
    }  # fmt: skip


def test_a_span_over_the_end_of_a_month_belongs_to_none() -> None:
    cut = dated([("2024", "food", "seized"), ("2024", "food", "seized")])
    cut["date_end"] = pd.to_datetime(pd.Series(["2024-01-31", "2024-02-01"]))
    counted = count_months(cut)
    assert counted.months["incidents"].tolist() == [1]
    assert counted.year_only == 1


def test_months_reach_from_the_first_day_to_the_last_that_a_date_may_mean() -> None:
    assert months_of(dated([("2023-11-30", "food", ""), ("2024-02", "food", ""), ("", "food", "")])) == (
        "2023-11", "2023-12", "2024-01", "2024-02",
    )  # fmt: skip
    assert len(months_of(dated([("2024", "food", "")]))) == 12
    assert months_of(dated([("", "food", "")])) == ("2000-01",)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)), ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)), ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
        ("2024-02-07", date(2024, 2, 7), date(2024, 2, 7)),
    ],
)  # fmt: skip
def test_a_period_begins_with_the_first_day_and_ends_with_the_last(text: str, first: date, last: date) -> None:
    assert first_day(text) == first
    assert last_day(text) == last


@pytest.mark.parametrize("text", ["24", "2024-2", "2024-13", "2024-02-30", "2024-02-07-", "07.02.2024", "2024 "])
def test_what_is_no_day_month_or_year_is_no_end_of_a_period(text: str) -> None:
    for read in (first_day, last_day):
        with pytest.raises(ValueError, match=r"."):
            read(text)
