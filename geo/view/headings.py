"""Headings of records in each language: made of their fields, for titles in the data are English.

Goods and quantity, then the border with the direction as an arrow, then the crossing: "Drugs, 17 kg · Kazakhstan →
Russia · Auyl". All names stand in the nominative, so no language has to inflect them. The page's ``headings.js``
makes the same ones from the same catalogue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from geo.language.catalogue import LANGUAGES, read_words, say
from geo.language.numbers import round_half_up, write_number
from geo.language.translations import name_agencies, translate

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.view.atlas.atlas import Atlas

__all__ = ["TRANSLATED", "name_in_atlas", "reader", "translate_records", "write_amount", "write_heading"]

TRANSLATED = tuple(f"{name}_{lang}" for lang in LANGUAGES[1:] for name in ("title", "goods", "place_name", "agency"))
"""Columns of :func:`translate_records`."""

# Under one of the first unit a quantity is written in the second.
_SMALLER = {"kg": "g", "t": "kg"}
_THOUSAND = 1000


def write_heading(atlas: Atlas, record: str | int, *, lang: str = "en") -> str:
    """Write the heading of a record: goods, quantity, direction, border and place; no word that a source wrote."""
    i = atlas.position[record] if isinstance(record, str) else record
    words, get = read_words(lang), reader(atlas)
    goods = get(i, "goods")
    what = words.get(f"heading.goods.{goods}", words[f"goods.{goods}"])
    amount = write_amount(atlas, i, lang=lang)
    if amount:
        what = say(lang, "heading.amount", goods=what, amount=amount)
    place = name_in_atlas(atlas, "crossings", get(i, "crossing_id"), lang).split(" (")[0]
    region = name_in_atlas(atlas, "regions", get(i, "region_code"), lang)
    border, direction = get(i, "border"), get(i, "direction")
    across = name_in_atlas(atlas, "borders", border, lang)
    if across:
        # With a crossing the country is enough; without one the region says more.
        way = say(lang, f"heading.{direction}", border=across, home=(not place and region) or words["country"])
    else:
        way, place = words[f"heading.{border}.{direction}"], place or region
    return " · ".join(part for part in (what, way, place) if part)


def translate_records(incidents: pd.DataFrame, atlas: Atlas) -> pd.DataFrame:
    """The headings of records, their goods, places and agencies in Russian and Kazakh: a column each, by id.

    A place that has no translation stays as it is. The page's ``csv.js`` saves the same columns.
    """
    columns: dict[str, list[str]] = {}
    for lang in LANGUAGES[1:]:
        words = read_words(lang)
        columns[f"title_{lang}"] = [write_heading(atlas, str(key), lang=lang) for key in incidents.index]
        columns[f"goods_{lang}"] = [words[f"goods.{goods}"] for goods in incidents["goods"]]
        columns[f"place_name_{lang}"] = [translate(place, lang) for place in incidents["place_name"]]
        columns[f"agency_{lang}"] = [name_agencies(names, lang) for names in incidents["agency"]]
    return pd.DataFrame(columns, incidents.index)


def write_amount(atlas: Atlas, record: int, *, lang: str = "en") -> str:
    """Write a record's quantity with its unit; blank where the source states none."""
    get = reader(atlas)
    amount, unit = atlas.data["records"]["quantity"][record], get(record, "unit")
    if amount is None:
        return ""
    if 0 < amount < 1 and unit in _SMALLER:
        amount, unit = round_half_up(amount * _THOUSAND, 3), _SMALLER[unit]
    if not unit:
        return write_number(lang, amount)
    special = f"unit.{unit}.{get(record, 'goods')}"
    key = special if special in read_words(lang) else f"unit.{unit}"
    return f"{write_number(lang, amount)} {say(lang, key, n=amount)}"


def reader(atlas: Atlas) -> Callable[[int, str], str]:
    """Make the function that reads a text of a record by its position and the field's name."""
    columns = atlas.data["records"]

    def get(i: int, name: str) -> str:
        column = columns[name]
        return str(column[i] if isinstance(column, list) else column["table"][column["of"][i]])

    return get


def name_in_atlas(atlas: Atlas, kind: str, code: str, lang: str) -> str:
    """Name of one of the ``borders``, ``regions``, ``crossings`` or ``segments``; blank where none has the code."""
    name = atlas.names(kind).get(code)
    return "" if name is None else str(name[lang])
