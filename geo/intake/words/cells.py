"""Single cells as their author reads them: text, degrees, points, articles of law."""

from __future__ import annotations

import datetime as dt
import html
import math
import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geo.incidents.cells import ARTICLES
from geo.intake.words.coordinates import read_angle, read_spot, read_utm, to_degrees

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = [
    "Window", "add_sentence", "clean_text", "longitude_first", "plain_text", "read_articles", "read_as",
    "read_degrees", "read_point", "show_cell", "text_of_html", "tidy",
]  # fmt: skip

_OURS = "Note of the import"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ADDRESSES = ("source_url", "other_urls", "archive_url", "id")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_UNTIDY = re.compile(rf"{_INVISIBLE.pattern}|[٫٬]|(?![0-9])\d|[A-Za-z][\u0400-\u052f]|[\u0400-\u052f][A-Za-z]")
_MARKS = str.maketrans("٫٬", ".,")
_LATIN_ALIKE, _CYRILLIC_ALIKE = "aceopxyikmtABCEHKMOPTXYI", "асеорхуікмтАВСЕНКМОРТХУІ"
_CYRILLIC = {chr(code) for code in range(0x400, 0x530)}
_ARTICLE_WORDS = re.compile(r"(?:ст|стать\w*|art|article\w*|бап\w*|ук|қк)\b\.?", re.IGNORECASE)
_FOREIGN_LAW = re.compile(
    r"\b(?:рф|ru|russia\w*|росси\w*|кр|кыргыз\w*|узб\w*|коап|әқбтк|administrative|administr\w*|админ\w*)\b",
    re.IGNORECASE,
)


Window = tuple[float, float, float, float]
"""West, south, east, north of the country with what lies along its border."""


def longitude_first(values: Iterable[Any], window: Window) -> bool:
    """Whether the pairs of a column make sense only with the longitude first: all of them, and more than one."""
    spots = [read_spot(value) for value in values if isinstance(value, str)]
    plain_pairs = [spot for spot in spots if not spot.problem and not spot.ordered]
    return len(plain_pairs) > 1 and all(_exchanged(spot.lat, spot.lon, window) for spot in plain_pairs)


def _exchanged(lat: float, lon: float, window: Window) -> bool:
    """Whether a point lies far away, and at home the other way round."""
    west, south, east, north = window

    def at_home(lat: float, lon: float) -> bool:
        return south <= lat <= north and west <= lon <= east

    return not at_home(lat, lon) and at_home(lon, lat)


def read_point(  # noqa: C901, PLR0911, PLR0912
    cells: dict[str, Any],
    note: Callable[..., None],
    *,
    window: Window,
    lon_first: bool = False,
    crs: str = "",
    wide: bool = False,
) -> dict[str, float | None]:
    """Longitude and latitude, from one cell or from several; both or neither. A radius, where the cell states one.

    Whole degrees are no point unless they may be ``wide``, as where a radius is stated.
    """
    nowhere: dict[str, float | None] = {"lon": None, "lat": None}
    given = {field: _joined(cells, field) for field in ("lon", "lat")}
    pair = cells.get("coordinates")
    if pair is not None and not any(value is not None for value in given.values()):
        spot = read_spot(show_cell(pair))
        if not spot.problem and not spot.ordered and lon_first:
            spot = replace(spot, lat=spot.lon, lon=spot.lat)
        if not spot.problem and not spot.ordered and _exchanged(spot.lat, spot.lon, window):
            spot = replace(spot, problem="latitude and longitude may be exchanged")
        if spot.problem:
            note("coordinates", pair, spot.problem)
            return nowhere
        return {"lon": spot.lon, "lat": spot.lat, "radius": spot.radius_km or None}
    zone = plain_text(cells.get("utm_zone"))
    if (crs or zone) and None not in given.values():
        x, y = (math.inf if (one := read_degrees(value, math.inf)) is None else one for value in given.values())
        if zone and not crs:
            spot = read_utm(zone, x, y)
            if spot.problem:
                note("coordinates", " ".join([zone, *map(show_cell, given.values())]), spot.problem)
                return nowhere
            return {"lon": spot.lon, "lat": spot.lat}
        lon, lat = to_degrees(crs).transform(x, y)
        if not (math.isfinite(lon) and math.isfinite(lat)):
            note("coordinates", f"{given['lon']} {given['lat']}", f"no point of {crs}")
            return nowhere
        return {"lon": float(lon), "lat": float(lat)}
    point = {field: None if value is None else read_degrees(value) for field, value in given.items()}
    for field, value in given.items():
        if value is not None and point[field] is None:
            round_ = read_degrees(value, most=540.0) if field == "lon" else None
            if round_ is not None:
                # Web maps count on when somebody pans round the world.
                point["lon"] = round_ - 360 if round_ > 0 else round_ + 360
                note(field, value, "beyond 180 degrees", f"kept as {point['lon']:g}")
                continue
            metres = read_degrees(value, most=math.inf) is not None
            note(field, value, "no degrees" + ("; metres need --crs EPSG:…, their system" if metres else ""))
        elif value is not None and all(other is None for name, other in given.items() if name != field):
            note(field, value, "longitude without latitude" if field == "lon" else "latitude without longitude")
    if point["lon"] is None or point["lat"] is None:
        return nowhere
    if abs(point["lat"]) > 90 or _exchanged(point["lat"], point["lon"], window):  # noqa: PLR2004
        note("coordinates", f"{given['lat']} {given['lon']}", "latitude and longitude may be exchanged")
        return nowhere
    if not wide and all(re.fullmatch(r"[+-]?\d+(?:[.,]0+)?\W*", show_cell(value).strip()) for value in given.values()):
        note("coordinates", f"{show_cell(given['lat'])} {show_cell(given['lon'])}", "whole degrees only: 100 km wide")
        return nowhere
    return point


