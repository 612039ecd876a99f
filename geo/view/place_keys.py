"""Meanings of a place's key: a border, a stretch, a crossing, a town, a district, an airport, one record.

Keys are what the map's own script calls its marks, so a key in a link means the same in every language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypedDict

import numpy as np
import pandas as pd

from geo.estimate.risk import A_YEAR, aggregate
from geo.language.catalogue import read_words, say
from geo.language.figures import is_bound, write_ends, write_estimate, write_figure
from geo.language.names import name_in
from geo.language.numbers import round_half_up, write_number, write_rate
from geo.summaries.grouping import KINDS
from geo.summaries.summary import ESTIMATED, summarize
from geo.view.sites import sites_of
from geo.vocabulary import OFF_BORDER

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from geo.estimate.risk import Risk
    from geo.incidents.placing import Located

__all__ = ["Choice", "choose_place", "figures_of", "key_of_row"]

_HELD = 0.005  # of a record: less on a stretch is none of its records
_GOODS_SHOWN = 5


class Choice(TypedDict):
    """Choice of a place or a record, from a key or from a click on the map."""

    kind: str
    key: str
    ids: list[str]
    """Of the records there."""
    also: NotRequired[int]
    """Number of other marks drawn as one with it."""
    name: NotRequired[str]
    """Of the place, as the map calls it."""
    keys: NotRequired[list[str]]
    """Of all marks drawn as one."""


def choose_place(located: Located, keys: Sequence[str]) -> Choice | None:
    """Choose a place by one key, or by those of several marks drawn as one, as a click on the map does.

    Keys are ``border:RU``, ``segment:ru-001``, ``region:RU:KZ-27`` or ``region:KZ-27``, ``crossing:kayrak``,
    ``air:air-almaty``, ``town:71.4,51.1:10``, ``district:…``, ``part:post`` (of the sum line) or ``record:`` and an id.
    None when no key means anything here, or the record is not among those shown.
    """
    matching = [(key, mask) for key in dict.fromkeys(keys) if (mask := _records_at(located, key)) is not None]
    if not matching:
        return None
    kind, _, rest = matching[0][0].partition(":")
    if kind == "part" or (kind == "border" and rest in OFF_BORDER):
        kind = "unplaced"
    if kind == "record" and not matching[0][1].any():
        return None
    together = np.logical_or.reduce([mask for _, mask in matching])
    ids = located.incidents.index[together].tolist()
    return {
        "kind": kind,
        "key": matching[0][0],
        "ids": ids,
        "also": len(matching) - 1,
        "keys": [key for key, _ in matching],
    }


def key_of_row(by: str, row: str) -> str | None:
    """The key of a summary's row; None for rows that are no place.

    Examples
    --------
    >>> key_of_row("crossing", "kayrak"), key_of_row("region", "KZ-27"), key_of_row("goods", "tobacco")
    ('crossing:kayrak', 'region:KZ-27', None)
    """
    if row in OFF_BORDER:
        by = "border"
    return f"{by}:{row}" if by in ESTIMATED and row else None


def figures_of(
    located: Located, risk: Risk | None, chosen: Choice, *, period: tuple[date, date], lang: str
) -> list[tuple[str, str]]:
    """Rows of a card with the numbers of a place: rate, estimate with its interval, length, goods, years."""
    words = read_words(lang)
    incidents = located.incidents.loc[chosen["ids"]]
    rows = []
    by, _, key = chosen["key"].partition(":")
    if by == "region" and ":" in key:
        key = key.partition(":")[2]
    if by in KINDS and not chosen.get("also"):
        table = summarize(located, risk if by in ESTIMATED else None, by=by, period=period)
        if key in table.index:
            rows += _rates(pd.Series(table.loc[key]), lang)
    elif chosen.get("also") and risk is not None:
        rows += _each_site(located, risk, chosen["keys"], lang)
    rows.append((words["field.goods"], _goods(incidents, lang)))
    rows.append((words["app.card.years"], _years(incidents, lang)))
    return [(name, value) for name, value in rows if value]


def _records_at(located: Located, key: str) -> np.ndarray | None:
    """Records that belong to a key; None when the key means nothing on this border."""
    kind, _, rest = key.partition(":")
    if kind == "record":
        return np.asarray(located.incidents.index == rest)
    if kind in {"air", "town", "district"} and rest not in located.frontier.crossings.index:
        return _at_site(located, key)
    return _FINDERS[kind](located, rest) if kind in _FINDERS else None


def _of_border(located: Located, code: str) -> np.ndarray | None:
    known = code in located.frontier.borders.index or code in OFF_BORDER
    return np.asarray(located.incidents["border"].to_numpy() == code) if known else None


def _of_segment(located: Located, segment: str) -> np.ndarray | None:
    cells = located.frontier.cells["segment"].eq(segment).to_numpy()
    return np.asarray(located.weights @ cells.astype(float) > _HELD) if cells.any() else None


def _of_crossing(located: Located, crossing: str) -> np.ndarray | None:
    known = crossing in located.frontier.crossings.index
    return np.asarray(located.incidents["crossing_id"].to_numpy() == crossing) if known else None


def _of_region(located: Located, text: str) -> np.ndarray | None:
    """All records of a region, or those known only to its stretch of one border."""
    border, _, region = text.rpartition(":")
    frontier, incidents = located.frontier, located.incidents
    if region not in frontier.regions.index or (border and border not in frontier.borders.index):
        return None
    here = incidents["region_code"].eq(region)
    if border:
        here &= incidents["border"].eq(border) & incidents["spread"].eq("region")
    return np.asarray(here)


def _of_part(located: Located, part: str) -> np.ndarray | None:
    """The records of a part of the sum line."""
    if part in {"air", "post"}:
        return np.asarray(located.incidents["border"] == part.upper())
    if part not in {"place", "region", "border", "none"}:
        return None
    kinds = sites_of(located).kind
    return (~kinds.isin(["region", "border", "none"]) if part == "place" else kinds.eq(part)).to_numpy()


_FINDERS: dict[str, Callable[[Located, str], np.ndarray | None]] = {
    "border": _of_border,
    "segment": _of_segment,
    "crossing": _of_crossing,
    "air": _of_crossing,
    "region": _of_region,
    "part": _of_part,
}


def _at_site(located: Located, key: str) -> np.ndarray | None:
    sites = sites_of(located)
    return np.asarray(sites.of == sites.table.index.get_loc(key)) if key in sites.table.index else None


def _each_site(located: Located, risk: Risk, keys: list[str], lang: str) -> list[tuple[str, str]]:
    """The estimate of each site among marks drawn as one; crossings in one cell share theirs."""
    table, crossings = aggregate(risk, by="crossing"), located.frontier.crossings
    chosen = [rest for kind, _, rest in (key.partition(":") for key in keys) if kind == "crossing"]
    sites = crossings.loc[[key for key in chosen if key in table.index]].groupby("cell", sort=False)
    return [
        (", ".join(name_in(row, lang) for _, row in site.iterrows()), _estimate(table.loc[site.index[0]], lang))
        for _, site in sites
    ]


def _estimate(row: pd.Series, lang: str) -> str:
    low, high = row["low90"], row["high90"]
    words, bound = read_words(lang), is_bound(low, high)
    figure = write_figure(row["estimate"], lang) if not bound else write_estimate(high, low, high, lang)
    rate = say(lang, "a-year", v=figure) if row["figure_unit"] == A_YEAR else f"{figure} {words['unit']}"
    ends = words["app.card.bound"] if bound else say(lang, "interval-of", ends=write_ends(low, high, lang))
    return f"{rate}, {ends}"


def _rates(row: pd.Series, lang: str) -> list[tuple[str, str]]:
    words, rows = read_words(lang), []
    if "estimate" in row and row.notna()["estimate"]:
        rows.append((words["estimate"], _estimate(row, lang)))
    if "per_100km_year" in row and row.notna()["per_100km_year"]:
        rows.append((words["rate"], f"{write_rate(lang, row['per_100km_year'])} {words['unit']}"))
    rows.append((words["app.head.incidents_dated"], write_number(lang, round_half_up(row["incidents_dated"], 1))))
    if "length_km" in row and row.notna()["length_km"]:
        length = say(lang, "map.km", n=round_half_up(row["length_km"]))
        if "published_km" in row and row.notna()["published_km"]:
            length = say(lang, "card.length", n=round_half_up(row["length_km"]), m=round_half_up(row["published_km"]))
        rows.append((words["col.length"], length))
    return rows


def _goods(incidents: pd.DataFrame, lang: str) -> str:
    words, counts = read_words(lang), incidents["goods"].value_counts()
    shown = [f"{words[f'goods.{goods}']} {write_number(lang, n)}" for goods, n in counts.head(_GOODS_SHOWN).items()]
    rest = int(counts.iloc[_GOODS_SHOWN:].sum())
    return " · ".join(shown + ([say(lang, "app.card.other-goods", n=rest)] if rest else []))


def _years(incidents: pd.DataFrame, lang: str) -> str:
    years = incidents["date_start"].dropna().dt.year.value_counts().sort_index()
    undated = int(incidents["date_start"].isna().sum())
    shown = [f"{year}: {write_number(lang, n)}" for year, n in years.items()]
    return " · ".join(shown + ([say(lang, "app.card.undated", n=undated)] if undated else []))
