"""The command line, run in this process."""

from __future__ import annotations

import contextlib
import functools
import sys
from typing import TYPE_CHECKING, Any
from unittest import mock

from geo.builtin import dataset
from geo.cli import commands as cli
from geo.intake.places import gazetteer, placement
from geo.paths import country_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from geo.border.frontier import Frontier

_read = dataset.read_frontier
_built_in = functools.cache(_read)
_names = functools.lru_cache(4)(gazetteer.read_gazetteer)


def _read_frontier(folder: str | Path | None = None, **cut: Any) -> Frontier:
    return _built_in() if folder is None and not cut and country_folder() is None else _read(folder, **cut)


@contextlib.contextmanager
def built_in_read_once() -> Iterator[None]:
    """Keep the built-in border and the names of places along a border for the next command.

    A process runs one command as a rule, here hundreds; each would read them anew, with nothing of the test in them.
    """
    with (
        mock.patch.object(dataset, "read_frontier", _read_frontier),
        mock.patch.object(gazetteer, "read_gazetteer", _names),
        mock.patch.object(placement, "read_gazetteer", _names),
    ):
        yield


def run(*words: str, capsys: pytest.CaptureFixture[str] | None = None) -> tuple[int, str, str]:
    """Run ``shekara`` in this process: exit code, standard output, standard error."""
    assert capsys is not None
    capsys.readouterr()
    before, sys.argv = sys.argv, ["shekara", *words]
    try:
        with built_in_read_once():
            cli.main()
        code = 0
    except SystemExit as stop:
        code = int(stop.code or 0)
    finally:
        sys.argv = before
    out, err = capsys.readouterr()
    return code, out, err
