"""The quantity of an event: the find that it is of, and the amounts that add up to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.drafting.amounts import MEASURED
from geo.drafting.goods import find_goods
from geo.drafting.lexicon import Shapes
from geo.drafting.numerals import find_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.drafting.amounts import AmountMark
    from geo.drafting.article import Article
    from geo.drafting.finds import Find

__all__ = ["main_find"]

_SHAPES = Shapes("find")

_COUNTED = ("electronics", "medicines", "other", "vehicles", "weapons")
"""Goods that an article counts where it can."""


def _is_counted(low: str, find: Find, amount: AmountMark) -> bool:
    """Whether goods are counted, whatever they weigh: horns, an aircraft, bottles of medicine."""
    singly = find.goods in _COUNTED and (not amount.is_packages or amount.unit == "bottle")
    return singly or _SHAPES.horns.search(low, *amount.span) is not None


def main_find(article: Article, finds: Sequence[Find]) -> tuple[Find, list[AmountMark]]:
    """The find that an event's quantity is of, and the amounts that add up to it.

    A total stands before a part, a weight before a count, a count before packages, what the title tells before all of
    its kind; what papers say comes last.
    """
    low, head = article.low, article.sentences[0]
    span = (head.start, head.start if head.paragraph else head.end)
    title = {mark.value for mark in (*find_numbers(low, *span), *find_goods(low, *span))}
    measured = [(find, find.amount) for find in finds if find.amount is not None]
    if not measured:
        return finds[0], []

    def order(one: tuple[Find, AmountMark]) -> tuple[bool, int, bool, int, int]:
        in_title = len(title & {one[1].value, one[0].goods})
        return one[1].declared, -one[1].rank, not one[1].total, -in_title, one[1].start

    best, amount = min(measured, key=order)
    counted = [one for one in measured if one[1].rank < MEASURED and _is_counted(low, *one)]
    if counted and amount.rank == MEASURED and counted[0][1].start < amount.start:
        best, amount = min(counted, key=order)  # what they weigh is told beside
    exact = [one for one in measured if one[1].is_exact(amount) and one[0].goods == best.goods]
    best, amount = exact[0] if exact else (best, amount)
    parts = [amount]
    for find, other in measured:
        beside = find.scene.number == best.scene.number and other.start >= parts[-1].end and find.goods == best.goods
        same = other.unit == amount.unit and not other.total and not other.is_packages and not amount.total
        # One list: "68 t of diesel and 120 t of petrol", and not "2.9 t of meat: 1.4 t of pork".
        told_again = ":" in low[parts[-1].end : other.start]
        if beside and same and not told_again and _SHAPES.list.fullmatch(low, parts[-1].end, other.start):
            parts.append(other)
    return best, parts[:1] if sum(one.value for one in parts[1:]) == amount.value else parts
