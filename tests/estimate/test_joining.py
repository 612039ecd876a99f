"""Placements that are nearly alike, joined before the fit."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from geo.estimate.emission import Told, prior_emission
from geo.estimate.joining import join_alike
from geo.estimate.model import Fit
from geo.vocabulary import CLUES
from tests.estimate.lines import CELLS, SCALE, make_line

PLACES = 3000


@pytest.fixture(scope="module")
def told() -> Told:
    """Places all along both borders, each with a kernel of its own on its border and one record."""
    rng, border = np.random.default_rng(2), make_line().neighbour
    place, spread = rng.uniform(0, CELLS, PLACES), rng.uniform(0.6, 4, PLACES)
    weights = np.exp(-0.5 * ((np.arange(CELLS) - place[:, None]) / spread[:, None]) ** 2)
    weights *= border == border[place.astype(int)][:, None]
    weights[weights < 1e-6 * weights.max(axis=1, keepdims=True)] = 0
    counts = np.eye(len(CLUES))[rng.choice([CLUES.index("silent"), CLUES.index("outside")], PLACES, p=[0.95, 0.05])]
    return Told(csr_array(weights / weights.sum(axis=1, keepdims=True)), counts, 10.0)


def test_few_placements_stay_as_they_are(told: Told) -> None:
    weights, counts = join_alike(told.weights, told.counts, make_line().neighbour, PLACES)
    assert (counts == told.counts).all()
    assert abs(weights - told.weights).max() < 1e-15


def test_many_placements_become_few_without_losing_a_record_or_a_border(told: Told) -> None:
    border = make_line().neighbour
    weights, counts = join_alike(told.weights, told.counts, border, 200)
    assert 50 < len(counts) <= 200
    assert counts.sum(axis=0) == pytest.approx(told.counts.sum(axis=0))
    assert weights.sum(axis=1) == pytest.approx(1)
    assert all(len(set(border[row.indices])) == 1 for row in (weights[[at]] for at in range(len(counts))))
    own = counts.sum(axis=1) @ weights
    assert own == pytest.approx(told.counts.sum(axis=1) @ told.weights)


def test_no_placements_are_joined_to_none() -> None:
    weights, counts = join_alike(csr_array((0, CELLS)), np.zeros((0, len(CLUES))), make_line().neighbour)
    assert weights.shape == (0, CELLS)
    assert counts.shape == (0, len(CLUES))


def test_a_fit_hardly_feels_that_placements_were_joined(told: Told) -> None:
    line = make_line()
    joined = Told(*join_alike(told.weights, told.counts, line.neighbour, 200), told.years)
    whole, part = (Fit(line, some.records(line, prior_emission()), SCALE) for some in (told, joined))
    assert len(joined.counts) < len(told.counts) / 10
    gap = np.abs(whole.log_rate - part.log_rate)
    assert gap.mean() < 0.05
    assert gap.max() < 0.3
