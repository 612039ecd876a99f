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


def test_a_place_is_quoted_by_key_or_name_with_the_filters(shekara) -> None:
    by_key = shekara("quote", "crossing:karasu", "--goods", "tobacco", "--link", "https://example.org/")[1]
    assert shekara("quote", "Карасу", "--goods", "tobacco", "--link", "https://example.org/")[1] == by_key
    assert "Only: tobacco." in by_key
    assert by_key.rstrip().endswith("https://example.org/#goods=tobacco&at=crossing:karasu")
    assert "годах фиксировали" in shekara("quote", "karasu", "--lang", "ru")[1]


def test_a_change_and_a_record_are_quoted_too(shekara) -> None:
    assert shekara("quote", "--change", "--since", "2023")[1].startswith("All land borders. Since 2023: ")
    assert shekara("quote", "Кыргызстан", "--change", "--lang", "ru")[1].startswith("Кыргызстан. С 2024 года: ")
    assert shekara("quote", "home", "--change")[1].startswith("Recorded by Kazakhstan. ")
    code, out, err = shekara("quote", "karasu", "--change")
    assert (code, out) == (2, "")
    assert "choose from all, RU" in err
    assert "whole years" in shekara("quote", "--change", "--until", "2024-01-01")[2]
    record = "2007-11-20-uz-border-flour-3t"
    text = shekara("quote", record, "--lang", "kk", "--link", "https://example.org/")[1]
    assert text == shekara("quote", f"record:{record}", "--lang", "kk", "--link", "https://example.org/")[1]
    assert text.startswith("Азық-түлік немесе мал, 3 т · ")
    assert text.rstrip().endswith(f"#at=record:{record}")


def test_a_place_that_is_none_is_answered_with_one_message_and_names_like_it(shekara) -> None:
    code, out, err = shekara("quote", "Karassu")
    assert (code, out) == (2, "")
    assert err.startswith("shekara: ")
    assert len(err.splitlines()) == 1
    assert "crossing:karasu" in err


def test_statements_and_scores_are_ordered_and_cut(shekara) -> None:
    rows = json.loads(shekara("claims", "--sort", "value", "--top", "3", "--format", "json")[1])
    assert [row["value"] for row in rows] == sorted((row["value"] for row in rows), reverse=True)
    assert len(rows) == 3
    code, _, err = shekara("claims", "--sort", "beauty")
    assert code == 2
    assert "--sort" in err
