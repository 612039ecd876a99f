"""A table of one's own as incidents: checked like any others, with everything that could not be read named."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.errors import Fault, InputError
from geo.files.limits import refuse
from geo.files.plain_tables import PRIVATE, refuse_drafts
from geo.incidents.former import renew_cells
from geo.incidents.reading import REQUIRED, agency_sides, as_incidents, fill_sides, side_of
from geo.intake.guessing import guess_mapping, telling_field
from geo.intake.identity import free_id, make_ids, tidy_id
from geo.intake.places.gazetteer import region_of
from geo.intake.places.placement import Lookup, find_places, placed, unplaced
from geo.intake.reading import BLANK, KEPT, Problem, Surroundings
from geo.intake.row_kinds import totals_reason
from geo.intake.rows import read_rows
from geo.intake.words.vocabularies import table
from geo.vocabulary import FIELDS, FORMER_FIELDS

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.border.frontier import Frontier
    from geo.intake.mapping import Mapping
    from geo.intake.places.gazetteer import Gazetteer, Place
    from geo.intake.places.placement import Geocoder
    from geo.intake.places.resolving import Found
    from geo.intake.reading import Reading
    from geo.intake.sheets.sheet import Sheet

__all__ = ["Imported", "import_incidents"]

_ATTEMPTS = 4
_AROUND = 1.0  # degrees
_UNCOUNTED = ("kg", "t", "m3", "head", "USD", "")
_PLACED = ("crossing", "locality", "district")


@dataclass(frozen=True, eq=False)
class Imported:
    """Outcome of a table.

    Attributes
    ----------
    incidents
        As :func:`geo.read_incidents` gives them; they pass the same checks.
    problems
        One row for everything that could not be read as it stands: ``row`` in the file, ``field``, ``column``,
        ``value``, ``reason``, and what was ``done``.
    places
        One row for each row of the table: ``row``, ``id``, ``place`` as it stands, ``found``, ``precision``,
        ``lon``, ``lat``, ``radius_km``, ``how`` it was chosen, the other ``candidates``, ``problem``.
    mapping
        Which column was read as which field.
    counts
        ``read`` = ``imported`` + ``not_imported``; ``imported`` = ``crossing`` + ``locality`` + ``district`` +
        ``region`` + ``border`` + ``country``; ``with_problems`` of the imported. ``cells_read``,
        ``cells_reported`` and ``cells_not_read`` (in columns that are not read) count the filled cells.
    notes
        What was filled in for all rows.
    """

    incidents: gpd.GeoDataFrame
    problems: pd.DataFrame
    places: pd.DataFrame
    mapping: Mapping
    counts: dict[str, int]
    notes: tuple[str, ...] = ()


def import_incidents(
    sheet: Sheet,
    mapping: Mapping | None = None,
    *,
    frontier: Frontier,
    gazetteer: Gazetteer | None = None,
    geocoder: Geocoder | None = None,
) -> Imported:
    """Read a table of one's own as incidents.

    Parameters
    ----------
    sheet
        As :func:`geo.intake.read_sheet` gives it.
    mapping
        Which column holds which field; guessed by default.
    frontier
        The border; its crossings and regions give names of places, its codes are those that incidents may use.
    gazetteer
        Names of places; gathered by default when a name must be looked up.
    geocoder
        Asked for names that the gazetteer doesn't know. None by default: nothing leaves this machine.

    Returns
    -------
    Imported

    Raises
    ------
    InputError
        When the table holds drafts, or the mapping names columns that the sheet doesn’t have, or none for the goods, a
        date or a source.
    """
    refuse_drafts(sheet.cells, sheet.name)
    mapping = guess_mapping(sheet) if mapping is None else mapping
    mapping.check(sheet)
    _require_sense(sheet, mapping)
    sound = _sound_rows(sheet, mapping, frontier)
    reading = read_rows(sheet, mapping, _around(frontier), sound)
    problems = [*_columns_not_read(sheet, mapping), *reading.problems]
    rows_kept = [at for at in range(len(reading.rows)) if at not in reading.left_out]
    place_of = find_places(reading, rows_kept, Lookup(frontier, gazetteer, geocoder), problems)
    ids = _ids(reading, rows_kept, problems)
    records = []
    for at in rows_kept:
        record = reading.records[at] | {"id": ids[at]}
        record, doubts = (record, []) if at in sound else _complete(record, place_of[at], frontier)
        records.append(record)
        problems += [Problem(reading.rows[at], field, value, reason, BLANK) for field, value, reason in doubts]
    incidents = _checked(records, [reading.rows[at] for at in rows_kept], sheet.name, frontier, problems)
    problem_rows = _problem_table(problems, mapping)
    counts = _count(reading, _count_cells(sheet, mapping, problem_rows), incidents, problem_rows)
    places = _place_table(reading, place_of, ids, incidents)
    return Imported(incidents, problem_rows, places, mapping, counts, _notes(mapping, incidents))


def _sound_rows(sheet: Sheet, mapping: Mapping, frontier: Frontier) -> dict[int, dict[str, Any]]:
    """Rows that pass every check as they stand, by their place in the table: nothing in them is changed."""
    from geo.incidents.schema import cell_faults  # noqa: PLC0415  (pandera takes half a second to load)

    names = [*mapping.columns, *(name for name in (PRIVATE, *FORMER_FIELDS) if name in sheet.columns)]
    table = renew_cells(sheet.cells[names].reset_index(drop=True)) if mapping.is_own else pd.DataFrame()
    if mapping.constants or not {*table} >= {*REQUIRED}:
        return {}
    apart = [at for at, row in enumerate(sheet.cells.index) if row in sheet.apart or sheet.shared]
    frame, faults = cell_faults(fill_sides(table), sheet.name, frontier)
    broken = {*apart, *(at for at, _ in faults)}
    records = frame.to_dict("records")
    return {at: {str(key): cell for key, cell in one.items()} for at, one in enumerate(records) if at not in broken}


def _columns_not_read(sheet: Sheet, mapping: Mapping) -> list[Problem]:
    """Problems of whole columns, as row 0."""
    if mapping.is_own:
        return []
    called = table("choices")["called"]
    telling = {name: telling_field(sheet, name) for name in mapping.unused if name not in mapping.personal}
    problems = [Problem(0, "", name, "personal data", "left out") for name in mapping.personal]
    problems += [
        Problem(0, field, name, f"holds {called[field]}, and is not read", "not read")
        for name, field in telling.items()
        if field
    ]
    if not {"date", "year"} & (set(mapping.columns) | set(mapping.constants)):
        problems.append(Problem(0, "date", "", "no column of dates", "no record has a date"))
    return problems


def _around(frontier: Frontier) -> Surroundings:
    west, south, east, north = map(float, frontier.borders.total_bounds)

    def region(text: str) -> str:
        return region_of(text, frontier)

    neighbours = tuple(map(str, frontier.borders.index))
    return Surroundings(neighbours, region, (west - _AROUND, south - _AROUND, east + _AROUND, north + _AROUND))


def _require_sense(sheet: Sheet, mapping: Mapping) -> None:
    given = set(mapping.columns) | set(mapping.constants)
    faults = []
    if reason := totals_reason(sheet, mapping):
        expected = "a table with one incident a row; totals can be brought as statements (docs/claims.md)"
        refuse(sheet.name, reason, expected)
    columns = f"columns {', '.join(sheet.columns)}"
    if not given & {"goods", "goods_code", "goods_description", "title", "support_note"}:
        faults.append(Fault(sheet.name, None, "goods", columns, "a column of goods: --map goods=COLUMN"))
    if "source_url" not in given:
        expected = (
            "a column with the address of each record's source: --map source_url=COLUMN; or --set source_url=https://… "
            "where one source tells of all"
        )
        faults.append(Fault(sheet.name, None, "source_url", columns, expected))
    if faults:
        raise InputError(faults)


def _complete(
    record: dict[str, Any], place: Found, frontier: Frontier
) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    """A record with its place and title, and codes that there aren't: field, value, reason."""
    doubts = []
    if record["crossing_id"] and record["crossing_id"] not in frontier.crossings.index:
        doubts.append(("crossing_id", record["crossing_id"], "no crossing of the border files"))
        record["crossing_id"] = ""
    if record["location_precision"]:
        record["region_code"] = place.region_code if record["region_code"] else ""
    else:
        record = placed(record, place, frontier)
    record["title"] = record["title"] or _title(record, place, frontier)
    return record, doubts


