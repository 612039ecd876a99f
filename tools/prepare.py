"""Renew what the built-in data give, data/prepared.jsonl: the border in cells, the placed records, their estimate.

And data/tiles.npz: the border's map of tiles, for registers.
"""

from __future__ import annotations

from geo.builtin.dataset import prepare, read_frontier
from geo.builtin.prepared import prepared_path, to_text
from geo.files.tables import write_text
from geo.geometry.nearest import NearestTable, tile_depth
from geo.register.kept_tiles import SHIPPED_ROWS, shipped_path, write_tiles


def main() -> None:
    """Write the file."""
    write_text(prepared_path(), to_text(prepare()))
    frontier = read_frontier()
    depth = tile_depth(SHIPPED_ROWS)
    write_tiles(shipped_path(), frontier, NearestTable(frontier.cell_index, rows=SHIPPED_ROWS).tiles, depth)
    print(prepared_path(), shipped_path())


if __name__ == "__main__":
    main()
