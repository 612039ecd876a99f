"""Statements that an article attributes to agencies, as drafts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from geo.drafting.proposals import DraftedStatement, Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.drafting.article import Article
    from geo.drafting.scenes import Scene
    from geo.drafting.statements import CountMark, Period

__all__ = ["draft_statements"]


def draft_statements(article: Article, scenes: Sequence[Scene]) -> tuple[DraftedStatement, ...]:
    """Propose the statements of an article; agency and period stand in a sentence or in the ones before it.

    A figure without an agency, or without a period, is no statement.
    """
    drafted = []
    agency, agency_at = "", None
    period: Period | None = None
    period_at = None
    for scene in scenes:
        for mark in scene.agencies:
            agency, agency_at = str(mark.value), (mark.start, mark.end)
        for count in scene.counts:
            if count.period.start:
                period, period_at = count.period, count.period_at
            if count.agency:
                agency, agency_at = count.agency, count.agency_at
            if period is None:
                continue
            who, who_at = (agency, agency_at) if agency else _first_agency(scenes)
            if who:
                drafted.append(_drafted(article, count, who, who_at, period, period_at))
    return tuple(drafted)


def _first_agency(scenes: Sequence[Scene]) -> tuple[str, tuple[int, int] | None]:
    for scene in scenes:
        for mark in scene.agencies:
            return str(mark.value), (mark.start, mark.end)
    return "", None


def _drafted(
    article: Article, count: CountMark, agency: str, agency_at: tuple[int, int] | None,
    period: Period, period_at: tuple[int, int] | None,
) -> DraftedStatement:  # fmt: skip
    def words(*spans: tuple[int, int] | None) -> tuple[Evidence, ...]:
        return tuple(Evidence(*span, article.text[slice(*span)]) for span in spans if span is not None)

    start, end = _dated(period.start, article, first=True), _dated(period.end, article, first=False)
    stated = article.published.isoformat() if article.published else ""
    if end and stated and end > stated:
        end = ""
    # Made of what was read alone: a sentence of the article may name a person.
    cases = f"cases of {count.goods} smuggling" if count.goods else "cases of smuggling"
    span = f"from {start}" + (f" to {end}" if end else " on")
    fields: dict[str, Any] = {
        "agency": agency,
        "claim": f"{agency} counted {count.value:g} {cases} {span}",
        "claim_type": "count" if count.value else "none",
        "metric": cases,
        "value": count.value,
        "unit": "case",
        "goods": count.goods or "all",
        "goods_scope": count.goods or "all",
        "border_scope": "all",
        "period_start": start,
        "period_end": end,
        "stated_on": stated,
        "source_url": article.address,
        "source_publisher": article.outlet,
        "legal_scope": "unknown",
    }
    evidence = {
        "value": words((count.start, count.end)),
        "agency": words(agency_at),
        "period_start": words(period_at),
    }
    return DraftedStatement(fields, {name: found for name, found in evidence.items() if found})


def _dated(text: str, article: Article, *, first: bool) -> str:
    """A bound of a period whose year is the article's own."""
    if not text.startswith("this"):
        return text
    if article.published is None:
        return ""
    from geo.drafting.statements import months_of  # noqa: PLC0415

    year = article.published.year
    months = re.fullmatch(r"this-([0-9]{2})", text)
    month = int(months[1]) if months else 1
    if month > article.published.month:
        year -= 1
    whole = months_of(str(year), month, month)
    return whole.start if first else whole.end