def _title(record: dict[str, Any], place: Found, frontier: Frontier) -> str:
    """A heading in English, as titles are; the source's own words stay in their fields."""
    number, unit = record["quantity"], record["unit"]
    if number != 1 and unit not in _UNCOUNTED:
        unit = f"{unit}es" if unit.endswith("x") else f"{unit}s"
    amount = "" if math.isnan(number) else f"{number:,.12g} {unit}"
    goods = record["goods"].replace("_", " ").capitalize()
    region = record["region_code"] if record["region_code"] in frontier.regions.index else ""
    where = str(frontier.regions.loc[region, "name_en"]) if region else ""
    if place.lon is not None and place.name:
        where = f"{place.name} district" if place.precision == "district" else place.name
    return ", ".join(part for part in (goods, amount, where) if part)


# -- Ids --------------------------------------------------------------------------------------------


def _ids(reading: Reading, rows_kept: list[int], problems: list[Problem]) -> dict[int, str]:
    """Ids as given where there are any, else made from content."""
    ids: dict[int, str] = {}
    without = [at for at in rows_kept if not reading.records[at]["id"]]
    keys, rests = [reading.keys[at] for at in without], [reading.rests[at] for at in without]
    made = make_ids(keys, rests, [reading.records[at]["date"] for at in without])
    first: dict[str, int] = {}
    for at, identifier in zip(without, made, strict=True):
        ids[at] = identifier
        twin = first.setdefault(f"{reading.keys[at]}{reading.rests[at]}", reading.rows[at])
        if twin != reading.rows[at]:
            reason = f"the same in every cell that is read as row {twin}"
            problems.append(Problem(reading.rows[at], "id", "", reason, f"imported as {identifier}"))
    taken = set(made)
    for at in rows_kept:
        given = reading.records[at]["id"]
        if not given:
            continue
        tidy = tidy_id(given)
        wanted = free_id(tidy, taken)
        taken.add(wanted)
        ids[at] = wanted
        if wanted != given:
            reason = "an id that an earlier row has" if wanted != tidy else "spaces or semicolons in an id"
            problems.append(Problem(reading.rows[at], "id", given, reason, f"kept as {wanted}"))
    return ids


