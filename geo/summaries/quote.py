"""A sentence to quote: number, interval, period and "recorded", the sources, and a link with the whole state."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import numpy as np
import pandas as pd

from geo.errors import ShekaraError
from geo.estimate.risk import A_YEAR, aggregate
from geo.facets import FACETS
from geo.incidents.selection import Selection, is_scaled, rate_period
from geo.language.catalogue import LANGUAGES, say
from geo.language.dates import write_date, write_within
from geo.language.figures import is_bound, write_bound, write_ends, write_figure
from geo.language.numbers import round_half_up
from geo.language.phrases import Number, in_a_row, phrase, write_phrases
from geo.language.translations import name_agencies
from geo.summaries.answers import say_changed
from geo.summaries.cards import place_key, records_at, records_near, shares_of_places
from geo.summaries.places import names_of_place, rank_places, row_of, short_name
from geo.summaries.titles import only_of, period_of_title, title_of_records, with_border

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.border.frontier import Frontier
    from geo.estimate.change import Years
    from geo.estimate.risk import Risk
    from geo.incidents.placing import Located
    from geo.language.phrases import Names, Phrase, Value

__all__ = [
    "address_of", "find_place", "name_of_row", "quotable", "quote", "quote_change", "quote_record", "say_change",
    "say_ending", "say_figure", "say_record",
]  # fmt: skip

_NAMED = 3  # records whose sources are named one by one
_NEAR = 4  # names that a wrong place is answered with
_FIRST = 5


def quote(
    everything: Located, selection: Selection, risk: Risk | None, place: str = "", *, lang: str = "en", link: str = ""
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
    at = np.ones(len(located.incidents), bool) if not place else records_at(located, place)
    here = located.take(located.incidents.index[at])
    number, could = int(here.counts.sum()), None
    if not place:
        sentences = _of_all(located, selection, risk)
    elif risk is None:
        if place.startswith(("crossing:", "segment:")):
            could = int(located.counts[records_near(located, place)].sum())
        sentences = [phrase("answers.q-few", place=names_of_place(located.frontier, place), n=number)]
    elif place.startswith("border:"):
        row = row_of(aggregate(risk).rename(columns={"estimate": "value"}), place[7:])
        sentences = [_of_place(located.frontier, selection, risk, place, row | {"neighbour": place[7:]})]
    else:
        table = rank_places(located, risk, borders=selection.neighbour)
        key = place_key(table, located.frontier, place)
        could = int(shares_of_places(located, risk, table)["could_records"].loc[[key]].sum())
        sentences = [_of_place(located.frontier, selection, risk, place, row_of(table, key))]
    scaled = risk is not None and is_scaled(selection)
    return write_phrases(lang, [*sentences, *_end(everything, selection, here, link, place, could, scaled=scaled)])


def quote_change(
    everything: Located, selection: Selection, table: pd.DataFrame, years: Years, row: str, *, lang: str = "en",
    link: str = "",
) -> str:  # fmt: skip
    """Write what may be quoted of a row of what changed, as :func:`geo.estimate.change.compare_periods` has them."""
    cells = row_of(table, row)
    sentences = say_change(
        name_of_row(everything.frontier, row), say_changed(table, row, years), years,
        records=int(cells["records"]), against=int(cells["against_records"]),
        ratio=bool(np.isfinite(cells["ratio"])) and cells["word"] != "too few to tell",
    )  # fmt: skip
    return write_phrases(lang, [*sentences, *_end(everything, selection, everything.select(selection), link)])


def quote_record(
    everything: Located, selection: Selection, record: str, heading: str, *, lang: str = "en", link: str = ""
) -> str:
    """Write what may be quoted of one record, by its id; ``heading`` is what a page calls it in this language.

    The link shows the selection where that holds the record, else all there is.
    """
    row = everything.incidents.loc[record]
    holds = record in everything.select(selection).incidents.index
    sentences = say_record(
        heading, on={lang: write_date(lang, row["date"])}, outcome=row["outcome_class"],
        agency=name_agencies(row["agency"], lang), sources=_sources(everything.take(pd.Index([record]))),
        date=_day_of(everything),
        link=_link(link, selection if holds else Selection(include_refused=True), f"record:{record}"),
    )  # fmt: skip
    return write_phrases(lang, sentences)


def name_of_row(frontier: Frontier, row: str) -> Names:
    """Name of a row of what changed, in every language."""
    words = {"all": "page.all-land", "home": "answers.by-kz", "neighbour": "answers.by-nb"}
    if row in words:
        return {lang: say(lang, words[row]) for lang in LANGUAGES}
    return names_of_place(frontier, f"border:{row}")


def say_figure(
    place: str,
    names: Names,
    figure: Sequence[float],
    *,
    neighbour: Value,
    period: Sequence[str],
    rank: Sequence[int],
    of: int,
) -> Phrase:
    """Say the figure of a crossing, stretch or border by its key: median and ends of its interval, rank of so many.

    ``period`` is its first and last date, as short as they may be: ``2024``, ``2024-05`` or ``2024-05-03``.
    """
    value, low, high = figure
    bound = is_bound(low, high)
    ends: dict[str, Value] = {
        "v": Number("figure", (value,)),
        "ends": Number("ends", (low, high)),
        "b": Number("bound", (high,)),
        "n": _noun(write_bound(high) if bound else write_figure(value)),
    }
    if of:
        ends |= {"rank": Number("rank", tuple(rank)), "of": of}
    when = {lang: write_within(lang, *period) for lang in LANGUAGES}
    kind = {"crossing": "cross", "segment": "stretch", "border": "border"}[place.partition(":")[0]]
    key = f"answers.q-{kind}{'-bound' if bound else ''}"
    return phrase(key, place=names, neighbour=neighbour, when=when, **ends)


def say_change(
    place: Value, said: Sequence[Phrase], years: Sequence[int], *, records: int, against: int, ratio: bool
) -> list[Phrase]:
    """Say a row of what changed; ``years`` are the first and last of the later period, then of the earlier one."""
    since, _, *before = map(str, years)
    when = {lang: write_within(lang, *before) for lang in LANGUAGES}
    row = phrase("answers.q-change", place=place, said=in_a_row(said, ". "), n=records, m=against, y=since, when=when)
    return [row, phrase("answers.q-brackets")] if ratio else [row]


def say_record(
    heading: Value, *, on: Value, outcome: str, agency: Value, sources: Sequence[str], date: Value, link: str
) -> list[Phrase]:
    """Say one record: what it is called, when, what came of it, who recorded it, and who says so."""
    key = "answers.q-record" if outcome != "unknown" else "answers.q-record-open"
    sentences = [phrase(key, heading=heading, date=on, outcome=phrase(f"outcome.{outcome}"))]
    sentences += [phrase("answers.q-record-by", agency=agency)] if agency else []
    sentences += [phrase("answers.q-sources", list="; ".join(sources))] if sources else []
    return [*sentences, phrase("answers.q-record-end", date=date, link=link)]


def say_ending(
    *, n: int, could: int | None, date: Value, link: str, only: Phrase | None, scaled: bool, sources: Sequence[str]
) -> list[Phrase]:
    """What each quote ends with: what it goes by, that these are no flows, its source and link.

    ``could``: of a crossing or a stretch, how many records may lie there beside the ``n`` that do.
    """
    source = "answers.q-source" if could is None else "answers.q-source-here" if not could else "answers.q-source-could"
    more: dict[str, Value] = {} if could is None else {"m": could}
    sentences = [
        phrase("answers.q-scaled") if scaled else None,
        phrase("answers.quoted", v=only) if only else None,
        phrase("answers.q-end"),
        phrase(source, date=date, n=n, link=link, **more),
        phrase("answers.q-sources", list="; ".join(sources)) if sources else None,
    ]
    return [one for one in sentences if one]


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


def _end(  # noqa: PLR0917  (what is quoted, part by part)
    everything: Located, selection: Selection, here: Located, link: str, place: str = "", could: int | None = None, *,
    scaled: bool = False,
) -> list[Phrase]:  # fmt: skip
    """What a quote of these records ends with; those of very few name their sources."""
    number = int(here.counts.sum())
    return say_ending(
        n=number, could=could, date=_day_of(everything), link=_link(link, selection, place), scaled=scaled,
        only=only_of(selection, goods=bool(place)), sources=_sources(here) if number <= _NAMED else [],
    )  # fmt: skip


def _day_of(everything: Located) -> Names:
    """The day that the data go up to."""
    newest = rate_period(everything.incidents, Selection())[1].isoformat()
    return {lang: write_date(lang, newest) for lang in LANGUAGES}


def _link(page: str, selection: Selection, place: str = "") -> str:
    return page if "?" in page else f"{page}#{address_of(selection, place)}"


def _sources(located: Located) -> list[str]:
    names = located.incidents[["source_publisher", "source_url"]].to_numpy().tolist()
    return [", ".join(filter(None, both)) for both in names if any(both)]


def _of_place(frontier: Frontier, selection: Selection, risk: Risk, place: str, row: dict[str, Any]) -> Phrase:
    return say_figure(
        place,
        names_of_place(frontier, place),
        [row[name] for name in ("value", "low90", "high90")],
        neighbour=with_border(row["neighbour"], frontier),
        period=period_of_title(selection, (risk.period[0].year, risk.period[1].year)),
        rank=[int(row["rank_low90"]), int(row["rank_high90"])],
        of=int(row.get("of", 0)),
    )


def _of_all(located: Located, selection: Selection, risk: Risk | None) -> list[Phrase]:
    sentences = [phrase("answers.q-whole", title=title_of_records(located, selection))]
    if risk is None:
        return sentences
    table = rank_places(located, risk, borders=selection.neighbour).head(_FIRST)
    first = [(key, row_of(table, key)) for key in table.index]
    names: Names = {
        lang: "; ".join(
            f"{names_of_place(located.frontier, key)[lang]} {_with_unit(lang, row)}"
            f" ({write_ends(row['low90'], row['high90'], lang)})"
            for key, row in first
            if not row["bound"]
        )
        for lang in LANGUAGES
    }
    return [*sentences, phrase("answers.q-most", places=names)] if names["en"] else sentences


def _with_unit(lang: str, row: dict[str, Any]) -> str:
    figure = write_figure(row["value"], lang)
    return say(lang, "a-year", v=figure) if row["unit"] == A_YEAR else f"{figure} {say(lang, 'unit')}"


def _noun(written: str) -> float:
    """The number that a noun follows: what has decimals is a fraction to a language, also 1.0."""
    return round_half_up(float(written.removeprefix("< ").replace(",", ""))) if "." not in written else 1.5
