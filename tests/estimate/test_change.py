"""What changed, with an interval that knows how uneven reporting is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import geo
from geo.errors import ShekaraError
from geo.estimate.change import (
    Years,
    compare_periods,
    default_years,
    dispersion_of,
    power_of_doubling,
    ratio_interval,
)

SPANS = (2.0, 9.0)


@pytest.mark.parametrize(
    ("later", "earlier", "expected"),
    [(14, 66, (0.96, 0.58, 1.52)), (7, 8, (3.95, 1.68, 9.2)), (10, 28, (1.62, 0.86, 2.9)), (3, 12, (1.17, 0.37, 3.0))],
)
def test_ratios_are_those_that_were_measured_by_hand(
    later: int, earlier: int, expected: tuple[float, float, float]
) -> None:
    # 342 records, 2024-25 against 2015-23, before widening.
    assert ratio_interval(later, earlier, SPANS) == pytest.approx(expected, rel=0.06)


@given(st.integers(0, 60), st.integers(0, 200), st.floats(1.0, 5.0))
def test_the_interval_holds_the_ratio_and_widens_with_the_dispersion(
    later: int, earlier: int, dispersion: float
) -> None:
    ratio, low, high = ratio_interval(later, earlier, SPANS, dispersion)
    _, near, far = ratio_interval(later, earlier, SPANS)
    assert 0 <= low <= near
    assert far <= high
    if earlier and later:
        assert low < ratio < high
        assert np.log(high / ratio) == pytest.approx(np.log(far / ratio) * np.sqrt(dispersion), rel=1e-6)


def test_turning_the_periods_round_turns_the_ratio_round() -> None:
    ratio, low, high = ratio_interval(12, 30, (2, 5), 1.7)
    back = ratio_interval(30, 12, (5, 2), 1.7)
    assert back == pytest.approx((1 / ratio, 1 / high, 1 / low))


@pytest.mark.parametrize("dispersion", [1.0, 2.3])
def test_intervals_cover_the_true_ratio_of_even_and_of_uneven_years(dispersion: float) -> None:
    # Yearly counts with the variance of as many times their mean, which the interval learns from them.
    rng, inside = np.random.default_rng(5), []
    for rate in (3.0, 8.0, 20.0):
        for ratio in (0.5, 1.0, 2.0):
            mean, held = np.repeat([rate, rate * ratio], [9, 2]), 0
            for _ in range(200):
                uneven = mean if dispersion == 1 else rng.gamma(mean / (dispersion - 1), dispersion - 1)
                counts = rng.poisson(uneven).astype(float)
                later, earlier = counts[9:].sum(), counts[:9].sum()
                _, low, high = ratio_interval(later, earlier, SPANS, dispersion_of(counts))
                held += low <= ratio <= high
            inside.append(held / 200)
    assert 0.88 < np.mean(inside) < 0.97
    assert min(inside) > 0.84


def test_a_doubling_rarely_shows_where_little_is_recorded() -> None:
    assert power_of_doubling(1, SPANS) == pytest.approx(0.31, abs=0.02)
    assert power_of_doubling(3, SPANS) == pytest.approx(0.61, abs=0.03)
    assert power_of_doubling(0, SPANS) == 0
    assert power_of_doubling(3, SPANS, 2.3) < power_of_doubling(3, SPANS)


def test_borders_and_sides_add_up_to_all(located: geo.Located) -> None:
    chosen = located.select(geo.Selection())
    years = default_years(located)
    table = compare_periods(chosen, years)
    borders = ["RU", "CN", "KG", "UZ", "TM"]
    assert list(table.index) == ["all", *borders, "home", "neighbour"]
    for column in ("records", "against_records"):
        assert table.loc[borders, column].sum() == table.loc["all", column]
        assert table.loc[["home", "neighbour"], column].sum() <= table.loc["all", column]
    assert (table["dispersion"] >= 1).all()
    assert table.loc["TM", "word"] == "no records"
    assert table.loc["TM", ["ratio", "low90", "high90"]].isna().all()
    rose = table["low90"] > 1
    assert set(table.loc[rose, "word"]) <= {"rose"}
    assert not table.loc[~rose, "word"].eq("rose").any()


def test_periods_are_whole_years(located: geo.Located) -> None:
    years = default_years(located)
    assert years == Years(2024, 2025, 2015, 2023)
    assert (years.later, years.earlier) == (2, 9)
    assert default_years(located, 2020, (2012, 2014)) == Years(2020, 2025, 2012, 2014)
    for since, against in ((2050, None), (2020, (2015, 2020)), (2020, (2018, 2016))):
        with pytest.raises(ShekaraError):
            default_years(located, since, against)
