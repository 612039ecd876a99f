"""Totals at their edges: the distance that still counts, and rows without a date or a point."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.register import ADDED
from geo.register.totals import count_rows

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def located(tmp_path: Path) -> Path:
    """A located register of six rows."""
    words = {name: pa.array(["x"] * 6, pa.string()) for name in ADDED if name != "distance_km"}
    path = tmp_path / "located.parquet"
    pq.write_table(
        pa.table(
            {
                "lon": [60.0] * 6,
                "lat": [50.0] * 6,
                **words,
                "distance_km": [0.0, 49.999, 50.0, 50.001, 900.0, None],
                "when": ["2020-01-05", "", "2021-03-01", "", "", "2020-02-02"],
            }
        ),
        path,
    )
    return path


@pytest.mark.parametrize(
    ("within_km", "border", "far"), [(50.0, 3, 2), (49.999, 2, 3), (50.001, 4, 1), (0.0, 1, 4), (900.0, 5, 0)]
)
def test_a_row_at_just_the_distance_still_counts_for_the_border(
    located: Path, within_km: float, border: int, far: int
) -> None:
    rows = count_rows(located, within_km=within_km).table.groupby("place")["rows"].sum()
    assert rows.reindex(["border", "far", "none"], fill_value=0).tolist() == [border, far, 1]


def test_a_row_without_a_date_is_counted_once_and_told(located: Path) -> None:
    totals = count_rows(located, date="when")
    assert totals.undated == 3
    assert totals.table["rows"].sum() == 6
    assert totals.table.loc[totals.table["date"].eq(""), "rows"].sum() == 3
    assert (totals.first, totals.last) == ("2020-01-05", "2021-03-01")
