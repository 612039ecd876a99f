"""Statements on the same thing and period with different figures, and why the figures may differ."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from geo.claims.scopes import (
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

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["PAIR_COLUMNS", "pair_claims", "show_figure"]

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
_MEASURES = {"case": ("number of cases", 1.0), "kg": ("weight", 1.0), "t": ("weight", 1000.0)}
_NOT_FIGURES = ("law", "cooperation", "not_our_job")
_WITHOUT_PLURAL = ("kg", "t", "m3", "head", "USD", "KZT", "MCI", "percent", "other")
_PLURALS = {"box": "boxes", "country": "countries"}
_TRADE = re.compile(r"(?:imports from|exports to) ")


class _Metric(NamedTuple):
    """What a figure measures; two figures of one metric and one period ought to be alike."""

    metric_class: str
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
        A row per pair, in the order of the statements, with :data:`PAIR_COLUMNS`; ``reasons`` says why the figures
        may differ, as far as the statements tell.

    Examples
    --------
    >>> from geo.claims.reading import read_claims
    >>> pairs = pair_claims(read_claims())
    >>> pairs.loc[pairs["goods"] == "drugs (heroin)", ["first_figure", "second_figure"]].to_numpy().tolist()
    [['2.5 kg', '774 kg']]
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
    return pd.DataFrame(rows, columns=list(PAIR_COLUMNS), dtype=str)


def show_figure(value: float, unit: str) -> str:
    """Show a figure with its unit; cases are a bare number.

    Examples
    --------
    >>> show_figure(17541, "case"), show_figure(2.5, "kg"), show_figure(50, "parcel")
    ('17,541', '2.5 kg', '50 parcels')
    """
    number = f"{value:,.0f}" if value == round(value) else f"{value:,.10g}"
    if unit == "case":
        return number
    return f"{number} {unit if unit in _WITHOUT_PLURAL or value == 1 else _PLURALS.get(unit, unit + 's')}"


def _metric(claim: Mapping[Any, Any], rules: ClaimRules) -> _Metric | None:
    """The metric of a statement; None where it gives no figure for a known period."""
    single = any(remark.kind == "single" for remark in _remarks(claim, rules))
    unknown = pd.isna(claim["value"]) or pd.isna(claim["date_start"]) or pd.isna(claim["date_end"])
    if unknown or single or claim["claim_type"] in _NOT_FIGURES:
        return None
    goods = goods_covered(claim["goods"], claim["goods_scope"], claim["metric"], rules.goods_terms)
    borders = borders_covered(claim["neighbour"], claim["border_scope"])
    measure = _MEASURES.get(claim["unit"], (claim["unit"], 1.0))[0]
    if not is_countable(claim["unit"], goods.classes):
        said = claim["metric"].casefold().split(" (")[0].strip()
        measure = f"{'trade' if _TRADE.match(said) else said}, {measure}"
    first, last = (f"{claim[name]:%Y-%m-%d}" for name in ("date_start", "date_end"))
    return _Metric(measure, goods.words, name_borders(borders), first, last)


def _size(claim: Mapping[Any, Any]) -> float:
    return float(claim["value"]) * _MEASURES.get(claim["unit"], ("", 1.0))[1]


def _remarks(claim: Mapping[Any, Any], rules: ClaimRules) -> tuple[Remark, ...]:
    return remarks_in(f"{claim['claim']} {claim['metric']}", rules.remarks)


def _pair(metric: _Metric, one: Mapping[Any, Any], other: Mapping[Any, Any], rules: ClaimRules) -> dict[str, str]:
    figures = [show_figure(claim["value"], claim["unit"]) for claim in (one, other)]
    said = [
        f"the {name_body(claim['agency'])} states {figure} (“{claim['metric']}”)"
        for claim, figure in zip((one, other), figures, strict=True)
    ]
    reasons = list(_reasons(one, other, figures, rules))
    sentence = (
        f"For the same period ({metric.first_day} to {metric.last_day}), measure ({metric.metric_class}), "
        f"goods ({metric.goods}) and border ({metric.border}) {' and '.join(said)}."
    )
    values = (
        one["id"],
        other["id"],
        *metric,
        one["agency"],
        figures[0],
        other["agency"],
        figures[1],
        " ".join(reasons or ["The statements tell of no difference in agency, law, scope or wording."]),
        sentence,
    )
    return dict(zip(PAIR_COLUMNS, values, strict=True))


def _reasons(one: Mapping[Any, Any], other: Mapping[Any, Any], figures: list[str], rules: ClaimRules) -> Iterator[str]:
    """Why two figures may differ, as far as the statements tell."""
    bodies = [name_body(claim["agency"]) for claim in (one, other)]
    if bodies[0] != bodies[1]:
        yield f"Agency: the {bodies[0]} and the {bodies[1]} each state a figure of their own."
    laws = [articles_of(claim["legal_scope"]) for claim in (one, other)]
    silent = [figure for figure, law in zip(figures, laws, strict=True) if not law]
    if silent:
        yield f"Law: no article is stated for {silent[0] if len(silent) == 1 else 'either figure'}."
    elif laws[0] != laws[1]:
        yield f"Law: {one['legal_scope']} against {other['legal_scope']}."
    said = [_remarks(claim, rules) for claim in (one, other)]
    for figure, own, others in zip(figures, said, reversed(said), strict=True):
        for remark in own:
            if remark not in others:
                yield f"Scope of {figure}: {remark.remark[0].lower()}{remark.remark[1:]}"
    if one["metric"] != other["metric"]:
        yield f"Wording: “{one['metric']}” against “{other['metric']}”."
    yield from _readings((one, other), figures)


def _readings(claims: tuple[Mapping[Any, Any], ...], figures: list[str]) -> Iterator[str]:
    """How exactly figures and periods are stated."""
    for claim, figure in zip(claims, figures, strict=True):
        bound = stated_bound(claim["claim"], claim["value"])
        if bound:
            yield f"Precision: {figure} is stated as {'a lower bound' if bound == 'at least' else 'approximate'}."
    endless = [figure for claim, figure in zip(claims, figures, strict=True) if claim["period_end"] == ""]
    if endless:
        yield f"Period: no end is stated for {' and '.join(endless)}; it is read as the day of the statement."
