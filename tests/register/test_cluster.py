"""The Dask engine: the same bytes as the local one, also when a worker is killed."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, Any

import pytest
from registers import write

from geo.errors import ShekaraError
from geo.register import locate_register
from geo.register.parts import part_path

if TYPE_CHECKING:
    from pathlib import Path

    import geo

distributed = pytest.importorskip("distributed")


@pytest.mark.filterwarnings("ignore")  # of Dask's own, when a worker dies
@pytest.mark.usefixtures("small_parts")
def test_a_killed_worker_loses_nothing(frontier: geo.Frontier, tmp_path: Path) -> None:
    source = write(tmp_path / "in.parquet", rows=12_000)
    straight = locate_register(source, tmp_path / "straight.parquet", frontier)
    assert straight.parts == 12
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        workers = client.run(os.getpid)
        assert len(workers) == 2
        killed: list[int] = []

        def kill_one(rows: int) -> Any:
            if rows and not killed:
                killed.append(next(iter(workers.values())))
                os.kill(killed[0], signal.SIGKILL)

        outcome = locate_register(
            source, tmp_path / "out.parquet", frontier, engine="dask", scheduler=cluster.scheduler_address,
            advance=kill_one,
        )  # fmt: skip
        assert killed
        assert killed[0] not in client.run(os.getpid).values()
    assert (outcome.parts, outcome.tally) == (straight.parts, straight.tally)
    for part in range(outcome.parts):
        assert part_path(outcome.output, part).read_bytes() == part_path(straight.output, part).read_bytes()
    assert not list(tmp_path.glob("*.partial"))


def test_no_scheduler_answers(frontier: geo.Frontier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write(tmp_path / "in.parquet", rows=10)
    monkeypatch.setattr("geo.register.cluster._PATIENCE", "1s")
    with pytest.raises(ShekaraError, match="no Dask scheduler answers"):
        locate_register(source, tmp_path / "out.parquet", frontier, engine="dask", scheduler="tcp://127.0.0.1:9")
