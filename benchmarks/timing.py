"""CPU seconds of a call: the median of a few runs in the same process."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["cpu_seconds"]


def cpu_seconds(call: Callable[[], object], runs: int = 5, *, warm_up: bool = True) -> float:
    """Median CPU seconds of ``call``, all threads together, over ``runs`` runs, after one to warm up."""
    if warm_up:
        call()
    taken = []
    for _ in range(runs):
        start = time.process_time()
        call()
        taken.append(time.process_time() - start)
    return statistics.median(taken)
