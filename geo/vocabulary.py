"""The words that the data may use: goods, units, directions, modes, precisions."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "CLUES",
    "CONFIDENCES",
    "DATE_BASES",
    "DATE_PRECISIONS",
    "DIRECTIONS",
    "DRAFT",
    "FAMILIES",
    "FAMILY_OF",
    "FIELDS",
    "FORMER_FIELDS",
    "FORMER_WORDS",
    "GOODS",
    "LOCATION_PRECISIONS",
    "MODES",
    "NUMBER_FIELDS",
    "OFF_BORDER",
    "OUTCOME_CLASSES",
    "RECORDING_SIDES",
    "UNITS",
    "Family",
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
DIRECTIONS: tuple[str, ...] = ("inbound", "outbound", "transit", "unknown")
MODES: tuple[str, ...] = ("road", "rail", "foot", "tunnel", "water", "pipeline", "air", "post", "unknown")
DATE_PRECISIONS: tuple[str, ...] = ("day", "month", "year", "unknown")
DATE_BASES: tuple[str, ...] = ("event", "publication", "inferred", "none")
LOCATION_PRECISIONS: tuple[str, ...] = ("crossing", "locality", "district", "region", "border", "country")
OUTCOME_CLASSES: tuple[str, ...] = ("seized", "case_opened", "convicted", "refused_entry", "unknown")
CONFIDENCES: tuple[str, ...] = ("high", "medium", "low")
CLUES: tuple[str, ...] = ("named", "outside", "train", "checkpoint", "silent")
"""What a record says of how the border was crossed: at a named crossing's cell; outside a checkpoint; by rail or at a
checkpoint, none named; nothing."""

RECORDING_SIDES: tuple[str, ...] = ("home", "neighbour", "both", "other", "unknown")

DRAFT = "draft"
"""The status of what a tool proposes and nobody has confirmed; no reader of incidents or statements takes it."""

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
    "value_home",
    "currency",
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
    "archive_url",
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
    "clue_words",
)
"""The fields of an incident beside its place, in their order."""

NUMBER_FIELDS: tuple[str, ...] = ("quantity", "value_home", "location_radius_km")
"""The fields that hold numbers; all others hold text."""

FORMER_FIELDS: dict[str, str] = {"value_kzt": "value_home"}
"""Name of a field in schema 1 → its name; read for ever, written never."""

FORMER_WORDS: dict[str, dict[str, str]] = {
    "direction": {"into_kz": "inbound", "out_of_kz": "outbound"},
    "recording_side": {"kazakhstan": "home"},
}
"""Field → its words in schema 1 → those of today; read for ever, written never."""

OFF_BORDER: tuple[str, ...] = ("AIR", "POST", "UNKNOWN")
"""Where records go that belong to no border line: by air, by post, no border stated."""
