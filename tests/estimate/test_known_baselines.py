"""Known answers of the simple methods: by hand, by brute force, and by another library's densities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from lines import CELLS, SITES, make_line, make_records
from scipy.optimize import minimize
from scipy.sparse import csr_array
from scipy.stats import nbinom, norm

from geo.estimate.baselines import BASELINES, CLUE_AWARE, Ground, _segments, clamped_empirical_bayes, gamma_poisson

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LENGTH = np.array([12.0, 8, 10, 9, 11, 10, 14, 6, 10, 10, 12, 8])


def ground(cells: list[int], **changes: Any) -> Ground:
    """Twelve cells of two neighbours over ten years: roads in the second and ninth, rails in the fifth and ninth."""
    given: dict[str, Any] = {
        "length_km": LENGTH,
        "start_km": np.r_[0, LENGTH[:5].cumsum(), 0, LENGTH[6:11].cumsum()],
        "neighbour": np.repeat([0, 1], 6),
        "road": np.isin(np.arange(12), [1, 8]),
        "rail": np.isin(np.arange(12), [4, 8]),
        "years": 10.0,
    } | changes
    shape = len(cells), len(given["length_km"])
    given.setdefault("weights", csr_array((np.ones(shape[0]), (np.arange(shape[0]), cells)), shape=shape))
    given.setdefault("years_ago", np.ones(shape[0]))
    return Ground(**given)


def bare(cells: list[int], length: Floats, starts: Floats, neighbour: NDArray[np.intp]) -> Ground:
    """A longer line without a crossing."""
    none = np.zeros(len(length), bool)
    return ground(cells, length_km=length, start_km=starts, neighbour=neighbour, road=none, rail=none)


CELLS_OF_RECORDS = [1, 1, 1, 1, 3, 4, 8, 8, 8, 10, 11]
COUNTS = np.bincount(CELLS_OF_RECORDS, minlength=12).astype(float)
EXPOSURE = LENGTH / 10.0  # 100 km × years


def test_one_rate_for_all_has_half_a_record_more() -> None:
    assert BASELINES["uniform"](ground(CELLS_OF_RECORDS)) == pytest.approx(11.5 / 12.0)


def test_a_rate_of_a_group_has_half_a_record_more_in_each() -> None:
    past = ground(CELLS_OF_RECORDS)
    assert BASELINES["rate per neighbour"](past) == pytest.approx(np.repeat([6.5 / 6.0, 5.5 / 6.0], 6))
    kind = np.array([0, 1, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0])  # road, and rail where there is no road
    wanted = [(COUNTS[kind == one].sum() + 0.5) / EXPOSURE[kind == one].sum() for one in range(3)]
    assert BASELINES["rate per kind of crossing"](past) == pytest.approx(np.array(wanted)[kind])


def test_shrunk_rates_are_weighed_by_exposure() -> None:
    # Marshall 1991: mean 2, spread (1·4 + 3·(4/3)²·… )/4 by hand below.
    counts, exposure = np.array([4.0, 2.0, 6.0]), np.array([1.0, 3.0, 2.0])
    mean = 12 / 6
    raw = [4.0, 2 / 3, 3.0]
    spread = (1 * 4.0 + 3 * (4 / 3) ** 2 + 2 * 1.0) / 6
    between = spread - mean / 2
    wanted = [mean + between / (between + mean / one) * (rate - mean) for one, rate in zip(exposure, raw, strict=True)]
    assert between > 0
    assert clamped_empirical_bayes(counts, exposure) == pytest.approx(wanted)


@pytest.mark.parametrize("counts", [[0.0, 7, 1, 0, 3, 12, 2], [3.0, 4, 2, 3, 5, 3, 4], [0.0] * 7])
def test_gamma_poisson_has_the_likeliest_shape_and_mean_of_negative_binomial_counts(counts: list[float]) -> None:
    exposure = np.array([1.0, 2.0, 0.5, 1.0, 3.0, 2.0, 1.5])
    rates = gamma_poisson(np.array(counts), exposure)

    def loss(shape: float, mean: float) -> float:
        return -float(nbinom.logpmf(counts, shape, shape / (shape + mean * exposure)).sum())

    # The rates are (count + shape) / (exposure + shape / mean): shape and mean follow from two of them.
    shape, scale = np.linalg.solve(np.column_stack([np.ones(7), -rates])[:2], (rates * exposure - counts)[:2])
    if sum(counts):
        mean = shape / scale
        assert rates == pytest.approx((counts + shape) / (exposure + scale), rel=1e-6)
        best = minimize(lambda at: loss(*np.exp(at)), [0.0, 0.5], method="Nelder-Mead", options={"maxiter": 2000})
        assert loss(min(shape, 1e5), mean) <= best.fun + 1e-3
    else:
        assert (rates < 0.01 * 0.5 / exposure.sum()).all()  # six in logs under half a record, at least


def test_counts_more_alike_than_chance_are_given_one_rate_and_a_count_without_any_a_rate_above_nought() -> None:
    rates = gamma_poisson(np.full(5, 3.0), np.ones(5))
    assert rates == pytest.approx(3.0, rel=1e-3)
    unlike = gamma_poisson(np.array([0.0, 0.0, 400.0]), np.ones(3))
    assert 0 < unlike[0] < 0.5
    assert unlike[2] == pytest.approx(400, rel=0.01)


@pytest.mark.parametrize(("name", "km"), [("empirical Bayes, 100 km", 100), ("empirical Bayes, 50 km", 50)])
def test_empirical_bayes_by_stretch_is_that_of_the_stretches(name: str, km: int) -> None:
    length = np.full(30, 10.0)
    cells = [0, 0, 0, 3, 7, 7, 12, 14, 14, 14, 14, 14, 22, 29]
    past = bare(cells, length, np.r_[np.arange(17) * 10.0, np.arange(13) * 10.0], np.repeat([0, 1], [17, 13]))
    per = km // 10
    segment = np.r_[np.arange(17) // per, 100 + np.arange(13) // per]
    segment = np.unique(segment, return_inverse=True)[1]
    assert _segments(past, km).tolist() == segment.tolist()
    counts = np.bincount(segment, np.bincount(cells, minlength=30)).astype(float)
    wanted = gamma_poisson(counts, np.bincount(segment, length / 100 * 10))[segment]
    assert BASELINES[name](past) == pytest.approx(wanted, rel=1e-3)


def test_crossings_are_shrunk_among_themselves_and_the_rest_has_one_rate() -> None:
    rate = BASELINES["crossings shrunk, one rate elsewhere"](ground(CELLS_OF_RECORDS))
    at = [1, 4, 8]
    assert rate[at] == pytest.approx(gamma_poisson(COUNTS[at], EXPOSURE[at]), rel=1e-2)
    rest = np.setdiff1d(np.arange(12), at)
    assert rate[rest] == pytest.approx((COUNTS[rest].sum() + 0.5) / EXPOSURE[rest].sum())


@pytest.mark.parametrize(("years", "recent"), [(10.0, 3.0), (2.0, 2.0)])
def test_the_last_years_count_those_of_three_years_and_one_record_spread_over_the_border(
    years: float, recent: float
) -> None:
    ago = np.array([0.0, 1, 2, 3, 3.01, 8, 0.5, 3.0, 2.9, 9, 1])
    rate = BASELINES["last years' count"](ground(CELLS_OF_RECORDS, years_ago=ago, years=years))
    fresh = np.bincount(np.array(CELLS_OF_RECORDS)[ago <= 3], minlength=12)
    # Fifty kilometres from where each neighbour's line begins; a cell belongs to where it starts.
    segment = np.array([0, 0, 0, 0, 0, 1, 2, 2, 2, 2, 2, 3])
    counts, length = np.bincount(segment, fresh + LENGTH / 120), np.bincount(segment, LENGTH)
    assert rate == pytest.approx((counts / (length / 100 * recent))[segment])


def best_kernel(past: Ground, cells: list[int]) -> tuple[int, Floats]:
    """The bandwidth under which each record is told best by the others, and the density of the records with it."""
    length = past.length_km
    middle, number = length.cumsum() - length / 2, len(cells)
    best: tuple[float, int, Floats] = (-np.inf, 0, length)
    for width in (5, 8, 12, 18, 25, 35, 50, 75, 100, 150, 250):
        kernel = norm.pdf(middle[:, None], middle[None, :], width)
        kernel /= kernel @ length[:, None]  # so that each record is one over the border
        total, floor = kernel[cells].sum(axis=0), 1 / length.sum()  # and one more is spread over all of it
        score = np.log([(total - kernel[cell] + floor)[cell] / number for cell in cells]).sum()
        if score > best[0]:
            best = score, width, (total + floor) / (number + 1)
    return best[1], best[2] * 100 * number / past.years


@pytest.mark.parametrize("cells", [CELLS_OF_RECORDS, [2, 2, 3, 3, 3, 2, 2, 9], [5], list(range(12))])
def test_the_kernel_has_the_bandwidth_that_tells_each_record_from_the_others_best(cells: list[int]) -> None:
    past = ground(cells)
    assert BASELINES["kernel along the border"](past) == pytest.approx(best_kernel(past, cells)[1])


def test_every_bandwidth_is_the_best_for_some_records() -> None:
    best = []
    for spread in (4, 9, 15, 22, 31, 43, 61, 90, 125, 190, 400):
        length = np.full(120, max(4.0, spread / 10))
        places = length.sum() / 2 + spread * norm.ppf(np.linspace(0.04, 0.96, 12))
        cells = (places // length[0]).astype(int).tolist()
        past = bare(cells, length, length.cumsum() - length, np.zeros(120, np.intp))
        width, wanted = best_kernel(past, cells)
        best.append(width)
        assert BASELINES["kernel along the border"](past) == pytest.approx(wanted)
    assert best == [5, 8, 12, 18, 25, 35, 50, 75, 100, 150, 250]


def test_uncertain_records_end_where_rates_and_shares_agree() -> None:
    weights = np.zeros((4, 12))
    weights[0, 1] = weights[1, 8] = 1
    weights[2, [1, 2]] = 0.5
    weights[3, [8, 9, 10]] = 0.2, 0.3, 0.5
    past = ground([0] * 4, weights=csr_array(weights))
    rate = BASELINES["rate per neighbour"](past)
    assert rate == pytest.approx(np.repeat([2.5 / 6.0, 2.5 / 6.0], 6))
    rate = BASELINES["rate per kind of crossing"](past)
    for _ in range(3):
        share = weights * rate * EXPOSURE
        counts = (share / share.sum(axis=1, keepdims=True)).sum(axis=0)
        kind = np.array([0, 1, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0])
        rate_again = np.array([(counts[kind == k].sum() + 0.5) / EXPOSURE[kind == k].sum() for k in range(3)])[kind]
        assert rate == pytest.approx(rate_again, rel=2e-3)


def test_the_table_that_heeds_clues_shrinks_sites_and_gives_the_rest_one_rate() -> None:
    line, records = make_line(), make_records()
    number = CLUE_AWARE.heed(line, records)
    exposure = line.exposure(10.0)
    counts = records.shared(number * 10.0)
    between = (counts[:CELLS].sum() + 0.5) / exposure[:CELLS].sum()
    assert number[:CELLS] == pytest.approx(between * line.length_km / 100, rel=1e-3)
    assert number[CELLS:] == pytest.approx(gamma_poisson(counts[CELLS:], exposure[CELLS:]), rel=1e-3)
    assert number.shape == (SITES,)


def test_no_record_gives_the_kernel_one_rate() -> None:
    assert BASELINES["kernel along the border"](ground([])) == pytest.approx(0.5 / 12.0)


def test_an_area_without_a_record_keeps_a_rate_however_uneven_the_others_are() -> None:
    # The shape is bounded by e^−6 from below: with a mean far above it, that is the rate of no record a unit.
    rates = gamma_poisson(np.r_[np.zeros(300), 1e6], np.ones(301))
    assert rates[0] == pytest.approx(np.exp(-6.0), rel=0.01)
    assert rates[-1] == pytest.approx(1e6, rel=1e-3)
