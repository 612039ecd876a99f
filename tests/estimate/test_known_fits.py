"""Known answers of a fit: its value, its steps and its leaps by dense algebra, and the numbers that it ends with."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from lines import CELLS, SCALE, SITES, make_line, make_records
from scipy.linalg import block_diag
from scipy.sparse import csr_array

from geo.estimate.model import Fit, Information, Line, Records

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LIFT = np.linspace(0.0, 0.4, SITES)


def field_precision(line: Line) -> Floats:
    """Inverse of the exponential covariance of f, by its definition, and of u's; nothing is shared over a gap."""
    middle = np.cumsum(line.length_km) - line.length_km / 2
    field = SCALE.sd**2 * np.exp(-2 * np.abs(middle[:, None] - middle) / SCALE.range_km)
    if line.goes_on is not None:
        stretch = np.cumsum(~line.goes_on)
        field *= stretch[:, None] == stretch
    crossings = np.full(len(line.cell) - len(middle), SCALE.crossing_sd**-2)
    return np.asarray(block_diag(np.linalg.inv(field), np.diag(crossings)))


def somewhere(line: Line, **given: Any) -> Fit:
    """A fit that has not moved from a place that is not its end."""
    rng = np.random.default_rng(3)
    beta = line.prior[0] + rng.normal(0, 0.7, line.kinds.shape[1])
    start: Any = SimpleNamespace(effect=rng.normal(0, 0.8, len(line.cell)), beta=beta)
    return Fit(line, make_records(), SCALE, start, pairs=0, **given)


@pytest.mark.parametrize("lift", [0.0, LIFT])
def test_the_value_is_the_log_likelihood_less_the_penalties(lift: Floats | float) -> None:
    line, records = make_line(), make_records()
    fit = somewhere(line, lift=lift)
    log_mean = np.log(line.exposure(10.0)) + line.kinds @ fit.beta + fit.effect + lift
    mean = np.exp(log_mean)
    weights = records.weights.toarray()
    # A certain record's weight is a constant factor, which a fit leaves out: here it is one.
    log_likelihood = records.counts @ np.log(weights @ mean) - mean.sum()
    away = fit.beta - line.prior[0]
    penalty = fit.effect @ field_precision(line) @ fit.effect + line.prior[1] @ away**2
    assert fit.value == pytest.approx(log_likelihood - penalty / 2, rel=1e-9)
    assert fit.mean == pytest.approx(mean)
    share = weights * mean
    expected = (records.counts[:, None] * share / share.sum(axis=1, keepdims=True)).sum(axis=0)
    assert fit.expected == pytest.approx(expected)
    if lift is not LIFT:
        assert records.shared(mean) == pytest.approx(expected)


def test_a_step_is_newtons_on_what_the_allocation_makes_of_the_likelihood() -> None:
    line = make_line()
    fit = somewhere(line)
    whole, weight = field_precision(line), np.diag(fit.mean)
    kinds, (centre, precision) = line.kinds, line.prior
    hessian = np.block(
        [[whole + weight, weight @ kinds], [kinds.T @ weight, kinds.T @ weight @ kinds + np.diag(precision)]]
    )
    score = fit.expected - fit.mean
    gradient = np.concatenate([score - whole @ fit.effect, kinds.T @ score - precision * (fit.beta - centre)])
    step = np.concatenate(fit._newton())
    assert step == pytest.approx(np.linalg.solve(hessian, gradient), rel=1e-6, abs=1e-9)
    assert fit._step() == pytest.approx(np.abs(step[:SITES] + kinds @ step[SITES:]).max())


def test_nothing_is_shared_over_a_gap() -> None:
    line = make_line()
    apart = Line(line.length_km, line.road, line.rail, line.neighbour, np.arange(CELLS) % 25 != 0)
    whole = field_precision(apart)
    fit = somewhere(apart)
    assert np.column_stack([fit.times_precision(column) for column in np.eye(SITES)]) == pytest.approx(whole)
    assert fit.log_det_prior == pytest.approx(np.linalg.slogdet(whole)[1])
    assert apart.step_km[[0, 24]].tolist() == [pytest.approx((line.length_km[0] + line.length_km[1]) / 2), np.inf]
    assert line.step_km[24] == pytest.approx((line.length_km[24] + line.length_km[25]) / 2)


