"""The first schema's names and words, read for ever and written never."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.vocabulary import FORMER_FIELDS, FORMER_WORDS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FORMER_CURRENCY", "renew_cells", "schema_of"]

FORMER_CURRENCY = "KZT"
"""The currency of ``value_kzt``, which schema 1 stated in its name."""


def schema_of(table: pd.DataFrame) -> int:
    """Schema that a table of raw cells is written in: 1 where any name or word is one of the first schema's, else 2.

    Examples
    --------
    >>> import pandas as pd
    >>> schema_of(pd.DataFrame({"direction": ["into_kz"]})), schema_of(pd.DataFrame({"direction": ["inbound"]}))
    (1, 2)
    """
    if any(name in table for name in FORMER_FIELDS):
        return 1
    return 1 if any(name in table and table[name].isin([*words]).any() for name, words in FORMER_WORDS.items()) else 2


def renew_cells(table: pd.DataFrame) -> pd.DataFrame:
    """Rename the first schema's fields and words to today's; other cells stay as they are.

    Parameters
    ----------
    table
        Raw cells (dtype object); it is left as it is.

    Returns
    -------
    pandas.DataFrame
        With ``value_home`` and ``currency`` in place of ``value_kzt``. Where a file gives a field under both
        names, the old one stays beside the new one, for the reader to refuse.
    """
    renewed = table.rename(columns={old: new for old, new in FORMER_FIELDS.items() if new not in table})
    if "value_kzt" in table and "value_home" not in table and "currency" not in table:
        worth = renewed["value_home"]
        renewed["currency"] = [FORMER_CURRENCY if _filled(value) else "" for value in worth]
    for name, words in FORMER_WORDS.items():
        if name in renewed:
            cells = renewed[name].tolist()
            renewed[name] = [words.get(cell, cell) if isinstance(cell, str) else cell for cell in cells]
    return renewed


def _filled(value: object) -> bool:
    """Whether a raw cell holds anything: neither blank nor missing."""
    return value is not None and value == value and bool(str(value).strip())  # noqa: PLR0124  (NaN is not itself)
