"""Incidents: read them, check them, and say which border each one belongs to."""

from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import geopandas as gpd
import numpy as np
import shapely

from geo.border.codes import read_border_codes
from geo.border.features import AREA, LINE, read_features
from geo.errors import Fault, InputError
from geo.files.plain_tables import foreign, list_faults, parse_csv, parse_table
from geo.files.tables import csv_cell, whole_file, write_text
from geo.incidents.cells import type_cells
from geo.incidents.former import renew_cells, schema_of
from geo.paths import country_folder, data_path
from geo.vocabulary import FIELDS, FORMER_FIELDS, FORMER_WORDS, RECORDING_SIDES

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from geo.files.plain_tables import Faults

__all__ = [
    "REQUIRED", "Kind", "agency_sides", "as_incidents", "border_of", "check_incidents", "fill_sides", "read_incidents",
    "read_with_schema", "recording_sides", "records_of_rows", "side_of", "write_incidents",
]  # fmt: skip

Kind = Literal["incidents", "rows"]
"""What each row of a table stands for: an incident, or as many rows of a register as its ``rows`` says."""

_CRS = "EPSG:4326"
REQUIRED = (
    "id", "title", "date", "date_precision", "goods", "quantity", "unit", "direction", "neighbour", "mode",
    "location_precision", "location_radius_km", "agency", "outcome_class", "source_url", "confidence",
)  # fmt: skip
"""Fields that every file of incidents has."""


def read_incidents(
    path: str | Path | None = None, *, borders: str | Path | None = None, check: bool | None = None
) -> gpd.GeoDataFrame:
    """Read incidents into a frame, one row each.

    Parameters
    ----------
    path
        GeoJSON, GeoParquet, or CSV with columns ``lon`` and ``lat``, in the schema of ``docs/data.md``; the
        built-in incidents by default.
    borders
        Folder of the border files whose codes the incidents may use; the built-in one by default.
    check
        Whether every field is checked. By default every file is but Kazakhstan's built-in one, which the tests check.

    Returns
    -------
    geopandas.GeoDataFrame
        Index ``id`` (text, unique), columns in the order of :data:`geo.vocabulary.FIELDS`, then
        ``date_start`` and ``date_end`` (first and last day that the date can mean, NaT when undated), then
        ``geometry`` (Point in EPSG:4326, None where there is no place). Blank text is "", a missing number
        NaN. Other columns of the file are left out.

    Raises
    ------
    InputError
        When the file can't be used; carries every fault found in it.

    Examples
    --------
    >>> incidents = read_incidents()
    >>> incidents.loc["seed-wko-cigarettes-336k", ["goods", "unit", "region_code"]].tolist()
    ['tobacco', 'pack', 'KZ-27']
    """
    given = path is not None or country_folder() is not None
    return read_with_schema(path, borders=borders, check=given if check is None else check)[0]


def read_with_schema(
    path: str | Path | None, *, borders: str | Path | None = None, check: bool = True
) -> tuple[gpd.GeoDataFrame, int]:
    """Read incidents as :func:`read_incidents` does, and the number of the schema that they are written in, 1 or 2."""
    frame, faults, schema = _read(path, borders=borders, check=check)
    if faults:
        raise InputError(faults)
    return as_incidents(frame), schema


