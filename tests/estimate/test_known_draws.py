"""Known answers of the pieces that the draws are made of, by dense algebra and by counting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from lines import CELLS, SCALE, SITES, make_line, make_records
from scipy.sparse import csr_array

from geo.estimate.emission import PRIOR, kind_of
from geo.estimate.hyperparameters import approximate
from geo.estimate.model import Fit, Information, Line, Records
from geo.estimate.sampling import _Allocation, _dirichlet, _effects, _Field, _taken, learn_clues, sample
from geo.estimate.scale import Scale
from geo.vocabulary import CLUES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

WEIGHT = np.linspace(0.05, 3.0, SITES)


def precision(fit: Fit) -> Floats:
    return np.column_stack([fit.times_precision(column) for column in np.eye(SITES)]) + np.diag(WEIGHT)


def singles(*shape: int, seed: int = 0) -> Any:
    return np.random.default_rng(seed).standard_normal(shape, dtype=np.float32)


# -- Fields ---------------------------------------------------------------------------------------


def test_a_field_has_the_covariance_of_the_approximation(fit: Fit) -> None:
    drawn = _Field.of(fit, WEIGHT, CELLS).draw(np.eye(SITES, dtype=np.float32))
    assert drawn.T @ drawn == pytest.approx(np.linalg.inv(precision(fit)), rel=1e-3, abs=1e-5)


@pytest.mark.parametrize(("block", "first", "held"), [(20, 0, [0, 20, 40]), (25, 9, [9, 34, 59]), (70, 35, [35])])
def test_a_field_is_that_given_what_is_held_and_lent(fit: Fit, block: int, first: int, held: list[int]) -> None:
    field = _Field.of(fit, WEIGHT, block, first)
    assert field.held.tolist() == held
    whole, free = precision(fit), np.setdiff1d(np.arange(SITES), held)
    within = np.linalg.inv(whole[np.ix_(free, free)])
    lent, now = singles(1, SITES), singles(1, SITES, seed=1)
    mean = field.draw(np.zeros((1, SITES), np.float32), lent, now)[0]
    assert mean[held] == pytest.approx(now[0, held])
    wanted = within @ (lent[0, free] - whole[np.ix_(free, held)] @ now[0, held])
    assert mean[free] == pytest.approx(wanted, rel=1e-3, abs=1e-4)
    drawn = field.draw(
        np.eye(SITES, dtype=np.float32), np.zeros((1, SITES), np.float32), np.zeros((SITES, SITES), np.float32)
    )
    assert (drawn.T @ drawn)[np.ix_(free, free)] == pytest.approx(within, rel=1e-3, abs=1e-5)
    # A block is what lies between two cells that are held; each of those and each crossing is one of its own.
    cells = np.split(np.arange(CELLS), np.unique([0, *held]))
    starts = sorted({0, *held, *range(CELLS, SITES)})
    assert field.starts.tolist() == starts
    assert field.sizes.tolist() == np.diff([*starts, SITES]).tolist()
    assert len(cells) >= len(held)


def test_proposals_are_taken_block_by_block_with_metropolis_probability(fit: Fit) -> None:
    field = _Field.of(fit, WEIGHT, 20, 0)
    gain = np.zeros((4000, SITES), np.float32)
    gain[:, :5], gain[:, 5:20] = 10.0, -9.0  # together far above nought
    gain[:, 20:40] = -np.log(4.0) / 20
    gain[:, 40:60] = -5.0
    gain[:, 60] = np.log(0.5)
    taken = _taken(gain, field, np.random.default_rng(1))
    assert taken[:, 0:20].mean(axis=0) == pytest.approx(1 - (10 * 5 < 9 * 15))
    assert taken[:, 20:40].mean(axis=0) == pytest.approx(0.25, abs=0.03)
    assert (taken[:, 20:40] == taken[:, [20]]).all()
    assert not taken[:, 40:60].any()
    assert taken[:, 60].mean() == pytest.approx(0.5, abs=0.03)
    assert taken[:, 61:].all()


def test_the_effects_of_kinds_given_the_rates_are_those_of_a_linear_model(fit: Fit) -> None:
    line = fit.line
    own = precision(fit) - np.diag(WEIGHT)
    centre, prior = line.prior
    root = np.linalg.cholesky(np.linalg.inv(Information(fit, WEIGHT).schur))
    constant, matrix, spread = _effects(fit, root)
    covariance = np.linalg.inv(line.kinds.T @ own @ line.kinds + np.diag(prior))
    log_mean = fit.log_exposure + np.random.default_rng(5).normal(-2, 1, SITES)
    wanted = covariance @ (line.kinds.T @ own @ (log_mean - fit.log_exposure) + prior * centre)
    assert fit.beta + root @ (constant[0] + log_mean @ matrix) == pytest.approx(wanted, rel=1e-3, abs=1e-3)
    assert root @ (spread.T @ spread) @ root.T == pytest.approx(covariance, rel=1e-3, abs=1e-5)


# -- Places of records ----------------------------------------------------------------------------


CERTAIN = [(33, "outside", 2.0), (20, "outside", 12.0), (CELLS + 1, "named", 12.0)]
BESIDE = [20, CELLS + 1]


def shared(silent: float, train: float) -> Fit:
    """Certain records; some that may lie at three sites; some that may lie at a crossing by road or beside it."""
    weights = np.zeros((5, SITES))
    weights[[0, 1, 2], [site for site, _, _ in CERTAIN]] = 1.0
    weights[3, [10, 11, 12]] = 0.2, 0.3, 0.5
    weights[4, BESIDE] = 0.5, 0.5
    clue = [CLUES.index(name) for name in (*(name for _, name, _ in CERTAIN), "silent", "train")]
    counts = [*(count for _, _, count in CERTAIN), silent, train]
    return Fit(make_line(), Records(csr_array(weights), np.array(counts), 10.0, np.array(clue)), SCALE)


def drawn_at(allocation: _Allocation, log_mean: Any) -> Floats:
    """Records at each site after as many passes as forget where they began."""
    for _ in range(30):
        lent = allocation.draw(log_mean)
    return np.asarray(lent - allocation.base)


CHAINS = 400
FEW, MANY, CROWDS = (3.0, 5.0), (14.0, 40.0), (60.0, 41.0)


@pytest.mark.parametrize("counts", [FEW, (40.0, 39.0), MANY, CROWDS])
def test_records_are_drawn_at_their_sites_as_their_rates_have_it(counts: tuple[float, float]) -> None:
    fit = shared(*counts)
    allocation = _Allocation(fit, CHAINS, np.random.default_rng(2))
    log_mean = np.tile(np.float32(fit.log_exposure + fit.log_rate), (CHAINS, 1))
    log_mean[:, 10] += 1.0
    log_mean[:, BESIDE] = -0.3, -0.7
    number = drawn_at(allocation, log_mean)
    assert allocation.base[0] == pytest.approx(fit.records.certain - fit.expected, abs=1e-5)
    assert number.sum(axis=1) == pytest.approx(sum(counts), rel=1e-4)
    for sites, count, weight in (([10, 11, 12], counts[0], [0.2, 0.3, 0.5]), (BESIDE, counts[1], [0.5, 0.5])):
        share = weight * np.exp(log_mean[0, sites])
        share /= share.sum()
        variance = count * share * (1 - share)
        assert np.abs(number[:, sites].mean(axis=0) - count * share).max() < 4 * np.sqrt(variance.max() / CHAINS)
        assert number[:, sites].var(axis=0) == pytest.approx(variance, rel=0.3)
    told = allocation.told()
    assert told.sum(axis=(1, 2)) == pytest.approx(sum(counts) + 26.0, rel=1e-3)
    assert told[:, 3, CLUES.index("outside")] == pytest.approx(14.0)
    assert told[:, 0, CLUES.index("named")] == pytest.approx(12.0)
    assert told[:, 3, CLUES.index("silent")] == pytest.approx(counts[0], rel=0.01)
    for site, kind in zip(BESIDE, (3, 0), strict=True):
        assert told[:, kind, CLUES.index("train")] == pytest.approx(number[:, site], abs=0.01)


@pytest.mark.parametrize("counts", [FEW, MANY, CROWDS])
def test_what_a_chain_believes_of_clues_moves_its_records(counts: tuple[float, float]) -> None:
    fit, train = shared(*counts), CLUES.index("train")
    taken = PRIOR / PRIOR.sum(axis=1, keepdims=True)
    believed = np.tile(taken, (CHAINS, 1, 1))
    believed[:, 0, train] = taken[0, train] * 4.0
    believed[:, 3, CLUES.index("silent")] = 0.4
    allocation = _Allocation(fit, CHAINS, np.random.default_rng(2))
    allocation.believe(believed, tuple(map(tuple, PRIOR.tolist())))
    assert allocation.believed[:, 0, train] == pytest.approx(np.log(4.0), rel=1e-5)
    assert (allocation.believed[:, 0, CLUES.index("outside")] == 0).all()  # fixed by what the word means
    log_mean = np.tile(np.float32(fit.log_exposure + fit.log_rate), (CHAINS, 1))
    log_mean[:, BESIDE] = 0.1, -0.9
    number = drawn_at(allocation, log_mean)
    share = 4.0 * np.exp(-0.9) / (4.0 * np.exp(-0.9) + np.exp(0.1))
    error = np.sqrt(counts[1] * share * (1 - share) / CHAINS)
    assert abs(number[:, CELLS + 1].mean() - counts[1] * share) < 4 * error


def test_no_uncertain_record_leaves_nothing_to_draw() -> None:
    one = Fit(make_line(), Records(csr_array(np.eye(SITES)[[33]]), np.array([4.0]), 10.0), SCALE)
    allocation = _Allocation(one, 2, np.random.default_rng(0))
    assert allocation.draw(np.zeros((2, SITES), np.float32)) == pytest.approx(0.0)
    assert allocation.told().sum(axis=(1, 2)).tolist() == [4.0, 4.0]


# -- Draws ----------------------------------------------------------------------------------------


def test_probabilities_of_clues_are_drawn_along_the_last_axis() -> None:
    parameters = np.array([[8.0, 0.0, 2.0], [1.0, 1.0, 2.0]])
    one, many = (_dirichlet(np.random.default_rng(0), parameters, number) for number in (None, 4000))
    assert one.shape == (2, 3)
    assert many.shape == (4000, 2, 3)
    assert many.sum(axis=-1) == pytest.approx(1.0)
    assert many.mean(axis=0) == pytest.approx(parameters / parameters.sum(axis=1, keepdims=True), abs=0.01)
    assert many[:, 0, 0].var() == pytest.approx(0.8 * 0.2 / 11, rel=0.1)


@pytest.mark.parametrize(("draws", "passes"), [(1, 0), (7, 0), (7, 2), (41, 25), (2, 40)])
def test_there_are_as_many_draws_as_are_asked_for(fit: Fit, draws: int, passes: int) -> None:
    drawn = sample(fit, WEIGHT, draws, np.random.default_rng(0), passes)
    assert drawn.shape == (draws, SITES)
    assert len(np.unique(drawn[:, 0])) > draws // 4


def test_without_a_pass_the_draws_are_those_of_the_approximation(fit: Fit) -> None:
    _, weight = approximate(make_line(), make_records(), SCALE)
    drawn = sample(fit, weight, 20_000, np.random.default_rng(0), 0)
    wanted = Information(fit, weight)
    assert drawn.mean(axis=0) == pytest.approx(fit.log_rate, abs=0.06)
    assert drawn.var(axis=0) == pytest.approx(wanted.variance(), rel=0.06)
    both = np.cov(drawn[:, [0, 1, 40, CELLS]].T)
    assert both == pytest.approx(wanted.times(np.eye(SITES))[np.ix_([0, 1, 40, CELLS], [0, 1, 40, CELLS])], abs=0.1)


def test_what_is_learned_of_clues_is_the_prior_and_the_records_where_all_are_certain() -> None:
    weights = np.eye(SITES)[[33, CELLS + 1, CELLS + 2]]
    clue = np.array([CLUES.index(name) for name in ("outside", "named", "train")])
    fit = Fit(make_line(), Records(csr_array(weights), np.array([12.0, 30.0, 6.0]), 10.0, clue), SCALE)
    drawn = learn_clues(fit, fit.mean, tuple(map(tuple, PRIOR.tolist())), np.random.default_rng(0))
    assert drawn.shape == (40 * 17, 4, len(CLUES))
    total = np.array(PRIOR)
    for row, kind in enumerate(kind_of(fit.line)[[33, CELLS + 1, CELLS + 2]]):
        total[kind, clue[row]] += [12.0, 30.0, 6.0][row]
    assert drawn.mean(axis=0) == pytest.approx(total / total.sum(axis=1, keepdims=True), abs=0.02)


@pytest.mark.parametrize("wrong", [0.5, 1.0, 1.6])
def test_passes_end_at_the_posterior_of_a_single_rate_whatever_they_begin_from(wrong: float) -> None:
    # Two cells, hardly any field: only the effects of the kinds vary, of which the sum has a Gaussian prior.
    line = Line(np.array([10.0, 10.0]), np.zeros(2, bool), np.zeros(2, bool), np.zeros(2, np.intp))
    records = Records(csr_array(np.eye(2)), np.array([2.0, 1.0]), 10.0)
    fit = Fit(line, records, Scale(50.0, 0.02))
    drawn = sample(fit, wrong * fit.mean, 12_000, np.random.default_rng(3), 40)
    assert drawn[:, 0] == pytest.approx(drawn[:, 1], abs=0.2)
    x = np.linspace(-12, 6, 4001)
    density = np.exp(-0.5 * (x - np.log(0.02)) ** 2 / 10.0 + 3 * x - np.exp(x) * 2.0)  # 20 km in ten years
    below = np.cumsum(density) / density.sum()
    for share in (0.05, 0.25, 0.5, 0.75, 0.95):
        assert np.quantile(drawn.mean(axis=1), share) == pytest.approx(np.interp(share, below, x), abs=0.06)
