"""What a command printed before, for as long as nothing that it depends on has changed.

The same data, code and words give the same bytes, so what a command printed need not be worked out again. A text is
kept under a digest of all that it depends on: the words of the command, every file of this package and of its data,
every file and folder that the words name, the versions of Python and of all packages beside this one, and the width of
the terminal. Whatever changes, the digest does too, and the command runs; nothing kept can be out of date.

The texts lie in ``$SHEKARA_CACHE``, else in ``$XDG_CACHE_HOME/shekara`` or ``~/.cache/shekara``; the folder may be
deleted at any time. ``SHEKARA_CACHE=off`` keeps nothing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo._data import data_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["run_or_recall"]

_COMMANDS = frozenset({"summary", "risk", "backtest", "claims"})
_NOT = frozenset({"-o", "--output", "--help"})
_MOST = 200  # texts kept
_MOST_FILES = 1000  # in a folder that the words name


def run_or_recall(words: list[str], run: Callable[[], None]) -> None:
    """Print what a command printed before, or run it and keep what it prints.

    Parameters
    ----------
    words
        The command line after its name. Only commands that print a table are kept.
    run
        Runs it; may end with SystemExit.
    """
    folder = _folder() if words and words[0] in _COMMANDS and not _writes(words) else None
    key = _key(words) if folder else None
    if folder is None or key is None:
        run()
        return
    kept = folder / key
    try:
        text = kept.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        _run_and_keep(run, kept)
    else:
        sys.stdout.write(text)


def _writes(words: list[str]) -> bool:
    return any(word in _NOT or word.startswith(("--output=", "-o")) for word in words)


def _folder() -> Path | None:
    told = os.environ.get("SHEKARA_CACHE", "")
    if told == "off":
        return None
    if told:
        return Path(told)
    home = os.environ.get("XDG_CACHE_HOME", "") or os.path.expanduser("~/.cache")  # noqa: PTH111  (home may be unknown)
    return Path(home) / "shekara" if os.path.isabs(home) else None  # noqa: PTH117


def _key(words: list[str]) -> str | None:
    """Digest of all that the text depends on; None where it can't be told."""
    told = hashlib.sha256()
    package = Path(__file__).resolve().parent
    try:
        for path in [*_files(package, (".py", ".json")), *_files(data_path())]:
            _add(told, path)
        for word in words:
            for path in _named(word):
                _add(told, path)
        around = sorted(name for place in sys.path for name in _packages(place))
    except OSError:
        return None
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    told.update("\n".join([*words, sys.version, str(width), sys.stdout.encoding or "", *around]).encode())
    return told.hexdigest()


def _add(told: Any, path: Path) -> None:
    content = path.read_bytes()
    told.update(f"{path}\n{len(content)}\n".encode())
    told.update(content)


def _files(folder: Path, endings: tuple[str, ...] = ()) -> Iterable[Path]:
    for place, inside, names in os.walk(folder):
        inside[:] = sorted(name for name in inside if name != "__pycache__")
        for name in sorted(names):
            if not endings or name.endswith(endings):
                yield Path(place) / name


def _named(word: str) -> list[Path]:
    """The files that a word names, alone or after ``--option=``."""
    path = Path(word.partition("=")[2] if word.startswith("--") else word)
    if not str(path) or str(path) == ".":
        return []
    if path.is_file():
        return [path]
    found: list[Path] = []
    for file in _files(path) if path.is_dir() else ():
        found.append(file)
        if len(found) > _MOST_FILES:
            raise OSError("too many files")
    return found


def _packages(place: str) -> list[str]:
    """Names and versions of the packages in a folder."""
    if not os.path.isdir(place):  # noqa: PTH112
        return []
    return [name for name in os.listdir(place) if name.endswith((".dist-info", ".egg-info"))]  # noqa: PTH208


class _Tee:
    """Standard output that remembers what is written to it."""

    def __init__(self, out: Any) -> None:
        self._out = out
        self.texts: list[str] = []

    def write(self, text: str) -> int:
        self.texts.append(text)
        return int(self._out.write(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._out, name)


def _run_and_keep(run: Callable[[], None], kept: Path) -> None:
    tee = _Tee(sys.stdout)
    sys.stdout = tee
    code: Any = 0
    try:
        run()
    except SystemExit as stop:
        code = stop.code
        raise
    finally:
        sys.stdout = tee._out  # noqa: SLF001
        if not code and sys.exc_info()[0] in (None, SystemExit):
            _keep(kept, "".join(tee.texts))


def _keep(kept: Path, text: str) -> None:
    """Keep a text, and no more than the newest 200; where the folder can't be written to, nothing is kept."""
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="", dir=kept.parent, delete=False) as draft:
            draft.write(text)
        Path(draft.name).replace(kept)
        texts = sorted(kept.parent.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        for old in texts[:-_MOST]:
            old.unlink()
    except OSError:
        return
