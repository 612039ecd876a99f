"""Records of two files that may tell of one event: date, place, goods and quantity near each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.geometry.geodesy import distance_km
from geo.intake.words.amounts import read_unit
from geo.intake.words.vocabularies import table

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["LIKELY", "likely_pairs"]

LIKELY = 0.65
_DAYS = 7
_DATE, _PLACE, _QUANTITY, _GOODS = 0.3, 0.3, 0.3, 0.1
_BESIDE_KM = 30.0
_UNKNOWN = {"date": 0.4, "place": 0.35, "quantity": 0.5, "goods": 0.5}
_ONE_UNDATED, _OTHER_UNIT, _OVERLAP = 0.15, 0.25, 0.6
_MONTH = 31
_OTHER_GOODS = 0.75  # of the score is left where the descriptions name nothing in common
_STEM = 5
_POINTS = ("crossing", "locality", "district")
_DAY = np.timedelta64(1, "D")
_KG = {"kg": 1.0, "t": 1000.0}


def likely_pairs(a: gpd.GeoDataFrame, b: gpd.GeoDataFrame) -> list[tuple[str, str, float, str]]:
    """Pairs of records, one of each file, that may tell of one event.

    Parameters
    ----------
    a, b
        As :func:`geo.read_incidents` gives them.

    Returns
    -------
    list of tuple
        Id of the first, id of the second, score from 0.65 to 1, and what agrees.

    Notes
    -----
    The score is a weighted mean of four agreements from 0 to 1: date 0.3, place 0.3, quantity 0.3, goods 0.1. What
    one of the records does not state agrees by half, a date by less; goods whose descriptions have no word in common
    leave three quarters of the score; a date, place or quantity that contradicts the other ends the
    comparison, unless both have the same source.
    """
    if a.empty or b.empty:
        return []
    left, right = _Columns(a), _Columns(b)
    calendar = _Calendar(right)
    sources: dict[str, list[int]] = {}
    for at, address in enumerate(right.source):
        sources.setdefault(address, []).append(at)
    pairs = []
    for at in range(len(a)):
        near = calendar.around(left.start[at], left.end[at])
        near = near[right.goods[near] == left.goods[at]]
        same_source = np.array(sources.get(left.source[at], []), dtype=np.intp)
        for other in np.union1d(near, same_source):
            score, why = _compare(left, at, right, int(other))
            if score >= LIKELY:
                pairs.append((left.ids[at], right.ids[int(other)], round(score, 3), why))
    return pairs


class _Columns:
    """The columns that are compared, as arrays."""

    def __init__(self, incidents: gpd.GeoDataFrame) -> None:
        self.ids: list[str] = [str(key) for key in incidents.index]
        self.start = _days(incidents["date_start"])
        self.end = _days(incidents["date_end"])
        self.goods: NDArray[np.object_] = incidents["goods"].to_numpy(dtype=object)
        self.words = [_words(text) for text in incidents["goods_description"]]
        self.places = [_words(text.partition(",")[0]) for text in incidents["place_name"]]
        self.source: list[str] = incidents["source_url"].tolist()
        self.crossing: list[str] = incidents["crossing_id"].tolist()
        self.region: list[str] = incidents["region_code"].tolist()
        self.neighbour: list[str] = incidents["neighbour"].tolist()
        self.radius = incidents["location_radius_km"].to_numpy()
        placed = incidents["location_precision"].isin(_POINTS).to_numpy()
        self.lon = np.where(placed, incidents.geometry.x, np.nan)
        self.lat = np.where(placed, incidents.geometry.y, np.nan)
        factor = incidents["unit"].map(_KG).fillna(1.0).to_numpy()
        self.quantity = incidents["quantity"].to_numpy() * factor
        self.unit: list[str] = incidents["unit"].replace("t", "kg").tolist()


def _words(text: str) -> frozenset[str]:
    """Beginnings of the words that say what the goods are."""
    words, little = re.findall(r"[^\W\d_]{3,}", text.casefold()), table("choices")["little"]["words"]
    return frozenset(word[:_STEM] for word in words if word not in little and read_unit(word) is None)


def _goods(left: _Columns, at: int, right: _Columns, other: int) -> float:
    """1 where the descriptions share a word, 0 where they share none, between where they can't be compared."""
    if left.goods[at] != right.goods[other]:
        return 0.0
    one, two = left.words[at], right.words[other]
    if one & two or one == two:
        return 1.0
    return _UNKNOWN["goods"] if _alike(one, two) else 0.0


