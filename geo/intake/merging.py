"""Two files of incidents as one; what may be told twice is listed for a person to decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.errors import Fault, InputError
from geo.files.limits import refuse
from geo.intake.identity import free_id
from geo.intake.likely_pairs import likely_pairs
from geo.intake.sheets.sheet import read_sheet

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

__all__ = ["KEEP", "PAIR_COLUMNS", "Merged", "merge_incidents", "read_decisions"]

KEEP = ("first", "second", "both")
"""What may be decided of a pair: the first file's record stands, the second's, or they are two events."""

PAIR_COLUMNS = (
    "keep", "score", "why", "id_a", "id_b", "date_a", "date_b", "goods_a", "goods_b", "quantity_a", "quantity_b",
    "place_a", "place_b", "title_a", "title_b", "source_a", "source_b",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Merged:
    """Two files of incidents as one.

    Attributes
    ----------
    incidents
        The first file's in their order, then what only the second has; as :func:`geo.read_incidents` gives them.
        A pair that is not decided stands twice, and each names the other in ``possible_same_as``.
    pairs
        Records that may be one event, the likeliest first; ``keep`` holds what was decided, "" where nothing was.
    counts
        ``first`` + ``second`` − ``identical`` − ``updated`` − ``joined`` = ``merged``; ``undecided`` pairs.
    """

    incidents: gpd.GeoDataFrame
    pairs: pd.DataFrame
    counts: dict[str, int]


def merge_incidents(a: gpd.GeoDataFrame, b: gpd.GeoDataFrame, decisions: pd.DataFrame | None = None) -> Merged:
    """Join two files of incidents.

    An id is one record: where both files have it, the second file's version stands, as the later one, and the change
    is listed. Records of different ids that may be one event (date, place, goods and quantity near each other, or one
    source) are listed as pairs; both stay until somebody decides.

    Parameters
    ----------
    a, b
        As :func:`geo.read_incidents` gives them.
    decisions
        Columns ``id_a``, ``id_b``, ``keep`` (first, second, both, or blank), as :func:`read_decisions` reads them. Of
        two records that are one, the other's source goes into ``other_urls``.

    Returns
    -------
    Merged
        The same for the same files and decisions.
    """
    rows = () if decisions is None else decisions[["id_a", "id_b", "keep"]].itertuples(index=False)
    decided = {(str(one), str(other)): str(keep) for one, other, keep in rows if keep}
    pairs = _pairs(a, b, decided)
    first, second = a.copy(), b.copy()
    identical, updated, joined = 0, 0, 0
    drop_a: set[str] = set()
    drop_b: set[str] = set()
    renamed: dict[str, str] = {}
    changed = set(pairs.loc[pairs["id_a"].eq(pairs["id_b"]), "id_a"])
    for identifier in a.index.intersection(b.index, sort=False):
        if identifier not in changed:
            drop_b.add(identifier)
            identical += 1
    for pair in pairs.to_dict("records"):
        one, other, keep = pair["id_a"], pair["id_b"], pair["keep"]
        if one == other:
            if keep == "both":
                renamed[one] = free_id(one, {*a.index, *b.index})
                continue
            (drop_b if keep == "first" else drop_a).add(one)
            updated += 1
        elif keep in ("first", "second") and one not in drop_a and other not in drop_b:
            if keep == "first":
                first.loc[one, "other_urls"] = _addresses(first.loc[one], second.loc[other])
                drop_b.add(other)
            else:
                second.loc[other, "other_urls"] = _addresses(second.loc[other], first.loc[one])
                drop_a.add(one)
            joined += 1
    undecided = pairs[pairs["keep"].eq("") & pairs["id_a"].ne(pairs["id_b"])]
    second = second.rename(index=renamed)
    # An updated record takes its place in the first file's order.
    order = [*a.index, *(key for key in second.index if key not in a.index)]
    together = pd.concat([first.drop(index=list(drop_a)), second.drop(index=list(drop_b))])
    merged = gpd.GeoDataFrame(together.loc[[key for key in order if key in together.index]], crs=a.crs)
    _mark(merged, undecided)
    counts = {
        "first": len(a),
        "second": len(b),
        "identical": identical,
        "updated": updated,
        "joined": joined,
        "merged": len(merged),
        "undecided": len(undecided),
    }
    return Merged(merged, pairs, counts)


def read_decisions(source: str | Path | BinaryIO, *, name: str | None = None) -> pd.DataFrame:
    """Read a table of pairs with what was decided of them.

    Parameters
    ----------
    source, name
        As :func:`geo.intake.read_sheet` takes them: the table that a merge wrote, with ``keep`` filled in.

    Returns
    -------
    pandas.DataFrame
        Columns ``id_a``, ``id_b``, ``keep``.

    Raises
    ------
    InputError
        With a fault for each cell that holds something else than first, second, both or nothing.
    """
    sheet = read_sheet(source, name=name, header_row=1)
    needed = ("id_a", "id_b", "keep")
    missing = [column for column in needed if column not in sheet.columns]
    if missing:
        refuse(sheet.name, ", ".join(sheet.columns), "a column of the table that a merge wrote", ", ".join(missing))
    table = sheet.cells[list(needed)].map(lambda value: "" if value is None else str(value).strip())
    table["keep"] = table["keep"].str.casefold()
    faults = [
        Fault(sheet.name, int(str(row)), "keep", value, f"one of {', '.join(KEEP)}, or nothing")
        for row, value in table["keep"].items()
        if value not in ("", *KEEP)
    ]
    seen: dict[tuple[str, str], str] = {}
    for row, (one, other, keep) in zip(table.index, table.itertuples(index=False), strict=True):
        if seen.setdefault((one, other), keep) != keep:
            expected = f"one decision on {one} and {other}: {seen[one, other]!r} stands above"
            faults.append(Fault(sheet.name, int(str(row)), "keep", keep, expected))
    if faults:
        raise InputError(faults)
    return table.reset_index(drop=True)


def _pairs(a: gpd.GeoDataFrame, b: gpd.GeoDataFrame, decided: dict[tuple[str, str], str]) -> pd.DataFrame:
    both = a.index.intersection(b.index, sort=False)
    versions = (table.loc[both, list(a)].itertuples(index=False, name=None) for table in (a, b))
    rows = [
        (one, one, 1.0, f"one id, other {', '.join(fields)}")
        for one, ours, theirs in zip(both, *versions, strict=True)
        if (fields := [str(name) for name, this, that in zip(a, ours, theirs, strict=True) if not _same(this, that)])
    ]
    # A record that both files have is settled; it is compared with nothing else.
    rows += likely_pairs(a[~a.index.isin(both)], b[~b.index.isin(both)])
    listed = {(one, other) for one, other, _, _ in rows}
    # A pair that somebody wrote in by hand, or that no longer looks alike, is still decided.
    rows += [
        (one, other, 0.0, "decided by hand")
        for one, other in decided
        if (one, other) not in listed and one in a.index and other in b.index and one != other
    ]
    table = pd.DataFrame(
        [
            {
                "keep": decided.get((one, other), ""),
                "score": score,
                "why": why,
                "id_a": one,
                "id_b": other,
                **_side(a.loc[one], "a"),
                **_side(b.loc[other], "b"),
            }
            for one, other, score, why in rows
        ],
        columns=list(PAIR_COLUMNS),
    )
    return table.sort_values(["score", "id_a", "id_b"], ascending=[False, True, True], ignore_index=True)


def _side(record: pd.Series, side: str) -> dict[str, str]:
    quantity = record["quantity"]
    return {
        f"date_{side}": record["date"],
        f"goods_{side}": record["goods"],
        f"quantity_{side}": "" if np.isnan(quantity) else f"{quantity:.12g} {record['unit']}",
        f"place_{side}": record["place_name"] or record["region_name"] or record["neighbour"],
        f"title_{side}": record["title"],
        f"source_{side}": record["source_url"],
    }


def _same(one: Any, other: Any) -> bool:
    if one is None or other is None:
        return one is None and other is None
    if hasattr(one, "equals_exact"):
        return bool(hasattr(other, "equals_exact") and one.equals(other))
    if pd.isna(one) or pd.isna(other):
        return bool(pd.isna(one) and pd.isna(other))
    return bool(one == other)


def _addresses(record: pd.Series, other: pd.Series) -> str:
    known = [
        part for text in (record["other_urls"], other["source_url"], other["other_urls"]) for part in text.split(" | ")
    ]
    return " | ".join(part for part in dict.fromkeys(known) if part and part != record["source_url"])


def _mark(merged: gpd.GeoDataFrame, undecided: pd.DataFrame) -> None:
    """Let records that may be one event name each other."""
    for one, other in undecided[["id_a", "id_b"]].itertuples(index=False):
        for key, twin in ((one, other), (other, one)):
            if key in merged.index and twin in merged.index:
                known = [part for part in str(merged.loc[key, "possible_same_as"]).split("; ") if part]
                merged.loc[key, "possible_same_as"] = "; ".join(sorted({*known, twin}))
