from __future__ import annotations

import base64
import gzip
import json
import re
import shutil
import sys
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pytest
from command_line import run

import geo
from geo.desk import create_desk, move, open_desk, read_desk, start_desk, write
from geo.desk.file import back_up
from geo.desk.store import blank_values, count_states
from geo.files.plain_tables import PRIVATE
from geo.incidents.reading import write_incidents

if TYPE_CHECKING:
    from pathlib import Path

    from geo.desk import Desk


def publish(desk: Desk, key: str, frontier: geo.Frontier, **more: Any) -> None:
    cells = {
        **blank_values(), "title": key, "date": "2026-11-20", "goods": "tobacco", "direction": "inbound",
        "neighbour": "KG", "mode": "road", "location_precision": "border", "outcome_class": "seized",
        "confidence": "high", "sources": [{"address": f"https://example.org/{key}"}], **more,
    }  # fmt: skip
    revision = write(desk, key, cells, by="a", revision=0, frontier=frontier).revision
    for state in ("ready", "published"):
        revision = move(desk, key, state, by="a", revision=revision, frontier=frontier).revision


@pytest.fixture(scope="module")
def two_desks(
    tmp_path_factory: pytest.TempPathFactory, incidents: gpd.GeoDataFrame, frontier: geo.Frontier
) -> tuple[Path, Path]:
    mixed, clean = (tmp_path_factory.mktemp(name) / "news.desk" for name in ("mixed", "clean"))
    desk = start_desk(mixed, incidents.iloc[:150], geo.read_claims(), by="a")
    publish(desk, "open", frontier)
    back_up(desk, clean)
    for number in range(3):
        publish(desk, f"secret{number}", frontier, private="yes", goods="weapons", sources=[])
    desk.close()
    return mixed, clean


@pytest.fixture
def with_and_without(tmp_path: Path, two_desks: tuple[Path, Path]) -> tuple[Path, Path]:
    """A desk with private rows, and the same desk as if they had never been there."""
    mixed, clean = tmp_path / "mixed" / "news.desk", tmp_path / "clean" / "news.desk"
    for made, desk in zip(two_desks, (mixed, clean), strict=True):
        desk.parent.mkdir()
        shutil.copy(made, desk)
    return mixed, clean


# A page of a few records, the private ones among them, is soon made.
FEW = ("--goods", "weapons", "--goods", "tobacco", "--neighbour", "KG")
ONLY = pytest.mark.parametrize("only", [FEW, pytest.param((), marks=pytest.mark.thorough)])


@pytest.mark.parametrize("ending", ["geojson", "gpkg", "csv", "xlsx", "parquet"])
def test_a_public_export_is_that_of_the_same_desk_without_private_rows(
    ending: str, with_and_without: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = []
    for at, desk in enumerate(with_and_without):
        files.append(tmp_path / f"{at}.{ending}")
        code, _, err = run("desk", "export", str(desk), "-o", str(files[-1]), capsys=capsys)
        assert code == 0, err
    assert files[0].read_bytes() == files[1].read_bytes()
    assert b"secret" not in files[0].read_bytes()


@ONLY
def test_a_public_page_is_that_of_the_same_desk_without_private_rows(
    with_and_without: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], only: tuple[str, ...]
) -> None:
    pages = []
    for at, desk in enumerate(with_and_without):
        pages.append(tmp_path / f"{at}.html")
        code, _, err = run("export", str(pages[-1]), "--desk", str(desk), "--statements", *only, capsys=capsys)
        assert code == 0, err
    assert pages[0].read_bytes() == pages[1].read_bytes()


@ONLY
def test_private_rows_are_analysed_and_said_to_be_there(
    with_and_without: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], only: tuple[str, ...]
) -> None:
    mixed, clean = map(str, with_and_without)
    code, out, _ = run("summary", "--by", "goods", "--desk", mixed, capsys=capsys)
    assert code == 0
    assert "3 records among these, private: not for publication." in out
    assert "private" not in run("summary", "--by", "goods", "--desk", clean, capsys=capsys)[1]
    taken = tmp_path / "all.geojson"
    assert run("desk", "export", mixed, "-o", str(taken), "--with-private", capsys=capsys)[0] == 0
    marks = geo.read_incidents(taken)[PRIVATE]
    assert marks[marks.eq("yes")].index.tolist() == ["secret0", "secret1", "secret2"]
    assert "not for publication" in json.loads(taken.read_text())["about"]["filter"]
    # A file with marked rows is as careful as a desk.
    pages = [tmp_path / "file.html", tmp_path / "desk.html"]
    assert run("export", str(pages[0]), "--incidents", str(taken), *only, capsys=capsys)[0] == 0
    assert run("export", str(pages[1]), "--desk", clean, *only, capsys=capsys)[0] == 0
    assert pages[0].read_bytes() == pages[1].read_bytes()


