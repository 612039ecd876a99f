"""Word lists by table: those in ``data/intake``, and how text is made comparable."""

from __future__ import annotations

import datetime as dt
import functools
import re
import tomllib
import unicodedata
from typing import TYPE_CHECKING, Any

from geo.errors import Fault, InputError
from geo.paths import data_path, of_country

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["plain", "read_table", "table"]

_APART = re.compile(r"[^\w#№$%]+")


@of_country()
def table(name: str) -> dict[str, Any]:
    """One of the word lists."""
    return read_table(data_path("intake", f"{name}.toml"))


def read_table(path: Path) -> dict[str, Any]:
    """Read a word list. Names of places are a country's own, so their form is checked: all faults are raised."""
    try:
        words = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError([Fault(str(path), None, "", str(error), "words of tables, as TOML")]) from error
    if path.stem == "places" and (faults := list(_faults_of_places(words, path))):
        raise InputError(faults)
    return words


def _faults_of_places(words: dict[str, Any], path: Path) -> Iterator[Fault]:
    tables = {name: words.get(name) for name in ("neighbours", "regions", "codes", "home", "common")}
    home, common = (_items(tables[name]) for name in ("home", "common"))
    former = words.get("former")
    splits = [_items(one) for one in former] if isinstance(former, list) else []
    names = {
        f"{name}.{code}": given for name in ("neighbours", "regions") for code, given in _items(tables[name]).items()
    }
    given = {
        **{name: (value, dict, "a table") for name, value in tables.items()},
        "former": (former, list, "a list"),
        **{f"former.{at}.until": (one.get("until"), dt.date, "a day, as 2022-06-08") for at, one in enumerate(splits)},
        **{f"former.{at}.regions": (one.get("regions"), list, "a list of codes") for at, one in enumerate(splits)},
        "home.names": (home.get("names"), list, "a list"),
        "common.names": (common.get("names"), list, "a list"),
        **{field: (value, list, "a list of names") for field, value in names.items()},
        "home.code": (home.get("code"), str, "the country's code"),
    }
    for field, (value, kind, expected) in given.items():
        if not isinstance(value, kind):
            yield Fault(str(path), None, field, "none" if value is None else str(value), expected)


def _items(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


@functools.lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Make text comparable: no case, no punctuation, single spaces, ё as е.

    Examples
    --------
    >>> plain("  Кол-во,  шт. ")
    'кол во шт'
    """
    low = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е").replace("_", " ")
    return _APART.sub(" ", low).strip()
