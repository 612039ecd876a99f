"""Names of places in three languages, as the border files give them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.language.texts import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["name_in", "names_of"]


def names_of(row: Mapping[str, Any]) -> dict[str, str]:
    """Gather the names of a thing in every language; English where one is missing.

    Parameters
    ----------
    row
        With ``name_en`` and, where it is known, ``name_ru`` and ``name_kk``.

    Examples
    --------
    >>> names_of({"name_en": "Russia", "name_ru": "Россия", "name_kk": ""})
    {'en': 'Russia', 'ru': 'Россия', 'kk': 'Russia'}
    """
    return {lang: name_in(row, lang) for lang in LANGUAGES}


def name_in(row: Mapping[str, Any], lang: str) -> str:
    """Name a thing in one language; in English where that name is missing."""
    return str(row.get(f"name_{lang}", "") or row["name_en"])
