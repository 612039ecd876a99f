"""A table that is read in a process of its own is the same table, and one that never ends is ended."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from geo.errors import InputError
from geo.files import apart as processes
from geo.files.apart import EndedError, run_apart
from geo.intake import read_sheet
from geo.intake.sheets import apart
from geo.intake.sheets.apart import read_sheet_apart

TABLE = "Дата;Товар;Ссылка\n03.07.2024;чай;https://example.org/1\n".encode()


def test_a_table_is_the_same_from_another_process() -> None:
    here, there = read_sheet(TABLE, name="a.csv"), read_sheet_apart(TABLE, "a.csv", most_rows=9)
    assert here.cells.equals(there.cells)
    assert here.notes == there.notes


def test_its_faults_are_the_same_too() -> None:
    with pytest.raises(InputError, match="an empty file"):
        read_sheet_apart(b"", "a.csv", most_rows=9)


def test_too_many_rows_are_refused_where_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = []
    monkeypatch.setattr(apart, "run_apart", lambda *given: answers.append(run_apart(*given)) or answers[-1])
    with pytest.raises(InputError, match="'100,000 rows', expected at most 9 here"):
        read_sheet_apart(b"date,goods\n" + b"2024-01-01,tea\n" * 100_000, "a.csv", most_rows=9)
    assert len(answers[0]) < 1_000


@pytest.mark.skipif(not Path("/proc/self/oom_score_adj").exists(), reason="a file of Linux")
def test_a_program_is_the_first_that_is_ended_where_memory_runs_out_and_the_last_to_run() -> None:
    said = run_apart("print(open('/proc/self/oom_score_adj').read(), os.nice(0), end='')")
    assert said.split() == [b"1000", str(min(os.nice(0) + 15, 19)).encode()]


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
        read_sheet_apart(TABLE, "a.csv", most_rows=9)
