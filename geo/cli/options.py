"""The filter options that every command takes, said once."""

from __future__ import annotations

import functools
import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.cli.arguments import BORDERS
from geo.errors import ShekaraError
from geo.facets import FACETS, facet
from geo.incidents.months import first_day, last_day
from geo.incidents.selection import Selection, parse_min_quantity
from geo.publishing.request import Request

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from geo.facets import Facet

__all__ = ["Request", "filtered"]

_PANEL = "Filters"


def _option(text: str, *names: str, **more: Any) -> Any:
    return typer.Option(*names, help=text, rich_help_panel=_PANEL, show_default=False, **more)


_HINTS: dict[str, Any] = {"choices": list[str], "flag": bool}
_BLANK: dict[str, Any] = {"choices": [], "flag": False}


def _options() -> dict[str, tuple[Any, Any]]:
    """Name of each option → its hint and what it is where nobody gives it."""
    options = {
        one.field: (
            Annotated[
                _HINTS.get(one.kind, str),
                _option(one.option, *([f"--{one.field.replace('_', '-')}"] if one.kind == "flag" else [])),
            ],
            _BLANK.get(one.kind, ""),
        )
        for one in FACETS
        if one.option
    }
    files = {
        "incidents": "Incident file in place of the built-in one.",
        "desk": "Desk in place of the built-in incidents: what is published there.",
        "borders": BORDERS,
    }
    return options | {name: (Annotated[Path | None, _option(text)], None) for name, text in files.items()}


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the filter options; it takes a :class:`Request` as its first argument."""
    own = inspect.signature(command, eval_str=True)
    options = _options()
    keyword = inspect.Parameter.KEYWORD_ONLY

    @functools.wraps(command)
    def run(**given: Any) -> None:
        command(_request({name: given.pop(name) for name in options}), **given)

    parameters = [parameter.replace(kind=keyword) for parameter in list(own.parameters.values())[1:]] + [
        inspect.Parameter(name, keyword, default=blank, annotation=hint) for name, (hint, blank) in options.items()
    ]
    run.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    del run.__wrapped__  # else the hints are read from the command itself
    return run


def _request(given: dict[str, Any]) -> Request:
    incidents, desk, borders = (given.pop(name) for name in ("incidents", "desk", "borders"))
    if desk is not None:
        from geo.desk.file import open_desk  # noqa: PLC0415

        if incidents is not None:
            raise ShekaraError("--desk and --incidents exclude each other: both say where the records are")
        open_desk(desk).close()  # says what is wrong with a file that is none
        incidents = desk
    return Request(Selection(**{name: _read(facet(name), value) for name, value in given.items()}), incidents, borders)


def _read(one: Facet, given: Any) -> Any:
    """Meaning of an option, as a selection takes it."""
    if one.kind == "day":
        return _day(given, one.field) if given else None
    if one.kind == "quantity":
        return parse_min_quantity(given) if given else None
    return tuple(one.former.get(value, value) for value in given) if one.repeated else given


def _day(text: str, name: str) -> date:
    try:
        return (first_day if name == "since" else last_day)(text)
    except ValueError:
        raise ShekaraError(f"--{name} {text!r} is no date: write it as YYYY-MM-DD, for example 2024-07-03") from None
