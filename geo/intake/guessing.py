"""Columns and their fields, guessed from names and values."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from geo.intake.mapping import MAPPABLE, OWN, Asked, Mapping
from geo.intake.sheets.headers import field_of, says_otherwise
from geo.intake.sheets.unread import Unread
from geo.intake.words.addresses import find_addresses, is_map
from geo.intake.words.amounts import read_quantity, read_unit
from geo.intake.words.cells import read_as, show_cell
from geo.intake.words.coordinates import read_spot
from geo.intake.words.dates import read_date
from geo.intake.words.personal import is_personal
from geo.intake.words.regions import names_region
from geo.intake.words.terms import (
    is_blank,
    read_agencies,
    read_choice,
    read_direction,
    read_goods,
    read_goods_code,
    read_neighbour,
)
from geo.intake.words.vocabularies import table

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.intake.sheets.sheet import Sheet

__all__ = ["guess_mapping", "telling_field"]

_SAMPLE = 50
_ENOUGH, _HARDLY = 0.6, 0.2
_SURE, _SURE_OF_DATE, _NEAR = 0.39, 0.7, 0.25
_OWN = "the field's own name"
_PLACES = ("place_name", "crossing", "district", "region_name", "coordinates")
_UPPER = 0.8
# Two decimal degrees within a text, or degrees with their sign.
_FIGURES = re.compile(r"(?<![\d.])\d{2}\.\d{3,}\D{1,12}\d{2}\.\d{3,}")
_ANGLE = re.compile(r"\d\s*(?:°|deg\b)")
_LEAST_DATE = 19_000_000
_Claim = tuple[float, str, str, str]
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def guess_mapping(sheet: Sheet) -> Mapping:
    """Guess which column holds which field.

    Names in English, Russian and Kazakh decide; where a name says nothing or two columns claim a field, the values do.

    Parameters
    ----------
    sheet
        As :func:`geo.intake.read_sheet` gives it.

    Returns
    -------
    Mapping
        With the reason and a confidence for each field. A table that has the fields' own names is mapped exactly.
    """
    columns = sheet.columns
    own = {name: name for name in columns if name in MAPPABLE}
    others = tuple(name for name in columns if name not in own)
    exact = Mapping(own, why=dict.fromkeys(own, _OWN), confidence=dict.fromkeys(own, 1.0), unused=others)
    if exact.is_own:
        return exact
    samples = {name: _sample(sheet, name) for name in columns}
    personal = tuple(name for name in columns if field_of(name)[0] == "personal" or is_personal(samples[name]))
    events = next((name for name in columns if field_of(name)[0] == "events"), "")
    claims = [claim for name in columns if name not in personal for claim in _claims(name, samples[name])]
    parts = {"year", "month"} <= {claim[2] for claim in claims}
    claims = claims if parts else _without_days(claims, samples)
    # Of a table that has but a few of the fields' own names the others are guessed.
    chosen = {name: name for name in own if samples[name]} if set(own) >= OWN else {}
    why, sure = dict.fromkeys(chosen, _OWN), dict.fromkeys(chosen, 1.0)
    asked: list[Asked] = []
    for score, name, target, reason in sorted(
        claims, key=lambda claim: (not samples[claim[1]], -claim[0], columns.index(claim[1]))
    ):
        if name in chosen.values():
            continue
        if target in chosen:
            if score > sure[target] - _NEAR and name != chosen[target]:
                asked.append(Asked(target, name, f"{reason}; {chosen[target]!r} was taken"))
        elif score < (_SURE_OF_DATE if target == "date" and parts else _SURE):
            asked.append(Asked(target, name, reason))
        else:
            chosen[target], why[target], sure[target] = name, reason, round(min(score, 1.0), 2)
    _borrow(samples, chosen, why, sure)
    if "year" in chosen and ("date" in chosen or "month" not in chosen):
        for part in ("year", "month", "day"):
            chosen.pop(part, None)
        if "date" not in chosen and (year := next((name for name in columns if field_of(name)[0] == "year"), "")):
            chosen["date"], why["date"], sure["date"] = year, "only years", 1.0
    order = [name for name in MAPPABLE if name in chosen]
    taken = set(chosen.values())
    return Mapping(
        {name: chosen[name] for name in order},
        why={name: why[name] for name in order},
        confidence={name: sure[name] for name in order},
        unused=tuple(name for name in columns if name not in taken),
        asked=tuple(one for one in dict.fromkeys(asked) if one.column not in taken),
        personal=personal,
        events=events,
    )


def _without_days(claims: list[_Claim], samples: dict[str, list[Any]]) -> list[_Claim]:
    """Claims where no year and month stand beside a day: "Число" is then a date, or a number."""
    return [
        (score, name, "date" if target == "day" else target, reason)
        for score, name, target, reason in claims
        if target != "day" or _share(samples[name], _TESTS["date"]) >= _ENOUGH
    ]


def _borrow(samples: dict[str, list[Any]], chosen: dict[str, str], why: dict[str, str], sure: dict[str, float]) -> None:
    """Fields that are read from a column which holds another one too."""
    if "date" not in chosen and "source_date" in chosen and "year" not in chosen:
        chosen["date"], why["date"] = chosen["source_date"], "the only date: that of the report"
        sure["date"] = sure["source_date"]
    if "source_url" not in chosen:
        # A description may name its source.
        holds = {name: _share(values, _HAS_ADDRESS) for name, values in samples.items()}
        best = max(holds, key=lambda name: holds[name], default="")
        if best and holds[best] >= _ENOUGH:
            chosen["source_url"], why["source_url"], sure["source_url"] = best, "by the addresses in its text", 0.7


def _sample(sheet: Sheet, name: str) -> list[Any]:
    """Different values of a column that say something."""
    sample: dict[Any, None] = {}
    for cell in sheet.full_rows[name]:
        value = read_as("source_url" if _URL.match(cell) else "", cell) if isinstance(cell, str) else cell
        if value is None or isinstance(value, Unread) or (isinstance(value, str) and is_blank(value)):
            continue
        sample[value if isinstance(value, str | int | float | dt.date) else str(value)] = None
        if len(sample) == _SAMPLE:
            break
    return list(sample)


def _claims(name: str, values: list[Any]) -> list[_Claim]:
    """Fields that a column may hold: score, column, field, reason."""
    target, named = field_of(name)
    if target in ("row_number", "personal", "events") or says_otherwise(name):
        return []
    if target in _PLACES and _share(values, _TESTS["coordinates"]) >= _ENOUGH:
        return [(named, name, "coordinates", "by its name, and its values, which are pairs of coordinates")]
    upper = name.rpartition(" / ")[0]
    if upper and field_of(upper)[0] not in ("", target, "personal", "events", "row_number"):
        # "Quantity / Number": the upper row counts where the lower one names what another column holds.
        also = [(_UPPER * field_of(upper)[1], name, field_of(upper)[0], "by the upper row of its name")]
    else:
        also = []
    asked = _STRONG if target else tuple(claim for claim in _TESTS if claim not in _NAMED_ONLY)
    share = {claim: _share(values, _TESTS[claim]) for claim in asked if claim != target}
    if sum(map(_is_bare_number, values)) > _HARDLY * len(values):
        # 45123 may be a day of Excel's; without the name of a date it is any number.
        share.pop("date", None)
    return [
        *also,
        *(_named(name, target, named, values) if target else ()),
        *(
            (
                0.6 * fits * (0.8 if target else 1.0),
                name,
                claim,
                f"by its values, which are {table('choices')['called'][claim]}",
            )
            for claim, fits in share.items()
            if fits >= _ENOUGH
        ),
    ]


def _named(name: str, target: str, named: float, values: list[Any]) -> list[_Claim]:
    """Field that a column's name claims, weighed by its values."""
    fits = _share(values, _TESTS[target]) if target in _TESTS and values else None
    how = "by its name" if named == 1 else "by a part of its name"
    if target == "source_url" and fits is not None and fits < _HARDLY and not _share(values, _HAS_ADDRESS) > _HARDLY:
        # A column called a source may hold a publisher's name.
        return [(named * 0.9, name, "source_publisher", f"{how}; the values are no addresses")]
    if fits is not None and fits < _HARDLY:
        # Goods may be called what no list knows; of other fields the values must speak too.
        return [
            (named * (0.5 if target == "goods" else 0.35), name, target, f"{how}, though the values look otherwise")
        ]
    claims = [(named + 0.1 * (fits or 0), name, target, how)]
    if target in ("title", "goods_description") and (share := _share(values, _TESTS["goods"])) >= _ENOUGH:
        claims.append((0.55 * share, name, "goods", "by its values, which are goods"))
    return claims


