"""Shared by the tests of the app."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True, scope="session")
def _components_found_once(components_found_once: None) -> None:
    """As in every test of the app."""


@pytest.fixture(autouse=True)
def _main_module_again() -> Iterator[None]:
    """Streamlit's test runner leaves its script as ``__main__``, which processes started later would run once more."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main