def _joined(cells: dict[str, Any], field: str) -> Any:
    """Degrees with the minutes, seconds and hemisphere that stand in columns of their own."""
    value, parts = cells.get(field), [plain_text(cells.get(f"{field}_{part}")) for part in ("min", "sec", "side")]
    if value is None or not any(parts):
        return value
    signs = ("°", f" {parts[0]}'", f" {parts[1]}''")
    joined = show_cell(value) + "".join(
        sign for sign, there in zip(signs, (parts[0] or parts[1], *parts[:2]), strict=True) if there
    )
    return f"{joined} {parts[2]}".strip()


def read_degrees(value: Any, most: float = 180.0) -> float | None:
    """Degrees, or another number up to ``most``; None for what is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if abs(value) <= most else None
    number = read_angle(show_cell(value).strip())
    return number if number is not None and abs(number) <= most else None


def read_articles(text: str, note: Callable[..., None]) -> str:
    """Articles of the Criminal Code as the schema writes them."""
    if not text or re.fullmatch(ARTICLES, text):
        return text
    numbers = re.findall(r"\d+(?:[-.]\d+)?", text)
    if (
        _FOREIGN_LAW.search(text)
        or not numbers
        or not (_ARTICLE_WORDS.search(text) or re.fullmatch(r"[\d\s,;.-]+", text))
    ):
        note("legal_scope", text, "no articles of the country's criminal code")
        return ""
    if re.search(r"\bч\w*\.?\s*\d|\bп\w*\.?\s*\d", text, re.IGNORECASE):
        # Parts and points of an article are not its number.
        numbers = re.findall(r"(?:ст\w*|art\w*)\.?\s*(\d+(?:[-.]\d+)?)", text, re.IGNORECASE)
    return "; ".join(f"Art. {number}" for number in dict.fromkeys(numbers))


def clean_text(value: Any, field: str, note: Callable[..., None]) -> str:
    """A cell as text without control characters, which are noted."""
    text = plain_text(value)
    if _CONTROL.search(text):
        note(field, text, "control characters", "left out of the text")
        text = _CONTROL.sub(" ", text).strip()
    return text


def text_of_html(text: str) -> str:
    """A text without the tags of HTML, as map services export descriptions; any other as it is."""
    if not re.search(r"</?(?:a|b|br|div|i|img|li|p|span|strong|table|td|tr|ul)\b[^<>]*>", text, re.IGNORECASE):
        return text
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", " ", text)).split())


def read_as(field: str, text: str) -> str:
    """A cell's text as it is read: tidy, without a footnote's mark; an address as it stands, but for unseen signs."""
    if field in _ADDRESSES:
        return _INVISIBLE.sub("", text)
    text = tidy(text)
    if text.startswith("'"):
        text = re.sub(r"^'(?=[\d+=@-])", "", text)
    return text if field == "coordinates" else _without_footnote(text)


def tidy(text: str) -> str:
    """A text without signs that nobody sees, its figures in ASCII, and every word in one script.

    Examples
    --------
    >>> tidy("cигapеты\u200b, ٥٠٠ пaчек"), tidy("Marlboro 20 шт.")
    ('сигареты, 500 пачек', 'Marlboro 20 шт.')
    """
    if text.isascii() or not _UNTIDY.search(text):
        return text
    text = _INVISIBLE.sub("", text).translate(_MARKS)
    figures = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    return re.sub(r"[^\W\d_]+", lambda word: _one_script(word[0]), figures)


def _one_script(word: str) -> str:
    """A word whose letters only look like those of its script (Latin "a" in "сaхар"), in that script."""
    latin = [letter for letter in word if letter.isascii()]
    if latin and len(latin) < len(word) and set(word) - set(latin) <= _CYRILLIC:
        for own, other in ((_LATIN_ALIKE, _CYRILLIC_ALIKE), (_CYRILLIC_ALIKE, _LATIN_ALIKE)):
            if all(letter in own for letter in word if letter.isascii() == own.isascii()):
                return word.translate(str.maketrans(own, other))
    return word


def _without_footnote(text: str) -> str:
    """A text without the mark of a footnote at its end: ``[1]``, ``*``, ``²`` (but m², m³)."""
    bare = re.sub(r"(?:\s*\[(?:\d{1,3}|[a-z]|note \d+)\])+\s*$|\*+\s*$", "", text)
    return re.sub(r"(?<![mм\d])[¹²³⁴-⁹]+$|(?<=\d{4})[¹²³⁴-⁹]+$", "", bare) or text


def plain_text(value: Any) -> str:
    """A cell as text without blanks around it; "" for nothing."""
    return "" if value is None else show_cell(value).strip()


def show_cell(value: Any) -> str:
    """A cell as its author reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    return str(value)


def add_sentence(text: str, more: str) -> str:
    """A text of the table's author with a sentence of the import, which is marked as such."""
    return f"{text} | {_OURS}: {more}." if text else f"{_OURS}: {more}."
