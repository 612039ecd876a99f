"""What the tests of intake share: the names of places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo import intake

if TYPE_CHECKING:
    import geo
    from geo.intake import Gazetteer


@pytest.fixture(scope="session")
def gazetteer(frontier: geo.Frontier) -> Gazetteer:
    return intake.read_gazetteer(frontier)
