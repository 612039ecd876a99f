"""A place in figures, in one cell: read whole, or refused with the reason. A number that is left over is no point."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from pyproj import Transformer

__all__ = ["Spot", "read_angle", "read_spot", "read_utm", "to_degrees"]

_SIGNS = str.maketrans(
    {
        "º": "°", "˚": "°", "⁰": "°", "’": "'", "‘": "'", "′": "'", "`": "'", "´": "'", "ʹ": "'", "″": '"', "“": '"',
        "”": '"', "„": '"', "«": '"', "»": '"', "−": "-", "–": "-", "—": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ",  # noqa: E501
    }
)  # fmt: skip
_NORTH = r"с\.?\s?ш\.?|сш|северн\w*\s+широт\w*|с\.е\.|north|n|с(?![\w.])|солт\w*\s+ендік\w*"
_SOUTH = r"ю\.?\s?ш\.?|юш|южн\w*\s+широт\w*|south|s|ю(?![\w.])"
_EAST = r"в\.?\s?д\.?|вд|восточн\w*\s+долгот\w*|east|e|в(?![\w.])|шығ\w*\s+бойлық\w*"
_WEST = r"з\.?\s?д\.?|зд|западн\w*\s+долгот\w*|west|w|з(?![\w.])"
_HEMISPHERES = {"N": _NORTH, "S": _SOUTH, "E": _EAST, "W": _WEST}
_LAT_WORD = re.compile(r"\b(?:lat(?:itude)?|широта|шир|ендік)\b[\s.:=]*", re.IGNORECASE)
_LON_WORD = re.compile(r"\b(?:lon(?:gitude)?|long|lng|долгота|долг|бойлық)\b[\s.:=]*", re.IGNORECASE)
_TOKEN = re.compile(
    r"\s*(?:(?P<number>[+-]?\d+(?:[.,]\d+)?(?![.,]?\d))|(?P<sign>°|''|'|\"|deg(?:rees?)?\b\.?|d(?![a-z])|m(?![a-z])|градус\w*|град\.?|мин\w*\.?|сек\w*\.?)"
    + "|".join(f"|(?P<{name}>{words})(?![^\\W\\d_])" for name, words in _HEMISPHERES.items()).replace("||", "|")
    + r"|(?P<apart>[,;/|]))",
    re.IGNORECASE,
)
_UNIT = {"°": 0, "d": 0, "г": 0, "'": 1, "m": 1, "м": 1, '"': 2, "''": 2, "с": 2}
_WKT = re.compile(r"(?:SRID=(\d+);)?\s*POINT\s*Z?M?\s*\(\s*(\S+)\s+(\S+)(?:\s+\S+){0,2}\s*\)", re.IGNORECASE)
_ODK = re.compile(r"(-?\d+\.\d+)\s+(-?\d+\.\d+)\s+-?\d+(?:\.\d+)?\s+(\d+(?:\.\d+)?)")
_PLAIN = re.compile(r"([+-]?\d{1,3}\.\d+)(?:\s*[,;/|]\s*|\s+)([+-]?\d{1,3}\.\d+)")
_COMMAS = re.compile(r"([+-]?\d{1,3},\d+)(?:\s*[;/|]\s*|\s*,\s+|\s+)([+-]?\d{1,3},\d+)")
_NMEA = re.compile(r"(\d{2})([0-5]\d\.\d+)\s*([NS])[\s,;]+(\d{3})([0-5]\d\.\d+)\s*([EW])", re.IGNORECASE)
_DASHES = re.compile(r"(\d{1,3})-(\d{1,2})-(\d{1,2}(?:[.,]\d+)?)\s*([NSEWСЮВЗ])", re.IGNORECASE)
_UTM = re.compile(
    r"(\d{1,2})\s*([C-HJ-NP-X])\s+(0?\d{6}(?:\.\d+)?)\s*m?\s*E?[\s,]+(\d{1,8}(?:\.\d+)?)\s*m?\s*N?", re.IGNORECASE
)
_MGRS = re.compile(
    r"\d{1,2}\s?[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?(?:(?:\d{2}){1,5}|"
    # East and north have as many figures each: of "12 3456" nobody knows which is short.
    + "|".join(rf"\d{{{figures}}}\s+\d{{{figures}}}" for figures in range(1, 6))
    + ")",
    re.IGNORECASE,
)
_WKB = re.compile(r"0[01](?:[0-9a-f]{2}){20,32}", re.IGNORECASE)
_FULL = 360
_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_CODE = re.compile(r"(?:[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,})\b.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in figures."""

    lat: float = math.nan
    lon: float = math.nan
    problem: str = ""
    ordered: bool = True  # whether the text says which is which; else the latitude was taken to stand first
    radius_km: float = 0.0  # 0 where the text says nothing


