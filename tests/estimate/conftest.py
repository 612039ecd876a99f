"""A fit of a few records on a short line, as several tests of the estimate take one."""

from __future__ import annotations

import pytest
from lines import SCALE, make_line, make_records

from geo.estimate.model import Fit


@pytest.fixture
def fit() -> Fit:
    return Fit(make_line(), make_records(), SCALE)
