"""Amounts in running text: numbers with a unit or with what is counted, and what speaks against each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from geo.drafting.days import is_month
from geo.drafting.goods import find_goods
from geo.drafting.lexicon import pattern, says
from geo.drafting.numerals import find_numbers
from geo.intake.words.amounts import read_unit

__all__ = ["AmountMark", "clause_of", "find_amounts"]

_MASS, _COUNTED, _PACKED = ("t", "kg", "litre", "m3"), ("truck", "wagon"), ("box", "bale", "parcel", "bottle")
_NEXT = re.compile(r"[\s\u00a0]*([^\W\d_][\w-]*\.?)")
_STOP = frozenset(
    [
        "в",
        "во",
        "на",
        "из",
        "с",
        "со",
        "от",
        "до",
        "за",
        "по",
        "к",
        "у",
        "и",
        "а",
        "но",
        "или",
        "не",
        "то",
        "это",
        "для",
        "при",
        "под",
        "the",
        "a",
        "an",
        "in",
        "at",
        "on",
        "for",
        "from",
        "to",
        "and",
        "or",
        "but",
        "by",
        "with",
        "was",
        "were",
        "is",
        "are",
        "had",
        "has",
        "been",
        "that",
        "which",
        "who",
        "ал",
        "мен",
        "және",
        "бірақ",
        "үшін",
        "деп",
        "жаста",
    ]
)
_CLAUSE = re.compile(r"[,;:()\n]|\s[–—-]\s|\s(?:а|но|ал|бірақ|but|yet|while|whereas|although)\s")
_TOTAL = re.compile(
    r"(?:в сумме|в общей сложности|общ\w+ (?:вес|масс|объем|количеств)\w*|всего|итого|барлығы|жалпы\s+салма\w+|жалпы|in all\b|in total|altogether|a total of|total weight|combined)"
)
_TIME = re.compile(
    r"(?:жыл(?!қы)|ай|күн|сағат|апта|лет|год|месяц|недел|дней|дня|день|час|минут|суток|years?|months?|weeks?|days?|hours?|minutes?|км|km|шақырым|жаста)\w*\.?"
)
_CUBIC = re.compile(r"(?:куб\w*\.?|текше|cubic)\s+(?:м|m)|кубометр|куб\b|кубов\b")
_YEARS = (1900, 2099)


@dataclass(frozen=True, slots=True)
class AmountMark:
    """A number of something.

    Attributes
    ----------
    start, end
        Offsets.
    value, unit
        The number in a unit of the vocabulary.
    goods
        The category that the counted noun names, "" where the unit alone is told.
    rank
        3 a mass or volume, 2 things counted, 1 packages, 0 vehicles.
    total, declared
        Whether the words call it a total, or what papers say.
    against
        Why it is no quantity of goods found; "" where nothing speaks against it.
    """

    start: int
    end: int
    value: float
    unit: str
    goods: str = ""
    rank: int = 2
    total: bool = False
    declared: bool = False
    against: str = ""


def clause_of(low: str, at: int, start: int, end: int) -> tuple[int, int]:
    """First and last offset of the clause around a place in a sentence."""
    stops = list(_CLAUSE.finditer(low, start, end))
    first = max((hit.end() for hit in stops if hit.end() <= at), default=start)
    last = min((hit.start() for hit in stops if hit.start() >= at), default=end)
    return first, last


def find_amounts(low: str, start: int, end: int) -> list[AmountMark]:
    """Find the amounts of a sentence.

    Parameters
    ----------
    low
        The article in small letters.
    start, end
        The sentence.

    Returns
    -------
    list of AmountMark
        Sums of money but those in US dollars are none.
    """
    found: list[AmountMark] = []
    for number in find_numbers(low, start, end):
        read = _dollars_before(low, number.start, number.end) or _unit_after(low, number.end, end)
        if read is None or (
            number.value == int(number.value) and _is_year(low, number.start, number.end, number.value)
        ):
            continue
        unit, factor, last, goods = read
        value = float(f"{number.value * factor:.12g}")
        mark = AmountMark(number.start, last, value, unit, goods, _rank(unit))
        if found and _continues(low, found[-1], mark):
            one = found[-1]
            found[-1] = replace(
                one, end=last, value=float(f"{one.value * (1000 if one.unit == 't' else 1) + value:.12g}"), unit="kg"
            )
            continue
        found.append(_judged(low, mark, start, end))
    return found


def _is_year(low: str, start: int, end: int, value: float) -> bool:
    return (
        end - start == 4
        and _YEARS[0] <= value <= _YEARS[1]
        and bool(re.match(r"\s*(?:г\.?|год\w*|ж\.?|жыл\w*)(?!\w)", low[end:]))
    )


def _rank(unit: str) -> int:
    return 3 if unit in _MASS else 1 if unit in _PACKED else 0 if unit in _COUNTED else 2


def _unit_after(low: str, at: int, end: int) -> tuple[str, float, int, str] | None:
    """Unit, factor, last offset and goods of what a number counts, within the next few words."""
    words: list[tuple[str, int, int]] = []
    position = at
    for _ in range(6):
        word = _NEXT.match(low, position, end)
        if word is None:
            break
        words.append((word[1], word.start(1), word.end(1)))
        position = word.end()
        if word[1].endswith(".") and len(word[1]) > 5:  # noqa: PLR2004
            break
    for index, (word, first, last) in enumerate(words[:4]):
        ahead = " ".join(one for one, *_ in words[index : index + 3])
        following = words[index + 1][0] if index + 1 < len(words) else ""
        if word.strip(".") in _STOP or _is_number(word) or is_month(word):
            return None
        if _CUBIC.match(ahead):
            return "m3", 1.0, words[index + 1][2] if following and not word.startswith("кубов") else last, ""
        if _TIME.fullmatch(word):
            return None
        if pattern("triggers", "statement", "count").match(word) and not re.match(r"\s*of\s", low[last:]):
            return None
        if pattern("triggers", "money").match(word):
            dollars = word.startswith(("долл", "dollar", "usd"))
            return ("USD", 1.0, last, "currency") if dollars else None
        if re.match(r"(?:us|америк\w*|ақш)$", word) and following.startswith(("долл", "dollar")):
            return "USD", 1.0, words[index + 1][2], "currency"
        goods = next((mark for mark in find_goods(low, first, end) if mark.start == first), None)
        read = read_unit(ahead, goods.value if goods else "")
        near = next((mark.value for mark in find_goods(low, first, min(end, first + 40))), "")
        alone = read_unit(word, near if near == "tobacco" else "")
        if read and (alone or index + 1 >= len(words) or words[index + 1][0].strip(".") not in _STOP):
            if not alone:  # an adjective stands before it
                continue
            if goods and goods.value not in ("tobacco",) and alone[0] in ("piece", "head"):
                return alone[0], 1.0, goods.end, goods.value
            return alone[0], alone[1], last, ""
        packed = read_unit(following, "") if goods and following not in _STOP else None
        if packed and packed[0] not in ("piece", "head") and not _rank(packed[0]) == 3:  # noqa: PLR2004
            return packed[0], packed[1], words[index + 1][2], goods.value if goods else ""
        if goods and index < 3:  # noqa: PLR2004
            return ("head" if says(word, "triggers", "heads") else "piece"), 1.0, goods.end, goods.value
        if says(word, "triggers", "heads"):
            return "head", 1.0, last, ""
    return None


def _is_number(word: str) -> bool:
    return bool(find_numbers(word))


def _dollars_before(low: str, start: int, end: int) -> tuple[str, float, int, str] | None:
    return ("USD", 1.0, end, "currency") if re.search(r"(?:us)?\$\s*$", low[max(0, start - 5) : start]) else None


def _continues(low: str, one: AmountMark, other: AmountMark) -> bool:
    """Whether a second amount goes on with the first: 62 kg 400 grams."""
    return (
        one.unit in ("t", "kg") and other.unit == "kg" and bool(re.fullmatch(r"\s*(?:и|and)?\s*", low[one.end : other.start]))
        and other.value < (1000 if one.unit == "t" else 1)
    )  # fmt: skip


def _judged(low: str, mark: AmountMark, start: int, end: int) -> AmountMark:
    first, last = clause_of(low, mark.start, start, end)
    clause = low[first:last]
    before, after = low[first : mark.start], low[mark.end : last]
    return replace(
        mark,
        total=bool(_TOTAL.search(low[max(start, first - 12) : mark.start]) or _TOTAL.match(after.lstrip())),
        declared=says(clause, "triggers", "declared"),
        against=_against(low, mark, before, after, low[start:end]),
    )


def _against(low: str, mark: AmountMark, before: str, after: str, sentence: str) -> str:
    near = " ".join(before.split()[-3:])
    if mark.unit == "USD" and (says(before[-40:], "triggers", "price_before") or says(sentence, "triggers", "allowed")):
        return "a price or a limit"
    if says(near, "triggers", "price_before") and mark.unit != "USD":
        return "a price, a rate or a capacity"
    if mark.value == 1 and mark.rank <= 2 and says(f"{before} {after}", "triggers", "money"):  # noqa: PLR2004
        return "a price for one"
    if says(after[:22], "triggers", "rate_after"):
        return "a rate"
    if re.search(r"(?:^|\s)(?:от|from|between)\s+$", before) and re.match(r"\s*(?:до|to|and)\s", after):
        return "a range"
    if re.search(r"\b(?:от|from|between)\s+[\d\w\s,.]{1,15}(?:до|to|and)\s+$", before):
        return "a range"
    if re.match(r"\s*(?:назад|бұрын|ago|шақырым|км\b|km\b|метр)", after):
        return "a distance or a time"
    return ""