# -- Checks -----------------------------------------------------------------------------------------


def _checked(
    records: list[dict[str, Any]], rows: list[int], file: str, frontier: Frontier, problems: list[Problem]
) -> gpd.GeoDataFrame:
    """The records as incidents; what breaks a rule is left blank, and a record that can't be mended left out."""
    from geo.incidents.schema import cell_faults  # noqa: PLC0415  (pandera takes half a second to load)

    sides = agency_sides()
    for record in records:
        if not record["recording_side"]:
            record["recording_side"] = side_of(record["agency"], sides)
    for attempt in range(_ATTEMPTS):
        marked = [PRIVATE] if any(PRIVATE in record for record in records) else []
        table = pd.DataFrame(records, columns=[*FIELDS, *marked, "lon", "lat"], dtype=object)
        frame, faults = cell_faults(table, file, frontier)
        if not faults:
            break
        out: set[int] = set()
        for (at, name), fault in faults.items():
            mended = attempt < _ATTEMPTS - 1 and _mend(records[at], name, frontier)
            done = BLANK if mended else KEPT
            problems.append(Problem(rows[at], name, fault.value, f"expected {fault.expected}", done))
            out |= set() if mended else {at}
        records = [record for at, record in enumerate(records) if at not in out]
        rows = [row for at, row in enumerate(rows) if at not in out]
    return as_incidents(frame)


