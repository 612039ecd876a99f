"""Registers: every row comes out, placed as the geometry says, whatever the file looks like and whoever stops it."""

from __future__ import annotations

import gzip
import json
import shutil
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from brute_force import brute_force
from registers import made_up, write

from geo.cli.register_report import is_register, sentences
from geo.errors import InputError, ShekaraError, UnknownValueError
from geo.register import ADDED, Locator, locate_register, run
from geo.register.parts import part_path
from geo.register.points import FAULTS, from_columns, from_geometry, to_wkb
from geo.register.source import open_register

if TYPE_CHECKING:
    from pathlib import Path

    import geo


def test_rows_keep_their_columns_and_gain_their_place(frontier: geo.Frontier, tmp_path: Path) -> None:
    source, output = write(tmp_path / "in.parquet"), tmp_path / "out.parquet"
    outcome = locate_register(source, output, frontier)
    assert (outcome.tally.rows, outcome.tally.faults, outcome.parts) == (4000, {}, 1)
    before, after = gpd.read_parquet(source), gpd.read_parquet(output)
    pd.testing.assert_frame_equal(pd.DataFrame(after[before.columns]), pd.DataFrame(before))
    assert list(after.columns) == [*before.columns, *ADDED]
    assert after.crs.to_epsg() == 4326
    lon, lat = before.geometry.x.to_numpy(), before.geometry.y.to_numpy()
    found = frontier.cell_index.nearest(lon, lat)
    cells = frontier.cells.iloc[found.line]
    assert (after["cell"].astype(str) == cells.index.to_numpy()).mean() > 0.999  # but for ties of a millimetre
    assert np.abs(after["distance_km"] - found.distance_km).max() * 1000 <= 1.0
    same = frontier.cells.loc[after["cell"].astype(str)]
    for name in ("segment", "neighbour"):
        assert (after[name].astype(str).to_numpy() == same[name].to_numpy()).all()
    assert (after["region"].astype(object).fillna("") == frontier.region_at(lon, lat)).all()
    assert not list(tmp_path.glob("*.partial"))


def test_a_sample_agrees_with_brute_force(frontier: geo.Frontier) -> None:
    frame = made_up(300, seed=9)
    lon, lat = frame.geometry.x.to_numpy(), frame.geometry.y.to_numpy()
    columns = Locator(frontier, rows=300).columns(lon, lat)
    true = pd.DataFrame(brute_force(frontier.cell_index, lon, lat), columns=frontier.cells["segment"].to_numpy())
    by_segment = true.T.groupby(level=0).min().T
    least = by_segment.min(axis=1)
    assert np.abs(np.asarray(columns["distance_km"]) - least).max() * 1000 <= 1.0
    chosen = by_segment.to_numpy()[np.arange(300), by_segment.columns.get_indexer(columns["segment"].to_pylist())]
    assert (chosen - least).max() * 1000 <= 0.1


def test_fewer_columns_are_the_same_columns(frontier: geo.Frontier) -> None:
    frame = made_up(5000, seed=3)
    lon, lat = frame.geometry.x.to_numpy(), frame.geometry.y.to_numpy()
    locator = Locator(frontier, rows=1000)
    whole = locator.columns(lon, lat)
    for name in ADDED:
        assert locator.columns(lon, lat, add=[name])[name].equals(whole[name])


@pytest.mark.usefixtures("small_parts")
def test_many_parts_are_a_folder_that_reads_as_one_table(frontier: geo.Frontier, tmp_path: Path) -> None:
    source, output = write(tmp_path / "in.parquet"), tmp_path / "out.parquet"
    outcome = locate_register(source, output, frontier)
    assert outcome.parts == 4
    assert output.is_dir()
    whole = gpd.read_parquet(output)
    assert whole["number"].tolist() == list(range(4000))
    # A register may itself be a folder.
    again = locate_register(output, tmp_path / "again.parquet", frontier, add=["segment"], prefix="near_")
    assert again.tally.rows == 4000
    assert (gpd.read_parquet(tmp_path / "again.parquet")["near_segment"] == whole["segment"]).all()


