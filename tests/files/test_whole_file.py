"""Files written whole or not at all: links, pipes, what a killed process leaves, two writers at once."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pandas as pd
import pytest

from geo.errors import ShekaraError
from geo.files.tables import format_table, whole_file, write_text
from geo.register.totals import write_totals


def test_a_link_stays_a_link_and_its_file_is_written(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    file, link = tmp_path / "there" / "file.txt", tmp_path / "link.txt"
    file.write_text("old")
    link.symlink_to(file)
    write_text(link, "new")
    assert link.is_symlink()
    assert file.read_text() == "new"


def test_a_link_to_nothing_makes_the_file_that_it_leads_to(tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "file.txt")
    write_text(link, "new")
    assert (tmp_path / "file.txt").read_text() == "new"
    assert link.is_symlink()


def test_a_pipe_and_a_device_are_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/null")):
        with pytest.raises(ShekaraError, match="a pipe or a device"):
            write_text(path, "text")
    assert pipe.is_fifo()


def test_what_a_killed_process_left_goes_with_the_next_write(tmp_path: Path) -> None:
    left = tmp_path / ".shekara-map-abcdefgh.html"
    left.write_text("half")
    write_text(tmp_path / "other.csv", "whole")
    assert [file.name for file in tmp_path.iterdir()] == ["other.csv"]


def test_a_file_that_another_is_writing_stays(tmp_path: Path) -> None:
    with whole_file(tmp_path / "one.txt") as draft:
        write_text(tmp_path / "two.txt", "two")
        draft.write_text("one")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["one.txt", "two.txt"]


def test_files_that_belong_together_are_written_within_one_another(tmp_path: Path) -> None:
    with whole_file(tmp_path / "one.txt") as one, whole_file(tmp_path / "two.txt") as two:
        write_text(one, "one")
        write_text(two, "two")
        assert not (tmp_path / "one.txt").exists()
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {"one.txt": "one", "two.txt": "two"}


def test_many_writers_of_one_file_leave_one_whole_file(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    texts = [str(number) * 50_000 for number in range(8)]
    writers = [threading.Thread(target=write_text, args=(target, text)) for text in texts for _ in range(5)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert target.read_text() in texts
    assert list(tmp_path.iterdir()) == [target]


ODD = ["=1+1", "a\rb", 'c"d', "@x", "plain"]


def test_cells_of_totals_are_no_formula_and_split_no_row(tmp_path: Path) -> None:
    file = tmp_path / "totals.csv"
    write_totals(pd.DataFrame({"goods": ODD, "rows": range(5)}), file)
    raw = file.read_bytes()
    assert b"\r" not in raw
    cells = pd.read_csv(file, keep_default_na=False)["goods"].tolist()
    assert cells == ["'=1+1", "a\nb", 'c"d', "'@x", "plain"]
    assert pd.DataFrame({"goods": ODD}).pipe(format_table, "csv").count("\r") == 0
