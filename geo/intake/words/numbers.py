"""Numbers in figures, and what a whole column tells of its decimal mark."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["SPACE", "TOKEN", "find_decimal", "read_number"]

SPACE, _DIGITS, _GROUP = " \u00a0\u2007\u2009\u202f", "0123456789", 3
TOKEN = re.compile(rf"[0-9]{{1,3}}(?:[{SPACE}'’][0-9]{{3}})+(?![0-9])(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)*")


def find_decimal(values: Iterable[Any]) -> str:
    """Tell from a whole column what stands before the decimals, a comma or a point.

    Examples
    --------
    >>> find_decimal(["3,5", "1,250"]), find_decimal(["1,250"]), find_decimal(["1,250.5"])
    (',', '', '.')
    """
    seen = set()
    for value in values:
        if isinstance(value, str):
            for token in TOKEN.findall(value):
                seen |= _marks(token)
    return seen.pop() if len(seen) == 1 else ""


def _marks(token: str) -> set[str]:
    """The decimal mark that a number can only be meant with."""
    bare = re.sub(rf"[{SPACE}'’]", "", token)
    marks = [sign for sign in bare if sign in ".,"]
    if not marks:
        return set()
    if len(set(marks)) == 2:  # noqa: PLR2004
        return {marks[-1]}
    if len(marks) > 1:
        return {"." if marks[0] == "," else ","}
    head, _, tail = bare.partition(marks[0])
    if len(tail) != _GROUP or len(head) > _GROUP or head.startswith("0") or bare != token:
        return {marks[0]}
    return set()


def read_number(token: str, decimal: str = "") -> tuple[float, str]:
    """Read a number in figures.

    Examples
    --------
    >>> read_number("1.250,5"), read_number("1 250,5"), read_number("1,250")
    ((1250.5, ''), (1250.5, ''), (nan, 'may be 1.25 or 1250'))
    """
    bare = re.sub(rf"[{SPACE}'’]", "", token)
    marks = _marks(token)
    signs = {sign for sign in bare if sign in ".,"}
    if not signs:
        return float(bare), ""
    mark = next(iter(marks), "") or decimal
    if not mark:
        one = float(bare.replace(",", "."))
        return math.nan, f"may be {one:g} or {re.sub('[.,]', '', bare)}"
    if not _grouped(bare, mark):
        return math.nan, "not grouped by thousands"
    return float(bare.replace("." if mark == "," else ",", "").replace(mark, ".")), ""


def _grouped(bare: str, mark: str) -> bool:
    whole, _, rest = bare.partition(mark)
    groups = re.split("[.,]", whole)
    return not set(rest) - set(_DIGITS) and all(len(group) == _GROUP for group in groups[1:])