def interrupt_after(parts: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the run be stopped in the middle of a part."""
    write_part = run.write_part

    def stop(job: Any, number: int, *words: Any, **more: Any) -> Any:
        if number == parts:
            draft = part_path(job.folder, number).with_name(".part-draft.parquet")
            draft.write_bytes(b"PAR1 half")
            raise KeyboardInterrupt
        return write_part(job, number, *words, **more)

    monkeypatch.setattr(run, "write_part", stop)


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_a_run_that_was_stopped_goes_on(
    frontier: geo.Frontier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    source = write(tmp_path / "in.parquet")
    if ending == "csv":
        frame = made_up(4000)
        source = tmp_path / "in.csv"
        frame.drop(columns="geometry").assign(lon=frame.geometry.x, lat=frame.geometry.y).to_csv(source, index=False)
    output = tmp_path / "out.parquet"
    with monkeypatch.context() as patched:
        interrupt_after(2, patched)
        with pytest.raises(KeyboardInterrupt):
            locate_register(source, output, frontier)
    assert not output.exists()
    partial = tmp_path / "out.parquet.partial"
    kept = part_path(partial, 0).stat().st_mtime_ns
    part_path(partial, 1).write_bytes(part_path(partial, 1).read_bytes()[:-200])  # a disk that was full
    done: list[int] = []
    outcome = locate_register(source, output, frontier, advance=done.append)
    assert outcome.kept == 1
    assert sum(done) == outcome.tally.rows == 4000
    assert part_path(output, 0).stat().st_mtime_ns == kept
    assert not partial.exists()
    straight = locate_register(source, tmp_path / "straight.parquet", frontier)
    assert sorted(path.name for path in output.iterdir()) == sorted(path.name for path in straight.output.iterdir())
    for part in range(straight.parts):
        assert part_path(output, part).read_bytes() == part_path(straight.output, part).read_bytes()


@pytest.mark.usefixtures("small_parts")
def test_what_another_run_left_is_not_mixed_in(
    frontier: geo.Frontier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, output = write(tmp_path / "in.parquet"), tmp_path / "out.parquet"
    with monkeypatch.context() as patched:
        interrupt_after(2, patched)
        with pytest.raises(KeyboardInterrupt):
            locate_register(source, output, frontier)
    made_up(4000, seed=5).to_parquet(source, row_group_size=500)  # another register under the same name
    outcome = locate_register(source, output, frontier)
    assert outcome.kept == 0
    gap = gpd.read_parquet(output)["distance_km"]
    straight = locate_register(source, tmp_path / "straight.parquet", frontier)
    assert (gap == gpd.read_parquet(straight.output)["distance_km"]).all()


@pytest.mark.usefixtures("small_parts")
def test_an_output_made_before_is_replaced_whole_and_nothing_else_is(frontier: geo.Frontier, tmp_path: Path) -> None:
    source, output = write(tmp_path / "in.parquet"), tmp_path / "out.parquet"
    locate_register(source, output, frontier)
    write(source, rows=800)
    locate_register(source, output, frontier)
    assert output.is_file()
    assert len(gpd.read_parquet(output)) == 800
    mine = tmp_path / "mine.parquet"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work")
    with pytest.raises(ShekaraError, match="wasn't made here"):
        locate_register(source, mine, frontier)
    shutil.move(mine, tmp_path / "new.parquet.partial")
    with pytest.raises(ShekaraError, match="in the way"):
        locate_register(source, tmp_path / "new.parquet", frontier)
    assert (tmp_path / "new.parquet.partial" / "thesis.txt").exists()


def test_csv_passes_through_as_text(frontier: geo.Frontier, tmp_path: Path) -> None:
    source = tmp_path / "in.csv.gz"
    text = (
        "\ufeffcode,lon,lat,note\n"
        '007,71.4,51.1,"a, ""quoted""\nline"\n'
        "008,,,no point\n"
        "009,east,51,words\n"
        "010,71.4,95,off the earth\n"
        '011," 7.14e1 ",51.1,spaces\n'
        "012,71.4,51.1,one,field,too many\n"
        "013,inf,51.1,\n"
    )
    source.write_bytes(gzip.compress(text.encode()))
    outcome = locate_register(source, tmp_path / "out.csv", frontier)
    table = pd.read_csv(tmp_path / "out.csv", dtype=str, keep_default_na=False)
    assert table["code"].tolist() == ["007", "008", "009", "010", "011", "013"]
    assert table["note"].tolist()[0] == 'a, "quoted"\nline'
    assert table["lon"].tolist() == ["71.4", "", "east", "71.4", " 7.14e1 ", "inf"]
    assert (table["cell"] != "").tolist() == [True, False, False, False, True, False]
    assert table.loc[0, list(ADDED)].tolist() == table.loc[4, list(ADDED)].tolist()
    assert outcome.tally.faults == {FAULTS[0]: 1, FAULTS[1]: 2, FAULTS[2]: 1}
    assert outcome.tally.examples == [2, 3, 4, 6]
    assert len(outcome.odd) == 1
    told = "\n".join(sentences(source, outcome))
    for part in ("6 rows", "4 rows", "1 without a point", "rows 2, 3, 4, 6", "Not in the output: 1 rows"):
        assert part in told


def test_csv_becomes_geoparquet(frontier: geo.Frontier, tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text("lat;lon\n51.1;71.4\n;\n", encoding="utf-8")
    locate_register(source, tmp_path / "out.parquet", frontier)
    table = gpd.read_parquet(tmp_path / "out.parquet")
    assert table.geometry[0].equals(shapely.Point(71.4, 51.1))
    assert table.geometry[1] is None
    assert table["cell"].isna().tolist() == [False, True]


def test_geoparquet_becomes_csv(frontier: geo.Frontier, tmp_path: Path) -> None:
    frame = made_up(5)
    frame.loc[2, "geometry"] = None
    frame.to_parquet(tmp_path / "in.parquet")
    locate_register(tmp_path / "in.parquet", tmp_path / "out.csv", frontier, add=["neighbour"])
    table = pd.read_csv(tmp_path / "out.csv")
    assert list(table.columns) == ["number", "code", "neighbour", "lon", "lat"]
    assert table["lon"].to_numpy()[[0, 1, 3]] == pytest.approx(frame.geometry.x.to_numpy()[[0, 1, 3]])
    assert table.loc[2, ["neighbour", "lon", "lat"]].isna().all()


SHAPES = [
    shapely.Point(71.4, 51.1), shapely.Point(), None, shapely.Point(71.4, 51.1, 300),
    shapely.LineString([(71, 51), (72, 52)]), shapely.Point(200, 51), shapely.Point(71.4, 51.1),
]  # fmt: skip


def test_points_of_every_kind() -> None:
    found = from_geometry(pa.array(shapely.to_wkb(np.array(SHAPES, object)), pa.binary()))
    assert found.fault.tolist() == [0, 1, 1, 0, 4, 3, 0]
    good = found.fault == 0
    assert (found.lon[good] == 71.4).all()
    assert (found.lat[good] == 51.1).all()
    big = pa.array([shapely.to_wkb(shapely.Point(71.4, 51.1), byte_order=0)], pa.large_binary())
    assert from_geometry(big).lon.tolist() == [71.4]
    broken = from_geometry(pa.array([b"no geometry", b"\x01\x01\x00\x00\x00"], pa.binary()))
    assert broken.fault.tolist() == [4, 4]


@pytest.mark.parametrize("encoding", ["geoarrow", "WKB"])
def test_both_encodings_of_geoparquet(frontier: geo.Frontier, tmp_path: Path, encoding: str) -> None:
    frame = made_up(50)
    frame.loc[7, "geometry"] = None
    frame.to_parquet(tmp_path / "in.parquet", geometry_encoding=encoding)
    outcome = locate_register(tmp_path / "in.parquet", tmp_path / "out.parquet", frontier)
    assert outcome.tally.faults == {FAULTS[0]: 1}
    after = gpd.read_parquet(tmp_path / "out.parquet")
    assert after.geometry.geom_equals(frame.geometry).sum() == 49
    assert after["distance_km"].isna().sum() == 1


def test_points_and_their_wkb_are_the_same() -> None:
    points = from_columns(pa.array([71.4, None, 8.0]), pa.array(["51.1", "3", "-4.5"]))
    assert points.fault.tolist() == [0, 1, 0]
    told = shapely.from_wkb(to_wkb(points).to_numpy(zero_copy_only=False))
    assert told[0].equals(shapely.Point(71.4, 51.1))
    assert told[1] is None
    assert told[2].equals(shapely.Point(8, -4.5))


def test_slices_of_a_column_are_read_where_they_lie() -> None:
    column = pa.array(shapely.to_wkb(shapely.points(np.arange(10.0), np.arange(10.0))), pa.binary())
    assert from_geometry(column.slice(3, 4)).lon.tolist() == [3, 4, 5, 6]


def broken_files(folder: Path) -> dict[str, tuple[Path, str]]:
    """Files that are no registers, and what is told of each."""
    files = {}
    frame = made_up(3)

    def add(name: str, told: str) -> Path:
        files[name] = (folder / name, told)
        return folder / name

    frame.to_crs(3857).to_parquet(add("metres.parquet", "to_crs(4326)"))
    frame.set_crs(None, allow_override=True).to_parquet(add("no-crs.parquet", "to_crs(4326)"))
    pd.DataFrame({"lon": [1.0]}).to_parquet(add("no-lat.parquet", "lat"))
    pd.DataFrame({"lon": [True], "lat": [1.0]}).to_parquet(add("odd-lon.parquet", "bool"))
    frame.head(0).to_parquet(add("empty.parquet", "no rows"))
    add("text.parquet", "Parquet").write_bytes(b"PAR1 this is none PAR1")
    add("half.parquet", "Parquet").write_bytes(frame.to_parquet(folder / "x") or (folder / "x").read_bytes()[:-30])
    (folder / "x").unlink()
    add("blank.csv", "header").write_text("")
    add("no-lon.csv", "lon").write_text("x,lat\n1,2\n")
    add("twice.csv", "once").write_text("lon,lat,lon\n1,2,3\n")
    add("odd.csv", "UTF-8").write_bytes(b"lon,lat,name\n1,2,\x98\x81\x9d\n")
    add("rowless.csv", "no rows").write_text("lon,lat\n")
    add("taken.csv", "--prefix").write_text("lon,lat,region\n1,2,3\n")
    add("nowhere.csv", "no such file")
    add("folder", "folder").mkdir()
    add("table.xlsx", ".csv").write_bytes(b"PK")
    return files


def test_what_is_no_register_is_refused_and_nothing_is_left(frontier: geo.Frontier, tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    target = tmp_path / "out"
    target.mkdir()
    for name, (path, told) in broken_files(source).items():
        with pytest.raises(ShekaraError) as refused:
            locate_register(path, target / "out.parquet", frontier)
        assert told in str(refused.value), name
        assert name in str(refused.value), name
        assert not (target / "out.parquet").exists(), name


def test_options_that_cannot_be(frontier: geo.Frontier, tmp_path: Path) -> None:
    source = write(tmp_path / "in.parquet", rows=10)
    for words, told in (
        ({"add": ["town"]}, "distance_km"),
        ({"engine": "spark"}, "dask"),
        ({"output": tmp_path / "out.xlsx"}, ".parquet or .csv"),
        ({"output": tmp_path / "no" / "out.csv"}, "make it first"),
        ({"output": source}, "register's own place"),
        ({"output": tmp_path / "out.csv", "engine": "dask"}, "--engine local"),
    ):
        with pytest.raises((ShekaraError, UnknownValueError), match=told):
            locate_register(source, **{"output": tmp_path / "out.parquet", "frontier": frontier, **words})
    (tmp_path / "mixed").mkdir()
    write(tmp_path / "mixed" / "a.parquet", rows=10)
    made_up(10).drop(columns="code").to_parquet(tmp_path / "mixed" / "b.parquet")
    with pytest.raises(InputError, match="columns of a"):
        open_register(tmp_path / "mixed")


def test_incident_files_are_told_from_registers(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    incidents.to_parquet(tmp_path / "incidents.parquet")
    assert not is_register(tmp_path / "incidents.parquet")
    assert not is_register(tmp_path / "any.geojson")
    assert is_register(write(tmp_path / "in.parquet", rows=3))


def test_metadata_is_that_of_the_part(frontier: geo.Frontier, tmp_path: Path) -> None:
    source = write(tmp_path / "in.parquet", rows=10)
    locate_register(source, tmp_path / "out.parquet", frontier)
    told = json.loads(pq.read_schema(tmp_path / "out.parquet").metadata[b"geo"])
    assert "bbox" in json.loads(pq.read_schema(source).metadata[b"geo"])["columns"]["geometry"]
    assert "bbox" not in told["columns"]["geometry"]


def test_a_quote_that_nothing_closes_is_refused(frontier: geo.Frontier, tmp_path: Path) -> None:
    path, output = tmp_path / "quoted.csv", tmp_path / "out.parquet"
    rows = ["53,51,x"] * 1000
    rows[10] = '53,51,"open'
    path.write_text("lon,lat,what\n" + "\n".join(rows) + "\n")
    with pytest.raises(InputError, match=r"record 11, what.*quotes in pairs"):
        locate_register(path, output, frontier)
    assert [file.name for file in tmp_path.iterdir()] == ["quoted.csv"]
    rows[10], rows[12] = '53,51,"two\nlines"', '53,51,"a ""word"""'
    path.write_text("lon,lat,what\n" + "\n".join(rows) + "\n")
    assert locate_register(path, output, frontier).tally.rows == 1000
    assert pd.read_parquet(output)["what"].tolist()[10:13] == ["two\nlines", "x", 'a "word"']


def test_a_decimal_comma_is_read(frontier: geo.Frontier, tmp_path: Path) -> None:
    path, output = tmp_path / "comma.csv", tmp_path / "out.csv"
    path.write_text("lon;lat\n71,5;51,25\n71.5;51.25\n71,5,1;51\n")
    outcome = locate_register(path, output, frontier)
    assert outcome.tally.faults == {FAULTS[1]: 1}
    found = pd.read_csv(output)
    assert found["distance_km"][0] == found["distance_km"][1]
    assert found["lon" if "lon" in found else found.columns[0]][0] == "71,5"


def test_nothing_is_left_where_nothing_was_written(frontier: geo.Frontier, tmp_path: Path) -> None:
    path = tmp_path / "head.csv"
    path.write_text("lon,lat\n")
    with pytest.raises(ShekaraError, match="no rows"):
        locate_register(path, tmp_path / "out.parquet", frontier)
    assert [file.name for file in tmp_path.iterdir()] == ["head.csv"]
