"""A sentence to quote: number, interval, period and "recorded", the sources, and a link with the whole state."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from geo.errors import ShekaraError
from geo.estimate.risk import A_YEAR, aggregate
from geo.facets import FACETS
from geo.incidents.selection import is_scaled, rate_period
from geo.language.catalogue import LANGUAGES, say
from geo.language.dates import write_date
from geo.language.figures import is_bound, write_bound, write_ends, write_figure
from geo.language.numbers import round_half_up
from geo.language.phrases import Number, phrase, write_phrases
from geo.summaries.cards import place_key, records_at
from geo.summaries.places import names_of_place, rank_places, row_of, short_name
from geo.summaries.titles import only_of, title_of_records, with_border, years_of_title

if TYPE_CHECKING:
    import pandas as pd

    from geo.border.frontier import Frontier
    from geo.estimate.risk import Risk
    from geo.incidents.placing import Located
    from geo.incidents.selection import Selection
    from geo.language.phrases import Names, Phrase, Value

__all__ = ["address_of", "find_place", "quotable", "quote"]

_NAMED = 3  # records whose sources are named one by one
_NEAR = 4  # names that a wrong place is answered with
_FIRST = 5


def quote(
    everything: Located,
    selection: Selection,
    risk: Risk | None,
    place: str = "",
    *,
    lang: str = "en",
    link: str = "",
) -> str:
    """Write what may be quoted of a place, or of a whole selection.

    Parameters
    ----------
    everything
        All incidents on the border.
    selection
        What is chosen of them.
    risk
        The estimate of those; None where there are too few.
    place
        Key as in links: ``crossing:karasu``, ``segment:KG-07``, ``border:KG``; blank for the whole selection.
    lang
        ``en``, ``ru`` or ``kk``.
    link
        Address of the page; what is chosen is added to it, unless it has a query of its own.

    """
    located = everything.select(selection)
    here = located if not place else located.take(located.incidents.index[records_at(located, place)])
    number = int(here.counts.sum())
    sentences = _of_place(located, selection, risk, place, number) if place else _of_all(located, selection, risk)
    if risk is not None and is_scaled(selection):
        sentences.append(phrase("answers.q-scaled"))
    only = only_of(selection, goods=bool(place))
    newest = rate_period(everything.incidents, replace(selection, since=None, until=None))[1].isoformat()
    dates = {each: write_date(each, newest) for each in LANGUAGES}
    sentences += [phrase("answers.quoted", v=only)] if only else []
    sentences.append(phrase("answers.q-end"))
    address = link if "?" in link else f"{link}#{address_of(selection, place)}"
    sentences.append(phrase("answers.q-source", date=dates, n=number, link=address))
    if 0 < number <= _NAMED:
        named = [f"{row.source_publisher}, {row.source_url}" for row in here.incidents.itertuples()]
        sentences.append(phrase("answers.q-sources", list="; ".join(named)))
    return write_phrases(lang, sentences)


def address_of(selection: Selection, place: str = "") -> str:
    """A selection and a place as a link has them.

    Examples
    --------
    >>> import geo
    >>> address_of(geo.Selection(goods="tobacco", include_refused=True), "crossing:karasu")
    'goods=tobacco&include_refused=1&at=crossing:karasu'
    """
    pairs: list[tuple[str, str]] = []
    for one in FACETS:
        value = getattr(selection, one.field, None)
        if not value:
            continue
        if one.kind == "choices":
            pairs += [(one.field, each) for each in value]
        elif one.kind == "quantity":
            pairs.append((one.field, f"{value[0]:g} {value[1]}"))
        else:
            pairs.append((one.field, "1" if one.kind == "flag" else value.isoformat()))
    return urlencode([*pairs, *([("at", place)] if place else [])], safe=":")


def find_place(text: str, frontier: Frontier) -> str:
    """The key of a place that is named by its key, its id or a name in any language.

    Raises
    ------
    ShekaraError
        When there is none, with names like it, or several.

    Examples
    --------
    >>> import geo
    >>> find_place("Карасу", geo.read_frontier()), find_place("KG-07", geo.read_frontier())
    ('crossing:karasu', 'segment:KG-07')
    """
    known: dict[str, set[str]] = {}
    for kind, frame in quotable(frontier).items():
        for code, row in frame.iterrows():
            key = f"{kind}:{code}"
            names = [row.get(name, "") for name in ("name", "name_en", "name_ru", "name_kk")]
            for name in {key, str(code), *filter(None, names), *(short_name(name) for name in names if name)}:
                known.setdefault(name.casefold(), set()).add(key)
    keys = known.get(text.strip().casefold(), set())
    if len(keys) > 1 and any(key.startswith("crossing:") for key in keys):
        # A stretch with one crossing bears its name: the crossing is meant.
        keys = {key for key in keys if key.startswith("crossing:")}
    if len(keys) == 1:
        return next(iter(keys))
    if keys:
        raise ShekaraError(f"{text!r} names several places: write one of {', '.join(sorted(keys))}")
    near = sorted({key for name in get_close_matches(text.casefold(), known, _NEAR) for key in known[name]})
    advice = f"; did you mean {', '.join(near)}?" if near else ""
    raise ShekaraError(f"no crossing, stretch or border is called {text!r}{advice}")


def quotable(frontier: Frontier) -> dict[str, pd.DataFrame]:
    """Places that a sentence can be written of: crossings, stretches and borders on land."""
    land = frontier.borders[frontier.borders["kind"].eq("land")]
    return {
        "crossing": frontier.crossings[frontier.crossings["cell"].isin(frontier.land_cells.index)],
        "segment": frontier.segments[frontier.segments["neighbour"].isin(land.index)],
        "border": land,
    }


def _of_place(located: Located, selection: Selection, risk: Risk | None, place: str, number: int) -> list[Phrase]:
    frontier, (kind, _, code) = located.frontier, place.partition(":")
    names = names_of_place(frontier, place)
    if risk is None:
        return [phrase("answers.q-few", place=names, n=number)]
    if kind == "border":
        row, of, neighbour = row_of(aggregate(risk).rename(columns={"estimate": "value"}), code), 0, code
    else:
        table = rank_places(located, risk, borders=_borders(risk, selection))
        row = row_of(table, place_key(table, frontier, place))
        of, neighbour = int(row["of"]), str(row["neighbour"])
    bound = is_bound(row["low90"], row["high90"])
    ends: dict[str, Value] = {
        "v": Number("figure", (row["value"],)),
        "ends": Number("ends", (row["low90"], row["high90"])),
        "b": Number("bound", (row["high90"],)),
        "n": _noun(write_bound(row["high90"]) if bound else write_figure(row["value"])),
    }
    if of:
        ends |= {"rank": Number("rank", (int(row["rank_low90"]), int(row["rank_high90"]))), "of": of}
    key = {"crossing": "cross", "segment": "stretch", "border": "border"}[kind]
    years = years_of_title(selection, (risk.period[0].year, risk.period[1].year))
    more: dict[str, Value] = {"place": names, "neighbour": with_border(neighbour, frontier), "years": years}
    return [phrase(f"answers.q-{key}{'-bound' if bound else ''}", **more, **ends)]


def _of_all(located: Located, selection: Selection, risk: Risk | None) -> list[Phrase]:
    sentences = [phrase("answers.q-whole", title=title_of_records(located, selection))]
    if risk is None:
        return sentences
    first = rank_places(located, risk, borders=_borders(risk, selection)).head(_FIRST)
    rows = [(key, row_of(first, key)) for key in first.index[~first["bound"]]]
    if not rows:
        return sentences
    names: Names = {
        lang: "; ".join(
            f"{names_of_place(risk.frontier, key)[lang]} {_with_unit(lang, row)}"
            f" ({write_ends(row['low90'], row['high90'], lang)})"
            for key, row in rows
        )
        for lang in LANGUAGES
    }
    return [*sentences, phrase("answers.q-most", places=names)]


def _with_unit(lang: str, row: dict[str, Any]) -> str:
    figure = write_figure(row["value"], lang)
    return say(lang, "a-year", v=figure) if row["unit"] == A_YEAR else f"{figure} {say(lang, 'unit')}"


def _borders(risk: Risk, selection: Selection) -> list[str]:
    return [code for code in risk.frontier.borders.index if code in selection.neighbour]


def _noun(written: str) -> float:
    """The number that a noun follows: what has decimals is a fraction to a language, also 1.0."""
    return round_half_up(float(written.removeprefix("< ").replace(",", ""))) if "." not in written else 1.5
