from .guessing import guess_mapping
from .importing import Imported, import_incidents
from .mapping import Mapping, read_mapping, write_mapping
from .merging import Merged, merge_incidents, read_decisions
from .places.gazetteer import Gazetteer, read_gazetteer
from .places.online import Nominatim
from .sheets.sheet import Sheet, read_sheet

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
