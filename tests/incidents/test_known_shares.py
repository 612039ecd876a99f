"""Shares over a stretch of cells that are not of one length."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from geo.incidents.placing import _in_region, _on_border

FRONTIER: Any = SimpleNamespace(
    cells=pd.DataFrame(
        {
            "length_km": [10.0, 5.0, 1.0, 4.0, 10.0],
            "neighbour": ["A", "A", "A", "A", "B"],
            "region_code": ["X", "X", "Y", "X", "X"],
        }
    )
)


def test_a_border_is_shared_by_length() -> None:
    weights = _on_border(pd.DataFrame({"where": ["", ""]}), "A", FRONTIER).toarray()
    assert weights == pytest.approx(np.array([[0.5, 0.25, 0.05, 0.2, 0.0]] * 2))


def test_a_region_is_shared_by_the_length_of_its_stretch_of_that_border() -> None:
    weights = _in_region(pd.DataFrame({"where": ["X", "Y"]}), "A", FRONTIER).toarray()
    assert weights == pytest.approx(np.array([[10 / 19, 5 / 19, 0, 4 / 19, 0], [0, 0, 1, 0, 0]]))
