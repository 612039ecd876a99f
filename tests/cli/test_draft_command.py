"""``shekara draft``: its files, its evidence, and every command that refuses them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from command_line import run

from geo.claims import check_claims
from geo.drafting import read_article
from geo.vocabulary import FIELDS

ARTICLES = Path(__file__).parent.parent / "drafting" / "articles"
HORNS, SUMMARY = ARTICLES / "06-ru-khorgos-horns-roundup.txt", ARTICLES / "17-ru-border-service-september.txt"


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Any:
    return lambda *words: run(*map(str, words), capsys=capsys)


_DRAFTED: dict[str, bytes] = {}


@pytest.fixture
def drafts(shell: Any, tmp_path: Path) -> Path:
    """Drafts in a folder of the test's own, read from the articles once."""
    output = tmp_path / "drafts.geojson"
    if _DRAFTED:
        for name, content in _DRAFTED.items():
            (tmp_path / name).write_bytes(content)
        return output
    code, out, err = shell("draft", HORNS, SUMMARY, "-o", output)
    assert (code, err) == (0, "")
    assert "3 drafts, 0 statements" in out
    assert "0 drafts, 5 statements" in out
    _DRAFTED.update({file.name: file.read_bytes() for file in tmp_path.iterdir()})
    return output


def test_a_draft_has_the_fields_of_an_incident_and_its_status(drafts: Path) -> None:
    features = json.loads(drafts.read_text(encoding="utf-8"))["features"]
    assert len(features) == 3
    for feature in features:
        properties = feature["properties"]
        assert [*properties][: len(FIELDS)] == [*FIELDS]
        assert properties["status"] == "draft"
        assert properties["source_publisher"] == "Семиречье сегодня"
    # Nothing says how the third lot was carried: the field is blank, not "unknown".
    assert [one["properties"]["mode"] for one in features] == ["road", "road", ""]


def test_the_evidence_is_the_articles_own_words(drafts: Path) -> None:
    text = read_article(HORNS).text
    for feature in json.loads(drafts.read_text(encoding="utf-8"))["features"]:
        evidence = feature["properties"]["evidence"]
        assert {"goods", "quantity", "date", "place_name", "agency", "outcome_class"} <= evidence.keys()
        for marks in evidence.values():
            assert marks
            assert all(text[mark["start"] : mark["end"]] == mark["words"] for mark in marks)


def test_statements_stand_beside(drafts: Path) -> None:
    table = pd.read_csv(drafts.with_name("drafts.statements.csv"), dtype=str, keep_default_na=False)
    assert table["value"].tolist() == ["1349", "657", "478", "180", "45"]
    assert table["goods"].tolist() == ["all", "consumer_goods", "fuel", "currency", "weapons"]
    assert set(table["status"]) == {"draft"}
    assert set(table["period_end"]) == {"2025-09-30"}


