"""A table that is read in a process of its own is the same table, and one that never ends is ended."""

from __future__ import annotations

import pickle

import pytest

from geo.errors import InputError
from geo.files import apart as processes
from geo.files.apart import EndedError, run_apart
from geo.intake import read_sheet
from geo.intake.sheets import apart
from geo.intake.sheets.apart import read_sheet_apart

TABLE = "Дата;Товар;Ссылка\n03.07.2024;чай;https://example.org/1\n".encode()


def test_a_table_is_the_same_from_another_process() -> None:
    here, there = read_sheet(TABLE, name="a.csv"), read_sheet_apart(TABLE, "a.csv")
    assert here.cells.equals(there.cells)
    assert here.notes == there.notes


def test_its_faults_are_the_same_too() -> None:
    with pytest.raises(InputError, match="an empty file"):
        read_sheet_apart(b"", "a.csv")


def test_a_program_without_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "MAX_SECONDS_APART", 0.5)
    with pytest.raises(EndedError):
        run_apart("while True: pass")


def test_a_program_without_bounds_is_ended() -> None:
    with pytest.raises(EndedError):
        run_apart("x = bytearray(4_000_000_000)")


def test_an_answer_holds_values_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    class Hostile:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return (exec, ("raise SystemExit",))

    monkeypatch.setattr(apart, "run_apart", lambda *_: pickle.dumps(Hostile()))
    with pytest.raises(InputError, match="too long"):
        read_sheet_apart(TABLE, "a.csv")
