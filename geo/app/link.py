"""A view as a link: what is chosen, in codes that mean the same in every language."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from geo.errors import ShekaraError
from geo.facets import FACETS, LONGEST_WORDS, SELECTABLE, facet
from geo.incidents.months import first_day, last_day, months_of
from geo.incidents.selection import Selection, known_values, parse_min_quantity
from geo.summaries.grouping import KINDS
from geo.view import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from geo.border.frontier import Frontier

__all__ = ["COLOURS", "PAGES", "SCOPES", "Query", "View", "read_link", "unknown_in_link", "write_link"]

COLOURS = ("estimate", "rate")
SCOPES = ("own", "both", "builtin")
PAGES = ("map", "borders", "incidents", "statements", "data", "desk", "article", "method")
_MOST_KEYS = 20  # of marks drawn as one
_LONGEST = 400
Query = dict[str, list[str]]


@dataclass(frozen=True)
class View:
    """View of a reader: all that a link holds.

    ``chosen`` are values of each field of :data:`geo.facets.SELECTABLE`, none meaning all; ``months`` the first and
    last of the period, as ``2024-07``; ``least`` a quantity, as ``100 kg``; ``at`` keys of what is chosen, as
    :func:`geo.view.choose_place` reads them; ``records`` whether they are marked at any zoom; ``by`` what the
    summary has its rows for; ``search`` text sought among the incidents; ``data`` whose records, one of
    :data:`SCOPES`, blank for the built-in ones, or the desk's beside one; ``spot`` where the map was opened:
    latitude, longitude, zoom.
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
    records: bool = False
    by: str = "border"
    search: str = ""
    data: str = ""
    spot: tuple[float, ...] = ()

    @property
    def selection(self) -> Selection:
        """The filters, as ``geo`` takes them."""
        since, until = self.months or (None, None)
        return Selection(
            **{name: tuple(self.chosen.get(name, ())) for name in SELECTABLE},
            since=None if since is None else first_day(since),
            until=None if until is None else last_day(until),
            min_quantity=parse_min_quantity(self.least) if self.least else None,
            include_refused=self.refused,
        )

    def without_filters(self) -> View:
        """The same view of all records."""
        return replace(self, chosen={}, months=None, least="", refused=False)


def read_link(query: Mapping[str, Sequence[str]], incidents: gpd.GeoDataFrame, frontier: Frontier) -> View:
    """Read a link's query, as ``?goods=tobacco&goods=food&lang=ru``; what these data do not have is left out."""
    one = {name: values[-1].strip() for name, values in query.items() if values}
    lang, page, colour, by = (one.get(name, "") for name in ("lang", "page", "colour", "by"))
    default = View()
    return View(
        lang=lang if lang in LANGUAGES else default.lang,
        page=page if page in PAGES else default.page,
        chosen={name: known for name in SELECTABLE if (known := _values_asked(query, name, incidents, frontier)[0])},
        months=_read_months(_last(one, "since"), _last(one, "until"), months_of(incidents)),
        least=_read_least(_last(one, "min_quantity")),
        refused=_last(one, "include_refused") == "1",
        at=tuple(dict.fromkeys(key for key in query.get("at", ()) if 0 < len(key) <= _LONGEST))[:_MOST_KEYS],
        colour=colour if colour in COLOURS else default.colour,
        regions=one.get("regions") == "1",
        records=one.get("records") == "1",
        by=by if by in KINDS else default.by,
        search=_last(one, "words")[:LONGEST_WORDS].strip(),
        data=one.get("data", "") if one.get("data") in SCOPES else "",
        spot=_read_spot(one.get("map", "")),
    )


