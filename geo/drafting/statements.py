"""Statements that an article attributes to agencies, as drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.drafting.agencies import as_of
from geo.drafting.lexicon import YEAR, Shapes, marks
from geo.drafting.proposals import DraftedStatement, evidence_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.drafting.article import Article
    from geo.drafting.counts import CountMark, Period
    from geo.drafting.lexicon import Mark
    from geo.drafting.scenes import Scene

__all__ = ["draft_statements"]

_SHAPES = Shapes("count")


def draft_statements(article: Article, scenes: Sequence[Scene], events: int) -> tuple[DraftedStatement, ...]:
    """Propose the statements of an article; agency and period stand in a sentence or in the ones before it.

    A figure without an agency, or without a period, is no statement, nor the newspaper's own count of its ``events``.
    """
    drafted = []
    first = next((mark for scene in scenes for mark in scene.agencies), None)
    agency: Mark | None = None
    period: Period | None = None
    for scene, behind in zip(scenes, [*scenes[1:], None], strict=True):
        agency = scene.agencies[-1] if scene.agencies else agency
        if behind and not scene.agencies and _SHAPES.given_by.search(behind.text):  # "the ministry gave that figure"
            whose = marks(article.low, "agencies", start=behind.sentence.start, end=behind.sentence.end)
            agency = whose[-1] if whose else agency
        agency = next((count.agency for count in scene.counts if count.agency), agency)
        for at, count in enumerate(scene.counts):
            # "38 in 2023, up from 29 in 2022": those that follow are of the first year.
            compared = at or (count.period and count.period.compared)
            period = period if compared else count.period or period
            own_sum = agency is None and count.value == events
            agency, own = count.agency or agency or (None if own_sum else first), count.period or period
            to_come = own and article.published and own.value > article.published.isoformat()
            if own and agency and not to_come:
                drafted.append(_drafted(article, count, agency, own))
    return tuple(drafted)


def _drafted(article: Article, count: CountMark, agency: Mark, period: Period) -> DraftedStatement:
    stated = article.published.isoformat() if article.published else ""
    end = "" if stated and period.last > stated else period.last
    # Made of what was read alone: a sentence of the article may name a person.
    cases = f"cases of {count.goods} smuggling" if count.goods else "cases of smuggling"
    span = f"from {period.value}" + (f" to {end}" if end else " on")
    name = as_of(agency.value, int(period.value[:YEAR]))
    fields: dict[str, Any] = {
        "agency": name,
        "claim": f"{name} counted {count.value:g} {cases} {span}",
        "claim_type": "count" if count.value else "none",
        "metric": cases,
        "value": count.value,
        "unit": "case",
        "goods": count.goods or "all",
        "goods_scope": count.goods or "all",
        "border_scope": "all",
        "period_start": period.value,
        "period_end": end,
        "stated_on": stated,
        "source_url": article.address,
        "source_publisher": article.outlet,
        "legal_scope": "unknown",
    }
    words = {"value": count, "agency": agency, "period_start": period}
    return DraftedStatement(fields, {name: evidence_of(article, mark.span) for name, mark in words.items()})
