"""Word lists by table: those in ``data/intake``, and how text is made comparable."""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from typing import Any

from geo.errors import Fault, InputError
from geo.paths import data_path

__all__ = ["plain", "table"]

_APART = re.compile(r"[^\w#№$%]+")

_OF_PLACES = ("neighbours", "regions", "codes", "home", "common")
"""Tables that a country's own ``places.toml`` has."""


@functools.cache
def table(name: str) -> dict[str, Any]:
    """One of the word lists."""
    path = data_path("intake", f"{name}.toml")
    try:
        words = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InputError([Fault(str(path), None, "", str(error), "words of tables, as TOML")]) from error
    missing = [key for key in _OF_PLACES if name == "places" and not isinstance(words.get(key), dict)]
    if missing:
        raise InputError(Fault(str(path), None, key, "", "a table of names") for key in missing)
    return words


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
