"""The schema of an incident table, and the rules between its fields; what a file breaks comes back as faults.

Imported only when something is checked: pandera takes half a second to load.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pandera.pandas as pa
import shapely

from geo.border.codes import BorderCodes
from geo.errors import Fault
from geo.files.plain_tables import PRIVATE, Faults, name_row
from geo.incidents.cells import ARTICLES, CALENDAR, URL, Rule, date_spans, type_cells
from geo.vocabulary import (
    CLUES,
    CONFIDENCES,
    DATE_BASES,
    DATE_PRECISIONS,
    DIRECTIONS,
    GOODS,
    LOCATION_PRECISIONS,
    MODES,
    OUTCOME_CLASSES,
    RECORDING_SIDES,
    UNITS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import geopandas as gpd

    from geo.border.frontier import Frontier

__all__ = ["IncidentSchema", "cell_faults", "rule_faults"]

_TEXT = "text"
_NUMBER = "a number of 0 or more, or blank where the source gives none"


def _one_of(values: Sequence[str]) -> str:
    return f"one of {', '.join(values)}"


def _blank_or(values: Sequence[str]) -> str:
    return f"blank or {_one_of(values)}"


class IncidentSchema(pa.DataFrameModel):
    """An incident, field by field; a field's description says what is expected in it.

    Text is never null: blank is "". Numbers are float64, NaN where the source gives none. ``lon`` and ``lat``
    are degrees in WGS84.
    """

    id: str = pa.Field(
        unique=True, str_matches=r"^[^\s;]+$", description="an id of its own, without spaces and semicolons"
    )
    title: str = pa.Field(str_matches=r"\S", description="a sentence that says what was recorded")
    date: str = pa.Field(description=f"blank or {CALENDAR}")
    date_precision: str = pa.Field(isin=DATE_PRECISIONS, description=_one_of(DATE_PRECISIONS))
    date_basis: str = pa.Field(isin=["", *DATE_BASES], description=_blank_or(DATE_BASES))
    date_not_after: str = pa.Field(description=f"blank or {CALENDAR}")
    goods: str = pa.Field(isin=GOODS, description=_one_of(GOODS))
    goods_description: str = pa.Field(description=_TEXT)
    quantity: float = pa.Field(nullable=True, ge=0, lt=float("inf"), description=_NUMBER)
    unit: str = pa.Field(isin=["", *UNITS], description=_blank_or(UNITS))
    value_home: float = pa.Field(nullable=True, ge=0, lt=float("inf"), description=_NUMBER)
    currency: str = pa.Field(str_matches=r"^([A-Z]{3})?$", description="blank, or a code of ISO 4217 as KZT")
    value_text: str = pa.Field(description=_TEXT)
    direction: str = pa.Field(isin=DIRECTIONS, description=_one_of(DIRECTIONS))
    neighbour: str = pa.Field(description="blank or a neighbour in borders.geojson")
    mode: str = pa.Field(isin=MODES, description=_one_of(MODES))
    place_name: str = pa.Field(description=_TEXT)
    region_code: str = pa.Field(description="blank or a region_code in regions.geojson")
    region_name: str = pa.Field(description=_TEXT)
    crossing_id: str = pa.Field(description="blank or an id in crossings.geojson")
    location_precision: str = pa.Field(isin=LOCATION_PRECISIONS, description=_one_of(LOCATION_PRECISIONS))
    location_radius_km: float = pa.Field(nullable=True, ge=0, lt=float("inf"), description=_NUMBER)
    coord_basis: str = pa.Field(description=_TEXT)
    concealment: str = pa.Field(description=_TEXT)
    agency: str = pa.Field(
        str_matches=r"^([^;]+(; [^;]+)*)?$", description="blank, or names of agencies separated by '; '"
    )
    outcome: str = pa.Field(description=_TEXT)
    outcome_class: str = pa.Field(isin=OUTCOME_CLASSES, description=_one_of(OUTCOME_CLASSES))
    legal_scope: str = pa.Field(
        str_matches=rf"^({ARTICLES})?$", description="blank, 'unknown', or the articles as 'Art. 234; Art. 286'"
    )
    source_url: str = pa.Field(
        str_matches=rf"^{URL}$",
        description="the address of a public source, http:// or https://; without one a record is refused",
    )
    archive_url: str = pa.Field(str_matches=rf"^({URL})?$", description="blank, or the address of an archived copy")
    source_publisher: str = pa.Field(description=_TEXT)
    source_date: str = pa.Field(description=f"blank or {CALENDAR}")
    other_urls: str = pa.Field(
        str_matches=rf"^({URL}( \| {URL})*)?$", description="blank, or addresses separated by ' | '"
    )
    support_note: str = pa.Field(description=_TEXT)
    confidence: str = pa.Field(isin=CONFIDENCES, description=_one_of(CONFIDENCES))
    verified: str = pa.Field(isin=["", "yes", "no"], description="yes, no or blank")
    verify_note: str = pa.Field(description=_TEXT)
    seed_named: str = pa.Field(isin=["", "yes", "no"], description="yes, no or blank")
    recording_side: str = pa.Field(isin=RECORDING_SIDES, description=_one_of(RECORDING_SIDES))
    possible_same_as: str = pa.Field(
        str_matches=r"^([^\s;]+(; [^\s;]+)*)?$", description="blank, or ids separated by '; '"
    )
    clue: str = pa.Field(isin=["", *CLUES], description=_blank_or(CLUES))
    clue_words: str = pa.Field(description=_TEXT)
    lon: float = pa.Field(
        nullable=True, in_range={"min_value": -180, "max_value": 180}, description="degrees from -180 to 180"
    )
    lat: float = pa.Field(
        nullable=True,
        in_range={"min_value": -90, "max_value": 90},
        description="degrees from -90 to 90; longitude and latitude may be swapped",
    )


_PLACED = ("crossing", "locality", "district")
_PLACELESS = ("border", "country")
_LISTED = 30
_FAR_DEGREES = 40.0
_NEAR_DEGREES = 5.0
_OUTSIDE_DEGREES = 0.25


def rule_faults(
    frame: pd.DataFrame,
    file: str,
    *,
    codes: BorderCodes,
    lines: gpd.GeoSeries | None = None,
    regions: gpd.GeoSeries | None = None,
) -> Faults:
    """Check a table against the schema and against the rules between its fields.

    Parameters
    ----------
    frame
        As :func:`geo.incidents.cells.type_cells` gives it.
    file
        Name of the file, for the faults.
    codes
        Codes that the border files define; what they leave empty isn't checked.
    lines, regions
        Border lines, and regions on an index of their codes, in EPSG:4326. Where one is missing, places aren't
        compared with it.

    Returns
    -------
    dict
        At most one fault for each row and field.
    """
    expected_of: dict[tuple[int, str], str] = {}
    rules = [*_column_rules(frame), *_code_rules(frame, codes)]
    rules += [*_date_rules(frame), *_quantity_rules(frame), *_place_rules(frame)]
    if lines is not None:
        rules += _border_rules(frame, lines)
    if regions is not None:
        rules += _region_rules(frame, regions)
    for field, broken, expected in rules:
        for row in np.flatnonzero(broken.to_numpy()):
            expected_of.setdefault((int(row), field), expected)
    cells = {field: frame[field].tolist() for field in {"id", *(field for _, field in expected_of)} & {*frame}}
    points = list(zip(frame["lon"], frame["lat"], strict=True)) if expected_of else []
    return {
        (row, field): Fault(
            file,
            name_row(row + 1, cells["id"][row]),
            field,
            _show(points[row] if field == "geometry" else cells[field][row]),
            expected,
        )
        for (row, field), expected in expected_of.items()
    }


def cell_faults(table: pd.DataFrame, file: str, frontier: Frontier) -> tuple[pd.DataFrame, Faults]:
    """Give raw cells their types, and find every fault of them on a border that is at hand.

    Parameters
    ----------
    table, file
        As for :func:`geo.incidents.cells.type_cells`.
    frontier
        The border whose codes the incidents may use.

    Returns
    -------
    tuple
        The typed frame and the faults.
    """
    frame, faults = type_cells(table, file)
    if frame.empty:
        return frame, faults
    frames = (frontier.borders, frontier.regions, frontier.crossings)
    codes = BorderCodes(*(tuple(map(str, one.index)) for one in frames))
    lines, regions = frontier.borders.geometry, frontier.regions.geometry
    return frame, faults | rule_faults(frame, file, codes=codes, lines=lines, regions=regions)


def _show(value: Any) -> str:
    if isinstance(value, tuple):
        return "no point" if np.isnan(value).any() else f"[{value[0]:g}, {value[1]:g}]"
    if isinstance(value, float):
        return "" if np.isnan(value) else f"{value:.10g}"
    return str(value)


def _column_rules(frame: pd.DataFrame) -> Iterator[Rule]:
    try:
        IncidentSchema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        columns = IncidentSchema.to_schema().columns
        for field, rows in cases.groupby("column", sort=False)["index"]:
            broken = pd.Series(data=False, index=frame.index)
            broken[rows.astype("int64")] = True
            if field == "source_url" and PRIVATE in frame:
                broken &= frame[PRIVATE].ne("yes") | frame["source_url"].ne("")
            yield str(field), broken, str(columns[str(field)].description)
    if PRIVATE in frame:
        yield PRIVATE, ~frame[PRIVATE].isin(["", "yes"]), "yes, no or blank"


def _code_rules(frame: pd.DataFrame, codes: BorderCodes) -> Iterator[Rule]:
    columns = IncidentSchema.to_schema().columns
    for field, known in (
        ("neighbour", codes.neighbours),
        ("region_code", codes.regions),
        ("crossing_id", codes.crossings),
    ):
        if known:
            # A list of a hundred crossings would bury the fault.
            expected = _blank_or(known) if len(known) <= _LISTED else str(columns[field].description)
            yield field, ~frame[field].isin(["", *known]), expected


def _date_rules(frame: pd.DataFrame) -> Iterator[Rule]:
    dated = frame["date"] != ""
    readable = frame["date_start"].notna()
    yield "date", dated & ~readable, CALENDAR
    for field in ("date_not_after", "source_date"):
        unreadable = (frame[field] != "") & date_spans(frame[field])["date_start"].isna()
        yield field, unreadable, f"blank or {CALENDAR}"
    meant = frame["date"].str.len().map({0: "unknown", 4: "year", 7: "month", 10: "day"})
    for precision in DATE_PRECISIONS:
        wrong = (readable | ~dated) & (meant == precision) & (frame["date_precision"] != precision)
        yield "date_precision", wrong, f"'{precision}', as the date is written"
    limit = date_spans(frame["date_not_after"])["date_end"]
    yield "date", readable & (frame["date_start"] > limit), "a date that is not later than date_not_after"


def _quantity_rules(frame: pd.DataFrame) -> Iterator[Rule]:
    counted, measured = frame["quantity"].notna(), frame["unit"] != ""
    yield "unit", counted & ~measured, f"the unit of the quantity: {_one_of(UNITS)}"
    yield "quantity", measured & ~counted, "a number, since a unit is given"
    worth, priced = frame["value_home"].notna(), frame["currency"] != ""
    yield "currency", worth & ~priced, "the currency of value_home, a code of ISO 4217 as KZT"
    yield "value_home", priced & ~worth, "a number, since a currency is given"


def _place_rules(frame: pd.DataFrame) -> Iterator[Rule]:
    precision = frame["location_precision"]
    placed, placeless = precision.isin(_PLACED), precision.isin(_PLACELESS)
    there = frame["lon"].notna() & frame["lat"].notna()
    half = frame["lon"].notna() ^ frame["lat"].notna()
    yield "geometry", half, "both longitude and latitude, or neither"
    yield "geometry", placed & ~there, f"a point, or a location_precision of {_one_of(_PLACELESS)}"
    yield "geometry", placeless & there, f"no point, or a location_precision of {_one_of(_PLACED)}"
    radius = "more than 0 km: how far from the point the true place may lie"
    yield "location_radius_km", placed & ~(frame["location_radius_km"] > 0), radius
    nameless = (precision == "crossing") & (frame["crossing_id"] == "")
    yield "crossing_id", nameless, "an id in crossings.geojson, or the location_precision locality"


def _border_rules(frame: pd.DataFrame, lines: gpd.GeoSeries) -> Iterator[Rule]:
    west, south, east, north = lines.total_bounds.tolist()
    lon, lat = frame["lon"], frame["lat"]

    def within(x: pd.Series[float], y: pd.Series[float], margin: float) -> pd.Series[bool]:
        return x.between(west - margin, east + margin) & y.between(south - margin, north + margin)

    there = lon.between(-180, 180) & lat.between(-90, 90)
    border = f"longitude {west:.0f} to {east:.0f}, latitude {south:.0f} to {north:.0f}"
    swapped = there & ~within(lon, lat, _NEAR_DEGREES) & within(lat, lon, _NEAR_DEGREES)
    yield "geometry", swapped, f"[longitude, latitude]; they may be swapped: the border lies at {border}"
    far = there & ~within(lon, lat, _FAR_DEGREES)
    near = f"a place within {_FAR_DEGREES:.0f} degrees of the border ({border})"
    yield "geometry", far, f"{near}; longitude and latitude may be swapped, or a sign lost"


def _region_rules(frame: pd.DataFrame, regions: gpd.GeoSeries) -> Iterator[Rule]:
    lon, lat = frame["lon"].to_numpy(), frame["lat"].to_numpy()
    shapes = regions.reindex(frame["region_code"]).to_numpy()
    # A point beside its region, as across the line, is where it should be, whatever its other way round.
    with np.errstate(invalid="ignore"):  # records without a point
        outside = shapely.distance(shapes, shapely.points(lon, lat)) > _OUTSIDE_DEGREES
    swapped = outside & shapely.contains_xy(shapes, lat, lon)
    expected = "[longitude, latitude]; they may be swapped: the other way round the point lies in its region_code"
    yield "geometry", pd.Series(swapped, index=frame.index), expected
