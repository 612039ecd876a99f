"""Articles become drafts: the figures reached over twelve sets of articles, held."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafting_score import FIELDS, SETS, Score, score_articles

from geo.builtin.dataset import read_frontier
from geo.intake import Gazetteer, read_gazetteer

HERE = Path(__file__).parent
HARD = ("fresh", "styles", "heldout", "forms", "notes", "unseen", "afresh")
"""Sets of which some articles are told in ways that no rule reads yet."""
LEAST_OF_FIELDS = {"afresh": 0.69}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return read_gazetteer(read_frontier())


@pytest.fixture(scope="module", params=SETS)
def name(request: pytest.FixtureRequest) -> str:
    """A set of articles."""
    return str(request.param)


@pytest.fixture(scope="module")
def score(name: str, gazetteer: Gazetteer) -> Score:
    total = Score()
    for one in score_articles(HERE / name, gazetteer).values():
        total.add(one)
    return total


@pytest.fixture(scope="module")
def least(name: str) -> float:
    """Share of a set that has to be right."""
    return 0.94 if name in HARD else 1


@pytest.fixture(scope="module")
def least_of_fields(name: str) -> float:
    """Share of a field's values in a set that have to be right."""
    return LEAST_OF_FIELDS.get(name, 0.8 if name in HARD else 0.97)


def test_every_expected_incident_is_proposed(score: Score, least: float) -> None:
    assert score.found >= least, "\n".join(score.faults)


def test_nothing_is_invented(score: Score, least: float) -> None:
    assert score.invented <= 1 - least, "\n".join(score.faults)


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_is_right_wherever_the_article_says_it(score: Score, field: str, least_of_fields: float) -> None:
    assert score.stated[field]
    assert score.share(field) >= least_of_fields, "\n".join(score.faults)


def test_no_field_is_wrong(score: Score, least: float) -> None:
    assert score.wrong_share <= (1 - least) / 2, "\n".join(score.faults)


def test_statements_are_right_in_value_goods_and_period(score: Score) -> None:
    assert score.statements == 1, "\n".join(score.faults)
    assert score.statements_proposed == score.statements_expected, "\n".join(score.faults)


def test_the_sets_hold_as_many_articles_as_they_should() -> None:
    counts = {name: len(list((HERE / name).glob("*.txt"))) for name in SETS}
    seen = {"articles": 26, "own": 50, "blind": 12, "founding": 3, "later": 44}
    assert counts == seen | {
        "fresh": 36,
        "styles": 20,
        "heldout": 36,
        "forms": 12,
        "notes": 29,
        "unseen": 40,
        "afresh": 36,
    }
