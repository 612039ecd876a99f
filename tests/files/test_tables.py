"""Tables as text, and files that are whole or not there."""

from __future__ import annotations

import csv
import io
import json
import resource
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from command_line import run

import geo
from geo.claims import read_claims
from geo.errors import InputError, ShekaraError
from geo.files.tables import as_records, format_table, whole_file, write_text
from geo.incidents.reading import write_incidents
from geo.intake.mapping import read_mapping
from geo.intake.sheets.sheet import read_sheet
from geo.register.source import open_register
from geo.register.totals import COLUMNS, write_totals
from geo.view import write_page
from geo.view.figure import write_figure
from geo.vocabulary import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
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


@pytest.fixture
def full_disk() -> Iterator[None]:
    """No file may grow beyond 20 kB, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def many_totals() -> pd.DataFrame:
    rng = np.random.default_rng(1)
    return pd.DataFrame({name: rng.random(20_000).astype(str) for name in COLUMNS})


WRITERS: dict[str, Callable[[geo.Located, Path], object]] = {
    "incidents.geojson": lambda located, path: write_incidents(located.incidents[[*FIELDS[1:], "geometry"]], path),
    "incidents.csv": lambda located, path: write_incidents(located.incidents[[*FIELDS[1:], "geometry"]], path),
    "incidents.parquet": lambda located, path: write_incidents(located.incidents[[*FIELDS[1:], "geometry"]], path),
    "totals.csv": lambda _, path: write_totals(many_totals(), path),
    "totals.parquet": lambda _, path: write_totals(many_totals(), path),
    "page.html": lambda located, path: write_page(path, located, located.frontier),
    "figure.svg": lambda located, path: write_figure(path, located, located.frontier, None),
}


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_leaves_the_old_file_and_no_other(located: geo.Located, tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    target.write_text("old")
    with pytest.raises(OSError, match="too large"):
        WRITERS[name](located, target)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.usefixtures("full_disk")
def test_locate_on_a_full_disk_is_one_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "located.geojson"
    target.write_text("old")
    code, _, said = run("locate", "-o", str(target), capsys=capsys)
    assert code == 2
    assert said.startswith("shekara: ")
    assert len(said.splitlines()) == 1
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


READERS: dict[str, Callable[[Path], object]] = {
    "incidents.csv": geo.read_incidents,
    "incidents.geojson": geo.read_incidents,
    "incidents.parquet": geo.read_incidents,
    "statements.csv": read_claims,
    "register.csv": open_register,
    "register.parquet": open_register,
    "table.xlsx": read_sheet,
    "kept.toml": read_mapping,
}


@pytest.mark.parametrize("name", READERS)
def test_a_missing_file_is_told_as_a_person_would(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError) as refused:
        READERS[name](tmp_path / name)
    assert str(refused.value) == f"{tmp_path / name}: there is no such file"


@pytest.mark.parametrize("name", ["incidents.csv", "statements.csv", "register.csv"])
def test_a_folder_in_place_of_a_file_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(InputError, match="this is a folder, not a file"):
        READERS[name](tmp_path / name)


def test_missing_border_files_are_told_all_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        geo.read_frontier(tmp_path)
    assert len(refused.value.faults) > 3
    assert all(str(fault).endswith(": there is no such file") for fault in refused.value.faults)
