"""Each filter said once: its field, its words, its name in a link, what it takes, and where it stands.

The command line, the app, the page and the sentences about a selection ask here; none keeps a list of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from geo.vocabulary import (
    CLUES,
    CONFIDENCES,
    DIRECTIONS,
    FORMER_WORDS,
    GOODS,
    MODES,
    OFF_BORDER,
    RECORDING_SIDES,
    UNITS,
)

__all__ = [
    "CHOSEN_COLUMNS",
    "FACETS",
    "LONGEST_WORDS",
    "SEARCHED",
    "SELECTABLE",
    "WEIGHTS",
    "Facet",
    "facet",
    "facets_of",
    "pack_facets",
]

Kind = Literal["choices", "day", "quantity", "flag", "text"]
Stand = Literal["", "rail", "more", "list", "link"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One filter.

    Attributes
    ----------
    field
        Its name on the command line, in a selection and in a link.
    kind
        ``choices`` (values that are alternatives, each may be repeated), ``day`` (one end of the period), ``quantity``,
        ``flag`` or ``text``.
    word
        Key of its name in the catalogue.
    page, app
        Where it stands there: in the ``rail``, under ``more``, over the ``list``, in a ``link`` alone; blank: nowhere.
    option
        What the command line says of it; blank: the command line doesn't have it.
    old
        Names that it had in links, still read.
    column
        Column of a placed record that holds its values, where that is not named like the field.
    value_word
        What the keys of its values' words begin with.
    vocabulary
        The values that it can have; blank where the data tell.
    parted
        Whether a record may have several values, with ``"; "`` between them.
    searched
        Whether a search reads the word of a record's value.
    in_totals
        Whether a register's totals tell it.
    """

    field: str
    kind: Kind
    word: str
    page: Stand = ""
    app: Stand = ""
    option: str = ""
    old: tuple[str, ...] = ()
    column: str = ""
    value_word: str = ""
    vocabulary: tuple[str, ...] = ()
    parted: bool = False
    searched: bool = False
    in_totals: bool = False

    @property
    def of_record(self) -> str:
        """Column of a placed record that holds its values."""
        return self.column or self.field

    @property
    def repeated(self) -> bool:
        """Whether it takes several values."""
        return self.kind == "choices"

    @property
    def former(self) -> dict[str, str]:
        """Words of the first schema for its values, read for ever → those of today."""
        return FORMER_WORDS.get(self.field, {})

    @property
    def names(self) -> tuple[str, ...]:
        """Names that a link may call it by, the one that is written first."""
        return (self.field, *self.old)


FACETS: tuple[Facet, ...] = (
    Facet(
        field="goods", kind="choices", word="goods", page="rail", app="rail", option="Goods category; may be repeated.",
        value_word="goods", vocabulary=GOODS, searched=True, in_totals=True,
    ),
    Facet(
        field="neighbour", kind="choices", word="border", page="rail", app="rail",
        option="Border line (RU …), AIR, POST or UNKNOWN; may be repeated.", old=("border",), column="border",
        value_word="neighbour", searched=True, in_totals=True,
    ),
    Facet(
        field="since", kind="day", word="period", page="rail", app="rail",
        option="First day of the period: YYYY-MM-DD, or a month or year that begins with it.", in_totals=True,
    ),
    Facet(
        field="until", kind="day", word="period", page="rail", app="rail",
        option="Last day of the period: YYYY-MM-DD, or a month or year that ends with it.", in_totals=True,
    ),
    Facet(
        field="direction", kind="choices", word="field.direction", page="more", app="more",
        option="Direction; may be repeated.", value_word="direction", vocabulary=DIRECTIONS,
    ),
    Facet(
        field="mode", kind="choices", word="field.mode", page="more", app="more",
        option="Mode of transport; may be repeated.", value_word="mode", vocabulary=MODES,
    ),
    Facet(
        field="clue", kind="choices", word="field.clue", page="more", app="more",
        option="What it says of how the border was crossed; may be repeated.", value_word="clue", vocabulary=CLUES,
    ),
    Facet(
        field="confidence", kind="choices", word="field.confidence", page="more", app="more",
        option="Confidence in the record; may be repeated.", value_word="confidence", vocabulary=CONFIDENCES,
    ),
    Facet(
        field="recording_side", kind="choices", word="field.side", page="more", app="more",
        option="Who recorded it; may be repeated.", value_word="side", vocabulary=RECORDING_SIDES,
    ),
    Facet(
        field="agency", kind="choices", word="field.agency", page="link", app="more",
        option="Agency, whole name; may be repeated.", value_word="agency", parted=True,
    ),
    Facet(
        field="min_quantity", kind="quantity", word="least", page="link", app="more",
        option="Least quantity with its unit: '100 kg'.", old=("least",),
    ),
    Facet(
        field="include_refused", kind="flag", word="refused", page="rail", app="rail",
        option="Bring in consignments that were only refused entry.", old=("refused",), in_totals=True,
    ),
    Facet(field="undated", kind="flag", word="undated", page="rail"),
    Facet(field="words", kind="text", word="search", page="rail", app="list", old=("q",)),
)  # fmt: skip
"""Every filter, in the order of the panels and of a selection in words."""

