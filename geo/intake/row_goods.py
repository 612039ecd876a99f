"""Goods that a row names: in their own cell, in another one, or by a code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.intake.words.cells import plain_text, show_cell
from geo.intake.words.terms import Worded, read_goods, read_goods_code

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["name_goods"]


def name_goods(
    cells: dict[str, Any], record: dict[str, Any], unit: str, note: Callable[..., None]
) -> tuple[Worded | None, str]:
    """The goods that a row names, None where it names none, and the words that do."""
    text, described = plain_text(cells.get("goods")), record["goods_description"]
    read = read_goods(text or described) if text or described else None
    if read is not None and read.problem.startswith("several"):
        read = read_goods(text or described, f"{show_cell(cells.get('quantity'))} {unit}")
    code = plain_text(cells.get("goods_code"))
    if coded := read_goods_code(code):
        if read is None or not read.category:
            return Worded(coded), text or code
        if coded != read.category:
            note("goods", code, f"its code is one of {coded}", f"kept as {read.category}")
    if read is None or not read.category:
        # The heading may say what the cell does not.
        others = (described, record["title"], record["support_note"])
        telling = next((one for one in others if one and read_goods(one).category), "")
        if telling and telling != text:
            return Worded(read_goods(telling).category, "taken from the words of another column"), text or telling
    return read, text
