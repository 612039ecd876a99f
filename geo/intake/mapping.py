"""Columns and their fields, corrected by the reader, kept for next week."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import Fault, InputError, UnknownValueError, no_such_file
from geo.files.limits import refuse
from geo.files.tables import write_text
from geo.incidents.reading import REQUIRED
from geo.vocabulary import FIELDS

if TYPE_CHECKING:
    from geo.intake.sheets.sheet import Sheet

__all__ = ["DATE_ORDERS", "MAPPABLE", "OWN", "Asked", "Mapping", "read_mapping", "write_mapping"]

HINTS = (
    "crossing", "district", "coordinates", "year", "month", "day", "date_end", "date_code", "place_code",
    "lat_min", "lat_sec", "lat_side", "lon_min", "lon_sec", "lon_side", "utm_zone", "way_from", "way_to", "goods_code",
)  # fmt: skip
MAPPABLE: tuple[str, ...] = (*FIELDS, "lon", "lat", *HINTS)
"""What a column may hold: a field of an incident, its place, or a hint to it (a crossing's name, a district, a
latitude and longitude in one cell)."""

DATE_ORDERS = ("dmy", "mdy")
OWN = {"date", "goods", "source_url"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A guess that is not sure: a reader decides."""

    field: str
    column: str
    reason: str


@dataclass(frozen=True)
class Mapping:
    """Columns of a table and their fields.

    Attributes
    ----------
    columns
        Field → column.
    constants
        Field → a value that every row has, where its own cell is blank.
    date_order
        What dates with slashes mean: ``dmy``, ``mdy``, or "" to let the column decide.
    decimal
        Decimal mark, "," or ".", or "" to let the column decide.
    why
        Field → why this column was taken.
    confidence
        Field → how sure that is, 0 to 1.
    unused
        Columns that nothing is read from.
    asked
        Guesses that were not taken.
    personal
        Columns that say who somebody is, which are not read.
    events
        A column that counts events: the table is one of totals.
    crs
        Coordinate system of ``lon`` and ``lat``, as ``EPSG:32642``; "" for degrees on WGS84.
    """

    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    date_order: str = ""
    decimal: str = ""
    why: dict[str, str] = field(default_factory=dict)
    confidence: dict[str, float] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()
    personal: tuple[str, ...] = ()
    events: str = ""
    crs: str = ""

    def with_(self, **columns: str | None) -> Mapping:
        """The same with some fields read from other columns; None: from none.

        Raises
        ------
        UnknownValueError
            When there is no such field.
        """
        for name in columns:
            _require_field(name)
        chosen = {name: column for name, column in (self.columns | columns).items() if column}
        freed = {self.columns[name] for name in columns if name in self.columns}
        unused = [*self.unused, *sorted(freed)]
        taken = set(chosen.values())
        return replace(
            self,
            columns=chosen,
            why={name: "chosen" if name in columns else self.why.get(name, "") for name in chosen},
            confidence={name: 1.0 if name in columns else self.confidence.get(name, 1.0) for name in chosen},
            unused=tuple(name for name in dict.fromkeys(unused) if name not in taken),
            asked=tuple(one for one in self.asked if one.column not in taken and one.field not in columns),
            personal=tuple(name for name in self.personal if name not in taken),
        )

    def with_constants(self, **values: str) -> Mapping:
        """The same with values that every row has where its own cell is blank.

        Raises
        ------
        UnknownValueError
            When there is no such field.
        """
        for name in values:
            _require_field(name)
        return replace(self, constants=self.constants | values)

    @property
    def is_own(self) -> bool:
        """Whether the table has the fields' own names, and most that a file of incidents needs."""
        own = all(field == name for field, name in self.columns.items()) and set(self.columns) >= OWN
        return own and 2 * len(set(REQUIRED) - set(self.columns)) <= len(REQUIRED)

    def check(self, sheet: Sheet) -> None:
        """Raise unless the sheet has every column that is named.

        Raises
        ------
        InputError
            With a fault for each column that is missing.
        """
        known = ", ".join(sheet.columns)
        faults = [
            Fault(sheet.name, None, name, f"no column {column!r}", f"one of the table's columns: {known}")
            for name, column in self.columns.items()
            if column not in sheet.columns
        ]
        if faults:
            raise InputError(faults)


def _require_field(name: str) -> None:
    if name not in MAPPABLE:
        raise UnknownValueError("field", name, MAPPABLE)


def write_mapping(mapping: Mapping, path: str | Path) -> None:
    """Keep a mapping in a small file (TOML), for the next import."""
    lines = ["# Which column of the table holds which field: for `shekara import --mapping`.", ""]
    options = {"date_order": mapping.date_order, "decimal": mapping.decimal, "crs": mapping.crs}
    lines += [f"{name} = {_quoted(value)}" for name, value in options.items() if value]
    for part, values in (("columns", mapping.columns), ("constants", mapping.constants)):
        if values:
            lines += ["", f"[{part}]", *(f"{name} = {_quoted(value)}" for name, value in values.items())]
    write_text(path, "\n".join(lines).replace("\n\n\n", "\n\n") + "\n")


def _quoted(value: str) -> str:
    # JSON's escapes are TOML's, but for DEL.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def read_mapping(path: str | Path) -> Mapping:
    """Read a mapping that :func:`write_mapping` kept.

    Raises
    ------
    InputError
        When the file can't be read, or names fields that there aren't.
    """
    file = Path(path)
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError([no_such_file(file)]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        refuse(file.name, str(error), "a mapping in TOML, as `--keep` writes it")
    faults = []
    parts: dict[str, dict[str, Any]] = {}
    for part in ("columns", "constants"):
        values: Any = table.get(part, {})
        parts[part] = values if isinstance(values, dict) else {}
        for name, value in parts[part].items():
            if name not in MAPPABLE:
                faults.append(Fault(file.name, None, name, part, f"a field: {', '.join(MAPPABLE)}"))
            elif not isinstance(value, str):
                faults.append(Fault(file.name, None, name, str(value), "text in quotes"))
    order, decimal = table.get("date_order", ""), table.get("decimal", "")
    if order not in ("", *DATE_ORDERS):
        faults.append(Fault(file.name, None, "date_order", str(order), f"one of {', '.join(DATE_ORDERS)}"))
    if decimal not in ("", ",", "."):
        faults.append(Fault(file.name, None, "decimal", str(decimal), "a comma or a point"))
    if faults:
        raise InputError(faults)
    return Mapping(
        parts["columns"], parts["constants"], order, decimal, crs=str(table.get("crs", "")),
        why=dict.fromkeys(parts["columns"], f"kept in {file.name}"), confidence=dict.fromkeys(parts["columns"], 1.0),
    )  # fmt: skip
