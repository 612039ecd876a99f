"""The monthly counts that an agency publishes by class of goods, beside our records of the same months."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.claims.comparable import Records, find_records, scope_of
from geo.claims.scopes import ClaimRules, read_claim_rules
from geo.intervals import garwood

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.incidents.placing import Located

__all__ = ["SERIES_AGENCY", "monthly_series", "totals_of_series"]

SERIES_AGENCY = "KNB Border Service"
"""The agency that publishes such counts."""
_LEVEL = 0.9
_COLUMNS = [
    "agency", "class", "period_start", "period_end", "count", "records_naming_agency", "coverage", "low90", "high90",
]  # fmt: skip


def monthly_series(
    claims: pd.DataFrame, located: Located, *, agency: str = SERIES_AGENCY, rules: ClaimRules | None = None
) -> pd.DataFrame:
    """Set an agency's published monthly counts by class of goods beside our records. No match is implied.

    A record counts when the whole span of its date lies in the month, its agencies name the agency itself, and its
    goods are of the class; consignments merely refused entry never count. A month that was not published has no
    row, nor has a count whose month is known without its year.

    Parameters
    ----------
    claims
        As :func:`geo.claims.read_claims` gives them.
    located
        All records, placed.
    agency
        Whose counts.
    rules
        Words that the comparison goes by; the built-in ones by default.

    Returns
    -------
    pandas.DataFrame
        By month, all goods first: ``agency, class`` (of goods, as published), ``period_start, period_end`` (ISO
        dates), ``count`` (published cases), ``records_naming_agency``, ``coverage`` (records / count), ``low90,
        high90`` (its exact 90 % interval for the Poisson mean of the records; Garwood 1936, *Biometrika* 28).

    Examples
    --------
    >>> import geo
    >>> from geo.claims import read_claims
    >>> series = monthly_series(read_claims(), geo.locate(geo.read_incidents(), geo.read_frontier()))
    >>> series["period_start"].unique().tolist()[:3]
    ['2024-02-01', '2024-09-01', '2025-07-01']
    """
    words = read_claim_rules() if rules is None else rules
    records = Records(located)
    start, end = (pd.to_datetime(claims[name]) for name in ("date_start", "date_end"))
    month = start.dt.is_month_start & end.eq(start + pd.offsets.MonthEnd(0)) & claims["period_start"].ne("")
    cases = claims["claim_type"].eq("count") & claims["unit"].eq("case") & claims["value"].gt(0)
    published = claims[claims["agency"].eq(agency) & cases & month]
    rows = [_row(claim, records, words) for claim in published.to_dict("records")]
    table = pd.DataFrame(rows, columns=_COLUMNS)
    table = table.assign(whole=table["class"].ne("all")).sort_values(["period_start", "whole", "class"], kind="stable")
    return table.drop(columns="whole").reset_index(drop=True)


def totals_of_series(months: pd.DataFrame) -> pd.DataFrame:
    """Sums of published months by class, the fullest first: ``count``, ``records_naming_agency``, ``low90, high90``."""
    sums = months.groupby("class")[["count", "records_naming_agency"]].sum()
    sums = sums.sort_values("count", ascending=False, kind="stable")
    ends = [garwood(number, _LEVEL) for number in sums["records_naming_agency"]]
    for at, name in enumerate(("low90", "high90")):
        sums[name] = [end[at] for end in ends] / sums["count"]
    return sums


def _row(claim: Mapping[Any, Any], records: Records, rules: ClaimRules) -> dict[str, Any]:
    records_of = find_records(claim, scope_of(claim, rules), records)
    number = len(np.setdiff1d(records_of.same, records_of.by_part))
    low, high = garwood(number, _LEVEL)
    count = int(claim["value"])
    return {
        "agency": claim["agency"],
        "class": claim["goods_scope"] or claim["goods"],
        "period_start": f"{claim['date_start']:%Y-%m-%d}",
        "period_end": f"{claim['date_end']:%Y-%m-%d}",
        "count": count,
        "records_naming_agency": number,
        "coverage": number / count,
        "low90": low / count,
        "high90": high / count,
    }
