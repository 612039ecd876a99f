"""A register counted, and its totals in every view that takes incidents."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from command_line import run

import geo
from geo.cli.register_report import count_sentences
from geo.errors import InputError, ShekaraError
from geo.register import locate_register
from geo.register.as_incidents import holds_totals, incidents_of, place_totals, read_totals
from geo.register.totals import COLUMNS, count_rows, write_totals
from geo.summaries.notes import notes
from geo.view import make_atlas

ROWS = 20_000


@pytest.fixture(scope="module")
def register(frontier: geo.Frontier, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A located register: points scattered about the cells, some of them far away or nowhere."""
    folder = tmp_path_factory.mktemp("register")
    rng = np.random.default_rng(2)
    cells = frontier.cells.iloc[rng.integers(0, len(frontier.cells), ROWS)]
    points = gpd.points_from_xy(cells["lon"] + rng.normal(0, 0.3, ROWS), cells["lat"] + rng.normal(0, 0.3, ROWS))
    points[:7] = None
    goods = rng.choice(["tobacco", "food", "cigars"], ROWS, p=[0.5, 0.4, 0.1])
    day = (np.datetime64("2018-01-01") + rng.integers(0, 2000, ROWS)).astype(str)
    day[:100] = "soon"
    frame = gpd.GeoDataFrame(
        {"kind": goods, "when": day, "at": pd.to_datetime(day, format="%Y-%m-%d", errors="coerce")},
        geometry=points,
        crs=4326,
    )
    frame.to_parquet(folder / "in.parquet", row_group_size=5000)
    locate_register(folder / "in.parquet", folder / "out.parquet", frontier)
    return folder / "out.parquet"


@pytest.fixture(scope="module")
def totals(register: Path) -> pd.DataFrame:
    return count_rows(register, goods="kind", date="when").table


def test_totals_are_those_of_the_rows(register: Path) -> None:
    found = count_rows(register, goods="kind", date="when", within_km=30)
    rows = gpd.read_parquet(register)
    table = found.table
    assert list(table.columns) == list(COLUMNS)
    assert table["rows"].sum() == ROWS
    assert table.groupby("place")["rows"].sum().to_dict() == {
        "border": int((rows["distance_km"] <= 30).sum()),
        "far": int((rows["distance_km"] > 30).sum()),
        "none": 7,
    }
    near = rows[rows["distance_km"] <= 30]
    by_cell = table[table["place"].eq("border")].groupby("cell")["rows"].sum()
    assert by_cell.to_dict() == near["cell"].astype(str).value_counts().to_dict()
    assert table.groupby("goods")["rows"].sum()["tobacco"] == rows["kind"].eq("tobacco").sum()
    assert found.unknown_goods == {"cigars": int(rows["kind"].eq("cigars").sum())}
    assert found.undated == 100
    year = rows["when"].str[:4].where(rows["when"].str.startswith("20"), "")
    assert table.groupby("date")["rows"].sum().to_dict() == year.value_counts().to_dict()
    newest = rows["when"][rows["when"].ne("soon")].max()
    assert set(table.loc[table["date"].eq(newest[:4]), "date_not_after"]) == {newest}
    assert set(table.loc[table["date"].ne(newest[:4]), "date_not_after"]) == {""}


