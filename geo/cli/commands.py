"""The command line, ``shekara``: its commands, put together."""

from __future__ import annotations

import io
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.country_commands import country
from geo.cli.desk_commands import desk, sources
from geo.cli.draft_command import draft
from geo.cli.intake_commands import import_table, merge_files
from geo.cli.place_commands import locate
from geo.cli.publish_commands import publish_folder, verify_folder
from geo.cli.register_commands import count_by_old_name, register
from geo.cli.statement_commands import check, compare
from geo.cli.table_commands import backtest, compare_years, quote_place, risk, summary
from geo.cli.view_commands import export, figure
from geo.errors import Fault, InputError, ShekaraError
from geo.paths import use_country

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
    """Run the command line; it ends with a message, never with a traceback, whatever is wrong.

    A file or a pipe gets UTF-8 whatever the locale; a terminal that can't show a letter shows ``?`` in its place.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    try:
        run()
    except Exception as error:  # noqa: BLE001  (the promise is to the reader; the fuzz tests call run)
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}: {str(error)[:200]}"
        print(f"shekara: a fault of the program ({where}). Please report it, and how you came to it.", file=sys.stderr)  # noqa: T201
        sys.exit(OUR_FAULT)


def run() -> None:
    """Run the command line; bad input ends with one message and exit code 2."""
    try:
        _choose_country(sys.argv)
        cli(prog_name="shekara")
    except ShekaraError as error:
        print(f"shekara: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(BAD_INPUT)
    except OSError as error:
        print(f"shekara: {error.strerror or error}: {error.filename or ''}".rstrip(": "), file=sys.stderr)  # noqa: T201
        sys.exit(BAD_INPUT)


def _choose_country(words: list[str]) -> None:
    """Take ``--country DIR`` from anywhere on the line: every command has it, and it holds for all of them."""
    for at, word in enumerate(words):
        name, given, folder = word.partition("=")
        if name != "--country":
            continue
        used = words[at : at + (1 if given else 2)]
        folder = folder or used[-1]
        if not (Path(folder) / "country.toml").is_file():
            expected = "the folder of a country, with country.toml (shekara country new)"
            raise InputError([Fault("--country", None, "", "" if folder == "--country" else folder, expected)])
        del words[at : at + len(used)]
        use_country(folder)
        return


def app(
    *,
    port: Annotated[int, typer.Option(help="Port on this machine.", min=1, max=65535)] = 8501,
    desk: Annotated[Path | None, typer.Option(help="A newsroom's desk, to write and review at.")] = None,
    user_header: Annotated[
        str, typer.Option(help="Header in which a proxy names who writes; it must strip it from outside.")
    ] = "",
    address: Annotated[
        str, typer.Option(help="Address to listen at; behind a proxy on this machine leave it.")
    ] = "localhost",
    base_path: Annotated[str, typer.Option(help="Path below which a proxy shows it, as /map.")] = "",
) -> None:
    """Open Shekara in the browser."""
    from geo.cli.launch import open_app  # noqa: PLC0415

    open_app(port, address, base_path, desk=desk, user_header=user_header)


def _say_version(asked: bool) -> None:
    if asked:
        from geo.version import __version__  # noqa: PLC0415

        print(f"shekara {__version__}")  # noqa: T201
        raise typer.Exit


@cli.callback()
def _shekara(
    *,
    country: Annotated[
        str, typer.Option(metavar="DIR", help="Another country's folder; may stand after any command.")
    ] = "",
    version: Annotated[
        bool, typer.Option("--version", help="Say the version and end.", callback=_say_version, is_eager=True)
    ] = False,
) -> None:
    pass


_COMMANDS: dict[str, Callable[..., None]] = {
    "import": import_table,
    "merge": merge_files,
    "draft": draft,
    "app": app,
    "summary": summary,
    "compare": compare_years,
    "quote": quote_place,
    "risk": risk,
    "backtest": backtest,
    "locate": locate,
    "check": check,
    "claims": compare,
    "export": export,
    "figure": figure,
    "publish": publish_folder,
    "verify": verify_folder,
}
for _name, _command in _COMMANDS.items():
    cli.command(_name)(_command)
cli.add_typer(register, name="register")
cli.add_typer(country, name="country")
cli.add_typer(desk, name="desk")
cli.add_typer(sources, name="sources")
cli.command("count", hidden=True)(count_by_old_name)