def read_spot(text: str) -> Spot:  # noqa: C901, PLR0911
    r"""Read a latitude and a longitude from one cell.

    Examples
    --------
    >>> spot = read_spot("43°02'15.0\"N 74°42'29.9\"E")
    >>> round(spot.lat, 4), round(spot.lon, 4)
    (43.0375, 74.7083)
    >>> read_spot("43 02 15 10").problem
    'no latitude and longitude that are understood whole'
    """
    whole = text.strip()
    if re.match(r"https?://|geo:", whole, re.IGNORECASE):
        return _from_address(whole)
    if whole.startswith("{"):
        return _from_json(whole)
    if _WKB.fullmatch(whole):
        return _from_wkb(whole)
    flat = " ".join(whole.translate(_SIGNS).split()).strip("()[]{} ,;")
    if match := _WKT.fullmatch(whole):
        if match[1] in (None, "4326"):
            return _checked(_number(match[3]), _number(match[2]))
        return _in_system(match[1], _number(match[2]), _number(match[3]))
    if match := _ODK.fullmatch(flat):
        return _checked(_number(match[1]), _number(match[2]), radius_km=_number(match[3]) / 1000)
    if match := _UTM.fullmatch(flat):
        return read_utm(f"{match[1]}{match[2]}", float(match[3]), float(match[4]))
    if _MGRS.fullmatch(flat):
        return _from_mgrs(flat.replace(" ", "").upper())
    if match := _NMEA.fullmatch(flat):
        lat, lon = int(match[1]) + float(match[2]) / 60, int(match[4]) + float(match[5]) / 60
        return _checked(-lat if match[3] in "sS" else lat, -lon if match[6] in "wW" else lon)
    if match := _PLAIN.fullmatch(flat) or _COMMAS.fullmatch(flat):
        return _checked(_number(match[1]), _number(match[2]), ordered=False)
    if _CODE.fullmatch(flat):
        return Spot(problem="a plus code, which is not read")
    return _from_parts(_DASHES.sub(r"\1° \2' \3'' \4 ", flat))


def read_angle(text: str) -> float | None:
    """Read one latitude or longitude: decimal degrees, or degrees, minutes and seconds; None for what is neither."""
    flat = " ".join(text.translate(_SIGNS).split())
    if re.fullmatch(r"[+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?\s*°?", flat, re.IGNORECASE):
        return float(flat.rstrip("° ").replace(",", "."))
    angles = _angles(_DASHES.sub(r"\1° \2' \3'' \4 ", flat))
    return angles[0][0] if angles is not None and len(angles) == 1 else None


def _from_json(text: str) -> Spot:
    """A Point of GeoJSON, or an object with a latitude and a longitude."""
    try:
        content = json.loads(text)
        pair = (
            content["coordinates"][1::-1]
            if content.get("type") == "Point"
            else [
                next(content[name] for name in names if name in content)
                for names in (("lat", "latitude", "_latitude"), ("lng", "lon", "longitude", "_longitude"))
            ]
        )
        return _checked(*map(float, pair))
    except (ValueError, TypeError, LookupError, AttributeError, StopIteration, RecursionError, OverflowError):
        return Spot(problem="no latitude and longitude that are understood whole")


def _from_wkb(text: str) -> Spot:
    """A point in the hexadecimal form of PostGIS."""
    import shapely  # noqa: PLC0415

    shape = shapely.from_wkb(text, on_invalid="ignore")
    if shape is None or shape.geom_type != "Point" or shape.is_empty:
        return Spot(problem="no point in WKB")
    return _in_system(shapely.get_srid(shape) or 4326, shape.x, shape.y)


def _in_system(code: int | str, x: float, y: float) -> Spot:
    """A point of the coordinate system that a code of EPSG's names."""
    from pyproj.exceptions import CRSError  # noqa: PLC0415

    try:
        lon, lat = to_degrees(f"EPSG:{code}").transform(x, y)
    except CRSError:
        return Spot(problem=f"no coordinate system EPSG:{code}")
    return _checked(float(lat), float(lon))


