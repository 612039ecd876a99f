"""The command line, ``shekara``: its commands, put together."""

from __future__ import annotations

import io
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.intake_commands import import_table, merge_files
from geo.cli.place_commands import locate
from geo.cli.register_commands import count_by_old_name, register
from geo.cli.statement_commands import check, compare
from geo.cli.table_commands import backtest, compare_years, risk, summary
from geo.cli.view_commands import export, figure
from geo.errors import ShekaraError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["cli", "main", "run"]

BAD_INPUT, OUR_FAULT = 2, 70

cli = typer.Typer(
    help="Recorded border incidents, placed on the border with honest uncertainty.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)


def main() -> None:
    """Run the command line; it ends with a message, never with a traceback, whatever is wrong."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal of few letters shows the others by their numbers.
            stream.reconfigure(errors="backslashreplace")
    try:
        run()
    except Exception as error:  # noqa: BLE001  (the promise is to the reader; the tests call run)
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}: {str(error)[:200]}"
        print(f"shekara: a fault of the program ({where}). Please report it, and how you came to it.", file=sys.stderr)  # noqa: T201
        sys.exit(OUR_FAULT)


def run() -> None:
    """Run the command line; bad input ends with one message and exit code 2."""
    try:
        cli(prog_name="shekara")
    except ShekaraError as error:
        print(f"shekara: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(BAD_INPUT)
    except OSError as error:
        print(f"shekara: {error.strerror or error}: {error.filename or ''}".rstrip(": "), file=sys.stderr)  # noqa: T201
        sys.exit(BAD_INPUT)


def app(*, port: Annotated[int, typer.Option(help="Port on this machine.", min=1, max=65535)] = 8501) -> None:
    """Open Shekara in the browser."""
    from geo.cli.launch import open_app  # noqa: PLC0415

    open_app(port)


def _say_version(asked: bool) -> None:
    if asked:
        from geo.version import __version__  # noqa: PLC0415

        print(f"shekara {__version__}")  # noqa: T201
        raise typer.Exit


@cli.callback()
def _shekara(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Say the version and end.", callback=_say_version, is_eager=True)
    ] = False,
) -> None:
    pass


_COMMANDS: dict[str, Callable[..., None]] = {
    "import": import_table,
    "merge": merge_files,
    "app": app,
    "summary": summary,
    "compare": compare_years,
    "risk": risk,
    "backtest": backtest,
    "locate": locate,
    "check": check,
    "claims": compare,
    "export": export,
    "figure": figure,
}
for _name, _command in _COMMANDS.items():
    cli.command(_name)(_command)
cli.add_typer(register, name="register")
cli.command("count", hidden=True)(count_by_old_name)
