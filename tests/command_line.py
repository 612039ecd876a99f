"""The command line, run in this process."""

from __future__ import annotations

import functools
import gc
import sys
from typing import TYPE_CHECKING

from geo.cli import commands as cli

if TYPE_CHECKING:
    import pytest


def run(*words: str, capsys: pytest.CaptureFixture[str] | None = None) -> tuple[int, str, str]:
    """Run ``shekara`` in this process: exit code, standard output, standard error."""
    assert capsys is not None
    capsys.readouterr()
    before, sys.argv = sys.argv, ["shekara", *words]
    try:
        cli.main()
        code = 0
    except SystemExit as stop:
        code = int(stop.code or 0)
    finally:
        sys.argv = before
    out, err = capsys.readouterr()
    return code, out, err


def forget_words(room: str = "geo.intake") -> None:
    """Let words be read anew, as by a process of its own: those that were read once are kept, whatever the country.

    ``geo.`` in place of a room lets everything be read anew. The world's cities stay: they are no country's, and it
    takes seconds to read them.
    """
    for known in gc.get_objects():
        if isinstance(known, functools._lru_cache_wrapper):
            name = f"{known.__module__}.{known.__name__}"
            if name.startswith(room) and not name.endswith("._cities"):
                known.cache_clear()
