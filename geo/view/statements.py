"""What agencies said beside what is on record, as the page carries it: numbers and keys, for words in any language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from geo.claims.verdicts import (
    AGENCY_RECORDS,
    AGENCY_RECORDS_SAME_ARTICLE,
    CONTRADICTED,
    NO_RECORD,
    NOT_COMPARABLE,
    OTHER_RECORDS,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

__all__ = ["REASONS", "VERDICT_KEYS", "pack_statements"]

VERDICT_KEYS: dict[str, str] = {
    CONTRADICTED: "contradicted",
    AGENCY_RECORDS_SAME_ARTICLE: "same-article",
    AGENCY_RECORDS: "agency",
    OTHER_RECORDS: "others",
    NO_RECORD: "no-record",
    NOT_COMPARABLE: "not-comparable",
}
"""Verdict → the end of its key in the words; also the order of the list."""

REASONS: dict[str, str] = {
    "Agency": "agency",
    "Law": "law",
    "No figure": "figure",
    "Unit": "unit",
    "Year": "year",
}
"""What stands against comparing a statement → the end of its key in the words."""

_LEAST_CLASSES = 2


def pack_statements(
    compared: pd.DataFrame, coverage: pd.DataFrame | None, position: Mapping[str, int]
) -> dict[str, Any]:
    """Pack the statements and the official totals beside the records.

    Parameters
    ----------
    compared
        As :func:`geo.compare_claims` gives it.
    coverage
        As :func:`geo.coverage_by_class` gives it; None leaves the totals out.
    position
        Id of a record → its position in the atlas; records that the page does not carry are counted, not listed.

    Returns
    -------
    dict
        JSON-able. ``statements``: the comparable ones first, the latest first. ``totals``: for every agency and
        whole year with totals of two goods classes or more, its classes.
    """
    ranked = compared.assign(_rank=compared["verdict"].map(list(VERDICT_KEYS).index))
    # Two stable sorts: within a verdict the latest statement first.
    ranked = ranked.sort_values("stated_on", ascending=False, kind="stable").sort_values("_rank", kind="stable")
    return {
        "statements": [_statement(key, row, position) for key, row in ranked.iterrows()],
        "totals": [] if coverage is None else _totals(coverage),
    }


def _statement(key: Any, row: pd.Series, position: Mapping[str, int]) -> dict[str, Any]:
    packed: dict[str, Any] = {
        "id": str(key),
        "agency": row["agency"].removeprefix("other: "),
        "claim": row["claim"],
        "on": row["stated_on"],
        "about": _about(row["period_first_day"], row["period_last_day"]),
        "publisher": row["source_publisher"],
        "url": row["source_url"],
        "verdict": VERDICT_KEYS[row["verdict"]],
        "remarks": row["remarks"],
    }
    if row["verdict"] == NOT_COMPARABLE:
        found = re.findall(rf"(?:^|[.”] )({'|'.join(REASONS)}): ", row["reason"])
        return packed | {"reasons": [REASONS[name] for name in dict.fromkeys(found)]}
    packed |= {
        "same": int(row["records_same_agency"]),
        "others": int(row["records_other_agencies"]),
        "abroad": int(row["records_only_abroad"]),
        "convicted": int(row["records_convicted"]),
        "sameIds": _positions(row["records_same_agency_ids"], position),
        "othersIds": _positions(row["records_other_agencies_ids"], position),
    }
    if row["coverage_text"]:
        packed["total"] = float(row["value"])
    return packed


def _about(first: str, last: str) -> list[str]:
    """A period as one or two dates; a whole year as the year."""
    if first and first[:4] == last[:4] and first.endswith("-01-01") and last.endswith("-12-31"):
        return [first[:4]]
    return [day for day in dict.fromkeys((first, last)) if day]


def _positions(ids: str, position: Mapping[str, int]) -> list[int]:
    return [position[record] for record in ids.split("; ") if record in position]


def _totals(coverage: pd.DataFrame) -> list[dict[str, Any]]:
    whole = coverage[
        coverage["unit"].eq("case") & coverage["whole_year"].astype(bool) & coverage["border"].eq("all borders")
    ]
    packed = []
    for (agency, year), rows in whole.groupby(["agency", "year"], sort=True):
        classes = rows.drop_duplicates("goods").sort_values("total", ascending=False, kind="stable")
        if len(classes) < _LEAST_CLASSES:
            continue
        packed.append(
            {
                "agency": agency,
                "year": year,
                "rows": [
                    [row["goods"], float(row["total"]), int(row["records_naming_agency"]), int(row["records_all"])]
                    for _, row in classes.iterrows()
                ],
            }
        )
    return packed