SELECTABLE: tuple[str, ...] = tuple(facet.field for facet in FACETS if facet.kind == "choices")
"""The fields of a selection that hold chosen values."""

CHOSEN_COLUMNS: tuple[str, ...] = tuple(facet.of_record for facet in FACETS if facet.kind == "choices")
"""Columns of a placed record that hold values to choose."""

SEARCHED: tuple[str, ...] = (
    "id", "title", "goods_description", "place_name", "region_name", "agency", "concealment", "outcome", "value_text",
    "source_publisher", "date",
)  # fmt: skip
"""Texts of a record that a search reads, beside its heading and the words of the facets that are ``searched``."""

LONGEST_WORDS = 200
"""Most letters of what is sought."""

WEIGHTS: dict[str, float] = {"kg": 1.0, "t": 1000.0}
"""Units of weight, which a least quantity takes as one → kilograms."""

_SAVED = (
    "id", "title", "date", "date_precision", "goods", "goods_description", "quantity", "unit", "direction", "border",
    "mode", "place_name", "region_code", "crossing_id", "location_precision", "radius", "agency", "recording_side",
    "outcome_class", "confidence", "source_publisher", "source_url", "other_urls",
)  # fmt: skip
_BY_FIELD = {facet.field: facet for facet in FACETS}


def facet(field: str) -> Facet:
    """Look a filter up by its field.

    Raises
    ------
    KeyError
        When there is no such filter.

    Examples
    --------
    >>> facet("recording_side").word
    'field.side'
    """
    return _BY_FIELD[field]


def facets_of(kind: Kind, *, app: Stand = "") -> tuple[Facet, ...]:
    """Filters of a kind, in order; where ``app`` is given, those that stand there in the app.

    Examples
    --------
    >>> [facet.field for facet in facets_of("choices", app="rail")]
    ['goods', 'neighbour']
    """
    return tuple(facet for facet in FACETS if facet.kind == kind and app in ("", facet.app))


def pack_facets() -> dict[str, Any]:
    """Pack what the page has to know of its filters.

    Returns
    -------
    dict
        ``facets`` in order, ``searched`` texts, ``longest_words``, ``units`` and ``weights`` of a least quantity, what
        stands for a border ``off_border``, and the columns of the records ``saved`` as a table.
    """
    return {
        "facets": [
            {
                "field": one.field,
                "names": list(one.names),
                "former": one.former,
                "kind": one.kind,
                "word": one.word,
                "stands": one.page,
                "column": one.of_record,
                "value": one.value_word,
                "parted": one.parted,
                "searched": one.searched,
            }
            for one in FACETS
            if one.page
        ],
        "searched": list(SEARCHED),
        "longest_words": LONGEST_WORDS,
        "units": list(UNITS),
        "weights": WEIGHTS,
        "off_border": list(OFF_BORDER),
        "saved": list(_SAVED),
    }
