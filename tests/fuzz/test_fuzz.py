"""No file ends in a traceback, or keeps the processor for long: some of many hostile ones, and all that once did."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HARNESS = Path(__file__).with_name("harness.py")
EACH = 200


def _fuzz(*words: str) -> str:
    done = subprocess.run([sys.executable, str(HARNESS), *words], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_a_hostile_file_of_some_kinds_and_what_once_ended_in_a_traceback_end_with_a_message() -> None:
    assert _fuzz("quick", "5000") == ""


@pytest.mark.thorough
def test_hostile_files_end_with_a_message() -> None:
    assert _fuzz("ci", str(EACH), "5000") == ""
