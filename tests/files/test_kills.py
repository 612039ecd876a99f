"""Every writing command, killed in its write or hindered: the old file or the new one, one message, and no draft."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

KILLS = Path(__file__).parents[1] / "kills.py"
HINDERED = (
    "import geojson", "merge", "draft", "summary", "risk parquet", "locate", "export", "figure png", "publish",
    "register locate parquet", "register locate csv", "register count", "desk export", "desk backup", "desk new",
    "desk import",
)  # fmt: skip
# One for each way of writing: text, a table, several files, a register's parts, a desk.
QUICK = ("desk log", "locate", "merge", "register locate parquet", "desk import")


def _run(*words: str) -> str:
    done = subprocess.run([sys.executable, str(KILLS), *words], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_each_way_of_writing_leaves_the_old_file_or_the_new_one_killed_once_and_hindered() -> None:
    assert _run("1,hindered", *QUICK) == ""


@pytest.mark.thorough
def test_a_command_killed_in_its_write_leaves_the_old_file_or_the_new_one() -> None:
    assert _run("4") == ""


@pytest.mark.thorough
def test_a_command_that_cant_write_as_it_should_says_so() -> None:
    assert _run("hindered", *HINDERED) == ""
