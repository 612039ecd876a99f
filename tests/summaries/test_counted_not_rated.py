"""What is counted and not rated: each record once, as undated or as outside the period."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd
from command_line import run

import geo

if TYPE_CHECKING:
    import pytest


def test_undated_and_outside_are_told_apart_and_add_up(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("summary", "--since", "2020-01-01", "--until", "2021-12-31", capsys=capsys)
    assert code == 0
    # A period as a filter leaves none outside it; the default period does.
    assert "not rated" not in out
    code, out, _ = run("summary", capsys=capsys)
    since, until, undated, outside = re.search(  # type: ignore[union-attr]
        r"from (\S+) to (\S+)\. Counted, not rated: (\d+) without a date and (\d+) dated wholly or partly outside", out
    ).groups()
    chosen = geo.select(geo.read_incidents(), geo.Selection())
    inside = chosen["date_start"].ge(pd.Timestamp(since)) & chosen["date_end"].le(pd.Timestamp(until))
    assert int(undated) == chosen["date_start"].isna().sum()
    assert int(undated) + int(outside) == (~inside).sum()
