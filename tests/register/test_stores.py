"""Registers in stores: read from where they lie, by folder, pattern or several; written there; the same bytes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import duckdb
import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from command_line import run as shekara
from registers import made_up, write
from upath import UPath

from geo.errors import InputError, ShekaraError
from geo.register import locate_register, parts, run
from geo.register.source import open_register
from geo.register.totals import count_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import geo


@pytest.fixture(params=["memory", "s3"])
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """An empty folder in a store: in memory, and in an object store that speaks S3 over HTTP."""
    if request.param == "memory":
        return UPath(f"memory://bucket/{uuid4()}")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "made-up")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", request.getfixturevalue("object_store"))
    folder = UPath(f"s3://bucket-{uuid4()}/customs")
    folder.fs.mkdir(folder.drive)
    return folder


@pytest.fixture(scope="module")
def object_store() -> Iterator[str]:
    """Address of an S3 server on this machine."""
    from moto.server import ThreadedMotoServer  # noqa: PLC0415

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def table_of(file: Any) -> pa.Table:
    """The rows and the metadata of a Parquet file, but for the note of the run."""
    with file.open("rb") as stream:
        table = pq.read_table(stream)
    return table.replace_schema_metadata(
        {key: value for key, value in table.schema.metadata.items() if key != b"shekara"}
    )


@pytest.mark.usefixtures("small_parts")
def test_a_store_takes_and_gives_what_a_disk_does(frontier: geo.Frontier, tmp_path: Path, store: Any) -> None:
    source = write(tmp_path / "in.parquet")
    (store / "in.parquet").write_bytes(source.read_bytes())
    here = locate_register(source, tmp_path / "out.parquet", frontier, sort=True)
    there = locate_register(str(store / "in.parquet"), str(store / "out.parquet"), frontier)
    assert (there.tally, there.parts) == (here.tally, here.parts) == (here.tally, 4)
    names = sorted(file.name for file in (store / "out.parquet").iterdir())
    assert names == sorted(file.name for file in (tmp_path / "out.parquet").iterdir())
    for name in names[1:]:
        mine, its = table_of(tmp_path / "out.parquet" / name), table_of(store / "out.parquet" / name)
        assert its.equals(mine, check_metadata=True)
    assert not (store / "out.parquet.partial").exists()
    assert count_rows(str(store / "out.parquet")).table.equals(count_rows(tmp_path / "out.parquet").table)


@pytest.mark.usefixtures("small_parts")
def test_a_run_that_was_stopped_goes_on_there(
    frontier: geo.Frontier, tmp_path: Path, store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (store / "in.parquet").write_bytes(write(tmp_path / "in.parquet").read_bytes())
    whole = locate_register(str(store / "in.parquet"), str(store / "whole.parquet"), frontier)
    left, real = [3], run.write_part

    def fail(*told: Any, **more: Any) -> parts.Tally:
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        return real(*told, **more)

    monkeypatch.setattr(run, "write_part", fail)
    with pytest.raises(KeyboardInterrupt):
        locate_register(str(store / "in.parquet"), str(store / "out.parquet"), frontier)
    assert not (store / "out.parquet").exists()
    monkeypatch.setattr(run, "write_part", real)
    done = locate_register(str(store / "in.parquet"), str(store / "out.parquet"), frontier)
    assert (done.kept, done.parts, done.tally) == (2, 4, whole.tally)
    for number in range(4):
        file = f"part-{number:05d}.parquet"
        assert (store / "out.parquet" / file).read_bytes() == (store / "whole.parquet" / file).read_bytes()


def test_an_output_that_is_replaced_leaves_nothing_of_the_old(
    frontier: geo.Frontier, tmp_path: Path, store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.register.source.PART_ROWS", 1000)
    for rows in (4000, 2000):
        (store / "in.parquet").write_bytes(write(tmp_path / f"{rows}.parquet", rows).read_bytes())
        locate_register(str(store / "in.parquet"), str(store / "out.parquet"), frontier)
    assert sorted(file.name for file in (store / "out.parquet").iterdir()) == [
        "_shekara.json", "part-00000.parquet", "part-00001.parquet",
    ]  # fmt: skip
    (store / "mine.parquet" / "thesis.txt").write_text("mine")
    with pytest.raises(ShekaraError, match="wasn't made here"):
        locate_register(str(store / "in.parquet"), str(store / "mine.parquet"), frontier)


def test_folders_patterns_and_several_are_one_register(frontier: geo.Frontier, tmp_path: Path, store: Any) -> None:
    rows = made_up(900)
    for year, part in ((2023, rows[:300]), (2024, rows[300:700]), (2025, rows[700:])):
        part.to_parquet(tmp_path / "one.parquet")
        (tmp_path / "in" / f"year={year}").mkdir(parents=True)
        for root in (tmp_path, store):
            file = root / "in" / f"year={year}" / "one.parquet"
            file.write_bytes((tmp_path / "one.parquet").read_bytes())
    for root in (tmp_path, store):
        outcome = locate_register(str(root / "in"), tmp_path / "out.parquet", frontier)
        assert (outcome.tally.rows, outcome.parts) == (900, 3)
        table = gpd.read_parquet(tmp_path / "out.parquet")
        assert table["number"].tolist() == rows["number"].tolist()
        assert table["year"].value_counts().to_dict() == {2024: 400, 2023: 300, 2025: 200}
        pattern = str(root / "in" / "year=202[45]" / "*.parquet")
        assert open_register(pattern).rows == 600
        assert open_register([str(root / "in" / "year=2023" / "one.parquet"), pattern]).rows == 900
        assert count_rows(str(tmp_path / "out.parquet"), date="year").table["rows"].sum() == 900
        with pytest.raises(InputError, match="no file of this pattern"):
            open_register(str(root / "in" / "*.nothing"))


def test_a_sorted_file_is_geoparquet_1_1_whose_groups_each_hold_a_stretch(
    frontier: geo.Frontier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "_GROUP_ROWS", 100)
    source = write(tmp_path / "in.parquet", 2000)
    locate_register(source, tmp_path / "plain.parquet", frontier)
    locate_register(source, tmp_path / "out.parquet", frontier, sort=True)
    locate_register(source, tmp_path / "alone.parquet", frontier, sort=True, add=["segment"])
    table = gpd.read_parquet(tmp_path / "out.parquet")
    cells = frontier.cells.index.get_indexer(table["cell"].astype(str))
    assert (np.diff(cells) >= 0).all()
    plain = gpd.read_parquet(tmp_path / "plain.parquet")
    assert table.sort_values("number").reset_index(drop=True).equals(plain)
    assert gpd.read_parquet(tmp_path / "alone.parquet")["number"].equals(table["number"])
    told = json.loads(pq.read_schema(tmp_path / "out.parquet").metadata[b"geo"])
    assert told["version"] == "1.1.0"
    assert told["columns"]["geometry"]["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]
    with pq.ParquetFile(tmp_path / "out.parquet") as file:
        box = file.read(["bbox"]).column("bbox").combine_chunks().flatten()
        columns = [file.metadata.row_group(0).column(at) for at in range(file.metadata.num_columns)]
    repeated = {column.path_in_schema for column in columns if "RLE_DICTIONARY" in column.encodings}
    assert repeated == {"number", "code", "neighbour", "segment", "cell", "region"}
    x, y = table.geometry.x.to_numpy(), table.geometry.y.to_numpy()
    sides = [np.asarray(side, float) for side in box]
    assert (sides[0] <= x).all() and (sides[2] >= x).all() and (sides[1] <= y).all() and (sides[3] >= y).all()  # noqa: PT018
    assert max(np.abs(sides[0] - x).max(), np.abs(sides[3] - y).max()) < 1e-5
    near = gpd.read_parquet(tmp_path / "out.parquet", bbox=(66, 40, 75, 44))
    assert set(near["number"]) == set(plain.cx[66:75, 40:44]["number"])
    held = [group for group in range(20) if _meets(pq.ParquetFile(tmp_path / "out.parquet"), group, (66, 40, 75, 44))]
    assert len(held) < 12  # of 20: the others need not be read


def _meets(file: pq.ParquetFile, group: int, box: tuple[float, ...]) -> bool:
    columns = [file.metadata.row_group(group).column(at) for at in range(file.metadata.num_columns)]
    sides = {
        column.path_in_schema: column.statistics for column in columns if column.path_in_schema.startswith("bbox.")
    }
    file.close()
    return bool(
        sides["bbox.xmin"].min <= box[2] and sides["bbox.xmax"].max >= box[0]
        and sides["bbox.ymin"].min <= box[3] and sides["bbox.ymax"].max >= box[1]
    )  # fmt: skip


def test_duckdb_reads_what_was_placed(frontier: geo.Frontier, tmp_path: Path) -> None:
    locate_register(write(tmp_path / "in.parquet"), tmp_path / "out.parquet", frontier, sort=True)
    table = gpd.read_parquet(tmp_path / "out.parquet")
    with duckdb.connect() as base:
        query = "SELECT neighbour, count(*) FROM read_parquet(?) WHERE bbox.xmin > 60 GROUP BY 1"
        counted = dict(base.execute(query, [str(tmp_path / "out.parquet")]).fetchall())
    east = table[table.geometry.x > 60]
    assert counted == east["neighbour"].astype(str).value_counts().to_dict()


@pytest.mark.parametrize("address", ["nowhere://bucket/a.parquet", "memory://bucket/none.parquet"])
def test_an_address_that_leads_nowhere_is_refused(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = shekara("register", "locate", address, "-o", str(tmp_path / "out.parquet"), capsys=capsys)
    assert code == 2
    assert "bucket" in err
    assert not list(tmp_path.iterdir())


def test_the_command_takes_several_and_an_output_in_a_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(write(tmp_path / f"{name}.parquet", 300)) for name in "ab"]
    code, out, _ = shekara("register", "locate", *files, "-o", "memory://shelf/out.parquet", capsys=capsys)
    assert code == 0
    assert "600 rows" in out
    code, out, _ = shekara(
        "register", "count", "memory://shelf/out.parquet", "-o", str(tmp_path / "totals.csv"), capsys=capsys
    )
    assert code == 0
    assert "600 rows" in out
