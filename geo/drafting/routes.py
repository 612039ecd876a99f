"""Which way goods went, to or from which neighbour, and how they travelled."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.drafting.lexicon import Mark, marks, pattern, says
from geo.vocabulary import DIRECTIONS

__all__ = ["MODES_BORNE", "LandMark", "find_lands", "read_direction", "read_mode"]

INTO, OUT, TRANSIT, _ = DIRECTIONS
MODES_BORNE = ("post", "tunnel", "pipeline", "air", "water", "rail", "road", "foot", "parcel")
"""Modes in the order in which one stands above another; a parcel alone was posted, one in a train went by train."""
_HOME, _ABROAD = "home", "abroad"
_FROM = re.compile(
    r"(?:\b(?:из|с территории|со стороны|от|from|out of|left|leaving)\s+(?:[\w-]+ой\s+|[\w-]+ого\s+)?(?:the\s+)?(?:region\s+of\s+)?)$"
)
_TO = re.compile(
    r"(?:\b(?:в сторону|до|для|на территорию|вглубь|к границе с|to|into|towards?|bound for|for|reach(?:ed)?)\s+"
    r"(?:the\s+)?(?:[\w’'-]+\s+){0,2}?(?:in\s+(?:the\s+)?)?)$"
)
_IN = re.compile(r"\b(?:в|во|на)\s+$")
_TO_FORM = re.compile(r"(?:ию|ью|ну|ку|ую|ву|ру|ту|лу|ай|стан|джан|ран|баи|си|ты|нт|раты|ск|ург)$")
_KK_TO, _KK_FROM = re.compile(r"(?:ға|ге|қа|ке|на|не)$"), re.compile(r"(?:дан|ден|тан|тен|нан|нен)$")
_ORIGIN = re.compile(
    r"(?:граждан\w*|жител\w*|урожен\w*|национал\w*|азамат\w*|тұрғын\w*|citizens?\s+of|resident\s+of|native\s+of|man\s+of)\s*$"
)
_BORDER = re.compile(r"(?:границ\w*\s+с|рубеж\w*\s+с|border\s+with|frontier\s+with)\s*$")
_FRONTIER = re.compile(r"^\s*(?:frontier|border|шекара\w*)")


@dataclass(frozen=True, slots=True)
class LandMark:
    """A land that a text names.

    Attributes
    ----------
    start, end
        Offsets.
    land
        ``home``, a border's code, or ``abroad``.
    role
        ``to``, ``from``, ``line`` (on the border with it), or "".
    """

    start: int
    end: int
    land: str
    role: str


def find_lands(low: str, start: int, end: int) -> list[LandMark]:
    """Find the countries and regions that goods may come from or go to, in a sentence in small letters."""
    found = []
    for mark in marks(low[start:end], "lands"):
        first, last = start + mark.start, start + mark.end
        before, word = low[max(start, first - 34) : first], low[first:last]
        if _ORIGIN.search(before) or re.match(
            r"(?:russian|chinese|казахстанск|казахстанец|казахстанц|kazakhstani)", word
        ):
            role = "line" if _FRONTIER.match(low[last:end]) else "origin"
        else:
            # "АҚШ-тан": the case stands behind a hyphen.
            case = re.match(r"-[^\W\d_]+", low[last:end])
            role = _role(before, word + (case[0] if case else ""), low[last:end])
        found.append(LandMark(first, last, str(mark.value), role))
    return found


def _role(before: str, word: str, after: str) -> str:
    if word.startswith(("каспи", "caspian")) or _BORDER.search(before) or _FRONTIER.match(after):
        return "line"
    if re.search(r"[әғқңөұүһі]", f"{before} {word} {after[:40]}") or word.startswith(("ресей", "шетел")):
        follows = re.match(r"\s+(облыс\w*|қалас\w*|жағына|бағытына)", after)
        ending = follows[1] if follows else word
        if re.match(r"\s+(?:шыққан|шығып|әкелін|келген|әкел|жеткіз)", after) and _KK_FROM.search(ending):
            return "from"
        return "to" if _KK_TO.search(ending) else "from" if _KK_FROM.search(ending) else ""
    if _FROM.search(before) or word.startswith(("из-за",)):
        return "from"
    if word.startswith(("за рубеж", "за границу", "шетелге", "abroad", "overseas")):
        return "to"
    if _TO.search(before):
        return "to"
    if _IN.search(before) and (_TO_FORM.search(word) or re.match(r"\s+(?:область|край)\b", after)):
        return "to"
    return ""


def read_direction(text: str, lands: list[LandMark], *, sides_abroad: bool) -> tuple[str, tuple[int, int] | None]:
    """Read which way goods went.

    Parameters
    ----------
    text
        What is said of the event, in small letters.
    lands
        Its lands.
    sides_abroad
        Whether a neighbour's agencies acted, whose "export" is the home country's import.

    Returns
    -------
    tuple
        A direction, "" where it isn't said, and where in the text the deciding words stand, None where they are
        those of a land.
    """
    if says(text, "triggers", "way", "unsure"):
        return "", None
    if hit := pattern("triggers", "way", "transit").search(text):
        return TRANSIT, (hit.start(), hit.end())
    votes = {INTO: 0, OUT: 0}
    for mark in lands:
        if mark.role in ("to", "from"):
            inward = (mark.land == _HOME) == (mark.role == "to")
            votes[INTO if inward else OUT] += 1
    ends = {(mark.role, mark.land != _HOME) for mark in lands}
    if votes[INTO] != votes[OUT]:
        return (INTO if votes[INTO] > votes[OUT] else OUT), None
    ends_home = [mark.role == "to" for mark in lands if mark.land == _HOME and mark.role in ("to", "from")]
    if ends_home and len(set(ends_home)) == 1:
        return (INTO if ends_home[0] else OUT), None
    if votes[INTO] and {("from", True), ("to", True)} <= ends:
        return TRANSIT, None
    words = {way: pattern("triggers", "way", name).search(text) for way, name in ((INTO, "into"), (OUT, "out"))}
    told = [way for way, hit in words.items() if hit]
    if len(told) == 1 and not sides_abroad:
        hit = words[told[0]]
        return told[0], (hit.start(), hit.end()) if hit else None
    return "", None


def read_mode(text: str) -> Mark | None:
    """How goods travelled, in a text in small letters: what bears the rest decides, a ferry before the lorry on it."""
    found = marks(text, "triggers", "mode")
    for mode in MODES_BORNE:
        for mark in found:
            if mark.value == mode:
                return mark
    return None
