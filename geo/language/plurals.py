"""Numbers with their nouns."""

from __future__ import annotations

__all__ = ["many"]


def many(count: int, what: str) -> str:
    """A number with its noun.

    Examples
    --------
    >>> many(1, "row"), many(1309, "record")
    ('1 row', '1,309 records')
    """
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
