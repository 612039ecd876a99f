"""Agencies in running text, and what became of a case."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from geo.drafting.amounts import clause_of
from geo.drafting.lexicon import Mark, Shapes, lower, marks, pattern, says, word_list
from geo.intake.words.vocabularies import table
from geo.paths import data_path, of_country

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["OUTCOMES", "as_of", "country_of", "find_agencies", "find_outcomes", "home", "side_of_article", "who_acted"]

_SHAPES = Shapes("agency")

OUTCOMES = ("convicted", "case_opened", "seized", "refused_entry")
"""The furthest step first."""

_NEAR, _FAR = 30, 80


def home() -> str:
    """The home country's code."""
    return str(table("places")["home"]["code"])


@of_country()
def _countries() -> dict[str, str]:
    with data_path("agencies.csv").open(encoding="utf-8", newline="") as file:
        return {row["agency"]: row["country"] for row in csv.DictReader(file)}


def country_of(agency: str) -> str:
    """The country that an agency is of."""
    return _countries().get(agency, home())


def as_of(agency: str, year: int) -> str:
    """The name that an agency had in a year."""
    former = word_list("agencies", "before").get(agency)
    return str(former["name"]) if former and year < former["year"] else agency


def side_of_article(low: str, outlet: str = "") -> str:
    """The country whose agencies an article is about: another one only where none of home is named.

    Where nobody is named it is the country that the report was sent from, else that of the outlet’s name.
    """
    sides = [country_of(mark.value) for mark in marks(low, "agencies")]
    owners = (_owner(low, mark, 0, len(low)) for mark in marks(low, "agencies", "generic"))
    sides = sides or [one for one in owners if one in word_list("agencies", "generic_names")]
    sides = sides or [mark.value for mark in marks(low, "agencies", "officials")]
    sent_from = _SHAPES.dateline.search(low)  # "TASHKENT - …"
    # A paper in Kazakh is of home, whatever river it is named after.
    outlet = "" if _SHAPES.kazakh.search(low) else lower(outlet)
    for name in (sent_from[1] if sent_from else "", outlet):
        lands = [one.value for one in marks(name, "lands")]
        sides = sides or [one for one in lands if one in word_list("agencies", "generic_names")]
    return home() if home() in sides or not sides else max(sides, key=sides.count)


def find_agencies(low: str, start: int, end: int, side: str, before: Sequence[Mark] = ()) -> list[Mark]:
    """Find the agencies of a sentence, by their names in ``agencies.csv``; a bare service may be one of ``before``."""
    named = marks(low, "agencies", start=start, end=end)
    # "пограничная служба КНБ": the committee's name only says whose service it is.
    agencies = [one for one in named if one.value != "KNB" or not _SHAPES.service_of.search(low[start : one.start])]
    stops = [start, *(at for one in named for at in one.span), end]
    apart = zip(stops[::2], stops[1::2], strict=True)
    by_country = word_list("agencies", "generic_names")
    for mark in (mark for span in apart for mark in marks(low, "agencies", "generic", start=span[0], end=span[1])):
        spans = ((one, sorted((*one.span, *mark.span))[1:3]) for one in agencies)
        beside = (country_of(one.value) for one, between in spans if _SHAPES.together.fullmatch(low, *between))
        owner = _owner(low, mark, start, end) or next(beside, "")
        # The services of its kind, each of another country: a bare name is the last one told, but ours where that was.
        of_kind = {names.get(mark.value) for names in by_country.values()}
        told = [one.value for one in before[::-1] if one.value in of_kind]
        if not owner and told and by_country.get(side, {}).get(mark.value) not in told:
            owner = country_of(told[0])
        name = by_country.get(owner or side, {}).get(mark.value)
        written = low[mark.start - 1 : mark.start] == "«" and low[mark.end : mark.end + 1] == "»"  # on a jacket
        if name and not written and not _SHAPES.audits.match(low, mark.end):
            agencies.append(Mark(*mark.span, name))
    agencies = agencies or list(_told_again(low, start, end, before))
    acted = sorted((one for one in agencies if not _is_idle(low, one, start)), key=lambda mark: mark.start)
    if acted and before and (hit := _SHAPES.with_them.search(low, start, acted[0].start)):
        acted.insert(0, Mark(*hit.span(), before[-1].value))
    return acted


def _is_idle(low: str, agency: Mark, start: int) -> bool:
    """Whether an agency was but handed the goods, or only its house is named."""
    ahead = _SHAPES.handed.search(low, start, agency.start) or _SHAPES.house.search(low, start, agency.start)
    met = _SHAPES.man.search(low, start, agency.start) and _SHAPES.caught.match(low, agency.end)
    return bool(ahead or met or _SHAPES.given.match(low, agency.start) or _SHAPES.housed.match(low, agency.end))


