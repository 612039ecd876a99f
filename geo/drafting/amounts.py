"""Amounts in running text: numbers with a unit or with what is counted, and what speaks against each."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.drafting.days import is_month
from geo.drafting.goods import find_goods, is_live
from geo.drafting.lexicon import YEAR, Mark, Shapes, pattern, says, word_list
from geo.drafting.numerals import find_numbers, rounded
from geo.intake.words.amounts import read_unit
from geo.intake.words.days import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

__all__ = ["MEASURED", "AmountMark", "clause_of", "find_amounts", "find_declared"]

_SHAPES = Shapes("amount")

VEHICLES, PACKED, COUNTED, MEASURED = range(4)
"""Ranks of units: a weight or volume says more of goods than a count, a count more than packages."""

_MASSES = ("t", "kg", "litre", "m3")
_RANKS = dict.fromkeys(_MASSES, MEASURED) | dict.fromkeys(("truck", "wagon"), VEHICLES)
_RANKS |= dict.fromkeys(("box", "bale", "parcel", "bottle"), PACKED)
_KILOGRAMS = {"t": 1000, "kg": 1}
_LONGEST, _AHEAD, _DAYS = 5, 4, 31
_MOST = {"t": 1e5, "head": 1e5}
"""More than a find is of: a harvest, a herd, a year's traffic."""


@dataclass(frozen=True, slots=True)
class AmountMark(Mark):
    """A number of something."""

    value: float
    unit: str = ""
    goods: str = ""
    rank: int = COUNTED
    total: bool = False
    declared: bool = False
    against: bool = False

    @property
    def is_packages(self) -> bool:
        """Whether it only says in how many packages or vehicles goods were."""
        return self.rank <= PACKED


def clause_of(low: str, at: int, start: int, end: int) -> tuple[int, int]:
    """First and last offset of the clause around a place in a sentence."""
    stops = list(_SHAPES.clause.finditer(low, start, end))
    first = max((hit.end() for hit in stops if hit.end() <= at), default=start)
    return first, min((hit.start() for hit in stops if hit.start() >= at), default=end)


