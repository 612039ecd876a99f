"""Cells that hold something which is no value, or not the one that was meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["Unread"]


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that holds something, but nothing that can be read as a value."""

    shown: str
    reason: str
    value: Any = None  # what is taken for it all the same

    def __str__(self) -> str:
        return self.shown