def test_a_fit_begins_at_the_centre_of_the_prior() -> None:
    fit = Fit(make_line(), make_records(), SCALE, pairs=0)
    assert fit.effect.tolist() == [0.0] * SITES
    # 0.02 incidents per 100 km and year between crossings, 0.04 a year at one.
    assert np.exp(fit.log_rate[[0, CELLS, CELLS + 2]]) == pytest.approx([0.02, 0.04, 0.04])


@pytest.mark.parametrize(
    ("kept", "left", "note"),
    [
        (0.8, 0.0, "a fifth of the way a step: the limit is five steps off"),
        (0.99, (1 - 32 * 0.01) ** 2, "the limit is a hundred steps off; a leap stands for 32 at most"),
    ],
)
def test_a_leap_lands_where_steps_of_one_shrinking_length_would_end(kept: float, left: float, note: str) -> None:
    fit = Fit(make_line(), make_records(), SCALE)
    for _ in range(10):
        fit._step()
    end = fit._place
    away = np.random.default_rng(0).normal(0, 0.1, len(end))
    places = [end + away * kept**number for number in range(3)]
    fit._go(places[-1])
    fit._leap(*places)
    assert fit._place - end == pytest.approx(away * left, abs=1e-9), note


def test_a_leap_downhill_and_one_of_less_than_a_step_are_not_taken() -> None:
    fit = Fit(make_line(), make_records(), SCALE)
    end = fit._place
    away = np.full(len(end), 0.3)
    for shares in ([0.2, 0.3, 0.38], [0.5, 0.4, 0.1]):
        places = [end + away * share for share in shares]
        fit._go(places[-1])
        value = fit.value
        fit._leap(*places)
        assert (fit._place == places[-1]).all()
        assert fit.value == value


@pytest.mark.parametrize(("times", "above", "moved"), [(60, 0.0, 5.0), (20, 2.0, 2.5), (1, 0.0, 5.0)])
def test_a_step_moves_no_log_rate_by_more_than_five_and_is_halved_where_it_leads_downhill(
    times: int, above: float, moved: float
) -> None:
    line, records = make_line(), make_records()
    many = Records(records.weights, records.counts * [times, 1, 1, 1, 1], 10.0)
    start: Any = SimpleNamespace(effect=np.zeros(SITES), beta=line.prior[0] + above)
    fit = Fit(line, many, SCALE._replace(crossing_sd=6.0), start, pairs=0)
    rate, value = fit.log_rate, fit.value
    assert fit._step() > 5
    assert np.abs(fit.log_rate - rate).max() == pytest.approx(moved)
    assert fit.value > value


def test_a_fit_ends_where_no_step_is_left() -> None:
    fit = Fit(make_line(), make_records(), SCALE)
    assert fit._step() < 1e-3


def test_a_placement_without_records_and_one_with_a_single_site_are_not_vague() -> None:
    weights = csr_array(np.array([[1.0, 0, 0], [0.5, 0.5, 0], [0.2, 0, 0.8]]))
    records = Records(weights, np.array([2.0, 0.0, 5.0]), 1.0)
    assert records.vague.tolist() == [False, False, True]
    assert records.certain.tolist() == [2.0, 0.0, 0.0]
    assert records.shared(np.array([4.0, 1.0, 1.0])) == pytest.approx([4.5, 0.0, 2.5])


def test_no_information_leaves_the_variance_of_the_prior() -> None:
    line = make_line()
    fit = Fit(line, make_records(), SCALE)
    none = Information(fit, np.zeros(SITES))
    assert none.positive
    own = np.where(line.at, SCALE.crossing_sd, SCALE.sd) ** 2
    # Each site's kinds add their own: 9 of between or at, 1 of a neighbour, 2.25 of a railway alone.
    kinds = np.where(line.at, 9.0, 10.0) + np.where(line.rail_only, 2.25, 0.0)
    assert none.variance() == pytest.approx(own + kinds)
    assert none.log_det_over_prior() == pytest.approx(0.0, abs=1e-9)


def test_a_line_with_one_neighbour_has_one_kind_of_neighbour() -> None:
    line = make_line()
    alone = Line(line.length_km, line.road, line.rail, np.zeros(CELLS, np.intp))
    assert alone.kinds.shape == (SITES, 4)
    assert alone.prior.shape == (2, 4)
    assert alone.kinds[[0, CELLS, CELLS + 2]].tolist() == [[1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 1, 1]]
