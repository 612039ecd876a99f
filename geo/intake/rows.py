"""All rows of a table as records: what each is known by, and those that are no record."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from geo.intake.reading import KEPT, Problem, Reading, Surroundings
from geo.intake.row_kinds import fill_dittos, heading, no_record
from geo.intake.row_reader import RowReader
from geo.intake.sheets.unread import Unread
from geo.intake.words.cells import show_cell

if TYPE_CHECKING:
    from geo.intake.mapping import Mapping
    from geo.intake.sheets.sheet import Sheet

__all__ = ["read_rows"]

_AMOUNTS = ("quantity", "value_home")


def read_rows(
    sheet: Sheet, mapping: Mapping, around: Surroundings, sound: dict[int, dict[str, Any]] | None = None
) -> Reading:
    """Read every row of a table; sound ones, by their place, are taken as they are, those that are no record named."""
    own_names = mapping.is_own
    columns = {field: sheet.cells[name].tolist() for field, name in mapping.columns.items()}
    if not own_names:
        columns = {field: fill_dittos(values) for field, values in columns.items()}
    rows = [int(number) for number in sheet.cells.index]
    reader = RowReader(sheet, mapping, around, columns)
    section = ""
    reading = Reading(rows, [], [], [], set(), [])
    headings = {name.casefold() for name in sheet.columns}
    wholes = zip(*(sheet.cells[name].tolist() for name in sheet.columns), strict=True)
    for at, (number, whole) in enumerate(zip(rows, wholes, strict=True)):
        hidden = [Problem(number, "", "", "a hidden row", "read like the others")] if number in sheet.hidden else []
        if sound and at in sound:
            reading.add({"crossing": "", "district": "", **sound[at]}, hidden)
            continue
        cells = {field: values[at] for field, values in columns.items()}
        for field in _AMOUNTS if sheet.shared else ():
            if (number, mapping.columns.get(field)) in sheet.shared:
                # Merged cells under "quantity" may hold the sum of their rows.
                cells[field] = Unread(show_cell(cells[field]), "one amount for several rows (merged cells)")
        reason = no_record(cells, whole, headings) or sheet.apart.get(number, "")
        if not own_names and len(whole) > 1 and (text := heading(whole)) and not reason:
            section = around.region(text) and text
            reason = f"a heading{': the region of the rows beneath' if section else ', not a record'}"
        bare = all(value is None for value in cells.values())
        reason = reason or ("nothing in the columns that are read" if bare else "")
        record, problems = reader.read(number, cells)
        problems += hidden
        if section and not record["region_name"] and not record["region_code"]:
            record["region_name"] = section
        if reason:
            shown = "; ".join(show_cell(value) for value in (whole if bare else cells.values()) if value is not None)
            problems = [Problem(number, "", shown[:200], reason, KEPT)]
            reading.left_out.add(at)
        elif not record["source_url"]:
            why = next((problem.reason for problem in problems if problem.field == "source_url"), "no address (http…)")
            problems = [problem for problem in problems if problem.field != "source_url"]
            without_source = f"no address of a source ({why}): without one a record is refused"
            problems.append(Problem(number, "source_url", show_cell(cells.get("source_url")), without_source, KEPT))
            reading.left_out.add(at)
        rest = "|".join(f"{field}={show_cell(value)}" for field, value in sorted(cells.items()))
        reading.add(record, problems, _key(record, cells), rest)
    return reading


def _key(record: dict[str, Any], cells: dict[str, Any]) -> tuple[str, ...]:
    """Key that a row is known by, alike from Excel and CSV: read where it could be, else as it stands."""
    quantity = record["quantity"]
    return (
        record["date"] or show_cell(cells.get("date")),
        show_cell(cells.get("goods")) or record["goods"],
        f"{quantity:.12g} {record['unit']}" if not math.isnan(quantity) else show_cell(cells.get("quantity")),
        record["place_name"] or record["crossing"] or record["district"] or record["region_name"],
        record["source_url"],
    )
