"""Titles that say what is selected, for page, document, figure, print, embed and preview.

The page's ``titles.js`` makes the same from the same words; ``tests/vectors/titles.json`` holds the cases of both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.facets import FACETS
from geo.incidents.months import first_day, last_day
from geo.language.catalogue import LANGUAGES, read_words, say
from geo.language.dates import write_date
from geo.language.names import names_of
from geo.language.numbers import write_number
from geo.language.phrases import Names, Phrase, in_a_row, inside, join_all, phrase
from geo.language.translations import name_agencies
from geo.vocabulary import FAMILIES, OFF_BORDER

if TYPE_CHECKING:
    from datetime import date

    from geo.border.frontier import Frontier
    from geo.facets import Facet
    from geo.incidents.placing import Located
    from geo.incidents.selection import Selection

__all__ = ["only_of", "title_of", "title_of_records", "where_of", "with_border", "years_of_title"]

_MOST_NAMED = 2


def title_of_records(located: Located, selection: Selection) -> Phrase:
    """The title of some records.

    Parameters
    ----------
    located
        Incidents on the border, already filtered.
    selection
        What they were chosen by.
    """
    years = located.incidents["date_start"].dropna().dt.year
    span = (int(years.min()), int(years.max())) if len(years) else None
    return title_of(selection, located.frontier, span, int(located.counts.sum()), rows=located.kind == "rows")


def title_of(
    selection: Selection, frontier: Frontier, span: tuple[int, int] | None, n: int, *, rows: bool = False
) -> Phrase:
    """The title of a selection: goods, border, years and number of records.

    Parameters
    ----------
    selection
        What is chosen.
    frontier
        The border.
    span
        First and last year of the dated records shown; None where none is dated.
    n
        Records shown.
    rows
        Whether they are rows of a register.

    Examples
    --------
    >>> import geo
    >>> str(title_of(geo.Selection(goods="tobacco", neighbour="KG"), geo.read_frontier(), (2020, 2026), 23))
    'Where tobacco smuggling is recorded along the border with Kyrgyzstan, 2020–2026: 23 records'
    """
    years = years_of_title(selection, span)
    key = "answers.title" + ("" if years else ".no-years") + (".register" if rows else "")
    more = {"years": years} if years else {}
    return phrase(key, what=_what(selection.goods), where=where_of(selection, frontier), n=n, **more)


def only_of(selection: Selection, *, words: str = "", undated: bool = False, goods: bool = False) -> Phrase | None:
    """The line below a title: all filters that the title does not name; None where there are none.

    ``words`` and ``undated`` are what a search seeks, and whether undated records were brought in, where a view can
    do so; ``goods`` names the goods too, where no title does.

    Examples
    --------
    >>> import geo
    >>> str(only_of(geo.Selection(mode="rail", recording_side="home")))
    'Only: by rail; recorded by Kazakhstan’s agencies'
    """
    parts = [inside(phrase(f"goods.{name}")) for name in selection.goods] if goods else []
    parts += [part for one in FACETS if (part := _only(one, selection))]
    parts += [phrase("answers.only.undated")] if undated else []
    parts += [phrase("answers.only.words", what=words)] if words else []
    if not parts:
        return None
    return phrase("answers.only", filters=in_a_row(parts, "; "))


def where_of(selection: Selection, frontier: Frontier) -> Phrase:
    """The borders that a selection chooses, as a title names them."""
    codes = [code for code in (*frontier.borders.index, *OFF_BORDER) if code in selection.neighbour]
    land = frontier.borders.index[frontier.borders["kind"].eq("land")]
    if not codes:
        return phrase("answers.where")
    if not set(codes) <= set(land):
        return phrase("answers.where.off", places=in_a_row(_border_name(code, frontier) for code in codes))
    if len(codes) > _MOST_NAMED:
        return phrase("answers.where.many")
    whole = join_all([with_border(code, frontier) for code in codes])
    return phrase("answers.where.one" if len(codes) == 1 else "answers.where.two", **{"with": whole})


def with_border(code: str, frontier: Frontier) -> Phrase:
    """A neighbour in the case that its border's name asks for; from a table, never by adding an ending."""
    key = f"answers.with.{code}"
    if key in read_words("en"):
        return phrase(key)
    return phrase("answers.with", neighbour=names_of(frontier.borders.loc[code]))


def years_of_title(selection: Selection, span: tuple[int, int] | None) -> str | Names:
    """The period chosen, else the years of the records; blank where there is neither."""
    since, until = selection.since, selection.until
    ends = [span and str(span[0]), span and str(span[1])]
    ends[0] = ends[0] if since is None else _edge(since, first=True)
    ends[1] = ends[1] if until is None else _edge(until, first=False)
    if not (ends[0] or ends[1]):
        return ""
    texts = {lang: "–".join(dict.fromkeys(write_date(lang, end) if end else "…" for end in ends)) for lang in LANGUAGES}
    return texts["en"] if len(set(texts.values())) == 1 else texts


def _edge(day: date, *, first: bool) -> str:
    """An end of a period as short as it may be: a year, a month or a day."""
    edge = first_day if first else last_day
    text = day.isoformat()
    return next(part for part in (text[:4], text[:7], text) if edge(part) == day)


def _what(goods: tuple[str, ...]) -> Phrase:
    names = _goods_named(goods)
    if not names:
        return phrase("answers.what")
    if len(names) > _MOST_NAMED:
        return phrase("answers.what.many")
    return phrase("answers.what.goods", goods=join_all([phrase(name) for name in names]))


def _goods_named(goods: tuple[str, ...]) -> list[str]:
    """Keys of the goods' names; a family that is chosen whole has one."""
    left, names = set(goods), []
    for family in FAMILIES:
        if len(family.goods) > 1 and set(family.goods) <= left:
            names.append(f"answers.family.{family.letter}")
        else:
            names += [f"answers.goods.{name}" for name in family.goods if name in left]
    return names


def _only(one: Facet, selection: Selection) -> Phrase | None:
    """Limit that a filter sets beyond goods, border and period."""
    chosen = getattr(selection, one.field, None)
    if one.field in ("goods", "neighbour", "since", "until") or not chosen:
        return None
    if one.kind == "flag":
        return phrase("answers.only.refused")
    if one.kind == "quantity":
        least, unit = chosen
        amount = {lang: f"{write_number(lang, least)} {say(lang, f'unit.{unit}', n=least)}" for lang in LANGUAGES}
        return phrase("answers.only.least", amount=amount)
    own, words = f"answers.only.{one.field}", read_words("en")
    values: list[Names | Phrase] = []
    for value in chosen:
        keys = (f"{own}.{value}", f"{one.value_word}.{value}")
        known = next((phrase(key) for key in keys if key in words), None)
        values.append(known or {lang: name_agencies(value, lang) for lang in LANGUAGES})
    what = in_a_row(values)
    return phrase(own, what=what) if own in words else phrase("answers.only.field", field=phrase(one.word), what=what)


def _border_name(code: str, frontier: Frontier) -> Phrase | Names:
    return inside(phrase(f"neighbour.{code}")) if code in OFF_BORDER else names_of(frontier.borders.loc[code])
