"""The texts of each language: one JSON catalogue a language, read once."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from geo.errors import UnknownValueError

__all__ = ["LANGUAGES", "read_words"]

LANGUAGES: tuple[str, ...] = ("en", "ru", "kk")


@cache
def read_words(lang: str) -> dict[str, str]:
    """Read a language's catalogue.

    Parameters
    ----------
    lang
        ``en``, ``ru`` or ``kk``.

    Returns
    -------
    dict
        Key → text. ``{n}`` stands for a value, ``{n|one|many}`` for the form of a word that the number ``n`` asks
        for (``{n|one|few|many}`` in Russian). Not to be changed: it is shared.

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
    words: dict[str, str] = json.loads(text)
    return words
