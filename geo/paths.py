"""Paths of the data: the built-in ones, or another country's folder laid out like them."""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["country_folder", "data_path", "docs_path", "of_country", "use_country"]

Called = TypeVar("Called", bound="Callable[..., object]")

_PACKAGE = Path(__file__).resolve().parent
_VARIABLE = "SHEKARA_COUNTRY"
_OWN = (
    "borders", "country.toml", "incidents.geojson", "claims.csv", "agencies.csv", "clues.csv", "prepared.jsonl",
    "possible_same_as.csv", "intake/places.toml",
)  # fmt: skip
"""What is a country's own and never taken from another; the rest, as words for reading tables, is shared."""

_FORGET: list[Callable[[], None]] = []
"""Lets go of what was read of the country, one for each function of it."""


def use_country(folder: str | Path | None) -> None:
    """Take the data from a folder that ``shekara country new`` made, in this process and those that it starts.

    None: the built-in data. What was read of the country before (`of_country`) is let go of.
    """
    before = country_folder()
    if folder is None:
        os.environ.pop(_VARIABLE, None)
    else:
        os.environ[_VARIABLE] = str(Path(folder).resolve())
    if country_folder() != before:
        for forget in _FORGET:
            forget()


def country_folder() -> Path | None:
    """Folder of the country that was chosen; None: the built-in one."""
    chosen = os.environ.get(_VARIABLE)
    return Path(chosen) if chosen else None


def of_country(maxsize: int | None = None) -> Callable[[Called], Called]:
    """Keep what a function gave, the last ``maxsize`` of it, until another country is chosen."""

    def keep(function: Called) -> Called:
        memory = functools.lru_cache(maxsize=maxsize)(function)
        _FORGET.append(memory.cache_clear)
        return memory  # type: ignore[return-value]

    return keep


def data_path(*parts: str) -> Path:
    """Path of a file among the data.

    Installed, the built-in data lie inside the package (``geo/data``); in a checkout, beside it (``data``).

    Parameters
    ----------
    *parts
        Names below the data folder, outermost first.

    Returns
    -------
    pathlib.Path
        The path, in the chosen country's folder where it is there or a country's own; whether it exists is not
        checked.

    Examples
    --------
    >>> data_path("borders", "borders.geojson").name
    'borders.geojson'
    """
    chosen = country_folder()
    path = "/".join(parts)
    own = {path.split("/")[0], path} & {*_OWN}
    if chosen and (own or chosen.joinpath(*parts).exists()):
        return chosen.joinpath(*parts)
    return _folder("data").joinpath(*parts)


def docs_path(*parts: str) -> Path:
    """Path of a file among the documentation, which lies where the built-in data lie."""
    return _folder("docs").joinpath(*parts)


def _folder(name: str) -> Path:
    packaged = _PACKAGE / name
    return packaged if packaged.is_dir() else _PACKAGE.parent / name
