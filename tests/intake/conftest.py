"""What the tests of intake share: the names of places, and the tables of ``cases``, each brought once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from table_cases import Brought, bring

from geo import intake

if TYPE_CHECKING:
    from collections.abc import Callable

    import geo
    from geo.intake import Gazetteer


@pytest.fixture(scope="session")
def gazetteer(frontier: geo.Frontier) -> Gazetteer:
    return intake.read_gazetteer(frontier)


@pytest.fixture(scope="session")
def brought(frontier: geo.Frontier, gazetteer: Gazetteer) -> Callable[[str], dict[str, Brought]]:
    """The files of a case as they are brought, by their names."""
    return cache(lambda case: bring(case, frontier, gazetteer))
