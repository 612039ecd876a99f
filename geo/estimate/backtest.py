"""Does the estimate predict? Each model learns from the years before a cut and is scored on what came after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from geo.errors import ShekaraError
from geo.estimate.baselines import BASELINES, CLUE_AWARE, Ground
from geo.estimate.emission import Told, emission_of, kind_of
from geo.estimate.estimating import clues_of, estimate_risk, goods_share, line_of, told_of
from geo.incidents.placing import locate
from geo.incidents.selection import RATES_SINCE, years_of
from geo.vocabulary import CLUES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.border.frontier import Frontier
    from geo.estimate.model import Line
    from geo.estimate.scale import Emission
    from geo.incidents.placing import Located

    Floats = NDArray[np.float64]

__all__ = ["CUTS", "SHIPPED", "backtest", "backtest_goods", "blur_crossings", "ground_of"]

CUTS = (2020, 2022, 2024)
SHIPPED = "line with crossings on it (shipped)"
TOP_SHARE = 0.1
SLIP = 0.003
"""What the strict score takes as the probability that a record made at a crossing says that it was outside one."""

_DRAWS = 2000
_OUTSIDE = CLUES.index("outside")


@dataclass(frozen=True, eq=False)
class _Forecast:
    """A model's numbers a year at each site, (sites,), its emission, and draws, (draws, sites), where it has them."""

    mean: Floats
    emission: Emission
    draws: Floats | None = None

    def per_cell(self, line: Line) -> Floats:
        """Expected numbers a year in each cell, shape (cells,)."""
        return np.asarray(np.bincount(line.cell, self.mean, len(line.road)))


@dataclass(frozen=True, eq=False)
class _Later:
    """The incidents to score: weights over cells, shape (incidents, cells), clues and how long they span."""

    weights: csr_array
    clue: NDArray[np.intp]
    years: float


def backtest(
    located: Located, frontier: Frontier, *, cuts: Sequence[int] = CUTS, blur_km: float | None = None
) -> pd.DataFrame:
    """Score the shipped estimate and its baselines on later incidents.

    A model learns from the dated incidents from 2015 that lie wholly before 1 January of the cut, and is scored on
    those that lie wholly after; all in nats per incident over a uniform border. The *plain* gain is the mean of
    log Σ_c w_ic λ_c, λ scaled to a mean of one over the border, each incident scored through its own weights w. The
    *aware* gain scores place and clue, each model with the emission that its own allocation of the past implies; the
    *strict* one, the same where for every model a record at a crossing says "outside a checkpoint" with a probability
    of :data:`SLIP`.

    Parameters
    ----------
    located
        Incidents on the border, already filtered.
    frontier
        The border they were placed on.
    cuts
        Years.
    blur_km
        Place records at named crossings by distance, with this radius, before all else: then the gazetteer's own
        points do not decide.

    Returns
    -------
    DataFrame
        One row per cut and model: ``cut, model, shipped, gain, gain_se, diff_to_shipped, diff_se`` (model minus
        shipped, paired by incident), the same with ``aware_`` and ``strict_`` before it, ``hit_rate`` (share of the
        later incidents' weight in the highest-rated 10 % of the length), ``pai`` (hit rate over that share),
        ``segments_inside90`` (share of ~50-km segments whose later count lies in the 90 % predictive interval),
        ``outside_later``, ``outside_low90``, ``outside_high90`` (later records outside a checkpoint, and the
        predictive interval of their number), ``n_train, n_test``.

    Raises
    ------
    ShekaraError
        When a cut leaves nothing to learn from or to score.
    """
    if blur_km is not None:
        located = blur_crossings(located, frontier, blur_km)
    return pd.concat([_score_cut(located, frontier, cut) for cut in cuts], ignore_index=True)


def backtest_goods(located: Located, frontier: Frontier, *, cuts: Sequence[int] = CUTS) -> pd.DataFrame:
    """Score the estimates of goods on later incidents, each by that of its own goods: one row per cut.

    ``cut``, ``gain`` with ``gain_se``, and ``diff_to_all`` with ``diff_se``, the gain over the estimate of all goods.
    """
    rows = []
    for cut in cuts:
        known, later, period, ahead = _parted(located, frontier, cut)
        risk = estimate_risk(known, frontier, period=period, draws=_DRAWS)
        length = frontier.land_cells["length_km"].to_numpy()
        goods = known.incidents["goods"]
        rate = {"": risk.draws.mean(axis=0)} | {
            name: goods_share(risk, known, known.take(goods.index[goods.eq(name)])).draws.mean(axis=0)
            for name in goods.unique()
        }
        all_goods = _plain(rate[""] * length, length, ahead.weights)
        own = all_goods.copy()
        for name in set(later.incidents["goods"]) & set(rate):
            rows_of = np.flatnonzero(later.incidents["goods"].eq(name))
            own[rows_of] = _plain(rate[name] * length, length, csr_array(ahead.weights[rows_of]))
        gap = own - all_goods
        rows.append(
            {
                "cut": cut,
                "gain": own.mean(),
                "gain_se": _standard_error(own),
                "diff_to_all": gap.mean(),
                "diff_se": _standard_error(gap),
            }
        )
    return pd.DataFrame(rows)


