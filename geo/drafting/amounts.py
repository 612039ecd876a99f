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
_ALIKE = (_KILOGRAMS.keys(), {"head", "piece"})
_LONGEST, _AHEAD, _DAYS = 5, 4, 31
_ANY = 1e12
"""No number of anything."""
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

    def is_exact(self, other: AmountMark) -> bool:
        """Whether it tells exactly what another tells in round figures: 8,253 after "some 8,000"."""
        rough, fine = (len(f"{one.value:.6f}".replace(".", "").strip("0")) for one in (other, self))
        same = self.unit == other.unit or any({self.unit, other.unit} <= kind for kind in _ALIKE)
        value = self.value * _KILOGRAMS.get(self.unit, 1) / _KILOGRAMS.get(other.unit, 1)
        return same and abs(value - other.value) * 5 < other.value and rough == 1 and fine > rough + 1


def clause_of(low: str, at: int, start: int, end: int) -> tuple[int, int]:
    """First and last offset of the clause around a place in a sentence; a comma in quotes parts none."""
    every = _SHAPES.clause.finditer(low, start, end)
    stops = [hit for hit in every if low.rfind("«", start, hit.start()) <= low.rfind("»", start, hit.start())]
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
    amounts, in_total = list[AmountMark](), _SHAPES.in_total
    for number in find_numbers(low, start, end):
        if _SHAPES.dollars_before.search(low[max(0, number.start - 5) : number.start]):
            counted: _Counted | None = _Counted("USD", 1.0, number.end, "currency")
        else:
            one = low.startswith("-", number.end) and _SHAPES.of_a.search(low, start, number.start)  # "a 37-kilo cask"
            counted = _counted_by(low, number.end + bool(one), end, number.value)
        around = f"{low[max(start, number.start - 40) : number.start]}#{low[number.end : min(end, number.end + 20)]}"
        last = amounts[-1] if amounts else None
        exact = _SHAPES.exactly.search(low, last.end, number.start) if last else None
        of = last and last.rank == MEASURED and low.startswith(" of ", number.end) and counted
        if last and (of.unit == "piece" if of else counted is None and (exact or in_total.match(low, number.end))):
            counted = _Counted(last.unit, 1.0, number.end, last.goods)  # "20 tonnes of rice, 14 of tea, 34 in total"
        of_them = number.value > _DAYS and _SHAPES.of_them.match(low, number.end)
        if counted is None and (of_them or _SHAPES.bare.search(around)):
            counted = _Counted("piece", 1.0, number.end)
        in_figures = len(low[number.start : number.end]) == YEAR and FIRST_YEAR <= number.value <= LAST_YEAR
        if counted is None or (in_figures and _SHAPES.year.match(low, number.end)) or not 0 < number.value < _ANY:
            continue
        value = rounded(number.value * counted.factor)
        rank = _RANKS.get(counted.unit, COUNTED)
        of_goods = counted.goods or ("currency" if counted.unit == "USD" else "")
        mark = AmountMark(number.start, counted.end, value, counted.unit, of_goods, rank)
        if exact or (last and _SHAPES.exact_behind.match(low, mark.end)):
            amounts.pop()  # "без малого полтонны, точнее 483 килограмма", "nearly six kilos, 5.92 kg to be exact"
        each = _SHAPES.apiece.search(f"{low[max(0, mark.start - 30) : mark.start]}#{low[mark.end : mark.end + 12]}")
        less = last and mark.unit == "kg" and value < _KILOGRAMS.get(last.unit, 0)
        if last and less and _SHAPES.joined.fullmatch(low, last.end, mark.start):  # 62 kg 400 grams
            whole, unit = rounded(last.value + value / _KILOGRAMS[last.unit]), last.unit
            if unit == "t" and round(whole, 1) != whole:  # 1 t 200 kg are 1.2 t, and 1 t 408 kg are 1,408 kg
                whole, unit = rounded(last.value * _KILOGRAMS["t"] + value), "kg"
            amounts[-1] = replace(last, end=mark.end, value=whole, unit=unit)
        elif each and last and last.value > 1 and VEHICLES < last.rank < MEASURED == rank:
            amounts[-1] = replace(last, end=mark.end, value=rounded(last.value * value), unit=mark.unit)
        else:
            among = last is not None and _SHAPES.among.search(low, last.end, mark.start) is not None
            amounts.append(_judged(low, replace(mark, against=among), start, end))
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
        stem = _SHAPES.case.sub("", word[1])  # "260 келіден", "120 бастан"
        words.append(Mark(*word.span(1), stem if read_unit(stem) and not read_unit(word[1]) else word[1]))
        at = word.end()
        if word[1].endswith(".") and len(word[1]) > _LONGEST:
            break
    return words


