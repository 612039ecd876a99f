"""The command line as a user meets it: what it prints, what it writes, how it refuses."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import geopandas as gpd
import pytest
from command_line import run
from products import one_quick_in

import geo
from geo.incidents.reading import write_incidents
from geo.paths import data_path
from geo.vocabulary import GOODS

ROOT = Path(__file__).parents[2]


@pytest.fixture
def shekara(capsys: pytest.CaptureFixture[str]):  # noqa: ANN201
    """``shekara`` with its output captured."""
    return lambda *words: run(*words, capsys=capsys)


def test_python_m_geo_is_shekara() -> None:
    told = subprocess.run([sys.executable, "-m", "geo", "--help"], capture_output=True, text=True, check=True)
    for command in ("app", "export", "summary", "locate", "check"):
        assert command in told.stdout


@pytest.mark.parametrize("goods", one_quick_in(6, [((),), *[((name,),) for name in GOODS]]))
def test_borders_add_up_to_the_rows_of_the_file(shekara, goods: tuple[str, ...]) -> None:
    rows = json.loads(data_path("incidents.geojson").read_text(encoding="utf-8"))["features"]
    expected = sum(not goods or row["properties"]["goods"] in goods for row in rows)
    options = [word for name in goods for word in ("--goods", name)]
    code, out, _ = shekara("summary", "--by", "border", "--format", "json", "--include-refused", *options)
    assert code == 0
    table = json.loads(out)
    assert sum(row["incidents"] for row in table) == pytest.approx(expected)
    assert {"AIR", "POST", "UNKNOWN"} <= {row["neighbour"] for row in table}


def test_border_rows_have_the_promised_keys(shekara) -> None:
    _, out, _ = shekara("summary", "--format", "json")
    promised = {
        "neighbour", "name", "incidents", "incidents_dated", "per_100km_year", "length_km", "published_km",
        "at_crossings_share", "recorded_by_home_share", "top_goods", "busiest_segment", "latest",
    }  # fmt: skip
    for row in json.loads(out):
        assert promised <= set(row)


def test_every_view_of_numbers_says_what_they_are(shekara) -> None:
    _, out, _ = shekara("summary")
    assert "Recorded interceptions, not flows" in out
    assert "--include-refused" in out
    _, out, _ = shekara("summary", "--since", "2020-01-01")
    assert "without a date" in out


def test_formats_and_files(shekara, tmp_path: Path) -> None:
    _, out, _ = shekara("summary", "--by", "segment", "--format", "csv")
    assert len(list(csv.DictReader(io.StringIO(out)))) == 271 + 3
    target = tmp_path / "out.md"
    code, out, _ = shekara("summary", "--by", "agency", "--format", "markdown", "-o", str(target))
    assert (code, out) == (0, "")
    assert "counts once under each" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", ["geojson", "parquet", "csv"])
def test_locate_writes_each_incident(shekara, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"out.{ending}"
    code, out, err = shekara("locate", "-o", str(target), "--goods", "tobacco")
    assert (code, out) == (0, "")
    assert err.startswith("Left out: 1 that was only refused entry")
    if ending == "csv":
        rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
    else:
        frame = gpd.read_parquet(target) if ending == "parquet" else gpd.read_file(target)
        rows = frame.reset_index().to_dict("records")
    packs = next(row for row in rows if row["id"] == "seed-wko-cigarettes-336k")
    assert float(packs["weight"]) == pytest.approx(1 / 128, abs=1e-4)
    assert packs["region_code"] == "KZ-27"
    for column in ("neighbour", "segment", "cell", "crossing_id", "distance_km"):
        assert column in packs


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["summary", "--goods", "tobaco"], "tobacco"),
        (["summary", "--neighbour", "XX"], "UNKNOWN"),
        (["summary", "--by", "county"], "segment"),
        (["summary", "--format", "xml"], "markdown"),
        (["summary", "--since", "2024-13-40"], "YYYY-MM-DD"),
        (["summary", "--agency", "KGB"], "KNB"),
        (["summary", "--min-quantity", "many"], "kg"),
        (["summary", "--incidents", "nowhere.geojson"], "nowhere.geojson"),
        (["summary", "--borders", "nowhere"], "nowhere"),
        (["check", "nowhere.geojson"], "nowhere.geojson"),
        (["backtest", "--blur-km", "nan"], "0 or more"),
    ],
)
def test_bad_input_is_one_message_and_exit_code_two(shekara, words: list[str], told: str) -> None:
    code, out, err = shekara(*words)
    assert code == 2
    assert out == ""
    assert told in err
    assert "Traceback" not in err


def broken(folder: Path) -> Path:
    """An incident file with four faults in three records."""
    content = json.loads(data_path("incidents.geojson").read_text(encoding="utf-8"))
    content["features"] = [row for row in content["features"] if row["geometry"]]
    content["features"] = [row for row in content["features"] if row["geometry"]["coordinates"][0] > 75][:3]
    first, second, third = content["features"]
    first["geometry"]["coordinates"].reverse()
    second["properties"]["date"] = "2024-13-40"
    second["properties"]["source_url"] = ""
    third["properties"]["goods"] = "cigars"
    path = folder / "broken.geojson"
    path.write_text(json.dumps(content))
    return path


def test_all_faults_are_told_at_once_and_nothing_is_written(shekara, tmp_path: Path) -> None:
    path = broken(tmp_path)
    target = tmp_path / "out.csv"
    for words in (["check", str(path)], ["locate", str(path), "-o", str(target)]):
        code, _, err = shekara(*words)
        assert code == 2
        for told in ("2024-13-40", "source_url", "cigars", "tobacco", "swapped"):
            assert told in err
    assert not target.exists()


@pytest.mark.parametrize("content", ["", "no json", "[]", '{"type": "FeatureCollection"}'])
def test_files_that_are_no_geojson(shekara, tmp_path: Path, content: str) -> None:
    path = tmp_path / "odd.geojson"
    path.write_text(content)
    code, _, err = shekara("check", str(path))
    assert code == 2
    assert "odd.geojson" in err
    assert "Traceback" not in err


def test_check_praises_a_good_file(shekara) -> None:
    code, out, _ = shekara("check", str(data_path("incidents.geojson")))
    assert code == 0
    assert f"{len(geo.read_incidents())} records in schema 2, no fault" in out


CLAIM_KEYS = [
    "id", "agency", "claim", "value", "unit", "period_start", "period_end", "verdict", "reason",
    "records_same_agency", "records_other_agencies", "record_ids", "source_url",
]  # fmt: skip


def test_claims_have_the_promised_keys(shekara) -> None:
    code, out, _ = shekara("claims", "--format", "json")
    assert code == 0
    table = json.loads(out)
    assert len(table) == len(geo.read_claims())
    assert all(list(row)[: len(CLAIM_KEYS)] == CLAIM_KEYS for row in table)


def test_claims_of_one_agency(shekara) -> None:
    _, out, _ = shekara("claims", "--agency", "Ministry of Trade and Integration", "--format", "json")
    assert {row["verdict"] for row in json.loads(out)} == {"not comparable"}
    code, _, err = shekara("claims", "--agency", "Ministry of Silly Walks")
    assert code == 2
    assert "Ministry of Trade and Integration" in err


def test_check_refuses_a_statement_without_a_source(shekara, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(data_path("claims.csv").read_text(encoding="utf-8"))))
    rows[4]["source_url"] = ""
    path = tmp_path / "claims.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    code, _, err = shekara("check", str(path))
    assert code == 2
    assert rows[4]["id"] in err
    assert "source_url" in err
    assert shekara("check", str(data_path("claims.csv")))[0] == 0


def test_risk_has_a_row_per_cell_in_order(shekara, tmp_path: Path) -> None:
    _, out, _ = shekara("risk", "--goods", "tobacco")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert list(rows[0]) == [
        "cell", "neighbour", "start_km", "end_km", "lon", "lat", "length_km", "region", "incidents",
        "per_100km_year", "low90", "high90", "mean_per_100km_year", "at_crossing", "p_top",
    ]  # fmt: skip
    assert [row["cell"] for row in rows] == list(geo.read_frontier().land_cells.index)
    target = tmp_path / "risk.geojson"
    assert shekara("risk", "--format", "geojson", "-o", str(target))[0] == 0
    assert len(gpd.read_file(target)) == len(rows)
    code, _, err = shekara("risk", "--format", "parquet")
    assert code == 2
    assert "-o risk.parquet" in err


def test_backtest_prints_every_model(shekara) -> None:
    code, out, err = shekara("backtest", "--cuts", "2022", "--format", "json")
    assert (code, err) == (0, "")
    rows = json.loads(out)
    assert [row["model"] for row in rows if row["shipped"]] == ["line with crossings on it (shipped)"]
    assert {row["cut"] for row in rows} == {2022}
    assert shekara("backtest", "--cuts", "soon")[0] == 2


def test_a_page_of_the_map_alone_holds_no_statements(shekara, tmp_path: Path) -> None:
    code, _, told = shekara("export", str(tmp_path / "map.html"), "--statements", "--no-list")
    assert code == 2
    assert "exclude each other" in told
    assert list(tmp_path.iterdir()) == []


def test_the_page_is_exported_with_statements(shekara, tmp_path: Path) -> None:
    page = tmp_path / "map.html"
    few = ("--goods", "drugs", "--neighbour", "KG")
    code, _, _ = shekara("export", str(page), *few, "--statements", "--contact", "desk@example.org")
    assert code == 0
    text = page.read_text(encoding="utf-8")
    assert '<section id="claims">' in text
    assert len(text.encode()) < 560_000


@pytest.mark.parametrize("order", one_quick_in(2, [1, -1]))
def test_the_page_is_exported_with_ones_own_statements(shekara, tmp_path: Path, order: int) -> None:
    page, file = tmp_path / "map.html", tmp_path / "said.csv"
    lines = data_path("claims.csv").read_text(encoding="utf-8").splitlines()
    # Fields hold no line breaks: the second line is the first statement.
    file.write_text(f"{lines[0]}\n{lines[1].replace('Ministry of Internal Affairs', 'Our own ministry', 2)}\n")
    paths = [str(page), str(file)][::order]
    assert shekara("export", "--statements", *paths, "--goods", "wildlife", "--neighbour", "KG")[0] == 0
    packed = re.findall(r"[A-Za-z0-9+/]{2000,}=*", page.read_text(encoding="utf-8"))
    scripts = "".join(gzip.decompress(base64.b64decode(text)).decode(errors="replace") for text in packed)
    assert set(re.findall(r'\\?"agency\\?": ?\\?"(.*?)\\?"', scripts)) == {"Our own ministry"}


def test_a_file_of_statements_is_no_second_page(shekara, tmp_path: Path) -> None:
    code, _, told = shekara("export", str(tmp_path / "map.html"), str(tmp_path / "said.csv"))
    assert code == 2
    assert "--statements" in told


def test_a_port_in_use_is_told(shekara) -> None:
    with socket.socket() as taken:
        taken.bind(("localhost", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, out, err = shekara("app", "--port", str(port))
    assert (code, out) == (2, "")
    assert err.startswith(f"shekara: port {port} can't be used")
    assert "--port" in err


@pytest.mark.parametrize(
    ("words", "name", "said"),
    [
        (["export", "--goods", "fuel", "--neighbour", "KG"], "map.html", "records"),
        (["figure", "--width-mm", "120", "--neighbour", "KG"], "map.png", "records"),
        (["claims", "-o"], "claims.csv", "statements"),
        (["summary", "-o"], "borders.csv", "rows"),
        (["risk", "-o"], "risk.csv", "cells"),
    ],
)
def test_what_was_written_is_said(shekara, words: list[str], name: str, said: str, tmp_path: Path) -> None:
    target = tmp_path / name
    code, out, err = shekara(*words, str(target))
    assert (code, out) == (0, "")  # what is piped on is the table alone
    assert err.startswith(f"Wrote {target}: ")
    assert said in err
    assert target.stat().st_size > 500


@pytest.mark.parametrize("style", ["csv", "json"])
def test_figures_alone_have_their_notes_beside_them(shekara, style: str) -> None:
    for command in ("summary", "risk"):
        code, out, err = shekara(command, "--format", style)
        assert code == 0
        assert "not flows" not in out
        for told in ("Recorded interceptions, not flows", "Rates count dated records from", "Left out: 61"):
            assert told in err


def test_a_file_without_dates_has_no_rate(shekara, tmp_path: Path) -> None:
    incidents = geo.read_incidents().head(60)
    undated = incidents.assign(date="", date_precision="unknown", date_basis="none", date_not_after="")
    path = tmp_path / "undated.geojson"
    write_incidents(undated, path)
    code, out, _ = shekara("summary", "--incidents", str(path))
    assert code == 0
    assert "No record has a date, so there is no rate." in out
    assert "per 100km year" not in out
    assert "estimate" not in out
    code, out, err = shekara("risk", "--incidents", str(path))
    assert (code, out) == (2, "")
    assert "no record has a date" in err
    code, _, _ = shekara("export", str(tmp_path / "map.html"), "--incidents", str(path))
    assert code == 0


@pytest.mark.parametrize("number", one_quick_in(2, [signal.SIGTERM, signal.SIGINT]))
def test_a_command_that_is_stopped_leaves_nothing_and_shows_no_traceback(tmp_path: Path, number: int) -> None:
    rows = "".join(f"{50 + i % 30},51.{i % 997:03d}\n" for i in range(1_500_000))
    (tmp_path / "t.csv").write_text("lon,lat\n" + rows)
    command = [sys.executable, "-m", "geo", "register", "locate", "t.csv", "-o", "o.csv"]
    started = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(".shekara-*")):
        assert time.monotonic() < deadline
        assert started.poll() is None
        time.sleep(0.02)
    started.send_signal(number)
    _, err = started.communicate(timeout=60)
    assert started.returncode == 128 + number
    assert err == "shekara: stopped\n"
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version", capsys=capsys) == (0, f"shekara {geo.__version__}\n", "")
