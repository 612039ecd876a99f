"""Answers to what a reader asks of a selection: where most is recorded, how sure that is, and what changed.

Worked out once, in numbers; what is said is a key of the catalogue with its values, so that every language can say it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, TypedDict

import numpy as np
import pandas as pd

from geo.estimate.change import compare_periods, default_years, latest_years
from geo.estimate.estimating import clues_of
from geo.estimate.risk import A_YEAR, aggregate
from geo.estimate.shares import outside_share
from geo.incidents.selection import in_period, is_scaled, rate_period
from geo.language.catalogue import LANGUAGES
from geo.language.dates import write_span, write_within
from geo.language.phrases import Number, in_a_row, join_all, pack_phrase, phrase
from geo.summaries.breaks import breaks_for, step_of
from geo.summaries.mix import say_mix
from geo.summaries.places import names_of_place, rank_places, row_of
from geo.summaries.titles import only_of, title_of_records
from geo.vocabulary import CLUES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from geo.estimate.change import Years
    from geo.estimate.risk import Risk
    from geo.incidents.placing import Located
    from geo.incidents.selection import Selection
    from geo.language.phrases import Names, Phrase
    from geo.summaries.mix import Shares

__all__ = [
    "ENOUGH", "FIRST", "Answers", "Place", "answer", "count_dated", "dated_on_line", "is_enough", "say_changed",
]  # fmt: skip

FIRST = 5
"""Places in the list."""

ENOUGH = 4
"""Dated records on the line, below which nothing is estimated."""

_SURE, _PROBABLE = 0.95, 0.5
_STANDS_OUT = _IN_ORDER = 0.9
_MOST_DARK = 5

State = Literal["none", "too-few", "no-estimate", "few", "all"]
Said = dict[str, Any]


class Place(TypedDict):
    """A place of the list: figures as :func:`geo.summaries.places.rank_places` has them."""

    key: str
    name: dict[str, str]
    also: str
    neighbour: str
    value: float
    unit: str
    low90: float
    high90: float
    bound: bool
    records: int
    rank_low90: int
    rank_high90: int
    of: int
    km: float | None


class Answers(TypedDict):
    """All that the answer box says; JSON-able.

    ``state``: ``none`` (no record), ``too-few`` (under four dated on the line: ``where`` they are, the most first, by
    ``key``, ``name``, ``neighbour``, ``records``), ``no-estimate``, ``few`` (some of the first places are told by a
    bound) or ``all``. ``records`` chosen, and ``dated`` ones on the line; ``title`` and the line below, ``only``.
    ``first`` places, ``breaks`` of the colours. Sentences are lists of phrases, as
    :func:`geo.language.phrases.pack_phrase` has them. ``changes``: ``years`` of the two periods and ``rows`` of
    :func:`geo.estimate.change.compare_periods`, each with what is ``said`` of it.
    """

    state: State
    records: int
    dated: int
    title: Said
    only: Said | None
    first: list[Place]
    where: list[dict[str, Any]]
    breaks: list[float]
    order: list[Said]
    change: list[Said]
    outside: list[Said]
    placing: list[Said]
    changes: dict[str, Any] | None


def count_dated(everything: Located, selection: Selection) -> int:
    """Records that the estimate of a selection counts: dated inside its period, on the land border."""
    return dated_on_line(everything.select(selection), rate_period(everything.incidents, selection))


def dated_on_line(located: Located, period: tuple[date, date]) -> int:
    """Records dated inside a period, on the land border."""
    borders = located.frontier.borders
    chosen = in_period(located.incidents, period)
    chosen &= located.incidents["border"].isin(borders.index[borders["kind"].eq("land")])
    return int(located.counts[chosen.to_numpy()].sum())


def is_enough(everything: Located, selection: Selection) -> bool:
    """Whether a selection leaves enough records to estimate anything."""
    return count_dated(everything, selection) >= ENOUGH


def answer(
    everything: Located,
    selection: Selection,
    risk: Risk | None = None,
    *,
    mix: Mapping[str, Shares] | None = None,
    before: Answers | None = None,
) -> Answers:
    """Work out what a selection answers.

    Parameters
    ----------
    everything
        All incidents on the border.
    selection
        What is chosen of them.
    risk
        The estimate of those; not needed, nor used, where :func:`is_enough` says no.
    mix
        From :func:`geo.summaries.mix.mix_of_goods`: what is said of the goods chosen.
    before
        The same without the estimate, where that is worked out already.

    """
    located = everything.select(selection)
    answers = before or _without_estimate(everything, located, selection, mix or {})
    if risk is None or answers["dated"] < ENOUGH:
        return answers
    table = rank_places(located, risk, borders=selection.neighbour)
    first = table.head(FIRST)
    stretches = aggregate(risk, by="segment")["estimate"]
    breaks = breaks_for(stretches)
    scaled = [phrase("answers.scaled")] if is_scaled(selection) else []
    return {
        **answers,
        "state": "few" if first["bound"].any() else "all",
        "first": [_place(risk, key, row_of(first, key)) for key in first.index],
        "breaks": list(breaks),
        "order": _packed([*scaled, *_order(risk, first), *_dark(risk, table, stretches, breaks)]) + answers["order"],
        "outside": _packed(_outside(located, risk, first, selection.neighbour)),
    }


def _without_estimate(
    everything: Located, located: Located, selection: Selection, mix: Mapping[str, Shares]
) -> Answers:
    only = only_of(selection)
    answers: Answers = {
        "state": "no-estimate",
        "records": int(located.counts.sum()),
        "dated": dated_on_line(located, rate_period(everything.incidents, selection)),
        "title": pack_phrase(title_of_records(located, selection)),
        "only": None if only is None else pack_phrase(only),
        "first": [], "where": [], "breaks": [], "order": _packed(say_mix(selection.goods, mix)), "change": [],
        "outside": [], "placing": [], "changes": None,
    }  # fmt: skip
    if answers["dated"] < ENOUGH:
        return {**answers, "state": "too-few" if answers["records"] else "none", "where": _where(located)}
    answers["change"], answers["changes"] = _change(everything, located, selection)
    answers["placing"] = _packed(_placing(located))
    return answers


def _place(risk: Risk, key: str, row: dict[str, Any]) -> Place:
    numbers = {name: int(row[name]) for name in ("records", "rank_low90", "rank_high90", "of")}
    copied = {name: row[name] for name in ("also", "neighbour", "value", "unit", "low90", "high90")}
    km = None if np.isnan(row["km"]) else round(float(row["km"]), 1)
    names = names_of_place(risk.frontier, key)
    return {"key": key, "name": names, **copied, "bound": bool(row["bound"]), **numbers, "km": km}  # type: ignore[typeddict-item]


def _order(risk: Risk, first: pd.DataFrame) -> list[Phrase]:
    """What can't be told apart."""
    bound, names = first["bound"].to_numpy(), [names_of_place(risk.frontier, key) for key in first.index]
    sentences = []
    if bound.any():
        stands = ~bound & (first["p_top5"].to_numpy() >= _STANDS_OUT)
        out = [name for name, flag in zip(names, stands, strict=True) if flag]
        sentences += [phrase("answers.standout", places=join_all(out))] if out else []
    if not bound[0]:
        sentences.append(_first(float(first["p_first"].iloc[0]), names[0]))
    in_order = first["p_above_next"].to_numpy()[:-1] >= _IN_ORDER
    sentences += [phrase("answers.overlap", i=i, j=j) for i, j in _runs(~(in_order | bound[:-1] | bound[1:]), 1)]
    sentences += [
        phrase("answers.few", i=i, j=j) if i < j else phrase("answers.few-one", i=i) for i, j in _runs(bound, 0)
    ]
    last = first.iloc[-1]
    if not bound.any() and last["rank_low90"] < last["rank_high90"]:
        of = phrase("answers.crossings" if last["unit"] == A_YEAR else "answers.stretches", n=int(last["of"]))
        ends = {name: Number("ordinal", (int(last[f"rank_{end}90"]),)) for name, end in (("a", "low"), ("b", "high"))}
        sentences.append(phrase("answers.last-rank", i=len(first), **ends, n=of))
    return sentences


