"""One row of a table as a record: every cell read onto its field, and what could not be read."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.intake.sheets.headers import split_unit
from geo.intake.sheets.unread import Unread
from geo.intake.words.amounts import find_decimal, read_money, read_quantity
from geo.intake.words.cells import (
    add_sentence,
    clean_text,
    plain_text,
    read_articles,
    read_degrees,
    read_point,
    show_cell,
)
from geo.intake.words.dates import find_order, read_date
from geo.intake.words.terms import (
    is_blank,
    read_agencies,
    read_choice,
    read_direction,
    read_goods,
    read_neighbour,
)
from geo.vocabulary import CONFIDENCES, DATE_BASES, DATE_PRECISIONS, LOCATION_PRECISIONS, RECORDING_SIDES

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.intake.mapping import Mapping
    from geo.intake.sheets.sheet import Sheet

__all__ = ["BLANK", "KEPT", "Problem", "Reading", "read_rows"]

BLANK = "left blank"
KEPT = "row not imported"

_URL = re.compile(r"https?://[^\s/]+[^\s,;|<>\"]*", re.IGNORECASE)
_BARE_URL = re.compile(
    r"(?<![\w@.])(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:kz|ru|com|org|net|info|kg|uz|tm|cn|gov|media|news|asia)(?:/[^\s,;|<>\"]*)?",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"(?:итого|всего|total|grand total|барлығы|жиыны|подытог|сумма)\b[\s:.]*", re.IGNORECASE)
_YES, _NO = ("yes", "да", "иә", "true", "1", "+"), ("no", "нет", "жоқ", "false", "0", "-")
_AMOUNTS = ("quantity", "value_kzt")
_TEXTS = (
    "title", "goods_description", "value_text", "place_name", "region_name", "coord_basis", "concealment", "outcome",
    "source_publisher", "support_note", "verify_note", "district", "crossing",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read of a row, or not as it stands.

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


def read_rows(sheet: Sheet, mapping: Mapping, neighbours: tuple[str, ...]) -> Reading:
    """Read every row of a table.

    Parameters
    ----------
    sheet, mapping
        The table, and which column holds which field.
    neighbours
        Codes of the border lines.

    Returns
    -------
    Reading
        One record a row, none left out; those that are no records are named.
    """
    columns = {field: sheet.cells[name].tolist() for field, name in mapping.columns.items()}
    rows = [int(number) for number in sheet.cells.index]
    reader = _Reader(sheet, mapping, neighbours, columns)
    reading = Reading(rows, [], [], [], set(), [])
    headings = {name.casefold() for name in sheet.columns}
    wholes = zip(*(sheet.cells[name].tolist() for name in sheet.columns), strict=True)
    for at, (number, whole) in enumerate(zip(rows, wholes, strict=True)):
        cells = {field: values[at] for field, values in columns.items()}
        for field in _AMOUNTS if sheet.shared else ():
            if (number, mapping.columns.get(field)) in sheet.shared:
                # Merged cells under "quantity" may hold the sum of their rows.
                cells[field] = Unread(show_cell(cells[field]), "one amount for several rows (merged cells)")
        reason = _no_record(cells, whole, headings)
        record, problems = reader.read(number, cells)
        if reason:
            shown = "; ".join(show_cell(value) for value in cells.values() if value is not None)
            problems = [Problem(number, "", shown[:200], reason, KEPT)]
            reading.left_out.add(at)
        elif not record["source_url"]:
            given = cells.get("source_url")
            reason = "no address of a source (http…): without one a record is refused"
            problems = [problem for problem in problems if problem.field != "source_url"]
            problems.append(Problem(number, "source_url", show_cell(given), reason, KEPT))
            reading.left_out.add(at)
        reading.records.append(record)
        reading.problems.extend(problems)
        reading.keys.append(_key(record, cells))
        reading.rests.append("|".join(f"{field}={show_cell(value)}" for field, value in sorted(cells.items())))
    return reading


def _no_record(cells: dict[str, Any], whole: tuple[Any, ...], headings: set[str]) -> str:
    """Why a row is no record: a total, or the column names once more."""
    texts = [value.strip() for value in whole if isinstance(value, str)]
    if texts and _TOTAL.fullmatch(texts[0]):
        return "a total, not a record"
    if len(texts) > 1 and all(text.casefold() in headings for text in texts):
        return "the column names once more"
    if all(value is None for value in cells.values()):
        return "nothing in the columns that are read"
    return ""


def _key(record: dict[str, Any], cells: dict[str, Any]) -> tuple[str, ...]:
    """What a row is known by, alike whether it comes from Excel or CSV: read where it could be, else as it stands."""
    quantity = record["quantity"]
    return (
        record["date"] or show_cell(cells.get("date")),
        show_cell(cells.get("goods")) or record["goods"],
        f"{quantity:.12g} {record['unit']}" if not math.isnan(quantity) else show_cell(cells.get("quantity")),
        record["place_name"] or record["crossing"] or record["district"] or record["region_name"],
        record["source_url"],
    )


class _Reader:
    """Reads rows by one mapping; a class because a column's decimal mark and date order hold for all its rows."""

    def __init__(
        self, sheet: Sheet, mapping: Mapping, neighbours: tuple[str, ...], columns: dict[str, list[Any]]
    ) -> None:
        self.constants, self.neighbours, self.epoch_1904 = mapping.constants, neighbours, sheet.epoch_1904
        self.own_names = all(field == name for field, name in mapping.columns.items())
        self.orders = {
            field: mapping.date_order or find_order(columns.get(field, ()))
            for field in ("date", "date_not_after", "source_date")
        }
        mark = mapping.decimal or ("." if self.own_names else "")
        self.decimals = {
            field: mark or find_decimal(columns.get(field, ()))
            for field in ("quantity", "value_kzt", "location_radius_km")
        }
        self.stated = {field: split_unit(mapping.columns.get(field, ""))[1] for field in ("quantity", "value_kzt")}
        self.same_date = mapping.columns.get("date") == mapping.columns.get("source_date") is not None
        self.columns = mapping.columns

    def read(self, row: int, cells: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
        """One row: its record and what could not be read."""
        problems: list[Problem] = []

        def note(field: str, value: Any, reason: str, done: str = BLANK) -> None:
            problems.append(Problem(row, field, show_cell(value), reason, done))

        cells = {field: self._cell(field, cells.get(field), note) for field in (*cells, *self.constants)}
        record: dict[str, Any] = {field: clean_text(cells.get(field), field, note) for field in _TEXTS}
        record |= self._dates(cells, record, note)
        record |= self._goods(cells, record, note)
        record |= self._money(cells, record, note)
        record |= self._way(cells, note)
        record |= self._source(cells, note)
        record |= self._judgement(cells, record, note)
        record |= self._position(cells, note)
        record["id"] = clean_text(cells.get("id"), "id", note)
        return record, problems

    def _cell(self, field: str, value: Any, note: Callable[..., None]) -> Any:
        if isinstance(value, Unread):
            note(field, value, value.reason)
            value = None
        if isinstance(value, float) and math.isnan(value):
            value = None
        if isinstance(value, str) and is_blank(value) and field not in ("verified", "seed_named"):
            # "unknown" is a value of some fields.
            value = value.strip() if value.strip() == "unknown" else None
        return self.constants.get(field) if value is None else value

    def _dates(self, cells: dict[str, Any], record: dict[str, Any], note: Callable[..., None]) -> dict[str, Any]:
        found = {}
        limit = ""
        for field in ("date", "date_not_after", "source_date"):
            value = cells.get(field)
            if value is None or (isinstance(value, str) and value == "unknown"):
                found[field] = ""
                continue
            read = read_date(value, order=self.orders[field], epoch_1904=self.epoch_1904)
            found[field] = read.date
            if read.problem:
                note(field, value, read.problem, f"kept as {read.date}" if read.date else BLANK)
            if field == "date":
                limit = read.not_after
                if read.problem and read.date:
                    text = add_sentence(record["support_note"], f"Date as written: {show_cell(value)}")
                    record["support_note"] = text
        stated = str(cells.get("date_precision") or "")
        if stated in ("month", "year") and found["date"]:
            # A spreadsheet makes a day of a month.
            found["date"] = found["date"][: 7 if stated == "month" else 4]
        elif stated and stated not in DATE_PRECISIONS:
            note("date_precision", stated, f"none of {', '.join(DATE_PRECISIONS)}", "taken from the date")
        found["date_not_after"] = found["date_not_after"] or limit
        found["date_precision"] = {0: "unknown", 4: "year", 7: "month", 10: "day"}[len(found["date"])]
        basis = str(cells.get("date_basis") or "")
        if basis not in DATE_BASES:
            basis = "none" if not found["date"] else "publication" if self.same_date else "event"
        found["date_basis"] = basis
        return found

    def _goods(self, cells: dict[str, Any], record: dict[str, Any], note: Callable[..., None]) -> dict[str, Any]:
        text = plain_text(cells.get("goods"))
        described = record["goods_description"]
        read = read_goods(text) if text else read_goods(described) if described else None
        if read is None:
            note("goods", cells.get("goods"), "no goods are stated", "kept as other")
            category = "other"
        else:
            category = read.category or "other"
            if read.problem:
                note("goods", text or described, read.problem, f"kept as {category}")
        if text and not described and text != category:
            described = text
        value, unit = cells.get("quantity"), plain_text(cells.get("unit"))
        if value is None:
            if unit:
                note("unit", unit, "a unit without a quantity")
            return {"goods": category, "goods_description": described, "quantity": math.nan, "unit": ""}
        amount = read_quantity(
            value, unit=unit, stated=self.stated["quantity"], goods=category, decimal=self.decimals["quantity"]
        )
        if amount.problem:
            note("quantity", f"{show_cell(value)} {unit}".strip(), amount.problem)
        if amount.about:
            record["support_note"] = add_sentence(record["support_note"], f"Quantity as written: {show_cell(value)}")
        return {"goods": category, "goods_description": described, "quantity": amount.number, "unit": amount.unit}

    def _money(self, cells: dict[str, Any], record: dict[str, Any], note: Callable[..., None]) -> dict[str, Any]:
        value = cells.get("value_kzt")
        if value is None:
            return {"value_kzt": math.nan}
        stated = "tenge" if self.own_names else self.stated["value_kzt"]
        tenge, text, problem = read_money(value, stated=stated, decimal=self.decimals["value_kzt"])
        if problem:
            note("value_kzt", value, problem, "kept as text in value_text" if text else BLANK)
        return {"value_kzt": tenge, "value_text": record["value_text"] or text}

    def _way(self, cells: dict[str, Any], note: Callable[..., None]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        text = plain_text(cells.get("neighbour"))
        border = read_neighbour(text, self.neighbours) if text else None
        if border and border.problem:
            note("neighbour", text, border.problem)
        found["neighbour"] = border.category if border else ""
        for field, read in (("direction", read_direction), ("mode", lambda text: read_choice("mode", text))):
            text = plain_text(cells.get(field))
            word = read(text) if text else None
            if word and word.problem:
                note(field, text, word.problem, "kept as unknown")
            found[field] = (word.category if word else "") or "unknown"
        if not found["neighbour"] and cells.get("direction") is not None:
            # "РФ → РК" states the border.
            found["neighbour"] = read_neighbour(plain_text(cells["direction"]), self.neighbours).category
        return found

    def _source(self, cells: dict[str, Any], note: Callable[..., None]) -> dict[str, Any]:
        text = plain_text(cells.get("source_url"))
        found = _URL.findall(text)
        if not found and (bare := _BARE_URL.search(text)):
            found = [f"https://{bare[0]}"]
            note("source_url", text, "an address without https://", f"kept as {found[0]}")
        constant = _URL.findall(self.constants.get("source_url", ""))
        if not found and constant:
            note("source_url", text, "no address (http…)", f"kept as {constant[0]}, which all rows have")
            found = constant
        others = _URL.findall(plain_text(cells.get("other_urls")))
        if cells.get("other_urls") is not None and not others:
            note("other_urls", cells["other_urls"], "no addresses (http…)")
        rest = [address for address in dict.fromkeys([*found[1:], *others]) if address not in found[:1]]
        return {"source_url": found[0].rstrip(".)") if found else "", "other_urls": " | ".join(rest)}

    def _judgement(self, cells: dict[str, Any], record: dict[str, Any], note: Callable[..., None]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        text = plain_text(cells.get("agency"))
        agencies = read_agencies(text) if text and text != "unknown" else None
        if agencies and agencies.problem:
            note("agency", text, agencies.problem, f"kept as {agencies.category}" if agencies.category else BLANK)
        found["agency"] = agencies.category if agencies else ""
        given = plain_text(cells.get("outcome_class"))
        word = read_choice("outcome_class", given or record["outcome"]) if given or record["outcome"] else None
        if word and word.problem and given:
            note("outcome_class", given, word.problem, "kept as unknown")
        found["outcome_class"] = (word.category if word else "") or "unknown"
        sure = plain_text(cells.get("confidence"))
        read = read_choice("confidence", sure) if sure else None
        if read and (read.problem or read.category not in CONFIDENCES):
            note("confidence", sure, read.problem or "none of high, medium, low", "kept as medium")
            read = None
        found["confidence"] = read.category if read else "medium"
        found["legal_scope"] = read_articles(plain_text(cells.get("legal_scope")), note)
        for field in ("verified", "seed_named"):
            text = plain_text(cells.get(field)).casefold()
            found[field] = "yes" if text in _YES else "no" if text in _NO else ""
            if text and not found[field]:
                note(field, text, "neither yes nor no")
        side = plain_text(cells.get("recording_side"))
        found["recording_side"] = side if side in RECORDING_SIDES else ""
        doubles = re.split(r"[;,\s]+", plain_text(cells.get("possible_same_as")))
        found["possible_same_as"] = "; ".join(part for part in doubles if part)
        return found

    def _position(self, cells: dict[str, Any], note: Callable[..., None]) -> dict[str, Any]:
        found: dict[str, Any] = read_point(cells, note)
        radius = cells.get("location_radius_km")
        kilometres = math.nan if radius is None else read_degrees(radius, most=math.inf)
        if kilometres is None or kilometres < 0:
            note("location_radius_km", radius, "no number of kilometres")
            kilometres = math.nan
        precision = plain_text(cells.get("location_precision"))
        if precision and precision not in LOCATION_PRECISIONS:
            note("location_precision", precision, f"none of {', '.join(LOCATION_PRECISIONS)}", "taken from the place")
            precision = ""
        codes = {field: plain_text(cells.get(field)) for field in ("region_code", "crossing_id")}
        return found | codes | {"location_radius_km": kilometres, "location_precision": precision}
