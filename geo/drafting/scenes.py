"""Sentences with all that is read in them, and what kind of sentence each is: an event, the background, a statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.drafting.actors import find_agencies, find_outcomes, side_of_article
from geo.drafting.amounts import find_amounts
from geo.drafting.days import find_days
from geo.drafting.goods import find_goods
from geo.drafting.lexicon import says
from geo.drafting.places import find_places
from geo.drafting.routes import find_lands
from geo.drafting.statements import find_counts

if TYPE_CHECKING:
    from geo.drafting.amounts import AmountMark
    from geo.drafting.article import Article, Sentence
    from geo.drafting.days import DayMark
    from geo.drafting.lexicon import Mark
    from geo.drafting.places import PlaceMark
    from geo.drafting.routes import LandMark
    from geo.drafting.statements import CountMark
    from geo.intake.places.gazetteer import Gazetteer

__all__ = ["Scene", "read_scenes"]


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence and its marks.

    Attributes
    ----------
    number
        Of the sentence in the article.
    sentence
        Where it stands.
    days, amounts, goods, places, lands, agencies, outcomes
        What is read in it.
    counts
        What an agency counts in it; such a sentence tells no event.
    finding
        Whether its words tell of something found, stopped or carried.
    background
        Whether it speaks of the past, the law, the market, of what always is.
    """

    number: int
    sentence: Sentence
    days: tuple[DayMark, ...]
    amounts: tuple[AmountMark, ...]
    goods: tuple[Mark, ...]
    places: tuple[PlaceMark, ...]
    lands: tuple[LandMark, ...]
    agencies: tuple[Mark, ...]
    outcomes: tuple[Mark, ...]
    counts: tuple[CountMark, ...]
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
    """Read every sentence of an article.

    Parameters
    ----------
    article
        As :func:`~geo.drafting.article.read_text` gives it.
    gazetteer
        As :func:`geo.intake.read_gazetteer` gathers it.

    Returns
    -------
    list of Scene
        One per sentence.
    """
    low, side = article.low, side_of_article(article.low)
    scenes: list[Scene] = []
    sides: dict[int, str] = {}
    for number, sentence in enumerate(article.sentences):
        start, end = sentence.start, sentence.end
        days = tuple(find_days(low, article.published, start, end))
        places = tuple(find_places(article.text, gazetteer, start, end))
        sides[sentence.paragraph] = _side_of_place(places, gazetteer) or sides.get(sentence.paragraph, "")
        agencies = tuple(find_agencies(low, start, end, sides[sentence.paragraph] or side))
        # Altynkol is a place, and no gold.
        goods = [
            mark
            for mark in find_goods(low, start, end)
            if not any(place.start < mark.end and mark.start < place.end for place in places)
        ]
        before = [scene.counts for scene in scenes if scene.paragraph in (sentence.paragraph, sentence.paragraph - 1)]
        counts = tuple(find_counts(low, sentence, days, agencies, follows=any(before)))
        scenes.append(
            Scene(
                number,
                sentence,
                days,
                tuple(find_amounts(low, start, end)),
                tuple(goods),
                places,
                tuple(find_lands(low, start, end)),
                agencies,
                tuple(find_outcomes(low, start, end)),
                counts,
                says(sentence.text, "triggers", "find"),
                _is_background(sentence, days, article),
            )  # fmt: skip
        )
    return scenes


def _side_of_place(places: tuple[PlaceMark, ...], gazetteer: Gazetteer) -> str:
    """The country whose post a paragraph names: that across the line, or that of home."""
    for place in places:
        if place.found.crossing_id and place.cue in ("post", "rail"):
            border = str(gazetteer.frontier.crossings.loc[place.found.crossing_id, "neighbour"])
            return border if "across" in place.found.basis else "KZ"
    return ""


def _is_background(sentence: Sentence, days: tuple[DayMark, ...], article: Article) -> bool:
    exact = [day for day in days if day.role == "event" and len(day.date) == len("2024-07-03")]
    if exact:
        return False
    if says(sentence.text, "triggers", "background"):
        return True
    if says(sentence.text, "triggers", "law") and not says(sentence.text, "triggers", "outcome", "case_opened"):
        return True
    years = {day.date[:4] for day in days if day.role == "event" and len(day.date) == len("2024") and day.own_year}
    ours = str(article.published.year) if article.published else ""
    return bool(years) and ours not in years and not any(len(day.date) > len("2024") for day in days)
