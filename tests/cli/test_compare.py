"""``shekara compare``, and the orders of tables."""

from __future__ import annotations

import json

import pytest
from command_line import run


@pytest.fixture
def shekara(capsys: pytest.CaptureFixture[str]):  # noqa: ANN201
    """Run a command and give its exit code, output and error stream."""
    return lambda *words: run(*words, capsys=capsys)


def test_compare_says_what_changed_per_border_and_side(shekara) -> None:
    code, out, _ = shekara("compare", "--since", "2024", "--against", "2015..2023", "--format", "json")
    assert code == 0
    rows = json.loads(out)
    assert [row["key"] for row in rows] == ["all", "RU", "CN", "KG", "UZ", "TM", "home", "neighbour"]
    assert {row["word"] for row in rows} <= {"rose", "fell", "cannot tell", "too few to tell", "no records"}
    assert out == shekara("compare", "--format", "json")[1]


def test_compare_takes_whole_years(shekara) -> None:
    for words in (["--since", "2024-03-01"], ["--until", "2024"], ["--against", "2015-2023"], ["--since", "2090"]):
        code, _, err = shekara("compare", *words)
        assert code == 2
        assert err.startswith("shekara: ")


def test_the_table_says_what_it_compares_and_what_would_not_show(shekara) -> None:
    _, out, _ = shekara("compare")
    assert "Records of 2024 to 2025 against 2015 to 2023." in out
    assert "not flows" in out


def test_tables_are_ordered_and_cut(shekara) -> None:
    _, out, _ = shekara("summary", "--by", "place", "--top", "5", "--format", "json")
    rows = json.loads(out)
    assert len(rows) == 5
    assert [row["value"] for row in rows] == sorted((row["value"] for row in rows), reverse=True)
    _, out, _ = shekara("summary", "--by", "segment", "--sort", "incidents", "--top", "3", "--format", "json")
    counts = [row["incidents"] for row in json.loads(out)]
    assert counts == sorted(counts, reverse=True)
    code, _, err = shekara("summary", "--sort", "beauty")
    assert code == 2
    assert "--sort" in err


def test_figures_are_written_by_one_rule(shekara) -> None:
    _, out, _ = shekara("summary", "--by", "place")
    assert "at most" in out
    assert "0.00" not in out
