"""Sentences with all that is read in them, and what kind of sentence each is: an event, the background, a statement."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from geo.drafting.agencies import find_agencies, find_outcomes, home, side_of_article
from geo.drafting.amounts import find_amounts
from geo.drafting.counts import Period, find_counts, read_period, spans_told
from geo.drafting.days import find_days, has_day
from geo.drafting.goods import find_goods
from geo.drafting.lands import find_lands
from geo.drafting.lexicon import DAY, YEAR, Mark, Shapes, says, word_list
from geo.drafting.places import find_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.drafting.amounts import AmountMark
    from geo.drafting.article import Article, Sentence
    from geo.drafting.counts import CountMark
    from geo.drafting.days import DayMark
    from geo.drafting.lands import LandMark
    from geo.drafting.places import PlaceMark
    from geo.intake.places.gazetteer import Gazetteer

__all__ = ["Scene", "days_in", "is_other_time", "read_scenes", "tells_another"]

_SHAPES, _FIND = Shapes("sum"), Shapes("find")
_COMMON = ("food", "wildlife", "currency", "metals", "jewelry", "fuel")
"""Goods that no name of a make stands for."""
_HEADING = 6
"""Words of the longest heading of an item."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence and its marks; ``hints``: names of crossings that no word beside them calls one."""

    number: int
    sentence: Sentence
    days: Sequence[DayMark]
    amounts: Sequence[AmountMark]
    goods: Sequence[Mark]
    places: Sequence[PlaceMark]
    hints: Sequence[PlaceMark]
    lands: Sequence[LandMark]
    agencies: Sequence[Mark]
    outcomes: Sequence[Mark]
    counts: Sequence[CountMark]
    finding: bool
    background: bool

    @property
    def paragraph(self) -> int:
        """Number of its paragraph; the title is 0."""
        return self.sentence.paragraph

    @property
    def text(self) -> str:
        """Its words in small letters."""
        return self.sentence.text