def _from_parts(text: str) -> Spot:
    """Degrees, minutes and seconds with signs, or with hemispheres."""
    nothing = Spot(problem="no latitude and longitude that are understood whole")
    lat_word, lon_word = _LAT_WORD.search(text), _LON_WORD.search(text)
    named = lat_word is not None and lon_word is not None
    swapped = named and lon_word.start() < lat_word.start()  # type: ignore[union-attr]
    angles = _angles(_LON_WORD.sub("; ", _LAT_WORD.sub("; ", text)).strip("; ") if named else text)
    if angles is None or len(angles) != 2:  # noqa: PLR2004
        return nothing
    (one, axis), (other, second) = angles
    if axis and second:
        if {axis, second} != {"lat", "lon"}:
            return nothing
        swapped = axis == "lon"
    elif axis or second:
        return nothing
    lat, lon = (other, one) if swapped else (one, other)
    if lat == int(lat) and lon == int(lon) and not re.search(r"\d[.,]\d|'|\d\s+\d", text) and max(lat, lon) <= _FULL:
        return Spot(problem="whole degrees only: 100 km wide")
    return _checked(lat, lon, ordered=bool(axis) or named)


def _angles(text: str) -> list[tuple[float, str]] | None:
    """Every angle of a text with its axis, "" where no hemisphere is said; None unless all of it is understood."""
    at, tokens = 0, list[tuple[str, str]]()
    while at < len(text.rstrip(" .")):
        match = _TOKEN.match(text, at)
        if match is None or match.end() == at:
            return None
        kind = str(match.lastgroup)
        tokens.append((kind, match[kind].casefold()))
        at = match.end()
    return _grouped(tokens)


def _grouped(tokens: list[tuple[str, str]]) -> list[tuple[float, str]] | None:  # noqa: C901, PLR0912
    """Tokens as angles: one ends at its hemisphere, at a mark between two, or where degrees begin anew."""
    first = next((kind for kind, _ in tokens if kind != "apart"), "")
    before = first in _HEMISPHERES
    parts: list[tuple[list[tuple[float, int]], str]] = []
    numbers: list[tuple[float, int]] = []
    hemisphere = ""
    for kind, text in [*tokens, ("end", "")]:
        if kind == "number":
            if len(numbers) == 3 or (numbers and numbers[-1][1] == 2):  # noqa: PLR2004
                if hemisphere and not before:
                    return None
                parts.append((numbers, hemisphere))
                numbers, hemisphere = [], ""
            numbers.append((_number(text), -1))
        elif kind == "sign":
            unit = _UNIT.get(text, _UNIT.get(text[0], -1))
            if not numbers or numbers[-1][1] != -1:
                return None
            if unit == 0 and len(numbers) > 1:
                # Degrees begin anew.
                parts.append((numbers[:-1], hemisphere))
                numbers, hemisphere = numbers[-1:], ""
            numbers[-1] = (numbers[-1][0], unit)
        elif kind in _HEMISPHERES:
            if before and (numbers or hemisphere):
                parts.append((numbers, hemisphere))
                numbers, hemisphere = [], ""
            if hemisphere or (not before and not numbers):
                return None
            hemisphere = kind
            if not before:
                parts.append((numbers, hemisphere))
                numbers, hemisphere = [], ""
        elif numbers:
            parts.append((numbers, hemisphere))
            numbers, hemisphere = [], ""
        elif hemisphere:
            return None
    angles = [_angle(numbers, hemisphere) for numbers, hemisphere in parts]
    return None if None in angles else [one for one in angles if one is not None]


def _angle(numbers: list[tuple[float, int]], hemisphere: str) -> tuple[float, str] | None:
    if not numbers or len(numbers) > 3:  # noqa: PLR2004
        return None
    total = 0.0
    for place, (number, unit) in enumerate(numbers):
        last = place == len(numbers) - 1
        if unit not in (-1, place) or (place and not 0 <= number < 60) or (not last and number != int(number)):  # noqa: PLR2004
            return None
        total += (abs(number) if place == 0 else number) / 60**place
    if not hemisphere and len(numbers) > 1 and any(unit == -1 for _, unit in numbers[:1]):
        # "43 02 15" without a sign or a hemisphere may be anything.
        return None
    negative = numbers[0][0] < 0 or hemisphere in ("S", "W")
    return -total if negative else total, {"N": "lat", "S": "lat", "E": "lon", "W": "lon"}.get(hemisphere, "")


