"""What must stand beside every number: what it means, and which records it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.incidents.reading import border_of, records_of_rows
from geo.incidents.selection import SELECTABLE, has_dates, in_period, left_out, rate_period, select

if TYPE_CHECKING:
    from collections.abc import Collection

    import geopandas as gpd

    from geo.incidents.reading import Kind
    from geo.incidents.selection import Selection

__all__ = ["BESIDE", "CAVEAT", "describe", "notes", "omissions"]

CAVEAT = "Recorded interceptions, not flows: what was found and reported."
_OF_REGISTER = "Rows of a register, not flows: what was recorded there."

_EVENLY = "The plain rate spreads records of an uncertain place evenly; the estimate puts them where records are."
BESIDE = {
    "segment": [_EVENLY],
    "region": [_EVENLY],
    "crossing": [_EVENLY],
    "agency": ["A record of several agencies counts once under each, so this column does not add up."],
}
"""What to know of a table by kind of row."""

_LEFT_OUT = {
    "refused": "were only refused entry, no smuggling alleged ({switch} brings them in)",
    "undated": "have no date, so no period can be told",
    "partly_outside": "may lie outside the period",
    "no_comparable_quantity": "state no quantity in that unit",
}


def notes(
    incidents: gpd.GeoDataFrame,
    selection: Selection,
    *,
    switch: str = "--include-refused",
    neighbours: Collection[str] | None = None,
    kind: Kind = "incidents",
) -> list[str]:
    """Sentences that go with a table or map of the selected incidents.

    Parameters
    ----------
    incidents
        All incidents.
    selection
        What was chosen of them.
    switch
        What a reader has to turn on to see the records that were merely refused entry.
    neighbours
        Codes of the border lines, as in :func:`geo.select`.
    kind
        As :class:`geo.Located` has it.

    Returns
    -------
    list of str
        What the numbers are, the period of the rates, what is counted but not rated, and what is left out.
    """
    chosen = select(incidents, selection, neighbours=neighbours)
    since, until = rate_period(incidents, selection)
    records = records_of_rows(chosen, kind)
    undated = int(records[chosen["date_start"].isna()].sum())
    outside = int(records.sum()) - undated - int(records[in_period(chosen, (since, until))].sum())
    unrated = [f"{undated:,} without a date"] if undated else []
    unrated += [f"{outside:,} dated wholly or partly outside"] if outside else []
    said = (
        [_OF_REGISTER, _of_register(chosen, int(records.sum()))]
        if kind == "rows"
        else [CAVEAT, "Uncertain places are shared out, so counts are expected numbers."]
    )
    if has_dates(incidents):
        rated = f"Rates count dated records from {since} to {until}."
        said.append(rated + (f" Counted, not rated: {' and '.join(unrated)}." if unrated else ""))
    else:
        said.append("No record has a date, so there is no rate.")
    return said + omissions(incidents, selection, switch=switch, neighbours=neighbours, kind=kind)


def omissions(
    incidents: gpd.GeoDataFrame,
    selection: Selection,
    *,
    switch: str = "--include-refused",
    neighbours: Collection[str] | None = None,
    kind: Kind = "incidents",
) -> list[str]:
    """Sentences on the records that a selection leaves out unasked, with parameters as :func:`notes` has them."""
    return [
        f"Left out: {count:,} that {_LEFT_OUT[why].format(switch=switch)}."
        for why, count in left_out(incidents, selection, neighbours=neighbours, kind=kind).items()
        if count
    ]


def _of_register(chosen: gpd.GeoDataFrame, rows: int) -> str:
    nowhere = int(chosen.loc[border_of(chosen).eq("UNKNOWN"), "rows"].sum())
    return (
        f"Totals of a register: {rows:,} rows, each counted for the border nearest to its point; {nowhere:,} of them "
        "count for none, having no point or one too far away."
    )


def describe(selection: Selection) -> str:
    """A selection in words; empty when everything is chosen.

    Examples
    --------
    >>> from geo.incidents.selection import Selection
    >>> describe(Selection(goods=("tobacco", "alcohol"), neighbour=("RU",)))
    'goods: tobacco, alcohol; neighbour: RU'
    """
    words = [
        f"{field.replace('_', ' ')}: {', '.join(values)}"
        for field in SELECTABLE
        if (values := getattr(selection, field))
    ]
    words += [f"{name} {day}" for name in ("since", "until") if (day := getattr(selection, name))]
    if selection.min_quantity:
        quantity, unit = selection.min_quantity
        words.append(f"at least {quantity:g} {unit}")
    return "; ".join(words)
