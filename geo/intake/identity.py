"""Ids made from what a record says, so that a table that grows keeps those of its rows."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from itertools import count
from typing import TYPE_CHECKING

from geo.intake.words.vocabularies import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = ["free_id", "make_ids", "tidy_id"]

_LENGTH, _REST = 10, 4


def make_ids(keys: Sequence[tuple[str, ...]], rests: Sequence[str], dates: Sequence[str]) -> list[str]:
    """Ids of records: the date and a digest of what tells one record from another.

    Parameters
    ----------
    keys
        What a record is known by: date, goods, quantity, place, source. Nothing else goes into an id, so a column
        that is added to the table changes none, nor do rows that are added, left out or put in another order.
    rests
        All else that a record says. It tells records with one key apart, so an id never passes to another record.
    dates
        ISO dates, "" for undated.

    Returns
    -------
    list of str
        Records that are the same in all their cells are numbered.

    Examples
    --------
    >>> first = make_ids([("2024", "salt"), ("2024", "tea")], ["", ""], ["2024", "2024"])
    >>> second = make_ids([("2024", "tea"), ("2024", "ice"), ("2024", "salt")], ["", "", ""], ["2024"] * 3)
    >>> first == [second[2], second[0]]
    True
    """
    stems = [
        f"{date or 'undated'}-{_digest('|'.join(map(plain, key)), _LENGTH)}"
        for key, date in zip(keys, dates, strict=True)
    ]
    ways: dict[str, set[str]] = defaultdict(set)
    for stem, rest in zip(stems, rests, strict=True):
        ways[stem].add(rest)
    seen: Counter[str] = Counter()
    ids = []
    for stem, rest in zip(stems, rests, strict=True):
        name = stem if len(ways[stem]) == 1 else f"{stem}-{_digest(rest, _REST)}"
        seen[name] += 1
        ids.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return ids


def tidy_id(text: str) -> str:
    """An id as the schema wants it: without spaces and semicolons.

    Examples
    --------
    >>> tidy_id("КД 12/2024; а")
    'КД-12/2024-а'
    """
    return re.sub(r"[\s;]+", "-", text.strip())


def free_id(identifier: str, taken: Collection[str]) -> str:
    """An id that nobody has, with a number where somebody has it."""
    return next(
        one for number in count(1) if (one := f"{identifier}-{number}" if number > 1 else identifier) not in taken
    )


def _digest(text: str, length: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]
