"""Texts of the data in the reader's language: agencies, statements and places, which the data say in English.

``agencies.csv`` and ``translations.csv`` hold them; until a native reader has read one, its last column says ``no``.
"""

from __future__ import annotations

import csv
import io

from geo.errors import Fault, InputError
from geo.language.texts import LANGUAGES, read_words
from geo.paths import data_path, of_country

__all__ = ["name_agencies", "name_goods", "translate", "translations_of"]

_OTHER = "other: "
_BETWEEN = "; "


def translate(text: str, lang: str) -> str:
    """A text of the data in a language; as it stands where no translation is there.

    Examples
    --------
    >>> translate("Kazakhstan (place not stated)", "ru"), translate("A hamlet", "kk")
    ('Казахстан (место не указано)', 'A hamlet')
    """
    return _read(lang).get(text, text)


def name_agencies(agencies: str, lang: str) -> str:
    """Name agencies, one or several with ``"; "`` between, without the mark of those outside the main list.

    Examples
    --------
    >>> name_agencies("KNB; other: Russian police", "ru"), name_agencies("other: Russian police", "en")
    ('КНБ; Полиция России', 'Russian police')
    """
    return _BETWEEN.join(translate(name, lang).removeprefix(_OTHER) for name in agencies.split(_BETWEEN))


def name_goods(goods: str, lang: str) -> str:
    """Name goods as a statement has them: a category, all of them, or words of its own.

    Examples
    --------
    >>> name_goods("fuel", "en"), name_goods("fuel (gasoline)", "ru"), name_goods("all", "en")
    ('Fuel', 'топливо (бензин)', 'All goods')
    """
    words = read_words(lang)
    return words["claims.all-goods"] if goods == "all" else words.get(f"goods.{goods}") or translate(goods, lang)


def translations_of(texts: set[str]) -> dict[str, dict[str, str]]:
    """Language → text → translation, of those of the texts that have one, and of every agency among them."""
    wanted = texts | {name for text in texts for name in text.split(_BETWEEN)}
    wanted |= {name.removeprefix(_OTHER) for name in wanted}
    return {
        lang: {text: translated for text, translated in _read(lang).items() if text in wanted} for lang in LANGUAGES
    }


@of_country()
def _read(lang: str) -> dict[str, str]:
    """Text → translation; an agency with its mark and without it."""
    if lang == "en":
        return {}
    read: dict[str, str] = {}
    for name, text, column in (("translations.csv", "en", lang), ("agencies.csv", "agency", f"name_{lang}")):
        path = data_path(name)
        try:
            content = io.StringIO(path.read_bytes().decode("utf-8"), newline="")
        except UnicodeDecodeError as error:
            raise InputError([Fault(str(path), None, "", str(error), "text in UTF-8")]) from error
        # A country's agencies may have no names in other languages.
        read |= {row[text]: row[column] for row in csv.DictReader(content) if row.get(column)}
    return {text.removeprefix(_OTHER): column for text, column in read.items()} | read
