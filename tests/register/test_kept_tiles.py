"""Maps of tiles that are kept: the built-in one is that of the border, another's is made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from registers import write

from geo.border import frontier as border
from geo.geometry import nearest
from geo.paths import data_path
from geo.register import kept_tiles, locate_register

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    import geo


def test_the_map_that_is_shipped_is_the_one_worked_out(frontier: geo.Frontier) -> None:
    made = nearest.NearestTable(frontier.cell_index, rows=kept_tiles.SHIPPED_ROWS).tiles
    with np.load(kept_tiles.shipped_path()) as kept:
        assert str(kept["digest"]) == frontier.digest, "run `make prepare`"
    found = kept_tiles.find_tiles(frontier, 1000)
    for mine, its in zip(made, found, strict=True):
        assert np.array_equal(mine, its)
        assert np.asarray(mine).dtype == np.asarray(its).dtype


def test_another_border_has_its_map_kept_beside_the_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = border.read_frontier(data_path("borders"), cell_km=40, segment_km=200)
    source, made = write(tmp_path / "in.parquet", 500), []
    real = kept_tiles.make_tiles

    def make(*told: object) -> object:
        made.append(told)
        return real(*told)

    monkeypatch.setattr(kept_tiles, "make_tiles", make)
    for name in ("one.parquet", "two.parquet"):
        locate_register(source, tmp_path / name, mine)
    assert len(made) == 1
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()
    (kept,) = tmp_path.glob(".shekara-tiles-*.npz")
    kept.write_bytes(kept.read_bytes()[:100])  # damaged: made anew
    locate_register(source, tmp_path / "three.parquet", mine)
    assert len(made) == 2
    assert (tmp_path / "three.parquet").read_bytes() == (tmp_path / "one.parquet").read_bytes()