def test_a_page_with_private_rows_says_so(
    with_and_without: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "all.html"
    assert run("export", str(page), "--desk", str(with_and_without[0]), "--with-private", *FEW, capsys=capsys)[0] == 0
    assert "Not for publication: 3 records in it, private." in page.read_text()


def test_import_marks_rows_private_without_a_desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table, out = tmp_path / "a.csv", tmp_path / "a.geojson"
    table.write_text("Date;Goods;Place;Source\n2024-03-01;cigarettes;Korday;https://example.org/a\n")
    assert run("import", str(table), "-o", str(out), "--private", capsys=capsys)[0] == 0
    assert geo.read_incidents(out)[PRIVATE].tolist() == ["yes"]
    assert run("check", str(out), capsys=capsys)[0] == 0


def test_a_geopackage_holds_the_same_records(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("desk", "new", str(tmp_path / "a.desk"), capsys=capsys)[0] == 0
    assert run("desk", "export", str(tmp_path / "a.desk"), "-o", str(tmp_path / "a.gpkg"), capsys=capsys)[0] == 0
    layer = gpd.read_file(tmp_path / "a.gpkg")
    there = geo.read_incidents()
    assert layer["id"].tolist() == there.index.tolist()
    assert layer.crs.to_epsg() == 4326
    assert layer.geometry.notna().equals(there.geometry.notna().reset_index(drop=True))


def test_a_desk_begins_brings_and_is_updated(
    tmp_path: Path, incidents: gpd.GeoDataFrame, capsys: pytest.CaptureFixture[str]
) -> None:
    desk, file = tmp_path / "a.desk", tmp_path / "more.geojson"
    write_incidents(incidents.iloc[:3].rename(index={incidents.index[0]: "own-1"}), file)
    assert run("desk", "new", str(desk), capsys=capsys)[0] == 0
    code, _, err = run("desk", "import", str(desk), str(file), "--by", "Aigul", capsys=capsys)
    assert (code, err) == (0, "3 rows read, 1 new as drafts, 2 at the desk already.\n")
    code, _, err = run("desk", "update", str(desk), capsys=capsys)
    assert (code, err) == (0, "0 records new, as drafts; 0 corrections to look at.\n")
    opened = open_desk(desk)
    assert count_states(opened)["draft"] == 1
    opened.close()
    code, out, _ = run("desk", "log", str(desk), "--since", "2026-11-01", "--format", "csv", capsys=capsys)
    assert code == 0
    assert "Aigul" in out
    code, out, _ = run("desk", "log", str(desk), "--public", "--format", "csv", capsys=capsys)
    assert out == "at,what,id,title,fields\n"
    claims = tmp_path / "claims.csv"
    geo.read_claims().iloc[:2].drop(columns=["date_start", "date_end"]).rename(index=lambda key: f"x-{key}").to_csv(
        claims
    )
    assert "2 rows read, 2 new" in run("desk", "import", str(desk), str(claims), "--private", capsys=capsys)[2]
    assert run("desk", "log", str(desk), "--format", "atom", capsys=capsys)[1].startswith("<?xml")


def test_every_table_is_that_of_the_file(
    tmp_path: Path, incidents: gpd.GeoDataFrame, capsys: pytest.CaptureFixture[str]
) -> None:
    file, desk = tmp_path / "a.geojson", tmp_path / "a.desk"
    write_incidents(incidents.iloc[::6], file)
    assert run("desk", "new", str(desk), "--from", str(file), capsys=capsys)[0] == 0
    for command in (("summary", "--by", "border"), ("summary", "--by", "agency")):
        from_file = run(*command, "--incidents", str(file), capsys=capsys)
        assert run(*command, "--desk", str(desk), capsys=capsys) == from_file
        assert run(*command, "--incidents", str(desk), capsys=capsys) == from_file


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("desk", "log", "{desk}", "--since", "yesterday"), "is no date"),
        (("desk", "export", "{desk}", "-o", "a.txt"), "unknown --output"),
        (("desk", "new", "{desk}"), "there already"),
        (("desk", "log", "nothing.desk"), "no such file"),
        (("summary", "--desk", "{desk}", "--incidents", "{desk}"), "exclude each other"),
        (("summary", "--desk", "README.md"), "a desk, as `shekara desk new` makes one"),
        (("desk", "restore", "{desk}", "{desk}"), "move it away"),
        (("app", "--user-header", "X-User"), "name one with --desk"),
    ],
)
def test_what_is_asked_wrongly_is_said_in_one_message(
    words: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    create_desk(tmp_path / "a.desk").close()
    code, out, err = run(*(word.format(desk=tmp_path / "a.desk") for word in words), capsys=capsys)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_the_app_is_started_at_the_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from geo.cli.launch import open_app  # noqa: PLC0415

    create_desk(tmp_path / "a.desk").close()
    monkeypatch.setattr("geo.cli.launch._require_free", lambda *_: None)
    monkeypatch.setattr("os.environ", dict(sys.modules["os"].environ))
    monkeypatch.setattr("os.execv", lambda *_: None)
    open_app(8501, desk=tmp_path / "a.desk", user_header="X-User")
    environment = sys.modules["os"].environ
    assert environment["SHEKARA_DESK"] == str((tmp_path / "a.desk").resolve())
    assert environment["SHEKARA_USER_HEADER"] == "X-User"


def test_sources_of_a_desk_are_checked_and_the_answers_kept(
    tmp_path: Path, frontier: geo.Frontier, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from geo.desk.store import answers_of  # noqa: PLC0415

    desk = create_desk(tmp_path / "a.desk")
    publish(desk, "one", frontier)
    monkeypatch.setattr("geo.desk.addresses.check_addresses", lambda addresses, **_: dict.fromkeys(addresses, "gone"))
    code, out, _ = run("sources", "check", "--desk", str(desk.path), "--format", "csv", capsys=capsys)
    assert (code, out) == (0, "address,answer\nhttps://example.org/one,gone\n")
    assert answers_of(desk, ["https://example.org/one"])["https://example.org/one"][0] == "gone"
    assert len(read_desk(desk)) == 1
    assert isinstance(read_desk(desk), pd.DataFrame)
    desk.close()


def scripts_of(page: Path) -> str:
    """What a page runs."""
    packed = re.search(r'id="code"[^>]*>([^<]+)<', page.read_text(encoding="utf-8"))
    assert packed is not None
    return gzip.decompress(base64.b64decode(packed[1])).decode()


def test_a_newsroom_names_its_licence_once_and_everything_it_makes_says_it(
    with_and_without: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On the page and in files."""
    desk, terms = str(with_and_without[0]), "ODC-By 1.0, https://opendatacommons.org/licenses/by/1-0/"
    assert "No licence is named" in run("desk", "licence", desk, capsys=capsys)[2]
    assert run("desk", "licence", desk, terms, capsys=capsys)[2].strip().endswith(terms)
    assert run("export", str(tmp_path / "map.html"), "--desk", desk, *FEW, capsys=capsys)[0] == 0
    assert terms in scripts_of(tmp_path / "map.html")
    run("desk", "export", desk, "-o", str(tmp_path / "records.csv"), capsys=capsys)
    assert f"licence: {terms}" in (tmp_path / "records.csv").read_text(encoding="utf-8")
    run("desk", "licence", desk, "", capsys=capsys)
    assert "No licence is named" in run("desk", "licence", desk, capsys=capsys)[2]


@pytest.mark.thorough
def test_the_folder_of_a_newsroom_says_its_licence_and_comes_out_anew(
    with_and_without: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk, terms = str(with_and_without[0]), "ODC-By 1.0, https://opendatacommons.org/licenses/by/1-0/"
    run("desk", "licence", desk, terms, capsys=capsys)
    few = ("--goods", "tobacco", "--neighbour", "KG")  # a folder has a picture of each border: of one, for time's sake
    code, _, err = run("publish", str(tmp_path / "site"), "--desk", desk, *few, capsys=capsys)
    assert code == 0, err
    licences = json.loads((tmp_path / "site" / "datapackage.json").read_text(encoding="utf-8"))["licenses"]
    assert licences[0] == {"name": terms, "path": "https://opendatacommons.org/licenses/by/1-0/"}
    assert licences[1]["name"] == "CC-BY-4.0"
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert '"license": "https://opendatacommons.org/licenses/by/1-0/"' in page
    assert run("verify", str(tmp_path / "site"), "--incidents", desk, capsys=capsys)[0] == 0


def test_a_licence_may_be_named_for_a_file_and_not_for_the_built_in_records(
    incidents: gpd.GeoDataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_incidents(incidents.iloc[:5], tmp_path / "mine.geojson")
    page = tmp_path / "map.html"
    given = ("export", str(page), "--licence", "CC0  1.0")
    assert run(*given, "--incidents", str(tmp_path / "mine.geojson"), capsys=capsys)[0] == 0
    assert "CC0 1.0" in scripts_of(page)
    code, _, err = run(*given, capsys=capsys)
    assert code == 2
    assert "the built-in ones have theirs" in err