def read_scenes(article: Article, gazetteer: Gazetteer) -> list[Scene]:
    """Read every sentence of an article."""
    low, side, published = article.low, side_of_article(article.low, article.outlet), article.published
    scenes: list[Scene] = []
    sides: dict[int, str] = {}
    told_before: list[Mark] = []
    heading: Period | None = None
    all_days = find_days(low, published)
    spans = spans_told(low, all_days, published)
    dated = any(day.role == "event" and len(day.value) > YEAR for day in all_days)
    for number, sentence in enumerate(article.sentences):
        start, end, paragraph = sentence.start, sentence.end, sentence.paragraph
        amounts = find_amounts(low, start, end)
        counted = [one for one in amounts if one.goods]  # "1955 tortoises" is no year
        days = [one for one in all_days if start <= one.start < end and not any(map(one.meets, counted))]
        named = find_places(article.text, gazetteer, start, end, low=low, side=side)
        sent = max((day.end for day in days if day.role == "dateline"), default=0)  # from where a report was sent
        places, hints = [[one for one in named if (one.sure and one.start >= sent) is sure] for sure in (True, False)]
        sides[paragraph] = _side_of_post(places, gazetteer) or sides.get(paragraph, "")
        agencies = find_agencies(low, start, end, sides[paragraph] or side, told_before)
        told_before += agencies
        places = [one for one in places if not (one.value.isupper() and any(map(one.meets, agencies)))]  # ФСБ, ҰҚК
        goods = [mark for mark in find_goods(low, start, end) if _is_goods(article, mark, places, days)]
        listed = sentence.item and any(scene.text.rstrip().endswith(":") for scene in scenes[-1:])
        # Questions between answers part nothing.
        near = paragraph - 1 - sum(scene.text.rstrip().endswith("?") for scene in scenes[-2:])
        follows = any(scene.counts for scene in scenes if listed or near <= scene.paragraph)
        # A day of the sentence before is one that "since then" may stand for.
        beside = [day for one in scenes[-1:] for day in one.days if len(day.value) == DAY and not day.relative]
        told = sorted([*spans, *(Period(*day.span, day.value) for day in beside)], key=lambda one: one.start)
        if number == 0 and agencies:
            heading = read_period(low, sentence, days, published, spans)
        stated = (one for scene in scenes[::-1] for one in scene.counts if one.period and not one.period.compared)
        sums = bool(scenes) and scenes[-1].paragraph == paragraph and _SHAPES.over.search(scenes[-1].text) is not None
        sums = sums or (
            bool(scenes) and near <= scenes[-1].paragraph and _SHAPES.report.search(scenes[-1].text) is not None
        )
        summed = read_period(low, scenes[-1].sentence, scenes[-1].days, published, spans) if sums else None
        follows = follows or (summed is not None and bool(scenes[-1].agencies))
        counting = agencies or [one for one in told_before[-1:] if _is_theirs(low, one, sentence)]
        counts = find_counts(
            low,
            sentence,
            days,
            counting,
            published=published,
            follows=follows,
            spans=told,
            heading=heading if sentence.item else summed,
            before=next(stated, None),
        )
        acting = [one for one in agencies if one.value not in word_list("agencies", "tells", "names")]
        read = (days, amounts, goods, places, hints, find_lands(low, start, end), acting)
        names_a_find = _names_a_find(sentence)
        outcomes = find_outcomes(low, start, end)
        opens = paragraph == 1 and not any(scene.paragraph for scene in scenes)  # the lead tells of the event
        acted = bool(outcomes) or (names_a_find and bool(acting or any(one.kind == "crossing" for one in places)))
        reasons = {"done": bool(outcomes), "acted": acted, "opens": opens, "dated": dated or paragraph > 1}
        aside = _is_background(sentence, days, article, **reasons)
        barred = outcomes and not (places or acting) and any(day.role == "since" for day in days)  # "since July 4"
        aside = aside or bool(barred or (amounts and not has_day(days) and _is_sum(sentence, days)))
        scenes.append(Scene(number, sentence, *read, outcomes, counts, names_a_find, aside))
    staged = {one.paragraph + at for one in scenes if says(one.text, "triggers", "staged") for at in (-1, 0, 1)}
    scenes = [replace(one, background=True) if one.paragraph in staged else one for one in _answered(scenes)]
    firsts = (two for one, two in pairwise(scenes) if one.paragraph < two.paragraph)
    headed = {one.paragraph for one in firsts if _heads(article, one)}
    return [_as_item(one) if len(headed) > 1 and one.paragraph in headed else one for one in scenes]


def _names_a_find(sentence: Sentence) -> bool:
    """Whether a sentence has a word for finding, and not of finding nothing."""
    text = _FIND.not_found.sub(" ", sentence.text)
    return any(says(text, "triggers", name) for name in ("find", "put_away", "stayed"))


def _answered(scenes: list[Scene]) -> list[Scene]:
    """The scenes, with a question of the lead told where it alone has an amount: "could a minibus hold a tonne?"."""
    asked = [one for one in scenes if one.paragraph == 1 and one.text.rstrip().endswith("?") and one.amounts]
    others = [one for one in scenes if one not in asked]
    told = any(one.amounts for one in others) or not any(one.finding for one in others if one.paragraph)
    return [replace(one, background=one.background and (told or one not in asked)) for one in scenes]


def _is_theirs(low: str, agency: Mark, sentence: Sentence) -> bool:
    """Whether figures are those of the agency told last: "by its data", or of one in this paragraph that but tells."""
    tells = agency.value in word_list("agencies", "tells", "names") and "\n" not in low[agency.end : sentence.start]
    return tells or _SHAPES.theirs.search(sentence.text) is not None


def _as_item(scene: Scene) -> Scene:
    days = [replace(day, role="event") if day.role == "dateline" else day for day in scene.days]
    return replace(scene, days=days, sentence=replace(scene.sentence, item=True))


def _heads(article: Article, scene: Scene) -> bool:
    """Whether a sentence is a heading: a few words, all read (but one beside a day and a place), or in capitals.

    Behind a picture, any few words with a day or a place are.
    """
    text = article.text[scene.sentence.start : scene.sentence.end]
    if not scene.paragraph or len(text.split()) > _HEADING or not text.rstrip().endswith((".", ":")):
        return False
    marks = (*scene.days, *scene.places, *scene.hints, *scene.lands, *scene.goods)
    start = scene.sentence.start
    words = [Mark(start + one.start(), start + one.end(), one[0]) for one in re.finditer(r"\w{4,}", text)]
    unread = [word for word in words if not any(map(word.meets, marks))]
    placed = scene.days and (scene.places or scene.lands)
    pictured = _FIND.picture.match(text) and (scene.days or scene.places or scene.lands)
    return bool(words) and (text.isupper() or bool(pictured) or len(unread) <= bool(placed))


