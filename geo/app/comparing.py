"""Rows of a card that compare a crossing or a stretch with the others, and say which records make its figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.app.state import view
from geo.errors import UnknownValueError
from geo.estimate.risk import A_YEAR
from geo.language.figures import is_bound, write_ends, write_estimate, write_figure, write_rank
from geo.language.names import name_in
from geo.language.numbers import write_number
from geo.language.phrases import write_phrase
from geo.summaries.cards import card_of
from geo.summaries.titles import with_border
from geo.view import read_words, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.app.data import Shown
    from geo.summaries.cards import Card

__all__ = ["compare_place"]


def compare_place(shown: Shown, place: str) -> list[tuple[str, str]]:
    """Pairs of a name and a value, of a crossing or stretch with a figure; else none."""
    if not shown.enough or place.partition(":")[0] not in ("crossing", "segment"):
        return []
    try:
        card = card_of(shown.located, shown.risk, place, borders=shown.selection.neighbour)
    except UnknownValueError:  # an airport, or none on the land border
        return []
    return [*_beside(shown, card), *_records(shown, card)]


def _beside(shown: Shown, card: Card) -> Iterator[tuple[str, str]]:
    """Rank, and the mean of the border's crossings or the border's figure."""
    lang, frontier = view().lang, shown.data.frontier
    kind = "crossings" if card["unit"] == A_YEAR else "stretches"
    rank = write_rank(card["rank_low90"], card["rank_high90"], lang)
    beside = [say(lang, "answers.c-rank", rank=rank, n=say(lang, f"answers.{kind}", n=card["of"]))]
    if card["mean"] is not None:
        neighbour = write_phrase(lang, with_border(card["neighbour"], frontier))
        beside.append(say(lang, "answers.c-mean", neighbour=neighbour, v=write_figure(card["mean"], lang)))
    else:
        value, low, high = card["line"]
        name = name_in(frontier.borders.loc[card["neighbour"]], lang)
        if is_bound(low, high):
            beside.append(f"{name}: {write_estimate(value, low, high, lang)}")
        else:
            ends = write_ends(low, high, lang)
            name = write_phrase(lang, with_border(card["neighbour"], frontier)) if lang == "ru" else name
            beside.append(say(lang, "answers.c-line", neighbour=name, v=write_figure(value, lang), ends=ends))
    yield read_words(lang)[f"answers.c-beside-{kind}"], ". ".join(beside)


def _records(shown: Shown, card: Card) -> Iterator[tuple[str, str]]:
    """Records here, those that could lie here, and who recorded them."""
    lang, words = view().lang, read_words(view().lang)
    here = write_number(lang, card["records"]) if card["records"] else words["answers.c-here-0"]
    if card["records"] and card["dated"] and card["here"] is not None:
        since = str(shown.period[0].year)
        here += f", {say(lang, 'answers.c-here-n', n=card['dated'], y=since, v=write_figure(card['here'], lang))}"
    yield words["answers.c-here"], here
    if card["could_records"]:
        counted = write_figure(card["counted"], lang)
        yield (
            words["answers.c-could"],
            say(lang, "answers.c-could-n", n=card["could_records"], k=round(card["could_km"]), w=counted),
        )
    if card["sides"]:
        yield (
            words["answers.c-by"],
            ", ".join(f"{words[f'side.{side}']} {write_number(lang, n)}" for side, n in card["sides"].items()),
        )