def _share(values: list[Any], test: Callable[[Any], bool]) -> float:
    return sum(map(test, values)) / len(values) if values else 0.0


def _is_date(value: Any) -> bool:
    if isinstance(value, int | float):
        # Seconds since 1970, or 20240307: other numbers may be anything.
        return value >= _LEAST_DATE and bool(read_date(value).date)
    return isinstance(value, dt.date) or (isinstance(value, str) and bool(read_date(value).date))


def _is_bare_number(value: Any) -> bool:
    return re.fullmatch(r"(?:\d{1,3}|\d{5,7}|[03-9]\d{3})(?:\.\d+)?", str(value).strip()) is not None


def _is_date_loosely(value: Any) -> bool:
    reading = read_date(value)
    return bool(reading.date or reading.problem.startswith(("may be", "a span", "no such day")))


def _is_text(test: Callable[[str], bool], most: int = 200) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and len(value) < most and test(value)


_TESTS: dict[str, Callable[[Any], bool]] = {
    "date": lambda value: _is_date(value) or (isinstance(value, str) and _is_date_loosely(value)),
    "source_url": _is_text(lambda text: _URL.match(text.strip()) is not None and not is_map(text), most=2000),
    "coordinates": _is_text(lambda text: not read_spot(text).problem),
    "goods": _is_text(lambda text: read_goods(text).category not in ("", "other")),
    "unit": _is_text(lambda text: not text.strip().isdecimal() and read_unit(text) is not None),
    "agency": _is_text(lambda text: not read_agencies(text).category.startswith("other: ")),
    "direction": _is_text(lambda text: bool(read_direction(text).category)),
    "way_from": _is_text(lambda text: bool(read_direction(f"из {text}").category)),
    "way_to": _is_text(lambda text: bool(read_direction(f"из {text}").category)),
    "goods_code": lambda value: bool(read_goods_code(show_cell(value))),
    "neighbour": _is_text(lambda text: bool(read_neighbour(text).category)),
    "region_name": _is_text(names_region),
    "place_name": _is_text(lambda text: re.search(r"[^\W\d_]{2}", text) is not None),
    "legal_scope": _is_text(lambda text: re.match(r"\W*(?:ст|art|п|ч|бап|қк|ук|\d)", text, re.IGNORECASE) is not None),
    "mode": _is_text(lambda text: bool(read_choice("mode", text).category)),
    "outcome": _is_text(lambda text: bool(read_choice("outcome_class", text).category)),
}
_STRONG = ("source_url", "coordinates")
_NAMED_ONLY = ("legal_scope", "region_name", "place_name", "way_from", "way_to", "goods_code")
_HAS_ADDRESS = _is_text(lambda text: bool(find_addresses(text)), most=5000)


def telling_field(sheet: Sheet, name: str) -> str:
    """Content that a column tells, of dates, coordinates, amounts, regions and addresses; "" for none of them."""
    values = _sample(sheet, name)
    kinds = ("source_url", "coordinates", *(() if all(map(_is_bare_number, values)) else ("date",)))
    tests = {name: _TESTS[name] for name in kinds}
    tests["place"] = _is_text(
        lambda text: _FIGURES.search(text) is not None or _ANGLE.search(text) is not None, most=500
    )
    tests["region_name"] = _TESTS["region_name"]
    tests["quantity"] = _is_text(lambda text: bool(re.match(r"\s*[\d.,]", text)) and not read_quantity(text).problem)
    return next((field for field, test in tests.items() if _share(values, test) >= _ENOUGH), "")
