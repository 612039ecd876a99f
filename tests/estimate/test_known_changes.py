"""Known answers of what changed: by brute force over counts, and on records made up for it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta, poisson

from geo.errors import ShekaraError
from geo.estimate.change import (
    Years,
    _row,
    compare_periods,
    default_years,
    dispersion_of,
    latest_years,
    power_of_doubling,
    ratio_interval,
)

YEARS = Years(2020, 2021, 2015, 2019)


def records(rows: list[tuple[str, str, str]]) -> Any:
    """Incidents by day, border and recording side, on a border with two neighbours by land and one coast."""
    day, border, side = (list(column) for column in zip(*rows, strict=True))
    dates = pd.to_datetime(pd.Series(day))
    table = pd.DataFrame({"date_start": dates, "date_end": dates, "border": border, "recording_side": side})
    borders = pd.DataFrame({"kind": ["land", "land", "coast"]}, index=["A", "B", "SEA"])
    return SimpleNamespace(incidents=table, counts=np.ones(len(rows)), frontier=SimpleNamespace(borders=borders))


def spread(first: int, last: int, number: int, border: str, side: str) -> list[tuple[str, str, str]]:
    """As many records in each of some years."""
    return [(f"{year}-06-{1 + at:02d}", border, side) for year in range(first, last + 1) for at in range(number)]


@pytest.mark.parametrize(
    ("newest", "years"),
    [
        ("2025-12-31", Years(2024, 2025, 2015, 2023)),
        ("2025-12-30", Years(2023, 2024, 2015, 2022)),
        ("2026-01-01", Years(2024, 2025, 2015, 2023)),
    ],
)
def test_a_year_is_full_when_its_last_day_is_on_record(newest: str, years: Years) -> None:
    located = records([("2015-02-01", "A", "home"), (newest, "A", "home")])
    assert default_years(located) == years
    assert latest_years(located) == years
    assert default_years(located, 2022) == years._replace(since=2022, against_until=2021)
    with pytest.raises(ShekaraError, match=f"since 2030: the last full year on record is {years.until}"):
        default_years(located, 2030)
    with pytest.raises(ShekaraError, match="must end before 2020"):
        default_years(located, 2020, (2018, 2020))
    with pytest.raises(ShekaraError, match="comes after the last"):
        default_years(located, 2020, (2019, 2018))
    assert default_years(located, 2020, (2018, 2018)).earlier == 1
    assert default_years(located, years.until).later == 1


def test_records_of_too_few_years_compare_nothing() -> None:
    assert latest_years(records([("2015-02-01", "A", "home"), ("2016-12-31", "A", "home")])) is None
    assert latest_years(records([("2015-02-01", "A", "home"), ("2017-12-31", "A", "home")])) == Years(
        2016, 2017, 2015, 2015
    )


@pytest.mark.parametrize(
    ("yearly", "wanted"), [([4.0, 4, 4], 1.0), ([1.0, 3, 8], 13 / 4), ([0.0, 0], 1.0), ([7.0], 1.0), ([2.0, 8], 3.6)]
)
def test_dispersion_is_variance_over_mean_and_at_least_one(yearly: list[float], wanted: float) -> None:
    assert dispersion_of(np.array(yearly)) == pytest.approx(wanted)


@pytest.mark.parametrize(("later", "earlier"), [(7, 3), (0, 4), (5, 0), (0, 0), (1, 1)])
@pytest.mark.parametrize("dispersion", [1.0, 2.5])
def test_the_ends_are_jeffreys_of_a_share_turned_into_a_ratio(later: int, earlier: int, dispersion: float) -> None:
    years = 2.0, 5.0
    ratio, *ends = ratio_interval(later, earlier, years, dispersion)
    assert ratio == pytest.approx(later / earlier * 2.5 if earlier else np.nan, nan_ok=True)
    both = later and earlier
    middle = 2.5 * (later / earlier if both else (later + 0.5) / (earlier + 0.5))
    for end, share in zip(ends, (0.05, 0.95), strict=True):
        part = beta.ppf(share, later + 0.5, earlier + 0.5)
        log = np.log(part / (1 - part) * 2.5 / middle) * np.sqrt(dispersion)
        assert end == pytest.approx(middle * np.exp(log))


@pytest.mark.parametrize(("rate", "years", "dispersion"), [(0.7, (2, 5), 1.0), (0.4, (1, 3), 1.0), (1.5, (3, 2), 1.6)])
def test_a_doubling_shows_as_often_as_its_counts_have_an_interval_above_one(
    rate: float, years: tuple[int, int], dispersion: float
) -> None:
    means = 2 * rate * years[0], rate * years[1]
    later, earlier = (np.arange(int(mean + 8 * np.sqrt(mean) + 8)) for mean in means)
    shows = np.array([[ratio_interval(a, b, years, dispersion)[1] > 1 for b in earlier] for a in later])
    wanted = poisson.pmf(later, means[0]) @ shows @ poisson.pmf(earlier, means[1])
    assert power_of_doubling(rate, years, dispersion) == pytest.approx(wanted, abs=1e-5)
    assert power_of_doubling(0.0, years, dispersion) == 0.0


@pytest.mark.parametrize(
    ("later", "earlier", "word"),
    [
        (0, 0, "no records"), (1, 0, "too few to tell"), (9, 0, "rose"), (20, 10, "rose"), (2, 40, "fell"),
        (6, 15, "cannot tell"), (6, 14, "too few to tell"), (0, 20, "fell"),
    ],
)  # fmt: skip
def test_a_change_has_its_word_and_the_numbers_that_it_rests_on(later: int, earlier: int, word: str) -> None:
    row = _row(later, earlier, YEARS, 1.0)
    assert row["word"] == word
    assert (row["records"], row["against_records"]) == (later, earlier)
    assert (row["a_year"], row["against_a_year"]) == (later / 2, earlier / 5)
    ratio, low, high = ratio_interval(later, earlier, (2, 5))
    nothing = word == "no records"
    assert row["ratio"] == pytest.approx(np.nan if earlier == 0 else ratio, nan_ok=True)
    assert row["low90"] == pytest.approx(np.nan if nothing else low, nan_ok=True)
    assert row["high90"] == pytest.approx(np.nan if earlier == 0 else high, nan_ok=True)
    power = power_of_doubling(earlier / 5, (2, 5)) if word == "too few to tell" else np.nan
    assert row["doubling_shows"] == pytest.approx(power, nan_ok=True)
    assert row["dispersion"] == 1.0


def test_records_are_compared_by_border_and_by_side_and_those_off_the_land_are_left_out() -> None:
    rows = [
        *spread(2015, 2019, 4, "A", "home"), *spread(2020, 2021, 16, "A", "home"),
        *spread(2015, 2021, 3, "B", "neighbour"), *spread(2015, 2021, 5, "SEA", "home"),
        *spread(2014, 2014, 20, "A", "home"), *spread(2022, 2022, 20, "A", "home"),
    ]  # fmt: skip
    table = compare_periods(records(rows), YEARS)
    assert list(table.index) == ["all", "A", "B", "home", "neighbour"]
    assert table["records"].tolist() == [38, 32, 6, 32, 6]
    assert table["against_records"].tolist() == [35, 20, 15, 20, 15]
    yearly = np.array([7.0] * 5 + [19.0] * 2)
    assert table["dispersion"].tolist() == pytest.approx([yearly.var(ddof=1) / yearly.mean()] * 5)
    assert table["word"].tolist() == ["rose", "rose", "cannot tell", "rose", "cannot tell"]
    assert table["side"].tolist() == ["home", "", "", "", ""]
    assert list(table.columns) == [
        "records", "against_records", "a_year", "against_a_year", "ratio", "low90", "high90", "dispersion",
        "doubling_shows", "word", "side",
    ]  # fmt: skip


def test_no_side_alone_is_named_where_both_tell_or_none_does() -> None:
    both = [
        *spread(2010, 2020, 3, "A", "home"), *spread(2021, 2021, 15, "A", "home"),
        *spread(2010, 2020, 3, "B", "neighbour"), *spread(2021, 2021, 15, "B", "neighbour"),
    ]  # fmt: skip
    none = [*spread(2010, 2021, 4, "A", "home"), *spread(2010, 2021, 4, "B", "neighbour")]
    for rows, words in ((both, {"rose"}), (none, {"cannot tell"})):
        table = compare_periods(records(rows), Years(2021, 2021, 2010, 2020))
        assert set(table["word"]) == words
        assert set(table["side"]) == {""}


def test_a_record_of_more_rows_counts_as_many() -> None:
    located = records([*spread(2015, 2021, 3, "A", "home")])
    located.counts = np.arange(1.0, 22.0)
    table = compare_periods(located, YEARS)
    assert table.loc["A", ["records", "against_records"]].tolist() == [16 + 17 + 18 + 19 + 20 + 21, 120]
