"""Sentences about a selection in the reader's language: what was chosen, what the numbers mean, what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.incidents.selection import SELECTABLE, in_period, left_out, rate_period, select
from geo.language.catalogue import read_words, say
from geo.language.dates import write_date
from geo.language.names import name_in
from geo.language.numbers import write_number

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.border.frontier import Frontier
    from geo.incidents.selection import Selection

__all__ = ["describe_in", "field_word", "notes_in", "value_word"]

_FIELD = {"neighbour": "border", "goods": "goods", "recording_side": "field.side"}
_VALUE = {"recording_side": "side", "outcome_class": "outcome", "location_precision": "precision"}


def field_word(field: str, lang: str) -> str:
    """What a field of a selection is called.

    Examples
    --------
    >>> field_word("neighbour", "en"), field_word("mode", "ru")
    ('Border', 'Способ')
    """
    return read_words(lang)[_FIELD.get(field, f"field.{field}")]


def value_word(field: str, value: str, frontier: Frontier, lang: str) -> str:
    """A code of the data in words; a border line has its name in the border files, an agency is its own.

    Parameters
    ----------
    field
        A field of an incident.
    value
        A code in it.
    frontier
        The border.
    lang
        ``en``, ``ru`` or ``kk``.
    """
    if field in {"neighbour", "border"} and value in frontier.borders.index:
        return name_in(frontier.borders.loc[value], lang)
    kind = "neighbour" if field == "border" else _VALUE.get(field, field)
    return read_words(lang).get(f"{kind}.{value}", value)


def describe_in(selection: Selection, frontier: Frontier, lang: str) -> str:
    """A selection in words; empty when everything is chosen.

    Examples
    --------
    >>> import geo
    >>> describe_in(geo.Selection(goods=("tobacco", "alcohol"), neighbour="RU"), geo.read_frontier(), "en")
    'Goods: Tobacco, Alcohol; Border: Russia'
    """
    words = read_words(lang)
    said = [
        f"{field_word(field, lang)}: {', '.join(value_word(field, value, frontier, lang) for value in values)}"
        for field in SELECTABLE
        if (values := getattr(selection, field))
    ]
    if selection.since or selection.until:
        ends = [write_date(lang, day.isoformat()) if day else "…" for day in (selection.since, selection.until)]
        said.append(f"{words['period']}: {'–'.join(ends)}")
    if selection.min_quantity:
        least, unit = selection.min_quantity
        amount = f"{write_number(lang, least)} {say(lang, f'unit.{unit}', n=least)}"
        said.append(say(lang, "app.least", amount=amount))
    if selection.include_refused:
        said.append(words["app.with-refused"])
    return "; ".join(said)


def notes_in(incidents: gpd.GeoDataFrame, selection: Selection, frontier: Frontier, lang: str) -> list[str]:
    """What must stand beside every number, as :func:`geo.summaries.notes.notes` says it in English.

    Parameters
    ----------
    incidents
        All incidents.
    selection
        What was chosen of them.
    frontier
        The border.
    lang
        ``en``, ``ru`` or ``kk``.
    """
    neighbours = frontier.borders.index
    chosen = select(incidents, selection, neighbours=neighbours)
    period = rate_period(incidents, selection)
    undated = int(chosen["date_start"].isna().sum())
    outside = len(chosen) - undated - int(in_period(chosen, period).sum())
    since, until = (write_date(lang, day.isoformat()) for day in period)
    words = read_words(lang)
    said = [words["app.note.what"], words["app.note.shared"], say(lang, "app.note.period", since=since, until=until)]
    if undated or outside:
        said.append(say(lang, "app.note.unrated", undated=undated, outside=outside))
    said += [
        say(lang, f"app.note.left.{why}", n=count)
        for why, count in left_out(incidents, selection, neighbours=neighbours).items()
        if count
    ]
    return said
