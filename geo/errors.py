"""Errors, said so that a reader knows what to do about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["Fault", "InputError", "ShekaraError", "UnknownValueError", "no_such_file"]

_SHOWN = 80


class ShekaraError(Exception):
    """Root of the errors that this package raises on purpose."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one field of an input file.

    Attributes
    ----------
    file
        Name of the file as the user gave it.
    row
        Position (1 = first record) or id of the record; None when the fault concerns the whole file.
    field
        Column name; empty when the fault concerns the whole record or file.
    value
        The value found, as text.
    expected
        What would have been right, and what to do; blank where ``value`` says it all.
    """

    file: str
    row: int | str | None
    field: str
    value: str
    expected: str

    def __str__(self) -> str:
        where = self.file
        if self.row is not None:
            where += f", record {self.row}"
        if self.field:
            where += f", {self.field}"
        if not self.expected:
            return f"{where}: {self.value}"
        value = self.value if len(self.value) <= _SHOWN else self.value[: _SHOWN - 1] + "…"
        return f"{where}: found {value!r}, expected {self.expected}"


class InputError(ShekaraError):
    """A file that can't be used as it is; carries every fault found in it.

    Parameters
    ----------
    faults
        At least one fault.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        count = len(self.faults)
        head = "" if count == 1 else f"{count} faults\n"
        super().__init__(head + "\n".join(str(fault) for fault in self.faults))


def no_such_file(path: Path) -> Fault:
    """Say of a path that is to be read that there is no file, or that it is a folder."""
    return Fault(str(path), None, "", "this is a folder, not a file" if path.is_dir() else "there is no such file", "")


class UnknownValueError(ShekaraError):
    """A value that a choice doesn't offer; the message lists the right ones.

    Parameters
    ----------
    name
        What was being chosen, as the user names it (``goods``).
    value
        What was given.
    known
        The values on offer.
    """

    def __init__(self, name: str, value: str, known: Iterable[str]) -> None:
        self.name, self.value, self.known = name, value, list(known)
        super().__init__(f"unknown {name} {value!r}: choose from {', '.join(self.known)}")
