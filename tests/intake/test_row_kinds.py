"""Rows that are records, and rows that are not meant to count."""

from __future__ import annotations

import pytest

from geo.intake.row_kinds import no_record


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (["# 2024-07-04", "heroin"], "a row that is commented out"),
        (["//2024-07-04", "heroin"], "a row that is commented out"),
        (["04.07.2024", "водка", "Аннулирована"], "marked as 'Аннулирована', not a record"),
        (["04.07.2024", "водка", "entered in error"], "marked as 'entered in error', not a record"),
        (["Пример: 01.01.2024", "водка"], "an example, not a record"),
        (["04.07.2024", "ТЕСТ"], "an example, not a record"),
    ],
)
def test_a_row_that_is_not_meant_to_count_says_why(cells: list[str], reason: str) -> None:
    assert no_record(dict(enumerate(cells)), tuple(cells), set()) == reason  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "cells",
    [
        ["#12", "водка"],
        ["//", "водка"],
        ["//example.org/a", "водка"],
        ["04.07.2024", "тест-полоски"],
        ["04.07.2024", "водка", "решение отменено судом"],
        ["04.07.2024", "водка", "дело прекращено"],
    ],
)
def test_numbers_ditto_marks_test_strips_and_outcomes_are_none_of_these(cells: list[str]) -> None:
    assert no_record(dict(enumerate(cells)), tuple(cells), set()) == ""  # type: ignore[arg-type]


def test_the_word_example_counts_only_where_it_is_read() -> None:
    assert no_record({"goods": "водка"}, ("Example", "водка"), set()) == ""