def _alike(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether two texts share a word, or can't be compared: one is blank, or in another script."""
    return not one or not two or bool(one & two) or "".join(one).isascii() != "".join(two).isascii()


def _days(column: pd.Series[Any]) -> NDArray[np.datetime64]:
    return column.to_numpy().astype("datetime64[D]")


class _Calendar:
    """Records in order of their first day, so that only those of about one time are compared."""

    def __init__(self, columns: _Columns) -> None:
        order = np.argsort(columns.start, kind="stable")
        dated = int((~np.isnat(columns.start)).sum())
        self.all, self.dated, self.undated = order, order[:dated], order[dated:]
        self.starts = columns.start[self.dated]
        lengths = (columns.end[self.dated] - self.starts) / _DAY
        self.longest = int(lengths.max(initial=0))

    def around(self, start: np.datetime64, end: np.datetime64) -> NDArray[np.intp]:
        """Records that may be of the same days, or a week off; all where there is no date."""
        if np.isnat(start):
            return self.all
        low = np.searchsorted(self.starts, start - (_DAYS + self.longest) * _DAY)
        high = np.searchsorted(self.starts, end + _DAYS * _DAY, side="right")
        return np.concatenate([self.dated[low:high], self.undated])


def _compare(left: _Columns, at: int, right: _Columns, other: int) -> tuple[float, str]:
    date, date_said = _date(left, at, right, other)
    place, place_said = _place(left, at, right, other)
    quantity, quantity_said = _quantity(left, at, right, other)
    goods = _goods(left, at, right, other)
    named = {1.0: "same goods", _UNKNOWN["goods"]: "same kind of goods"}.get(goods, "")
    reasons = [part for part in (date_said, place_said, named, quantity_said) if part]
    one_source = left.source[at] == right.source[other]
    if one_source:
        reasons.insert(0, "one source")
        # One report may tell of several finds: their day, place, kind and amount must not differ.
        same = quantity == 1 or (quantity == _UNKNOWN["quantity"] and date in (1, _OVERLAP, _UNKNOWN["date"]))
        kind = left.goods[at] == right.goods[other] and _alike(left.words[at], right.words[other])
        if not (same and kind and _alike(left.places[at], right.places[other])):
            return 0.0, ""
        return max(_weigh(date, place, quantity, goods), LIKELY), ", ".join(reasons)
    if min(date, place, quantity) == 0:
        return 0.0, ""
    return _weigh(date, place, quantity, goods), ", ".join(reasons)


def _weigh(date: float, place: float, quantity: float, goods: float) -> float:
    whole = _DATE * date + _PLACE * place + _QUANTITY * quantity + _GOODS * goods
    return whole if goods else whole * _OTHER_GOODS


def _date(left: _Columns, at: int, right: _Columns, other: int) -> tuple[float, str]:
    if np.isnat(left.start[at]) or np.isnat(right.start[other]):
        neither = np.isnat(left.start[at]) and np.isnat(right.start[other])
        return _UNKNOWN["date"] if neither else _ONE_UNDATED, ""
    same = left.start[at] == right.start[other] and left.end[at] == right.end[other]
    gap = max(int((right.start[other] - left.end[at]) / _DAY), int((left.start[at] - right.end[other]) / _DAY), 0)
    days = left.start[at] == left.end[at] and right.start[other] == right.end[other]
    if gap == 0:
        if days:
            return 1.0, "same day"
        # A day within a year is hardly more than no date.
        wide = max(left.end[at] - left.start[at], right.end[other] - right.start[other]) > _MONTH * _DAY
        return (_ONE_UNDATED if wide and not same else _OVERLAP), "dates that overlap"
    if gap > _DAYS:
        return 0.0, ""
    agreement = {1: 0.9, 2: 0.7, 3: 0.7}.get(gap, 0.4)
    return agreement if days else agreement / 2, f"{gap} day{'s' if gap > 1 else ''} apart"


def _place(left: _Columns, at: int, right: _Columns, other: int) -> tuple[float, str]:
    if left.crossing[at] and left.crossing[at] == right.crossing[other]:
        return 1.0, "same crossing"
    if left.neighbour[at] and right.neighbour[other] and left.neighbour[at] != right.neighbour[other]:
        return 0.0, ""
    if not np.isnan(left.lon[at]) and not np.isnan(right.lon[other]):
        gap = float(distance_km(left.lon[at], left.lat[at], right.lon[other], right.lat[other]))
        reach = np.nan_to_num(left.radius[at]) + np.nan_to_num(right.radius[other])
        if gap <= reach:
            return 0.9, f"places {gap:.0f} km apart, within their radius"
        return (0.6, f"places {gap:.0f} km apart") if gap <= reach + _BESIDE_KM else (0.0, "")
    return _area(left, at, right, other)


def _area(left: _Columns, at: int, right: _Columns, other: int) -> tuple[float, str]:
    """Agreement where one of the records has no place."""
    if left.region[at] and right.region[other]:
        return (0.6, "same region") if left.region[at] == right.region[other] else (0.0, "")
    if left.neighbour[at] and left.neighbour[at] == right.neighbour[other]:
        return 0.4, "same border"
    return _UNKNOWN["place"], ""


def _quantity(left: _Columns, at: int, right: _Columns, other: int) -> tuple[float, str]:
    one, two = left.quantity[at], right.quantity[other]
    if np.isnan(one) or np.isnan(two):
        return _UNKNOWN["quantity"], ""
    if left.unit[at] != right.unit[other]:
        return _OTHER_UNIT, ""
    ratio = 1.0 if one == two else min(one, two) / max(one, two)
    if ratio >= 0.99:  # noqa: PLR2004
        return 1.0, "same quantity"
    if ratio >= 0.9:  # noqa: PLR2004
        return 0.6, "quantities within 10 %"
    return (0.3, "quantities within a half") if ratio >= 0.5 else (0.0, "")  # noqa: PLR2004
