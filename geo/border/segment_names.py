"""Readable names for stretches of the border, in English, Russian and Kazakh."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geo.geometry.lines import LineIndex
from geo.language.catalogue import LANGUAGES, say
from geo.language.numbers import round_half_up

if TYPE_CHECKING:
    from collections.abc import Hashable

    import geopandas as gpd

__all__ = ["name_segments"]

NEAR_PLACE_KM = 50.0
Words = tuple[str, str, str]


def name_segments(
    segments: gpd.GeoDataFrame, crossings: gpd.GeoDataFrame, cities: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Name each segment after the crossings it holds, else a place near it, else the crossings on either side.

    The segments stand in order along the border and come back with ``name``, ``name_ru`` and ``name_kk``. A place (of
    ``cities``) names one segment only, the one nearest to it, and only within 50 km.
    """
    crossings_of = _held(crossings)
    near = _near(segments, cities)
    lines: dict[str, list[tuple[float, Words]]] = {}
    for names in crossings_of.values():
        for neighbour, km, words in names:
            lines.setdefault(neighbour, []).append((km, words))
    named = []
    for segment, row in segments[["neighbour", "start_km", "end_km"]].iterrows():
        if segment in crossings_of:
            ends = [words for _, _, words in crossings_of[segment]]
            named.append(_each(ends[0]) if len(ends) == 1 else _each(ends[0], ends[-1]))
        elif segment in near:
            named.append(_compose("near", near[segment]))
        else:
            span = f"{round_half_up(row['start_km']):.0f}–{round_half_up(row['end_km']):.0f}"
            named.append(_beside(sorted(lines.get(row["neighbour"], [])), row["start_km"], span))
    table = pd.DataFrame(named, index=segments.index, columns=["name", "name_ru", "name_kk"])
    return segments.join(table)


def _held(crossings: gpd.GeoDataFrame) -> dict[Hashable, list[tuple[str, float, Words]]]:
    """Per segment its crossings in order: roads, or others where there is no road."""
    names = ["name_en", "name_ru", "name_kk"]
    table = pd.DataFrame(crossings[crossings["segment"].ne("")]).sort_values("km", kind="stable")
    road = table["mode"].eq("road")
    table = table[road | ~table["segment"].isin(set(table.loc[road, "segment"]))]
    by_segment: dict[Hashable, list[tuple[str, float, Words]]] = {}
    for segment, neighbour, km, *words in table[["segment", "neighbour", "km", *names]].itertuples(index=False):
        en, ru, kk = (word.split(" (")[0] for word in words)
        by_segment.setdefault(segment, []).append((neighbour, km, (en, ru, kk)))
    return by_segment


def _near(segments: gpd.GeoDataFrame, cities: gpd.GeoDataFrame) -> dict[Hashable, Words]:
    """Per segment the nearest place for which it is the nearest segment."""
    if cities.empty:
        return {}
    own = cities["country"].eq(cities.loc[cities["rank"].eq(cities["rank"].max()), "country"].mode().iloc[0])
    places = cities[own]
    nearest = LineIndex(list(segments.geometry)).nearest(places.geometry.x, places.geometry.y)
    table = pd.DataFrame(places[["name_en", "name_ru", "name_kk"]]).assign(
        segment=segments.index.to_numpy()[nearest.line], away_km=nearest.distance_km
    )
    table = table[table["away_km"] <= NEAR_PLACE_KM].sort_values("away_km", kind="stable")
    table = table.drop_duplicates("segment").set_index("segment")
    return {segment: (en, ru, kk) for segment, en, ru, kk, _ in table.itertuples()}


def _beside(line: list[tuple[float, Words]], km: float, span: str) -> Words:
    """Name a stretch by the crossings before and after it on its line."""
    before = [words for at, words in line if at <= km]
    after = [words for at, words in line if at > km]
    if before and after:
        return _compose("between", before[-1], after[0], span=span)
    if after:
        return _compose("before", after[0], span=span)
    if before:
        return _compose("after", before[-1], span=span)
    return _compose("km", span=span)


def _compose(key: str, *places: Words, span: str = "") -> Words:
    en, ru, kk = (
        say(lang, f"segment.{key}", span=span, **{name: place[i] for name, place in zip("ab", places, strict=False)})
        for i, lang in enumerate(LANGUAGES)
    )
    return en, ru, kk


def _each(*places: Words) -> Words:
    en, ru, kk = (" – ".join(dict.fromkeys(place[i] for place in places)) for i in range(3))
    return en, ru, kk