def _split(text: str) -> SplitResult:
    try:
        return urlsplit(text)
    except ValueError:  # as half of an address of IPv6
        return urlsplit("")


def _from_address(address: str) -> Spot:  # noqa: PLR0911
    """The point that a map's address shows."""
    text = unquote(address)
    parts = _split(text)
    asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
    pair = r"(-?\d{1,3}\.\d+)\s*,\s*(-?\d{1,3}\.\d+)"
    if re.search(r"yandex\.|2gis\.", parts.netloc):
        for key in ("pt", "ll", "m"):
            if match := re.match(pair, asked.get(key, "")):
                return _checked(float(match[2]), float(match[1]))
        match = re.search(rf"/geo/{pair}", text)
        return _checked(float(match[2]), float(match[1])) if match else Spot(problem="an address without coordinates")
    if match := re.search(r"!3d(-?\d+\.\d+)!4d(-?\d+\.\d+)", text):
        return _checked(float(match[1]), float(match[2]))
    if "mlat" in asked and "mlon" in asked:
        return _checked(_number(asked["mlat"]), _number(asked["mlon"]))
    for key in ("q", "query", "ll", "destination", "center"):
        if match := re.match(pair, asked.get(key, "").removeprefix("loc:")):
            return _checked(float(match[1]), float(match[2]))
    for pattern in (rf"/@{pair}", rf"/place/{pair}", rf"^geo:{pair}", r"#map=\d+/(-?\d+\.\d+)/(-?\d+\.\d+)"):
        if match := re.search(pattern, text):
            return _checked(float(match[1]), float(match[2]))
    return Spot(problem="an address without coordinates")


def read_utm(zone: str, east: float, north: float) -> Spot:
    """The point of metres in a zone of UTM: "43", "43N" for the northern half, "43T" with its band."""
    match = re.fullmatch(r"(?:UTM|WGS ?84|ZONE|ЗОНА|[\s/:])*(\d{1,2})\s*([C-HJ-NP-X])?", zone.strip().upper())
    if match is None or not 1 <= int(match[1]) <= 60:  # noqa: PLR2004
        return Spot(problem=f"no UTM zone {zone}")
    band = match[2] or "N"
    lon, lat = to_degrees(f"EPSG:{32600 + int(match[1]) if band >= 'N' else 32700 + int(match[1])}").transform(
        east, north
    )
    low = -80 + 8 * _BANDS.index(band)
    # "N" alone says which half of the Earth.
    high = 84.0 if band == "N" else low + 8.5 + 4 * (band == "X")
    if not low - 0.5 <= lat <= high:
        return Spot(problem=f"no point of the UTM band {match[1]}{band}")
    return _checked(float(lat), float(lon))


def _from_mgrs(text: str) -> Spot:
    from mgrs import MGRS  # noqa: PLC0415  (only for such cells)
    from mgrs.core import MGRSError  # noqa: PLC0415

    try:
        lat, lon = MGRS().toLatLon(text)
    except MGRSError as error:
        return Spot(problem=f"no point of MGRS: {error}")
    digits = len(re.sub(r"^\d+[A-Z]+", "", text)) // 2
    return _checked(float(lat), float(lon), radius_km=10 ** (5 - digits) / 1000)


@cache
def to_degrees(crs: str) -> Transformer:
    """Transformer of a system's x and y into longitude and latitude on WGS84."""
    from pyproj import Transformer  # noqa: PLC0415

    return Transformer.from_crs(crs, "OGC:CRS84", always_xy=True)


def _checked(lat: float, lon: float, *, ordered: bool = True, radius_km: float = 0.0) -> Spot:
    if not abs(lat) <= 90 or not abs(lon) <= 180:  # noqa: PLR2004
        reason = "the longitude stands first?" if abs(lon) <= 90 and abs(lat) <= 180 else "beyond 90 or 180 degrees"  # noqa: PLR2004
        return Spot(problem=f"no latitude and longitude: {reason}")
    return Spot(lat, lon, ordered=ordered, radius_km=radius_km)


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return math.nan
