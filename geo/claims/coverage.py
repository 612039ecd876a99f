"""Official totals beside our records, per agency, class of goods and year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.claims.series import monthly_series
from geo.claims.verdicts import NOT_COMPARABLE, compare_claims

if TYPE_CHECKING:
    import pandas as pd

    from geo.claims.scopes import ClaimRules
    from geo.incidents.placing import Located

__all__ = ["beside_records", "coverage_by_class"]

_RENAMED = {
    "goods_read": "goods",
    "border_read": "border",
    "value": "total",
    "records_same_agency": "records_naming_agency",
    "recorded_quantity_same_agency": "recorded_quantity_naming_agency",
}
_COLUMNS = (
    "agency",
    "goods",
    "border",
    "year",
    "whole_year",
    "period_first_day",
    "period_last_day",
    "metric",
    "total",
    "unit",
    "records_naming_agency",
    "records_all",
    "recorded_quantity_naming_agency",
    "recorded_quantity_all",
    "coverage",
    "coverage_text",
    "sentence",
    "remarks",
    "source_url",
)


def coverage_by_class(claims: pd.DataFrame, located: Located, *, rules: ClaimRules | None = None) -> pd.DataFrame:
    """Set official totals beside our records per agency, class of goods and year.

    Parameters
    ----------
    claims, located, rules
        As in :func:`geo.compare_claims`.

    Returns
    -------
    pandas.DataFrame
        Index ``id`` of the statement; every comparable total (a count or amount above 0, not of one case), by
        agency, year and goods: ``agency, goods, border, year`` ("2025", or "2024–2025" for a period over both),
        ``whole_year`` (bool; false where the end of the period is not stated), ``period_first_day,
        period_last_day, metric, total, unit, records_naming_agency, records_all,
        recorded_quantity_naming_agency, recorded_quantity_all`` (in the unit of the total, NaN for cases),
        ``coverage, coverage_text, sentence, remarks, source_url``; :func:`geo.claims.wording.word_claims` puts it
        into words.

    Examples
    --------
    >>> import geo
    >>> from geo.claims.reading import read_claims
    >>> totals = coverage_by_class(read_claims(), geo.locate(geo.read_incidents(), geo.read_frontier()))
    >>> fuel = totals[totals["whole_year"] & totals["goods"].eq("fuel")]
    >>> [str(text) for (text,) in fuel["coverage_text"]]
    ['coverage at most 0/5,900']
    """
    compared = compare_claims(claims, located, rules=rules)
    total = compared["claim_type"].isin(["count", "amount"]) & (compared["value"] > 0)
    comparable = compared["verdict"].ne(NOT_COMPARABLE) & ~compared["of_one_case"].astype(bool)
    table = compared[total & comparable].drop(columns="goods").rename(columns=_RENAMED)
    first, last = table["period_first_day"], table["period_last_day"]
    since, until = first.str[:4], last.str[:4]
    january_to_december = first.str.endswith("-01-01") & last.str.endswith("-12-31") & (since == until)
    table = table.assign(
        year=since.where(since == until, since + "–" + until),
        # A total "since January" whose end is not stated is not known to be one of the whole year.
        whole_year=january_to_december & table["period_end"].ne(""),
        records_all=table["records_naming_agency"] + table["records_other_agencies"],
    )
    return table[list(_COLUMNS)].sort_values(["agency", "year", "goods", "period_first_day"], kind="stable")


def beside_records(claims: pd.DataFrame, located: Located) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """What a page shows of statements: each beside records, totals by class of goods, published months."""
    return compare_claims(claims, located), coverage_by_class(claims, located), monthly_series(claims, located)
