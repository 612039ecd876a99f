"""Change in what is recorded: rates of two periods of whole years, by border and by recording side.

Never of a stretch or a crossing: their counts are too small. A change may come from smuggling, from watching, or from
reporting; by whose records it shows tells some of that.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from scipy.special import betaincinv, gammaln, pdtrik, xlogy

from geo.errors import ShekaraError
from geo.incidents.selection import RATES_SINCE, Selection, in_period, rate_period

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.incidents.placing import Located

    Floats = NDArray[np.float64]

__all__ = [
    "Years", "compare_periods", "default_years", "dispersion_of", "latest_years", "power_of_doubling", "ratio_interval",
]  # fmt: skip

FEW = 3.0
"""Records a year in the earlier period under which a change that can't be told is called too few to tell."""

_LEVEL, _LEAST = 0.9, 1e-9
_SIDES = ("home", "neighbour")


class Years(NamedTuple):
    """Two periods of whole years, first and last year of each, both included."""

    since: int
    until: int
    against_since: int
    against_until: int

    @property
    def later(self) -> int:
        """Years in the later period."""
        return self.until - self.since + 1

    @property
    def earlier(self) -> int:
        """Years in the earlier one."""
        return self.against_until - self.against_since + 1


def latest_years(located: Located) -> Years | None:
    """The default years; None where the records reach over no two periods of full ones, and nothing can be compared."""
    try:
        return default_years(located)
    except ShekaraError:
        return None


def default_years(located: Located, since: int | None = None, against: tuple[int, int] | None = None) -> Years:
    """The last two full years against those from 2015, or as asked for: ``against`` ends before ``since`` begins.

    ``located`` is unfiltered: its newest incident tells the last full year. A :class:`ShekaraError` says when a period
    holds no full year, or the two overlap.
    """
    until = rate_period(located.incidents, Selection())[1]
    full = until.year if (until.month, until.day) == (12, 31) else until.year - 1
    since = full - 1 if since is None else since
    first, last = against or (RATES_SINCE.year, since - 1)
    if since > full:
        raise ShekaraError(f"since {since}: the last full year on record is {full}")
    if first > last:
        raise ShekaraError(f"against {first}..{last}: the first year comes after the last")
    if last >= since:
        raise ShekaraError(f"against {first}..{last}: it must end before {since}, where the later period begins")
    return Years(since, full, first, last)


def compare_periods(located: Located, years: Years) -> pd.DataFrame:
    """Ratio of recorded rates between two periods, per border, in all and by recording side.

    Parameters
    ----------
    located
        Incidents on the border, already filtered but for their period.
    years
        From :func:`default_years`.

    Returns
    -------
    DataFrame
        Index ``key``: ``all``, the borders in order, then ``home`` and ``neighbour`` for who recorded.
        ``records`` and ``against_records``, ``a_year`` and ``against_a_year``; ``ratio`` of the two (NaN where the
        earlier period has none, and ``high90`` too), ``low90`` and ``high90`` with each side's distance from the
        ratio in logs times √dispersion; ``dispersion``, at least one: variance over mean of the selection's yearly
        counts on all land
        borders; ``doubling_shows``, where too few tell, the share of cases in which a doubling would show; ``word``:
        rose, fell, cannot tell, too few to tell, no records (the interval is then blank); ``side``, the one whose
        records alone show a rise or fall, in the row of all (blank elsewhere).

    References
    ----------
    Brown, L. D., Cai, T. T. and DasGupta, A. (2001). Interval estimation for a binomial proportion. Statistical
    Science 16, 101-133 (Jeffreys' interval).
    """
    land = located.frontier.borders.index[located.frontier.borders["kind"].eq("land")]
    border, side = (located.incidents[name].to_numpy(object) for name in ("border", "recording_side"))
    counts = np.where(np.isin(border, land), located.counts, 0.0)

    def inside(first: int, last: int) -> Floats:
        return counts * in_period(located.incidents, (date(first, 1, 1), date(last, 12, 31))).to_numpy()

    whole = (*range(years.against_since, years.against_until + 1), *range(years.since, years.until + 1))
    dispersion = dispersion_of(np.array([inside(year, year).sum() for year in whole]))
    later, earlier = inside(years.since, years.until), inside(years.against_since, years.against_until)
    chosen = {"all": np.ones(len(counts), bool)} | {code: border == code for code in land}
    chosen |= {name: side == name for name in _SIDES}
    rows = {key: _row(float(later @ rows), float(earlier @ rows), years, dispersion) for key, rows in chosen.items()}
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("key")
    table["side"] = ""
    tells = [side for side in _SIDES if table.loc[side, "word"] in ("rose", "fell")]
    if len(tells) == 1:
        table.loc["all", "side"] = tells[0]
    return table


