"""Known answers of the priors, of moments and of scales, and the numbers that an estimate of a small line ends with."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from lines import CELLS, SCALE, SITES, make_line, make_records
from scipy.integrate import trapezoid
from scipy.sparse import csr_array

from geo.estimate import hyperparameters
from geo.estimate.emission import Told, emission_at, emission_of, prior_emission
from geo.estimate.hyperparameters import approximate, choose_hyper, fit_posterior
from geo.estimate.missing_information import log_evidence
from geo.estimate.model import Fit, Information, Records
from geo.estimate.scale import Hyper, Scale
from geo.vocabulary import CLUES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@pytest.fixture
def told() -> Told:
    """Twenty-four places all along the line, some exact, with a few records of every clue."""
    number = np.arange(24)
    place, spread = number * 37 % 53 + 3, np.choose(number % 3, [0.1, 1.5, 4.0])
    place[:6] = 5, 5, 20, 30, 41, 41
    spread[:6] = 0.1
    weights = np.exp(-0.5 * ((np.arange(CELLS) - place[:, None]) / spread[:, None]) ** 2)
    weights[weights < 1e-6] = 0
    counts = (number[:, None] * 5 + np.arange(len(CLUES)) * 3) % 7 // 5 * (1.0 + number[:, None] % 3)
    counts[:6, CLUES.index("named")] += 3
    counts[6:, CLUES.index("named")] = 0
    return Told(csr_array(weights / weights.sum(axis=1, keepdims=True)), counts, 10.0)


# -- By formula -----------------------------------------------------------------------------------


def density(log_range: Floats, log_sd: Floats) -> Floats:
    """Prior density of the scales on a grid, not normed."""
    return np.exp([[hyperparameters._log_prior(np.array([one, two])) for two in log_sd] for one in log_range])


def test_five_in_a_hundred_spreads_lie_over_6_and_ranges_under_10_km() -> None:
    # Simpson et al. 2017, Fuglstad et al. 2019: sd exponential, range^(-1/2) exponential, as in one dimension.
    log_range, log_sd = np.log(np.geomspace(0.5, 1e12, 2001)), np.log(np.geomspace(1e-5, 60, 2001))
    some_range, some_sd = log_range[::250], log_sd[::250]
    shape = density(some_range, some_sd)
    assert shape * shape[4, 4] == pytest.approx(np.outer(shape[:, 4], shape[4]))  # one does not depend on the other
    of_sd = density(np.log([100.0]), log_sd)[0]
    over = log_sd >= np.log(6.0)
    assert trapezoid(of_sd[over], log_sd[over]) / trapezoid(of_sd, log_sd) == pytest.approx(0.05, rel=0.02)
    of_range = density(log_range, np.log([1.0]))[:, 0]
    under = log_range <= np.log(10.0)
    assert trapezoid(of_range[under], log_range[under]) / trapezoid(of_range, log_range) == pytest.approx(
        0.05, rel=0.02
    )


def test_moments_are_matched_as_by_quadrature() -> None:
    fit, weight = approximate(make_line(), make_records(), SCALE)
    variance = Information(fit, weight).variance()
    lift, information = hyperparameters._match(fit, variance, weight)
    for site in (0, 18, 33, CELLS, CELLS + 1, CELLS + 2):
        others = 1 / (1 / variance[site] - weight[site])
        centre = fit.log_exposure[site] + fit.log_rate[site]
        mean = centre - others * (fit.expected[site] - fit.mean[site])

        x = np.linspace(centre - 12, centre + 8, 20_001)
        tilted = np.exp(-((x - mean) ** 2) / (2 * others) + fit.expected[site] * x - np.exp(x))
        tilted /= trapezoid(tilted, x)
        first, second = trapezoid(tilted * x, x), trapezoid(tilted * x**2, x)
        log_mean = np.log(trapezoid(tilted * np.exp(x), x))
        assert lift[site] == pytest.approx(log_mean - first, rel=0.01)
        assert information[site] == pytest.approx(1 / (second - first**2) - 1 / others, rel=0.01)


def test_parameters_of_clues_have_the_mean_and_the_spread_of_the_draws() -> None:
    drawn = np.random.default_rng(0).dirichlet([4.0, 1.0, 2.0], (50, 2))
    for own, row in zip(np.array(hyperparameters._as_clues(drawn)), drawn.transpose(1, 0, 2), strict=True):
        mean = own / own.sum()
        assert mean == pytest.approx(row.mean(axis=0))
        # The variance of a Dirichlet distribution's shares, p (1 − p) / (a + 1).
        assert (mean * (1 - mean)).sum() / (own.sum() + 1) == pytest.approx(row.var(axis=0).sum())


def test_the_draws_are_shared_out_over_the_scales() -> None:
    line, records = make_line(), make_records()
    scales = SCALE, SCALE._replace(sd=0.4), SCALE._replace(range_km=30.0)
    mixed = fit_posterior(line, records, Hyper(scales, ()), draws=8, passes=2)
    fits = []
    for scale in scales:
        fits.append(approximate(line, records, scale, fits[-1] if fits else None)[0])
    assert mixed.rates.shape == (8, SITES)
    assert mixed.expected == pytest.approx(np.mean([fit.expected for fit in fits], axis=0))
    assert mixed.beta == pytest.approx(np.mean([fit.beta for fit in fits], axis=0))
    first = fit_posterior(line, records, Hyper(scales[:1], ()), draws=3, passes=2)
    assert (first.rates == mixed.rates[:3]).all()  # three, three and two
    assert fit_posterior(line, records, Hyper(scales, ()), draws=1, passes=2).rates.shape == (1, SITES)


def test_the_typical_scale_is_the_geometric_mean() -> None:
    hyper = Hyper((Scale(10.0, 1.0), Scale(1000.0, 4.0)), ((1.0, 3.0), (2.0, 0.0)))
    assert hyper.range_km == pytest.approx(100.0)
    assert hyper.sd == pytest.approx(2.0)
    assert hyper.emission == ((0.25, 0.75), (1.0, 0.0))


def test_what_clues_tell_is_counted_by_kind_of_site(told: Told) -> None:
    line = make_line()
    mean = np.linspace(0.5, 2.0, SITES)
    kind = np.array([3] * CELLS + [2, 0, 1, 0])
    by_cell = told.weights.toarray()[:, line.cell]
    for fixed in (False, True):
        prior = np.array(prior_emission())
        chance = prior[kind] if fixed else np.ones((SITES, len(CLUES)))
        seen = np.zeros((4, len(CLUES)))
        for place in range(len(told.counts)):
            for clue in range(len(CLUES)):
                share = by_cell[place] * mean * chance[:, clue]
                if told.counts[place, clue] and share.sum():
                    np.add.at(seen[:, clue], kind, told.counts[place, clue] * share / share.sum())
        start = np.array([[3, 0, 0.05, 1, 2], [3, 0, 3, 0.5, 0.5], [3, 0, 1, 1, 2], [0, 6, 0.1, 0.5, 3]])
        if fixed:
            at: Any = SimpleNamespace(line=line, log_exposure=np.log(mean), log_rate=np.zeros(SITES))
            given, total = emission_at(at, told, prior_emission()), np.where(start > 0, start + seen, 0)
        else:
            given, total = emission_of(line, told, mean), np.maximum(start, 0.05) + seen
        assert np.array(given) == pytest.approx(total / total.sum(axis=1, keepdims=True))


# -- Pinned: a change of any constant or of the way to the end shows --------------------------------

SOME = [0, 18, 33, 59, CELLS, CELLS + 1, CELLS + 2]


def test_a_fit_ends_at_the_same_numbers() -> None:
    line, records = make_line(), make_records()
    fit = Fit(line, records, SCALE)
    assert [*fit.log_rate[SOME], fit.value, log_evidence(fit)] == pytest.approx(FITTED, rel=1e-8)
    many = Fit(line, Records(records.weights, records.counts * [1, 1, 1, 1, 300], 10.0), SCALE)
    assert [*many.log_rate[SOME], many.value] == pytest.approx(LEAPT, rel=1e-8)


def test_an_approximation_ends_at_the_same_numbers() -> None:
    fit, weight = approximate(make_line(), make_records(), SCALE)
    assert [*fit.log_rate[SOME], *weight[SOME]] == pytest.approx(APPROXIMATED, rel=1e-8)
    one = Records(csr_array(np.eye(SITES)[[33]]), np.ones(1), 30.0)
    fit, weight = approximate(make_line(), one, Scale(60.0, 3.5))
    assert [*fit.log_rate[SOME], *weight[SOME]] == pytest.approx(SPARSE, rel=1e-8)


def test_the_scales_that_are_learned_are_the_same(told: Told) -> None:
    hyper = choose_hyper(make_line(), told)
    assert [[scale.range_km, scale.sd] for scale in hyper.scales] == pytest.approx(np.array(SCALES), rel=1e-8)
    assert [scale.crossing_sd for scale in hyper.scales] == pytest.approx([CROSSING_SD] * 5, rel=1e-8)
    clues = np.array(hyper.clues)
    assert (clues[:3, CLUES.index("outside")] == 0).all()
    assert clues[3, CLUES.index("named")] == 0
    assert np.array(hyper.emission) == pytest.approx(np.array(TELLING), abs=0.015)
    assert clues.sum(axis=1) == pytest.approx(SURE, rel=0.2)


FITTED = [
    -2.937037313339316,
    -2.883564515658462,
    1.0178280852359558,
    -4.116153330212827,
    -0.9566148357325317,
    0.18724027491896011,
    -3.0630186142346925,
    -6.841160497352165,
    -15.987500492504468,
]
LEAPT = [
    -0.4665848054681203,
    -0.3993500303014236,
    3.597958648419122,
    -1.733096846836932,
    1.6133106788428844,
    2.7763560486877887,
    -0.5342297096981191,
    241.76615639411716,
]
APPROXIMATED = [
    -3.4789472762753846,
    -3.3854722720524686,
    0.8311887560341567,
    -4.842986181176159,
    -1.086787019296434,
    0.13495174084704398,
    -3.5370717217698386,
    0.0548063161494028,
    0.056664153976869094,
    2.440425151647585,
    0.02335800226524077,
    3.436171809827771,
    11.473600683418393,
    0.39380162600070295,
]
SPARSE = [
    -9.430108667735825,
    -9.77471125290994,
    -3.3172287214636444,
    -9.71636981486561,
    -7.360361223816143,
    -7.360361223816143,
    -7.61539944186873,
    0.007326604882406972,
    0.0055467876806478775,
    0.18729128921765573,
    0.007359003501658582,
    0.06148613875412492,
    0.06148613875412492,
    0.057211916587664155,
]
SCALES = [
    [461.759487882223, 1.6255424770325593],
    [56.94697453217671, 3.5311247662138157],
    [7.0230455323, 1.4637346617257057],
    [56.94697453217671, 0.6738257709005415],
    [56.94697453217671, 1.5425183524807797],
]
CROSSING_SD = 1.086682513635626
TELLING = [
    [0.438, 0, 0.230, 0.204, 0.128],
    [0.550, 0, 0.283, 0.046, 0.121],
    [0.598, 0, 0.105, 0.138, 0.159],
    [0, 0.455, 0.106, 0.180, 0.260],
]
SURE = [26.0, 10.2, 15.4, 39.2]
