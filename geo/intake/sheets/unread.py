"""Cells that hold something which is no value."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Unread"]


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that holds something, but nothing that can be read as a value.

    Attributes
    ----------
    shown
        What stands in it.
    reason
        Why it is none.
    """

    shown: str
    reason: str

    def __str__(self) -> str:
        return self.shown
