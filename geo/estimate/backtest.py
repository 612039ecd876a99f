"""Does the estimate predict? Each model learns from the years before a cut and is scored on what came after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from geo.errors import ShekaraError
from geo.estimate.baselines import BASELINES, Ground
from geo.estimate.estimating import estimate_risk
from geo.incidents.placing import locate
from geo.incidents.selection import years_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.border.frontier import Frontier
    from geo.incidents.placing import Located

    Floats = NDArray[np.float64]

__all__ = ["CUTS", "SHIPPED", "backtest", "blur_crossings", "ground_of"]

CUTS = (2020, 2022, 2024)
SHIPPED = "Cox process (shipped)"
TOP_SHARE = 0.1
_DRAWS = 4000


@dataclass(frozen=True, eq=False)
class _Forecast:
    """A model's rate per cell (incidents per 100 km and year), and draws of it where it has them."""

    rate: Floats
    draws: Floats | None = None


def backtest(
    located: Located, frontier: Frontier, *, cuts: Sequence[int] = CUTS, blur_km: float | None = None
) -> pd.DataFrame:
    """Score the shipped estimate and its baselines on later incidents.

    A model learns from the dated incidents that lie wholly before 1 January of the cut, and is scored on those that
    lie wholly after. The gain is the mean, over later incidents, of log Σ_c w_ic λ_c, λ scaled to a mean of one over
    the border: nats per incident over a uniform border, each incident scored through its own weights w.

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
        A row a cut and model: ``cut, model, shipped, gain, gain_se, diff_to_shipped, diff_se`` (model minus shipped,
        paired by incident), ``hit_rate`` (share of the later incidents' weight in the highest-rated 10 % of the
        length), ``pai`` (hit rate over that share), ``segments_inside90`` (share of ~50-km segments whose later count
        lies in the 90 % predictive interval), ``n_train, n_test``.

    Raises
    ------
    ShekaraError
        When a cut leaves nothing to learn from or to score.
    """
    if blur_km is not None:
        located = blur_crossings(located, frontier, blur_km)
    return pd.concat([_score_cut(located, frontier, cut) for cut in cuts], ignore_index=True)


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
    "location_radius_km", "concealment", "geometry",
]  # fmt: skip


def _score_cut(located: Located, frontier: Frontier, cut: int) -> pd.DataFrame:
    land = np.flatnonzero(frontier.cells["land"])
    on_land = located.weights[:, land].sum(axis=1) > 0
    incidents = located.incidents
    start = pd.Timestamp(cut, 1, 1)
    past = incidents.index[on_land & incidents["date_end"].lt(start)]
    later = incidents.index[on_land & incidents["date_start"].ge(start)]
    if past.empty or later.empty:
        raise ShekaraError(f"cut {cut}: {len(past)} dated incidents before it and {len(later)} after; both need one")
    known = located.take(past)
    since = known.incidents["date_start"].min().date()
    until = date(cut, 1, 1) - timedelta(days=1)
    ground = ground_of(known, frontier, (since, until))
    weights = csr_array(located.take(later).weights[:, land])
    ahead = (date(cut, 1, 1), incidents.loc[later, "date_end"].max().date())
    risk = estimate_risk(known, frontier, period=(since, until), draws=_DRAWS)
    forecasts = {name: _Forecast(model(ground)) for name, model in BASELINES.items()}
    forecasts[SHIPPED] = _Forecast(risk.draws.mean(axis=0), risk.draws)
    scores = {name: _scores(forecast.rate, ground.length_km, weights) for name, forecast in forecasts.items()}
    rows = [
        _row(
            name,
            scores[name],
            scores[SHIPPED],
            forecast,
            ground=ground,
            weights=weights,
            inside=_inside90(forecast, ground, weights, years_of(ahead), frontier),
        )
        for name, forecast in forecasts.items()
    ]
    table = pd.DataFrame(rows)
    table.insert(0, "cut", cut)
    return table.assign(n_train=len(past), n_test=len(later))


def ground_of(known: Located, frontier: Frontier, period: tuple[date, date]) -> Ground:
    """What a baseline learns from: the land border, and dated incidents on it."""
    land = frontier.land_cells
    weights = csr_array(known.weights[:, np.flatnonzero(frontier.cells["land"])])
    held = np.flatnonzero(weights.sum(axis=1) > 0)
    years_ago = (pd.Timestamp(period[1]) - known.incidents["date_end"]).dt.days / 365.25
    return Ground(
        land["length_km"].to_numpy(),
        land["start_km"].to_numpy(),
        pd.factorize(land["neighbour"])[0],
        land["road"].to_numpy(),
        land["rail"].to_numpy(),
        weights[held],
        years_ago.to_numpy()[held],
        years_of(period),
    )


def _scores(rate: Floats, length_km: Floats, weights: csr_array) -> Floats:
    """Log density of each later incident relative to a uniform border, shape (incidents,)."""
    relative = rate * length_km.sum() / (rate @ length_km)
    return np.asarray(np.log(weights @ relative))


def _row(
    name: str, gain: Floats, shipped: Floats, forecast: _Forecast, *, ground: Ground, weights: csr_array, inside: float
) -> dict[str, object]:
    paired = gain - shipped
    order = np.argsort(-forecast.rate, kind="stable")
    length = np.cumsum(ground.length_km[order])
    top = order[length <= TOP_SHARE * ground.length_km.sum()]
    hit = float(weights[:, np.sort(top)].sum() / weights.sum())
    return {
        "model": name,
        "shipped": name == SHIPPED,
        "gain": gain.mean(),
        "gain_se": _standard_error(gain),
        "diff_to_shipped": paired.mean(),
        "diff_se": _standard_error(paired),
        "hit_rate": hit,
        "pai": hit / TOP_SHARE,
        "segments_inside90": inside,
    }


def _inside90(forecast: _Forecast, ground: Ground, weights: csr_array, years: float, frontier: Frontier) -> float:
    """Share of segments whose later count lies in the 90 % predictive interval (Poisson, over draws of the rate)."""
    code, _ = pd.factorize(frontier.land_cells["segment"])
    ahead = ground.length_km / 100 * years
    rates = forecast.rate[None, :] if forecast.draws is None else forecast.draws
    mean = np.stack([np.bincount(code, row * ahead) for row in rates])
    drawn = np.random.default_rng(0).poisson(np.broadcast_to(mean, (_DRAWS, mean.shape[1])))
    low, high = np.quantile(drawn, [0.05, 0.95], axis=0, method="inverted_cdf")
    count = np.bincount(code, np.asarray(weights.sum(axis=0)).ravel())
    # A shared-out record is a fraction: it lies inside when the whole numbers beside it do.
    return float(((np.ceil(count) >= low) & (np.floor(count) <= high)).mean())


def _standard_error(values: Floats) -> float:
    return float(values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else float("nan")