def unknown_in_link(query: Mapping[str, Sequence[str]], incidents: gpd.GeoDataFrame, frontier: Frontier) -> list[str]:
    """Filters of a link that are not shown as asked, as they stand there: ``goods=gold``.

    Values that these data do not have, filters that only the page has, a least quantity that is none, and an end of
    the period that is none of these months, or lies within one: the app shows whole months.
    """
    one = {name: values[-1].strip() for name, values in query.items() if values}
    missed = [f"{name}={value}" for name in SELECTABLE for value in _values_asked(query, name, incidents, frontier)[1]]
    months = months_of(incidents)
    missed += [
        f"{name}={text}" for name in ("since", "until") if (text := _last(one, name)) and not _whole(name, text, months)
    ]
    least = _last(one, "min_quantity")
    missed += [f"min_quantity={least}"] if least and not _read_least(least) else []
    return missed + [f"{other.field}={one[other.field]}" for other in FACETS if not other.app and one.get(other.field)]


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
        "min_quantity": [view.least],
        "include_refused": ["1" if view.refused else ""],
        "colour": [view.colour if view.colour != plain.colour else ""],
        "regions": ["1" if view.regions else ""],
        "records": ["1" if view.records else ""],
        "by": [view.by if view.by != plain.by else ""],
        "words": [view.search],
        "at": list(view.at),
        "data": [view.data],
        "map": [",".join(f"{number:.12g}" for number in view.spot)],
    }
    return {name: values for name, values in query.items() if any(values)}


def _last(one: Mapping[str, str], field: str) -> str:
    """Last word of a link on a filter, under the name of today before all old ones."""
    return next((one[name] for name in facet(field).names if one.get(name)), "")


def _values_asked(
    query: Mapping[str, Sequence[str]], field: str, incidents: gpd.GeoDataFrame, frontier: Frontier
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The values of a field that a link asks for, those that the data have and those that they don't.

    A value a name, as they are written today, or several with commas between, as they once were.
    """
    known = known_values(incidents, field, frontier.borders.index)
    asked = [value for name in facet(field).names for value in query.get(name, ())]
    split = [part for value in asked for part in ([value] if value in known else value.split(","))]
    split = [facet(field).former.get(value, value) for value in split]
    return (
        tuple(dict.fromkeys(value for value in split if value in known)),
        tuple(dict.fromkeys(value for value in split if value not in known)),
    )


def _read_months(since: str, until: str, months: tuple[str, ...]) -> tuple[str, str] | None:
    """Both ends among the months of the data; None where they leave nothing out, or make no sense."""
    first = _month_in("since", since, months) or months[0]
    last = _month_in("until", until, months) or months[-1]
    if first > last or (first, last) == (months[0], months[-1]):
        return None
    return first, last


def _month_in(name: str, text: str, months: tuple[str, ...]) -> str:
    """The month in which an end of a period lies; a year that the data begin or end in is as long as they are."""
    try:
        month = str((first_day if name == "since" else last_day)(text))[:7]
    except ValueError:
        return ""
    if month not in months and len(text) == len("2024") and text in {one[:4] for one in months}:
        return months[0] if name == "since" else months[-1]
    return month if month in months else ""


def _whole(name: str, text: str, months: tuple[str, ...]) -> bool:
    """Whether an end of a period is the very end of a month of the data."""
    month = _month_in(name, text, months)
    if not month:
        return False
    edge = first_day if name == "since" else last_day
    return len(text) == len("2024") or edge(text) == edge(month)


def _read_spot(text: str) -> tuple[float, ...]:
    """Where a link has the map: ``48.2,66.9,5.5``; nothing where it makes no sense."""
    try:
        lat, lon, zoom = map(float, text.split(","))
    except ValueError:
        return ()
    return (lat, lon, zoom) if abs(lat) <= 90 and abs(lon) <= 180 and 0 <= zoom <= 20 else ()  # noqa: PLR2004


def _read_least(text: str) -> str:
    if not text:
        return ""
    try:
        amount, unit = parse_min_quantity(text)
        Selection(min_quantity=(amount, unit))
    except ShekaraError:
        return ""
    return f"{amount:.12g} {unit}" if amount else ""