def find_declared(low: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Words of a part of a text for what papers say of goods: "declared as", and not "declared nowhere"."""
    for hit in pattern("triggers", "declared").finditer(low, start, end):
        around = f"{low[max(start, hit.start() - 25) : hit.start()]}#{low[hit.end() : min(end, hit.end() + 12)]}"
        if not _SHAPES.undeclared.search(around):
            yield hit


def find_amounts(low: str, start: int, end: int) -> list[AmountMark]:
    """Find the amounts of a sentence in small letters; sums of money but those in US dollars are none."""
    amounts: list[AmountMark] = []
    for number in find_numbers(low, start, end):
        if _SHAPES.dollars_before.search(low[max(0, number.start - 5) : number.start]):
            counted: _Counted | None = _Counted("USD", 1.0, number.end, "currency")
        else:
            counted = _counted_by(low, number.end, end, number.value)
        around = f"{low[max(start, number.start - 40) : number.start]}#{low[number.end : min(end, number.end + 20)]}"
        if counted is None and _SHAPES.bare.search(around):
            counted = _Counted("piece", 1.0, number.end)
        if counted is None and amounts and _SHAPES.in_total.match(low, number.end):
            counted = _Counted(amounts[-1].unit, 1.0, number.end)  # "24 tonnes apiece, 48 in total"
        in_figures = len(low[number.start : number.end]) == YEAR and FIRST_YEAR <= number.value <= LAST_YEAR
        if counted is None or (in_figures and _SHAPES.year.match(low, number.end)):
            continue
        value = rounded(number.value * counted.factor)
        mark = AmountMark(
            number.start, counted.end, value, counted.unit, counted.goods, _RANKS.get(counted.unit, COUNTED)
        )
        last = amounts[-1] if amounts else None
        if last and _SHAPES.exactly.search(low, last.end, mark.start):
            amounts.pop()  # "без малого полтонны, точнее 483 килограмма"
        less = last and mark.unit == "kg" and value < _KILOGRAMS.get(last.unit, 0)
        if last and less and _SHAPES.joined.fullmatch(low, last.end, mark.start):  # 62 kg 400 grams
            whole = last.value * _KILOGRAMS[last.unit] + value
            amounts[-1] = replace(last, end=mark.end, value=rounded(whole), unit="kg")
        else:
            amounts.append(_judged(low, mark, start, end))
    return amounts


@dataclass(frozen=True, slots=True)
class _Counted:
    """What a number counts: a unit, what the number is multiplied by, where the words end, the goods they name."""

    unit: str
    factor: float
    end: int
    goods: str = ""


def _words_behind(low: str, at: int, end: int) -> list[Mark]:
    words: list[Mark] = []
    while len(words) <= _LONGEST and (word := _SHAPES.next.match(low, at, end)):
        words.append(Mark(*word.span(1), word[1]))
        at = word.end()
        if word[1].endswith(".") and len(word[1]) > _LONGEST:
            break
    return words


def _counted_by(low: str, at: int, end: int, value: float) -> _Counted | None:
    """What a number counts, within the next few words."""
    words = _words_behind(low, at, end)
    for index, word in enumerate(words[:_AHEAD]):
        following = words[index + 1] if index + 1 < len(words) else None
        if _counts_nothing(low, word, months=value <= _DAYS):
            return None
        ahead = " ".join(one.value for one in words[index : index + 3])
        if _SHAPES.cubic.match(ahead):
            return _Counted("m3", 1.0, following.end if following and not word.value.startswith("кубо") else word.end)
        if pattern("triggers", "money").match(word.value):
            return _Counted("USD", 1.0, word.end, "currency") if _SHAPES.dollars.match(word.value) else None
        if following and _SHAPES.dollars_of.match(word.value) and _SHAPES.dollars.match(following.value):
            return _Counted("USD", 1.0, following.end, "currency")
        if counted := _unit_or_goods(low, word, following, ahead, end):
            cases = counted.goods and _SHAPES.cases_behind.match(low, counted.end)  # "two cash finds"
            return None if cases else counted
    return None


def _counts_nothing(low: str, word: Mark, *, months: bool) -> bool:
    """Whether a word behind a number says that it counts no goods: a preposition, a month, years, cases."""
    text = word.value.strip(".")
    criminal = _SHAPES.criminal.search(low, max(0, word.start - 20), word.start)
    boxes = not criminal and _SHAPES.of_cases.match(low, word.end)
    cases = not boxes and pattern("triggers", "statement", "count").match(text)
    time = (months and is_month(word.value)) or _SHAPES.time.fullmatch(word.value)
    uncounted = pattern("triggers", "uncounted").match(low, word.start)
    return bool(cases or time or uncounted or text in word_list("triggers", "nothing") or find_numbers(word.value))


def _unit_or_goods(low: str, word: Mark, following: Mark | None, ahead: str, end: int) -> _Counted | None:
    """What a word behind a number counts: a unit, or goods in packages or singly; None for an adjective."""
    beside = find_goods(low, word.start, min(end, word.start + 80))
    goods = next((mark for mark in beside if mark.start == word.start), None)
    near = next((mark.value for mark in beside if mark.end <= word.start + 40), "")
    said = f"жүк {following.value}" if following and word.value == "жүк" else word.value  # "23 жүк көлігі"
    alone = read_unit(said, near if near == "tobacco" else "")
    goes_on = following is not None and following.value.strip(".") not in word_list("triggers", "nothing")
    of_more_words = goods is not None and goods.end > word.end
    if read_unit(ahead, goods.value if goods else "") and (alone or (goes_on and not of_more_words) or not following):
        if alone and goods and goods.value != "tobacco" and alone[0] in ("piece", "head"):
            return _Counted(alone[0], 1.0, goods.end, goods.value)
        return _Counted(*alone, word.end) if alone else None
    packed = read_unit(following.value) if goods and following and goes_on else None
    if goods and following and packed and packed[0] not in ("piece", "head", *_MASSES):
        return _Counted(*packed, following.end, goods.value)
    by_head = is_live(f"{word.value} {following.value if goods and following else ''}", goods.value if goods else "")
    unit = "head" if by_head else "piece"
    in_bags = goods and following and goods.end <= word.end and says(following.value, "goods", "container", "words")
    if goods and (goods.value == "currency" or in_bags):
        return None  # "two bags of cash", "two cloth bags"
    if goods and goods.value == "vehicles" and goods.end <= word.end and says(word.value, "triggers", "mode", "road"):
        unit = "truck"
    if goods:
        return _Counted(unit, 1.0, goods.end, "" if unit == "truck" else goods.value)
    return _Counted(unit, 1.0, word.end) if by_head or says(word.value, "triggers", "things") else None


def _judged(low: str, mark: AmountMark, start: int, end: int) -> AmountMark:
    first, last = clause_of(low, mark.start, start, end)
    before, after = low[first : mark.start], low[mark.end : last]
    total = _SHAPES.total
    return replace(
        mark,
        total=bool(total.search(low[max(start, first - 12) : mark.start]) or total.match(after.lstrip())),
        declared=_SHAPES.most.search(f"{before}#{after}") is not None
        or any(find_declared(low, start if low[first - 1 : first] == ":" else first, last)),
        against=_is_against(mark, before, after, low[start:end], start),
    )


def _is_against(mark: AmountMark, before: str, after: str, sentence: str, start: int) -> bool:
    at, live = mark.start - start, mark.unit == "head" and bool(mark.goods)
    near = _SHAPES.behind.sub("", before[-40:] if mark.unit == "USD" else " ".join(before.split()[-3:]))
    return bool(
        mark.value > _MOST.get(mark.unit, math.inf)
        or says(near, "triggers", "price_before")
        or ((mark.unit == "USD" or _SHAPES.limit.search(before)) and says(sentence, "triggers", "allowed"))
        or (_SHAPES.over.search(before) and says(sentence, "triggers", "needs"))
        or _SHAPES.limit_alone.fullmatch(sentence, 0, at)
        or (mark.value == 1 and mark.rank < MEASURED and says(f"{before} {after}", "triggers", "money"))
        or says(after[:22], "triggers", "rate_after")
        or _SHAPES.none_found.search(f"{before}#{after}")
        or (mark.value == 1 and _SHAPES.single_price.match(after))
        or (mark.goods and mark.unit == "piece" and _SHAPES.inside.search(before))
        # A one in words may only be an article: "one box", "бір сөмке".
        or (mark.value == 1 and mark.rank <= COUNTED and not live and _SHAPES.of_one.match(sentence, at))
    )