def _first(p: float, place: Names) -> Phrase:
    if p >= _SURE:
        return phrase("answers.first", place=place)
    if p >= _PROBABLE:
        return phrase("answers.first-p", place=place, p=Number("share", (p,)))
    return phrase("answers.first-no")


def _runs(flags: np.ndarray[Any, Any], more: int) -> list[tuple[int, int]]:
    """Runs of true flags as places from 1 on: the first of each and the last, ``more`` beyond the last flag."""
    edges = np.flatnonzero(np.diff([0, *flags.astype(int), 0]))
    return [(int(start) + 1, int(end) + more) for start, end in edges.reshape(-1, 2)]


def _dark(risk: Risk, table: pd.DataFrame, stretches: pd.Series, breaks: tuple[float, ...]) -> list[Phrase]:
    """Stretches of the top colour that hold none of the first places."""
    shown = set(table["segment"].head(FIRST))
    dark = [
        key for key, value in stretches.sort_values(ascending=False).items() if step_of(value, breaks) == len(breaks)
    ]
    others = [str(key) for key in dark if key not in shown] if breaks else []
    if not others:
        return []
    at = table[table["unit"].eq(A_YEAR)]["segment"].value_counts()
    several = all(at.get(key, 0) > 1 for key in others)
    names: Any = in_a_row(names_of_place(risk.frontier, f"segment:{key}") for key in others[:_MOST_DARK])
    if len(others) > _MOST_DARK:
        names = phrase("answers.more", list=names, n=len(others) - _MOST_DARK)
    return [phrase("answers.asdark" if several else "answers.asdark-one", list=names)]


