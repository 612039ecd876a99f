"""Cases of what a test takes: a few are quick, and have every value where that can be; the others are thorough."""

from __future__ import annotations

import os
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


THOROUGH = os.environ.get("SHEKARA_THOROUGH") == "1"
"""Whether the thorough tests are asked for."""


def each_value_quick(*axes: Iterable[Any]) -> list[Any]:
    """All combinations of the axes' values; quick are as many as the longest axis has, and each value is in one.

    Where the axes don't know of each other, as language and page don't, what one combination would miss another has.
    """
    values = [list(axis) for axis in axes]
    quick = [tuple(axis[at % len(axis)] for axis in values) for at in range(max(map(len, values)))]
    return [pytest.param(*one, marks=() if one in quick else pytest.mark.thorough) for one in product(*values)]


def one_quick_in(step: int, cases: Sequence[Any]) -> list[Any]:
    """All cases, the first and every so-many-th after it quick, where each tries the same property on another input."""
    return [
        pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.thorough if at % step else ())
        for at, case in enumerate(cases)
    ]


def examples(number: int) -> int:
    """As many examples of a dear property where the thorough tests are asked for, else a third, and five at least."""
    return number if THOROUGH else max(number // 3, 5)
