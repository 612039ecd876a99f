"""The texts of each language: one JSON catalogue a language, with the country's own texts, read once."""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from geo.errors import Fault, InputError, UnknownValueError
from geo.paths import country_folder, data_path

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["LANGUAGES", "read_country", "read_words"]

LANGUAGES: tuple[str, ...] = ("en", "ru", "kk")
_VALUE = re.compile(r"\{(\w+)")


def read_words(lang: str) -> dict[str, str]:
    """Read a language's catalogue.

    Parameters
    ----------
    lang
        ``en``, ``ru`` or ``kk``.

    Returns
    -------
    dict
        Key → text; the country's in place of the catalogue's, its name for ``{homeland}``. ``{n}`` stands for a value,
        ``{n|one|many}`` for the form of a word that the number ``n`` asks for (``{n|one|few|many}`` in Russian).
        Not to be changed: it is shared.

    Raises
    ------
    UnknownValueError
        When there is no such catalogue.

    Examples
    --------
    >>> read_words("ru")["goods"]
    'Товары'
    """
    if lang not in LANGUAGES:
        raise UnknownValueError("language", lang, LANGUAGES)
    return _read(lang, country_folder())


def read_country() -> dict[str, Any]:
    """Read ``country.toml``: what is a country's own, as its name and its texts.

    Returns
    -------
    dict
        ``iso2``, ``iso3``, ``currency``; ``name`` by language; ``words`` by language and key; ``notes`` by border.

    Raises
    ------
    InputError
        When the file is missing, is not TOML, lacks the country's name in a language, or has other than texts.
    """
    return _read_country(country_folder())


# The folder is the key: texts are asked for at every number, and to find a path costs two hundred times as much.
@cache
def _read_country(_folder: Path | None) -> dict[str, Any]:
    path = data_path("country.toml")
    try:
        profile = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError([Fault(str(path), None, "", str(error), "the country's own facts, as TOML")]) from error
    names, words = profile.get("name"), profile.get("words", {})
    own = {lang: names.get(lang) if isinstance(names, dict) else None for lang in LANGUAGES}
    faults = [
        Fault(str(path), None, f"name.{lang}", "", "the country's name in this language")
        for lang, name in own.items()
        if not isinstance(name, str) or not name
    ]
    for lang, texts in words.items() if isinstance(words, dict) else [("", None)]:
        known = _catalogue(lang) if lang in LANGUAGES else {}
        for key, text in texts.items() if isinstance(texts, dict) else [("", None)]:
            values = {*_VALUE.findall(known.get(key, str(text))), "homeland"}
            if not isinstance(text, str) or not values.issuperset(_VALUE.findall(text)):
                expected = "a text, with no other {values} than the one in whose place it stands"
                faults.append(Fault(str(path), None, f"words.{lang}.{key}", str(text)[:80], expected))
    if faults:
        raise InputError(faults)
    return profile


@cache
def _catalogue(lang: str) -> dict[str, str]:
    words: dict[str, str] = json.loads(
        resources.files("geo.language").joinpath("words", f"{lang}.json").read_text("utf-8")
    )
    return words


@cache
def _read(lang: str, folder: Path | None) -> dict[str, str]:
    profile = _read_country(folder)
    words = _catalogue(lang) | profile.get("words", {}).get(lang, {})
    return {key: text.replace("{homeland}", profile["name"][lang]) for key, text in words.items()}