def _is_goods(article: Article, mark: Mark, places: Sequence[PlaceMark], days: Sequence[DayMark]) -> bool:
    """Whether a word for goods is one here: Altynkol is a place and no gold, қазан a month, Алма-Ата no apples."""
    no_such = _FIND.none_of.search(article.low[max(0, mark.start - 30) : mark.start])  # "ни чипов, ни справок"
    name = mark.value in _COMMON and _FIND.name.fullmatch(article.text, mark.start - 2, mark.end)
    return not (any(map(mark.meets, (*places, *days))) or no_such or name)


def _side_of_post(places: Sequence[PlaceMark], gazetteer: Gazetteer) -> str:
    """The country whose post a paragraph names: that across the line, or that of home."""
    for place in places:
        if place.found.crossing_id and place.cue in ("post", "rail"):
            border = str(gazetteer.frontier.crossings.loc[place.found.crossing_id, "neighbour"])
            return border if "across" in place.found.basis else home()
    return ""


def _is_sum(sentence: Sentence, days: Sequence[DayMark]) -> bool:
    """Whether amounts are those of a whole period: "за год", or a year alone and whose figures they are."""
    of_year = bool(days) and all(len(day.value) == YEAR for day in days)
    told = any(says(sentence.text, "triggers", "statement", name) for name in ("source", "whole"))
    return (of_year and told) or _SHAPES.over.search(_undated(sentence, days)) is not None


def _undated(sentence: Sentence, days: Sequence[DayMark]) -> str:
    """The words of a sentence without its months: "маусымда" is in June, and in the season."""
    letters = list(sentence.text)
    for day in days:
        if len(day.value) > YEAR:
            letters[day.start - sentence.start : day.end - sentence.start] = " " * (day.end - day.start)
    return "".join(letters)


def _is_background(
    sentence: Sentence, days: Sequence[DayMark], article: Article, *, done: bool, acted: bool, opens: bool, dated: bool
) -> bool:
    """Whether a sentence tells no event: by its words, or by an older year where another date is told."""
    events = [day for day in days if day.role == "event"]
    if says(sentence.text, "triggers", "unrelated") or sentence.text.rstrip(' »”")').endswith("?"):
        return True
    if _FIND.weighs.match(sentence.text):
        return False
    priced = not done and _SHAPES.price.search(sentence.text) is not None
    if any(len(day.value) == DAY for day in events):
        return priced and not says(sentence.text, "triggers", "find")
    told = _SHAPES.says.sub(" ", _undated(sentence, days))
    market = priced or (not done and says(told, "triggers", "market"))
    rules = not opens and (says(told, "triggers", "rules") or _SHAPES.norm.search(told) is not None)
    ruled = not acted and (rules or says(told, "triggers", "law"))
    if market or ruled or (not opens and says(told, "triggers", "background")):
        return True
    years = {day.value for day in events if len(day.value) == YEAR and day.own_year}
    ours = str(article.published.year) if article.published else ""
    older = bool(years) and ours not in years and not any(len(day.value) > YEAR for day in days)
    return older and not opens and (dated or not done)


def tells_another(scene: Scene) -> bool:
    """Whether a sentence says that another event follows."""
    return says(scene.text, "triggers", "another") or _FIND.next_one.match(scene.text) is not None


def days_in(scenes: Iterable[Scene], least: int = DAY) -> set[str]:
    """The days and months on which sentences say that something happened, those told at least so exactly."""
    days = (day for scene in scenes for day in scene.days)
    return {day.value for day in days if day.role == "event" and len(day.value) >= least}


def is_other_time(times: set[str], before: set[str]) -> bool:
    """Whether of two sets of days and months, both told, none can be the same."""
    return bool(times and before) and not any(
        one.startswith(other) or other.startswith(one) for one in times for other in before
    )
