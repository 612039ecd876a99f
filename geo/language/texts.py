"""The texts of each language: one JSON catalogue a language, with the country's own texts, read once."""

from __future__ import annotations

import json
import re
import tomllib
from importlib import resources
from typing import Any

from geo.errors import Fault, InputError, UnknownValueError
from geo.paths import data_path, of_country

__all__ = ["LANGUAGES", "read_country", "read_words"]

LANGUAGES: tuple[str, ...] = ("en", "ru", "kk")
_FACTS = {
    "iso2": ("[A-Z]{2}", "two capitals, ISO 3166-1"),
    "iso3": ("[A-Z]{3}", "three capitals, ISO 3166-1"),
    "currency": ("[A-Z]{3}", "three capitals, ISO 4217"),
    "currency_sign": (r"\S(?:.{0,8}\S)?", "its sign, or its code again"),
    **{f"name.{lang}": (r"\S.*", "the country's name in this language") for lang in LANGUAGES},
}
_OWN = re.compile(r"\{(homeland|currency|sign)\}")
_PLACEHOLDER = re.compile(r"\{(\w+)")


@of_country()
def read_words(lang: str) -> dict[str, str]:
    """Read a language's catalogue.

    Parameters
    ----------
    lang
        ``en``, ``ru`` or ``kk``.

    Returns
    -------
    dict
        Key → text; the country's in place of the catalogue's, its name for ``{homeland}``, its money
        for ``{currency}`` and ``{sign}``. ``{n}`` stands for a value,
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
    text = resources.files("geo.language").joinpath("words", f"{lang}.json").read_text(encoding="utf-8")
    profile = read_country()
    catalogue, own = json.loads(text), profile.get("words", {}).get(lang, {})
    faults = [
        Fault(str(data_path("country.toml")), None, f"words.{lang}", f"{key} = {given}", expected)
        for key, given in own.items()
        if (expected := _expected_text(catalogue.get(key), given))
    ]
    if faults:
        raise InputError(faults)
    facts = {"homeland": profile["name"][lang], "currency": profile["currency"], "sign": profile["currency_sign"]}
    return {key: _OWN.sub(lambda match: facts[match[1]], text) for key, text in (catalogue | own).items()}


@of_country()
def read_country() -> dict[str, Any]:
    """Read ``country.toml``: what is a country's own, as its name and its texts.

    Returns
    -------
    dict
        ``iso2``, ``iso3``, ``currency``, ``currency_sign``, perhaps ``currency_words``; ``name`` by language; ``words``
        by language and key.

    Raises
    ------
    InputError
        When the file is missing or is not TOML; with every fact that it lacks or that has another form.
    """
    path = data_path("country.toml")
    try:
        profile = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError([Fault(str(path), None, "", str(error), "the country's own facts, as TOML")]) from error
    names = profile.get("name", {})
    facts = profile | {f"name.{lang}": names.get(lang, "") for lang in LANGUAGES if isinstance(names, dict)}
    faults = [
        Fault(str(path), None, field, str(facts.get(field, "")), expected)
        for field, (pattern, expected) in _FACTS.items()
        if not (isinstance(fact := facts.get(field), str) and re.fullmatch(pattern, fact))
    ]
    called = profile.get("currency_words", [])
    if not (isinstance(called, list) and all(isinstance(word, str) and word.strip("* ") for word in called)):
        faults.append(Fault(str(path), None, "currency_words", str(called), 'a list of its names, as ["baht", "бат*"]'))
    words = profile.get("words", {})
    if not isinstance(words, dict) or not all(isinstance(words.get(lang, {}), dict) for lang in LANGUAGES):
        faults.append(Fault(str(path), None, "words", str(words), "a table [words.en], and so for each language"))
    if faults:
        raise InputError(faults)
    return profile


def _expected_text(ours: str | None, given: object) -> str:
    """What a country's text should be in place of ours; blank where it is that."""
    if ours is None:
        return "the key of a text in geo/language/words"
    unknown = {*_PLACEHOLDER.findall(str(given))} - {*_PLACEHOLDER.findall(ours), "homeland", "currency", "sign"}
    if unknown or not isinstance(given, str):
        return "a text with placeholders of the one that it replaces: " + ours
    return ""
