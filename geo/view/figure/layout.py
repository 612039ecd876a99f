"""The sheet of a figure from the top down: title and caveat, map, legend, sum, the border unrolled, credits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from geo.language.catalogue import read_words, say
from geo.language.dates import write_date
from geo.language.numbers import write_number
from geo.summaries.notes import credit_records
from geo.view.figure.chart import draw_chart
from geo.view.figure.legend import draw_legend
from geo.view.figure.map import draw_map
from geo.view.figure.typeface import Run

if TYPE_CHECKING:
    from geo.view.figure.content import Content
    from geo.view.figure.pen import Pen

__all__ = ["draw_sheet"]


def draw_sheet(pen: Pen, content: Content, *, title: str, selection: str, lang: str, licence: str | None) -> float:
    """Draw everything."""
    y = pen.paragraph(0, 0, pen.width, [Run(title, bold=True, colour="ink")], 13) + 1
    caveat = [Run(say(lang, "caveat") + " ", bold=True, colour="ink"), Run(say(lang, "caveat.rest"))]
    y = _rule(pen, pen.fitted(0, y, pen.width, caveat, (7, 6.6, 6.2)) + 4)
    y = pen.fitted(0, y, pen.width, _facts(content, selection, lang), (6.5, 6.2, 6)) + 4
    y, outside = draw_map(pen, content, y, lang)
    y = _rule(pen, draw_legend(pen, content, y + 6, lang) + 1.5)
    y = pen.paragraph(0, y, pen.width, _sum(content, outside, lang), 6.5) + 7
    y = _rule(pen, draw_chart(pen, content, y, lang) + 1)
    # The sentence on Leaflet is for a screen.
    credit = re.sub(r"\s*[^.]*Leaflet\.", "", say(lang, "credits"))
    foot = " ".join([say(lang, "lines"), say(lang, "customs"), credit, credit_records(lang, licence)])
    return pen.paragraph(0, y, pen.width, [Run(foot, colour="ink-3")], 6) + 2


def _rule(pen: Pen, y: float) -> float:
    pen.line([np.array([[0, y], [pen.width, y]])], "rule", 0.5)
    return y + 2.5


def _facts(content: Content, selection: str, lang: str) -> list[Run]:
    """The count, the filter, the period of an estimate, and the date of the data."""
    refused = int(content.located.incidents["outcome_class"].eq("refused_entry").sum())
    facts = [
        say(lang, "figure.filter", what=selection) if selection else say(lang, "figure.no-filter"),
        say(lang, "figure.refused", n=refused) if refused else say(lang, "figure.refused-out"),
    ]
    if content.rates.interval is not None:
        since, until = (write_date(lang, day.isoformat()) for day in content.period)
        facts.append(say(lang, "figure.estimated", since=since, until=until))
    if content.newest:
        facts.append(say(lang, "figure.newest", date=write_date(lang, content.newest)))
    number = write_number(lang, content.n)
    before, _, after = say(lang, "count", n=content.n, a=content.parts["place"]).partition(number)
    rest = "".join(f"\xa0· {fact}" for fact in facts)
    return [Run(before), Run(number, bold=True, colour="ink"), Run(after + rest)]


def _sum(content: Content, outside: int, lang: str) -> list[Run]:
    """Every record in exactly one part, and what else has to be known of the numbers."""
    parts = content.parts
    numbers = {"n": content.n, "a": parts["place"], "b": parts["region"], "c": parts["border"], "d": parts["none"]}
    runs = []
    for k, piece in enumerate(re.split(r"\{(\w)\}", read_words(lang)["sum"])):
        runs.append(Run(write_number(lang, numbers[piece]), bold=True, colour="ink") if k % 2 else Run(piece))
    notes = []
    if parts["air"] + parts["post"]:
        notes.append(say(lang, "sum.air", a=parts["air"], p=parts["post"]))
    if outside:
        notes.append(say(lang, "figure.outside", n=outside))
    if parts["undated"]:
        notes.append(say(lang, "sum.undated", n=parts["undated"]))
    if content.n == 1 and content.rates.interval is not None:
        notes.append(say(lang, "one"))
    return [*runs, Run(" ".join([".", *notes]))]