def blur_crossings(located: Located, frontier: Frontier, km: float) -> Located:
    """Incidents at named crossings placed by distance from the crossing's point, as if only that were known."""
    if not km >= 0:
        raise ShekaraError(f"a blur of {km} km: a number of 0 or more is needed")
    incidents = located.incidents[located.incidents.columns.intersection(_FIELDS)].copy()
    named = incidents["location_precision"].eq("crossing")
    incidents.loc[named, "location_precision"] = "locality"
    incidents.loc[named, "location_radius_km"] = incidents.loc[named, "location_radius_km"].clip(lower=km)
    return locate(incidents, frontier)


_FIELDS = [
    "date_start", "date_end", "mode", "neighbour", "region_code", "crossing_id", "location_precision",
    "location_radius_km", "concealment", "clue", "goods", "geometry",
]  # fmt: skip


def _parted(located: Located, frontier: Frontier, cut: int) -> tuple[Located, Located, tuple[date, date], _Later]:
    """Records to learn from and to score, the period of the former, and the latter as they are scored."""
    land = np.flatnonzero(frontier.cells["land"])
    on_land = located.weights[:, land].sum(axis=1) > 0
    incidents = located.incidents
    start = pd.Timestamp(cut, 1, 1)
    dated = on_land & incidents["date_end"].lt(start)
    first = pd.Timestamp(RATES_SINCE)
    past = incidents.index[dated & incidents["date_start"].ge(first)] if start > first else incidents.index[dated]
    later = incidents.index[on_land & incidents["date_start"].ge(start)]
    if past.empty or later.empty:
        raise ShekaraError(f"cut {cut}: {len(past)} dated incidents before it and {len(later)} after; both need one")
    known, ahead = located.take(past), located.take(later)
    since = RATES_SINCE if start > first else known.incidents["date_start"].min().date()
    years = years_of((date(cut, 1, 1), incidents.loc[later, "date_end"].max().date()))
    weights = csr_array(ahead.weights[:, land])
    period = (since, date(cut, 1, 1) - timedelta(days=1))
    return known, ahead, period, _Later(weights, clues_of(ahead, frontier), years)


def _score_cut(located: Located, frontier: Frontier, cut: int) -> pd.DataFrame:
    known, _, period, later = _parted(located, frontier, cut)
    line, ground, recorded = line_of(frontier), ground_of(known, frontier, period), told_of(known, frontier, period)
    risk = estimate_risk(known, frontier, period=period, draws=_DRAWS)
    draws = risk.sites * line.exposure(1.0)
    forecasts = {name: _of_cells(model(ground), line, recorded) for name, model in BASELINES.items()}
    aware = CLUE_AWARE.heed(line, recorded.records(line, risk.hyper.emission))
    forecasts[CLUE_AWARE.name] = _Forecast(aware, emission_of(line, recorded, aware))
    forecasts[SHIPPED] = _Forecast(draws.mean(axis=0), risk.hyper.emission, draws)
    clues = recorded.counts.sum(axis=0) + 1.0
    scores = {name: _scores(forecast, line, later, clues / clues.sum()) for name, forecast in forecasts.items()}
    rows = [
        {
            "cut": cut,
            "model": name,
            "shipped": name == SHIPPED,
            **_gains(scores[name], scores[SHIPPED]),
            **_hits(forecast, line, later),
            "segments_inside90": _inside90(forecast, line, later, frontier),
            **_outside(forecast, line, later),
        }
        for name, forecast in forecasts.items()
    ]
    return pd.DataFrame(rows).assign(n_train=len(known.incidents), n_test=len(later.clue))


def ground_of(known: Located, frontier: Frontier, period: tuple[date, date]) -> Ground:
    """Ground that a baseline learns from: the land border, and dated incidents on it."""
    land = frontier.land_cells
    weights = csr_array(known.weights[:, np.flatnonzero(frontier.cells["land"])])
    placed = np.flatnonzero(weights.sum(axis=1) > 0)
    years_ago = (pd.Timestamp(period[1]) - known.incidents["date_end"]).dt.days / 365.25
    return Ground(
        land["length_km"].to_numpy(),
        land["start_km"].to_numpy(),
        pd.factorize(land["neighbour"])[0],
        land["road"].to_numpy(),
        land["rail"].to_numpy(),
        weights[placed],
        years_ago.to_numpy()[placed],
        years_of(period),
    )