def as_incidents(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    """Checked cells as incidents.

    Parameters
    ----------
    frame
        As :func:`geo.incidents.cells.type_cells` gives it, without faults.

    Returns
    -------
    geopandas.GeoDataFrame
        As in :func:`read_incidents`.
    """
    places = np.full(len(frame), None, dtype=object)
    there = (frame["lon"].notna() & frame["lat"].notna()).to_numpy()
    places[there] = shapely.points(frame.loc[there, "lon"].to_numpy(), frame.loc[there, "lat"].to_numpy())
    geometry = gpd.GeoSeries(places, index=frame.index, crs=_CRS)
    incidents = gpd.GeoDataFrame(frame.drop(columns=["lon", "lat"]), geometry=geometry, crs=_CRS)
    return incidents.set_index("id")


def check_incidents(path: str | Path | None = None, *, borders: str | Path | None = None) -> list[Fault]:
    """Find every fault of a file of incidents at once, in the order of the records.

    Examples
    --------
    >>> check_incidents()
    []
    """
    try:
        return _read(path, borders=borders, check=True)[1]
    except InputError as error:
        return error.faults


def border_of(incidents: pd.DataFrame) -> pd.Series[str]:
    """Border that each incident belongs to: ``AIR`` or ``POST`` by mode, else the stated neighbour, else ``UNKNOWN``.

    Examples
    --------
    >>> import pandas as pd
    >>> border_of(pd.DataFrame({"mode": ["road", "post", "rail"], "neighbour": ["KG", "RU", ""]})).tolist()
    ['KG', 'POST', 'UNKNOWN']
    """
    border = incidents["neighbour"].where(incidents["neighbour"] != "", "UNKNOWN")
    border = border.mask(incidents["mode"] == "air", "AIR").mask(incidents["mode"] == "post", "POST")
    return border.rename("border")


def records_of_rows(incidents: pd.DataFrame, kind: Kind = "incidents") -> npt.NDArray[np.float64]:
    """Count the records that each row stands for: one, or the ``rows`` of a register's total."""
    return np.ones(len(incidents)) if kind == "incidents" else np.asarray(incidents["rows"], float)


def agency_sides(path: str | Path | None = None) -> dict[str, str]:
    """Read on whose side each agency stands."""
    file = data_path("agencies.csv") if path is None else Path(path)
    fields = ("agency", "country", "side")
    table, ragged = parse_csv(file, fields, "agency", may_be_empty=True)
    if missing := [name for name in fields if name not in table]:
        raise InputError(Fault(file.name, None, name, "no such field", "a field of every agency") for name in missing)
    words = FORMER_WORDS["recording_side"]
    sides = [words.get(side, side) for side in table["side"]]
    wrong = [
        Fault(file.name, row, "side", side, f"one of {', '.join(RECORDING_SIDES)}")
        for row, side in enumerate(sides, start=1)
        if side not in RECORDING_SIDES
    ]
    if faults := [*ragged.values(), *wrong]:
        raise InputError(faults)
    return dict(zip(table["agency"], sides, strict=True))


def recording_sides(agency: pd.Series[str], sides: dict[str, str]) -> pd.Series[str]:
    """Say whose agencies recorded each incident: ``both`` of the country and a neighbour, ``unknown`` without one.

    Examples
    --------
    >>> import pandas as pd
    >>> sides = {"KNB": "home", "Russian FSB": "neighbour"}
    >>> recording_sides(pd.Series(["KNB", "Russian FSB; KNB", "", "KNB; Nobody"]), sides).tolist()
    ['home', 'both', 'unknown', 'unknown']
    """
    return agency.map({names: side_of(names, sides) for names in agency.unique()}).rename("recording_side")


def side_of(agency: str, sides: dict[str, str]) -> str:
    """Say whose agencies recorded one incident, as :func:`recording_sides` does for a column."""
    sides_named = {sides.get(name, "unknown") for name in agency.split("; ")}
    if {"home", "neighbour"} <= sides_named:
        return "both"
    return next(name for name in ("unknown", "home", "neighbour", "other") if name in sides_named)


def write_incidents(incidents: gpd.GeoDataFrame, path: str | Path) -> None:
    """Write incidents so that :func:`read_incidents` reads them again, with whatever columns they have.

    Parameters
    ----------
    incidents
        Index ``id``, a column ``geometry`` of points in EPSG:4326; derived dates are left out.
    path
        ``.geojson`` (one feature per line), ``.parquet`` (GeoParquet) or ``.csv`` (place in ``lon`` and
        ``lat``). Same incidents, same bytes; the file is written whole or not at all.

    Raises
    ------
    InputError
        When the file name ends otherwise, or the incidents aren't in EPSG:4326.
    """
    file = Path(path)
    if incidents.crs is None or incidents.crs.to_epsg() != int(_CRS.removeprefix("EPSG:")):
        raise InputError([Fault(file.name, None, "crs", str(incidents.crs), f"incidents in {_CRS}")])
    ending = file.suffix.lower()
    if ending not in (".geojson", ".parquet", ".csv"):
        expected = "a name ending in .geojson, .parquet or .csv"
        raise InputError([Fault(file.name, None, "", ending or file.name, expected)])
    table = incidents.drop(columns=["date_start", "date_end"], errors="ignore").reset_index()
    with whole_file(file) as draft:
        if ending == ".parquet":
            table.to_parquet(draft, index=False)
        else:
            write_text(draft, _to_geojson(table) if ending == ".geojson" else _to_csv(table))


def _rows(table: gpd.GeoDataFrame) -> list[tuple[dict[str, Any], tuple[float, float] | None]]:
    """Fields and place of each record, with numbers as people write them: 40, not 40.0."""
    names = [name for name in table.columns if name != "geometry"]
    cells = zip(*(map(_plain, table[name].tolist()) for name in names), strict=True)
    places = zip(table.geometry.x.tolist(), table.geometry.y.tolist(), strict=True)
    return [
        (dict(zip(names, row, strict=True)), None if math.isnan(place[0]) else place)
        for row, place in zip(cells, places, strict=True)
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        if math.isnan(value):
            return None
        return int(value) if value.is_integer() else value
    return value


def _to_geojson(table: gpd.GeoDataFrame) -> str:
    features = [
        {
            "type": "Feature",
            "properties": fields,
            "geometry": None if place is None else {"type": "Point", "coordinates": place},
        }
        for fields, place in _rows(table)
    ]
    lines = ",\n".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in features)
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'


def _to_csv(table: gpd.GeoDataFrame) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*(name for name in table.columns if name != "geometry"), "lon", "lat"])
    writer.writerows([*map(csv_cell, fields.values()), *(place or ("", ""))] for fields, place in _rows(table))
    return text.getvalue()


