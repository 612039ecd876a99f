"""Maps of tiles kept between runs: the built-in border's come with the data, another's lie beside the output."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.files.tables import whole_file
from geo.geometry.chords import Chords
from geo.geometry.nearest import tile_depth
from geo.geometry.tiles import Tiles, make_tiles
from geo.paths import data_path

if TYPE_CHECKING:
    from pathlib import Path

    from geo.border.frontier import Frontier

__all__ = ["SHIPPED_ROWS", "find_tiles", "shipped_path", "write_tiles"]

SHIPPED_ROWS = 20_000_000
"""Rows that the map of the built-in border is fine enough for."""


def shipped_path() -> Path:
    """Path of the built-in border's map."""
    return data_path("tiles.npz")


def find_tiles(frontier: Frontier, rows: int, beside: Path | None = None) -> Tiles:
    """The map of a border that suits a number of rows: one that is kept, else it is made, and kept.

    Parameters
    ----------
    frontier
        The border.
    rows
        About how many points will be placed.
    beside
        Folder to keep it in; None: it is not kept.
    """
    depth = tile_depth(rows)
    own = beside / f".shekara-tiles-{frontier.digest[:16]}.npz" if beside else None
    for path in filter(None, (shipped_path(), own)):
        read = _read(path, frontier, depth)
        if read is not None:
            return read
    tiles = make_tiles(frontier.cell_index, Chords(*frontier.cell_index.ends), depth)
    if own is not None:
        write_tiles(own, frontier, tiles, depth)
    return tiles


def write_tiles(path: Path, frontier: Frontier, tiles: Tiles, depth: int) -> None:
    """Write a map with the digest of its border, as steps, which are small; the same map gives the same bytes."""
    tile, piece = (np.diff(part, prepend=0).astype(np.int32) for part in (tiles.tile, tiles.piece))
    arrays: dict[str, Any] = {name: getattr(tiles, name) for name in ("west", "south", "per_degree", "held")}
    arrays |= {"digest": frontier.digest, "depth": depth, "tile_steps": tile, "piece_steps": piece}
    with whole_file(path) as draft:
        np.savez_compressed(draft, **arrays)


def _read(path: Path, frontier: Frontier, depth: int) -> Tiles | None:
    """A map that is of this border and fine enough; None where there is none, or it can't be read."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            if str(arrays["digest"]) != frontier.digest or int(arrays["depth"]) < depth:
                return None
            west, south, per_degree = (float(arrays[name]) for name in ("west", "south", "per_degree"))
            tile, held = np.cumsum(arrays["tile_steps"], axis=1, dtype=np.int32), arrays["held"]
            first = np.cumsum(held, dtype=np.intp) - held
            return Tiles(west, south, per_degree, tile, first, held, np.cumsum(arrays["piece_steps"], dtype=np.intp))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None