def _mend(record: dict[str, Any], name: str, frontier: Frontier) -> bool:
    """Leave a field blank that breaks a rule; False where it can't be blank."""
    if name in ("id", "title", "goods", "source_url", "direction", "mode", "outcome_class", "confidence"):
        return False
    if name in ("geometry", "lon", "lat", "location_radius_km", "location_precision", "crossing_id"):
        record |= unplaced(record, frontier)
    elif name in ("date", "date_precision"):
        record |= {"date": "", "date_precision": "unknown", "date_basis": "none"}
    elif name in ("quantity", "unit"):
        record |= {"quantity": math.nan, "unit": ""}
    elif name == "recording_side":
        record[name] = side_of(record["agency"], agency_sides())
    else:
        record[name] = math.nan if name == "value_home" else ""
    return True


# -- Tables -----------------------------------------------------------------------------------------


def _problem_table(problems: list[Problem], mapping: Mapping) -> pd.DataFrame:
    names = ["row", "field", "value", "reason", "done"]
    rows = [
        # Half of a surrogate pair, which JSON may hold, no file could carry.
        (one.row, one.field, one.value.encode("utf-8", "replace").decode(), one.reason, one.done)
        for one in sorted(problems, key=lambda one: one.row)
    ]
    table = pd.DataFrame(rows, columns=names)
    table.insert(2, "column", [mapping.columns.get(field, "") for field in table["field"]])
    return table


def _place_table(
    reading: Reading, places: dict[int, Found], ids: dict[int, str], incidents: gpd.GeoDataFrame
) -> pd.DataFrame:
    precision = incidents["location_precision"].to_dict()
    rows = []
    for at, where in places.items():
        record = reading.records[at]
        rows.append((
            reading.rows[at], ids[at], record["crossing"] or record["place_name"] or record["district"], where.name,
            precision.get(ids[at], ""), where.lon, where.lat, where.radius_km, where.how,
            "; ".join(map(_show, where.candidates)), where.problem,
        ))  # fmt: skip
    columns = ["row", "id", "place", "found", "precision", "lon", "lat", "radius_km", "how", "candidates", "problem"]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(("lon", "lat", "radius_km"), "float64"))


def _show(place: Place) -> str:
    what = place.crossing_id or place.country
    people = f", {place.population:,} people" if place.population else ""
    return f"{place.name} ({what}{people}, {place.lat:.2f} N {place.lon:.2f} E)"


def _count_cells(sheet: Sheet, mapping: Mapping, problems: pd.DataFrame) -> dict[str, int]:
    """Cells with something in them: read, reported, in columns that are not read."""
    filled = sheet.cells.notna().sum()
    taken = sum(int(filled[name]) for name in set(mapping.columns.values()))
    of_cells = problems[problems["row"].ne(0) & problems["field"].isin(mapping.columns)]
    reported = min(len(of_cells[["row", "column"]].drop_duplicates()), taken)
    return {"cells_read": taken - reported, "cells_reported": reported, "cells_not_read": int(filled.sum()) - taken}


def _count(
    reading: Reading, cells: dict[str, int], incidents: gpd.GeoDataFrame, problems: pd.DataFrame
) -> dict[str, int]:
    out = set(problems.loc[problems["done"].eq(KEPT), "row"])
    counts = {
        "read": len(reading.rows),
        "imported": len(incidents),
        "not_imported": len(reading.rows) - len(incidents),
        "with_problems": len(set(problems["row"]) - out - {0}),
        **cells,
    }
    precision = incidents["location_precision"].value_counts()
    return counts | {name: int(precision.get(name, 0)) for name in (*_PLACED, "region", "border", "country")}


def _notes(mapping: Mapping, incidents: gpd.GeoDataFrame) -> tuple[str, ...]:
    notes = [f"every record without its own has {name} {value!r}" for name, value in mapping.constants.items()]
    if "confidence" not in mapping.columns and "confidence" not in mapping.constants:
        notes.append("confidence is medium: the table has no column for it")
    if "title" not in mapping.columns:
        notes.append("titles are made from goods, quantity and place: the table has no column for them")
    if "id" not in mapping.columns and len(incidents):
        notes.append("ids are made from date, goods, quantity, place and source")
    return tuple(notes)