def test_dates_as_text_and_as_times_count_alike(register: Path) -> None:
    one = count_rows(register, goods="kind", date="when", by="month").table
    other = count_rows(register, goods="kind", date="at", by="month").table
    pd.testing.assert_frame_equal(one, other)
    assert set(one["date"].str.len()) == {0, 7}


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_totals_are_read_as_they_were_written(
    totals: pd.DataFrame, frontier: geo.Frontier, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"totals.{ending}"
    write_totals(totals, path)
    assert holds_totals(path)
    pd.testing.assert_frame_equal(read_totals(path, frontier), totals, check_dtype=False)


def one_by_one(totals: pd.DataFrame) -> pd.DataFrame:
    """The same register with a line for every row."""
    return totals.loc[totals.index.repeat(totals["rows"])].assign(rows=1).reset_index(drop=True)


@pytest.mark.parametrize("by", ["border", "segment", "region", "goods", "year", "agency", "crossing"])
def test_a_total_counts_as_its_rows_would(totals: pd.DataFrame, frontier: geo.Frontier, by: str) -> None:
    tables = []
    for some in (totals, one_by_one(totals)):
        located = place_totals(some, incidents_of(some), frontier)
        tables.append(geo.summarize(located, by=by, period=None))
    pd.testing.assert_frame_equal(*tables)
    assert tables[0]["incidents"].sum() == pytest.approx(ROWS)


def test_the_estimate_is_that_of_the_rows(totals: pd.DataFrame, frontier: geo.Frontier) -> None:
    risks = []
    for some in (totals, one_by_one(totals)):
        located = place_totals(some, incidents_of(some), frontier)
        risks.append(geo.estimate_risk(located, frontier, draws=50))
    assert risks[0].cells["incidents"].sum() > ROWS / 4
    np.testing.assert_allclose(risks[0].cells["per_100km_year"], risks[1].cells["per_100km_year"], rtol=1e-9)


def test_notes_say_what_is_counted(totals: pd.DataFrame) -> None:
    told = "\n".join(notes(incidents_of(totals), geo.Selection(), kind="rows"))
    nowhere = totals.loc[totals["place"].ne("border"), "rows"].sum()
    assert f"Totals of a register, not incidents with a source: {ROWS:,} rows" in told
    assert f"{nowhere:,} of them count for none" in told
    assert "100 without a date" in told


def test_a_table_of_totals_speaks_of_rows(totals: pd.DataFrame, frontier: geo.Frontier) -> None:
    said = " ".join(notes(incidents_of(totals), geo.Selection(), kind="rows"))
    assert "Rows of a register, not flows" in said
    assert "interceptions" not in said
    table = geo.summarize(place_totals(totals, incidents_of(totals), frontier), by="border")
    assert table["name"]["UNKNOWN"] == "no border near, or no point"
    assert not {"AIR", "POST"} & set(table.index)
    assert table["incidents"].sum() == ROWS


def test_a_column_that_happens_to_be_called_rows_changes_nothing(located: geo.Located) -> None:
    named = replace(located, incidents=located.incidents.assign(rows=1000))
    for by in ("border", "segment"):
        pd.testing.assert_frame_equal(geo.summarize(named, by=by), geo.summarize(located, by=by))
    assert named.counts.sum() == len(located.incidents)
    assert notes(named.incidents, geo.Selection()) == notes(located.incidents, geo.Selection())
    assert "rows" not in make_atlas(named, named.frontier).data["records"]


def test_filters_choose_among_totals(totals: pd.DataFrame) -> None:
    incidents = incidents_of(totals)
    chosen = geo.select(incidents, geo.Selection(goods=("tobacco",), neighbour=("KG",)))
    own = totals["goods"].eq("tobacco") & totals["neighbour"].eq("KG")
    assert chosen["rows"].sum() == totals.loc[own, "rows"].sum() > 0


def test_what_is_told_after_counting(register: Path, tmp_path: Path) -> None:
    found = count_rows(register, goods="kind", date="when")
    told = "\n".join(count_sentences(register, tmp_path / "t.csv", found, 50))
    for part in (f"{ROWS:,} rows", "7 rows without a point", "100 rows without a date", "'cigars'"):
        assert part in told


def test_wrong_totals_are_refused_with_all_faults(totals: pd.DataFrame, frontier: geo.Frontier, tmp_path: Path) -> None:
    wrong = totals.copy()
    wrong["rows"] = wrong["rows"].astype(object)
    wrong.loc[0, "rows"], wrong.loc[1, "goods"], wrong.loc[2, "date"] = -3, "cigars", "2024-13"
    wrong.loc[3, ["place", "cell"]] = ["border", "XX-001"]
    write_totals(wrong, tmp_path / "totals.csv")
    with pytest.raises(InputError) as refused:
        read_totals(tmp_path / "totals.csv", frontier)
    assert len(refused.value.faults) == 4
    for part in ("record 1", "-3", "cigars", "2024-13", "XX-001"):
        assert part in str(refused.value)
    (tmp_path / "short.csv").write_text("cell,place,rows\n")
    with pytest.raises(InputError, match="goods"):
        read_totals(tmp_path / "short.csv", frontier)


def test_totals_that_contradict_themselves_are_refused(
    totals: pd.DataFrame, frontier: geo.Frontier, tmp_path: Path
) -> None:
    path = tmp_path / "totals.csv"
    border = totals[totals["place"].eq("border")].reset_index(drop=True)
    wrong = border.astype({"rows": object})
    wrong.loc[0, "neighbour"] = "CN" if wrong.loc[0, "neighbour"] != "CN" else "RU"
    wrong.loc[1, "segment"] = "XX-01"
    wrong.loc[2, "rows"] = "99999999999999999999"
    write_totals(pd.concat([wrong, wrong.tail(1)]), path)
    with pytest.raises(InputError) as refused:
        read_totals(path, frontier)
    assert [fault.field for fault in refused.value.faults] == ["rows", "neighbour", "segment", ""]
    assert "each total once" in str(refused.value)
    write_totals(border.head(0), path)
    with pytest.raises(InputError, match="no totals"):
        read_totals(path, frontier)


@pytest.mark.parametrize(
    ("column", "read", "unread"),
    [
        (["2020-01-15", "2020-02-30", "2020-02-29 10:00", " 2019-12-31 "], 3, ("2020-02-30",)),
        (["12/31/2020", "2020/01/05", "20200105", "2021-05"], 0, ("12/31/2020", "2020/01/05", "20200105")),
        (["29.02.2020", "31.12.2019 14:20", "31.02.2020", "2020-01-15"], 3, ("2020-02-31",)),
        (["2020-06-31", "2021-00-10", "", None], 0, ("2020-06-31", "2021-00-10")),
    ],
)
def test_only_days_that_exist_are_dates(
    register: Path, tmp_path: Path, column: list[str], read: int, unread: tuple[str, ...]
) -> None:
    path = tmp_path / "dates.parquet"
    gpd.read_parquet(register).tail(4).assign(told=column).to_parquet(path)
    found = count_rows(path, date="told")
    assert found.undated == 4 - read
    assert found.unread == unread
    assert (found.first, found.last) == (("2019-12-31", "2020-02-29") if read else ("", ""))
    said = " ".join(count_sentences(path, path, found, 50))
    assert all(repr(text) in said for text in unread)
    assert ("Dated from" in said) == bool(read)


def test_a_day_to_come_is_pointed_out(register: Path, tmp_path: Path) -> None:
    path = tmp_path / "slip.parquet"
    gpd.read_parquet(register).tail(2).assign(told=["2023-01-01", "2098-01-01"]).to_parquet(path)
    said = " ".join(count_sentences(path, path, count_rows(path, date="told"), 50))
    assert "Dated from 2023-01-01 to 2098-01-01." in said
    assert "still to come" in said


def test_columns_of_the_same_names_are_not_taken_for_places(register: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.parquet"
    gpd.read_parquet(register).tail(3).assign(distance_km="far", cell=1).to_parquet(path)
    with pytest.raises(InputError) as refused:
        count_rows(path)
    assert [fault.field for fault in refused.value.faults] == ["cell", "distance_km"]
    with pytest.raises(ShekaraError, match="0 or more"):
        count_rows(register, within_km=float("nan"))


def test_totals_refuse_what_a_register_does_not_tell(
    totals: pd.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "totals.csv"
    write_totals(totals, path)
    page = str(tmp_path / "map.html")
    for words in (
        ["summary", "--mode", "road"],
        ["summary", "--agency", "KNB"],
        ["risk", "--confidence", "high"],
        ["summary", "--min-quantity", "1 kg"],
        ["summary", "--by", "crossing"],
        ["summary", "--by", "agency"],
        ["export", page, "--statements"],
    ):
        code, out, err = run(*words, "--incidents", str(path), capsys=capsys)
        assert (code, out) == (2, "")
        assert "totals of a register" in err
    assert not Path(page).exists()


def test_what_cannot_be_counted_is_refused(register: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="town"):
        count_rows(register, goods="town")
    with pytest.raises(ShekaraError, match="month"):
        count_rows(register, by="week")
    with pytest.raises(ShekaraError, match=r"\.csv or \.parquet"):
        write_totals(pd.DataFrame(), tmp_path / "totals.xlsx")


def test_the_command_line_counts_and_tabulates(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "totals.csv"
    code, out, err = run(
        "register", "count", str(register), "-o", str(path), "--goods-column", "kind", "--date-column", "when",
        capsys=capsys,
    )  # fmt: skip
    assert (code, err) == (0, "")
    assert f"{ROWS:,} rows" in out
    code, out, _ = run("summary", "--by", "goods", "--incidents", str(path), capsys=capsys)
    assert code == 0
    assert f"Totals of a register, not incidents with a source: {ROWS:,} rows" in out
    code, out, _ = run("risk", "--incidents", str(path), "--neighbour", "UZ", capsys=capsys)
    assert code == 0
    assert len(out.splitlines()) == len(geo.read_frontier().land_cells) + 1
    for words in (["backtest"], ["figure", str(tmp_path / "out.png")]):
        code, _, err = run(*words, "--incidents", str(path), capsys=capsys)
        assert code == 2
        assert "needs single incidents" in err


def test_a_register_that_is_not_located_is_refused_with_the_command_that_locates_it(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = tmp_path / "bare.parquet"
    pd.DataFrame({"lon": [70.0], "lat": [50.0], "kind": ["food"]}).to_parquet(bare)
    out = tmp_path / "totals.csv"
    code, _, err = run("count", str(bare), "-o", str(out), capsys=capsys)
    assert code == 2
    assert f"shekara register locate {bare} -o" in err
    code, _, err = run("count", str(register), "-o", str(out), "--goods-column", "nope", capsys=capsys)
    assert code == 2
    assert "--goods-column" in err
    assert "kind" in err
    assert not out.exists()


def test_the_old_words_for_registers_do_the_same_with_a_note(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = tmp_path / "bare.csv"
    bare.write_text("lon,lat,kind\n70,50,food\n71,51,fuel\n")
    for command, source, ending in (("locate", bare, "csv"), ("count", register, "csv")):
        written = []
        for words, note in (([command], f"is now `shekara register {command} {source}`"), (["register", command], "")):
            target = tmp_path / f"{len(words)}.{ending}"
            code, out, err = run(*words, str(source), "-o", str(target), capsys=capsys)
            assert code == 0
            assert note in err
            assert len(err.splitlines()) == bool(note)
            written.append((target.read_bytes(), out.replace(str(target), "")))
        assert written[0] == written[1]


def test_the_command_line_locates_registers(register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = (str(register), "-o", str(tmp_path / "again.parquet"), "--prefix", "new_")
    code, out, err = run("register", "locate", *words, capsys=capsys)
    assert (code, err) == (0, "")
    for part in ("is a register", f"{ROWS:,} rows", "7 without a point"):
        assert part in out
    assert "new_cell" in gpd.read_parquet(tmp_path / "again.parquet")
    for words, told in (
        ([str(register), "--goods", "tobacco"], "filters are for incidents"),
        ([str(register)], "--prefix"),
        (["--engine", "dask"], "for registers"),
        ([str(register), "--as", "incidents"], "incidents in Shekara's schema"),
        ([str(register), "--as", "table"], "register"),
    ):
        code, out, err = run("locate", *words, "-o", str(tmp_path / "no.parquet"), capsys=capsys)
        assert (code, out) == (2, ""), words
        assert told in err
        assert "Traceback" not in err
    assert not (tmp_path / "no.parquet").exists()
