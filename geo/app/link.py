"""A view as a link: what is chosen, in codes that mean the same in every language."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from geo.errors import ShekaraError
from geo.incidents.months import month_end, month_start, months_of
from geo.incidents.selection import SELECTABLE, Selection, parse_min_quantity
from geo.summaries.grouping import KINDS
from geo.view import LANGUAGES
from geo.vocabulary import CONFIDENCES, DIRECTIONS, GOODS, MODES, OFF_BORDER, RECORDING_SIDES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from geo.border.frontier import Frontier

__all__ = ["COLOURS", "PAGES", "Query", "View", "read_link", "unknown_in_link", "values_of", "write_link"]

COLOURS = ("estimate", "rate")
PAGES = ("map", "borders", "incidents", "statements", "data", "article", "method")
_MOST_KEYS = 20  # of marks drawn as one
_LONGEST = 400
_FIELDS = {
    "goods": GOODS,
    "direction": DIRECTIONS,
    "mode": MODES,
    "recording_side": RECORDING_SIDES,
    "confidence": CONFIDENCES,
}

Query = dict[str, list[str]]


@dataclass(frozen=True)
class View:
    """What a reader sees: all that a link holds.

    Attributes
    ----------
    lang
        ``en``, ``ru`` or ``kk``.
    page
        One of :data:`PAGES`.
    chosen
        Values chosen of each field of :data:`geo.incidents.selection.SELECTABLE`; none means all.
    months
        First and last month of the period, as ``2024-07``; None: no limit.
    least
        Least quantity, as ``100 kg``; blank: no limit.
    refused
        Whether consignments that were merely refused entry are in.
    at
        Keys of what is chosen on the map or in a table, as :func:`geo.view.choose_place` reads them.
    colour
        ``estimate`` or ``rate``.
    regions
        Whether regions are shaded.
    by
        What the summary has its rows for.
    search
        Text sought among the incidents.
    own
        Whether the view is of the reader's own data.
    """

    lang: str = "en"
    page: str = "map"
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    months: tuple[str, str] | None = None
    least: str = ""
    refused: bool = False
    at: tuple[str, ...] = ()
    colour: str = "estimate"
    regions: bool = False
    by: str = "border"
    search: str = ""
    own: bool = False

    @property
    def selection(self) -> Selection:
        """The filters, as ``geo`` takes them."""
        since, until = self.months or (None, None)
        return Selection(
            **{name: tuple(self.chosen.get(name, ())) for name in SELECTABLE},
            since=None if since is None else month_start(since),
            until=None if until is None else month_end(until),
            min_quantity=parse_min_quantity(self.least) if self.least else None,
            include_refused=self.refused,
        )

    def without_filters(self) -> View:
        """The same view of all records."""
        return replace(self, chosen={}, months=None, least="", refused=False)


def values_of(incidents: gpd.GeoDataFrame, frontier: Frontier) -> dict[str, tuple[str, ...]]:
    """Every value that each field of a selection can have in these data."""
    borders = dict.fromkeys([*frontier.borders.index, *sorted(set(incidents["neighbour"]) - {""}), *OFF_BORDER])
    agencies = incidents["agency"].str.split("; ").explode()
    return {**_FIELDS, "neighbour": tuple(borders), "agency": tuple(sorted(set(agencies) - {""}))}


def read_link(query: Mapping[str, Sequence[str]], incidents: gpd.GeoDataFrame, frontier: Frontier) -> View:
    """Read a link's query; what it says wrongly, or what these data do not have, is left out.

    Parameters
    ----------
    query
        Name → values, as in ``?goods=tobacco&goods=food&lang=ru``.
    incidents, frontier
        The data that the view is of.
    """
    known = values_of(incidents, frontier)
    one = {name: values[-1].strip() for name, values in query.items() if values}
    lang, page, colour, by = (one.get(name, "") for name in ("lang", "page", "colour", "by"))
    default = View()
    return View(
        lang=lang if lang in LANGUAGES else default.lang,
        page=page if page in PAGES else default.page,
        chosen={
            name: values
            for name in SELECTABLE
            if (values := tuple(dict.fromkeys(value for value in query.get(name, ()) if value in known[name])))
        },
        months=_read_months(one.get("since", ""), one.get("until", ""), months_of(incidents)),
        least=_read_least(one.get("least", "")),
        refused=one.get("refused") == "1",
        at=tuple(dict.fromkeys(key for key in query.get("at", ()) if 0 < len(key) <= _LONGEST))[:_MOST_KEYS],
        colour=colour if colour in COLOURS else default.colour,
        regions=one.get("regions") == "1",
        by=by if by in KINDS else default.by,
        search=one.get("q", "")[:_LONGEST],
        own=one.get("data") == "own",
    )


def unknown_in_link(query: Mapping[str, Sequence[str]], incidents: gpd.GeoDataFrame, frontier: Frontier) -> list[str]:
    """What a link's filters ask for that these data do not have, as it stands there: ``goods=gold``."""
    known = values_of(incidents, frontier)
    return [f"{name}={value}" for name in SELECTABLE for value in query.get(name, ()) if value not in known[name]]


def write_link(view: View) -> Query:
    """The query of a view: the language, and whatever differs from the plain view.

    Examples
    --------
    >>> write_link(View(lang="kk", chosen={"goods": ("tobacco",)}, at=("border:RU",)))
    {'lang': ['kk'], 'goods': ['tobacco'], 'at': ['border:RU']}
    """
    since, until = view.months or ("", "")
    plain = View()
    query: Query = {"lang": [view.lang], "page": [view.page if view.page != plain.page else ""]}
    query |= {name: list(view.chosen.get(name, ())) for name in SELECTABLE}
    query |= {
        "since": [since],
        "until": [until],
        "least": [view.least],
        "refused": ["1" if view.refused else ""],
        "colour": [view.colour if view.colour != plain.colour else ""],
        "regions": ["1" if view.regions else ""],
        "by": [view.by if view.by != plain.by else ""],
        "q": [view.search],
        "at": list(view.at),
        "data": ["own" if view.own else ""],
    }
    return {name: values for name, values in query.items() if any(values)}


def _read_months(since: str, until: str, months: tuple[str, ...]) -> tuple[str, str] | None:
    """Both ends among the months of the data; None where they leave nothing out, or make no sense."""
    first = since[:7] if since[:7] in months else months[0]
    last = until[:7] if until[:7] in months else months[-1]
    if first > last or not (since or until) or (first, last) == (months[0], months[-1]):
        return None
    return first, last


def _read_least(text: str) -> str:
    if not text:
        return ""
    try:
        amount, unit = parse_min_quantity(text)
        Selection(min_quantity=(amount, unit))
    except ShekaraError:
        return ""
    return f"{amount:.12g} {unit}" if amount else ""