def dispersion_of(yearly: Floats) -> float:
    """Variance over mean of yearly counts, at least one."""
    mean = yearly.mean()
    return max(1.0, float(yearly.var(ddof=1) / mean)) if mean > 0 and len(yearly) > 1 else 1.0


def ratio_interval(
    later: float, earlier: float, years: tuple[float, float], dispersion: float = 1.0
) -> tuple[float, float, float]:
    """Ratio of two recorded rates (NaN where the earlier period has no record), and the ends of its 90 % interval.

    ``years`` is the length of each period; each end's distance from the ratio in logs is taken times √dispersion.

    >>> [round(value, 2) for value in ratio_interval(8, 9, (2, 9))]
    [4.0, 1.8, 8.85]
    """
    scale = years[1] / years[0]
    ends = betaincinv(later + 0.5, earlier + 0.5, np.array([(1 - _LEVEL) / 2, (1 + _LEVEL) / 2]))
    low, high = (float(end / max(1 - end, _LEAST) * scale) for end in ends)
    nought = 0 in (later, earlier)
    middle = scale * ((later + 0.5) / (earlier + 0.5) if nought else later / earlier)
    widen = np.sqrt(dispersion)
    low, high = middle * (low / middle) ** widen, middle * (high / middle) ** widen
    return (float("nan") if earlier == 0 else later / earlier * scale), float(low), float(high)


def power_of_doubling(rate: float, years: tuple[float, float], dispersion: float = 1.0) -> float:
    """Share of cases in which a doubling of a yearly rate would show, its 90 % interval lying above one."""
    if rate <= 0:
        return 0.0
    means = 2 * rate * years[0], rate * years[1]
    grids = [np.arange(np.ceil(pdtrik(1 - 1e-6, mean)) + 1) for mean in means]
    weights = [np.exp(xlogy(grid, mean) - gammaln(grid + 1) - mean) for grid, mean in zip(grids, means, strict=True)]
    later, earlier = np.meshgrid(*grids, indexing="ij")
    scale = years[1] / years[0]
    end = betaincinv(later + 0.5, earlier + 0.5, (1 - _LEVEL) / 2)
    low = np.log(np.maximum(end, _LEAST) / (1 - end) * scale)
    nought = (earlier == 0) | (later == 0)
    middle = np.log(
        np.where(nought, (later + 0.5) / (earlier + 0.5), np.maximum(later, 0.5) / np.maximum(earlier, 0.5)) * scale
    )
    shows = middle + (low - middle) * np.sqrt(dispersion) > 0
    return float(weights[0] @ shows @ weights[1])


def _row(later: float, earlier: float, years: Years, dispersion: float) -> dict[str, object]:
    spans = years.later, years.earlier
    ratio, low, high = ratio_interval(later, earlier, spans, dispersion)
    before = earlier / years.earlier
    if later == 0 and earlier == 0:
        word, ratio, low, high = "no records", float("nan"), float("nan"), float("nan")
    elif earlier == 0:
        word, high = ("rose" if low > 1 else "too few to tell"), float("nan")
    elif low > 1:
        word = "rose"
    elif high < 1:
        word = "fell"
    else:
        word = "too few to tell" if before < FEW else "cannot tell"
    few = word == "too few to tell"
    return {
        "records": later,
        "against_records": earlier,
        "a_year": later / years.later,
        "against_a_year": before,
        "ratio": ratio,
        "low90": low,
        "high90": high,
        "dispersion": dispersion,
        "doubling_shows": power_of_doubling(before, spans, dispersion) if few else float("nan"),
        "word": word,
    }
