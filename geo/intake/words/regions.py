"""Regions in what people write: by any of their names, or by a code of ISO or of KATO, the classifier of places."""

from __future__ import annotations

import re

from geo.intake.words.vocabularies import plain, table
from geo.paths import of_country

__all__ = ["code_of_region", "names_region"]

_KATO = re.compile(r"(\d{2})\d{7}")


def code_of_region(text: str) -> str:
    """The ISO code of a home region that a code names: KATO's nine figures, ISO's figures or its former letters.

    Examples
    --------
    >>> code_of_region("310000000"), code_of_region("КЗ-23"), code_of_region("KZ-ATY"), code_of_region("Ақтау")
    ('KZ-31', 'KZ-23', 'KZ-23', '')
    """
    home, codes = table("places")["home"]["code"], table("places")["codes"]
    bare = text.strip().upper().replace("К", "K").replace("З", "Z")
    if match := _KATO.fullmatch(bare):
        code = f"{home}-{match[1]}"
    elif match := re.fullmatch(rf"{home}[-_ ]?([A-Z]{{3}}|\d{{2}})", bare):
        code = codes.get(match[1], f"{home}-{match[1]}")
    else:
        return ""
    return str(code) if code in table("places")["regions"] else ""


def names_region(text: str) -> bool:
    """Whether a text names a home region."""
    return bool(code_of_region(text)) or any(f" {word}" in f" {plain(text)}" for word in _words())


@of_country()
def _words() -> frozenset[str]:
    return frozenset(plain(word) for words in table("places")["regions"].values() for word in words)
