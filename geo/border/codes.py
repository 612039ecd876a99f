"""The codes that one country's border files define: its border lines, regions and crossings."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from geo.paths import data_path
from geo.vocabulary import OFF_BORDER

__all__ = ["BorderCodes", "read_border_codes"]


@dataclass(frozen=True, slots=True)
class BorderCodes:
    """The codes that one country's border files define. An empty tuple: the file is absent, nothing is known.

    Attributes
    ----------
    neighbours
        Codes of the border lines (``RU`` … ``CASPIAN``), in the order of the file.
    regions
        ISO 3166-2 codes of the regions.
    crossings
        Ids of the crossings.
    """

    neighbours: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    crossings: tuple[str, ...] = ()

    @property
    def borders(self) -> tuple[str, ...]:
        """Every border that a record may belong to: the lines, then ``AIR``, ``POST``, ``UNKNOWN``."""
        return (*self.neighbours, *OFF_BORDER)


def read_border_codes(folder: str | Path | None = None) -> BorderCodes:
    """Read the codes of a country's border files, without their geometry.

    Parameters
    ----------
    folder
        Folder with ``borders.geojson``, ``regions.geojson`` and ``crossings.geojson``; the built-in one by
        default.

    Returns
    -------
    BorderCodes
        Codes in the order of the files; empty where a file is absent.
    """
    base = data_path("borders") if folder is None else Path(folder)
    return BorderCodes(
        neighbours=_values(base / "borders.geojson", "neighbour"),
        regions=_values(base / "regions.geojson", "region_code"),
        crossings=_values(base / "crossings.geojson", "id"),
    )


def _values(path: Path, name: str) -> tuple[str, ...]:
    # A search is ten times quicker than parsing all the coordinates for a handful of codes.
    if not path.is_file():
        return ()
    text = path.read_bytes().decode("utf-8", "replace")
    # Whoever reads the whole file says what is wrong with it: a control character is no reason to stop here.
    texts = re.findall(rf'"{name}"\s*:\s*("(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{{4}})*")', text)
    return tuple(dict.fromkeys(json.loads(value) for value in texts))
