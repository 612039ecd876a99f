"""Keys under which a place name is the same in Latin, Russian and Kazakh letters."""

from __future__ import annotations

import functools
import re
import unicodedata

from geo.intake.vocabularies import table

__all__ = ["fold", "fold_loosely", "inflections"]

# Latin spellings of one sound, the longer first: Jarkent, Dzharkent and Zharkent; Qorday and Korday.
_SPELLINGS = (
    ("dzh", "zh"), ("dj", "zh"), ("tsch", "ch"), ("sch", "sh"), ("j", "zh"),
    ("gh", "g"), ("q", "k"), ("x", "kh"), ("w", "v"),
    ("c h", "ch"), ("ya", "ia"), ("yu", "iu"), ("yo", "io"), ("ye", "e"), ("y", "i"),
)  # fmt: skip
_KAZAKH_CASES = re.compile(
    r"(?:дағы|дегі|тағы|тегі|ның|нің|дың|дің|тың|тің|дан|ден|тан|тен|нан|нен|да|де|та|те|ға|ге|қа|ке)$"
)
_RUSSIAN_CASES = re.compile(r"(?:ском|ской|ского|скому|ая|ое|ый|ий|ой|ом|ем|ью|ами|ах|ях|[аеиоуыюяйь])$")
_SHORTEST = 4


@functools.lru_cache(maxsize=200_000)
def fold(name: str) -> str:
    """A key for names that are spelled alike in another script.

    Examples
    --------
    >>> {fold(name) for name in ("Zharkent", "Jarkent", "Жаркент")}
    {'zharkent'}
    >>> {fold(name) for name in ("Maykapshagay", "Майкапшагай", "Майқапшағай")}
    {'maikapshagai'}
    """
    low = unicodedata.normalize("NFC", name).casefold()
    letters = table("letters")
    latin = "".join(letters["cyrillic"].get(letter, letter) for letter in low)
    bare = "".join(
        letters["latin"].get(letter, letter)
        for letter in unicodedata.normalize("NFKD", latin)
        if not unicodedata.combining(letter)
    )
    for spelling, sound in _SPELLINGS:
        bare = bare.replace(spelling, sound)
    bare = bare.replace("kh", "h")
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[^\w]|_", "", bare))


@functools.lru_cache(maxsize=200_000)
def fold_loosely(name: str) -> str:
    """A coarser key, for names that the languages pronounce a little differently.

    Examples
    --------
    >>> fold_loosely("Маканчи") == fold_loosely("Мақаншы")
    True
    """
    key = fold(name)
    for sound, other in (
        ("shch", "sh"),
        ("ch", "sh"),
        ("ts", "s"),
        ("h", "k"),
        ("sk", "s"),
        ("ie", "e"),
        ("io", "o"),
        ("iu", "u"),
        ("ia", "a"),
    ):
        key = key.replace(sound, other)
    key = key.replace("o", "u").replace("e", "i")
    return re.sub(r"(.)\1+", r"\1", key)


def inflections(name: str) -> list[str]:
    """Shorter forms that a name in another case may have come from.

    Examples
    --------
    >>> inflections("Достыка"), inflections("Шымкентте")
    (['Достык'], ['Шымкент', 'Шымкентт'])
    """
    forms = []
    for pattern in (_KAZAKH_CASES, _RUSSIAN_CASES):
        found = pattern.search(name.casefold())
        if found and found.start() >= _SHORTEST:
            forms.append(name[: found.start()])
    return forms
