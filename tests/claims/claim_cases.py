"""Made-up statements and records: one of each that compare, for tests to change a field at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from geo.claims.reading import CLAIM_FIELDS
from geo.incidents.cells import date_spans
from geo.incidents.reading import agency_sides, border_of, recording_sides

if TYPE_CHECKING:
    from geo.incidents.placing import Located

STATEMENT: dict[str, Any] = dict.fromkeys(CLAIM_FIELDS, "") | {
    "id": "made-up",
    "agency": "Ministry of Internal Affairs",
    "claim": "The ministry identified no cases in 2024.",
    "claim_type": "none",
    "metric": "cases identified",
    "value": 0.0,
    "unit": "case",
    "goods": "all",
    "goods_scope": "all",
    "border_scope": "all",
    "period_start": "2024-01-01",
    "period_end": "2024-12-31",
    "stated_on": "2025-02",
    "source_url": "https://example.org/statement",
    "legal_scope": "Art. 234; Art. 286",
}
RECORD: dict[str, Any] = {
    "title": "A lorry with goods was stopped",
    "goods_description": "goods",
    "goods": "tobacco",
    "agency": "Ministry of Internal Affairs",
    "neighbour": "KG",
    "mode": "road",
    "date": "2024-06-15",
    "date_basis": "event",
    "outcome_class": "case_opened",
    "legal_scope": "",
    "quantity": 10.0,
    "unit": "kg",
    "possible_same_as": "",
}


def statements(*rows: dict[str, Any]) -> pd.DataFrame:
    """Statements in the form that ``read_claims`` gives; each row says what differs from ``STATEMENT``."""
    whole = [STATEMENT | {"id": f"statement-{place}"} | row for place, row in enumerate(rows)]
    table = pd.DataFrame(whole, columns=list(CLAIM_FIELDS)).set_index("id")
    start, end, stated = (date_spans(table[name]) for name in ("period_start", "period_end", "stated_on"))
    open_end = table["period_end"].eq("") & start["date_start"].notna()
    last = end["date_end"].where(~open_end, stated["date_end"])
    return table.assign(date_start=start["date_start"], date_end=last)


def records(located: Located, *rows: dict[str, Any]) -> Located:
    """Placed records; each row says what differs from ``RECORD``."""
    table = pd.DataFrame([RECORD | row for row in rows], columns=list(RECORD))
    table.index = pd.Index([f"record-{place}" for place in range(len(rows))], name="id")
    for name in table.columns.drop("quantity"):
        table[name] = table[name].astype(str)
    table["quantity"] = table["quantity"].astype(float)
    table = table.join(date_spans(table["date"]))
    table = table.assign(border=border_of(table), recording_side=recording_sides(table["agency"], agency_sides()))
    return replace(located, incidents=gpd.GeoDataFrame(table, geometry=[None] * len(table), crs="EPSG:4326"))
