"""The places that all tests of drafting look up, read once."""

from __future__ import annotations

import pytest

from geo.builtin.dataset import read_frontier
from geo.intake import Gazetteer, read_gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return read_gazetteer(read_frontier())
