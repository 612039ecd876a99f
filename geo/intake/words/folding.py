"""Keys under which a place name is the same in Latin, Russian and Kazakh letters."""

from __future__ import annotations

import functools
import re
import unicodedata

from geo.intake.words.vocabularies import table

__all__ = ["fold", "fold_loosely", "inflections"]

# Latin spellings of one sound, the longer first: Jarkent, Dzharkent and Zharkent; Qorday and Korday.
_SPELLINGS = (
    ("dzh", "zh"), ("dj", "zh"), ("tsch", "ch"), ("sch", "sh"), ("j", "zh"),
    ("gh", "g"), ("q", "k"), ("x", "kh"), ("w", "v"),
    ("c h", "ch"), ("ya", "ia"), ("yu", "iu"), ("yo", "io"), ("ye", "e"), ("y", "i"),
)  # fmt: skip
# Endings of cases, and what the name ends in without them.
_CASES = (
    *(
        (ending, "")
        for ending in ("дағы", "дегі", "тағы", "тегі", "ның", "нің", "дың", "дің", "тың", "тің", "дан", "ден")
    ),
    *((ending, "") for ending in ("тан", "тен", "нан", "нен", "да", "де", "та", "те", "ға", "ге", "қа", "ке")),
    *(("ом", ""), ("ем", ""), ("ой", "а"), ("ей", "я"), ("а", ""), ("у", ""), ("е", ""), ("ы", ""), ("и", "")),
    *(("я", "й"), ("ю", "й"), ("ем", "й"), ("е", "й"), ("е", "а"), ("у", "а"), ("ы", "а"), ("и", "ь"), ("и", "я")),
    *(("е", "я"), ("е", "о"), ("а", "о"), ("ом", "о"), ("ом", "ое"), ("ом", "ый"), ("ом", "ий"), ("ого", "ое")),
    *(("ого", "ый"), ("ой", "ая")),
)
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
    """Names that a word in another case may have come from, in Kazakh and Russian.

    Examples
    --------
    >>> "Шымкент" in inflections("Шымкентте"), "Кордай" in inflections("Кордая"), inflections("Syrym")
    (True, True, [])
    """
    low = name.casefold()
    return [
        name[: len(name) - len(ending)] + instead
        for ending, instead in _CASES
        if low.endswith(ending) and len(name) - len(ending) >= _SHORTEST
    ]
