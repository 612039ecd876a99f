"""The command line, run in this process."""

from __future__ import annotations

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