def _change(everything: Located, located: Located, selection: Selection) -> tuple[list[Said], dict[str, Any] | None]:
    """Change since the last two full years, or since the year that the period begins with."""
    since, until = selection.since, selection.until
    years = None if everything.kind == "rows" else latest_years(everything)
    if years is None:
        return [], None  # a register's years differ by how it was kept
    if until is not None or (since is not None and (since.month, since.day) != (1, 1)):
        return [], None
    if since is not None:
        if not years.against_since < since.year <= years.until:
            return [], None
        years, located = default_years(everything, since.year), everything.select(replace(selection, since=None))
    table = compare_periods(located, years)
    rows: list[dict[str, Any]] = [
        {str(name): None if isinstance(value, float) and np.isnan(value) else value for name, value in row.items()}
        | {"said": _packed(say_changed(table, str(row["key"]), years))}
        for row in table.reset_index().to_dict("records")
    ]
    return rows[0]["said"], {"years": list(years), "rows": rows}


def say_changed(table: pd.DataFrame, place: str, years: Years) -> list[Phrase]:
    """Say what a row of :func:`geo.estimate.change.compare_periods` shows."""
    row = row_of(table, place)
    earlier = str(years.against_since), str(years.against_until)
    before, when = write_span("en", *earlier), {lang: write_within(lang, *earlier) for lang in LANGUAGES}
    keys = {"rose": "rose", "fell": "fell", "cannot tell": "no", "too few to tell": "few", "no records": "none"}
    key = keys[row["word"]]
    if key == "rose" and np.isnan(row["ratio"]):
        sentences = [phrase("answers.ch-new", y=str(years.since), when=when, r=Number("ratio", (row["low90"],)))]
    elif key == "few":
        number = int(row["records"] + row["against_records"])
        power = Number("share", (row["doubling_shows"],))
        sentences = [phrase("answers.ch-few", y=str(years.since), n=number, power=power)]
    elif key == "none":
        sentences = [phrase("answers.ch-none", y=str(years.since), when=when)]
    else:
        ratio, ends = Number("ratio", (row["ratio"],)), Number("ratios", (row["low90"], row["high90"]))
        sentences = [phrase(f"answers.ch-{key}", y=str(years.since), p=before, r=ratio, ends=ends)]
    if row["side"]:
        less = "-less" if table.loc[row["side"], "word"] == "fell" else ""
        sentences.append(phrase(f"answers.ch-{row['side']}{less}"))
    return sentences


def _outside(located: Located, risk: Risk, first: pd.DataFrame, neighbour: tuple[str, ...]) -> list[Phrase]:
    """The share recorded outside checkpoints, and the stretches among the first places."""
    stretches = [key for key in first.index if key.startswith("segment:")]
    names = in_a_row(names_of_place(risk.frontier, key) for key in stretches)
    dated = in_period(located.incidents, risk.period).to_numpy()
    if not (dated & (clues_of(located, risk.frontier) == CLUES.index("outside"))).any():
        sentences = [phrase("answers.outside-0")]
    else:
        borders = [code for code in risk.frontier.borders.index if code in neighbour]
        row = row_of(outside_share(risk, located), borders[0] if len(borders) == 1 else "")
        share, ends = Number("share", (row["outside_share"],)), (row["outside_low90"], row["outside_high90"])
        most = Number("share", (row["outside_if_silent_share"],))
        sentences = [phrase("answers.outside", p=share, ends=Number("shares", ends), m=most)]
    if stretches:
        return [*sentences, phrase("answers.outside-places", places=names)]
    return [*sentences, phrase("answers.between-0")]


def _placing(located: Located) -> list[Phrase]:
    """Records that have no place on the line."""
    vague = located.incidents["spread"].isin(["region", "border"]).to_numpy()
    number, records = int(located.counts[vague].sum()), int(located.counts.sum())
    return [phrase("answers.no-place", n=number, m=records), phrase("answers.mayli")] if number else []


def _where(located: Located) -> list[dict[str, Any]]:
    """Places of very few records, the most records first."""
    frontier, incidents = located.frontier, located.incidents
    at_crossing = incidents["spread"].eq("crossing")
    region = incidents["region_code"].where(incidents["region_code"].isin(frontier.regions.index), "")
    key = ("border:" + incidents["border"]).mask(region.ne(""), "region:" + region)
    key = key.mask(at_crossing, "crossing:" + incidents["crossing_id"])
    table = pd.DataFrame({"key": key, "neighbour": incidents["border"], "records": located.counts})
    table = table.groupby("key", sort=False).agg(neighbour=("neighbour", "first"), records=("records", "sum"))
    table = table.sort_values("records", ascending=False, kind="stable")
    rows = zip(table.index.tolist(), table["neighbour"].tolist(), table["records"].astype(int).tolist(), strict=True)
    return [
        {"key": place, "name": _names_of_place(located, place), "neighbour": border, "records": records}
        for place, border, records in rows
    ]


def _names_of_place(located: Located, key: str) -> Names:
    kind, _, code = key.partition(":")
    if kind == "border" and code not in located.frontier.borders.index:
        return in_a_row([phrase(f"neighbour.{code}")])
    return names_of_place(located.frontier, key)


def _packed(phrases: list[Phrase]) -> list[Said]:
    return [pack_phrase(one) for one in phrases]