def _counted_by(low: str, at: int, end: int, value: float) -> _Counted | None:
    """What a number counts, within the next few words."""
    words = _words_behind(low, at, end)
    for index, word in enumerate(words[:_AHEAD]):
        following = words[index + 1] if index + 1 < len(words) else None
        other = value == 1 and _SHAPES.beside.search(word.value)  # "бір көліктің жүксалғышынан ет"
        if other or _counts_nothing(low, word, months=value <= _DAYS):
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
    nothing = text in word_list("triggers", "nothing") and not _SHAPES.titles.match(low, word.start)
    return bool(cases or time or uncounted or nothing or find_numbers(word.value))


def _unit_or_goods(low: str, word: Mark, following: Mark | None, ahead: str, end: int) -> _Counted | None:
    """What a word behind a number counts: a unit, or goods in packages or singly; None for an adjective."""
    beside = find_goods(low, word.start, min(end, word.start + 80))
    goods = next((mark for mark in beside if mark.start == word.start), None)
    near = next((mark.value for mark in beside if mark.end <= word.start + 40), "")
    carton = _SHAPES.carton.fullmatch(word.value)  # "500 блоков сигарет"
    said = "box" if carton else word.value
    said = f"жүк {following.value}" if following and word.value == "жүк" else said  # "23 жүк көлігі"
    alone = read_unit(said, near if near == "tobacco" else "")
    if alone is None and goods is None and following:
        alone = read_unit(f"{said} {following.value}")  # "13 миллион тал темекі"
    ahead = said if alone and (alone[0] in _MASSES or carton) else ahead  # "18 т мяса птицы"
    owner = following and _SHAPES.genitive.search(word.value) and any(one.start == following.start for one in beside)
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
    if owner or (goods and (goods.value == "currency" or in_bags)):
        return None  # "үш бүркіттің тұлыбы", "two bags of cash", "two cloth bags"
    if goods and goods.value == "vehicles" and goods.end <= word.end and says(word.value, "triggers", "mode", "road"):
        unit = "truck"
    if goods:
        return _Counted(unit, 1.0, goods.end, "" if unit == "truck" else goods.value)
    driven = None if by_head else pattern("goods", "driven", "words").match(low, word.start, end)
    unit, last = ("truck", driven.end()) if driven else (unit, word.end)
    return _Counted(unit, 1.0, last) if driven or by_head or says(word.value, "triggers", "things") else None


def _judged(low: str, mark: AmountMark, start: int, end: int) -> AmountMark:
    first, last = clause_of(low, mark.start, start, end)
    before, after = low[first : mark.start], low[mark.end : last]
    near = f"{low[max(start, first - 30) : mark.start]}#{after.lstrip()}"
    papers = find_declared(low, start if low[first - 1 : first] == ":" else first, last)
    return replace(
        mark,
        total=bool(_SHAPES.total.search(near) or _SHAPES.opens_total.match(low, start, mark.start)),
        declared=_SHAPES.most.search(f"{before}#{after}") is not None
        or any(not _SHAPES.in_fact.search(low, hit.end(), mark.start) for hit in papers),
        against=mark.against or _is_against(mark, before, after, low[start:end], start),
    )


def _is_against(mark: AmountMark, before: str, after: str, sentence: str, start: int) -> bool:
    at, live = mark.start - start, mark.unit == "head" and bool(mark.goods)
    listed = mark.goods and _SHAPES.list_and.search(before)  # "екі автокран мен бір автоклав"
    near = _SHAPES.behind.sub("", before[-40:] if mark.unit == "USD" else " ".join(before.split()[-3:]))
    return bool(
        mark.value > _MOST.get(mark.unit, math.inf)
        or says(near, "triggers", "price_before")
        or ((mark.unit == "USD" or _SHAPES.limit.search(f"{before}#{after}")) and says(sentence, "triggers", "allowed"))
        or (_SHAPES.over.search(before) and says(sentence, "triggers", "needs"))
        or _SHAPES.limit_alone.fullmatch(sentence, 0, at)
        or (mark.value == 1 and mark.rank < MEASURED and says(f"{before} {after}", "triggers", "money"))
        or says(after[:22], "triggers", "rate_after")
        or _SHAPES.none_found.search(f"{before}#{after}")
        or (mark.value == 1 and _SHAPES.single_price.match(after))
        or (mark.goods and mark.unit == "piece" and _SHAPES.inside.search(before))
        # A one in words may only be an article: "one box", "бір сөмке".
        or (mark.value == 1 and mark.rank <= COUNTED and not live and not listed and _SHAPES.of_one.match(sentence, at))
    )
