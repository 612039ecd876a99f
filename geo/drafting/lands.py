"""Which way goods went, to or from which neighbour, and how they travelled."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from geo.drafting.amounts import clause_of
from geo.drafting.goods import find_goods
from geo.drafting.lexicon import Mark, Shapes, marks, pattern, says
from geo.vocabulary import DIRECTIONS

__all__ = ["ABROAD", "HOME", "MODES_BORNE", "UNKNOWN", "LandMark", "find_lands", "read_direction", "read_mode"]

_SHAPES = Shapes("land")

INTO, OUT, TRANSIT, UNKNOWN = DIRECTIONS
MODES_BORNE = ("post", "tunnel", "pipeline", "air", "water", "rail", "road", "foot", "parcel")
"""Modes in the order in which one stands above another; a parcel alone was posted, one in a train went by train."""
HOME, ABROAD = "home", "abroad"


@dataclass(frozen=True, slots=True)
class LandMark(Mark):
    """A land that a text names."""

    role: str = ""


def find_lands(low: str, start: int, end: int) -> list[LandMark]:
    """Find the countries and regions that goods may come from or go to, in a sentence in small letters."""
    lands = []
    for mark in marks(low, "lands", start=start, end=end):
        before, after = low[max(start, mark.start - 45) : mark.start], low[mark.end : end]
        word = low[mark.start : mark.end]
        named = next(iter(find_goods(after[:40])), None)
        of_goods = named and len(after[: named.start].split()) <= 1 and not _SHAPES.region.match(after)
        if (of_goods and _SHAPES.adjective.search(word)) or (mark.value == HOME and _SHAPES.made.match(after)):
            role = "from"
        elif _SHAPES.side.match(after):
            role = "from" if _SHAPES.off.search(before) else _role(before, word, after) or "line"
        elif _SHAPES.origin.search(before) or _SHAPES.person.match(word) or _SHAPES.person_behind.match(after):
            bound = _SHAPES.addressed.search(before) or _SHAPES.homeward.search(low, mark.end, end)
            role = "line" if _SHAPES.frontier.match(after) else "to" if bound else "origin"
        else:
            # "АҚШ-тан": the case stands behind a hyphen.
            case = re.match(r"-[^\W\d_]+", after)
            role = _role(before, word + (case[0] if case else ""), after)
        first, last = clause_of(low, mark.start, start, end)
        behind = min(last, mark.end + len(" кері қайтар"))  # in Kazakh the verb comes last
        beside = f"{low[max(start, min(first, mark.start - len('назад, в '))) : mark.start]}#{low[mark.end : behind]}"
        if role == "to" and says(beside, "triggers", "back"):
            role = "from"  # goods that were sent back
        lands.append(LandMark(*mark.span, mark.value, role))
        if role == "line" and mark.value != HOME and _SHAPES.pair.search(low, mark.start, mark.end + len("-казахск")):
            lands.append(LandMark(*mark.span, HOME))  # "кыргызско-казахской границы"
    for at, (one, other) in enumerate(pairwise(lands)):
        apart = one.value != other.value and low[other.end - 1] != "s"  # "ASTRAKHAN - Russia's service"
        apart = apart and not _SHAPES.road.search(low[max(start, one.start - 12) : one.start])
        if apart and not one.role and not other.role and _SHAPES.dash.fullmatch(low, one.end, other.start):
            # "рейс Дели – Алматы"
            lands[at : at + 2] = replace(one, role="from"), replace(other, role="to")
    return lands


def _role(before: str, word: str, after: str) -> str:
    around = f"{before}#{after}"
    off = _SHAPES.leads_from.search(around) or _SHAPES.genitive.search(f"{before}#{word}")
    if "-" not in word and _SHAPES.leads_to.search(around):
        return "to"
    at_border = _SHAPES.border.search(before) or _SHAPES.frontier.match(after) or _SHAPES.section.match(after)
    if word.startswith(("каспи", "caspian")) or at_border:
        return "line"
    if _SHAPES.kazakh.search(f"{before} {word} {after[:40]}") or word.startswith(("ресей", "шетел")):
        follows = _SHAPES.kazakh_noun.match(after)
        ending = follows[1] if follows else word
        to = _SHAPES.kazakh_to.search(ending) or _SHAPES.kazakh_awaited.match(word + after)
        loaded = _SHAPES.kazakh_loaded.match(word + after)
        return "from" if off or loaded or _SHAPES.kazakh_from.search(ending) else "to" if to else ""
    if off or _SHAPES.whence.search(before) or word.startswith("из-за"):
        return "from"
    case = _SHAPES.accusative.search(word) or _SHAPES.accusative_noun.match(after)
    into = case and _SHAPES.within.search(before)
    return "to" if into or _SHAPES.to.search(before) or _SHAPES.abroad.match(word) else ""


def read_direction(text: str, lands: list[LandMark], *, sides_abroad: bool) -> tuple[str, tuple[int, int] | None]:
    """Read which way goods went."""
    if says(text, "triggers", "way", "unsure") or _SHAPES.unsure.search(text):
        return UNKNOWN, None
    for hit in pattern("triggers", "way", "transit").finditer(text):
        declared = says(text[max(0, hit.start() - 30) : hit.start()], "triggers", "declared")
        if not declared and not _SHAPES.frontier.match(text, hit.end()):
            return TRANSIT, hit.span()
    ends = [(mark.role, mark.value == HOME) for mark in lands if mark.role in ("to", "from")]
    votes = [INTO if (role == "to") == at_home else OUT for role, at_home in ends]
    if votes.count(INTO) != votes.count(OUT):
        return (INTO if votes.count(INTO) > votes.count(OUT) else OUT), None
    at_home = {role for role, home in ends if home}
    if at_home:  # of two journeys the one told first
        return (votes[0] if len(at_home) > 1 else INTO if at_home == {"to"} else OUT), None
    if {("from", False), ("to", False)} <= set(ends):
        return TRANSIT, None
    hits = {way: pattern("triggers", "way", name).search(text) for way, name in ((INTO, "into"), (OUT, "out"))}
    ways = [(way, hit.span()) for way, hit in hits.items() if hit]
    return ways[0] if len(ways) == 1 and not sides_abroad else ("", None)


def read_mode(text: str) -> Mark | None:
    """How goods travelled, in a text in small letters: what bears the rest decides, a ferry before the lorry on it."""
    return min(marks(text, "triggers", "mode"), key=lambda mark: MODES_BORNE.index(mark.value), default=None)
