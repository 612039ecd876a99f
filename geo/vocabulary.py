"""The words that the data may use: goods, units, directions, modes, precisions, and the codes of a border."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from geo.paths import data_path

__all__ = [
    "CLUES",
    "CONFIDENCES",
    "DATE_BASES",
    "DATE_PRECISIONS",
    "DIRECTIONS",
    "FAMILIES",
    "FAMILY_OF",
    "FIELDS",
    "GOODS",
    "LOCATION_PRECISIONS",
    "MODES",
    "NUMBER_FIELDS",
    "OFF_BORDER",
    "OUTCOME_CLASSES",
    "RECORDING_SIDES",
    "UNITS",
    "BorderCodes",
    "Family",
    "read_border_codes",
]


@dataclass(frozen=True, slots=True)
class Family:
    """A family of goods: what shares a colour, a shape and a letter on the map.

    Attributes
    ----------
    letter
        One capital letter, the family's key.
    name
        English name.
    goods
        The goods categories in it.
    """

    letter: str
    name: str
    goods: tuple[str, ...]


FAMILIES: tuple[Family, ...] = (
    Family("D", "Drugs & weapons", ("drugs", "weapons")),
    Family("M", "Medicines & chemicals", ("medicines", "chemicals")),
    Family("T", "Tobacco & alcohol", ("tobacco", "alcohol")),
    Family("F", "Food & livestock", ("food",)),
    Family("W", "Wildlife", ("wildlife",)),
    Family("R", "Fuel & metals", ("fuel", "metals")),
    Family("V", "Money & valuables", ("currency", "jewelry")),
    Family("O", "Other goods", ("consumer_goods", "branded_goods", "electronics", "vehicles", "other")),
)
"""The families in the order of every legend, ring and bar."""

GOODS: tuple[str, ...] = tuple(goods for family in FAMILIES for goods in family.goods)
"""Goods categories, family by family."""

FAMILY_OF: dict[str, str] = {goods: family.letter for family in FAMILIES for goods in family.goods}
"""Goods category → letter of its family."""

UNITS: tuple[str, ...] = (
    "kg",
    "t",
    "litre",
    "m3",
    "piece",
    "head",
    "pair",
    "pack",
    "cigarette",
    "ampoule",
    "bottle",
    "box",
    "bale",
    "parcel",
    "truck",
    "wagon",
    "USD",
)
DIRECTIONS: tuple[str, ...] = ("into_kz", "out_of_kz", "transit", "unknown")
MODES: tuple[str, ...] = (
    "road",
    "rail",
    "foot",
    "tunnel",
    "water",
    "pipeline",
    "air",
    "post",
    "unknown",
)
DATE_PRECISIONS: tuple[str, ...] = ("day", "month", "year", "unknown")
DATE_BASES: tuple[str, ...] = ("event", "publication", "inferred", "none")
LOCATION_PRECISIONS: tuple[str, ...] = ("crossing", "locality", "district", "region", "border", "country")
OUTCOME_CLASSES: tuple[str, ...] = ("seized", "case_opened", "convicted", "refused_entry", "unknown")
CONFIDENCES: tuple[str, ...] = ("high", "medium", "low")
CLUES: tuple[str, ...] = ("named", "outside", "train", "checkpoint", "silent")
"""What a record says of how the border was crossed: at a named crossing's cell; outside a checkpoint; by rail or at a
checkpoint, none named; nothing."""

RECORDING_SIDES: tuple[str, ...] = ("kazakhstan", "neighbour", "both", "other", "unknown")

FIELDS: tuple[str, ...] = (
    "id",
    "title",
    "date",
    "date_precision",
    "date_basis",
    "date_not_after",
    "goods",
    "goods_description",
    "quantity",
    "unit",
    "value_kzt",
    "value_text",
    "direction",
    "neighbour",
    "mode",
    "place_name",
    "region_code",
    "region_name",
    "crossing_id",
    "location_precision",
    "location_radius_km",
    "coord_basis",
    "concealment",
    "agency",
    "outcome",
    "outcome_class",
    "legal_scope",
    "source_url",
    "source_publisher",
    "source_date",
    "other_urls",
    "support_note",
    "confidence",
    "verified",
    "verify_note",
    "seed_named",
    "recording_side",
    "possible_same_as",
    "clue",
)
"""The fields of an incident beside its place, in their order."""

NUMBER_FIELDS: tuple[str, ...] = ("quantity", "value_kzt", "location_radius_km")
"""The fields that hold numbers; all others hold text."""

OFF_BORDER: tuple[str, ...] = ("AIR", "POST", "UNKNOWN")
"""Where records go that belong to no border line: by air, by post, no border stated."""


@dataclass(frozen=True, slots=True)
class BorderCodes:
    """The codes that one country's border files define. An empty tuple: the file is absent, nothing is known.

    Attributes
    ----------
    neighbours
        Codes of the border lines (``RU`` … ``CASPIAN``), in the order of the file.
    regions
        ISO 3166-2 codes of the regions.
    crossings
        Ids of the crossings.
    """

    neighbours: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    crossings: tuple[str, ...] = ()

    @property
    def borders(self) -> tuple[str, ...]:
        """Every border that a record may belong to: the lines, then ``AIR``, ``POST``, ``UNKNOWN``."""
        return (*self.neighbours, *OFF_BORDER)


def read_border_codes(folder: str | Path | None = None) -> BorderCodes:
    """Read the codes of a country's border files, without their geometry.

    Parameters
    ----------
    folder
        Folder with ``borders.geojson``, ``regions.geojson`` and ``crossings.geojson``; the built-in one by
        default.

    Returns
    -------
    BorderCodes
        Codes in the order of the files; empty where a file is absent.
    """
    base = data_path("borders") if folder is None else Path(folder)
    return BorderCodes(
        neighbours=_values(base / "borders.geojson", "neighbour"),
        regions=_values(base / "regions.geojson", "region_code"),
        crossings=_values(base / "crossings.geojson", "id"),
    )


def _values(path: Path, name: str) -> tuple[str, ...]:
    # A search is ten times quicker than parsing all the coordinates for a handful of codes.
    if not path.is_file():
        return ()
    found = re.findall(rf'"{name}"\s*:\s*("(?:[^"\\]|\\.)*")', path.read_text(encoding="utf-8"))
    return tuple(dict.fromkeys(json.loads(value) for value in found))
