"""Keys under which a place name is the same in Latin, Russian and Kazakh letters."""

from __future__ import annotations

import functools
import re
import unicodedata

from geo.intake.words.vocabularies import table

__all__ = ["fold", "fold_loosely", "inflections"]

_SHORTEST = 3


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
    # German and scholarly spellings write й as j: Altaj, Sajram.
    bare = re.sub(r"(?<=[aeiouy])j(?![aeiouy])", "i", bare)
    for spelling, sound in letters["spellings"]:
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
    for sound, other in table("letters")["alike"]:
        key = key.replace(sound, other)
    key = key.replace("o", "u").replace("e", "i")
    return re.sub(r"(.)\1+", r"\1", key)


def inflections(name: str) -> list[str]:
    """Names that a word in another case may have come from, in Kazakh and Russian.

    Examples
    --------
    >>> "Шымкент" in inflections("Шымкентте"), "Кордай" in inflections("Кордая"), inflections("Syrym")
    (True, True, [])
    """
    low = name.casefold()
    return [
        name[: len(name) - len(ending)] + instead
        for ending, instead in table("letters")["cases"]
        if low.endswith(ending) and len(name) - len(ending) >= _SHORTEST
    ]
