"""Bring your own incidents: read a table as people keep it, say what could not be read, and join two files.

Imported piece by piece, when a name is first used: openpyxl and the place names take time to load.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.intake.importing import Imported, import_incidents
    from geo.intake.mapping import Mapping, guess_mapping, read_mapping, write_mapping
    from geo.intake.merging import Merged, merge_incidents, read_decisions
    from geo.intake.places.gazetteer import Gazetteer, read_gazetteer
    from geo.intake.places.online import Nominatim
    from geo.intake.sheets.sheet import Sheet, read_sheet

_HOME = {
    "Gazetteer": "places.gazetteer",
    "Imported": "importing",
    "Mapping": "mapping",
    "Merged": "merging",
    "Nominatim": "places.online",
    "Sheet": "sheets.sheet",
    "guess_mapping": "mapping",
    "import_incidents": "importing",
    "merge_incidents": "merging",
    "read_decisions": "merging",
    "read_gazetteer": "places.gazetteer",
    "read_mapping": "mapping",
    "read_sheet": "sheets.sheet",
    "write_mapping": "mapping",
}

__all__ = [
    "Gazetteer",
    "Imported",
    "Mapping",
    "Merged",
    "Nominatim",
    "Sheet",
    "guess_mapping",
    "import_incidents",
    "merge_incidents",
    "read_decisions",
    "read_gazetteer",
    "read_mapping",
    "read_sheet",
    "write_mapping",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'geo.intake' has no attribute {name!r}")
    return getattr(import_module(f"geo.intake.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__
