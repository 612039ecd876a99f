"""Statements on the same thing and period with different figures, and why the figures may differ."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from geo.claims.scopes import (
    ALL_BORDERS,
    ClaimRules,
    Remark,
    articles_of,
    borders_covered,
    goods_covered,
    is_countable,
    name_body,
    name_borders,
    read_claim_rules,
    remarks_in,
    stated_bound,
)
from geo.language.phrases import Figure, inside, join_all, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.language.phrases import Phrase

__all__ = ["PAIR_COLUMNS", "pair_claims"]

PAIR_COLUMNS = (
    "first_id",
    "second_id",
    "metric_class",
    "goods",
    "border",
    "period_first_day",
    "period_last_day",
    "first_agency",
    "first_figure",
    "second_agency",
    "second_figure",
    "reasons",
    "sentence",
)
_MEASURES = {"case": ("case", 1.0), "kg": ("weight", 1.0), "t": ("weight", 1000.0)}
_NOT_FIGURES = ("law", "cooperation", "not_our_job")
_TRADE = re.compile(r"(?:imports from|exports to) ")


class _Metric(NamedTuple):
    """Measure of a figure; two figures of one metric and one period ought to be alike."""

    metric_class: Phrase
    goods: str
    border: str
    first_day: str
    last_day: str


def pair_claims(claims: pd.DataFrame, *, rules: ClaimRules | None = None) -> pd.DataFrame:
    """Pair statements that give different figures for the same metric class and period.

    Two statements have the same metric class when their figures are in the same measure (cases; weight, kg and t
    being one; else the same unit), and cover the same goods and borders. Where the unit is not one of cases or
    goods (money, persons), the words of the metric must be the same too, imports from and exports to a country
    being the two sides of one trade. The period is the same when its first and last day are. Figures of one case,
    and statements on law, remit or cooperation, take no part.

    Parameters
    ----------
    claims
        As :func:`geo.read_claims` gives them.
    rules
        Words that the rules go by; the built-in ones by default.

    Returns
    -------
    pandas.DataFrame
        One row per pair, in the order of the statements, with :data:`PAIR_COLUMNS`; ``reasons`` are phrases that say
        why the figures may differ, as far as the statements tell. :func:`geo.claims.wording.word_claims` puts it
        into words.

    Examples
    --------
    >>> from geo.claims.reading import read_claims
    >>> pairs = pair_claims(read_claims())
    >>> heroin = pairs.loc[pairs["goods"] == "drugs (heroin)"].iloc[0]
    >>> str(heroin["first_figure"]), str(heroin["second_figure"])
    ('2.5 kg', '774 kg')
    """
    words = read_claim_rules() if rules is None else rules
    statements = claims.reset_index().to_dict("records")
    groups: dict[_Metric, list[Mapping[Any, Any]]] = {}
    for claim in statements:
        metric = _metric(claim, words)
        if metric is not None:
            groups.setdefault(metric, []).append(claim)
    order = {claim["id"]: place for place, claim in enumerate(statements)}
    rows = [
        _pair(metric, one, other, words)
        for metric, group in groups.items()
        for one, other in combinations(group, 2)
        if _size(one) != _size(other)
    ]
    rows.sort(key=lambda row: (order[row["first_id"]], order[row["second_id"]]))
    return pd.DataFrame(rows, columns=list(PAIR_COLUMNS), dtype=object)


def _metric(claim: Mapping[Any, Any], rules: ClaimRules) -> _Metric | None:
    """The metric of a statement; None where it gives no figure for a known period."""
    single = any(remark.kind == "single" for remark in _remarks(claim, rules))
    unknown = pd.isna(claim["value"]) or pd.isna(claim["date_start"]) or pd.isna(claim["date_end"])
    if unknown or single or claim["claim_type"] in _NOT_FIGURES:
        return None
    goods = goods_covered(claim["goods"], claim["goods_scope"], claim["metric"], rules.goods_terms)
    borders = borders_covered(claim["neighbour"], claim["border_scope"])
    known, unit = _MEASURES.get(claim["unit"], ("", 1.0))[0], claim["unit"]
    measure = phrase(f"statement.measure.{known}") if known else phrase("statement.measure.unit", unit=unit)
    if not is_countable(unit, goods.classes):
        words = claim["metric"].casefold().split(" (")[0].strip()
        trade = _TRADE.match(words)
        measure = phrase(f"statement.measure.{'trade' if trade else 'words'}", unit=unit, words="" if trade else words)
    first, last = (f"{claim[name]:%Y-%m-%d}" for name in ("date_start", "date_end"))
    return _Metric(measure, goods.words, name_borders(borders), first, last)


def _size(claim: Mapping[Any, Any]) -> float:
    return float(claim["value"]) * _MEASURES.get(claim["unit"], ("", 1.0))[1]


def _remarks(claim: Mapping[Any, Any], rules: ClaimRules) -> tuple[Remark, ...]:
    return remarks_in(f"{claim['claim']} {claim['metric']}", rules.remarks)


def _pair(metric: _Metric, one: Mapping[Any, Any], other: Mapping[Any, Any], rules: ClaimRules) -> dict[str, Any]:
    figures = [Figure(claim["value"], claim["unit"]) for claim in (one, other)]
    reasons = tuple(_reasons(one, other, figures, rules))
    sentence = phrase(
        "statement.pair",
        first=metric.first_day,
        last=metric.last_day,
        measure=metric.metric_class,
        goods=metric.goods,
        border=phrase("statement.all-borders") if metric.border == ALL_BORDERS else metric.border,
        a=name_body(one["agency"]),
        x=figures[0],
        p=one["metric"],
        b=name_body(other["agency"]),
        y=figures[1],
        q=other["metric"],
    )
    values = (
        one["id"],
        other["id"],
        *metric,
        one["agency"],
        figures[0],
        other["agency"],
        figures[1],
        reasons or (phrase("statement.pair.none"),),
        sentence,
    )
    return dict(zip(PAIR_COLUMNS, values, strict=True))


def _reasons(
    one: Mapping[Any, Any], other: Mapping[Any, Any], figures: list[Figure], rules: ClaimRules
) -> Iterator[Phrase]:
    """Reasons why two figures may differ, as far as the statements tell."""
    bodies = [name_body(claim["agency"]) for claim in (one, other)]
    if bodies[0] != bodies[1]:
        yield phrase("statement.pair.agency", a=bodies[0], b=bodies[1])
    laws = [articles_of(claim["legal_scope"]) for claim in (one, other)]
    silent = [figure for figure, law in zip(figures, laws, strict=True) if not law]
    if silent:
        yield phrase("statement.pair.no-laws") if silent[1:] else phrase("statement.pair.no-law", figure=silent[0])
    elif laws[0] != laws[1]:
        yield phrase("statement.pair.law", a=one["legal_scope"], b=other["legal_scope"])
    remarks = [_remarks(claim, rules) for claim in (one, other)]
    for figure, own, others in zip(figures, remarks, reversed(remarks), strict=True):
        for remark in own:
            if remark not in others:
                yield phrase("statement.pair.scope", figure=figure, remark=inside(remark.phrase))
    if one["metric"] != other["metric"]:
        yield phrase("statement.pair.wording", a=one["metric"], b=other["metric"])
    yield from _readings((one, other), figures)


def _readings(claims: tuple[Mapping[Any, Any], ...], figures: list[Figure]) -> Iterator[Phrase]:
    """Exactness with which figures and periods are stated."""
    for claim, figure in zip(claims, figures, strict=True):
        bound = stated_bound(claim["claim"], claim["value"])
        if bound:
            yield phrase(f"statement.pair.{bound}", figure=figure)
    endless = [figure for claim, figure in zip(claims, figures, strict=True) if claim["period_end"] == ""]
    if endless:
        yield phrase("statement.pair.end", figure=join_all(endless))
