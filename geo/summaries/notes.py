"""Sentences about a selection in the reader's language: what was chosen, what the numbers mean, what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.facets import FACETS, facet
from geo.incidents.reading import border_of, records_of_rows
from geo.incidents.selection import has_dates, in_period, left_out, rate_period, select
from geo.language.catalogue import read_words, say
from geo.language.dates import write_date
from geo.language.names import name_in
from geo.language.numbers import write_number
from geo.language.translations import name_agencies

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    import geopandas as gpd

    from geo.border.frontier import Frontier
    from geo.facets import Facet
    from geo.incidents.reading import Kind
    from geo.incidents.selection import Selection

__all__ = ["BESIDE", "CAVEAT", "describe", "field_word", "notes", "omissions", "value_word"]

CAVEAT = read_words("en")["app.note.what"]

_EVENLY = "The plain rate spreads records of an uncertain place evenly; the estimate puts them where records are."
BESIDE = {
    "segment": [_EVENLY],
    "region": [_EVENLY],
    "crossing": [_EVENLY],
    "agency": ["A record of several agencies counts once under each, so this column does not add up."],
}
"""What to know of a table by kind of row."""

_SWITCH = "--include-refused"
_VALUE = {"border": "neighbour", "outcome_class": "outcome", "location_precision": "precision"} | {
    facet.field: facet.value_word for facet in FACETS if facet.value_word
}


def field_word(field: str, lang: str) -> str:
    """Name of a field of a selection.

    Examples
    --------
    >>> field_word("neighbour", "en"), field_word("mode", "ru")
    ('Border', 'Способ')
    """
    return read_words(lang)[facet(field).word]


def value_word(field: str, value: str, frontier: Frontier, lang: str) -> str:
    """A code of the data in words; a border line has its name in the border files.

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
    if field == "agency":
        return name_agencies(value, lang)
    return read_words(lang).get(f"{_VALUE.get(field, field)}.{value}", value)


def describe(selection: Selection, frontier: Frontier, lang: str) -> str:
    """A selection in words; empty when everything is chosen.

    Parameters
    ----------
    selection
        What was chosen.
    frontier
        The border, whose files name its lines.
    lang
        ``en``, ``ru`` or ``kk``.

    Examples
    --------
    >>> import geo
    >>> describe(geo.Selection(goods=("tobacco", "alcohol"), neighbour="RU"), geo.read_frontier(), "en")
    'Goods: Tobacco, Alcohol; Border: Russia'
    """
    parts = (_in_words(one, selection, frontier, lang) for one in FACETS)
    return "; ".join(part for part in parts if part)


def _in_words(one: Facet, selection: Selection, frontier: Frontier, lang: str) -> str:
    """Limit that one filter sets; blank where it sets none."""
    if one.kind == "choices":
        values = [value_word(one.field, value, frontier, lang) for value in getattr(selection, one.field)]
        return f"{field_word(one.field, lang)}: {', '.join(values)}" if values else ""
    if one.field == "since" and (selection.since or selection.until):
        ends = [write_date(lang, day.isoformat()) if day else "…" for day in (selection.since, selection.until)]
        return f"{field_word('since', lang)}: {'–'.join(ends)}"
    if one.kind == "quantity" and selection.min_quantity:
        least, unit = selection.min_quantity
        return say(lang, one.word, amount=f"{write_number(lang, least)} {say(lang, f'unit.{unit}', n=least)}")
    return read_words(lang)["app.with-refused"] if one.field == "include_refused" and selection.include_refused else ""


def notes(
    incidents: gpd.GeoDataFrame,
    selection: Selection,
    *,
    lang: str = "en",
    neighbours: Collection[str] | None = None,
    kind: Kind = "incidents",
    command_line: bool = False,
) -> list[str]:
    """Sentences that go with a table or map of the selected incidents.

    Parameters
    ----------
    incidents
        All incidents.
    selection
        What was chosen of them.
    lang
        ``en``, ``ru`` or ``kk``.
    neighbours
        Codes of the border lines, as in :func:`geo.select`.
    kind
        As :class:`geo.Located` has it.
    command_line
        Whether to write days and name options as the command line takes them.

    Returns
    -------
    list of str
        What the numbers are, the period of the rates, what is counted but not rated, and what is left out.
    """
    words, chosen = read_words(lang), select(incidents, selection, neighbours=neighbours)
    records = records_of_rows(chosen, kind)
    if kind == "rows":
        nowhere = int(chosen.loc[border_of(chosen).eq("UNKNOWN"), "rows"].sum())
        sentences = [words["app.note.rows"], say(lang, "of-register", n=int(records.sum()), m=nowhere)]
    else:
        sentences = [words["app.note.what"], words["app.note.shared"]]
    if not has_dates(incidents):
        sentences.append(words["app.note.no-dates"])
    else:
        period = rate_period(incidents, selection)
        since, until = (day.isoformat() if command_line else write_date(lang, day.isoformat()) for day in period)
        rated = say(lang, "app.note.period", since=since, until=until)
        sentences.append(f"{rated} {_unrated(chosen, period, lang, kind)}".rstrip())
    return sentences + omissions(
        incidents, selection, lang=lang, neighbours=neighbours, kind=kind, command_line=command_line
    )


def omissions(
    incidents: gpd.GeoDataFrame,
    selection: Selection,
    *,
    lang: str = "en",
    neighbours: Collection[str] | None = None,
    kind: Kind = "incidents",
    command_line: bool = False,
) -> list[str]:
    """Sentences on the records that a selection leaves out unasked, with parameters as :func:`notes` has them."""
    switch = _SWITCH if command_line else read_words(lang)["app.note.switch"]
    return [
        say(lang, f"app.note.left.{why}", n=count, switch=switch)
        for why, count in left_out(incidents, selection, neighbours=neighbours, kind=kind).items()
        if count
    ]


def _unrated(chosen: gpd.GeoDataFrame, period: tuple[date, date], lang: str, kind: Kind) -> str:
    """Chosen records that enter no rate; blank for none."""
    records = records_of_rows(chosen, kind)
    undated = int(records[chosen["date_start"].isna()].sum())
    outside = int(records.sum()) - undated - int(records[in_period(chosen, period)].sum())
    parts = [
        say(lang, f"app.note.{what}", n=count) for what, count in (("undated", undated), ("outside", outside)) if count
    ]
    return say(lang, "app.note.unrated", what=read_words(lang)["app.note.and"].join(parts)) if parts else ""


def credit_records(lang: str, licence: str | None) -> str:
    """What is said of the licence of records: of ours (None), of one's own where one is named (blank: nothing)."""
    if licence is None:
        return say(lang, "credits.records")
    return say(lang, "licence-own", v=licence) + "." if licence else ""


def name_licence(lang: str, licence: str | None) -> str:
    """The licence as a file of records names it."""
    return licence or read_words(lang)["app.about.licence" if licence is None else "app.about.own-licence"]
