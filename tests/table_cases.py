"""Tables as people bring them (tests/intake/cases), and what of each came out right, reported, or silently wrong."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo import intake
from geo.errors import InputError
from geo.geometry.geodesy import distance_km

if TYPE_CHECKING:
    import pandas as pd

    import geo
    from geo.intake import Gazetteer, Imported

FOLDER = Path(__file__).parent / "intake" / "cases"
# What a reader adds on the command line, where the file has no column for it.
CONSTANTS = {
    ("02-ucdp-ged-csv", "ged.csv"): {"source_url": "https://example.org/"},
    ("31-iom-incident-layout", "iom.csv"): {"goods": "other"},
    ("30-check-on-files-of-others", "acled.csv"): {"source_url": "https://example.org/"},
    ("127-acled-today", "acled.csv"): {"source_url": "https://example.org/"},
}
# Fields that are read from the same cells, and so are reported together.
_TOGETHER = (
    {"date", "date_not_after", "date_precision", "source_date", "year", "month", "day", "date_end"},
    {"quantity", "unit"},
    {"value_home", "value_text"},
    {"source_url", "other_urls"},
    {
        "point", "place", "place_name", "crossing", "crossing_id", "region_code", "region_name", "district", "lon",
        "lat", "coordinates", "location_precision", "location_radius_km",
    },
)  # fmt: skip
_POINT_KM, _PLACE_KM = 0.1, 15.0


@dataclass(frozen=True)
class Cell:
    """One expected value and what came out."""

    file: str
    row: str
    field: str
    expected: str
    came: str
    verdict: str


@cache
def expected() -> dict[str, dict[str, list[tuple[str, str, str]]]]:
    """Case → file → row, field, value, as worked out by hand."""
    found: dict[str, dict[str, list[tuple[str, str, str]]]] = defaultdict(lambda: defaultdict(list))
    with (FOLDER / "expected.csv").open(encoding="utf-8", newline="") as lines:
        for one in csv.DictReader(lines):
            found[one["case"]][one["file"]].append((one["row"], one["field"], one["value"]))
    return found


@dataclass(frozen=True)
class Brought:
    """A file that was brought: the columns that were taken, and what came of it or why it was refused."""

    columns: dict[str, str]  # field → column
    done: Imported | None
    refusal: str = ""


def bring(case: str, frontier: geo.Frontier, gazetteer: Gazetteer) -> dict[str, Brought]:
    """Import every file of a case that has expected values."""
    return {file: _bring(case, file, frontier, gazetteer) for file in expected()[case]}


def _bring(case: str, file: str, frontier: geo.Frontier, gazetteer: Gazetteer) -> Brought:
    columns: dict[str, str] = {}
    try:
        sheet = intake.read_sheet(FOLDER / case / file)
        mapping = intake.guess_mapping(sheet).with_constants(**CONSTANTS.get((case, file), {}))
        columns = dict(mapping.columns)
        done = intake.import_incidents(sheet, mapping, frontier=frontier, gazetteer=gazetteer)
    except InputError as error:
        return Brought(columns, None, str(error))
    return Brought(columns, done)


def judge(case: str, brought: dict[str, Brought]) -> list[Cell]:
    """Every expected value of a case: ``right``, ``reported`` or ``wrong`` (silently)."""
    cells = []
    for file, wanted in expected()[case].items():
        done, refusal = brought[file].done, brought[file].refusal
        for row, field, value in wanted:
            if done is not None:
                cells.append(Cell(file, row, field, value, *_judge(done, row, field, value)))
            else:
                verdict = "reported" if field != "refused" else "right" if value in refusal else "wrong"
                cells.append(Cell(file, row, field, value, f"refused: {refusal}", verdict))
    return cells


def _judge(done: Imported, row: str, field: str, value: str) -> tuple[str, str]:
    if field == "refused":
        return f"{len(done.incidents)} records", "wrong"
    identifier = done.places.set_index("row")["id"].get(int(row))
    told = done.problems[done.problems["row"].isin([int(row), 0])]
    record = done.incidents.loc[identifier] if identifier in done.incidents.index else None
    if field == "out" or record is None:
        out = record is None and not told.empty
        return "imported" if record is not None else "not imported", (
            ("right" if field == "out" else "reported") if out else "wrong"
        )
    came = _value(record, field)
    if _same(record, field, value, came):
        return came, "right"
    group = next((one for one in _TOGETHER if field in one), {field})
    about = told["field"].isin(group)
    return came, "reported" if about.any() else "wrong"


def _value(record: pd.Series[Any], field: str) -> str:
    if field in ("point", "place"):
        known = record["location_precision"] in ("crossing", "locality", "district")
        return f"{record.geometry.y:.4f} {record.geometry.x:.4f}" if known else ""
    value = record[field]
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.6g}"
    return str(value)


def _same(record: pd.Series[Any], field: str, value: str, came: str) -> bool:
    if not value or not came:
        return value == came
    if field in ("point", "place"):
        lat, lon = map(float, value.split())
        gap = float(distance_km(lon, lat, record.geometry.x, record.geometry.y))
        return gap <= (_POINT_KM if field == "point" else _PLACE_KM)
    if isinstance(record[field], float):
        return math.isclose(float(value), record[field], rel_tol=1e-4)
    return value == came
