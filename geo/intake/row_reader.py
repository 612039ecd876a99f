"""One row of a table as a record: every cell read onto its field, and what could not be read."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import TYPE_CHECKING, Any

from geo.incidents.cells import URL
from geo.intake.reading import BLANK, GIVEN_KM, Problem, Surroundings
from geo.intake.row_goods import name_goods
from geo.intake.sheets.headers import split_unit
from geo.intake.sheets.unread import Unread
from geo.intake.words.addresses import find_addresses, read_addresses
from geo.intake.words.amounts import names_home_money, read_money, read_quantity
from geo.intake.words.cells import (
    add_sentence,
    clean_text,
    longitude_first,
    plain_text,
    read_articles,
    read_as,
    read_degrees,
    read_point,
    show_cell,
    text_of_html,
)
from geo.intake.words.coordinates import read_spot
from geo.intake.words.date_columns import find_order, half_converted
from geo.intake.words.dates import read_date, read_parts
from geo.intake.words.days import DateRead, span_of
from geo.intake.words.numbers import find_decimal
from geo.intake.words.personal import personal_in
from geo.intake.words.telling import told_in
from geo.intake.words.terms import is_blank, read_agencies, read_choice, read_direction, read_neighbour
from geo.intake.words.vocabularies import plain, table
from geo.language.texts import read_country
from geo.vocabulary import CLUES, CONFIDENCES, DATE_BASES, DATE_PRECISIONS, LOCATION_PRECISIONS, RECORDING_SIDES

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.intake.mapping import Mapping
    from geo.intake.sheets.sheet import Sheet

__all__ = ["RowReader"]

_YES, _NO = ("yes", "да", "иә", "true", "1", "+"), ("no", "нет", "жоқ", "false", "0", "-")
_TEXTS = (
    "title", "goods_description", "value_text", "place_name", "region_name", "coord_basis", "concealment", "outcome",
    "source_publisher", "support_note", "verify_note", "district", "crossing", "clue_words",
)  # fmt: skip
_PROSE = ("title", "goods_description", "concealment", "outcome", "support_note")


class RowReader:
    """Reads rows by one mapping; a class because a column's decimal mark and date order hold for all its rows."""

    def __init__(self, sheet: Sheet, mapping: Mapping, around: Surroundings, columns: dict[str, list[Any]]) -> None:
        self.constants, self.neighbours, self.epoch_1904 = mapping.constants, around.neighbours, sheet.epoch_1904
        self.own_names = mapping.is_own
        self.orders = {
            field: mapping.date_order or find_order(columns.get(field, ()))
            for field in ("date", "date_not_after", "source_date", "date_end")
        }
        self.exchanged = {field for field in self.orders if half_converted(columns.get(field, ()))}
        mark = mapping.decimal or ("." if self.own_names else "")
        self.decimals = {
            field: mark or find_decimal(columns.get(field, ()))
            for field in ("quantity", "value_home", "location_radius_km")
        }
        self.stated = {field: split_unit(mapping.columns.get(field, ""))[1] for field in ("quantity", "value_home")}
        self.same_date = mapping.columns.get("date") == mapping.columns.get("source_date") is not None
        self.columns = mapping.columns
        self.crs = mapping.crs
        # Somewhere it is tomorrow already.
        self.today = (dt.datetime.now(dt.UTC) + dt.timedelta(hours=14)).date().isoformat()
        self.window = around.window
        self.lon_first = longitude_first(columns.get("coordinates", ()), around.window)

    def read(self, row: int, cells: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
        """One row: its record and what could not be read."""
        problems: list[Problem] = []

        def note(field: str, value: Any, reason: str, done: str = BLANK) -> None:
            problems.append(Problem(row, field, show_cell(value), reason, done))

        cells = {field: self._cell(field, cells.get(field), note) for field in (*cells, *self.constants)}
        texts = {field: cells.get(field) for field in _TEXTS}
        if not self.own_names:
            texts |= {field: self._without_persons(field, texts[field], note) for field in _PROSE}
            cells["goods"] = self._without_persons("goods", cells.get("goods"), note)
        record: dict[str, Any] = {field: clean_text(value, field, note) for field, value in texts.items()}
        record |= self._dates(cells, record, note)
        record |= self._goods(cells, record, note)
        record |= self._money(cells, record, note)
        record |= self._way(cells, note)
        record |= self._source(cells, note)
        if plain(record["source_publisher"]) in table("choices")["link"]["words"]:
            record["source_publisher"] = ""
        record |= self._judgement(cells, record, note)
        record |= self._position(cells, note)
        record["clue"] = plain_text(cells.get("clue"))
        if record["clue"] not in ("", *CLUES):
            note("clue", record["clue"], f"none of {', '.join(CLUES)}")
            record["clue"] = ""
        record["id"] = clean_text(cells.get("id"), "id", note)
        if not self.own_names:
            self._tell(cells, record, note)
        return record, problems

    def _tell(self, cells: dict[str, Any], record: dict[str, Any], note: Callable[..., None]) -> None:
        """Say what the row's texts tell where no cell does."""
        place = cells.get("place_name") or cells.get("crossing") or cells.get("coordinates") or cells.get("lon")
        has = {"quantity": cells.get("quantity") is not None, "date": bool(record["date"]), "place_name": bool(place)}
        texts = [plain_text(cells.get(field)) for field in ("goods", *_PROSE, "source_url")]
        clues = told_in(" | ".join(dict.fromkeys(filter(None, texts))))
        for field, words in clues.items():
            if not has[field] and not (field == "place_name" and record["region_name"]):
                note(field, words, "told in the text, which is not read for it", BLANK)

    def _cell(self, field: str, value: Any, note: Callable[..., None]) -> Any:
        if isinstance(value, Unread):
            note(field, value, value.reason, BLANK if value.value is None else f"kept as {show_cell(value.value)}")
            value = value.value
        if isinstance(value, float) and math.isnan(value):
            value = None
        if isinstance(value, str) and not self.own_names:
            value = read_as(field, value)
        if isinstance(value, str) and is_blank(value) and field not in ("verified", "seed_named"):
            # "unknown" is a value of some fields.
            value = value.strip() if value.strip() == "unknown" else None
        return self.constants.get(field) if value is None else value

    def _without_persons(self, field: str, value: Any, note: Callable[..., None]) -> Any:
        """A text, unless it says who somebody is; HTML as its text."""
        if not isinstance(value, str):
            return value
        text = text_of_html(value)
        if personal := personal_in(text):
            note(field, f"{personal} …", f"{personal} in the text: personal data", "left out")
            return None
        if text != value:
            note(field, value, "HTML", "only its text is kept")
        return text

    def _read_date(self, field: str, value: Any) -> DateRead:
        read = read_date(value, order=self.orders[field], epoch_1904=self.epoch_1904)
        if field in self.exchanged and isinstance(value, dt.date) and value.day != value.month:
            other = dt.date(value.year, value.day, value.month)
            reason = f"Excel may have exchanged day and month: may be {value:%Y-%m-%d} or {other}"
            read = DateRead(str(value.year), problem=reason)
        return read

    def _dates(self, cells: dict[str, Any], record: dict[str, Any], note: Callable[..., None]) -> dict[str, Any]:  # noqa: C901, PLR0912
        fields = {}
        limit = ""
        for field in ("date", "date_not_after", "source_date"):
            value = cells.get(field)
            if field == "date" and "year" in self.columns:
                value = " ".join(show_cell(cells.get(part)) for part in ("year", "month", "day")).strip() or None
            if value is None or (isinstance(value, str) and value == "unknown"):
                fields[field] = ""
                continue
            read = self._read_date(field, value)
            if field == "date" and "year" in self.columns:
                read = read_parts(*(cells.get(part) for part in ("year", "month", "day")))
            if field != "date_not_after" and read.date > self.today[: len(read.date)]:
                read = DateRead(problem="a day that has not come yet")
            if field == "date" and (end := cells.get("date_end")) is not None:
                last = self._read_date("date_end", end)
                if last.problem:
                    note("date_end", end, last.problem)
                read = read if read.problem else span_of(read, last)
            fields[field] = read.date
            if read.problem:
                note(field, value, read.problem, f"kept as {read.date}" if read.date else BLANK)
            if field == "date":
                limit = read.not_after
                if read.problem and read.date:
                    text = add_sentence(record["support_note"], f"Date as written: {show_cell(value)}")
                    record["support_note"] = text
        stated = str(cells.get("date_precision") or "")
        if stated in ("month", "year") and fields["date"]:
            # A spreadsheet makes a day of a month.
            fields["date"] = fields["date"][: 7 if stated == "month" else 4]
        elif stated and stated not in DATE_PRECISIONS:
            note("date_precision", stated, f"none of {', '.join(DATE_PRECISIONS)}", "taken from the date")
        code = plain_text(cells.get("date_code"))
        whole = fields["date"]
        if code and whole:
            exact = table("choices")["date_code"].get(code)
            fields["date"] = whole[: exact or len(whole)]
            if exact is None or fields["date"] != whole:
                reason = "not exact to the day" if exact else "a code that is not known"
                note("date", f"{whole}, code {code}", reason, f"kept as {fields['date']}")
        fields["date_not_after"] = fields["date_not_after"] or limit
        fields["date_precision"] = {0: "unknown", 4: "year", 7: "month", 10: "day"}[len(fields["date"])]
        basis = str(cells.get("date_basis") or "")
        if basis not in DATE_BASES:
            basis = "none" if not fields["date"] else "publication" if self.same_date else "event"
        fields["date_basis"] = basis
        return fields

    def _goods(self, cells: dict[str, Any], record: dict[str, Any], note: Callable[..., None]) -> dict[str, Any]:
        described, value, unit = record["goods_description"], cells.get("quantity"), plain_text(cells.get("unit"))
        read, text = name_goods(cells, record, unit or self.stated["quantity"], note)
        if read is None:
            note("goods", cells.get("goods"), "no goods are stated", "kept as other")
            category = "other"
        else:
            category = read.category or "other"
            if read.problem:
                note("goods", text or described, read.problem, f"kept as {category}")
        if text and not described and text != category:
            described = text
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
        value = cells.get("value_home")
        if value is None:
            return {"value_home": math.nan, "currency": ""}
        home = read_country()["currency"]
        currency = plain_text(cells.get("currency"))
        stated = home if self.own_names else f"{self.stated['value_home']} {currency}".strip()
        if currency and not self.own_names and not names_home_money(currency):
            stated = currency
        number, text, problem = read_money(value, stated=stated, decimal=self.decimals["value_home"])
        if problem:
            note("value_home", value, problem, "kept as text in value_text" if text else BLANK)
        currency = "" if math.isnan(number) else (currency if self.own_names else "") or home
        return {"value_home": number, "currency": currency, "value_text": record["value_text"] or text}

    def _way(self, cells: dict[str, Any], note: Callable[..., None]) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        text = plain_text(cells.get("neighbour"))
        border = read_neighbour(text, self.neighbours) if text else None
        if border and border.problem:
            note("neighbour", text, border.problem)
        fields["neighbour"] = border.category if border else ""
        first, last = (plain_text(cells.get(field)) for field in ("way_from", "way_to"))
        ends = f"{first} → {last}" if first and last else f"из {first}" if first else f"в {last}" if last else ""
        way = plain_text(cells.get("direction")) or ends
        for field, text, read in (
            ("direction", way, read_direction),
            ("mode", plain_text(cells.get("mode")), lambda text: read_choice("mode", text)),
        ):
            word = read(text) if text else None
            if word and word.problem:
                note(field, text, word.problem, "kept as unknown")
            fields[field] = (word.category if word else "") or "unknown"
        if not fields["neighbour"] and way:
            # "РФ → РК" states the border.
            fields["neighbour"] = read_neighbour(way, self.neighbours).category
        return fields

    def _source(self, cells: dict[str, Any], note: Callable[..., None]) -> dict[str, Any]:
        given = cells.get("source_url")
        if self.own_names and isinstance(given, str) and re.fullmatch(URL, given.strip()):
            addresses, reason = [given.strip()], ""
        else:
            addresses, reason = read_addresses(plain_text(given)) if given is not None else ([], "")
        if addresses and reason:
            note("source_url", given, reason, f"kept as {addresses[0]}")
        constant = find_addresses(self.constants.get("source_url", ""))
        if not addresses and constant:
            note("source_url", given, reason, f"kept as {constant[0]}, which all rows have")
            addresses = constant
        elif not addresses and reason:
            note("source_url", given, reason)
        others = find_addresses(plain_text(cells.get("other_urls")))
        if cells.get("other_urls") is not None and not others:
            note("other_urls", cells["other_urls"], "no addresses (http…)")
        rest = [address for address in dict.fromkeys([*addresses[1:], *others]) if address not in addresses[:1]]
        archived = find_addresses(plain_text(cells.get("archive_url")))
        return {
            "source_url": addresses[0] if addresses else "",
            "archive_url": archived[0] if archived else "",
            "other_urls": " | ".join(rest),
        }

    def _judgement(self, cells: dict[str, Any], record: dict[str, Any], note: Callable[..., None]) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        text = plain_text(cells.get("agency"))
        agencies = read_agencies(text) if text and text != "unknown" else None
        if agencies and agencies.problem:
            note("agency", text, agencies.problem, f"kept as {agencies.category}" if agencies.category else BLANK)
        fields["agency"] = agencies.category if agencies else ""
        given = plain_text(cells.get("outcome_class"))
        word = read_choice("outcome_class", given or record["outcome"]) if given or record["outcome"] else None
        if word and word.problem and given:
            note("outcome_class", given, word.problem, "kept as unknown")
        fields["outcome_class"] = (word.category if word else "") or "unknown"
        sure = plain_text(cells.get("confidence"))
        read = read_choice("confidence", sure) if sure else None
        if read and (read.problem or read.category not in CONFIDENCES):
            note("confidence", sure, read.problem or "none of high, medium, low", "kept as medium")
            read = None
        fields["confidence"] = read.category if read else "medium"
        fields["legal_scope"] = read_articles(plain_text(cells.get("legal_scope")), note)
        for field in ("verified", "seed_named"):
            text = plain_text(cells.get(field)).casefold()
            fields[field] = "yes" if text in _YES else "no" if text in _NO else ""
            if text and not fields[field]:
                note(field, text, "neither yes nor no")
        side = plain_text(cells.get("recording_side"))
        fields["recording_side"] = side if side in RECORDING_SIDES else ""
        doubles = re.split(r"[;,\s]+", plain_text(cells.get("possible_same_as")))
        fields["possible_same_as"] = "; ".join(part for part in doubles if part)
        return fields

    def _position(self, cells: dict[str, Any], note: Callable[..., None]) -> dict[str, Any]:
        radius = cells.get("location_radius_km")
        place = cells.get("place_name")
        if isinstance(place, str) and cells.get("coordinates") is None and not read_spot(place).problem:
            # A place may be given in figures where others have names.
            cells = cells | {"coordinates": place}
        fields: dict[str, Any] = read_point(
            cells, note, lon_first=self.lon_first, crs=self.crs, window=self.window,
            wide=self.own_names or radius is not None,
        )  # fmt: skip
        stated = fields.pop("radius", None)
        west, south, east, north = self.window
        middle, near = ((west + east) / 2, (south + north) / 2), 0.002 * (east - west)
        if (
            not self.own_names
            and fields["lon"] is not None
            and math.dist(middle, (fields["lon"], fields["lat"])) < near
        ):
            note(
                "coordinates",
                f"{fields['lat']} {fields['lon']}",
                "the middle of the country, as maps answer for its name",
            )
            fields |= {"lon": None, "lat": None}
        kilometres = math.nan if radius is None else read_degrees(radius, most=math.inf)
        if kilometres is None or kilometres < 0:
            note("location_radius_km", radius, "no number of kilometres")
            kilometres = math.nan
        if stated is not None and math.isnan(kilometres) and stated > GIVEN_KM:
            kilometres = stated
        fields |= self._coded(cells, note)
        if "location_radius_km" in fields and math.isnan(kilometres):
            kilometres = fields.pop("location_radius_km")
        precision = plain_text(cells.get("location_precision"))
        if precision and precision not in LOCATION_PRECISIONS:
            note("location_precision", precision, f"none of {', '.join(LOCATION_PRECISIONS)}", "taken from the place")
            precision = ""
        codes = {field: plain_text(cells.get(field)) for field in ("region_code", "crossing_id")}
        return fields | codes | {"location_radius_km": kilometres, "location_precision": precision}

    def _coded(self, cells: dict[str, Any], note: Callable[..., None]) -> dict[str, Any]:
        """Place as a data set's code of its exactness makes it."""
        code = plain_text(cells.get("place_code"))
        if not code:
            return {}
        codes = table("choices").get(plain(self.columns["place_code"]), {})
        known = codes.get(code)
        if isinstance(known, int):
            return {"location_radius_km": float(known)} if known else {}
        reason = f"the place is known to the {known} only" if known else "a code that is not known"
        note("location_precision", code, f"code {code}: {reason}", "no point is kept")
        where = plain_text(cells.get("region_name")) or (
            plain_text(cells.get("place_name")) if known == "region" else ""
        )
        return {"lon": None, "lat": None, "place_name": "", "crossing": "", "district": "", "region_name": where}