def _of_cells(rate: Floats, line: Line, recorded: Told) -> _Forecast:
    """A model of cells: what it puts in a crossing's cell is at the crossing."""
    number = rate * line.length_km / 100
    mean = np.where(line.at | ~line.crossing[line.cell], number[line.cell], 0.0)
    return _Forecast(mean, emission_of(line, recorded, mean))


def _plain(number: Floats, length_km: Floats, weights: csr_array) -> Floats:
    """Log density of each later incident relative to a uniform border, shape (incidents,)."""
    relative = number / length_km * length_km.sum() / number.sum()
    return np.asarray(np.log(weights @ relative))


def _scores(forecast: _Forecast, line: Line, later: _Later, clues: Floats) -> dict[str, Floats]:
    """Log densities of each later incident over a uniform border where clues tell nothing, shape (incidents,)."""
    kind = kind_of(line)
    emission = np.array(forecast.emission)
    slips = emission.copy()
    slips[:-1] *= (1 - SLIP) / (1 - slips[:-1, [_OUTSIDE]])
    slips[:-1, _OUTSIDE] = SLIP
    share = forecast.mean / forecast.mean.sum()
    even = later.weights @ (line.length_km / line.length_km.sum())
    scores = {"": _plain(forecast.per_cell(line), line.length_km, later.weights)}
    for name, table in (("aware_", emission), ("strict_", slips)):
        chance = np.empty(len(later.clue))
        for clue in np.unique(later.clue):
            rows = np.flatnonzero(later.clue == clue)
            by_cell = np.bincount(line.cell, share * table[kind, clue], len(line.road))
            chance[rows] = later.weights[rows] @ by_cell
        scores[name] = np.log(chance / (even * clues[later.clue]))
    return scores


def _gains(own: dict[str, Floats], shipped: dict[str, Floats]) -> dict[str, float]:
    row: dict[str, float] = {}
    for name, gain in own.items():
        paired = gain - shipped[name]
        row |= {
            f"{name}gain": float(gain.mean()),
            f"{name}gain_se": _standard_error(gain),
            f"{name}diff_to_shipped": float(paired.mean()),
            f"{name}diff_se": _standard_error(paired),
        }
    return row


def _hits(forecast: _Forecast, line: Line, later: _Later) -> dict[str, float]:
    order = np.argsort(-forecast.per_cell(line) / line.length_km, kind="stable")
    length = np.cumsum(line.length_km[order])
    top = order[length <= TOP_SHARE * line.length_km.sum()]
    hit = float(later.weights[:, np.sort(top)].sum() / later.weights.sum())
    return {"hit_rate": hit, "pai": hit / TOP_SHARE}


def _inside90(forecast: _Forecast, line: Line, later: _Later, frontier: Frontier) -> float:
    """Share of segments whose later count lies in the 90 % predictive interval (Poisson, over draws of the rate)."""
    code, names = pd.factorize(frontier.land_cells["segment"])
    draws = forecast.mean[None, :] if forecast.draws is None else forecast.draws
    member = csr_array((np.ones(len(line.cell)), (np.arange(len(line.cell)), code[line.cell])))
    mean = np.broadcast_to(draws @ member * later.years, (_DRAWS, len(names)))
    drawn = np.random.default_rng(0).poisson(mean)
    low, high = np.quantile(drawn, [0.05, 0.95], axis=0, method="inverted_cdf")
    count = np.bincount(code, np.asarray(later.weights.sum(axis=0)).ravel())
    # A shared-out record is a fraction: it lies inside when the whole numbers beside it do.
    return float(((np.ceil(count) >= low) & (np.floor(count) <= high)).mean())


def _outside(forecast: _Forecast, line: Line, later: _Later) -> dict[str, float]:
    """Later records outside a checkpoint, and the 90 % predictive interval of their number."""
    draws = forecast.mean[None, :] if forecast.draws is None else forecast.draws
    says = np.array(forecast.emission)[kind_of(line), _OUTSIDE]
    mean = np.broadcast_to(draws @ says * later.years, _DRAWS)
    low, high = np.quantile(np.random.default_rng(1).poisson(mean), [0.05, 0.95], method="inverted_cdf")
    number = float((later.clue == _OUTSIDE).sum())
    return {"outside_later": number, "outside_low90": float(low), "outside_high90": float(high)}


def _standard_error(values: Floats) -> float:
    return float(values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else float("nan")