def test_the_same_articles_give_the_same_bytes(shell: Any, drafts: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.geojson"
    shell("draft", HORNS, SUMMARY, "-o", again)
    assert again.read_bytes() == drafts.read_bytes()


@pytest.mark.parametrize(
    "words",
    [
        ("export", "OUT.html", "--incidents", "DRAFTS"),
        ("figure", "OUT.svg", "--incidents", "DRAFTS"),
        ("summary", "--incidents", "DRAFTS"),
        ("risk", "--incidents", "DRAFTS"),
        ("backtest", "--incidents", "DRAFTS"),
        ("claims", "--incidents", "DRAFTS"),
        ("locate", "DRAFTS", "-o", "OUT.csv"),
        ("check", "DRAFTS"),
        ("merge", "DRAFTS", "DRAFTS"),
        ("import", "DRAFTS", "-o", "OUT.geojson"),
        ("register", "locate", "DRAFTS", "-o", "OUT.parquet", "--prefix", "x_"),
        ("claims", "--statements", "STATEMENTS"),
        ("check", "STATEMENTS"),
    ],
    ids=lambda words: f"{words[0]}-{words[-1]}",
)
def test_every_command_refuses_drafts_with_one_message(shell: Any, drafts: Path, words: tuple[str, ...]) -> None:
    out = drafts.with_name("out")
    names = {
        "DRAFTS": drafts,
        "STATEMENTS": drafts.with_name("drafts.statements.csv"),
        **{f"OUT.{ending}": out.with_suffix(f".{ending}") for ending in ("html", "svg", "csv", "geojson", "parquet")},
    }
    before = sorted(drafts.parent.iterdir())
    code, _, err = shell(*(names.get(word, word) for word in words))
    assert code in (1, 2)
    assert err.count("a person has confirmed") == 1
    assert "Traceback" not in err
    assert sorted(drafts.parent.iterdir()) == before


def test_drafts_as_a_table_or_as_parquet_are_refused_too(shell: Any, drafts: Path) -> None:
    import geopandas as gpd  # noqa: PLC0415

    frame = gpd.read_file(drafts).drop(columns="evidence")
    parquet, table = drafts.with_name("p.parquet"), drafts.with_name("t.csv")
    frame.to_parquet(parquet)
    pd.DataFrame(frame.drop(columns="geometry")).assign(lon="", lat="").to_csv(table, index=False)
    for file in (parquet, table):
        code, _, err = shell("check", file)
        assert code in (1, 2)
        assert "a person has confirmed" in err


@pytest.mark.parametrize(
    ("key", "status"), [("status", ""), ("status", "proposed"), ("status", "draft\u200b"), ("Status", "DRAFT")]
)
def test_a_draft_whose_status_was_edited_is_refused_by_its_evidence(
    shell: Any, drafts: Path, key: str, status: str
) -> None:
    collection = json.loads(drafts.read_text(encoding="utf-8"))
    for feature in collection["features"]:
        del feature["properties"]["status"]
        feature["properties"][key] = status
    drafts.write_text(json.dumps(collection), encoding="utf-8")
    beside = drafts.with_name("drafts.statements.csv")
    table = pd.read_csv(beside, dtype=str, keep_default_na=False)
    table.assign(status=status).rename(columns={"status": key}).to_csv(beside, index=False)
    out = drafts.with_name("out.geojson")
    for words in (("check", drafts), ("check", beside), ("import", drafts, "-o", out)):
        code, _, err = shell(*words)
        assert code in (1, 2)
        assert "a person has confirmed" in err
    assert not out.exists()


def test_a_column_called_evidence_makes_no_draft_of_somebodys_table(shell: Any, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    row = {"date": "2024-05-03", "goods": "tobacco", "quantity": 5, "unit": "kg", "place": "Syrym", "article": "286"}
    row |= {"evidence": "photographs, a protocol", "source": "https://example.org/a", "border": "Russia"}
    pd.DataFrame([row]).to_csv(table, index=False)
    assert "a person has confirmed" not in shell("import", table, "-o", tmp_path / "out.geojson")[2]


def test_statements_that_are_drafts_are_a_fault(drafts: Path) -> None:
    (fault,) = check_claims(drafts.with_name("drafts.statements.csv"))
    assert fault.field == "status"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("nothing.txt", ""),
        ("blank.txt", " \n \n"),
        ("markup.html", "<html><body></body></html>"),
        ("picture.txt", "\x89PNG\x00\x00"),
    ],
)
def test_a_file_without_an_article_gives_one_message(shell: Any, tmp_path: Path, name: str, content: str) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    code, out, err = shell("draft", file, "-o", tmp_path / "d.geojson")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert name in err
    assert not (tmp_path / "d.geojson").exists()


@pytest.mark.parametrize(
    "text",
    [
        "Ein Schmuggler wurde gestern mit 40 Kilogramm Tabak an der Grenze gestellt. " * 20,
        "昨天在边境查获四十公斤烟草。" * 40,
        "أمس ضبطت السلطات " * 40,
        "<p>{{ 40 }}</p> &amp; **x** [y](z) | a | b |\n" * 60,
    ],
)
def test_other_languages_and_markup_give_an_answer(shell: Any, tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.txt"
    file.write_text(text, encoding="utf-8")
    code, out, err = shell("draft", file)
    assert "Traceback" not in err
    assert code == 2 or "0 drafts" in out


def test_a_long_article_is_answered(shell: Any, tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    body = (ARTICLES / "18-ru-law-threshold.txt").read_text(encoding="utf-8")
    file.write_text((body + "\n\n") * (100_000 // len(body.encode()) + 1), encoding="utf-8")
    code, out, _ = shell("draft", file)
    assert code == 0
    assert "long.txt: 0 drafts" in out


def test_wrong_options_are_refused(shell: Any, tmp_path: Path) -> None:
    for words in (("-o", tmp_path / "d.csv"), ("--date", "yesterday")):
        code, _, err = shell("draft", HORNS, *words)
        assert code == 2
        assert err.count("\n") == 1


def test_a_date_may_be_given_for_an_article_without_one(shell: Any, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Зерно\n\nВчера на пункте пропуска «Кайрак» пограничники изъяли 60 тонн пшеницы.", encoding="utf-8")
    assert "no date" in shell("draft", file)[1]
    assert "2023-04-21" in shell("draft", file, "--date", "2023-04-22")[1]


def test_an_article_is_never_overwritten_nor_read_twice(shell: Any, tmp_path: Path) -> None:
    article, beside = tmp_path / "a.txt", tmp_path / "o.statements.csv"
    for file in (article, beside):
        file.write_bytes(HORNS.read_bytes())
    code, _, err = shell("draft", article, article, beside, "-o", tmp_path / "o.geojson")
    assert code == 2
    assert "named twice" in err
    assert "an article is there" in err
    assert beside.read_bytes() == HORNS.read_bytes()
    assert not (tmp_path / "o.geojson").exists()


def test_what_is_no_file_is_not_read(shell: Any) -> None:
    code, _, err = shell("draft", "/dev/zero")
    assert code == 2
    assert "no file of text" in err
