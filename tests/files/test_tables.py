"""Tables as text, and files that are whole or not there."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from geo.errors import ShekaraError
from geo.files.tables import as_records, format_table, whole_file, write_text

if TYPE_CHECKING:
    from pathlib import Path

TABLE = pd.DataFrame(
    {"name": ["=1+1", "a|b"], "number": [1.5, np.nan], "day": [pd.NaT, pd.Timestamp("2024-07-03")]},
    index=pd.Index(["x", "y"], name="key"),
)


def test_records_are_flat_and_plain() -> None:
    assert as_records(TABLE) == [
        {"key": "x", "name": "=1+1", "number": 1.5, "day": None},
        {"key": "y", "name": "a|b", "number": None, "day": "2024-07-03 00:00:00"},
    ]


def test_json_is_an_array_of_records() -> None:
    assert json.loads(format_table(TABLE, "json")) == as_records(TABLE)


def test_csv_never_starts_a_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(format_table(TABLE, "csv"))))
    assert rows[0]["name"] == "'=1+1"
    assert rows[1] == {"key": "y", "name": "a|b", "number": "", "day": "2024-07-03 00:00:00"}


def test_markdown_escapes_its_bars() -> None:
    text = format_table(TABLE, "markdown", columns=["name", "number"])
    assert text.splitlines()[0] == "| name | number |"
    assert r"a\|b" in text


def test_the_terminal_table_shows_the_columns_asked_for() -> None:
    text = format_table(TABLE, columns=["key", "number"])
    assert "number" in text
    assert "name" not in text
    assert "–" in text


def test_an_empty_table_keeps_its_heads() -> None:
    assert format_table(TABLE.iloc[:0], "csv").strip() == "key,name,number,day"
    assert format_table(TABLE.iloc[:0], "json") == "[]\n"


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    write_text(target, "old")
    with pytest.raises(UnicodeEncodeError), whole_file(target) as draft:
        draft.write_text("half\ud800", encoding="utf-8")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_missing_folder_and_a_folder_are_told_by_the_name_given(tmp_path: Path) -> None:
    with pytest.raises(ShekaraError, match="there is no folder"):
        write_text(tmp_path / "no" / "out.txt", "text")
    with pytest.raises(ShekaraError, match="is a folder"):
        write_text(tmp_path, "text")
