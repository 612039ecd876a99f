"""The words of the map and the page, in English, Russian and Kazakh: one JSON catalogue a language."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources

from geo.errors import UnknownValueError

__all__ = ["LANGUAGES", "read_words", "say", "write_date", "write_number", "write_rate", "write_share"]

LANGUAGES: tuple[str, ...] = ("en", "ru", "kk")

_PLACEHOLDER = re.compile(r"\{(\w+)(?:\|([^{}]*))?\}")


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
    words = read_words(lang)

    def fill(match: re.Match[str]) -> str:
        value = values[match[1]]
        if match[2] is not None:
            forms = match[2].split("|")
            return forms[min(_form(lang, float(value)), len(forms) - 1)]
        return value if isinstance(value, str) else write_number(lang, value)

    return _PLACEHOLDER.sub(fill, words[key])


def write_number(lang: str, value: float) -> str:
    """Write a number as the language does, with at most two decimals.

    Examples
    --------
    >>> write_number("en", 17541), write_number("ru", 0.5)
    ('17,541', '0,5')
    """
    words = read_words(lang)
    text = f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
    return text.translate({ord(","): words["number.group"], ord("."): words["number.point"]})


def write_rate(lang: str, value: float) -> str:
    """Write a rate as the map does: two decimals under one, one from one on, nothing under 0.005.

    Examples
    --------
    >>> write_rate("en", 0.934), write_rate("ru", 12.345), write_rate("en", 0.001)
    ('0.93', '12,3', '0')
    """
    if value < 0.005:  # noqa: PLR2004
        return "0"
    text = f"{value:,.1f}" if value >= 0.995 else f"{value:.2f}"  # noqa: PLR2004
    words = read_words(lang)
    return text.translate({ord(","): words["number.group"], ord("."): words["number.point"]})


def write_share(lang: str, share: float) -> str:
    r"""Write a share in per cent with two figures, as the page does; a whole number from ten per cent on.

    Examples
    --------
    >>> write_share("en", 0.17), write_share("ru", 0.000399)
    ('17\xa0%', '0,04\xa0%')
    """
    percent = 100 * share
    return say(lang, "number.percent", n=float(f"{percent:.2g}") if percent < 10 else round(percent))  # noqa: PLR2004


def write_date(lang: str, text: str) -> str:
    """Write an ISO date of a day, a month or a year as the language does.

    Examples
    --------
    >>> write_date("en", "2024-07-03"), write_date("ru", "2024-07"), write_date("kk", "2024")
    ('3 Jul 2024', 'июль 2024', '2024')
    """
    parts = text.split("-")
    words = read_words(lang)
    if len(parts) == 1:
        return parts[0] or words["date.none"]
    month = int(parts[1])
    if len(parts) == 2:  # noqa: PLR2004 (a year and a month)
        return say(lang, "date.month", long=words[f"month.long.{month}"], y=parts[0])
    return say(lang, "date.day", d=str(int(parts[2])), month=words[f"month.{month}"], y=parts[0])


def _form(lang: str, number: float) -> int:
    """Which plural form a number takes (CLDR): English 0–1, Russian 0–2, Kazakh always 0 here."""
    if lang == "kk":
        return 0
    if lang == "en":
        return int(number != 1)
    if number % 1:
        return 1
    last, last_two = int(number) % 10, int(number) % 100
    if last == 1 and last_two != 11:  # noqa: PLR2004
        return 0
    return 1 if 2 <= last <= 4 and not 12 <= last_two <= 14 else 2  # noqa: PLR2004
