"""Where a command's table goes: the file's ending decides, and a contradiction is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.cli.output import choose_format, emit
from geo.errors import ShekaraError

KNOWN = ("table", "csv", "json", "markdown")


@pytest.mark.parametrize(
    ("style", "name", "chosen"),
    [
        ("", None, "table"),
        ("csv", None, "csv"),
        ("", "s.csv", "csv"),
        ("", "s.JSON", "json"),
        ("", "s.md", "markdown"),
        ("", "s.txt", "table"),
        ("markdown", "s.md", "markdown"),
    ],
)
def test_the_ending_decides_where_no_format_is_given(style: str, name: str | None, chosen: str) -> None:
    assert choose_format(style, None if name is None else Path(name), KNOWN, "table") == chosen


@pytest.mark.parametrize(
    ("style", "name", "said"),
    [
        ("json", "s.csv", "--format says json"),
        ("", "s.xyz", r"ends in one of \.txt"),
        ("xml", None, "unknown --format"),
    ],
)
def test_a_contradiction_or_an_unknown_ending_is_refused(style: str, name: str | None, said: str) -> None:
    with pytest.raises(ShekaraError, match=said):
        choose_format(style, None if name is None else Path(name), KNOWN, "table")


def test_what_is_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    emit("a\n1\n", tmp_path / "s.csv", 1)
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"Wrote {tmp_path / 's.csv'}: 1 row\n")
