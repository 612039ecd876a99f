"""``shekara import`` and ``shekara merge`` as a user meets them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import geo
from geo.cli import commands as cli
from geo.incidents.reading import write_incidents
from geo.intake.places import online

if TYPE_CHECKING:
    from geo.intake.places.resolving import Found

MESSY = Path(__file__).parents[1] / "intake" / "fixtures" / "messy_ru.csv"


@pytest.fixture
def shekara(capsys: pytest.CaptureFixture[str]):  # noqa: ANN201
    def run(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        before, sys.argv = sys.argv, ["shekara", *map(str, words)]
        try:
            cli.main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        finally:
            sys.argv = before
        return code, *capsys.readouterr()

    return run


def test_import_shows_the_mapping_the_problems_and_the_counts(shekara, tmp_path: Path) -> None:
    out = tmp_path / "incidents.geojson"
    code, said, _ = shekara("import", MESSY, "-o", out)
    assert code == 0
    for words in (
        "26 rows", "Windows-1251", "Что изъято", "by its name", "Not read: № п/п",
        "no address of a source", "no such day in the calendar",
        "26  rows read", "2  not imported", "24  imported", "at a crossing", str(out),
    ):  # fmt: skip
        assert words in said, words
    assert len(geo.read_incidents(out)) == 24
    problems = (tmp_path / "incidents.problems.csv").read_text(encoding="utf-8")
    assert problems.startswith("row,field,column,value,reason,done\n")
    assert problems.count("row not imported") == 2
    assert (tmp_path / "incidents.places.csv").read_text(encoding="utf-8").count("\n") == 25


def test_the_same_table_gives_the_same_bytes(shekara, tmp_path: Path) -> None:
    files = []
    for name in ("a", "b"):
        shekara("import", MESSY, "-o", tmp_path / f"{name}.csv")
        files.append([(tmp_path / f"{name}{rest}").read_bytes() for rest in (".csv", ".problems.csv", ".places.csv")])
    assert files[0] == files[1]


def test_a_mapping_is_corrected_and_kept_for_next_week(shekara, tmp_path: Path) -> None:
    kept = tmp_path / "map.toml"
    code, said, _ = shekara(
        "import",
        MESSY,
        "--map",
        "agency=",
        "--map",
        "concealment=Кто выявил",
        "--set",
        "confidence=high",
        "--keep",
        kept,
    )
    assert code == 0
    assert "Nothing is written" in said
    assert not list(tmp_path.glob("*.geojson"))
    out = tmp_path / "a.geojson"
    code, said, _ = shekara("import", MESSY, "--mapping", kept, "-o", out)
    assert "kept in map.toml" in said
    incidents = geo.read_incidents(out)
    assert set(incidents["agency"]) == {""}
    assert set(incidents["confidence"]) == {"high"}
    assert "ПС КНБ РК" in set(incidents["concealment"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere.csv"], "no such file"),
        ([MESSY, "--map", "agency=Нет"], "no column 'Нет'"),
        ([MESSY, "--map", "agency"], "write FIELD=…"),
        ([MESSY, "--map", "nonsense=Кто выявил"], "unknown field"),
        ([MESSY, "--sheet", "Лист1"], "only Excel files have sheets"),
        ([MESSY, "--header-row", "99"], "a row with column names"),
        ([MESSY, "--date-order", "ymd"], "choose from dmy, mdy"),
        ([MESSY, "--geocode", "yes"], "choose from offline, online"),
        ([MESSY, "--mapping", "nowhere.toml"], "no such file"),
        ([MESSY, "-o", "out.xlsx"], "ends in .geojson, .parquet, .csv"),
        ([MESSY, "--map", "source_url="], "--set source_url=https://"),
        ([MESSY, "--set", "confidence=sure"], "high, medium, low"),
        ([MESSY, "--set", "mode=camel"], "--set mode"),
        ([MESSY, "--set", "neighbour=Atlantis"], "RU, CN, KG"),
        ([MESSY, "--strict"], "--strict, so nothing is written"),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_writes_nothing(
    shekara,
    words: list[object],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    output = [] if "-o" in words else ["-o", "out.geojson"]
    code, _, error = shekara("import", *words, *output)
    assert code == 2
    assert said in error
    assert "Traceback" not in error
    assert list(tmp_path.iterdir()) == []


def test_a_table_is_never_written_over_itself(shekara, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(MESSY.read_bytes())
    code, _, error = shekara("import", file, "-o", file)
    assert code == 2
    assert "name another file" in error
    assert file.read_bytes() == MESSY.read_bytes()


def test_no_row_imported_is_an_error_that_lists_why(shekara, tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("Дата;Товар;Ссылка\n2024;чай;\n2024;кофе;\n", encoding="utf-8")
    code, said, error = shekara("import", table, "-o", tmp_path / "a.geojson")
    assert code == 2
    assert said.count("no address of a source") == 2
    assert "not one row could be imported" in error
    assert not (tmp_path / "a.geojson").exists()


def test_online_says_what_leaves_the_machine_before_it_does(
    shekara,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    told: list[str] = []

    class Service:
        def __init__(self, frontier: geo.Frontier) -> None:
            assert len(frontier.borders)

        def __call__(self, text: str) -> Found | None:
            told.append(capsys.readouterr().out)
            assert text == "Кыркуйск"
            return None

    monkeypatch.setattr(online, "Nominatim", Service)
    table = tmp_path / "a.csv"
    table.write_text("Дата;Товар;Место;Ссылка\n2024;чай;Кыркуйск;https://a.kz\n", encoding="utf-8")
    code, _, _ = shekara("import", table, "--geocode", "online", "-o", tmp_path / "a.geojson")
    assert code == 0
    assert "sends each place name that is not known here" in told[0]
    assert "nominatim.openstreetmap.org" in told[0]


def test_merge_lists_pairs_and_the_next_run_reads_what_was_decided(shekara, tmp_path: Path) -> None:
    incidents = geo.read_incidents().head(5)
    a, b, out = tmp_path / "a.geojson", tmp_path / "b.csv", tmp_path / "c.geojson"
    write_incidents(incidents, a)
    again = incidents.rename(index=lambda key: f"b-{key}")
    write_incidents(again.assign(source_url="https://example.org"), b)
    code, said, _ = shekara("merge", a, b, "-o", out)
    assert code == 0
    assert "5 + 5 records" in said
    assert "= 10" in said
    assert len(geo.read_incidents(out)) == 10
    pairs = tmp_path / "c.pairs.csv"
    header, *lines = pairs.read_text(encoding="utf-8").splitlines()
    assert header.startswith("keep,score,why,id_a,id_b")
    pairs.write_text("\n".join([header, *(f"first{line}" for line in lines)]) + "\n", encoding="utf-8")
    code, said, _ = shekara("merge", a, b, "-o", out)
    assert "Decisions read from" in said
    assert len(geo.read_incidents(out)) == 5
    before = out.read_bytes(), pairs.read_bytes()
    shekara("merge", a, b, "-o", out)
    assert (out.read_bytes(), pairs.read_bytes()) == before


def test_merge_says_what_changed_and_what_may_be_told_twice(shekara, tmp_path: Path) -> None:
    incidents = geo.read_incidents().head(4)
    a, b = tmp_path / "a.geojson", tmp_path / "b.geojson"
    write_incidents(incidents, a)
    later = incidents.copy()
    later.loc[later.index[0], "title"] = "Another title"
    later = later.rename(index={later.index[1]: "told-elsewhere"})
    later.loc["told-elsewhere", "source_url"] = "https://example.org"
    write_incidents(later, b)
    code, said, _ = shekara("merge", a, b)
    assert code == 0
    assert "4 + 4 records − 2 the same in both − 1 updated − 0 joined as decided = 5" in said
    assert "1 record stands in both files with other contents" in said
    assert incidents.index[0] in said
    assert "May be told twice, and undecided (1)" in said
    assert "told-elsewhere" in said
    assert "Nothing is written" in said


def test_merge_refuses_a_file_with_faults_and_writes_nothing(shekara, tmp_path: Path) -> None:
    bad = tmp_path / "a.csv"
    bad.write_text("id,title\n1,x\n", encoding="utf-8")
    code, _, error = shekara("merge", bad, bad, "-o", tmp_path / "c.geojson")
    assert code == 2
    assert "incidents in Shekara's schema" in error
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