# -- From raw cells to a checked frame ------------------------------------------------------------


def _read(path: str | Path | None, *, borders: str | Path | None, check: bool) -> tuple[pd.DataFrame, list[Fault], int]:
    """Checked cells of a file, its faults, and the number of its schema."""
    file = data_path("incidents.geojson") if path is None else Path(path)
    given, parsed = parse_table(file)
    table = renew_cells(given)
    twice = [name for name in FORMER_FIELDS if name in table]
    if twice:
        raise InputError(
            [Fault(file.name, None, name, name, f"{FORMER_FIELDS[name]} alone, its name today") for name in twice]
        )
    missing = [name for name in (*REQUIRED, "lon", "lat") if name not in table]
    if missing:
        # Of a file of incidents a few fields may be missing; what lacks most of them is another table.
        if not parsed and 2 * len(missing) > len(REQUIRED) + 2:
            raise InputError([Fault(file.name, None, "", "another table", foreign(file))])
        expected = "a field that every file of incidents has"
        absent = [Fault(file.name, None, name, "no such field", expected) for name in missing]
        all_unreadable = len({row for row, field in parsed if not field}) == len(table)
        raise InputError([*parsed.values(), *(() if all_unreadable else absent)])
    frame, cell_faults = type_cells(fill_sides(table), file.name)
    if check:
        rule_faults = _check_rules(frame, file.name, borders)
        cell_faults = _without_consequences(rule_faults, cell_faults) | cell_faults
    return frame, list_faults(parsed, cell_faults, (*FIELDS, "lon", "lat", "geometry")), schema_of(given)


def _without_consequences(rule_faults: Faults, cell_faults: Faults) -> Faults:
    """Leave out faults that only follow from a cell of the wrong type, which counts as blank."""
    causes = {"date_precision": ("date",), "geometry": ("lon", "lat")}
    return {
        (row, field): fault
        for (row, field), fault in rule_faults.items()
        if not any((row, cause) in cell_faults for cause in causes.get(field, ()))
    }


def fill_sides(table: pd.DataFrame) -> pd.DataFrame:
    """Raw cells with the recording side that their agencies tell, where they have none."""
    if "recording_side" in table:
        return table
    agency = table["agency"].map(lambda cell: cell if isinstance(cell, str) else "")
    return table.assign(recording_side=recording_sides(agency, agency_sides()))


def _check_rules(frame: pd.DataFrame, file: str, borders: str | Path | None) -> Faults:
    from geo.incidents.schema import rule_faults  # noqa: PLC0415  (pandera takes half a second to load)

    folder = data_path("borders") if borders is None else Path(borders)
    lines, regions = folder / "borders.geojson", folder / "regions.geojson"
    return rule_faults(
        frame,
        file,
        codes=read_border_codes(folder),
        lines=read_features(lines, (), LINE).geometry if lines.is_file() else None,
        regions=read_features(regions, ("region_code",), AREA, "region_code").geometry if regions.is_file() else None,
    )
