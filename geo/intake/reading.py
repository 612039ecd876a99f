"""Reading of a table: its surroundings, its records, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["BLANK", "GIVEN_KM", "KEPT", "Problem", "Reading", "Surroundings"]

BLANK = "left blank"
KEPT = "row not imported"
GIVEN_KM = 2.0


@dataclass(frozen=True, slots=True)
class Problem:
    """Problem of a row: a cell that could not be read, or not as it stands."""

    row: int  # in the file; 0 for the whole table
    field: str  # "" for the whole row
    value: str
    reason: str
    done: str


@dataclass(frozen=True, eq=False)
class Reading:
    """All rows of a table as records."""

    rows: list[int]  # their numbers in the file
    records: list[dict[str, Any]]
    keys: list[tuple[str, ...]]  # what each row is known by
    rests: list[str]  # all else that it says
    left_out: set[int]  # places of rows that are no records
    problems: list[Problem]

    def add(self, record: dict[str, Any], problems: list[Problem], key: tuple[str, ...] = (), rest: str = "") -> None:
        """Add the next row."""
        self.records.append(record)
        self.problems.extend(problems)
        self.keys.append(key)
        self.rests.append(rest)


@dataclass(frozen=True)
class Surroundings:
    """Surroundings that rows are read against."""

    neighbours: tuple[str, ...]  # codes of the border lines
    region: Callable[[str], str]  # the code of the home region that a text names, or ""
    window: tuple[float, float, float, float]  # west, south, east, north, with what lies along the border
