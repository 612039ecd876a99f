"""The page of a request: its records, estimates by view, statements, and the words that say what was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.claims import beside_records, read_claims
from geo.incidents.selection import Selection
from geo.summaries.mix import mix_of_goods
from geo.view import PageOptions, make_page
from geo.view.atlas.views import estimate_views

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from geo.estimate.risk import Risk
    from geo.publishing.request import Request

__all__ = ["page_of", "said_in", "views_of"]


def views_of(request: Request) -> dict[str, Risk]:
    """Estimates that the page of a request has, by view; none where no record has a date."""
    return estimate_views(request.everything, request.selection, request.hyper) if request.dated else {}


def said_in(request: Request, file: Path | None = None) -> pd.DataFrame:
    """The statements that stand beside a request's records: those of a file, a desk's own, or the built-in ones."""
    if request.desk is None or file is not None:
        return read_claims(file, borders=request.borders_path)
    from geo.desk.reading import read_statements  # noqa: PLC0415  (only for a desk)

    return read_statements(request.desk, private=request.private)


def page_of(
    request: Request, views: Mapping[str, Risk] | None = None, statements: pd.DataFrame | None = None, **options: Any
) -> str:
    """The page of a request as HTML; ``statements`` stand beside all records of the file, whatever is filtered."""
    everything = request.everything
    page = PageOptions(
        period=request.period,
        chosen=request.selection,
        everything=everything,
        mix=mix_of_goods(read_claims(), everything.select(Selection())) if request.built_in else {},
        licence=request.licence,
        **options,
    )
    beside = None if statements is None else beside_records(statements, everything)
    estimates = views_of(request) if views is None else views
    return make_page(request.with_refused, request.frontier, estimates or None, statements=beside, options=page)
