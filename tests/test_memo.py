"""What is kept of a command: nothing that could be out of date."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from geo import memo

ROOT = Path(__file__).parent.parent


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHEKARA_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


class Command:
    """A command that counts how often it runs."""

    def __init__(self, text: str = "table\n", code: int = 0) -> None:
        self.text, self.code, self.runs = text, code, 0

    def __call__(self) -> None:
        self.runs += 1
        sys.stdout.write(self.text)
        sys.exit(self.code)


def ask(words: list[str], command: Command) -> None:
    with suppress(SystemExit):
        memo.run_or_recall(words, command)


def test_the_same_command_prints_the_same_and_runs_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = Command()
    ask(["summary"], command)
    ask(["summary"], command)
    assert command.runs == 1
    assert capsys.readouterr().out == "table\n" * 2
    ask(["summary", "--by", "goods"], command)
    assert command.runs == 2
    assert len(list(folder.iterdir())) == 2


@pytest.mark.usefixtures("folder")
def test_whatever_it_depends_on_makes_it_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command, file = Command(), tmp_path / "mine.geojson"
    file.write_text("one")
    words = ["summary", "--incidents", str(file)]
    ask(words, command)
    ask(words, command)
    assert command.runs == 1
    file.write_text("two")
    ask(words, command)
    assert command.runs == 2
    ask(["summary", f"--incidents={file}"], command)
    file.write_text("three")
    ask(["summary", f"--incidents={file}"], command)
    assert command.runs == 4
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    monkeypatch.setattr(memo, "data_path", lambda: data)
    ask(["risk"], command)
    ask(["risk"], command)
    assert command.runs == 5
    (data / "incidents.geojson").write_text("{}")
    ask(["risk"], command)
    assert command.runs == 6
    monkeypatch.setattr(memo, "_packages", lambda place: ["numpy-99.dist-info"])  # noqa: ARG005
    ask(["risk"], command)
    assert command.runs == 7
    code = tmp_path / "code" / "geo"
    shutil.copytree(ROOT / "geo", code, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(memo, "__file__", str(code / "memo.py"))
    ask(["risk"], command)
    with (code / "risk.py").open("a") as source:
        source.write("# changed\n")
    ask(["risk"], command)
    assert command.runs == 9


def test_failures_files_and_other_commands_are_never_kept(folder: Path) -> None:
    for words, command in (
        (["summary", "--goods", "tobaco"], Command(code=2)),
        (["summary", "-o", "table.csv"], Command()),
        (["risk", "-orisk.csv"], Command()),
        (["summary", "--output=table.csv"], Command()),
        (["summary", "--help"], Command()),
        (["export", "map.html"], Command()),
        ([], Command()),
    ):
        ask(words, command)
        ask(words, command)
        assert command.runs == 2, words
    assert not folder.exists()


def test_off_keeps_nothing_and_a_locked_folder_is_no_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = Command()
    monkeypatch.setenv("SHEKARA_CACHE", "off")
    ask(["summary"], command)
    ask(["summary"], command)
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("SHEKARA_CACHE", str(tmp_path / "file" / "cache"))
    ask(["summary"], command)
    ask(["summary"], command)
    assert command.runs == 4


def test_only_the_newest_are_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memo, "_MOST", 3)
    for number in range(5):
        ask(["summary", str(number)], Command())
    assert len(list(folder.iterdir())) == 3


def test_a_kept_summary_is_byte_for_byte_the_one_worked_out(folder: Path) -> None:
    def summary(cache: str) -> tuple[bytes, str]:
        environment = {**os.environ, "SHEKARA_CACHE": cache}
        words = [sys.executable, "-X", "importtime", "-m", "geo", "summary", "--by", "goods"]
        done = subprocess.run(words, capture_output=True, check=True, env=environment, cwd=ROOT)
        return done.stdout, done.stderr.decode()

    worked_out, _ = summary("off")
    first, _ = summary(str(folder))
    kept, imported = summary(str(folder))
    assert worked_out == first == kept
    for heavy in ("numpy", "pandas", "geopandas", "scipy", "typer"):
        assert f" {heavy}\n" not in imported
