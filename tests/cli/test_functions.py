"""What the command line does, a program can do without it."""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.main import get_command

from geo.cli.commands import cli

if TYPE_CHECKING:
    from collections.abc import Iterator

API = Path(__file__).parents[2] / "docs" / "api"
TABLE = re.compile(r"^\| `shekara ([\w ]+)` \| (.*) \|$", re.MULTILINE)
ROWS = dict(TABLE.findall((API / "index.md").read_text(encoding="utf-8")))


def commands(group: Any, before: str = "") -> Iterator[str]:
    """Each command that is shown, with the words before it."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{before}{name} ")
        elif not command.hidden:
            yield before + name


def public(path: str) -> Any:
    """What a module gives under a public name."""
    module, _, name = path.rpartition(".")
    assert name in importlib.import_module(module).__all__
    return getattr(importlib.import_module(module), name)


def test_the_reference_names_the_functions_of_each_command() -> None:
    assert sorted(ROWS) == sorted(commands(get_command(cli)))


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_the_functions_of_a_command_are_public_and_documented(row: str) -> None:
    named = re.findall(r"\[`([\w.]+)`\]\[([\w.]+)\]", row)
    assert named
    for shown, full in named:
        room = full.split(".")[1]
        assert f"::: geo.{room}\n" in (API / f"{room}.md").read_text(encoding="utf-8")
        function = public(shown)
        assert function is public(full)
        assert inspect.isfunction(function)
        assert inspect.getdoc(function)
