"""Rows of a card that compare a crossing or a stretch with the others, and say which records make its figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.app.state import view
from geo.estimate.risk import A_YEAR
from geo.language.figures import is_bound, write_ends, write_estimate, write_figure, write_rank
from geo.language.names import name_in
from geo.language.numbers import write_number
from geo.language.phrases import write_phrase
from geo.summaries.cards import card_of
from geo.summaries.places import rank_places
from geo.summaries.titles import with_border
from geo.view import read_words, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.app.data import Shown

__all__ = ["compare_place", "has_figure"]


def has_figure(shown: Shown, place: str) -> bool:
    """Whether a place is a crossing or a stretch that the estimate of the chosen records has a figure for."""
    kind, _, code = place.partition(":")
    frontier = shown.data.frontier
    if not shown.enough:
        return False
    if kind == "crossing" and code in frontier.crossings.index:
        return (
            frontier.crossings.loc[code, "cell"] in shown.risk.cells.index[shown.risk.cells["at_crossing"].astype(bool)]
        )
    return place in rank_places(shown.located, shown.risk).index


def compare_place(shown: Shown, place: str) -> Iterator[tuple[str, str]]:
    """Pairs of a name and a value: rank, the border's mean or line, records here and those that could lie here."""
    lang = view().lang
    words = read_words(lang)
    frontier = shown.data.frontier
    chosen = [code for code in frontier.borders.index if code in shown.selection.neighbour]
    card = card_of(shown.located, shown.risk, place, borders=chosen)
    at_crossing = card["unit"] == A_YEAR
    kind = "crossings" if at_crossing else "stretches"
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
    yield words[f"answers.c-beside-{kind}"], ". ".join(beside)
    if card["records"]:
        here = write_number(lang, card["records"])
        if card["dated"] and card["here"] is not None:
            since = str(shown.period[0].year)
            here += f", {say(lang, 'answers.c-here-n', n=card['dated'], y=since, v=write_figure(card['here'], lang))}"
        yield words["answers.c-here"], here
    else:
        yield words["answers.c-here"], words["answers.c-here-0"]
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
