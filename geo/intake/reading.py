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
    """Problem of a row: a cell that could not be read, or not as it stands.

    Attributes
    ----------
    row
        The row's number in the file.
    field
        The field; "" for the whole row.
    value
        What stands in the cell.
    reason
        Why it could not be read.
    done
        What was done: left blank, kept as something, row not imported.
    """

    row: int
    field: str
    value: str
    reason: str
    done: str


@dataclass(frozen=True, eq=False)
class Reading:
    """All rows of a table as records.

    Attributes
    ----------
    rows
        Numbers of the rows, in the file.
    records
        Field → value for each row; hints and ``lon``, ``lat`` among them.
    keys, rests
        What each row is known by, and all else that it says: for ids.
    left_out
        Places, among the rows, of those that aren't records.
    problems
        What could not be read.
    """

    rows: list[int]
    records: list[dict[str, Any]]
    keys: list[tuple[str, ...]]
    rests: list[str]
    left_out: set[int]
    problems: list[Problem]

    def add(self, record: dict[str, Any], problems: list[Problem], key: tuple[str, ...] = (), rest: str = "") -> None:
        """Add the next row."""
        self.records.append(record)
        self.problems.extend(problems)
        self.keys.append(key)
        self.rests.append(rest)


@dataclass(frozen=True)
class Surroundings:
    """Surroundings that rows are read against.

    Attributes
    ----------
    neighbours
        Codes of the border lines.
    region
        Code of the home region that a text names, "" for none.
    window
        West, south, east, north of the country with what lies along its border.
    """

    neighbours: tuple[str, ...]
    region: Callable[[str], str]
    window: tuple[float, float, float, float]
