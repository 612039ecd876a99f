"""Tables: recorded incidents per border, segment, region, crossing, goods, agency and year.

Uncertain places are shared out, so a segment's count is an expected number; everything adds up to the number of
incidents, and what belongs to no border has rows of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from geo.incidents import selection
from geo.language.numbers import round_half_up
from geo.summaries.grouping import KINDS, Groups, group, indicator
from geo.vocabulary import RECORDING_SIDES

if TYPE_CHECKING:
    from datetime import date

    from geo.estimate.risk import Risk
    from geo.incidents.placing import Located

__all__ = ["ESTIMATED", "KINDS", "in_period", "quantities", "reports_by_year", "summarize"]

_WHOLE = 0.99
_LIKELY = 0.5
_TOP = 3
_CHANCE = {"border": "p_highest", "region": "p_highest", "segment": "p_top5", "crossing": "p_top5"}
ESTIMATED = tuple(_CHANCE)
"""The kinds of rows for which there is an estimate."""
_SHOWN = 0.05  # an expected number below this is written as nothing


def summarize(
    located: Located, risk: Risk | None = None, *, by: str = "border", period: tuple[date, date] | None = None
) -> pd.DataFrame:
    """One row a border, segment, region, crossing, goods category, agency or year.

    Parameters
    ----------
    located
        Incidents on the border, already filtered.
    risk
        The estimate of the same incidents; without it, no estimate stands in the table.
    by
        One of ``KINDS``.
    period
        First and last day that the rate is for; it counts the incidents whose whole span lies inside. By default
        that of the estimate, else that of :func:`geo.incidents.selection.rate_period`.

    Returns
    -------
    DataFrame
        The key and name first, then ``incidents`` (expected number, all dates), ``incidents_whole`` (those that
        lie there for certain), ``incidents_dated`` (those that the rate counts), ``per_100km_year`` (the plain
        rate), the lengths, and the shares and lists that the row's kind allows. With an estimate, rows on the land
        border have ``estimate`` (posterior median), ``low90``, ``high90`` and ``mean``, all in ``figure_unit`` (a
        crossing's is incidents a year), ``at_per_year`` and, of stretches, ``between_per_100km_year``; ``p_highest``
        (borders and regions) or ``p_top5`` (segments and crossings), ``rank``, ``rank_low90`` and ``rank_high90``;
        borders also what :mod:`geo.estimate.shares` tells of them.
        An incident of several agencies counts once under each.

    Raises
    ------
    UnknownValueError
        When ``by`` is none of the kinds.
    """
    groups = group(located, by)
    incidents = located.incidents
    groups, whole = _by_count(groups, located), groups.share >= _WHOLE
    share = groups.share
    if period is None and risk is not None:
        period = risk.period
    dated = in_period(located, period).to_numpy(float)
    table = groups.labels.copy()
    table["incidents"] = share.sum(axis=1)
    table["incidents_whole"] = (whole @ located.counts).astype(int)
    table["incidents_dated"] = share @ dated
    if "length_km" in table:
        table["per_100km_year"] = _rate(located, by, table, dated, period)
    if risk is not None and by in _CHANCE:
        table = table.join(_estimate(risk, by))
    if risk is not None and by == "border":
        table = table.join(_beside(risk, located))
    spread = incidents["spread"]
    for name, placed in (
        ("at_crossings", spread.eq("crossing")),
        ("between_crossings", spread.eq("kernel")),
        ("place_vague", spread.isin(["region", "border"])),
    ):
        table[f"{name}_share"] = _portion(share, placed, spread.ne("nearest"))
    for side in RECORDING_SIDES:
        table[f"recorded_by_{side}_share"] = _portion(share, incidents["recording_side"].eq(side))
    table["top_goods"] = _top_goods(located, groups)
    if by == "border":
        table["busiest_segment"], table["busiest_segment_name"] = _busiest(located, risk, table.index)
    table["latest"] = _latest(located, groups)
    table["reports_by_year"] = _in_words(_by_year(located, groups))
    table["quantities"] = _amounts(located, groups)
    return table


def in_period(located: Located, period: tuple[date, date] | None) -> pd.Series:
    """Incidents that a rate counts: dated, with the whole span that the date may mean inside the period."""
    return selection.in_period(located.incidents, _period(located, period))


def reports_by_year(located: Located, *, by: str = "border") -> pd.DataFrame:
    """Expected number of dated incidents, one row per group and a column per year without gaps."""
    return _by_year(located, _by_count(group(located, by), located))


def quantities(located: Located, *, by: str = "border") -> pd.DataFrame:
    """Quantities totalled per group, goods and unit.

    Returns
    -------
    DataFrame
        Columns: the key, ``goods``, ``unit``, ``quantity`` (expected sum), ``incidents`` (expected number that
        state a quantity in this unit).
    """
    groups = group(located, by)
    table = _quantities(located, groups)
    if by == "goods":  # the group is the goods
        return table.drop(columns="group")
    return table.rename(columns={"group": groups.labels.index.name})


def _period(located: Located, period: tuple[date, date] | None) -> tuple[date, date]:
    if period is not None:
        return period
    return selection.rate_period(located.incidents, selection.Selection())


def _by_count(groups: Groups, located: Located) -> Groups:
    """The same with each incident's share as many times as it stands for records."""
    if located.kind == "incidents":
        return groups
    return groups._replace(share=csr_array(groups.share.multiply(located.counts[None, :])))


def _portion(share: csr_array, chosen: pd.Series, among: pd.Series | None = None) -> np.ndarray:
    """The chosen incidents' share of each row, or of some of it; NaN where the row has none."""
    total = share.sum(axis=1) if among is None else share @ among.to_numpy(float)
    portion: np.ndarray = np.divide(
        share @ chosen.to_numpy(float), total, out=np.full(len(total), np.nan), where=total > 0
    )
    return portion


def _rate(
    located: Located, by: str, table: pd.DataFrame, dated: np.ndarray, period: tuple[date, date] | None
) -> pd.Series:
    years = selection.years_of(_period(located, period))
    if by == "region":
        # A region's rate is that of its stretch of the land border, not of all that is recorded in it.
        cells = located.per_cell(dated)[located.frontier.land_cells.index]
        number = cells.groupby(located.frontier.land_cells["region_code"]).sum().reindex(table.index)
    else:
        number = table["incidents_dated"]
    rate: pd.Series = number / (table["length_km"] / 100 * years)
    return rate


def _top_goods(located: Located, groups: Groups) -> list[str]:
    goods = located.incidents["goods"]
    kinds = pd.Index(sorted(goods.unique()))
    counts = groups.share @ indicator(goods, kinds).T
    return [
        ", ".join(f"{kinds[k]} {_round(row[k])}" for k in np.argsort(-row, kind="stable")[:_TOP] if row[k] >= _SHOWN)
        for row in np.asarray(counts.todense())
    ]


def _estimate(risk: Risk, by: str) -> pd.DataFrame:
    """The columns that an estimate adds."""
    from geo.estimate.risk import aggregate  # noqa: PLC0415  (only where there is an estimate)

    columns = ["estimate", "low90", "high90", "mean", "figure_unit", "at_per_year", "between_per_100km_year"]
    columns += [_CHANCE[by], "rank", "rank_low90", "rank_high90"]
    table = aggregate(risk, by=by)
    return table[[name for name in columns if name in table]]


def _beside(risk: Risk, located: Located) -> pd.DataFrame:
    """The share recorded outside checkpoints, and rates and ranks by either side's records, of each land border."""
    from geo.estimate.shares import by_side, outside_share  # noqa: PLC0415  (only where there is an estimate)

    return outside_share(risk, located).join(by_side(located, risk.period), how="inner")


def _busiest(located: Located, risk: Risk | None, borders: pd.Index) -> tuple[list[str], list[str]]:
    """Of the segments with records, that of the highest estimate, or number per kilometre where there is none."""
    segments = located.frontier.segments
    number = located.per_cell().groupby(located.frontier.cells["segment"]).sum().reindex(segments.index)
    density = number / segments["length_km"]
    if risk is not None:
        density = _estimate(risk, "segment")["estimate"].reindex(segments.index).fillna(density)
    names = []
    for border in borders:
        own = density[segments["neighbour"].eq(border) & number.gt(0)]
        names.append(own.idxmax() if len(own) else "")
    return names, [segments["name"].get(segment, "") for segment in names]


def _latest(located: Located, groups: Groups) -> list[str]:
    start = located.incidents["date_start"].to_numpy()
    dates = located.incidents["date"].to_numpy()
    latest = []
    for row in range(len(groups.labels)):
        members = groups.share.indices[groups.share.indptr[row] : groups.share.indptr[row + 1]]
        members = members[~np.isnat(start[members])]
        latest.append(str(dates[members[np.argmax(start[members])]]) if len(members) else "")
    return latest


def _by_year(located: Located, groups: Groups) -> pd.DataFrame:
    start = located.incidents["date_start"]
    year = start.dt.year.fillna(0).astype(int)
    seen = year[year > 0]
    years = pd.RangeIndex(seen.min(), seen.max() + 1) if len(seen) else pd.RangeIndex(0)
    counts = groups.share @ indicator(year, years).T
    return pd.DataFrame(np.asarray(counts.todense()), index=groups.labels.index, columns=years)


def _quantities(located: Located, groups: Groups) -> pd.DataFrame:
    incidents = located.incidents
    stated = incidents["quantity"].notna().to_numpy()
    kind = incidents["goods"] + "\x00" + incidents["unit"]
    kinds = pd.Index(sorted(kind[stated].unique()))
    of_kind = indicator(kind.where(stated, "\x01"), kinds).T
    amount = incidents["quantity"].fillna(0).to_numpy()[:, None] * of_kind
    total = np.asarray((groups.share @ csr_array(amount)).todense())
    number = np.asarray((groups.share @ of_kind).todense())
    row, column = np.nonzero(number)
    goods, unit = (kinds[column].str.split("\x00").str[part] for part in (0, 1))
    return pd.DataFrame(
        {
            "group": groups.labels.index[row],
            "goods": goods,
            "unit": unit,
            "quantity": total[row, column],
            "incidents": number[row, column],
        }
    )


def _amounts(located: Located, groups: Groups) -> pd.Series:
    """The quantities of each row in words."""
    table = _quantities(located, groups)
    # Where less than half a record is expected, its quantity says nothing about the place.
    table = table[table["incidents"] >= _LIKELY]
    words = table["goods"] + " " + table["quantity"].map(_round) + " " + table["unit"]
    return words.groupby(table["group"]).agg(", ".join).reindex(groups.labels.index).fillna("")


def _in_words(counts: pd.DataFrame) -> pd.Series:
    def words(row: pd.Series) -> str:
        return ", ".join(f"{year}: {_round(number)}" for year, number in row.items() if number >= _SHOWN)

    return pd.Series([words(row) for _, row in counts.iterrows()], index=counts.index, dtype=object)


def _round(number: float) -> str:
    """A number of incidents or goods: whole where it is whole, else one decimal."""
    whole = abs(number - round(number)) < _SHOWN
    return f"{round_half_up(number):.0f}" if whole else f"{round_half_up(number, 1):.1f}"
