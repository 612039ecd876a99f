"""Catalogue of what the map and the page say, in English, Russian and Kazakh."""

from __future__ import annotations

import re

from geo.language.numbers import write_number
from geo.language.plurals import plural_form
from geo.language.texts import LANGUAGES, read_words

__all__ = ["LANGUAGES", "read_words", "say"]

_PLACEHOLDER = re.compile(r"\{(\w+)(?:\|([^{}]*))?\}")


def say(lang: str, key: str, **values: str | float) -> str:
    """Put values into a text of the catalogue.

    Parameters
    ----------
    lang
        ``en``, ``ru`` or ``kk``.
    key
        Key of the text.
    **values
        What its placeholders stand for; numbers are written as the language writes them.

    Returns
    -------
    str

    Examples
    --------
    >>> say("en", "card.records", n=1), say("ru", "card.records", n=3)
    ('1 record', '3 записи')
    >>> say("en", "card.records", n=17541)
    '17,541 records'
    """

    def fill(match: re.Match[str]) -> str:
        value = values[match[1]]
        if match[2] is not None:
            forms = match[2].split("|")
            return forms[min(plural_form(lang, float(value)), len(forms) - 1)]
        return value if isinstance(value, str) else write_number(lang, value)

    return _PLACEHOLDER.sub(fill, read_words(lang)[key])
