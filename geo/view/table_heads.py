"""Summaries as they are read on a screen: heads in words, numbers with as many figures as they carry."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from geo.estimate.risk import A_YEAR, PER_100KM_YEAR
from geo.estimate.shares import SIDES
from geo.language.catalogue import read_words, say
from geo.language.figures import write_figure
from geo.language.numbers import write_number, write_percent
from geo.language.translations import name_agencies
from geo.summaries.grouping import NOT_STATED

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from pandas.io.formats.style import Styler

    from geo.border.frontier import Frontier

__all__ = ["in_print", "name_rows", "summary_heads"]


_ENDS = {f"{side}_{end}90" for part in SIDES for side in (part, f"{part}_rank") for end in ("low", "high")}
_HIDDEN = {"busiest_segment", "segment", "neighbour", *_ENDS}
"""Columns whose codes stand beside their names, and ends of intervals by one side's records."""
_DIGITS = {"incidents": 1, "incidents_dated": 1} | dict.fromkeys(
    ("incidents_whole", *(f"{of}rank{end}" for of in ("", "home_", "neighbour_") for end in ("", "_low90", "_high90"))),
    0,
)
"""Decimals of the columns that have another number of them than their kind."""
_ESTIMATES = {"estimate", "low90", "high90", "mean", "at_per_year", "between_per_100km_year"}
"""Columns that are never nought: a figure by its own size."""


def summary_heads(table: pd.DataFrame, lang: str = "en") -> dict[str, str | None]:
    """Heads of a summary's columns in a language; None hides one."""
    words = read_words(lang)
    heads: dict[str, str | None] = {}
    for name in map(str, table):
        hidden = name in _HIDDEN and name not in table.index.names and "name" in table
        heads[name] = None if hidden else words.get(f"app.head.{name}", name.replace("_", " ").capitalize())
    return heads


def name_rows(table: pd.DataFrame, by: str, frontier: Frontier, lang: str = "en") -> pd.DataFrame:
    """The table with what its rows are called in a language, in the column ``name``, before all others."""
    words = read_words(lang)
    named: dict[str, pd.DataFrame] = {
        "border": frontier.borders,
        "region": frontier.regions,
        "crossing": frontier.crossings,
        "segment": frontier.segments.assign(name_en=frontier.segments["name"]),
    }

    def call(key: str) -> str:
        if by in named and key in named[by].index:
            row = named[by].loc[key]
            return str(row.get(f"name_{lang}", "") or row["name_en"])
        if by == "agency" and key != NOT_STATED:
            return name_agencies(key, lang)
        return words.get(
            f"app.off.{key or 'none'}", words.get(f"{by}.{key}", words["app.off.none"] if key == NOT_STATED else key)
        )

    out = table.drop(columns=["name"], errors="ignore")
    out.insert(0, "name", [call(str(key)) for key in table.index])
    if "busiest_segment" in out:
        segments = named["segment"]
        column = segments[f"name_{lang}"] if lang != "en" else segments["name"]
        out["busiest_segment_name"] = out["busiest_segment"].map(column).fillna("")
    if "figure_unit" in out:
        units = {A_YEAR: say(lang, "a-year", v="").strip(), PER_100KM_YEAR: words["unit"]}
        out["figure_unit"] = out["figure_unit"].map(units).fillna("")
    if "top_goods" in out:
        out["top_goods"] = [_goods_in(text, words) for text in out["top_goods"]]
    return out


def _goods_in(text: str, words: dict[str, str]) -> str:
    parts = [part.rpartition(" ") for part in text.split(", ") if part]
    return ", ".join(f"{words.get(f'goods.{goods}', goods)} {number}" for goods, _, number in parts)


def in_print(table: pd.DataFrame, lang: str = "en") -> Styler:
    """The table with its numbers as they are read in a language: kilometres, counts, rates, shares."""

    def shown(name: str) -> Callable[[float], str]:
        if name in _ESTIMATES:
            return partial(write_figure, lang=lang)
        if name.endswith("_share") or name.startswith(("p_", "outside_")):
            return partial(write_percent, lang)
        return partial(write_number, lang, digits=_DIGITS.get(name, 0 if name.endswith("_km") else 2))

    numbers: dict[Any, Any] = {name: shown(name) for name in map(str, table.select_dtypes("number"))}
    return table.style.format(numbers, na_rep="–")
