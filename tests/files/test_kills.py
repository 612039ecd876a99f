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
# A table, a register's parts, a desk; the other ways of writing are tried thoroughly.
QUICK = ("locate", "register locate parquet", "desk import")


def _run(*words: str) -> str:
    done = subprocess.run([sys.executable, str(KILLS), *words], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_some_ways_of_writing_leave_the_old_file_or_the_new_one_killed_once_and_hindered() -> None:
    assert _run("1,hindered", *QUICK) == ""


@pytest.mark.thorough
def test_a_command_killed_in_its_write_leaves_the_old_file_or_the_new_one() -> None:
    assert _run("4") == ""


@pytest.mark.thorough
def test_a_command_that_cant_write_as_it_should_says_so() -> None:
    assert _run("hindered", *HINDERED) == ""
