"""Statements beside records, as the page carries them: numbers and keys, for words in any language."""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypedDict

from geo.claims.comparable import AGAINST
from geo.claims.scopes import ALL_BORDERS
from geo.claims.series import totals_of_series
from geo.claims.verdicts import NOT_COMPARABLE, VERDICTS
from geo.language.phrases import write_phrases

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    import pandas as pd

__all__ = ["PackedStatement", "PackedStatements", "PackedTotals", "pack_statements", "texts_of"]

_LEAST_CLASSES = 2


class PackedStatement(TypedDict):
    """A statement: who said what and when, and what is on record, in numbers and ends of keys."""

    id: str
    agency: str
    claim: str
    on: str
    about: list[str]
    """A period as one or two dates; a whole year as the year."""
    publisher: str
    url: str
    verdict: str
    """One of :data:`geo.claims.verdicts.VERDICTS`."""
    remarks: str
    """In English."""
    reasons: NotRequired[list[str]]
    """Of one that can't be compared: what stands against it. All that follows is of the others."""
    same: NotRequired[int]
    others: NotRequired[int]
    abroad: NotRequired[int]
    convicted: NotRequired[int]
    sameIds: NotRequired[list[int]]
    othersIds: NotRequired[list[int]]
    total: NotRequired[float]


class PackedTotals(TypedDict):
    """Official totals of an agency and a year, beside records."""

    agency: str
    year: str
    rows: list[tuple[str, float, int, int]]
    """Goods, total, records that name the agency, all records."""


class PackedSeries(TypedDict):
    """The months that an agency published of a class of goods."""

    goods: str
    total: int
    ours: int
    share: tuple[float, float]
    """90 % interval of our records among the cases."""
    months: list[tuple[str, int, int]]
    """First day, published cases, our records that name the agency."""


class PackedStatements(TypedDict):
    """Statements as a page carries them."""

    statements: list[PackedStatement]
    totals: list[PackedTotals]
    series: list[PackedSeries]


def pack_statements(
    position: Mapping[str, int],
    compared: pd.DataFrame,
    coverage: pd.DataFrame | None = None,
    months: pd.DataFrame | None = None,
) -> PackedStatements:
    """Pack the statements and the official totals beside the records; JSON-able.

    ``position``: id of a record → its position in the atlas; records that the page does not carry are counted, not
    listed. The tables are those of :func:`geo.compare_claims`, :func:`geo.coverage_by_class` and
    :func:`geo.claims.monthly_series`. Comparable statements come first, the latest first; totals are of every agency
    and whole year with two classes of goods or more; months go by class, the fullest first.
    """
    ranked = compared.assign(_rank=compared["verdict"].map(VERDICTS.index))
    # Two stable sorts: within a verdict the latest statement first.
    ranked = ranked.sort_values("stated_on", ascending=False, kind="stable").sort_values("_rank", kind="stable")
    return {
        "statements": [_statement(key, row, position) for key, row in ranked.iterrows()],
        "totals": [] if coverage is None else _totals(coverage),
        "series": [] if months is None else _series(months),
    }


def texts_of(packed: PackedStatements) -> set[str]:
    """English texts of packed statements and totals: claims, agencies and classes of goods."""
    texts = {text for one in packed["statements"] for text in (one["claim"], one["agency"])}
    texts |= {text for one in packed["totals"] for text in (one["agency"], *(row[0] for row in one["rows"]))}
    return texts | {one["goods"] for one in packed["series"]}


def _statement(key: Hashable, row: pd.Series, position: Mapping[str, int]) -> PackedStatement:
    packed: PackedStatement = {
        "id": str(key),
        "agency": row["agency"].removeprefix("other: "),
        "claim": row["claim"],
        "on": row["stated_on"],
        "about": _about(row["period_first_day"], row["period_last_day"]),
        "publisher": row["source_publisher"],
        "url": row["source_url"],
        "verdict": row["verdict"],
        "remarks": write_phrases("en", row["remarks"]),
    }
    if row["verdict"] == NOT_COMPARABLE:
        packed["reasons"] = list(dict.fromkeys(AGAINST[reason.key] for reason in row["reason"]))
        return packed
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


def _series(months: pd.DataFrame) -> list[PackedSeries]:
    columns = ["period_start", "count", "records_naming_agency"]
    return [
        {
            "goods": str(goods), "total": int(row["count"]), "ours": int(row["records_naming_agency"]),
            "share": (float(row["low90"]), float(row["high90"])),
            "months": list(months.loc[months["class"].eq(str(goods)), columns].itertuples(index=False, name=None)),
        }
        for goods, row in totals_of_series(months).iterrows()
    ]  # fmt: skip


def _about(first: str, last: str) -> list[str]:
    """A period as one or two dates; a whole year as the year."""
    if first and first[:4] == last[:4] and first.endswith("-01-01") and last.endswith("-12-31"):
        return [first[:4]]
    return [day for day in dict.fromkeys((first, last)) if day]


def _positions(ids: str, position: Mapping[str, int]) -> list[int]:
    return [position[record] for record in ids.split("; ") if record in position]


def _totals(coverage: pd.DataFrame) -> list[PackedTotals]:
    whole = coverage[
        coverage["unit"].eq("case") & coverage["whole_year"].astype(bool) & coverage["border"].eq(ALL_BORDERS)
    ]
    packed: list[PackedTotals] = []
    for (agency, year), rows in whole.groupby(["agency", "year"], sort=True):
        classes = rows.drop_duplicates("goods").sort_values("total", ascending=False, kind="stable")
        if len(classes) < _LEAST_CLASSES:
            continue
        packed.append(
            {
                "agency": str(agency),
                "year": str(year),
                "rows": [
                    (row["goods"], float(row["total"]), int(row["records_naming_agency"]), int(row["records_all"]))
                    for _, row in classes.iterrows()
                ],
            }
        )
    return packed
