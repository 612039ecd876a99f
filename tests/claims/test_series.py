from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from claim_cases import records, statements
from command_line import run
from scipy.stats import poisson

from geo.claims import monthly_series, read_claims

if TYPE_CHECKING:
    import pandas as pd

    import geo

MONTHS = ["2024-02", "2024-09", "2025-07", "2025-08", "2025-09", "2025-10", "2026-01"]
KEYS = [
    "agency",
    "class",
    "period_start",
    "period_end",
    "count",
    "records_naming_agency",
    "coverage",
    "low90",
    "high90",
]


@pytest.fixture(scope="module")
def series(located: geo.Located) -> pd.DataFrame:
    return monthly_series(read_claims(), located)


def test_the_published_months_are_there_and_none_is_filled_in(series: pd.DataFrame) -> None:
    assert list(series.columns) == KEYS
    assert sorted(series["period_start"].str[:7].unique()) == MONTHS
    totals = series[series["class"].eq("all")]
    assert totals["count"].tolist() == [996, 1574, 1462, 1352, 1349, 1708, 1062]
    february = series[series["period_start"].eq("2024-02-01")]
    assert february["period_end"].unique().tolist() == ["2024-02-29"]
    assert dict(zip(february["class"], february["count"], strict=True))["religious literature"] == 63
    assert 1739 not in set(series["count"]), "a May without its year stays out"


def test_a_record_counts_when_it_names_the_service_and_its_span_lies_in_the_month(
    series: pd.DataFrame, located: geo.Located
) -> None:
    records = located.incidents
    for row in series[series["class"].eq("all")].itertuples():
        inside = (records["date_start"] >= row.period_start) & (records["date_end"] <= row.period_end)
        named = records["agency"].str.split("; ").map(lambda names: "KNB Border Service" in names)
        own = inside & named & records["outcome_class"].ne("refused_entry")
        assert row.records_naming_agency == own.sum()
    assert series["records_naming_agency"].max() >= 1


def test_the_interval_is_exact(series: pd.DataFrame) -> None:
    for row in series.rename(columns={"count": "published"}).itertuples():
        n, low, high = row.records_naming_agency, row.low90 * row.published, row.high90 * row.published
        assert row.coverage == n / row.published
        assert poisson.cdf(n, high) == pytest.approx(0.05)
        assert low == 0 if n == 0 else poisson.sf(n - 1, low) == pytest.approx(0.05)


MONTH = {
    "agency": "KNB Border Service", "claim_type": "count", "value": 10.0, "metric": "cases", "claim": "It counted 10.",
    "period_start": "2024-02-01", "period_end": "2024-02-29", "goods_scope": "all",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "published"),
    [
        ({}, True),
        ({"period_start": "2024-02", "period_end": "2024-02"}, True),
        ({"period_end": "2024-02-28"}, False),
        ({"period_end": "2024-03-31"}, False),
        ({"period_start": "2024-02-02"}, False),
        ({"period_start": "", "period_end": ""}, False),
        ({"value": 0.0}, False),
        ({"value": 1.0}, True),
        ({"unit": "kg"}, False),
        ({"claim_type": "amount"}, False),
        ({"agency": "KNB"}, False),
    ],
)
def test_a_published_month_is_a_count_of_cases_over_a_whole_month(
    located: geo.Located, change: dict[str, object], published: bool
) -> None:
    months = monthly_series(statements(MONTH | change), records(located, {}))
    assert len(months) == int(published)


def test_the_command_gives_the_same_as_json_and_csv(series: pd.DataFrame, capsys: pytest.CaptureFixture[str]) -> None:
    from geo.cli.commands import cli  # noqa: PLC0415

    cli(["claims", "--series", "--format", "json"], standalone_mode=False)
    told = json.loads(capsys.readouterr().out)
    assert [list(row) for row in told] == [KEYS] * len(series)
    assert [row["count"] for row in told] == series["count"].tolist()
    cli(["claims", "--series", "--format", "csv"], standalone_mode=False)
    assert capsys.readouterr().out.splitlines()[0] == ",".join(KEYS)


def test_the_table_gives_a_share_with_its_interval_or_a_bound(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("claims", "--series", capsys=capsys)
    assert code == 0
    assert re.search(r"2024-02-29 +996 +0 +at most 0\.31\s%", out)
    assert re.search(r"1462 +1 +0\.068\s% \(0\.0035–0\.32\s%\)", out)
    assert "0.00 " not in out
