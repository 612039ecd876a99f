"""The command line in other surroundings: locales, encodings, time zones, no home, a folder that is read-only."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from products import one_quick_in

ROOT = Path(__file__).parents[2]
KEPT = ("PATH", "LD_LIBRARY_PATH", "OPENBLAS_NUM_THREADS")


def shekara(*words: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run ``shekara`` with nothing of this process's surroundings but what is needed to start it."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ} | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "geo", *words]
    return subprocess.run(command, cwd=cwd, env=kept | environment, capture_output=True, check=False)


PLAIN = ("summary", "--by", "border", "--format", "markdown")


@pytest.fixture(scope="module")
def usual() -> bytes:
    return shekara(*PLAIN, LANG="C.UTF-8").stdout


@pytest.mark.parametrize(
    "environment",
    one_quick_in(
        4,
        [
            {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
            {"LC_ALL": "C"},
            {"LC_ALL": "tr_TR.UTF-8"},
            {"LC_ALL": "kk_KZ.UTF-8"},
            {"PYTHONIOENCODING": "ascii"},
            {"PYTHONIOENCODING": "cp437"},
            {"LC_ALL": "ru_RU.KOI8-R"},
            {"TZ": "America/Los_Angeles"},
            {"TZ": "Pacific/Kiritimati"},
            {},
        ],
    ),
    ids=str,
)
def test_a_pipe_gets_the_same_bytes_everywhere(usual: bytes, environment: dict[str, str]) -> None:
    done = shekara(*PLAIN, **environment)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == usual
    assert "–".encode() in usual


@pytest.mark.parametrize("encoding", one_quick_in(3, ["ascii", "cp437", "utf-8"]))
def test_a_message_with_other_letters_is_no_traceback(encoding: str) -> None:
    done = shekara("check", "нет такого файла.geojson", PYTHONIOENCODING=encoding)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert "нет такого файла".encode() in done.stderr


def test_a_terminal_that_lacks_a_letter_shows_another_in_its_place() -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    environment = kept | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", "COLUMNS": "120"}
    process = subprocess.Popen(
        [sys.executable, "-m", "geo", *PLAIN], cwd=ROOT, env=environment, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    assert process.wait() == 0
    assert b"Traceback" not in shown
    assert b"?" in shown


@pytest.mark.thorough
def test_an_article_is_read_in_the_same_way_everywhere(tmp_path: Path) -> None:
    article = "tests/drafting/articles/22-kk-syrym-caviar.txt"
    drafts = []
    surroundings = {"c": {"LC_ALL": "C", "TZ": "UTC"}, "tr": {"LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Almaty"}}
    for name, environment in surroundings.items():
        output = tmp_path / f"{name}.geojson"
        assert shekara("draft", article, "-o", str(output), **environment).returncode == 0
        drafts.append(output.read_bytes())
    assert drafts[0] == drafts[1]


def test_a_folder_that_cant_be_written_to_is_no_hindrance_to_read(tmp_path: Path, usual: bytes) -> None:
    tmp_path.chmod(0o500)
    assert shekara(*PLAIN, cwd=tmp_path, HOME="/nonexistent").stdout == usual


def test_a_fault_of_the_program_is_told_as_one_without_a_traceback() -> None:
    program = "from geo.cli import commands\ncommands.run = lambda: 1 / 0\ncommands.main()"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 70
    assert done.stderr.startswith("shekara: a fault of the program (ZeroDivisionError in ")
    assert done.stderr.count("\n") == 1