def who_acted(low: str, agencies: Sequence[Mark]) -> list[Mark]:
    """Those of an event's agencies that are not its source alone; all, where nobody acted but those who helped."""
    acted: set[str] = set()
    helped: set[str] = set()
    tells, end = False, 0
    for mark in reversed(agencies):
        joined = tells and mark.end < end and _SHAPES.together.fullmatch(low, mark.end, end)  # "X and Y said"
        ahead = low[max(0, mark.start - _FAR) : mark.start]
        source = _SHAPES.source.search(ahead) or (_SHAPES.at.search(ahead) and _SHAPES.outpost.match(low, mark.start))
        end, tells = mark.start, bool(joined or source or _SHAPES.told.match(low, mark.end))
        if _SHAPES.beside.search(ahead) or _SHAPES.helped.match(low, mark.end):
            helped.add(mark.value)
        elif not tells:
            acted.add(mark.value)
    return [one for one in agencies if not acted or one.value in acted | helped]


def _told_again(low: str, start: int, end: int, before: Sequence[Mark]) -> Iterator[Mark]:
    """The agency told last that a short word stands for: "the ministry"."""
    for mark in marks(low, "agencies", "again", start=start, end=end):
        of_kind = word_list("agencies", "again_for")[mark.value]
        told = list(dict.fromkeys(one.value for one in before[::-1] if one.value in of_kind or not of_kind))
        if not _SHAPES.of_another.match(low, mark.end):
            yield from (Mark(*mark.span, one) for one in told[: 2 if mark.value == "both" else 1])


def _owner(low: str, mark: Mark, start: int, end: int) -> str:
    """The country that words beside a service's bare name say: "узбекские таможенники", "таможенники Оренбурга"."""
    for one in marks(low, "agencies", "adjectives", start=max(start, mark.start - _NEAR), end=mark.start):
        if _SHAPES.state.fullmatch(low, one.end, mark.start):
            return str(one.value)
    around = f"{low[max(start, mark.start - _NEAR) : mark.start]}#{low[mark.end : min(end, mark.end + _NEAR)]}"
    if _SHAPES.neighbours.search(around):
        told = (str(one.value) for one in reversed(marks(low, "lands", end=mark.start)))
        return next((one for one in told if one in word_list("agencies", "generic_names")), "")
    for one in marks(low, "lands", start=max(start, mark.start - _NEAR), end=min(end, mark.end + _NEAR)):
        is_kazakh = _SHAPES.kazakh.search(low, start, end) is not None
        is_latin = low[one.start].isascii()
        adjective = _SHAPES.adjective.search(low, one.start, one.end) is not None
        ahead = (is_kazakh or is_latin or adjective) and _SHAPES.before.fullmatch(low, one.start, mark.start)
        behind = not is_kazakh and _SHAPES.after.fullmatch(low, mark.end, one.end)
        if ahead or behind:  # one abroad is an agency of no list, and not ours
            return home() if one.value == "home" else str(one.value)
    foreign = pattern("foreign", "words").finditer(low, max(start, mark.start - _NEAR), min(end, mark.end + _NEAR))
    return "abroad" if any(_is_beside(low, mark, *hit.span()) for hit in foreign) else ""


def _is_beside(low: str, mark: Mark, start: int, end: int) -> bool:
    """Whether a land is said right before a service's name, or behind it: "customs at the port of Rotterdam"."""
    if end <= mark.start:
        return _SHAPES.state.fullmatch(low, end, mark.start) is not None
    return _SHAPES.of_land.fullmatch(low, mark.end, start) is not None


def find_outcomes(low: str, start: int, end: int) -> list[Mark]:
    """Find what became of a case, the furthest step first; what only may follow is none."""

    def is_open(mark: Mark) -> bool:
        # The law's threat, or a question; a sentence that was passed is neither.
        passed = mark.value == "convicted" and _SHAPES.sentenced.match(low, mark.start)
        asked = _SHAPES.asked.match(low, mark.end) is not None
        if mark.value != "refused_entry":
            behind = _SHAPES.denied_behind.match(low, mark.end)
            asked = asked or bool(behind or _SHAPES.denied.search(low, start, mark.start))
        return asked or (not passed and says(low[slice(*clause_of(low, mark.start, start, end))], "triggers", "threat"))

    steps = (one for one in marks(low, "triggers", "outcome", start=start, end=end) if not is_open(one))
    return sorted(steps, key=lambda mark: (OUTCOMES.index(mark.value), mark.start))
